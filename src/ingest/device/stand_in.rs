//! Forms that stand where a secret was. Two of them are never equal secrets.

use crate::model::credential::State;

/// Words that people and scrubbing tools leave behind.
const SCRUBBED: [&str; 9] = [
    "redacted",
    "scrubbed",
    "removed",
    "masked",
    "sanitized",
    "sanitised",
    "censored",
    "netconanremoved",
    "伏字",
];

/// Says what a value is where it is no secret: masked by the device or exporter, or replaced by
/// somebody.
pub(crate) fn stand_in(value: &str) -> Option<State> {
    let value = value.trim_matches('"');
    if !value.is_empty() && value.chars().all(|c| matches!(c, '*' | '＊' | '●' | '•')) {
        return Some(State::Masked);
    }
    // FastIron prints dots.
    if value.len() >= 4 && value.bytes().all(|b| b == b'.') {
        return Some(State::Masked);
    }
    if let Some(inner) = value.strip_prefix('<').and_then(|v| v.strip_suffix('>')) {
        let inner = inner.to_ascii_lowercase();
        let removed = ["removed", "hidden", "masked"].iter().any(|word| inner.contains(word));
        return Some(if removed { State::Masked } else { State::Placeholder });
    }
    let lower = value.to_ascii_lowercase();
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric());
    let digits = bare.trim_end_matches(|c: char| c.is_ascii_digit());
    let crossed = value.len() >= 3 && lower.bytes().all(|b| b == b'x');
    (crossed || SCRUBBED.contains(&digits) || patterned(value)).then_some(State::Placeholder)
}

/// `AAAAAAAAAABBBBBBBBBBCCCCCCCCCC`: two or more runs of the same letter, each of ten or more.
fn patterned(value: &str) -> bool {
    // Padding of base64 may stand behind.
    let bytes = value.trim_end_matches('=').as_bytes();
    let runs: Vec<usize> = bytes.chunk_by(|a, b| a == b).map(<[u8]>::len).collect();
    runs.len() >= 2 && runs.iter().all(|&run| run >= 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_and_placeholders() {
        for masked in ["*", ".....", "*****", "\"******\"", "<removed>", "<secret hidden>"] {
            assert_eq!(stand_in(masked), Some(State::Masked), "{masked}");
        }
        for replaced in [
            "<SCRUBBED>",
            "<redacted_config>",
            "xxxxx",
            "XXXX",
            "REDACTED",
            "netconanRemoved3",
            "AAAAAAAAAABBBBBBBBBBCCCCCCCCCC",
            "AAAAAAAAAABBBBBBBBBB=",
        ] {
            assert_eq!(stand_in(replaced), Some(State::Placeholder), "{replaced}");
        }
        for real in
            ["cisco", "public", "x", "hidden-garden", "aaaaaaaaaaaa", "removed!me", "$1$a$b", ""]
        {
            assert_eq!(stand_in(real), None, "{real}");
        }
    }
}
