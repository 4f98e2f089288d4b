//! 概要, what the run comes to and how the workbook is used, and サイト別, counts by site.

use crate::model::finding::{Severity, Status};
use crate::model::lang::Lang;
use crate::model::month::BySeverity;
use crate::report::tally::{Line, Tally};
use crate::report::xlsx::book::{Book, Cell, Page};
use crate::report::xlsx::findings::{ALL, PASSWORDS};
use crate::report::xlsx::is_about_passwords;
use crate::report::xlsx::look::{Column, Look, column};
use crate::report::{Context, terms};
use std::io;

/// Names of the sheets.
const SUMMARY: (&str, &str) = ("概要", "Summary");
const SITES: (&str, &str) = ("サイト別", "By site");

/// Widths of the summary's columns.
const WIDTHS: &[u16] = &[24, 14, 52, 10, 10, 12];

/// How the workbook is used; the sheets' names stand in it.
const USE: &[(&str, &str)] = &[
    (
        "「指摘一覧」の対応状況・担当者・期限・例外理由に記入し、保存後に kagiban review import report.xlsx --write を実行すると、翌月の一覧に引き継がれます。",
        "Fill in Action, Owner, Due and Reason for exception on 'Findings' and save; kagiban review import report.xlsx --write carries them into next month's workbook.",
    ),
    (
        "finding_id の列は変えないでください。行の並べ替え、列の移動、行の追加はかまいません。",
        "Leave the column finding_id as it is. Sorting rows, moving columns and adding rows do no harm.",
    ),
    (
        "例外申請は申請です。承認者と期限を付けて suppressions.toml に書くまで、指摘は残ります。",
        "A requested exception is a request: the finding stays until suppressions.toml grants it with an approver and an end date.",
    ),
    (
        "「共有パスワード」シートはログインの手掛かりを含みます。部署に渡す前に、このシートを削除してください。",
        "The sheet 'Shared passwords' says how to log in. Delete it before the workbook goes to a department.",
    ),
];

/// Writes the summary.
pub(super) fn summary(cx: &Context<'_>, book: &mut Book) -> io::Result<()> {
    let tally = Tally::of(cx.report, cx.include_restricted);
    let name = cx.lang.pick(SUMMARY.0, SUMMARY.1);
    let mut page = book.page(name, WIDTHS)?;
    page.title(cx.lang.pick("kagiban 監査報告", "kagiban audit report"))?;
    run(cx, &mut page)?;
    page.gap();
    counts(cx, &tally, &mut page)?;
    page.gap();
    rules(cx, &tally.lines, &mut page)?;
    page.gap();
    for (ja, en) in USE {
        page.row([Cell::words(cx.lang.pick(ja, en))])?;
    }
    held(cx, &mut page)?;
    page.finish(true);
    Ok(())
}

/// How the run was made.
fn run(cx: &Context<'_>, page: &mut Page<'_>) -> io::Result<()> {
    let (report, pick) = (cx.report, |ja, en| cx.lang.pick(ja, en));
    let run = &report.run;
    let whole = if report.incomplete() {
        pick("不完全(読めなかった行またはファイルあり)", "INCOMPLETE: rows or files were refused")
    } else {
        pick("完全", "complete")
    };
    let rows = report.rows();
    let words = |text: &str| Cell::words(text.to_owned());
    for (label, value) in [
        (pick("実行名", "Run"), Cell::text(&*run.name)),
        (pick("基準日", "As of"), Cell::words(run.as_of.to_string())),
        (pick("取込", "Input"), words(whole)),
        (pick("読んだ行", "Rows read"), Cell::count(rows.read)),
        (pick("隔離した行", "Rows quarantined"), Cell::count(rows.quarantined)),
        (pick("指摘(行)", "Findings (rows)"), Cell::count(report.findings.len() as u64)),
        (pick("プロファイル", "Profile"), words(&run.profile)),
        (pick("版", "Version"), words(run.tool_version)),
    ] {
        page.row([Cell::words(label), value])?;
    }
    Ok(())
}

