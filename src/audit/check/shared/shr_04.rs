//! SHR-04: an account that was handed down: the same account under another person's name.

use crate::audit::account::Verdict;
use crate::audit::check::{Asking, Check};
use crate::audit::earlier::{Before, each_before};
use crate::audit::people::who;
use crate::audit::sink::{Found, Sink};
use crate::audit::site::Class;
use crate::audit::view::AccountView;
use crate::model::finding::Confidence;
use crate::text::name::{nfkc, person_name_key};
use std::ops::Range;

/// The check.
pub(crate) struct HandedDown;

impl Check for HandedDown {
    fn rows(&self, ask: &Asking<'_>, rows: Range<u32>, out: &mut Sink) {
        each_before(ask, Class::PERSONS, rows, out, judge);
    }
}

fn judge(account: &AccountView<'_>, before: &Before<'_>) -> Verdict {
    if account.is_nobodys() || account.is_local() {
        return Verdict::NotAsked;
    }
    let who = who(account.site, account.row);
    let (now, was) = (who.name, before.name());
    if now.is_empty() || was.is_empty() {
        return account.lacks(NAMES).unwrap_or(Verdict::Pass);
    }
    let same_person = !who.person.is_empty() && who.person == before.person();
    if same_person || person_name_key(now) == person_name_key(was) || shares_a_part(now, was) {
        return Verdict::Pass;
    }
    let found = Found::new("name-changed").at_most(Confidence::Medium);
    Verdict::Finding(found.detail(format!("{was} → {now}")))
}

const NAMES: crate::audit::missing::Missing =
    crate::audit::missing::Missing::lack(crate::audit::missing::Lack::PersonName);

/// A family name changes with a marriage, and remarks come and go: one part stays.
fn shares_a_part(now: &str, was: &str) -> bool {
    let (now, was) = (nfkc(now), nfkc(was));
    let parts = |name: &str| {
        let words = name.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ',' | '・'));
        words.filter(|word| word.chars().count() > 1).map(str::to_lowercase).collect::<Vec<_>>()
    };
    let was = parts(&was);
    parts(&now).iter().any(|part| was.contains(part))
}
