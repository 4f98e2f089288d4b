//! Sentences of rules with places for facts: compiled once, filled per finding.

use crate::model::day::{Stamp, When};
use crate::model::finding::Unit;
use crate::model::lang::Lang;
use crate::report::digits::{push_day, push_int};
use crate::report::terms;
use crate::rules::check::CheckRule;

/// Names that may stand in braces.
const PLACES: &[(&str, Place)] = &[
    ("{value}", Place::Value),
    ("{unit}", Place::Unit),
    ("{date}", Place::Date),
    ("「{detail}」", Place::Quoted("「", "」")),
    ("'{detail}'", Place::Quoted("'", "'")),
    ("{detail}", Place::Detail),
    ("{group_size}", Place::GroupSize),
    ("{threshold}", Place::Threshold),
];

/// How a detail hangs in its sentence, longest first: without a detail the whole of it goes.
const DETAIL_FORMS: &[&str] = &[
    " ({detail})",
    "({detail})",
    "（{detail}）",
    " [{detail}]",
    "「{detail}」",
    " '{detail}'",
    "'{detail}'",
    "。不足: {detail}",
    "; missing: {detail}",
    ": {detail}",
    "：{detail}",
    ", {detail}",
    "、{detail}",
    " {detail}",
    "{detail}",
];

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Place {
    Value,
    Unit,
    Date,
    Detail,
    /// A detail between quotes is not a machine word and stays as it is.
    Quoted(&'static str, &'static str),
    GroupSize,
    Threshold,
}

enum Piece {
    Text(Vec<u8>),
    Fact(Place),
}

/// Facts of one finding as texts.
pub(super) struct Fill<'a> {
    pub(super) value: Option<i64>,
    pub(super) unit: Unit,
    pub(super) date: Stamp,
    pub(super) detail: &'a str,
    pub(super) group_size: Option<u32>,
}

/// A compiled sentence.
pub(super) struct Template {
    lang: Lang,
    sentence: Sentence,
    /// For findings without a number, where the rule has other words for them.
    without_value: Option<Sentence>,
}

/// A sentence with and without its detail.
struct Sentence {
    full: Vec<Piece>,
    bare: Vec<Piece>,
}

impl Sentence {
    fn compile(text: &str, threshold: Option<i64>) -> Self {
        let mut bare = text.to_owned();
        for form in DETAIL_FORMS {
            bare = bare.replace(form, "");
        }
        Self { full: pieces(text, threshold), bare: pieces(bare.trim_end(), threshold) }
    }
}

impl Template {
    /// The evidence sentence of a rule.
    pub(super) fn evidence(rule: &CheckRule, lang: Lang) -> Self {
        let (words, threshold) = (rule.words(lang), main_threshold(rule));
        let other = Some(&words.evidence_without_value).filter(|text| !text.is_empty());
        Self {
            without_value: other.map(|text| Sentence::compile(text, threshold)),
            ..Self::compile(&words.evidence, threshold, lang)
        }
    }

    /// What stands as evidence where a rule could not judge; the detail names what is lacking.
    pub(super) fn not_evaluable(lang: Lang) -> Self {
        let text =
            lang.pick("判定できません。不足: {detail}", "cannot be judged; missing: {detail}");
        Self::compile(text, None, lang)
    }

    /// Compiles a sentence. What stands in braces and is no fact stays as it is.
    pub(super) fn compile(text: &str, threshold: Option<i64>, lang: Lang) -> Self {
        Self { lang, sentence: Sentence::compile(text, threshold), without_value: None }
    }

    /// Appends the sentence. A fact that is not known reads 不明 / unknown; a detail that is not
    /// given goes together with its brackets.
    pub(super) fn fill(&self, facts: &Fill<'_>, out: &mut Vec<u8>) {
        let sentence = match &self.without_value {
            Some(other) if facts.value.is_none() => other,
            _ => &self.sentence,
        };
        let pieces = if facts.detail.is_empty() { &sentence.bare } else { &sentence.full };
        for piece in pieces {
            match piece {
                Piece::Text(text) => out.extend_from_slice(text),
                Piece::Fact(place) => self.fact(*place, facts, out),
            }
        }
    }

