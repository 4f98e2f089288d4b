//! チェックリスト, the forms as one table, and checklist.xlsx, each form on a page of its own.
//!
//! Both name sites, systems and companies, never an account or a person.

use crate::model::lang::Lang;
use crate::report::Context;
use crate::report::checklist::{Entry, Leaf, leaves};
use crate::report::terms;
use crate::report::xlsx::book::{Book, Cell, Page};
use crate::report::xlsx::look::{Column, Look, column};
use std::collections::BTreeSet;
use std::io;

const NAME: (&str, &str) = ("チェックリスト", "Checklist");

/// Characters that no sheet may have in its name.
const REFUSED: &[char] = &['[', ']', ':', '*', '?', '/', '\\', '\''];
/// UTF-16 units of a sheet's name.
const NAME_UNITS: usize = 31;

const COLUMNS: &[Column] = &[
    column("版", "Edition", 14, Look::Text),
    column("様式", "Form", 10, Look::Text),
    column("サイト", "Site", 12, Look::Text),
    column("事業者", "Vendor", 18, Look::Text),
    column("システム", "System", 20, Look::Text),
    column("項目", "Item", 8, Look::Text),
    column("確認事項", "Question", 44, Look::Wrapped),
    column("文面の確かさ", "Text is", 14, Look::Text),
    column("回答", "Answer", 20, Look::Text),
    column("判定", "Judged", 9, Look::Number),
    column("未判定", "Not judged", 9, Look::Number),
    column("所見", "Findings", 9, Look::Number),
    column("参考", "For information", 9, Look::Number),
    column("例外", "Excepted", 9, Look::Number),
    column("無効化済・未削除", "Disabled, not deleted", 12, Look::Number),
    column("備考", "Remarks", 44, Look::Wrapped),
    column("はい・いいえ", "Yes or no", 12, Look::Blank(&[("はい", "Yes"), ("いいえ", "No")])),
    column("確認日", "Confirmed on", 12, Look::Blank(&[])),
    column("目標日", "Target date", 12, Look::Blank(&[])),
    column("ルール", "Rules", 40, Look::Wrapped),
];

/// What goes onto paper of the table.
const PRINTED: usize = 19;

/// Writes one row per form, place and item.
pub(super) fn table(cx: &Context<'_>, book: &mut Book) -> io::Result<()> {
    let mut table = book.table(NAME, COLUMNS, PRINTED)?;
    for leaf in &leaves(cx) {
        for item in &leaf.rows {
            table.row(row(cx, leaf, item))?;
        }
    }
    table.finish()
}

fn row<'a>(cx: &Context<'_>, leaf: &'a Leaf<'_>, item: &'a Entry<'_>) -> [Cell<'a>; 20] {
    let count = |count: Option<u64>| count.map_or(Cell::Empty, Cell::count);
    [
        Cell::words(leaf.edition),
        Cell::words(form(leaf, cx.lang)),
        Cell::text(leaf.site_id),
        Cell::text(leaf.vendor),
        Cell::text(leaf.system),
        Cell::words(item.item),
        Cell::words(item.question),
        Cell::words(terms::certainty(item.sure, cx.lang).to_owned()),
        Cell::words(item.answer_text),
        count(item.judged),
        count(item.unjudged),
        count(item.findings),
        count(item.informational),
        count(item.excepted),
        count(item.disabled_not_deleted),
        Cell::text(remarks(cx, item)),
        Cell::Empty,
        Cell::Empty,
        Cell::Empty,
        Cell::words(item.rules.join("; ")),
    ]
}

