//! Password files of web servers: `login:stored` and `login:realm:digest`.

use crate::ingest::device::{form, origin, stand_in};
use crate::ingest::framing::blocks::undecodable;
use crate::ingest::source::{Probe, Source};
use crate::ingest::{Claim, FileError, Reader};
use crate::model::account::{Draft, Flag};
use crate::model::credential::{Kind, State};
use crate::model::file::{Problem, Weight};
use crate::model::inventory::{CredentialDraft, Inventory};
use crate::model::site::SystemKind;
use crate::model::tri::Tri;
use crate::rules::RuleSet;

/// Reader of htpasswd files.
pub struct Htpasswd;

/// Reader of htdigest files; management users of WildFly are stored alike.
pub struct Htdigest;

const LIMIT: usize = 64 << 20;
/// Forms that htpasswd writes; descrypt last, because any thirteen letters have its shape.
const FORMS: [&str; 8] = [
    "apr1",
    "bcrypt",
    "md5crypt",
    "sha256crypt",
    "sha512crypt",
    "ldap-sha",
    "yescrypt",
    "descrypt",
];

impl Reader for Htpasswd {
    fn name(&self) -> &'static str {
        "htpasswd"
    }

    fn claim(&self, probe: &Probe<'_>) -> Option<Claim> {
        let fits = |line: &str| {
            let (login, stored) = line.split_once(':')?;
            (!login.is_empty() && !login.contains(' ')).then_some(())?;
            Some(
                !stored.contains(':')
                    && FORMS.iter().filter_map(|name| form(name)).any(|f| f.fits(stored)),
            )
        };
        most(probe, |line| fits(line) == Some(true))
            .then_some(Claim { score: 88, reason: "login:hash lines of a web server" })
    }

    fn read(
        &self,
        source: &mut Source<'_>,
        _rules: &RuleSet,
        inventory: &mut Inventory,
    ) -> Result<(), FileError> {
        read(source, inventory, htpasswd)
    }
}

impl Reader for Htdigest {
    fn name(&self) -> &'static str {
        "htdigest"
    }

    fn claim(&self, probe: &Probe<'_>) -> Option<Claim> {
        let fits = |line: &str| {
            let mut fields = line.split(':');
            let digest =
                fields.nth(2).and_then(|digest| form("htdigest-md5").map(|f| f.fits(digest)));
            digest == Some(true) && fields.next().is_none()
        };
        most(probe, fits).then_some(Claim { score: 88, reason: "login:realm:digest lines" })
    }

    fn read(
        &self,
        source: &mut Source<'_>,
        _rules: &RuleSet,
        inventory: &mut Inventory,
    ) -> Result<(), FileError> {
        read(source, inventory, htdigest)
    }
}

/// Blank lines and comments.
fn passed_over(line: &str) -> bool {
    line.trim().is_empty() || line.starts_with('#')
}

/// True where most of the first lines fit.
fn most(probe: &Probe<'_>, fits: impl Fn(&str) -> bool) -> bool {
    let lines: Vec<bool> = probe
        .text
        .lines()
        .filter(|l| !passed_over(l))
        .take(20)
        .map(|line| fits(line.trim_end()))
        .collect();
    lines.iter().filter(|fits| **fits).count() * 2 > lines.len()
}

