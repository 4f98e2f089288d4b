//! One item of a form at one place → one of five answers, and what it rests on.

use crate::model::day::When;
use crate::model::file::Weight;
use crate::model::lang::Lang;
use crate::model::lists::Declared;
use crate::model::report::Report;
use crate::report::checklist::judged::{Counts, Place, RuleCounts, Scope, State, concerns};
use crate::report::terms;
use crate::rules::RuleSet;
use crate::rules::framework::Row;
use crate::text::name::key;
use std::collections::BTreeSet;

/// The five answers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Answer {
    /// Something was found.
    Found,
    /// Everything that belongs to the item was judged, and nothing was found.
    NoneFound,
    /// Nothing was found, and something stayed open.
    PartlyUnverified,
    /// Nothing could be judged.
    Unverifiable,
    /// No export could answer it.
    Outside,
}

impl Answer {
    /// The answer for programs.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::NoneFound => "none-found",
            Self::PartlyUnverified => "partly-unverified",
            Self::Unverifiable => "unverifiable",
            Self::Outside => "outside",
        }
    }

    /// The answer in words of the form.
    pub(super) const fn words(self, lang: Lang) -> &'static str {
        match self {
            Self::Found => lang.pick("所見あり", "findings"),
            Self::NoneFound => lang.pick("所見なし(確認範囲)", "no findings (in what was covered)"),
            Self::PartlyUnverified => lang.pick("一部未確認", "partly unverified"),
            Self::Unverifiable => lang.pick("確認不能", "cannot be verified"),
            Self::Outside => lang.pick("対象外(本ツール)", "outside this tool"),
        }
    }
}

/// What an answer rests on.
pub(super) struct Line<'a> {
    /// The item.
    pub(super) row: &'a Row,
    /// The answer.
    pub(super) answer: Answer,
    /// Every rule of the item with its counts; `None` = no such rule in this version.
    pub(super) rules: Vec<(&'a str, Option<RuleCounts>)>,
    /// Kinds of systems of which there is no export.
    pub(super) absent: Vec<&'static str>,
    /// Rows or files of the place were refused.
    pub(super) refused: bool,
    /// Something that only a declaration can answer, and nobody declared it.
    pub(super) undeclared: bool,
    /// The latest declaration about the item.
    pub(super) declared: Option<When>,
    /// Disabled accounts that still exist, where the item is about them.
    pub(super) disabled: Option<u64>,
}

impl<'a> Line<'a> {
    /// Answers an item.
    pub(super) fn of(
        row: &'a Row,
        report: &Report,
        rules: &RuleSet,
        counts: &Counts<'_>,
        place: Place,
    ) -> Self {
        let declarations = declarations(report, place);
        let mut line = Self {
            row,
            answer: Answer::Outside,
            rules: judged(row, report, rules, counts, place),
            absent: absent(row, report, place),
            refused: refused(report, place),
            undeclared: !row.unless_declared.is_empty()
                && !declarations.iter().any(|d| is_one_of(&d.item, &row.unless_declared)),
            declared: declarations
                .iter()
                .filter(|d| is_about(&d.item, row))
                .map(|d| d.day.when())
                .max_by_key(|when| if let When::On(day) = when { Some(*day) } else { None }),
            disabled: row.tells_disabled.then(|| disabled(report, place)),
        };
        line.answer = line.answer();
        line
    }

    fn answer(&self) -> Answer {
        let known = || self.rules.iter().filter_map(|(_, judged)| judged.as_ref());
        match () {
            () if self.row.outside => Answer::Outside,
            () if known().any(|judged| judged.state() == State::Found) => Answer::Found,
            () if known().all(|judged| judged.judged == 0) => Answer::Unverifiable,
            () if self.is_complete() => Answer::NoneFound,
            () => Answer::PartlyUnverified,
        }
    }

    fn is_complete(&self) -> bool {
        !self.refused && !self.undeclared && self.absent.is_empty() && self.open().is_empty()
    }

