//! LDAP `{CRYPT}`: a string of crypt(3), which its own scheme compares.

use crate::credential::family::{OuterForm, ldap};
use crate::credential::scheme::{self, KnownAnswer, Parsed, Refusal, Stored};
use crate::model::credential::State;

pub(super) const SCHEME: OuterForm = OuterForm {
    names: &["ldap-crypt"],
    announced: |stored| ldap::after(stored, "{CRYPT}").is_some(),
    parse,
    answers: &[KnownAnswer::new("{CRYPT}$1$38652870$DUjsu4TTlTsOe/xxZ05uf/", "hashcat")],
};

fn parse(stored: &Stored<'_>) -> Result<Parsed, Refusal> {
    let bytes = ldap::after(stored.bytes, "{CRYPT}").ok_or(Refusal::Shape)?;
    if matches!(bytes, b"*" | b"!" | b"!!" | b"x" | b"*LK*") || bytes.starts_with(b"!$") {
        return Ok(Parsed::Closed(State::Locked));
    }
    let inner = match bytes.first() {
        // `{CRYPT}` in itself would be a way down without end.
        Some(b'$' | b'_') => scheme::announced(bytes).ok_or(Refusal::Foreign)?.1,
        _ => "descrypt",
    };
    let (index, _) = scheme::named(inner).ok_or(Refusal::Foreign)?;
    let value = scheme::at(index).parse(&Stored { bytes, ..*stored })?;
    match value {
        Parsed::Target(_) => {
            Ok(Parsed::Other { scheme: inner, state: State::Hash, value: Box::new(value) })
        }
        _ => Err(Refusal::Foreign),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &[u8]) -> Result<Parsed, Refusal> {
        parse(&Stored::new(text, b""))
    }

    #[test]
    fn the_string_inside_names_its_scheme() {
        let inner = |text: &[u8]| match parsed(text) {
            Ok(Parsed::Other { scheme, .. }) => scheme,
            _ => "",
        };
        assert_eq!(inner(b"{crypt}24leDr0hHfb3A"), "descrypt");
        assert_eq!(inner(b"{CRYPT}_GW..8841inaTltazRsQ"), "bsdi-des");
        assert!(matches!(parsed(b"{CRYPT}*"), Ok(Parsed::Closed(State::Locked))));
        assert_eq!(parsed(b"{CRYPT}{CRYPT}24leDr0hHfb3A").err(), Some(Refusal::Shape));
        assert_eq!(parsed(b"{CRYPT}$9$LbHX-wg4Z").err(), Some(Refusal::Foreign));
        assert_eq!(parsed(b"{CRYPT}$6$rounds=999999999$a$b").err(), Some(Refusal::Cost));
    }
}