/// What a line holds: login, realm, stored text.
type Split = for<'l> fn(&'l str) -> Option<(&'l str, &'l str, &'l str)>;

fn htpasswd(line: &str) -> Option<(&str, &str, &str)> {
    let (login, stored) = line.split_once(':')?;
    Some((login, "", stored))
}

fn htdigest(line: &str) -> Option<(&str, &str, &str)> {
    let (login, rest) = line.split_once(':')?;
    let (realm, digest) = rest.rsplit_once(':')?;
    Some((login, realm, digest))
}

fn read(source: &mut Source<'_>, inventory: &mut Inventory, split: Split) -> Result<(), FileError> {
    let folder = source.system_folder().map(str::to_owned);
    let name = folder.clone().unwrap_or_else(|| source.dateless_stem());
    let damage = undecodable(source.encoding);
    let text = source.text(LIMIT)?;
    let system = inventory.system(SystemKind::Application, &name, folder.is_none());
    for (index, line) in text.lines().enumerate() {
        let line_number = index as u32 + 1;
        if passed_over(line) {
            inventory.rows.skip();
            continue;
        }
        let code = match split(line.trim_end()) {
            _ if line.contains('\u{fffd}') => damage,
            _ if line.contains('\0') => "nul-byte",
            None => "field-count",
            Some(("", ..)) => "empty-account",
            Some(parts) => {
                push(inventory, system, parts, line_number);
                inventory.rows.take();
                continue;
            }
        };
        inventory.refuse(Problem::new(origin(line_number), Weight::Row, code));
    }
    Ok(())
}

fn push(
    inventory: &mut Inventory,
    system: u16,
    (login, realm, stored): (&str, &str, &str),
    line: u32,
) {
    let mut draft = Draft { login, native: realm, origin: origin(line), ..Draft::default() };
    draft.flags.set(Flag::Enabled, Tri::Yes);
    let row = inventory.push_account(system, &draft);
    let names: &[&str] = if realm.is_empty() { &FORMS } else { &["htdigest-md5"] };
    let fitting = names.iter().filter_map(|name| form(name)).find(|form| form.fits(stored));
    let (state, scheme) = match (stand_in(stored), fitting) {
        _ if stored.is_empty() => (State::NoPassword, ""),
        (Some(state), _) => (state, ""),
        (None, Some(form)) => (form.state, form.scheme()),
        (None, None) if stored.starts_with('!') || stored == "*" => (State::Locked, ""),
        (None, None) => (State::Unknown, ""),
    };
    let salt = if realm.is_empty() { String::new() } else { format!("{login}:{realm}") };
    let secret = if state == State::Hash { stored.as_bytes() } else { b"" };
    inventory.push_credential(
        row,
        &CredentialDraft {
            kind: Kind::Login,
            state,
            salt: &salt,
            ..CredentialDraft::login(scheme, secret, origin(line))
        },
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::testing::{claim, read, secrets};

    #[test]
    fn stored_forms_are_told_by_their_shape() {
        let text = "# staff\na:$apr1$62722340$zGjeAwVP2KwY6MtumUI1N/\nb:{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=\n\
                    c:24leDr0hHfb3A\nd:\ne:$apr1$short\nf:*****\nnothing\n:x\n";
        let part = read(&Htpasswd, "ecarte/portal/htpasswd", text.as_bytes());
        assert_eq!(
            secrets(&part),
            [
                "a|login|0|apr1|hash||$apr1$62722340$zGjeAwVP2KwY6MtumUI1N/",
                "b|login|0|ldap-sha|hash||{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=",
                "c|login|0|descrypt|hash||24leDr0hHfb3A",
                "d|login|0||no-password||",
                "e|login|0||unknown||",
                "f|login|0||masked||",
            ]
        );
        let codes: Vec<_> = part.problems.iter().map(|p| (p.origin.line, p.code)).collect();
        assert_eq!(codes, [(8, "field-count"), (9, "empty-account")]);
        let beginning = text.lines().take(4).collect::<Vec<_>>().join("\n");
        assert_eq!(claim(&Htpasswd, "x", &beginning), 88);
        assert_eq!(part.system_name(0), "portal");
    }

    #[test]
    fn a_digest_belongs_to_login_and_realm() {
        let text = "admin:ManagementRealm:d43c4df7b6f13ba91757e7df5f18348d\n";
        let part = read(&Htdigest, "x/mgmt-users.properties", text.as_bytes());
        assert_eq!(
            secrets(&part),
            ["admin|login|0|htdigest-md5|hash||d43c4df7b6f13ba91757e7df5f18348d"]
        );
        assert_eq!(part.text.get(part.credentials[0].salt), "admin:ManagementRealm");
        assert_eq!((claim(&Htdigest, "x", text), claim(&Htpasswd, "x", text)), (88, 0));
        assert_eq!(claim(&Htdigest, "x", "root:x:0:0:root:/root:/bin/sh\n"), 0);
    }
}
