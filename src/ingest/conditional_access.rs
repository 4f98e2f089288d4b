//! Conditional Access of Entra: the policies as Microsoft Graph lists them
//! (`/identity/conditionalAccess/policies`).

use crate::ingest::records::{Fault, each};
use crate::ingest::source::{Probe, Source};
use crate::ingest::{Claim, FileError, Reader};
use crate::model::access_policy::{AccessPolicy, Grant, Reach};
use crate::model::file::Origin;
use crate::model::inventory::Inventory;
use crate::model::site::SystemKind;
use crate::rules::RuleSet;
use serde::Deserialize;
use serde::de::IgnoredAny;

/// Reader of the policies.
pub struct ConditionalAccess;

/// As the users of the tenant are called.
const SYSTEM: &str = "entra";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Policy {
    state: String,
    conditions: Conditions,
    #[serde(default)]
    grant_controls: Option<Controls>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Conditions {
    #[serde(default)]
    client_app_types: Vec<String>,
    #[serde(default)]
    applications: Option<Applications>,
    #[serde(default)]
    users: Option<Users>,
    #[serde(default)]
    authentication_flows: Option<Flows>,
    #[serde(default)]
    locations: Option<IgnoredAny>,
    #[serde(default)]
    platforms: Option<IgnoredAny>,
    #[serde(default)]
    devices: Option<IgnoredAny>,
    #[serde(default)]
    sign_in_risk_levels: Vec<String>,
    #[serde(default)]
    user_risk_levels: Vec<String>,
}

/// What Graph always writes must be there: a policy without it is not understood.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
#[allow(clippy::struct_field_names, reason = "the names of Microsoft Graph")]
struct Applications {
    include_applications: Vec<String>,
    exclude_applications: Vec<String>,
    #[serde(default)]
    include_user_actions: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
#[allow(clippy::struct_field_names, reason = "the names of Microsoft Graph")]
struct Users {
    include_users: Vec<String>,
    exclude_users: Vec<String>,
    exclude_groups: Vec<String>,
    #[serde(default)]
    exclude_roles: Vec<String>,
    #[serde(default)]
    include_guests_or_external_users: Option<IgnoredAny>,
    #[serde(default)]
    exclude_guests_or_external_users: Option<IgnoredAny>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Flows {
    transfer_methods: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
#[allow(clippy::struct_field_names, reason = "the names of Microsoft Graph")]
struct Controls {
    #[serde(default)]
    operator: Option<String>,
    built_in_controls: Vec<String>,
    #[serde(default)]
    authentication_strength: Option<IgnoredAny>,
}

impl Reader for ConditionalAccess {
    fn name(&self) -> &'static str {
        "conditional-access"
    }

    fn claim(&self, probe: &Probe<'_>) -> Option<Claim> {
        let text = probe.text.trim_start_matches('\u{feff}').trim_start();
        let has = |name: &str| text.contains(&format!("\"{name}\""));
        let ours = text.starts_with(['[', '{'])
            && has("conditions")
            && has("grantControls")
            && has("clientAppTypes");
        ours.then_some(Claim { score: 95, reason: "Conditional Access policies" })
    }

    fn read(
        &self,
        source: &mut Source<'_>,
        _rules: &RuleSet,
        inventory: &mut Inventory,
    ) -> Result<(), FileError> {
        let system = inventory.system(SystemKind::Directory, SYSTEM, false);
        each(source, inventory, |text, origin, inventory| {
            let policy: Policy = serde_json::from_slice(text)?;
            // Graph writes both, whatever the policy is about.
            if policy.conditions.users.is_none() || policy.conditions.applications.is_none() {
                return Err(Fault::new("bad-json", ""));
            }
            take(&policy, system, origin, inventory);
            Ok(())
        })
    }
}

fn take(policy: &Policy, system: u16, origin: Origin, inventory: &mut Inventory) {
    let users = policy.conditions.users.as_ref();
    let without = users.map_or_else(String::new, |users| users.exclude_users.join("\n"));
    let without_users = inventory.text.push(&without);
    inventory.access_policies.push(AccessPolicy {
        system,
        enabled: policy.state == "enabled",
        reach: reach(&policy.conditions),
        grant: policy.grant_controls.as_ref().map_or(Grant::Other, grant),
        without_users,
        origin,
    });
}

fn reach(conditions: &Conditions) -> Reach {
    let names = |list: &[String], word: &str| list.iter().any(|name| name == word);
    let clients = |word| names(&conditions.client_app_types, word);
    let mut reach = Reach {
        old_clients: clients("exchangeActiveSync") && clients("other"),
        every_client: clients("all") || conditions.client_app_types.is_empty(),
        narrowed: conditions.locations.is_some()
            || conditions.platforms.is_some()
            || conditions.devices.is_some()
            || !conditions.sign_in_risk_levels.is_empty()
            || !conditions.user_risk_levels.is_empty(),
        device_code: conditions
            .authentication_flows
            .as_ref()
            .and_then(|flows| flows.transfer_methods.as_deref())
            .is_some_and(|methods| methods.contains("deviceCodeFlow")),
        ..Reach::default()
    };
    if let Some(apps) = &conditions.applications {
        reach.every_app = names(&apps.include_applications, "All");
        reach.without_apps = !apps.exclude_applications.is_empty();
        reach.registration = names(&apps.include_user_actions, "urn:user:registersecurityinfo");
    }
    if let Some(users) = &conditions.users {
        reach.everyone = names(&users.include_users, "All");
        reach.guests = names(&users.include_users, "GuestsOrExternalUsers")
            || users.include_guests_or_external_users.is_some();
        reach.without_groups = !users.exclude_groups.is_empty();
        reach.without_roles = !users.exclude_roles.is_empty();
        reach.without_guests = names(&users.exclude_users, "GuestsOrExternalUsers")
            || users.exclude_guests_or_external_users.is_some();
    }
    reach
}

/// A second factor counts where nothing else would do as well.
fn grant(controls: &Controls) -> Grant {
    let has = |word: &str| controls.built_in_controls.iter().any(|control| control == word);
    let factor = has("mfa") || controls.authentication_strength.is_some();
    let choices =
        controls.built_in_controls.len() + usize::from(controls.authentication_strength.is_some());
    let all = controls.operator.as_deref().is_some_and(|word| word.eq_ignore_ascii_case("and"));
    match (has("block"), factor && (all || choices == 1)) {
        (true, _) => Grant::Block,
        (false, true) => Grant::Factor,
        (false, false) => Grant::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::testing::{claim, read};

    const ALL: &str = r#"{"value":[{"id":"p1","displayName":"MFA","state":"enabled","conditions":{"clientAppTypes":["all"],
"applications":{"includeApplications":["All"],"excludeApplications":[],"includeUserActions":[]},
"users":{"includeUsers":["All"],"excludeUsers":["00000000-0000-4000-8000-000000000001"],"excludeGroups":[],"excludeRoles":[]}},
"grantControls":{"operator":"OR","builtInControls":["mfa"],"authenticationStrength":null}},
{"state":"enabledForReportingButNotEnforced","conditions":{"clientAppTypes":["exchangeActiveSync","other"],"locations":null,
"applications":{"includeApplications":["All"],"excludeApplications":[]},
"users":{"includeUsers":["All"],"excludeUsers":[],"excludeGroups":[]}},
"grantControls":{"operator":"OR","builtInControls":["block"]}},
{"state":7}]}"#;

    #[test]
    fn policies_say_whom_and_what() {
        let part = read(&ConditionalAccess, "mfa/policies.json", ALL.as_bytes());
        let [first, second] = part.access_policies[..] else { panic!("two policies") };
        let reach =
            Reach { everyone: true, every_app: true, every_client: true, ..Reach::default() };
        assert_eq!((first.enabled, first.grant, first.reach), (true, Grant::Factor, reach));
        assert_eq!(part.text.get(first.without_users), "00000000-0000-4000-8000-000000000001");
        assert_eq!((second.enabled, second.grant), (false, Grant::Block));
        assert!(second.reach.old_clients && !second.reach.narrowed);
        assert_eq!((part.rows.ok, part.rows.quarantined), (2, 1));
    }

    #[test]
    fn a_choice_is_no_demand() {
        let grant_of = |text: &str| grant(&serde_json::from_str(text).unwrap());
        assert_eq!(
            grant_of(r#"{"operator":"OR","builtInControls":["mfa","compliantDevice"]}"#),
            Grant::Other
        );
        assert_eq!(
            grant_of(r#"{"operator":"AND","builtInControls":["mfa","compliantDevice"]}"#),
            Grant::Factor
        );
        assert_eq!(
            grant_of(
                r#"{"operator":"OR","builtInControls":[],"authenticationStrength":{"id":"x"}}"#
            ),
            Grant::Factor
        );
    }

    #[test]
    fn claims_are_made_by_content() {
        assert_eq!(claim(&ConditionalAccess, "mfa/a.json", ALL), 95);
        assert_eq!(claim(&ConditionalAccess, "mfa/a.json", "[{\"userPrincipalName\":\"a\"}]"), 0);
    }
}
