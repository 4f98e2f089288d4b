//! A file as readers see it: a probe to recognise it by, then its bytes.

use crate::ingest::FileError;
use crate::text::encoding::Encoding;
use std::io::Read;
use std::path::Path;

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

/// File name of a path without its folders.
pub fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

/// Decodes a whole file; undecodable bytes of a line become U+FFFD so that readers of lines can
/// quarantine that line and go on.
fn decode_all(_encoding: Encoding, bytes: &[u8]) -> Result<String, FileError> {
    Ok(String::from_utf8_lossy(bytes).into_owned())
}
