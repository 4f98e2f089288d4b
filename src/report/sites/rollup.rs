//! One page over all sites: where to go first, which exports are missing or old, how a year went.

use crate::model::finding::Severity;
use crate::model::lang::Lang;
use crate::model::month::Month;
use crate::report::html::Html;
use crate::report::sites::standing::{Mark, Row, bound};
use crate::report::sites::{chart, tiles, worst};
use crate::report::table::Table;
use crate::report::{Context, terms};
use crate::text::name::escape_controls;

const COLUMNS: &[&str] = &[
    "site_id",
    "site_name",
    "state",
    "newest_export",
    "days_old",
    "critical",
    "high",
    "medium",
    "low",
    "info",
    "change_critical_high",
    "accounts",
    "people",
    "as_of",
];

const MONTH_COLUMNS: &[&str] = &[
    "run",
    "as_of",
    "complete",
    "site_id",
    "site_name",
    "newest_export",
    "critical",
    "high",
    "medium",
    "low",
    "info",
];

/// Worst first, as columns stand.
const SEVERITIES: [Severity; 5] =
    [Severity::Critical, Severity::High, Severity::Medium, Severity::Low, Severity::Info];

/// The page.
pub(super) fn page(cx: &Context<'_>, rows: &[Row<'_>]) -> Vec<u8> {
    let mut page = Html::new(cx.lang, cx.lang.pick("全施設の一覧", "All sites"));
    page.raw("<h1>").say("全施設の一覧", "All sites").raw("</h1>\n");
    about(&mut page, cx);
    let now = Month::of(cx.report);
    page.raw("<div class=\"tiles\">\n");
    page.tile(Some(rows.len() as u64), cx.lang.pick("施設", "sites"));
    tiles(&mut page, cx, Some(now.total));
    page.raw("</div>\n");
    notices(&mut page, cx, rows);
    sites(&mut page, cx, rows);
    year(&mut page, cx, now, rows);
    page.finish()
}

/// When, and against which run.
pub(super) fn about(page: &mut Html, cx: &Context<'_>) {
    let report = cx.report;
    page.raw("<p class=\"about\">").say("基準日 ", "As of ").show(report.run.as_of);
    page.raw(" · ").say("実行 ", "run ").text(&report.run.name);
    if let Some(compared) = &report.compared {
        page.raw(" · ").say("前回 ", "last run ").text(&compared.name);
        page.raw(" (").show(compared.as_of).raw(")");
    }
    page.raw(" · kagiban ").text(report.run.tool_version).raw("</p>\n");
}

/// What is missing, old or refused: read before any number.
fn notices(page: &mut Html, cx: &Context<'_>, rows: &[Row<'_>]) {
    let with =
        |mark: Mark| -> Vec<_> { rows.iter().filter(|row| row.marks.contains(&mark)).collect() };
    let told = [
        (Mark::Absent, "今回の監査に含まれていない施設", "Sites that this run was not given"),
        (Mark::NoExport, "読める出力がない施設", "Sites without an export that could be read"),
        (Mark::Stale, "出力が古い施設", "Sites whose newest export is old"),
        (Mark::Incomplete, "読めない行・ファイルがある施設", "Sites with rows or files refused"),
        (Mark::Undated, "出力日の分からない施設", "Sites whose exports state no date"),
    ];
    if rows.iter().all(|row| row.marks.is_empty()) {
        return;
    }
    page.raw("<div class=\"notice\">\n");
    for (mark, ja, en) in told {
        let rows = with(mark);
        if rows.is_empty() {
            continue;
        }
        page.raw("<p><b>").say(ja, en).raw("</b> ").count(rows.len() as u64).raw(": ");
        for (number, row) in rows.into_iter().enumerate() {
            page.raw(if number > 0 { cx.lang.pick("、", ", ") } else { "" }).text(row.name);
            if let Some(day) = row.newest.filter(|_| matches!(mark, Mark::Absent | Mark::Stale)) {
                page.raw(" (").show(day).raw(")");
            }
        }
        page.raw("</p>\n");
    }
    page.raw("</div>\n");
}

fn sites(page: &mut Html, cx: &Context<'_>, rows: &[Row<'_>]) {
    page.heading("施設 × 重大度", "Sites by severity");
    let mut headings = vec![
        ("施設", "Site", false),
        ("状態", "State", false),
        ("最新の出力", "Newest export", false),
    ];
    let severity = |severity: &Severity| {
        (terms::severity(*severity, Lang::Ja), terms::severity(*severity, Lang::En), true)
    };
    headings.extend(SEVERITIES.iter().map(severity));
    headings.push(("前回比", "Change", true));
    headings.push(("アカウント", "Accounts", true));
    page.table(&headings);
    for row in rows {
        site(page, row);
    }
    page.end_table();
    page.note(
        "件数は未解決の指摘と組。複数の施設にまたがる組は、それぞれの施設で数え、合計では一度だけ数えます。前回比は「重大」と「高」の増減です。",
        "Counts are open findings and groups; a group over several sites counts at each of them and once in the total. Change is that of critical and high together.",
    );
    if let Some(days) = bound(cx) {
        page.raw("<p class=\"note\">");
        match cx.lang {
            Lang::Ja => {
                page.show(format_args!("基準日より {days} 日を超えて前の出力を「古い」とします。"))
            }
            Lang::En => page.show(format_args!(
                "An export is old when it was made more than {days} days before the as-of day."
            )),
        };
        page.raw("</p>\n");
    }
}

