//! `secedit /export` and GptTmpl.inf: the security policy of a machine or domain.

use super::{LIMIT, Place, at};
use crate::ingest::source::{Probe, Source};
use crate::ingest::{Claim, FileError, Reader};
use crate::model::account::{Draft, Flag, Flags};
use crate::model::file::{Problem, Weight};
use crate::model::inventory::Inventory;
use crate::model::password_policy::PasswordPolicy;
use crate::model::tri::Tri;
use crate::rules::RuleSet;

/// Reader of security templates.
pub struct Secedit;

/// Where Windows keeps whether LM hashes are stored and where blank passwords may be used.
const LSA: &str = r"machine\system\currentcontrolset\control\lsa\";

impl Reader for Secedit {
    fn name(&self) -> &'static str {
        "secedit"
    }

    fn claim(&self, probe: &Probe<'_>) -> Option<Claim> {
        if !probe.text.contains('[') {
            return None;
        }
        let mut lines = probe.text.trim_start_matches('\u{feff}').lines().map(str::trim);
        let found = lines.any(|line| line.eq_ignore_ascii_case("[System Access]"));
        found.then_some(Claim { score: 95, reason: "[System Access]" })
    }

    fn read(
        &self,
        source: &mut Source<'_>,
        _rules: &RuleSet,
        inventory: &mut Inventory,
    ) -> Result<(), FileError> {
        let place = Place::of(source);
        let text = source.text(LIMIT)?;
        let system = place.system(inventory);
        let mut template = Template::default();
        let mut section = String::new();
        for (index, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            let line = line.trim();
            if let Some(name) = line.strip_prefix('[').and_then(|name| name.strip_suffix(']')) {
                section = name.to_ascii_lowercase();
            } else if let Some((key, value)) = line.split_once('=') {
                let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
                template.line = if template.line == 0 { index as u32 + 1 } else { template.line };
                if template.take(&section, &key, value).is_none() {
                    let problem = Problem::new(at(index as u32 + 1), Weight::Row, "bad-number");
                    inventory.refuse(problem.detail(format!("{} characters", value.len())));
                }
            }
        }
        template.finish(system, &place, inventory);
        Ok(())
    }
}

#[derive(Default)]
struct Template {
    policy: PasswordPolicy,
    administrator: Named,
    guest: Named,
    line: u32,
}

/// One of the two accounts that a template can rename.
#[derive(Default)]
struct Named {
    name: String,
    enabled: Tri,
}

impl Template {
    /// Takes a key; `None` where its value is no number although it should be one.
    fn take(&mut self, section: &str, key: &str, value: &str) -> Option<()> {
        match section {
            "system access" => self.access(key, value),
            "registry values" => {
                self.registry(key, value);
                Some(())
            }
            _ => Some(()),
        }
    }

    fn access(&mut self, key: &str, value: &str) -> Option<()> {
        let policy = &mut self.policy;
        let field = match key {
            "minimumpasswordage" => &mut policy.min_age_days,
            "maximumpasswordage" => &mut policy.max_age_days,
            "minimumpasswordlength" => &mut policy.min_length,
            "passwordhistorysize" => &mut policy.history,
            "lockoutbadcount" => &mut policy.lockout_threshold,
            "resetlockoutcount" => &mut policy.lockout_window,
            "lockoutduration" => &mut policy.lockout_minutes,
            _ => return self.words(key, value),
        };
        // -1 is "without end", which is 0 here.
        *field = Some(u32::try_from(value.parse::<i64>().ok()?).unwrap_or(0));
        Some(())
    }

    fn words(&mut self, key: &str, value: &str) -> Option<()> {
        let quoted = || value.trim_matches('"').to_owned();
        match key {
            "passwordcomplexity" => self.policy.complexity = switch(value)?,
            "cleartextpassword" => self.policy.reversible = switch(value)?,
            "enableadminaccount" => self.administrator.enabled = switch(value)?,
            "enableguestaccount" => self.guest.enabled = switch(value)?,
            "newadministratorname" => self.administrator.name = quoted(),
            "newguestname" => self.guest.name = quoted(),
            _ => {}
        }
        Some(())
    }

