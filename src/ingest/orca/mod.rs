//! ORCA (日医標準レセプトソフト): users, their passwords and their rights, as psql writes them.
//!
//! One person has a row for each period; the newest counts. A user without a row in tbl_passwd
//! cannot log in. There is no last use, no age of a password and no second factor in it.

mod api;
mod kanritbl;

pub use api::OrcaApi;

use crate::ingest::source::{Probe, Source};
use crate::ingest::{Claim, FileError, Reader};
use crate::model::account::{Draft, Flag};
use crate::model::day::{Stamp, When};
use crate::model::file::{FileId, Origin, Problem, Weight};
use crate::model::inventory::{CredentialDraft, Inventory};
use crate::model::site::SystemKind;
use crate::model::tri::Tri;
use crate::rules::RuleSet;
use crate::text::date::{self, DateColumn, DateRules};
use crate::text::encoding::{self, Encoding};
use crate::text::name::login_key;
use std::collections::BTreeMap;
use std::io::Read;
use zeroize::Zeroizing;

/// Reader of a dump of tbl_passwd, tbl_syskanri (1010) or both joined.
pub struct Orca;

const LIMIT: u64 = 64 << 20;
const PRODUCT: &str = "orca";
/// Logins that ship with the product.
const BUILT_IN: &str = "ormaster";

/// 職員区分, the first character of KBNCD.
const JOBS: [&str; 6] = ["マスター", "医師", "看護師", "技師", "事務職", "管理職"];

impl Reader for Orca {
    fn name(&self) -> &'static str {
        "orca"
    }

    fn claim(&self, probe: &Probe<'_>) -> Option<Claim> {
        let header = probe.text.lines().find(|line| !line.trim().is_empty())?;
        let delimiter = Header::delimiter(header)?;
        let header = Header::of(header, delimiter)?;
        let reason = match (header.password, header.staff) {
            (Some(_), Some(_)) => "tbl_passwd with tbl_syskanri",
            (Some(_), None) => "tbl_passwd",
            _ => "tbl_syskanri",
        };
        Some(Claim { score: 95, reason })
    }

    fn read(
        &self,
        source: &mut Source<'_>,
        _rules: &RuleSet,
        inventory: &mut Inventory,
    ) -> Result<(), FileError> {
        let encoding = source.encoding;
        if !encoding::ascii_compatible(encoding) {
            return Err(FileError::new("bad-encoding"));
        }
        let bom_len = source.bom_len;
        let system = system(source);
        let mut bytes = Zeroizing::new(Vec::new());
        source.bytes().take(LIMIT + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > LIMIT {
            return Err(FileError::new("record-too-long"));
        }
        let mut users = Users::default();
        rows(encoding, &bytes[bom_len..], inventory, &mut users)?;
        if users.periods.is_empty() && inventory.rows.quarantined == 0 {
            let problem = Problem::new(Origin::default(), Weight::File, "no-records");
            inventory.problems.push(problem);
        }
        users.push(&system, inventory);
        Ok(())
    }
}

/// The folder names the system, else the product does.
fn system(source: &Source<'_>) -> String {
    source.system_folder().unwrap_or(PRODUCT).to_owned()
}

/// Positions of the columns.
struct Header {
    delimiter: u8,
    width: usize,
    user: Option<usize>,
    password: Option<usize>,
    class: Option<usize>,
    kind: Option<usize>,
    start: Option<usize>,
    end: Option<usize>,
    staff: Option<usize>,
}

impl Header {
    fn delimiter(line: &str) -> Option<u8> {
        [b'\t', b',', b'|'].into_iter().find(|&delimiter| line.contains(char::from(delimiter)))
    }

    /// The dump's own column names; `None` for any other table.
    fn of(line: &str, delimiter: u8) -> Option<Self> {
        let names: Vec<String> = line
            .trim_start_matches('\u{feff}')
            .split(char::from(delimiter))
            .map(|name| name.trim().trim_matches('"').to_ascii_lowercase())
            .collect();
        let at = |wanted: &str| names.iter().position(|name| name == wanted);
        let header = Self {
            delimiter,
            width: names.len(),
            user: at("userid"),
            password: at("password"),
            class: at("kbncd"),
            kind: at("kanricd"),
            start: at("styukymd"),
            end: at("edyukymd"),
            staff: at("kanritbl"),
        };
        let joined = header.staff.is_some() && header.class.is_some();
        let passwords = names == ["userid", "password"];
        (joined || passwords).then_some(header)
    }

    /// tbl_syskanri holds settings of every kind; only 1010 is staff.
    fn is_other_table(&self, row: &[u8]) -> bool {
        let Some(kind) = self.kind else { return false };
        let mut fields = row.split(|&byte| byte == self.delimiter);
        fields.nth(kind).is_some_and(|field| field.trim_ascii() != b"1010")
    }

    /// psql ends with the number of rows.
    fn is_footer(row: &[u8]) -> bool {
        let ends = [&b"rows)"[..], b"row)", "行)".as_bytes()];
        row.starts_with(b"(") && ends.iter().any(|end| row.ends_with(end))
    }
}

/// One row: a period of a person.
struct Period {
    login: String,
    password: Option<Zeroizing<Vec<u8>>>,
    kana: String,
    name: String,
    job: String,
    administrator: Option<bool>,
    start: Stamp,
    end: Stamp,
    origin: Origin,
}

