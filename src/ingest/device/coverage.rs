//! Which lines can hold a secret, whatever the product (families of RANCID and netconan).

/// Parts of words that mean a secret wherever they stand.
const PARTS: [&str; 7] =
    ["password", "passwd", "passphrase", "passcode", "secret", "credential", "community"];

/// Words that mean a secret when they stand alone or between hyphens.
const WORDS: [&str; 5] = ["key", "psk", "token", "pwd", "pre-shared-key"];

/// The word of our list that makes a line look as if it held a secret.
pub(crate) fn secret_word(line: &str) -> Option<&'static str> {
    line.split_ascii_whitespace().find_map(|word| {
        let word = word.to_ascii_lowercase();
        if word.contains("pre-share") || word.contains("preshare") {
            return Some("pre-shared-key");
        }
        let part = PARTS.into_iter().find(|part| word.contains(part));
        part.or_else(|| {
            let mut pieces = word.split(|c: char| !c.is_ascii_alphanumeric());
            pieces.find_map(|piece| WORDS.into_iter().find(|known| *known == piece))
        })
    })
}

/// Password and host of a URL such as `ftp://user:password@host/path`.
pub(crate) fn url_password(word: &str) -> Option<(&str, &str)> {
    let (_, rest) = word.trim_matches('"').split_once("://")?;
    let (user, host) = rest.split('/').next()?.rsplit_once('@')?;
    let (_, password) = user.split_once(':')?;
    (!password.is_empty()).then_some((password, host))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_betray_a_secret() {
        for (line, word) in [
            ("some-feature secret-string 0 abc", "secret"),
            (" foo auth-key 7 00", "key"),
            ("set psksecret x", "secret"),
            ("x pre-shared-key y", "pre-shared-key"),
            ("api TOKEN x", "token"),
        ] {
            assert_eq!(secret_word(line), Some(word), "{line}");
        }
        for line in ["keepalive 10", "rsakeypair x", "ip route 0.0.0.0", "monkey business"] {
            assert_eq!(secret_word(line), None, "{line}");
        }
    }

    #[test]
    fn passwords_in_urls() {
        assert_eq!(url_password("ftp://u:p@192.0.2.1/x"), Some(("p", "192.0.2.1")));
        assert_eq!(url_password("ftp://u:p@w@host"), Some(("p@w", "host")));
        assert_eq!(url_password("ftp://host/a:b@c"), None);
        assert_eq!(url_password("http://u@host/"), None);
    }
}
