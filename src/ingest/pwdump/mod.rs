//! Hash dumps of Windows accounts: pwdump, secretsdump, smbpasswd.

mod line;
#[cfg(test)]
mod tests;

use crate::ingest::framing::blocks::{Block, Blocks, Boundary, lines, undecodable};
use crate::ingest::source::{Probe, Source};
use crate::ingest::{Claim, FileError, Reader, windows};
use crate::model::account::{Draft, Flag, Flags};
use crate::model::credential::{AUTOMATIC_LOGON, State};
use crate::model::file::{FileId, Origin, Problem, Weight};
use crate::model::inventory::{CredentialDraft, Inventory};
use crate::model::site::SystemKind;
use crate::model::tri::Tri;
use crate::rules::RuleSet;
use hashbrown::HashMap;
use line::{Hash, Line, Owner};
use rayon::prelude::*;

/// Reader of `domain\login:rid:lm:nt:::` lines and their kin.
pub struct Pwdump;

/// `login:rid:lm:nt:::` by its fields alone.
fn shaped(line: &str) -> bool {
    let mut fields = line.split(':');
    let number = |field: &str| !field.is_empty() && field.bytes().all(|b| b.is_ascii_digit());
    fields.nth(1).is_some_and(number) && fields.count() >= 5
}

impl Reader for Pwdump {
    fn name(&self) -> &'static str {
        "pwdump"
    }

    fn claim(&self, probe: &Probe<'_>) -> Option<Claim> {
        let (mut hashes, mut kin, mut bad) = (0, 0, 0);
        let mut passwords = false;
        for line in probe.text.lines().filter(|line| !line.trim().is_empty()).take(20) {
            match line::parse(line.as_bytes()) {
                Line::Hash(_) => hashes += 1,
                // Among them Kerberos keys: nothing for us, but nobody else's either.
                Line::Clear(..) | Line::Service(..) | Line::Cached(..) | Line::Nothing => kin += 1,
                Line::Heading(text) => passwords = section(text) == Section::LsaPassword,
                Line::Bad(..) if passwords => kin += 1,
                // A wrong hash in the right shape is a damaged line of this kind of file.
                Line::Bad(..) if shaped(line) => hashes += 1,
                Line::Bad(..) => bad += 1,
            }
        }
        if hashes > bad {
            return Some(Claim { score: 95, reason: "login:rid:lm:nt lines" });
        }
        (kin > bad && hashes == 0)
            .then_some(Claim { score: 90, reason: "secretsdump lines without hashes" })
    }

    fn read(
        &self,
        source: &mut Source<'_>,
        _rules: &RuleSet,
        inventory: &mut Inventory,
    ) -> Result<(), FileError> {
        let context = Context {
            stem: source.dateless_stem(),
            host: source.host(),
            local: source.path.starts_with("host/"),
            damage: undecodable(source.encoding),
        };
        let mut blocks = Blocks::new(source, Boundary::Line);
        let width = rayon::current_num_threads().max(1);
        loop {
            let batch = blocks.batch(width)?;
            if batch.is_empty() {
                break;
            }
            let parts: Vec<Inventory> =
                batch.par_iter().map(|block| read_block(block, &context)).collect();
            for part in parts {
                inventory.absorb(part);
            }
        }
        name_domainless(inventory);
        Ok(())
    }
}

struct Context {
    stem: String,
    /// The machine as the path names it, and whether that is a guess.
    host: (String, bool),
    /// True where the path says that the file is one machine's.
    local: bool,
    damage: &'static str,
}

/// What lines outside of a domain belong to, by the heading before them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    Domain,
    LocalSam,
    LsaSecrets,
    /// A secret that is a password: of the automatic logon or of a service.
    LsaPassword,
}

/// The account that a history line may belong to.
#[derive(Clone, Copy)]
struct Last {
    row: u32,
    system: u16,
    rid: Option<u32>,
}

/// Bytes of the shortest usual line: two hashes, a number and a name.
const LINE: usize = 80;
/// Bytes of an NT hash.
const NT: usize = 16;

struct Part<'a> {
    context: &'a Context,
    inventory: Inventory,
    domains: HashMap<&'a [u8], u16>,
    /// Domain of the line before: most lines of a file name the same.
    domain: Option<(&'a [u8], u16)>,
    section: Section,
    /// Name of the secret whose password follows.
    secret: &'a [u8],
    last: Option<Last>,
}

fn read_block(block: &Block, context: &Context) -> Inventory {
    let mut part = Part {
        context,
        inventory: Inventory::default(),
        domains: HashMap::new(),
        domain: None,
        section: Section::Domain,
        secret: b"",
        last: None,
    };
    part.inventory.expect(block.bytes.len() / LINE, NT);
    for (line, bytes) in lines(&block.bytes, block.first_line) {
        part.take(bytes, Origin { file: FileId(0), line });
    }
    part.inventory
}

