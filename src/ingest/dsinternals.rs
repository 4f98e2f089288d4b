//! Accounts with hashes as DSInternals lists them (Get-ADReplAccount, Get-ADDBAccount).

use crate::ingest::framing::blocks::undecodable;
use crate::ingest::note::noted_secret;
use crate::ingest::source::{Probe, Source};
use crate::ingest::table::order_in;
use crate::ingest::{Claim, FileError, Reader, windows};
use crate::model::account::{Draft, Flag, Flags, LastUse};
use crate::model::credential::State;
use crate::model::day::Stamp;
use crate::model::file::{FileId, Origin, Problem, Weight};
use crate::model::inventory::{CredentialDraft, Inventory};
use crate::model::site::SystemKind;
use crate::model::tri::Tri;
use crate::rules::RuleSet;
use crate::text::date::{self, DateError, DateRules, FieldOrder};
use zeroize::Zeroizing;

/// Reader of DSInternals lists.
pub struct DsInternals;

const LIMIT: usize = 1 << 30;

impl Reader for DsInternals {
    fn name(&self) -> &'static str {
        "dsinternals"
    }

    fn claim(&self, probe: &Probe<'_>) -> Option<Claim> {
        if !probe.text.contains("DistinguishedName") {
            return None;
        }
        let begins = |label: &str| probe.text.lines().any(|line| property(line, label).is_some());
        let list = begins("DistinguishedName") && begins("SamAccountName");
        let secrets = probe.text.lines().any(|line| line.trim() == "Secrets");
        (list && (secrets || begins("NTHash")))
            .then_some(Claim { score: 94, reason: "DSInternals account list" })
    }

    fn read(
        &self,
        source: &mut Source<'_>,
        _rules: &RuleSet,
        inventory: &mut Inventory,
    ) -> Result<(), FileError> {
        let (stem, damage) = (source.dateless_stem(), undecodable(source.encoding));
        let text = source.text(LIMIT)?;
        let order = order_in(&text);
        let mut object: Option<Object<'_>> = None;
        for (index, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            if let Some(dn) = property(line, "DistinguishedName") {
                finish(object.take(), &stem, damage, order, inventory);
                object = Some(Object { dn, line: index as u32 + 1, ..Object::default() });
            } else if let Some(object) = &mut object {
                object.take(line);
            }
        }
        finish(object, &stem, damage, order, inventory);
        Ok(())
    }
}

/// Part of the list that a line belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Part {
    #[default]
    Account,
    NtHistory,
    /// LM history and key material: nothing that is compared.
    Other,
}

#[derive(Default)]
struct Object<'t> {
    dn: &'t str,
    line: u32,
    sid: &'t str,
    login: &'t str,
    kind: &'t str,
    upn: &'t str,
    name: &'t str,
    primary: &'t str,
    control: Option<&'t str>,
    last_logon: &'t str,
    password_set: &'t str,
    flags: Flags,
    nt: &'t str,
    lm: &'t str,
    clear: &'t str,
    history: Vec<&'t str>,
    part: Part,
    damaged: bool,
}

impl<'t> Object<'t> {
    fn take(&mut self, line: &'t str) {
        self.damaged |= line.contains('\u{fffd}');
        if let Some(hash) = hash_line(line) {
            if self.part == Part::NtHistory {
                self.history.push(hash);
            }
            return;
        }
        let Some((label, value)) = line.split_once(':') else { return };
        let value = value.trim();
        match label.trim() {
            "Sid" => self.sid = value,
            "SamAccountName" => self.login = value,
            "SamAccountType" => self.kind = value,
            "UserPrincipalName" => self.upn = value,
            "DisplayName" => self.name = value,
            "PrimaryGroupId" => self.primary = value,
            "UserAccountControl" => self.control = Some(value),
            "LastLogonDate" => self.last_logon = value,
            "PasswordLastSet" => self.password_set = value,
            "NTHash" => self.nt = value,
            "LMHash" => self.lm = value,
            "ClearText" => self.clear = value,
            "NTHashHistory" => self.part = Part::NtHistory,
            "LMHashHistory" | "SupplementalCredentials" | "Key Credentials" => {
                self.part = Part::Other;
            }
            label => self.flag(label, value),
        }
    }

    fn flag(&mut self, label: &str, value: &str) {
        let yes = match value {
            "True" => Tri::Yes,
            "False" => Tri::No,
            _ => Tri::Unknown,
        };
        match label {
            "Enabled" => self.flags.set(Flag::Enabled, yes),
            "AdminCount" => self.flags.set(Flag::AdminCount, yes),
            "Deleted" => self.flags.set(Flag::Tombstone, yes),
            "Description" => self.flags.set(Flag::NotedSecret, noted_secret(value).into()),
            "SidHistory" => self.flags.set(Flag::SidHistory, Tri::from(!value.is_empty())),
            "ServicePrincipalName" => self.flags.set(Flag::HasSpn, Tri::from(!value.is_empty())),
            "SupportedEncryptionTypes" => {
                let set = !value.is_empty() && value != "Default";
                self.flags.set(Flag::NoAes, Tri::from(set && !value.contains("AES")));
                self.flags.set(Flag::DesAllowed, Tri::from(value.contains("DES")));
            }
            _ => {}
        }
    }

