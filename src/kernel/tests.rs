//! Every kernel against the RustCrypto crates: every length, every lane, every level.

use super::{Algorithm, Bcrypt, Level, Pbkdf2, Phpass, Rounds, SHORT, WORD, Words, phpass_word};
use ::hmac::{Hmac, KeyInit, Mac};
use md5::Digest;

const ALL: [Algorithm; 5] =
    [Algorithm::Md4, Algorithm::Md5, Algorithm::Sha1, Algorithm::Sha256, Algorithm::Sha512];

fn oracle(algorithm: Algorithm, message: &[u8]) -> Vec<u8> {
    match algorithm {
        Algorithm::Md4 => md4::Md4::digest(message).to_vec(),
        Algorithm::Md5 => md5::Md5::digest(message).to_vec(),
        Algorithm::Sha1 => sha1::Sha1::digest(message).to_vec(),
        Algorithm::Sha256 => sha2::Sha256::digest(message).to_vec(),
        Algorithm::Sha512 => sha2::Sha512::digest(message).to_vec(),
    }
}

/// Bytes without a pattern that a shift of lanes could hide.
fn bytes(seed: usize, len: usize) -> Vec<u8> {
    let mut state = (seed as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let next = |_| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as u8
    };
    (0..len).map(next).collect()
}

fn gather(count: usize, run: impl FnOnce(&mut dyn FnMut(usize, &[u8]))) -> Vec<Vec<u8>> {
    let mut out = vec![Vec::new(); count];
    run(&mut |job, digest| {
        assert!(out[job].is_empty(), "job {job} twice");
        out[job] = digest.to_vec();
    });
    out
}

/// All words one behind the other, their digests gathered.
fn packed(level: Level, algorithm: Algorithm, words: &[Vec<u8>], wide: bool) -> Vec<Vec<u8>> {
    let bytes = words.concat();
    let end = |at: &mut usize, word: &Vec<u8>| {
        *at += word.len();
        Some(*at as u32)
    };
    let ends: Vec<u32> = words.iter().scan(0, end).collect();
    let width = oracle(algorithm, b"").len();
    let mut out = Vec::new();
    super::digests(
        level,
        algorithm,
        Words { bytes: &bytes, ends: &ends, wide },
        &mut |first, rows| {
            assert_eq!(first, out.len());
            out.extend(rows.chunks(width).map(<[u8]>::to_vec));
        },
    );
    out
}

