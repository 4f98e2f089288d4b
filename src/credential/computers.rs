//! Computers whose password is the one that an account made in advance gets: its own name.

use crate::credential::batch::{Digests, WordBatch};
use crate::credential::family::lanes::nt_digests;
use crate::credential::keys::Keys;
use crate::credential::pool::said;
use crate::credential::recognise::{Value, recognise, resolve};
use crate::credential::scheme;
use crate::model::account::Flag;
use crate::model::evidence::{CredentialRef, Hit, NO_LIST, Subjects, WordClass};
use crate::model::inventory::Inventory;

/// Longest password that such an account is made with.
const LONGEST: usize = 14;

/// Hits on the NT hashes of machine accounts.
pub(super) fn hits(sites: &[Inventory], subjects: &Subjects) -> Vec<Hit> {
    let mut hits = Vec::new();
    for (index, site) in sites.iter().enumerate() {
        let names: Vec<_> = site.names.iter().map(|(_, name)| resolve(name)).collect();
        for (place, credential) in site.credentials.iter().enumerate() {
            let row = credential.account;
            let machine = site.accounts.flag(row, Flag::Machine).is_yes();
            let absorbed = site.accounts.flag(row, Flag::Absorbed).is_yes();
            if !machine || absorbed || credential.depth > 0 {
                continue;
            }
            let (_, value) = recognise(&said(site, credential, &names, Keys::none()));
            let Value::Digest(scheme, digest) = value else { continue };
            let login = site.text.get(site.accounts.login.get(row));
            if scheme::at(scheme).names()[0] == "nt" && is_name(login, digest.as_bytes()) {
                let subject = subjects.number(index, row);
                hits.push(Hit {
                    credential: CredentialRef { subject, index: place as u32 },
                    class: WordClass::Computer,
                    word: 0,
                    list: NO_LIST,
                    remembered: false,
                    one_kind: false,
                });
            }
        }
    }
    hits
}

fn is_name(login: &str, digest: &[u8]) -> bool {
    let user = login.rsplit('\\').next().unwrap_or(login);
    let name = user.strip_suffix('$').unwrap_or(user).to_lowercase();
    let short: String = name.chars().take(LONGEST).collect();
    let (mut words, mut digests) = (WordBatch::default(), Digests::default());
    words.push(short.as_bytes(), b"");
    words.push(name.as_bytes(), b"");
    nt_digests(&words, &mut digests);
    !name.is_empty() && digests.position(digest).is_some()
}
