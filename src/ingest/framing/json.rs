//! JSON of records: an array, an envelope with `value` or `response`, or one object after another (JSONL).
//!
//! Records are found before they are parsed, so that one of them can be refused by its line and
//! nesting is bounded before anything recurses.

use memchr::memchr3;

/// Names of the lists that envelopes hold: Microsoft Graph's and Duo's.
const LISTS: [&[u8]; 2] = [b"value", b"response"];

/// Lines that a record's parser has passed when it stopped. Its own words would quote the record.
pub fn line_in(error: &serde_json::Error) -> u32 {
    (error.line() as u32).saturating_sub(1)
}

/// Deepest nesting.
const DEPTH: u32 = 64;

/// Bytes of one record, and the physical line it begins on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Record<'a> {
    /// The object's text.
    pub text: &'a [u8],
    /// Physical line, 1 = first.
    pub line: u32,
}

/// What a file holds.
#[derive(Debug)]
pub struct Records<'a> {
    /// The records in their order.
    pub records: Vec<Record<'a>>,
    /// True where an envelope says that more pages follow.
    pub more: bool,
}

/// Finds the records. The error is the line where the text stops being JSON.
pub fn records(bytes: &[u8]) -> Result<Records<'_>, u32> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut walk = Walk { bytes, at: 0, line: 1, found: Vec::new(), more: false };
    match walk.top() {
        Some(()) => Ok(Records { records: walk.found, more: walk.more }),
        None => Err(walk.line),
    }
}

struct Walk<'a> {
    bytes: &'a [u8],
    at: usize,
    line: u32,
    found: Vec<Record<'a>>,
    more: bool,
}

