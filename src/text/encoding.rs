//! Which bytes stand for which characters: detection, strict decoding, transcoding.
//!
//! Nothing here replaces what it cannot read. A login that was decoded with replacement
//! characters would be a different login.

mod detect;

pub use detect::{Detected, Detector};

use encoding_rs::DecoderResult;
use std::borrow::Cow;

/// An encoding that exports come in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Encoding {
    /// Seven-bit text.
    Ascii,
    /// UTF-8 without a byte order mark.
    Utf8,
    /// UTF-8 behind a byte order mark.
    Utf8Bom,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// Shift JIS with the extensions of Windows (windows-31j).
    Cp932,
    /// EUC-JP.
    EucJp,
    /// ISO-2022-JP.
    Iso2022Jp,
}

/// Bytes that the encoding does not allow.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("bytes that the encoding does not allow at offset {at}")]
pub struct DecodeError {
    /// Offset of the first such byte: in the slice for [`decode`], in the stream for a
    /// [`Transcoder`].
    pub at: usize,
}

impl Encoding {
    /// The name shown to people.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ascii => "ASCII",
            Self::Utf8 => "UTF-8",
            Self::Utf8Bom => "UTF-8 BOM",
            Self::Utf16Le => "UTF-16LE",
            Self::Utf16Be => "UTF-16BE",
            Self::Cp932 => "CP932",
            Self::EucJp => "EUC-JP",
            Self::Iso2022Jp => "ISO-2022-JP",
        }
    }

    fn table(self) -> &'static encoding_rs::Encoding {
        match self {
            Self::Ascii | Self::Utf8 | Self::Utf8Bom => encoding_rs::UTF_8,
            Self::Utf16Le => encoding_rs::UTF_16LE,
            Self::Utf16Be => encoding_rs::UTF_16BE,
            Self::Cp932 => encoding_rs::SHIFT_JIS,
            Self::EucJp => encoding_rs::EUC_JP,
            Self::Iso2022Jp => encoding_rs::ISO_2022_JP,
        }
    }
}

/// Whether lines and fields can be cut at `,` `"` TAB CR LF before decoding.
///
/// True of CP932 too: its second bytes begin at 0x40. They do reach `\` and `|`, so text
/// delimited by `|` has to be transcoded first.
pub const fn ascii_compatible(encoding: Encoding) -> bool {
    !matches!(encoding, Encoding::Utf16Le | Encoding::Utf16Be | Encoding::Iso2022Jp)
}

/// True where the bytes are the text as they stand: nothing has to be decoded.
pub fn is_text(encoding: Encoding, bytes: &[u8]) -> bool {
    match encoding {
        Encoding::Ascii => bytes.is_ascii(),
        Encoding::Utf8 => {
            !bytes.starts_with(b"\xEF\xBB\xBF") && simdutf8::basic::from_utf8(bytes).is_ok()
        }
        _ => false,
    }
}

/// Decodes one line or cell; borrows where the bytes are UTF-8 already.
///
/// A byte order mark is not removed: cut off [`Detected::bom_len`] bytes of the file first.
pub fn decode(encoding: Encoding, bytes: &[u8]) -> Result<Cow<'_, str>, DecodeError> {
    match encoding {
        Encoding::Ascii => match bytes.iter().position(|b| !b.is_ascii()) {
            Some(at) => Err(DecodeError { at }),
            None => utf8(bytes),
        },
        Encoding::Utf8 | Encoding::Utf8Bom => utf8(bytes),
        _ => encoding
            .table()
            .decode_without_bom_handling_and_without_replacement(bytes)
            .ok_or_else(|| DecodeError { at: first_error(encoding, bytes) }),
    }
}

fn utf8(bytes: &[u8]) -> Result<Cow<'_, str>, DecodeError> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Cow::Borrowed(text)),
        Err(error) => Err(DecodeError { at: error.valid_up_to() }),
    }
}

fn first_error(encoding: Encoding, bytes: &[u8]) -> usize {
    let mut out = Vec::new();
    let mut transcoder = Transcoder::plain(encoding);
    transcoder.push(bytes, true, &mut out).err().map_or(bytes.len(), |e| e.at)
}

