//! The distinct digests of a run, found by a sort in partitions that need not stay in memory.
//!
//! Every digest is enciphered as it comes, under a key that this process makes up and no file ever
//! holds: equal digests stay equal, and what a [`Paged`] list puts aside says nothing about them.
//! Rows are dealt out by the first byte of that, sorted one partition after another, and numbered in
//! the order in which their digests came, so that neither key nor memory changes a number.

use crate::credential::batch::{Digest, MAX_DIGEST};
use crate::credential::filter::Filter;
use crate::credential::ranks::{Marks, Ranks};
use crate::kernel::paged::{Deal, Paged};
use aes::Aes128;
use aes::cipher::{BlockCipherDecrypt, BlockCipherEncrypt, KeyInit};
use rayon::prelude::*;
use zeroize::Zeroizing;

/// Bytes of a cipher block.
const BLOCK: usize = 16;
/// Blocks of the longest digest.
const BLOCKS: usize = MAX_DIGEST / BLOCK;
/// Partitions: one for each first byte.
const PARTS: usize = 256;
/// Rows of which all parts are sorted at once: handing them out by twos would cost more.
const FEW: u32 = 1 << 20;
/// Distinct digests that share an entry of the index, on average.
const SHARED: usize = 4;

/// Digests that are enciphered together: one at a time costs four times as much.
const TOGETHER: usize = 256;

/// A digest in blocks.
type Chain = [[u8; BLOCK]; BLOCKS];

/// Distinct digests of one width.
pub struct DigestTable {
    width: usize,
    veil: Veil,
    /// What was added last and is not enciphered yet.
    fresh: Vec<Chain>,
    /// Rows by first byte, until [`DigestTable::seal`].
    parts: Vec<Paged<Row>>,
    rows: u32,
    /// One row for each distinct digest, sorted; its number is the digest's.
    sorted: Paged<Row>,
    /// Where in `sorted` the rows with so many leading bits begin.
    starts: Paged<u32>,
    /// By number of the digest: its place in `sorted`, or in `wide` where it has several blocks.
    places: Paged<u32>,
    /// Digests of several blocks, enciphered, in the order in which they came.
    wide: Paged<[u8; BLOCK]>,
    filter: Filter,
}

/// A digest, enciphered to two numbers, and the number of its row. Two digests of several blocks are
/// taken for equal where the last blocks of their chains are, as nothing but equal ones ever have.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Row {
    high: u64,
    low: u64,
    number: u32,
}

impl Row {
    fn of(block: [u8; BLOCK], number: u32) -> Self {
        let both = u128::from_be_bytes(block);
        Self { high: (both >> 64) as u64, low: both as u64, number }
    }

    fn block(self) -> [u8; BLOCK] {
        (u128::from(self.high) << 64 | u128::from(self.low)).to_be_bytes()
    }

    fn equal(&self, other: &Self) -> bool {
        (self.high, self.low) == (other.high, other.low)
    }
}

impl DigestTable {
    /// An empty table for digests of so many bytes, at most [`MAX_DIGEST`].
    ///
    /// # Panics
    /// Where the system has no random numbers for the key.
    pub fn new(width: usize) -> Self {
        Self {
            width,
            veil: Veil::new(),
            fresh: Vec::with_capacity(TOGETHER),
            parts: (0..PARTS).map(|_| Paged::new()).collect(),
            rows: 0,
            sorted: Paged::new(),
            starts: Paged::new(),
            places: Paged::new(),
            wide: Paged::new(),
            filter: Filter::default(),
        }
    }

    /// Adds a digest; the result counts them from zero.
    ///
    /// # Panics
    /// Beyond 2^32 digests, which callers refuse.
    pub fn push(&mut self, digest: &[u8]) -> u32 {
        let number = self.rows;
        self.rows = number.checked_add(1).expect("digests beyond 2^32");
        self.fresh.push(chain(digest));
        if self.fresh.len() == TOGETHER {
            self.take_fresh();
        }
        number
    }

    fn take_fresh(&mut self) {
        let count = blocks_in(self.width);
        self.veil.cover(&mut self.fresh, count);
        let first = self.rows - self.fresh.len() as u32;
        for (number, digest) in (first..).zip(&self.fresh) {
            if count > 1 {
                self.wide.extend_from_slice(&digest[..count]);
            }
            let last = digest[count - 1];
            self.parts[usize::from(last[0])].push(Row::of(last, number));
        }
        self.fresh.clear();
    }

