//! The credential engine: which stored passwords are equal, empty, own logins, factory defaults or
//! readable elsewhere, without a password ever leaving it.
//!
//! 1. [`scheme`] parses: by the reader's word or an announced prefix, never by guess. What several
//!    schemes share stands in [`family`]; keys that the operator gives come as [`keys::Keys`].
//! 2. `pool` drops masks, null words, tombstones and machines, and keeps each distinct digest once.
//! 3. `search` tries candidates in order of value; unsalted schemes hash each once for everybody,
//!    salted ones get pairs, cheap ones first (`salted`), as far as `plan` lets them.
//! 4. `classes` names the class of every word that was found, `groups` joins what was proven equal.
//!
//! What nobody could compare is counted in `remainder`, never taken for "no reuse".

use crate::model::breach::{Corpus, CorpusError};
use crate::model::day::Day;
use crate::model::evidence::{Evidence, Subjects};
use crate::model::inventory::Inventory;
use crate::rules::RuleSet;

pub mod batch;
mod breached;
mod cached;
mod candidates;
mod classes;
mod computers;
mod constants;
mod context;
pub mod crypt64;
mod defaults;
pub mod digests;
mod facility;
pub mod family;
mod filter;
mod forms;
mod groups;
pub mod hex;
mod history;
pub mod keys;
mod listed;
mod lists;
pub mod mask;
mod offer;
mod opaque;
mod own;
mod personal;
mod plan;
mod pool;
mod ranks;
mod recognise;
mod remainder;
mod salted;
pub mod scheme;
mod search;
pub mod stored;
mod strength;
mod table;
pub mod tag;
mod tags;
mod union;
pub mod verify;
pub mod watch;

pub use forms::MOST_DIGITS as LOGIN_DIGITS;
pub use tag::{TagKey, TagKeyError};

/// Which questions the run's rules ask; what nobody asks is not computed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Needed {
    /// Groups of equal passwords.
    pub reuse: bool,
    /// Which secrets a word opens, beyond what groups need of it.
    pub hits: bool,
    /// The account's own login and its likely forms.
    pub login_forms: bool,
    /// Login forms with one to three digits: a thousand words an account, fewer on many accounts.
    pub login_digits: bool,
    /// Factory defaults.
    pub defaults: bool,
    /// Passwords that stand readable somewhere in the run.
    pub estate: bool,
    /// Words that the operator did not give: the empty one, and lists of our own. Without them every
    /// secret that no given word opens has words left to try.
    pub ours: bool,
    /// Word lists, and factory defaults as list words.
    pub lists: bool,
    /// Words of lists with digits, marks and look-alike letters.
    pub roots: bool,
    /// Names of people, departments, facilities and devices.
    pub names: bool,
    /// All numbers of one to six digits.
    pub digits: bool,
    /// Previous passwords.
    pub history: bool,
    /// Computers that still have the password they were made with.
    pub computers: bool,
    /// Strength of passwords in the open.
    pub ratings: bool,
}

impl Needed {
    /// No question: secrets are recognised and not compared.
    pub const NONE: Self = Self {
        reuse: false,
        hits: false,
        login_forms: false,
        login_digits: false,
        defaults: false,
        estate: false,
        ours: true,
        lists: false,
        roots: false,
        names: false,
        digits: false,
        history: false,
        computers: false,
        ratings: false,
    };
    /// Whether an account's own words are tried on its secret.
    const fn own_words(self) -> bool {
        self.login_forms || self.defaults || self.names
    }

    /// The same questions of the words that the operator gave, and of no others.
    #[must_use]
    pub const fn of_given_words(self) -> Self {
        Self {
            reuse: self.reuse,
            hits: self.hits,
            lists: self.lists,
            roots: self.roots,
            history: self.history,
            ratings: self.ratings,
            ours: false,
            ..Self::NONE
        }
    }

    /// Every question.
    pub const ALL: Self = Self {
        reuse: true,
        hits: true,
        login_forms: true,
        login_digits: true,
        defaults: true,
        estate: true,
        ours: true,
        lists: true,
        roots: true,
        names: true,
        digits: true,
        history: true,
        computers: true,
        ratings: true,
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
    pub wordlists: Vec<&'a [u8]>,
    /// What is put behind the words of the lists.
    pub mask: &'a mask::Mask,
    /// The day that judges: years in login forms end with the next one.
    pub as_of: Day,
    /// Which questions are asked.
    pub needed: Needed,
    /// What shared words may cost on salted secrets, in compressions of MD5 (about 0.1
    /// microseconds). What is beyond stays uncompared and is counted so.
    pub work: u64,
    /// True where whoever watches ends the search: then no other limit holds.
    pub timed: bool,
    /// Whoever watches.
    pub watch: &'a dyn watch::Watch,
}

impl Options<'_> {
    /// About an hour of one core.
    pub const WORK: u64 = 1 << 35;
}

/// Bytes of memory that the comparison of one secret takes and that cannot be put aside: the classes
/// of its word, and its part of the filter before the digests.
pub const MEMORY: usize = 16;

/// Compares all stored secrets of the run.
///
/// The result is the same for every number of threads, unless [`Options::watch`] ends the search.
pub fn prove(sites: &[Inventory], subjects: &Subjects, options: &Options<'_>) -> Evidence {
    compare(sites, subjects, options).0
}

/// Compares all stored secrets of the run, and looks them up in lists of breached passwords.
pub fn prove_listed(
    sites: &[Inventory],
    subjects: &Subjects,
    options: &Options<'_>,
    corpora: &[Box<dyn Corpus>],
) -> Result<Evidence, CorpusError> {
    let (mut evidence, pool) = compare(sites, subjects, options);
    evidence.looked_up = breached::look_up(&pool, corpora)?;
    evidence.corpora = corpora.iter().map(|corpus| corpus.about().clone()).collect();
    Ok(evidence)
}

fn compare(
    sites: &[Inventory],
    subjects: &Subjects,
    options: &Options<'_>,
) -> (Evidence, pool::Pool) {
    let needed = options.needed;
    let scopes = pool::scopes(sites, options.cross_entity);
    let mut pool = pool::Pool::collect(sites, subjects, &scopes, options.device_keys);
    let context = context::Context::of(sites, scopes, options);
    plan::announce(&pool, &context);
    let tried = search::Search::new(&mut pool, &context).run();
    let classes = classes::classify(&pool, &context);
    let tags = tags::Tags { pool: &pool, key: options.key, entities: context.entities() };
    let cached = if needed.reuse { cached::open(&pool, &context) } else { Vec::new() };
    let groups =
        if needed.reuse { groups::build(&pool, &classes, &cached, &tags) } else { Vec::new() };
    let mut hits = classes.hits(&pool);
    if needed.computers {
        hits.extend(computers::hits(sites, subjects));
        hits.sort_unstable_by_key(|hit| (hit.credential, hit.class));
    }
    let evidence = Evidence {
        hits,
        lists: classes.lists,
        untried: tried.untried(&pool),
        incomparable: remainder::count(&pool, &tried),
        login_digits: tried.login_digits as u8,
        tags: tags.of_sites(sites.len(), &groups),
        repeats: if needed.history {
            history::repeats(&pool, sites, subjects, options.device_keys)
        } else {
            Vec::new()
        },
        cheap: strength::cheap(&pool),
        ratings: if needed.ratings { strength::ratings(&pool, &context) } else { Vec::new() },
        groups,
        recognised: std::mem::take(&mut pool.recognised),
        corpora: Vec::new(),
        looked_up: Vec::new(),
    };
    (evidence, pool)
}

#[cfg(test)]
mod tests;
