//! Words that people make from their own login: QUAL-05 of the catalogue.

use crate::credential::batch::WordBatch;
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

    fn iter(&self) -> impl Iterator<Item = &'a str> {
        self.list[..self.len].iter().copied()
    }
}

/// What is put behind a stem, the likely ones first. Made once a run.
pub(super) struct Suffixes {
    short: Vec<String>,
    digits: Vec<String>,
    set: HashSet<String>,
    /// The short ones and the digits, packed for the NT kernel.
    pub(super) packed_short: nt::Suffixes,
    pub(super) packed_digits: nt::Suffixes,
}

impl Suffixes {
    /// The stem with a suffix whose NT hash is `own`; digits only where they are asked for.
    pub(super) fn nt_word(
        &self,
        stems: &WordBatch,
        own: &[u8; 16],
        digits: bool,
    ) -> Option<Zeroizing<Vec<u8>>> {
        let look = |table: &nt::Suffixes, list: &[String]| {
            stems.iter().find_map(|stem| {
                let index = table.find(stem, own)?;
                Some(Forms::word(stem, &list[index]))
            })
        };
        let longer = || if digits { look(&self.packed_digits, &self.digits) } else { None };
        look(&self.packed_short, &self.short).or_else(longer)
    }

    /// Suffixes as of a year: `!`, years from 1990 to the next one, era years, one to three digits.
    pub(super) fn as_of(year: i32) -> Self {
        let mut short = vec![String::new(), "!".to_owned()];
        short.extend((1990..=year + 1).rev().map(|year| year.to_string()));
        short.extend((1..=9).rev().map(|year| format!("R{year}")));
        short.extend((1..=31).rev().map(|year| format!("H{year}")));
        let mut digits: Vec<String> = (0..10).map(|n| n.to_string()).collect();
        digits.extend((0..100).map(|n| format!("{n:02}")));
        digits.extend((0..1000).map(|n| format!("{n:03}")));
        let set = short.iter().chain(&digits).cloned().collect();
        let (packed_short, packed_digits) = (nt::Suffixes::new(&short), nt::Suffixes::new(&digits));
        Self { short, digits, set, packed_short, packed_digits }
    }
}

/// Room for making the words of one account after another.
#[derive(Default)]
pub(super) struct Forms {
    stems: WordBatch,
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
            self.words.push(reversed(base).as_bytes(), b"");
        }
        for suffix in suffixes.short.iter().skip(1) {
            for stem in self.stems.iter() {
                self.words.push(stem, suffix.as_bytes());
            }
        }
    }

    /// Makes only the stems and the stems reversed.
    pub(super) fn plain(&mut self, bases: &Bases<'_>) {
        self.words.clear();
        stems(bases, &mut self.stems);
        for stem in self.stems.iter() {
            self.words.push(stem, b"");
        }
        for base in bases.iter() {
            self.words.push(reversed(base).as_bytes(), b"");
        }
    }

    /// The stems of an account, for kernels that put the suffixes behind them themselves. `None`
    /// where one of them does not suit the kernel.
    pub(super) fn suited(&mut self, bases: &Bases<'_>) -> Option<&WordBatch> {
        stems(bases, &mut self.stems);
        self.stems.iter().all(nt::Suffixes::suits).then_some(&self.stems)
    }

    /// A stem with a suffix, as the engine keeps found words.
    pub(super) fn word(stem: &[u8], suffix: &str) -> Zeroizing<Vec<u8>> {
        Zeroizing::new([stem, suffix.as_bytes()].concat())
    }

    /// Makes the stems with one to three digits.
    pub(super) fn digits(&mut self, bases: &Bases<'_>, suffixes: &Suffixes) {
        self.words.clear();
        stems(bases, &mut self.stems);
        for suffix in &suffixes.digits {
            for stem in self.stems.iter() {
                self.words.push(stem, suffix.as_bytes());
            }
        }
    }
}

/// True where `word` is one of the forms.
pub(super) fn is_form(bases: &Bases<'_>, suffixes: &Suffixes, word: &[u8]) -> bool {
    let mut list = WordBatch::default();
    stems(bases, &mut list);
    let with_suffix = list.iter().any(|stem| {
        let rest = word.strip_prefix(stem).map(std::str::from_utf8);
        matches!(rest, Some(Ok(rest)) if suffixes.set.contains(rest))
    });
    with_suffix || bases.iter().any(|base| reversed(base).as_bytes() == word)
}

// As written, lower, upper and capitalised; only ASCII letters have case here.
fn stems(bases: &Bases<'_>, out: &mut WordBatch) {
    out.clear();
    let mut stem = [0; super::batch::MAX_WORD];
    for base in bases.iter() {
        let Some(stem) = stem.get_mut(..base.len()) else { continue };
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
            if !out.iter().any(|other| other == stem) {
                out.push(stem, b"");
            }
        }
    }
}

fn reversed(base: &str) -> String {
    base.chars().rev().collect()
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
                forms.digits(&bases, &suffixes);
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
