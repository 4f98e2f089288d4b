//! SHR-02: a shared account of the register for which nobody answers any more.

use crate::audit::check::{Asking, Check};
use crate::audit::missing::{Lack, Missing};
use crate::audit::people::{Standing, day, standing};
use crate::audit::registered::Registered;
use crate::audit::sink::{Found, Sink};
use crate::audit::site::SiteFacts;
use crate::model::account::Flag;
use crate::model::day::Stamp;
use crate::model::person::{Employment, RosterRow};
use crate::model::register::{Field, Register, RegisterRow};
use crate::model::tri::Tri;
use crate::text::name::{employee_key, person_name_key};
use hashbrown::HashMap;

/// The check.
pub(crate) struct Unowned;

impl Check for Unowned {
    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        let (site, accounts) = (ask.site, &ask.site.inventory.accounts);
        let register = Registered::of(site, Register::Shared);
        let owners = Owners::of(site);
        for account in site.flagged(Flag::Shared) {
            let system = accounts.system.get(account);
            let Some(row) = register.row(account).filter(|_| ask.scope[system as usize]) else {
                continue;
            };
            if accounts.flag(account, Flag::Enabled) == Tri::No {
                out.pass(ask, system);
                continue;
            }
            let (faults, known) = faults(site, row, &owners);
            if faults.is_empty() && !known {
                out.unjudged(ask, system, 1, Missing::lack(Lack::Roster));
                continue;
            }
            out.pass(ask, system);
            if !faults.is_empty() {
                let origin = Some(row.origin);
                let found = Found::new("unowned").detail(faults.join(", "));
                out.finding(ask, account, Found { origin, ..found });
            }
        }
    }
}

/// What is wrong with a row, and whether it can be known that its owner is still here.
fn faults(site: &SiteFacts<'_>, row: &RegisterRow, owners: &Owners) -> (Vec<&'static str>, bool) {
    let text = |field| site.inventory.text.get(row.text(field)).trim();
    let mut faults = Vec::new();
    let owner = text(Field::Owner);
    if owner.is_empty() {
        faults.push("no-owner");
    } else if owners.has_left(owner) {
        faults.push("owner-left");
    }
    if text(Field::Purpose).is_empty() {
        faults.push("no-purpose");
    }
    if day(row.day(Field::ReviewDate)).is_some_and(|review| review < site.as_of) {
        faults.push("review-due");
    }
    (faults, site.rostered && owners.told)
}

/// Whether people of the roster are still here, by employee number and by name.
struct Owners {
    here: HashMap<String, bool>,
    /// The roster says who has left, or it stands at another site.
    told: bool,
}

impl Owners {
    fn of(site: &SiteFacts<'_>) -> Self {
        let inventory = site.inventory;
        let mut here: HashMap<String, bool> = HashMap::new();
        for row in &inventory.roster {
            let works = standing(row, site.as_of) == Standing::Employed;
            let number = employee_key(inventory.text.get(row.employee)).into_owned();
            let name = person_name_key(inventory.text.get(row.name));
            for key in [number, name].into_iter().filter(|key| !key.is_empty()) {
                // Two of one name, or one who came back: as long as one of them works here.
                *here.entry(key).or_default() |= works;
            }
        }
        let says =
            |row: &RosterRow| row.left != Stamp::UNKNOWN || row.status != Employment::Unknown;
        let told = inventory.roster.is_empty() || inventory.roster.iter().any(says);
        Self { here, told }
    }

    /// A department or a name that the roster does not know has not left.
    fn has_left(&self, owner: &str) -> bool {
        let keys = [employee_key(owner).into_owned(), person_name_key(owner)];
        keys.iter().find_map(|key| self.here.get(key)).is_some_and(|works| !works)
    }
}
