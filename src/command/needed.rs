//! Which questions the selected rules ask of the credential engine.

use crate::credential::Needed;
use crate::policy::Policy;
use crate::rules::RuleSet;

/// The questions of a run.
pub(super) fn needed(rules: &RuleSet, policy: &Policy) -> Needed {
    let wants =
        |prefix: &str| rules.checks.iter().any(|r| r.id.starts_with(prefix) && policy.selected(r));
    // Every rule about groups sees the same groups, whichever others were asked for.
    let reuse = wants("REUSE") || wants("BRK-06") || wants("DEF-05");
    let weak = wants("AGE-12");
    // Keys of devices are held against all words but variants and numbers.
    let words = reuse || wants("DEV-05");
    Needed {
        reuse,
        hits: wants("QUAL") || wants("DEF") || wants("BRK") || wants("DEV-05") || weak,
        login_forms: wants("QUAL-05") || wants("QUAL-09") || weak || words,
        login_digits: wants("QUAL-05"),
        defaults: wants("DEF") || words,
        estate: reuse,
        ours: true,
        lists: wants("QUAL-04") || wants("QUAL-10") || weak || words,
        roots: wants("QUAL-10"),
        names: wants("QUAL-06") || wants("QUAL-07") || wants("QUAL-04") || weak || words,
        digits: wants("QUAL-13") || weak,
        history: wants("QUAL-09"),
        computers: wants("QUAL-11"),
        // The age of a password is judged by its length, where that can be read.
        ratings: wants("QUAL-08") || wants("DEV-05") || wants("AGE-0"),
    }
}
