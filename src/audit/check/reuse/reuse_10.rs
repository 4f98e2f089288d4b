//! REUSE-10: the local administrator has one password on several hosts.

use crate::audit::check::reuse::edge::each_mate;
use crate::audit::check::{Asking, Check};
use crate::audit::group::Mate;
use crate::audit::mates::{Answer, Judge};
use crate::audit::sink::Sink;
use crate::model::site::SystemKind;
use std::collections::HashSet;

/// The relative id of the built-in administrator plus one, as its column holds it.
const ADMINISTRATOR: u32 = 501;

/// The check.
pub(crate) struct LocalAdministrator;

impl Check for LocalAdministrator {
    fn mates(&self) -> Option<Judge> {
        Some(judge)
    }

    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        each_mate(ask, out);
    }
}

fn judge(mates: &[Mate<'_>]) -> Vec<Answer> {
    let local = mates.iter().filter(|mate| is_local_administrator(mate));
    let hosts: HashSet<_> = local.map(Mate::system).collect();
    let answer = |mate: &Mate<'_>| {
        let several = hosts.len() > 1 && is_local_administrator(mate);
        Ok(several.then_some("administrator"))
    };
    mates.iter().map(answer).collect()
}

fn is_local_administrator(mate: &Mate<'_>) -> bool {
    let row = mate.subject.row;
    mate.site.system_of(row).kind == SystemKind::Host
        && (mate.site.inventory.accounts.rid.get(row) == ADMINISTRATOR
            || matches!(&*mate.login(), "administrator" | "root"))
}
