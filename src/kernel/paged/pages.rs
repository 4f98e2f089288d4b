//! Blocks of temporary files, mapped, and the watch over how many of their pages stay in memory.
//!
//! A block has a power of two of bytes. Blocks are cut from segments, each one file; what is given
//! back waits for the next block of its size. The room of a segment is claimed before it is mapped,
//! so that a full disk shows there and not where somebody writes.

use memmap2::MmapMut;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::ptr::NonNull;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

/// Bytes of a segment; larger blocks have one of their own.
const SEGMENT: usize = 1 << 25;

/// What is smaller stays on the heap.
const SMALLEST: usize = 1 << 14;

/// Part of the limit that long columns may take on the heap before any goes to a file.
const HEAP_SHARE: usize = 8;

/// Blocks that are worth a look at the memory.
const LARGE: usize = 1 << 20;

/// Time between two looks at the memory.
const LOOK: Duration = Duration::from_millis(5);

/// Bytes that a busy machine may touch between two looks.
const SLACK: usize = 96 << 20;

/// Where the memory of a list is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Place {
    /// On the heap.
    Heap,
    /// On the heap, and counted in its share.
    Counted,
    /// In a file, as a block of two to this power of bytes.
    File(u8),
}

/// Why a limit cannot be kept.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Fault {
    /// The temporary folder takes no more.
    #[error(
        "{}: {reason}\nhint: --max-memory needs room for temporary files; free space or name another folder with --tmp",
        folder.display()
    )]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// What cannot be put aside is more than the limit.
    #[error(
        "--max-memory {limit}: {needed} bytes cannot be put aside\nhint: give --max-memory {}M or more, or audit fewer sites at once with --site",
        (needed + needed / 4).div_ceil(1 << 20)
    )]
    Beyond {
        /// The limit in bytes.
        limit: usize,
        /// What is needed as far as the run has come.
        needed: usize,
    },
}

impl Fault {
    fn of(folder: &Path, error: &io::Error) -> Self {
        Self::Folder { folder: folder.to_owned(), reason: error.to_string() }
    }
}

struct Pages {
    folder: PathBuf,
    /// Bytes that may be in memory.
    limit: usize,
    /// Bytes that lists may take on the heap, and what they took.
    share: usize,
    on_heap: AtomicUsize,
    smallest: usize,
    blocks: Mutex<Blocks>,
    fault: OnceLock<Fault>,
}

struct Blocks {
    segments: Vec<MmapMut>,
    /// Given back, by power of two.
    free: [Vec<Block>; usize::BITS as usize],
    /// What is left of the last common segment.
    rest: Option<(Block, usize)>,
}

impl Default for Blocks {
    fn default() -> Self {
        let free = std::array::from_fn(|_| Vec::new());
        Self { segments: Vec::new(), free, rest: None }
    }
}

#[derive(Clone, Copy)]
struct Block(NonNull<u8>);

// SAFETY: an address in a segment that is never unmapped; whoever took it owns it alone.
unsafe impl Send for Block {}

static PAGES: OnceLock<Pages> = OnceLock::new();

/// Keeps long lists within `bytes` of memory from now on, with temporary files in `folder`. A
/// second call changes nothing.
///
/// `KAGIBAN_SPILL=all` puts even the shortest lists into files, for tests.
pub fn limit(bytes: usize, folder: &Path) -> Result<(), Fault> {
    let fault = |error: io::Error| Fault::of(folder, &error);
    // Better now than after an hour.
    tempfile::tempfile_in(folder).map_err(fault)?;
    let all = std::env::var_os("KAGIBAN_SPILL").is_some_and(|value| value == "all");
    let pages = Pages {
        folder: folder.to_owned(),
        limit: bytes,
        share: if all { 0 } else { bytes / HEAP_SHARE },
        smallest: if all { 1 } else { SMALLEST },
        on_heap: AtomicUsize::new(0),
        blocks: Mutex::default(),
        fault: OnceLock::new(),
    };
    if PAGES.set(pages).is_ok() && memory().is_some() {
        let watch = std::thread::Builder::new().name("pages".to_owned());
        watch.spawn(|| PAGES.get().map(Pages::watch)).map_err(fault)?;
    }
    Ok(())
}

