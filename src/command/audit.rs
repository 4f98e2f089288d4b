//! The main job: exports → inventory → evidence → findings → report.

use crate::baseline::{self, Accepted};
use crate::cli::AuditArgs;
use crate::command::progress::{self, Stage};
use crate::command::watch::{self, Ended, Progress};
use crate::command::{Exit, Stop, compare, complain, dry_run, memory, needed, outputs, setup};
use crate::credential;
use crate::credential::keys::Keys;
use crate::credential::mask::Mask;
use crate::credential::tag::TagKey;
use crate::ingest::site::SiteFolder;
use crate::model::breach::Corpus;
use crate::model::day::Day;
use crate::model::evidence::{Evidence, Subjects};
use crate::model::finding::Severity;
use crate::model::inventory::Inventory;
use crate::model::lang::Lang;
use crate::model::report::{self, Report, Run};
use crate::policy::Policy;
use crate::policy::exceptions::check_terms;
use crate::report::{Context, CsvFlavour};
use crate::rules::{RuleSet, hex};
use crate::text::date::{DateRules, parse};
use crate::{audit, corpus, correlate, ingest, review};
use anyhow::anyhow;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

/// Everything that is settled before the first export is opened.
struct Job<'a> {
    args: &'a AuditArgs,
    rules: RuleSet,
    policy: Policy,
    lang: Lang,
    csv: CsvFlavour,
    accepted: Accepted,
    key: Option<TagKey>,
    device_keys: Keys,
    formats: Vec<&'a str>,
    fail_on: Severity,
    words: Vec<Vec<u8>>,
    mask: Mask,
    folders: Vec<SiteFolder>,
    corpora: Vec<Box<dyn Corpus>>,
    watch: Progress,
}

/// Runs `kagiban audit`.
pub fn run(args: &AuditArgs) -> Result<Exit, Stop> {
    let job = Job::new(args)?;
    watch::listen(job.lang);
    let mut sites = setup::read(&job.folders, &job.rules, !args.no_digest, job.lang)?;
    if setup::nothing_given(&sites) {
        return Ok(job.nothing());
    }
    let (as_of, as_of_source) = job.as_of(&sites)?;
    for site in &mut sites {
        ingest::note_future(site, as_of);
    }
    correlate::link(&mut sites, &job.policy);
    let subjects = Subjects::of(&sites);
    memory::check(credential::MEMORY * sites.iter().map(|s| s.credentials.len()).sum::<usize>())?;
    job.watch.begin();
    let options = job.options(as_of);
    let (proven, words) = rayon::join(
        || credential::prove_listed(&sites, &subjects, &options, &job.corpora),
        || job.sources(),
    );
    let evidence = proven.map_err(Stop::usage)?;
    memory::check(0)?;
    let mut run = job.describe(as_of, as_of_source, words);
    run.words.extend((1..=evidence.login_digits).map(|n| format!("login-digits {n}")));
    run.warnings.extend(job.left_untried(&evidence));
    job.note_end(&mut run);
    job.check_terms(as_of)?;
    let earlier = job.earlier(as_of, &sites)?;
    let (decisions, refused) = setup::decisions(job.root());
    run.warnings.extend(refused);
    let judging = progress::begin(Stage::Judging, job.lang);
    let rules = (&job.rules, &job.policy);
    let mut report = audit::judge_since(run, &sites, &subjects, &evidence, rules, earlier.as_ref());
    memory::check(0)?;
    if args.dry_run {
        drop(judging);
        dry_run::print(&report, &job.rules, job.lang)?;
    } else {
        drop((evidence, subjects, sites));
        if let Some(earlier) = earlier {
            baseline::compare(&mut report, &earlier, &job.rules);
        }
        review::apply(&decisions, &mut report);
        drop(judging);
        job.warn_of_exceptions(&report);
        job.write(&report)?;
    }
    Ok(job.exit(&report))
}

