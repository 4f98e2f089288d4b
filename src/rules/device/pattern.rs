//! The closed language of line patterns.
//!
//! | written | means |
//! |---|---|
//! | `word` | that word |
//! | `one\|other` | one of these words |
//! | `port*` | a word that begins so; never the first of a pattern |
//! | `*` | any word |
//! | `...` | any number of words, as few as possible |
//! | `{user}` | any word, remembered |
//! | `{secret...}` | the rest of the line, remembered |
//! | `{type}` | a word of the rule's table of types, remembered |
//! | `{access}` | a word for reading or writing, remembered |
//! | `[ ... ]` | may be left out |
//! | `$` | the end of the line |
//!
//! A pattern fits the beginning of a line. Its first word is a literal, so that rules can be found
//! by the first word of a line; only a rule may begin with a slot, and is then tried on lines with a
//! word of the coverage list that nothing else begins like.

mod words;

use crate::model::credential::words;
pub use words::{Word, first_word, scrubbed, split};

words! {
    /// What a pattern remembers of a line.
    Slot {
        /// A login.
        User = "user",
        /// Whom or what a secret belongs to where that is no login: a peer, a group, a network.
        Peer = "peer",
        /// Privilege level.
        Level = "level",
        /// Role or group.
        Role = "role",
        /// The word that tells the form of the secret.
        Type = "type",
        /// The secret.
        Secret = "secret",
        /// Another secret on the same line, of the kind that the rule names as `second`.
        Second = "second",
        /// SNMPv3 authentication secret.
        Auth = "auth",
        /// SNMPv3 privacy secret.
        Priv = "priv",
        /// Algorithm of the authentication secret.
        Algorithm = "algorithm",
        /// Id of the SNMP engine that localised keys belong to.
        Engine = "engine",
        /// What a community may do.
        Access = "access",
        /// The list that guards it.
        Acl = "acl",
        /// Value of a fact.
        Value = "value",
    }
}

/// Number of slots.
const SLOTS: usize = Slot::ALL.len();

/// What a pattern remembered: byte ranges of the line.
#[derive(Clone, Copy, Debug)]
pub struct Captures {
    spans: [(u32, u32); SLOTS],
    /// Number of words that the pattern consumed.
    pub consumed: usize,
}

impl Captures {
    const NONE: (u32, u32) = (u32::MAX, u32::MAX);
    /// Nothing remembered.
    pub const EMPTY: Self = Self { spans: [Self::NONE; SLOTS], consumed: 0 };

    /// What a slot holds of `line`, without quotes around it.
    pub fn get<'l>(&self, slot: Slot, line: &'l str) -> Option<&'l str> {
        self.range(slot).map(|(start, end)| &line[start..end])
    }

    /// Where it stands.
    pub fn range(&self, slot: Slot) -> Option<(usize, usize)> {
        let span = self.spans[slot as usize];
        (span != Self::NONE).then_some((span.0 as usize, span.1 as usize))
    }

    /// Fills a slot that is still empty.
    pub fn fill(&mut self, slot: Slot, range: (usize, usize)) {
        if self.spans[slot as usize] == Self::NONE {
            self.spans[slot as usize] = (range.0 as u32, range.1 as u32);
        }
    }

    /// Ends a slot earlier.
    pub fn cut(&mut self, slot: Slot, end: usize) {
        self.spans[slot as usize].1 = end as u32;
    }

    /// Takes over what another pattern remembered, where nothing is remembered yet.
    pub fn take(&mut self, other: &Self) {
        for slot in Slot::ALL {
            if let Some(range) = other.range(*slot) {
                self.fill(*slot, range);
            }
        }
    }
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum Token {
    Literal(Vec<Literal>),
    Any,
    Skip,
    Capture(Slot),
    Rest(Slot),
    Optional(Vec<Token>),
    End,
}

/// A word of a pattern.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Literal {
    text: Box<str>,
    /// Words that only begin so fit as well.
    open: bool,
}

impl Literal {
    fn parse(written: &str) -> Self {
        let beginning = written.strip_suffix('*');
        Self { text: beginning.unwrap_or(written).into(), open: beginning.is_some() }
    }

    fn fits(&self, word: &str) -> bool {
        if self.open { word.starts_with(&*self.text) } else { *self.text == *word }
    }
}

/// A pattern, ready to be used.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pattern {
    tokens: Vec<Token>,
    /// The pattern as written.
    pub text: String,
}

/// A line while patterns are tried on it.
#[derive(Clone, Copy)]
pub struct Line<'a> {
    /// The text.
    pub text: &'a str,
    /// Its words.
    pub words: &'a [Word],
}

impl Pattern {
    /// Parses a pattern; the error is a sentence.
    pub fn parse(text: &str) -> Result<Self, String> {
        let pattern = Self::parse_option(text)?;
        let first = pattern.first_literals();
        if first.is_empty() || first.iter().any(|word| word.open) {
            return Err(format!("'{text}' does not begin with a word"));
        }
        Ok(pattern)
    }

    /// Parses a pattern that is tried at any word of a line, so it may begin with anything.
    pub fn parse_option(text: &str) -> Result<Self, String> {
        let spaced = text.replace('[', " [ ").replace(']', " ] ");
        let mut parts = spaced.split_ascii_whitespace();
        Ok(Self { tokens: tokens(&mut parts, 0)?, text: text.to_owned() })
    }

    /// Parses a statement that may begin with a name, as in `192.0.2.1:0 password x`.
    pub fn parse_named(text: &str) -> Result<Self, String> {
        let first = text.split(' ').next().unwrap_or_default();
        if first.starts_with('{') && text.contains(' ') {
            return Self::parse_option(text);
        }
        Self::parse(text)
    }

