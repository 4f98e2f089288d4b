//! `inventory`: what was understood, without judgement and without any secret.

use crate::cli::{InventoryArgs, TableFormat, WhatArg};
use crate::command::lacks::lacks;
use crate::command::{Exit, Stop, policies, print, setup};
use crate::correlate;
use crate::credential::{self, Needed, mask};
use crate::model::account::{AccountKind, Flag, LastUse};
use crate::model::day::{Day, Stamp, When};
use crate::model::evidence::{Evidence, Subjects};
use crate::model::file::{InputFile, Problem};
use crate::model::inventory::Inventory;
use crate::model::lang::Lang;
use crate::model::person::PersonId;
use crate::model::tri::Tri;
use crate::policy::Policy;
use crate::report::table::Table;
use crate::rules::{RuleSet, advice};

const FILES: &[&str] = &[
    "path",
    "sha256",
    "reader",
    "encoding",
    "rows_read",
    "rows_ok",
    "rows_skipped",
    "rows_quarantined",
    "exported_at",
    "columns_used",
    "columns_ignored",
    "problem",
    "reason",
    "lacks",
    "advice",
];
const ACCOUNTS: &[&str] = &[
    "site_id",
    "system_kind",
    "system",
    "account",
    "native_id",
    "display_name",
    "person_id",
    "account_kind",
    "enabled",
    "privileged",
    "mfa",
    "last_use",
    "last_use_source",
    "created",
    "password_set",
    "expires",
    "source_file",
    "source_line",
];
const CREDENTIALS: &[&str] = &[
    "site_id",
    "system_kind",
    "system",
    "account",
    "kind",
    "scheme",
    "state",
    "tag",
    "depth",
    "source_file",
    "source_line",
    "note",
];

/// Runs `kagiban inventory`.
pub fn run(args: &InventoryArgs) -> Result<Exit, Stop> {
    let rules = setup::rules()?;
    let lang = setup::lang(args.language, None);
    let folders = setup::folders(&args.scope)?;
    let mut sites = setup::read(&folders, &rules, args.what == WhatArg::Files, lang)?;
    let table = match args.what {
        WhatArg::Files => files(&sites, &rules, lang),
        WhatArg::Accounts => {
            correlate::link(&mut sites, &Policy::default());
            accounts(&sites)
        }
        WhatArg::Policies => policies::table(&sites),
        WhatArg::Credentials => {
            let key = setup::key(setup::root(&args.scope.paths), args.keys.key.as_deref())?;
            let device_keys = setup::device_keys(&args.keys.devices)?;
            let subjects = Subjects::of(&sites);
            let options = credential::Options {
                rules: &rules,
                key: key.as_ref(),
                device_keys: &device_keys,
                cross_entity: false,
                wordlists: Vec::new(),
                mask: &mask::NONE,
                as_of: Day::from_epoch_days(0),
                // Without tags nothing is shown that depends on what a word opens.
                needed: if key.is_some() { Needed::ALL } else { Needed::NONE },
                work: credential::Options::WORK,
                timed: false,
                watch: &credential::watch::Unwatched,
            };
            credentials(&sites, &credential::prove(&sites, &subjects, &options))
        }
    };
    let flavour = setup::csv(Some(args.csv), Lang::En);
    let bytes = match args.format {
        TableFormat::Csv => table.csv(flavour),
        TableFormat::Json => table.json(),
    };
    match &args.out {
        Some(path) => crate::report::write_one(path, &bytes).map_err(Stop::not_written)?,
        None => print(&String::from_utf8_lossy(&bytes))?,
    }
    Ok(exit(&sites))
}

fn exit(sites: &[Inventory]) -> Exit {
    let mut problems = sites.iter().flat_map(|site| &site.problems);
    match () {
        () if setup::nothing_given(sites) => Exit::Nothing,
        () if problems.any(|p| p.weight >= crate::model::file::Weight::Row) => Exit::Incomplete,
        () => Exit::Clean,
    }
}

fn files(sites: &[Inventory], rules: &RuleSet, lang: Lang) -> Table {
    let mut table = Table::new(FILES);
    for site in sites {
        let lacking = lacks(site);
        for (file, problem) in site.files.iter().zip(problems(site)) {
            let rows = file.rows;
            let lacks = lacking.get(&*file.system).map_or(&[][..], Vec::as_slice);
            table.push(vec![
                file.path.clone(),
                file.sha256.clone(),
                file.reader.clone(),
                file.encoding.clone(),
                rows.read.to_string(),
                rows.ok.to_string(),
                rows.skipped.to_string(),
                rows.quarantined.to_string(),
                file.exported.map_or_else(String::new, |day| day.to_string()),
                file.columns_used.join(" "),
                file.columns_ignored.join(", "),
                problem,
                file.reason.clone(),
                lacks.join(" "),
                advice(rules, &file.reader, lacks, lang),
            ]);
        }
    }
    table
}

/// How to get what is lacking.
fn advice(rules: &RuleSet, reader: &str, lacks: &[&str], lang: Lang) -> String {
    let said = lacks.iter().map(|lack| advice::against(&rules.advice, lack, reader, lang));
    said.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("; ")
}

