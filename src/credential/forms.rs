//! Words that people make from their own login: QUAL-05 of the catalogue.

use crate::credential::batch::{MAX_WORD, WordBatch};
use crate::kernel::nt;
use crate::model::inventory::Inventory;
use std::collections::HashSet;
use zeroize::Zeroizing;

const MAX_BASES: usize = 8;

/// What an account's own words start from: its login in several cuts, and its employee number.
#[derive(Clone, Copy, Default)]
pub(super) struct Bases<'a> {
    list: [&'a str; MAX_BASES],
    len: usize,
}

impl<'a> Bases<'a> {
    /// The bases of an account.
    pub(super) fn of(site: &'a Inventory, row: u32) -> Self {
        let mut bases = Self::default();
        let login = site.text.get(site.accounts.login.get(row));
        bases.add(login);
        if let Some((_, user)) = login.rsplit_once(['\\', '/', ':']) {
            bases.add(user);
        }
        let user = bases.list[bases.len.saturating_sub(1)];
        bases.add(user.split('@').next().unwrap_or_default());
        bases.add(site.text.get(site.accounts.employee.get(row)));
        let upn = site.text.get(site.accounts.upn.get(row));
        bases.add(upn.split('@').next().unwrap_or_default());
        bases
    }

    fn add(&mut self, base: &'a str) {
        let base = base.trim();
        if !base.is_empty() && self.len < MAX_BASES && !self.list[..self.len].contains(&base) {
            self.list[self.len] = base;
            self.len += 1;
        }
    }

    /// True where nothing is known of the account.
    pub(super) const fn is_empty(&self) -> bool {
        self.len == 0
    }

    fn iter(&self) -> impl Iterator<Item = &'a str> {
        self.list[..self.len].iter().copied()
    }
}

/// Most digits that are put behind a stem.
pub const MOST_DIGITS: usize = 3;

/// What is put behind a stem, the likely ones first. Made once a run.
pub(super) struct Suffixes {
    /// The likely ones, and behind them all numbers of one, two and three digits.
    list: Vec<String>,
    /// Where the list ends with as many digits as the position.
    ends: [usize; MOST_DIGITS + 1],
    set: HashSet<String>,
    /// The list up to each of the ends, packed for the NT kernel.
    packed: [nt::Suffixes; MOST_DIGITS + 1],
}

impl Suffixes {
    /// Suffixes as of a year: `!`, years from 1990 to the next one, era years, one to three digits.
    pub(super) fn as_of(year: i32) -> Self {
        let mut list = vec![String::new(), "!".to_owned()];
        list.extend((1990..=year + 1).rev().map(|year| year.to_string()));
        list.extend((1..=9).rev().map(|year| format!("R{year}")));
        list.extend((1..=31).rev().map(|year| format!("H{year}")));
        let mut ends = [list.len(); MOST_DIGITS + 1];
        for (digits, end) in ends.iter_mut().enumerate().skip(1) {
            let numbers = 0..10_u32.pow(digits as u32);
            list.extend(numbers.map(|number| format!("{number:0digits$}")));
            *end = list.len();
        }
        let packed = ends.map(|end| nt::Suffixes::new(&list[..end]));
        Self { set: list.iter().cloned().collect(), list, ends, packed }
    }

    /// How many there are with up to so many digits.
    pub(super) fn count(&self, digits: usize) -> usize {
        self.ends[digits]
    }

    /// The stem with a suffix of up to so many digits whose NT hash is `own`.
    pub(super) fn nt_word(
        &self,
        stems: &WordBatch,
        own: &[u8; 16],
        digits: usize,
    ) -> Option<Zeroizing<Vec<u8>>> {
        stems.iter().find_map(|stem| {
            let index = self.packed[digits].find(stem, own)?;
            Some(Zeroizing::new([stem, self.list[index].as_bytes()].concat()))
        })
    }

    /// The likely ones, first the empty one.
    pub(super) fn short(&self) -> &[String] {
        &self.list[..self.ends[0]]
    }

    /// True for a suffix of the list.
    pub(super) fn has(&self, suffix: &[u8]) -> bool {
        std::str::from_utf8(suffix).is_ok_and(|suffix| self.set.contains(suffix))
    }

    fn digits(&self, digits: usize) -> &[String] {
        &self.list[self.ends[0]..self.ends[digits]]
    }
}

/// Room for making the words of one account after another.
#[derive(Default)]
pub(super) struct Forms {
    /// The stems made last.
    pub(super) stems: WordBatch,
    /// The words made last.
    pub(super) words: WordBatch,
}

impl Forms {
    /// Makes the likely forms: the stems, the stems reversed, and the stems with a short suffix.
    pub(super) fn short(&mut self, bases: &Bases<'_>, suffixes: &Suffixes) {
        self.words.clear();
        stems(bases, &mut self.stems);
        for stem in self.stems.iter() {
            self.words.push(stem, b"");
        }
        for base in bases.iter() {
            push_reversed(base, &mut self.words);
        }
        for suffix in suffixes.short().iter().skip(1) {
            for stem in self.stems.iter() {
                self.words.push(stem, suffix.as_bytes());
            }
        }
    }

