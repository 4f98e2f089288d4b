//! Which of day and month stands first in dates such as `3/28/2026`: the file's own dates show it.

use super::header::Layout;
use crate::ingest::FileError;
use crate::ingest::framing::csv::Chunks;
use crate::ingest::source::Source;
use crate::model::file::Problem;
use crate::rules::source::{Role, SourceSpec};
use crate::text::date::FieldOrder;

/// The order that the dates of a table's beginning show.
pub(super) fn evident(text: &str, layout: &Layout) -> Option<FieldOrder> {
    let dated = layout.roles.iter().flatten().any(|role| is_date(*role));
    dated.then(|| order_in(text)).flatten()
}

/// The order that the dates of a text allow. A part above 12 can only be a day; where no date has
/// one, or two contradict each other, nobody knows.
pub fn order_in(text: &str) -> Option<FieldOrder> {
    let mut seen = Seen::default();
    seen.look(text);
    seen.order()
}

/// The order that the dates of a whole file allow; its beginning may not have shown it.
pub fn order_of_file(
    source: &mut Source<'_>,
    delimiter: u8,
) -> Result<Option<FieldOrder>, FileError> {
    let mut seen = Seen::default();
    let mut chunks = Chunks::new(source, delimiter);
    while let Some(chunk) = chunks.next_chunk()? {
        seen.look(&String::from_utf8_lossy(&chunk.bytes));
    }
    Ok(seen.order())
}

/// True where the dates of some rows may have been refused for want of the right order.
pub fn may_be_misread(spec: &SourceSpec, problems: &[Problem]) -> bool {
    let told = spec.month_first || spec.values.dates.is_some();
    !told && problems.iter().any(|p| matches!(p.code, "ambiguous-date" | "bad-date"))
}

/// What dates have shown so far.
#[derive(Default)]
struct Seen {
    day_first: bool,
    month_first: bool,
}

impl Seen {
    fn look(&mut self, text: &str) {
        for piece in text.split(['\n', '\r', '"', ' ', ',', '\t', ';', '|']) {
            match slashed(piece) {
                Some((13..=31, 1..=12)) => self.day_first = true,
                Some((1..=12, 13..=31)) => self.month_first = true,
                _ => {}
            }
        }
    }

    const fn order(&self) -> Option<FieldOrder> {
        match (self.day_first, self.month_first) {
            (true, false) => Some(FieldOrder::Dmy),
            (false, true) => Some(FieldOrder::Mdy),
            _ => None,
        }
    }
}

const fn is_date(role: Role) -> bool {
    use Role::{
        Changed, Created, Expires, LastLogon, LastUse, LogonTimestamp, PasswordExpires,
        PasswordSet, SignIn,
    };
    matches!(
        role,
        Changed
            | Created
            | Expires
            | LastLogon
            | LastUse
            | LogonTimestamp
            | PasswordExpires
            | PasswordSet
            | SignIn
    )
}

/// First and second part of `a/b/yyyy`.
fn slashed(piece: &str) -> Option<(u32, u32)> {
    let mut parts = piece.split('/');
    let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
    let short = |part: &str| (1..=2).contains(&part.len()).then(|| part.parse().ok()).flatten();
    let four = year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit());
    (four && parts.next().is_none()).then_some(())?;
    Some((short(first)?, short(second)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_above_twelve_settles_it() {
        assert_eq!(order_in("a,\"3/28/2026 9:05:03 AM\"\n"), Some(FieldOrder::Mdy));
        assert_eq!(order_in("a,28/3/2026\nb,01/02/2026\n"), Some(FieldOrder::Dmy));
    }

    #[test]
    fn nothing_is_guessed() {
        assert_eq!(order_in("a,1/2/2026\n"), None);
        assert_eq!(order_in("a,13/2/2026\nb,2/13/2026\n"), None);
        assert_eq!(order_in("a,2026/03/28\nb,40/50/2026\n"), None);
    }
}
