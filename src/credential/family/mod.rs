//! What schemes share: a scheme as a table of functions, and the algorithms behind several forms.

use crate::credential::batch::{Digest, Digests, Hits, MAX_WORD, Pair, Target, WordBatch};
use crate::credential::hex;
use crate::credential::scheme::{
    Body, EachRows, KnownAnswer, Parsed, Refusal, Reversible, Salted, Scheme, Stored, Unsalted,
};
use crate::model::credential::State;
use zeroize::Zeroizing;

pub mod aes_blocks;
pub mod des_crypt;
pub mod lanes;
pub mod ldap;
pub mod pbkdf2;
pub mod scrypt;
pub mod sha_crypt;
pub mod text;

/// See [`Unsalted::digests_with_endings`]: words made whole and hashed as they are.
pub fn each_ending<S: Unsalted + ?Sized>(
    scheme: &S,
    stems: &WordBatch,
    endings: &[Vec<u8>],
    each: EachRows<'_>,
) {
    let mut digests = Digests::default();
    for (number, ending) in endings.iter().enumerate() {
        let (mut words, mut numbers) = (WordBatch::default(), Vec::new());
        for (stem, word) in (0..).zip(stems.iter()) {
            if word.len() + ending.len() <= MAX_WORD {
                words.push(word, ending);
                numbers.push(stem);
            }
        }
        scheme.digests(&words, &mut digests);
        for (word, stem) in numbers.iter().enumerate() {
            if let Some(digest) = digests.get(word) {
                each(&[*stem], number, digest);
            }
        }
    }
}

/// A scheme with salt.
pub struct SaltedForm {
    /// See [`Scheme::names`].
    pub names: &'static [&'static str],
    /// See [`Scheme::announced`].
    pub announced: fn(&[u8]) -> bool,
    /// See [`Scheme::parse`].
    pub parse: fn(&Stored<'_>) -> Result<Parsed, Refusal>,
    /// See [`Scheme::known_answers`].
    pub answers: &'static [KnownAnswer],
    /// See [`Salted::cost`].
    pub cost: fn(&Target) -> u64,
    /// See [`Salted::run`]; [`each`] serves where nothing is gained from many pairs at once.
    pub run: fn(&[Pair<'_>], &mut Hits),
}

impl Scheme for SaltedForm {
    fn names(&self) -> &'static [&'static str] {
        self.names
    }

    fn announced(&self, stored: &[u8]) -> bool {
        (self.announced)(stored)
    }

    fn parse(&self, stored: &Stored<'_>) -> Result<Parsed, Refusal> {
        (self.parse)(stored)
    }

    fn known_answers(&self) -> &'static [KnownAnswer] {
        self.answers
    }

    fn body(&self) -> Body<'_> {
        Body::Salted(self)
    }
}

impl Salted for SaltedForm {
    fn cost(&self, target: &Target) -> u64 {
        (self.cost)(target)
    }

    fn run(&self, pairs: &[Pair<'_>], hits: &mut Hits) {
        (self.run)(pairs, hits);
    }
}

/// A scheme with salt that is made from an NT hash.
pub struct NtForm {
    /// The scheme.
    pub form: SaltedForm,
    /// See [`Scheme::opens_with_nt`].
    pub opens: fn(&Target, &[u8; 16]) -> bool,
}

impl Scheme for NtForm {
    fn names(&self) -> &'static [&'static str] {
        self.form.names()
    }

    fn announced(&self, stored: &[u8]) -> bool {
        self.form.announced(stored)
    }

    fn parse(&self, stored: &Stored<'_>) -> Result<Parsed, Refusal> {
        self.form.parse(stored)
    }

    fn known_answers(&self) -> &'static [KnownAnswer] {
        self.form.known_answers()
    }

    fn body(&self) -> Body<'_> {
        self.form.body()
    }

    fn opens_with_nt(&self) -> Option<fn(&Target, &[u8; 16]) -> bool> {
        Some(self.opens)
    }
}

/// A scheme without salt.
pub struct UnsaltedForm {
    /// See [`Scheme::names`].
    pub names: &'static [&'static str],
    /// See [`Scheme::announced`].
    pub announced: fn(&[u8]) -> bool,
    /// See [`Scheme::parse`].
    pub parse: fn(&Stored<'_>) -> Result<Parsed, Refusal>,
    /// See [`Scheme::known_answers`].
    pub answers: &'static [KnownAnswer],
    /// See [`Unsalted::family`].
    pub family: &'static str,
    /// See [`Unsalted::width`].
    pub width: usize,
    /// See [`Unsalted::digests`]; [`fill`] serves where words are hashed one by one.
    pub digests: fn(&WordBatch, &mut Digests),
    /// See [`Unsalted::exact`].
    pub exact: bool,
}

impl Scheme for UnsaltedForm {
    fn names(&self) -> &'static [&'static str] {
        self.names
    }

    fn announced(&self, stored: &[u8]) -> bool {
        (self.announced)(stored)
    }

    fn parse(&self, stored: &Stored<'_>) -> Result<Parsed, Refusal> {
        (self.parse)(stored)
    }

    fn known_answers(&self) -> &'static [KnownAnswer] {
        self.answers
    }

    fn body(&self) -> Body<'_> {
        Body::Unsalted(self)
    }
}

impl Unsalted for UnsaltedForm {
    fn family(&self) -> &'static str {
        self.family
    }

    fn width(&self) -> usize {
        self.width
    }

    fn digests(&self, words: &WordBatch, out: &mut Digests) {
        (self.digests)(words, out);
    }

    fn exact(&self) -> bool {
        self.exact
    }
}