/// Turns a stream of bytes into UTF-8, chunk by chunk; a leading byte order mark is dropped.
pub struct Transcoder {
    decoder: encoding_rs::Decoder,
    ascii_only: bool,
    /// Every line begins in ASCII again, so that a stray escape cannot eat the lines behind it.
    by_line: bool,
    marking: bool,
    consumed: usize,
    damaged: usize,
}

/// Stands in the output of a marking [`Transcoder`] for bytes that could not be read: no
/// UTF-8 text contains it.
pub const DAMAGE_MARK: u8 = 0xFF;

/// Stands for a cell whose formula gives no value: damage like any other, with a name.
pub const FORMULA_MARK: &[u8] = b"\xFFformula";

impl Transcoder {
    /// A transcoder that stops at the first undecodable byte.
    pub fn new(encoding: Encoding) -> Self {
        Self::with(encoding, encoding.table().new_decoder_with_bom_removal())
    }

    /// A transcoder that writes [`DAMAGE_MARK`] for what it cannot decode and goes on, so
    /// that the reader of its output sees exactly the rows with damage as invalid UTF-8.
    pub fn marking(encoding: Encoding) -> Self {
        Self { marking: true, ..Self::new(encoding) }
    }

    fn plain(encoding: Encoding) -> Self {
        Self::with(encoding, encoding.table().new_decoder_without_bom_handling())
    }

    fn with(encoding: Encoding, decoder: encoding_rs::Decoder) -> Self {
        let ascii_only = encoding == Encoding::Ascii;
        let by_line = encoding == Encoding::Iso2022Jp;
        Self { decoder, ascii_only, by_line, marking: false, consumed: 0, damaged: 0 }
    }

    /// Marks written so far.
    pub const fn damaged(&self) -> usize {
        self.damaged
    }

    /// Appends the text of `bytes` to `out`; `last` says that no more will come.
    ///
    /// Characters may be cut by a chunk's end anywhere. After an error, what came before
    /// it is in `out`, and the transcoder is of no further use.
    pub fn push(&mut self, bytes: &[u8], last: bool, out: &mut Vec<u8>) -> Result<(), DecodeError> {
        if self.ascii_only {
            return self.push_ascii(bytes, out);
        }
        if !self.by_line {
            return self.decode(bytes, last, out);
        }
        let mut rest = bytes;
        while let Some(end) = memchr::memchr(b'\n', rest) {
            self.decode(&rest[..end], true, out)?;
            out.push(b'\n');
            self.consumed += 1;
            self.decoder = encoding_rs::ISO_2022_JP.new_decoder_without_bom_handling();
            rest = &rest[end + 1..];
        }
        self.decode(rest, last, out)
    }

    fn decode(&mut self, bytes: &[u8], last: bool, out: &mut Vec<u8>) -> Result<(), DecodeError> {
        let mut buffer = [0_u8; 8_192];
        let mut rest = bytes;
        loop {
            let (result, read, written) =
                self.decoder.decode_to_utf8_without_replacement(rest, &mut buffer, last);
            out.extend_from_slice(&buffer[..written]);
            self.consumed += read;
            rest = &rest[read..];
            match result {
                DecoderResult::InputEmpty => return Ok(()),
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(bad, after) => {
                    let behind = usize::from(bad) + usize::from(after);
                    self.damage(self.consumed.saturating_sub(behind), out)?;
                }
            }
        }
    }

    // The table of encodings has no strict ASCII.
    fn push_ascii(&mut self, bytes: &[u8], out: &mut Vec<u8>) -> Result<(), DecodeError> {
        let start = self.consumed;
        self.consumed += bytes.len();
        if bytes.is_ascii() {
            out.extend_from_slice(bytes);
            return Ok(());
        }
        for (i, byte) in bytes.iter().enumerate() {
            if byte.is_ascii() {
                out.push(*byte);
            } else {
                self.damage(start + i, out)?;
            }
        }
        Ok(())
    }

    fn damage(&mut self, at: usize, out: &mut Vec<u8>) -> Result<(), DecodeError> {
        if !self.marking {
            return Err(DecodeError { at });
        }
        out.push(DAMAGE_MARK);
        self.damaged += 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests;
