//! What each stored secret is: by the reader's word, else by its announced prefix, never by guess.

use crate::credential::batch::{Digest, Target};
use crate::credential::opaque;
use crate::credential::scheme::{self, Parsed, Refusal, Stored};
use crate::model::credential::State;
use crate::model::evidence::Recognised;

/// What can be done with a stored secret.
pub(super) enum Value {
    /// Compare digests of this scheme's family.
    Digest(u8, Digest),
    /// Evaluate candidates with this scheme.
    Target(u8, Target),
    /// Read it with this scheme.
    Readable(u8),
    /// Compare the stored text.
    Text,
    /// Nothing: there is no secret, or nobody knows what it is.
    Nothing,
}

/// What the reader said about a stored secret.
#[derive(Clone, Copy)]
pub(super) struct Said<'a> {
    /// Scheme by name; may be empty.
    pub(super) scheme: Resolved,
    /// State.
    pub(super) state: State,
    /// The stored secret.
    pub(super) stored: Stored<'a>,
    /// True for network devices, where a lone `*` is a mask.
    pub(super) device: bool,
}

/// A scheme name, looked up.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Resolved {
    /// The reader named none, or one that nobody knows.
    Unnamed,
    /// In the table, under this name.
    Known(u8, &'static str),
    /// Known by name only.
    Opaque(&'static str),
}

/// Looks a scheme name up.
pub(super) fn resolve(name: &str) -> Resolved {
    if name.is_empty() {
        return Resolved::Unnamed;
    }
    scheme::named(name)
        .map(|(index, name)| Resolved::Known(index, name))
        .or_else(|| opaque::named(name).map(Resolved::Opaque))
        .unwrap_or(Resolved::Unnamed)
}

/// Recognises one stored secret.
pub(super) fn recognise(said: &Said<'_>) -> (Recognised, Value) {
    let name = match said.scheme {
        Resolved::Known(_, name) | Resolved::Opaque(name) => name,
        Resolved::Unnamed => "",
    };
    let closed = |state| (shown(name, state), Value::Nothing);
    match said.state {
        State::Masked | State::Placeholder | State::Locked | State::NoPassword => {
            return closed(said.state);
        }
        _ if said.stored.bytes.is_empty() => return closed(empty(said.state)),
        _ => {}
    }
    if let Some(state) = stand_in(said) {
        return closed(state);
    }
    match (said.scheme, said.state) {
        (Resolved::Opaque(name), _) => text(name, opaque::state(name).unwrap_or(said.state)),
        (Resolved::Known(index, name), _) => parsed(index, name, said),
        (Resolved::Unnamed, State::Plain) => parsed_as("plain", said),
        (Resolved::Unnamed, _) => by_prefix(said),
    }
}

// An empty text is a missing password only where the reader knows the text to be the password.
const fn empty(state: State) -> State {
    match state {
        State::Plain | State::Reversible => State::NoPassword,
        _ => State::Unknown,
    }
}

fn shown(scheme: &'static str, state: State) -> Recognised {
    let scheme = if matches!(state, State::Plain) { "" } else { scheme };
    Recognised { scheme, state, reason: "" }
}

fn text(name: &'static str, state: State) -> (Recognised, Value) {
    (shown(name, state), Value::Text)
}

fn parsed_as(name: &str, said: &Said<'_>) -> (Recognised, Value) {
    match scheme::named(name) {
        Some((index, name)) => parsed(index, name, said),
        None => (shown("", State::Unknown), Value::Nothing),
    }
}

fn parsed(index: u8, name: &'static str, said: &Said<'_>) -> (Recognised, Value) {
    match scheme::at(index).parse(&said.stored) {
        Ok(Parsed::Readable(state)) => (shown(name, state), Value::Readable(index)),
        Ok(Parsed::Closed(state)) => (shown(name, state), Value::Nothing),
        Ok(Parsed::Other { scheme, state, value }) => {
            let inner = scheme::named(scheme).map_or(index, |(inner, _)| inner);
            (shown(name, state), comparable(inner, *value))
        }
        Ok(value) => (shown(name, State::Hash), comparable(index, value)),
        Err(refusal) => match scheme::announced(said.stored.bytes) {
            Some((other, name)) if other != index => parsed(other, name, said),
            _ => refused(name, refusal),
        },
    }
}

fn comparable(index: u8, value: Parsed) -> Value {
    match value {
        Parsed::Digest(digest) => Value::Digest(index, digest),
        Parsed::Target(target) => Value::Target(index, target),
        _ => Value::Nothing,
    }
}

fn refused(name: &'static str, refusal: Refusal) -> (Recognised, Value) {
    let seen = Recognised { reason: refusal.word(), ..shown(name, refusal.state()) };
    (seen, if refusal.comparable() { Value::Text } else { Value::Nothing })
}

fn by_prefix(said: &Said<'_>) -> (Recognised, Value) {
    let bytes = said.stored.bytes;
    if let Some((index, name)) = scheme::announced(bytes) {
        return parsed(index, name, said);
    }
    if let Some(name) = opaque::announced(bytes) {
        return text(name, opaque::state(name).unwrap_or(said.state));
    }
    // The reader knows that a key opens it, and no more.
    if said.state == State::ReversibleKeyed {
        return text("", said.state);
    }
    // `$id$...` and `{ID}...` of a scheme that nobody knows: equal texts are still equal.
    let tagged = match bytes {
        [b'$', rest @ ..] => rest.contains(&b'$'),
        [b'{', rest @ ..] => rest.contains(&b'}'),
        _ => false,
    };
    let value = if tagged { Value::Text } else { Value::Nothing };
    (shown("", State::Unknown), value)
}

// Words that stand where a secret should.
fn stand_in(said: &Said<'_>) -> Option<State> {
    const LOCKED: &[&str] = &["NoLogin", "nologin", "!", "!!", "LK", "*LK*", "NULL", "null"];
    const SCRUBBED: &[&str] =
        &["REDACTED", "SCRUBBED", "REMOVED", "SANITIZED", "MASKED", "HIDDEN", "WIPED"];
    let text = std::str::from_utf8(said.stored.bytes).ok()?.trim();
    if text.is_empty() {
        return None;
    }
    if text.chars().all(|c| matches!(c, '*' | '•' | '●' | '＊')) {
        let lone = text == "*" && !said.device && said.state != State::Plain;
        return Some(if lone { State::Locked } else { State::Masked });
    }
    if LOCKED.contains(&text) || text.starts_with("!$") || text.starts_with("*$") {
        return Some(State::Locked);
    }
    if text.eq_ignore_ascii_case("x") {
        return Some(if said.device { State::Placeholder } else { State::Locked });
    }
    let bare = text.trim_matches(|c: char| "<>[](){}-_\"".contains(c));
    let scrubbed = SCRUBBED.iter().any(|word| {
        bare.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
            && (bare.len() == word.len() || bare.len() != text.len())
    });
    let crossed = text.len() >= 3 && text.bytes().all(|byte| byte | 0x20 == b'x');
    let angled = text.len() > 2 && text.starts_with('<') && text.ends_with('>');
    (scrubbed || crossed || angled).then_some(State::Placeholder)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state_of(name: &str, state: State, bytes: &[u8]) -> (&'static str, State) {
        let stored = Stored::new(bytes, b"");
        let said = Said { scheme: resolve(name), state, stored, device: false };
        let (recognised, _) = recognise(&said);
        (recognised.scheme, recognised.state)
    }

    #[test]
    fn masks_and_null_words_are_no_secrets() {
        for mask in ["*****", "********************", "●●●●", "**"] {
            assert_eq!(state_of("", State::Plain, mask.as_bytes()).1, State::Masked, "{mask}");
        }
        for word in ["<removed>", "<REDACTED>", "<redacted_config>", "[removed]", "xxxxx", "XXXXXX"]
        {
            assert_eq!(state_of("", State::Plain, word.as_bytes()).1, State::Placeholder, "{word}");
        }
        for word in ["NoLogin", "*", "!", "!!", "x", "LK", "*LK*", "NULL", "!$6$ab$cd"] {
            assert_eq!(state_of("", State::Hash, word.as_bytes()).1, State::Locked, "{word}");
        }
        assert_eq!(state_of("", State::Plain, b"*").1, State::Masked);
        assert_eq!(state_of("", State::Plain, b"Removed-2024!").1, State::Plain);
        assert_eq!(state_of("", State::Plain, "ぱすわーど".as_bytes()).1, State::Plain);
    }

    #[test]
    fn schemes_come_by_name_or_prefix_and_never_by_guess() {
        let hex = b"31d6cfe0d16ae931b73c59d7e0c089c0";
        assert_eq!(state_of("", State::Hash, hex), ("", State::Unknown));
        assert_eq!(state_of("nt", State::Hash, hex), ("nt", State::Hash));
        let crypt = b"$1$38652870$DUjsu4TTlTsOe/xxZ05uf/";
        assert_eq!(state_of("", State::Hash, crypt), ("md5crypt", State::Hash));
        let cisco = "cisco-type5-md5crypt";
        assert_eq!(state_of(cisco, State::Hash, crypt), (cisco, State::Hash));
        assert_eq!(state_of("sha512crypt", State::Hash, crypt), ("md5crypt", State::Hash));
        assert_eq!(state_of("", State::Hash, b"$2b$10$abc"), ("bcrypt", State::Placeholder));
        assert_eq!(state_of("", State::Plain, crypt), ("", State::Plain));
        let forti = "fortios-enc-reversible-legacy";
        assert_eq!(
            state_of(forti, State::ReversibleKeyed, b"abc="),
            (forti, State::ReversibleKeyed)
        );
    }

    #[test]
    fn what_does_not_fit_its_scheme_is_a_placeholder() {
        assert_eq!(state_of("nt", State::Hash, b"31d6"), ("nt", State::Placeholder));
        assert_eq!(state_of("", State::Hash, b"$6$short$AAAA").1, State::Placeholder);
        assert_eq!(state_of("", State::Hash, b"").1, State::Unknown);
        assert_eq!(state_of("", State::Plain, b"").1, State::NoPassword);
    }

    #[test]
    fn an_absurd_cost_is_unknown_with_its_scheme() {
        let text = format!("$6$rounds=999999999$ab${}", ".".repeat(86));
        assert_eq!(state_of("", State::Hash, text.as_bytes()), ("sha512crypt", State::Unknown));
    }

    fn all_names() -> impl Iterator<Item = &'static str> {
        scheme::SCHEMES.iter().flat_map(|(_, scheme)| scheme.names()).copied()
    }

    #[test]
    fn null_words_are_no_secret_of_any_scheme() {
        for name in all_names() {
            for word in ["NULL", "NoLogin", "*", "!", "!!", "x", "LK", "*LK*", "", "<removed>"] {
                let said = Said {
                    scheme: resolve(name),
                    state: State::Hash,
                    stored: Stored::new(word.as_bytes(), b"salt"),
                    device: false,
                };
                let (seen, value) = recognise(&said);
                assert!(matches!(value, Value::Nothing), "{name} {word}");
                assert!(!matches!(seen.state, State::Hash | State::Plain), "{name} {word}");
            }
        }
    }

    #[test]
    fn opaque_texts_have_the_state_that_is_known_of_them() {
        let unsolved = state_of("comware-h6", State::Hash, b"$h$6$AAEC$AAEC");
        assert_eq!(unsolved, ("comware-h6", State::Unknown));
        assert_eq!(state_of("", State::Hash, b"$h$6$AAEC$AAEC"), unsolved);
        let sha1 = state_of("", State::Hash, b"$sha1$480000$salt$AAEC");
        assert_eq!(sha1, ("sha1crypt", State::Hash));
        assert_eq!(state_of("", State::ReversibleKeyed, b"AQBapx"), ("", State::ReversibleKeyed));
    }

    #[test]
    fn a_refusal_has_a_reason() {
        let reason = |name: &str, bytes: &[u8]| {
            let (scheme, stored) = (resolve(name), Stored::new(bytes, b""));
            recognise(&Said { scheme, state: State::Hash, stored, device: true }).0.reason
        };
        assert_eq!(
            reason("bcrypt", b"$2b$31$13u6qwCOwODv34GyCMgdWub6oQF3RX0rG7c3d3X4JvzuEmAXLYDd2"),
            "cost-limit"
        );
        assert_eq!(reason("", b"$5$rounds=999999999$ab$cd"), "cost-limit");
        assert_eq!(
            reason("", b"$argon2id$v=19$m=4294967295,t=1,p=1$MDEyMzQ1Njc4$MDEyMzQ1Njc4"),
            "cost-limit"
        );
        assert_eq!(
            reason(
                "django-pbkdf2",
                b"pbkdf2_sha256$4000000000$a$bFYX62rfJobJ07VwrUMXfuffLfj2RDM2G6/BrTrUWkE="
            ),
            "cost-limit"
        );
        assert_eq!(reason("nt", b"31d6"), "bad-shape");
        assert_eq!(
            reason("nt", b"da39a3ee5e6b4b0d3255bfef95601890afd80709"),
            "bad-shape",
            "a SHA-1"
        );
        assert_eq!(reason("cisco-type7", b"00FFFFFF"), "foreign-value");
        assert_eq!(reason("md5crypt", b"$1$38652870$DUjsu4TTlTsOe/xxZ05uf/"), "");
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig { cases: 48, ..Default::default() })]

        // Whatever stands in an export, it ends as a value that its scheme took, or with a reason.
        #[test]
        fn any_bytes_under_any_name_end_in_a_state(
            bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 1..200),
            start in proptest::sample::select(vec![
                "", "$1$", "$2b$", "$5$rounds=", "$6$rounds=", "$7$", "$8$", "$9$", "$y$j", "$P$",
                "$argon2id$v=19$m=", "$pbkdf2-sha256$", "$scrypt$ln=", "$mysql$A$", "{SSHA}",
                "{CRYPT}", "{PBKDF2-SHA256}", "-AQ==", "AK1", "SH2", "0x0100", "S:", "T:", "_",
            ]),
        ) {
            let text = [start.as_bytes(), &bytes].concat();
            for name in all_names() {
                let said = Said {
                    scheme: resolve(name),
                    state: State::Hash,
                    stored: Stored::new(&text, b"salt"),
                    device: true,
                };
                let (seen, value) = recognise(&said);
                let closed = matches!(seen.state, State::Masked | State::Placeholder | State::Locked | State::NoPassword);
                let taken = !matches!(value, Value::Nothing);
                proptest::prop_assert!(taken || closed || !seen.reason.is_empty(), "{}", name);
            }
        }
    }
}
