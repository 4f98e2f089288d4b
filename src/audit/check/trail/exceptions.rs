//! AUD-04, AUD-05, AUD-06: exceptions that have ended, match nothing or match much. They are judged
//! when every finding is known (audit/except.rs).

use crate::audit::check::Check;

/// The check.
pub(crate) struct Exceptions(pub(crate) &'static [&'static str]);

impl Check for Exceptions {
    fn thresholds(&self) -> Vec<&'static str> {
        self.0.to_vec()
    }

    fn about_all(&self) -> bool {
        true
    }
}
