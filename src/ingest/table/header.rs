//! Finding the header: which line, which delimiter, which column means what.

use crate::ingest::Claim;
use crate::ingest::framing::csv::{Event, records};
use crate::ingest::source::Probe;
use crate::ingest::table::{TableClaim, order};
use crate::rules::source::{Makes, Role, SourceSpec};
use crate::text::date::FieldOrder;
use crate::text::name;

/// The header is looked for in this many first lines.
const SEARCH_LINES: usize = 20;
/// Score of a table whose own name settles what it is.
const PLACED: u8 = 97;
/// Columns of a register that must be known before a header is taken for one.
const REGISTER_COLUMNS: usize = 3;
const MOST_COLUMNS: usize = 1024;
const DELIMITERS: [u8; 4] = [b',', b'\t', b';', b'|'];

/// Where a table's header lies and what its columns mean.
#[derive(Clone, Debug)]
pub struct Layout {
    /// Physical line of the header's last line; rows start behind it.
    pub header_line: u32,
    /// Field delimiter.
    pub delimiter: u8,
    /// Fields of the header.
    pub width: usize,
    /// Header cells as written, trimmed.
    pub names: Vec<String>,
    /// Their keys.
    pub keys: Vec<String>,
    /// Their roles.
    pub roles: Vec<Option<Role>>,
    /// A role that two columns claim: the file is refused.
    pub duplicate: Option<String>,
    /// Order of day and month, where the dates of the file themselves show it.
    pub order: Option<FieldOrder>,
}

impl Layout {
    /// Position of the first column with this role.
    pub fn position(&self, role: Role) -> Option<usize> {
        self.roles.iter().position(|r| *r == Some(role))
    }

    fn has(&self, role: Role) -> bool {
        self.position(role).is_some()
    }
}

/// True where the first line has more columns than any table has.
pub fn too_wide(text: &str) -> bool {
    let line = text.lines().next().unwrap_or_default();
    DELIMITERS.iter().any(|&d| memchr::memchr_iter(d, line.as_bytes()).count() >= MOST_COLUMNS)
}

/// Claims of all table descriptions on a file, best first.
pub fn claim<'r>(probe: &Probe<'_>, specs: &'r [SourceSpec]) -> Vec<TableClaim<'r>> {
    let headers = header_candidates(probe.text);
    let mut claims: Vec<TableClaim<'r>> = Vec::new();
    for spec in specs {
        let placed = spec.files.iter().any(|file| probe.is_called(file));
        if !spec.files.is_empty() && !placed {
            continue;
        }
        let best = headers
            .iter()
            .filter_map(|header| judge(spec, header))
            .max_by_key(|(score, layout)| (*score, std::cmp::Reverse(layout.header_line)));
        if let Some((score, mut layout)) = best {
            layout.order = order::evident(probe.text, &layout);
            let score = if placed { PLACED } else { score };
            let reason = match score {
                PLACED => "file name and header",
                90.. => "header signature",
                _ => "header",
            };
            claims.push(TableClaim { spec, layout, claim: Claim { score, reason } });
        }
    }
    claims.sort_by_key(|claim| std::cmp::Reverse(claim.claim.score));
    claims
}

struct Header {
    line: u32,
    delimiter: u8,
    names: Vec<String>,
    keys: Vec<String>,
}

fn header_candidates(text: &str) -> Vec<Header> {
    let mut headers = Vec::new();
    for (index, line) in text.split(['\n', '\r']).enumerate().take(SEARCH_LINES * 2) {
        let line = line.trim_start_matches('\u{feff}');
        if line.starts_with("#TYPE") || line.starts_with("sep=") {
            continue;
        }
        for delimiter in DELIMITERS {
            let names = cells(line, delimiter);
            if names.len() > 1 {
                let keys = names.iter().map(|name| name::key(name)).collect();
                headers.push(Header { line: physical_line(text, index), delimiter, names, keys });
            }
        }
    }
    headers
}

// split(['\n', '\r']) yields an empty piece between CR and LF; physical lines do not count it.
fn physical_line(text: &str, piece: usize) -> u32 {
    let mut pieces = 0;
    let mut line = 1;
    let bytes = text.as_bytes();
    let only_cr = !bytes.contains(&b'\n');
    for &byte in bytes {
        if pieces == piece {
            break;
        }
        if byte == b'\n' || byte == b'\r' {
            pieces += 1;
            line += u32::from(byte == b'\n' || only_cr);
        }
    }
    line
}