/// A scheme that can be read back.
pub struct ReversibleForm {
    /// See [`Scheme::names`].
    pub names: &'static [&'static str],
    /// See [`Scheme::announced`].
    pub announced: fn(&[u8]) -> bool,
    /// See [`Scheme::parse`].
    pub parse: fn(&Stored<'_>) -> Result<Parsed, Refusal>,
    /// See [`Scheme::known_answers`].
    pub answers: &'static [KnownAnswer],
    /// See [`Reversible::decode`].
    pub read: fn(&Stored<'_>) -> Result<Zeroizing<Vec<u8>>, Refusal>,
}

impl Scheme for ReversibleForm {
    fn names(&self) -> &'static [&'static str] {
        self.names
    }

    fn announced(&self, stored: &[u8]) -> bool {
        (self.announced)(stored)
    }

    fn parse(&self, stored: &Stored<'_>) -> Result<Parsed, Refusal> {
        (self.parse)(stored)
    }

    fn known_answers(&self) -> &'static [KnownAnswer] {
        self.answers
    }

    fn body(&self) -> Body<'_> {
        Body::Reversible(self)
    }
}

impl Reversible for ReversibleForm {
    fn decode(&self, stored: &Stored<'_>) -> Option<Zeroizing<Vec<u8>>> {
        (self.read)(stored).ok()
    }
}

/// A form around a secret of another scheme.
pub struct OuterForm {
    /// See [`Scheme::names`].
    pub names: &'static [&'static str],
    /// See [`Scheme::announced`].
    pub announced: fn(&[u8]) -> bool,
    /// See [`Scheme::parse`]; gives [`Parsed::Other`].
    pub parse: fn(&Stored<'_>) -> Result<Parsed, Refusal>,
    /// See [`Scheme::known_answers`].
    pub answers: &'static [KnownAnswer],
}

impl Scheme for OuterForm {
    fn names(&self) -> &'static [&'static str] {
        self.names
    }

    fn announced(&self, stored: &[u8]) -> bool {
        (self.announced)(stored)
    }

    fn parse(&self, stored: &Stored<'_>) -> Result<Parsed, Refusal> {
        (self.parse)(stored)
    }

    fn known_answers(&self) -> &'static [KnownAnswer] {
        self.answers
    }

    fn body(&self) -> Body<'_> {
        Body::Elsewhere
    }
}

/// For schemes whose stored text announces nothing.
pub fn never(_stored: &[u8]) -> bool {
    false
}

/// Evaluates pairs one by one.
pub fn each(pairs: &[Pair<'_>], hits: &mut Hits, opens: impl Fn(&Target, &[u8]) -> bool) {
    for pair in pairs {
        if opens(pair.target, pair.word) {
            hits.hit(pair.id);
        }
    }
}

/// Hashes words one by one; `None` for a word that the scheme cannot express.
pub fn fill<const N: usize>(
    words: &WordBatch,
    out: &mut Digests,
    digest: impl Fn(&[u8]) -> Option<[u8; N]>,
) {
    out.reset(words.len(), N);
    for (index, word) in words.iter().enumerate() {
        if let Some(digest) = digest(word) {
            out.set(index, &digest);
        }
    }
}

/// A target without numbers.
pub fn target(salt: &[u8], digest: &[u8]) -> Parsed {
    Parsed::Target(Target::new([0; 2], salt, digest))
}

/// A digest given as bytes; all zeros stand where none is stored.
pub fn digest(bytes: &[u8]) -> Result<Parsed, Refusal> {
    if bytes.iter().all(|&byte| byte == 0) {
        return Ok(Parsed::Closed(State::Placeholder));
    }
    Digest::new(bytes).map(Parsed::Digest).ok_or(Refusal::Shape)
}

/// A digest that the unsalted scheme of this name compares.
pub fn digest_of(scheme: &'static str, bytes: &[u8]) -> Result<Parsed, Refusal> {
    match digest(bytes)? {
        closed @ Parsed::Closed(_) => Ok(closed),
        value => Ok(Parsed::Other { scheme, state: State::Hash, value: Box::new(value) }),
    }
}

/// A digest of `width` bytes as exports write it: bytes, or hexadecimal text.
pub fn raw_digest(stored: &[u8], width: usize) -> Result<Parsed, Refusal> {
    digest(hex::digest(stored, width).ok_or(Refusal::Shape)?.as_bytes())
}

/// Hexadecimal text of `width` bytes.
pub fn hex_bytes(text: &[u8], width: usize) -> Result<Vec<u8>, Refusal> {
    let bytes = hex::decode(text).ok_or(Refusal::Shape)?;
    if bytes.len() == width { Ok(bytes) } else { Err(Refusal::Shape) }
}

/// The text after a prefix.
pub fn after<'a>(stored: &'a [u8], prefix: &str) -> Result<&'a [u8], Refusal> {
    stored.strip_prefix(prefix.as_bytes()).ok_or(Refusal::Shape)
}

/// The parts around the first `mark`.
pub fn split(text: &[u8], mark: u8) -> Result<(&[u8], &[u8]), Refusal> {
    let at = text.iter().position(|&byte| byte == mark).ok_or(Refusal::Shape)?;
    Ok((&text[..at], &text[at + 1..]))
}

/// A decimal number; one beyond 32 bits is an absurd cost.
pub fn number(text: &[u8]) -> Result<u32, Refusal> {
    if text.is_empty() || !text.iter().all(u8::is_ascii_digit) {
        return Err(Refusal::Shape);
    }
    let text = std::str::from_utf8(text).map_err(|_| Refusal::Shape)?;
    text.parse().map_err(|_| Refusal::Cost)
}
