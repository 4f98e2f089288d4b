//! A file as readers see it: a probe to recognise it by, then its bytes.

use crate::ingest::FileError;
use crate::ingest::beginnings::Seen;
use crate::ingest::buffer::{Buffer, wipe};
use crate::text::date::{StemDate, date_in_name};
use crate::text::encoding::{Encoding, Transcoder, is_text};
use std::io::{Cursor, Read};
use std::ops::Deref;

/// The beginning of a file, decoded to UTF-8, and where it lies.
pub struct Probe<'a> {
    /// Path below the site folder with `/`, such as `devices/core-sw.txt`.
    pub path: &'a str,
    /// Up to 64 KiB of text; bytes that do not decode are left out.
    pub text: &'a str,
    /// Encoding of the file.
    pub encoding: Encoding,
    seen: Seen,
}

impl<'a> Probe<'a> {
    /// A file by its path and beginning.
    pub fn new(path: &'a str, text: &'a str, encoding: Encoding) -> Self {
        Self { path, text, encoding, seen: Seen::default() }
    }

    /// The text without byte order marks.
    pub fn body(&self) -> &'a str {
        self.text.trim_start_matches('\u{feff}')
    }

    /// How many of these beginnings lines have, blanks before them aside. Whoever asks names them
    /// in [`Reader::signs`](crate::ingest::Reader::signs).
    pub fn signs(&self, beginnings: &[&str]) -> usize {
        self.seen.count(self.body(), beginnings)
    }

    /// First folder below the site: hr, ad, ecarte, mfa, devices, inventory; empty if none.
    pub fn folder(&self) -> &str {
        self.path.split_once('/').map_or("", |(folder, _)| folder)
    }

    /// True where the path without extension and date is `path`.
    pub fn is_called(&self, path: &str) -> bool {
        let own = self.path.rsplit_once('.').map_or(self.path, |(own, _)| own);
        let (folder, stem) = own.rsplit_once('/').unwrap_or(("", own));
        let stem = match date_in_name(stem) {
            Some(date) if !date.rest.is_empty() => date.rest,
            _ => stem.to_owned(),
        };
        path.eq_ignore_ascii_case(&format!("{folder}/{stem}"))
    }

    /// Extension in the case it is written in; empty if none.
    pub fn extension(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or("");
        name.rsplit_once('.').map_or("", |(_, extension)| extension)
    }
}

/// A file being read.
pub struct Source<'a> {
    /// Path below the site folder with `/`.
    pub path: &'a str,
    /// Encoding that was detected.
    pub encoding: Encoding,
    /// Length of the byte order mark.
    pub bom_len: usize,
    /// Bytes that are likely to come; 0 where nobody knows.
    size: usize,
    reader: Reader<'a>,
}

/// Where the bytes of a file come from.
enum Reader<'a> {
    Stream(Box<dyn Read + Send + 'a>),
    /// Somebody has read them before.
    Kept(Cursor<Buffer>),
}

impl<'a> Source<'a> {
    /// Wraps the bytes of a file.
    pub fn new(
        path: &'a str,
        encoding: Encoding,
        bom_len: usize,
        reader: Box<dyn Read + Send + 'a>,
    ) -> Self {
        Self { path, encoding, bom_len, size: 0, reader: Reader::Stream(reader) }
    }

    /// The same with the bytes themselves, where somebody has read them.
    #[must_use]
    pub fn with(self, kept: Option<Buffer>) -> Self {
        match kept {
            Some(kept) => Self { reader: Reader::Kept(Cursor::new(kept)), ..self },
            None => self,
        }
    }

    /// The bytes of the whole file, byte order mark included, where somebody has read them and
    /// nobody has taken any.
    pub fn take_whole(&mut self) -> Option<Buffer> {
        match &mut self.reader {
            Reader::Kept(kept) if kept.position() == 0 => Some(std::mem::take(kept.get_mut())),
            _ => None,
        }
    }

    /// Bytes of the file, where that is known.
    pub fn size(&self) -> Option<usize> {
        (self.size > 0).then_some(self.size)
    }

    /// The same with the size of the file, so that its text is read into one buffer.
    #[must_use]
    pub fn of_size(self, bytes: u64) -> Self {
        Self { size: usize::try_from(bytes).unwrap_or(0), ..self }
    }

    /// File name without folders and extension.
    pub fn stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or("");
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    /// File name without folders, extension and date: what stays the same from month to month.
    pub fn dateless_stem(&self) -> String {
        match date_in_name(self.stem()) {
            Some(date) if !date.rest.is_empty() => date.rest,
            _ => self.stem().to_owned(),
        }
    }

    /// The folder that names the system: `ecarte/<system>/file`, `devices/<host>/file`.
    pub fn system_folder(&self) -> Option<&str> {
        let mut parts = self.path.split('/');
        let (_top, system, file) = (parts.next()?, parts.next()?, parts.next()?);
        (!file.is_empty()).then_some(system)
    }

