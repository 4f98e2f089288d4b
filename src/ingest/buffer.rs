//! Buffers that files are read into. They are used again, for fresh memory costs as much as reading
//! into it, and wiped when the last file is read; small ones at once.

use std::ops::{Deref, DerefMut};
use std::sync::{Mutex, PoisonError};
use zeroize::Zeroize;

/// Buffers that wait to be used again.
static SPARE: Mutex<Vec<Vec<u8>>> = Mutex::new(Vec::new());
/// Most of them.
const MOST: usize = 4;
/// Bytes of the smallest of them and of the largest.
const LEAST: usize = 1 << 20;
const LARGEST: usize = 8 << 20;

/// For fewer bytes none of them is taken.
const SHORT: usize = 1 << 16;

/// Bytes of a file. Who cuts its end off wipes what is cut off.
#[derive(Default)]
pub struct Buffer(Vec<u8>);

impl Buffer {
    /// An empty buffer with room for so many bytes.
    pub fn with_capacity(bytes: usize) -> Self {
        let mut spare = SPARE.lock().unwrap_or_else(PoisonError::into_inner);
        match spare.iter().position(|buffer| buffer.capacity() >= bytes) {
            Some(at) if bytes >= SHORT => {
                let mut buffer = spare.swap_remove(at);
                buffer.clear();
                Self(buffer)
            }
            // Somewhat more: the next one to ask may need a few bytes beyond that.
            _ if bytes >= LEAST => Self(Vec::with_capacity(bytes + bytes / 16)),
            _ => Self(Vec::with_capacity(bytes)),
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
        if (LEAST..=LARGEST).contains(&self.0.capacity()) {
            keep(std::mem::take(&mut self.0));
        } else {
            wipe(&mut self.0);
        }
    }
}

/// Keeps a buffer; of too many the smallest goes.
fn keep(buffer: Vec<u8>) {
    let mut spare = SPARE.lock().unwrap_or_else(PoisonError::into_inner);
    spare.push(buffer);
    if spare.len() > MOST {
        let smallest = (0..spare.len()).min_by_key(|&at| spare[at].capacity());
        if let Some(at) = smallest {
            wipe(&mut spare.swap_remove(at));
        }
    }
}

/// Wipes a buffer and what it held before. As a slice: byte by byte, as vectors are wiped, would
/// cost as much as reading.
pub fn wipe(buffer: &mut Vec<u8>) {
    buffer.clear();
    buffer.spare_capacity_mut().zeroize();
}

/// While it lives, files are read; then the buffers that wait are wiped and freed.
pub struct Wiping;

impl Drop for Wiping {
    fn drop(&mut self) {
        let mut spare = SPARE.lock().unwrap_or_else(PoisonError::into_inner);
        spare.drain(..).for_each(|mut buffer| wipe(&mut buffer));
    }
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
