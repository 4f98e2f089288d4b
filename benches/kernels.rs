//! Kernels beside RustCrypto's scalar crates, in one process: `cargo bench --bench kernels`.
//!
//! Rows of raw hashes take words and give digests; "bare" ones hash numbers that are in the lanes
//! already and leave the digests there; "NT endings" puts a thousand endings behind a word and compares
//! with one digest, as `hashcat -b` does. Slow hashes get full
//! batches: so many words of each length that the lanes of every level are full to the last.
//!
//! The scalar harness: one message of 55 bytes or fewer at a time through the one-shot `digest`
//! function, the digest kept from the optimiser. Both sides hash the same words; the best of some
//! short runs counts, so that a neighbour on the machine disturbs least. `--json` prints one line
//! of JSON for docs/performance.md, `--quick` takes less time and says less.

#![allow(missing_docs, reason = "a program, not a library")]
#![allow(clippy::print_stdout, reason = "a program, not a library")]

use kagiban::credential::batch::{Hits, Pair, Target, WordBatch};
use kagiban::credential::family::pbkdf2::{self, Prf};
use kagiban::credential::scheme::{self, Body, Parsed, Stored};
use kagiban::kernel::nt::Suffixes;
use kagiban::kernel::{self, Algorithm, Level};
use md5::Digest;
use serde_json::{Value, json};
use std::hint::black_box;
use std::time::{Duration, Instant};

const WORDS: usize = 1 << 14;
/// Lengths of words, six characters and more.
const LENGTHS: usize = 10;
/// A full batch: lanes are filled with words of one length, and no level has a number of lanes that
/// does not divide 192.
const FULL: usize = 192 * LENGTHS;
/// Compressions of a bare run.
const TIMES: u32 = 256;

