//! Facts about Windows accounts that every reader of them needs: bits, identifiers, domains.

use crate::model::account::{Flag, Flags};
use crate::model::tri::Tri;

/// Bits of userAccountControl and the flags they say, in the sense written.
const BITS: [(u32, Flag, bool); 12] = [
    (0x2, Flag::Enabled, false),
    (0x20, Flag::PasswordNotRequired, true),
    (0x80, Flag::Reversible, true),
    (0x1_0000, Flag::PasswordNeverExpires, true),
    (0x4_0000, Flag::SmartcardRequired, true),
    (0x8_0000, Flag::Delegation, true),
    (0x10_0000, Flag::NotDelegated, true),
    (0x20_0000, Flag::DesOnly, true),
    (0x40_0000, Flag::NoPreauth, true),
    (0x100_0000, Flag::ProtocolTransition, true),
    (0x2000, Flag::DomainController, true),
    (0x3000, Flag::Machine, true),
];

/// Marks an account by its primary group, of which it is a member although no list of members
/// shows it. 0 = not exported.
pub fn primary_group(rid: u32, flags: &mut Flags) {
    if is_privileged_group(rid) {
        flags.set(Flag::Privileged, Tri::Yes);
    }
    if rid != 0 && flags.get(Flag::DomainController) == Tri::Unknown {
        flags.set(Flag::DomainController, Tri::from(matches!(rid, 516 | 521)));
    }
}

/// Marks the accounts that every Windows machine has, for lists without identifiers. Only of hosts:
/// elsewhere such a name may be anybody's.
pub fn built_in_of_host(login: &str, flags: &mut Flags) {
    let known = ["Administrator", "Guest", "DefaultAccount", "WDAGUtilityAccount"];
    if known.iter().any(|name| name.eq_ignore_ascii_case(login)) {
        flags.set(Flag::BuiltIn, Tri::Yes);
    }
}

/// Reads userAccountControl. Zero means that the reader lacked rights, so it says nothing.
pub fn user_account_control(bits: u32, flags: &mut Flags) {
    if bits == 0 {
        return;
    }
    for (bit, flag, sense) in BITS {
        flags.set(flag, Tri::from((bits & bit != 0) == sense));
    }
}

/// Relative id of a domain or machine account: the last part of `S-1-5-21-a-b-c-RID`.
pub fn rid(sid: &str) -> Option<u32> {
    let rest = sid.strip_prefix("S-1-5-21-")?;
    if rest.split('-').count() < 4 {
        return None;
    }
    rest.rsplit('-').next()?.parse().ok()
}

/// Marks what the relative id alone tells: accounts that ship with Windows.
pub fn built_in(rid: Option<u32>, login: &str, flags: &mut Flags) {
    if matches!(rid, Some(500..=503)) || login.eq_ignore_ascii_case("krbtgt") {
        flags.set(Flag::BuiltIn, Tri::Yes);
    }
}

/// True for the class of a managed service account: of one server, of a group, delegated.
pub fn is_managed_class(class: &str) -> bool {
    const CLASSES: [&str; 3] = [
        "msDS-ManagedServiceAccount",
        "msDS-GroupManagedServiceAccount",
        "msDS-DelegatedManagedServiceAccount",
    ];
    CLASSES.iter().any(|known| known.eq_ignore_ascii_case(class))
}

/// Marks what replication leaves where two entries of one name were made at once: a second one
/// whose name ends in `CNF:` and its GUID, or whose login begins with `$DUPLICATE-`.
pub fn conflict_object(dn: &str, login: &str, flags: &mut Flags) {
    let prefix = login.get(..11).unwrap_or_default();
    let renamed = prefix.eq_ignore_ascii_case("$duplicate-");
    if renamed || !dn.is_empty() {
        flags.set(Flag::Conflict, Tri::from(renamed || has_conflict_mark(dn.as_bytes())));
    }
}

/// The mark with its GUID: a room may well be called `CNF: 2F`.
fn has_conflict_mark(dn: &[u8]) -> bool {
    const GUID: usize = 36;
    memchr::memchr_iter(b':', dn).any(|at| {
        let guid = dn.get(at + 1..at + 1 + GUID);
        let marked = at >= 3 && dn[at - 3..at].eq_ignore_ascii_case(b"CNF");
        let is_guid = |guid: &[u8]| guid.iter().all(|b| b.is_ascii_hexdigit() || *b == b'-');
        marked && guid.is_some_and(is_guid)
    })
}

