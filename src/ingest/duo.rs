//! Duo: users of the Admin API with their devices. `bypass` means that nobody asks for a factor.

use crate::ingest::records::{Fault, each};
use crate::ingest::source::{Probe, Source};
use crate::ingest::{Claim, FileError, Reader};
use crate::model::account::{Draft, Flag, LastUse};
use crate::model::day::{Stamp, When};
use crate::model::factor::{Factor, Factors};
use crate::model::file::{Origin, Problem, Weight};
use crate::model::inventory::Inventory;
use crate::model::site::SystemKind;
use crate::model::tri::Tri;
use crate::rules::RuleSet;
use crate::text::date::instant_to_jst_day;
use serde::Deserialize;
use serde::de::IgnoredAny;

/// Reader of `/admin/v1/users`.
pub struct Duo;

const SYSTEM: &str = "duo";

#[derive(Deserialize)]
struct User {
    #[serde(default, rename = "user_id")]
    id: String,
    username: String,
    #[serde(default)]
    realname: Option<String>,
    #[serde(default)]
    email: Option<String>,
    #[serde(default)]
    status: String,
    #[serde(default)]
    is_enrolled: Option<bool>,
    #[serde(default)]
    last_login: Option<i64>,
    #[serde(default)]
    created: Option<i64>,
    #[serde(default)]
    phones: Vec<IgnoredAny>,
    #[serde(default)]
    tokens: Vec<IgnoredAny>,
    #[serde(default)]
    webauthncredentials: Vec<IgnoredAny>,
}

impl Reader for Duo {
    fn name(&self) -> &'static str {
        "duo"
    }

    fn claim(&self, probe: &Probe<'_>) -> Option<Claim> {
        let text = probe.text.trim_start_matches('\u{feff}').trim_start();
        let has = |name: &str| text.contains(&format!("\"{name}\""));
        let ours = text.starts_with(['[', '{']) && has("username") && has("is_enrolled");
        ours.then_some(Claim { score: 95, reason: "users of Duo" })
    }

    fn read(
        &self,
        source: &mut Source<'_>,
        _rules: &RuleSet,
        inventory: &mut Inventory,
    ) -> Result<(), FileError> {
        let system = inventory.system(SystemKind::Directory, SYSTEM, false);
        let mut bypassed = 0;
        each(source, inventory, |text, origin, inventory| {
            bypassed += u32::from(take(text, origin, system, inventory)?);
            Ok(())
        })?;
        if bypassed > 0 {
            let problem = Problem::new(Origin::default(), Weight::Warning, "mfa-bypass");
            inventory.problems.push(problem.detail(format!("{bypassed} users")));
        }
        Ok(())
    }
}

/// Takes a user over; true where the second factor is bypassed.
fn take(
    text: &[u8],
    origin: Origin,
    system: u16,
    inventory: &mut Inventory,
) -> Result<bool, Fault> {
    let user: User = serde_json::from_slice(text)?;
    if user.username.trim().is_empty() {
        return Err(Fault::new("empty-account", ""));
    }
    let devices = user.phones.len() + user.tokens.len() + user.webauthncredentials.len();
    let mut factors = Factors::of(Factor::Knowledge);
    if devices > 0 {
        factors = factors.and(Factors::of(Factor::Possession));
    }
    let mut draft = Draft {
        login: &user.username,
        native: &user.id,
        name: user.realname.as_deref().unwrap_or_default(),
        mail: user.email.as_deref().unwrap_or_default(),
        created: user.created.map_or(Stamp::UNKNOWN, |at| stamp(Some(at))),
        factors,
        origin,
        ..Draft::default()
    };
    draft.used(stamp(user.last_login), LastUse::SignIn);
    let bypass = user.status == "bypass";
    let (enabled, locked) = match user.status.as_str() {
        "active" | "bypass" => (Tri::Yes, Tri::No),
        "disabled" | "pending deletion" => (Tri::No, Tri::No),
        "locked out" => (Tri::Yes, Tri::Yes),
        _ => (Tri::Unknown, Tri::Unknown),
    };
    draft.flags.set(Flag::Enabled, enabled);
    draft.flags.set(Flag::Locked, locked);
    let registered = user.is_enrolled.map_or(Tri::Unknown, Tri::from);
    draft.flags.set(Flag::MfaRegistered, registered);
    // Whatever is registered, a bypassed user is let in without it.
    let capable = if bypass { Tri::No } else { registered };
    draft.flags.set(Flag::MfaCapable, capable);
    draft.flags.set(Flag::MfaEnforced, Tri::from(!bypass));
    inventory.push_account(system, &draft);
    Ok(bypass)
}

/// The field is null for whoever never logged in.
fn stamp(at: Option<i64>) -> Stamp {
    at.map_or(Stamp::NEVER, |at| When::On(instant_to_jst_day(at)).into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::testing::{claim, login, read};

    #[test]
    fn bypass_is_no_second_factor() {
        let user = |name: &str, status: &str, enrolled: bool, phones: &str| {
            format!(
                "{{\"username\":\"{name}\",\"status\":\"{status}\",\"is_enrolled\":{enrolled},\
                 \"last_login\":null,\"created\":1554076800,\"phones\":[{phones}]}}"
            )
        };
        let text = format!(
            "{{\"stat\":\"OK\",\"response\":[{},\n{},\n{},\n{{\"username\":7}}],\"metadata\":{{}}}}",
            user("a", "active", true, "{\"phone_id\":\"x\"}"),
            user("b", "bypass", true, "{}"),
            user("c", "disabled", false, ""),
        );
        assert_eq!(claim(&Duo, "mfa/a.json", &text), 95);
        let part = read(&Duo, "mfa/a.json", text.as_bytes());
        let flag = |row, flag| part.accounts.flag(row, flag);
        assert_eq!(login(&part, 2), "c");
        assert_eq!((flag(0, Flag::MfaCapable), flag(1, Flag::MfaCapable)), (Tri::Yes, Tri::No));
        assert_eq!(flag(1, Flag::MfaRegistered), Tri::Yes);
        assert_eq!((flag(1, Flag::Enabled), flag(2, Flag::Enabled)), (Tri::Yes, Tri::No));
        assert_eq!(part.accounts.last_use.get(0), Stamp::NEVER);
        assert_eq!(part.accounts.factors.get(0).words(), "knowledge+possession");
        assert_eq!(part.accounts.factors.get(2).words(), "knowledge");
        let codes: Vec<_> = part.problems.iter().map(|p| (p.code, p.origin.line)).collect();
        assert_eq!(codes, [("bad-json", 4), ("mfa-bypass", 0)]);
    }
}