impl<'a> Job<'a> {
    fn new(args: &'a AuditArgs) -> Result<Self, Stop> {
        let root = setup::root(&args.scope.paths);
        let mut rules = setup::rules()?;
        defaults(&mut rules, &args.defaults)?;
        let budget = args.budget.as_deref().map(watch::budget).transpose()?;
        let mut policy = setup::policy(root, args.config.as_deref(), &rules)?;
        policy.select(&args.rule, &rules).map_err(Stop::usage)?;
        if let Some(profile) = &args.profile {
            policy.set_profile(profile).map_err(Stop::usage)?;
        }
        if let Some(jobs) = args.jobs {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).build_global();
            pool.map_err(|error| Stop::usage(anyhow!("--jobs {jobs}: {error}")))?;
        }
        let exceptions = setup::exceptions(root, &rules)?;
        policy.except(exceptions, !args.scope.site.is_empty());
        let lang = setup::lang(args.outputs.shown.language, Some(&policy));
        setup::in_force(&mut rules, &policy);
        memory::limit(args.max_memory.as_deref(), args.tmp.as_deref())?;
        Ok(Self {
            fail_on: fail_on(args, &policy)?,
            formats: outputs::formats(&args.outputs.format, default_formats(lang))?,
            csv: setup::csv(args.outputs.shown.csv, lang),
            accepted: Accepted::read(&root.join(compare::ACCEPTED)).map_err(Stop::usage)?,
            key: setup::key(root, args.keys.key.as_deref())?,
            device_keys: setup::device_keys(&args.keys.devices)?,
            words: wordlists(&args.wordlist)?,
            mask: mask(args.mask.as_deref())?,
            corpora: corpora(&args.corpus, &rules, &policy)?,
            folders: setup::folders(&args.scope)?,
            watch: Progress::new(budget, lang),
            args,
            rules,
            policy,
            lang,
        })
    }

    /// Says where the amount of accounts left login forms untried.
    fn left_untried(&self, evidence: &Evidence) -> Option<String> {
        let (most, tried) = (credential::LOGIN_DIGITS, evidence.login_digits);
        let asked = self.rules.check("QUAL-05").is_some_and(|(_, rule)| self.policy.selected(rule));
        if !asked || usize::from(tried) == most {
            return None;
        }
        complain(&match self.lang {
            Lang::Ja => format!(
                "warning: アカウントが多いため、ログイン名に付ける数字は {tried} 桁までを試しました(通常 {most} 桁)\nhint: --site でサイトを分けると全て試します"
            ),
            Lang::En => format!(
                "warning: so many accounts that login forms were tried with up to {tried} digits only, not {most}\nhint: audit fewer sites at once with --site to try them all"
            ),
        });
        Some(format!("login forms were tried with up to {tried} digits, not {most}"))
    }

    /// Notes that the search ended before its words did.
    fn note_end(&self, run: &mut Run) {
        let (warning, ja, en) = match self.watch.ended() {
            None => return,
            Some(Ended::Budget) => (
                "the time given by --budget ended the search",
                "--budget の時間が終わりました。試せなかったものは判定不能として示します",
                "the time is up; what was not tried is shown as not evaluable",
            ),
            Some(Ended::Interrupted) => (
                "the search was interrupted",
                "中断されました。そこまでの結果を書き出します",
                "interrupted; writing what is known so far",
            ),
        };
        complain(&format!("warning: {}", self.lang.pick(ja, en)));
        run.interrupted = self.watch.ended() == Some(Ended::Interrupted);
        run.warnings.push(warning.to_owned());
    }

    fn options(&self, as_of: Day) -> credential::Options<'_> {
        let needed = needed::needed(&self.rules, &self.policy);
        credential::Options {
            rules: &self.rules,
            key: self.key.as_ref(),
            device_keys: &self.device_keys,
            cross_entity: self.policy.cross_entity().is_some(),
            wordlists: self.words.iter().map(Vec::as_slice).collect(),
            mask: &self.mask,
            as_of,
            needed: if self.args.wordlist_only { needed.of_given_words() } else { needed },
            work: credential::Options::WORK,
            timed: self.args.budget.is_some(),
            watch: &self.watch,
        }
    }

    /// `--as-of`, else the newest export's own date, else the newest file time. Never the clock.
    fn as_of(&self, sites: &[Inventory]) -> Result<(Day, &'static str), Stop> {
        if let Some(text) = &self.args.as_of {
            let day = parse(text, &DateRules::default()).ok().map(|p| p.when);
            return match day {
                Some(crate::model::day::When::On(day)) => Ok((day, "option")),
                _ => Err(Stop::usage(anyhow!("--as-of '{text}' is no day\nhint: YYYY-MM-DD"))),
            };
        }
        let used = || {
            sites.iter().flat_map(|s| &s.files).filter(|f| f.problem.is_empty() && !f.superseded)
        };
        let exported = used().filter_map(|file| file.exported).max();
        let modified = || sites.iter().flat_map(|s| &s.files).filter_map(|f| f.modified).max();
        if let Some(day) = exported {
            return Ok((day, "export"));
        }
        let day = modified().unwrap_or_else(|| Day::from_epoch_days(0));
        complain(&format!(
            "warning: no export states its date; judging as of {day}, the newest file's time\nhint: give --as-of YYYY-MM-DD"
        ));
        Ok((day, "file-time"))
    }

    fn describe(&self, as_of: Day, as_of_source: &'static str, words: Vec<String>) -> Run {
        let (year, month, _) = as_of.ymd();
        Run {
            name: self.args.run.clone().unwrap_or_else(|| format!("{year:04}-{month:02}")),
            as_of,
            as_of_source,
            tool_version: env!("CARGO_PKG_VERSION"),
            rules_digest: self.rules.digest.clone(),
            key_id: self.key.as_ref().map_or_else(String::new, TagKey::id),
            profile: self.policy.profile().to_owned(),
            csv: self.csv.word(),
            selected: self.policy.selection().to_vec(),
            words,
            warnings: Vec::new(),
            interrupted: false,
        }
    }

    /// Where candidate words come from, so that the next run knows whether the same were tried.
    fn sources(&self) -> Vec<String> {
        let own =
            (!self.args.wordlist_only).then(|| format!("built-in {}", self.rules.words_digest));
        let digest = |bytes: &[u8]| format!("file {}", hex(&Sha256::digest(bytes)));
        let defaults = self.args.defaults.iter().filter_map(|path| std::fs::read(path).ok());
        let files = self.words.iter().map(|bytes| digest(bytes));
        own.into_iter().chain(files).chain(defaults.map(|bytes| digest(&bytes))).collect()
    }

    fn write(&self, report: &Report) -> Result<(), Stop> {
        let cx = Context {
            report,
            rules: &self.rules,
            lang: self.lang,
            csv: self.csv,
            include_restricted: self.args.outputs.shown.include_restricted,
        };
        outputs::write(&cx, &self.formats, &self.folder(report), self.args.outputs.shown.colour)
    }

    fn folder(&self, report: &Report) -> PathBuf {
        let default = || self.root().join("runs").join(&report.run.name);
        self.args.outputs.out.clone().unwrap_or_else(default)
    }

    fn root(&self) -> &Path {
        setup::root(&self.args.scope.paths)
    }

    fn nothing(&self) -> Exit {
        complain(self.lang.pick(
            "error: 監査するファイルがありません\nhint: sites/<名前>/ の hr ad ecarte mfa devices にエクスポートを置いてください(kagiban init)",
            "error: nothing to audit\nhint: put exports into hr, ad, ecarte, mfa or devices of a site folder (kagiban init makes them)",
        ));
        Exit::Nothing
    }

    /// True when an active finding that nobody accepted is severe enough to fail.
    fn reaches(&self, report: &Report) -> bool {
        let all = report.findings.iter().zip(&report.ids);
        all.filter(|(finding, _)| report::is_active(finding)).any(|(finding, id)| {
            finding.severity >= self.fail_on && !self.accepted.has(finding, *id)
        })
    }

    /// Refuses exceptions that outlast the longest term.
    fn check_terms(&self, as_of: Day) -> Result<(), Stop> {
        let file = self.root().join(setup::SUPPRESSIONS).display().to_string();
        check_terms(&file, self.policy.exceptions(), as_of).map_err(Stop::usage)
    }

    fn earlier(&self, as_of: Day, sites: &[Inventory]) -> Result<Option<Report>, Stop> {
        let slugs: Vec<_> = sites.iter().map(|site| site.site.slug.as_str()).collect();
        let (root, against) = (self.root(), self.args.against.as_deref());
        if self.args.dry_run {
            return Ok(None);
        }
        compare::earlier(root, against, (as_of, &slugs), &self.rules, self.lang)
    }

    /// Exceptions that have ended, match nothing or match much are loud.
    fn warn_of_exceptions(&self, report: &Report) {
        for finding in report.active() {
            let rule = &self.rules.checks[finding.rule as usize];
            if ["AUD-04", "AUD-05", "AUD-06"].contains(&rule.id.as_str()) {
                let what = report.text.get(finding.facts.detail);
                complain(&format!(
                    "warning: {}:{}: {} ({what})",
                    setup::SUPPRESSIONS,
                    finding.origin.line,
                    rule.words(self.lang).title
                ));
            }
        }
    }

    fn exit(&self, report: &Report) -> Exit {
        let recognised = report.files.iter().any(|(_, file)| file.problem.is_empty());
        let incomplete = report.incomplete() && !self.args.allow_partial;
        match () {
            () if report.run.interrupted => Exit::Interrupted,
            () if !recognised && !report.incomplete() => Exit::Nothing,
            () if incomplete => Exit::Incomplete,
            () if self.args.exit_zero || self.args.dry_run => Exit::Clean,
            () if self.reaches(report) => Exit::Findings,
            () => Exit::Clean,
        }
    }
}

