//! Statements that look as if they held a secret, where no rule said what they are.

use crate::ingest::device::secret_word;
use hashbrown::HashMap;
use std::borrow::Cow;

/// Words that stand between the name of a secret and its value.
const FORMS: [&str; 16] = [
    "ascii-text",
    "hexadecimal",
    "cipher",
    "ciphertext",
    "cyphered",
    "ciphered",
    "encrypted",
    "hash",
    "plain",
    "plaintext",
    "key",
    "value",
    "text",
    "md5",
    "0",
    "7",
];

/// Values that switch something instead of being a secret.
const SWITCHES: [&str; 14] = [
    "enable", "enabled", "disable", "disabled", "yes", "no", "on", "off", "true", "false", "none",
    "null", "any", "",
];

/// Ends of names whose values describe a secret instead of being one.
const ENDS: [&str; 36] = [
    "-policy",
    "-policies",
    "-time",
    "-status",
    "-expire",
    "-expiry",
    "-expiration",
    "-id",
    "-type",
    "-length",
    "-len",
    "-size",
    "-lifetime",
    "-lifebytes",
    "-format",
    "-algo",
    "-algorithm",
    "-mode",
    "-name",
    "-interval",
    "-renewal",
    "-attr",
    "-usage",
    "-level",
    "-exchange",
    "-group",
    "-complexity",
    "-controls",
    "-chain",
    "-chains",
    "-file",
    "-path",
    "-profile",
    "-strength",
    "-enforcement",
    "-authentication",
];

/// Remembers what it has already thought about a word: configurations repeat theirs.
#[derive(Default)]
pub(super) struct Suspicion {
    known: HashMap<String, Option<&'static str>>,
}

/// Words beyond this many are judged anew each time.
const REMEMBERED: usize = 4096;

impl Suspicion {
    /// The word of our own list that a statement shows, and where; `own` are the words behind the
    /// path of its block.
    pub(super) fn of(
        &mut self,
        words: &[Cow<'_, str>],
        own: usize,
    ) -> Option<(&'static str, usize)> {
        let last = words.len().checked_sub(1)?;
        let value = words[last].as_ref();
        if SWITCHES.contains(&value) || value.parse::<f64>().is_ok() {
            return None;
        }
        let mut at = last.checked_sub(1)?;
        if at > 0 && FORMS.contains(&words[at].as_ref()) && self.word(&words[at - 1]).is_some() {
            at -= 1;
        }
        let options = || (own..last).filter(|&at| words[at].starts_with('-'));
        let found =
            std::iter::once(at).chain(options()).find_map(|at| Some((self.word(&words[at])?, at)));
        found.filter(|(_, at)| at + 2 >= own)
    }

    fn word(&mut self, word: &str) -> Option<&'static str> {
        if let Some(known) = self.known.get(word) {
            return *known;
        }
        // A value with blanks is no keyword; nor is one that somebody made up.
        let keyword = word.len() < 48 && !word.contains([' ', '"', '$']);
        let found = secret_word(word).filter(|_| keyword && !describes(word));
        if self.known.len() < REMEMBERED && keyword {
            self.known.insert(word.to_owned(), found);
        }
        found
    }
}

fn describes(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    word.contains("public-key")
        || word.contains("publickey")
        || word.contains("authorized")
        || ENDS.iter().any(|end| word.ends_with(end) || word.ends_with(&end.replace('-', "_")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(line: &str) -> Option<(&'static str, usize)> {
        let words: Vec<Cow<'_, str>> = line.split(' ').map(Cow::Borrowed).collect();
        Suspicion::default().of(&words, 0)
    }

    #[test]
    fn the_name_before_the_value_decides() {
        assert_eq!(of("a odd-secret x"), Some(("secret", 1)));
        assert_eq!(of("a odd-secret ascii-text x"), Some(("secret", 1)));
        assert_eq!(of("add thing -odd-password x -encrypted"), Some(("password", 2)));
        for harmless in
            ["a secret enable", "a password 12", "password-policy x", "secret a x y", "x"]
        {
            assert_eq!(of(harmless), None, "{harmless}");
        }
    }
}