    fn fact(&self, place: Place, facts: &Fill<'_>, out: &mut Vec<u8>) {
        match place {
            Place::Value => self.number(facts.value, out),
            Place::GroupSize => self.number(facts.group_size.map(i64::from), out),
            Place::Threshold => self.number(None, out),
            Place::Unit => {
                let one = facts.value == Some(1);
                out.extend_from_slice(terms::unit(facts.unit, one, self.lang).as_bytes());
            }
            Place::Date => match facts.date.when() {
                When::On(day) => push_day(out, day),
                When::Never => out.extend_from_slice(self.lang.pick("なし", "never").as_bytes()),
                When::Unknown => self.number(None, out),
            },
            Place::Detail => terms::push_words(facts.detail, self.lang, out),
            Place::Quoted(open, close) => {
                for part in [open, facts.detail, close] {
                    out.extend_from_slice(part.as_bytes());
                }
            }
        }
    }

    fn number(&self, value: Option<i64>, out: &mut Vec<u8>) {
        match value {
            Some(value) => push_int(out, value),
            None => out.extend_from_slice(self.lang.pick("不明", "unknown").as_bytes()),
        }
    }
}

/// The number that `{threshold}` stands for: `threshold` or `days` where the rule has one, else
/// the shortest name (`grace_days` before `grace_days_privileged`).
pub(super) fn main_threshold(rule: &CheckRule) -> Option<i64> {
    let named = ["threshold", "days"].iter().find_map(|&name| rule.thresholds.get(name));
    let shortest = || rule.thresholds.iter().min_by_key(|(name, _)| name.len()).map(|(_, v)| v);
    named.or_else(shortest).copied()
}

