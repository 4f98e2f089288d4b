//! Password policies as exports state them: of a domain, of some of its accounts, of one host.

use crate::model::arena::Span;
use crate::model::file::Origin;
use crate::model::tri::Tri;

/// One policy. What the export does not say is `None` or unknown, never a default.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct PasswordPolicy {
    /// The system whose accounts it governs.
    pub system: u16,
    /// Name of a fine-grained policy; empty for the policy that holds where no other does.
    pub name: Span,
    /// Accounts or groups that a fine-grained policy is for, joined with `\n`; empty = nobody is
    /// named. Says nothing where `name` is empty.
    pub applies_to: Span,
    /// Rank among fine-grained policies: the lowest wins.
    pub precedence: Option<u32>,
    /// Least number of characters.
    pub min_length: Option<u32>,
    /// Number of former passwords that may not come again.
    pub history: Option<u32>,
    /// Whether several classes of characters are demanded.
    pub complexity: Tri,
    /// Whether passwords are stored so that they can be decrypted.
    pub reversible: Tri,
    /// Failed logons until the account is locked; 0 = never.
    pub lockout_threshold: Option<u32>,
    /// Minutes within which failed logons are counted.
    pub lockout_window: Option<u32>,
    /// Minutes that an account stays locked; 0 = until somebody unlocks it.
    pub lockout_minutes: Option<u32>,
    /// Days after which a password must be changed; 0 = never.
    pub max_age_days: Option<u32>,
    /// Days before which it may not be changed again.
    pub min_age_days: Option<u32>,
    /// Whether LM hashes are stored.
    pub lm_hash: Tri,
    /// Whether accounts without a password may log on over the network.
    pub blank_remote: Tri,
    /// Where it stands.
    pub origin: Origin,
}

impl PasswordPolicy {
    /// Takes from another export of the same policy what this one does not say.
    pub fn fill_from(&mut self, other: &Self) {
        for (own, theirs) in [
            (&mut self.precedence, other.precedence),
            (&mut self.min_length, other.min_length),
            (&mut self.history, other.history),
            (&mut self.lockout_threshold, other.lockout_threshold),
            (&mut self.lockout_window, other.lockout_window),
            (&mut self.lockout_minutes, other.lockout_minutes),
            (&mut self.max_age_days, other.max_age_days),
            (&mut self.min_age_days, other.min_age_days),
        ] {
            *own = own.or(theirs);
        }
        for (own, theirs) in [
            (&mut self.complexity, other.complexity),
            (&mut self.reversible, other.reversible),
            (&mut self.lm_hash, other.lm_hash),
            (&mut self.blank_remote, other.blank_remote),
        ] {
            if *own == Tri::Unknown {
                *own = theirs;
            }
        }
    }

    /// True where the export says anything at all.
    pub fn says_something(&self) -> bool {
        let numbers = [
            self.min_length,
            self.history,
            self.lockout_threshold,
            self.lockout_window,
            self.lockout_minutes,
            self.max_age_days,
            self.min_age_days,
        ];
        let words = [self.complexity, self.reversible, self.lm_hash, self.blank_remote];
        numbers.iter().any(Option::is_some) || words.iter().any(|word| *word != Tri::Unknown)
    }
}
