//! MFA-06: somebody logs in from outside, or administers a device, without a second factor.

use crate::audit::account::{PerAccount, Verdict};
use crate::audit::missing::Missing;
use crate::audit::sink::Found;
use crate::audit::site::Class;
use crate::audit::view::AccountView;
use crate::model::account::Flag;
use crate::model::site::SystemKind;
use crate::model::tri::Tri;

/// The check.
pub(crate) struct RemoteWithoutFactor;

impl PerAccount<0> for RemoteWithoutFactor {
    const ABOUT: Class = Class::ACCOUNT;
    const THRESHOLDS: [&'static str; 0] = [];

    fn judge(&self, account: &AccountView<'_>, []: [i32; 0]) -> Verdict {
        let concern = concern(account);
        if concern == Concern::None {
            return Verdict::NotAsked;
        }
        if account.enabled() == Some(false) || account.second_factor() != Some(false) {
            return Verdict::Pass;
        }
        match concern {
            Concern::Remote => Verdict::Finding(Found::new("second-factor").detail("remote")),
            Concern::Administrator => {
                Verdict::Finding(Found::new("second-factor").detail("administrator"))
            }
            Concern::Unknown | Concern::None => {
                account.lacks::<()>(Missing::flag(Flag::Remote));
                Verdict::Pass
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Concern {
    Remote,
    Administrator,
    Unknown,
    None,
}

fn concern(account: &AccountView<'_>) -> Concern {
    let device = account.system.kind == SystemKind::Device;
    let remote = match account.flag(Flag::Remote) {
        Tri::Unknown => account.system.remote,
        known => known,
    };
    match (remote, account.privileged_if_known()) {
        (Tri::Yes, _) => Concern::Remote,
        (_, Tri::Yes) if device => Concern::Administrator,
        // Of other systems nobody exports who comes from outside: only a yes is asked about.
        (Tri::Unknown, Tri::Unknown) if device => Concern::Unknown,
        _ => Concern::None,
    }
}
