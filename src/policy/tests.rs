use super::*;

fn rules() -> RuleSet {
    RuleSet::embedded().unwrap()
}

fn rule(rules: &RuleSet, id: &str) -> CheckRule {
    rules.check(id).unwrap().1.clone()
}

fn fails(text: &str) -> PolicyError {
    Policy::parse("kagiban.toml", text, &rules()).unwrap_err()
}

#[test]
fn an_empty_file_is_the_default() {
    let rules = rules();
    let policy = Policy::parse("kagiban.toml", "# demonstration\n", &rules).unwrap();
    let stale = rule(&rules, "LIFE-01");
    assert_eq!(policy.threshold(&stale, "days"), 90);
    assert_eq!(policy.profile(), "mhlw-7.0");
    assert_eq!(policy.severity(&stale, false), stale.severity);
    assert!(policy.selected(&stale) && policy.cross_entity().is_none());
}

#[test]
fn a_file_sets_what_it_names() {
    let rules = rules();
    let text = "lang = \"ja\"\nprofile = \"cis-8.1\"\nfail_on = \"medium\"\n\
                [scope]\ncross_entity = true\nbasis = \"contract 12\"\n\
                [rules.LIFE-06]\ngrace_days = 3\nseverity = \"critical\"\n\
                [rules.life-02]\nenabled = false\n";
    let policy = Policy::parse("kagiban.toml", text, &rules).unwrap();
    let leaver = rule(&rules, "LIFE-06");
    assert_eq!(policy.threshold(&leaver, "grace_days"), 3);
    assert_eq!(policy.severity(&leaver, false), Severity::Critical);
    assert!(!policy.selected(&rule(&rules, "LIFE-02")));
    assert_eq!(policy.threshold(&rule(&rules, "LIFE-01"), "days"), 45);
    assert_eq!((policy.lang(), policy.fail_on()), (Some(Lang::Ja), Some(Severity::Medium)));
    assert_eq!(policy.cross_entity(), Some("contract 12"));
}

#[test]
fn the_operators_number_beats_the_profile() {
    let rules = rules();
    let text = "profile = \"cis-8.1\"\n[rules.LIFE-01]\ndays = 30\n";
    let policy = Policy::parse("kagiban.toml", text, &rules).unwrap();
    assert_eq!(policy.threshold(&rule(&rules, "LIFE-01"), "days"), 30);
}

#[test]
fn unknown_names_are_shown_where_they_stand() {
    let error = fails("[rules.LIFE-06]\n  grace_day = 3\n");
    assert_eq!(
        error.to_string(),
        "kagiban.toml:2:3: unknown key 'grace_day'\nhint: did you mean 'grace_days'?"
    );
    let error = fails("\nlangs = \"ja\"\n");
    assert_eq!((error.line, error.column), (2, 1));
    assert_eq!(error.message, "unknown key 'langs'");
    assert_eq!(error.hint, "did you mean 'lang'?");
    let error = fails("[rules.LIFE-96]\nenabled = false\n");
    assert_eq!((error.line, error.column), (1, 8));
    assert_eq!(error.message, "unknown rule 'LIFE-96'");
    assert!(error.hint.starts_with("did you mean 'LIFE-0"), "{}", error.hint);
    assert_eq!(fails("[scope]\ncross_entitty = true\n").hint, "did you mean 'cross_entity'?");
}

#[test]
fn values_are_checked() {
    for text in [
        "profile = \"mhlw-5\"",
        "lang = \"fr\"",
        "fail_on = \"hihg\"",
        "[rules.LIFE-01]\ndays = -1",
        "[rules.LIFE-01]\ndays = \"90\"",
        "[rules.LIFE-01]\nenabled = 1",
        "[rules.LIFE-01]\nseverity = \"bad\"",
        "[scope]\ncross_entity = true\n",
        "rules = 3",
        "[rules",
    ] {
        assert!(!fails(text).hint.is_empty(), "{text}");
    }
}

#[test]
fn options_narrow_the_run() {
    let rules = rules();
    let mut policy = Policy::default();
    policy.select(&["life-06".to_owned(), "stale".to_owned()], &rules).unwrap();
    assert!(policy.selected(&rule(&rules, "LIFE-06")) && policy.selected(&rule(&rules, "LIFE-01")));
    assert!(!policy.selected(&rule(&rules, "LIFE-02")));
    assert!(policy.select(&["LIFE-61".to_owned()], &rules).is_err());
    assert!(policy.set_profile("cis-8.2").unwrap_err().hint.contains("cis-8.1"));
}

#[test]
fn one_rule_has_one_table() {
    let error =
        fails("[rules.LIFE-06]\ngrace_days = 3\n\n[rules.leaver-enabled]\ngrace_days = 9\n");
    // Tables come in the order of their names, not of the file: either may be the second.
    assert!(matches!((error.line, error.column), (1 | 4, 8)), "{error}");
    assert!(error.message.contains("has settings already"), "{error}");
}

#[test]
fn the_profile_says_what_it_demands() {
    let rules = rules();
    let policy = Policy::parse("kagiban.toml", "profile = \"nist-63b-4\"\n", &rules).unwrap();
    assert_eq!(policy.passwords().least_length(false), Some(15));
    assert!(policy.passwords().breached && !Policy::default().passwords().breached);
    let error = fails("lang = \"ja\"\nprofile = \"mhlw-7\"\n");
    assert_eq!((error.line, error.column), (2, 11));
    assert!(error.hint.contains("'mhlw-7.0'"), "{error}");
}

#[test]
fn what_is_switched_off_is_told() {
    let rules = rules();
    let text = "[rules.LIFE-02]\nenabled = false\n[rules.LIFE-01]\nenabled = true\n";
    let policy = Policy::parse("kagiban.toml", text, &rules).unwrap();
    assert_eq!(policy.switched_off().collect::<Vec<_>>(), ["LIFE-02"]);
}
