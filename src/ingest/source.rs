//! A file as readers see it: a probe to recognise it by, then its bytes.

use crate::ingest::FileError;
use crate::text::date::date_in_name;
use crate::text::encoding::{Encoding, Transcoder};
use std::io::Read;

/// The beginning of a file, decoded to UTF-8, and where it lies.
pub struct Probe<'a> {
    /// Path below the site folder with `/`, such as `devices/core-sw.txt`.
    pub path: &'a str,
    /// Up to 64 KiB of text; bytes that do not decode are left out.
    pub text: &'a str,
    /// Encoding of the file.
    pub encoding: Encoding,
}

impl Probe<'_> {
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
    reader: Box<dyn Read + Send + 'a>,
}

impl<'a> Source<'a> {
    /// Wraps the bytes of a file.
    pub fn new(
        path: &'a str,
        encoding: Encoding,
        bom_len: usize,
        reader: Box<dyn Read + Send + 'a>,
    ) -> Self {
        Self { path, encoding, bom_len, reader }
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

    /// The raw bytes, byte order mark included.
    pub fn bytes(&mut self) -> &mut dyn Read {
        &mut *self.reader
    }

    /// The whole text, decoded. For files of some megabytes: refuses more than `limit` bytes.
    pub fn text(&mut self, limit: usize) -> Result<String, FileError> {
        let mut bytes = Vec::new();
        let mut limited = (&mut *self.reader).take(limit as u64 + 1);
        limited.read_to_end(&mut bytes)?;
        if bytes.len() > limit {
            return Err(FileError::new("record-too-long"));
        }
        decode_all(self.encoding, &bytes[self.bom_len..])
    }
}

/// Decodes a whole file. Bytes that do not decode become U+FFFD, so that readers of lines can
/// refuse that line and go on.
fn decode_all(encoding: Encoding, bytes: &[u8]) -> Result<String, FileError> {
    let mut out = Vec::with_capacity(bytes.len());
    Transcoder::marking(encoding)
        .push(bytes, true, &mut out)
        .map_err(|_| FileError::new("bad-encoding"))?;
    Ok(String::from_utf8_lossy(&out).into_owned())
}