/// Whether the limit holds and `more` bytes would fit that cannot be put aside. Lists cannot tell:
/// where their folder fails they grow on the heap. So whoever set a limit asks between two steps.
pub fn check(more: usize) -> Result<(), Fault> {
    let Some(pages) = PAGES.get() else { return Ok(()) };
    if let Some(fault) = pages.fault.get() {
        return Err(fault.clone());
    }
    let needed = memory().map_or(0, |now| now.own) + more;
    let limit = pages.limit;
    if needed > limit { Err(Fault::Beyond { limit, needed }) } else { Ok(()) }
}

/// A block of at least so many bytes in a file; `None` where the heap is the place.
pub(super) fn take(bytes: usize, align: usize) -> Option<(NonNull<u8>, Place)> {
    let pages = PAGES.get()?;
    if bytes < pages.smallest || pages.on_heap.load(Relaxed) + bytes <= pages.share {
        return None;
    }
    let class = bytes.max(align).next_power_of_two().trailing_zeros() as u8;
    // Who fills a large block may be faster than the watch.
    if bytes >= LARGE {
        pages.look();
    }
    let block = pages.blocks().take(class, &pages.folder);
    match block {
        Ok(block) => Some((block.0, Place::File(class))),
        Err(error) => {
            pages.fault.get_or_init(|| Fault::of(&pages.folder, &error));
            None
        }
    }
}

/// Counts a block of the heap.
pub(super) fn on_heap(bytes: usize) -> Place {
    match PAGES.get() {
        Some(pages) if bytes >= pages.smallest => {
            pages.on_heap.fetch_add(bytes, Relaxed);
            Place::Counted
        }
        _ => Place::Heap,
    }
}

/// Takes a block back; false where it is one of the heap's, which the caller frees.
pub(super) fn give_back(block: NonNull<u8>, bytes: usize, place: Place) -> bool {
    let Some(pages) = PAGES.get() else { return false };
    match place {
        Place::Heap => false,
        Place::Counted => {
            pages.on_heap.fetch_sub(bytes, Relaxed);
            false
        }
        Place::File(class) => {
            pages.blocks().free[usize::from(class)].push(Block(block));
            true
        }
    }
}

impl Blocks {
    fn take(&mut self, class: u8, folder: &Path) -> io::Result<Block> {
        if let Some(block) = self.free[usize::from(class)].pop() {
            return Ok(block);
        }
        let bytes = 1 << class;
        if bytes > SEGMENT / 2 {
            return self.segment(bytes, folder);
        }
        let (rest, left) = match self.rest {
            Some((rest, left)) if left >= bytes => (rest, left),
            _ => (self.segment(SEGMENT, folder)?, SEGMENT),
        };
        // Cut from the end: what is left of a segment then begins where it begins, and every block
        // lies at a multiple of its own size, as long as larger ones are cut from fresh rests.
        let at = (left - bytes) & !(bytes - 1);
        self.rest = Some((rest, at));
        // SAFETY: `at` is inside the segment.
        Ok(Block(unsafe { rest.0.add(at) }))
    }

    fn segment(&mut self, bytes: usize, folder: &Path) -> io::Result<Block> {
        let file = tempfile::tempfile_in(folder)?;
        claim(&file, bytes as u64)?;
        // SAFETY: the file has no name, so that nobody else can open or cut it.
        let mut map = unsafe { MmapMut::map_mut(&file)? };
        let start = NonNull::new(map.as_mut_ptr()).ok_or(io::ErrorKind::OutOfMemory)?;
        self.segments.push(map);
        Ok(Block(start))
    }

