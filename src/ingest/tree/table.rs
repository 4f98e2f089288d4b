//! Rules of a product: patterns over the words of a statement, and what each of them means.
//!
//! A pattern may stand anywhere in a statement's path. In it `a|b` is either word, `*` any word, `@`
//! a word that names somebody (`@word:login` = that very word, under another name), `=` the value;
//! `^` before the first word: only at the root.

use crate::model::credential::{Kind, State};
use crate::model::device::Topic;
use hashbrown::HashMap;
use std::borrow::Cow;

/// Scheme and state of a value, judged by the value and the words behind it.
pub(super) type Form = fn(&str, &[Cow<'_, str>]) -> (&'static str, State);

/// What an entry of a configuration is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Class {
    /// Somebody who logs in to the device.
    Admin,
    /// Somebody who comes in through it: VPN, hotspot, PPP.
    Remote,
    /// An SNMP community; its name is the secret.
    Community,
    /// A user of SNMP version 3.
    SnmpUser,
    /// Anything else that holds secrets and has a name.
    Record,
}

/// What a statement that fits a pattern says.
#[derive(Clone, Copy)]
pub(super) enum Act {
    /// The device's own name.
    Host,
    /// A fact in the device's own words.
    Fact(Topic),
    /// A fact that counts seconds; ours are minutes.
    Seconds(Topic),
    /// A fact in ours.
    Says(Topic, &'static str),
    /// What it means, beside this statement, if no other is about the topic.
    Assumes(Topic, &'static str),
    /// An entry exists.
    Entity(Class),
    /// A secret, of the entry that `@` names or else of the device.
    Secret(Kind, Form),
    /// A password that an entry had before; they are told in order, the last one first.
    Past(Form),
    /// What an entry without a name of its own is called; the lowest rank wins, and rank 0 wins
    /// over the key itself.
    Name(u8),
    /// Number by which groups name an account.
    Id,
    /// Numbers of a group's members.
    Member,
    /// A role; administrators' roles are listed by the product.
    Role,
    /// Everything is allowed.
    Grants,
    /// Switched off, where the value is one of these (or there is none to have).
    Off(&'static [&'static str]),
    /// A second factor is asked for.
    Factor,
    /// Somebody else checks the password.
    Elsewhere,
    /// May change the device, where the value is one of these.
    Write(&'static [&'static str]),
    /// Restricted to some sources, unless the value is one of these.
    Guard(&'static [&'static str]),
    /// Day on which an account ends.
    Expires,
    /// Day on which the password was set.
    Changed,
    /// Looks like a secret and is none.
    Quiet,
}

#[cfg(test)]
impl Act {
    /// True where what fits is a secret, or named by one.
    pub(super) fn tells_secret(self) -> bool {
        matches!(self, Self::Secret(..) | Self::Past(_) | Self::Entity(Class::Community))
    }
}

