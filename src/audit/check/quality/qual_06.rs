//! QUAL-06: a password made from the person's name or the department.

use crate::audit::check::hit::{self, Hits};
use crate::audit::check::{Asking, Check};
use crate::audit::missing::{Lack, Missing};
use crate::audit::sink::Sink;
use crate::audit::site::{Class, Secrets};
use crate::model::account::Flag;
use crate::model::evidence::WordClass;
use crate::model::tri::Tri;
use crate::text::romaji::{Style, spell};

/// The check. Where nothing says how a name is read, no word could be made of it.
pub(crate) struct NameAsPassword;

impl Check for NameAsPassword {
    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        Hits(WordClass::Person).site(ask, out);
        let mut hits: Vec<u32> = hit::hits(ask)
            .iter()
            .filter(|hit| hit.class == WordClass::Person)
            .map(|hit| ask.site.inventory.credentials[hit.credential.index as usize].account)
            .collect();
        hits.sort_unstable();
        let accounts = &ask.site.inventory.accounts;
        let mut room = String::new();
        for row in accounts.rows() {
            let system = accounts.system.get(row);
            let found = hits.binary_search(&row).is_ok();
            if ask.scope[system as usize]
                && !found
                && is_asked(ask, row)
                && !is_read(ask, row, &mut room)
            {
                out.take_back(ask, system, Missing::lack(Lack::Reading));
            }
        }
    }
}

fn is_asked(ask: &Asking<'_>, row: u32) -> bool {
    let flag = |flag| ask.site.inventory.accounts.flag(row, flag);
    ask.site.class(row).is(Class::PERSONS)
        && ask.site.secrets(row).any(Secrets::TRIABLE)
        && flag(Flag::Enabled) != Tri::No
        && !flag(Flag::SmartcardRequired).is_yes()
        && !ask.site.nobodys(row)
}

/// True where the export or the roster says how the person's name is read.
fn is_read(ask: &Asking<'_>, row: u32, room: &mut String) -> bool {
    let inventory = ask.site.inventory;
    let own = [inventory.accounts.kana.get(row), inventory.accounts.name.get(row)];
    let roster = ask.site.people.roster(inventory.accounts.person.get(row));
    let kana = roster.map_or("", |(home, roster)| home.text.get(roster.kana));
    own.map(|span| inventory.text.get(span)).into_iter().chain([kana]).any(|name| {
        room.clear();
        let family = name.split_whitespace().next();
        family.is_some_and(|family| spell(family, Style::ALL[0], room))
    })
}