    /// Rules that leave something open.
    pub(super) fn open(&self) -> Vec<&'a str> {
        let closed = |id: &str, judged: &RuleCounts| {
            if self.row.rules.iter().any(|required| required == id) {
                matches!(judged.state(), State::Clean | State::Found)
                    && judged.lacks_nothing()
                    && judged.uncovered == 0
            } else {
                judged.lacks_nothing()
            }
        };
        let open = self.rules.iter().filter(|(id, judged)| match judged {
            Some(judged) => !closed(id, judged),
            None => true,
        });
        open.map(|(id, _)| *id).collect()
    }

    /// The sum of a count over the rules.
    pub(super) fn sum(&self, count: impl Fn(&RuleCounts) -> u64) -> u64 {
        self.rules.iter().filter_map(|(_, judged)| judged.as_ref()).map(count).sum()
    }

    /// The largest of a count over the rules: rules judge the same accounts, so a sum would count
    /// them again and again.
    pub(super) fn most(&self, count: impl Fn(&RuleCounts) -> u64) -> u64 {
        self.rules.iter().filter_map(|(_, judged)| judged.as_ref()).map(count).max().unwrap_or(0)
    }

    /// What was missing, over all rules.
    pub(super) fn missing(&self) -> BTreeSet<&'static str> {
        let known = self.rules.iter().filter_map(|(_, judged)| judged.as_ref());
        known.flat_map(|judged| judged.missing.iter().copied()).collect()
    }
}

/// The rules of an item that are about the place, each with its counts.
fn judged<'a>(
    row: &'a Row,
    report: &Report,
    rules: &RuleSet,
    counts: &Counts<'_>,
    place: Place,
) -> Vec<(&'a str, Option<RuleCounts>)> {
    let mut found = Vec::new();
    for id in row.all_rules() {
        let Some((index, rule)) = rules.check(id) else {
            found.push((id, None));
            continue;
        };
        if place.system(report).is_none_or(|system| concerns(rule, system)) {
            found.push((id, Some(counts.at(index, place))));
        }
    }
    found
}

fn absent(row: &Row, report: &Report, place: Place) -> Vec<&'static str> {
    if place.scope != Scope::Site {
        return Vec::new();
    }
    let there = |kind| {
        place.systems(report).iter().any(|system| system.kind == kind && system.accounts > 0)
    };
    row.kinds.iter().filter(|kind| !there(**kind)).map(|kind| kind.word()).collect()
}

/// True where a row or file of the site was refused; of another system's file, not for a system.
fn refused(report: &Report, place: Place) -> bool {
    let name = place.system(report).map(|system| &*system.name);
    report.problems.iter().filter(|problem| problem.weight >= Weight::Row).any(|problem| {
        let file = report.files.get(problem.origin.file.0 as usize);
        file.is_none_or(|(site, file)| {
            *site == place.site
                && name.is_none_or(|name| file.system.is_empty() || file.system == name)
        })
    })
}

fn disabled(report: &Report, place: Place) -> u64 {
    place.systems(report).iter().map(|system| u64::from(system.disabled)).sum()
}

/// Declarations about a place; one without a system is about the whole site.
fn declarations(report: &Report, place: Place) -> Vec<&Declared> {
    let system = place.system(report);
    let all = report.lists.declared.iter().filter(|declared| declared.site == place.site);
    all.filter(|declared| {
        declared.system.is_empty()
            || system.is_none_or(|system| key(&system.name) == key(&declared.system))
    })
    .collect()
}

fn is_one_of(item: &str, words: &[String]) -> bool {
    words.iter().any(|word| key(word) == key(item))
}

fn is_about(item: &str, row: &Row) -> bool {
    let number = key(&row.item);
    // `⑧` and `2-⑧` are one item; both become digits by NFKC.
    let last = row.item.rsplit('-').next().map(key);
    let same = !number.is_empty() && (key(item) == number || Some(key(item)) == last);
    same || is_one_of(item, &row.unless_declared)
}

/// What keeps an answer from being a full one, and what is told beside it, in words.
pub(super) fn remarks(line: &Line<'_>, lang: Lang) -> Vec<String> {
    let mut remarks = Vec::new();
    let mut add = |ja: &str, en: &str, what: &str| {
        remarks.push(format!("{}{what}", lang.pick(ja, en)));
    };
    if !line.row.outside {
        if !line.absent.is_empty() {
            let kinds = terms::join(line.absent.iter().copied(), lang);
            add("出力なし: ", "no export of: ", &kinds);
        }
        if line.refused {
            add("読めなかった行またはファイルあり", "rows or files were refused", "");
        }
        let open = line.open();
        if !open.is_empty() {
            add("判定しきれないルール: ", "rules that leave something open: ", &open.join(" "));
        }
        if line.undeclared {
            add("申告が必要: ", "needs a declaration: ", &line.row.unless_declared[0]);
        }
    }
    if let Some(disabled) = line.disabled {
        let count = disabled.to_string();
        match lang {
            Lang::Ja => add("無効化済・未削除 ", "", &format!("{count} 件")),
            Lang::En => add("", "disabled, not deleted: ", &count),
        }
    }
    remarks
}
