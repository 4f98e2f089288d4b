use super::*;

fn profile(id: &str) -> &'static Profile {
    find(id).unwrap()
}

#[test]
fn the_six_profiles_are_there() {
    let mut ids: Vec<_> = embedded().iter().map(|profile| &*profile.id).collect();
    ids.sort_unstable();
    assert_eq!(ids, ["cis-8.1", "mhlw-6.0", "mhlw-7.0", "mhlw-cl-r7", "nist-63b-4", "none"]);
    assert!(find(DEFAULT).is_some() && find(NONE).is_some());
}

#[test]
fn numbers_are_those_of_the_texts() {
    // guidelines.md 4.1: (without a second factor, with one).
    for (id, alone, with) in [
        ("mhlw-7.0", 13, 8),
        ("mhlw-6.0", 8, 8),
        ("mhlw-cl-r7", 8, 8),
        ("nist-63b-4", 15, 8),
        ("cis-8.1", 14, 8),
    ] {
        let profile = profile(id);
        assert_eq!(profile.least_length(false), Some(alone), "{id}");
        assert_eq!(profile.least_length(true), Some(with), "{id}");
    }
    assert_eq!(profile(NONE).least_length(false), None);
}

#[test]
fn length_hangs_on_the_second_factor_of_the_account() {
    let seven = profile("mhlw-7.0");
    assert_eq!(seven.long_enough(10, Tri::Yes), Tri::Yes);
    assert_eq!(seven.long_enough(10, Tri::No), Tri::No);
    assert_eq!(seven.long_enough(10, Tri::Unknown), Tri::Unknown);
    assert_eq!(seven.long_enough(7, Tri::Unknown), Tri::No);
    assert_eq!(seven.long_enough(13, Tri::Unknown), Tri::Yes);
    assert_eq!(profile(NONE).long_enough(1, Tri::No), Tri::Unknown);
}

#[test]
fn age_is_a_fault_only_where_the_text_says_so() {
    assert_eq!(profile("mhlw-7.0").age(Some(8), false), Age::Any);
    assert_eq!(profile("nist-63b-4").age(None, false), Age::Any);
    let six = profile("mhlw-6.0");
    assert_eq!(six.age(Some(13), false), Age::Any);
    assert_eq!(six.age(Some(10), false), Age::AtMost(62));
    assert_eq!(six.age(Some(10), true), Age::Any);
    // The length is not known: it may be long enough.
    assert_eq!(six.age(None, false), Age::Any);
    assert_eq!(six.age(Some(10), Tri::Unknown), Age::Any);
    assert!(six.demands_anything() && !profile(NONE).demands_anything());
    let checklist = profile("mhlw-cl-r7");
    assert_eq!(checklist.age(Some(8), false), Age::Periodic);
    assert_eq!(checklist.age(Some(13), false), Age::Any);
    assert_eq!(checklist.age(Some(8), true), Age::Any);
}

#[test]
fn a_typo_is_told_with_its_place() {
    for (text, line, column, hint) in [
        ("id = \"x\"\nsure = \"T\"\n[[alone]]\nlenght = 8\n", 4, 1, "did you mean 'length'?"),
        ("id = \"x\"\nsure = \"T\"\n[[alone]]\nlength = 0\n", 4, 10, "correct the value"),
        (
            "id = \"x\"\nsure = \"T\"\n[[alone]]\nlength = 8\ncharacters = [\"digit\"]\n",
            5,
            15,
            "one of letters, digits, symbols",
        ),
        ("id = \"y\"\nsure = \"T\"\n", 1, 6, "rename the file or correct id"),
    ] {
        let error = Profile::parse("profiles/x.toml", text).unwrap_err();
        assert_eq!((error.line, error.column, &*error.hint), (line, column, hint), "{text}");
    }
}
