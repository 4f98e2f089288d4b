//! One word against one stored form. The engine works in batches; this serves tests and oracles.

use crate::credential::batch::{Digests, Hits, Pair, WordBatch};
use crate::credential::scheme::{Body, Parsed, Scheme, Stored, at, named};

/// True where the scheme says that `word` opens `stored`.
pub fn opens(scheme: &dyn Scheme, stored: &Stored<'_>, word: &[u8]) -> bool {
    match scheme.parse(stored) {
        Ok(Parsed::Other { scheme, value, .. }) => {
            named(scheme).is_some_and(|(index, _)| compares(at(index), *value, word))
        }
        Ok(Parsed::Readable(_)) => match scheme.body() {
            Body::Reversible(body) => body.decode(stored).is_some_and(|text| *text == word),
            _ => false,
        },
        Ok(value) => compares(scheme, value, word),
        Err(_) => false,
    }
}

fn compares(scheme: &dyn Scheme, value: Parsed, word: &[u8]) -> bool {
    match (value, scheme.body()) {
        (Parsed::Digest(digest), Body::Unsalted(body)) => {
            let (mut words, mut digests) = (WordBatch::default(), Digests::default());
            words.push(word, b"");
            body.digests(&words, &mut digests);
            digests.position(digest.as_bytes()).is_some()
        }
        (Parsed::Target(target), Body::Salted(body)) => {
            let mut hits = Hits::default();
            body.run(&[Pair { target: &target, word, id: 7 }], &mut hits);
            hits.ids() == [7]
        }
        _ => false,
    }
}
