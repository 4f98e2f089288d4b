use super::*;
use proptest::prelude::*;

#[test]
fn header_keys() {
    for header in ["ユーザーID", "ﾕｰｻﾞｰＩＤ", "ユーザー ID", "ユーザー_id", "ユーザー・ID\u{200b}"]
    {
        assert_eq!(key(header), "ユーザーid", "{header}");
    }
    assert_eq!(key("Last-Logon Timestamp"), "lastlogontimestamp");
    assert_eq!(key("\u{feff}sAMAccountName"), "samaccountname");
    assert_eq!(key("最終\u{3000}ログイン"), "最終ログイン");
    assert_eq!(key("カテコ\u{3099}リ"), "カテゴリ");
}

#[test]
fn login_keys() {
    for login in ["tanaka", " Tanaka ", "CORP\\TANAKA", "tanaka@corp.byoin.example", "ｔａｎａｋａ"]
    {
        assert_eq!(login_key(login), "tanaka", "{login}");
    }
    assert_eq!(login_key("ＣＯＲＰ＼ｔａｎａｋａ＠ｂｙｏｉｎ．ｊｐ\u{3000}"), "tanaka");
    for login in ["tanaka", " tanaka ", "corp\\tanaka", "t-01@corp"] {
        assert!(matches!(login_key(login), Cow::Borrowed(_)), "{login}");
    }
    assert_eq!(login_key("CORP\\"), "corp\\");
    assert_eq!(login_key("@alice"), "@alice");
    assert_eq!(login_key("alice@"), "alice@");
    assert_eq!(login_key(""), "");
}

#[test]
fn cases_45_to_47_other_letters_are_other_logins() {
    assert_ne!(login_key("аdmin"), login_key("admin"));
    assert_ne!(login_key("ad\u{200d}min"), login_key("admin"));
    assert_ne!(login_key("ıbrahim"), login_key("IBRAHIM"));
    assert_ne!(login_key("İbrahim"), login_key("ibrahim"));
    assert_ne!(login_key("straße"), login_key("strasse"));
    assert_eq!(login_key("ΟΔΟΣ"), login_key("οδοσ"));
}

#[test]
fn case_42_person_names() {
    assert_eq!(person_name_key("山田\u{3000}花子"), "山田花子");
    assert_eq!(person_name_key("葛\u{E0100}城"), "葛城");
    assert_eq!(person_name_key("ハ\u{3099}ハ\u{309A}"), "バパ");
    assert_eq!(person_name_key("か゛"), "が");
    assert_eq!(person_name_key("ﾊﾞﾊﾞ"), "ババ");
    assert_ne!(person_name_key("髙橋"), person_name_key("高橋"));
    assert_eq!(kana_key("やまだ はなこ"), "ヤマダハナコ");
    assert_eq!(kana_key("ﾔﾏﾀﾞ ﾊﾅｺ"), "ヤマダハナコ");
    assert_eq!(kana_key("ゔゞ"), "ヴヾ");
}

#[test]
fn case_43_variants_meet_in_their_own_key() {
    for (a, b) in [
        ("髙橋", "高橋"),
        ("山﨑", "山崎"),
        ("渡邊", "渡辺"),
        ("渡邉", "渡邊"),
        ("齋藤", "斉藤"),
        ("斎藤", "齊藤"),
        ("濵田", "濱田"),
        ("濱田", "浜田"),
        ("嶋", "島"),
        ("桒原", "桑原"),
        ("𠮷田", "吉田"),
    ] {
        assert_eq!(variant_key(a), variant_key(b), "{a} {b}");
        assert_ne!(person_name_key(a), person_name_key(b), "{a} {b}");
    }
}

#[test]
fn the_table_of_variants_is_sound() {
    assert!(variants::VARIANTS.is_sorted_by(|a, b| a.0 < b.0));
    for (from, to) in variants::VARIANTS {
        assert_eq!(variants::common(*from), *to);
        assert_eq!(variants::common(*to), *to, "{from} leads to a variant");
        assert_eq!(nfkc(&from.to_string()), from.to_string(), "{from} never arrives");
    }
}

#[test]
fn employee_numbers() {
    assert_eq!(employee_key(" ００１２３Ａ "), "00123a");
    assert_eq!(without_leading_zeros("00123"), "123");
    assert_eq!(without_leading_zeros("000"), "0");
    assert_eq!(without_leading_zeros("00A1"), "00A1");
    assert_eq!(without_leading_zeros(""), "");
}

#[test]
fn widths() {
    assert_eq!(display_width("山田abc"), 7);
    assert_eq!(display_width("ｶﾅ"), 2);
    assert_eq!(pad("山田", 6), "山田  ");
    assert_eq!(pad("山田", 3), "山田");
}

#[test]
fn long_text_is_cut_by_columns() {
    for (text, width, wanted) in [
        ("tanaka", 6, "tanaka"),
        ("tanaka_t", 6, "tanak…"),
        ("田中太郎", 8, "田中太郎"),
        // Three columns are no room for two characters.
        ("田中太郎", 4, "田…"),
        ("ﾀﾅｶ ﾀﾛｳ", 5, "ﾀﾅｶ …"),
        ("か\u{3099}き\u{3099}く", 4, "か\u{3099}…"),
        ("x", 0, "…"),
    ] {
        assert_eq!(cut(text, width), wanted, "{text} in {width}");
    }
    let piled = format!("e{}", "\u{301}".repeat(10_000));
    assert!(cut(&piled, 10).chars().count() < 100);
}

#[test]
fn what_acts_on_a_terminal_is_shown() {
    assert_eq!(escape_controls("a\u{1b}[2J\r\n\t\u{7f}\u{9b}"), {
        "a\\u{1b}[2J\\u{d}\\u{a}\\u{9}\\u{7f}\\u{9b}"
    });
    assert_eq!(escape_controls("a\u{202e}b\u{200b}\u{a0}"), "a\\u{202e}b\\u{200b}\\u{a0}");
    assert_eq!(escape_controls("\u{E000}"), "\\u{e000}");
    for plain in ["tanaka", "髙橋 葛\u{E0100}城", "a\\b"] {
        assert!(matches!(escape_controls(plain), Cow::Borrowed(_)), "{plain}");
    }
}

#[test]
fn eras_and_widths_fold() {
    assert_eq!(nfkc("㋿元年"), "令和元年");
    assert_eq!(nfkc("㍻"), "平成");
    assert_eq!(nfkc("Ｒ６．４／ｶﾞ"), "R6.4/ガ");
    assert!(matches!(nfkc("山田"), Cow::Borrowed(_)));
}

#[test]
fn folding_every_character_twice_changes_nothing() {
    for c in '\0'..=char::MAX {
        let once = key(&c.to_string());
        assert_eq!(key(&once), once, "{:x}", c as u32);
    }
}

proptest! {
    #[test]
    fn any_text_is_survived(text in "\\PC{0,16}|[\\x00-\\x7f]{0,16}|[ぁ-んｦ-ﾟ゛ ]{0,8}") {
        let login = login_key(&text);
        prop_assert!(!login.contains(char::is_uppercase) || !login.is_ascii());
        for folded in [person_name_key(&text), kana_key(&text)] {
            prop_assert_eq!(&kana_key(&folded), &kana_key(&text));
        }
        prop_assert!(!escape_controls(&text).chars().any(misleads));
        prop_assert!(display_width(&pad(&text, 20)) >= 20);
        let _ = (key(&text), variant_key(&text), employee_key(&text));
    }
}
