//! Four rules in both languages and the items that they answer, for the tests of the writers.

use crate::rules::RuleSet;
use std::path::PathBuf;

const FILES: [(&str, &str); 5] = [
    (
        "checks/LIFE-06-leaver-enabled.toml",
        r#"id = "LIFE-06"
slug = "leaver-enabled"
severity = "high"
needs = ["hr", "enabled"]
systems = ["directory", "ecarte"]
[thresholds]
grace_days = 0
grace_days_high = 7
[ja]
title = "退職者のアカウントが有効"
why = "退職後も使えます。"
evidence = "退職日 {date} から {value} {unit} ({detail})"
remedy = "無効にし、\n後で削除する"
[en]
title = "Leaver's account is enabled"
why = "It still opens."
evidence = "left on {date}, {value} {unit} ago ({detail})"
remedy = "Disable it, then delete it"
"#,
    ),
    (
        "checks/DEF-01-factory-default.toml",
        r#"id = "DEF-01"
slug = "factory-default"
severity = "critical"
sensitivity = "restricted"
needs = ["credentials"]
[ja]
title = "工場出荷時パスワード"
why = "誰でも知っています。"
evidence = "工場出荷時の値: {detail}"
remedy = "変更する"
[en]
title = "Factory default password"
why = "Everybody knows it."
evidence = "still a factory default: {detail}"
remedy = "Change it"
"#,
    ),
    (
        "checks/MFA-01-no-mfa.toml",
        r#"id = "MFA-01"
slug = "no-mfa"
severity = "high"
severity_privileged = "critical"
needs = ["mfa-registered"]
[ja]
title = "多要素認証なし"
why = "一つの要素では足りません。"
evidence = "登録なし"
remedy = "登録する"
[en]
title = "No second factor"
why = "One factor is not enough."
evidence = "nothing registered"
remedy = "Register one"
"#,
    ),
    (
        "checks/REUSE-01-same-password.toml",
        r#"id = "REUSE-01"
slug = "same-password"
severity = "high"
needs = ["nt-hash"]
[ja]
title = "同じパスワードの共有"
why = "一つ漏れると全部です。"
evidence = "{group_size} アカウントが同じパスワード"
remedy = "別々にする"
[en]
title = "One password, several accounts"
why = "One leak opens all."
evidence = "{group_size} accounts share it"
remedy = "Set different ones"
"#,
    ),
    (
        "frameworks/sample.toml",
        r#"
edition = "mhlw-cl-r7"
order = 1
form = "hospital"
ja = "確認表"
en = "checklist"

[[rows]]
item = "2-⑤"
sure = "I"
ja = "不要アカウント"
en = "unneeded accounts"
rules = ["LIFE-06"]
kinds = ["directory"]
tells_disabled = true
"#,
    ),
];

/// The rules.
pub(in crate::report) fn rules() -> RuleSet {
    let file = |(name, text): (&str, &str)| (PathBuf::from(name), text.to_owned());
    RuleSet::from_folder(FILES.map(file).into()).unwrap()
}
