//! How far a piece of work is, for whoever waits for it.

/// Told about progress by whoever does the work, which does not know what becomes of it. All methods
/// may be called from any thread; a call costs little beside a file or a batch.
pub trait Gauge: Sync {
    /// More work lies ahead, in units of the work's own.
    fn expect(&self, more: u64);

    /// Part of it is done.
    fn done(&self, part: u64);
}

/// Nobody waits.
pub struct Unwatched;

impl Gauge for Unwatched {
    fn expect(&self, _more: u64) {}

    fn done(&self, _part: u64) {}
}
