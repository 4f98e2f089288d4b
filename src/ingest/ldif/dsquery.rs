//! dsquery: a list of distinguished names, or with -attr a table of fixed width.

use super::Directory;
use super::entry::Entry;
use super::field::{What, what};
use super::groups::first_name;
use super::part::{Context, Part};
use super::values::Values;
use crate::ingest::framing::blocks::undecodable;
use crate::ingest::source::{Probe, Source};
use crate::ingest::{Claim, FileError, Reader, windows};
use crate::model::account::Draft;
use crate::model::file::{FileId, Origin, Problem, Weight};
use crate::model::inventory::Inventory;
use crate::model::site::SystemKind;
use crate::rules::RuleSet;
use unicode_width::UnicodeWidthChar;

/// Reader of `dsquery * -attr ...`.
pub struct DsqueryTable;

/// Reader of `dsquery user`: one quoted distinguished name a line.
pub struct DsqueryList;

const LIMIT: usize = 256 << 20;

impl Reader for DsqueryTable {
    fn name(&self) -> &'static str {
        "dsquery-attr"
    }

    fn claim(&self, probe: &Probe<'_>) -> Option<Claim> {
        let header = probe.text.lines().find(|line| !line.trim().is_empty())?;
        let known = |name: &str| what(name.as_bytes()) != What::Nothing;
        let login = |name: &str| name.eq_ignore_ascii_case("samaccountname");
        let names: Vec<&str> = header.split_whitespace().collect();
        let fits = header.starts_with("  ") && names.iter().copied().any(login);
        (fits && names.iter().filter(|name| known(name)).count() * 2 > names.len())
            .then_some(Claim { score: 92, reason: "columns of attribute names" })
    }

    fn read(
        &self,
        source: &mut Source<'_>,
        _rules: &RuleSet,
        inventory: &mut Inventory,
    ) -> Result<(), FileError> {
        let damage = undecodable(source.encoding);
        let context = Context::new(source, false);
        let text = source.text(LIMIT)?;
        let mut lines = numbered(&text).skip_while(|(_, line)| line.trim().is_empty());
        let Some((_, header)) = lines.next() else { return Err(FileError::new("empty-file")) };
        let columns = columns(header);
        let mut part = Part::new(&context);
        let mut values = Values::new();
        for (number, line) in lines {
            if carries_nothing(line) {
                part.inventory.rows.skip();
                continue;
            }
            match fields(line, &columns) {
                _ if line.contains('\u{fffd}') => refuse(&mut part.inventory, damage, number, line),
                None => refuse(&mut part.inventory, "field-count", number, line),
                Some(fields) => take(&columns, &fields, number, &mut values, &mut part),
            }
        }
        let mut directory = Directory::default();
        directory.absorb(part, inventory);
        directory.finish(inventory);
        inventory.columns = shown(&columns);
        Ok(())
    }
}

impl Reader for DsqueryList {
    fn name(&self) -> &'static str {
        "dsquery"
    }

    fn claim(&self, probe: &Probe<'_>) -> Option<Claim> {
        let mut lines = probe.text.lines().filter(|line| !carries_nothing(line)).take(20);
        let first = lines.next().and_then(name)?;
        let all = std::iter::once(first).chain(lines.map_while(name)).count();
        let wanted = probe.text.lines().filter(|line| !carries_nothing(line)).take(20).count();
        (all == wanted).then_some(Claim { score: 92, reason: "quoted distinguished names" })
    }

    fn read(
        &self,
        source: &mut Source<'_>,
        _rules: &RuleSet,
        inventory: &mut Inventory,
    ) -> Result<(), FileError> {
        let (stem, damage) = (source.dateless_stem(), undecodable(source.encoding));
        let text = source.text(LIMIT)?;
        for (number, line) in numbered(&text) {
            match name(line) {
                _ if carries_nothing(line) => inventory.rows.skip(),
                _ if line.contains('\u{fffd}') => refuse(inventory, damage, number, line),
                None => refuse(inventory, "field-count", number, line),
                Some(dn) => {
                    named_account(dn, &stem, number, inventory);
                    inventory.rows.take();
                }
            }
        }
        let problem = Problem::new(Origin::default(), Weight::Warning, "names-only");
        inventory.problems.push(problem.detail(format!("{} names", inventory.rows.ok)));
        Ok(())
    }
}

