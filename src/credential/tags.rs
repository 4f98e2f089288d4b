//! Which tag each comparable secret gets.

use crate::credential::pool::{EMPTY, Form, NO_WORD, Pool};
use crate::credential::tag::TagKey;
use crate::model::evidence::{CredentialRef, Group};
use std::collections::HashMap;

/// Makes the tags of a run; without a key they are empty.
pub(super) struct Tags<'a> {
    pub(super) pool: &'a Pool,
    pub(super) key: Option<&'a TagKey>,
    /// Names of the legal entities; a tag of one says nothing about another.
    pub(super) entities: Vec<&'a str>,
}

impl Tags<'_> {
    /// The one tag of secrets that were proven equal: made from the plaintext where a member's is
    /// known, else from what the first member shares with the others.
    pub(super) fn of_equal(&self, secrets: &[u32]) -> String {
        let Some(key) = self.key else { return String::new() };
        let known = secrets.iter().find(|&&secret| !self.pool.is_closed(secret));
        match known.or(secrets.first()) {
            Some(&secret) => self.made(key, secret).unwrap_or_default(),
            None => String::new(),
        }
    }

    fn made(&self, key: &TagKey, secret: u32) -> Option<String> {
        let own = &self.pool.secrets[secret as usize];
        let tag = |family: &str, bytes: &[u8]| match self.entities[usize::from(own.scope)] {
            "" => key.tag(family, bytes),
            entity => key.tag(&format!("{entity}/{family}"), bytes),
        };
        match (self.pool.word_of[secret as usize], own.form) {
            (EMPTY, _) | (NO_WORD, Form::Readable) => None,
            (NO_WORD, Form::Digest(family, slot)) => {
                let family = &self.pool.families[usize::from(family)];
                Some(tag(family.name, family.digests.get(slot).as_bytes()))
            }
            (NO_WORD, Form::Target(slot)) => {
                Some(tag("salted", self.pool.targets.get(slot).1.salt_and_digest()))
            }
            (NO_WORD, Form::Text(slot)) => Some(tag("text", self.pool.text(slot).1)),
            (word, _) => Some(tag("plain", self.pool.words.get(word))),
        }
    }

    /// Tags by site and credential: of all members of groups, and of every other secret whose
    /// plaintext is known or whose digest has no salt.
    pub(super) fn of_sites(&self, sites: usize, groups: &[Group]) -> Vec<Vec<(u32, String)>> {
        let mut tags = vec![Vec::new(); sites];
        let Some(key) = self.key else { return tags };
        let grouped: HashMap<CredentialRef, &str> = groups
            .iter()
            .flat_map(|group| group.members.iter().map(|m| (m.credential, group.tag.as_str())))
            .collect();
        for (number, secret) in self.pool.secrets.iter().enumerate() {
            let own = || {
                let salted = matches!(secret.form, Form::Target(_) | Form::Text(_));
                let lone = salted && self.pool.is_closed(number as u32);
                if lone { None } else { self.made(key, number as u32) }
            };
            let tag = grouped.get(&secret.at).map(|tag| (*tag).to_owned()).or_else(own);
            tags[usize::from(secret.site)].extend(tag.map(|tag| (secret.at.index, tag)));
        }
        tags
    }
}
