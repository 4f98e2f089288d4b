//! SNMP engines: a localised key of SNMPv3 is the digest of a password and of the id of the engine
//! that it was made for, which stands on the same line or is told once for the device.

use super::config::Config;
use std::fmt::Write as _;

/// Beginning of the names of schemes that need an engine.
const LOCALIZED: &str = "snmpv3-localized";

/// Longest id of an engine, in bytes (RFC 3411).
const LONGEST: usize = 32;

/// True for schemes whose values belong to an engine.
pub(super) fn needed(scheme: &str) -> bool {
    scheme.starts_with(LOCALIZED)
}

/// The id of an engine in hexadecimal. Most products write bytes of two digits, with `0x` or colons
/// or neither; NX-OS writes decimal numbers between colons. What is no id (the address of a remote
/// engine, whose id stands elsewhere) stays as it is: no word can be tried under it.
pub(super) fn id(text: &str) -> String {
    let text = text.trim_matches('"');
    let bytes: Vec<&str> = text.split(':').collect();
    let pairs = bytes.iter().all(|byte| byte.len() == 2);
    if bytes.len() == 1 || pairs {
        let digits = bytes.concat();
        return digits.strip_prefix("0x").unwrap_or(&digits).to_ascii_lowercase();
    }
    let decimal: Option<Vec<u8>> = bytes.iter().map(|byte| byte.parse::<u8>().ok()).collect();
    let Some(bytes) = decimal.filter(|bytes| bytes.len() <= LONGEST) else {
        return text.to_owned();
    };
    bytes.iter().fold(String::new(), |mut digits, byte| {
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}

impl Config<'_, '_> {
    /// At the end of a device: its keys that name no engine of their own belong to the device's.
    pub(super) fn localise(&mut self) {
        let (engine, first) = (std::mem::take(&mut self.engine), self.first_secret);
        self.first_secret = self.inventory.credentials.len();
        if engine.is_empty() {
            return;
        }
        let inventory = &mut *self.inventory;
        let names = &inventory.names;
        let salt = inventory.text.push(&engine);
        for credential in &mut inventory.credentials[first..] {
            let own = needed(names.get(credential.scheme));
            if own && inventory.text.get(credential.salt).is_empty() {
                credential.salt = salt;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::id;

    #[test]
    fn ids_in_all_spellings() {
        for (written, hexadecimal) in [
            ("800000090300C0FFEE", "800000090300c0ffee"),
            ("0x80000009", "80000009"),
            ("80:00:00:09:fe", "80000009fe"),
            ("\"00:00:00:0b\"", "0000000b"),
            ("128:0:0:9:3", "8000000903"),
            ("0:0:0:2", "00000002"),
            ("192.0.2.1", "192.0.2.1"),
            ("2001:db8::1", "2001:db8::1"),
            ("1:300", "1:300"),
        ] {
            assert_eq!(id(written), hexadecimal, "{written}");
        }
    }
}