/// For each file its reason codes, each once, refusals first.
fn problems(site: &Inventory) -> Vec<String> {
    let unverified = |file: &InputFile| if file.unverified { vec!["unverified"] } else { vec![] };
    let mut codes: Vec<Vec<&str>> = site.files.iter().map(unverified).collect();
    let mut problems: Vec<&Problem> = site.problems.iter().collect();
    problems.sort_by_key(|problem| std::cmp::Reverse(problem.weight));
    for problem in problems {
        if let Some(codes) = codes.get_mut(problem.origin.file.0 as usize)
            && !codes.contains(&problem.code)
        {
            codes.push(problem.code);
        }
    }
    codes.into_iter().map(|codes| codes.join(" ")).collect()
}

fn accounts(sites: &[Inventory]) -> Table {
    let mut table = Table::new(ACCOUNTS);
    let privileged = crate::audit::privileged(sites);
    for (site, privileged) in sites.iter().zip(&privileged) {
        for row in site.accounts.rows().filter(|&row| names_somebody(site, row)) {
            table.push(account(sites, site, row, privileged[row as usize]));
        }
    }
    table
}

/// Rows without a login only own the keys of a device.
fn names_somebody(site: &Inventory, row: u32) -> bool {
    !site.accounts.login.get(row).is_empty()
}

fn account(sites: &[Inventory], site: &Inventory, row: u32, privileged: Tri) -> Vec<String> {
    let accounts = &site.accounts;
    let system = site.system_of(row);
    let text = |span| site.text.get(span).to_owned();
    let source = accounts.last_use_source.get(row);
    let origin = accounts.origin.get(row);
    vec![
        site.site.slug.clone(),
        system.kind.word().to_owned(),
        site.names.get(system.name).to_owned(),
        text(accounts.login.get(row)),
        native_id(site, row),
        text(accounts.name.get(row)),
        person_id(sites, site, row),
        kind(site, row).word().to_owned(),
        accounts.flag(row, Flag::Enabled).word().to_owned(),
        privileged.word().to_owned(),
        mfa(site, row).word().to_owned(),
        date(accounts.last_use.get(row)),
        if source == LastUse::None { String::new() } else { source.word().to_owned() },
        date(accounts.created.get(row)),
        date(accounts.password_set.get(row)),
        date(accounts.expires.get(row)),
        site.file(origin.file).path.clone(),
        origin.line.to_string(),
    ]
}

fn native_id(site: &Inventory, row: u32) -> String {
    let native = site.text.get(site.accounts.native.get(row));
    match site.accounts.rid.get(row) {
        rid if native.is_empty() && rid > 0 => (rid - 1).to_string(),
        _ => native.to_owned(),
    }
}

pub(super) fn person_id(sites: &[Inventory], site: &Inventory, row: u32) -> String {
    match site.accounts.person.get(row) {
        PersonId::NONE => String::new(),
        id => correlate::person(sites, id)
            .map_or_else(String::new, |(home, person)| home.text.get(person.id).to_owned()),
    }
}

pub(super) fn kind(site: &Inventory, row: u32) -> AccountKind {
    let accounts = &site.accounts;
    let is = |flag| accounts.flag(row, flag).is_yes();
    let login = site.text.get(accounts.login.get(row));
    match () {
        () if is(Flag::BuiltIn) => AccountKind::BuiltIn,
        () if is(Flag::Machine) => AccountKind::Machine,
        () if is(Flag::BreakGlass) || site.site.break_glass.iter().any(|name| name == login) => {
            AccountKind::BreakGlass
        }
        () if is(Flag::Managed) || is(Flag::HasSpn) || is(Flag::Service) => AccountKind::Service,
        () if is(Flag::Vendor) => AccountKind::Vendor,
        () if is(Flag::Shared) => AccountKind::Shared,
        () => AccountKind::Person,
    }
}

pub(super) fn mfa(site: &Inventory, row: u32) -> Tri {
    let flags = [Flag::MfaCapable, Flag::MfaRegistered, Flag::MfaEnforced];
    flags
        .into_iter()
        .map(|flag| site.accounts.flag(row, flag))
        .find(|answer| *answer != Tri::Unknown)
        .unwrap_or_default()
}

pub(super) fn date(stamp: Stamp) -> String {
    match stamp.when() {
        // The contract knows days only; "never" shows as a source without a day.
        When::Unknown | When::Never => String::new(),
        When::On(day) => day.to_string(),
    }
}

/// Whose secret it is where that is not the account, and why its scheme refused it.
fn note(principal: &str, reason: &str) -> String {
    let parts = [principal, reason].into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("; ")
}

fn credentials(sites: &[Inventory], evidence: &Evidence) -> Table {
    let mut table = Table::new(CREDENTIALS);
    for (number, site) in sites.iter().enumerate() {
        let tags = evidence.tags.get(number).map_or(&[][..], Vec::as_slice);
        for (index, credential) in site.credentials.iter().enumerate() {
            let system = site.system_of(credential.account);
            let recognised = evidence.recognised(number, index);
            let tag = tags.binary_search_by_key(&(index as u32), |(at, _)| *at);
            table.push(vec![
                site.site.slug.clone(),
                system.kind.word().to_owned(),
                site.names.get(system.name).to_owned(),
                site.text.get(site.accounts.login.get(credential.account)).to_owned(),
                credential.kind.word().to_owned(),
                recognised.scheme.to_owned(),
                recognised.state.word().to_owned(),
                tag.map_or_else(|_| String::new(), |at| tags[at].1.clone()),
                credential.depth.to_string(),
                site.file(credential.origin.file).path.clone(),
                credential.origin.line.to_string(),
                note(site.text.get(credential.principal), recognised.reason),
            ]);
        }
    }
    table
}
