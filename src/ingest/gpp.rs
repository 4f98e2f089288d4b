//! Group Policy Preferences of a SYSVOL: Groups.xml, Services.xml, ScheduledTasks.xml,
//! DataSources.xml, Drives.xml, Printers.xml. Everybody of the domain can read them, and the key of
//! `cpassword` is published.

use crate::ingest::source::{Probe, Source};
use crate::ingest::{Claim, FileError, Reader};
use crate::model::account::Draft;
use crate::model::credential::State;
use crate::model::file::{FileId, Origin, Problem, Weight};
use crate::model::inventory::{CredentialDraft, Inventory};
use crate::model::site::SystemKind;
use crate::rules::RuleSet;
use quick_xml::events::{BytesStart, Event};
use std::borrow::Cow;
use zeroize::Zeroizing;

/// Reader of the preference files that may hold passwords.
pub struct Gpp;

const LIMIT: usize = 16 << 20;
const DEPTH: u32 = 64;
const ROOTS: [&str; 6] =
    ["Groups", "NTServices", "ScheduledTasks", "DataSources", "Drives", "Printers"];
/// Attributes that name the account, by file: the first that says anything counts.
const NAMES: [&str; 5] = ["accountName", "runAs", "userName", "username", "newName"];

impl Reader for Gpp {
    fn name(&self) -> &'static str {
        "gpp"
    }

    fn claim(&self, probe: &Probe<'_>) -> Option<Claim> {
        let text = probe.text.trim_start_matches('\u{feff}').trim_start();
        let ours = text.starts_with('<')
            && ROOTS.iter().any(|root| text.contains(&format!("<{root} clsid=")));
        ours.then_some(Claim { score: 95, reason: "group policy preferences" })
    }

    fn read(
        &self,
        source: &mut Source<'_>,
        _rules: &RuleSet,
        inventory: &mut Inventory,
    ) -> Result<(), FileError> {
        let policy = policy(source);
        let text = source.text(LIMIT)?;
        let mut reader = quick_xml::Reader::from_str(&text);
        let (mut at, mut line, mut depth) = (0, 1, 0);
        loop {
            let event = reader.read_event().map_err(|_| FileError::at("bad-xml", line))?;
            match &event {
                Event::DocType(_) => return Err(FileError::at("xml-doctype", line)),
                Event::Start(element) | Event::Empty(element) => {
                    depth += u32::from(matches!(event, Event::Start(_)));
                    if element.name().as_ref() == "Properties" {
                        let origin = Origin { file: FileId(0), line };
                        take(element, &policy, origin, inventory);
                    }
                }
                Event::End(_) => depth -= 1,
                Event::Eof if depth > 0 => return Err(FileError::at("bad-xml", line)),
                Event::Eof => return Ok(()),
                _ => {}
            }
            if depth > DEPTH {
                return Err(FileError::at("too-deep", line));
            }
            let end = reader.buffer_position() as usize;
            line += memchr::memchr_iter(b'\n', &text.as_bytes()[at..end]).count() as u32;
            at = end;
        }
    }
}

/// The policy that a file belongs to: its folder in the SYSVOL is called by an id in braces.
fn policy(source: &Source<'_>) -> String {
    let id = source.path.split('/').find(|part| part.starts_with('{') && part.ends_with('}'));
    id.map_or_else(|| source.dateless_stem(), str::to_owned)
}

/// One element of properties: a record, whether it has a password or not.
fn take(element: &BytesStart<'_>, policy: &str, origin: Origin, inventory: &mut Inventory) {
    let value = |name: &str| attribute(element, name);
    let secret = match value("cpassword") {
        Ok(secret) if secret.is_empty() => return inventory.rows.skip(),
        Ok(secret) => Zeroizing::new(secret),
        Err(()) => return inventory.refuse(Problem::new(origin, Weight::Row, "bad-xml")),
    };
    let name = NAMES.iter().filter_map(|name| value(name).ok()).find(|name| !name.is_empty());
    let name = name.unwrap_or_default();
    let (domain, login) = name.rsplit_once('\\').unwrap_or(("", &name));
    if login.is_empty() {
        return inventory.refuse(Problem::new(origin, Weight::Row, "empty-account"));
    }
    // Without a domain it is an account of every machine that the policy is for.
    let system = match domain {
        "" | "." => inventory.system(SystemKind::Host, policy, false),
        domain => inventory.system(SystemKind::Directory, &domain.to_lowercase(), false),
    };
    let row = inventory.push_account(system, &Draft { login, origin, ..Draft::default() });
    let draft = CredentialDraft::login("gpp-cpassword", secret.as_bytes(), origin);
    inventory.push_credential(row, &CredentialDraft { state: State::Reversible, ..draft });
    inventory.rows.take();
}

/// Text of an attribute; empty where there is none.
fn attribute(element: &BytesStart<'_>, name: &str) -> Result<String, ()> {
    let Some(found) = element.try_get_attribute(name).map_err(|_| ())? else {
        return Ok(String::new());
    };
    let value = found.normalized_value(quick_xml::XmlVersion::Implicit1_0).map_err(|_| ())?;
    Ok(Cow::into_owned(value))
}
