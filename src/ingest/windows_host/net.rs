//! `net user`, `net localgroup`, `net group`, `net accounts`, one after another in one file.

use super::policy::Accounts;
use super::session::{Line, is_remark, labelled, line, names};
use super::user::User;
use super::{ADMINISTRATORS, LIMIT, Place, at, refuse};
use crate::ingest::framing::blocks::undecodable;
use crate::ingest::source::{Probe, Source};
use crate::ingest::table::order_in;
use crate::ingest::windows::{is_everybody, is_privileged_name};
use crate::ingest::{Claim, FileError, Reader, windows};
use crate::model::account::{Draft, Flag, Flags};
use crate::model::file::{Problem, Weight};
use crate::model::inventory::Inventory;
use crate::model::site::SystemKind;
use crate::model::tri::Tri;
use crate::rules::RuleSet;
use crate::text::date::FieldOrder;

/// Reader of what the `net` command prints.
pub struct Net;

impl Reader for Net {
    fn name(&self) -> &'static str {
        "net-command"
    }

    fn claim(&self, probe: &Probe<'_>) -> Option<Claim> {
        let text = probe.text.trim_start_matches('\u{feff}');
        let reason = text.lines().take(200).find_map(|text| match line(text) {
            Line::Accounts(_) => Some("heading of net user"),
            Line::Group(_) => Some("heading of net localgroup"),
            Line::User(_) => Some("labels of net user"),
            Line::Text(text) if Accounts::knows(text) => Some("labels of net accounts"),
            _ => None,
        })?;
        Some(Claim { score: 93, reason })
    }

    fn read(
        &self,
        source: &mut Source<'_>,
        _rules: &RuleSet,
        inventory: &mut Inventory,
    ) -> Result<(), FileError> {
        let (place, damage) = (Place::of(source), undecodable(source.encoding));
        let text = source.text(LIMIT)?;
        let order = order_in(&text);
        let mut walk =
            Walk { place, order, damage, section: Section::None, begun: 0, open: false, inventory };
        for (index, text) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            walk.take(index as u32 + 1, text);
        }
        walk.end(true);
        Ok(())
    }
}

/// What the lines belong to.
enum Section {
    None,
    List,
    Group(String),
    User(Box<User>),
    Policy(Accounts),
}

struct Walk<'i> {
    place: Place,
    order: Option<FieldOrder>,
    damage: &'static str,
    section: Section,
    /// Line on which the section began.
    begun: u32,
    /// True from the heading of a list to the tool's last word: a list without it may be cut.
    open: bool,
    inventory: &'i mut Inventory,
}