    /// Name of the PC or server that the file is of, and whether it is only made of the file's own
    /// name: the innermost folder below the topic (`host/PC01/users.csv`), else what stands before
    /// the kind of list (`PC01_localusers.csv`).
    pub fn host(&self) -> (String, bool) {
        let folders = self.path.rsplit_once('/').map_or("", |(folders, _)| folders);
        let stem = match date_apart(self.stem()) {
            Some(date) if !date.rest.is_empty() => date.rest,
            _ => self.stem().to_owned(),
        };
        if let Some(name) = before_list_word(&stem) {
            return (name.to_owned(), false);
        }
        match folders.rsplit_once('/') {
            Some((_, folder)) if !COLLECTIONS.iter().any(|c| c.eq_ignore_ascii_case(folder)) => {
                (folder.to_owned(), false)
            }
            _ if self.path.starts_with("host/") => (stem, true),
            _ => (self.dateless_stem(), true),
        }
    }

    /// The raw bytes, byte order mark included.
    pub fn bytes(&mut self) -> &mut dyn Read {
        match &mut self.reader {
            Reader::Stream(stream) => &mut **stream,
            Reader::Kept(kept) => kept,
        }
    }

    /// The whole text, decoded. For files of some megabytes: refuses more than `limit` bytes.
    pub fn text(&mut self, limit: usize) -> Result<Text, FileError> {
        let mut bytes = self.take_whole().unwrap_or_default().into_vec();
        if bytes.is_empty() {
            bytes.reserve(self.size.min(limit) + 1);
            self.bytes().take(limit as u64 + 1).read_to_end(&mut bytes)?;
        }
        if bytes.len() > limit {
            return Err(FileError::new("record-too-long"));
        }
        decode_all(self.encoding, bytes, self.bom_len).map(Text)
    }
}

/// A file's text: it may hold secrets, so it is wiped when it is dropped.
pub struct Text(String);

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Drop for Text {
    fn drop(&mut self) {
        wipe(&mut std::mem::take(&mut self.0).into_bytes());
    }
}

/// The date of a file's name where it stands apart: digits that go on from a letter are part of a
/// host's name (`PC202601_localusers`).
pub fn date_apart(stem: &str) -> Option<StemDate> {
    let date = date_in_name(stem)?;
    let same = stem.chars().zip(date.rest.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a);
    let before: String = same.collect();
    let next = stem[before.len()..].chars().next();
    let glued = before.ends_with(char::is_alphabetic) && next.is_some_and(|c| c.is_ascii_digit());
    (!glued).then_some(date)
}

/// Folders that hold the files of many hosts and name none.
const COLLECTIONS: [&str; 8] =
    ["host", "hosts", "pc", "pcs", "server", "servers", "localusers", "local"];

/// Kinds of lists as people write them behind the name of the PC.
const LIST_WORDS: [&str; 14] = [
    "localusers",
    "localuser",
    "localgroupmembers",
    "localgroupmember",
    "localadmins",
    "administrators",
    "lusrmgr",
    "netusers",
    "netuser",
    "netaccounts",
    "netlocalgroup",
    "secedit",
    "users",
    "sam",
];

/// `PC01_localusers` → `PC01`.
fn before_list_word(stem: &str) -> Option<&str> {
    let (name, word) = stem.rsplit_once(['_', '.', ' '])?;
    let word = word.replace('-', "").to_ascii_lowercase();
    (!name.is_empty() && LIST_WORDS.contains(&&*word)).then_some(name)
}

/// Decodes a whole file. Bytes that do not decode become U+FFFD, so that readers of lines can
/// refuse that line and go on.
fn decode_all(encoding: Encoding, bytes: Vec<u8>, bom_len: usize) -> Result<String, FileError> {
    if bom_len == 0 && is_text(encoding, &bytes) {
        return String::from_utf8(bytes).map_err(|_| FileError::new("bad-encoding"));
    }
    let bytes = &bytes[bom_len..];
    let mut out = Vec::with_capacity(bytes.len());
    Transcoder::marking(encoding)
        .push(bytes, true, &mut out)
        .map_err(|_| FileError::new("bad-encoding"))?;
    Ok(String::from_utf8(out).unwrap_or_else(|out| String::from_utf8_lossy(out.as_bytes()).into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_named_by_path_or_file() {
        for (path, host, guessed) in [
            ("host/PC01_localusers.csv", "PC01", false),
            ("host/PC202601_localusers.csv", "PC202601", false),
            ("host/PC01_localusers_20260401.csv", "PC01", false),
            ("host/20260401_PC01_sam.txt", "PC01", false),
            ("host/PC02/users.csv", "PC02", false),
            ("devices/3F/PC03/net.txt", "PC03", false),
            ("host/pcs/PC04.csv", "PC04", true),
            ("host/PC05.csv", "PC05", true),
        ] {
            let source = Source::new(path, Encoding::Utf8, 0, Box::new(&b""[..]));
            assert_eq!(source.host(), (host.to_owned(), guessed), "{path}");
        }
    }
}
