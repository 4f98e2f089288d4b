//! All comparable secrets of the run, in tables that hold each distinct digest, target and text once.

use crate::credential::digests::DigestTable;
use crate::credential::keys::Keys;
use crate::credential::recognise::{Resolved, Said, Value, recognise, resolve};
use crate::credential::scheme::{self, Body, Stored};
use crate::credential::table::{Holders, TargetTable, Words};
use crate::kernel::paged::Paged;
use crate::model::account::Flag;
use crate::model::credential::{Credential, State};
use crate::model::evidence::{CredentialRef, Recognised, Subjects};
use crate::model::inventory::Inventory;
use crate::model::site::SystemKind;
use rayon::prelude::*;

/// No word is known for a secret.
pub(super) const NO_WORD: u32 = u32::MAX;
/// The empty word.
pub(super) const EMPTY: u32 = 0;

/// Secrets that are recognised together.
const PART: usize = 1 << 12;

/// How a secret is compared; the number points into the table of its form.
#[derive(Clone, Copy)]
pub(super) enum Form {
    /// Digest in a family's table.
    Digest(u8, u32),
    /// Salted target.
    Target(u32),
    /// Stored text that nobody can evaluate.
    Text(u32),
    /// Its plaintext is known from the export.
    Readable,
}

/// One current secret of an account that takes part in comparisons.
#[derive(Clone, Copy)]
pub(super) struct Secret {
    pub(super) at: CredentialRef,
    pub(super) site: u16,
    pub(super) system: u16,
    /// Legal entity: candidates stay inside it.
    pub(super) scope: u16,
    /// Place of the scheme in the table; meaningless for texts.
    pub(super) scheme: u8,
    pub(super) form: Form,
}

/// Unsalted digests that may be compared with one another.
pub(super) struct Family {
    pub(super) name: &'static str,
    /// Schemes met; each may make other digests of the same word.
    pub(super) schemes: Vec<u8>,
    pub(super) digests: DigestTable,
    pub(super) holders: Holders,
}

/// Everything that is compared.
pub(super) struct Pool {
    pub(super) recognised: Vec<Paged<Recognised>>,
    pub(super) secrets: Paged<Secret>,
    /// The known word of each secret, or [`NO_WORD`].
    pub(super) word_of: Paged<u32>,
    pub(super) words: Words,
    pub(super) families: Vec<Family>,
    pub(super) targets: TargetTable,
    pub(super) target_holders: Holders,
    pub(super) texts: Words,
    pub(super) text_holders: Holders,
    /// Site, system and scheme of secrets that hold something nobody can compare at all.
    pub(super) unread: Vec<(u16, u16, &'static str)>,
}

impl Pool {
    /// Recognises every secret and keeps those that can be compared.
    pub(super) fn collect(
        sites: &[Inventory],
        subjects: &Subjects,
        scopes: &[u16],
        keys: &Keys,
    ) -> Self {
        let mut pool = Self {
            recognised: Vec::with_capacity(sites.len()),
            secrets: Paged::new(),
            word_of: Paged::new(),
            words: Words::default(),
            families: Vec::new(),
            targets: TargetTable::default(),
            target_holders: Holders::default(),
            texts: Words::default(),
            text_holders: Holders::default(),
            unread: Vec::new(),
        };
        for (index, site) in sites.iter().enumerate() {
            pool.take_site(site, index, scopes[index], subjects, keys);
        }
        pool.index_holders();
        pool
    }

    fn take_site(
        &mut self,
        site: &Inventory,
        index: usize,
        scope: u16,
        subjects: &Subjects,
        keys: &Keys,
    ) {
        let names: Vec<Resolved> = site.names.iter().map(|(_, name)| resolve(name)).collect();
        let mut list = Paged::with_capacity(site.credentials.len());
        let mut places = 0..;
        for part in site.credentials.chunks(PART) {
            let recognise = |credential| {
                let said = said(site, credential, &names, keys);
                (said, recognise(&said))
            };
            let seen: Vec<_> = part.par_iter().map(recognise).collect();
            for ((credential, (said, (recognised, value))), place) in
                part.iter().zip(seen).zip(&mut places)
            {
                list.push(recognised);
                let subject = subjects.number(index, credential.account);
                if credential.depth > 0 || left_out(subjects, subject) {
                    continue;
                }
                let secret = Secret {
                    at: CredentialRef { subject, index: place },
                    site: index as u16,
                    system: site.accounts.system.get(credential.account),
                    scope,
                    scheme: 0,
                    form: Form::Readable,
                };
                self.take(secret, value, &said, recognised);
            }
        }
        self.recognised.push(list);
    }

    fn take(&mut self, mut secret: Secret, value: Value, said: &Said<'_>, seen: Recognised) {
        let mut word = NO_WORD;
        match value {
            Value::Digest(scheme, digest) => {
                let Some(family) = self.family(scheme) else { return };
                let slot = self.families[usize::from(family)].digests.push(digest.as_bytes());
                (secret.scheme, secret.form) = (scheme, Form::Digest(family, slot));
            }
            Value::Target(scheme, target) => {
                let slot = self.targets.intern(scheme, target);
                (secret.scheme, secret.form) = (scheme, Form::Target(slot));
            }
            Value::Readable(scheme) => {
                let Body::Reversible(body) = scheme::at(scheme).body() else { return };
                let Some(text) = body.decode(&said.stored) else { return };
                word = self.words.intern(&text);
                secret.scheme = scheme;
            }
            Value::Text => {
                let key = zeroize::Zeroizing::new(
                    [seen.scheme.as_bytes(), b"\0", said.stored.bytes].concat(),
                );
                secret.form = Form::Text(self.texts.intern(&key));
            }
            Value::Nothing => {
                if seen.state == State::Unknown && !said.stored.bytes.is_empty() {
                    self.unread.push((secret.site, secret.system, seen.scheme));
                }
                return;
            }
        }
        self.secrets.push(secret);
        self.word_of.push(word);
    }

