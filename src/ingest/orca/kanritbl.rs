//! KANRITBL of KANRICD 1010: what ORCA keeps about a member of staff, in fields of fixed width
//! that count bytes of the database's encoding, kanji mixed in.

use crate::text::encoding::{self, Encoding};

/// Offsets and lengths in bytes, from CPSK1010.INC.
const USERID: (usize, usize) = (0, 16);
const KANA: (usize, usize) = (16, 80);
const NAME: (usize, usize) = (96, 80);
/// Behind ISEKINUM 8, HKNDRNUMS 8, HKNDRNUMK 12, SEMONKACD 5 × 2 and GSRAUTH 70.
const ADMINISTRATOR: (usize, usize) = (284, 1);

/// The fields that the inventory has a place for.
pub(super) struct Staff {
    /// Login.
    pub(super) login: String,
    /// Reading of the name.
    pub(super) kana: String,
    /// Name.
    pub(super) name: String,
    /// 管理者権限: `None` where the row is too short to say.
    pub(super) administrator: Option<bool>,
}

/// Cuts a value. `None` where a field does not decode: the widths do not fit the encoding.
pub(super) fn parse(encoding: Encoding, bytes: &[u8]) -> Option<Staff> {
    let field = |(start, len): (usize, usize)| {
        let start = start.min(bytes.len());
        let end = (start + len).min(bytes.len());
        let text = encoding::decode(encoding, &bytes[start..end]).ok()?;
        Some(text.trim_matches([' ', '\u{3000}']).to_owned())
    };
    let administrator = match bytes.get(ADMINISTRATOR.0) {
        None => None,
        Some(flag) => Some(*flag == b'1'),
    };
    Some(Staff { login: field(USERID)?, kana: field(KANA)?, name: field(NAME)?, administrator })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(encoding: Encoding, administrator: u8) -> Vec<u8> {
        let encoded = |text: &str| match encoding {
            Encoding::EucJp => encoding_rs::EUC_JP.encode(text).0.into_owned(),
            _ => text.as_bytes().to_vec(),
        };
        let mut row = Vec::new();
        for (text, width) in [("satou", 16), ("サトウ　タクヤ", 80), ("佐藤　拓也", 80)]
        {
            let mut cell = encoded(text);
            cell.resize(width, b' ');
            row.extend(cell);
        }
        row.resize(284, b'0');
        row.push(administrator);
        row.resize(500, b' ');
        row
    }

    #[test]
    fn widths_count_bytes_in_either_encoding() {
        for encoding in [Encoding::EucJp, Encoding::Utf8] {
            let staff = parse(encoding, &row(encoding, b'1')).unwrap();
            assert_eq!((staff.login.as_str(), staff.name.as_str()), ("satou", "佐藤　拓也"));
            assert_eq!(staff.kana, "サトウ　タクヤ");
            assert_eq!(staff.administrator, Some(true));
        }
    }

    #[test]
    fn short_rows_leave_the_rights_open() {
        let staff = parse(Encoding::Utf8, b"satou").unwrap();
        assert_eq!((staff.login.as_str(), staff.administrator), ("satou", None));
        let plain = parse(Encoding::Utf8, &row(Encoding::Utf8, b' ')).unwrap();
        assert_eq!(plain.administrator, Some(false));
    }

    #[test]
    fn the_wrong_encoding_is_no_name() {
        assert!(parse(Encoding::Utf8, &row(Encoding::EucJp, b'1')).is_none());
    }
}
