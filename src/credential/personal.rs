//! Stems of one account: the names of its person and department (QUAL-06), and what its device is
//! called (QUAL-07).

use crate::credential::batch::WordBatch;
use crate::model::arena::NameId;
use crate::model::device::Topic;
use crate::model::inventory::Inventory;
use crate::model::person::PersonId;
use crate::model::site::SystemKind;
use crate::rules::words::Words;
use crate::text::romaji::{Style, spell};

/// Shortest name that is taken.
const SHORTEST: usize = 2;

/// What stems are made of, worked out once a run.
pub(super) struct Personal<'a> {
    sites: &'a [Inventory],
    /// First person number of each site.
    firsts: Vec<u32>,
    /// By site and name: readings of departments.
    departments: Vec<Vec<&'a [String]>>,
    /// By site and system: words of a device.
    devices: Vec<Vec<WordBatch>>,
}

/// Buffers that one thread uses for one account after another.
#[derive(Default)]
pub(super) struct Spelled {
    family: String,
    given: String,
    both: String,
    capital: String,
}

impl<'a> Personal<'a> {
    /// Looks at the sites.
    pub(super) fn of(sites: &'a [Inventory], words: &'a Words) -> Self {
        let (mut firsts, mut total) = (Vec::with_capacity(sites.len()), 0);
        for site in sites {
            firsts.push(total);
            total += site.people.len() as u32;
        }
        let readings = |name: &str| words.departments.get(name).map_or(&[][..], Vec::as_slice);
        let departments = sites.iter().map(|site| site.names.iter().map(|(_, n)| readings(n)));
        Self {
            sites,
            firsts,
            departments: departments.map(Iterator::collect).collect(),
            devices: sites.iter().map(device_words).collect(),
        }
    }

    /// Makes the stems of an account's person; none where nothing says how the name is read.
    pub(super) fn person(&self, site: u16, row: u32, room: &mut Spelled, out: &mut WordBatch) {
        out.clear();
        let inventory = &self.sites[usize::from(site)];
        let accounts = &inventory.accounts;
        let (kana, department) = self.said(inventory, row);
        let own = inventory.text.get(accounts.name.get(row));
        for &style in Style::ALL {
            let spelled = name(kana, style, room) || name(own, style, room);
            if spelled {
                combine(room, out);
            }
        }
        let stated = accounts.department.get(row);
        let own = self.department(usize::from(site), stated);
        for reading in if stated.is_empty() { department } else { own } {
            with_capital(reading, &mut room.capital, out);
        }
    }

    /// Words of the account's device.
    pub(super) fn device(&self, site: u16, system: u16) -> &WordBatch {
        &self.devices[usize::from(site)][usize::from(system)]
    }

    /// Reading of the name and of the department, from the account or its person's roster row.
    fn said(&self, site: &'a Inventory, row: u32) -> (&'a str, &'a [String]) {
        let own = site.text.get(site.accounts.kana.get(row));
        let person = site.accounts.person.get(row);
        let roster = (person != PersonId::NONE).then(|| self.roster(person)).flatten();
        let Some((home, number)) = roster else { return (own, &[]) };
        let row = &self.sites[home].roster[number];
        let kana = if own.is_empty() { self.sites[home].text.get(row.kana) } else { own };
        (kana, self.department(home, row.department))
    }

    fn department(&self, site: usize, name: NameId) -> &'a [String] {
        self.departments[site].get(name.index()).copied().unwrap_or(&[])
    }

    fn roster(&self, person: PersonId) -> Option<(usize, usize)> {
        let site = self.firsts.partition_point(|&first| first <= person.0).checked_sub(1)?;
        let number = (person.0 - self.firsts[site]) as usize;
        let row = self.sites[site].people.get(number)?.roster?;
        Some((site, row as usize))
    }
}

/// Spells family and given name; `false` where one of them cannot be.
fn name(text: &str, style: Style, room: &mut Spelled) -> bool {
    let mut parts = text.split_whitespace();
    room.family.clear();
    room.given.clear();
    let family = parts.next().is_some_and(|part| spell(part, style, &mut room.family));
    family && parts.next().is_none_or(|part| spell(part, style, &mut room.given))
}

/// Family, given, both in both orders, and each with the other's initial.
fn combine(room: &mut Spelled, out: &mut WordBatch) {
    let Spelled { family, given, both, capital } = room;
    with_capital(family, capital, out);
    with_capital(given, capital, out);
    let initial = |name: &String| name.chars().next();
    let (Some(of_family), Some(of_given)) = (initial(family), initial(given)) else { return };
    for (first, second, one, two) in
        [(&*family, &*given, of_family, of_given), (&*given, &*family, of_given, of_family)]
    {
        both.clear();
        both.push_str(first);
        both.push_str(second);
        with_capital(both, capital, out);
        both.truncate(first.len());
        both.push(two);
        with_capital(both, capital, out);
        both.clear();
        both.push(one);
        both.push_str(second);
        with_capital(both, capital, out);
    }
}

