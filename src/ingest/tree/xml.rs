//! XML → statements: one for each element without children. Nothing is ever expanded or fetched.

use super::gather::{Gather, Statement};
use super::{COUNTED, DEPTH};
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};
use std::borrow::Cow;
use zeroize::Zeroize;

/// After so many faults a text is no XML.
const FAULTS: usize = 20;

/// Reads a document. Elements called like one of `records` stand in lists without a key: they are
/// numbered. `entry name="x"` counts as `x`, and an element with a uuid is named by that.
pub(super) fn read(records: &[&str], text: &str, line: u32, gather: &mut Gather<'_>) {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    (config.check_end_names, config.allow_unmatched_ends) = (false, true);
    config.allow_dangling_amp = true;
    let mut walk = Walk {
        records,
        text,
        at: 0,
        line,
        words: Vec::new(),
        open: Vec::new(),
        value: String::new(),
        counter: 0,
        deep: 0,
        gather,
    };
    let mut faults = 0;
    loop {
        walk.catch_up(reader.buffer_position() as usize);
        match reader.read_event() {
            Ok(Event::Eof) => break,
            Ok(event) => {
                if !walk.event(event) {
                    return;
                }
            }
            Err(_) => {
                faults += 1;
                if faults == 1 {
                    walk.gather.spoil("bad-xml", walk.line);
                }
                if faults > FAULTS || reader.buffer_position() as usize >= text.len() {
                    break;
                }
            }
        }
    }
    walk.finish(faults > 0);
}

/// An open element.
struct Open {
    name: String,
    /// Number of words before it.
    mark: usize,
    line: u32,
    parent: bool,
}

struct Walk<'w, 't, 'p> {
    records: &'w [&'w str],
    text: &'t str,
    at: usize,
    line: u32,
    words: Vec<Cow<'t, str>>,
    open: Vec<Open>,
    value: String,
    counter: u32,
    deep: usize,
    gather: &'w mut Gather<'p>,
}

impl<'t> Walk<'_, 't, '_> {
    fn catch_up(&mut self, position: usize) {
        let passed = &self.text.as_bytes()[self.at..position.clamp(self.at, self.text.len())];
        self.line += memchr::memchr_iter(b'\n', passed).count() as u32;
        self.at += passed.len();
    }

    /// False where the file must not be read on.
    fn event(&mut self, event: Event<'t>) -> bool {
        match event {
            Event::Start(start) => self.start(&start),
            Event::Empty(start) => {
                self.start(&start);
                self.end(start.name().as_ref());
            }
            Event::End(end) => self.end(end.name().as_ref()),
            Event::Text(text) => self.value.push_str(&text),
            Event::CData(text) => self.value.push_str(&text),
            Event::GeneralRef(reference) => self.reference(&reference),
            Event::DocType(_) => {
                self.gather.spoil("xml-doctype", self.line);
                return false;
            }
            _ => {}
        }
        true
    }

    fn start(&mut self, start: &BytesStart<'t>) {
        self.value.zeroize();
        if self.open.len() >= DEPTH {
            if self.deep == 0 {
                self.gather.refuse("too-deep", self.line, 0);
            }
            self.deep += 1;
            return;
        }
        if let Some(parent) = self.open.last_mut() {
            parent.parent = true;
        }
        let name = start.name().as_ref().to_owned();
        let mark = self.words.len();
        let attribute = |wanted: &str| {
            let found = start.try_get_attribute(wanted).ok().flatten()?;
            found.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok().map(Cow::into_owned)
        };
        match (&*name, attribute("name"), attribute("uuid")) {
            ("entry", Some(key), _) => self.words.push(Cow::Owned(key)),
            (_, _, Some(uuid)) => {
                self.words.push(Cow::Owned(name.clone()));
                self.words.push(Cow::Owned(format!("{COUNTED}{uuid}")));
            }
            ("member", ..) if self.records.is_empty() => {}
            _ if self.records.contains(&&*name) => {
                self.counter += 1;
                self.words.push(Cow::Owned(name.clone()));
                self.words.push(Cow::Owned(format!("{COUNTED}{}", self.counter)));
            }
            _ => self.words.push(Cow::Owned(name.clone())),
        }
        self.open.push(Open { name, mark, line: self.line, parent: false });
    }

    fn end(&mut self, name: &str) {
        if self.deep > 0 {
            self.deep -= 1;
            return;
        }
        let Some(place) = self.open.iter().rposition(|open| open.name == name) else { return };
        if place + 1 < self.open.len() && self.gather.flaws.iter().all(|flaw| !flaw.whole) {
            self.gather.spoil("bad-xml", self.line);
        }
        while self.open.len() > place {
            self.pop();
        }
    }

    fn pop(&mut self) {
        let Some(open) = self.open.pop() else { return };
        if !open.parent {
            let value = self.value.trim().to_owned();
            self.words.push(Cow::Owned(value));
            let (words, own) = (self.words.as_slice(), open.mark.min(self.words.len() - 1));
            let statement = Statement { words, own, line: open.line, opens: false, off: None };
            self.gather.statement(&statement);
        }
        self.value.zeroize();
        for word in self.words.drain(open.mark..) {
            if let Cow::Owned(mut word) = word {
                word.zeroize();
            }
        }
    }

    /// The five entities of XML and characters by number; any other would have to be declared.
    fn reference(&mut self, reference: &BytesRef<'_>) {
        let name: &str = reference;
        if let Ok(Some(c)) = reference.resolve_char_ref() {
            self.value.push(c);
        } else if let Some(known) = quick_xml::escape::resolve_predefined_entity(name) {
            self.value.push_str(known);
        } else {
            self.gather.refuse("xml-entity", self.line, 0);
            self.value.push('\u{fffd}');
        }
    }

    fn finish(mut self, told: bool) {
        if let (Some(open), false) = (self.open.first(), told) {
            self.gather.spoil("truncated", open.line);
        }
        // What stands in an element that was cut is no value.
        self.value.zeroize();
        self.words.clear();
    }
}
