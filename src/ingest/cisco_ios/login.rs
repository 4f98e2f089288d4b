//! Who logs in: `username`, `enable`, and users of IOS-XR with statements of their own.

use super::statement::Outcome;
use super::value::{Reach, Value, value, word};
use super::{Config, rules::fit};
use crate::ingest::device::{Device, Secret};
use crate::model::account::Flag;
use crate::model::credential::{Kind, State};
use crate::model::tri::Tri;

/// Roles and groups that may change everything.
const ADMIN_ROLES: [&str; 6] =
    ["network-admin", "vdc-admin", "root-lr", "root-system", "cisco-support", "admin"];

/// What a `username` line says so far.
#[derive(Default)]
struct User<'a> {
    privilege: Option<u8>,
    admin: bool,
    secrets: Vec<Value<'a>>,
    damaged: Option<Outcome>,
}

impl Config<'_> {
    /// `username U [privilege N] [role R] {secret|password} [T] V`, in any order.
    pub(super) fn username(&mut self, rest: &str, number: u32) -> Outcome {
        let Some((login, mut rest)) = word(rest) else { return Outcome::Nothing };
        let mut user = User::default();
        while let Some((option, behind)) = word(rest) {
            rest = match option {
                // Ageing, not a secret.
                "passphrase" => return Outcome::Nothing,
                "nopassword" => {
                    let open = Value { text: "", scheme: "", state: State::NoPassword };
                    user.secrets.push(open);
                    behind
                }
                "secret" | "password" => user.secret(behind),
                _ => user.option(option, behind),
            };
        }
        let login = login.trim_matches('"');
        let row = self.device.account(self.inventory, login, number);
        self.privileged(row, user.admin || user.privilege == Some(15));
        let privilege = user.privilege.unwrap_or(if user.admin { 15 } else { 1 });
        for found in &user.secrets {
            self.login_secret(row, Kind::Login, privilege, *found, number);
        }
        user.damaged.unwrap_or(Outcome::Taken)
    }

    /// `enable {secret|password} [level N] [T] V`
    pub(super) fn enable(&mut self, rest: &str, number: u32) -> Outcome {
        let (kind, mut rest) = word(rest).unwrap_or_default();
        if !matches!(kind, "secret" | "password") {
            return Outcome::Nothing;
        }
        let mut privilege = 15;
        if let Some((behind, level)) = fit(rest, "level @") {
            privilege = level.parse().unwrap_or(15);
            rest = behind;
        }
        let found = match value(rest, Reach::Line) {
            None => return Outcome::Nothing,
            Some((Err(misfit), _)) => return misfit.into(),
            Some((Ok(found), _)) => found,
        };
        let row = self.device.account(self.inventory, "enable", number);
        self.inventory.accounts.set_flag(row, Flag::BuiltIn, Tri::Yes);
        self.privileged(row, true);
        self.login_secret(row, Kind::Enable, privilege, found, number);
        Outcome::Taken
    }

    /// ` secret 10 $6$...` and ` group root-lr` under `username U`.
    pub(super) fn xr_user(&mut self, line: &str, number: u32) -> Outcome {
        let heading = self.section.heading.clone();
        let Some((_, login)) = fit(&heading, "username @") else { return Outcome::Nothing };
        let row = self.device.account(self.inventory, login, number);
        let (option, rest) = word(line).unwrap_or_default();
        match option {
            "group" => {
                self.privileged(row, ADMIN_ROLES.contains(&rest));
                Outcome::Taken
            }
            "secret" | "password" => match value(rest, Reach::Line) {
                None => Outcome::Nothing,
                Some((Err(misfit), _)) => misfit.into(),
                Some((Ok(found), _)) => {
                    self.device.product(self.inventory, "cisco ios xr");
                    self.login_secret(row, Kind::Login, 0, found, number);
                    Outcome::Taken
                }
            },
            _ => Outcome::Nothing,
        }
    }

    fn login_secret(&mut self, row: u32, kind: Kind, privilege: u8, found: Value<'_>, number: u32) {
        let Value { text, scheme, state } = found;
        let secret = Secret { kind, state, scheme, privilege, principal: "", value: text };
        Device::secret(self.inventory, row, &secret, number);
    }
}

impl<'a> User<'a> {
    /// Reads `[T] V` and returns what follows: a plain password may hold spaces, so it ends only
    /// with the line or with an option that is known to follow it.
    fn secret(&mut self, rest: &'a str) -> &'a str {
        let end = [" role ", " privilege "].iter().filter_map(|o| rest.find(o)).min();
        let (own, options) = rest.split_at(end.unwrap_or(rest.len()));
        let Some((found, behind)) = value(own, Reach::Line) else { return options };
        match found {
            Ok(found) => self.secrets.push(found),
            Err(misfit) => self.damaged = Some(misfit.into()),
        }
        if behind.is_empty() { options } else { behind }
    }

    fn option(&mut self, option: &str, behind: &'a str) -> &'a str {
        let (argument, after) = word(behind).unwrap_or_default();
        match option {
            "privilege" => self.privilege = argument.parse().ok(),
            "role" | "group" => self.admin |= ADMIN_ROLES.contains(&argument.trim_matches('"')),
            "view"
            | "access-class"
            | "algorithm-type"
            | "common-criteria-policy"
            | "sshkey"
            | "user-maxlinks"
            | "callback-dialstring" => {}
            _ => return behind,
        }
        after
    }
}
