//! Cells whose meaning is more than yes, no or a day: factors, stored passwords, properties.

use super::strength;
use crate::ingest::table::values;
use crate::model::account::{Draft, Flag, LastUse, Minute};
use crate::model::credential::State;
use crate::model::day::Stamp;
use crate::model::factor::{Factor, Factors};
use crate::model::tri::Tri;
use crate::rules::source::Role;
use crate::text::date::{self, DateColumn, DateRules, Epoch};
use crate::text::name::nfkc;

/// Fills what a role beyond flags, texts and days says. The error is a reason code.
pub(super) fn fill(role: Role, cell: &str, draft: &mut Draft<'_>) -> Result<(), &'static str> {
    match role {
        Role::Factors => all_factors(cell, draft),
        Role::Methods => methods(cell, draft),
        Role::MfaStatus => mfa_status(cell, draft),
        Role::Invitation if !cell.is_empty() => {
            let pending = cell.eq_ignore_ascii_case("PendingAcceptance");
            draft.flags.set(Flag::Invited, Tri::from(pending));
        }
        Role::MfaSource => draft.flags.set(Flag::MfaDeclared, elsewhere(cell)),
        Role::MfaPlan => {
            draft.mfa_plan = plan(cell)?;
            // What is planned is not there yet, unless another column says so.
            let planned = draft.mfa_plan != Stamp::UNKNOWN;
            if planned && draft.flags.get(Flag::MfaRegistered) == Tri::Unknown {
                draft.flags.set(Flag::MfaRegistered, Tri::No);
            }
        }
        _ => {}
    }
    Ok(())
}

/// All kinds that a login takes: one kind alone is one factor.
fn all_factors(cell: &str, draft: &mut Draft<'_>) {
    let factors = factors(cell);
    draft.factors = draft.factors.and(factors);
    if !factors.is_empty() {
        draft.flags.set(Flag::MfaRegistered, Tri::from(draft.factors.are_two()));
    }
}

/// Methods that stand beside a password. An empty cell lists none, a word of our own list only is
/// a method; what somebody registered with a word nobody knows stays open.
fn methods(cell: &str, draft: &mut Draft<'_>) {
    strength::mark(words(cell), draft);
    let beside = factors(cell);
    if beside.is_empty() {
        return;
    }
    draft.factors = draft.factors.and(beside).and(Factors::of(Factor::Knowledge));
    if draft.flags.get(Flag::MfaRegistered) == Tri::Unknown {
        draft.flags.set(Flag::MfaRegistered, Tri::from(draft.factors.are_two()));
    }
}

/// Per-user MFA of MSOnline. "Disabled" proves nothing: Conditional Access may demand a factor.
fn mfa_status(cell: &str, draft: &mut Draft<'_>) {
    match cell.to_ascii_lowercase().as_str() {
        "enforced" => draft.flags.set(Flag::MfaEnforced, Tri::Yes),
        "enabled" => draft.flags.set(Flag::MfaEnforced, Tri::No),
        _ => {}
    }
}

/// Whether somebody other than this site asks for the second factor.
fn elsewhere(cell: &str) -> Tri {
    match cell.to_ascii_lowercase().as_str() {
        "自院" | "自施設" | "当院" | "院内" | "own" | "self" | "internal" => Tri::No,
        "他社"
        | "委託先"
        | "業者"
        | "ベンダー"
        | "第三者"
        | "ホームテナント"
        | "派遣元"
        | "home tenant"
        | "home-tenant"
        | "third party"
        | "third-party"
        | "vendor"
        | "external" => Tri::Yes,
        _ => Tri::Unknown,
    }
}

fn plan(cell: &str) -> Result<Stamp, &'static str> {
    let parsed = date::parse(cell, &DateRules::default()).map_err(values::date_code)?;
    Ok(parsed.when.into())
}

/// The kinds that a list of words names; words that nobody knows name none.
pub fn factors(cell: &str) -> Factors {
    words(cell).fold(Factors::NONE, |all, word| all.and(factor(word)))
}

