//! Classes of words, earlier passwords, cached credentials, and a search that ends early.

use super::made::{Made, nt, prove_all, prove_with, type7};
use super::{classes, members, shared_over_six_schemes};
use crate::credential::{Needed, mask, watch};
use crate::model::account::Flag;
use crate::model::credential::State;
use crate::model::evidence::{Edges, Proof, Untried, WordClass, WordClasses};
use crate::model::file::Origin;
use crate::model::inventory::CredentialDraft;
use crate::model::site::SystemKind;
use crate::model::tri::Tri;

#[test]
fn names_lists_and_their_forms_are_told_apart() {
    let mut made = Made::default();
    made.0.site.slug = "koro".to_owned();
    let named = made.ad("t.sato", "Gotou2026");
    made.0.accounts.kana.set(named, made.0.text.push("ゴトウ タクヤ"));
    let notice = made.ad("a", "KoroHospital");
    let facility = made.ad("b", "koro2025");
    let root = made.ad("c", "P@ssw0rd1");
    let device =
        made.device("Core-SW9", "netop", State::Reversible, "cisco-type7", &type7("core-sw9!"));
    let evidence = prove_all(&[made.0]);
    assert_eq!(classes(&evidence, named), [WordClass::Person]);
    assert_eq!(classes(&evidence, notice), [WordClass::List]);
    assert_eq!(classes(&evidence, facility), [WordClass::Person]);
    assert_eq!(classes(&evidence, root), [WordClass::Root]);
    assert_eq!(classes(&evidence, device), [WordClass::Device]);
    let list = evidence.hits.iter().find(|hit| hit.class == WordClass::List).unwrap().list;
    assert_eq!(evidence.lists[usize::from(list)], "notice");
    assert_eq!(evidence.ratings.len(), 1);
    assert!(evidence.ratings[0].length == 9 && evidence.ratings[0].score <= 2);
}

#[test]
fn earlier_passwords_and_computer_names_are_told() {
    let mut made = Made::default();
    let mut rows = Vec::new();
    for (login, word, old) in [
        ("same", "Demo-Same-1!", "Demo-Same-1!"),
        ("u.counted", "u.counted2026", "u.counted2025"),
        ("other", "Demo-New-1!", "Demo-Old-7!"),
    ] {
        let row = made.ad(login, word);
        let digest = nt(old);
        let draft = CredentialDraft::login("nt", &digest, Origin::default());
        made.0.push_credential(row, &CredentialDraft { depth: 2, ..draft });
        rows.push(row);
    }
    for (login, word) in [("PC-01$", "pc-01"), ("PC-02$", "Demo-Random-1")] {
        let row = made.ad(login, word);
        made.0.accounts.set_flag(row, Flag::Machine, Tri::Yes);
    }
    let evidence = prove_all(&[made.0]);
    let repeats: Vec<_> =
        evidence.repeats.iter().map(|r| (r.credential.subject, r.depth, r.counted_up)).collect();
    assert_eq!(repeats, [(rows[0], 2, false), (rows[1], 2, true)]);
    assert_eq!(classes(&evidence, 3), [WordClass::Computer]);
    assert!(classes(&evidence, 4).is_empty());
}

#[test]
fn a_cached_credential_is_proven_from_the_nt_hash_alone() {
    let mut made = Made::default();
    let owner = made.ad("tom", "Demo-Nobody-Guesses-1!");
    let other = made.ad("jim", "Demo-Nobody-Guesses-2!");
    // MD4(NT hash, user name in UTF-16LE), as the format's description says.
    let cached = |word: &str, user: &str| {
        use ::md4::{Digest, Md4};
        let mut md4 = Md4::new().chain_update(nt(word));
        for unit in user.encode_utf16() {
            md4.update(unit.to_le_bytes());
        }
        <[u8; 16]>::from(md4.finalize())
    };
    let mut rows = Vec::new();
    for (login, word) in [("tom", "Demo-Nobody-Guesses-1!"), ("ann", "Demo-Nobody-Guesses-2!")] {
        let row = made.account(SystemKind::Host, "pc01", login);
        rows.push(made.secret(row, State::Hash, "dcc", &cached(word, login)));
    }
    let evidence = prove_all(&[made.0]);
    let groups: Vec<_> = evidence.groups.iter().map(members).collect();
    assert_eq!(groups, [vec![owner, rows[0]], vec![other, rows[1]]]);
    for member in evidence.groups.iter().flat_map(|group| &group.members) {
        assert!(member.edges.has(Edges::FROM_NT) && member.proof == Proof::FromNt);
    }
    assert!(evidence.hits.is_empty(), "no password was learned");
}

