//! Times of day beside the days of an account, for the few questions that a day is too long for.

use crate::model::day::Stamp;

/// A minute of the day, or that the export does not say.
///
/// Midnight counts as not said: a table whose times were lost writes it on every row.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Minute(u16);

impl Minute {
    /// The minute as exports give it, 0 to 1439.
    pub const fn of(minute: u16) -> Self {
        Self(if minute < 24 * 60 { minute } else { 0 })
    }

    /// What a date that was read says of it.
    pub fn said(minute: Option<u16>) -> Self {
        minute.map_or(Self::default(), Self::of)
    }

    /// The minute, where the export says.
    pub const fn get(self) -> Option<u16> {
        if self.0 == 0 { None } else { Some(self.0) }
    }
}

/// The times of day of an account's creation and of its password.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Clock {
    /// Of its creation.
    pub created: Minute,
    /// Of the setting of its password.
    pub password_set: Minute,
}

impl Clock {
    /// Takes times that only `other` knows, where both speak of the same days.
    pub fn fill_from(&mut self, other: Self, same_creation: bool, same_password: bool) {
        if same_creation && self.created == Minute::default() {
            self.created = other.created;
        }
        if same_password && self.password_set == Minute::default() {
            self.password_set = other.password_set;
        }
    }
}

/// Minutes from one moment to another, where both have a day and a time.
pub fn minutes_between(from: (Stamp, Minute), to: (Stamp, Minute)) -> Option<i64> {
    use crate::model::day::When::On;
    let (On(first), On(last)) = (from.0.when(), to.0.when()) else { return None };
    let (start, end) = (from.1.get()?, to.1.get()?);
    Some(i64::from(last.days_since(first)) * 24 * 60 + i64::from(end) - i64::from(start))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::day::{Day, When};

    #[test]
    fn a_lost_time_is_no_midnight() {
        assert_eq!(Minute::of(0).get(), None);
        assert_eq!((Minute::of(1).get(), Minute::of(1439).get()), (Some(1), Some(1439)));
        assert_eq!(Minute::of(1440).get(), None);
    }

    #[test]
    fn minutes_run_over_midnight() {
        let on = |days| Stamp::from(When::On(Day::from_epoch_days(days)));
        let (late, early) = ((on(1), Minute::of(1430)), (on(2), Minute::of(10)));
        assert_eq!(minutes_between(late, early), Some(20));
        assert_eq!(minutes_between(early, late), Some(-20));
        assert_eq!(minutes_between((on(1), Minute::default()), early), None);
        assert_eq!(minutes_between((Stamp::NEVER, Minute::of(5)), early), None);
    }

    #[test]
    fn times_are_taken_only_of_the_same_day() {
        let known = Clock { created: Minute::of(5), password_set: Minute::of(7) };
        let mut clock = Clock::default();
        clock.fill_from(known, false, true);
        assert_eq!((clock.created.get(), clock.password_set.get()), (None, Some(7)));
        clock.fill_from(Clock { created: Minute::of(9), password_set: Minute::of(9) }, true, true);
        assert_eq!((clock.created.get(), clock.password_set.get()), (Some(9), Some(7)));
    }
}
