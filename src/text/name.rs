//! Forms of names: what is compared, and what is shown.
//!
//! The raw text stays with the record; the keys made here are for comparing. None of them is
//! ever applied to a password. Case is folded without a locale: `İ` and `ı` are not `i`.

mod variants;

use std::borrow::Cow;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};
use unicode_width::UnicodeWidthStr;

/// The text in NFKC form: one width for letters and kana, ㋿ as 令和, dakuten composed.
pub fn nfkc(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfkc_quick(text.chars()) == IsNormalized::Yes {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.nfkc().collect())
}

/// Key of a column header: NFKC, lower case, without spaces, `_`, hyphens, `・` and
/// invisible characters.
pub fn key(header: &str) -> String {
    let joins = |c: char| {
        matches!(c, '_' | '-' | '・' | '\u{2010}'..='\u{2015}' | '\u{2212}')
            || c.is_whitespace()
            || is_invisible(c)
    };
    lower(&nfkc(header)).chars().filter(|c| !joins(*c)).collect()
}

/// Key of a login: NFKC, case folded, trimmed, without `DOMAIN\` and `@domain`.
///
/// Invisible characters and look-alike letters stay: such a login is another login. Borrows
/// where the text is its own key, or lower-case ASCII around it.
pub fn login_key(login: &str) -> Cow<'_, str> {
    if login.is_ascii() {
        let bare = without_domain(login.trim());
        let folds = bare.bytes().any(|b| b.is_ascii_uppercase());
        return if folds { bare.to_ascii_lowercase().into() } else { bare.into() };
    }
    let plain = nfkc(login);
    lower(without_domain(plain.trim())).into()
}

fn without_domain(login: &str) -> &str {
    let user = login.rsplit_once('\\').map_or(login, |(_, user)| user);
    let user = if user.is_empty() { login } else { user };
    match user.split_once('@') {
        // `@alice` and `alice@` are names of something else; keep them whole.
        Some((name, domain)) if !name.is_empty() && !domain.is_empty() => name,
        _ => user,
    }
}

// One character at a time: the lower case of a word would turn a final Σ into ς.
fn lower(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}

/// Key of an employee number or code: NFKC, case folded, trimmed. Leading zeros stay. Borrows
/// where the text is its own key.
pub fn employee_key(number: &str) -> Cow<'_, str> {
    if number.is_ascii() {
        let bare = number.trim();
        let folds = bare.bytes().any(|b| b.is_ascii_uppercase());
        return if folds { bare.to_ascii_lowercase().into() } else { bare.into() };
    }
    lower(nfkc(number).trim()).into()
}

/// The number as a spreadsheet leaves it: without leading zeros where it is digits only.
pub fn without_leading_zeros(number: &str) -> &str {
    if number.is_empty() || !number.bytes().all(|b| b.is_ascii_digit()) {
        return number;
    }
    let bare = number.trim_start_matches('0');
    if bare.is_empty() { &number[number.len() - 1..] } else { bare }
}

/// Key of a person's name: NFKC without spaces, invisible characters and variation
/// selectors. 髙 and 高 stay two characters; see [`variant_key`].
pub fn person_name_key(name: &str) -> String {
    // U+309B and U+309C are dakuten typed apart; NFKC would put a space before them.
    let joined = name.chars().map(|c| match c {
        '\u{309B}' => '\u{3099}',
        '\u{309C}' => '\u{309A}',
        other => other,
    });
    let kept = |c: &char| !c.is_whitespace() && !is_invisible(*c) && !is_variation(*c);
    // Again after the removal: what stood around a selector or a space may now compose.
    joined.nfkc().filter(kept).nfkc().collect()
}

/// Key of a name's reading: as [`person_name_key`], and hiragana as katakana.
pub fn kana_key(reading: &str) -> String {
    let katakana = |c: char| match c {
        '\u{3041}'..='\u{3096}' | '\u{309D}' | '\u{309E}' => {
            char::from_u32(c as u32 + 0x60).unwrap_or(c)
        }
        other => other,
    };
    // わ with dakuten has no letter of its own, ヷ is one.
    person_name_key(reading).chars().map(katakana).nfkc().collect()
}

/// As [`person_name_key`], and old or variant kanji as their common forms (髙 as 高).
///
/// For suggestions only: two people may differ in nothing else.
pub fn variant_key(name: &str) -> String {
    person_name_key(name).chars().map(variants::common).collect()
}

/// Columns that the text takes on a terminal: Japanese characters take two.
pub fn display_width(text: &str) -> usize {
    text.width()
}

/// The text with spaces behind it up to `width` columns; longer text is not cut.
pub fn pad(text: &str, width: usize) -> String {
    let missing = width.saturating_sub(display_width(text));
    let mut padded = String::with_capacity(text.len() + missing);
    padded.push_str(text);
    padded.extend(std::iter::repeat_n(' ', missing));
    padded
}

/// The text in at most `width` columns: longer text ends with `…`. What combines with a character
/// that goes, goes too, and so does what is piled on one without end.
pub fn cut(text: &str, width: usize) -> Cow<'_, str> {
    let most = 4 * width + 16;
    if text.chars().nth(most).is_none() && display_width(text) <= width {
        return Cow::Borrowed(text);
    }
    let room = width.saturating_sub(1);
    // Measured as a whole each time: some characters together take less than each alone.
    let fits = |&(at, _): &(usize, char)| display_width(&text[..at]) <= room;
    let end = text.char_indices().take(most).take_while(fits).last();
    let kept = &text[..end.map_or(0, |(at, _)| at)];
    Cow::Owned(format!("{kept}…"))
}

/// [`escape_controls`] for text of several lines, whose line ends are meant.
pub fn escape_controls_by_line(text: &str) -> String {
    text.split('\n').map(escape_controls).collect::<Vec<_>>().join("\n")
}

/// The text with everything that a reader cannot see, or that acts on a terminal, as
/// `\u{..}`: controls, bidi overrides, invisible characters, odd spaces, private use.
pub fn escape_controls(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|b| (0x20..0x7F).contains(&b)) || !text.chars().any(misleads) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if misleads(c) {
            shown.extend(c.escape_unicode());
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

fn misleads(c: char) -> bool {
    c.is_control()
        || is_invisible(c)
        || matches!(c,
            // No-break space, line and paragraph separators, interlinear annotation.
            '\u{A0}' | '\u{2028}' | '\u{2029}' | '\u{FFF9}'..='\u{FFFB}'
            // Private use, where CP932 keeps the characters an office has drawn itself.
            | '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}')
}

/// Characters without an image: zero width, direction marks, fillers, tags.
const fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
        | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}'
        | '\u{E0000}'..='\u{E007F}')
}

/// Selectors between drawings of one character (葛󠄀).
const fn is_variation(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

#[cfg(test)]
mod tests;
