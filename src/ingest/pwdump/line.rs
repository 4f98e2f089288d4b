//! One line of a hash dump, taken apart without allocating.

use crate::model::day::{Day, Stamp, When};
use crate::model::tri::Tri;
use crate::text::date::unix_seconds;
use memchr::{memchr, memrchr};

/// LM of the empty password, also printed where no LM hash is stored.
const NO_LM: &[u8; 32] = b"aad3b435b51404eeaad3b435b51404ee";

/// What a line says.
pub(super) enum Line<'a> {
    /// `login:rid:lm:nt:::`
    Hash(Hash<'a>),
    /// `login:CLEARTEXT:password`
    Clear(Owner<'a>, &'a [u8]),
    /// `DOMAIN\\login:password` among the secrets of a machine.
    Service(Owner<'a>, &'a [u8]),
    /// `DOMAIN/login:$DCC2$...`, or of older systems the bare hash: scheme and stored text.
    Cached(Owner<'a>, &'static str, &'a [u8]),
    /// `[*] Dumping ...`
    Heading(&'a [u8]),
    /// Blank, or a kind of secret that is not compared (Kerberos keys).
    Nothing,
    /// Reason code, and how long the field was that spoiled the line.
    Bad(&'static str, usize),
}

/// Domain and login as the line writes them.
#[derive(Clone, Copy)]
pub(super) struct Owner<'a> {
    pub(super) domain: &'a [u8],
    pub(super) login: &'a [u8],
}

/// A line with hashes.
pub(super) struct Hash<'a> {
    pub(super) owner: Owner<'a>,
    /// 0 = current, n = n-th previous.
    pub(super) depth: u8,
    /// `None` in smbpasswd files, whose number is one of Unix.
    pub(super) rid: Option<u32>,
    pub(super) lm: Option<[u8; 16]>,
    /// `None` where the line says `NO PASSWORD`.
    pub(super) nt: Option<[u8; 16]>,
    pub(super) password_set: Stamp,
    pub(super) enabled: Tri,
    /// Letters of the account flags of smbpasswd (`UX`); empty elsewhere.
    pub(super) letters: &'a [u8],
}

/// Takes a line apart.
pub(super) fn parse(line: &[u8]) -> Line<'_> {
    let Some(first) = memchr(b':', line) else { return without_colon(line) };
    if line[0] == b'[' {
        return without_colon(line);
    }
    let rest = &line[first + 1..];
    if let Some(line) = usual(&line[..first], rest) {
        return line;
    }
    let Some(second) = memchr(b':', rest) else { return two_fields(&line[..first], rest) };
    let hashes = &rest[second + 1..];
    if let Some((letters, changed)) = smbpasswd(&rest[..second], hashes) {
        return samba(&line[..first], hashes, letters, changed);
    }
    let Some(rid) = number(&rest[..second]) else { return other(&line[..first], rest, second) };
    let (Some(lm), Some(tail)) = (field(hashes), hashes.get(33..)) else {
        return odd_lengths(hashes);
    };
    let Some(nt) = field(tail) else { return odd_lengths(hashes) };
    hash(&line[..first], rid, lm, nt, tail.get(33..).unwrap_or_default())
}

/// Takes a line apart that follows the heading of the machine's secret `secret`. Where the machine
/// does not say whose password it is, the secret's own name stands for the account.
pub(super) fn lsa<'a>(line: &'a [u8], secret: &'a [u8]) -> Line<'a> {
    if line.trim_ascii().is_empty() {
        return Line::Nothing;
    }
    let Some(at) = memchr(b':', line) else { return Line::Bad("field-count", line.len()) };
    let (name, password) = (&line[..at], &line[at + 1..]);
    match name {
        b"(Unknown User)" => Line::Service(Owner { domain: b"", login: secret }, password),
        name => Line::Service(owner(name, b'\\'), password),
    }
}

/// `login:rid:lm:nt:::` where every field is what it should be. All else is looked at with more
/// care.
#[inline]
fn usual<'a>(name: &'a [u8], rest: &'a [u8]) -> Option<Line<'a>> {
    let digits = rest.iter().take(9).take_while(|byte| byte.is_ascii_digit()).count();
    let (rid, hashes) = (number(&rest[..digits])?, rest[digits..].strip_prefix(b":")?);
    let (lm, hashes) = hashes.split_first_chunk::<32>()?;
    let (nt, tail) = hashes.strip_prefix(b":")?.split_first_chunk::<32>()?;
    let tail = tail.strip_prefix(b":")?;
    // A hash for LAN Manager, or the account flags of a line of smbpasswd.
    if lm != NO_LM || tail.first() == Some(&b'[') {
        return None;
    }
    let nt = Some(digest(nt).ok()??);
    let (owner, depth) = history(owner(name, b'\\'));
    let (password_set, enabled) = remarks(tail);
    let (rid, lm, letters) = (Some(rid), None, &[][..]);
    Some(Line::Hash(Hash { owner, depth, rid, lm, nt, password_set, enabled, letters }))
}

