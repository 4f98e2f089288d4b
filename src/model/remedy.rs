//! What a remedy must know of an account before it touches it.

use crate::model::arena::Span;
use crate::model::credential::words;

words! {
    /// Why a remedy leaves an account alone.
    Spare {
        /// It need not.
        None = "",
        /// Built into the directory: RID 500 to 502.
        BuiltIn = "built-in",
        /// Kept for emergencies.
        BreakGlass = "break-glass",
        /// A program logs in with it.
        Service = "service",
        /// Several people or a maintenance company use it by declaration.
        Declared = "declared",
        /// It administers its system: the last one must stay.
        Administrator = "administrator",
    }
}

/// Facts of a subject for remedies.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Remedy {
    /// Security identifier of a directory account; empty where the export has none.
    pub sid: Span,
    /// Why it is left alone.
    pub spare: Spare,
}

impl Remedy {
    /// Nothing is known.
    pub const UNKNOWN: Self = Self { sid: Span::EMPTY, spare: Spare::None };
}
