//! The demonstration hospital: the audit finds what its maker's own list says, and nothing else.

#![allow(clippy::unwrap_used)]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use support::{kagiban, root, rows};

type Answers = BTreeMap<String, BTreeSet<String>>;

/// The table of ANSWERS.md: rule → site/system/account. It is written by `fixtures/make_demo.py` from
/// the data that the exports are made of, not from anything that kagiban prints.
fn answers() -> Answers {
    let text = fs::read_to_string(root().join("fixtures/sites/ANSWERS.md")).unwrap();
    let mut answers = Answers::new();
    for line in text.lines().filter(|line| line.starts_with("| ")) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [rule, _, accounts] = cells[..] else { continue };
        let is_rule = rule.contains('-')
            && rule.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-');
        if is_rule {
            let accounts = without_remarks(accounts);
            let accounts = accounts.split("<br>").flat_map(|group| {
                let members = group.split_once(": ").filter(|_| group.starts_with("group"));
                members.map_or(group, |(_, members)| members).split(", ").collect::<Vec<_>>()
            });
            answers.insert(rule.to_owned(), accounts.map(|a| a.trim().to_owned()).collect());
        }
    }
    answers
}

fn without_remarks(text: &str) -> String {
    let mut depth = 0;
    text.chars()
        .filter(|c| {
            depth += i32::from(*c == '(');
            let keep = depth == 0;
            depth -= i32::from(*c == ')');
            keep
        })
        .collect()
}

fn found() -> Answers {
    let out = tempfile::tempdir().unwrap();
    let folder = out.path().to_str().unwrap();
    let run = kagiban(&[
        "audit",
        "fixtures/sites",
        "-o",
        folder,
        "--as-of",
        "2026-11-22",
        "--csv",
        "machine",
    ]);
    assert_eq!(run.status.code(), Some(1), "{}", String::from_utf8_lossy(&run.stderr));
    let mut found = Answers::new();
    for row in rows(&out.path().join("findings.csv")) {
        if row["status"] != "not-evaluable" {
            let account = format!("{}/{}/{}", row["site_id"], row["system"], row["account"]);
            let account = account.trim_end_matches('/').to_owned();
            found.entry(row["rule_id"].clone()).or_default().insert(account);
        }
    }
    found
}

