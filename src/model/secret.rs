//! Stored passwords: one arena, wiped when it goes, with one way in.
//!
//! Neither the pool nor a handle can be printed, serialised or cloned:
//!
//! ```compile_fail
//! fn needs_debug<T: std::fmt::Debug>() {}
//! needs_debug::<kagiban::model::secret::SecretPool>();
//! ```
//! ```compile_fail
//! fn needs_clone<T: Clone>() {}
//! needs_clone::<kagiban::model::secret::SecretPool>();
//! ```
//! ```compile_fail
//! fn needs_display<T: std::fmt::Display>() {}
//! needs_display::<kagiban::model::secret::Exposed<'static>>();
//! ```

use zeroize::Zeroize;

/// Handle of a stored secret. It says nothing about the secret.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct SecretId(u32);

impl SecretId {
    /// Handle of the empty secret, which every pool holds.
    pub const EMPTY: Self = Self(0);
}

/// A stored secret while somebody looks at it.
pub struct Exposed<'a>(&'a [u8]);

impl<'a> Exposed<'a> {
    /// The bytes as the export holds them (hexadecimal digests decoded by their reader).
    pub const fn expose(&self) -> &'a [u8] {
        self.0
    }
}

/// All stored secrets of one site.
pub struct SecretPool {
    bytes: Vec<u8>,
    ends: Vec<u32>,
}

impl Default for SecretPool {
    fn default() -> Self {
        Self { bytes: Vec::new(), ends: vec![0] }
    }
}

impl SecretPool {
    /// Copies a secret in.
    ///
    /// # Panics
    /// Beyond 4 GiB of secrets in one site.
    #[inline]
    pub fn push(&mut self, secret: &[u8]) -> SecretId {
        if secret.is_empty() {
            return SecretId::EMPTY;
        }
        self.reserve(secret.len());
        self.bytes.extend_from_slice(secret);
        self.ends.push(u32::try_from(self.bytes.len()).expect("secrets beyond 4 GiB"));
        SecretId(self.ends.len() as u32 - 1)
    }

    /// Looks at a secret.
    pub fn get(&self, id: SecretId) -> Exposed<'_> {
        let index = id.0 as usize;
        let start = if index == 0 { 0 } else { self.ends[index - 1] as usize };
        Exposed(&self.bytes[start..self.ends[index] as usize])
    }

    /// Takes over another pool; the result is to be added to its handles by [`SecretPool::moved`].
    pub fn absorb(&mut self, other: &Self) -> u32 {
        self.reserve(other.bytes.len());
        let (start, count) = (self.bytes.len() as u32, self.ends.len() as u32 - 1);
        self.bytes.extend_from_slice(&other.bytes);
        self.ends.extend(other.ends.iter().skip(1).map(|end| end + start));
        count
    }

    /// A handle of an absorbed pool, in terms of this one.
    pub const fn moved(id: SecretId, offset: u32) -> SecretId {
        if id.0 == 0 { id } else { SecretId(id.0 + offset) }
    }

    /// Makes room for so many secrets of so many bytes together.
    pub fn expect(&mut self, secrets: usize, bytes: usize) {
        self.reserve(bytes);
        self.ends.reserve(secrets);
    }

    // As a slice: vectors are wiped byte by byte. No byte beyond their length was ever written.
    fn wipe(&mut self) {
        self.bytes.as_mut_slice().zeroize();
    }

    #[inline]
    fn reserve(&mut self, more: usize) {
        if more > self.bytes.capacity() - self.bytes.len() {
            self.grow(more);
        }
    }

    // A growing Vec leaves its old buffer behind unwiped, so the pool moves by hand.
    #[cold]
    fn grow(&mut self, more: usize) {
        let need = self.bytes.len() + more;
        let mut larger = Vec::with_capacity(need.max(self.bytes.capacity() * 2).max(1 << 12));
        larger.extend_from_slice(&self.bytes);
        self.wipe();
        self.bytes = larger;
    }
}

impl Drop for SecretPool {
    fn drop(&mut self) {
        self.wipe();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_found_again_after_absorption() {
        let (mut a, mut b) = (SecretPool::default(), SecretPool::default());
        let first = a.push(b"one");
        let second = b.push(b"two");
        let empty = b.push(b"");
        let offset = a.absorb(&b);
        assert_eq!(a.get(first).expose(), b"one");
        assert_eq!(a.get(SecretPool::moved(second, offset)).expose(), b"two");
        assert_eq!(a.get(SecretPool::moved(empty, offset)).expose(), b"");
    }
}