/// Adds a word in lower case and capitalised.
fn with_capital(word: &str, room: &mut String, out: &mut WordBatch) {
    if word.len() < SHORTEST {
        return;
    }
    add(word, out);
    room.clear();
    room.push_str(word);
    if let Some(first) = room.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    add(room, out);
}

fn add(word: &str, out: &mut WordBatch) {
    if word.len() >= SHORTEST && !out.iter().any(|known| known == word.as_bytes()) {
        out.push(word.as_bytes(), b"");
    }
}

/// By system: name, model, serial and address of a device or host, in three cases.
fn device_words(site: &Inventory) -> Vec<WordBatch> {
    let mut all: Vec<WordBatch> = site.systems.iter().map(|_| WordBatch::default()).collect();
    let mut name = |system: usize, text: &str| {
        let kind = site.systems[system].kind;
        if matches!(kind, SystemKind::Device | SystemKind::Host) && text.len() >= SHORTEST {
            for word in [text, &text.to_ascii_lowercase(), &text.to_ascii_uppercase()] {
                add(word, &mut all[system]);
            }
        }
    };
    for (system, own) in site.systems.iter().enumerate() {
        let host = site.names.get(own.name);
        name(system, host);
        host.split(['.', '-', '_'])
            .filter(|part| part.len() > SHORTEST)
            .for_each(|p| name(system, p));
    }
    for fact in &site.facts {
        let (system, value) = (usize::from(fact.system), site.text.get(fact.value));
        match fact.topic {
            Topic::Model | Topic::Serial => name(system, value),
            Topic::Address => {
                let address = value.split('/').next().unwrap_or_default();
                name(system, address);
                name(system, &address.replace('.', ""));
                let mut octets = address.rsplit('.');
                if let (Some(last), Some(third)) = (octets.next(), octets.next()) {
                    name(system, &format!("{third}{last}"));
                    name(system, &format!("{third}.{last}"));
                }
            }
            _ => {}
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::account::Draft;
    use crate::model::file::Origin;
    use crate::rules::RuleSet;

    fn list(words: &WordBatch) -> Vec<String> {
        words.iter().map(|word| String::from_utf8(word.to_vec()).unwrap()).collect()
    }

    #[test]
    fn names_and_departments_become_stems() {
        let rules = RuleSet::embedded().unwrap();
        let mut site = Inventory::default();
        let ad = site.system(SystemKind::Directory, "corp", false);
        let draft =
            Draft { kana: "ｺﾞﾄｳ ショウ", department: "内科", ..Draft::default() };
        site.push_account(ad, &draft);
        site.push_account(ad, &Draft { name: "Yamada Taro", ..Draft::default() });
        site.push_account(ad, &Draft { name: "山田 太郎", ..Draft::default() });
        let sites = [site];
        let personal = Personal::of(&sites, &rules.words);
        let stems = |row| {
            let (mut room, mut out) = (Spelled::default(), WordBatch::default());
            personal.person(0, row, &mut room, &mut out);
            list(&out)
        };
        let goto = stems(0);
        for stem in ["goto", "Gotou", "gotoh", "sho", "syou", "gotosho", "Sgoto", "shog", "naika"] {
            assert!(goto.iter().any(|made| made == stem), "{stem} of {goto:?}");
        }
        assert!(stems(1).contains(&"tyamada".to_owned()), "{:?}", stems(1));
        assert!(stems(2).is_empty(), "nobody can tell how a kanji is read");
    }

    #[test]
    fn devices_have_words_and_directories_none() {
        let mut site = Inventory::default();
        let ad = site.system(SystemKind::Directory, "corp", false);
        let device = site.system(SystemKind::Device, "Core-SW01", false);
        for (topic, value) in [
            (Topic::Model, "RTX1220"),
            (Topic::Serial, "S3K012345"),
            (Topic::Address, "192.0.2.15/24"),
            (Topic::Syslog, "192.0.2.99"),
        ] {
            site.push_fact(device, topic, value, Origin::default());
        }
        let sites = [site];
        let rules = RuleSet::embedded().unwrap();
        let personal = Personal::of(&sites, &rules.words);
        let words = list(personal.device(0, device));
        for word in [
            "Core-SW01",
            "core-sw01",
            "Core",
            "rtx1220",
            "S3K012345",
            "192.0.2.15",
            "192.0.2.15",
            "1920215",
            "215",
        ] {
            assert!(words.iter().any(|made| made == word), "{word} of {words:?}");
        }
        assert!(!words.iter().any(|word| word.contains("99")));
        assert!(personal.device(0, ad).is_empty());
    }
}
