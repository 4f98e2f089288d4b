//! The values of one entry, decoded when it has ended.

use super::entry::{Entry, Fault, of, undecoded};
use super::field::{FIELDS, Field};
use crate::text::digits;

/// Decoded values of one entry, end to end in one buffer that is used again.
pub(super) struct Values {
    text: String,
    /// The security identifier may be binary.
    sid: Vec<u8>,
    ranges: [(u32, u32); FIELDS],
}

impl Values {
    /// No values yet.
    pub(super) const fn new() -> Self {
        Self { text: String::new(), sid: Vec::new(), ranges: [(0, 0); FIELDS] }
    }

    /// Decodes every field that was noted.
    pub(super) fn load(&mut self, entry: &Entry<'_>) -> Result<(), Fault> {
        let mut bytes = std::mem::take(&mut self.text).into_bytes();
        bytes.clear();
        self.sid.clear();
        self.ranges = [(0, 0); FIELDS];
        for (field, attribute) in entry.noted() {
            let buffer = if field == Field::Sid { &mut self.sid } else { &mut bytes };
            let start = buffer.len() as u32;
            attribute.append_to(buffer).ok_or_else(|| of(undecoded(attribute), field, entry))?;
            self.ranges[field as usize] = (start, buffer.len() as u32);
        }
        // One check of everything; which field is to blame is asked only when there is one.
        if memchr::memchr(0, &bytes).is_some() {
            return Err(self.blame(&bytes, "nul-byte", entry, |value| !value.contains(&0)));
        }
        match String::from_utf8(bytes) {
            Ok(text) => self.text = text,
            Err(error) => {
                let good = |value: &[u8]| str::from_utf8(value).is_ok();
                return Err(self.blame(error.as_bytes(), "bad-utf8", entry, good));
            }
        }
        Ok(())
    }

    fn blame(
        &self,
        bytes: &[u8],
        code: &'static str,
        entry: &Entry<'_>,
        good: impl Fn(&[u8]) -> bool,
    ) -> Fault {
        let bad = |field: &Field| {
            let (start, end) = self.ranges[*field as usize];
            *field != Field::Sid && !good(&bytes[start as usize..end as usize])
        };
        let field = entry.noted().map(|noted| noted.0).find(bad);
        of(code, field.unwrap_or(Field::Dn), entry)
    }

    /// The value of a field as it was decoded; empty where the entry has none.
    pub(super) fn bytes(&self, field: Field) -> &[u8] {
        let (start, end) = self.ranges[field as usize];
        let buffer = if field == Field::Sid { &self.sid } else { self.text.as_bytes() };
        &buffer[start as usize..end as usize]
    }

    /// The text of a field; empty where the entry has none.
    pub(super) fn text(&self, field: Field, entry: &Entry<'_>) -> Result<&str, Fault> {
        let bad = || of("bad-utf8", field, entry);
        if field == Field::Sid {
            return str::from_utf8(&self.sid).map_err(|_| bad());
        }
        let (start, end) = self.ranges[field as usize];
        // Halves of one character in two fields are good together and bad alone.
        self.text.get(start as usize..end as usize).ok_or_else(bad)
    }

    /// The number of a field, exactly.
    pub(super) fn number(&self, field: Field, entry: &Entry<'_>) -> Result<Option<i64>, Fault> {
        match self.bytes(field).trim_ascii() {
            [] => Ok(None),
            bytes => integer(bytes).map(Some).ok_or_else(|| of("bad-number", field, entry)),
        }
    }
}

/// A decimal number of up to 64 bits with a sign.
fn integer(bytes: &[u8]) -> Option<i64> {
    let (sign, digits) = match bytes {
        [b'-', digits @ ..] => (-1, digits),
        digits => (1, digits),
    };
    if digits.is_empty() {
        return None;
    }
    if digits.len() <= 18 {
        return digits::number(digits).map(|number| sign * number as i64);
    }
    digits.iter().try_fold(0_i64, |number, &byte| {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        number.checked_mul(10)?.checked_add(sign * i64::from(digit))
    })
}
