//! The credential engine: which stored passwords are equal, empty, own logins, factory defaults or
//! readable elsewhere, without a password ever leaving it.
//!
//! 1. [`scheme`] parses: by the reader's word or an announced prefix, never by guess. What several
//!    schemes share stands in [`family`]; keys that the operator gives come as [`keys::Keys`].
//! 2. `pool` drops masks, null words, tombstones and machines, and keeps each distinct digest once.
//! 3. `search` tries candidates in order of value; unsalted schemes hash each once for everybody.
//! 4. `classes` names the class of every word that was found, `groups` joins what was proven equal.
//!
//! What nobody could compare is counted in `remainder`, never taken for "no reuse".

use crate::model::day::Day;
use crate::model::evidence::{Evidence, Subjects};
use crate::model::inventory::Inventory;
use crate::rules::RuleSet;

pub mod batch;
mod candidates;
mod classes;
pub mod crypt64;
mod defaults;
pub mod family;
mod forms;
mod groups;
pub mod hex;
pub mod keys;
mod md4;
mod opaque;
mod own;
mod pool;
mod recognise;
mod remainder;
pub mod scheme;
mod search;
pub mod stored;
mod table;
pub mod tag;
mod tags;
mod union;
pub mod verify;

pub use forms::MOST_DIGITS as LOGIN_DIGITS;
pub use tag::{TagKey, TagKeyError};

/// Which questions the run's rules ask; what nobody asks is not computed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Needed {
    /// Groups of equal passwords.
    pub reuse: bool,
    /// The account's own login and its likely forms.
    pub login_forms: bool,
    /// Login forms with one to three digits: a thousand words an account, fewer on many accounts.
    pub login_digits: bool,
    /// Factory defaults.
    pub defaults: bool,
    /// Passwords that stand readable somewhere in the run.
    pub estate: bool,
    /// Word lists, and factory defaults as list words.
    pub lists: bool,
    /// All numbers of one to six digits.
    pub digits: bool,
}

impl Needed {
    /// Every question.
    pub const ALL: Self = Self {
        reuse: true,
        login_forms: true,
        login_digits: true,
        defaults: true,
        estate: true,
        lists: true,
        digits: true,
    };
}

/// What the engine works with besides the inventories.
pub struct Options<'a> {
    /// Rules, for their factory defaults.
    pub rules: &'a RuleSet,
    /// Key of the tags; without it they are empty.
    pub key: Option<&'a TagKey>,
    /// Keys of devices, for secrets that they encrypt.
    pub device_keys: &'a keys::Keys,
    /// Whether candidates may cross from one legal entity to another.
    pub cross_entity: bool,
    /// Word lists as files: one word a line, in UTF-8.
    pub wordlists: Vec<Vec<u8>>,
    /// The day that judges: years in login forms end with the next one.
    pub as_of: Day,
    /// Which questions are asked.
    pub needed: Needed,
    /// What shared words may cost on salted secrets, in compressions of MD5 (about 0.1
    /// microseconds). What is beyond stays uncompared and is counted so.
    pub work: u64,
}

impl Options<'_> {
    /// About an hour of one core.
    pub const WORK: u64 = 1 << 35;
}

/// Compares all stored secrets of the run.
///
/// The result is the same for every number of threads.
pub fn prove(sites: &[Inventory], subjects: &Subjects, options: &Options<'_>) -> Evidence {
    let scopes = pool::scopes(sites, options.cross_entity);
    let mut pool = pool::Pool::collect(sites, subjects, &scopes, options.device_keys);
    let matched = defaults::Matched::of(sites, &options.rules.defaults);
    let suffixes = forms::Suffixes::as_of(options.as_of.ymd().0);
    let mut search = search::Search::new(&mut pool, &matched, &suffixes, options);
    search.run(sites);
    let tried = search.finish();
    let classes = classes::classify(&pool, sites, &matched, &suffixes, options);
    let tags = tags::Tags { pool: &pool, key: options.key };
    let groups =
        if options.needed.reuse { groups::build(&pool, &classes, &tags) } else { Vec::new() };
    Evidence {
        hits: classes.hits(&pool),
        incomparable: remainder::count(&pool, &tried),
        login_digits: tried.login_digits,
        tags: tags.of_sites(sites.len(), &groups),
        groups,
        recognised: pool.recognised,
    }
}

#[cfg(test)]
mod tests;
