//! Buffers that files are read into: wiped when they are dropped.

use std::ops::{Deref, DerefMut};
use zeroize::Zeroize;

/// Bytes of a file. Who cuts its end off wipes what is cut off.
#[derive(Default)]
pub struct Buffer(Vec<u8>);

impl Buffer {
    /// An empty buffer with room for so many bytes.
    pub fn with_capacity(bytes: usize) -> Self {
        Self(Vec::with_capacity(bytes))
    }

    /// Cuts off what stands behind `end`, and wipes it.
    pub fn cut(&mut self, end: usize) {
        self.0[end..].zeroize();
        self.0.truncate(end);
    }

    /// The bytes, for somebody else to wipe.
    pub fn into_vec(mut self) -> Vec<u8> {
        std::mem::take(&mut self.0)
    }
}

impl Deref for Buffer {
    type Target = Vec<u8>;

    fn deref(&self) -> &Vec<u8> {
        &self.0
    }
}

impl DerefMut for Buffer {
    fn deref_mut(&mut self) -> &mut Vec<u8> {
        &mut self.0
    }
}

impl AsRef<[u8]> for Buffer {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl From<Vec<u8>> for Buffer {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl Drop for Buffer {
    fn drop(&mut self) {
        wipe(&mut self.0);
    }
}

/// Wipes a buffer and what it held before. As a slice: byte by byte, as vectors are wiped, would
/// cost as much as reading.
pub fn wipe(buffer: &mut Vec<u8>) {
    buffer.clear();
    buffer.spare_capacity_mut().zeroize();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cut_off_is_wiped() {
        let mut buffer = Buffer::from(b"user:secret".to_vec());
        buffer.cut(5);
        assert_eq!(&**buffer, b"user:");
        assert_eq!(buffer.into_vec().capacity(), 11);
    }
}
