//! /etc/passwd and /etc/shadow of a host. The two are one host's where they lie in one folder.

use crate::ingest::device::stand_in;
use crate::ingest::framing::blocks::undecodable;
use crate::ingest::source::{Probe, Source};
use crate::ingest::{Claim, FileError, Reader};
use crate::model::account::{Draft, Flag};
use crate::model::credential::State;
use crate::model::day::{Day, Stamp, When};
use crate::model::file::{FileId, Origin, Problem, Weight};
use crate::model::inventory::{CredentialDraft, Inventory};
use crate::model::site::SystemKind;
use crate::model::tri::Tri;
use crate::rules::RuleSet;

/// Reader of /etc/passwd.
pub struct Passwd;

/// Reader of /etc/shadow.
pub struct Shadow;

const LIMIT: usize = 64 << 20;
const PASSWD_FIELDS: usize = 7;
const SHADOW_FIELDS: usize = 9;

impl Reader for Passwd {
    fn name(&self) -> &'static str {
        "passwd"
    }

    fn claim(&self, probe: &Probe<'_>) -> Option<Claim> {
        let fits = |f: &[&str]| f.len() == PASSWD_FIELDS && number(f[2]) && number(f[3]);
        claimed(probe, fits).then_some(Claim { score: 90, reason: "login:x:uid:gid lines" })
    }

    fn read(
        &self,
        source: &mut Source<'_>,
        _rules: &RuleSet,
        inventory: &mut Inventory,
    ) -> Result<(), FileError> {
        read(source, inventory, passwd)
    }
}

impl Reader for Shadow {
    fn name(&self) -> &'static str {
        "shadow"
    }

    fn claim(&self, probe: &Probe<'_>) -> Option<Claim> {
        let fits = |f: &[&str]| {
            f.len() == SHADOW_FIELDS && f[2..8].iter().all(|f| f.is_empty() || number(f))
        };
        claimed(probe, fits).then_some(Claim { score: 92, reason: "shadow lines of nine fields" })
    }

    fn read(
        &self,
        source: &mut Source<'_>,
        _rules: &RuleSet,
        inventory: &mut Inventory,
    ) -> Result<(), FileError> {
        read(source, inventory, shadow)
    }
}

fn number(field: &str) -> bool {
    !field.is_empty() && field.bytes().all(|b| b.is_ascii_digit())
}

/// True where most of the first lines fit and there is one at all.
fn claimed(probe: &Probe<'_>, fits: impl Fn(&[&str]) -> bool) -> bool {
    let lines = probe.text.lines().filter(|l| !passed_over(l)).take(20);
    let (mut good, mut bad) = (0, 0);
    for line in lines {
        let fields: Vec<&str> = line.split(':').collect();
        if fits(&fields) && !fields[0].is_empty() && !fields[0].contains(' ') {
            good += 1;
        } else {
            bad += 1;
        }
    }
    good > bad
}

/// Blank lines, comments, and the `+::::` lines that point to a directory service.
fn passed_over(line: &str) -> bool {
    line.trim().is_empty() || line.starts_with(['#', '+', '-'])
}

/// A fault of a line: reason code and column.
type Fault = (&'static str, &'static str);

type Take = fn(&[&str], Origin, u16, &mut Inventory) -> Result<(), Fault>;

fn read(source: &mut Source<'_>, inventory: &mut Inventory, take: Take) -> Result<(), FileError> {
    let (name, provisional) = host(source);
    let damage = undecodable(source.encoding);
    let text = source.text(LIMIT)?;
    let system = inventory.system(SystemKind::Host, &name, provisional);
    for (index, line) in text.lines().enumerate() {
        let origin = Origin { file: FileId(0), line: index as u32 + 1 };
        if passed_over(line) {
            inventory.rows.skip();
            continue;
        }
        let fields: Vec<&str> = line.split(':').collect();
        let taken = if line.contains('\u{fffd}') {
            Err((damage, ""))
        } else if line.contains('\0') {
            Err(("nul-byte", ""))
        } else if fields[0].is_empty() {
            Err(("empty-account", "login"))
        } else {
            take(&fields, origin, system, inventory)
        };
        match taken {
            Ok(()) => inventory.rows.take(),
            Err((code, column)) => {
                let problem = Problem::new(origin, Weight::Row, code).column(column);
                inventory.refuse(problem.detail(format!("{} fields", fields.len())));
            }
        }
    }
    Ok(())
}

