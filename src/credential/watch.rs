//! What the engine tells whoever started it, and what that one may ask of it.

/// Salted secrets of one scheme.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Class {
    /// Scheme.
    pub scheme: &'static str,
    /// Distinct secrets.
    pub targets: u32,
    /// Work, in compressions of MD5, that all candidates may cost together.
    pub work: u64,
    /// Nanoseconds for a thousand units of work on one core: measured, or 100,000.
    pub pace: u64,
}

impl Class {
    /// A compression of MD5 takes about a tenth of a microsecond.
    pub const STATIC_PACE: u64 = 100_000;

    /// Expected time on one core, in milliseconds.
    pub const fn millis(&self) -> u64 {
        (self.work / 1000).saturating_mul(self.pace) / 1_000_000
    }
}

/// Whoever started a search. All methods may be called from any thread.
pub trait Watch: Sync {
    /// What lies ahead on salted secrets, by scheme. Nothing is announced below a second.
    fn plan(&self, _classes: &[Class]) {}

    /// Units of work that were done.
    fn done(&self, _work: u64) {}

    /// True once the search should end: the time is up, or somebody asked for it.
    fn over(&self) -> bool {
        false
    }
}

/// Nobody watches.
pub struct Unwatched;

impl Watch for Unwatched {}
