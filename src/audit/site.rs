//! What is worked out once per site before any account is judged.

use crate::audit::held::{self, HeldOf};
use crate::audit::in_force::{self, InForce};
use crate::audit::people::{People, day};
use crate::audit::privilege::Privileged;
use crate::model::account::Flag;
use crate::model::column::Column;
use crate::model::credential::{Kind, State};
use crate::model::day::Day;
use crate::model::evidence::Evidence;
use crate::model::inventory::Inventory;
use crate::model::person::PersonId;
use crate::model::site::{System, SystemKind};
use crate::model::tri::Tri;
use crate::text::name::login_key;
use rayon::prelude::*;
use std::sync::OnceLock;

/// Rows that one task looks at.
pub(crate) const CHUNK: u32 = 1 << 14;

/// What the rows of one system have in common.
#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says of one column whether it was exported"
)]
pub(crate) struct SystemFacts {
    /// Kind.
    pub(crate) kind: SystemKind,
    /// A directory of a cloud: no security identifiers, no logon stamps of its own.
    pub(crate) cloud: bool,
    /// Whether its remote users log in from outside.
    pub(crate) remote: Tri,
    /// Accounts, absorbed rows left out.
    pub(crate) accounts: u32,
    /// Rows that log in, built-in ones included.
    pub(crate) logins: u32,
    /// A row whose file speaks for the system.
    pub(crate) first: Option<u32>,
    /// Somebody has a day of last use: the column is filled.
    pub(crate) used: bool,
    /// Somebody is in a group: groups were exported.
    pub(crate) grouped: bool,
    /// Somebody has a role: roles were exported.
    pub(crate) roled: bool,
    /// Somebody's registered factor is known to be usable or not.
    pub(crate) capable: bool,
    /// Somebody has a mail address: addresses were exported.
    pub(crate) mailed: bool,
    /// Somebody has a relative id: accounts of Windows.
    pub(crate) windows: bool,
    /// Somebody's login is a mail address, as in cloud directories.
    pub(crate) addressed: bool,
    /// Somebody's second factor is known to be asked for by this site or by another.
    pub(crate) sourced: bool,
    /// Accounts that an MFA export brought.
    pub(crate) from_mfa: u32,
    /// Somebody has a stored secret.
    pub(crate) secrets: bool,
    /// Somebody is tied to a person.
    pub(crate) linked: bool,
}

impl SystemFacts {
    /// True for a directory of Windows, as far as anything shows. Cloud directories know neither
    /// relative ids nor Kerberos.
    pub(crate) fn is_active_directory(&self) -> bool {
        self.kind == SystemKind::Directory && (self.windows || !self.addressed)
    }

    fn add(&mut self, other: &Self) {
        self.accounts += other.accounts;
        self.first = match (self.first, other.first) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        self.used |= other.used;
        self.grouped |= other.grouped;
        self.roled |= other.roled;
        self.capable |= other.capable;
        self.mailed |= other.mailed;
        self.windows |= other.windows;
        self.addressed |= other.addressed;
        self.sourced |= other.sourced;
        self.from_mfa += other.from_mfa;
        self.linked |= other.linked;
    }
}

/// What the stored secrets of an account allow, as bits.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(crate) struct Secrets(u8);

impl Secrets {
    /// A current login secret that words can be tried on.
    pub(crate) const TRIABLE: u8 = 1;
    /// A masked or replaced one.
    pub(crate) const MASKED: u8 = 2;
    /// One that opens only with a key from elsewhere.
    pub(crate) const KEYED: u8 = 4;
    /// One of an unknown scheme.
    pub(crate) const UNKNOWN: u8 = 8;
    /// Somebody logs in with it.
    pub(crate) const LOGIN: u8 = 16;
    /// Any secret at all.
    pub(crate) const ANY: u8 = 32;

    /// True where one of the bits is set.
    pub(crate) const fn any(self, bits: u8) -> bool {
        self.0 & bits != 0
    }
}

/// What a row stands for, as bits.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(crate) struct Class(u8);

impl Class {
    /// Anything that was not merged into another row.
    pub(crate) const ROW: Self = Self(1);
    /// Anything that logs in: not a computer, a managed service account, a tombstone or a bare
    /// secret of a device (an enable secret, a shared key).
    pub(crate) const ACCOUNT: Self = Self(3);
    /// What rules about people judge: no built-in account either.
    pub(crate) const PERSONS: Self = Self(7);

    /// True where the row is at least `wanted`.
    pub(crate) const fn is(self, wanted: Self) -> bool {
        self.0 & wanted.0 == wanted.0
    }
}

