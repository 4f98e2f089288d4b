//! Entra ID: registration details of second factors, and users with their sign-ins.

use crate::ingest::records::{Fault, each};
use crate::ingest::source::{Probe, Source};
use crate::ingest::table::{factor, factors, mark_strength, method_words};
use crate::ingest::{Claim, FileError, Reader};
use crate::model::account::{Draft, Flag, LastUse};
use crate::model::day::Stamp;
use crate::model::factor::{Factor, Factors};
use crate::model::file::Origin;
use crate::model::inventory::Inventory;
use crate::model::site::SystemKind;
use crate::model::tri::Tri;
use crate::rules::RuleSet;
use crate::text::date::{self, DateRules};
use serde::Deserialize;
use std::borrow::Cow;

/// Reader of Microsoft Graph's userRegistrationDetails and users.
pub struct Entra;

/// Name of the system, which no export of a tenant states.
const SYSTEM: &str = "entra";

impl Reader for Entra {
    fn name(&self) -> &'static str {
        "entra"
    }

    fn claim(&self, probe: &Probe<'_>) -> Option<Claim> {
        let text = probe.text.trim_start_matches('\u{feff}').trim_start();
        if !text.starts_with(['{', '[']) {
            return None;
        }
        let lower = text.to_ascii_lowercase();
        let has = |name: &str| lower.contains(&format!("\"{name}\""));
        if !has("userprincipalname") {
            return None;
        }
        if has("ismfaregistered") || has("ismfacapable") {
            return Some(Claim { score: 95, reason: "userRegistrationDetails" });
        }
        (has("accountenabled") || has("signinactivity"))
            .then_some(Claim { score: 92, reason: "users of Microsoft Graph" })
    }

    fn read(
        &self,
        source: &mut Source<'_>,
        _rules: &RuleSet,
        inventory: &mut Inventory,
    ) -> Result<(), FileError> {
        let mut seen_sign_in = false;
        each(source, inventory, |text, origin, inventory| {
            seen_sign_in |= take(text, origin, inventory)?;
            Ok(())
        })?;
        if seen_sign_in {
            never_where_absent(inventory);
        }
        Ok(())
    }
}

/// A user as Graph writes it; PowerShell writes the same names with a capital.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(clippy::struct_field_names, reason = "the names of Microsoft Graph")]
struct User<'a> {
    #[serde(alias = "Id", alias = "objectId", alias = "ObjectId", borrow, default)]
    id: Option<Cow<'a, str>>,
    #[serde(alias = "UserPrincipalName", borrow, default)]
    user_principal_name: Option<Cow<'a, str>>,
    #[serde(alias = "DisplayName", borrow, default)]
    display_name: Option<Cow<'a, str>>,
    #[serde(alias = "UserDisplayName", borrow, default)]
    user_display_name: Option<Cow<'a, str>>,
    #[serde(alias = "Mail", borrow, default)]
    mail: Option<Cow<'a, str>>,
    #[serde(alias = "Department", borrow, default)]
    department: Option<Cow<'a, str>>,
    #[serde(alias = "JobTitle", borrow, default)]
    job_title: Option<Cow<'a, str>>,
    #[serde(alias = "EmployeeId", borrow, default)]
    employee_id: Option<Cow<'a, str>>,
    #[serde(alias = "UserType", borrow, default)]
    user_type: Option<Cow<'a, str>>,
    #[serde(alias = "ExternalUserState", borrow, default)]
    external_user_state: Option<Cow<'a, str>>,
    #[serde(alias = "IsAdmin", default)]
    is_admin: Option<bool>,
    #[serde(alias = "IsMfaRegistered", default)]
    is_mfa_registered: Option<bool>,
    #[serde(alias = "IsMfaCapable", default)]
    is_mfa_capable: Option<bool>,
    #[serde(alias = "MethodsRegistered", default)]
    methods_registered: Option<Methods>,
    #[serde(alias = "AccountEnabled", default)]
    account_enabled: Option<bool>,
    #[serde(alias = "CreatedDateTime", borrow, default)]
    created_date_time: Option<Cow<'a, str>>,
    #[serde(alias = "LastPasswordChangeDateTime", borrow, default)]
    last_password_change_date_time: Option<Cow<'a, str>>,
    #[serde(alias = "SignInActivity", borrow, default)]
    sign_in_activity: Option<SignIn<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(clippy::struct_field_names, reason = "the names of Microsoft Graph")]
struct SignIn<'a> {
    #[serde(alias = "LastSignInDateTime", borrow, default)]
    last_sign_in_date_time: Option<Cow<'a, str>>,
    #[serde(alias = "LastNonInteractiveSignInDateTime", borrow, default)]
    last_non_interactive_sign_in_date_time: Option<Cow<'a, str>>,
    #[serde(alias = "LastSuccessfulSignInDateTime", borrow, default)]
    last_successful_sign_in_date_time: Option<Cow<'a, str>>,
}

