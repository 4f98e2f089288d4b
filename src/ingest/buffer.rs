//! Buffers that files are read into: wiped when they are done with, and then used again. Fresh
//! memory costs as much as reading into it.

use std::ops::{Deref, DerefMut};
use std::sync::{Mutex, PoisonError};
use zeroize::Zeroize;

/// Buffers that wait to be used again.
static SPARE: Mutex<Vec<Vec<u8>>> = Mutex::new(Vec::new());
/// Most of them.
const MOST: usize = 4;
/// Bytes of the largest of them.
const LARGEST: usize = 8 << 20;

/// Bytes of a file. Who cuts its end off wipes what is cut off.
#[derive(Default)]
pub struct Buffer(Vec<u8>);

impl Buffer {
    /// An empty buffer with room for so many bytes.
    pub fn with_capacity(bytes: usize) -> Self {
        let mut spare = SPARE.lock().unwrap_or_else(PoisonError::into_inner);
        match spare.iter().position(|buffer| buffer.capacity() >= bytes) {
            Some(at) => Self(spare.swap_remove(at)),
            None => Self(Vec::with_capacity(bytes)),
        }
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
        // As a slice: byte by byte, as vectors are wiped, would cost as much as reading.
        self.0.as_mut_slice().zeroize();
        self.0.clear();
        if (1..=LARGEST).contains(&self.0.capacity()) {
            keep(std::mem::take(&mut self.0));
        }
    }
}

/// Keeps a wiped buffer; of too many the smallest goes.
fn keep(buffer: Vec<u8>) {
    let mut spare = SPARE.lock().unwrap_or_else(PoisonError::into_inner);
    spare.push(buffer);
    if spare.len() > MOST {
        let smallest = (0..spare.len()).min_by_key(|&at| spare[at].capacity());
        smallest.map(|at| spare.swap_remove(at));
    }
}

/// Frees the buffers that wait: all files are read.
pub fn release() {
    SPARE.lock().unwrap_or_else(PoisonError::into_inner).clear();
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

    #[test]
    fn a_buffer_is_as_large_as_was_asked() {
        for bytes in [1, 1 << 16, LARGEST, LARGEST + 1] {
            let mut buffer = Buffer::with_capacity(bytes);
            assert!(buffer.is_empty() && buffer.capacity() >= bytes);
            buffer.resize(bytes, 7);
        }
    }
}