    /// Ends the adding: digests get numbers in the order in which each came first. The result says
    /// for every digest that was added which number it has.
    pub fn seal(&mut self) -> Paged<u32> {
        self.take_fresh();
        let mut firsts = Marks::new(self.rows);
        let mut copies = Deal::new(self.rows as usize);
        // More parts than threads would only need more memory at once.
        let at_once = if self.rows <= FEW { PARTS } else { rayon::current_num_threads() };
        let mut parts = std::mem::take(&mut self.parts).into_iter();
        loop {
            let mut some: Vec<_> = parts.by_ref().take(at_once).collect();
            some.par_iter_mut().for_each(|part| sort(part));
            if some.is_empty() {
                break;
            }
            for equals in some.iter().flat_map(|part| part.chunk_by(Row::equal)) {
                let first = equals[0];
                firsts.set(first.number);
                equals[1..].iter().for_each(|row| copies.put(row.number, first.number));
                self.sorted.push(first);
            }
        }
        let firsts = firsts.ranked();
        let mut numbers: Paged<u32> = (0..self.rows).collect();
        copies.write(&mut numbers);
        numbers.iter_mut().for_each(|number| *number = firsts.rank(*number));
        self.place(&firsts);
        self.index();
        numbers
    }

    fn place(&mut self, firsts: &Ranks) {
        let mut places = Deal::new(self.sorted.len());
        for (place, row) in (0..).zip(&mut self.sorted) {
            let came = row.number;
            row.number = firsts.rank(came);
            places.put(row.number, if self.width <= BLOCK { place } else { came });
        }
        self.places.resize(self.sorted.len(), 0);
        places.write(&mut self.places);
    }

    fn index(&mut self) {
        let bits = (self.len() / SHARED).max(1).ilog2();
        let mut at = 0;
        for head in 0..=1_u64 << bits {
            while self.sorted.get(at).is_some_and(|row| lead(row.high, bits) < head) {
                at += 1;
            }
            self.starts.push(at as u32);
        }
        let mut filter = Filter::of(self.len());
        self.each(|_, digest| filter.add(digest));
        self.filter = filter;
    }

    /// Hands over every digest with its number, once the table is sealed, in the order that costs
    /// least: looking each up by its number costs more than what is done with most.
    pub fn each(&self, mut take: impl FnMut(u32, &[u8])) {
        if self.width > BLOCK {
            return (0..self.len() as u32).for_each(|n| take(n, self.get(n).as_bytes()));
        }
        for rows in self.sorted.chunks(TOGETHER) {
            let mut blocks = [[0; BLOCK]; TOGETHER];
            blocks.iter_mut().zip(rows).for_each(|(block, row)| *block = row.block());
            self.veil.uncover_all(&mut blocks[..rows.len()]);
            rows.iter()
                .zip(&blocks)
                .for_each(|(row, block)| take(row.number, &block[..self.width]));
        }
    }

    /// The number of a digest that was added, once the table is sealed.
    #[inline]
    pub fn find(&self, digest: &[u8]) -> Option<u32> {
        if !self.filter.lets(digest) {
            return None;
        }
        self.look_up(digest)
    }

    /// The digests among these that were added, one behind the other: place and number of each.
    pub fn find_rows<'r>(&'r self, rows: &'r [u8]) -> impl Iterator<Item = (usize, u32)> + 'r {
        let width = self.width;
        let digest = move |place: usize| &rows[place * width..][..width];
        let sifted = self.filter.sift(rows, width).into_iter().map(|place| place as usize);
        sifted.filter_map(move |place| Some((place, self.look_up(digest(place))?)))
    }

    #[inline(never)]
    fn look_up(&self, digest: &[u8]) -> Option<u32> {
        let count = blocks_in(self.width);
        let mut chain = [chain(digest)];
        self.veil.cover(&mut chain, count);
        let wanted = Row::of(chain[0][count - 1], 0);
        let head = lead(wanted.high, (self.starts.len() - 1).ilog2()) as usize;
        let (from, to) = (self.starts[head] as usize, self.starts[head + 1] as usize);
        self.sorted[from..to].iter().find(|row| row.equal(&wanted)).map(|row| row.number)
    }

    /// A digest by its number.
    pub fn get(&self, number: u32) -> Digest {
        let place = self.places[number as usize] as usize;
        let row;
        let blocks = if self.width <= BLOCK {
            row = [self.sorted[place].block()];
            &row[..]
        } else {
            let count = blocks_in(self.width);
            &self.wide[place * count..][..count]
        };
        self.veil.uncover(blocks, self.width)
    }

    /// How many distinct ones there are, once the table is sealed.
    pub fn len(&self) -> usize {
        self.sorted.len()
    }

    /// True where none was added.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }
}

/// Sorts rows. The first half of a digest tells nearly all apart, and comparing it alone is faster.
fn sort(rows: &mut [Row]) {
    rows.sort_unstable_by_key(|row| row.high);
    rows.chunk_by_mut(|a, b| a.high == b.high)
        .filter(|equals| equals.len() > 1)
        .for_each(<[Row]>::sort_unstable);
}

/// Blocks of a digest of so many bytes.
const fn blocks_in(width: usize) -> usize {
    if width <= BLOCK { 1 } else { width.div_ceil(BLOCK) }
}

