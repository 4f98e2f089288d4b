//! The rounds of md5crypt, sha256crypt and sha512crypt: a thousand and more messages of the digest
//! before, a salt and a word, whose order and presence follow the round's number.
//!
//! Lanes hold (salt, word) pairs of any accounts with equal lengths, so that the digest goes to the
//! same place in all of them. Eight templates hold everything but the digest.

use super::hash::Engine;
use super::message::{Messages, Place, blocks, digests};
use super::vector::Vector;

/// Blocks of the longest message.
const BLOCKS: usize = 3;
/// Longest word that the kernel takes, in bytes.
pub const WORD: usize = 48;
/// Longest salt.
pub const SALT: usize = 16;

/// One pair. All parts of one call may have any lengths up to [`WORD`] and [`SALT`].
#[derive(Clone, Copy)]
pub struct Rounds<'a> {
    /// The word as the rounds take it.
    pub word: &'a [u8],
    /// The salt as the rounds take it.
    pub salt: &'a [u8],
    /// Digest before the first round.
    pub digest: &'a [u8],
    /// How many rounds.
    pub rounds: u32,
}

impl Rounds<'_> {
    fn shape(&self) -> (usize, usize, u32) {
        (self.word.len(), self.salt.len(), self.rounds)
    }
}

/// Runs all jobs and hands out the digests by the jobs' positions, in any order.
#[inline(always)]
pub(super) fn run<V: Vector>(
    engine: &Engine<V>,
    jobs: &[Rounds<'_>],
    each: &mut dyn FnMut(usize, &[u8]),
) {
    let mut order: Vec<usize> = (0..jobs.len()).collect();
    order.sort_by_key(|&job| jobs[job].shape());
    let mut templates: [Messages<V>; 8] = std::array::from_fn(|_| Messages::new(engine, BLOCKS));
    for shape in order.chunk_by(|&a, &b| jobs[a].shape() == jobs[b].shape()) {
        for part in shape.chunks(V::LANES) {
            let state = lanes(engine, jobs, part, &mut templates);
            digests(engine, &state, part.len(), |lane, digest| each(part[lane], digest));
        }
    }
}

#[inline(always)]
fn lanes<V: Vector>(
    engine: &Engine<V>,
    jobs: &[Rounds<'_>],
    part: &[usize],
    templates: &mut [Messages<V>; 8],
) -> [V; 8] {
    let first = &jobs[part[0]];
    let messages: [(Place<V>, usize); 8] = std::array::from_fn(|number| {
        let template = &mut templates[number];
        template.clear();
        let mut at = 0;
        for (lane, &job) in part.iter().enumerate() {
            at = fill(engine, template, number, lane, &jobs[job]);
        }
        (template.place(engine, at), blocks::<V>(length(engine, number, first)))
    });
    let mut start = Messages::new(engine, 1);
    for (lane, &job) in part.iter().enumerate() {
        start.write(lane, 0, jobs[job].digest);
    }
    let mut state = start.state();
    for round in 0..first.rounds {
        let number = number(round % 2 == 1, round % 3 != 0, round % 7 != 0);
        let (place, blocks) = &messages[number];
        templates[number].insert(engine, place, &state);
        engine.restart(&mut state);
        for block in 0..*blocks {
            engine.compress(&mut state, templates[number].block(block));
        }
    }
    state
}

const fn number(odd: bool, salted: bool, worded: bool) -> usize {
    odd as usize | (salted as usize) << 1 | (worded as usize) << 2
}

fn length<V: Vector>(engine: &Engine<V>, number: usize, job: &Rounds<'_>) -> usize {
    let digest = engine.bytes();
    let salt = if number & 2 == 0 { 0 } else { job.salt.len() };
    let word = if number & 4 == 0 { 0 } else { job.word.len() };
    digest + salt + word + job.word.len()
}

/// Writes what a template holds of a job; the result is where the digest goes.
fn fill<V: Vector>(
    engine: &Engine<V>,
    template: &mut Messages<V>,
    number: usize,
    lane: usize,
    job: &Rounds<'_>,
) -> usize {
    let digest = engine.bytes();
    let odd = number & 1 == 1;
    let salt = if number & 2 == 0 { &[] } else { job.salt };
    let word = if number & 4 == 0 { &[] } else { job.word };
    let mut at = if odd { 0 } else { digest };
    let parts = if odd { [job.word, salt, word] } else { [salt, word, job.word] };
    for part in parts {
        template.write(lane, at, part);
        at += part.len();
    }
    let (place, length) = if odd { (at, at + digest) } else { (0, at) };
    template.end(lane, length, 0);
    place
}