/// A pattern and its meaning.
pub(super) struct Rule(pub(super) &'static str, pub(super) Act);

enum Token {
    Word(Vec<&'static str>),
    Any,
    Key(Option<(&'static str, &'static str)>),
    Value,
}

struct Pattern {
    /// As written.
    #[cfg(test)]
    words: &'static str,
    rooted: bool,
    tokens: Vec<Token>,
    pivot: usize,
    act: Act,
}

/// Rules, found by their last literal word.
pub(super) struct Table {
    patterns: Vec<Pattern>,
    index: HashMap<&'static str, Vec<u16>>,
}

/// A rule that fits.
pub(super) struct Hit {
    /// Place of the rule in its table: earlier rules are told first.
    pub(super) rule: u16,
    pub(super) act: Act,
    /// First word of the pattern.
    pub(super) start: usize,
    /// Last word of it.
    pub(super) end: usize,
    /// The word that names an entry, and the name where it is not the word itself.
    pub(super) key: Option<(usize, Option<&'static str>)>,
    /// The value.
    pub(super) value: Option<usize>,
}

impl Table {
    /// Prepares rules.
    pub(super) fn new(rules: &[&[Rule]]) -> Self {
        let mut table = Self { patterns: Vec::new(), index: HashMap::new() };
        for Rule(words, act) in rules.iter().copied().flatten() {
            let rooted = words.starts_with('^');
            let tokens: Vec<Token> = words.trim_start_matches('^').split(' ').map(token).collect();
            let literal = |t: &Token| matches!(t, Token::Word(_) | Token::Key(Some(_)));
            let pivot = tokens.iter().rposition(literal).expect("a pattern has a word");
            let number = table.patterns.len() as u16;
            let keys = match &tokens[pivot] {
                Token::Word(words) => words.clone(),
                Token::Key(Some((word, _))) => vec![*word],
                Token::Any | Token::Key(None) | Token::Value => Vec::new(),
            };
            for key in keys {
                table.index.entry(key).or_default().push(number);
            }
            table.patterns.push(Pattern {
                #[cfg(test)]
                words,
                rooted,
                tokens,
                pivot,
                act: *act,
            });
        }
        table
    }

    /// Places and patterns of the rules that tell secrets.
    #[cfg(test)]
    pub(super) fn secrets(&self) -> Vec<(u16, &'static str)> {
        let told = (0..).zip(&self.patterns).filter(|(_, pattern)| pattern.act.tells_secret());
        told.map(|(place, pattern)| (place, pattern.words)).collect()
    }

    /// Rules that fit a statement, in their order.
    pub(super) fn hits(&self, words: &[Cow<'_, str>], hits: &mut Vec<Hit>) {
        hits.clear();
        for (at, word) in words.iter().enumerate() {
            let Some(numbers) = self.index.get(word.as_ref()) else { continue };
            for &number in numbers {
                hits.extend(self.fit(number, words, at));
            }
        }
        hits.sort_by_key(|hit| hit.rule);
    }

    fn fit(&self, number: u16, words: &[Cow<'_, str>], at: usize) -> Option<Hit> {
        let pattern = &self.patterns[usize::from(number)];
        let start = at.checked_sub(pattern.pivot).filter(|start| !pattern.rooted || *start == 0)?;
        let seen = words.get(start..start + pattern.tokens.len())?;
        let end = start + seen.len() - 1;
        let (mut key, mut value) = (None, None);
        for (offset, (token, word)) in pattern.tokens.iter().zip(seen).enumerate() {
            match token {
                Token::Any => {}
                Token::Word(list) if list.contains(&word.as_ref()) => {}
                Token::Key(None) => key = Some((start + offset, None)),
                Token::Key(Some((own, login))) if *own == word.as_ref() => {
                    key = Some((start + offset, Some(*login)));
                }
                Token::Value => value = Some(start + offset),
                Token::Word(_) | Token::Key(_) => return None,
            }
        }
        Some(Hit { rule: number, act: pattern.act, start, end, key, value })
    }
}

fn token(word: &'static str) -> Token {
    match word {
        "*" => Token::Any,
        "@" => Token::Key(None),
        "=" => Token::Value,
        _ => match word.strip_prefix('@') {
            Some(named) => Token::Key(Some(named.split_once(':').unwrap_or((named, named)))),
            None => Token::Word(word.split('|').collect()),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hits(table: &Table, line: &str) -> Vec<(u16, Option<usize>, Option<usize>)> {
        let words: Vec<Cow<'_, str>> = line.split(' ').map(Cow::Borrowed).collect();
        let mut hits = Vec::new();
        table.hits(&words, &mut hits);
        hits.iter().map(|hit| (hit.rule, hit.key.map(|key| key.0), hit.value)).collect()
    }

    #[test]
    fn patterns_stand_anywhere_and_are_told_in_their_order() {
        let table = Table::new(&[
            &[Rule("user @", Act::Entity(Class::Admin)), Rule("user @ a|b =", Act::Role)],
            &[Rule("@root:admin =", Act::Host)],
        ]);
        assert_eq!(hits(&table, "x user u b v"), [(0, Some(2), None), (1, Some(2), Some(4))]);
        assert_eq!(hits(&table, "user u c v"), [(0, Some(1), None)]);
        assert_eq!(hits(&table, "user u a"), [(0, Some(1), None)]);
        assert_eq!(hits(&table, "root x"), [(2, Some(0), Some(1))]);
        assert_eq!(hits(&table, "user"), []);
    }
}
