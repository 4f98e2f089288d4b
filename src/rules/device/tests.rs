use super::pattern::*;

fn fitted(pattern: &str, text: &str) -> Option<Vec<(Slot, String)>> {
    let mut words = Vec::new();
    split(text, "", &mut words);
    let is_type = |word: &str| matches!(word, "0" | "7" | "encrypted");
    let line = Line { text, words: &words };
    let found = Pattern::parse(pattern).unwrap().fit(line, 0, &is_type)?;
    let held = |slot: &Slot| found.get(*slot, text).map(|text| (*slot, text.to_owned()));
    Some(Slot::ALL.iter().filter_map(held).collect())
}

#[test]
fn words_options_and_rests() {
    let pattern = "username {user} ... secret|password [{type}] {secret...}";
    let expect = |user: &str, kind: Option<&str>, secret: &str| {
        let mut all = vec![(Slot::User, user.to_owned())];
        all.extend(kind.map(|kind| (Slot::Type, kind.to_owned())));
        all.push((Slot::Secret, secret.to_owned()));
        Some(all)
    };
    assert_eq!(
        fitted(pattern, "username a password 0 two words"),
        expect("a", Some("0"), "two words")
    );
    assert_eq!(fitted(pattern, "username a privilege 15 secret x"), expect("a", None, "x"));
    // A lone digit is the value.
    assert_eq!(fitted(pattern, "username a password 7"), expect("a", None, "7"));
    assert_eq!(
        fitted(pattern, "username a \"password\" \"two words\""),
        expect("a", None, "two words")
    );
    assert_eq!(fitted(pattern, "username a nopassword"), None);
    assert_eq!(fitted(pattern, "usernames a password b"), None);
}

#[test]
fn what_follows_a_group_may_stand_in_it() {
    assert!(fitted("interface port1.0.*", "interface port1.0.12").is_some());
    assert!(fitted("interface port1.0.*", "interface vlan1").is_none());
    assert!(fitted("community {secret} [{access}] $", "community x rw").is_some());
    assert!(fitted("community {secret} [{access}] $", "community x 10").is_none());
    let pattern = "key {secret} [{type}] $";
    assert_eq!(fitted(pattern, "key abc 7").unwrap().len(), 2);
    assert_eq!(fitted(pattern, "key abc").unwrap().len(), 1);
    assert_eq!(fitted(pattern, "key abc def"), None);
}

#[test]
fn quotes_hold_words_together_and_stray_ones_do_not() {
    let words = |text: &str| -> Vec<String> {
        let mut words = Vec::new();
        split(text, "=", &mut words);
        words.iter().map(|word| word.text(text).to_owned()).collect()
    };
    assert_eq!(words("psk=\"a b\""), ["psk", "a b"]);
    assert_eq!(words("a \"b c"), ["a", "\"b", "c"]);
    assert_eq!(words("a \"b\"c d"), ["a", "\"b\"c", "d"]);
    assert_eq!(words(r#"a "b\"c" d"#), ["a", r#"b\"c"#, "d"]);
    assert!(words("  ").is_empty());
    assert_eq!(words("key <secret hidden> x"), ["key", "<secret hidden>", "x"]);
    assert_eq!(words("key=<a b>"), ["key", "<a b>"]);
    assert_eq!(words("a <b> < c > <d"), ["a", "<b>", "< c >", "<d"]);
    assert_eq!(words("<あ い>"), ["<あ", "い>"]);
}

#[test]
fn patterns_that_say_nothing_are_refused() {
    for bad in ["{user} x", "... x", "a {wrong}", "a [ b", "a ] b", "a [ b [ c ] ]", "", "a* b"] {
        assert!(Pattern::parse(bad).is_err(), "{bad}");
    }
    assert_eq!(Pattern::parse("[config] snmp|x y").unwrap().first_words(), ["config", "snmp", "x"]);
}
