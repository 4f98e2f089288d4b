//! Long columns that need not stay in memory.
//!
//! A [`Paged`] is a `Vec` of plain values. Without a limit it is nothing else. Once [`limit`] was
//! called, what grows beyond its share lives in temporary files that are mapped: reading it is
//! reading a slice as before, and its pages may leave memory at any time, for they are in the file.
//! So no sum, no order and no byte of an output depends on how much memory there is.
//!
//! The files have no name (on Windows they are deleted when they are closed), so that a killed
//! process leaves nothing behind. What is stored in them is not encrypted: stored passwords and
//! their digests never lie in a `Paged`.

mod deal;
mod pages;

pub use deal::Deal;
pub use pages::{Fault, Memory, check, limit, memory};

use pages::Place;
use std::alloc::{Layout, alloc, dealloc, handle_alloc_error, realloc};
use std::fmt::{self, Debug, Formatter};
use std::marker::PhantomData;
use std::mem::size_of;
use std::ops::{Deref, DerefMut, Range};
use std::ptr::NonNull;

/// A growing list of plain values, of which the system may put aside what nobody looks at.
pub struct Paged<T: Copy> {
    start: NonNull<T>,
    len: usize,
    room: usize,
    place: Place,
    holds: PhantomData<T>,
}

// SAFETY: it owns its values like a `Vec`.
unsafe impl<T: Copy + Send> Send for Paged<T> {}
// SAFETY: shared references give shared slices only.
unsafe impl<T: Copy + Sync> Sync for Paged<T> {}

impl<T: Copy> Paged<T> {
    /// An empty list; it holds no memory.
    pub const fn new() -> Self {
        const { assert!(size_of::<T>() > 0, "a list of nothing") };
        Self { start: NonNull::dangling(), len: 0, room: 0, place: Place::Heap, holds: PhantomData }
    }

    /// An empty list with room for so many values.
    pub fn with_capacity(values: usize) -> Self {
        let mut list = Self::new();
        list.reserve(values);
        list
    }

    /// Adds a value.
    #[inline]
    pub fn push(&mut self, value: T) {
        if self.len == self.room {
            self.reserve(1);
        }
        // SAFETY: there is room for one more.
        unsafe { self.start.add(self.len).write(value) };
        self.len += 1;
    }

    /// Adds all values of a slice.
    #[inline]
    pub fn extend_from_slice(&mut self, values: &[T]) {
        self.reserve(values.len());
        // SAFETY: there is room for them, and the slice cannot lie in memory that we own alone.
        unsafe {
            self.start.add(self.len).copy_from_nonoverlapping(
                NonNull::new_unchecked(values.as_ptr().cast_mut()),
                values.len(),
            );
        };
        self.len += values.len();
    }

    /// Makes it so many values long; new ones are copies of `value`.
    pub fn resize(&mut self, len: usize, value: T) {
        self.reserve(len.saturating_sub(self.len));
        for at in self.len..len {
            // SAFETY: there is room up to `len`.
            unsafe { self.start.add(at).write(value) };
        }
        self.len = len;
    }

    /// Forgets all values that are not wanted; the others keep their order.
    pub fn retain(&mut self, mut wanted: impl FnMut(&T) -> bool) {
        let mut kept = 0;
        for at in 0..self.len {
            if wanted(&self[at]) {
                self[kept] = self[at];
                kept += 1;
            }
        }
        self.len = kept;
    }

    /// Forgets all values and keeps their room.
    pub const fn clear(&mut self) {
        self.len = 0;
    }

    /// Makes room for so many more values.
    #[inline]
    pub fn reserve(&mut self, more: usize) {
        if more > self.room - self.len {
            self.grow(more);
        }
    }

    #[cold]
    fn grow(&mut self, more: usize) {
        let needed = self.len.checked_add(more).expect("a list beyond all memory");
        let room = needed.max(self.room * 2).max(4);
        let layout = Layout::array::<T>(room).expect("a list beyond all memory");
        let Some((start, place)) = pages::take(layout.size(), layout.align()) else {
            return self.grow_on_heap(room, layout);
        };
        let start = start.cast();
        // SAFETY: the new block is larger, and nobody else knows it.
        unsafe { start.copy_from_nonoverlapping(self.start, self.len) };
        self.free();
        (self.start, self.room, self.place) = (start, room, place);
    }

