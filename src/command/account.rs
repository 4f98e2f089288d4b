//! `explain --account`: every fact of one account with its source, and every rule's answer.

mod facts;

use crate::cli::{ExplainArgs, Scope};
use crate::command::{Exit, Stop, print, setup};
use crate::credential::{self, Needed, mask};
use crate::model::day::{Day, When};
use crate::model::evidence::Subjects;
use crate::model::finding::Status;
use crate::model::inventory::Inventory;
use crate::model::lang::Lang;
use crate::model::report::{Report, Run};
use crate::policy::Policy;
use crate::rules::RuleSet;
use crate::{audit, correlate};
use anyhow::anyhow;
use std::fmt::Write;
use std::path::PathBuf;

/// Runs `kagiban explain --account SITE/SYSTEM/LOGIN [PATH]`.
pub fn explain(wanted: &str, args: &ExplainArgs) -> Result<Exit, Stop> {
    let mut parts = wanted.splitn(3, '/');
    let (Some(slug), Some(system), Some(login)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(Stop::usage(anyhow!(
            "--account '{wanted}' has not three parts\nhint: SITE/SYSTEM/LOGIN, as in kagiban inventory --what accounts"
        )));
    };
    let path = PathBuf::from(args.subject.as_deref().unwrap_or("."));
    let scope = Scope { paths: vec![path], site: Vec::new() };
    let rules = setup::rules()?;
    let policy = setup::policy(setup::root(&scope.paths), None, &rules)?;
    let lang = setup::lang(args.language, Some(&policy));
    let mut sites = setup::read(&setup::folders(&scope)?, &rules, false, lang)?;
    correlate::link(&mut sites, &policy);
    let Some((site, row)) = find(&sites, slug, system, login) else {
        return Err(Stop::usage(anyhow!(
            "no account {wanted}\nhint: kagiban inventory {} --what accounts lists them",
            scope.paths[0].display()
        )));
    };
    let report = judge(&sites, &rules, &policy, args)?;
    let mut text = facts::facts(&sites, &sites[site], row, lang);
    answers(&mut text, &sites[site], site as u16, row, &report, &rules, lang);
    print(&crate::text::name::escape_controls_by_line(&text))?;
    Ok(Exit::Clean)
}

fn find(sites: &[Inventory], slug: &str, system: &str, login: &str) -> Option<(usize, u32)> {
    let site = sites.iter().position(|site| site.site.slug == slug)?;
    let inventory = &sites[site];
    let row = inventory.accounts.rows().find(|&row| {
        inventory.system_name(inventory.accounts.system.get(row)) == system
            && inventory.text.get(inventory.accounts.login.get(row)) == login
    })?;
    Some((site, row))
}

fn judge(
    sites: &[Inventory],
    rules: &RuleSet,
    policy: &Policy,
    args: &ExplainArgs,
) -> Result<Report, Stop> {
    let as_of = as_of(sites, args)?;
    let device_keys = setup::device_keys(&args.devices)?;
    let subjects = Subjects::of(sites);
    let options = credential::Options {
        rules,
        key: None,
        device_keys: &device_keys,
        cross_entity: policy.cross_entity().is_some(),
        wordlists: Vec::new(),
        mask: &mask::NONE,
        as_of,
        needed: Needed::ALL,
        work: credential::Options::WORK,
        timed: false,
        watch: &credential::watch::Unwatched,
    };
    let evidence = credential::prove(sites, &subjects, &options);
    let run = Run {
        name: String::new(),
        as_of,
        as_of_source: "option",
        tool_version: env!("CARGO_PKG_VERSION"),
        rules_digest: rules.digest.clone(),
        key_id: String::new(),
        profile: policy.profile().to_owned(),
        csv: "plain",
        selected: Vec::new(),
        words: Vec::new(),
        warnings: Vec::new(),
        interrupted: false,
    };
    Ok(audit::judge(run, sites, &subjects, &evidence, rules, policy))
}

fn as_of(sites: &[Inventory], args: &ExplainArgs) -> Result<Day, Stop> {
    use crate::text::date::{DateRules, parse};
    let Some(text) = &args.as_of else {
        let files = sites.iter().flat_map(|site| &site.files);
        let days = files.filter_map(|file| file.exported.or(file.modified));
        return Ok(days.max().unwrap_or_else(|| Day::from_epoch_days(0)));
    };
    match parse(text, &DateRules::default()).map(|parsed| parsed.when) {
        Ok(When::On(day)) => Ok(day),
        _ => Err(Stop::usage(anyhow!("--as-of '{text}' is no day\nhint: YYYY-MM-DD"))),
    }
}

fn answers(
    text: &mut String,
    site: &Inventory,
    number: u16,
    row: u32,
    report: &Report,
    rules: &RuleSet,
    lang: Lang,
) {
    let login = site.text.get(site.accounts.login.get(row));
    let system = site.accounts.system.get(row);
    let _ = writeln!(text, "{}", lang.pick("ルールの答え", "Answers of the rules"));
    for (index, rule) in rules.checks.iter().enumerate() {
        let here = |status_is: fn(Status) -> bool, whole: bool| {
            report.findings.iter().any(|finding| {
                let subject = report.subjects[finding.subject as usize];
                let same_login = report.text.get(subject.login) == login;
                usize::from(finding.rule) == index
                    && subject.site == number
                    && subject.system == system
                    && (if whole { subject.login.is_empty() } else { same_login })
                    && status_is(finding.status)
            })
        };
        let answer = if here(|status| status != Status::NotEvaluable, false) {
            lang.pick("所見あり", "finding")
        } else if here(|status| status == Status::NotEvaluable, true) {
            lang.pick("判定不能(この系統)", "not evaluable for (some accounts of) this system")
        } else {
            lang.pick("所見なし", "nothing found")
        };
        let _ = writeln!(text, "  {:<9} {answer}  {}", rule.id, rule.words(lang).title);
    }
}
