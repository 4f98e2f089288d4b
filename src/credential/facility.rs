//! Words that everybody at a site knows: names of the facility, of its domains, of its director.

use crate::model::inventory::Inventory;
use crate::text::romaji::{self, Style};

/// Shortest word that is taken.
const SHORTEST: usize = 3;
/// What is put behind the name of a facility.
const KINDS: &[&str] = &["hospital", "byoin", "byouin", "clinic", "iin"];
/// Labels of domains that say nothing about whose they are.
const COMMON: &[&str] =
    &["com", "org", "net", "local", "localdomain", "lan", "www", "example", "corp", "internal"];
/// Jobs whose holders speak for the facility.
const DIRECTORS: &[&str] = &["院長", "理事長", "代表", "施設長", "director"];

/// The site's own words, each once: in lower case, joined ones as `KoroHospital`.
pub(super) fn words(site: &Inventory) -> Vec<String> {
    let mut facility = Vec::new();
    for name in [&site.site.slug, &site.site.name, &site.site.entity] {
        parts(name, &mut facility);
    }
    for system in &site.systems {
        let name = site.names.get(system.name);
        if name.contains('.') {
            name.split('.').for_each(|label| parts(label, &mut facility));
        }
    }
    facility.retain(|word| !COMMON.contains(&word.as_str()));
    let mut all = facility.clone();
    for word in facility.iter().filter(|word| !KINDS.contains(&word.as_str())) {
        all.extend(KINDS.iter().map(|kind| joined(word, kind)));
    }
    let mut directors = Vec::new();
    for row in site.roster.iter().filter(|row| is_director(site.names.get(row.job))) {
        parts(site.text.get(row.kana), &mut directors);
        parts(site.text.get(row.name), &mut directors);
    }
    for director in directors {
        all.extend(facility.iter().map(|word| joined(word, &director)));
        all.push(director);
    }
    for system in &site.systems {
        parts(site.names.get(system.product), &mut all);
    }
    all.sort_unstable();
    all.dedup();
    all
}

fn joined(first: &str, second: &str) -> String {
    let capital = |word: &str| {
        let mut word = word.to_owned();
        if let Some(first) = word.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        word
    };
    capital(first) + &capital(second)
}

fn is_director(job: &str) -> bool {
    DIRECTORS.iter().any(|director| job.contains(director))
}

/// Adds the parts of a name that can be spelled in Latin letters, and the whole where all can.
fn parts(name: &str, out: &mut Vec<String>) {
    let split = |c: char| c.is_whitespace() || matches!(c, '-' | '_' | '.' | '・' | '　');
    let first = out.len();
    for &style in Style::ALL {
        let mut whole = String::new();
        for part in name.split(split).filter(|part| !part.is_empty()) {
            let mut word = String::new();
            if romaji::spell(part, style, &mut word) {
                whole.push_str(&word);
                out.push(word);
            }
        }
        out.push(whole);
    }
    let fresh = out.split_off(first);
    for word in fresh {
        if word.len() >= SHORTEST && !out.contains(&word) {
            out.push(word);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::day::Stamp;
    use crate::model::file::Origin;
    use crate::model::inventory::RosterDraft;
    use crate::model::person::Employment;
    use crate::model::site::SystemKind;

    #[test]
    fn the_notice_s_own_examples_are_made() {
        let mut site = Inventory::default();
        site.site.slug = "koro".to_owned();
        site.site.name = "ころ 病院".to_owned();
        site.system(SystemKind::Directory, "ad.korobyoin.example", false);
        site.push_roster(&RosterDraft {
            employee: "1",
            name: "頃 太郎",
            kana: "コロ タロウ",
            login: "",
            mail: "",
            department: "",
            job: "病院長",
            class: "",
            joined: Stamp::UNKNOWN,
            left: Stamp::UNKNOWN,
            status: Employment::Unknown,
            origin: Origin::default(),
        });
        let words = words(&site);
        for word in ["koro", "korohospital", "korotaro", "korobyoin", "taro", "tarou"] {
            assert!(
                words.iter().any(|made| made.eq_ignore_ascii_case(word)),
                "{word} of {words:?}"
            );
        }
        assert!(words.iter().any(|word| word == "KoroTaro"), "as people write it");
        assert!(!words.iter().any(|word| word == "example" || word == "ad"));
    }
}