    // `None` for schemes whose digests prove nothing about equality.
    fn family(&mut self, scheme: u8) -> Option<u8> {
        let Body::Unsalted(body) = scheme::at(scheme).body() else { return None };
        if !body.exact() {
            return None;
        }
        let known = self.families.iter().position(|family| family.name == body.family());
        let index = known.unwrap_or_else(|| {
            self.families.push(Family {
                name: body.family(),
                schemes: Vec::new(),
                digests: DigestTable::new(body.width()),
                holders: Holders::default(),
            });
            self.families.len() - 1
        });
        let schemes = &mut self.families[index].schemes;
        if !schemes.contains(&scheme) {
            schemes.push(scheme);
        }
        Some(index as u8)
    }

    /// Gives digests their numbers, in place of those of their rows.
    fn number_digests(&mut self) {
        let numbers: Vec<_> =
            self.families.iter_mut().map(|family| family.digests.seal()).collect();
        for secret in &mut self.secrets {
            if let Form::Digest(family, slot) = &mut secret.form {
                *slot = numbers[usize::from(*family)][*slot as usize];
            }
        }
    }

    fn index_holders(&mut self) {
        self.number_digests();
        let rows = self.secrets.iter().enumerate();
        for (index, family) in self.families.iter_mut().enumerate() {
            let own = rows.clone().filter_map(|(secret, row)| match row.form {
                Form::Digest(of, slot) if usize::from(of) == index => Some((slot, secret as u32)),
                _ => None,
            });
            family.holders = Holders::of(family.digests.len(), own);
        }
        let targets = rows.clone().filter_map(|(secret, row)| match row.form {
            Form::Target(slot) => Some((slot, secret as u32)),
            _ => None,
        });
        self.target_holders = Holders::of(self.targets.len(), targets);
        let texts = rows.filter_map(|(secret, row)| match row.form {
            Form::Text(slot) => Some((slot, secret as u32)),
            _ => None,
        });
        self.text_holders = Holders::of(self.texts.len(), texts);
    }

    /// Notes the word of a secret, unless one is known.
    pub(super) fn open(&mut self, secret: u32, word: u32) {
        let known = &mut self.word_of[secret as usize];
        if *known == NO_WORD {
            *known = word;
        }
    }

    /// Notes the word of everybody who holds a digest or a target inside the border.
    pub(super) fn open_all(&mut self, form: Form, word: u32, inside: impl Fn(u16) -> bool) {
        let holders = match form {
            Form::Digest(family, slot) => self.families[usize::from(family)].holders.get(slot),
            Form::Target(slot) => self.target_holders.get(slot),
            Form::Text(_) | Form::Readable => return,
        };
        for &secret in holders {
            let known = &mut self.word_of[secret as usize];
            if *known == NO_WORD && inside(self.secrets[secret as usize].scope) {
                *known = word;
            }
        }
    }

    /// True where no word is known.
    pub(super) fn is_closed(&self, secret: u32) -> bool {
        self.word_of[secret as usize] == NO_WORD
    }

    /// A text and the scheme that it is stored under.
    pub(super) fn text(&self, slot: u32) -> (&[u8], &[u8]) {
        let key = self.texts.get(slot);
        let end = key.iter().position(|&byte| byte == 0).unwrap_or(0);
        (&key[..end], &key[(end + 1).min(key.len())..])
    }
}

/// What the reader said about a credential.
pub(super) fn said<'a>(
    site: &'a Inventory,
    credential: &Credential,
    names: &[Resolved],
    keys: &'a Keys,
) -> Said<'a> {
    Said {
        scheme: names[credential.scheme.index()],
        state: credential.state,
        stored: Stored {
            bytes: site.secrets.get(credential.secret).expose(),
            salt: site.text.get(credential.salt).as_bytes(),
            login: site.text.get(site.accounts.login.get(credential.account)).as_bytes(),
            keys,
        },
        device: site.system_of(credential.account).kind == SystemKind::Device,
    }
}

// Passwords that nobody chose, and rows that stand for no account.
fn left_out(subjects: &Subjects, subject: u32) -> bool {
    const FLAGS: [Flag; 5] =
        [Flag::Machine, Flag::Managed, Flag::SmartcardRequired, Flag::Tombstone, Flag::Absorbed];
    FLAGS.iter().any(|&flag| subjects.get(subject).is(flag))
}

/// The legal entity that a site's candidates stay inside.
pub(super) fn entity(site: &Inventory, cross_entity: bool) -> &str {
    if cross_entity { "" } else { &site.site.entity }
}

/// Numbers the legal entities of the sites; one number for all where candidates may cross.
pub(super) fn scopes(sites: &[Inventory], cross_entity: bool) -> Vec<u16> {
    let mut entities: Vec<&str> = Vec::new();
    sites
        .iter()
        .map(|site| {
            let entity = entity(site, cross_entity);
            entities.iter().position(|known| *known == entity).unwrap_or_else(|| {
                entities.push(entity);
                entities.len() - 1
            }) as u16
        })
        .collect()
}