fn form(leaf: &Leaf<'_>, lang: Lang) -> &'static str {
    match leaf.form {
        "vendor" => lang.pick("事業者", "vendor"),
        _ => lang.pick("医療機関", "hospital"),
    }
}

/// Remarks, what is missing in words, and what was declared.
fn remarks(cx: &Context<'_>, item: &Entry<'_>) -> String {
    let mut parts = item.remarks.clone();
    if !item.missing.is_empty() {
        let missing = terms::join(item.missing.iter().copied(), cx.lang);
        parts.push(format!("{}{missing}", cx.lang.pick("不足: ", "missing: ")));
    }
    parts.extend(item.declared.clone());
    parts.join("; ")
}

/// Writes every sheet of a form on a page of its own.
pub(super) fn pages(cx: &Context<'_>, book: &mut Book) -> io::Result<()> {
    let mut names = BTreeSet::new();
    let leaves = leaves(cx);
    for (number, leaf) in (1..).zip(&leaves) {
        let name = sheet_name(leaf, number, cx.lang, &mut names);
        let mut page = book.page(&name, &[7, 40, 20, 9, 9, 9, 34, 11, 12, 12])?;
        head(cx, leaf, &mut page)?;
        page.gap();
        items(cx, leaf, &mut page)?;
        page.finish(true);
    }
    if leaves.is_empty() {
        let mut page = book.page(cx.lang.pick(NAME.0, NAME.1), &[60])?;
        page.row([Cell::words(cx.lang.pick("様式はありません", "there are no forms"))])?;
        page.finish(true);
    }
    Ok(())
}

fn head(cx: &Context<'_>, leaf: &Leaf<'_>, page: &mut Page<'_>) -> io::Result<()> {
    let pick = |ja, en| cx.lang.pick(ja, en);
    page.title(leaf.title)?;
    let system = match terms::known(leaf.system_kind, cx.lang) {
        Some(kind) => format!("{} ({kind})", leaf.system),
        None => leaf.system.to_owned(),
    };
    let secrets = [leaf.exported, leaf.comparable, leaf.tried, leaf.untestable]
        .map(|count| count.map_or_else(|| "-".to_owned(), |count| count.to_string()));
    let about = [
        (pick("施設", "Site"), format!("{} {}", leaf.site_id, leaf.site_name)),
        (pick("基準日", "As of"), cx.report.run.as_of.to_string()),
        (pick("入力", "Inputs"), leaf.inputs.clone()),
    ];
    let vendor = [
        (pick("事業者", "Vendor"), leaf.vendor.to_owned()),
        (pick("システム", "System"), system),
        (
            pick(
                "保存された値 出力/比較可/試行済/検査不能",
                "Secrets exported/comparable/tried/untestable",
            ),
            secrets.join(" / "),
        ),
    ];
    let vendor = vendor.into_iter().filter(|_| leaf.contracted.is_some());
    for (label, value) in about.into_iter().chain(vendor) {
        page.row([Cell::Empty, Cell::words(label), Cell::text(value)])?;
    }
    page.row([
        Cell::Empty,
        Cell::words(pick(
            "回答は確認した範囲のものです。はい・いいえ、確認日、目標日は人が記入します。",
            "Answers are about what was covered. Yes or no and the two dates are for a person to fill in.",
        )),
    ])
}

fn items(cx: &Context<'_>, leaf: &Leaf<'_>, page: &mut Page<'_>) -> io::Result<()> {
    page.headings(&match cx.lang {
        Lang::Ja => [
            "項目",
            "確認事項",
            "回答",
            "判定",
            "未判定",
            "所見",
            "備考",
            "はい・いいえ",
            "確認日",
            "目標日",
        ],
        Lang::En => [
            "Item",
            "Question",
            "Answer",
            "Judged",
            "Not judged",
            "Findings",
            "Remarks",
            "Yes or no",
            "Confirmed on",
            "Target date",
        ],
    })?;
    let count = |count: Option<u64>| count.map_or(Cell::Empty, Cell::count);
    for item in &leaf.rows {
        let sure = terms::certainty(item.sure, cx.lang);
        page.framed([
            Cell::words(item.item),
            Cell::words(format!("{} [{sure}]", item.question)),
            Cell::words(item.answer_text),
            count(item.judged),
            count(item.unjudged),
            count(item.findings),
            Cell::text(remarks(cx, item)),
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
        ])?;
    }
    Ok(())
}

/// `3 医療機関 honin`: the number keeps names apart that differ only in what a sheet cannot carry.
fn sheet_name(leaf: &Leaf<'_>, number: u32, lang: Lang, taken: &mut BTreeSet<String>) -> String {
    let about = [leaf.site_id, leaf.vendor, leaf.system];
    let about: Vec<_> = about.into_iter().filter(|part| !part.is_empty()).collect();
    let about = about.join(" ");
    let plain = |c: char| !REFUSED.contains(&c) && !c.is_control();
    let text: String = about.trim().chars().map(|c| if plain(c) { c } else { '_' }).collect();
    let mut name = String::new();
    for c in format!("{number} {} {text}", form(leaf, lang)).chars() {
        if name.encode_utf16().count() + c.len_utf16() <= NAME_UNITS {
            name.push(c);
        }
    }
    debug_assert!(taken.insert(name.to_lowercase()), "a number begins only one name");
    name.trim_end().to_owned()
}
