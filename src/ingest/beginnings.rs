//! Beginnings of lines that readers know their files by, all looked for in one pass over a file.

use std::cell::OnceCell;
use std::sync::LazyLock;

/// Every beginning that a reader asks for.
static ALL: LazyLock<Beginnings> = LazyLock::new(|| {
    let mut all = Beginnings::default();
    for sign in super::READERS.iter().flat_map(|reader| reader.signs().iter().copied().flatten()) {
        all.add(sign);
    }
    all
});

/// Bytes that stand in beginnings; all others are one class.
const CLASSES: usize = 96;

/// A tree of bytes: beginnings are its paths.
struct Beginnings {
    class: [u8; 256],
    classes: u8,
    /// The node that a class of byte leads to; 0 = none, for nothing leads to the root.
    next: Vec<[u16; CLASSES]>,
}

impl Default for Beginnings {
    fn default() -> Self {
        Self { class: [0; 256], classes: 0, next: vec![[0; CLASSES]] }
    }
}

impl Beginnings {
    fn add(&mut self, beginning: &str) {
        let mut node = 0;
        for byte in beginning.bytes() {
            let class = &mut self.class[usize::from(byte)];
            if *class == 0 {
                self.classes += 1;
                *class = self.classes;
            }
            let class = usize::from(*class);
            if self.next[node][class] == 0 {
                self.next[node][class] = self.next.len() as u16;
                self.next.push([0; CLASSES]);
            }
            node = usize::from(self.next[node][class]);
        }
    }

    /// Nodes on the way of a text into the tree, as far as it leads.
    fn way(&self, text: &str) -> impl Iterator<Item = usize> {
        let mut node = 0;
        text.bytes().map_while(move |byte| {
            node = usize::from(self.next[node][usize::from(self.class[usize::from(byte)])]);
            (node > 0).then_some(node)
        })
    }
}

/// Which beginnings a text has, looked for when somebody asks.
#[derive(Default)]
pub(super) struct Seen(OnceCell<Vec<bool>>);

impl Seen {
    /// How many of these beginnings stand before a line of `text`, blanks aside. They are among
    /// the signs of a reader.
    pub(super) fn count(&self, text: &str, beginnings: &[&str]) -> usize {
        let seen = self.0.get_or_init(|| look(&ALL, text));
        let met = |beginning: &&&str| {
            let way = ALL.way(beginning);
            let mut node = None;
            let length = way.inspect(|at| node = Some(*at)).count();
            debug_assert_eq!(length, beginning.len(), "'{beginning}' is no reader's sign");
            node.is_some_and(|node| seen[node])
        };
        beginnings.iter().filter(met).count()
    }
}

/// Marks every node that a line leads to.
fn look(all: &Beginnings, text: &str) -> Vec<bool> {
    let mut seen = vec![false; all.next.len()];
    let mut rest = text;
    while !rest.is_empty() {
        let end = memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
        all.way(rest[..end].trim_start()).for_each(|node| seen[node] = true);
        rest = rest.get(end + 1..).unwrap_or_default();
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_line_has_all_beginnings_that_it_begins_with() {
        let text = "x\n  set version 21\nset snmp\nversion 1;\r\n";
        let seen = Seen::default();
        let count = |beginnings: &[&str]| seen.count(text, beginnings);
        assert_eq!(count(&["set version ", "version ", "set snmp "]), 2);
        assert_eq!(count(&["set groups ", "host-name "]), 0);
    }

    proptest! {
            #[test]
            fn one_pass_says_what_many_say(
                lines in prop::collection::vec("[ \u{3000}]{0,2}(set|add)?[ a-d]{0,4}[é-ë]?", 0..6),
                beginnings in prop::collection::vec("(set|add)?[ a-d]{1,3}", 1..6),
            ) {
                let text = lines.join("\n");
                let mut all = Beginnings::default();
                for beginning in &beginnings {
    all.add(beginning);
    }
                let seen = look(&all, &text);
                for beginning in &beginnings {
                    let node = all.way(beginning).last();
                    let plain = text.lines().any(|line| line.trim_start().starts_with(beginning));
                    prop_assert_eq!(node.is_some_and(|node| seen[node]), plain, "{}", beginning);
                }
            }
        }
}
