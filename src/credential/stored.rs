//! A stored secret as it stands, and what a scheme says of it.

use crate::credential::batch::{Digest, Target};
use crate::credential::keys::Keys;
use crate::model::credential::State;

/// A stored secret as it stands in the inventory.
#[derive(Clone, Copy)]
pub struct Stored<'a> {
    /// The stored bytes; hexadecimal digests may come decoded or as text.
    pub bytes: &'a [u8],
    /// Parameters that stand outside: a salt, a user name, `user:realm`, an SSID, an engine.
    pub salt: &'a [u8],
    /// Login of the account, for schemes that salt with it.
    pub login: &'a [u8],
    /// Keys that the operator gave.
    pub keys: &'a Keys,
}

impl<'a> Stored<'a> {
    /// A stored text with what stands outside it; no login, no keys.
    pub fn new(bytes: &'a [u8], salt: &'a [u8]) -> Self {
        Self { bytes, salt, login: b"", keys: Keys::none() }
    }

    /// What stands outside the text; it cannot be evaluated without.
    pub fn outside(&self) -> Result<&'a [u8], Refusal> {
        if self.salt.is_empty() { Err(Refusal::Lacking) } else { Ok(self.salt) }
    }

    /// The user name that salts: given by the reader, else the account's login.
    pub fn user(&self) -> Result<&'a [u8], Refusal> {
        match (self.salt, self.login) {
            (b"", b"") => Err(Refusal::Lacking),
            (b"", login) => Ok(login),
            (user, _) => Ok(user),
        }
    }
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
    /// A digest or target that belongs to another scheme of the table.
    Other {
        /// Name of that scheme.
        scheme: &'static str,
        /// How the outer form is stored.
        state: State,
        /// [`Parsed::Digest`] or [`Parsed::Target`] of that scheme.
        value: Box<Parsed>,
    },
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
    /// A parameter that stands outside the text was not given.
    Lacking,
    /// The key that opens it was not given, or another one does.
    NoKey,
}

impl Refusal {
    /// The state that such a secret is reported in.
    pub const fn state(self) -> State {
        match self {
            Self::Shape => State::Placeholder,
            Self::Foreign | Self::Cost => State::Unknown,
            Self::Lacking => State::Hash,
            Self::NoKey => State::ReversibleKeyed,
        }
    }

    /// True where equal texts are equal secrets all the same.
    pub const fn comparable(self) -> bool {
        matches!(self, Self::Lacking | Self::NoKey)
    }

    /// The reason as a word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Shape => "bad-shape",
            Self::Foreign => "foreign-value",
            Self::Cost => "cost-limit",
            Self::Lacking => "parameter-missing",
            Self::NoKey => "key-missing",
        }
    }
}

/// A stored form whose plaintext is public.
pub struct KnownAnswer {
    /// The stored text.
    pub encoded: &'static str,
    /// Parameters outside it.
    pub salt: &'static str,
    /// The operator's key that opens it.
    pub key: &'static str,
    /// The password.
    pub plaintext: &'static str,
}

impl KnownAnswer {
    /// A known answer without outside parameters.
    pub const fn new(encoded: &'static str, plaintext: &'static str) -> Self {
        Self { encoded, salt: "", key: "", plaintext }
    }

    /// A known answer with an outside parameter.
    pub const fn salted(
        encoded: &'static str,
        salt: &'static str,
        plaintext: &'static str,
    ) -> Self {
        Self { encoded, salt, key: "", plaintext }
    }

    /// A known answer under an operator's key.
    pub const fn keyed(encoded: &'static str, key: &'static str, plaintext: &'static str) -> Self {
        Self { encoded, salt: "", key, plaintext }
    }
}
