//! The password policy as `net accounts` prints it.

use crate::model::file::Origin;
use crate::model::password_policy::PasswordPolicy;

/// The policy that the lines said so far.
#[derive(Default)]
pub(super) struct Accounts {
    policy: PasswordPolicy,
}

/// What a line of `net accounts` is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Topic {
    MinAge,
    MaxAge,
    Length,
    History,
    Threshold,
    Window,
    Duration,
}

impl Accounts {
    /// True for a line that only `net accounts` prints.
    pub(super) fn knows(text: &str) -> bool {
        topic(text).is_some()
    }

    /// Takes a line; others are left alone.
    pub(super) fn line(&mut self, text: &str) {
        let Some((topic, value)) = topic(text) else { return };
        let policy = &mut self.policy;
        let field = match topic {
            Topic::MinAge => &mut policy.min_age_days,
            Topic::MaxAge => &mut policy.max_age_days,
            Topic::Length => &mut policy.min_length,
            Topic::History => &mut policy.history,
            Topic::Threshold => &mut policy.lockout_threshold,
            Topic::Window => &mut policy.lockout_window,
            Topic::Duration => &mut policy.lockout_minutes,
        };
        *field = number(value);
    }

    pub(super) const fn into_policy(self, system: u16, origin: Origin) -> PasswordPolicy {
        PasswordPolicy { system, origin, ..self.policy }
    }
}

/// The topic by the words of the label, which differ between versions, and the value.
fn topic(text: &str) -> Option<(Topic, &str)> {
    let (label, value) = text.rsplit_once([':', '：'])?;
    let label = label.to_lowercase();
    let all = |words: &[&str]| words.iter().all(|word| label.contains(word));
    let topics: [(&[&str], Topic); 15] = [
        (&["minimum password age"], Topic::MinAge),
        (&["maximum password age"], Topic::MaxAge),
        (&["minimum password length"], Topic::Length),
        (&["length of password history"], Topic::History),
        (&["lockout threshold"], Topic::Threshold),
        (&["lockout observation window"], Topic::Window),
        (&["lockout duration"], Topic::Duration),
        (&["パスワード", "最短"], Topic::MinAge),
        (&["パスワード", "最長"], Topic::MaxAge),
        (&["パスワード", "履歴"], Topic::History),
        (&["パスワード", "長さ"], Topic::Length),
        (&["ロックアウト", "しきい値"], Topic::Threshold),
        (&["ロックアウト", "観測"], Topic::Window),
        (&["ロックアウト", "ウィンドウ"], Topic::Window),
        (&["ロックアウト", "期間"], Topic::Duration),
    ];
    let found = topics.iter().find(|(words, _)| all(words))?;
    Some((found.1, value.trim()))
}

/// A number, or 0 for the words that stand for "no limit".
fn number(value: &str) -> Option<u32> {
    match value {
        "Never" | "None" | "Unlimited" | "なし" | "しない" | "無期限" | "無制限" => {
            Some(0)
        }
        digits => digits.parse().ok(),
    }
}
