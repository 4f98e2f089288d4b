//! From one sorted question to the next through a sorted file.

#![expect(clippy::cast_precision_loss, reason = "places are guessed, and every guess is checked")]

use super::file::{SortedFile, after_feed};
use super::line::{Fault, LONGEST, Line};
use crate::model::breach::{CorpusError, DigestKey};

/// Bytes of a usual line.
const LINE: f64 = 38.0;
/// Where questions lie closer together than this many bytes, the file is read on and on.
const DENSE: f64 = 2_500.0;
/// Bytes that are read at a time then.
const STRIDE: usize = 1 << 16;
/// A stretch that is searched in memory.
const NEAR: u64 = 1 << 11;
/// Guesses by value before the middle is taken: lists whose digests are not spread evenly.
const GUESSES: u32 = 6;
/// Fewer bytes are stepped through line by line.
const FEW: u64 = 200;

/// The beginning of a line and its key.
#[derive(Clone, Copy)]
struct Mark {
    at: u64,
    key: DigestKey,
}

/// A walk through the list, with the part of it that was read last.
pub(super) struct Walk<'a> {
    list: &'a SortedFile,
    start: u64,
    part: Vec<u8>,
    stride: usize,
    /// The last line that is known to stand before every further question.
    low: Option<Mark>,
    /// The question before, and its answer.
    last: Option<(DigestKey, u32)>,
}

/// What one look into a stretch told.
enum Look {
    /// The answer.
    Count(u32),
    /// The question lies in what is left between the marks.
    Between,
}

impl<'a> Walk<'a> {
    /// A walk that answers these questions.
    pub(super) fn new(list: &'a SortedFile, keys: &[DigestKey]) -> Self {
        let span = match keys {
            [first, .., last] => (last.high - first.high) as f64,
            _ => u64::MAX as f64,
        };
        let apart = span / u64::MAX as f64 * list.size as f64 / keys.len().max(1) as f64;
        let stride = if apart < DENSE { STRIDE } else { 0 };
        Self { list, start: 0, part: Vec::new(), stride, low: None, last: None }
    }

    /// How often a digest is listed; none before may be above it.
    pub(super) fn count(&mut self, key: DigestKey) -> Result<u32, CorpusError> {
        if let Some((_, count)) = self.last.filter(|(last, _)| *last == key) {
            return Ok(count);
        }
        let count = self.find(key)?;
        self.last = Some((key, count));
        Ok(count)
    }

    fn find(&mut self, key: DigestKey) -> Result<u32, CorpusError> {
        let mut low = match self.low {
            Some(low) => low,
            None => Mark { at: 0, key: self.line_at(0)?.key },
        };
        if low.key >= key {
            return if low.key == key { Ok(self.line_at(low.at)?.count) } else { Ok(0) };
        }
        let mut high = Mark { at: self.list.size, key: DigestKey::MAX };
        let mut guess = 0;
        loop {
            let (from, to) = if high.at - low.at <= NEAR {
                (low.at, high.at)
            } else if guess < GUESSES {
                around(low, high, key)
            } else {
                let middle = low.at.midpoint(high.at);
                (middle, middle + NEAR)
            };
            let look = self.look(&mut low, &mut high, key, from..to)?;
            self.low = Some(low);
            if let Look::Count(count) = look {
                return Ok(count);
            }
            guess += 1;
        }
    }

    /// Narrows the marks by what stands in a stretch of the file; tells where they meet.
    fn look(
        &mut self,
        low: &mut Mark,
        high: &mut Mark,
        key: DigestKey,
        stretch: std::ops::Range<u64>,
    ) -> Result<Look, CorpusError> {
        let (from, to) = (stretch.start.max(low.at), stretch.end.min(high.at));
        self.have(from, to)?;
        // Both ends of the stretch first: is the question between them?
        if let Some(count) = self.probe(low, high, key, from)? {
            return Ok(Look::Count(count));
        }
        if low.at >= from && high.at > to {
            let back = to.saturating_sub(LONGEST as u64).max(low.at);
            if let Some(count) = self.probe(low, high, key, back)? {
                return Ok(Look::Count(count));
            }
        }
        if low.at < from || high.at > to {
            return Ok(Look::Between);
        }
        while high.at - low.at > FEW {
            if let Some(count) = self.probe(low, high, key, low.at.midpoint(high.at))? {
                return Ok(Look::Count(count));
            }
        }
        loop {
            if let Some(count) = self.probe(low, high, key, low.at)? {
                return Ok(Look::Count(count));
            }
        }
    }

    /// Looks at the first line that begins behind a place, and moves a mark to it. The answer, where
    /// this line has it, or where no line is left between the marks.
    fn probe(
        &mut self,
        low: &mut Mark,
        high: &mut Mark,
        key: DigestKey,
        behind: u64,
    ) -> Result<Option<u32>, CorpusError> {
        let next = after_feed(&self.part[(behind - self.start) as usize..]);
        if next.is_none() && self.start + (self.part.len() as u64) < self.list.size {
            return Err(self.list.fault(behind, Fault::Shape));
        }
        let at = next.map_or(high.at, |next| behind + next as u64);
        if at >= high.at {
            if behind <= low.at {
                return Ok(Some(0));
            }
            // Lines begin at the place or before it, or not at all.
            high.at = behind + 1;
            return Ok(None);
        }
        let line = self.list.line(&self.part[(at - self.start) as usize..], at)?;
        if line.key <= low.key || line.key >= high.key {
            return Err(self.list.unsorted(at));
        }
        let mark = Mark { at, key: line.key };
        if line.key == key {
            *low = mark;
            return Ok(Some(line.count));
        }
        *(if line.key < key { low } else { high }) = mark;
        Ok(None)
    }

    /// Has a stretch in memory, and the whole of the last line that begins in it.
    fn have(&mut self, from: u64, to: u64) -> Result<(), CorpusError> {
        let end = (to + LONGEST as u64).min(self.list.size);
        if from < self.start || end > self.start + self.part.len() as u64 || self.part.is_empty() {
            let count = ((end - from) as usize).max(self.stride);
            self.list.read(from, count, &mut self.part)?;
            self.start = from;
        }
        Ok(())
    }

    fn line_at(&mut self, at: u64) -> Result<Line, CorpusError> {
        self.have(at, at)?;
        self.list.line(&self.part[(at - self.start) as usize..], at)
    }
}

/// Where a key should stand between two marks. Evenly spread digests wander from the straight line
/// by the root of their number: one and a half times that is searched on both sides.
fn around(low: Mark, high: Mark, key: DigestKey) -> (u64, u64) {
    let part = (key.high - low.key.high) as f64 / ((high.key.high - low.key.high) as f64).max(1.0);
    let bytes = (high.at - low.at) as f64;
    let place = low.at as f64 + part * bytes;
    let reach = 1.5 * (bytes / LINE * part * (1.0 - part)).max(0.0).sqrt() * LINE + 96.0;
    ((place - reach).max(0.0) as u64, (place + reach) as u64)
}
