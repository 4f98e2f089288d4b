//! REUSE-08: a person's administrator account has the password of the everyday one.

use crate::audit::check::reuse::edge::each_mate;
use crate::audit::check::{Asking, Check};
use crate::audit::group::Mate;
use crate::audit::mates::{Answer, Judge};
use crate::audit::sink::Sink;
use crate::model::tri::Tri;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// What marks an administrator's second account, before or behind the everyday login.
const MARKS: &[&str] =
    &["adm-", "adm_", "adm.", "admin-", "admin_", "admin.", "a-", "a_", "da-", "t0-", "z"];
const ENDS: &[&str] = &["-adm", "_adm", ".adm", "-admin", "_admin", ".admin", "-a", "_a"];

/// The check.
pub(crate) struct AdminAndUser;

impl Check for AdminAndUser {
    fn mates(&self) -> Option<Judge> {
        Some(judge)
    }

    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        each_mate(ask, out);
    }
}

fn judge(mates: &[Mate<'_>]) -> Vec<Answer> {
    // By person: whether an administrator's and an everyday account share.
    let mut people: HashMap<_, (bool, bool)> = HashMap::new();
    let above: Vec<_> = mates.iter().map(|mate| mate.privileged() == Tri::Yes).collect();
    // Most groups have neither an administrator nor a marked login: nothing is hashed for them.
    let any_above = above.contains(&true);
    for (mate, &above) in mates.iter().zip(&above).filter(|_| any_above) {
        let Some(person) = mate.person() else { continue };
        let both = people.entry(person).or_default();
        *both = (both.0 || above, both.1 || !above);
    }
    let logins: Vec<_> = mates.iter().map(|mate| (mate.subject.site, mate.login())).collect();
    let any_marked = logins.iter().any(|(_, login)| unmarked(login).next().is_some());
    let all = logins.iter().filter(|_| any_marked).map(|(site, login)| (*site, &**login));
    let all: HashSet<_> = all.collect();
    let second: HashSet<_> =
        all.iter().filter_map(|&own| Some([own, everyday(own, &all)?])).flatten().collect();
    let answer = |(mate, (site, login)): (&Mate<'_>, &(u16, Cow<'_, str>))| {
        let person = mate.person().and_then(|person| people.get(&person));
        let by_person = person.is_some_and(|both| both.0 && both.1);
        let by_login = second.contains(&(*site, &**login));
        Ok((by_person || by_login).then_some("administrator"))
    };
    mates.iter().zip(&logins).map(answer).collect()
}

/// A login of a site.
type Login<'a> = (u16, &'a str);

/// The everyday login of an administrator's second account, where both share.
fn everyday<'a>((site, own): Login<'a>, all: &HashSet<Login<'a>>) -> Option<Login<'a>> {
    unmarked(own).map(|login| (site, login)).find(|login| all.contains(login))
}

/// What is left of a login without a mark.
fn unmarked(own: &str) -> impl Iterator<Item = &str> {
    let before = MARKS.iter().filter_map(|mark| own.strip_prefix(mark));
    before.chain(ENDS.iter().filter_map(|end| own.strip_suffix(end)))
}