/// A site with what was worked out about it.
pub(crate) struct SiteFacts<'a> {
    /// Position in the run.
    pub(crate) index: usize,
    /// Its exports.
    pub(crate) inventory: &'a Inventory,
    /// The day that judges.
    pub(crate) as_of: Day,
    /// By system.
    pub(crate) systems: Vec<SystemFacts>,
    /// People of the run.
    pub(crate) people: &'a People<'a>,
    /// True where a roster covers the site.
    pub(crate) rostered: bool,
    /// True where the roster has a column of employment that says something of anybody.
    pub(crate) states_employment: bool,
    /// By system: what the stored secrets allow.
    pub(crate) held: Vec<HeldOf>,
    privileged: Privileged,
    privilege: Column<u8>,
    secrets: Column<Secrets>,
    classes: Vec<Class>,
    break_glass: Vec<String>,
    policies: OnceLock<Vec<InForce>>,
}

impl<'a> SiteFacts<'a> {
    /// Works a site out.
    pub(crate) fn new(
        index: usize,
        inventory: &'a Inventory,
        people: &'a People<'a>,
        evidence: &Evidence,
        as_of: Day,
    ) -> Self {
        let break_glass = &inventory.site.break_glass;
        let mut site = Self {
            index,
            inventory,
            as_of,
            systems: systems(inventory),
            people,
            rostered: people.rostered(index),
            states_employment: people.states_employment(index),
            held: Vec::new(),
            privileged: Privileged::of(&inventory.names),
            privilege: Column::new(0),
            secrets: Column::new(Secrets::default()),
            classes: Vec::new(),
            policies: OnceLock::new(),
            break_glass: break_glass.iter().map(|login| login_key(login).into_owned()).collect(),
        };
        site.add_secrets(evidence);
        let rows = (0..inventory.accounts.len()).into_par_iter();
        site.classes = rows.with_min_len(CHUNK as usize).map(|row| site.classify(row)).collect();
        for row in 0..inventory.accounts.len() {
            if site.class(row).is(Class::ACCOUNT) {
                site.systems[inventory.accounts.system.get(row) as usize].logins += 1;
            }
        }
        site.held = held::of(&site);
        site
    }

    fn classify(&self, row: u32) -> Class {
        let accounts = &self.inventory.accounts;
        let flags = accounts.flags.get(row);
        let any = |list: &[Flag]| list.iter().any(|&flag| flags.get(flag).is_yes());
        if any(&[Flag::Absorbed]) {
            return Class::default();
        }
        let secrets = self.secrets.get(row);
        let bare = secrets.any(Secrets::ANY) && !secrets.any(Secrets::LOGIN);
        let nameless = accounts.login.get(row).is_empty();
        let local = matches!(self.system_of(row).kind, SystemKind::Device | SystemKind::Host);
        if nameless || (bare && local) || any(&[Flag::Machine, Flag::Managed, Flag::Tombstone]) {
            return Class::ROW;
        }
        // The column holds the relative id plus one: 500 to 503 and krbtgt among them.
        let built_in = (501..=504).contains(&accounts.rid.get(row)) || any(&[Flag::BuiltIn]);
        if built_in { Class::ACCOUNT } else { Class::PERSONS }
    }

    /// What a row stands for.
    pub(crate) fn class(&self, row: u32) -> Class {
        self.classes[row as usize]
    }

    fn add_secrets(&mut self, evidence: &Evidence) {
        let recognised = evidence.recognised.get(self.index);
        for (i, credential) in self.inventory.credentials.iter().enumerate() {
            let row = credential.account;
            if credential.privilege > self.privilege.get(row) {
                self.privilege.set(row, credential.privilege);
            }
            if credential.depth > 0 {
                continue;
            }
            let state =
                recognised.and_then(|list| list.get(i)).map_or(credential.state, |r| r.state);
            let bits = self.secrets.get(row).0 | bits(credential.kind, state);
            self.secrets.set(row, Secrets(bits));
            self.systems[self.inventory.accounts.system.get(row) as usize].secrets = true;
        }
    }

    /// Password policies of the site with the accounts that each governs, by system and name.
    /// Worked out when the first rule asks.
    pub(crate) fn policies(&self) -> &[InForce] {
        self.policies.get_or_init(|| in_force::of(self))
    }

    /// Facts of the system of a row.
    pub(crate) fn system_of(&self, row: u32) -> &SystemFacts {
        &self.systems[self.inventory.accounts.system.get(row) as usize]
    }

    /// What the secrets of an account allow.
    pub(crate) fn secrets(&self, row: u32) -> Secrets {
        self.secrets.get(row)
    }

    /// Whether an account administers its system.
    pub(crate) fn privileged(&self, row: u32) -> Tri {
        let accounts = &self.inventory.accounts;
        let flag = accounts.flag(row, Flag::Privileged);
        let privilege = self.privilege.get(row);
        if flag.is_yes()
            || privilege == 15
            || self.privileged.group(accounts.groups.get(row))
            || self.privileged.role(accounts.role.get(row))
        {
            return Tri::Yes;
        }
        let system = self.system_of(row);
        let exported = system.grouped || system.roled || privilege > 0;
        if exported { Tri::No } else { flag }
    }

