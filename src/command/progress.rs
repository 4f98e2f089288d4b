//! How far an audit is, as a bar on stderr: only where somebody looks at a terminal, and gone when
//! the stage ends.
//!
//! Whatever else is printed meanwhile goes through [`aside`], so that a line never lands in a bar.

use crate::model::gauge::Gauge;
use crate::model::lang::Lang;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::sync::Mutex;
use std::time::Duration;

/// Pictures per second.
const HERTZ: u8 = 8;

/// The bar that is shown, if one is: stages follow one another.
static SHOWN: Mutex<Option<ProgressBar>> = Mutex::new(None);

/// Stages of an audit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Stage {
    /// Exports are read; counted in bytes.
    Reading,
    /// Passwords are compared and tried; counted in work on salted ones.
    Comparing,
    /// Rules judge.
    Judging,
    /// Reports are written; counted in files.
    Writing,
}

impl Stage {
    const fn words(self, lang: Lang) -> &'static str {
        match self {
            Self::Reading => lang.pick("読込", "Reading"),
            Self::Comparing => lang.pick("照合", "Comparing"),
            Self::Judging => lang.pick("判定", "Judging"),
            Self::Writing => lang.pick("書出", "Writing"),
        }
    }
}

/// A stage that is under way. Its bar goes when this is dropped.
pub(super) struct Bar(ProgressBar, &'static str);

/// Shows a stage. As long as nobody says how much lies ahead, it only shows that something goes on.
pub(super) fn begin(stage: Stage, lang: Lang) -> Bar {
    let bar = ProgressBar::with_draw_target(None, target());
    bar.set_style(style("{spinner} {msg} {elapsed}"));
    bar.set_message(stage.words(lang));
    bar.enable_steady_tick(Duration::from_secs(1) / u32::from(HERTZ));
    if let Ok(mut shown) = SHOWN.lock() {
        *shown = Some(bar.clone());
    }
    Bar(bar, stage.words(lang))
}

/// True where somebody watches stderr on a terminal that can take a line back.
pub(super) fn is_watched() -> bool {
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    std::io::stderr().is_terminal() && !dumb
}

fn target() -> ProgressDrawTarget {
    if is_watched() {
        ProgressDrawTarget::stderr_with_hz(HERTZ)
    } else {
        ProgressDrawTarget::hidden()
    }
}

// Plain letters: on a Japanese console blocks and dots take two columns, and a line that is longer
// than the screen cannot be taken back.
fn style(template: &str) -> ProgressStyle {
    let style = ProgressStyle::with_template(template);
    style
        .unwrap_or_else(|_| ProgressStyle::default_bar())
        .progress_chars("#>-")
        .tick_chars("-\\|/ ")
}

impl Bar {
    /// Says which of several parts is under way, counted from one.
    pub(super) fn part(&self, number: usize, of: usize) {
        if of > 1 {
            self.0.set_message(format!("{} {number}/{of}", self.1));
        }
    }

    /// Takes the bar away before its time.
    pub(super) fn clear(&self) {
        self.0.finish_and_clear();
    }
}

impl Gauge for Bar {
    fn expect(&self, more: u64) {
        if self.0.length().is_none() {
            self.0.set_style(style("{spinner} {msg} [{bar:30}] {percent:>3}% {eta}"));
            self.0.set_length(more);
        } else {
            self.0.inc_length(more);
        }
    }

    fn done(&self, part: u64) {
        self.0.inc(part);
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.clear();
    }
}

/// Takes the bar away for good: the program ends.
pub(super) fn end() {
    if let Some(bar) = shown() {
        bar.finish_and_clear();
    }
}

/// Runs what prints, with no bar on the screen.
pub(super) fn aside<T>(print: impl FnOnce() -> T) -> T {
    match shown() {
        Some(bar) if !bar.is_finished() => bar.suspend(print),
        _ => print(),
    }
}

// Never waits: whoever prints may be the one who was stopped in the middle of it.
fn shown() -> Option<ProgressBar> {
    SHOWN.try_lock().ok().and_then(|shown| shown.clone())
}
