//! What the rules have already explained of one statement.

use super::table::Hit;

/// Remembers it while the rules are applied.
#[derive(Default)]
pub(super) struct Seen {
    /// A rule has told a secret.
    pub(super) secret: bool,
    /// The entry that the statement belongs to.
    pub(super) owner: Option<usize>,
    spans: Vec<(usize, usize)>,
}

impl Seen {
    /// True where an earlier rule has explained some of the same words.
    pub(super) fn known(&self, hit: &Hit) -> bool {
        self.spans.iter().any(|span| span.0 <= hit.end && hit.start <= span.1)
    }

    /// The same; else this one now explains them.
    pub(super) fn covers(&mut self, hit: &Hit) -> bool {
        let covered = self.known(hit);
        if !covered {
            self.spans.push((hit.start, hit.end));
        }
        covered
    }
}
