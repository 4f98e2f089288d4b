//! Names of groups and roles that mean administration, judged once per interned name.

use crate::model::arena::{NameId, Names};
use rayon::prelude::*;

/// Groups of a directory whose members administer it, in English and Japanese.
const GROUPS: &[&str] = &[
    "domainadmins",
    "enterpriseadmins",
    "schemaadmins",
    "administrators",
    "accountoperators",
    "serveroperators",
    "backupoperators",
    "printoperators",
    "dnsadmins",
    "keyadmins",
    "enterprisekeyadmins",
    "globaladministrator",
    "systemdeveloper",
    "ドメイン管理者",
    "エンタープライズ管理者",
    "スキーマ管理者",
    "アカウントオペレーター",
    "サーバーオペレーター",
    "バックアップオペレーター",
    "プリントオペレーター",
];

/// Roles of other systems that administer them.
const ROLES: &[&str] = &[
    "admin",
    "administrator",
    "administrators",
    "systemadministrator",
    "superadmin",
    "super_admin",
    "superuser",
    "globaladministrator",
    "管理者",
    "システム管理者",
    "特権",
    "全権限",
];

/// The longest name worth a look, in bytes without spaces.
const LONGEST: usize = 40;

/// Which interned names mean administration, as a group and as a role.
pub(crate) struct Privileged(Vec<(bool, bool)>);

impl Privileged {
    /// Judges every name of a site.
    pub(crate) fn of(names: &Names) -> Self {
        let names: Vec<&str> = names.iter().map(|(_, name)| name).collect();
        Self(names.par_iter().map(|name| (groups(name), role(name))).collect())
    }

    /// True where one of the groups (joined by newlines) is an administrators' group.
    pub(crate) fn group(&self, id: NameId) -> bool {
        self.0.get(id.index()).is_some_and(|name| name.0)
    }

    /// True where the role is an administrator's.
    pub(crate) fn role(&self, id: NameId) -> bool {
        self.0.get(id.index()).is_some_and(|name| name.1)
    }
}

fn groups(joined: &str) -> bool {
    joined.split('\n').any(|group| listed(common_name(group), GROUPS))
}

fn role(name: &str) -> bool {
    listed(name, ROLES)
}

/// `CN=Domain Admins,CN=Users,DC=...` → `Domain Admins`; `DOMAIN\Domain Admins` likewise.
pub(crate) fn common_name(group: &str) -> &str {
    let group = group.trim();
    match group.get(..3) {
        Some(prefix) if prefix.eq_ignore_ascii_case("cn=") => {
            group[3..].split(',').next().unwrap_or("")
        }
        _ => group.rsplit('\\').next().unwrap_or(group),
    }
}

// Spaces are left out: Japanese names are written with and without them.
fn listed(name: &str, list: &[&str]) -> bool {
    let mut plain = [0; LONGEST];
    let mut len = 0;
    for &byte in name.as_bytes().iter().filter(|&&byte| byte != b' ') {
        if len == LONGEST {
            return false;
        }
        plain[len] = byte.to_ascii_lowercase();
        len += 1;
    }
    list.iter().any(|known| known.as_bytes() == &plain[..len])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn administrators_are_known_by_name_in_both_languages() {
        for name in [
            "Domain Admins",
            "GG_医局\nCN=Domain Admins,CN=Users,DC=corp,DC=byoin,DC=example",
            "CORP\\domain admins",
            "ドメイン 管理者",
            "cn=Administrators,CN=Builtin,DC=x",
        ] {
            assert!(groups(name), "{name}");
        }
        for name in ["", "Domain Users", "CN=Domain Admins Readers,DC=x", "管理者研修", "医局"]
        {
            assert!(!groups(name), "{name}");
        }
        assert!(role("管理者") && role("Admin") && !role("医師") && !role("一般"));
    }
}
