//! 部署別棚卸し, accounts for departments to confirm, 取込結果, what became of every file, and
//! 例外, findings that were set aside.

use crate::model::finding::{Sensitivity, Status};
use crate::model::lists::Listed;
use crate::model::report::Report;
use crate::model::tri::Tri;
use crate::report::xlsx::book::{Book, Cell};
use crate::report::xlsx::look::{Column, Look, column};
use crate::report::{Context, quarantine, review, terms};
use std::io;

const ACCOUNTS: (&str, &str) = ("部署別棚卸し", "By department");
const INPUTS: (&str, &str) = ("取込結果", "Input");
const REFUSED: (&str, &str) = ("取込の問題", "Input problems");
const EXCEPTIONS: (&str, &str) = ("例外", "Exceptions");

const NEEDED: &[(&str, &str)] = &[("必要", "Needed"), ("不要", "Not needed"), ("確認中", "Asking")];

const ACCOUNT_COLUMNS: &[Column] = &[
    column("所属", "Department", 18, Look::Text),
    column("サイト", "Site", 10, Look::Text),
    column("システム", "System", 22, Look::Text),
    column("アカウント", "Account", 18, Look::Text),
    column("職員番号", "Employee number", 12, Look::Text),
    column("氏名", "Name", 16, Look::Text),
    column("有効", "Enabled", 9, Look::Text),
    column("権限・役割", "Rights", 18, Look::Text),
    column("管理者", "Administrator", 9, Look::Text),
    column("最終利用", "Last use", 12, Look::Day),
    column("利用日の根拠", "Last use by", 18, Look::Text),
    column("要否", "Needed", 10, Look::Blank(NEEDED)),
    column("確認者", "Confirmed by", 12, Look::Blank(&[])),
    column("確認日", "Confirmed on", 12, Look::Blank(&[])),
    column("備考", "Note", 24, Look::Blank(&[])),
];

/// Writes every account by site and department. Neither groups nor findings stand there.
pub(super) fn accounts(cx: &Context<'_>, book: &mut Book) -> io::Result<()> {
    let report = cx.report;
    let mut table = book.table(ACCOUNTS, ACCOUNT_COLUMNS, ACCOUNT_COLUMNS.len())?;
    for site in 0..report.sites.len() {
        for at in review::by_department(report, site) {
            table.row(account(cx, &report.lists.accounts[at as usize]))?;
        }
    }
    table.finish()
}

fn account<'a>(cx: &Context<'a>, account: &Listed) -> [Cell<'a>; 11] {
    let (report, lang) = (cx.report, cx.lang);
    let site = &report.sites[account.site as usize];
    let yes_no = |tri: Tri| {
        Cell::words(match tri.word() {
            "yes" => lang.pick("はい", "yes"),
            "no" => lang.pick("いいえ", "no"),
            _ => "",
        })
    };
    let source = account.source.word();
    [
        Cell::text(report.names.get(account.department)),
        Cell::text(&*site.slug),
        Cell::text(&*site.systems[account.system as usize].name),
        Cell::text(report.text.get(account.login)),
        Cell::text(report.text.get(account.person)),
        Cell::text(report.text.get(account.name)),
        yes_no(account.enabled),
        Cell::text(report.names.get(account.role)),
        yes_no(account.privileged),
        Cell::stamp(account.last_use, lang),
        Cell::words(terms::known(source, lang).unwrap_or(source)),
    ]
}

const INPUT_COLUMNS: &[Column] = &[
    column("サイト", "Site", 12, Look::Text),
    column("ファイル", "File", 44, Look::Text),
    column("種類", "Reader", 18, Look::Text),
    column("システム", "System", 22, Look::Text),
    column("文字コード", "Encoding", 12, Look::Text),
    column("読んだ行", "Rows read", 10, Look::Number),
    column("採用", "Taken", 10, Look::Number),
    column("読み飛ばし", "Skipped", 10, Look::Number),
    column("隔離", "Quarantined", 10, Look::Number),
    column("出力日", "Exported on", 12, Look::Day),
    column("問題", "Problem", 20, Look::Text),
    column("古い版", "Older version", 9, Look::Text),
    column("要廃棄", "To dispose of", 9, Look::Text),
    column("SHA-256", "SHA-256", 20, Look::Text),
];