impl<'a> Part<'a> {
    fn take(&mut self, bytes: &'a [u8], origin: Origin) {
        if self.section == Section::LsaSecrets && !bytes.starts_with(b"[") {
            return self.inventory.rows.skip();
        }
        let line = match self.section {
            Section::LsaPassword if !bytes.starts_with(b"[") => line::lsa(bytes, self.secret),
            _ => line::parse(bytes),
        };
        let done = match line {
            Line::Service(owner, password) => self.service(owner, password, origin),
            Line::Hash(hash) => self.hash(&hash, origin),
            Line::Clear(owner, password) => self.clear(owner, password, origin),
            Line::Cached(owner, scheme, text) => self.cached(owner, scheme, text, origin),
            Line::Heading(text) => {
                self.section = section(text);
                self.secret = text.strip_prefix(b"[*] ").unwrap_or_default().trim_ascii();
                return self.inventory.rows.skip();
            }
            Line::Nothing => return self.inventory.rows.skip(),
            Line::Bad(code, length) => Err((code, length)),
        };
        match done {
            Ok(()) => self.inventory.rows.take(),
            Err((code, length)) => {
                let problem = Problem::new(origin, Weight::Row, code);
                self.inventory.refuse(problem.detail(format!("{length} characters")));
            }
        }
    }

    fn hash(&mut self, hash: &Hash<'a>, origin: Origin) -> Result<(), (&'static str, usize)> {
        let login = self.login(hash.owner)?;
        let system = self.system(hash.owner.domain)?;
        let known = self
            .last
            .filter(|last| hash.depth > 0 && last.system == system && last.rid == hash.rid);
        let row = known.map_or_else(|| self.account(login, system, hash, origin), |last| last.row);
        self.last = Some(Last { row, system, rid: hash.rid });
        let mut draft = match &hash.nt {
            Some(nt) => CredentialDraft::login("nt", nt, origin),
            None => CredentialDraft {
                state: State::NoPassword,
                ..CredentialDraft::login("nt", &[], origin)
            },
        };
        draft.depth = hash.depth;
        self.inventory.push_credential(row, &draft);
        if let Some(lm) = &hash.lm {
            self.inventory.push_credential(row, &CredentialDraft::login("lm", lm, origin));
        }
        Ok(())
    }

    fn account(&mut self, login: &str, system: u16, hash: &Hash<'a>, origin: Origin) -> u32 {
        let mut draft = Draft {
            login,
            rid: hash.rid,
            flags: flags(login, hash.rid),
            password_set: hash.password_set,
            origin,
            ..Draft::default()
        };
        draft.flags.set(Flag::Enabled, hash.enabled);
        letters(hash.letters, &mut draft.flags);
        self.inventory.push_account(system, &draft)
    }

    fn clear(
        &mut self,
        owner: Owner<'a>,
        password: &[u8],
        origin: Origin,
    ) -> Result<(), (&'static str, usize)> {
        let row = self.owner(owner, origin)?;
        let draft = CredentialDraft::login("", password, origin);
        self.inventory.push_credential(row, &CredentialDraft { state: State::Plain, ..draft });
        Ok(())
    }

    /// A password that a machine keeps for an account of its own or of a domain.
    fn service(
        &mut self,
        owner: Owner<'a>,
        password: &[u8],
        origin: Origin,
    ) -> Result<(), (&'static str, usize)> {
        let login = self.login(owner)?;
        let system = if matches!(owner.domain, b"" | b".") {
            let (host, provisional) = &self.context.host;
            self.inventory.system(SystemKind::Host, host, *provisional)
        } else {
            self.system(owner.domain)?
        };
        let draft = Draft { login, flags: flags(login, None), origin, ..Draft::default() };
        let row = self.inventory.push_account(system, &draft);
        let draft = CredentialDraft::login("", password, origin);
        let automatic = self.secret == AUTOMATIC_LOGON.as_bytes();
        let principal = if automatic { AUTOMATIC_LOGON } else { "" };
        let draft = CredentialDraft { state: State::Plain, principal, ..draft };
        self.inventory.push_credential(row, &draft);
        Ok(())
    }

    /// A cached logon is salted with the user's name.
    fn cached(
        &mut self,
        owner: Owner<'a>,
        scheme: &str,
        text: &[u8],
        origin: Origin,
    ) -> Result<(), (&'static str, usize)> {
        let row = self.owner(owner, origin)?;
        let salt = self.login(owner)?.to_lowercase();
        let draft = CredentialDraft::login(scheme, text, origin);
        self.inventory.push_credential(row, &CredentialDraft { salt: &salt, ..draft });
        Ok(())
    }

