//! Dumps of ORCA, made here.

use super::*;
use crate::ingest::testing::{claim, login, read};
use crate::model::day::Day;

fn staff(login: &str, name: &str, administrator: char) -> String {
    let pad = |text: &str, width: usize| format!("{text}{}", " ".repeat(width - text.len()));
    format!("{}{}{}{}{administrator}", pad(login, 16), pad("", 80), pad(name, 80), pad("", 108))
}

const HEADER: &str = "userid\tpassword\tkbncd\tstyukymd\tedyukymd\tkanritbl\n";
const HASH: &str = "$1$abcdefgh$0123456789012345678901";

fn dump(rows: &[String]) -> Inventory {
    read(
        &Orca,
        "ecarte/orca/users.tsv",
        format!("{HEADER}{}\n(9 rows)\n", rows.join("\n")).as_bytes(),
    )
}

#[test]
fn the_newest_period_of_a_person_counts() {
    let part = dump(&[
        format!("satou\t{HASH}\t1001\t20260401\t99999999\t{}", staff("satou", "佐藤　拓也", '1')),
        format!("satou\t{HASH}\t1001\t20200401\t20260331\t{}", staff("satou", "佐藤　卓也", '0')),
        format!("hara\t\t4002\t00000000\t20250331\t{}", staff("hara", "原　恵", ' ')),
    ]);
    assert_eq!(part.accounts.len(), 2);
    assert_eq!((part.rows.read, part.rows.ok, part.rows.skipped), (4, 3, 1));
    let accounts = &part.accounts;
    assert_eq!(part.text.get(accounts.name.get(0)), "佐藤　拓也");
    assert_eq!(part.names.get(accounts.job.get(0)), "医師");
    assert_eq!(accounts.flag(0, Flag::Privileged), Tri::Yes);
    assert_eq!(accounts.expires.get(0), Stamp::NEVER);
    let on = |y, m, d| Stamp::from(When::On(Day::from_ymd(y, m, d).unwrap()));
    assert_eq!((accounts.created.get(0), accounts.created.get(1)), (on(2026, 4, 1), Stamp::NEVER));
    assert_eq!(accounts.flag(1, Flag::Enabled), Tri::No);
    assert_eq!(accounts.expires.get(1), on(2025, 3, 31));
    assert_eq!(part.credentials.len(), 1);
    assert_eq!(login(&part, 1), "hara");
}

#[test]
fn rows_that_cannot_be_used_are_refused_one_by_one() {
    let part = dump(&[
        format!("a\t{HASH}\t1001\t2026040\t99999999\t{}", staff("a", "", '0')),
        "b\tx\t1".to_owned(),
        format!("\t{HASH}\t1001\t20260401\t99999999\t{}", staff("", "", '0')),
    ]);
    let codes: Vec<_> = part.problems.iter().map(|p| (p.origin.line, p.code)).collect();
    let expected = [(2, "bad-date"), (3, "field-count"), (4, "empty-account")];
    assert_eq!(codes[..3], expected);
    assert_eq!(part.rows.quarantined, 3);
}

#[test]
fn claims_rest_on_the_names_of_the_columns() {
    assert_eq!(claim(&Orca, "ecarte/a.tsv", HEADER), 95);
    assert_eq!(claim(&Orca, "ecarte/a.csv", "USERID,PASSWORD\nsatou,x\n"), 95);
    assert_eq!(claim(&Orca, "ecarte/a.csv", "userid,password,name\n"), 0);
    assert_eq!(claim(&Orca, "ecarte/a.csv", "職員番号,氏名\n"), 0);
}