/// The host's name: its folder, else the file's name without the word that all such files share.
fn host(source: &Source<'_>) -> (String, bool) {
    if let Some(folder) = source.system_folder() {
        return (folder.to_owned(), false);
    }
    let mut name = source.dateless_stem();
    for word in ["passwd", "shadow", "etc"] {
        name = name.replace(word, "");
    }
    let name = name.trim_matches(['-', '_', '.', ' ']);
    (if name.is_empty() { "host".to_owned() } else { name.to_owned() }, true)
}

fn passwd(
    fields: &[&str],
    origin: Origin,
    system: u16,
    inventory: &mut Inventory,
) -> Result<(), Fault> {
    let &[login, password, uid, _gid, gecos, _home, shell] = fields else {
        return Err(("field-count", ""));
    };
    let uid: u32 = uid.parse().map_err(|_| ("bad-number", "uid"))?;
    let no_shell = shell.ends_with("nologin") || shell.ends_with("/false");
    let name = gecos.split(',').next().filter(|name| *name != login).unwrap_or_default();
    let mut draft = Draft { login, name, origin, ..Draft::default() };
    draft.flags.set(Flag::Enabled, Tri::from(!no_shell));
    draft.flags.set(Flag::Privileged, Tri::from(uid == 0));
    let system_account = (1..1000).contains(&uid) || uid == NOBODY;
    draft.flags.set(Flag::BuiltIn, Tri::from(system_account && no_shell));
    let row = inventory.push_account(system, &draft);
    if password != "x" {
        push_secret(row, password, origin, inventory);
    }
    Ok(())
}

const NOBODY: u32 = 65_534;

fn shadow(
    fields: &[&str],
    origin: Origin,
    system: u16,
    inventory: &mut Inventory,
) -> Result<(), Fault> {
    let &[login, password, changed, _min, _max, _warn, _inactive, expires, _reserved] = fields
    else {
        return Err(("field-count", ""));
    };
    let mut draft = Draft { login, origin, ..Draft::default() };
    if !changed.is_empty() {
        let days = days(changed, "lastchg")?;
        draft.password_set = if days == 0 { Stamp::NEVER } else { on(days) };
        draft.flags.set(Flag::MustChange, Tri::from(days == 0));
    }
    draft.expires = if expires.is_empty() { Stamp::NEVER } else { on(days(expires, "expire")?) };
    let row = inventory.push_account(system, &draft);
    push_secret(row, password, origin, inventory);
    Ok(())
}

/// Days since 1970-01-01.
fn days(field: &str, column: &'static str) -> Result<i32, Fault> {
    let days = field.parse::<i32>().map_err(|_| ("bad-number", column))?;
    if (-1..=2_932_896).contains(&days) { Ok(days) } else { Err(("bad-date", column)) }
}

fn on(days: i32) -> Stamp {
    // -1 switches the field off.
    if days < 0 { Stamp::NEVER } else { When::On(Day::from_epoch_days(days)).into() }
}

fn push_secret(row: u32, field: &str, origin: Origin, inventory: &mut Inventory) {
    let (scheme, state) = form(field);
    let kept = matches!(state, State::Hash | State::Unknown);
    let secret = if kept { field.as_bytes() } else { b"" };
    let draft = CredentialDraft { state, ..CredentialDraft::login(scheme, secret, origin) };
    inventory.push_credential(row, &draft);
}