fn site(page: &mut Html, row: &Row<'_>) {
    page.raw("<tr><td>").text(row.name);
    if row.slug != row.name {
        page.raw(" <span class=\"small\">").text(row.slug).raw("</span>");
    }
    page.raw("</td><td>");
    for mark in &row.marks {
        let (ja, en) = mark.label();
        page.raw("<span class=\"mark\">").say(ja, en).raw("</span>");
    }
    if row.marks.is_empty() {
        page.say("読了", "read");
    }
    page.raw("</td><td class=\"keep\">");
    match row.newest {
        Some(day) => page.show(day),
        None => page.raw("–"),
    };
    page.raw("</td>");
    for severity in SEVERITIES {
        count(page, row.counts.map(|counts| counts[severity as usize]), severity);
    }
    match row.change() {
        None => page.raw("<td class=\"n no\">–</td>"),
        Some(0) => page.raw("<td class=\"n no\">±0</td>"),
        Some(more @ 1..) => page.raw("<td class=\"n up\">+").show(more).raw("</td>"),
        Some(less) => page.raw("<td class=\"n down\">−").show(less.unsigned_abs()).raw("</td>"),
    };
    page.number(row.sizes.map(|(accounts, _)| u64::from(accounts))).raw("</tr>\n");
}

/// A count in the colour of its severity.
fn count(page: &mut Html, count: Option<u64>, severity: Severity) {
    let open = match severity {
        Severity::Critical => "<td class=\"n s4\">",
        Severity::High => "<td class=\"n s3\">",
        Severity::Medium => "<td class=\"n s2\">",
        Severity::Low | Severity::Info => "<td class=\"n\">",
    };
    match count {
        Some(count @ 1..) => page.raw(open).count(count).raw("</td>"),
        other => page.number(other),
    };
}

/// The months, over all sites and site by site.
fn year(page: &mut Html, cx: &Context<'_>, now: Month, rows: &[Row<'_>]) {
    page.heading("月ごとの推移", "Month by month");
    let months: Vec<Month> = cx.report.months.iter().cloned().chain([now]).collect();
    if months.len() < 2 {
        page.note(
            "比べる前回の監査がまだありません。次回から推移を示します。",
            "There is no earlier run yet. The next one will show how it goes.",
        );
        return;
    }
    chart::months(page, &months, cx.lang);
    page.heading("施設 × 月(重大と高)", "Sites by month (critical and high)");
    let names: Vec<String> = months.iter().map(short).collect();
    let mut headings = vec![("施設", "Site", false)];
    headings.extend(names.iter().map(|name| (&**name, &**name, true)));
    page.table(&headings);
    for row in rows {
        page.raw("<tr><td>").text(row.name).raw("</td>");
        for month in &months {
            let read = month.site(row.slug).filter(|site| site.read);
            let open = read.map(|site| worst(&site.counts));
            let shade = if open >= Some(10) { Severity::High } else { Severity::Medium };
            count(page, open, shade);
        }
        page.raw("</tr>\n");
    }
    page.end_table();
    page.note(
        "– は読める出力がなかった月です。指摘がなかったことを示しません。",
        "– stands for a month without an export that could be read. It does not say that there was nothing to find.",
    );
}

/// Year and month in five characters: thirteen of them stand on A4.
fn short(month: &Month) -> String {
    let (year, number, _) = month.as_of.ymd();
    format!("{:02}-{number:02}", year.rem_euclid(100))
}

/// The sites as a table, by name.
pub(super) fn table(cx: &Context<'_>, rows: &[Row<'_>]) -> Table {
    let as_of = cx.report.run.as_of;
    let shown = |text: &str| escape_controls(text).into_owned();
    let number = |count: Option<u64>| count.map_or_else(String::new, |count| count.to_string());
    let mut sorted: Vec<_> = rows.iter().collect();
    sorted.sort_by_key(|row| row.slug);
    let mut table = Table::new(COLUMNS);
    for row in sorted {
        let marks: Vec<_> = row.marks.iter().map(|mark| mark.word()).collect();
        let mut cells = vec![shown(row.slug), shown(row.name), marks.join(" ")];
        cells.push(row.newest.map_or_else(String::new, |day| day.to_string()));
        let age = row.newest.map(|day| as_of.days_since(day).to_string());
        cells.push(age.unwrap_or_default());
        let counts = SEVERITIES.map(|severity| number(row.counts.map(|c| c[severity as usize])));
        cells.extend(counts);
        cells.push(row.change().map_or_else(String::new, |change| change.to_string()));
        cells.push(number(row.sizes.map(|(accounts, _)| u64::from(accounts))));
        cells.push(number(row.sizes.map(|(_, people)| u64::from(people))));
        cells.push(as_of.to_string());
        table.push(cells);
    }
    table
}

/// Every month and site as a table, oldest first.
pub(super) fn months(cx: &Context<'_>) -> Table {
    let shown = |text: &str| escape_controls(text).into_owned();
    let now = Month::of(cx.report);
    let mut table = Table::new(MONTH_COLUMNS);
    for month in cx.report.months.iter().chain([&now]) {
        for site in &month.sites {
            let mut cells = vec![shown(&month.run), month.as_of.to_string()];
            cells.push(if month.complete { "yes" } else { "no" }.to_owned());
            cells.extend([shown(&site.slug), shown(&site.name)]);
            cells.push(site.newest.map_or_else(String::new, |day| day.to_string()));
            let counts = SEVERITIES.map(|severity| site.counts[severity as usize].to_string());
            cells.extend(counts.map(|count| if site.read { count } else { String::new() }));
            table.push(cells);
        }
    }
    table
}