    fn grow_on_heap(&mut self, room: usize, layout: Layout) {
        let block = match self.place {
            // SAFETY: values have a size, so the layout has one.
            _ if self.room == 0 => unsafe { alloc(layout) },
            Place::Heap | Place::Counted => {
                pages::give_back(self.start.cast(), self.layout().size(), self.place);
                // SAFETY: the block was allocated with this layout, and its successor takes its place.
                unsafe { realloc(self.start.as_ptr().cast(), self.layout(), layout.size()) }
            }
            // SAFETY: as above.
            Place::File(_) => unsafe { alloc(layout) },
        };
        let start = NonNull::new(block.cast()).unwrap_or_else(|| handle_alloc_error(layout));
        if matches!(self.place, Place::File(_)) {
            // SAFETY: the new block is larger, and nobody else knows it.
            unsafe { start.copy_from_nonoverlapping(self.start, self.len) };
            self.free();
        }
        (self.start, self.room, self.place) = (start, room, pages::on_heap(layout.size()));
    }

    fn layout(&self) -> Layout {
        Layout::array::<T>(self.room).expect("it was made")
    }

    fn free(&mut self) {
        if self.room == 0 {
            return;
        }
        if !pages::give_back(self.start.cast(), self.layout().size(), self.place) {
            // SAFETY: it came from the heap with this layout.
            unsafe { dealloc(self.start.as_ptr().cast(), self.layout()) };
        }
    }
}

impl<T: Copy> Drop for Paged<T> {
    fn drop(&mut self) {
        self.free();
    }
}

impl<T: Copy> Default for Paged<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: Copy> Deref for Paged<T> {
    type Target = [T];

    #[inline]
    fn deref(&self) -> &[T] {
        // SAFETY: so many values were written.
        unsafe { std::slice::from_raw_parts(self.start.as_ptr(), self.len) }
    }
}

impl<T: Copy> DerefMut for Paged<T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut [T] {
        // SAFETY: so many values were written, and nobody else looks at them.
        unsafe { std::slice::from_raw_parts_mut(self.start.as_ptr(), self.len) }
    }
}

impl<T: Copy + Debug> Debug for Paged<T> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.debug_list().entries(self).finish()
    }
}

impl<T: Copy> Extend<T> for Paged<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, values: I) {
        let values = values.into_iter();
        self.reserve(values.size_hint().0);
        values.for_each(|value| self.push(value));
    }
}

impl<T: Copy> FromIterator<T> for Paged<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        let mut list = Self::new();
        list.extend(values);
        list
    }
}

impl<T: Copy> From<Vec<T>> for Paged<T> {
    fn from(values: Vec<T>) -> Self {
        let mut list = Self::new();
        list.extend_from_slice(&values);
        list
    }
}

impl<'a, T: Copy> IntoIterator for &'a Paged<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'a, T: Copy> IntoIterator for &'a mut Paged<T> {
    type Item = &'a mut T;
    type IntoIter = std::slice::IterMut<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter_mut()
    }
}

/// A growing text of which the system may put aside what nobody reads.
#[derive(Default)]
pub struct Text(Paged<u8>);

impl Text {
    /// Adds a piece.
    #[inline]
    pub fn push_str(&mut self, piece: &str) {
        self.0.extend_from_slice(piece.as_bytes());
    }

    /// Bytes.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// True without any.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The whole text.
    #[inline]
    pub fn as_str(&self) -> &str {
        // SAFETY: only whole pieces of text were added.
        unsafe { std::str::from_utf8_unchecked(&self.0) }
    }

    /// A part of it, which begins and ends between characters.
    #[inline]
    pub fn get(&self, range: Range<usize>) -> &str {
        &self.as_str()[range]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_does_what_a_vec_does() {
        let (mut list, mut plain) = (Paged::new(), Vec::new());
        for number in 0..5_000_u64 {
            list.push((number, 1_u8));
            plain.push((number, 1_u8));
        }
        list.extend_from_slice(&plain[..300]);
        plain.extend_from_within(..300);
        list.resize(6_000, (7, 2));
        plain.resize(6_000, (7, 2));
        list.retain(|value| value.0 % 3 != 0);
        plain.retain(|value| value.0 % 3 != 0);
        assert_eq!(&*list, &*plain);
        list.resize(10, (0, 0));
        assert_eq!(&*list, &plain[..10]);
        let again: Paged<_> = list.iter().copied().collect();
        assert_eq!(&*again, &plain[..10]);
        assert!(Paged::<u16>::new().is_empty());
    }

    #[test]
    fn text_is_cut_between_characters_only() {
        let mut text = Text::default();
        text.push_str("佐藤");
        text.push_str("");
        text.push_str("x");
        assert_eq!((text.get(0..3), text.get(6..7), text.len()), ("佐", "x", 7));
        assert!(std::panic::catch_unwind(|| text.get(1..3)).is_err());
    }
}
