//! Kinds of authentication factors: two steps of one kind are not two factors.

use crate::model::credential::words;

words! {
    /// What a step of a login rests on.
    Factor {
        /// Something known: a password, a PIN, a secret question.
        Knowledge = "knowledge",
        /// Something held: a card, a token, a telephone.
        Possession = "possession",
        /// Something the body is: a finger, a vein, a face.
        Inherence = "inherence",
    }
}

/// The kinds of factors that an account logs in with; empty = no export says.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Factors(u8);

impl Factors {
    /// No export says.
    pub const NONE: Self = Self(0);

    /// A set of one kind.
    pub const fn of(factor: Factor) -> Self {
        Self(1 << factor as u8)
    }

    /// Both sets together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// True where no export says.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// True where the kinds are two or more, however many steps there are.
    pub const fn are_two(self) -> bool {
        self.0.count_ones() >= 2
    }

    /// The words, joined with `+`.
    pub fn words(self) -> String {
        let held = Factor::ALL.iter().filter(|&&factor| self.0 & Self::of(factor).0 != 0);
        held.map(|factor| factor.word()).collect::<Vec<_>>().join("+")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_steps_of_one_kind_are_one_factor() {
        let password = Factors::of(Factor::Knowledge);
        let question = Factors::of(Factor::Knowledge);
        assert!(!password.and(question).are_two());
        let card = password.and(Factors::of(Factor::Possession));
        assert!(card.are_two());
        assert_eq!(card.words(), "knowledge+possession");
        assert!(Factors::NONE.is_empty() && !card.is_empty());
    }
}
