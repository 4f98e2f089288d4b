//! The output of `net` commands as sections: which line begins what, in Japanese and English.

/// What a line is to the reader.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Line<'a> {
    /// Nothing: blank, a rule, a prompt, a remark of the tool.
    Passed,
    /// `\\PC01 のユーザー アカウント`
    Accounts(&'a str),
    /// The command was answered by the domain of this name.
    Domain(&'a str),
    /// Name of a group whose members follow.
    Group(&'a str),
    /// Login of an account whose properties follow.
    User(&'a str),
    /// The last line of a command that went well.
    Done,
    /// Names, a property, a number: what it is depends on the section.
    Text(&'a str),
}

/// Beginnings of the last line.
const DONE: [&str; 4] = [
    "コマンドは正常に終了しました",
    "コマンドは、正常に終了しました",
    "The command completed successfully",
    "The command completed with one or more errors",
];

/// Headings of properties that carry nothing, and of the list of members.
const REMARKS: [&str; 6] = ["メンバー", "メンバ", "Members", "コメント", "Comment", "-----"];

pub(super) fn line(text: &str) -> Line<'_> {
    let trimmed = text.trim();
    let is_prompt = trimmed.contains(">net ") || trimmed.starts_with("net ");
    if trimmed.is_empty() || is_prompt {
        return Line::Passed;
    }
    if DONE.iter().any(|done| trimmed.starts_with(done)) {
        return Line::Done;
    }
    if let Some(host) = accounts_of(trimmed) {
        return Line::Accounts(host);
    }
    if let Some(domain) = domain_of(trimmed) {
        return Line::Domain(domain);
    }
    if let Some(group) = labelled(text, &["エイリアス名", "Alias name", "グループ名", "Group name"])
    {
        return Line::Group(group);
    }
    if let Some(user) = labelled(text, &["ユーザー名", "ユーザ名", "User name"]) {
        return Line::User(user);
    }
    Line::Text(text)
}

/// True for lines of a group or list that are no names.
pub(super) fn is_remark(text: &str) -> bool {
    REMARKS.iter().any(|remark| text.trim_start().starts_with(remark))
}

fn accounts_of(text: &str) -> Option<&str> {
    let english = text.strip_prefix("User accounts for \\\\");
    let japanese = || {
        let rest = text.strip_prefix("\\\\")?;
        rest.contains("ユーザー アカウント").then(|| rest.split([' ', '\u{3000}']).next())?
    };
    english.or_else(japanese).map(str::trim).filter(|host| !host.is_empty())
}

fn domain_of(text: &str) -> Option<&str> {
    let english = text
        .strip_prefix("The request will be processed at a domain controller for domain ")
        .map(|rest| rest.trim_end_matches('.'));
    let japanese = || {
        let rest = text.strip_prefix("この要求はドメイン")?.trim_start();
        rest.split([' ', '\u{3000}']).next()
    };
    english.or_else(japanese).filter(|domain| !domain.is_empty())
}

/// The value behind one of several labels: at least two spaces stand between them.
pub(super) fn labelled<'a>(text: &'a str, labels: &[&str]) -> Option<&'a str> {
    let rest = labels.iter().find_map(|label| text.strip_prefix(label))?;
    let gap = rest.len() - rest.trim_start_matches([' ', '\t', '\u{3000}']).len();
    (gap >= 2 || rest.trim().is_empty()).then(|| rest.trim())
}

/// Names of a line in columns: a name has no two spaces in a row.
pub(super) fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split("  ").map(str::trim).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_in_both_languages() {
        assert_eq!(line("\\\\PC01 のユーザー アカウント"), Line::Accounts("PC01"));
        assert_eq!(line("User accounts for \\\\PC01"), Line::Accounts("PC01"));
        assert_eq!(line("エイリアス名     Administrators"), Line::Group("Administrators"));
        assert_eq!(line("Group name     Domain Admins"), Line::Group("Domain Admins"));
        assert_eq!(line("User name                    t.sato"), Line::User("t.sato"));
        assert_eq!(
            line("この要求はドメイン corp.example のドメイン コントローラーで処理されます。"),
            Line::Domain("corp.example")
        );
        assert_eq!(line("コマンドは正常に終了しました。"), Line::Done);
        assert_eq!(line("C:\\Windows>net user"), Line::Passed);
        assert_eq!(
            line("Administrator            Guest"),
            Line::Text("Administrator            Guest")
        );
    }
}
