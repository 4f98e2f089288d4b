//! The sheet of one site, for its own people: nothing on it says who else there is.

use crate::model::file::InputFile;
use crate::model::finding::Status;
use crate::model::report::is_active;
use crate::report::evidence::remedy;
use crate::report::html::Html;
use crate::report::sites::entry::{Entry, Sheet};
use crate::report::sites::standing::Row;
use crate::report::sites::{class, rollup, tiles};
use crate::report::tally::{self, Line};
use crate::report::{Context, terms};
use rayon::prelude::*;

/// Findings that the page lists one by one; the table beside it has all of them.
const LISTED: usize = 500;

/// The page.
pub(super) fn page(cx: &Context<'_>, sheet: &Sheet<'_>, standing: Option<&Row<'_>>) -> Vec<u8> {
    let mut page = Html::new(cx.lang, &sheet.site.name);
    page.raw("<h1>").text(&sheet.site.name).raw("</h1>\n");
    rollup::about(&mut page, cx);
    page.raw("<div class=\"tiles\">\n");
    tiles(&mut page, cx, standing.and_then(|row| row.counts));
    let read = standing.and_then(|row| row.sizes).map(|(accounts, _)| u64::from(accounts));
    page.tile(read, cx.lang.pick("アカウント", "accounts"));
    page.raw("</div>\n");
    notice(&mut page, standing);
    progress(&mut page, cx, sheet);
    rules(&mut page, cx, sheet);
    findings(&mut page, cx, sheet);
    lacking(&mut page, cx, sheet);
    inputs(&mut page, cx, sheet);
    page.finish()
}

/// What is wrong with the exports, before any number is believed.
fn notice(page: &mut Html, standing: Option<&Row<'_>>) {
    let Some(row) = standing.filter(|row| !row.marks.is_empty()) else { return };
    page.raw("<div class=\"notice\"><p>");
    for mark in &row.marks {
        let (ja, en) = mark.label();
        page.raw("<span class=\"mark\">").say(ja, en).raw("</span>");
    }
    if let Some(day) = row.newest {
        page.say(" 最新の出力 ", " newest export ").show(day);
    }
    page.raw("</p></div>\n");
}

/// What became of the findings since the last run.
fn progress(page: &mut Html, cx: &Context<'_>, sheet: &Sheet<'_>) {
    if cx.report.compared.is_none() {
        return;
    }
    page.raw("<p>").say("前回から: ", "Since the last run: ");
    let rows = |status: Status| {
        let of = sheet.findings().iter();
        of.filter(|&&at| cx.report.findings[at as usize].status == status).count() as u64
    };
    let told = [Status::New, Status::Returned, Status::Open, Status::Fixed, Status::Suppressed];
    for (number, status) in told.into_iter().enumerate() {
        page.raw(if number > 0 { " · " } else { "" });
        page.text(terms::status(status, cx.lang)).raw(" ").count(rows(status));
    }
    page.raw("</p>\n");
}

/// What the rules found and how it is mended, worst first.
fn rules(page: &mut Html, cx: &Context<'_>, sheet: &Sheet<'_>) {
    page.heading("指摘と直し方", "What was found, and how to mend it");
    let lines =
        tally::lines(cx.report, cx.include_restricted, sheet.findings().par_iter().copied());
    if lines.is_empty() {
        page.note("未解決の指摘はありません。", "No finding is open.");
        return;
    }
    page.table(&[
        ("重大度", "Severity", false),
        ("指摘", "Finding", false),
        ("件数", "Count", true),
        ("直し方", "How to mend it", false),
    ]);
    for line in lines {
        let rule = &cx.rules.checks[line.rule as usize];
        page.raw("<tr><td>")
            .raw(class(line.severity))
            .text(terms::severity(line.severity, cx.lang));
        page.raw("</span></td><td>").text(&rule.words(cx.lang).title);
        page.raw(" <span class=\"id\">").text(&rule.id).raw("</span></td>");
        amount(page, &line);
        page.cell(&terms::one_line(&remedy(rule, cx.lang), cx.lang)).raw("</tr>\n");
    }
    page.end_table();
}

/// Findings, or groups and the accounts in them.
fn amount(page: &mut Html, line: &Line) {
    page.raw("<td class=\"n\">");
    if line.singles > 0 || line.groups == 0 {
        page.count(line.singles);
    }
    if line.groups > 0 {
        page.raw(if line.singles > 0 { "<br>" } else { "" });
        let groups = if line.groups == 1 { " group / " } else { " groups / " };
        page.count(line.groups).say(" 組 / ", groups).count(line.accounts);
    }
    page.raw("</td>");
}

