//! Watches a search: the time that was given, and Ctrl-C.

use crate::command::progress::{self, Bar, Stage};
use crate::command::{Exit, Stop, complain};
use crate::credential::watch::{Class, Watch};
use crate::model::gauge::Gauge as _;
use crate::model::lang::Lang;
use anyhow::anyhow;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Set by Ctrl-C.
static STOPPED: AtomicBool = AtomicBool::new(false);

/// Longest time that may be given: a year.
const LONGEST: u64 = 366 * 24 * 3600;

/// What ends a search before its words do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Ended {
    /// The time that was given.
    Budget,
    /// Ctrl-C.
    Interrupted,
}

/// Milliseconds of work from which a search is announced where nobody watches.
const LONG: u64 = 30_000;

/// The same, where somebody sees a bar meanwhile.
const LONG_FOR_A_BAR: u64 = 10_000;

/// Watches the search of one run.
pub(super) struct Progress {
    lang: Lang,
    deadline: Option<Instant>,
    /// Whether the search was told to end when its time was up.
    late: AtomicBool,
    bar: OnceLock<Bar>,
}

impl Progress {
    /// Starts the clock.
    pub(super) fn new(budget: Option<Duration>, lang: Lang) -> Self {
        let deadline = budget.and_then(|budget| Instant::now().checked_add(budget));
        Self { lang, deadline, late: AtomicBool::new(false), bar: OnceLock::new() }
    }

    /// Shows that the search is under way, until it is asked how it ended.
    pub(super) fn begin(&self) {
        // Only one search runs at a time, so the bar is not there yet.
        let _ = self.bar.set(progress::begin(Stage::Comparing, self.lang));
    }

    /// What ended the search early, if anything did.
    pub(super) fn ended(&self) -> Option<Ended> {
        if let Some(bar) = self.bar.get() {
            bar.clear();
        }
        if STOPPED.load(Ordering::Relaxed) {
            return Some(Ended::Interrupted);
        }
        self.late.load(Ordering::Relaxed).then_some(Ended::Budget)
    }

    fn line(&self, class: &Class) -> String {
        let time = shown(class.millis() / rayon::current_num_threads() as u64);
        match self.lang {
            Lang::Ja => format!("{}: {} 件、およそ {time}", class.scheme, class.targets),
            Lang::En if class.targets == 1 => format!("{}: 1 secret, about {time}", class.scheme),
            Lang::En => format!("{}: {} secrets, about {time}", class.scheme, class.targets),
        }
    }
}

impl Watch for Progress {
    fn plan(&self, classes: &[Class]) {
        let millis: u64 = classes.iter().map(Class::millis).sum();
        // Nobody waits for a log; a search that takes long is worth a line in it all the same.
        let long = if progress::is_watched() { LONG_FOR_A_BAR } else { LONG };
        if millis > long {
            for class in classes {
                complain(&self.line(class));
            }
        }
        if let Some(bar) = self.bar.get() {
            bar.expect(classes.iter().map(|class| class.work).sum());
        }
    }

    fn done(&self, work: u64) {
        if let Some(bar) = self.bar.get() {
            bar.done(work);
        }
    }

    fn over(&self) -> bool {
        let late = self.deadline.is_some_and(|deadline| Instant::now() >= deadline);
        if late {
            self.late.store(true, Ordering::Relaxed);
        }
        late || STOPPED.load(Ordering::Relaxed)
    }
}

/// Makes the first Ctrl-C end the search with a report, and the second one end the program.
pub(super) fn listen(lang: Lang) {
    let stop = move || {
        if STOPPED.swap(true, Ordering::Relaxed) {
            progress::end();
            std::process::exit(Exit::Interrupted as i32);
        }
        complain(lang.pick(
            "中断します。もう一度 Ctrl-C を押すと直ちに終わります",
            "stopping; Ctrl-C again ends at once",
        ));
    };
    if let Err(error) = ctrlc::set_handler(stop) {
        complain(&format!("warning: Ctrl-C will leave no report: {error}"));
    }
}

/// A time as `--budget` takes it: `90s`, `30m`, `2h`, `1h30m`, or seconds without a unit.
pub(super) fn budget(text: &str) -> Result<Duration, Stop> {
    let refuse =
        || Stop::usage(anyhow!("--budget '{text}' is no time\nhint: 90s, 30m, 2h or 1h30m"));
    let (mut seconds, mut number) = (0_u64, None::<u64>);
    for c in text.chars() {
        let unit = match c {
            '0'..='9' => {
                let digit = u64::from(c as u8 - b'0');
                number = number.unwrap_or(0).checked_mul(10).and_then(|n| n.checked_add(digit));
                number.ok_or_else(refuse)?;
                continue;
            }
            's' => 1,
            'm' => 60,
            'h' => 3600,
            'd' => 86_400,
            _ => return Err(refuse()),
        };
        let part = number.take().and_then(|n| n.checked_mul(unit)).ok_or_else(refuse)?;
        seconds = seconds.checked_add(part).ok_or_else(refuse)?;
    }
    seconds = seconds.checked_add(number.unwrap_or(0)).ok_or_else(refuse)?;
    if seconds == 0 || seconds > LONGEST { Err(refuse()) } else { Ok(Duration::from_secs(seconds)) }
}

fn shown(millis: u64) -> String {
    match millis / 1000 {
        0 => format!("{millis} ms"),
        seconds @ 1..120 => format!("{seconds} s"),
        seconds @ 120..7200 => format!("{} min", seconds / 60),
        seconds => format!("{} h", seconds / 3600),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_with_their_units() {
        let seconds = |text| budget(text).ok().map(|time| time.as_secs());
        for (text, wanted) in
            [("90", 90), ("90s", 90), ("30m", 1800), ("1h30m", 5400), ("2d", 172_800)]
        {
            assert_eq!(seconds(text), Some(wanted), "{text}");
        }
        for text in ["", "0", "h", "1x", "-1", "1 h", "99999999999999999999", "400d"] {
            assert_eq!(seconds(text), None, "{text}");
        }
    }

    #[test]
    fn a_search_is_over_when_its_time_is_up() {
        let progress = Progress::new(Some(Duration::ZERO), Lang::En);
        assert!(progress.ended().is_none());
        assert!(progress.over());
        assert_eq!(progress.ended(), Some(Ended::Budget));
        let endless = Progress::new(None, Lang::En);
        assert!(!endless.over() && endless.ended().is_none());
    }
}