    /// The words of userAccountControl, or its number.
    fn control(&mut self) {
        const WORDS: [(&str, Flag); 9] = [
            ("PasswordNotRequired", Flag::PasswordNotRequired),
            ("PasswordNeverExpires", Flag::PasswordNeverExpires),
            ("SmartCardRequired", Flag::SmartcardRequired),
            ("EncryptedTextPasswordAllowed", Flag::Reversible),
            ("TrustedForDelegation", Flag::Delegation),
            ("NotDelegated", Flag::NotDelegated),
            ("UseDesKeyOnly", Flag::DesOnly),
            ("PreAuthNotRequired", Flag::NoPreauth),
            ("TrustedToAuthenticateForDelegation", Flag::ProtocolTransition),
        ];
        let Some(control) = self.control else { return };
        if let Ok(bits) = control.parse() {
            return windows::user_account_control(bits, &mut self.flags);
        }
        let names: Vec<&str> = control.split(',').map(str::trim).collect();
        for (word, flag) in WORDS {
            let there = names.iter().any(|name| name.eq_ignore_ascii_case(word));
            self.flags.set(flag, Tri::from(there));
        }
        let trust = ["WorkstationAccount", "ServerAccount", "InterdomainTrustAccount"];
        if names.iter().any(|name| trust.contains(name)) {
            self.flags.set(Flag::Machine, Tri::Yes);
        }
    }

    fn draft(
        &mut self,
        order: Option<FieldOrder>,
    ) -> Result<Draft<'_>, (&'static str, &'static str)> {
        self.control();
        if self.login.is_empty() {
            return Err(("empty-account", "SamAccountName"));
        }
        let rid = windows::rid(self.sid);
        if self.kind == "Computer" || self.login.ends_with('$') {
            self.flags.set(Flag::Machine, Tri::Yes);
        }
        windows::built_in(rid, self.login, &mut self.flags);
        let primary_group = self.primary.parse().unwrap_or(0);
        windows::primary_group(primary_group, &mut self.flags);
        let day = |text| day(text, order);
        let mut draft = Draft {
            login: self.login,
            native: self.sid,
            rid,
            primary_group,
            name: self.name,
            upn: self.upn,
            flags: self.flags,
            password_set: day(self.password_set).map_err(|code| (code, "PasswordLastSet"))?,
            origin: Origin { file: FileId(0), line: self.line },
            ..Draft::default()
        };
        let used = day(self.last_logon).map_err(|code| (code, "LastLogonDate"))?;
        draft.used(used, LastUse::LogonTimestamp);
        Ok(draft)
    }
}

fn finish(
    object: Option<Object<'_>>,
    stem: &str,
    damage: &'static str,
    order: Option<FieldOrder>,
    inventory: &mut Inventory,
) {
    let Some(mut object) = object else { return };
    match take(&mut object, stem, damage, order, inventory) {
        Ok(()) => inventory.rows.take(),
        Err((code, column)) => {
            let origin = Origin { file: FileId(0), line: object.line };
            inventory.refuse(Problem::new(origin, Weight::Row, code).column(column));
        }
    }
}

fn take(
    object: &mut Object<'_>,
    stem: &str,
    damage: &'static str,
    order: Option<FieldOrder>,
    inventory: &mut Inventory,
) -> Result<(), (&'static str, &'static str)> {
    if object.damaged {
        return Err((damage, ""));
    }
    // Everything is checked before anything is taken over.
    let (nt, lm) = (digest(object.nt, "NTHash")?, digest(object.lm, "LMHash")?);
    let history: Vec<_> = object
        .history
        .iter()
        .map(|hash| digest(hash, "NTHashHistory"))
        .collect::<Result<_, _>>()?;
    let domain = windows::domain_of(object.dn);
    let (clear, origin) = (object.clear, Origin { file: FileId(0), line: object.line });
    let draft = object.draft(order)?;
    let system = if domain.is_empty() {
        inventory.system(SystemKind::Directory, stem, true)
    } else {
        inventory.system(SystemKind::Directory, &domain, false)
    };
    let row = inventory.push_account(system, &draft);
    for (scheme, hash) in [("nt", nt), ("lm", lm)] {
        if let Some(hash) = hash {
            inventory.push_credential(row, &CredentialDraft::login(scheme, &hash[..], origin));
        }
    }
    // The first of the history is the current password again.
    for (depth, hash) in history.iter().enumerate().skip(1) {
        if let Some(hash) = hash {
            let draft = CredentialDraft::login("nt", &hash[..], origin);
            let depth = u8::try_from(depth).unwrap_or(u8::MAX);
            inventory.push_credential(row, &CredentialDraft { depth, ..draft });
        }
    }
    if !clear.is_empty() {
        let draft = CredentialDraft::login("", clear.as_bytes(), origin);
        inventory.push_credential(row, &CredentialDraft { state: State::Plain, ..draft });
    }
    Ok(())
}

