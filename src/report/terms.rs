//! Words of the machine as words for people, in one table.

mod table;

use crate::model::credential::Kind;
use crate::model::finding::{Confidence, Severity, Status, Unit};
use crate::model::lang::Lang;
use crate::model::site::SystemKind;
use crate::model::state::Cause;
use table::TERMS;

/// The word for people, where the machine word is known.
pub(super) fn known(word: &str, lang: Lang) -> Option<&'static str> {
    let at = TERMS.binary_search_by(|term| term.0.cmp(word)).ok()?;
    Some(lang.pick(TERMS[at].1, TERMS[at].2))
}

/// Appends a list of machine words as checks write it: `last-use, enabled`, a kind of secret with
/// its owner (`line vty 5 15`), or words with what hangs on them (`last-use: LIFE-01; expires:
/// LIFE-04`). What is not known stays as it is.
pub(super) fn push_words(list: &str, lang: Lang, out: &mut Vec<u8>) {
    for (number, clause) in list.split("; ").enumerate() {
        if number > 0 {
            out.extend_from_slice(b"; ");
        }
        let (words, rest) = clause.split_at(clause.find(": ").unwrap_or(clause.len()));
        let comma = lang.pick("、", ", ");
        if rest.is_empty() {
            push_joined(words.split(", "), comma, lang, out);
        } else {
            push_joined(words.split(' '), comma, lang, out);
            out.extend_from_slice(rest.as_bytes());
        }
    }
}

fn push_joined<'a>(
    words: impl Iterator<Item = &'a str>,
    comma: &str,
    lang: Lang,
    out: &mut Vec<u8>,
) {
    for (number, word) in words.enumerate() {
        if number > 0 {
            out.extend_from_slice(comma.as_bytes());
        }
        let kind = word.find(' ').filter(|&end| Kind::from_word(&word[..end]).is_some());
        let (head, owner) = word.split_at(kind.unwrap_or(word.len()));
        out.extend_from_slice(known(head, lang).unwrap_or(head).as_bytes());
        out.extend_from_slice(owner.as_bytes());
    }
}

/// The words of a list, each once.
pub(super) fn join<'a>(words: impl IntoIterator<Item = &'a str>, lang: Lang) -> String {
    let mut seen: Vec<&str> = Vec::new();
    for word in words {
        let word = known(word, lang).unwrap_or(word);
        if !seen.contains(&word) {
            seen.push(word);
        }
    }
    seen.join(lang.pick("、", ", "))
}

/// A sentence of several lines on one.
pub(super) fn one_line(text: &str, lang: Lang) -> String {
    text.lines().map(str::trim).collect::<Vec<_>>().join(lang.pick("", " "))
}

/// A severity.
pub(super) const fn severity(severity: Severity, lang: Lang) -> &'static str {
    match severity {
        Severity::Critical => lang.pick("重大", "critical"),
        Severity::High => lang.pick("高", "high"),
        Severity::Medium => lang.pick("中", "medium"),
        Severity::Low => lang.pick("低", "low"),
        Severity::Info => lang.pick("参考", "info"),
    }
}

/// How sure a finding is.
pub(super) const fn confidence(confidence: Confidence, lang: Lang) -> &'static str {
    match confidence {
        Confidence::High => lang.pick("高", "high"),
        Confidence::Medium => lang.pick("中", "medium"),
        Confidence::Low => lang.pick("低", "low"),
    }
}

/// A status, as the monthly comparison calls it.
pub(super) const fn status(status: Status, lang: Lang) -> &'static str {
    match status {
        Status::New => lang.pick("新規", "new"),
        Status::Open => lang.pick("継続", "open"),
        Status::Returned => lang.pick("再発", "returned"),
        Status::Fixed => lang.pick("解消", "fixed"),
        Status::Suppressed => lang.pick("例外", "suppressed"),
        Status::NotEvaluable => lang.pick("判定不能", "not evaluable"),
    }
}

/// Why a status is what it is.
pub(super) const fn cause(cause: Cause, lang: Lang) -> &'static str {
    match cause {
        Cause::None => "",
        Cause::RuleAdded => lang.pick("ルールが加わったため", "the rule is new"),
        Cause::RuleChanged => lang.pick("ルールが変わったため", "the rule has changed"),
        Cause::ThresholdChanged => lang.pick("しきい値が変わったため", "its threshold has changed"),
        Cause::NotJudgedBefore => {
            lang.pick("前回は判定できなかったため", "it could not be judged last time")
        }
        Cause::NotAsked => lang.pick("今回はこのルールを使っていない", "the rule was not asked"),
        Cause::SourceMissing => lang.pick("今回は出力がない", "no export of the system this time"),
        Cause::SourceIncomplete => {
            lang.pick("出力を最後まで読めていない", "the export was not read to its end")
        }
        Cause::CouldNotJudge => {
            lang.pick("判定に必要な項目が足りない", "facts that the rule needs are missing")
        }
        Cause::NotTriedAgain => lang.pick(
            "パスワードの変更が確かめられず、前回の語も試し切れていない",
            "whether the password changed is not known, and not every word was tried again",
        ),
        Cause::ExceptionEnded => lang.pick("例外の期限切れ", "its exception has ended"),
    }
}

