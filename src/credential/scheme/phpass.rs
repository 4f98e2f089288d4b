//! phpass, `$P$` or `$H$`, one letter of log2 rounds, eight of salt: `WordPress`, phpBB.

use crate::credential::batch::{Hits, Pair, Target};
use crate::credential::crypt64;
use crate::credential::family::SaltedForm;
use crate::credential::scheme::{KnownAnswer, Parsed, Refusal, Stored};
use crate::kernel::{self, Algorithm, Level};
use md5::digest::Output;
use md5::{Digest, Md5};

/// log2 of the rounds beyond which a secret is not searched.
const MAX_LOG: u32 = 23;

pub(super) const SCHEME: SaltedForm = SaltedForm {
    names: &["phpass"],
    announced: |stored| stored.starts_with(b"$P$") || stored.starts_with(b"$H$"),
    parse,
    answers: &[KnownAnswer::new("$P$946647711V1klyitUYhtB8Yw5DMA/w.", "hashcat")],
    cost: |target| 1 << target.params()[0],
    run: |pairs, hits| {
        run::<Md5>(Algorithm::Md5, pairs, hits, |target, digest| {
            crypt64::pack(digest) == target.digest()
        });
    },
};

fn parse(stored: &Stored<'_>) -> Result<Parsed, Refusal> {
    let rest = stored.bytes.strip_prefix(b"$P$").or_else(|| stored.bytes.strip_prefix(b"$H$"));
    target(rest.ok_or(Refusal::Shape)?, 22)
}

/// A target whose digest are the last `letters` of the text.
pub(super) fn target(rest: &[u8], letters: usize) -> Result<Parsed, Refusal> {
    if rest.len() != 9 + letters || !rest[9..].iter().all(|&letter| crypt64::is_letter(letter)) {
        return Err(Refusal::Shape);
    }
    let log = crypt64::number(&rest[..1]).ok_or(Refusal::Shape)?;
    match log {
        7..=MAX_LOG => Ok(Parsed::Target(Target::new([log, 0], &rest[1..9], &rest[9..]))),
        24..=30 => Err(Refusal::Cost),
        _ => Err(Refusal::Shape),
    }
}

/// Evaluates pairs of the targets of this module; `fits` compares a digest with a target.
pub(super) fn run<D: Digest>(
    algorithm: Algorithm,
    pairs: &[Pair<'_>],
    hits: &mut Hits,
    fits: impl Fn(&Target, &[u8]) -> bool,
) {
    let longest = kernel::phpass_word(<D as Digest>::output_size());
    let (short, long): (Vec<&Pair<'_>>, Vec<&Pair<'_>>) =
        pairs.iter().partition(|pair| pair.word.len() <= longest);
    let firsts: Vec<_> = short.iter().map(|pair| first::<D>(pair)).collect();
    let jobs: Vec<kernel::Phpass<'_>> = short
        .iter()
        .zip(&firsts)
        .map(|(pair, digest)| {
            let rounds = 1 << pair.target.params()[0];
            kernel::Phpass { word: pair.word, digest, rounds }
        })
        .collect();
    kernel::phpass(Level::current(), algorithm, &jobs, &mut |job, digest| {
        if fits(short[job].target, digest) {
            hits.hit(short[job].id);
        }
    });
    for pair in long.into_iter().filter(|pair| fits(pair.target, &stretched::<D>(pair))) {
        hits.hit(pair.id);
    }
}

fn first<D: Digest>(pair: &Pair<'_>) -> Output<D> {
    D::new().chain_update(pair.target.salt()).chain_update(pair.word).finalize()
}

/// The digest of salt and word, hashed again with the word as many times as the target says.
fn stretched<D: Digest>(pair: &Pair<'_>) -> Output<D> {
    (0..1_u32 << pair.target.params()[0]).fold(first::<D>(pair), |digest, _| {
        D::new().chain_update(digest).chain_update(pair.word).finalize()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_are_bounded() {
        let refusal = |log: char| {
            let text = format!("$P${log}46647711V1klyitUYhtB8Yw5DMA/w.");
            parse(&Stored::new(text.as_bytes(), b"")).err()
        };
        assert_eq!(refusal('B'), None);
        assert_eq!(refusal('S'), Some(Refusal::Cost), "2^30");
        assert_eq!(refusal('.'), Some(Refusal::Shape));
        assert_eq!(refusal('z'), Some(Refusal::Shape));
    }
}