fn pieces(mut text: &str, threshold: Option<i64>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut literal = Vec::new();
    while let Some(first) = text.chars().next() {
        let Some((name, place)) = PLACES.iter().find(|(name, _)| text.starts_with(name)) else {
            literal.extend_from_slice(&text.as_bytes()[..first.len_utf8()]);
            text = &text[first.len_utf8()..];
            continue;
        };
        text = &text[name.len()..];
        if let (Place::Threshold, Some(number)) = (place, threshold) {
            push_int(&mut literal, number);
        } else {
            pieces.push(Piece::Text(std::mem::take(&mut literal)));
            pieces.push(Piece::Fact(*place));
        }
    }
    pieces.push(Piece::Text(literal));
    pieces.retain(|piece| !matches!(piece, Piece::Text(text) if text.is_empty()));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::day::Day;
    use crate::rules::RuleSet;

    const NOTHING: Fill<'_> =
        Fill { value: None, unit: Unit::None, date: Stamp::UNKNOWN, detail: "", group_size: None };

    fn filled(text: &str, lang: Lang, facts: &Fill<'_>) -> String {
        let mut out = Vec::new();
        Template::compile(text, Some(90), lang).fill(facts, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn facts_stand_in_their_places() {
        let facts = Fill {
            value: Some(412),
            unit: Unit::Days,
            date: Stamp::from(When::On(Day::from_ymd(2025, 10, 6).unwrap())),
            detail: "lastLogonTimestamp",
            group_size: Some(28),
        };
        assert_eq!(
            filled(
                "最終利用 {date} から {value} {unit} ({detail})、基準 {threshold} 日",
                Lang::Ja,
                &facts
            ),
            "最終利用 2025-10-06 から 412 日 (lastLogonTimestamp)、基準 90 日"
        );
        assert_eq!(filled("{group_size} share it", Lang::En, &facts), "28 share it");
    }

    #[test]
    fn missing_facts_say_so_and_missing_details_go() {
        assert_eq!(filled("{value} 日 ({detail})", Lang::Ja, &NOTHING), "不明 日");
        assert_eq!(filled("used {date}: {detail}", Lang::En, &NOTHING), "used unknown");
        assert_eq!(filled("a、{detail}", Lang::Ja, &NOTHING), "a");
        assert_eq!(filled("{detail}", Lang::En, &NOTHING), "");
        let never = Fill { date: Stamp::NEVER, ..NOTHING };
        assert_eq!(filled("last use {date}", Lang::En, &never), "last use never");
    }

    #[test]
    fn units_agree_with_their_number() {
        let one = Fill { value: Some(1), unit: Unit::Days, ..NOTHING };
        let two = Fill { value: Some(2), unit: Unit::Days, ..NOTHING };
        assert_eq!(filled("{value} {unit}", Lang::En, &one), "1 day");
        assert_eq!(filled("{value} {unit}", Lang::En, &two), "2 days");
    }

    #[test]
    fn a_rule_may_have_other_words_for_findings_without_a_number() {
        let text = r#"
            id = "X-01"
            slug = "x"
            severity = "low"
            needs = []
            [ja]
            title = "t"
            why = "w"
            evidence = "{value} 日前"
            evidence_without_value = "日付なし、照合: {detail}"
            remedy = "r"
            [en]
            title = "t"
            why = "w"
            evidence = "{value} days ago"
            remedy = "r"
        "#;
        let rule = CheckRule::parse("checks/X-01-x.toml", text).unwrap();
        let shown = |lang, facts: &Fill<'_>| {
            let mut out = Vec::new();
            Template::evidence(&rule, lang).fill(facts, &mut out);
            String::from_utf8(out).unwrap()
        };
        assert_eq!(shown(Lang::Ja, &Fill { value: Some(3), ..NOTHING }), "3 日前");
        let login = Fill { detail: "login", ..NOTHING };
        assert_eq!(shown(Lang::Ja, &login), "日付なし、照合: ログインID");
        assert_eq!(shown(Lang::En, &NOTHING), "unknown days ago");
    }

    #[test]
    fn a_quoted_detail_is_not_translated() {
        let word = Fill { detail: "key", ..NOTHING };
        assert_eq!(filled("「{detail}」を含む行", Lang::Ja, &word), "「key」を含む行");
        assert_eq!(filled("a line with '{detail}'", Lang::En, &word), "a line with 'key'");
        assert_eq!(filled("a line with '{detail}'", Lang::En, &NOTHING), "a line with");
    }

    #[test]
    fn what_is_no_fact_stays() {
        assert_eq!(filled("{password} {value", Lang::En, &NOTHING), "{password} {value");
        let braces = Fill { detail: "{value}", ..NOTHING };
        assert_eq!(filled("x {detail}", Lang::En, &braces), "x {value}");
    }

    #[test]
    fn not_evaluable_names_what_is_lacking() {
        let lacking = Fill { detail: "last-use, enabled", ..NOTHING };
        let mut out = Vec::new();
        Template::not_evaluable(Lang::Ja).fill(&lacking, &mut out);
        assert_eq!(String::from_utf8(out).unwrap(), "判定できません。不足: 最終利用日、有効・無効");
        let mut out = Vec::new();
        Template::not_evaluable(Lang::En).fill(&NOTHING, &mut out);
        assert_eq!(String::from_utf8(out).unwrap(), "cannot be judged");
    }

    #[test]
    fn rules_use_known_places_only() {
        for rule in &RuleSet::embedded().unwrap().checks {
            for lang in [Lang::Ja, Lang::En] {
                let words = rule.words(lang);
                let whole = format!("{}{}", words.evidence, words.evidence_without_value);
                let rest =
                    PLACES.iter().fold(whole.clone(), |text, (name, _)| text.replace(name, ""));
                assert!(!rest.contains(['{', '}']), "{}: {rest}", rule.id);
                let asks = whole.contains("{threshold}");
                assert!(!asks || main_threshold(rule).is_some(), "{}: no threshold", rule.id);
            }
        }
    }
}