fn hash<'a>(name: &'a [u8], rid: u32, lm: &[u8], nt: &[u8], tail: &[u8]) -> Line<'a> {
    let (owner, depth) = history(owner(name, b'\\'));
    let nt = match digest(nt) {
        Ok(nt) => nt,
        Err(code) => return Line::Bad(code, nt.len()),
    };
    // impacket pads the LM side of history lines with noise.
    let lm = if depth > 0 || lm.eq_ignore_ascii_case(NO_LM) { Ok(None) } else { digest(lm) };
    let Ok(lm) = lm else { return Line::Bad("hash-type-mismatch", 32) };
    let (password_set, enabled) = remarks(tail);
    Line::Hash(Hash { owner, depth, rid: Some(rid), lm, nt, password_set, enabled, letters: &[] })
}

/// Account flags and change time of a line of smbpasswd, if it is one:
/// `login:uid:lm:nt:[UX         ]:LCT-69740B80:`.
fn smbpasswd<'a>(uid: &[u8], hashes: &'a [u8]) -> Option<(&'a [u8], &'a [u8])> {
    let digits = !uid.is_empty() && uid.iter().all(u8::is_ascii_digit);
    let rest = hashes.get(66..)?.strip_prefix(b"[")?;
    let (end, colons) = (memchr(b']', rest)?, hashes[32] == b':' && hashes[65] == b':');
    (digits && colons).then_some((&rest[..end], &rest[end + 1..]))
}

fn samba<'a>(name: &'a [u8], hashes: &[u8], letters: &'a [u8], changed: &[u8]) -> Line<'a> {
    let has = |letter: u8| letters.contains(&letter);
    let (lm, nt) = (digest(&hashes[..32]), digest(&hashes[33..65]));
    let (Ok(lm), Ok(nt)) = (lm, nt) else { return Line::Bad("hash-type-mismatch", 32) };
    let lm = lm.filter(|_| !hashes[..32].eq_ignore_ascii_case(NO_LM));
    let changed = changed.strip_prefix(b":LCT-").and_then(|rest| rest.get(..8));
    let seconds = changed.and_then(|hex| str::from_utf8(hex).ok());
    let seconds = seconds.and_then(|hex| i64::from_str_radix(hex, 16).ok());
    let password_set = match seconds {
        None => Stamp::UNKNOWN,
        Some(0) => Stamp::NEVER,
        Some(seconds) => unix_seconds(seconds).into(),
    };
    Line::Hash(Hash {
        owner: owner(name, b'\\'),
        depth: 0,
        rid: None,
        lm,
        nt,
        password_set,
        enabled: Tri::from(!has(b'D')),
        letters,
    })
}

fn without_colon(line: &[u8]) -> Line<'_> {
    match line.first() {
        None => Line::Nothing,
        Some(b'[' | b'#') => Line::Heading(line),
        Some(_) if line.trim_ascii().is_empty() => Line::Nothing,
        Some(_) if line.starts_with(b"Impacket ") => Line::Nothing,
        Some(_) => Line::Bad("field-count", line.len()),
    }
}

fn two_fields<'a>(name: &'a [u8], value: &'a [u8]) -> Line<'a> {
    // `DOMAIN/login:$DCC2$10240#login#hex` without the date that newer versions add.
    if value.starts_with(b"$DCC2$") {
        return Line::Cached(owner(name, b'/'), "dcc2", value.trim_ascii());
    }
    if is_cached(name, value) {
        return Line::Cached(owner(name, b'/'), "dcc", value.trim_ascii());
    }
    Line::Bad("field-count", 2)
}

/// Lines whose second field is no relative id.
fn other<'a>(name: &'a [u8], rest: &'a [u8], end: usize) -> Line<'a> {
    let (second, value) = (&rest[..end], &rest[end + 1..]);
    if second.starts_with(b"$DCC2$") {
        return Line::Cached(owner(name, b'/'), "dcc2", second.trim_ascii());
    }
    if is_cached(name, second) {
        return Line::Cached(owner(name, b'/'), "dcc", second.trim_ascii());
    }
    if is_machine(name, second) {
        return Line::Nothing;
    }
    if second == b"CLEARTEXT" {
        return Line::Clear(owner(name, b'\\'), value);
    }
    let keys: [&[u8]; 3] = [b"aes", b"des-", b"dec-"];
    if keys.iter().any(|key| second.starts_with(key)) || second == b"rc4_hmac" {
        return Line::Nothing;
    }
    Line::Bad("bad-number", second.len())
}

/// `DOMAIN/login:hash` or `DOMAIN/login:hash:login`, as systems before Vista cache it.
fn is_cached(name: &[u8], value: &[u8]) -> bool {
    let value = value.trim_ascii();
    memchr(b'/', name).is_some() && value.len() == 32 && value.iter().all(u8::is_ascii_hexdigit)
}

/// The machine's own secret, which no person knows: `$MACHINE.ACC` and what is printed under the
/// machine's name without a relative id.
fn is_machine(name: &[u8], second: &[u8]) -> bool {
    let hash = second.len() == 32 && second.iter().all(u8::is_ascii_hexdigit);
    name == b"$MACHINE.ACC" || (name.ends_with(b"$") && (hash || second == b"plain_password_hex"))
}

