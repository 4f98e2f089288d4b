//! Stretches of a configuration that are no statements: banners, keys and certificates.

/// What is being passed over.
#[derive(Default)]
pub(super) struct Skip {
    banner: Option<(String, u32)>,
    key: Option<Key>,
    last: u32,
}

/// A private key in the clear.
pub(super) struct Key {
    pub(super) line: u32,
    pub(super) encrypted: bool,
    pub(super) body: String,
    certificate: bool,
}

impl Skip {
    /// Looks at a line; afterwards [`Skip::skipping`] says whether it belongs to a stretch. A
    /// private key is returned with its last line.
    pub(super) fn line(&mut self, line: &str, number: u32) -> Option<Key> {
        if let Some((end, _)) = &self.banner {
            self.last = number;
            if line.contains(end.as_str()) {
                self.banner = None;
            }
            return None;
        }
        if self.key.is_some() || line.contains("-----BEGIN ") {
            self.last = number;
            return self.pem(line, number);
        }
        if let Some(end) = banner_end(line) {
            self.last = number;
            self.banner = Some((end, number));
        }
        None
    }

    /// True where the line looked at last lies in a stretch that is passed over.
    pub(super) const fn skipping(&self, number: u32) -> bool {
        self.last == number
    }

    /// Line of a banner that never ends.
    pub(super) fn open_banner(&self) -> Option<u32> {
        self.banner.as_ref().map(|(_, line)| *line)
    }

    fn pem(&mut self, line: &str, number: u32) -> Option<Key> {
        let key = self.key.get_or_insert_with(|| Key {
            line: number,
            encrypted: false,
            body: String::new(),
            certificate: !line.contains("PRIVATE KEY"),
        });
        key.encrypted |= line.contains("ENCRYPTED");
        if line.contains("-----END ") {
            return self.key.take().filter(|key| !key.certificate);
        }
        if !line.contains("-----") && key.body.len() < 1 << 16 {
            key.body.push_str(line.trim());
        }
        None
    }
}

/// The delimiter of a banner (or of any text introduced by `^C`) that goes on below this line.
fn banner_end(line: &str) -> Option<String> {
    if line.starts_with('!') || line.starts_with("no ") {
        return None;
    }
    for mark in ["^C", "\u{3}"] {
        if let Some((_, text)) = line.split_once(mark) {
            return (!text.contains(mark)).then(|| mark.to_owned());
        }
    }
    let rest = line.strip_prefix("banner ")?.trim_start();
    let (kind, text) = super::value::word(rest)?;
    // `banner motd` may be left out before the delimiter.
    let kinds = ["motd", "login", "exec", "incoming", "slip-ppp", "prompt-timeout"];
    let text = if kinds.contains(&kind) { text } else { rest };
    let end = text.chars().next()?;
    (!text[end.len_utf8()..].contains(end)).then(|| end.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delimiters() {
        assert_eq!(banner_end("banner motd ^C"), Some("^C".into()));
        assert_eq!(banner_end("banner login #"), Some("#".into()));
        assert_eq!(banner_end("banner exec %text%"), None);
        assert_eq!(banner_end("banner motd ^Cone line^C"), None);
        assert_eq!(banner_end("aaa authentication banner ^C"), Some("^C".into()));
        assert_eq!(banner_end("! banner motd ^C"), None);
        assert_eq!(banner_end("hostname a"), None);
        assert_eq!(banner_end("banner motd あ"), Some("あ".into()));
    }
}
