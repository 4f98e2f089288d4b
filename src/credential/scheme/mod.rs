//! Password schemes: one file and one line of the table each.
//!
//! A scheme parses and verifies. Order, batching, threads and budget belong to the engine.

use crate::credential::batch::{Digest, Digests, Hits, Pair, Target, WordBatch};
use crate::model::credential::State;
use zeroize::Zeroizing;

mod cisco_type7;
mod fortios_sh2;
mod lm;
mod md5crypt;
mod nt;
mod opendolphin_md5;
mod plain;
mod raw_md5;
mod sha512crypt;

/// Every scheme, with the file it lives in.
pub const SCHEMES: &[(&str, &dyn Scheme)] = &[
    ("cisco_type7", &cisco_type7::CiscoType7),
    ("fortios_sh2", &fortios_sh2::FortiosSh2),
    ("lm", &lm::Lm),
    ("md5crypt", &md5crypt::Md5Crypt),
    ("nt", &nt::Nt),
    ("opendolphin_md5", &opendolphin_md5::OpenDolphinMd5),
    ("plain", &plain::Plain),
    ("raw_md5", &raw_md5::RawMd5),
    ("sha512crypt", &sha512crypt::Sha512Crypt),
];

/// A stored secret as it stands in the inventory.
#[derive(Clone, Copy)]
pub struct Stored<'a> {
    /// The stored bytes; hexadecimal digests may come decoded or as text.
    pub bytes: &'a [u8],
    /// Parameters that stand outside: a salt, a user name, a realm.
    pub salt: &'a [u8],
}

/// What a stored secret turned out to be.
pub enum Parsed {
    /// A digest without salt.
    Digest(Digest),
    /// A salted digest with its parameters.
    Target(Target),
    /// Can be read: [`State::Plain`] or [`State::Reversible`].
    Readable(State),
    /// No secret: locked, masked, a tombstone.
    Closed(State),
}

/// Why a stored secret is not taken for one of its scheme.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// Length, alphabet or checks do not fit: a scrubbed value.
    Shape,
    /// The shape fits but another algorithm made it.
    Foreign,
    /// One evaluation would cost too much.
    Cost,
}

impl Refusal {
    /// The state that such a secret is reported in.
    pub const fn state(self) -> State {
        match self {
            Self::Shape => State::Placeholder,
            Self::Foreign | Self::Cost => State::Unknown,
        }
    }
}

/// A stored form whose plaintext is public.
pub struct KnownAnswer {
    /// The stored text.
    pub encoded: &'static str,
    /// Parameters outside it.
    pub salt: &'static str,
    /// The password.
    pub plaintext: &'static str,
}

impl KnownAnswer {
    /// A known answer without outside parameters.
    pub const fn new(encoded: &'static str, plaintext: &'static str) -> Self {
        Self { encoded, salt: "", plaintext }
    }
}

/// How candidates are compared with secrets of a scheme.
#[derive(Clone, Copy)]
pub enum Body<'a> {
    /// One digest for each candidate answers for all accounts.
    Unsalted(&'a dyn Unsalted),
    /// Each (target, candidate) pair is its own computation.
    Salted(&'a dyn Salted),
    /// The text can be read back.
    Reversible(&'a dyn Reversible),
}

/// A password scheme.
pub trait Scheme: Sync {
    /// Names that readers use, as in the list of schemes; the first is the algorithm's own, the
    /// others are the same algorithm under a device's name.
    fn names(&self) -> &'static [&'static str];

    /// True where the stored text names this scheme itself, by its prefix. Never a guess.
    fn announced(&self, stored: &[u8]) -> bool {
        let _ = stored;
        false
    }

    /// Validates the shape and takes the parts.
    fn parse(&self, stored: &Stored<'_>) -> Result<Parsed, Refusal>;

    /// Public stored forms with their passwords; at least one.
    fn known_answers(&self) -> &'static [KnownAnswer];

    /// How it compares.
    fn body(&self) -> Body<'_>;

    /// For salted schemes that are made from an NT hash: tells from that hash alone, without the
    /// password, whether it opens a target.
    fn from_nt(&self) -> Option<fn(&Target, &[u8; 16]) -> bool> {
        None
    }
}

/// A scheme without salt.
pub trait Unsalted: Sync {
    /// Schemes of one family give the same digest to the same bytes, so their digests may be
    /// compared with one another.
    fn family(&self) -> &'static str;

    /// Length of a digest in bytes.
    fn width(&self) -> usize;

    /// Digests of all words, each at its word's place. A word that the scheme cannot express gets
    /// none.
    fn digests(&self, words: &WordBatch, out: &mut Digests);

    /// False where different passwords have the same digest by design; such digests prove nothing
    /// about equality and are not searched.
    fn exact(&self) -> bool {
        true
    }
}

/// A scheme with salt.
pub trait Salted: Sync {
    /// Cost of one evaluation, in compressions of MD5 (about 0.1 microseconds).
    fn cost(&self, target: &Target) -> u64;

    /// Evaluates pairs of any targets of this scheme and reports those that fit.
    fn run(&self, pairs: &[Pair<'_>], hits: &mut Hits);
}

/// A scheme that can be read back without a key that is not public.
pub trait Reversible: Sync {
    /// The plaintext, or `None` where the stored text does not decode.
    fn decode(&self, stored: &Stored<'_>) -> Option<Zeroizing<Vec<u8>>>;
}

/// The scheme of this name: its place in the table, and the name as a constant.
pub fn named(name: &str) -> Option<(u8, &'static str)> {
    SCHEMES.iter().enumerate().find_map(|(index, (_, scheme))| {
        let own = scheme.names().iter().find(|own| **own == name)?;
        Some((index as u8, *own))
    })
}

/// The scheme that the stored text announces.
pub fn announced(stored: &[u8]) -> Option<(u8, &'static str)> {
    let index = SCHEMES.iter().position(|(_, scheme)| scheme.announced(stored))?;
    Some((index as u8, SCHEMES[index].1.names()[0]))
}

/// The scheme at a place of the table.
pub fn at(index: u8) -> &'static dyn Scheme {
    SCHEMES[usize::from(index)].1
}

#[cfg(test)]
mod tests;
