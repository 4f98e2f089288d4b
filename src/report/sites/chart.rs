//! Open findings month by month, as columns of an inline drawing in whole pixels.

use crate::model::finding::Severity;
use crate::model::lang::Lang;
use crate::model::month::Month;
use crate::report::html::Html;
use crate::report::terms;

/// Height of the tallest column, and of the drawing.
const TALLEST: u64 = 120;
const HEIGHT: u64 = 172;
/// Width of a month, and of its column.
const STEP: u64 = 54;
const COLUMN: u64 = 30;

/// From the bottom up: the worst stand on one line and can be compared.
const PARTS: &[(Severity, &str)] = &[
    (Severity::Critical, "<rect class=\"b4\" x=\""),
    (Severity::High, "<rect class=\"b3\" x=\""),
    (Severity::Medium, "<rect class=\"b2\" x=\""),
    (Severity::Low, "<rect class=\"b1\" x=\""),
];

/// Draws the months, the newest at the right.
pub(super) fn months(page: &mut Html, months: &[Month], lang: Lang) {
    let sum = |month: &Month| PARTS.iter().map(|(part, _)| month.total[*part as usize]).sum();
    let most = months.iter().map(sum).max().unwrap_or(0).max(1);
    let width = 13 * STEP;
    page.raw("<svg role=\"img\" viewBox=\"0 0 ").show(width).raw(" ").show(HEIGHT).raw("\">\n");
    page.raw("<title>").say("月ごとの未解決の指摘", "Open findings by month").raw("</title>\n");
    for (month, at) in months.iter().zip(0..) {
        column(page, month, at * STEP, most);
        below(page, month, at * STEP);
    }
    let base = TALLEST + 16;
    page.raw("<line class=\"axis\" x1=\"0\" x2=\"").show(width).raw("\" y1=\"").show(base);
    page.raw("\" y2=\"").show(base).raw("\"/>\n</svg>\n");
    legend(page, lang);
}

fn column(page: &mut Html, month: &Month, left: u64, most: u64) {
    let x = left + (STEP - COLUMN) / 2;
    let mut below: u64 = 0;
    let height = |count: u64| count.saturating_mul(TALLEST) / most;
    for (part, open) in PARTS {
        let above = below + month.total[*part as usize];
        let (bottom, top) = (height(below), height(above));
        below = above;
        if top > bottom {
            page.raw(open).show(x).raw("\" y=\"").show(TALLEST + 16 - top).raw("\" width=\"");
            page.show(COLUMN).raw("\" height=\"").show(top - bottom).raw("\"/>\n");
        }
    }
    page.raw("<text text-anchor=\"middle\" x=\"").show(left + STEP / 2).raw("\" y=\"");
    page.show(TALLEST + 11 - height(below)).raw("\">").count(below).raw("</text>\n");
}

fn below(page: &mut Html, month: &Month, left: u64) {
    let (year, number, _) = month.as_of.ymd();
    page.raw("<text text-anchor=\"middle\" x=\"").show(left + STEP / 2).raw("\" y=\"");
    page.show(TALLEST + 31).raw("\">").show(format_args!("{year:04}-{number:02}"));
    page.raw("</text>\n<text text-anchor=\"middle\" x=\"").show(left + STEP / 2).raw("\" y=\"");
    page.show(TALLEST + 46).raw("\">").show(format_args!("+{} −{}", month.new, month.fixed));
    page.raw("</text>\n");
}

fn legend(page: &mut Html, lang: Lang) {
    page.raw("<p class=\"note\">");
    for (part, color) in [
        (Severity::Critical, "<span class=\"box b4\"></span> "),
        (Severity::High, "<span class=\"box b3\"></span> "),
        (Severity::Medium, "<span class=\"box b2\"></span> "),
        (Severity::Low, "<span class=\"box b1\"></span> "),
    ] {
        page.raw(color).text(terms::severity(part, lang)).raw(" &ensp; ");
    }
    page.say(
        "柱の上は未解決の指摘と組、下の + は新規と再発、− は解消(行数)。",
        "Above a column: open findings and groups. Below it: + new and returned, − fixed (rows).",
    );
    page.raw("</p>\n");
}