fn cells(line: &str, delimiter: u8) -> Vec<String> {
    let mut cells = Vec::new();
    records(line.as_bytes(), 1, delimiter, 0, |_, event| {
        if let Event::Record(row) = event {
            let cell = |i| String::from_utf8_lossy(&row.get(i)).trim().to_owned();
            cells = (0..row.len()).map(cell).collect();
        }
    });
    cells
}

/// The layout of a table that a profile describes: its header is found by the description alone,
/// or stands behind `skip` lines, or `names` stand for it.
pub fn layout_of(
    spec: &SourceSpec,
    text: &str,
    delimiter: Option<u8>,
    skip: Option<u32>,
    names: &[String],
) -> Option<Layout> {
    if !names.is_empty() {
        let header = Header {
            line: skip.unwrap_or(0),
            delimiter: delimiter.unwrap_or(b','),
            keys: names.iter().map(|name| name::key(name)).collect(),
            names: names.to_vec(),
        };
        return judge(spec, &header).map(|(_, layout)| layout);
    }
    header_candidates(text)
        .iter()
        .filter(|header| delimiter.is_none_or(|wanted| wanted == header.delimiter))
        .filter(|header| skip.is_none_or(|line| line == header.line))
        .filter_map(|header| judge(spec, header))
        .max_by_key(|(score, layout)| (*score, std::cmp::Reverse(layout.header_line)))
        .map(|(_, layout)| layout)
}

fn layout(spec: &SourceSpec, header: &Header) -> Layout {
    let mut layout = Layout {
        header_line: header.line,
        delimiter: header.delimiter,
        width: header.names.len(),
        names: header.names.clone(),
        keys: header.keys.clone(),
        roles: header.keys.iter().map(|key| spec.role_of(key)).collect(),
        duplicate: None,
        order: None,
    };
    settle_employee(&mut layout);
    layout
}

/// False where a header lacks what the table cannot do without: asked before columns are told
/// apart, since nearly every line of other files has an answer to it.
fn may_be(spec: &SourceSpec, header: &Header) -> bool {
    let stands = |role: Role| {
        let names = spec.columns.get(&role).map_or(&[][..], Vec::as_slice);
        names.iter().any(|name| header.keys.contains(name))
    };
    // A second login may turn out to be the number of an employee.
    let named = |role: &Role| stands(*role) || *role == Role::Employee && stands(Role::Login);
    let register = spec.register.is_some() || spec.makes == Makes::Register;
    let columns =
        spec.required.iter().all(named) && (spec.any.is_empty() || spec.any.iter().any(named));
    spec.signature.iter().all(|wanted| header.keys.contains(wanted)) && (register || columns)
}

fn judge(spec: &SourceSpec, header: &Header) -> Option<(u8, Layout)> {
    if !may_be(spec, header) {
        return None;
    }
    let mut layout = layout(spec, header);
    let signed = !spec.signature.is_empty();
    let required = spec.required.iter().all(|role| layout.has(*role));
    let any = spec.any.is_empty() || spec.any.iter().any(|role| layout.has(*role));
    let other = spec.forbidden.iter().any(|role| layout.has(*role));
    let fields = layout.roles.iter().filter(|role| **role == Some(Role::Field)).count();
    let thin = spec.register.is_some() && fields < REGISTER_COLUMNS;
    if !required || !any || other || thin {
        return None;
    }
    layout.duplicate = duplicate(&layout);
    let mapped = layout.roles.iter().flatten().count().min(9) as u8;
    Some((if signed { 90 + mapped.min(5) } else { 50 }, layout))
}

/// 職員番号 is an alias of both ids: where another account-id column stands beside it, it is the
/// person's; alone it is both.
fn settle_employee(layout: &mut Layout) {
    let employee_key =
        |key: &str| matches!(key, "職員番号" | "社員番号" | "従業員番号" | "職員コード" | "職員id");
    let logins: Vec<usize> =
        (0..layout.roles.len()).filter(|&i| layout.roles[i] == Some(Role::Login)).collect();
    if logins.len() > 1 {
        for &i in logins.iter().filter(|&&i| employee_key(&layout.keys[i])) {
            layout.roles[i] = Some(Role::Employee);
        }
    }
}

/// The same header cell twice. Two columns of one role are fine where their names differ: the
/// first is used and the other is shown as ignored.
fn duplicate(layout: &Layout) -> Option<String> {
    layout.keys.iter().enumerate().find_map(|(i, key)| {
        let again =
            layout.keys[i + 1..].iter().position(|other| other == key && !key.is_empty())?;
        Some(format!("columns {} and {}", i + 1, i + 2 + again))
    })
}