/// The 32 characters of a hash, if a colon or the line's end follows them.
fn field(bytes: &[u8]) -> Option<&[u8]> {
    let field = bytes.get(..32)?;
    (matches!(bytes.get(32), None | Some(b':')) && memchr(b':', field).is_none()).then_some(field)
}

/// Says what is wrong with hashes that are not 32 characters long.
fn odd_lengths<'a>(hashes: &[u8]) -> Line<'a> {
    let mut fields = hashes.split(|&b| b == b':');
    let (Some(lm), Some(nt)) = (fields.next(), fields.next()) else {
        return Line::Bad("field-count", hashes.len());
    };
    let odd = if lm.len() == 32 || lm.is_empty() { nt } else { lm };
    match odd.len() {
        40 | 56 | 64 | 96 | 128 => Line::Bad("hash-type-mismatch", odd.len()),
        length => Line::Bad("bad-hash-length", length),
    }
}

fn owner(name: &[u8], separator: u8) -> Owner<'_> {
    match memrchr(separator, name) {
        Some(at) => Owner { domain: &name[..at], login: &name[at + 1..] },
        None => Owner { domain: &[], login: name },
    }
}

/// `login_history3` is the fourth-last password of `login`.
fn history(owner: Owner<'_>) -> (Owner<'_>, u8) {
    let none = (owner, 0);
    if !owner.login.last().is_some_and(u8::is_ascii_digit) {
        return none;
    }
    let Some(at) = memrchr(b'_', owner.login) else { return none };
    let Some(digits) = owner.login[at..].strip_prefix(b"_history") else { return none };
    match number(digits) {
        Some(nth) if nth < 255 && at > 0 => {
            (Owner { login: &owner.login[..at], ..owner }, nth as u8 + 1)
        }
        _ => none,
    }
}

/// A hash, or `None` for the words that stand where there is none.
fn digest(text: &[u8]) -> Result<Option<[u8; 16]>, &'static str> {
    let mut bytes = [0_u8; 16];
    let mut bad = 0;
    for (byte, pair) in bytes.iter_mut().zip(text.as_chunks::<2>().0) {
        let (high, low) = (HEX[pair[0] as usize], HEX[pair[1] as usize]);
        bad |= high | low;
        *byte = high << 4 | low;
    }
    if bad & 0xF0 == 0 {
        return Ok(Some(bytes));
    }
    let absent = text.starts_with(b"NO PASSWORD")
        || text.iter().all(|&b| b == b'*')
        || text.iter().all(|&b| b == b'X');
    if absent { Ok(None) } else { Err("hash-type-mismatch") }
}

/// Value of each hexadecimal digit; 0xFF for all other bytes.
const HEX: [u8; 256] = {
    let mut table = [0xFF; 256];
    let mut i = 0;
    while i < 10 {
        table[b'0' as usize + i] = i as u8;
        i += 1;
    }
    let mut i = 0;
    while i < 6 {
        table[b'a' as usize + i] = 10 + i as u8;
        table[b'A' as usize + i] = 10 + i as u8;
        i += 1;
    }
    table
};

fn number(digits: &[u8]) -> Option<u32> {
    if digits.is_empty() || digits.len() > 10 {
        return None;
    }
    let value = digits.iter().try_fold(0_u64, |value, &b| {
        b.is_ascii_digit().then(|| value * 10 + u64::from(b - b'0'))
    })?;
    u32::try_from(value).ok().filter(|&value| value != u32::MAX)
}

/// ` (pwdLastSet=2026-03-22 00:00) (status=Enabled)` behind the hashes.
fn remarks(tail: &[u8]) -> (Stamp, Tri) {
    let (mut set, mut enabled) = (Stamp::UNKNOWN, Tri::Unknown);
    if tail.len() < 8 {
        return (set, enabled);
    }
    for remark in tail.split(|&b| b == b'(').skip(1) {
        let remark = remark.split(|&b| b == b')').next().unwrap_or_default();
        if let Some(when) = remark.strip_prefix(b"pwdLastSet=") {
            set = day(when).into();
        } else if let Some(status) = remark.strip_prefix(b"status=") {
            enabled = match status {
                b"Enabled" => Tri::Yes,
                b"Disabled" => Tri::No,
                _ => Tri::Unknown,
            };
        }
    }
    (set, enabled)
}

/// `2026-03-22 00:00` in UTC, or `never`.
fn day(text: &[u8]) -> When {
    if text == b"never" {
        return When::Never;
    }
    let part = |range: std::ops::Range<usize>| text.get(range).and_then(number);
    let (Some(y), Some(m), Some(d)) = (part(0..4), part(5..7), part(8..10)) else {
        return When::Unknown;
    };
    // Japan is nine hours ahead: from 15:00 on it is the next day there.
    let next = i32::from(part(11..13).is_some_and(|hour| hour >= 15));
    Day::from_ymd(y as i32, m, d).map_or(When::Unknown, |day| When::On(day.plus(next)))
}
