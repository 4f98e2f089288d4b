//! checklist.csv and checklist.json.

use crate::model::day::When;
use crate::report::checklist::answer::{Line, remarks};
use crate::report::checklist::sheet::{Sheet, Vendor, sheets};
use crate::report::checklist::{CSV, JSON};
use crate::report::table::Table;
use crate::report::{Context, Output, ReportError, terms};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::Write as _;

/// Version of the tree.
const SCHEMA: &str = "kagiban.checklist/1";

/// The last three are for the hand of a person, and so are always empty.
const COLUMNS: &[&str] = &[
    "edition",
    "form",
    "site_id",
    "site_name",
    "vendor",
    "system_kind",
    "system",
    "contracted",
    "exported",
    "comparable",
    "tried",
    "untestable",
    "item",
    "sure",
    "question",
    "answer",
    "answer_text",
    "judged",
    "unjudged",
    "findings",
    "informational",
    "excepted",
    "disabled_not_deleted",
    "rules",
    "inputs",
    "missing",
    "declared",
    "remarks",
    "as_of",
    "yes_no",
    "confirmed_on",
    "target_date",
];

#[derive(Serialize)]
struct Tree<'a> {
    schema: &'static str,
    as_of: String,
    sheets: Vec<Leaf<'a>>,
}

/// A sheet as it is written.
#[derive(Serialize)]
pub(in crate::report) struct Leaf<'a> {
    pub(in crate::report) edition: &'a str,
    pub(in crate::report) form: &'static str,
    pub(in crate::report) title: &'a str,
    pub(in crate::report) site_id: &'a str,
    pub(in crate::report) site_name: &'a str,
    pub(in crate::report) vendor: &'a str,
    pub(in crate::report) system_kind: &'static str,
    pub(in crate::report) system: &'a str,
    pub(in crate::report) contracted: Option<bool>,
    pub(in crate::report) exported: Option<u32>,
    pub(in crate::report) comparable: Option<u32>,
    pub(in crate::report) tried: Option<u32>,
    pub(in crate::report) untestable: Option<u32>,
    pub(in crate::report) inputs: String,
    pub(in crate::report) rows: Vec<Entry<'a>>,
}

/// An item as it is written.
#[derive(Serialize)]
pub(in crate::report) struct Entry<'a> {
    pub(in crate::report) item: &'a str,
    pub(in crate::report) sure: &'a str,
    pub(in crate::report) question: &'a str,
    pub(in crate::report) answer: &'static str,
    pub(in crate::report) answer_text: &'static str,
    pub(in crate::report) judged: Option<u64>,
    pub(in crate::report) unjudged: Option<u64>,
    pub(in crate::report) findings: Option<u64>,
    pub(in crate::report) informational: Option<u64>,
    pub(in crate::report) excepted: Option<u64>,
    pub(in crate::report) disabled_not_deleted: Option<u64>,
    pub(in crate::report) rules: Vec<String>,
    pub(in crate::report) missing: Vec<&'static str>,
    pub(in crate::report) declared: Option<String>,
    pub(in crate::report) remarks: Vec<String>,
    pub(in crate::report) yes_no: &'static str,
    pub(in crate::report) confirmed_on: &'static str,
    pub(in crate::report) target_date: &'static str,
}

impl<'a> Leaf<'a> {
    fn of(cx: &Context<'a>, sheet: &Sheet<'a>) -> Self {
        let site = &cx.report.sites[sheet.site as usize];
        let vendor = sheet.vendor;
        let secrets = vendor.and_then(|vendor| vendor.secrets);
        Self {
            edition: &sheet.framework.edition,
            form: sheet.form.word(),
            title: sheet.framework.title(cx.lang),
            site_id: &site.slug,
            site_name: &site.name,
            vendor: vendor.map_or("", |vendor| vendor.company),
            system_kind: vendor.and_then(|vendor| vendor.kind).map_or("", |kind| kind.word()),
            system: vendor.map_or("", |vendor| vendor.system),
            contracted: vendor.map(|vendor| vendor.contracted),
            // A contracted system without an export has nothing exported: that is a number.
            exported: vendor.map(|_| secrets.map_or(0, |secrets| secrets.exported)),
            comparable: secrets.map(|secrets| secrets.comparable),
            tried: secrets.map(|secrets| secrets.tried),
            untestable: secrets.map(|secrets| secrets.untestable),
            inputs: inputs(cx, sheet.site, vendor),
            rows: sheet.lines.iter().map(|line| Entry::of(cx, line)).collect(),
        }
    }
}

