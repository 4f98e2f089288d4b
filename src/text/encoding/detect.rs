//! Which encoding a file is in, judged by its byte order mark or its lines beyond ASCII.

use super::{Encoding, Transcoder};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use memchr::{memchr, memrchr};

const ESC: u8 = 0x1B;

/// Bytes of lines beyond ASCII after which more would not change the judgement.
const SAMPLE: usize = 64 * 1_024;

/// Bytes at the file's start that are searched for the zeros of UTF-16.
const HEAD: usize = 4_096;

/// What a [`Detector`] found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Detected {
    /// The encoding to read the file in.
    pub encoding: Encoding,
    /// Another encoding that the same bytes are clean text in; to be reported.
    pub ambiguous_with: Option<Encoding>,
    /// Length of the byte order mark.
    pub bom_len: usize,
}

/// Collects what a file's encoding is judged by, chunk by chunk.
///
/// Lines of plain ASCII cost one fast scan and are forgotten, so that a single Japanese name
/// at line 90 000 still decides. Memory: under 70 KiB.
#[derive(Default)]
pub struct Detector {
    head: Vec<u8>,
    sample: Vec<u8>,
    in_line: bool,
}

impl Detector {
    /// A detector that has seen nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the next bytes of the file; chunks may end anywhere.
    pub fn feed(&mut self, bytes: &[u8]) {
        let missing = (HEAD - self.head.len()).min(bytes.len());
        self.head.extend_from_slice(&bytes[..missing]);
        let mut rest = bytes;
        if self.in_line {
            rest = self.take_line(rest);
        }
        while self.sample.len() < SAMPLE {
            let Some(first) = first_marked(rest) else {
                return;
            };
            // The line's plain beginning may lie in an earlier chunk, so it is never taken:
            // the judgement must not depend on where chunks are cut.
            rest = self.take_line(&rest[first..]);
        }
    }

    /// Whether enough was seen, so that the caller may stop feeding.
    pub fn decided(&self) -> bool {
        self.sample.len() >= SAMPLE || bom(&self.head).is_some()
    }

    /// The judgement: byte order mark; the zeros of UTF-16; the escapes of ISO-2022-JP; valid
    /// (or nearly valid) UTF-8; CP932 or EUC-JP.
    pub fn finish(self) -> Detected {
        if let Some((encoding, bom_len)) = bom(&self.head) {
            return Detected { encoding, ambiguous_with: None, bom_len };
        }
        let (encoding, ambiguous_with) = match utf16(&self.head) {
            Some(wide) => (wide, None),
            None => judge(&self.sample),
        };
        Detected { encoding, ambiguous_with, bom_len: 0 }
    }

    /// Adds the rest of the line that `bytes` begins in; gives what follows.
    fn take_line<'a>(&mut self, bytes: &'a [u8]) -> &'a [u8] {
        let end = memchr(b'\n', bytes).map(|i| i + 1);
        self.in_line = end.is_none();
        let (line, rest) = bytes.split_at(end.unwrap_or(bytes.len()));
        let room = SAMPLE - self.sample.len();
        self.sample.extend_from_slice(&line[..line.len().min(room)]);
        rest
    }
}

/// The first byte that is not plain ASCII text: eight-bit, or an escape.
fn first_marked(bytes: &[u8]) -> Option<usize> {
    let ascii = encoding_rs::Encoding::ascii_valid_up_to(bytes);
    memchr(ESC, &bytes[..ascii]).or_else(|| (ascii < bytes.len()).then_some(ascii))
}

fn bom(head: &[u8]) -> Option<(Encoding, usize)> {
    match head {
        [0xEF, 0xBB, 0xBF, ..] => Some((Encoding::Utf8Bom, 3)),
        [0xFF, 0xFE, ..] => Some((Encoding::Utf16Le, 2)),
        [0xFE, 0xFF, ..] => Some((Encoding::Utf16Be, 2)),
        _ => None,
    }
}

/// UTF-16 without a mark: read one way round nearly everything is text, and a good part of
/// it (delimiters, line ends, logins) has a zero byte.
fn utf16(head: &[u8]) -> Option<Encoding> {
    memchr(0, head)?;
    let units = head.len() / 2;
    let score = |order: fn([u8; 2]) -> u16| {
        let all = head.chunks_exact(2).map(|pair| order([pair[0], pair[1]]));
        let text = all.clone().filter(|u| is_text_unit(*u)).count();
        let narrow = all.filter(|u| is_text_unit(*u) && *u < 0x80).count();
        let sound = text * 10 >= units * 9 && narrow >= 2 && narrow * 16 >= units;
        if sound { text } else { 0 }
    };
    let (little, big) = (score(u16::from_le_bytes), score(u16::from_be_bytes));
    match little.cmp(&big) {
        std::cmp::Ordering::Greater => Some(Encoding::Utf16Le),
        std::cmp::Ordering::Less => Some(Encoding::Utf16Be),
        std::cmp::Ordering::Equal => None,
    }
}

const fn is_text_unit(unit: u16) -> bool {
    matches!(unit,
        0x09 | 0x0A | 0x0D | 0x20..=0x7E | 0xA0..=0x17F | 0x2010..=0x203F | 0x2190..=0x266F
        | 0x3000..=0x30FF | 0x3200..=0x33FF | 0x4E00..=0x9FFF | 0xD800..=0xDFFF
        | 0xF900..=0xFAFF | 0xFF01..=0xFFEF)
}