    /// The words that a line which fits can begin with; none where it begins with a name.
    pub fn first_words(&self) -> Vec<&str> {
        self.first_literals().into_iter().map(|word| &*word.text).collect()
    }

    fn first_literals(&self) -> Vec<&Literal> {
        let mut first = Vec::new();
        for token in &self.tokens {
            match token {
                Token::Literal(words) => {
                    first.extend(words);
                    return first;
                }
                Token::Optional(inner) => {
                    let Some(Token::Literal(words)) = inner.first() else { return Vec::new() };
                    first.extend(words);
                }
                _ => return Vec::new(),
            }
        }
        first
    }

    /// True where the pattern has such a slot.
    pub fn has(&self, slot: Slot) -> bool {
        fn within(tokens: &[Token], slot: Slot) -> bool {
            tokens.iter().any(|token| match token {
                Token::Capture(found) | Token::Rest(found) => *found == slot,
                Token::Optional(inner) => within(inner, slot),
                _ => false,
            })
        }
        within(&self.tokens, slot)
    }

    /// Tries the pattern on the words of a line from word `from` on. `is_type` says which words
    /// may fill `{type}`.
    pub fn fit(
        &self,
        line: Line<'_>,
        from: usize,
        is_type: &dyn Fn(&str) -> bool,
    ) -> Option<Captures> {
        let words = &line.words[from.min(line.words.len())..];
        if let Some(Token::Literal(known)) = self.tokens.first() {
            let first = words.first()?.text(line.text);
            if !known.iter().any(|known| known.fits(first)) {
                return None;
            }
        }
        let mut found = Captures::EMPTY;
        let left = fit(&self.tokens, None, line.text, words, is_type, &mut found)?;
        found.consumed = words.len() - left;
        Some(found)
    }
}

/// Tokens still to be tried after the current list: the rest of the enclosing one.
#[derive(Clone, Copy)]
struct Next<'t> {
    tokens: &'t [Token],
}

/// Returns how many words are left where the tokens fit.
fn fit(
    tokens: &[Token],
    next: Option<Next<'_>>,
    line: &str,
    words: &[Word],
    is_type: &dyn Fn(&str) -> bool,
    found: &mut Captures,
) -> Option<usize> {
    let Some((token, rest)) = tokens.split_first() else {
        return match next {
            Some(next) => fit(next.tokens, None, line, words, is_type, found),
            None => Some(words.len()),
        };
    };
    match token {
        Token::End => words.is_empty().then_some(0),
        Token::Optional(inner) => {
            // Groups are not nested, so what follows a group is all that is left to be tried.
            let before = *found;
            let with = fit(inner, Some(Next { tokens: rest }), line, words, is_type, found);
            with.or_else(|| {
                *found = before;
                fit(rest, next, line, words, is_type, found)
            })
        }
        Token::Skip => (0..=words.len()).find_map(|skipped| {
            let before = *found;
            let left = fit(rest, next, line, &words[skipped..], is_type, found);
            if left.is_none() {
                *found = before;
            }
            left
        }),
        Token::Rest(slot) => {
            let (first, last) = (words.first()?, words.last()?);
            let quote = if words.len() == 1 { first.quote } else { 0 };
            found.fill(*slot, (first.start + quote, last.end - quote));
            Some(0)
        }
        Token::Literal(_) | Token::Any | Token::Capture(_) => {
            let (word, behind) = words.split_first()?;
            let text = word.text(line);
            match token {
                Token::Literal(known) if !known.iter().any(|known| known.fits(text)) => {
                    return None;
                }
                Token::Capture(Slot::Type) if !is_type(text) => return None,
                Token::Capture(Slot::Access) if !ACCESS.contains(&text) => return None,
                Token::Capture(slot) => {
                    found.fill(*slot, (word.start + word.quote, word.end - word.quote));
                }
                _ => {}
            }
            fit(rest, next, line, behind, is_type, found)
        }
    }
}

/// Words for what a community may do.
const ACCESS: [&str; 16] = [
    "Restricted",
    "Unrestricted",
    "ro",
    "rw",
    "RO",
    "RW",
    "read",
    "write",
    "read-only",
    "read-write",
    "readonly",
    "readwrite",
    "restricted",
    "unrestricted",
    "Read-Only",
    "Read-Write",
];

fn tokens<'p>(parts: &mut impl Iterator<Item = &'p str>, depth: u8) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    while let Some(part) = parts.next() {
        tokens.push(match part {
            "[" if depth == 0 => Token::Optional(self::tokens(parts, 1)?),
            "[" => return Err("groups cannot be nested".to_owned()),
            "]" if depth == 1 => return Ok(tokens),
            "]" => return Err("']' without '['".to_owned()),
            "*" => Token::Any,
            "..." => Token::Skip,
            "$" => Token::End,
            _ => word(part)?,
        });
    }
    if depth == 1 { Err("'[' without ']'".to_owned()) } else { Ok(tokens) }
}

fn word(part: &str) -> Result<Token, String> {
    let Some(inner) = part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) else {
        return Ok(Token::Literal(part.split('|').map(Literal::parse).collect()));
    };
    let (name, rest) = inner.strip_suffix("...").map_or((inner, false), |name| (name, true));
    let slot = Slot::from_word(name).ok_or_else(|| {
        let known: Vec<_> = Slot::ALL.iter().map(|slot| slot.word()).collect();
        format!("'{name}' is no slot; expected one of {}", known.join(", "))
    })?;
    Ok(if rest { Token::Rest(slot) } else { Token::Capture(slot) })
}