/// Graph lists methods, PowerShell joins them.
#[derive(Deserialize)]
#[serde(untagged)]
enum Methods {
    List(Vec<String>),
    Joined(String),
}

/// Takes a user over; true where the record has sign-ins.
fn take(text: &[u8], origin: Origin, inventory: &mut Inventory) -> Result<bool, Fault> {
    let user: User<'_> = serde_json::from_slice(text)?;
    let upn = user.user_principal_name.as_deref().unwrap_or_default().trim();
    if upn.is_empty() {
        return Err(Fault::new("empty-account", "userPrincipalName"));
    }
    let name = user.display_name.as_deref().or(user.user_display_name.as_deref());
    let mut draft = Draft {
        login: upn,
        upn,
        native: user.id.as_deref().unwrap_or_default(),
        name: name.unwrap_or_default(),
        mail: user.mail.as_deref().unwrap_or_default(),
        department: user.department.as_deref().unwrap_or_default(),
        job: user.job_title.as_deref().unwrap_or_default(),
        employee: user.employee_id.as_deref().unwrap_or_default(),
        created: day(user.created_date_time.as_deref(), "createdDateTime")?,
        password_set: day(
            user.last_password_change_date_time.as_deref(),
            "lastPasswordChangeDateTime",
        )?,
        origin,
        ..Draft::default()
    };
    flags(&user, &mut draft);
    draft.factors = registered(user.methods_registered.as_ref());
    match user.methods_registered.as_ref() {
        None => {}
        Some(Methods::List(list)) => mark_strength(list.iter().map(String::as_str), &mut draft),
        Some(Methods::Joined(text)) => mark_strength(method_words(text), &mut draft),
    }
    let sign_ins = user.sign_in_activity.as_ref().map_or([None, None, None], |s| {
        [
            s.last_sign_in_date_time.as_deref(),
            s.last_non_interactive_sign_in_date_time.as_deref(),
            s.last_successful_sign_in_date_time.as_deref(),
        ]
    });
    for sign_in in sign_ins {
        draft.used(day(sign_in, "signInActivity")?, LastUse::SignIn);
    }
    let system = inventory.system(SystemKind::Directory, SYSTEM, false);
    inventory.push_account(system, &draft);
    Ok(user.sign_in_activity.is_some())
}

fn flags(user: &User<'_>, draft: &mut Draft<'_>) {
    let invitation = user.external_user_state.as_deref();
    let answers = [
        (Flag::Enabled, user.account_enabled),
        (Flag::Privileged, user.is_admin),
        // Registered says nothing about usable: a "yes" counts beside the other column only.
        (
            Flag::MfaRegistered,
            user.is_mfa_registered.filter(|yes| !yes || user.is_mfa_capable.is_some()),
        ),
        (Flag::MfaCapable, user.is_mfa_capable),
        (Flag::Invited, invitation.map(|s| s.eq_ignore_ascii_case("PendingAcceptance"))),
        (Flag::Guest, user.user_type.as_deref().map(|t| t.eq_ignore_ascii_case("guest"))),
    ];
    for (flag, answer) in answers {
        draft.flags.set(flag, answer.map_or(Tri::Unknown, Tri::from));
    }
}

/// The kinds that a login takes: methods stand beside the password.
fn registered(methods: Option<&Methods>) -> Factors {
    let beside = match methods {
        None => return Factors::NONE,
        Some(Methods::List(list)) => list.iter().fold(Factors::NONE, |all, m| all.and(factor(m))),
        Some(Methods::Joined(text)) => factors(text),
    };
    beside.and(Factors::of(Factor::Knowledge))
}

fn day(text: Option<&str>, column: &'static str) -> Result<Stamp, Fault> {
    let parsed = date::parse(text.unwrap_or_default(), &DateRules::default());
    let parsed = parsed.map_err(|_| Fault::new("bad-date", column))?;
    Ok(parsed.when.into())
}

