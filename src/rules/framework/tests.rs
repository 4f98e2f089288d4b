use super::*;
use crate::rules::RuleSet;

const HEAD: &str =
    "edition = \"x\"\norder = 1\nja = \"表\"\nen = \"form\"\n\n[[rows]]\nitem = \"1\"\n";

const EITHER: &str = "give rules = [...] or outside = true";

fn parse(rest: &str) -> Result<Framework, RuleError> {
    let known = ["LIFE-01", "LIFE-06"].map(str::to_owned).into();
    Framework::parse("frameworks/x.toml", &format!("{HEAD}{rest}"), &known)
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    let row = "sure = \"V\"\nja = \"項目\"\nen = \"item\"\n";
    for (rest, line, column, hint) in [
        (format!("{row}rules = [\"LIFE-06\", \"LIFF-06\"]\n"), 11, 21, "did you mean 'LIFE-06'?"),
        (
            format!("{row}rules = [\"LIFE-06\"]\nwhere_present = [\"MFA-99\"]\n"),
            12,
            18,
            "one of LIFE-01, LIFE-06",
        ),
        (format!("{row}rule = []\n"), 11, 1, "did you mean 'rules'?"),
        (
            format!("{row}rules = [\"LIFE-06\"]\nkinds = [\"ecart\"]\n"),
            12,
            10,
            "did you mean 'ecarte'?",
        ),
        (format!("{row}rules = [\"LIFE-06\"]\noutside = true\n"), 8, 8, EITHER),
        (format!("{row}where_present = [\"LIFE-06\"]\noutside = true\n"), 8, 8, EITHER),
        (row.to_owned(), 8, 8, EITHER),
        (row.replace('V', "X"), 8, 8, "one of V, D, T, I, M"),
    ] {
        let error = parse(&rest).unwrap_err();
        assert_eq!((error.line, error.column, &*error.hint), (line, column, hint), "{rest}");
    }
}

#[test]
fn a_rule_gets_each_reference_once() {
    let rules = RuleSet::embedded().unwrap();
    let (_, leaver) = rules.check("LIFE-06").unwrap();
    let of = |edition: &str| -> Vec<&str> {
        let found = leaver.references.iter().filter(|r| r.edition == edition);
        found.map(|r| r.item.as_str()).collect()
    };
    // Both forms of Reiwa 7 carry the item.
    assert_eq!(of("mhlw-cl-r7"), ["2-⑤"]);
    assert_eq!(of("cis-8.1"), ["6.2"]);
    assert_eq!(of("mhlw-cl-r8"), [""]);
    assert_eq!(leaver.guideline_ref().matches("mhlw-cl-r7 2-⑤ [I]").count(), 1);
    // Replaced editions and unknown numbers are no citation where others speak.
    for word in ["mhlw-5.2", "mhlw-6.0", "mhlw-cl-r5", "mhlw-cl-r8"] {
        assert!(!leaver.guideline_ref().contains(word), "{}", leaver.guideline_ref());
    }
}

#[test]
fn the_editions_of_the_field_are_there() {
    let rules = RuleSet::embedded().unwrap();
    let editions: BTreeSet<_> = rules.frameworks.iter().map(|f| f.edition.as_str()).collect();
    let wanted = [
        "cis-8.1",
        "mhlw-5.2",
        "mhlw-6.0",
        "mhlw-6.0-qa",
        "mhlw-7.0",
        "mhlw-cl-r5",
        "mhlw-cl-r6",
        "mhlw-cl-r7",
        "mhlw-cl-r8",
        "mhlw-notice",
        "mic-meti-1.1",
        "nist-63b-4",
        "nist-csf-2.0",
    ];
    assert_eq!(editions.into_iter().collect::<Vec<_>>(), wanted);
    for framework in &rules.frameworks {
        for row in &framework.rows {
            assert!(!row.gist(Lang::Ja).is_empty() && !row.gist(Lang::En).is_empty());
            // A number that nobody saw is not invented.
            assert!(framework.edition != "mhlw-cl-r8" || (row.item.is_empty() && row.sure != "V"));
        }
    }
}

#[test]
fn the_forms_hold_every_item() {
    let rules = RuleSet::embedded().unwrap();
    let items = |form: Form| -> Vec<&str> {
        let framework = rules.frameworks.iter().find(|f| f.form == Some(form)).unwrap();
        framework.rows.iter().map(|row| row.item.as_str()).collect()
    };
    let hospital = [
        "2-①", "2-②", "2-③", "2-④", "2-⑤", "2-⑥", "2-⑦", "2-⑧", "2-⑨", "2-⑩", "2-⑪", "2-⑫", "2-⑬",
        "3-①", "3-②", "3-③", "4-①",
    ];
    assert_eq!(items(Form::Hospital), hospital);
    let vendor = ["2-①", "2-④", "2-⑤", "2-⑥", "2-⑦", "2-⑧", "2-⑨", "2-⑩", "2-⑪", "2-⑫", "2-⑬"];
    assert_eq!(items(Form::Vendor), vendor);
}

/// Prints what is left; the list must be empty when the pack is complete.
#[test]
fn planned_rules_are_told() {
    let rules = RuleSet::embedded().unwrap();
    let left: Vec<_> = rules.unwritten().collect();
    eprintln!("{} rules are still to be written: {}", left.len(), left.join(" "));
    let named: BTreeSet<_> = rules
        .frameworks
        .iter()
        .flat_map(|framework| &framework.rows)
        .flat_map(Row::all_rules)
        .collect();
    assert!(left.iter().all(|id| named.contains(id)), "planned for no item: {left:?}");
}