    /// True for an account that belongs to no single person by its own marks.
    pub(crate) fn nobodys(&self, row: u32) -> bool {
        let flags = self.inventory.accounts.flags.get(row);
        [Flag::Shared, Flag::Service, Flag::Vendor, Flag::HasSpn, Flag::BreakGlass]
            .iter()
            .any(|&f| flags.get(f).is_yes())
            || self.break_glass(row)
    }

    /// True where site.toml names sealed accounts.
    pub(crate) fn declares_break_glass(&self) -> bool {
        !self.break_glass.is_empty()
    }

    /// True for a login that site.toml or a register declares as break-glass.
    pub(crate) fn break_glass(&self, row: u32) -> bool {
        let accounts = &self.inventory.accounts;
        accounts.flag(row, Flag::BreakGlass).is_yes()
            || (!self.break_glass.is_empty() && {
                let login = login_key(self.inventory.text.get(accounts.login.get(row)));
                self.break_glass.iter().any(|declared| *declared == login)
            })
    }
}

fn bits(kind: Kind, state: State) -> u8 {
    if !matches!(kind, Kind::Login | Kind::Enable | Kind::Line) {
        return Secrets::ANY;
    }
    let login = if kind == Kind::Login { Secrets::LOGIN } else { 0 };
    Secrets::ANY
        | login
        | match state {
            State::Plain | State::Reversible | State::Hash | State::NoPassword | State::Locked => {
                Secrets::TRIABLE
            }
            State::ReversibleKeyed => Secrets::KEYED,
            State::Masked | State::Placeholder => Secrets::MASKED,
            State::Unknown => Secrets::UNKNOWN,
        }
}

fn systems(inventory: &Inventory) -> Vec<SystemFacts> {
    let blank: Vec<_> = inventory
        .systems
        .iter()
        .map(|system| SystemFacts {
            kind: system.kind,
            cloud: is_cloud(inventory, system),
            remote: system.remote,
            accounts: 0,
            logins: 0,
            first: None,
            used: false,
            grouped: false,
            roled: false,
            capable: false,
            mailed: false,
            windows: false,
            addressed: false,
            sourced: false,
            from_mfa: 0,
            secrets: false,
            linked: false,
        })
        .collect();
    let mfa: Vec<_> = inventory.files.iter().map(|file| in_mfa_folder(&file.path)).collect();
    let rows = inventory.accounts.len();
    (0..rows.div_ceil(CHUNK))
        .into_par_iter()
        .fold(
            || blank.clone(),
            |mut systems, chunk| {
                for row in chunk * CHUNK..rows.min((chunk + 1) * CHUNK) {
                    add_row(&mut systems, inventory, &mfa, row);
                }
                systems
            },
        )
        .reduce(
            || blank.clone(),
            |mut a, b| {
                a.iter_mut().zip(&b).for_each(|(a, b)| a.add(b));
                a
            },
        )
}

/// Readers of a cloud's exports name its system after it, or its product.
fn is_cloud(inventory: &Inventory, system: &System) -> bool {
    const CLOUDS: [&str; 4] = ["entra", "okta", "duo", "google workspace"];
    let names = [inventory.names.get(system.name), inventory.names.get(system.product)];
    system.kind == SystemKind::Directory && names.iter().any(|name| CLOUDS.contains(name))
}

fn add_row(systems: &mut [SystemFacts], inventory: &Inventory, mfa: &[bool], row: u32) {
    let accounts = &inventory.accounts;
    let flags = accounts.flags.get(row);
    if flags.get(Flag::Absorbed).is_yes() {
        return;
    }
    let system = &mut systems[accounts.system.get(row) as usize];
    system.accounts += 1;
    system.first = Some(system.first.map_or(row, |first| first.min(row)));
    system.used |= day(accounts.last_use.get(row)).is_some();
    system.grouped |= !accounts.groups.get(row).is_empty();
    system.roled |= !accounts.role.get(row).is_empty();
    system.linked |= accounts.person.get(row) != PersonId::NONE;
    system.capable |= flags.get(Flag::MfaCapable) != Tri::Unknown;
    system.mailed |= !accounts.mail.get(row).is_empty();
    let numbered = accounts.rid.get(row) > 0;
    system.windows |= numbered;
    system.addressed |= !numbered && inventory.text.get(accounts.login.get(row)).contains('@');
    system.sourced |= flags.get(Flag::MfaDeclared) != Tri::Unknown;
    let file = accounts.origin.get(row).file.0 as usize;
    system.from_mfa += u32::from(mfa.get(file).copied().unwrap_or(false));
}

fn in_mfa_folder(path: &str) -> bool {
    path.starts_with("mfa/") || path.contains("/mfa/")
}
