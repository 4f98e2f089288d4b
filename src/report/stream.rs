//! Records rendered in parallel and written in order.

use crate::report::output::Sink;
use rayon::prelude::*;
use std::io;
use std::mem;
use std::ops::Range;

/// Records in one buffer: some hundred kilobytes of text, which stay in a core's cache.
const CHUNK: usize = 512;

/// Buffers per thread and batch: enough that no thread waits long for the slowest.
const CHUNKS_PER_THREAD: usize = 4;

/// Renders the records `0..total` with `row(index, buffer, scratch)`.
///
/// One batch is rendered while the one before is written. The bytes do not depend on the number
/// of threads; memory does not depend on `total`.
pub(super) fn stream(
    total: usize,
    sink: &mut Sink,
    row: impl Fn(usize, &mut Vec<u8>, &mut Vec<u8>) + Sync,
) -> io::Result<()> {
    let width = rayon::current_num_threads() * CHUNKS_PER_THREAD;
    let mut ready = vec![Vec::new(); width];
    let mut next = vec![Vec::new(); width];
    let mut start = 0;
    while start < total {
        let end = total.min(start + width * CHUNK);
        let (written, ()) =
            rayon::join(|| sink.write_parts(&ready), || fill(&mut next, start..end, &row));
        written?;
        mem::swap(&mut ready, &mut next);
        start = end;
    }
    sink.write_parts(&ready)
}

fn fill(
    buffers: &mut [Vec<u8>],
    range: Range<usize>,
    row: &(impl Fn(usize, &mut Vec<u8>, &mut Vec<u8>) + Sync),
) {
    buffers.par_iter_mut().enumerate().for_each_init(Vec::new, |scratch, (number, buffer)| {
        buffer.clear();
        let first = range.start + number * CHUNK;
        for index in first..range.end.min(first + CHUNK) {
            row(index, buffer, scratch);
        }
    });
}
