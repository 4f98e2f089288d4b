//! Three-valued answers: an export that does not say is not an export that says no.

/// Yes, no, or not said.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Tri {
    /// The export does not say.
    #[default]
    Unknown,
    /// The export says no.
    No,
    /// The export says yes.
    Yes,
}

impl Tri {
    /// `yes`, `no` or the empty word, as inventory files write it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Unknown => "",
            Self::No => "no",
            Self::Yes => "yes",
        }
    }

    /// The answer of a word; `None` for any other word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Unknown, Self::No, Self::Yes].into_iter().find(|answer| answer.word() == word)
    }

    /// True where the export says yes.
    pub const fn is_yes(self) -> bool {
        matches!(self, Self::Yes)
    }

    /// The opposite answer; what is unknown stays unknown.
    #[must_use]
    pub const fn negated(self) -> Self {
        match self {
            Self::Unknown => Self::Unknown,
            Self::No => Self::Yes,
            Self::Yes => Self::No,
        }
    }
}

impl From<bool> for Tri {
    fn from(value: bool) -> Self {
        if value { Self::Yes } else { Self::No }
    }
}
