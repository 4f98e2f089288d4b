//! Words that are the same for all accounts, in blocks.

use crate::credential::batch::{MAX_WORD, WordBatch};
use rayon::prelude::*;
use std::ops::RangeInclusive;

/// Words of one block: some hundred kilobytes, which stay in the second cache.
pub(super) const BLOCK: usize = 16_384;
/// Blocks that are handed out at a time, so that every thread has some.
const BLOCKS: usize = 64;
/// Bytes of a word list that become one block.
const PART: usize = 1 << 17;

/// Packs words into blocks.
pub(super) fn blocks_of<'a>(words: impl Iterator<Item = &'a [u8]>) -> Vec<WordBatch> {
    let mut blocks = vec![WordBatch::default()];
    for word in words {
        if blocks.last().is_none_or(|block| block.len() == BLOCK) {
            blocks.push(WordBatch::default());
        }
        if let Some(block) = blocks.last_mut() {
            block.push(word, b"");
        }
    }
    blocks.retain(|block| !block.is_empty());
    blocks
}

/// Every number of so many digits, at most six: 1,111,110 words from one to six.
pub(super) fn short_numbers(digits: RangeInclusive<u32>) -> impl Iterator<Item = WordBatch> {
    digits.flat_map(|digits| {
        let end = 10_u32.pow(digits);
        (0..end).step_by(BLOCK).map(move |start| {
            let mut block = WordBatch::default();
            for number in start..end.min(start + BLOCK as u32) {
                let digit = |place: u32| b'0' + (number / 10_u32.pow(place) % 10) as u8;
                let all: [u8; 6] = std::array::from_fn(|place| digit(5 - place as u32));
                block.push(&all[6 - digits as usize..], b"");
            }
            block
        })
    })
}

/// True for what [`short_numbers`] makes.
pub(super) fn is_short_number(word: &[u8]) -> bool {
    (1..=6).contains(&word.len()) && word.iter().all(u8::is_ascii_digit)
}

/// A word list, line after line.
pub(super) struct Lines<'a> {
    rest: &'a [u8],
}

impl<'a> Lines<'a> {
    /// The lines of a file; a byte-order mark is no part of the first.
    pub(super) fn of(file: &'a [u8]) -> Self {
        Self { rest: file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file) }
    }

    /// The next blocks, or `None` at the end.
    pub(super) fn next_blocks(&mut self) -> Option<Vec<WordBatch>> {
        let parts: Vec<_> = (0..BLOCKS).map_while(|_| self.next_part()).collect();
        let block = |part: Self| {
            let mut block = WordBatch::default();
            part.for_each(|word| block.push(word, b""));
            block
        };
        (!parts.is_empty()).then(|| parts.into_par_iter().map(block).collect())
    }

    /// The list in parts of whole lines, for many threads.
    pub(super) fn parts(mut self) -> Vec<Self> {
        std::iter::from_fn(|| self.next_part()).collect()
    }

    fn next_part(&mut self) -> Option<Self> {
        let least = PART.min(self.rest.len());
        let end =
            memchr::memchr(b'\n', &self.rest[least..]).map_or(self.rest.len(), |at| least + at);
        let (part, rest) = self.rest.split_at(end);
        self.rest = rest;
        (!part.is_empty()).then_some(Self { rest: part })
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = &'a [u8];

    // Empty and over-long lines are no words.
    fn next(&mut self) -> Option<&'a [u8]> {
        while !self.rest.is_empty() {
            let end = memchr::memchr(b'\n', self.rest).unwrap_or(self.rest.len());
            let line = &self.rest[..end];
            self.rest = &self.rest[(end + 1).min(self.rest.len())..];
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            if !line.is_empty() && line.len() <= MAX_WORD {
                return Some(line);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_words_without_their_ends() {
        let words: Vec<_> = Lines::of(b"\xef\xbb\xbfone\r\n\ntwo \nthree").collect();
        assert_eq!(words, [&b"one"[..], b"two ", b"three"]);
        let long = [&[b'x'; MAX_WORD + 1][..], b"\nok"].concat();
        assert_eq!(Lines::of(&long).collect::<Vec<_>>(), [b"ok"]);
        assert!(Lines::of(b"").next_blocks().is_none());
    }

    #[test]
    fn parts_and_blocks_hold_every_line_once_and_in_order() {
        let words: Vec<String> = (0..100_000).map(|n| format!("{:1$}", n, n % 9)).collect();
        let text = words.join("\r\n");
        let whole: Vec<_> = Lines::of(text.as_bytes()).collect();
        assert_eq!(whole.len(), words.len());
        let parts = Lines::of(text.as_bytes()).parts();
        assert!(parts.len() > 3);
        assert_eq!(parts.into_iter().flatten().collect::<Vec<_>>(), whole);
        let (mut lines, mut blocks) = (Lines::of(text.as_bytes()), Vec::new());
        while let Some(next) = lines.next_blocks() {
            blocks.extend(next);
        }
        assert_eq!(blocks.iter().flat_map(WordBatch::iter).collect::<Vec<_>>(), whole);
    }

    #[test]
    fn short_numbers_are_all_there_once() {
        let all: usize = short_numbers(1..=6).map(|block| block.len()).sum();
        assert_eq!(all, 1_111_110);
        assert!(short_numbers(1..=4).all(|block| block.iter().all(is_short_number)));
        let two: Vec<_> = short_numbers(2..=2)
            .flat_map(|b| b.iter().map(<[u8]>::to_vec).collect::<Vec<_>>())
            .collect();
        assert_eq!((two.len(), &two[7][..], &two[99][..]), (100, &b"07"[..], &b"99"[..]));
        assert!(!is_short_number(b"") && !is_short_number(b"1234567") && !is_short_number(b"12a"));
    }
}