/// Findings by severity and by state, as the terminal counts them.
fn counts(cx: &Context<'_>, tally: &Tally, page: &mut Page<'_>) -> io::Result<()> {
    page.headings(&[cx.lang.pick("重大度", "Severity"), cx.lang.pick("件数", "Count")])?;
    for &severity in Severity::ALL.iter().rev() {
        let name = terms::severity(severity, cx.lang);
        page.framed([Cell::words(name), Cell::count(tally.total[severity as usize])])?;
    }
    page.gap();
    page.headings(&[cx.lang.pick("状態", "Status"), cx.lang.pick("行数", "Rows")])?;
    for &status in Status::ALL {
        let name = terms::status(status, cx.lang);
        page.framed([Cell::words(name), Cell::count(tally.status[status as usize])])?;
    }
    page.gap();
    let about = cx.report.findings.iter().filter(|f| is_about_passwords(f)).count() as u64;
    page.headings(&[cx.lang.pick("シート", "Sheet"), cx.lang.pick("行数", "Rows")])?;
    let all = cx.report.findings.len() as u64;
    for ((ja, en), rows) in [(ALL, all), (PASSWORDS, about)] {
        page.framed([Cell::words(cx.lang.pick(ja, en)), Cell::count(rows)])?;
    }
    Ok(())
}

/// One line per rule and severity, worst first.
fn rules(cx: &Context<'_>, lines: &[Line], page: &mut Page<'_>) -> io::Result<()> {
    let headings = match cx.lang {
        Lang::Ja => ["重大度", "ルール", "指摘", "件数", "組", "アカウント"],
        Lang::En => ["Severity", "Rule", "Finding", "Findings", "Groups", "Accounts"],
    };
    page.headings(&headings)?;
    for line in lines {
        let rule = &cx.rules.checks[line.rule as usize];
        page.framed([
            Cell::words(terms::severity(line.severity, cx.lang)),
            Cell::words(&*rule.id),
            Cell::words(&*rule.words(cx.lang).title),
            Cell::count(line.singles),
            Cell::count(line.groups),
            Cell::count(line.accounts),
        ])?;
    }
    Ok(())
}

/// Exports that stand for passwords.
fn held(cx: &Context<'_>, page: &mut Page<'_>) -> io::Result<()> {
    let mut paths: Vec<_> = cx
        .report
        .files
        .iter()
        .filter(|(_, file)| file.holds_secrets)
        .map(|(_, file)| &*file.path)
        .collect();
    if paths.is_empty() {
        return Ok(());
    }
    paths.sort_unstable();
    page.gap();
    page.headings(&[cx.lang.pick(
        "パスワードまたはハッシュを含むファイル(用が済んだら廃棄)",
        "Exports that hold passwords or hashes (dispose of them when done)",
    )])?;
    for path in paths {
        page.row([Cell::text(path)])?;
    }
    Ok(())
}

const COLUMNS: &[Column] = &[
    column("サイト", "Site", 14, Look::Text),
    column("施設名", "Site name", 28, Look::Text),
    column("重大", "Critical", 10, Look::Number),
    column("高", "High", 10, Look::Number),
    column("中", "Medium", 10, Look::Number),
    column("低", "Low", 10, Look::Number),
    column("参考", "Info", 10, Look::Number),
    column("システム", "Systems", 10, Look::Number),
    column("アカウント", "Accounts", 12, Look::Number),
    column("職員", "People", 10, Look::Number),
];

/// Writes counts by site. A group over several sites counts at each of them.
pub(super) fn sites(cx: &Context<'_>, book: &mut Book) -> io::Result<()> {
    let tally = Tally::of(cx.report, false);
    let mut table = book.table(SITES, COLUMNS, COLUMNS.len())?;
    for (site, counts) in cx.report.sites.iter().zip(&tally.sites) {
        let head = [Cell::text(&*site.slug), Cell::text(&*site.name)];
        let systems = Cell::count(site.systems.len() as u64);
        let sizes = [systems, Cell::count(site.accounts), Cell::count(site.people)];
        table.row(head.into_iter().chain(by_severity(counts)).chain(sizes))?;
    }
    table.finish()
}

fn by_severity<'a>(counts: &BySeverity) -> Vec<Cell<'a>> {
    Severity::ALL.iter().rev().map(|&severity| Cell::count(counts[severity as usize])).collect()
}