/// What a password field says. A hash behind `!` opens nothing.
fn form(field: &str) -> (&'static str, State) {
    if field.is_empty() {
        return ("", State::NoPassword);
    }
    let locked = field.starts_with('!')
        || field.starts_with("*LK*")
        || matches!(field, "*" | "x" | "NP" | "*NP*" | "LK" | "NL" | "UP" | "!!");
    if locked {
        return ("", State::Locked);
    }
    if let Some(state) = stand_in(field) {
        return ("", state);
    }
    let des = |length| {
        field.len() == length
            && field.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'/' | b'_'))
    };
    match field.as_bytes()[0] {
        b'$' => ("", State::Hash),
        b'_' if des(20) => ("bsdi-des", State::Hash),
        _ if des(13) => ("descrypt", State::Hash),
        _ => ("", State::Unknown),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::testing::{claim, login, read, secrets};

    const PASSWD: &str = "root:x:0:0:root:/root:/bin/bash\ndaemon:x:1:1:daemon:/:/usr/sbin/nologin\n\
                          u:x:1000:1000:佐藤 拓也,,,:/home/u:/bin/bash\nold::1001:1001::/:\n+::::::\n";

    #[test]
    fn passwd_gives_accounts() {
        let part = read(&Passwd, "devices/pacs01/passwd", PASSWD.as_bytes());
        assert_eq!((part.system_name(0), part.systems[0].provisional), ("pacs01", false));
        assert_eq!(part.systems[0].kind, SystemKind::Host);
        let flags =
            |flag| -> Vec<Tri> { (0..4).map(|row| part.accounts.flag(row, flag)).collect() };
        assert_eq!(flags(Flag::Enabled), [Tri::Yes, Tri::No, Tri::Yes, Tri::Yes]);
        assert_eq!(flags(Flag::Privileged), [Tri::Yes, Tri::No, Tri::No, Tri::No]);
        assert_eq!(flags(Flag::BuiltIn), [Tri::No, Tri::Yes, Tri::No, Tri::No]);
        assert_eq!(part.text.get(part.accounts.name.get(2)), "佐藤 拓也");
        assert_eq!(secrets(&part), ["old|login|0||no-password||"]);
        assert_eq!((part.rows.ok, part.rows.skipped), (4, 1));
    }

    #[test]
    fn shadow_gives_hashes_and_locks() {
        let text = "root:$6$s$h:20200:0:99999:7:::\nd:*:20201:0:99999:7:::\nn::20200:0:99999:7:::\n\
                    l:!!:20201::::::\no:!$6$s$h:20202:0:99999:7::20500:\nm:$y$j9T$s$h:0:0:99999:7:::\n\
                    e:rEK1ecacw.7.c:20000:::::: \nbad:x\nw:$1$a$b:x::::::\n";
        let part =
            super::super::testing::read(&Shadow, "devices/pacs01-shadow.txt", text.as_bytes());
        assert_eq!((part.system_name(0), part.systems[0].provisional), ("pacs01", true));
        assert_eq!(
            secrets(&part),
            [
                "root|login|0||hash||$6$s$h",
                "d|login|0||locked||",
                "n|login|0||no-password||",
                "l|login|0||locked||",
                "o|login|0||locked||",
                "m|login|0||hash||$y$j9T$s$h",
                "e|login|0|descrypt|hash||rEK1ecacw.7.c",
            ]
        );
        let accounts = &part.accounts;
        assert_eq!(accounts.flag(0, Flag::Enabled), Tri::Unknown);
        assert_eq!(accounts.password_set.get(0), on(20_200));
        assert_eq!((accounts.expires.get(0), accounts.expires.get(4)), (Stamp::NEVER, on(20_500)));
        assert_eq!(accounts.flag(5, Flag::MustChange), Tri::Yes);
        assert_eq!(login(&part, 5), "m");
        let codes: Vec<_> = part.problems.iter().map(|p| (p.origin.line, p.code)).collect();
        assert_eq!(codes, [(8, "field-count"), (9, "bad-number")]);
    }

    #[test]
    fn claims_are_made_by_content() {
        assert_eq!(claim(&Passwd, "x/a.csv", PASSWD), 90);
        assert_eq!(claim(&Shadow, "x/a", "root:$6$s$h:20200:0:99999:7:::\n"), 92);
        assert_eq!(claim(&Shadow, "x/a", PASSWD), 0);
        let dump = "a:500:aad3b435b51404eeaad3b435b51404ee:31d6cfe0d16ae931b73c59d7e0c089c0:::\n";
        assert_eq!((claim(&Passwd, "x/a", dump), claim(&Shadow, "x/a", dump)), (0, 0));
    }
}
