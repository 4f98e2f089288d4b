//! Words and pairs of a scheme on the lanes of the kernels: prepared one by one, run side by side.

use crate::credential::batch::{Digests, Hits, Pair, Target, WordBatch};
use crate::credential::family;
use crate::credential::scheme::{EachRows, Unsalted};
use crate::kernel::{self, Algorithm, Endings, Level, Rounds};
use md5::Digest;
use zeroize::Zeroizing;

/// Fewer words cost less one by one than lanes that are mostly empty.
const WORTH_IT: usize = 16;

/// Unsalted digests of the words' bytes.
pub fn digests(algorithm: Algorithm, words: &WordBatch, out: &mut Digests) {
    match algorithm {
        Algorithm::Md4 => on_lanes((algorithm, 16), false, words, out, one::<md4::Md4>),
        Algorithm::Md5 => on_lanes((algorithm, 16), false, words, out, one::<md5::Md5>),
        Algorithm::Sha1 => on_lanes((algorithm, 20), false, words, out, one::<sha1::Sha1>),
        Algorithm::Sha256 => on_lanes((algorithm, 32), false, words, out, one::<sha2::Sha256>),
        Algorithm::Sha512 => on_lanes((algorithm, 64), false, words, out, one::<sha2::Sha512>),
    }
}

/// NT hashes: MD4 over UTF-16LE. A word that is not UTF-8 has none.
pub fn nt_digests(words: &WordBatch, out: &mut Digests) {
    on_lanes((Algorithm::Md4, 16), true, words, out, |word, out| {
        let Ok(text) = std::str::from_utf8(word) else { return false };
        let mut md4 = md4::Md4::new();
        for unit in text.encode_utf16() {
            md4.update(unit.to_le_bytes());
        }
        out.copy_from_slice(&md4.finalize());
        true
    });
}

/// NT hashes of stems with every ending, see [`Unsalted::digests_with_endings`].
pub fn nt_with_endings(
    nt: &dyn Unsalted,
    stems: &WordBatch,
    endings: &[Vec<u8>],
    each: EachRows<'_>,
) {
    let longest = endings.iter().map(Vec::len).max().unwrap_or(0);
    let ascii = endings.iter().all(|ending| ending.is_ascii());
    let suits =
        |word: &[u8]| ascii && word.is_ascii() && word.len() + longest <= kernel::SHORT[0] / 2;
    let (mut short, others): (Vec<u32>, Vec<u32>) =
        (0..stems.len() as u32).partition(|&stem| suits(stems.get(stem as usize)));
    short.sort_by_key(|&stem| stems.get(stem as usize).len());
    let taken = stems.taken(&short);
    let jobs = Endings { stems: taken.packed(true), endings };
    kernel::digests_with_endings(Level::current(), Algorithm::Md4, jobs, &mut |number, rows| {
        let (ending, first) = (number / taken.len(), number % taken.len());
        each(&short[first..first + rows.len() / 16], ending, rows);
    });
    let rest = stems.taken(&others);
    family::each_ending(nt, &rest, endings, &mut |stems, ending, rows| {
        each(&[others[stems[0] as usize]], ending, rows);
    });
}

fn one<H: Digest>(word: &[u8], out: &mut [u8]) -> bool {
    out.copy_from_slice(&H::digest(word));
    true
}

/// Digests of `width` bytes; `alone` makes that of a word which lanes do not take, if it has one.
fn on_lanes(
    (algorithm, width): (Algorithm, usize),
    wide: bool,
    words: &WordBatch,
    out: &mut Digests,
    alone: impl Fn(&[u8], &mut [u8]) -> bool,
) {
    let block = kernel::SHORT[usize::from(algorithm == Algorithm::Sha512)];
    let longest = if wide { block / 2 } else { block };
    let few = words.len() < WORTH_IT;
    let suits = |word: &[u8]| !few && word.len() <= longest && (!wide || word.is_ascii());
    out.reset(words.len(), width);
    if !few {
        let packed = words.packed(wide);
        let each = &mut |first, rows: &[u8]| out.set_rows(first, rows);
        kernel::digests(Level::current(), algorithm, packed, each);
    }
    let mut digest = [0; 64];
    for (index, word) in words.iter().enumerate().filter(|(_, word)| !suits(word)) {
        if alone(word, &mut digest[..width]) {
            out.set(index, &digest[..width]);
        } else {
            out.unset(index);
        }
    }
}

/// What the rounds of the crypt family start from.
pub struct Prepared {
    /// The word as the rounds take it.
    pub word: Zeroizing<Vec<u8>>,
    /// The salt as the rounds take it.
    pub salt: Zeroizing<Vec<u8>>,
    /// The digest before the first round.
    pub digest: Zeroizing<Vec<u8>>,
    /// How many rounds.
    pub rounds: u32,
}

