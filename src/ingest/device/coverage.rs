//! Which lines can hold a secret, whatever the product (families of RANCID and netconan).

use std::sync::LazyLock;

/// Parts of words that mean a secret wherever they stand.
const PARTS: [&str; 11] = [
    "password",
    "passwd",
    "passphrase",
    "passcode",
    "passkey",
    "secret",
    "credential",
    "community",
    "pre-share",
    "preshare",
    "nthash",
];

/// Words that mean a secret when they stand alone or between hyphens.
const WORDS: [&str; 4] = ["key", "psk", "token", "pwd"];

/// What a line with a URL shows.
const URL: &str = "://";

/// What the words of a line betray.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Marks {
    /// The first word of our list.
    pub(crate) word: Option<&'static str>,
    /// There is a URL.
    pub(crate) url: bool,
}

/// The word of our list that makes a line look as if it held a secret.
pub(crate) fn secret_word(line: &str) -> Option<&'static str> {
    scan(line).word
}

/// Looks once at every byte of a line.
pub(crate) fn scan(line: &str) -> Marks {
    let automaton = &*AUTOMATON;
    let (mut marks, mut state) = (Marks::default(), 0_u16);
    if !automaton.may_find(line.as_bytes()) {
        return marks;
    }
    for (index, &byte) in line.as_bytes().iter().enumerate() {
        state = automaton.step(state, byte);
        if state & MATCH != 0 {
            let pattern = automaton.found(state);
            if pattern == URL {
                marks.url = true;
            } else if marks.word.is_none() && stands(line.as_bytes(), index + 1, pattern) {
                marks.word =
                    Some(if pattern.starts_with("pre") { "pre-shared-key" } else { pattern });
            }
        }
    }
    marks
}

/// Parts count anywhere, words only by themselves.
fn stands(line: &[u8], end: usize, pattern: &str) -> bool {
    let apart = |byte: Option<&u8>| byte.is_none_or(|b| !b.is_ascii_alphanumeric());
    let before = end.checked_sub(pattern.len() + 1).and_then(|at| line.get(at));
    !WORDS.contains(&pattern) || apart(before) && apart(line.get(end))
}

/// Set on states that end a pattern.
const MATCH: u16 = 1 << 15;
const CLASSES: usize = 32;
/// Bytes of a pattern by which most lines are passed over.
const HEAD: usize = 3;

/// All patterns at once (Aho and Corasick), letters in either case.
struct Automaton {
    /// For each of the first bytes of a pattern, the groups of patterns that have a byte there.
    heads: [[u8; 256]; HEAD],
    class: [u8; 256],
    next: Vec<[u16; CLASSES]>,
    found: Vec<&'static str>,
}

static AUTOMATON: LazyLock<Automaton> = LazyLock::new(|| {
    let patterns: Vec<&'static str> = PARTS.into_iter().chain(WORDS).chain([URL]).collect();
    Automaton::new(&patterns)
});

impl Automaton {
    /// False where no pattern begins anywhere: no byte waits for the one before it.
    fn may_find(&self, line: &[u8]) -> bool {
        let [first, second, third] = &self.heads;
        line.windows(HEAD).any(|head| match head {
            &[a, b, c] => {
                first[usize::from(a)] & second[usize::from(b)] & third[usize::from(c)] != 0
            }
            _ => false,
        })
    }

    #[inline]
    fn step(&self, state: u16, byte: u8) -> u16 {
        let class = usize::from(self.class[usize::from(byte)]) % CLASSES;
        self.next[usize::from(state & !MATCH)][class]
    }

    fn found(&self, state: u16) -> &'static str {
        self.found[usize::from(state & !MATCH)]
    }

    fn new(patterns: &[&'static str]) -> Self {
        let (heads, class) = ([[0; 256]; HEAD], classes());
        let mut automaton = Self { heads, class, next: vec![[0; CLASSES]], found: vec![""] };
        for (number, pattern) in patterns.iter().enumerate() {
            automaton.add(pattern);
            for (head, byte) in automaton.heads.iter_mut().zip(pattern.bytes()) {
                head[usize::from(byte)] |= 1 << (number % 8);
                head[usize::from(byte.to_ascii_uppercase())] |= 1 << (number % 8);
            }
        }
        automaton.link();
        automaton
    }

    fn add(&mut self, pattern: &'static str) {
        let mut state = 0;
        for byte in pattern.bytes() {
            let class = usize::from(self.class[usize::from(byte)]);
            if self.next[state][class] == 0 {
                self.next[state][class] = self.next.len() as u16;
                self.next.push([0; CLASSES]);
                self.found.push("");
            }
            state = usize::from(self.next[state][class]);
        }
        self.found[state] = pattern;
    }

    /// Fills missing steps from the longest suffix that is itself a beginning, level by level.
    fn link(&mut self) {
        let mut queue = std::collections::VecDeque::from([(0, 0)]);
        while let Some((state, fail)) = queue.pop_front() {
            for class in 0..CLASSES {
                let (child, other) =
                    (usize::from(self.next[state][class]), self.next[fail][class] & !MATCH);
                if child == 0 {
                    self.next[state][class] = other;
                    continue;
                }
                let fail = if state == 0 { 0 } else { usize::from(other) };
                if self.found[child].is_empty() {
                    self.found[child] = self.found[fail];
                }
                queue.push_back((child, fail));
            }
        }
        for row in &mut self.next {
            for step in row {
                if !self.found[usize::from(*step)].is_empty() {
                    *step |= MATCH;
                }
            }
        }
    }
}

fn classes() -> [u8; 256] {
    let mut class = [0; 256];
    for (number, letter) in (b'a'..=b'z').enumerate() {
        class[usize::from(letter)] = number as u8 + 1;
        class[usize::from(letter.to_ascii_uppercase())] = number as u8 + 1;
    }
    for (number, sign) in [b'-', b':', b'/'].into_iter().enumerate() {
        class[usize::from(sign)] = number as u8 + 27;
    }
    class
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
    use proptest::prelude::*;

    /// The same, said plainly.
    fn oracle(line: &str) -> bool {
        let lower = line.to_ascii_lowercase();
        let pieces = || lower.split(|c: char| !c.is_ascii_alphanumeric());
        PARTS.iter().any(|part| lower.contains(part))
            || WORDS.iter().any(|word| pieces().any(|piece| piece == *word))
    }

    proptest! {
        #[test]
        fn the_automaton_says_what_a_search_says(
            pieces in prop::collection::vec(
                prop_oneof![
                    prop::sample::select([&PARTS[..], &WORDS[..]].concat()).prop_map(str::to_owned),
                    "[ a-zA-Z0-9あ:/-]{0,3}",
                ],
                0..6,
            ),
            upper in any::<bool>(),
        ) {
            let line = pieces.concat();
            let line = if upper { line.to_ascii_uppercase() } else { line };
            prop_assert_eq!(scan(&line).word.is_some(), oracle(&line), "{}", line);
            prop_assert_eq!(scan(&line).url, line.contains(URL));
        }
    }

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