fn fail_on(args: &AuditArgs, policy: &Policy) -> Result<Severity, Stop> {
    let Some(word) = &args.fail_on else { return Ok(policy.fail_on().unwrap_or(Severity::High)) };
    Severity::from_word(word).ok_or_else(|| {
        Stop::usage(anyhow!(
            "--fail-on '{word}' is no severity\nhint: expected one of info, low, medium, high, critical"
        ))
    })
}

/// Lists of breached passwords, where some rule asks for them.
fn corpora(
    paths: &[PathBuf],
    rules: &RuleSet,
    policy: &Policy,
) -> Result<Vec<Box<dyn Corpus>>, Stop> {
    if !rules.check("QUAL-03").is_some_and(|(_, rule)| policy.selected(rule)) {
        return Ok(Vec::new());
    }
    paths.iter().map(|path| corpus::open(path).map_err(Stop::usage)).collect()
}

/// Staff of a hospital work in Excel; a vendor's pipeline has no use for it.
const fn default_formats(lang: Lang) -> &'static [&'static str] {
    match lang {
        Lang::Ja => &["text", "csv", "review", "xlsx", "json"],
        Lang::En => &["text", "csv", "review", "json"],
    }
}

fn wordlists(paths: &[PathBuf]) -> Result<Vec<Vec<u8>>, Stop> {
    let read = |path: &PathBuf| {
        std::fs::read(path).map_err(|error| {
            Stop::usage(anyhow!("{}: {error}\nhint: --wordlist takes a text file", path.display()))
        })
    };
    paths.iter().map(read).collect()
}

fn mask(text: Option<&str>) -> Result<Mask, Stop> {
    let parsed = text.map(Mask::parse).transpose();
    parsed.map(Option::unwrap_or_default).map_err(|error| Stop::usage(anyhow!("--mask: {error}")))
}

fn defaults(rules: &mut RuleSet, paths: &[PathBuf]) -> Result<(), Stop> {
    for path in paths {
        let shown = path.display().to_string();
        let bytes = std::fs::read(path).map_err(|error| {
            Stop::usage(anyhow!(
                "{shown}: {error}\nhint: --defaults takes a CSV of factory passwords"
            ))
        })?;
        rules.defaults.add_public(&shown, &bytes).map_err(Stop::usage)?;
    }
    Ok(())
}