const REFUSED_COLUMNS: &[Column] = &[
    column("ファイル", "File", 44, Look::Text),
    column("行", "Line", 8, Look::Number),
    column("列", "Column", 16, Look::Text),
    column("理由", "Reason", 20, Look::Text),
    column("詳細", "Detail", 24, Look::Text),
    column("対処", "What to do", 60, Look::Wrapped),
];

/// Writes every file, and on a sheet of their own the records and files that were refused.
pub(super) fn inputs(cx: &Context<'_>, book: &mut Book) -> io::Result<()> {
    let report = cx.report;
    let site = |at: u16| report.sites.get(at as usize).map_or("", |site| &*site.slug);
    let mut files: Vec<_> = report.files.iter().map(|(at, file)| (site(*at), file)).collect();
    files.sort_by(|a, b| (a.0, &a.1.path).cmp(&(b.0, &b.1.path)));
    let mut table = book.table(INPUTS, INPUT_COLUMNS, 13)?;
    let mark = |yes: bool| if yes { Cell::words("○") } else { Cell::Empty };
    for (site, file) in files {
        table.row([
            Cell::text(site),
            Cell::text(&*file.path),
            Cell::words(&*file.reader),
            Cell::text(&*file.system),
            Cell::words(&*file.encoding),
            Cell::count(file.rows.read),
            Cell::count(file.rows.ok),
            Cell::count(file.rows.skipped),
            Cell::count(file.rows.quarantined),
            file.exported.map_or(Cell::Empty, Cell::Day),
            Cell::words(&*file.problem),
            mark(file.superseded),
            mark(file.holds_secrets),
            Cell::words(&*file.sha256),
        ])?;
    }
    table.finish()?;
    let mut table = book.table(REFUSED, REFUSED_COLUMNS, REFUSED_COLUMNS.len())?;
    for problem in quarantine::refused(report) {
        table.row([
            Cell::text(quarantine::path(report, problem)),
            quarantine::line(problem).map_or(Cell::Empty, Cell::count),
            Cell::text(&*problem.column),
            Cell::words(problem.code),
            Cell::text(&*problem.detail),
            Cell::words(problem.hint(cx.lang)),
        ])?;
    }
    table.finish()
}

const EXCEPTION_COLUMNS: &[Column] = &[
    column("ルール", "Rule", 11, Look::Text),
    column("指摘", "Finding", 32, Look::Wrapped),
    column("重大度", "Severity", 9, Look::Severity),
    column("サイト", "Site", 12, Look::Text),
    column("システム", "System", 22, Look::Text),
    column("アカウント", "Account", 18, Look::Text),
    // Not the headings of staff's columns: what an exception says is no decision of theirs.
    column("例外の終わり", "Excepted until", 12, Look::Day),
    column("例外の理由", "Why excepted", 36, Look::Wrapped),
    column("承認者", "Approved by", 14, Look::Text),
    column("finding_id", "finding_id", 20, Look::Text),
];

/// Writes findings that an exception sets aside. Accounts of restricted ones are not named.
pub(super) fn exceptions(cx: &Context<'_>, book: &mut Book) -> io::Result<()> {
    let report: &Report = cx.report;
    let mut table = book.table(EXCEPTIONS, EXCEPTION_COLUMNS, EXCEPTION_COLUMNS.len())?;
    let findings = report.ids.iter().zip(&report.findings).zip(&report.states);
    for ((id, finding), state) in findings {
        if finding.status != Status::Suppressed {
            continue;
        }
        let rule = &cx.rules.checks[finding.rule as usize];
        let subject = &report.subjects[finding.subject as usize];
        let site = &report.sites[subject.site as usize];
        let hidden = finding.sensitivity == Sensitivity::Restricted && !cx.include_restricted;
        let system = site.systems.get(subject.system as usize);
        let exception = report.exceptions.get(state.exception as usize);
        table.row([
            Cell::words(&*rule.id),
            Cell::words(&*rule.words(cx.lang).title),
            Cell::words(terms::severity(finding.severity, cx.lang)),
            Cell::text(&*site.slug),
            Cell::text(system.map_or("", |system| &*system.name)),
            Cell::text(if hidden { "" } else { report.text.get(subject.login) }),
            exception.map_or(Cell::Empty, |exception| Cell::Day(exception.until)),
            Cell::text(exception.map_or("", |exception| &*exception.reason)),
            Cell::text(exception.map_or("", |exception| &*exception.approved_by)),
            Cell::words(String::from_utf8_lossy(id)),
        ])?;
    }
    table.finish()
}