#[test]
fn the_demonstration_shows_what_its_maker_planted() {
    let (answers, found) = (answers(), found());
    let (mut wrong, mut compared) = (Vec::new(), 0);
    for rule in kagiban::rules::RuleSet::embedded().unwrap().checks {
        let Some(wanted) = answers.get(&rule.id) else { continue };
        let mut found = found.get(&rule.id).cloned().unwrap_or_default();
        // Keys and communities have no account; the list names accounts only.
        found.retain(|account| account.split('/').count() == 3 || wanted.contains(account));
        compared += wanted.len();
        if &found != wanted {
            let lost: Vec<_> = wanted.difference(&found).collect();
            let extra: Vec<_> = found.difference(wanted).collect();
            wrong.push(format!("{}: lost {lost:?}, extra {extra:?}", rule.id));
        }
    }
    assert!(compared > 80, "only {compared} answers were compared");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

const USERS: &str = "\
利用者ID,氏名,所属,権限,有効区分,最終利用日,登録日
tanaka_t,田中 太郎,外科,医師,1,2026-11-20,2020-04-01
sato_h,佐藤 花子,内科,管理者,1,2026-11-19,2021-04-01
old_k,小野 健,内科,医師,0,2026-01-05,2019-04-01
";
const ROSTER: &str = "\
職員番号,氏名,ログインID,所属,退職日
00101,田中 太郎,tanaka_t,外科,2026-12-10
00102,佐藤 花子,sato_h,内科,
00103,小野 健,old_k,内科,2026-01-31
00104,森 一,,事務,2026-11-30
00105,林 二,,事務,2027-03-31
";
const VENDORS: &str = "system,account,company,owner,purpose,review_date,contract_end
kakari,,甲システム,情報係,保守,2027-03-31,2027-03-31
rentgen,,乙メディカル,放射線科,保守,2027-03-31,2027-03-31
";

fn lists() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in [
        ("honin/ecarte/kakari/users.csv", USERS),
        ("honin/hr/roster.csv", ROSTER),
        ("honin/inventory/registers/vendor.csv", VENDORS),
    ] {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let site = folder.path().join("honin");
    let out = folder.path().join("out");
    let (site, shown) = (site.to_str().unwrap(), out.to_str().unwrap());
    let run = kagiban(&[
        "audit",
        site,
        "-o",
        shown,
        "--as-of",
        "2026-11-22",
        "--csv",
        "machine",
        "--lang",
        "ja",
    ]);
    assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
    folder
}

#[test]
fn departments_and_leavers_are_listed_from_the_exports() {
    let folder = lists();
    let read = |name: &str| fs::read_to_string(folder.path().join("out").join(name)).unwrap();
    let review = read("review-honin.csv");
    let review: Vec<&str> = review.lines().skip(1).collect();
    let row = |rest: &str| format!("honin,{rest},last-use-column,2026-11-22,,,,");
    let wanted = [
        row("内科,ecarte,kakari,old_k,00103,小野 健,no,医師,no,2026-01-05"),
        row("内科,ecarte,kakari,sato_h,00102,佐藤 花子,yes,管理者,yes,2026-11-19"),
        row("外科,ecarte,kakari,tanaka_t,00101,田中 太郎,yes,医師,no,2026-11-20"),
    ];
    assert_eq!(review, wanted);
    let leaving = read("leaving.csv");
    let leaving: Vec<&str> = leaving.lines().skip(1).collect();
    // The last day of 00105 is more than 31 days away; 00103 has left.
    let wanted = [
        "honin,2026-11-30,8,00104,森 一,事務,,,,,,2026-11-22,,",
        "honin,2026-12-10,18,00101,田中 太郎,外科,honin,ecarte,kakari,tanaka_t,yes,2026-11-22,,",
    ];
    assert_eq!(leaving, wanted);
}

#[test]
fn sheets_stand_for_the_site_and_for_each_contract() {
    let folder = lists();
    let sheet = rows(&folder.path().join("out/checklist.csv"));
    let count = |form: &str, vendor: &str, system: &str| {
        let same = |row: &&BTreeMap<String, String>| {
            row["form"] == form && row["vendor"] == vendor && row["system"] == system
        };
        sheet.iter().filter(same).count()
    };
    assert_eq!(count("hospital", "", ""), 17);
    assert_eq!(count("vendor", "甲システム", "kakari"), 11);
    assert_eq!(count("vendor", "乙メディカル", "rentgen"), 11);
    assert_eq!(sheet.len(), 17 + 2 * 11);
    let at = |form: &str, item: &str, system: &str| {
        let same = |row: &&BTreeMap<String, String>| {
            row["form"] == form && row["item"] == item && row["system"] == system
        };
        sheet.iter().find(same).unwrap().clone()
    };
    let unneeded = at("hospital", "2-⑤", "");
    // No directory and no device was exported: what is silent here is not the whole site.
    assert_eq!(unneeded["answer_text"], "一部未確認");
    assert_eq!(unneeded["disabled_not_deleted"], "1");
    assert!(
        unneeded["remarks"].contains("出力なし: ディレクトリ、機器"),
        "{}",
        unneeded["remarks"]
    );
    assert_eq!(at("hospital", "2-⑥", "")["answer_text"], "対象外(本ツール)");
    assert_eq!(at("vendor", "2-⑧", "kakari")["answer_text"], "確認不能");
    let absent = at("vendor", "2-⑤", "rentgen");
    assert_eq!((&*absent["contracted"], &*absent["exported"]), ("yes", "0"));
    assert_eq!(absent["answer_text"], "確認不能");
    for row in &sheet {
        for column in ["yes_no", "confirmed_on", "target_date"] {
            assert_eq!(row[column], "", "{column} is for people");
        }
        for (column, cell) in row {
            for word in ["準拠", "適合", "tanaka", "田中", "00101"] {
                assert!(!cell.contains(word), "{column}: {word}");
            }
        }
    }
}
