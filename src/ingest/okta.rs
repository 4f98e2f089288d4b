//! Okta: the factors of users, one record a factor.

use crate::ingest::records::{Fault, each};
use crate::ingest::source::{Probe, Source};
use crate::ingest::table::factor;
use crate::ingest::{Claim, FileError, Reader};
use crate::model::account::{Draft, Flag};
use crate::model::factor::{Factor, Factors};
use crate::model::file::Origin;
use crate::model::inventory::Inventory;
use crate::model::site::SystemKind;
use crate::model::tri::Tri;
use crate::rules::RuleSet;
use hashbrown::HashMap;
use serde::Deserialize;

/// Reader of `/users/{id}/factors`, of one user or of several in one list.
pub struct Okta;

const SYSTEM: &str = "okta";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Record {
    factor_type: String,
    #[serde(default)]
    status: String,
    #[serde(default)]
    profile: Profile,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
struct Profile {
    #[serde(default)]
    credential_id: Option<String>,
    #[serde(default)]
    email: Option<String>,
}

impl Reader for Okta {
    fn name(&self) -> &'static str {
        "okta"
    }

    fn claim(&self, probe: &Probe<'_>) -> Option<Claim> {
        let text = probe.text.trim_start_matches('\u{feff}').trim_start();
        let ours = text.starts_with(['[', '{']) && text.contains("\"factorType\"");
        ours.then_some(Claim { score: 95, reason: "factors of Okta users" })
    }

    fn read(
        &self,
        source: &mut Source<'_>,
        _rules: &RuleSet,
        inventory: &mut Inventory,
    ) -> Result<(), FileError> {
        let mut users = Users::default();
        each(source, inventory, |text, origin, _| take(text, origin, &mut users))?;
        let system = inventory.system(SystemKind::Directory, SYSTEM, false);
        users.list.iter().for_each(|user| user.push(system, inventory));
        Ok(())
    }
}

/// A user, known by its login alone.
struct User {
    login: String,
    factors: Factors,
    origin: Origin,
}

/// Users in the order in which they were met.
#[derive(Default)]
struct Users {
    list: Vec<User>,
    by_login: HashMap<String, usize>,
}

/// Adds a factor to its user. Only an active one counts: the others wait for their owner.
fn take(text: &[u8], origin: Origin, users: &mut Users) -> Result<(), Fault> {
    let record: Record = serde_json::from_slice(text)?;
    let profile = record.profile;
    let login = profile.credential_id.or(profile.email).unwrap_or_default();
    if login.trim().is_empty() {
        return Err(Fault::new("empty-account", ""));
    }
    let active = record.status.eq_ignore_ascii_case("ACTIVE");
    let factors = if active { factor(&record.factor_type) } else { Factors::NONE };
    let next = users.list.len();
    let at = *users.by_login.entry(login.clone()).or_insert(next);
    if at == next {
        users.list.push(User { login, factors: Factors::NONE, origin });
    }
    users.list[at].factors = users.list[at].factors.and(factors);
    Ok(())
}

impl User {
    fn push(&self, system: u16, inventory: &mut Inventory) {
        let factors = self.factors.and(Factors::of(Factor::Knowledge));
        let mut draft = Draft {
            login: &self.login,
            upn: &self.login,
            factors,
            origin: self.origin,
            ..Draft::default()
        };
        draft.flags.set(Flag::MfaRegistered, Tri::from(factors.are_two()));
        inventory.push_account(system, &draft);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::testing::{claim, login, read};

    #[test]
    fn only_active_factors_count_and_steps_of_one_kind_are_one() {
        let record = |kind: &str, status: &str, user: &str| {
            format!(
                "{{\"factorType\":\"{kind}\",\"status\":\"{status}\",\"profile\":{{\"credentialId\":\"{user}\"}}}}"
            )
        };
        let text = format!(
            "[{},\n{},\n{},\n{},\n{{\"factorType\":\"sms\",\"status\":\"ACTIVE\",\"profile\":{{\"phoneNumber\":\"x\"}}}}]",
            record("push", "ACTIVE", "a@b"),
            record("sms", "PENDING_ACTIVATION", "c@b"),
            record("question", "ACTIVE", "c@b"),
            record("token:software:totp", "ACTIVE", "a@b"),
        );
        assert_eq!(claim(&Okta, "mfa/a.json", &text), 95);
        let part = read(&Okta, "mfa/a.json", text.as_bytes());
        assert_eq!((login(&part, 0), login(&part, 1)), ("a@b", "c@b"));
        let registered = |row| part.accounts.flag(row, Flag::MfaRegistered);
        assert_eq!((registered(0), registered(1)), (Tri::Yes, Tri::No));
        assert_eq!(part.accounts.factors.get(0).words(), "knowledge+possession");
        assert_eq!((part.rows.ok, part.rows.quarantined), (4, 1));
        assert_eq!((part.problems[0].code, part.problems[0].origin.line), ("empty-account", 5));
    }
}
