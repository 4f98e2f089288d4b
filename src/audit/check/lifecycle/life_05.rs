//! LIFE-05: somebody works here for a time only, and the account has no end.

use crate::audit::account::{PerAccount, Verdict};
use crate::audit::sink::Found;
use crate::audit::view::{AccountView, End};
use crate::model::account::Flag;

/// The check.
pub(crate) struct NoEnd;

/// Parts of words for employment that ends by itself, in lower case. 非常勤 and 嘱託 are left out:
/// both are renewed for decades.
const TEMPORARY: &[&str] = &[
    "派遣",
    "委託",
    "請負",
    "業者",
    "研修",
    "当直",
    "応援",
    "臨時",
    "短期",
    "任期",
    "実習",
    "学生",
    "医師会",
    "外部",
    "非雇用",
    "vendor",
    "contractor",
    "temp",
    "intern",
    "trainee",
    "student",
    "external",
    "nonemployee",
];

impl PerAccount<0> for NoEnd {
    const THRESHOLDS: [&'static str; 0] = [];

    fn judge(&self, account: &AccountView<'_>, []: [i32; 0]) -> Verdict {
        let vendors = account.flag(Flag::Vendor).is_yes();
        if account.is_nobodys() && !vendors {
            return Verdict::NotAsked;
        }
        if account.enabled() != Some(true) {
            return Verdict::Pass;
        }
        let class = if vendors { Some(Flag::Vendor.word()) } else { account.class() };
        // Whoever is employed for good needs no end, so none is asked for.
        match class.and_then(temporary) {
            Some(word) if account.expires() == Some(End::Never) => {
                Verdict::Finding(Found::new("end-date").detail(word))
            }
            _ => Verdict::Pass,
        }
    }
}

/// The word of our list that the class holds.
fn temporary(class: &str) -> Option<&'static str> {
    let class = class.to_lowercase();
    TEMPORARY.iter().copied().find(|word| class.contains(word))
}

#[cfg(test)]
mod tests {
    use super::temporary;

    #[test]
    fn classes_that_end_by_themselves() {
        assert_eq!(temporary("派遣職員"), Some("派遣"));
        assert_eq!(temporary("初期研修医"), Some("研修"));
        assert_eq!(temporary("Contractor"), Some("contractor"));
        for lasting in ["常勤", "非常勤", "嘱託", "正職員", ""] {
            assert_eq!(temporary(lasting), None, "{lasting}");
        }
    }
}