    /// The account of a secret that stands alone on its line.
    fn owner(&mut self, owner: Owner<'a>, origin: Origin) -> Result<u32, (&'static str, usize)> {
        let login = self.login(owner)?;
        let system = self.system(owner.domain)?;
        let draft = Draft { login, flags: flags(login, None), origin, ..Draft::default() };
        Ok(self.inventory.push_account(system, &draft))
    }

    fn login(&self, owner: Owner<'a>) -> Result<&'a str, (&'static str, usize)> {
        if owner.login.is_empty() {
            return Err(("empty-account", 0));
        }
        if memchr::memchr(0, owner.login).is_some() {
            return Err(("nul-byte", owner.login.len()));
        }
        str::from_utf8(owner.login).map_err(|_| (self.context.damage, owner.login.len()))
    }

    fn system(&mut self, domain: &'a [u8]) -> Result<u16, (&'static str, usize)> {
        let local = self.section == Section::LocalSam || self.context.local;
        if domain.is_empty() && local {
            let (host, provisional) = &self.context.host;
            return Ok(self.inventory.system(SystemKind::Host, host, *provisional));
        }
        if let Some((_, system)) = self.domain.filter(|(last, _)| *last == domain) {
            return Ok(system);
        }
        let system = self.find_system(domain)?;
        self.domain = Some((domain, system));
        Ok(system)
    }

    fn find_system(&mut self, domain: &'a [u8]) -> Result<u16, (&'static str, usize)> {
        if let Some(&system) = self.domains.get(domain) {
            return Ok(system);
        }
        let name = str::from_utf8(domain).map_err(|_| (self.context.damage, domain.len()))?;
        let system = if name.is_empty() {
            self.inventory.system(SystemKind::Directory, &self.context.stem, true)
        } else {
            self.inventory.system(SystemKind::Directory, &name.to_lowercase(), false)
        };
        self.domains.insert(domain, system);
        Ok(system)
    }
}

fn section(heading: &[u8]) -> Section {
    let has = |word: &[u8]| heading.windows(word.len()).any(|w| w == word);
    if has(b"local SAM") {
        Section::LocalSam
    } else if has(b"LSA Secrets") {
        Section::LsaSecrets
    } else if heading.starts_with(b"[*] DefaultPassword") || heading.starts_with(b"[*] _SC_") {
        Section::LsaPassword
    } else {
        Section::Domain
    }
}

fn flags(login: &str, rid: Option<u32>) -> Flags {
    let mut flags = Flags::default();
    flags.set(Flag::Machine, Tri::from(login.ends_with('$')));
    windows::built_in(rid, login, &mut flags);
    flags
}

/// Account flags of smbpasswd.
fn letters(letters: &[u8], flags: &mut Flags) {
    if letters.is_empty() {
        return;
    }
    let has = |letter: u8| Tri::from(letters.contains(&letter));
    flags.set(Flag::PasswordNotRequired, has(b'N'));
    flags.set(Flag::PasswordNeverExpires, has(b'X'));
    flags.set(Flag::Locked, has(b'L'));
    for machine in [b'W', b'S', b'I'] {
        if letters.contains(&machine) {
            flags.set(Flag::Machine, Tri::Yes);
        }
    }
}

/// secretsdump prints built-in and machine accounts without a domain: they belong to the domain
/// that most lines of the file name.
fn name_domainless(inventory: &mut Inventory) {
    let kind = SystemKind::Directory;
    let Some(nameless) = inventory.systems.iter().position(|s| s.provisional && s.kind == kind)
    else {
        return;
    };
    let mut counts = vec![0_u32; inventory.systems.len()];
    for row in 0..inventory.accounts.len() {
        counts[inventory.accounts.system.get(row) as usize] += 1;
    }
    let named = |&system: &usize| {
        let s = &inventory.systems[system];
        s.kind == kind && !s.provisional
    };
    let count = |&system: &usize| (counts[system], std::cmp::Reverse(system));
    let Some(domain) = (0..counts.len()).filter(named).max_by_key(count) else { return };
    let moved = |system: usize| match system {
        system if system == nameless => moved_down(domain, nameless),
        system => moved_down(system, nameless),
    };
    for row in 0..inventory.accounts.len() {
        let system = inventory.accounts.system.get(row) as usize;
        inventory.accounts.system.set(row, moved(system) as u16);
    }
    inventory.systems.remove(nameless);
}

/// Position of a system once an earlier one is taken out.
const fn moved_down(system: usize, removed: usize) -> usize {
    if system > removed { system - 1 } else { system }
}
