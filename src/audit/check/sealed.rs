//! Sealed accounts of a site with their register rows.

use crate::audit::account::Verdict;
use crate::audit::check::Asking;
use crate::audit::missing::Missing;
use crate::audit::people::day;
use crate::audit::registered::Registered;
use crate::audit::sink::Sink;
use crate::audit::site::SiteFacts;
use crate::audit::view::AccountView;
use crate::model::account::Flag;
use crate::model::day::{Day, When};
use crate::model::register::{Field, Register, RegisterRow};
use crate::text::date::{self, DateRules};

/// One sealed account.
pub(crate) struct Sealed<'a> {
    pub(crate) account: AccountView<'a>,
    /// Its row of the register; site.toml alone gives none.
    pub(crate) row: Option<&'a RegisterRow>,
}

impl Sealed<'_> {
    fn day(&self, field: Field) -> Option<Day> {
        self.row.and_then(|row| day(row.day(field)))
    }

    /// Since when it lies sealed.
    pub(crate) fn since(&self) -> Option<Day> {
        self.day(Field::SealedSince)
    }

    /// Its last declared test.
    pub(crate) fn tested(&self) -> Option<Day> {
        self.day(Field::LastTest)
    }

    /// The last day on which an incident is recorded.
    pub(crate) fn incident(&self) -> Option<Day> {
        let text = self.account.site.inventory.text.get(self.row?.text(Field::Incidents));
        days_in(text).max()
    }
}

/// Days that stand in a text of the register: `2026-05-10 INC-12、2026-08-01`.
fn days_in(text: &str) -> impl Iterator<Item = Day> + '_ {
    let parts =
        text.split([' ', '　', ',', '、', ';', '；', ':', '：', '(', ')', '（', '）', '\n']);
    parts.filter_map(|part| match date::parse(part, &DateRules::default()).ok()?.when {
        When::On(day) => Some(day),
        When::Never | When::Unknown => None,
    })
}

/// Judges every sealed account of the systems that the rule is about.
pub(crate) fn each(ask: &Asking<'_>, out: &mut Sink, judge: impl Fn(&Sealed<'_>) -> Verdict) {
    let register = Registered::of(ask.site, Register::BreakGlass);
    let accounts = &ask.site.inventory.accounts;
    for row in all(ask.site) {
        let system = accounts.system.get(row);
        if !ask.scope[system as usize] {
            continue;
        }
        let account = AccountView::new(ask.site, row);
        let sealed = Sealed { row: register.row(row), account };
        let verdict = judge(&sealed);
        let missing = sealed.account.missing();
        match verdict {
            _ if missing != Missing::NONE => out.unjudged(ask, system, 1, missing),
            Verdict::NotAsked => {}
            Verdict::Pass => out.pass(ask, system),
            Verdict::Finding(found) => {
                out.pass(ask, system);
                out.finding(ask, row, found);
            }
        }
    }
}

/// Rows of all sealed accounts.
pub(crate) fn all<'a>(site: &'a SiteFacts<'_>) -> impl Iterator<Item = u32> + 'a {
    let rows = site.inventory.accounts.rows();
    let declared = site.given(Register::BreakGlass) || site.declares_break_glass();
    rows.filter(move |&row| declared && site.break_glass(row))
}

/// Whether anybody said which accounts are sealed.
pub(crate) fn declared(site: &SiteFacts<'_>) -> bool {
    site.given(Register::BreakGlass) || site.declares_break_glass()
}

/// What is missing where nobody did.
pub(crate) const UNDECLARED: Missing = Missing::flag(Flag::BreakGlass);

/// Systems that the rule is about and of which accounts were exported.
pub(crate) fn exported<'a>(ask: &'a Asking<'_>) -> impl Iterator<Item = u16> + 'a {
    ask.systems().filter(|&system| ask.site.systems[system as usize].accounts > 0)
}

/// Says of every system that nobody declared its sealed accounts.
pub(crate) fn undeclared(ask: &Asking<'_>, out: &mut Sink) {
    exported(ask).for_each(|system| ask.unjudged(system, UNDECLARED, out));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_found_among_other_words() {
        let days: Vec<_> =
            days_in("2026-05-10: INC-12、R8.8.1(訓練)").map(|day| day.to_string()).collect();
        assert_eq!(days, ["2026-05-10", "2026-08-01"]);
        assert_eq!(days_in("なし").count(), 0);
    }
}
