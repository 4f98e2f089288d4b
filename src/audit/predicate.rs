//! The closed list of predicates that rules of data alone may use.
//!
//! A rule names them in `when`, all must hold, and `not ` before a word turns it round. There is
//! no `or`, no nesting and no number: anything else is a coded check.

use crate::audit::account::{Verdict, each_account};
use crate::audit::check::Asking;
use crate::audit::missing::{Lack, Missing};
use crate::audit::sink::{Found, Sink};
use crate::audit::site::Class;
use crate::audit::view::AccountView;
use crate::model::account::Flag;
use crate::model::site::SystemKind;
use crate::model::tri::Tri;
use crate::rules::RuleError;
use crate::rules::check::CheckRule;
use crate::text::near::near_or_list;
use std::ops::Range;

type Answer = fn(&AccountView<'_>) -> Tri;

/// A word that rules may use.
struct Predicate {
    word: &'static str,
    /// What an unknown answer lacks.
    lacks: Missing,
    /// A word that says what the rule is about: a `no` is out of scope, not a pass.
    scope: bool,
    answer: Answer,
}

const fn about(word: &'static str, answer: Answer) -> Predicate {
    Predicate { word, lacks: Missing::NONE, scope: true, answer }
}

const fn fact(flag: Flag, answer: Answer) -> Predicate {
    Predicate { word: flag.word(), lacks: Missing::flag(flag), scope: false, answer }
}

#[expect(clippy::redundant_closure_for_method_calls, reason = "the method is of one lifetime only")]
const PREDICATES: &[Predicate] = &[
    about("account", |a| a.is(Class::ACCOUNT).into()),
    about("person", |a| a.is(Class::PERSONS).into()),
    about("directory", |a| (a.system.kind == SystemKind::Directory).into()),
    about("active-directory", |a| a.system.is_active_directory().into()),
    about("device", |a| (a.system.kind == SystemKind::Device).into()),
    about("break-glass", |a| a.is_break_glass().into()),
    about("guest", |a| a.flag(Flag::Guest).is_yes().into()),
    fact(Flag::Privileged, |a| a.privileged_if_known()),
    fact(Flag::Enabled, |a| a.flag(Flag::Enabled)),
    fact(Flag::PasswordNotRequired, |a| a.flag(Flag::PasswordNotRequired)),
    fact(Flag::PasswordNeverExpires, |a| a.flag(Flag::PasswordNeverExpires)),
    fact(Flag::Reversible, |a| a.flag(Flag::Reversible)),
    fact(Flag::MustChange, |a| a.flag(Flag::MustChange)),
    fact(Flag::SmartcardRequired, |a| a.flag(Flag::SmartcardRequired)),
    fact(Flag::Locked, |a| a.flag(Flag::Locked)),
    fact(Flag::Remote, |a| a.flag(Flag::Remote)),
    fact(Flag::AdminCount, |a| a.flag(Flag::AdminCount)),
    fact(Flag::NoPreauth, |a| a.flag(Flag::NoPreauth)),
    fact(Flag::DesOnly, |a| a.flag(Flag::DesOnly)),
    fact(Flag::Delegation, |a| a.flag(Flag::Delegation)),
    fact(Flag::ProtocolTransition, |a| a.flag(Flag::ProtocolTransition)),
    fact(Flag::NotDelegated, |a| a.flag(Flag::NotDelegated)),
    fact(Flag::HasSpn, |a| a.flag(Flag::HasSpn)),
    fact(Flag::Shared, |a| a.flag(Flag::Shared)),
    fact(Flag::PasswordAttribute, |a| a.flag(Flag::PasswordAttribute)),
    fact(Flag::NotedSecret, |a| a.flag(Flag::NotedSecret)),
    fact(Flag::SidHistory, |a| a.flag(Flag::SidHistory)),
    fact(Flag::NoAes, |a| a.flag(Flag::NoAes)),
];

/// The words that rules may use, for documentation.
pub fn words() -> impl Iterator<Item = &'static str> {
    PREDICATES.iter().map(|predicate| predicate.word)
}

fn find(word: &str) -> Option<(&'static Predicate, bool)> {
    let (bare, negated) = word.strip_prefix("not ").map_or((word, false), |bare| (bare, true));
    let predicate = PREDICATES.iter().find(|predicate| predicate.word == bare)?;
    Some((predicate, negated))
}

/// Refuses a rule that uses a word which is not on the list.
pub(crate) fn verify(rule: &CheckRule) -> Result<(), RuleError> {
    match rule.when.iter().find(|word| find(word).is_none()) {
        None => Ok(()),
        Some(word) => {
            let bare = word.strip_prefix("not ").unwrap_or(word);
            let message = format!("unknown predicate '{word}'");
            Err(rule.error_at(word, message, near_or_list(bare, words())))
        }
    }
}

/// Judges rows by a rule of data alone.
pub(crate) fn rows(ask: &Asking<'_>, rows: Range<u32>, out: &mut Sink) {
    let predicates: Vec<_> = ask.rule.when.iter().map(|word| find(word)).collect();
    each_account(ask, Class::ROW, rows, out, |account| conjunction(&predicates, account));
}

fn conjunction(
    predicates: &[Option<(&'static Predicate, bool)>],
    account: &AccountView<'_>,
) -> Verdict {
    let mut missing = Missing::NONE;
    for predicate in predicates {
        let Some((predicate, negated)) = predicate else {
            missing.add(Missing::lack(Lack::Predicate));
            continue;
        };
        let answer = (predicate.answer)(account);
        match if *negated { answer.negated() } else { answer } {
            Tri::Yes => {}
            Tri::No if predicate.scope => return Verdict::NotAsked,
            Tri::No => return Verdict::Pass,
            Tri::Unknown => missing.add(predicate.lacks),
        }
    }
    if missing.is_none() {
        return Verdict::Finding(Found::new("flag"));
    }
    account.lacks::<()>(missing);
    Verdict::Pass
}
