//! Text of an inventory: one growing buffer, spans into it, and interned names.

use crate::kernel::paged::Text;
use hashbrown::{DefaultHashBuilder, HashTable};
use std::hash::BuildHasher;

/// A piece of text inside an [`Arena`]. Eight bytes; only the arena that made it can read it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, Default)]
pub struct Span {
    start: u32,
    len: u32,
}

impl Span {
    /// The empty text.
    pub const EMPTY: Self = Self { start: 0, len: 0 };

    /// True for the empty text, which also stands for "not given".
    pub const fn is_empty(self) -> bool {
        self.len == 0
    }
}

/// Append-only text, at most 4 GiB.
#[derive(Default)]
pub struct Arena {
    text: Text,
}

impl Arena {
    /// Copies `text` in.
    ///
    /// # Panics
    /// Beyond 4 GiB of names in one site, which the limits of ingest refuse long before.
    #[inline]
    pub fn push(&mut self, text: &str) -> Span {
        if text.is_empty() {
            return Span::EMPTY;
        }
        let start = u32::try_from(self.text.len()).expect("site text beyond 4 GiB");
        self.text.push_str(text);
        Span { start, len: text.len() as u32 }
    }

    /// The text of a span.
    pub fn get(&self, span: Span) -> &str {
        self.text.get(span.start as usize..(span.start + span.len) as usize)
    }

    /// Takes over another arena's text; add the returned offset to its spans with [`Arena::moved`].
    ///
    /// # Panics
    /// Where the text of a site grows beyond 4 GiB.
    pub fn absorb(&mut self, other: &Self) -> u32 {
        let offset = u32::try_from(self.text.len()).expect("site text beyond 4 GiB");
        self.text.push_str(other.text.as_str());
        offset
    }

    /// A span of an absorbed arena, in terms of this one.
    pub fn moved(span: Span, offset: u32) -> Span {
        if span.is_empty() { span } else { Span { start: span.start + offset, len: span.len } }
    }
}

/// Number of an interned name. Zero is the empty name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash, Default)]
pub struct NameId(u32);

impl NameId {
    /// The empty name, which also stands for "not given".
    pub const EMPTY: Self = Self(0);

    /// True for the empty name.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Position in the interner.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// Names that repeat: departments, groups, systems. Each is kept once.
pub struct Names {
    arena: Arena,
    spans: Vec<Span>,
    table: HashTable<u32>,
    hasher: DefaultHashBuilder,
    /// Asked for last: rows that follow one another share most names.
    recent: NameId,
}

impl Default for Names {
    fn default() -> Self {
        let mut names = Self {
            arena: Arena::default(),
            spans: Vec::new(),
            table: HashTable::new(),
            hasher: DefaultHashBuilder::default(),
            recent: NameId::EMPTY,
        };
        names.spans.push(Span::EMPTY);
        names
    }
}

impl Names {
    /// The number of `name`, which is added when it is new.
    #[inline]
    pub fn intern(&mut self, name: &str) -> NameId {
        if name.is_empty() {
            return NameId::EMPTY;
        }
        if self.get(self.recent) != name {
            self.recent = self.find_or_add(name);
        }
        self.recent
    }

    fn find_or_add(&mut self, name: &str) -> NameId {
        let hash = self.hasher.hash_one(name);
        let (arena, spans) = (&self.arena, &self.spans);
        if let Some(&id) = self.table.find(hash, |&id| arena.get(spans[id as usize]) == name) {
            return NameId(id);
        }
        let id = self.spans.len() as u32;
        self.spans.push(self.arena.push(name));
        let (arena, spans, hasher) = (&self.arena, &self.spans, &self.hasher);
        self.table.insert_unique(hash, id, |&id| hasher.hash_one(arena.get(spans[id as usize])));
        NameId(id)
    }

    /// The number of `name` if it was interned before.
    pub fn find(&self, name: &str) -> Option<NameId> {
        let hash = self.hasher.hash_one(name);
        let same = |&id: &u32| self.arena.get(self.spans[id as usize]) == name;
        self.table.find(hash, same).map(|&id| NameId(id))
    }

    /// The name behind a number.
    pub fn get(&self, id: NameId) -> &str {
        self.arena.get(self.spans[id.index()])
    }

    /// All names in the order they were met; the first is the empty one.
    pub fn iter(&self) -> impl Iterator<Item = (NameId, &str)> {
        self.spans.iter().enumerate().map(|(i, &span)| (NameId(i as u32), self.arena.get(span)))
    }

    /// Interns every name of `other`; the result maps its numbers to ours.
    pub fn absorb(&mut self, other: &Self) -> Vec<NameId> {
        other.iter().map(|(_, name)| self.intern(name)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_kept_once_and_survive_absorption() {
        let mut a = Names::default();
        let mut b = Names::default();
        let ward = a.intern("3階病棟");
        assert_eq!(a.intern("3階病棟"), ward);
        b.intern("医局");
        let moved = b.intern("3階病棟");
        let map = a.absorb(&b);
        assert_eq!(map[moved.index()], ward);
        assert_eq!(a.find("医局"), Some(map[1]));
        assert_eq!(a.find("薬剤部"), None);
    }

    #[test]
    fn spans_move_with_their_text() {
        let (mut a, mut b) = (Arena::default(), Arena::default());
        a.push("x");
        let span = b.push("佐藤");
        let offset = a.absorb(&b);
        assert_eq!(a.get(Arena::moved(span, offset)), "佐藤");
        assert_eq!(a.get(Arena::moved(Span::EMPTY, offset)), "");
    }
}
