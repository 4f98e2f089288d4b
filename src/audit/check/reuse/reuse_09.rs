//! REUSE-09: accounts of different weight share a password.

use crate::audit::check::reuse::edge::each_mate;
use crate::audit::check::{Asking, Check};
use crate::audit::group::Mate;
use crate::audit::mates::{Answer, Judge};
use crate::audit::missing::Missing;
use crate::audit::people::{Standing, standing};
use crate::audit::sink::Sink;
use crate::model::account::Flag;
use crate::model::tri::Tri;

/// The check: an administrator with somebody else, a service with a person, somebody who works here
/// with the disabled account of somebody who left.
pub(crate) struct Unequal;

/// Two sides of a relation, as questions about an account, and its name.
type Sides = (fn(&Mate<'_>) -> bool, fn(&Mate<'_>) -> bool, &'static str);

const RELATIONS: [Sides; 3] = [
    (is_administrator, is_no_administrator, "privileged"),
    (is_service, is_person, "service"),
    (is_gone, is_enabled, "left"),
];

impl Check for Unequal {
    fn mates(&self) -> Option<Judge> {
        Some(judge)
    }

    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        each_mate(ask, out);
    }
}

fn judge(mates: &[Mate<'_>]) -> Vec<Answer> {
    let there = RELATIONS.map(|(one, other, _)| mates.iter().any(one) && mates.iter().any(other));
    let unclear = mates.iter().any(|mate| mate.privileged() == Tri::Unknown);
    let answer = |mate: &Mate<'_>| {
        let mut relations = RELATIONS.iter().zip(there).filter(|row| row.1);
        let on_a_side = |(one, other, _): &Sides| one(mate) || other(mate);
        match relations.find(|row| on_a_side(row.0)) {
            Some(row) => Ok(Some(row.0.2)),
            // One of them may be an administrator.
            None if unclear => Err(Missing::flag(Flag::Privileged)),
            None => Ok(None),
        }
    };
    mates.iter().map(answer).collect()
}

fn is_administrator(mate: &Mate<'_>) -> bool {
    mate.privileged() == Tri::Yes
}

fn is_no_administrator(mate: &Mate<'_>) -> bool {
    mate.privileged() == Tri::No
}

fn is_service(mate: &Mate<'_>) -> bool {
    mate.flag(Flag::HasSpn).is_yes()
}

fn is_person(mate: &Mate<'_>) -> bool {
    mate.person().is_some() && !is_service(mate)
}

fn is_enabled(mate: &Mate<'_>) -> bool {
    mate.flag(Flag::Enabled).is_yes()
}

fn is_gone(mate: &Mate<'_>) -> bool {
    let roster = mate.person().and_then(|person| mate.site.people.roster(person));
    let gone = roster.is_some_and(|(_, row)| standing(row, mate.site.as_of) != Standing::Employed);
    gone && mate.flag(Flag::Enabled) == Tri::No
}