    /// Lets the system put all pages aside; they are in their files.
    fn release(&self) {
        #[cfg(unix)]
        for segment in &self.segments {
            // SAFETY: a shared map of a file: pages come back with what was written to them.
            let _ = unsafe { segment.unchecked_advise(memmap2::UncheckedAdvice::DontNeed) };
        }
    }
}

/// Claims the room of a file, so that writing to its pages cannot fail.
fn claim(file: &File, bytes: u64) -> io::Result<()> {
    #[cfg(any(target_os = "linux", target_os = "android"))]
    match rustix::fs::fallocate(file, rustix::fs::FallocateFlags::empty(), 0, bytes) {
        Err(rustix::io::Errno::OPNOTSUPP | rustix::io::Errno::NOSYS) => {}
        other => return Ok(other?),
    }
    let copied = io::copy(&mut io::Read::take(io::repeat(0), bytes), &mut &*file)?;
    debug_assert_eq!(copied, bytes);
    Ok(())
}

impl Pages {
    fn blocks(&self) -> MutexGuard<'_, Blocks> {
        self.blocks.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts pages aside, for as long as the process lives.
    fn watch(&self) {
        while self.look() {
            std::thread::sleep(LOOK);
        }
    }

    /// Puts pages aside where they come near to what the heap leaves them; false where the system does
    /// not tell.
    fn look(&self) -> bool {
        let Some(now) = memory() else { return false };
        let left = self.limit.saturating_sub(now.own);
        if now.mapped > left.saturating_sub(SLACK.max(left / 2)).max(self.limit / 16) {
            self.blocks().release();
        }
        true
    }
}

/// Memory of the process, in bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Memory {
    /// Heap and stacks: what cannot be put aside.
    pub own: usize,
    /// Pages of files.
    pub mapped: usize,
}

/// What the process holds in memory now, where the system tells.
pub fn memory() -> Option<Memory> {
    let text = std::fs::read_to_string("/proc/self/statm").ok()?;
    let mut pages = text.split(' ').skip(1).map_while(|number| number.parse::<usize>().ok());
    let (all, mapped) = (pages.next()?, pages.next()?);
    let page = page_size();
    Some(Memory { own: all.saturating_sub(mapped) * page, mapped: mapped * page })
}

#[cfg(unix)]
fn page_size() -> usize {
    rustix::param::page_size()
}

#[cfg(not(unix))]
const fn page_size() -> usize {
    4096
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_apart_aligned_and_used_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut blocks = Blocks::default();
        let mut taken = Vec::new();
        for round in 0..200_u8 {
            let class = [0, 3, 14, 9, 20, 24][usize::from(round) % 6];
            let block = blocks.take(class, folder.path()).expect("room");
            assert_eq!(block.0.as_ptr() as usize % (1 << class).min(4096), 0, "class {class}");
            // SAFETY: the block is ours.
            unsafe { std::ptr::write_bytes(block.0.as_ptr(), round, 1 << class) };
            taken.push((block, class, round));
        }
        blocks.release();
        for (block, class, round) in &taken {
            // SAFETY: the block is ours and was written.
            let bytes = unsafe { std::slice::from_raw_parts(block.0.as_ptr(), 1 << class) };
            assert!(bytes.iter().all(|byte| byte == round), "class {class}, round {round}");
        }
        let segments = blocks.segments.len();
        let (block, class, _) = taken[0];
        blocks.free[usize::from(class)].push(block);
        assert_eq!(blocks.take(class, folder.path()).expect("room").0, block.0);
        assert_eq!(blocks.segments.len(), segments);
        assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 0);
    }

    #[test]
    fn a_folder_that_is_not_there_is_an_error() {
        let error = Blocks::default().take(14, Path::new("/no/such/folder"));
        assert!(error.is_err());
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn memory_is_told() {
        let now = memory().expect("Linux tells");
        assert!(now.own > 0 && now.mapped > 0);
    }
}