fn chain(digest: &[u8]) -> Chain {
    let mut chain = [[0; BLOCK]; BLOCKS];
    chain.as_flattened_mut()[..digest.len()].copy_from_slice(digest);
    chain
}

/// The first `bits` bits.
fn lead(high: u64, bits: u32) -> u64 {
    if bits == 0 { 0 } else { high >> (u64::BITS - bits) }
}

/// The key of a table, which lives in its memory alone: blocks in a chain that begins with zeros.
struct Veil(Aes128);

impl Veil {
    fn new() -> Self {
        let mut key = Zeroizing::new([0; BLOCK]);
        getrandom::fill(&mut *key).expect("a system with random numbers");
        Self(Aes128::new(&(*key).into()))
    }

    fn cover(&self, digests: &mut [Chain], count: usize) {
        let mut together = [aes::Block::default(); TOGETHER];
        for digests in digests.chunks_mut(TOGETHER) {
            let together = &mut together[..digests.len()];
            for block in 0..count {
                for (own, digest) in together.iter_mut().zip(&*digests) {
                    let before = if block == 0 { [0; BLOCK] } else { digest[block - 1] };
                    let mixed = u128::from_ne_bytes(digest[block]) ^ u128::from_ne_bytes(before);
                    *own = mixed.to_ne_bytes().into();
                }
                self.0.encrypt_blocks(together);
                for (digest, own) in digests.iter_mut().zip(&*together) {
                    digest[block] = (*own).into();
                }
            }
        }
    }

    /// Blocks that are digests of one block each.
    fn uncover_all(&self, blocks: &mut [[u8; BLOCK]]) {
        self.0.decrypt_blocks(aes::Block::cast_slice_from_core_mut(blocks));
    }

    fn uncover(&self, blocks: &[[u8; BLOCK]], width: usize) -> Digest {
        let (mut bytes, mut last) = ([[0; BLOCK]; BLOCKS], [0; BLOCK]);
        for (out, block) in bytes.iter_mut().zip(blocks) {
            let mut plain = (*block).into();
            self.0.decrypt_block(&mut plain);
            *out = plain.into();
            out.iter_mut().zip(last).for_each(|(byte, before)| *byte ^= before);
            last = *block;
        }
        Digest::new(&bytes.as_flattened()[..width]).expect("no digest is longer than the longest")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digest(number: u64, width: usize) -> Vec<u8> {
        let mixed = number.wrapping_mul(0xff51_afd7_ed55_8ccd).to_be_bytes();
        mixed.iter().cycle().take(width).copied().collect()
    }

    #[test]
    fn equal_digests_get_one_number_in_the_order_they_came() {
        for width in [4, 8, 16, 20, 32, 64] {
            let mut table = DigestTable::new(width);
            for (row, number) in (0..).zip([5, 9, 5, 2, 9, 5, 77]) {
                assert_eq!(table.push(&digest(number, width)), row);
            }
            assert_eq!(&*table.seal(), &[0, 1, 0, 2, 1, 0, 3], "{width}");
            assert_eq!(table.len(), 4);
            for (number, of) in (0..).zip([5, 9, 2, 77]) {
                assert_eq!(table.get(number).as_bytes(), digest(of, width), "{width}");
            }
        }
    }

    #[test]
    fn a_table_finds_what_was_added_and_nothing_else() {
        for width in [4, 8, 16, 20] {
            for many in [0, 1, 5, 3_000] {
                let mut table = DigestTable::new(width);
                assert_eq!(table.find(&digest(0, width)), None);
                (0..many).for_each(|number| {
                    table.push(&digest(number, width));
                });
                table.seal();
                for number in 0..6_000 {
                    let known = (number < many).then_some(number as u32);
                    assert_eq!(table.find(&digest(number, width)), known, "{width} {number}");
                }
                let rows: Vec<u8> = (0..6_000).flat_map(|n| digest(n, width)).collect();
                let wanted: Vec<_> = (0..many).map(|n| (n as usize, n as u32)).collect();
                assert_eq!(table.find_rows(&rows).collect::<Vec<_>>(), wanted, "{width}");
                let mut each = Vec::new();
                table.each(|number, bytes| each.push((number, bytes.to_vec())));
                each.sort();
                assert!(each.into_iter().eq((0..many).map(|n| (n as u32, digest(n, width)))));
            }
        }
    }

    #[test]
    fn what_is_kept_says_nothing_about_the_digest() {
        let (mut one, mut two) = (DigestTable::new(20), DigestTable::new(20));
        let digest = digest(7, 20);
        for table in [&mut one, &mut two] {
            table.push(&digest);
            table.seal();
            assert_ne!(table.wide[0][..], digest[..BLOCK]);
            assert_ne!(table.sorted[0].block()[..4], digest[BLOCK..]);
        }
        assert_ne!(one.sorted[0].block(), two.sorted[0].block(), "each has a key of its own");
    }
}