/// Judges the lines beyond ASCII.
fn judge(sample: &[u8]) -> (Encoding, Option<Encoding>) {
    if sample.is_ascii() {
        let japanese = has_designation(sample);
        return (if japanese { Encoding::Iso2022Jp } else { Encoding::Ascii }, None);
    }
    let utf8 = Utf8Evidence::gather(sample);
    let shift_jis = errors(Encoding::Cp932, sample);
    if utf8.errors == 0 {
        // ﾅｶ in CP932 is Ŷ in UTF-8: without one Japanese character neither is certain.
        let other = utf8.japanese == 0 && shift_jis == 0;
        return (Encoding::Utf8, other.then_some(Encoding::Cp932));
    }
    if utf8.is_damaged_utf8() {
        return (Encoding::Utf8, None);
    }
    let euc = errors(Encoding::EucJp, sample);
    let high = sample.iter().filter(|b| !b.is_ascii()).count();
    // One damaged byte must not flip the encoding of a whole file.
    let near = |errors: usize| errors * 64 <= high;
    match (near(shift_jis), near(euc)) {
        (false, true) => (Encoding::EucJp, None),
        (true, true) => both(sample, shift_jis == 0 && euc == 0),
        (false, false) if utf8.japanese >= utf8.errors => (Encoding::Utf8, None),
        (false, false) if euc < shift_jis => (Encoding::EucJp, None),
        (true | false, false) => (Encoding::Cp932, None),
    }
}

/// Bytes that are text in CP932 and in EUC-JP (or nearly so, where not `clean`).
fn both(sample: &[u8], clean: bool) -> (Encoding, Option<Encoding>) {
    // No kanji of CP932 passes for EUC-JP, so damaged text of both kinds is EUC-JP.
    if !clean || has_single_shifts(sample) || statistics_say_euc(sample) {
        (Encoding::EucJp, Some(Encoding::Cp932))
    } else {
        (Encoding::Cp932, Some(Encoding::EucJp))
    }
}

/// Half-width kana of EUC-JP, which the statistics take for Shift JIS: pairs with lead byte
/// 8E, where a CP932 text would have other kanji too, and those are no EUC-JP.
fn has_single_shifts(sample: &[u8]) -> bool {
    let pairs = sample.windows(2).filter(|w| w[0] == 0x8E && (0xA1..=0xDF).contains(&w[1]));
    pairs.count() >= 2
}

fn statistics_say_euc(sample: &[u8]) -> bool {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    detector.guess(Some(b"jp"), Utf8Detection::Deny) == encoding_rs::EUC_JP
}

/// Undecodable places; a character cut off at the sample's end is none.
fn errors(encoding: Encoding, sample: &[u8]) -> usize {
    let mut transcoder = Transcoder::marking(encoding);
    let mut out = Vec::with_capacity(sample.len() * 2);
    // A marking transcoder has no errors to give.
    let _ = transcoder.push(sample, false, &mut out);
    transcoder.damaged()
}

/// A line that switches to a Japanese set (`ESC $ B`, `ESC $ @`, `ESC ( J`, `ESC ( I`) and back to
/// ASCII (`ESC ( B`). One stray escape does not make a file Japanese.
fn has_designation(sample: &[u8]) -> bool {
    let known = |w: &[u8]| matches!(w, [ESC, b'$', b'B' | b'@'] | [ESC, b'(', b'J' | b'I']);
    let japanese = |line: &[u8]| {
        line.windows(3)
            .position(known)
            .is_some_and(|at| line[at..].windows(3).any(|w| w == b"\x1b(B"))
    };
    sample.split(|byte| *byte == b'\n').any(japanese)
}

/// How far a sample is UTF-8.
struct Utf8Evidence {
    /// Japanese characters that it decodes to.
    japanese: usize,
    /// Places that are no UTF-8.
    errors: usize,
    /// Lines beyond ASCII.
    lines: usize,
    /// Such lines that are valid throughout and Japanese.
    good_lines: usize,
}

impl Utf8Evidence {
    fn gather(sample: &[u8]) -> Self {
        let mut found = Self { japanese: 0, errors: 0, lines: 0, good_lines: 0 };
        for line in sample.split(|b| *b == b'\n').filter(|line| !line.is_ascii()) {
            let (japanese, errors) = Self::of_line(line);
            found.japanese += japanese;
            found.errors += errors;
            found.lines += 1;
            found.good_lines += usize::from(errors == 0 && japanese > 0);
        }
        // The sample may have been cut inside a character.
        if std::str::from_utf8(last_line(sample)).is_err_and(|e| e.error_len().is_none()) {
            found.errors -= 1;
        }
        found
    }

    fn of_line(line: &[u8]) -> (usize, usize) {
        let is_japanese = |c: &char| matches!(c, '\u{3000}'..='\u{30FF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..);
        line.utf8_chunks().fold((0, 0), |(japanese, errors), chunk| {
            let more = chunk.valid().chars().filter(is_japanese).count();
            (japanese + more, errors + usize::from(!chunk.invalid().is_empty()))
        })
    }

    /// Damage here and there, or two exports of which one is UTF-8: read as UTF-8 the other
    /// fails loudly, while UTF-8 read as CP932 is often clean nonsense.
    const fn is_damaged_utf8(&self) -> bool {
        self.japanese >= self.errors * 4 || self.good_lines * 4 >= self.lines
    }
}

fn last_line(sample: &[u8]) -> &[u8] {
    memrchr(b'\n', sample).map_or(sample, |i| &sample[i + 1..])
}
