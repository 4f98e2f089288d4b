//! One half of an LM hash. As with the whole, equal ones do not prove equal passwords.

use crate::credential::family::{UnsaltedForm, digest, fill, never};
use crate::credential::hex;
use crate::credential::scheme::lm::{EMPTY_HALF, lm};
use crate::credential::scheme::{KnownAnswer, Parsed, Refusal, Stored};
use crate::model::credential::State;

pub(super) const SCHEME: UnsaltedForm = UnsaltedForm {
    names: &["lm-half"],
    announced: never,
    parse,
    answers: &[KnownAnswer::new("299bd128c1101fd6", "HASHCAT")],
    family: "lm-half",
    width: 8,
    digests: |words, out| {
        fill::<8>(words, out, |word| {
            let fits = word.len() <= 7 && word.is_ascii();
            fits.then(|| lm(word)).map(|both| std::array::from_fn(|index| both[index]))
        });
    },
    exact: false,
};

fn parse(stored: &Stored<'_>) -> Result<Parsed, Refusal> {
    let half = hex::digest(stored.bytes, 8).ok_or(Refusal::Shape)?;
    if half.as_bytes() == EMPTY_HALF {
        return Ok(Parsed::Closed(State::Placeholder));
    }
    digest(half.as_bytes())
}