type Digest = Option<Zeroizing<[u8; 16]>>;

fn digest(hex: &str, column: &'static str) -> Result<Digest, (&'static str, &'static str)> {
    if hex.is_empty() {
        return Ok(None);
    }
    if hex.len() != 32 {
        return Err(("bad-hash-length", column));
    }
    let mut bytes = Zeroizing::new([0; 16]);
    for (byte, pair) in bytes.iter_mut().zip(hex.as_bytes().as_chunks::<2>().0) {
        let digit = |c: u8| (c as char).to_digit(16).ok_or(("hash-type-mismatch", column));
        *byte = (digit(pair[0])? << 4 | digit(pair[1])?) as u8;
    }
    Ok(Some(bytes))
}

/// `Hash 01: 31d6...`
fn hash_line(line: &str) -> Option<&str> {
    let (number, hash) = line.trim().strip_prefix("Hash ")?.split_once(':')?;
    number.bytes().all(|b| b.is_ascii_digit()).then(|| hash.trim())
}

fn property<'t>(line: &'t str, label: &str) -> Option<&'t str> {
    Some(line.strip_prefix(label)?.trim_start().strip_prefix(':')?.trim())
}

fn day(text: &str, order: Option<FieldOrder>) -> Result<Stamp, &'static str> {
    let rules = DateRules { order, ..DateRules::default() };
    date::parse(text, &rules).map(|parsed| parsed.when.into()).map_err(|error| match error {
        DateError::Ambiguous => "ambiguous-date",
        _ => "bad-date",
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::testing::{claim, read, secrets};
    use crate::model::day::{Day, When};

    const LIST: &str = "DistinguishedName: CN=佐藤,OU=x,DC=corp,DC=example\nSid: S-1-5-21-1-2-3-1101\n\
        SamAccountName: sato\nSamAccountType: User\nPrimaryGroupId: 512\nSidHistory: \nEnabled: True\n\
        UserAccountControl: NormalAccount, PasswordNeverExpires\nAdminCount: True\n\
        LastLogonDate: 3/30/2026 2:23:15 PM\nDescription: PW: x\nSecrets\n\
        \x20 NTHash: 92937945b518814341de3f726500d4ff\n  LMHash: \n  NTHashHistory: \n\
        \x20   Hash 01: 92937945b518814341de3f726500d4ff\n    Hash 02: 31d6cfe0d16ae931b73c59d7e0c089c0\n\
        \x20 LMHashHistory: \n    Hash 01: 30ce97eef1084cf1656cc4be70d68600\n  SupplementalCredentials:\n\
        \x20   ClearText: Rever-1x\n    NTLMStrongHash: 2c6d57beebeafdae65b3f40f2a0d5430\n\n\
        DistinguishedName: CN=b,DC=corp,DC=example\nSid: S-1-5-21-1-2-3-1102\nSamAccountName: b\n\
        NTHash: 9293\n";

    #[test]
    fn hashes_history_and_flags() {
        let part = read(&DsInternals, "ad/repl.txt", LIST.as_bytes());
        assert_eq!(
            secrets(&part).len(),
            3,
            "current and previous NT hash and the clear text, no LM history"
        );
        assert_eq!(part.credentials.iter().map(|c| c.depth).collect::<Vec<_>>(), [0, 1, 0]);
        assert_eq!(part.credentials[2].state, State::Plain);
        let accounts = &part.accounts;
        let day = When::On(Day::from_ymd(2026, 3, 30).unwrap());
        assert_eq!(accounts.last_use.get(0), day.into());
        for flag in [Flag::Privileged, Flag::PasswordNeverExpires, Flag::NotedSecret, Flag::Enabled]
        {
            assert_eq!(accounts.flag(0, flag), Tri::Yes, "{flag:?}");
        }
        assert_eq!(accounts.flag(0, Flag::SidHistory), Tri::No);
        assert_eq!(
            (part.problems[0].code, part.problems[0].column.as_str()),
            ("bad-hash-length", "NTHash")
        );
        assert_eq!((part.rows.ok, part.rows.quarantined), (1, 1));
        assert_eq!(claim(&DsInternals, "x/a", LIST), 94);
    }
}