    /// `4,1`: the type, then the value.
    fn registry(&mut self, key: &str, value: &str) {
        let Some(name) = key.strip_prefix(LSA) else { return };
        let set = match value.split_once(',').map(|(_, value)| value.trim()) {
            Some("0") => Tri::No,
            Some("1") => Tri::Yes,
            _ => return,
        };
        match name {
            "nolmhash" => self.policy.lm_hash = set.negated(),
            "limitblankpassworduse" => self.policy.blank_remote = set.negated(),
            _ => {}
        }
    }

    fn finish(self, system: u16, place: &Place, inventory: &mut Inventory) {
        let accounts = [(self.administrator, 500, "Administrator"), (self.guest, 501, "Guest")];
        for (named, rid, usual) in accounts {
            if named.name.is_empty() && named.enabled == Tri::Unknown {
                continue;
            }
            let mut flags = Flags::default();
            flags.set(Flag::Enabled, named.enabled);
            flags.set(Flag::BuiltIn, Tri::Yes);
            if rid == 500 {
                flags.set(Flag::Privileged, Tri::Yes);
            }
            let login = if named.name.is_empty() { usual } else { &named.name };
            let origin = at(self.line);
            place.push(
                &Draft { login, rid: Some(rid), flags, origin, ..Draft::default() },
                inventory,
            );
        }
        if self.policy.says_something() {
            let policy = PasswordPolicy { system, origin: at(self.line), ..self.policy };
            inventory.password_policies.push(policy);
            inventory.rows.take();
        }
    }
}

fn switch(value: &str) -> Option<Tri> {
    match value {
        "0" => Some(Tri::No),
        "1" => Some(Tri::Yes),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::testing::{claim, login, read};

    const TEMPLATE: &str = "[Unicode]\r\nUnicode=yes\r\n[System Access]\r\nMinimumPasswordAge = 0\r\n\
        MaximumPasswordAge = -1\r\nMinimumPasswordLength = 8\r\nPasswordComplexity = 1\r\n\
        PasswordHistorySize = 24\r\nLockoutBadCount = 5\r\nResetLockoutCount = 15\r\nLockoutDuration = -1\r\n\
        NewAdministratorName = \"kanri\"\r\nClearTextPassword = 0\r\nEnableAdminAccount = 1\r\n\
        EnableGuestAccount = 0\r\n[Registry Values]\r\n\
        MACHINE\\System\\CurrentControlSet\\Control\\Lsa\\NoLMHash=4,1\r\n\
        MACHINE\\System\\CurrentControlSet\\Control\\Lsa\\LimitBlankPasswordUse=4,0\r\n[Version]\r\n";

    #[test]
    fn a_template_in_utf16() {
        let bytes: Vec<u8> =
            format!("\u{feff}{TEMPLATE}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        let part = read(&Secedit, "host/PC05_secedit.inf", &bytes);
        assert_eq!(part.system_name(0), "PC05");
        let policy = part.password_policies[0];
        assert_eq!(
            (policy.min_length, policy.max_age_days, policy.history),
            (Some(8), Some(0), Some(24))
        );
        assert_eq!((policy.complexity, policy.reversible), (Tri::Yes, Tri::No));
        assert_eq!((policy.lm_hash, policy.blank_remote), (Tri::No, Tri::Yes));
        assert_eq!((policy.lockout_threshold, policy.lockout_minutes), (Some(5), Some(0)));
        assert_eq!((login(&part, 0), part.accounts.flag(0, Flag::Enabled)), ("kanri", Tri::Yes));
        assert_eq!((login(&part, 1), part.accounts.flag(1, Flag::Enabled)), ("Guest", Tri::No));
        assert_eq!((part.rows.ok, part.accounts.rid.get(0)), (3, 501));
    }

    #[test]
    fn what_is_no_number_is_refused() {
        let text = TEMPLATE.replace("= 24", "= many");
        let part = read(&Secedit, "host/PC05/secedit.inf", text.as_bytes());
        assert_eq!((part.problems[0].code, part.problems[0].origin.line), ("bad-number", 8));
        assert_eq!(claim(&Secedit, "x/a", TEMPLATE), 95);
    }
}