impl Walk<'_> {
    fn take(&mut self, number: u32, text: &str) {
        if text.contains('\u{fffd}') {
            return refuse(self.inventory, self.damage, number, text);
        }
        match line(text) {
            Line::Passed => {}
            Line::Done => {
                self.open = false;
                self.end(false);
            }
            Line::Accounts(host) => {
                self.begin(Section::List, number);
                if self.place.kind == SystemKind::Host {
                    self.place = Place::host(host);
                }
            }
            Line::Domain(domain) => {
                self.end(false);
                self.place = Place::domain(domain);
            }
            Line::Group(group) => self.begin(Section::Group(group.to_owned()), number),
            Line::User(login) => {
                self.begin(Section::User(Box::new(User::new(login, number))), number);
            }
            Line::Text(text) => self.text(number, text),
        }
    }

    fn begin(&mut self, section: Section, line: u32) {
        self.end(false);
        self.open = true;
        (self.section, self.begun) = (section, line);
    }

    fn text(&mut self, number: u32, text: &str) {
        if Accounts::knows(text) && !matches!(self.section, Section::Policy(_)) {
            self.begin(Section::Policy(Accounts::default()), number);
        }
        match &mut self.section {
            Section::None | Section::List | Section::Group(_) if is_remark(text) => {}
            Section::None => refuse(self.inventory, "unknown-line", number, text),
            Section::User(user) => user.line(text),
            Section::Policy(policy) => policy.line(text),
            Section::List => {
                for name in names(text) {
                    self.account(number, name, "");
                }
            }
            Section::Group(group) => {
                let group = group.clone();
                for name in names(text) {
                    self.member(number, name, &group);
                }
            }
        }
    }

    fn account(&mut self, number: u32, login: &str, group: &str) {
        let mut flags = Flags::default();
        windows::built_in_of_host(login, &mut flags);
        flags.set(Flag::Machine, Tri::from(login.ends_with('$')));
        if !group.is_empty() && is_privileged_name(group) {
            flags.set(Flag::Privileged, Tri::Yes);
        }
        let draft = Draft { login, groups: group, flags, origin: at(number), ..Draft::default() };
        self.place.push(&draft, self.inventory);
    }

    /// A member that belongs to a domain is no account of this machine.
    fn member(&mut self, number: u32, name: &str, group: &str) {
        match name.rsplit_once('\\') {
            Some((owner, login)) if owner.eq_ignore_ascii_case(&self.place.name) => {
                self.account(number, login, group);
            }
            None if !is_everybody(name) => self.account(number, name, group),
            _ => self.place.note_member(name, group, number, self.inventory),
        }
    }

    /// Closes the section. `last` says that the file is over.
    fn end(&mut self, last: bool) {
        let listed = matches!(self.section, Section::List | Section::Group(_));
        match std::mem::replace(&mut self.section, Section::None) {
            Section::User(user) => self.user(&user),
            Section::Policy(policy) => {
                let system = self.place.system(self.inventory);
                self.inventory.password_policies.push(policy.into_policy(system, at(self.begun)));
                self.inventory.rows.take();
            }
            Section::Group(group) if !self.open && group == ADMINISTRATORS => {
                let system = self.place.system(self.inventory);
                self.inventory.admins_listed.push(system);
            }
            _ => {}
        }
        if listed && self.open && last {
            let problem = Problem::new(at(self.begun), Weight::File, "truncated");
            self.inventory.problems.push(problem);
        }
    }

    fn user(&mut self, user: &User) {
        if user.is_of_domain() && self.place.kind == SystemKind::Host && self.place.provisional {
            self.place.kind = SystemKind::Directory;
        }
        match user.draft(self.order) {
            Ok(draft) => self.place.push(&draft, self.inventory),
            Err((code, label)) => {
                let problem = Problem::new(at(self.begun), Weight::Row, code);
                self.inventory.refuse(problem.column(label));
            }
        }
    }
}