/// Words of six to fifteen letters and digits.
fn words() -> WordBatch {
    let mut words = WordBatch::default();
    for number in 0..WORDS {
        let mixed = (number as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let text = format!("{mixed:016x}");
        words.push(&text.as_bytes()[..6 + number % LENGTHS], b"");
    }
    words
}

/// Most evaluations in a second, over runs of at least `least`.
fn rate(least: Duration, runs: usize, count: usize, mut body: impl FnMut()) -> f64 {
    let once = |body: &mut dyn FnMut()| {
        let (start, mut done) = (Instant::now(), 0_u32);
        while start.elapsed() < least {
            body();
            done += count as u32;
        }
        f64::from(done) / start.elapsed().as_secs_f64()
    };
    (0..runs).map(|_| once(&mut body)).fold(0.0, f64::max)
}

/// Levels with instructions of their own for a hash: the others are one of these.
fn levels(algorithm: Algorithm) -> impl Iterator<Item = Level> {
    Level::available().into_iter().filter(move |level| level.of(algorithm) == *level)
}

struct Bench {
    least: Duration,
    runs: usize,
    rows: Vec<Value>,
    json: bool,
}

impl Bench {
    fn new() -> Self {
        let has = |name: &str| std::env::args().any(|argument| argument == name);
        let (least, runs) = if has("--quick") { (20, 3) } else { (100, 7) };
        Self { least: Duration::from_millis(least), runs, rows: Vec::new(), json: has("--json") }
    }

    fn rate(&self, count: usize, body: impl FnMut()) -> f64 {
        rate(self.least, self.runs, count, body)
    }

    fn raw<H: Digest>(&mut self, name: &str, algorithm: Algorithm, words: &WordBatch) {
        let scalar = self.rate(words.len(), || {
            for word in words.iter() {
                black_box(H::digest(black_box(word)));
            }
        });
        for level in levels(algorithm) {
            let lanes = self.rate(words.len(), || {
                let each = &mut |_, digests: &[u8]| {
                    black_box(digests);
                };
                kernel::digests(level, algorithm, words.packed(false), each);
            });
            let used = level == Level::current().of(algorithm);
            self.row(name, (level, used), lanes, Some(scalar));
            let mut lanes = 0;
            kernel::compressions(level, algorithm, 1, &mut |_, _| lanes += 1);
            let bare = self.rate(lanes * TIMES as usize, || {
                kernel::compressions(level, algorithm, black_box(TIMES), &mut |_, digest| {
                    black_box(digest);
                });
            });
            self.row(&format!("{name} bare"), (level, used), bare, None);
        }
    }

    /// Evaluations of one target, in full batches, at the level of the process.
    fn salted(&mut self, name: &str, target: &Target, run: impl Fn(&[Pair<'_>], &mut Hits)) {
        let words = words();
        let pair = |number: usize| Pair { target, word: words.get(number), id: number as u32 };
        let pairs: Vec<_> = (0..FULL).map(pair).collect();
        let speed = self.rate(pairs.len(), || run(&pairs, &mut Hits::default()));
        self.row(name, (Level::current(), true), speed, None);
    }

    /// Endings behind one word against one digest, as the own words of an account are tried.
    fn forms(&mut self, name: &str) {
        let endings: Vec<String> = (0..1000).map(|number| format!("{number:03}")).collect();
        let suffixes = Suffixes::new(&endings);
        for level in levels(Algorithm::Md4) {
            let speed = self.rate(endings.len(), || {
                black_box(suffixes.find_at(level, black_box(b"user0000"), black_box(&[7; 16])));
            });
            let used = level == Level::current().of(Algorithm::Md4);
            self.row(name, (level, used), speed, None);
        }
    }

    fn scheme(&mut self, name: &str) {
        let scheme = scheme::at(scheme::named(name).expect("a scheme of ours").0);
        let answer = &scheme.known_answers()[0];
        let stored = Stored::new(answer.encoded.as_bytes(), answer.salt.as_bytes());
        let (Ok(Parsed::Target(target)), Body::Salted(body)) =
            (scheme.parse(&stored), scheme.body())
        else {
            panic!("{name} has a salt")
        };
        self.salted(name, &target, |pairs, hits| body.run(pairs, hits));
    }

    fn pbkdf2(&mut self, name: &str, prf: Prf, width: usize) {
        let parsed = pbkdf2::target(prf, 1000, b"salt-of-16-bytes", &vec![7; width]);
        let Ok(Parsed::Target(target)) = parsed else { panic!("a thousand rounds are no many") };
        self.salted(name, &target, pbkdf2::run);
    }

    /// A row; a level that this process uses for the hash is one to compare with peers.
    fn row(&mut self, name: &str, (level, used): (Level, bool), speed: f64, scalar: Option<f64>) {
        let level = level.word();
        if !self.json {
            let ratio = scalar.map_or(String::new(), |scalar| {
                format!("  {:>6.1} times the scalar {scalar:.0}", speed / scalar)
            });
            println!("{name:<16} {level:<9} {speed:>14.0} /s{ratio}");
        }
        let ratio = scalar.map(|scalar| speed / scalar);
        self.rows.push(json!({
            "name": name, "level": level, "used": used, "rate": speed, "scalar": scalar,
            "ratio": ratio
        }));
    }
}

fn main() {
    let (mut bench, words) = (Bench::new(), words());
    bench.raw::<md4::Md4>("MD4", Algorithm::Md4, &words);
    bench.forms("NT endings");
    bench.raw::<md5::Md5>("MD5", Algorithm::Md5, &words);
    bench.raw::<sha1::Sha1>("SHA-1", Algorithm::Sha1, &words);
    bench.raw::<sha2::Sha256>("SHA-256", Algorithm::Sha256, &words);
    bench.raw::<sha2::Sha512>("SHA-512", Algorithm::Sha512, &words);
    for name in ["md5crypt", "sha256crypt", "sha512crypt", "phpass", "dcc2", "bcrypt"] {
        bench.scheme(name);
    }
    bench.pbkdf2("PBKDF2-SHA1 x1000", Prf::Sha1, 20);
    bench.pbkdf2("PBKDF2-SHA256 x1000", Prf::Sha256, 32);
    bench.pbkdf2("PBKDF2-SHA512 x1000", Prf::Sha512, 64);
    if bench.json {
        println!("{}", Value::Array(bench.rows));
    }
}
