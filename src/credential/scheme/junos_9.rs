//! Junos `$9$`: each letter of the password as gaps between letters of four families.

use crate::credential::family::{ReversibleForm, after};
use crate::credential::scheme::{KnownAnswer, Parsed, Refusal, Stored};
use crate::model::credential::State;
use zeroize::Zeroizing;

const FAMILIES: [&[u8]; 4] =
    [b"QzF3n6/9CAtpu0O", b"B1IREhcSyrleKvMW8LXx", b"7N-dVbwsY2g4oaJZGUDj", b"iHkq.mPf5T"];
const LETTERS: usize = 65;
const WEIGHTS: [&[usize]; 7] =
    [&[1, 4, 32], &[1, 16, 32], &[1, 8, 32], &[1, 64], &[1, 32], &[1, 4, 16, 128], &[1, 32, 64]];

pub(super) const SCHEME: ReversibleForm = ReversibleForm {
    names: &["junos-9"],
    announced: |stored| {
        stored.strip_prefix(b"$9$").is_some_and(|rest| rest.len() > 3 && !rest.contains(&b'$'))
    },
    parse: |stored| read(stored).map(|_| Parsed::Readable(State::Reversible)),
    answers: &[
        KnownAnswer::new("$9$LbHX-wg4Z", "lc"),
        KnownAnswer::new("$9$CSxptpBREyKvL", "abc"),
        KnownAnswer::new("$9$-pV24JGDkmf", "123"),
        KnownAnswer::new("$9$sSgJD.mTn9poJQn9pREcylvLN", "netconan"),
        KnownAnswer::new("$9$HqfQ1IcrK8n/t0IcvM24aZGi6/t", "MoreConan"),
    ],
    read,
};

// Place of a letter in the joined families, and how many filler letters follow it as a salt.
fn place(letter: u8) -> Result<(usize, usize), Refusal> {
    let mut before = 0;
    for (family, letters) in FAMILIES.iter().enumerate() {
        if let Some(at) = letters.iter().position(|&known| known == letter) {
            return Ok((before + at, 3 - family));
        }
        before += letters.len();
    }
    Err(Refusal::Shape)
}

fn read(stored: &Stored<'_>) -> Result<Zeroizing<Vec<u8>>, Refusal> {
    let [salt, rest @ ..] = after(stored.bytes, "$9$")? else { return Err(Refusal::Shape) };
    let (mut last, fillers) = place(*salt)?;
    let mut rest = rest.get(fillers..).ok_or(Refusal::Shape)?;
    let mut text = Zeroizing::new(Vec::with_capacity(rest.len() / 2));
    while !rest.is_empty() {
        let weights = WEIGHTS[text.len() % WEIGHTS.len()];
        let group = rest.split_at_checked(weights.len());
        let (letters, more) = group.ok_or(Refusal::Shape)?;
        let mut sum = 0;
        for (letter, weight) in letters.iter().zip(weights) {
            let (at, _) = place(*letter)?;
            let gap = (at + LETTERS - last) % LETTERS;
            sum += gap.checked_sub(1).ok_or(Refusal::Shape)? * weight;
            last = at;
        }
        text.push((sum % 256) as u8);
        rest = more;
    }
    if text.is_empty() || text.iter().any(|byte| *byte < b' ') {
        return Err(Refusal::Shape);
    }
    Ok(text)
}