fn findings(page: &mut Html, cx: &Context<'_>, sheet: &Sheet<'_>) {
    let open = |entry: &&Entry| is_active(sheet.sheets.finding(entry));
    let all = sheet.entries.iter().filter(open).count();
    if all == 0 {
        return;
    }
    page.heading("一件ずつ", "One by one");
    page.table(&[
        ("重大度", "Severity", false),
        ("ルール", "Rule", false),
        ("システム", "System", false),
        ("アカウント", "Account", false),
        ("根拠", "Evidence", false),
        ("状態", "Status", false),
    ]);
    for entry in sheet.entries.iter().filter(open).take(LISTED) {
        finding(page, cx, sheet, entry);
    }
    page.end_table();
    if all > LISTED {
        page.raw("<p class=\"note\">").say("ほか ", "And ").count((all - LISTED) as u64);
        page.say(" 件は同じ名前の CSV にあります。", " more in the CSV of the same name.")
            .raw("</p>\n");
    }
    let masked = sheet.entries.iter().any(|entry| entry.masked);
    if masked {
        page.note(
            "ログインの手掛かりになる指摘は、ルール・システム・件数だけを示しています。",
            "Findings that tell how to log in are shown as rule, system and count only.",
        );
    }
}

fn finding(page: &mut Html, cx: &Context<'_>, sheet: &Sheet<'_>, entry: &Entry) {
    let finding = sheet.sheets.finding(entry);
    let rule = &cx.rules.checks[finding.rule as usize];
    let ((_, system), [login, name]) = (sheet.system(entry), sheet.account(entry));
    page.raw("<tr><td>").raw(class(finding.severity));
    page.text(terms::severity(finding.severity, cx.lang)).raw("</span></td>");
    page.raw("<td class=\"keep\">").text(&rule.id).raw("</td><td class=\"who\">");
    page.text(system).raw("</td><td class=\"who\">").text(login);
    if !name.is_empty() {
        page.raw(" <span class=\"small\">").text(name).raw("</span>");
    }
    page.raw("</td><td>");
    if entry.masked {
        page.text(&rule.words(cx.lang).title).raw(" ").count(entry.count).say(" 件", "×");
    } else {
        page.text(&sheet.evidence(entry));
    }
    let elsewhere = sheet.elsewhere(entry);
    if !elsewhere.is_empty() {
        page.raw(" <span class=\"mark\">").say("ほか ", "also at ").text(elsewhere);
        page.say(" 施設にも", if elsewhere == "1" { " other site" } else { " other sites" });
        page.raw("</span>");
    }
    page.raw("</td><td class=\"keep\">").text(terms::status(finding.status, cx.lang));
    page.raw("</td></tr>\n");
}

/// What nobody could judge, so that silence is not taken for a pass.
fn lacking(page: &mut Html, cx: &Context<'_>, sheet: &Sheet<'_>) {
    let open = |entry: &&Entry| {
        sheet.sheets.finding(entry).status == Status::NotEvaluable && !entry.masked
    };
    if !sheet.entries.iter().any(|entry| open(&entry)) {
        return;
    }
    page.heading("判定できなかったこと", "What could not be judged");
    page.table(&[("ルール", "Rule", false), ("システム", "System", false), ("理由", "Why", false)]);
    for entry in sheet.entries.iter().filter(open).take(LISTED) {
        let rule = &cx.rules.checks[sheet.sheets.finding(entry).rule as usize];
        page.raw("<tr><td>").text(&rule.words(cx.lang).title).raw(" <span class=\"id\">");
        page.text(&rule.id).raw("</span></td>").cell(sheet.system(entry).1);
        page.cell(&sheet.evidence(entry)).raw("</tr>\n");
    }
    page.end_table();
}

/// The exports that all of this rests on.
fn inputs(page: &mut Html, cx: &Context<'_>, sheet: &Sheet<'_>) {
    let own = cx.report.files.iter().filter(|(site, _)| usize::from(*site) == sheet.number);
    let mut files: Vec<&InputFile> = own.map(|(_, file)| file).collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    page.heading("読んだ出力", "Exports that were read");
    page.table(&[
        ("ファイル", "File", false),
        ("出力日", "Exported on", false),
        ("行", "Rows", true),
        ("採用", "Taken", true),
        ("隔離", "Quarantined", true),
        ("問題", "Problem", false),
    ]);
    for file in files {
        page.raw("<tr>").cell(&file.path).raw("<td class=\"keep\">");
        match file.exported {
            Some(day) => page.show(day),
            None => page.raw("–"),
        };
        page.raw("</td>").number(Some(file.rows.read)).number(Some(file.rows.ok));
        page.number(Some(file.rows.quarantined)).cell(&file.problem).raw("</tr>\n");
    }
    page.end_table();
}