/// The words of a list, however they are parted.
pub fn words(cell: &str) -> impl Iterator<Item = &str> {
    let separators = [',', ';', '+', '/', '、', '・', '，', '＋', ' ', '\n', '|'];
    cell.split(separators).map(str::trim).filter(|word| !word.is_empty())
}

/// Words for what one knows, in lower case and without `-`, `_`, `:`.
const KNOWLEDGE: &[&str] = &[
    "知識",
    "パスワード",
    "暗証番号",
    "pin",
    "password",
    "knowledge",
    "秘密の質問",
    "question",
    "securityquestion",
    "q&a",
    "temporaryaccesspass",
];
/// Words for what one has, in lower case and without `-`, `_`, `:`.
const POSSESSION: &[&str] = &[
    "所持",
    "icカード",
    "カード",
    "職員証",
    "トークン",
    "証明書",
    "クライアント証明書",
    "スマホ",
    "スマートフォン",
    "ワンタイムパスワード",
    "otp",
    "possession",
    "token",
    "card",
    "certificate",
    "push",
    "oath",
    "totp",
    "u2f",
    "webauthn",
    "fido2",
    "fido2securitykey",
    "passkey",
    "hardware",
    "tokenhardware",
    "tokensoftwaretotp",
    "tokenhotp",
    "signednonce",
    "phoneappotp",
    "phoneappnotification",
    "microsoftauthenticatorpush",
    "microsoftauthenticatorpasswordless",
    "softwareonetimepasscode",
    "hardwareonetimepasscode",
    "windowshelloforbusiness",
    "passkeydevicebound",
    "passkeydeviceboundauthenticator",
    "x509certificatemultifactor",
];
/// Words for what one is, in lower case and without `-`, `_`, `:`.
const INHERENCE: &[&str] = &[
    "生体",
    "指紋",
    "静脈",
    "顔",
    "顔認証",
    "指紋認証",
    "静脈認証",
    "虹彩",
    "inherence",
    "biometric",
    "fingerprint",
    "face",
];

/// What one method rests on. A passkey or a phone that unlocks by a finger is counted as held,
/// which is what its server can prove.
pub fn factor(word: &str) -> Factors {
    let word: String = nfkc(word).to_lowercase().chars().filter(|c| !"-_:".contains(*c)).collect();
    let tables = [
        (KNOWLEDGE, Factor::Knowledge),
        (POSSESSION, Factor::Possession),
        (strength::TELEPHONE, Factor::Possession),
        (INHERENCE, Factor::Inherence),
    ];
    let kind = tables.iter().find(|(words, _)| words.contains(&word.as_str()));
    kind.map_or(Factors::NONE, |(_, kind)| Factors::of(*kind))
}

/// What a password column without a scheme holds. Text that is no digest is a password.
pub(super) fn unnamed_secret(cell: &str) -> State {
    const DIGEST: [usize; 7] = [32, 40, 48, 56, 64, 96, 128];
    let hex = cell.bytes().all(|byte| byte.is_ascii_hexdigit()) && DIGEST.contains(&cell.len());
    let tagged = cell.contains('$') && cell.len() >= 20 || cell.starts_with('{');
    let base64 = cell.len() >= 24
        && cell.len().is_multiple_of(4)
        && cell.bytes().all(|b| b.is_ascii_alphanumeric() || b"+/=".contains(&b));
    if hex || tagged || base64 { State::Unknown } else { State::Plain }
}

/// The scheme of a stored secret where a product has several generations of it.
pub(super) fn generation<'s>(scheme: &'s str, cell: &str) -> &'s str {
    let hex = cell.bytes().all(|byte| byte.is_ascii_hexdigit());
    match (scheme, cell.len()) {
        ("openmrs", 128) if hex => "openmrs-sha512",
        // Old versions wrote bytes below 16 with one digit.
        ("openmrs", 36..=40) if hex => "openmrs-sha1",
        ("openmrs", _) => "",
        _ => scheme,
    }
}