impl<'a> Walk<'a> {
    fn peek(&mut self) -> Option<u8> {
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b'\n' => self.line += 1,
                b' ' | b'\t' | b'\r' => {}
                _ => return Some(byte),
            }
            self.at += 1;
        }
        None
    }

    fn expect(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.at += 1)
    }

    fn top(&mut self) -> Option<()> {
        while let Some(byte) = self.peek() {
            match byte {
                b'[' => self.array()?,
                b'{' => self.object()?,
                _ => return None,
            }
        }
        Some(())
    }

    /// `[record, record]`
    fn array(&mut self) -> Option<()> {
        self.expect(b'[')?;
        if self.peek()? == b']' {
            self.at += 1;
            return Some(());
        }
        loop {
            if self.peek()? != b'{' {
                return None;
            }
            let (start, line) = (self.at, self.line);
            self.skip_value()?;
            self.found.push(Record { text: &self.bytes[start..self.at], line });
            match self.peek()? {
                b',' => self.at += 1,
                b']' => {
                    self.at += 1;
                    return Some(());
                }
                _ => return None,
            }
        }
    }

    /// An envelope gives the records of its list; any other object is a record.
    fn object(&mut self) -> Option<()> {
        let (start, line, found) = (self.at, self.line, self.found.len());
        self.expect(b'{')?;
        let mut envelope = false;
        if self.peek()? != b'}' {
            loop {
                let name = self.string()?;
                self.expect(b':')?;
                if LISTS.contains(&name) && self.peek()? == b'[' && !envelope {
                    envelope = true;
                    let before = (self.at, self.line);
                    if self.array().is_none() {
                        // A record may have a list of its own by that name.
                        (self.at, self.line) = before;
                        self.found.truncate(found);
                        envelope = false;
                        self.skip_value()?;
                    }
                } else {
                    self.more |= name.ends_with(b"nextLink") && self.peek()? == b'"';
                    self.skip_value()?;
                }
                match self.peek()? {
                    b',' => self.at += 1,
                    b'}' => break,
                    _ => return None,
                }
            }
        }
        self.at += 1;
        if !envelope {
            self.found.truncate(found);
            self.found.push(Record { text: &self.bytes[start..self.at], line });
        }
        Some(())
    }

    /// The bytes between the quotes, escapes left as they are.
    fn string(&mut self) -> Option<&'a [u8]> {
        self.expect(b'"')?;
        let start = self.at;
        loop {
            let step = memchr3(b'"', b'\\', b'\n', &self.bytes[self.at..])?;
            self.at += step + 1;
            match self.bytes[self.at - 1] {
                b'"' => return Some(&self.bytes[start..self.at - 1]),
                b'\\' => self.at += 1,
                _ => return None,
            }
            if self.at > self.bytes.len() {
                return None;
            }
        }
    }

    /// Moves over one value of any kind; brackets must match and nest no deeper than [`DEPTH`].
    fn skip_value(&mut self) -> Option<()> {
        let mut open: Vec<u8> = Vec::new();
        loop {
            match self.peek()? {
                b'"' => {
                    self.string()?;
                }
                byte @ (b'{' | b'[') => {
                    // Byte values of brackets: the closing one lies two above.
                    open.push(byte + 2);
                    if open.len() as u32 > DEPTH {
                        return None;
                    }
                    self.at += 1;
                }
                byte @ (b'}' | b']') => {
                    if open.pop()? != byte {
                        return None;
                    }
                    self.at += 1;
                }
                b',' | b':' if !open.is_empty() => {
                    self.at += 1;
                    continue;
                }
                b',' | b':' => return None,
                _ => self.skip_word(),
            }
            if open.is_empty() {
                return Some(());
            }
        }
    }

    /// Numbers, `true`, `null`: judged by whoever parses the record.
    fn skip_word(&mut self) {
        let rest = &self.bytes[self.at..];
        let end = rest.iter().position(|b| b",:{}[]\" \t\r\n".contains(b)).unwrap_or(rest.len());
        self.at += end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Result<Vec<(u32, String)>, u32> {
        let text_of = |r: &Record<'_>| (r.line, String::from_utf8_lossy(r.text).into_owned());
        records(text.as_bytes()).map(|found| found.records.iter().map(text_of).collect())
    }

    #[test]
    fn arrays_envelopes_and_lines() {
        let pair = vec![(1, "{\"a\":1}".to_owned()), (2, "{\"b\":\"}\"}".to_owned())];
        assert_eq!(found("[{\"a\":1},\n{\"b\":\"}\"}]").unwrap(), pair);
        assert_eq!(found("{\"a\":1}\n{\"b\":\"}\"}\n").unwrap(), pair);
        let text = "\u{feff}{\"@odata.context\":\"x\",\"value\":[{\"a\":1},\n{\"b\":\"}\"}]}";
        assert_eq!(found(text).unwrap(), pair);
        assert_eq!(found("[]").unwrap(), []);
        assert_eq!(found("{\"value\":[]}").unwrap(), []);
    }

    #[test]
    fn a_record_with_a_list_called_value_is_a_record() {
        assert_eq!(found("{\"value\":[1,2],\"id\":3}").unwrap().len(), 1);
    }

    #[test]
    fn a_next_link_says_that_there_is_more() {
        let text = b"{\"@odata.nextLink\":\"https://x\",\"value\":[{\"a\":1}]}";
        assert!(records(text).unwrap().more);
        assert!(!records(b"{\"@odata.nextLink\":null,\"value\":[]}").unwrap().more);
    }

    #[test]
    fn what_is_no_json_is_refused_by_line() {
        for (text, line) in [
            ("[{\"a\":1},]", 1),
            ("[{\"a\":1}\n{\"b\":1}]", 2),
            ("[{\"a\":[1}]", 1),
            ("{\"a\":1", 1),
            ("[{\"a\":\"x\n\"}]", 1),
            ("x", 1),
            ("[1,2]", 1),
        ] {
            assert_eq!(found(text).unwrap_err(), line, "{text}");
        }
    }

    #[test]
    fn depth_is_bounded() {
        let deep = format!("[{{\"a\":{}{}}}]", "[".repeat(100_000), "]".repeat(100_000));
        assert!(found(&deep).is_err());
        let fine = format!("[{{\"a\":{}{}}}]", "[".repeat(60), "]".repeat(60));
        assert_eq!(found(&fine).unwrap().len(), 1);
    }
}
