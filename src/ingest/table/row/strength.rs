//! How much a list of registered methods holds out against a false page or a friendly voice.

use super::meaning::factor;
use crate::model::account::{Draft, Flag};
use crate::model::factor::{Factor, Factors};
use crate::model::tri::Tri;
use crate::text::name::nfkc;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    /// None: it stands in the place of the password.
    Password,
    /// Beside the password only in name: SMS, a call, mail.
    Weak,
    /// A code or a push that can be passed on.
    Usual,
    /// Bound to the true page: passkeys, certificates, Windows Hello.
    Resistant,
}

/// What reaches a telephone, as Microsoft and Okta name it: possession of a weak kind.
pub(super) const TELEPHONE: &[&str] = &[
    "sms",
    "call",
    "mobilephone",
    "alternatemobilephone",
    "officephone",
    "onewaysms",
    "twowayvoicemobile",
    "twowayvoiceoffice",
    "twowayvoicealternatemobile",
];

/// Weak as well, and no factor that is known.
const WEAK: &[&str] = &["email", "電話", "メール"];

const RESISTANT: &[&str] = &[
    "証明書",
    "クライアント証明書",
    "certificate",
    "u2f",
    "webauthn",
    "fido2",
    "fido2securitykey",
    "passkey",
    "passkeydevicebound",
    "passkeydeviceboundauthenticator",
    "passkeydeviceboundwindowshello",
    "macossecureenclavekey",
    "windowshelloforbusiness",
    "x509certificatemultifactor",
];

/// Judges all methods of an account. A word that nobody knows leaves open what it would decide.
pub fn mark<'w>(methods: impl Iterator<Item = &'w str>, draft: &mut Draft<'_>) {
    let (mut best, mut open) = (Strength::Password, false);
    for word in methods.map(str::trim).filter(|word| !word.is_empty()) {
        match strength(word) {
            Some(strength) => best = best.max(strength),
            None => open = true,
        }
    }
    let resistant = match best {
        Strength::Resistant => Tri::Yes,
        _ if open => Tri::Unknown,
        _ => Tri::No,
    };
    let weak = match best {
        Strength::Usual | Strength::Resistant => Tri::No,
        _ if open => Tri::Unknown,
        best => Tri::from(best == Strength::Weak),
    };
    draft.flags.set(Flag::MfaResistant, resistant);
    draft.flags.set(Flag::MfaWeakOnly, weak);
}

/// The strength of a method; `None` for a word that nobody knows.
fn strength(word: &str) -> Option<Strength> {
    let plain: String = nfkc(word).to_lowercase().chars().filter(|c| !"-_:".contains(*c)).collect();
    if WEAK.contains(&plain.as_str()) || TELEPHONE.contains(&plain.as_str()) {
        return Some(Strength::Weak);
    }
    if RESISTANT.contains(&plain.as_str()) {
        return Some(Strength::Resistant);
    }
    match factor(&plain) {
        Factors::NONE => None,
        kinds if kinds == Factors::of(Factor::Knowledge) => Some(Strength::Password),
        _ => Some(Strength::Usual),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strongest_method_counts_and_unknown_words_leave_it_open() {
        for (methods, weak, resistant) in [
            ("mobilePhone email", Tri::Yes, Tri::No),
            ("mobilePhone microsoftAuthenticatorPush", Tri::No, Tri::No),
            ("officePhone passKeyDeviceBound", Tri::No, Tri::Yes),
            ("securityQuestion", Tri::No, Tri::No),
            ("", Tri::No, Tri::No),
            ("mobilePhone newThing", Tri::Unknown, Tri::Unknown),
            ("fido2SecurityKey newThing", Tri::No, Tri::Yes),
        ] {
            let mut draft = Draft::default();
            mark(methods.split(' '), &mut draft);
            let seen = (draft.flags.get(Flag::MfaWeakOnly), draft.flags.get(Flag::MfaResistant));
            assert_eq!(seen, (weak, resistant), "{methods}");
        }
    }
}
