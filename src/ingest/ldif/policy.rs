//! Password policies: of the domain object, and fine-grained ones.

use super::entry::{Entry, Fault, of};
use super::field::Field;
use super::values::Values;
use crate::ingest::windows::{days, minutes};
use crate::model::file::{FileId, Origin};
use crate::model::password_policy::PasswordPolicy;
use crate::model::tri::Tri;

/// Bits of `pwdProperties`.
const COMPLEX: i64 = 0x1;
const CLEARTEXT: i64 = 0x10;

/// Reads the policy of a domain or of a fine-grained policy object.
pub(super) fn read(entry: &Entry<'_>, values: &Values) -> Result<PasswordPolicy, Fault> {
    let number = |field| values.number(field, entry);
    let count = |field| -> Result<Option<u32>, Fault> {
        let small = |n: i64| u32::try_from(n).map_err(|_| of("bad-number", field, entry));
        number(field)?.map(small).transpose()
    };
    let mut policy = PasswordPolicy {
        precedence: count(Field::Precedence)?,
        min_length: count(Field::MinLength)?,
        history: count(Field::History)?,
        complexity: word(values.bytes(Field::Complexity)),
        reversible: word(values.bytes(Field::Reversible)),
        lockout_threshold: count(Field::Threshold)?,
        lockout_window: number(Field::Window)?.map(minutes),
        lockout_minutes: number(Field::Duration)?.map(minutes),
        max_age_days: number(Field::MaxAge)?.map(days),
        min_age_days: number(Field::MinAge)?.map(days),
        origin: Origin { file: FileId(0), line: entry.line },
        ..PasswordPolicy::default()
    };
    if let Some(bits) = number(Field::Properties)? {
        policy.complexity = Tri::from(bits & COMPLEX != 0);
        policy.reversible = Tri::from(bits & CLEARTEXT != 0);
    }
    Ok(policy)
}

fn word(bytes: &[u8]) -> Tri {
    match bytes {
        b"TRUE" => Tri::Yes,
        b"FALSE" => Tri::No,
        _ => Tri::Unknown,
    }
}
