//! What rules say that hold the accounts of a group beside each other. They are asked once a run and
//! group, not once a site: a group may lie over thousands of sites.

use crate::audit::group::Mate;
use crate::audit::missing::Missing;
use crate::audit::run::RunFacts;
use crate::model::evidence::Group;
use rayon::prelude::*;

/// What an account is to the others of its group, or what is lacking to tell.
pub(crate) type Answer = Result<Option<&'static str>, Missing>;

/// Looks at the accounts of a group and answers for each, in their order.
pub(crate) type Judge = fn(&[Mate<'_>]) -> Vec<Answer>;

/// A rule's answers by group, parallel to its members; nothing where it tells of none of them.
pub(crate) type Answers = Vec<Option<Box<[Answer]>>>;

/// Asks about every group of the run.
pub(crate) fn answers(run: &RunFacts<'_>, judge: Judge) -> Answers {
    run.evidence.groups.par_iter().map(|group| of_group(run, group, judge)).collect()
}

fn of_group(run: &RunFacts<'_>, group: &Group, judge: Judge) -> Option<Box<[Answer]>> {
    let told = judge(&Mate::all(group, &run.sites, run.subjects));
    if told.iter().all(|answer| *answer == Ok(None)) {
        return None;
    }
    // Members are sorted by account, and several secrets of one get its one answer.
    let accounts = group.members.chunk_by(|a, b| a.credential.subject == b.credential.subject);
    Some(accounts.zip(told).flat_map(|(secrets, answer)| vec![answer; secrets.len()]).collect())
}
