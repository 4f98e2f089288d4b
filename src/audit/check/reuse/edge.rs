//! REUSE-01 to 06: one password on several accounts, told apart by what proves it.

use crate::audit::check::hit::{discriminator, lets_in, not_tried};
use crate::audit::check::{Asking, Check};
use crate::audit::held::{Enough, count};
use crate::audit::missing::{Lack, Missing};
use crate::audit::sink::{Found, Sink};
use crate::model::credential::Credential;
use crate::model::evidence::{Edges, Group, Member, WordClass};
use crate::model::finding::Unit;
use std::borrow::Cow;
use std::ops::Range;

/// Sites from which a group is as grave as one with an administrator in it.
const WIDE: u32 = 3;

/// The check for one kind of edge: a row for every member at which such an edge ends.
pub(crate) struct Reuse(pub(crate) Edges);

impl Check for Reuse {
    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        // Values under a device's own key can be compared as text, and only so.
        let as_text = self.0 == Edges::EQUAL_IN_SYSTEM || self.0 == Edges::CLONED;
        count(ask, if as_text { Enough::Comparable } else { Enough::Triable }, out);
        if self.0 == Edges::OTHER_SYSTEM && ask.run.systems_with_secrets < 2 {
            nothing_to_compare_with(ask, out);
        }
        if self.0 == Edges::KNOWN_WORD {
            not_tried(ask, WordClass::Estate, out);
        }
        if self.0 == Edges::LIST_WORD {
            not_tried(ask, WordClass::List, out);
        }
        each_account(ask, out, |at| {
            // Communities and shared keys are REUSE-11.
            let tells = at.member.edges.has(self.0) && lets_in(at.credential.kind);
            tells.then(|| found(ask, at))
        });
    }
}

/// A member of a group in the site that is judged.
pub(crate) struct At<'a> {
    /// Position of the group.
    pub(crate) index: usize,
    /// Place of the member in it.
    pub(crate) place: usize,
    /// The group.
    pub(crate) group: &'a Group,
    /// The member.
    pub(crate) member: &'a Member,
    /// Its secret.
    pub(crate) credential: &'a Credential,
    /// Its account.
    pub(crate) row: u32,
}

/// Asks about every member of every group in the site; one finding for each account of a group.
pub(crate) fn each_account<'a>(
    ask: &Asking<'a>,
    out: &mut Sink,
    judge: impl Fn(&At<'a>) -> Option<Found>,
) {
    for part in ask.run.groups_of(ask.site) {
        each_member(ask, part, out, &|at| Ok(judge(at)));
    }
}

/// As [`each_account`], for rules that hold the accounts of a group beside each other: hands over
/// what [`Check::mates`] answered.
pub(crate) fn each_mate(ask: &Asking<'_>, out: &mut Sink) {
    count(ask, Enough::Triable, out);
    let answers = &ask.run.mates[usize::from(ask.index)];
    for part in ask.run.groups_of(ask.site) {
        let Some(answers) = &answers[part.0] else { continue };
        each_member(ask, part, out, &|at| {
            if !lets_in(at.credential.kind) {
                return Ok(None);
            }
            let Some(what) = answers[at.place]? else { return Ok(None) };
            let found = found(ask, at);
            let detail = format!("{what}, {}", found.detail);
            Ok(Some(found.detail(detail)))
        });
    }
}

fn each_member<'a>(
    ask: &Asking<'a>,
    (index, group, here): (usize, &'a Group, Range<usize>),
    out: &mut Sink,
    judge: &impl Fn(&At<'a>) -> Result<Option<Found>, Missing>,
) {
    let inventory = ask.site.inventory;
    let mut told = None;
    for place in here {
        let member = &group.members[place];
        let row = ask.run.subjects.get(member.credential.subject).row;
        let system = inventory.accounts.system.get(row);
        // Members are sorted: two secrets of one account stand side by side.
        if told == Some(row) || ask.absorbed(row) || !ask.scope[system as usize] {
            continue;
        }
        let credential = &inventory.credentials[member.credential.index as usize];
        match judge(&At { index, place, group, member, credential, row }) {
            Ok(None) => continue,
            Ok(Some(found)) => out.finding(ask, row, found),
            Err(missing) => out.take_back(ask, system, missing),
        }
        told = Some(row);
    }
}

/// What is said of a member: how many accounts share, and what proves it.
pub(crate) fn found(ask: &Asking<'_>, at: &At<'_>) -> Found {
    let facts = &ask.run.groups[at.index];
    let found = Found::count("accounts-in-group", i64::from(facts.accounts), Unit::Accounts)
        .detail(proof(at));
    Found {
        group: at.index as u32,
        grave: facts.privileged || facts.sites >= WIDE,
        milder: facts.one_person && !facts.privileged && facts.systems < 2,
        restricted: at.group.restricted,
        discriminator: discriminator(ask.site.inventory, at.credential),
        origin: Some(at.credential.origin),
        ..found
    }
}

/// The proof, and in how many sites of other legal entities the same digest stands.
fn proof(at: &At<'_>) -> Cow<'static, str> {
    let proof = at.member.proof.word();
    match at.group.beyond {
        0 => Cow::Borrowed(proof),
        1 => Cow::Owned(format!("{proof}, other-entities 1")),
        2..=9 => Cow::Owned(format!("{proof}, other-entities 2-9")),
        _ => Cow::Owned(format!("{proof}, other-entities 10+")),
    }
}

fn nothing_to_compare_with(ask: &Asking<'_>, out: &mut Sink) {
    for system in ask.systems() {
        let judged = std::mem::take(&mut out.tally(ask.index, system).judged);
        if judged > 0 {
            out.unjudged(ask, system, judged, Missing::lack(Lack::SecondSystem));
        }
    }
}
