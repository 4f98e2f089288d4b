//! REUSE-08: a person's administrator account has the password of the everyday one.

use crate::audit::check::reuse::edge::each_mate;
use crate::audit::check::{Asking, Check};
use crate::audit::group::Mate;
use crate::audit::sink::Sink;
use crate::model::tri::Tri;
use std::collections::{HashMap, HashSet};

/// What marks an administrator's second account, before or behind the everyday login.
const MARKS: &[&str] =
    &["adm-", "adm_", "adm.", "admin-", "admin_", "admin.", "a-", "a_", "da-", "t0-", "z"];
const ENDS: &[&str] = &["-adm", "_adm", ".adm", "-admin", "_admin", ".admin", "-a", "_a"];

/// The check.
pub(crate) struct AdminAndUser;

impl Check for AdminAndUser {
    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        each_mate(ask, out, |mates| {
            // By person: whether an administrator's and an everyday account share.
            let mut people: HashMap<_, (bool, bool)> = HashMap::new();
            for mate in mates {
                let Some(person) = mate.person() else { continue };
                let both = people.entry(person).or_default();
                let above = mate.privileged() == Tri::Yes;
                *both = (both.0 || above, both.1 || !above);
            }
            let logins: HashSet<_> =
                mates.iter().map(|mate| (mate.subject.site, mate.login().into_owned())).collect();
            let second: HashSet<_> = mates.iter().flat_map(|mate| pair(mate, &logins)).collect();
            move |mate| {
                let person = mate.person().and_then(|person| people.get(&person));
                let by_person = person.is_some_and(|both| both.0 && both.1);
                let by_login = second.contains(&(mate.subject.site, mate.login().into_owned()));
                Ok((by_person || by_login).then_some("administrator"))
            }
        });
    }
}

/// The login of an administrator's second account and the everyday one, where both share.
fn pair(mate: &Mate<'_>, logins: &HashSet<(u16, String)>) -> Vec<(u16, String)> {
    let (site, own) = (mate.subject.site, mate.login());
    let before = MARKS.iter().filter_map(|mark| own.strip_prefix(mark));
    let behind = ENDS.iter().filter_map(|end| own.strip_suffix(end));
    let mut everyday = before.chain(behind).map(|login| (site, login.to_owned()));
    match everyday.find(|login| logins.contains(login)) {
        Some(everyday) => vec![(site, own.to_string()), everyday],
        None => Vec::new(),
    }
}
