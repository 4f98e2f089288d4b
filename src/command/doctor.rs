//! `doctor`: what keeps kagiban from working here, for whoever has to mend it.
//!
//! Nothing is judged about accounts, nothing but a temporary folder is written, no secret is shown.

mod clock;
mod folders;
mod sample;
mod settings;

use crate::cli::DoctorArgs;
use crate::command::{Exit, Stop, print_painted, setup};
use crate::kernel::Level;
use crate::model::lang::Lang;
use crate::report::columns::{self, Cell, Paint, Tone};
use crate::text::name::escape_controls;

/// How a thing is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum State {
    /// As it should be.
    Fine,
    /// An audit works; somebody should look all the same.
    Warning,
    /// An audit does not work, or not as meant.
    Problem,
}

impl State {
    const fn words(self) -> (&'static str, &'static str, Tone) {
        match self {
            Self::Fine => ("正常", "ok", Tone::Good),
            Self::Warning => ("注意", "warning", Tone::Mild),
            Self::Problem => ("問題", "problem", Tone::Bad),
        }
    }
}

/// What was looked at, in Japanese and English.
type Topic = (&'static str, &'static str);

/// One answer.
struct Answer {
    state: State,
    topic: Topic,
    said: String,
    hint: String,
}

impl Answer {
    fn fine(topic: Topic, said: impl Into<String>) -> Self {
        Self { state: State::Fine, topic, said: said.into(), hint: String::new() }
    }

    fn warning(topic: Topic, said: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { state: State::Warning, topic, said: said.into(), hint: hint.into() }
    }

    fn problem(topic: Topic, said: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { state: State::Problem, topic, said: said.into(), hint: hint.into() }
    }

    /// An error of another verb, with the hint that it carries.
    fn of(topic: Topic, error: &impl std::fmt::Display) -> Self {
        let text = error.to_string();
        let (said, hint) = text.split_once("\nhint: ").unwrap_or((&text, ""));
        Self::problem(topic, said, hint)
    }
}

/// Runs `kagiban doctor`.
pub fn run(args: &DoctorArgs) -> Result<Exit, Stop> {
    let rules = setup::rules()?;
    let policy = setup::policy(&args.dir, args.config.as_deref(), &rules);
    let lang = setup::lang(args.language, policy.as_ref().ok());
    let mut answers = vec![program(lang)];
    answers.extend(folders::writable(&args.dir, lang));
    answers.extend(settings::files(&args.dir, policy, &rules, lang));
    answers.extend(settings::key(&args.dir, args.key.as_deref(), lang));
    answers.extend(folders::runs(&args.dir, lang));
    let exports = folders::exports(&args.dir, &rules, lang);
    answers.extend(exports.answers);
    answers.extend(clock::answers(clock::now(), clock::made(), exports.newest, lang));
    answers.extend(folders::corpora(&args.dir, lang));
    answers.push(sample::round_trip(&rules, lang));
    print_painted(&page(&answers, lang), args.colour)?;
    let problem = answers.iter().any(|answer| answer.state == State::Problem);
    Ok(if problem { Exit::Usage } else { Exit::Clean })
}

fn program(lang: Lang) -> Answer {
    let level = match Level::current() {
        Level::Avx512 => "AVX-512",
        Level::Avx2Sha => "AVX2, SHA",
        Level::Avx2 => "AVX2",
        Level::Sha => "SHA",
        Level::Portable => lang.pick("汎用", "portable"),
    };
    let (version, os) = (env!("CARGO_PKG_VERSION"), std::env::consts::OS);
    let threads = rayon::current_num_threads();
    let said = match lang {
        Lang::Ja => format!("kagiban {version} ({os})、照合の命令 {level}、スレッド {threads}"),
        Lang::En => format!("kagiban {version} ({os}), hashing with {level}, {threads} threads"),
    };
    Answer::fine(("本体", "program"), said)
}

/// Answers one below the other, each hint below its answer, and how many need somebody.
fn page(answers: &[Answer], lang: Lang) -> String {
    let mut rows = Vec::new();
    for answer in answers {
        let (ja, en, tone) = answer.state.words();
        let (topic_ja, topic_en) = answer.topic;
        let state = Cell::of(lang.pick(ja, en), tone);
        let topic = Cell::from(lang.pick(topic_ja, topic_en));
        rows.push(vec![state, topic, answer.said.replace('\n', "; ").into()]);
        for line in answer.hint.lines() {
            rows.push(vec![Cell::default(), Cell::default(), format!("hint: {line}").into()]);
        }
    }
    let count = |state| answers.iter().filter(|answer| answer.state == state).count();
    let (problems, warnings) = (count(State::Problem), count(State::Warning));
    let counts = match lang {
        Lang::Ja => format!("\n\n問題 {problems}、注意 {warnings}。"),
        Lang::En => format!("\n\nProblems: {problems}, warnings: {warnings}. "),
    };
    let next = if problems > 0 {
        lang.pick(
            "次: 問題を直して、もう一度 kagiban doctor\n",
            "Next: mend the problems, then kagiban doctor again\n",
        )
    } else {
        lang.pick("次: kagiban audit --dry-run\n", "Next: kagiban audit --dry-run\n")
    };
    columns::lines(&rows, Paint::Colour).join("\n") + &counts + next
}

/// A path as it may be printed.
fn shown(path: &std::path::Path) -> String {
    escape_controls(&path.display().to_string()).into_owned()
}
