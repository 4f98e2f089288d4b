//! Stretches of a file that are no configuration: banners, certificates, keys.

use crate::rules::device::pattern::Line;
use crate::rules::device::{Profile, SkipEnd};

/// The stretch that is being passed over.
#[derive(Default)]
pub(super) struct Stretch {
    open: Option<(End, u32)>,
    /// No block of base64 begins in the whole file, so no line is searched for one.
    unkeyed: bool,
}

enum End {
    /// A line that holds this text.
    Holding(String),
    /// A line that is this text.
    Line(String),
    /// The end of a block of base64.
    Pem(Pem),
}

/// A block between `-----BEGIN` and `-----END`.
pub(super) struct Pem {
    pub(super) line: u32,
    pub(super) private: bool,
    pub(super) encrypted: bool,
    pub(super) body: String,
}

/// What a line is to the stretches of a file.
pub(super) enum Place {
    /// A statement like any other.
    Outside,
    /// Part of a stretch.
    Inside,
    /// The last line of a private key.
    Key(Pem),
}

/// Longest private key that is kept.
const KEY_LIMIT: usize = 1 << 16;

/// What such a block begins with.
const BEGIN: &str = "-----BEGIN ";

impl Stretch {
    /// Before the first line of a text; `clean` says that lines are given as they stand in it.
    pub(super) fn of_file(clean: bool, text: &str) -> Self {
        Self { open: None, unkeyed: clean && !text.contains(BEGIN) }
    }

    /// Looks at a line before anything else does.
    pub(super) fn look(&mut self, line: &str, number: u32) -> Place {
        if self.unkeyed && self.open.is_none() {
            return Place::Outside;
        }
        match self.open.take() {
            None if line.contains(BEGIN) => {
                let private = line.contains("PRIVATE KEY");
                let encrypted = line.contains("ENCRYPTED");
                let pem = Pem { line: number, private, encrypted, body: String::new() };
                self.pem(pem, line)
            }
            None => Place::Outside,
            Some((End::Pem(pem), _)) => self.pem(pem, line),
            Some((end, begun)) => {
                let over = match &end {
                    End::Holding(mark) => line.contains(mark.as_str()),
                    End::Line(text) => line.trim() == text,
                    End::Pem(_) => true,
                };
                if !over {
                    self.open = Some((end, begun));
                }
                Place::Inside
            }
        }
    }

    fn pem(&mut self, mut pem: Pem, line: &str) -> Place {
        pem.encrypted |= line.contains("ENCRYPTED");
        if line.contains("-----END ") {
            return if pem.private { Place::Key(pem) } else { Place::Inside };
        }
        if !line.contains("-----") && pem.body.len() < KEY_LIMIT {
            pem.body.push_str(line.trim());
        }
        let begun = pem.line;
        self.open = Some((End::Pem(pem), begun));
        Place::Inside
    }

    /// True where the line begins a stretch.
    pub(super) fn begins(
        &mut self,
        profile: &Profile,
        skips: &[u16],
        line: Line<'_>,
        number: u32,
    ) -> bool {
        for &place in skips {
            let skip = &profile.skips[usize::from(place)];
            let Some(found) = skip.pattern.fit(line, 0, &|_| false) else { continue };
            let rest = line.words.get(found.consumed).map_or("", |word| &line.text[word.start..]);
            let end = match &skip.end {
                SkipEnd::Line(text) => Some(End::Line(text.clone())),
                SkipEnd::Delimiter => delimiter(rest),
                SkipEnd::Quote => {
                    let open = rest.matches('"').count() % 2 == 1;
                    open.then(|| End::Holding("\"".to_owned()))
                }
            };
            self.open = end.map(|end| (end, number));
            return true;
        }
        false
    }

    /// Line of a stretch that never ended.
    pub(super) fn open(&self) -> Option<u32> {
        self.open.as_ref().map(|(_, line)| *line)
    }
}

/// What closes a text: its first character, or `^C` written as two. `None` where it is closed on the
/// same line or there is no text at all.
fn delimiter(rest: &str) -> Option<End> {
    let mark =
        if rest.starts_with("^C") { "^C" } else { rest.get(..rest.chars().next()?.len_utf8())? };
    (!rest[mark.len()..].contains(mark)).then(|| End::Holding(mark.to_owned()))
}