fn rows(
    encoding: Encoding,
    bytes: &[u8],
    inventory: &mut Inventory,
    users: &mut Users,
) -> Result<(), FileError> {
    let mut header: Option<Header> = None;
    for (line, row) in (1..).zip(bytes.split(|&byte| byte == b'\n')) {
        let row = row.strip_suffix(b"\r").unwrap_or(row);
        if header.is_none() {
            let text = String::from_utf8_lossy(row);
            header = Header::delimiter(&text).and_then(|d| Header::of(&text, d));
            continue;
        }
        let Some(header) = &header else { continue };
        if row.is_empty() {
            continue;
        }
        if Header::is_footer(row) {
            inventory.rows.skip();
            continue;
        }
        if header.is_other_table(row) {
            inventory.rows.skip();
            continue;
        }
        let origin = Origin { file: FileId(0), line };
        match period(header, encoding, row, origin) {
            Ok(period) => {
                inventory.rows.take();
                users.add(period);
            }
            Err((code, column)) => {
                inventory.refuse(Problem::new(origin, Weight::Row, code).column(column));
            }
        }
    }
    if header.is_some() { Ok(()) } else { Err(FileError::new("unknown-header")) }
}

type Fault = (&'static str, &'static str);

fn period(
    header: &Header,
    encoding: Encoding,
    row: &[u8],
    origin: Origin,
) -> Result<Period, Fault> {
    // KANRITBL is text of any kind and stands last, so a delimiter inside it is its own.
    let fields: Vec<&[u8]> = if header.staff == Some(header.width - 1) {
        row.splitn(header.width, |&byte| byte == header.delimiter).collect()
    } else {
        row.split(|&byte| byte == header.delimiter).collect()
    };
    if fields.len() != header.width {
        return Err(("field-count", ""));
    }
    let bare = |field: &'static str, at: Option<usize>| -> Result<String, Fault> {
        let Some(at) = at else { return Ok(String::new()) };
        let text = encoding::decode(encoding, fields[at]).map_err(|_| ("bad-encoding", field))?;
        Ok(text.trim().trim_matches('"').to_owned())
    };
    let day = |field, at, column| {
        let text = bare(field, at)?;
        // The columns are eight characters wide; seven digits would be read as an era.
        if !matches!(text.len(), 0 | 8) {
            return Err(("bad-date", field));
        }
        let rules = DateRules { column, ..DateRules::default() };
        let parsed = date::parse(&text, &rules).map_err(|_| ("bad-date", field))?;
        Ok::<Stamp, Fault>(parsed.when.into())
    };
    let staff = match header.staff {
        Some(at) => kanritbl::parse(encoding, fields[at]).ok_or(("bad-encoding", "kanritbl"))?,
        None => kanritbl::parse(Encoding::Ascii, b"").ok_or(("bad-encoding", "kanritbl"))?,
    };
    let user = bare("userid", header.user)?;
    let login = if user.is_empty() { staff.login } else { user };
    if login.is_empty() {
        return Err(("empty-account", "userid"));
    }
    let password = header.password.map(|at| Zeroizing::new(fields[at].trim_ascii().to_vec()));
    Ok(Period {
        login,
        password,
        kana: staff.kana,
        name: staff.name,
        job: job(&bare("kbncd", header.class)?).to_owned(),
        administrator: staff.administrator,
        start: day("styukymd", header.start, DateColumn::Event)?,
        end: day("edyukymd", header.end, DateColumn::End)?,
        origin,
    })
}

fn job(class: &str) -> &'static str {
    let digit = class.chars().next().and_then(|c| c.to_digit(10));
    digit.and_then(|digit| JOBS.get(digit as usize)).copied().unwrap_or("")
}

/// Periods of each login, in the order in which logins were met.
#[derive(Default)]
struct Users {
    periods: BTreeMap<String, (usize, Period)>,
}

impl Users {
    /// Keeps the newest period: the one that began last.
    fn add(&mut self, period: Period) {
        let next = self.periods.len();
        let key = login_key(&period.login).into_owned();
        match self.periods.get_mut(&key) {
            None => {
                self.periods.insert(key, (next, period));
            }
            Some((_, kept)) if began(&period) > began(kept) => *kept = period,
            Some(_) => {}
        }
    }

    fn push(self, system: &str, inventory: &mut Inventory) {
        if self.periods.is_empty() {
            return;
        }
        let system = inventory.system(SystemKind::Ecarte, system, false);
        inventory.systems[system as usize].product = inventory.names.intern(PRODUCT);
        let mut users: Vec<_> = self.periods.into_values().collect();
        users.sort_by_key(|(order, _)| *order);
        for (_, period) in users {
            push(system, &period, inventory);
        }
    }
}

fn began(period: &Period) -> Option<crate::model::day::Day> {
    match period.start.when() {
        When::On(day) => Some(day),
        _ => None,
    }
}

fn push(system: u16, period: &Period, inventory: &mut Inventory) {
    let mut draft = Draft {
        login: &period.login,
        name: &period.name,
        kana: &period.kana,
        job: &period.job,
        created: period.start,
        expires: period.end,
        origin: period.origin,
        ..Draft::default()
    };
    let may_log_in = period.password.as_ref().map(|password| !password.is_empty());
    draft.flags.set(Flag::Enabled, may_log_in.map_or(Tri::Unknown, Tri::from));
    draft.flags.set(Flag::Privileged, period.administrator.map_or(Tri::Unknown, Tri::from));
    if period.login == BUILT_IN {
        draft.flags.set(Flag::BuiltIn, Tri::Yes);
        draft.flags.set(Flag::Privileged, Tri::Yes);
    }
    let row = inventory.push_account(system, &draft);
    if let Some(password) = period.password.as_ref().filter(|password| !password.is_empty()) {
        inventory.push_credential(row, &CredentialDraft::login("", password, period.origin));
    }
}

#[cfg(test)]
mod tests;