#[test]
fn digests_of_every_length_in_every_lane() {
    for level in Level::available() {
        for algorithm in ALL {
            for wide in [false, true] {
                let block = SHORT[usize::from(algorithm == Algorithm::Sha512)];
                let longest = if wide { block / 2 } else { block };
                // Seventy-one is no multiple of any number of lanes, so lengths meet every lane.
                let words: Vec<_> =
                    (0..71 * (longest + 1)).map(|i| bytes(i, i % (longest + 1))).collect();
                for count in [0, 1, 2, words.len()] {
                    let out = packed(level, algorithm, &words[..count], wide);
                    assert_eq!(out.len(), count);
                    for (word, digest) in words.iter().zip(out) {
                        let units = word.iter().flat_map(|&unit| [unit, 0]).collect();
                        let message = if wide { units } else { word.clone() };
                        assert_eq!(
                            digest,
                            oracle(algorithm, &message),
                            "{level:?} {algorithm:?} {wide} {}",
                            word.len()
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn bare_compressions_hash_numbers() {
    for level in Level::available() {
        for algorithm in ALL {
            let word = |number: u64| match algorithm {
                Algorithm::Md4 | Algorithm::Md5 => (number as u32).to_le_bytes().to_vec(),
                Algorithm::Sha512 => number.to_be_bytes().to_vec(),
                _ => (number as u32).to_be_bytes().to_vec(),
            };
            let mut wanted = oracle(algorithm, &word(0));
            for number in 1..5 {
                let digest = oracle(algorithm, &word(number));
                wanted.iter_mut().zip(digest).for_each(|(sum, byte)| *sum ^= byte);
            }
            super::compressions(level, algorithm, 5, &mut |_, digest| assert_eq!(digest, wanted));
        }
    }
}

#[test]
fn every_ending_behind_stems_of_every_length() {
    let endings: Vec<Vec<u8>> = [0, 1, 2, 3, 5, 9].map(|len| bytes(900 + len, len)).into();
    for level in Level::available() {
        for algorithm in ALL {
            for wide in [false, true] {
                let block = SHORT[usize::from(algorithm == Algorithm::Sha512)];
                let longest = if wide { block / 2 } else { block } - 9;
                // Seventy-one of a length fill the lanes of no level evenly; then single ones.
                let whole = (0..=longest).flat_map(|len| (0..71).map(move |i| (len * 71 + i, len)));
                let single = (0..=longest).map(|len| (99_000 + len, len));
                let stems: Vec<_> = whole.chain(single).map(|(i, len)| bytes(i, len)).collect();
                let all = stems.concat();
                let mut end = 0;
                let ends: Vec<u32> = (stems.iter().map(|stem| {
                    end += stem.len() as u32;
                    end
                }))
                .collect();
                let width = oracle(algorithm, b"").len();
                let mut out = vec![Vec::new(); stems.len() * endings.len()];
                let jobs = super::Endings {
                    stems: Words { bytes: &all, ends: &ends, wide },
                    endings: &endings,
                };
                super::digests_with_endings(level, algorithm, jobs, &mut |first, rows| {
                    for (at, row) in (first..).zip(rows.chunks(width)) {
                        assert!(out[at].is_empty(), "{at} twice");
                        out[at] = row.to_vec();
                    }
                });
                for (at, digest) in out.iter().enumerate() {
                    let (stem, ending) = (&stems[at % stems.len()], &endings[at / stems.len()]);
                    let word = [&stem[..], ending].concat();
                    let units = word.iter().flat_map(|&unit| [unit, 0]).collect();
                    let message = if wide { units } else { word };
                    let wanted = oracle(algorithm, &message);
                    assert_eq!(*digest, wanted, "{level:?} {algorithm:?} {wide} {at}");
                }
            }
        }
    }
}

#[test]
fn words_that_are_too_long_disturb_nobody() {
    let words: Vec<_> = (0..300).map(|i| bytes(i, if i % 7 == 3 { 500 } else { i % 28 })).collect();
    for level in Level::available() {
        for algorithm in ALL {
            for (word, digest) in words.iter().zip(packed(level, algorithm, &words, false)) {
                assert!(word.len() == 500 || digest == oracle(algorithm, word));
            }
        }
    }
}

fn rounds_oracle(algorithm: Algorithm, job: &Rounds<'_>) -> Vec<u8> {
    let mut digest = job.digest.to_vec();
    for round in 0..job.rounds {
        let (first, last) =
            if round % 2 == 1 { (job.word, &digest[..]) } else { (&digest[..], job.word) };
        let salt = if round % 3 == 0 { &[] } else { job.salt };
        let word = if round % 7 == 0 { &[] } else { job.word };
        digest = oracle(algorithm, &[first, salt, word, last].concat());
    }
    digest
}

#[test]
fn crypt_rounds_of_every_length() {
    for level in Level::available() {
        for algorithm in [Algorithm::Md5, Algorithm::Sha256, Algorithm::Sha512] {
            let start = oracle(algorithm, b"start");
            let parts: Vec<_> = (0..=WORD)
                .flat_map(|word| {
                    [0, 1, 8, 16].map(|salt| (bytes(word, word), bytes(salt + 99, salt)))
                })
                .collect();
            let jobs: Vec<_> = parts
                .iter()
                .zip([43, 44].into_iter().cycle())
                .map(|((word, salt), rounds)| Rounds { word, salt, digest: &start, rounds })
                .collect();
            let out = gather(jobs.len(), |each| super::crypt_rounds(level, algorithm, &jobs, each));
            for (job, digest) in jobs.iter().zip(out) {
                assert_eq!(
                    digest,
                    rounds_oracle(algorithm, job),
                    "{level:?} {algorithm:?} {}",
                    job.word.len()
                );
            }
        }
    }
}

fn mac(algorithm: Algorithm, key: &[u8], message: &[u8]) -> Vec<u8> {
    macro_rules! of {
        ($hash:ty) => {{
            let mut mac = Hmac::<$hash>::new_from_slice(key).unwrap();
            mac.update(message);
            mac.finalize().into_bytes().to_vec()
        }};
    }
    match algorithm {
        Algorithm::Md4 => of!(md4::Md4),
        Algorithm::Md5 => of!(md5::Md5),
        Algorithm::Sha1 => of!(sha1::Sha1),
        Algorithm::Sha256 => of!(sha2::Sha256),
        Algorithm::Sha512 => of!(sha2::Sha512),
    }
}

#[test]
fn pbkdf2_with_keys_of_every_length() {
    for level in Level::available() {
        for algorithm in ALL {
            let longest = if algorithm == Algorithm::Sha512 { 128 } else { 64 };
            let keys: Vec<_> = (0..=longest).map(|len| bytes(len, len)).collect();
            let firsts: Vec<_> =
                keys.iter().map(|key| mac(algorithm, key, b"salt\0\0\0\x01")).collect();
            let jobs: Vec<_> = keys
                .iter()
                .zip(&firsts)
                .zip([1, 2, 5].into_iter().cycle())
                .map(|((key, first), rounds)| Pbkdf2 { key, first, rounds })
                .collect();
            let out = gather(jobs.len(), |each| super::pbkdf2(level, algorithm, &jobs, each));
            for (job, block) in jobs.iter().zip(out) {
                let (mut last, mut sum) = (job.first.to_vec(), job.first.to_vec());
                for _ in 1..job.rounds {
                    last = mac(algorithm, job.key, &last);
                    sum.iter_mut().zip(&last).for_each(|(sum, byte)| *sum ^= byte);
                }
                assert_eq!(block, sum, "{level:?} {algorithm:?} {} {}", job.key.len(), job.rounds);
            }
        }
    }
}

#[test]
fn phpass_with_words_of_every_length() {
    for level in Level::available() {
        for algorithm in [Algorithm::Md5, Algorithm::Sha512] {
            let start = oracle(algorithm, b"start");
            let words: Vec<_> = (0..=phpass_word(start.len())).map(|len| bytes(len, len)).collect();
            let jobs: Vec<_> = words
                .iter()
                .zip([0, 1, 7].into_iter().cycle())
                .map(|(word, rounds)| Phpass { word, digest: &start, rounds })
                .collect();
            let out = gather(jobs.len(), |each| super::phpass(level, algorithm, &jobs, each));
            for (job, digest) in jobs.iter().zip(out) {
                let mut wanted = job.digest.to_vec();
                for _ in 0..job.rounds {
                    wanted = oracle(algorithm, &[&wanted, job.word].concat());
                }
                assert_eq!(digest, wanted, "{level:?} {algorithm:?} {}", job.word.len());
            }
        }
    }
}

/// bcrypt as RustCrypto's Blowfish makes it.
fn bcrypt_oracle(job: &Bcrypt<'_>) -> Vec<u8> {
    let mut state = blowfish::Blowfish::bc_init_state();
    state.salted_expand_key(job.salt, job.key);
    for _ in 0..1 << job.cost {
        state.bc_expand_key(job.key);
        state.bc_expand_key(job.salt);
    }
    let text = b"OrpheanBeholderScryDoubt".chunks(8).flat_map(|block| {
        let half = |at: usize| u32::from_be_bytes(block[at..at + 4].try_into().unwrap());
        let pair = (0..64).fold([half(0), half(4)], |pair, _| state.bc_encrypt(pair));
        pair.map(u32::to_be_bytes).concat()
    });
    text.collect()
}

#[test]
fn bcrypt_with_keys_of_every_length() {
    let keys: Vec<Vec<u8>> = (1..=72).map(|len| bytes(len, len)).collect();
    let salts: Vec<[u8; 16]> =
        (0..72).map(|salt| bytes(1_000 + salt, 16).try_into().unwrap()).collect();
    let job =
        |at: usize| Bcrypt { key: &keys[at], salt: &salts[at], cost: 4 + u32::from(at % 5 == 2) };
    let jobs: Vec<_> = (0..72).map(job).collect();
    for count in [0, 1, 3, 5, jobs.len()] {
        let jobs = &jobs[..count];
        let made = gather(count, |each| {
            super::bcrypt(jobs, &mut |job, text| each(job, text));
        });
        for (job, text) in jobs.iter().zip(made) {
            assert_eq!(text, bcrypt_oracle(job), "{} bytes", job.key.len());
        }
    }
}
