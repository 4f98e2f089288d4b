//! Keys that the operator gives for secrets that a device encrypts: master keys and passwords.

use thiserror::Error;
use zeroize::Zeroizing;

/// Schemes that take a key.
pub const KEYED: &[&str] = &["cisco-type6", "junos-8", "panos-aes"];

/// Keys by scheme; several for one scheme are tried in turn. Wiped when it goes, never printed.
#[derive(Default)]
pub struct Keys(Vec<(&'static str, Zeroizing<Vec<u8>>)>);

/// Why a key file is refused; never says what it holds.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum KeysError {
    /// A line is not `scheme:key`.
    #[error("line {0}: not of the form scheme:key (expected one of {list})", list = KEYED.join(", "))]
    Form(usize),
    /// The scheme before the colon takes no key.
    #[error("line {0}: no scheme that takes a key (expected one of {list})", list = KEYED.join(", "))]
    Scheme(usize),
}

static NONE: Keys = Keys(Vec::new());

impl Keys {
    /// No keys.
    pub fn none() -> &'static Self {
        &NONE
    }

    /// Reads a key file: one `scheme:key` a line. The key is everything after the first colon;
    /// blank lines and lines that start with `#` say nothing.
    pub fn parse(file: &[u8]) -> Result<Self, KeysError> {
        let mut keys = Self::default();
        for (index, line) in file.split(|&byte| byte == b'\n').enumerate() {
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            if line.is_empty() || line[0] == b'#' {
                continue;
            }
            let colon = line.iter().position(|&byte| byte == b':');
            let (scheme, key) = line.split_at(colon.ok_or(KeysError::Form(index + 1))?);
            if key.len() < 2 {
                return Err(KeysError::Form(index + 1));
            }
            let known = KEYED.iter().find(|known| known.as_bytes() == scheme);
            let scheme = known.ok_or(KeysError::Scheme(index + 1))?;
            keys.0.push((scheme, Zeroizing::new(key[1..].to_vec())));
        }
        Ok(keys)
    }

    /// The keys of a scheme.
    pub fn of<'a>(&'a self, scheme: &'a str) -> impl Iterator<Item = &'a [u8]> {
        self.0.iter().filter(move |row| row.0 == scheme).map(|row| &row.1[..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_all_that_follows_the_first_colon() {
        let keys = Keys::parse(b"# ours\r\n\r\ncisco-type6:a:b \r\njunos-8:x\ncisco-type6:#\n");
        let keys = keys.unwrap();
        assert_eq!(keys.of("cisco-type6").collect::<Vec<_>>(), [&b"a:b "[..], b"#"]);
        assert_eq!(keys.of("junos-8").collect::<Vec<_>>(), [b"x"]);
        assert_eq!(keys.of("panos-aes").count() + Keys::none().of("junos-8").count(), 0);
    }

    #[test]
    fn other_lines_are_named_by_number_alone() {
        let error = |file: &[u8]| Keys::parse(file).err();
        assert_eq!(error(b"\ncisco-type6"), Some(KeysError::Form(2)));
        assert_eq!(error(b"junos-8:"), Some(KeysError::Form(1)));
        assert_eq!(error(b"junos-8:a\nMasterWord:b"), Some(KeysError::Scheme(2)));
        assert!(!KeysError::Scheme(2).to_string().contains("MasterWord"));
    }
}