/// Ends the search at once.
struct Impatient;

impl watch::Watch for Impatient {
    fn over(&self) -> bool {
        true
    }
}

#[test]
fn a_search_that_ends_at_once_says_what_is_left() {
    let evidence = prove_with(&[shared_over_six_schemes()], |options| {
        options.timed = true;
        options.watch = &Impatient;
    });
    assert!(evidence.groups.is_empty() && evidence.hits.is_empty());
    assert_eq!(evidence.untried.len(), 5, "all but the readable one");
    let estate = |row: &Untried| row.classes.has(WordClass::Estate);
    assert!(evidence.untried.iter().all(estate));
    assert!(evidence.incomparable.iter().all(|row| row.tried == 0 && row.of > 0));
}

#[test]
fn a_mask_fills_places_behind_the_words_of_a_list() {
    let mut made = Made::default();
    let masked = made.ad("k.ito", "kozakura-77");
    let salted = made.device("r2", "d", State::Hash, "", "$1$38652870$DUjsu4TTlTsOe/xxZ05uf/");
    let other = made.ad("m.mori", "kozakura-7x");
    let masks =
        ["-?d?d", "?l?l"].map(|text| &*Box::leak(Box::new(mask::Mask::parse(text).unwrap())));
    let lists: [&[u8]; 2] = [b"sakura\nKozakura\nkozakura\n", b"hashc\n"];
    let sites = [made.0];
    let [numbered, lettered] = [0, 1].map(|which| {
        prove_with(&sites, |options| {
            options.needed = Needed { hits: true, lists: true, roots: true, ..Needed::NONE };
            // Our own lists would use up what a salted secret may cost.
            options.timed = true;
            options.wordlists = vec![lists[which]];
            options.mask = masks[which];
        })
    });
    assert_eq!(classes(&numbered, masked), [WordClass::Root]);
    assert!(classes(&numbered, other).is_empty() && classes(&numbered, salted).is_empty());
    assert!(classes(&lettered, masked).is_empty());
    assert_eq!(classes(&lettered, salted), [WordClass::Root], "salted secrets as well");
}

#[test]
fn given_words_alone_leave_all_others_to_try() {
    let mut made = Made::default();
    let listed = made.ad("k.ito", "Demo-Given-1");
    let salted = made.device("r2", "d", State::Hash, "", "$1$38652870$DUjsu4TTlTsOe/xxZ05uf/");
    let own = made.ad("m.mori", "m.mori");
    let empty = made.ad("empty", "");
    let evidence = prove_with(&[made.0], |options| {
        options.needed = options.needed.of_given_words();
        options.wordlists = vec![b"hashcat\nDemo-Given-1\n"];
    });
    assert_eq!(classes(&evidence, listed), [WordClass::List]);
    assert_eq!(classes(&evidence, salted), [WordClass::List]);
    let untried: Vec<_> =
        evidence.untried.iter().map(|row| (row.credential.subject, row.classes)).collect();
    let all = WordClasses::of(WordClass::ALL);
    assert_eq!(untried, [(own, all), (empty, all)], "an empty password is no given word either");
}

#[test]
fn words_that_are_found_are_tried_on_everybody_else() {
    let mut made = Made::default();
    let owner = made.ad("hashcat", "hashcat");
    let other = made.device("r2", "d", State::Hash, "", "$1$38652870$DUjsu4TTlTsOe/xxZ05uf/");
    let evidence = prove_all(&[made.0]);
    assert_eq!(members(&evidence.groups[0]), [owner, other]);
    assert_eq!(classes(&evidence, owner), [WordClass::Login]);
    assert!(classes(&evidence, other).is_empty(), "it is nobody's own word there");
    assert!(evidence.groups[0].restricted && evidence.incomparable.is_empty());
}
