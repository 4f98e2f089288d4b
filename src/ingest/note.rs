//! Whether a free text beside an account looks as if it held a password. Only the answer is kept.

/// Words that announce a password, in lower case.
const WORDS: [&str; 6] = ["password", "pass", "pwd", "pw", "パスワード", "暗証"];

/// Fewest characters of a word that mixes enough kinds of characters to be a password.
const MIXED: usize = 6;

/// True for `PW: x`, `パスワード＝x` and the like, and for a word of at least six characters that
/// mixes three of: upper case, lower case, digits, other ASCII signs. Mail addresses, web
/// addresses and paths mix as much and are no passwords.
pub fn noted_secret(text: &str) -> bool {
    announced(text) || text.split([' ', '\t', '\u{3000}', '\n', '\r']).any(mixed)
}

fn announced(text: &str) -> bool {
    let lower = text.to_lowercase();
    WORDS
        .iter()
        .any(|word| lower.match_indices(word).any(|(at, _)| value(&lower[at + word.len()..])))
}

/// True where a separator and something behind it follow.
fn value(rest: &str) -> bool {
    let rest = rest.trim_start();
    let value = rest.strip_prefix([':', '=', '：', '＝']);
    value.is_some_and(|value| !value.trim().is_empty())
}

fn mixed(word: &str) -> bool {
    let address = word.contains("://") || word.contains('@') && word.contains('.');
    if address || word.contains('\\') || word.len() < MIXED || !word.is_ascii() {
        return false;
    }
    let has = |class: fn(&u8) -> bool| u32::from(word.as_bytes().iter().any(class));
    let classes = has(u8::is_ascii_uppercase)
        + has(u8::is_ascii_lowercase)
        + has(u8::is_ascii_digit)
        + has(u8::is_ascii_punctuation);
    classes >= 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn announced_and_mixed_words_are_found() {
        for text in [
            "PW: Byoto-3F!, \"付箋\"",
            "初期パスワード＝abc",
            "pass = x",
            "暗証：1234",
            "3階 Byoto-3F!",
            "Welcome1",
        ] {
            assert!(noted_secret(text), "{text}");
        }
    }

    #[test]
    fn ordinary_notes_are_not() {
        for text in [
            "",
            "退職 2024/1/31",
            "﨑山部長の後任",
            "passport office",
            "パスワード:",
            "mail T.Sato1@byoin.example",
            "\\\\Server01\\Share",
            "https://Intra1.example/",
            "内線 1234",
        ] {
            assert!(!noted_secret(text), "{text}");
        }
    }
}