/// The value of a property line.
pub(super) fn property<'a>(text: &'a str, labels: &[&str]) -> Option<&'a str> {
    labelled(text, labels)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::merge;
    use crate::ingest::testing::{claim, login, read};
    use crate::model::day::{Day, Stamp, When};

    const LIST: &str = "\n\\\\PC01 のユーザー アカウント\n\n\
        -------------------------------------------------------------------------------\n\
        Administrator            DefaultAccount           Guest                    \n\
        3階病棟                  \n\
        コマンドは正常に終了しました。\n\n";

    const ADMINS: &str = "エイリアス名     Administrators\n\
        コメント         コンピューター/ドメインに完全なアクセス権があります。\n\nメンバー\n\n\
        -------------------------------------------------------------------------------\n\
        Administrator\nCORP\\Domain Admins\n3階病棟\nコマンドは正常に終了しました。\n\n";

    fn on(y: i32, m: u32, d: u32) -> Stamp {
        When::On(Day::from_ymd(y, m, d).unwrap()).into()
    }

    #[test]
    fn lists_and_administrators_of_a_pc() {
        let mut part = read(&Net, "host/net.txt", format!("{LIST}{ADMINS}").as_bytes());
        assert_eq!((part.system_name(0), part.systems[0].kind), ("PC01", SystemKind::Host));
        assert_eq!((part.rows.read, part.rows.ok, part.rows.skipped), (7, 6, 1));
        merge::join(&mut part);
        let rows: Vec<u32> = part.accounts.rows().collect();
        let admin = |row: &u32| (login(&part, *row), part.accounts.flag(*row, Flag::Privileged));
        assert_eq!(
            rows.iter().map(admin).collect::<Vec<_>>(),
            [
                ("Administrator", Tri::Yes),
                ("DefaultAccount", Tri::No),
                ("Guest", Tri::No),
                ("3階病棟", Tri::Yes)
            ]
        );
    }

    #[test]
    fn a_list_without_its_last_line_is_cut() {
        let cut = &ADMINS[..ADMINS.find("3階病棟").unwrap()];
        let part = read(&Net, "host/PC02/net.txt", cut.as_bytes());
        assert_eq!(part.problems[0].code, "truncated");
        assert!(part.admins_listed.is_empty());
        assert_eq!(part.system_name(0), "PC02");
    }

    #[test]
    fn one_user_in_english_with_its_order_of_dates() {
        let text = "User name                    k.ito\nFull Name                    Ito\n\
            Comment                      PW: x\nAccount active               Locked\n\
            Account expires              Never\n\nPassword last set            3/28/2026 9:05:03 AM\n\
            Password expires             Never\nPassword required            No\n\
            Last logon                   4/1/2026 9:05:03 AM\n\n\
            Local Group Memberships      *Administrators       *Users                \n\
            Global Group memberships     *None                 \nThe command completed successfully.\n";
        let part = read(&Net, "host/PC03/user.txt", text.as_bytes());
        let accounts = &part.accounts;
        assert_eq!(
            (accounts.password_set.get(0), accounts.last_use.get(0)),
            (on(2026, 3, 28), on(2026, 4, 1))
        );
        assert_eq!(accounts.expires.get(0), Stamp::NEVER);
        let yes = [
            Flag::Privileged,
            Flag::NotedSecret,
            Flag::PasswordNeverExpires,
            Flag::PasswordNotRequired,
            Flag::Locked,
        ];
        assert!(yes.iter().all(|flag| accounts.flag(0, *flag).is_yes()));
        assert_eq!(part.names.get(accounts.groups.get(0)), "Administrators\nUsers");
        let undecided = text.replace("3/28", "3/2");
        let part = read(&Net, "host/PC03/user.txt", undecided.as_bytes());
        assert_eq!(part.problems[0].code, "ambiguous-date");
    }

    #[test]
    fn the_policy_of_a_pc() {
        let text = "Force user logoff how long after time expires?:       Never\n\
            Minimum password age (days):                          0\n\
            Maximum password age (days):                          Unlimited\n\
            Minimum password length:                              7\n\
            Length of password history maintained:                None\n\
            Lockout threshold:                                    10\n\
            Lockout duration (minutes):                           30\n\
            Lockout observation window (minutes):                 15\n\
            Computer role:                                        WORKSTATION\n\
            The command completed successfully.\n";
        let part = read(&Net, "host/PC04_netaccounts.txt", text.as_bytes());
        assert_eq!(part.system_name(0), "PC04");
        let policy = part.password_policies[0];
        assert_eq!(
            (policy.min_length, policy.history, policy.max_age_days),
            (Some(7), Some(0), Some(0))
        );
        assert_eq!(
            (policy.lockout_threshold, policy.lockout_minutes, policy.lockout_window),
            (Some(10), Some(30), Some(15))
        );
    }

    #[test]
    fn claims_are_made_by_content() {
        assert_eq!(claim(&Net, "x/a", LIST), 93);
        assert_eq!(claim(&Net, "x/a", ADMINS), 93);
        assert_eq!(claim(&Net, "x/a", "username admin\n"), 0);
    }
}
