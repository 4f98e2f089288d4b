//! The properties of one account as `net user NAME` prints them.

use super::net::property;
use crate::ingest::note::noted_secret;
use crate::ingest::windows::{self, is_privileged_name};
use crate::model::account::{Draft, Flag, Flags, LastUse, NO_GROUPS};
use crate::model::day::Stamp;
use crate::model::tri::Tri;
use crate::text::date::{self, DateColumn, DateError, DateRules, FieldOrder};

/// Labels in Japanese and English, in several versions of Windows.
const NAME: [&str; 3] = ["フル ネーム", "フルネーム", "Full Name"];
const USER_COMMENT: [&str; 3] = ["ユーザーのコメント", "ユーザー コメント", "User's comment"];
const COMMENT: [&str; 2] = ["コメント", "Comment"];
const ACTIVE: [&str; 2] = ["アカウント有効", "Account active"];
const EXPIRES: [&str; 2] = ["アカウントの期限", "Account expires"];
const SET: [&str; 3] = ["最終パスワード変更日時", "前回のパスワード設定", "Password last set"];
const PASSWORD_EXPIRES: [&str; 3] =
    ["パスワード有効期間", "パスワードの有効期限", "Password expires"];
const REQUIRED: [&str; 2] = ["パスワードが必要", "Password required"];
const LOGON: [&str; 3] = ["最終ログオン日時", "前回のログオン", "Last logon"];
const LOCAL: [&str; 2] = ["所属しているローカル グループ", "Local Group Memberships"];
const GLOBAL: [&str; 2] = ["所属しているグローバル グループ", "Global Group memberships"];

/// What the lines said so far.
#[derive(Default)]
pub(super) struct User {
    login: String,
    name: String,
    groups: String,
    global: Vec<String>,
    flags: Flags,
    expires: String,
    password_set: String,
    logon: String,
    groups_follow: bool,
    line: u32,
}

impl User {
    pub(super) fn new(login: &str, line: u32) -> Self {
        let mut user = Self { login: login.to_owned(), line, ..Self::default() };
        windows::built_in(None, login, &mut user.flags);
        user.flags.set(Flag::Machine, Tri::from(login.ends_with('$')));
        user
    }

    /// Takes a property line; others are left alone.
    pub(super) fn line(&mut self, text: &str) {
        let text = text.trim_end();
        if let Some(value) = property(text, &LOCAL) {
            self.add_groups(value, false);
        } else if let Some(value) = property(text, &GLOBAL) {
            self.add_groups(value, true);
        } else if self.groups_follow && text.trim_start().starts_with('*') {
            self.add_groups(text, false);
        } else {
            self.groups_follow = false;
            self.plain(text);
        }
    }

    fn plain(&mut self, text: &str) {
        let texts: [(&[&str], &mut String); 4] = [
            (&NAME, &mut self.name),
            (&EXPIRES, &mut self.expires),
            (&SET, &mut self.password_set),
            (&LOGON, &mut self.logon),
        ];
        for (labels, field) in texts {
            if let Some(value) = property(text, labels) {
                // Left-to-right marks inside dates become question marks in CP932.
                *field = value.replace(['?', '\u{200e}', '\u{200f}'], "");
                return;
            }
        }
        if let Some(note) = property(text, &COMMENT).or_else(|| property(text, &USER_COMMENT)) {
            if self.flags.get(Flag::NotedSecret) != Tri::Yes {
                self.flags.set(Flag::NotedSecret, Tri::from(noted_secret(note)));
            }
        } else if let Some(active) = property(text, &ACTIVE) {
            self.active(active);
        } else if let Some(required) = property(text, &REQUIRED) {
            self.flags.set(Flag::PasswordNotRequired, yes(required).negated());
        } else if let Some(expires) = property(text, &PASSWORD_EXPIRES) {
            self.flags.set(Flag::PasswordNeverExpires, Tri::from(never(expires)));
        }
    }

    fn active(&mut self, value: &str) {
        if matches!(value, "Locked" | "ロック") {
            self.flags.set(Flag::Enabled, Tri::Yes);
            self.flags.set(Flag::Locked, Tri::Yes);
        } else {
            self.flags.set(Flag::Enabled, yes(value));
        }
    }

    fn add_groups(&mut self, value: &str, global: bool) {
        self.groups_follow = true;
        for group in value.split('*').map(str::trim).filter(|group| !group.is_empty()) {
            if matches!(group, "なし" | "None") {
                continue;
            }
            if global {
                self.global.push(group.to_owned());
            }
            if !self.groups.is_empty() {
                self.groups.push('\n');
            }
            self.groups.push_str(group);
        }
        let privileged = self.groups.split('\n').any(is_privileged_name);
        self.flags.set(Flag::Privileged, Tri::from(privileged));
    }

    /// Global groups are groups of a domain; a local account is in the group called "none".
    pub(super) fn is_of_domain(&self) -> bool {
        !self.global.is_empty()
    }

    /// The account, or a reason code and the label of the property that spoils it.
    pub(super) fn draft(
        &self,
        order: Option<FieldOrder>,
    ) -> Result<Draft<'_>, (&'static str, &'static str)> {
        if self.login.is_empty() {
            return Err(("empty-account", "User name"));
        }
        let day = |text: &str, end| {
            let column = if end { DateColumn::End } else { DateColumn::Event };
            day(text, DateRules { order, column, ..DateRules::default() })
        };
        let groups = if self.groups.is_empty() { NO_GROUPS } else { &self.groups };
        let mut draft = Draft {
            login: &self.login,
            name: &self.name,
            groups,
            flags: self.flags,
            expires: day(&self.expires, true).map_err(|code| (code, "Account expires"))?,
            password_set: day(&self.password_set, false).map_err(|c| (c, "Password last set"))?,
            origin: super::at(self.line),
            ..Draft::default()
        };
        draft.used(day(&self.logon, false).map_err(|c| (c, "Last logon"))?, LastUse::LastLogon);
        Ok(draft)
    }
}

fn yes(word: &str) -> Tri {
    match word {
        "Yes" | "はい" | "有効" => Tri::Yes,
        "No" | "いいえ" | "無効" => Tri::No,
        _ => Tri::Unknown,
    }
}

fn never(word: &str) -> bool {
    matches!(word, "Never" | "無期限" | "なし" | "しない" | "未使用")
}

fn day(text: &str, rules: DateRules) -> Result<Stamp, &'static str> {
    if text.is_empty() {
        return Ok(Stamp::UNKNOWN);
    }
    if never(text) {
        return Ok(Stamp::NEVER);
    }
    date::parse(text, &rules).map(|parsed| parsed.when.into()).map_err(|error| match error {
        DateError::Ambiguous => "ambiguous-date",
        _ => "bad-date",
    })
}
