//! Union-find over secrets.

use crate::kernel::paged::Paged;

/// Sets of secrets that were proven equal.
pub(super) struct Union {
    parent: Paged<u32>,
}

impl Union {
    /// Every secret by itself.
    pub(super) fn new(secrets: usize) -> Self {
        Self { parent: (0..secrets as u32).collect() }
    }

    /// The set's smallest member.
    pub(super) fn root(&mut self, secret: u32) -> u32 {
        let mut at = secret;
        while self.parent[at as usize] != at {
            let up = self.parent[self.parent[at as usize] as usize];
            self.parent[at as usize] = up;
            at = up;
        }
        at
    }

    /// Joins the sets of two secrets.
    pub(super) fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.root(a), self.root(b));
        self.parent[a.max(b) as usize] = a.min(b);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joined_secrets_share_the_smallest_root() {
        let mut union = Union::new(6);
        union.join(5, 3);
        union.join(4, 5);
        union.join(1, 2);
        let roots: Vec<_> = (0..6).map(|secret| union.root(secret)).collect();
        assert_eq!(roots, [0, 1, 1, 3, 3, 3]);
    }
}