/// Evaluates pairs of the crypt family; `alone` takes words that are too long for the lanes.
pub fn crypt_rounds(
    algorithm: Algorithm,
    pairs: &[Pair<'_>],
    hits: &mut Hits,
    prepare: impl Fn(&Target, &[u8]) -> Prepared,
    alone: impl Fn(&Target, &[u8]) -> bool,
) {
    let (short, long): (Vec<&Pair<'_>>, Vec<&Pair<'_>>) =
        pairs.iter().partition(|pair| pair.word.len() <= kernel::WORD);
    let prepared: Vec<Prepared> =
        short.iter().map(|pair| prepare(pair.target, pair.word)).collect();
    let jobs: Vec<Rounds<'_>> = prepared
        .iter()
        .map(|one| Rounds {
            word: &one.word,
            salt: &one.salt,
            digest: &one.digest,
            rounds: one.rounds,
        })
        .collect();
    kernel::crypt_rounds(Level::current(), algorithm, &jobs, &mut |job, digest| {
        if digest == short[job].target.digest() {
            hits.hit(short[job].id);
        }
    });
    for pair in long.into_iter().filter(|pair| alone(pair.target, pair.word)) {
        hits.hit(pair.id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credential::batch::MAX_WORD;
    use crate::credential::scheme::{self, Body};

    fn words() -> WordBatch {
        let mut words = WordBatch::default();
        for length in (0..130).chain([200, 256]) {
            for salt in 0..3 {
                let letter = |i: usize| b'!' + ((7 * i + salt) % 90) as u8;
                let word: Vec<u8> = (0..length).map(letter).collect();
                words.push(&word, b"");
            }
        }
        for word in ["ぱすわーど１２３🔑", "é", "Łódź-2026"] {
            words.push(word.as_bytes(), b"");
        }
        words.push(b"\xff\xfe", b"");
        words
    }

    type Run = fn(&WordBatch, &mut Digests);

    #[test]
    fn batches_agree_with_words_one_by_one() {
        let all = words();
        let runs: [Run; 6] = [
            nt_digests,
            |words, out| digests(Algorithm::Md4, words, out),
            |words, out| digests(Algorithm::Md5, words, out),
            |words, out| digests(Algorithm::Sha1, words, out),
            |words, out| digests(Algorithm::Sha256, words, out),
            |words, out| digests(Algorithm::Sha512, words, out),
        ];
        for run in runs {
            let (mut together, mut single) = (Digests::default(), Digests::default());
            run(&all, &mut together);
            for (index, word) in all.iter().enumerate() {
                let mut only = WordBatch::default();
                only.push(word, b"");
                run(&only, &mut single);
                assert_eq!(together.get(index), single.get(0), "word {index}");
            }
        }
    }

    #[test]
    fn endings_agree_with_whole_words() {
        let (stems, nt) = (words(), scheme::at(scheme::named("nt").unwrap().0));
        let Body::Unsalted(nt) = nt.body() else { panic!("it has no salt") };
        for endings in [vec![b"7".to_vec(), b"42".to_vec(), Vec::new()], vec!["é".into()]] {
            let mut seen = 0;
            nt.digests_with_endings(&stems, &endings, &mut |numbers, ending, rows| {
                let (mut whole, mut out) = (WordBatch::default(), Digests::default());
                for &stem in numbers {
                    whole.push(stems.get(stem as usize), &endings[ending]);
                }
                nt_digests(&whole, &mut out);
                let wanted: Vec<_> = (0..whole.len()).filter_map(|word| out.get(word)).collect();
                assert_eq!(rows, wanted.concat(), "ending {ending}");
                seen += numbers.len();
            });
            let text = |stem: &&[u8]| std::str::from_utf8(stem).is_ok();
            let fits = |stem: &[u8]| {
                endings.iter().filter(|ending| stem.len() + ending.len() <= MAX_WORD).count()
            };
            assert_eq!(seen, stems.iter().filter(text).map(fits).sum::<usize>());
        }
    }

    #[test]
    fn a_word_alone_is_what_the_standards_say() {
        let (mut words, mut out) = (WordBatch::default(), Digests::default());
        words.push(b"password", b"");
        words.push(b"\xff", b"");
        nt_digests(&words, &mut out);
        assert_eq!(out.get(0).unwrap()[..4], [0x88, 0x46, 0xf7, 0xea]);
        assert!(out.get(1).is_none());
        digests(Algorithm::Sha1, &words, &mut out);
        assert_eq!(out.get(0).unwrap()[..4], [0x5b, 0xaa, 0x61, 0xe4]);
    }
}