/// Relative ids of groups that make an administrator: Domain, Schema and Enterprise Admins, the
/// key admins, and the operators of BUILTIN.
pub const fn is_privileged_group(rid: u32) -> bool {
    matches!(rid, 512 | 518 | 519 | 526 | 527 | 544 | 548..=551)
}

/// The same groups by name, for exports without group entries. `DnsAdmins` has no fixed id.
const PRIVILEGED_NAMES: [&str; 11] = [
    "Domain Admins",
    "Enterprise Admins",
    "Schema Admins",
    "Key Admins",
    "Enterprise Key Admins",
    "Administrators",
    "Account Operators",
    "Server Operators",
    "Print Operators",
    "Backup Operators",
    "DnsAdmins",
];

/// True for the name of a group that makes an administrator. Japanese Windows uses these names too.
pub fn is_privileged_name(name: &str) -> bool {
    PRIVILEGED_NAMES.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// True for a group that everybody of the domain, or everybody who logs on, is in.
pub fn is_everybody(name: &str) -> bool {
    let name = name.rsplit('\\').next().unwrap_or(name);
    let known = ["Domain Users", "Authenticated Users", "Everyone", "INTERACTIVE"];
    known.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// Relative id of a group: of the domain's, or of BUILTIN, also behind a domain's name
/// (`CORP.EXAMPLE-S-1-5-32-544`).
pub fn group_rid(sid: &str) -> Option<u32> {
    rid(sid).or_else(|| sid.rsplit_once("S-1-5-32-")?.1.parse().ok())
}

/// Reads msDS-SupportedEncryptionTypes. Zero, like an unset one, means that the default holds:
/// AES is not left out, and DES is not in it.
pub fn encryption_types(bits: i64, flags: &mut Flags) {
    flags.set(Flag::NoAes, Tri::from(bits != 0 && bits & 0x18 == 0));
    flags.set(Flag::DesAllowed, Tri::from(bits & 3 != 0));
}

/// Minutes of a span in units of 100 ns, which the directory keeps negative. 0 and the least
/// number of all stand for "without end".
pub const fn minutes(ticks: i64) -> u32 {
    span(ticks, 60 * 10_000_000)
}

/// Days of such a span.
pub const fn days(ticks: i64) -> u32 {
    span(ticks, 86_400 * 10_000_000)
}

const fn span(ticks: i64, unit: u64) -> u32 {
    if ticks == i64::MIN || ticks == i64::MAX {
        return 0;
    }
    let units = ticks.unsigned_abs() / unit;
    if units > u32::MAX as u64 { 0 } else { units as u32 }
}

/// Domain of a distinguished name, in lower case: `...,DC=corp,DC=example` → `corp.example`.
pub fn domain_of(dn: &str) -> String {
    let mut domain = String::new();
    for part in domain_part(dn).split(',') {
        if let Some((_, label)) = part.split_once('=') {
            if !domain.is_empty() {
                domain.push('.');
            }
            domain.push_str(&label.trim().to_lowercase());
        }
    }
    domain
}

/// The `DC=...` tail of a distinguished name; empty if there is none.
pub fn domain_part(dn: &str) -> &str {
    let bytes = dn.as_bytes();
    (0..bytes.len().saturating_sub(2))
        .find(|&i| {
            bytes[i..i + 3].eq_ignore_ascii_case(b"DC=")
                && (i == 0 || (bytes[i - 1] == b',' && (i < 2 || bytes[i - 2] != b'\\')))
        })
        .map_or("", |i| &dn[i..])
}

/// True where `domain_part(dn)` is `tail`, without the search: rows of one file mostly agree.
pub fn has_domain_part(dn: &str, tail: &str) -> bool {
    let Some(rest) = dn.strip_suffix(tail).filter(|_| !tail.is_empty()) else {
        return dn.is_empty() && tail.is_empty();
    };
    let mut before = rest.as_bytes();
    while let [shorter @ .., b','] = before {
        before = shorter;
    }
    let last = &before[memchr::memrchr(b',', before).map_or(0, |comma| comma + 1)..];
    rest.is_empty()
        || (rest.ends_with(',')
            && !last.get(..3).is_some_and(|start| start.eq_ignore_ascii_case(b"DC=")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domains_come_from_the_dc_parts() {
        let dn = "CN=佐藤\\, 拓也,OU=医局,DC=corp,DC=byoin,DC=example";
        assert_eq!(domain_of(dn), "corp.byoin.example");
        assert_eq!(domain_of("CN=x,OU=dc=fake"), "");
        assert_eq!(domain_of("cn=x,dc=A,dc=b"), "a.b");
    }

    #[test]
    fn only_domain_sids_have_a_relative_id() {
        assert_eq!(rid("S-1-5-21-1-2-3-1105"), Some(1105));
        assert_eq!(rid("S-1-5-32-544"), None);
        assert_eq!(rid("1105"), None);
    }

    #[test]
    fn only_the_mark_of_replication_is_a_conflict() {
        let mark = |dn: &str, login: &str| {
            let mut flags = Flags::default();
            conflict_object(dn, login, &mut flags);
            flags.get(Flag::Conflict)
        };
        let guid = "1f0c2a3b-1111-2222-3333-444455556666";
        assert_eq!(mark(&format!("CN=a\\0ACNF:{guid},DC=x"), "a"), Tri::Yes);
        assert_eq!(mark(&format!("CN=A\\0Acnf:{guid},DC=x"), "a"), Tri::Yes);
        assert_eq!(mark("CN=a,DC=x", "$DUPLICATE-45f"), Tri::Yes);
        assert_eq!(mark("", "$duplicate-45f"), Tri::Yes);
        assert_eq!(mark("CN=CNF: 2階会議室,OU=会議室,DC=corp,DC=byoin", "room2f"), Tri::No);
        assert_eq!(mark("", "a"), Tri::Unknown);
    }

    #[test]
    fn managed_service_accounts_are_told_by_their_class() {
        assert!(is_managed_class("msDS-GroupManagedServiceAccount"));
        assert!(is_managed_class("msds-managedserviceaccount"));
        assert!(!is_managed_class("user") && !is_managed_class("computer"));
    }

    #[test]
    fn unset_encryption_types_are_the_default() {
        let said = |bits| {
            let mut flags = Flags::default();
            encryption_types(bits, &mut flags);
            (flags.get(Flag::NoAes), flags.get(Flag::DesAllowed))
        };
        assert_eq!(said(0), (Tri::No, Tri::No));
        assert_eq!(said(4), (Tri::Yes, Tri::No));
        assert_eq!(said(0x1f), (Tri::No, Tri::Yes));
        assert_eq!(said(3), (Tri::Yes, Tri::Yes));
    }

    #[test]
    fn domain_controllers_are_known_by_bit_or_group() {
        let said = |bits, group| {
            let mut flags = Flags::default();
            user_account_control(bits, &mut flags);
            primary_group(group, &mut flags);
            flags.get(Flag::DomainController)
        };
        assert_eq!(said(0x8_2000, 0), Tri::Yes);
        assert_eq!(said(0, 516), Tri::Yes);
        assert_eq!(said(0, 515), Tri::No);
        assert_eq!(said(0x1000, 0), Tri::No);
        assert_eq!(said(0, 0), Tri::Unknown);
    }

    #[test]
    fn groups_of_everybody() {
        for name in ["CORP\\Domain Users", "Everyone", "NT AUTHORITY\\Authenticated Users"] {
            assert!(is_everybody(name), "{name}");
        }
        for name in ["CORP\\Domain Admins", "Users", "everyone01", ""] {
            assert!(!is_everybody(name), "{name}");
        }
    }

    #[test]
    fn a_missing_right_is_not_an_enabled_account() {
        let mut flags = Flags::default();
        user_account_control(0, &mut flags);
        assert_eq!(flags.get(Flag::Enabled), Tri::Unknown);
        user_account_control(0x202, &mut flags);
        assert_eq!(flags.get(Flag::Enabled), Tri::No);
        assert_eq!(flags.get(Flag::Machine), Tri::No);
    }
}