/// The list has no logins: the account is called by its name and tied to others by it.
fn named_account(dn: &str, stem: &str, line: u32, inventory: &mut Inventory) {
    let domain = windows::domain_of(dn);
    let kind = SystemKind::Directory;
    let system = if domain.is_empty() {
        inventory.system(kind, stem, true)
    } else {
        inventory.system(kind, &domain, false)
    };
    let name = first_name(dn);
    let origin = Origin { file: FileId(0), line };
    let draft = Draft { login: &name, name: &name, native: dn, origin, ..Draft::default() };
    inventory.push_account(system, &draft);
}

/// The name inside the quotes.
fn name(line: &str) -> Option<&str> {
    let dn = line.trim().strip_prefix('"')?.strip_suffix('"')?;
    let begins = dn.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("cn="));
    (begins && !windows::domain_part(dn).is_empty()).then_some(dn)
}

fn numbered(text: &str) -> impl Iterator<Item = (u32, &str)> {
    text.lines().enumerate().map(|(index, line)| (index as u32 + 1, line))
}

/// Blank lines, and the last word of the tool itself.
fn carries_nothing(line: &str) -> bool {
    let line = line.trim();
    line.is_empty() || line.to_ascii_lowercase().starts_with("dsquery ")
}

fn refuse(inventory: &mut Inventory, code: &'static str, line: u32, text: &str) {
    let problem = Problem::new(Origin { file: FileId(0), line }, Weight::Row, code);
    inventory.refuse(problem.detail(format!("{} characters", text.chars().count())));
}

/// A column of the table and where it begins, counted in half-width characters.
struct FixedColumn<'t> {
    name: &'t str,
    start: usize,
}

fn columns(header: &str) -> Vec<FixedColumn<'_>> {
    let start = |name: &str| name.as_ptr() as usize - header.as_ptr() as usize;
    header.split_whitespace().map(|name| FixedColumn { name, start: start(name) }).collect()
}

/// Names of the columns that are used, and numbers of those that are not.
fn shown(columns: &[FixedColumn<'_>]) -> (Vec<String>, Vec<String>) {
    let (mut used, mut ignored) = (Vec::new(), Vec::new());
    for (index, column) in columns.iter().enumerate() {
        if what(column.name.as_bytes()) == What::Nothing {
            ignored.push(format!("column {}", index + 1));
        } else {
            used.push(column.name.to_owned());
        }
    }
    (used, ignored)
}

/// The fields of a line. Whether a full-width character fills one place or two is not documented:
/// the reading in which every column begins behind a space is taken.
fn fields<'t>(line: &'t str, columns: &[FixedColumn<'_>]) -> Option<Vec<&'t str>> {
    cut(line, columns, |_| 1).or_else(|| cut(line, columns, |c| c.width().unwrap_or(0)))
}

fn cut<'t>(
    line: &'t str,
    columns: &[FixedColumn<'_>],
    width: impl Fn(char) -> usize,
) -> Option<Vec<&'t str>> {
    let mut bounds = Vec::with_capacity(columns.len() + 1);
    let (mut place, mut before) = (0, ' ');
    for (at, c) in line.char_indices() {
        if columns.get(bounds.len()).is_some_and(|column| place == column.start) {
            if before != ' ' {
                return None;
            }
            bounds.push(at);
        }
        place += width(c);
        before = c;
    }
    // Trailing spaces may have been cut off by an editor.
    bounds.resize(columns.len() + 1, line.len());
    Some(bounds.windows(2).map(|pair| line[pair[0]..pair[1]].trim()).collect())
}

fn take(
    columns: &[FixedColumn<'_>],
    fields: &[&str],
    line: u32,
    values: &mut Values,
    part: &mut Part<'_>,
) {
    let mut entry = Entry::new();
    part.begin(&mut entry);
    for (column, field) in columns.iter().zip(fields) {
        part.cell(column.name.as_bytes(), field.as_bytes(), line, &mut entry);
    }
    part.end(&entry, values);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_cut_by_characters_or_by_places() {
        let columns = columns("  name      samaccountname  description");
        assert_eq!(fields("  a         b               c", &columns).unwrap(), ["a", "b", "c"]);
        for line in ["  佐藤 拓也     t.sato          x", "  佐藤 拓也 t.sato          x"] {
            assert_eq!(fields(line, &columns).unwrap(), ["佐藤 拓也", "t.sato", "x"], "{line}");
        }
        assert_eq!(fields("  a name too long for it", &columns), None);
        assert_eq!(fields("  a         b", &columns).unwrap(), ["a", "b", ""]);
    }
}