/// Graph leaves signInActivity out for a user who never signed in, and for everybody where the
/// licence or the right is missing.
fn never_where_absent(inventory: &mut Inventory) {
    let accounts = &mut inventory.accounts;
    for row in 0..accounts.len() {
        if accounts.last_use.get(row) == Stamp::UNKNOWN {
            accounts.last_use.set(row, Stamp::NEVER);
            accounts.last_use_source.set(row, LastUse::SignIn);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::testing::{claim, login, read};
    use crate::model::day::{Day, When};
    use crate::model::file::Weight;

    fn users(text: &str) -> Inventory {
        read(&Entra, "mfa/users.json", text.as_bytes())
    }

    fn on(y: i32, m: u32, d: u32) -> Stamp {
        When::On(Day::from_ymd(y, m, d).unwrap()).into()
    }

    #[test]
    fn registration_details() {
        let part = users(
            "\u{feff}{\"@odata.context\":\"x\",\"value\":[{\"id\":\"1\",\"userPrincipalName\":\"a@b\",\
             \"userDisplayName\":\"佐藤\",\"userType\":\"member\",\"isAdmin\":true,\"isMfaRegistered\":true,\
             \"isMfaCapable\":false,\"methodsRegistered\":[\"x\"]},\n{\"Id\":\"2\",\"UserPrincipalName\":\"c@b\",\
             \"UserType\":\"Guest\",\"ExternalUserState\":\"PendingAcceptance\",\"IsAdmin\":false,\"IsMfaRegistered\":false}]}",
        );
        assert_eq!(part.system_name(0), "entra");
        assert_eq!((login(&part, 0), login(&part, 1)), ("a@b", "c@b"));
        let flag = |row, flag| part.accounts.flag(row, flag);
        assert_eq!(flag(0, Flag::Privileged), Tri::Yes);
        assert_eq!((flag(0, Flag::MfaRegistered), flag(0, Flag::MfaCapable)), (Tri::Yes, Tri::No));
        assert_eq!(
            (flag(1, Flag::MfaRegistered), flag(1, Flag::MfaCapable)),
            (Tri::No, Tri::Unknown)
        );
        assert_eq!((flag(0, Flag::Guest), flag(1, Flag::Guest)), (Tri::No, Tri::Yes));
        assert_eq!((flag(0, Flag::Invited), flag(1, Flag::Invited)), (Tri::Unknown, Tri::Yes));
        assert_eq!(flag(0, Flag::Enabled), Tri::Unknown);
        assert_eq!(part.accounts.last_use.get(0), Stamp::UNKNOWN);
        assert_eq!(part.accounts.origin.get(1).line, 2);
    }

    const SIGNED: &str = "{\"userPrincipalName\":\"a@b\",\"accountEnabled\":true,\
        \"createdDateTime\":\"2019-03-31T15:00:00Z\",\"lastPasswordChangeDateTime\":\"2026-02-01T01:02:03Z\",\
        \"signInActivity\":{\"lastSignInDateTime\":\"2026-03-28T00:05:03Z\",\
        \"lastNonInteractiveSignInDateTime\":\"2026-03-29T00:05:03.1234567Z\",\"lastSuccessfulSignInDateTime\":null}}";

    #[test]
    fn the_last_of_all_sign_ins_counts_and_absence_means_never() {
        let part = users(&format!(
            "{SIGNED}\n{{\"userPrincipalName\":\"c@b\",\"accountEnabled\":false}}\n"
        ));
        let accounts = &part.accounts;
        assert_eq!(accounts.last_use.get(0), on(2026, 3, 29));
        assert_eq!(accounts.last_use_source.get(0), LastUse::SignIn);
        assert_eq!(
            (accounts.created.get(0), accounts.password_set.get(0)),
            (on(2019, 4, 1), on(2026, 2, 1))
        );
        assert_eq!(accounts.last_use.get(1), Stamp::NEVER);
        assert_eq!(accounts.flag(1, Flag::Enabled), Tri::No);
        let part = users("[{\"userPrincipalName\":\"c@b\",\"accountEnabled\":false}]");
        assert_eq!(part.accounts.last_use.get(0), Stamp::UNKNOWN);
    }

    #[test]
    fn bad_records_are_refused_one_by_one() {
        let part = users(&format!(
            "[{SIGNED},\n{{\"userPrincipalName\":\"x\",\n\"isAdmin\":NaN}},\n\
             {{\"userPrincipalName\":\"x\",\n\n\"userPrincipalName\":\"y\"}},\n{{\"userPrincipalName\":\" \"}},\n\
             {{\"userPrincipalName\":\"x\",\"createdDateTime\":\"soon\"}},\n{{\"userPrincipalName\":\"x\",\"isAdmin\":\"yes\"}}]"
        ));
        let codes: Vec<_> = part.problems.iter().map(|p| (p.origin.line, p.code)).collect();
        let expected = [
            (3, "bad-json"),
            (6, "bad-json"),
            (7, "empty-account"),
            (8, "bad-date"),
            (9, "bad-json"),
        ];
        assert_eq!(codes, expected);
        assert_eq!((part.rows.ok, part.rows.quarantined), (1, 5));
    }

    #[test]
    fn one_page_of_several_is_said_to_be_so() {
        let part = users(
            "{\"@odata.nextLink\":\"https://x\",\"value\":[{\"userPrincipalName\":\"a\",\"isMfaCapable\":true}]}",
        );
        assert_eq!(part.problems[0].code, "server-limit");
        assert_eq!(part.problems[0].weight, Weight::File);
    }

    #[test]
    fn claims_are_made_by_content() {
        assert_eq!(claim(&Entra, "x/a.csv", SIGNED), 92);
        assert_eq!(
            claim(&Entra, "x/a", "[{\"UserPrincipalName\":\"a\",\"IsMfaCapable\":true}]"),
            95
        );
        assert_eq!(claim(&Entra, "x/a", "[{\"factorType\":\"push\"}]"), 0);
        assert_eq!(claim(&Entra, "x/a", "userPrincipalName,isMfaCapable\n"), 0);
    }
}
