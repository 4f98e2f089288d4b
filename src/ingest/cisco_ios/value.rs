//! `[T] V`: a type digit and what it says about the value behind it.

use crate::ingest::device::stand_in;
use crate::model::credential::State;

/// A value with its form.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Value<'a> {
    pub(super) text: &'a str,
    pub(super) scheme: &'static str,
    pub(super) state: State,
}

/// A value that does not fit the type it is given.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Misfit {
    pub(super) length: usize,
}

/// How far a plain value reaches; it may hold spaces.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Reach {
    /// To the end of the line.
    Line,
    /// One word: other words follow.
    Word,
}

/// Reads `[T] V` and returns what follows it. `None` where nothing stands there.
pub(super) fn value(text: &str, reach: Reach) -> Option<(Result<Value<'_>, Misfit>, &str)> {
    let text = text.trim();
    let (first, behind) = word(text)?;
    let kind = Type::named(first).filter(|_| !behind.is_empty());
    let (text, reach) = match kind {
        None => (text, reach),
        Some(Type::Number(0)) => (behind, reach),
        Some(_) => (behind, Reach::Word),
    };
    let (value, rest) = match reach {
        Reach::Line => (text, ""),
        Reach::Word => word(text)?,
    };
    Some((form(kind, unquoted(value)), rest))
}

/// The first word and what follows it.
pub(super) fn word(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    if text.is_empty() {
        return None;
    }
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    Some((&text[..end], text[end..].trim_start()))
}

fn unquoted(value: &str) -> &str {
    value.strip_prefix('"').and_then(|v| v.strip_suffix('"')).unwrap_or(value)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Type {
    Number(u8),
    /// A scheme by name (`sha512`): the value announces itself.
    Named,
    /// `encrypted`: type 7 on IOS-XR.
    Encrypted,
    Clear,
}

impl Type {
    fn named(word: &str) -> Option<Self> {
        match word {
            "sha512" | "sha256" | "md5" => Some(Self::Named),
            // IOS-XR: `key-string password V`.
            "encrypted" | "password" => Some(Self::Encrypted),
            "clear" => Some(Self::Clear),
            _ if word.len() <= 2 => word.parse().ok().filter(|t| *t <= 15).map(Self::Number),
            _ => None,
        }
    }
}

fn form(kind: Option<Type>, text: &str) -> Result<Value<'_>, Misfit> {
    let (scheme, state) = match kind {
        _ if stand_in(text).is_some() => ("", State::Masked),
        None => announced(text).unwrap_or(("", State::Plain)),
        Some(Type::Number(0) | Type::Clear) => ("", State::Plain),
        Some(Type::Number(_)) if matches!(text, "!" | "!!") => ("", State::Locked),
        Some(Type::Number(4)) => ("cisco-type4", State::Hash),
        Some(Type::Number(6)) => ("cisco-type6", State::ReversibleKeyed),
        Some(Type::Number(7) | Type::Encrypted) => return type7(text),
        Some(Type::Number(_) | Type::Named) => announced(text).unwrap_or(("", State::Unknown)),
    };
    Ok(Value { text, scheme, state })
}

/// Scheme of a value that carries its own prefix. What a digit means depends on the product: type 5
/// is md5crypt on IOS and sha256crypt on NX-OS; the prefix does not lie.
fn announced(text: &str) -> Option<(&'static str, State)> {
    const PREFIXES: [(&str, &str); 7] = [
        ("$1$", "cisco-type5-md5crypt"),
        ("$5$", "nxos-type5-sha256crypt"),
        ("$6$", "iosxr-type10-sha512crypt"),
        ("$8$", "cisco-type8-pbkdf2"),
        ("$9$", "cisco-type9-scrypt"),
        ("$nx-pbkdf2$", "nxos-type8-nx-pbkdf2"),
        ("$nx-scrypt$", "nxos-type9-nx-scrypt"),
    ];
    let known = PREFIXES.iter().find(|(prefix, _)| text.starts_with(prefix))?;
    // `$1$` alone may be the beginning of somebody's password.
    (text.matches('$').count() >= 3).then_some((known.1, State::Hash))
}

/// Two decimal digits up to 52, then pairs of hexadecimal digits.
fn type7(text: &str) -> Result<Value<'_>, Misfit> {
    let offset = text.get(..2).and_then(|digits| digits.parse::<u8>().ok());
    let pairs = text.get(2..).unwrap_or_default();
    let fits = offset.is_some_and(|offset| offset <= 52)
        && text.len().is_multiple_of(2)
        && pairs.bytes().all(|b| b.is_ascii_hexdigit());
    if !fits {
        return Err(Misfit { length: text.len() });
    }
    Ok(Value { text, scheme: "cisco-type7", state: State::Reversible })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> (&str, &'static str, State) {
        let value = value(text, Reach::Line).unwrap().0.unwrap();
        (value.text, value.scheme, value.state)
    }

    #[test]
    fn types_decide_the_form() {
        assert_eq!(line("cisco"), ("cisco", "", State::Plain));
        assert_eq!(line("0 two words"), ("two words", "", State::Plain));
        assert_eq!(line("7 094F4107180B"), ("094F4107180B", "cisco-type7", State::Reversible));
        assert_eq!(line("5 $1$a$b").1, "cisco-type5-md5crypt");
        assert_eq!(line("5 $5$a$b").1, "nxos-type5-sha256crypt");
        assert_eq!(line("8 $8$a$b").1, "cisco-type8-pbkdf2");
        assert_eq!(line("9 $9$a$b").1, "cisco-type9-scrypt");
        assert_eq!(line("10 $6$a$b").1, "iosxr-type10-sha512crypt");
        assert_eq!(line("sha512 $6$a$b").2, State::Hash);
        assert_eq!(line("4 2btjjy78").1, "cisco-type4");
        assert_eq!(line("6 fe_a`iJYE\\D").2, State::ReversibleKeyed);
        assert_eq!(line("5 !").2, State::Locked);
        assert_eq!(line("$9$salt$hash").1, "cisco-type9-scrypt");
    }

    #[test]
    fn a_lone_digit_is_the_value() {
        assert_eq!(line("7"), ("7", "", State::Plain));
    }

    #[test]
    fn type_7_has_a_shape() {
        for bad in ["7 094F4107180", "7 5300", "7 zz00", "7 09xx", "7 あ4F"] {
            assert!(value(bad, Reach::Line).unwrap().0.is_err(), "{bad}");
        }
        assert_eq!(line("7 <removed>").2, State::Masked);
    }
}