impl<'a> Entry<'a> {
    fn of(cx: &Context<'_>, line: &Line<'a>) -> Self {
        let counted = |count| (!line.row.outside).then_some(count);
        Self {
            item: &line.row.item,
            sure: &line.row.sure,
            question: line.row.gist(cx.lang),
            answer: line.answer.word(),
            answer_text: line.answer.words(cx.lang),
            judged: counted(line.most(|judged| judged.judged)),
            unjudged: counted(line.most(|judged| judged.unjudged)),
            findings: counted(line.sum(|judged| judged.found)),
            informational: counted(line.sum(|judged| judged.informational)),
            excepted: counted(line.sum(|judged| judged.excepted)),
            disabled_not_deleted: line.disabled,
            rules: rules(line),
            missing: line.missing().into_iter().collect(),
            declared: line.declared.map(|when| match when {
                When::On(day) => {
                    format!("{} {day}", terms::known("declared", cx.lang).unwrap_or(""))
                }
                _ => terms::known("declared", cx.lang).unwrap_or("").to_owned(),
            }),
            remarks: remarks(line, cx.lang),
            yes_no: "",
            confirmed_on: "",
            target_date: "",
        }
    }
}

/// Every sheet of a run as it is written.
pub(in crate::report) fn leaves<'a>(cx: &Context<'a>) -> Vec<Leaf<'a>> {
    sheets(cx.report, cx.rules).iter().map(|sheet| Leaf::of(cx, sheet)).collect()
}

/// `LIFE-06 found 880/12`: state, accounts judged and accounts that could not be judged.
fn rules(line: &Line<'_>) -> Vec<String> {
    let words = |(id, judged): &(&str, Option<_>)| match judged {
        None => format!("{id} not-in-this-version"),
        Some(judged) => {
            let judged: &super::judged::RuleCounts = judged;
            format!("{id} {} {}/{}", judged.state().word(), judged.judged, judged.unjudged)
        }
    };
    line.rules.iter().map(words).collect()
}

/// How many files of which reader were read for a site or a system. No file names: exports are
/// often named after people.
fn inputs(cx: &Context<'_>, site: u16, vendor: Option<Vendor<'_>>) -> String {
    let mut readers: BTreeMap<&str, u32> = BTreeMap::new();
    for (at, file) in &cx.report.files {
        let about = vendor.is_none_or(|vendor| file.system == vendor.system);
        if *at == site && about && file.problem.is_empty() && !file.superseded {
            *readers.entry(&file.reader).or_default() += 1;
        }
    }
    let parts: Vec<_> = readers.iter().map(|(reader, files)| format!("{reader} {files}")).collect();
    parts.join(", ")
}

/// Writes checklist.csv: one row per sheet and item.
pub(in crate::report) fn write_csv(cx: &Context<'_>, out: &mut Output) -> Result<(), ReportError> {
    let as_of = cx.report.run.as_of.to_string();
    out.file(CSV, |sink| {
        sink.write_all(&Table::new(COLUMNS).csv(cx.csv))?;
        for sheet in sheets(cx.report, cx.rules) {
            let leaf = Leaf::of(cx, &sheet);
            let mut table = Table::new(COLUMNS);
            for item in &leaf.rows {
                table.push(row(&leaf, item, &as_of));
            }
            sink.write_all(&table.csv_rows(cx.csv))?;
        }
        Ok(())
    })
}

fn row(leaf: &Leaf<'_>, item: &Entry<'_>, as_of: &str) -> Vec<String> {
    let yes_no = |yes: Option<bool>| yes.map_or("", |yes| if yes { "yes" } else { "no" });
    let number = |number: Option<u64>| number.map_or_else(String::new, |n| n.to_string());
    let small = |count: Option<u32>| number(count.map(u64::from));
    let own = |text: &str| text.to_owned();
    vec![
        own(leaf.edition),
        own(leaf.form),
        own(leaf.site_id),
        own(leaf.site_name),
        own(leaf.vendor),
        own(leaf.system_kind),
        own(leaf.system),
        own(yes_no(leaf.contracted)),
        small(leaf.exported),
        small(leaf.comparable),
        small(leaf.tried),
        small(leaf.untestable),
        own(item.item),
        own(item.sure),
        own(item.question),
        own(item.answer),
        own(item.answer_text),
        number(item.judged),
        number(item.unjudged),
        number(item.findings),
        number(item.informational),
        number(item.excepted),
        number(item.disabled_not_deleted),
        item.rules.join("; "),
        leaf.inputs.clone(),
        item.missing.join(" "),
        item.declared.clone().unwrap_or_default(),
        item.remarks.join("; "),
        own(as_of),
        String::new(),
        String::new(),
        String::new(),
    ]
}

/// Writes checklist.json: the sheets as a tree.
pub(in crate::report) fn write_json(cx: &Context<'_>, out: &mut Output) -> Result<(), ReportError> {
    let as_of = cx.report.run.as_of.to_string();
    let tree = Tree { schema: SCHEMA, as_of, sheets: leaves(cx) };
    out.file(JSON, |sink| {
        serde_json::to_writer_pretty(&mut *sink, &tree)?;
        sink.write_all(b"\n")
    })
}
