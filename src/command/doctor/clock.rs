//! The clock against what cannot be later than now: the program and the exports.

use super::{Answer, Topic};
use crate::model::day::Day;
use crate::model::lang::Lang;
use std::time::{SystemTime, UNIX_EPOCH};

const TOPIC: Topic = ("時計", "clock");

/// Days after which exports look old.
const OLD: i32 = 45;

/// An export and the day that it states, or that the file system states.
pub(super) type Newest = (String, Day);

/// The day of the wall clock (UTC).
pub(super) fn now() -> Day {
    day(SystemTime::now())
}

/// The day on which this program was written to its disk: not before it was built, as a rule.
pub(super) fn made() -> Option<Day> {
    let file = std::env::current_exe().and_then(|path| path.metadata());
    file.and_then(|meta| meta.modified()).ok().map(day)
}

fn day(time: SystemTime) -> Day {
    let since = time.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() / 86_400);
    Day::from_epoch_days(since as i32)
}

/// Compares them. A day of difference is a matter of time zones.
pub(super) fn answers(
    now: Day,
    made: Option<Day>,
    newest: Option<Newest>,
    lang: Lang,
) -> Vec<Answer> {
    let mut answers = Vec::new();
    let set =
        lang.pick("PC の日付と時刻を合わせてください", "set the date and time of this machine");
    if let Some(made) = made.filter(|made| made.days_since(now) > 1) {
        let said = match lang {
            Lang::Ja => format!("PC の日付は {now} で、このプログラム ({made}) より前です"),
            Lang::En => format!("the clock says {now}, before this program was made ({made})"),
        };
        answers.push(Answer::warning(TOPIC, said, set));
    }
    if let Some((file, day)) = newest {
        if day.days_since(now) > 1 {
            let said = match lang {
                Lang::Ja => format!("{file} の日付 {day} が PC の日付 {now} より後です"),
                Lang::En => format!("{file} is of {day}, later than the clock ({now})"),
            };
            let hint = lang.pick(
                "PC の日付か、エクスポートの名前の日付を確かめてください",
                "check the date of this machine, and the date in the name of the export",
            );
            answers.push(Answer::warning(TOPIC, said, hint));
        } else if now.days_since(day) > OLD {
            let said = match lang {
                Lang::Ja => format!("最も新しいエクスポートは {day} のものです ({file})"),
                Lang::En => format!("the newest export is of {day} ({file})"),
            };
            let hint = lang.pick("新しいエクスポートを置いてください", "put in new exports");
            answers.push(Answer::warning(TOPIC, said, hint));
        }
    }
    if answers.is_empty() {
        answers.push(Answer::fine(TOPIC, format!("{now} (UTC)")));
    }
    answers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::doctor::State;

    #[test]
    fn a_clock_is_wrong_by_more_than_a_time_zone() {
        let now = Day::from_ymd(2026, 11, 22).unwrap();
        let states = |made: i32, export: Option<i32>| {
            let newest = export.map(|days| ("ad/users.csv".to_owned(), now.plus(days)));
            let answers = answers(now, Some(now.plus(made)), newest, Lang::En);
            answers.iter().map(|answer| answer.state).collect::<Vec<_>>()
        };
        assert_eq!(states(0, None), [State::Fine]);
        assert_eq!(states(1, Some(1)), [State::Fine], "another time zone");
        assert_eq!(states(2, Some(0)), [State::Warning], "before the program was made");
        assert_eq!(states(-400, Some(2)), [State::Warning], "an export of the future");
        assert_eq!(states(2, Some(2)), [State::Warning; 2]);
        assert_eq!(states(0, Some(-OLD)), [State::Fine]);
        assert_eq!(states(0, Some(-OLD - 1)), [State::Warning], "old exports");
    }
}
