//! Accounts of single Windows PCs and servers, and what `net` and `secedit` say about them.

mod group_member;
mod net;
mod policy;
mod secedit;
mod session;
mod user;

pub use group_member::GroupMember;
pub use net::Net;
pub use secedit::Secedit;

use crate::ingest::source::Source;
use crate::ingest::windows::is_everybody;
use crate::model::account::Draft;
use crate::model::device::Topic;
use crate::model::file::{FileId, Origin, Problem, Weight};
use crate::model::inventory::Inventory;
use crate::model::site::SystemKind;

/// Largest file: a list of the accounts of one machine.
const LIMIT: usize = 64 << 20;

/// Whose accounts a file lists.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Place {
    kind: SystemKind,
    name: String,
    /// True where nothing but the file's own name says whose it is.
    provisional: bool,
}

impl Place {
    /// As far as the path tells: exports below `ad` are a domain's, others one machine's.
    fn of(source: &Source<'_>) -> Self {
        let (name, provisional) = source.host();
        if source.path.starts_with("ad/") {
            return Self {
                kind: SystemKind::Directory,
                name: source.dateless_stem(),
                provisional: true,
            };
        }
        Self { kind: SystemKind::Host, name, provisional }
    }

    /// The machine that a heading names.
    fn host(name: &str) -> Self {
        Self { kind: SystemKind::Host, name: name.to_owned(), provisional: false }
    }

    /// The domain that a heading names.
    fn domain(name: &str) -> Self {
        Self { kind: SystemKind::Directory, name: name.to_lowercase(), provisional: false }
    }

    fn system(&self, inventory: &mut Inventory) -> u16 {
        inventory.system(self.kind, &self.name, self.provisional)
    }

    /// Notes a member of the administrators that is no account of this machine: nothing is kept of
    /// it, unless everybody is in it.
    fn note_member(&self, name: &str, group: &str, line: u32, inventory: &mut Inventory) {
        if group == ADMINISTRATORS && is_everybody(name) {
            let system = self.system(inventory);
            let short = name.rsplit('\\').next().unwrap_or(name);
            inventory.push_fact(system, Topic::LocalAdministrators, short, at(line));
        }
        inventory.rows.skip();
    }

    /// Adds an account and counts its record.
    fn push(&self, draft: &Draft<'_>, inventory: &mut Inventory) {
        let system = self.system(inventory);
        inventory.push_account(system, draft);
        inventory.rows.take();
    }
}

const fn at(line: u32) -> Origin {
    Origin { file: FileId(0), line }
}

/// Refuses a line; only its length is told.
fn refuse(inventory: &mut Inventory, code: &'static str, line: u32, text: &str) {
    let problem = Problem::new(at(line), Weight::Row, code);
    inventory.refuse(problem.detail(format!("{} characters", text.chars().count())));
}

/// The group that makes a local administrator; Japanese Windows calls it so too.
const ADMINISTRATORS: &str = "Administrators";