/// One property of an account, as OpenMRS lists them. The error is a reason code.
pub(super) fn property(name: &str, value: &str, draft: &mut Draft<'_>) -> Result<(), &'static str> {
    match name {
        "lastLoginTimestamp" => draft.used(millis(value)?, LastUse::Column),
        "lockoutTimestamp" => {
            draft.locked_since = millis(value)?;
            let locked = draft.locked_since != Stamp::UNKNOWN;
            draft.flags.set(Flag::Locked, Tri::from(locked));
        }
        "forcePassword" => {
            draft.flags.set(Flag::MustChange, values::yes_no(value));
        }
        _ => {}
    }
    Ok(())
}

fn millis(value: &str) -> Result<Stamp, &'static str> {
    let rules = DateRules { epoch: Some(Epoch::Millis), ..DateRules::default() };
    let parsed = date::parse(value, &rules).map_err(values::date_code)?;
    Ok(parsed.when.into())
}

/// A moment of a table that has rules of its own for dates.
pub(super) fn moment(
    cell: &str,
    rules: DateRules,
    end: bool,
    empty: Stamp,
) -> Result<(Stamp, Minute), &'static str> {
    if values::nothing(cell) {
        return Ok((empty, Minute::default()));
    }
    let column = if end { DateColumn::End } else { DateColumn::Event };
    let parsed = date::parse(cell, &DateRules { column, ..rules });
    let parsed = parsed.map_err(values::date_code)?;
    Ok((parsed.when.into(), Minute::said(parsed.minute)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_counted_and_not_steps() {
        assert_eq!(factors("知識,所持").words(), "knowledge+possession");
        assert_eq!(factors("パスワード、秘密の質問").words(), "knowledge");
        assert_eq!(factors("ＩＣカード・指紋").words(), "possession+inherence");
        assert_eq!(factors("PhoneAppNotification;PhoneAppOTP").words(), "possession");
        assert!(factors("未定").is_empty());
    }

    #[test]
    fn a_method_beside_the_password_is_a_second_factor_unless_it_is_known_too() {
        let registered = |cell: &str| {
            let mut draft = Draft::default();
            methods(cell, &mut draft);
            draft.flags.get(Flag::MfaRegistered)
        };
        assert_eq!(registered("TOTP"), Tri::Yes);
        assert_eq!(registered("Q&A"), Tri::No);
        assert_eq!(registered(""), Tri::Unknown);
        assert_eq!(registered("email"), Tri::Unknown);
    }

    #[test]
    fn switched_off_for_the_user_says_nothing() {
        let mut draft = Draft::default();
        mfa_status("Disabled", &mut draft);
        mfa_status("", &mut draft);
        assert_eq!(draft.flags.get(Flag::MfaEnforced), Tri::Unknown);
        mfa_status("Enforced", &mut draft);
        assert_eq!(draft.flags.get(Flag::MfaEnforced), Tri::Yes);
    }

    #[test]
    fn text_that_is_no_digest_is_a_password() {
        for plain in ["Harebare7", "0123", "PW: a, b", "00000000"] {
            assert_eq!(unnamed_secret(plain), State::Plain, "{plain}");
        }
        let hex = "ab".repeat(16);
        for digest in [hex.as_str(), "$2y$10$abcdefghijklmnopqrstuv", "{SSHA}abcd"] {
            assert_eq!(unnamed_secret(digest), State::Unknown, "{digest}");
        }
    }

    #[test]
    fn generations_of_openmrs_differ_by_length() {
        assert_eq!(generation("openmrs", &"a".repeat(128)), "openmrs-sha512");
        assert_eq!(generation("openmrs", &"a".repeat(40)), "openmrs-sha1");
        assert_eq!(generation("openmrs", &"a".repeat(39)), "openmrs-sha1");
        assert_eq!(generation("openmrs", "$argon2id$v=19$x"), "");
        assert_eq!(generation("opendolphin-md5", "x"), "opendolphin-md5");
    }

    #[test]
    fn properties_that_say_something() {
        let mut draft = Draft::default();
        property("lastLoginTimestamp", "1711929600000", &mut draft).unwrap();
        assert_eq!(draft.last_use_source, LastUse::Column);
        property("forcePassword", "true", &mut draft).unwrap();
        assert_eq!(draft.flags.get(Flag::MustChange), Tri::Yes);
        assert_eq!(property("lockoutTimestamp", "soon", &mut draft), Err("bad-date"));
        property("defaultLocale", "ja", &mut draft).unwrap();
    }
}
