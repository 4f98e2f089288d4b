//! Secrets in lists of breached passwords: digests of the kind that a list holds, and passwords
//! that the exports hold in the open.
//!
//! What the search opens is not looked up: then the answer would depend on which rules were asked
//! for, and such a password has its finding anyway.

use crate::credential::batch::{Digests, MAX_WORD, WordBatch};
use crate::credential::digests::DigestTable;
use crate::credential::pool::{Form, NO_WORD, Pool};
use crate::credential::scheme::{self, Body, Unsalted};
use crate::model::breach::{Corpus, CorpusError, CorpusHash, DigestKey};
use crate::model::evidence::LookedUp;
use rayon::prelude::*;

/// What the lists say of one secret.
type Answer = (u32, u8);

/// Looks all secrets up that some list could hold; sorted by credential.
pub(super) fn look_up(
    pool: &Pool,
    corpora: &[Box<dyn Corpus>],
) -> Result<Vec<LookedUp>, CorpusError> {
    let mut answers: Vec<Option<Answer>> = vec![None; pool.secrets.len()];
    for (number, corpus) in (0..).zip(corpora) {
        let asked = Asked::of(pool, corpus.about().hash);
        let counts = asked.counts(corpus.as_ref())?;
        answers.par_iter_mut().enumerate().for_each(|(secret, answer)| {
            let Some(place) = asked.place(secret as u32) else { return };
            let count = counts[place];
            if answer.is_none_or(|(most, _)| count > most) {
                *answer = Some((count, number));
            }
        });
    }
    let row = |(secret, answer): (usize, Option<Answer>)| {
        let (count, corpus) = answer?;
        Some(LookedUp { credential: pool.secrets[secret].at, count, corpus })
    };
    let mut rows: Vec<_> = answers.into_iter().enumerate().filter_map(row).collect();
    rows.par_sort_unstable_by_key(|row| row.credential);
    Ok(rows)
}

/// Every digest that a list of one kind could hold, once: those of the exports by their numbers, and
/// behind them those of passwords in the open.
struct Asked<'p> {
    pool: &'p Pool,
    family: Option<usize>,
    words: Vec<(u32, DigestKey)>,
}

impl<'p> Asked<'p> {
    fn of(pool: &'p Pool, hash: CorpusHash) -> Self {
        let family = pool.families.iter().position(|family| family.name == hash.word());
        Self { pool, family, words: words(pool, hash) }
    }

    fn digests(&self) -> Option<&'p DigestTable> {
        self.family.map(|family| &self.pool.families[family].digests)
    }

    /// Where the answer for a secret stands.
    fn place(&self, secret: u32) -> Option<usize> {
        match self.pool.secrets[secret as usize].form {
            Form::Digest(own, slot) if self.family == Some(usize::from(own)) => Some(slot as usize),
            Form::Readable => {
                let word = self.pool.word_of[secret as usize];
                let place = self.words.binary_search_by_key(&word, |row| row.0).ok()?;
                Some(self.digests().map_or(0, DigestTable::len) + place)
            }
            _ => None,
        }
    }

    /// The answers of a list, by place.
    fn counts(&self, corpus: &dyn Corpus) -> Result<Vec<u32>, CorpusError> {
        let mut asked = Vec::new();
        if let Some(digests) = self.digests() {
            asked.reserve(digests.len());
            digests.each(|number, digest| asked.push((DigestKey::of(digest), number)));
        }
        let behind = asked.len() as u32;
        asked.extend((behind..).zip(&self.words).map(|(place, row)| (row.1, place)));
        asked.par_sort_unstable();
        let keys: Vec<DigestKey> = asked.iter().map(|row| row.0).collect();
        let mut counts = vec![0; keys.len()];
        corpus.counts(&keys, &mut counts)?;
        let mut by_place = vec![0; keys.len()];
        for ((_, place), count) in asked.into_iter().zip(counts) {
            by_place[place as usize] = count;
        }
        Ok(by_place)
    }
}

/// Passwords in the open and their digests, sorted by number; those without such a digest are left
/// out.
fn words(pool: &Pool, hash: CorpusHash) -> Vec<(u32, DigestKey)> {
    let Some(body) = unsalted(hash) else { return Vec::new() };
    let all = pool.secrets.iter().zip(&pool.word_of);
    let open = all.filter(|(secret, _)| matches!(secret.form, Form::Readable));
    let mut numbers: Vec<u32> = open.map(|(_, &word)| word).filter(|&w| w != NO_WORD).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers.retain(|&word| pool.words.get(word).len() <= MAX_WORD);
    let mut batch = WordBatch::default();
    for &word in &numbers {
        batch.push(pool.words.get(word), b"");
    }
    let mut digests = Digests::default();
    body.digests(&batch, &mut digests);
    let digest = |(place, word)| Some((word, DigestKey::of(digests.get(place)?)));
    numbers.into_iter().enumerate().filter_map(digest).collect()
}

fn unsalted(hash: CorpusHash) -> Option<&'static dyn Unsalted> {
    let name = match hash {
        CorpusHash::Nt => "nt",
        CorpusHash::Sha1 => "raw-sha1",
    };
    match scheme::at(scheme::named(name)?.0).body() {
        Body::Unsalted(body) => Some(body),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_list_has_its_scheme() {
        for &hash in CorpusHash::ALL {
            let body = unsalted(hash).unwrap();
            assert_eq!((body.family(), body.width() * 2), (hash.word(), hash.digits()));
        }
    }
}
