use super::*;
use crate::model::day::When;

#[test]
fn flags_are_three_valued() {
    let mut flags = Flags::default();
    assert_eq!(flags.get(Flag::Enabled), Tri::Unknown);
    flags.set(Flag::Enabled, Tri::No);
    assert_eq!(flags.get(Flag::Enabled), Tri::No);
    let mut other = Flags::default();
    other.set(Flag::Enabled, Tri::Yes);
    other.set(Flag::Locked, Tri::Yes);
    flags.fill_from(other);
    assert_eq!((flags.get(Flag::Enabled), flags.get(Flag::Locked)), (Tri::No, Tri::Yes));
}

#[test]
fn all_flags_fit_their_word() {
    assert!(Flag::ALL.len() <= 64);
}

#[test]
fn a_day_wins_over_never_and_never_over_unknown() {
    let day = Stamp::from(When::On(Day::from_epoch_days(5)));
    assert!(later(day, Stamp::NEVER) && later(Stamp::NEVER, Stamp::UNKNOWN));
    assert!(!later(Stamp::UNKNOWN, Stamp::NEVER) && !later(day, day));
}