    /// Makes given stems with suffixes of up to so many digits.
    pub(super) fn behind(&mut self, stems: &WordBatch, suffixes: &Suffixes, digits: usize) {
        self.words.clear();
        for suffix in &suffixes.list[..suffixes.ends[digits]] {
            for stem in stems.iter() {
                self.words.push(stem, suffix.as_bytes());
            }
        }
    }

    /// True for stems that the NT kernel can work on.
    pub(super) fn suit(stems: &WordBatch) -> bool {
        stems.iter().all(nt::Suffixes::suits)
    }

    /// Makes only the bases reversed.
    pub(super) fn reversed(&mut self, bases: &Bases<'_>) {
        self.words.clear();
        for base in bases.iter() {
            push_reversed(base, &mut self.words);
        }
    }

    /// Makes only the stems of an account, for kernels that put the suffixes behind them themselves.
    /// False where one of them does not suit the kernel.
    pub(super) fn suited(&mut self, bases: &Bases<'_>) -> bool {
        stems(bases, &mut self.stems);
        Self::suit(&self.stems)
    }

    /// Makes the stems with one digit up to so many.
    pub(super) fn digits(&mut self, bases: &Bases<'_>, suffixes: &Suffixes, digits: usize) {
        self.words.clear();
        stems(bases, &mut self.stems);
        for suffix in suffixes.digits(digits) {
            for stem in self.stems.iter() {
                self.words.push(stem, suffix.as_bytes());
            }
        }
    }
}

/// True where `word` is one of the forms.
pub(super) fn is_form(bases: &Bases<'_>, suffixes: &Suffixes, word: &[u8]) -> bool {
    let mut found = false;
    for base in bases.iter() {
        let with_suffix =
            |stem: &[u8]| word.strip_prefix(stem).is_some_and(|rest| suffixes.has(rest));
        shapes(base, |stem| found |= with_suffix(stem));
        found |= std::str::from_utf8(word).is_ok_and(|word| base.chars().rev().eq(word.chars()));
    }
    found
}

fn stems(bases: &Bases<'_>, out: &mut WordBatch) {
    out.clear();
    for base in bases.iter() {
        shapes(base, |stem| {
            if !out.iter().any(|other| other == stem) {
                out.push(stem, b"");
            }
        });
    }
}

// As written, lower, upper and capitalised; only ASCII letters have case here. On the stack: this
// runs for every account.
fn shapes(base: &str, mut each: impl FnMut(&[u8])) {
    let mut room = [0; MAX_WORD];
    let Some(stem) = room.get_mut(..base.len()) else { return };
    for shape in 0..4 {
        stem.copy_from_slice(base.as_bytes());
        match shape {
            0 => {}
            1 => stem.make_ascii_lowercase(),
            2 => stem.make_ascii_uppercase(),
            _ => {
                stem.make_ascii_lowercase();
                stem[..1].make_ascii_uppercase();
            }
        }
        each(stem);
    }
}

fn push_reversed(base: &str, out: &mut WordBatch) {
    let mut room = [0; MAX_WORD];
    let Some(room) = room.get_mut(..base.len()) else { return };
    let mut end = 0;
    for letter in base.chars().rev() {
        end += letter.encode_utf8(&mut room[end..]).len();
    }
    out.push(room, b"");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::account::Draft;
    use crate::model::site::SystemKind;

    fn forms_of(login: &str, employee: &str) -> (Vec<String>, Inventory) {
        let mut site = Inventory::default();
        let system = site.system(SystemKind::Directory, "ad", false);
        site.push_account(system, &Draft { login, employee, ..Draft::default() });
        let suffixes = Suffixes::as_of(2026);
        let (mut forms, mut all) = (Forms::default(), Vec::new());
        let bases = Bases::of(&site, 0);
        for digits in [false, true] {
            if digits {
                forms.digits(&bases, &suffixes, MOST_DIGITS);
            } else {
                forms.short(&bases, &suffixes);
            }
            all.extend(forms.words.iter().map(|word| String::from_utf8(word.to_vec()).unwrap()));
        }
        (all, site)
    }

    #[test]
    fn the_forms_of_the_catalogue_are_made() {
        let (forms, _) = forms_of("CORP\\s.Hayashi@byoin.example", "00123");
        for form in [
            "s.Hayashi",
            "s.hayashi",
            "S.HAYASHI",
            "S.hayashi",
            "00123",
            "32100",
            "s.hayashi!",
            "s.hayashi2027",
            "S.hayashi1990",
            "s.hayashiR8",
            "S.HAYASHIH31",
            "s.hayashi7",
            "s.hayashi07",
            "00123007",
        ] {
            assert!(forms.iter().any(|made| made == form), "{form}");
        }
        assert!(!forms.iter().any(|made| made == "s.hayashi2028"));
        assert!(forms_of("", "").0.is_empty());
    }

    #[test]
    fn every_form_is_known_again() {
        let (forms, site) = forms_of("Tanaka01", "A9");
        let (bases, suffixes) = (Bases::of(&site, 0), Suffixes::as_of(2026));
        assert!(forms.iter().all(|form| is_form(&bases, &suffixes, form.as_bytes())));
        for word in ["Tanaka", "Tanaka010000", "Tanaka01#", ""] {
            assert!(!is_form(&bases, &suffixes, word.as_bytes()), "{word}");
        }
    }
}