/// A unit.
pub(super) const fn unit(unit: Unit, one: bool, lang: Lang) -> &'static str {
    match unit {
        Unit::None => "",
        Unit::Days => lang.pick("日", if one { "day" } else { "days" }),
        Unit::Accounts => lang.pick("アカウント", if one { "account" } else { "accounts" }),
        Unit::Lines => lang.pick("行", if one { "line" } else { "lines" }),
        Unit::Secrets => lang.pick("件", if one { "secret" } else { "secrets" }),
        Unit::Columns => lang.pick("列", if one { "column" } else { "columns" }),
        Unit::Characters => lang.pick("文字", if one { "character" } else { "characters" }),
        Unit::Groups => lang.pick("グループ", if one { "group" } else { "groups" }),
        Unit::Devices => lang.pick("台", if one { "device" } else { "devices" }),
        Unit::Settings => lang.pick("設定", if one { "setting" } else { "settings" }),
        Unit::Rows => lang.pick("行", if one { "row" } else { "rows" }),
        Unit::Files => lang.pick("ファイル", if one { "file" } else { "files" }),
        Unit::Changes => lang.pick("回", if one { "change" } else { "changes" }),
        Unit::Attempts => lang.pick("回", if one { "attempt" } else { "attempts" }),
        Unit::Minutes => lang.pick("分", if one { "minute" } else { "minutes" }),
        Unit::Passwords => lang.pick("個", if one { "password" } else { "passwords" }),
        Unit::Times => lang.pick("回", if one { "time" } else { "times" }),
    }
}

/// A kind of system.
pub(super) fn system_kind(kind: SystemKind, lang: Lang) -> &'static str {
    known(kind.word(), lang).unwrap_or(kind.word())
}

/// How sure the wording of a reference is.
pub(super) fn certainty(mark: &str, lang: Lang) -> &str {
    match mark {
        "V" => lang.pick("原文確認済", "read in the original"),
        "D" => lang.pick("案", "draft"),
        "T" => lang.pick("第三者の資料", "third party"),
        "I" => lang.pick("推定", "inferred"),
        "M" => lang.pick("記憶・未確認", "from memory, unverified"),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::account::{Flag, LastUse};
    use crate::model::credential::State;
    use crate::model::evidence::{Proof, WordClass};
    use crate::rules::RuleSet;

    #[test]
    fn terms_are_sorted_and_kept_once() {
        for pair in TERMS.windows(2) {
            assert!(pair[0].0 < pair[1].0, "{} before {}", pair[0].0, pair[1].0);
        }
    }

    #[test]
    fn every_word_of_the_model_has_a_term() {
        let flags = Flag::ALL.iter().filter(|&&flag| flag != Flag::Absorbed).map(|f| f.word());
        let kinds = Kind::ALL.iter().map(|kind| kind.word());
        let states = State::ALL.iter().map(|state| state.word());
        let classes = WordClass::ALL.iter().map(|class| class.word());
        let proofs = Proof::ALL.iter().map(|proof| proof.word());
        let systems = SystemKind::ALL.iter().map(|kind| kind.word());
        let evidence = classes.chain(proofs);
        for word in flags.chain(kinds).chain(states).chain(evidence).chain(systems) {
            assert!(known(word, Lang::Ja).is_some(), "no term for {word}");
        }
        assert_eq!(
            known(LastUse::LogonTimestamp.word(), Lang::Ja),
            None,
            "an attribute's own name"
        );
    }

    #[test]
    fn every_need_of_the_rules_has_a_term() {
        for rule in &RuleSet::embedded().unwrap().checks {
            for need in &rule.needs {
                assert!(known(need, Lang::En).is_some(), "{}: no term for '{need}'", rule.id);
            }
        }
    }

    #[test]
    fn lists_are_translated_word_by_word() {
        for (list, shown) in [
            ("last-use, core-sw", "最終利用日、core-sw"),
            ("line vty 5 15", "回線 vty 5 15"),
            ("remote vty", "remote vty"),
            (
                "last-use enabled: LIFE-01 LIFE-02; expires: LIFE-04",
                "最終利用日、有効・無効: LIFE-01 LIFE-02; 有効期限: LIFE-04",
            ),
            ("", ""),
        ] {
            let mut out = Vec::new();
            push_words(list, Lang::Ja, &mut out);
            assert_eq!(String::from_utf8(out).unwrap(), shown);
        }
        assert_eq!(join(["hr", "roster", "mfa"], Lang::En), "staff roster, MFA registrations");
    }
}
