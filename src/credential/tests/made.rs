//! A site that is filled line by line, and the engine with every question asked.

use crate::credential::{Needed, Options, batch, family, keys, mask, prove};
use crate::model::account::Draft;
use crate::model::credential::State;
use crate::model::day::Day;
use crate::model::evidence::{Evidence, Subjects};
use crate::model::file::Origin;
use crate::model::inventory::{CredentialDraft, Inventory};
use crate::model::site::SystemKind;
use crate::rules::RuleSet;
use ::md5::{Digest, Md5};

/// A site that is filled line by line.
#[derive(Default)]
pub(super) struct Made(pub(super) Inventory);

impl Made {
    pub(super) fn in_entity(entity: &str) -> Self {
        let mut made = Self::default();
        entity.clone_into(&mut made.0.site.entity);
        made
    }

    pub(super) fn account(&mut self, kind: SystemKind, system: &str, login: &str) -> u32 {
        let system = self.0.system(kind, system, false);
        self.0.push_account(system, &Draft { login, ..Draft::default() })
    }

    pub(super) fn secret(&mut self, row: u32, state: State, scheme: &str, secret: &[u8]) -> u32 {
        let mut draft = CredentialDraft::login(scheme, secret, Origin::default());
        draft.state = state;
        self.0.push_credential(row, &draft);
        row
    }

    pub(super) fn ad(&mut self, login: &str, word: &str) -> u32 {
        let row = self.account(SystemKind::Directory, "corp", login);
        self.secret(row, State::Hash, "nt", &nt(word))
    }

    pub(super) fn device(
        &mut self,
        host: &str,
        login: &str,
        state: State,
        scheme: &str,
        text: &str,
    ) -> u32 {
        let row = self.account(SystemKind::Device, host, login);
        self.secret(row, state, scheme, text.as_bytes())
    }

    pub(super) fn dolphin(&mut self, login: &str, word: &str) -> u32 {
        let row = self.account(SystemKind::Ecarte, "opendolphin", login);
        self.secret(row, State::Hash, "opendolphin-md5", &Md5::digest(word))
    }
}

pub(super) fn nt(word: &str) -> [u8; 16] {
    let (mut words, mut digests) = (batch::WordBatch::default(), batch::Digests::default());
    words.push(word.as_bytes(), b"");
    family::lanes::nt_digests(&words, &mut digests);
    digests.get(0).unwrap().try_into().unwrap()
}

pub(super) fn type7(word: &str) -> String {
    let key = b"dsfd;kfoA,.iyewrkldJKDHSUBsgvca69834ncxv9873254k;fg87";
    word.bytes().zip(&key[3..]).fold("03".to_owned(), |text, (w, k)| format!("{text}{:02X}", w ^ k))
}

pub(super) fn prove_with(sites: &[Inventory], change: impl Fn(&mut Options<'_>)) -> Evidence {
    let rules = RuleSet::embedded().unwrap();
    let mut options = Options {
        rules: &rules,
        key: None,
        device_keys: keys::Keys::none(),
        cross_entity: false,
        wordlists: Vec::new(),
        mask: &mask::NONE,
        as_of: Day::from_ymd(2026, 11, 22).unwrap(),
        needed: Needed { digits: false, ..Needed::ALL },
        work: Options::WORK,
        timed: false,
        watch: &crate::credential::watch::Unwatched,
    };
    change(&mut options);
    prove(sites, &Subjects::of(sites), &options)
}

pub(super) fn prove_all(sites: &[Inventory]) -> Evidence {
    prove_with(sites, |_| {})
}
