//! Edges of proven equality, and the groups they join.

use crate::credential::cached::{self, Opened};
use crate::credential::classes::Classes;
use crate::credential::pool::{EMPTY, Form, NO_WORD, Pool, Secret};
use crate::credential::tags::Tags;
use crate::credential::union::Union;
use crate::kernel::paged::Paged;
use crate::model::evidence::{Edges, Group, Member, Proof, WordClass};
use rayon::prelude::*;
use std::collections::HashMap;

/// Joins equal secrets of each legal entity into groups of at least two accounts, sorted by their
/// first member. What another entity shares is counted.
pub(super) fn build(
    pool: &Pool,
    classes: &Classes,
    cached: &[Opened],
    tags: &Tags<'_>,
) -> Vec<Group> {
    let mut weaver = Weaver {
        pool,
        classes,
        union: Union::new(pool.secrets.len()),
        edges: pool.secrets.iter().map(|_| Edges::default()).collect(),
        beyond: HashMap::new(),
    };
    for family in &pool.families {
        family.holders.iter().for_each(|holders| weaver.inside(holders, Weaver::equal_digests));
    }
    let salted = pool.target_holders.iter().chain(pool.text_holders.iter());
    salted.for_each(|holders| weaver.inside(holders, Weaver::equal_texts));
    for opened in cached {
        weaver.cached(opened);
    }
    weaver.equal_words();
    weaver.groups(tags)
}

struct Weaver<'a> {
    pool: &'a Pool,
    classes: &'a Classes,
    union: Union,
    edges: Paged<Edges>,
    /// By secret: sites of other entities that hold the same digest.
    beyond: HashMap<u32, u32>,
}

impl Weaver<'_> {
    fn secret(&self, number: u32) -> &Secret {
        &self.pool.secrets[number as usize]
    }

    // True where two accounts hold it and it is not the empty word.
    fn joins(&self, holders: &[u32]) -> bool {
        let [first, rest @ ..] = holders else { return false };
        let subject = self.secret(*first).at.subject;
        self.pool.word_of[*first as usize] != EMPTY
            && rest.iter().any(|&other| self.secret(other).at.subject != subject)
    }

    fn join(&mut self, holders: &[u32]) {
        for &other in &holders[1..] {
            self.union.join(holders[0], other);
        }
    }

    fn mark(&mut self, holders: &[u32], edge: Edges) {
        for &secret in holders {
            self.edges[secret as usize].add(edge);
        }
    }

    /// Takes the holders of each entity by themselves, and counts the sites of the others.
    fn inside(&mut self, holders: &[u32], equal: fn(&mut Self, &[u32])) {
        // Most are held once, and looking at each of those costs more than all the others.
        if holders.len() < 2 {
            return;
        }
        let pool = self.pool;
        let place = |secret: u32| {
            let secret = &pool.secrets[secret as usize];
            (secret.scope, secret.site)
        };
        let scope = |secret: &u32| place(*secret).0;
        if holders.iter().all(|secret| scope(secret) == scope(&holders[0])) {
            return equal(self, holders);
        }
        let mut order = holders.to_vec();
        order.sort_unstable_by_key(|&secret| (place(secret), secret));
        let mut sites: Vec<_> = order.iter().map(|&secret| place(secret)).collect();
        sites.dedup();
        for part in order.chunk_by(|a, b| scope(a) == scope(b)) {
            let own = scope(&part[0]);
            let beyond = sites.iter().filter(|site| site.0 != own).count() as u32;
            if pool.word_of[part[0] as usize] != EMPTY {
                self.beyond.extend(part.iter().map(|&secret| (secret, beyond)));
            }
            equal(self, part);
        }
    }

    /// A cached form and the accounts whose NT hash opens it.
    fn cached(&mut self, opened: &Opened) {
        let pool = self.pool;
        let Some(nt) = cached::family(pool) else { return };
        let digests = pool.families[nt].holders.get(opened.digest).iter();
        let all = digests.chain(pool.target_holders.get(opened.target));
        let inside = |secret: &&u32| pool.secrets[**secret as usize].scope == opened.scope;
        let holders: Vec<u32> = all.filter(inside).copied().collect();
        if self.joins(&holders) {
            self.join(&holders);
            self.mark(&holders, Edges::FROM_NT);
        }
    }

    fn equal_digests(&mut self, holders: &[u32]) {
        if !self.joins(holders) {
            return;
        }
        self.join(holders);
        let pool = self.pool;
        let system = |secret: u32| {
            let secret = &pool.secrets[secret as usize];
            (secret.site, secret.system)
        };
        let mut order = holders.to_vec();
        order.sort_unstable_by_key(|&secret| (system(secret), secret));
        for part in order.chunk_by(|&a, &b| system(a) == system(b)) {
            if self.joins(part) {
                self.mark(part, Edges::EQUAL_IN_SYSTEM);
            }
        }
    }

    // Equal with their salt: a copied line, unless it is what the factory puts on every unit.
    fn equal_texts(&mut self, holders: &[u32]) {
        if !self.joins(holders) {
            return;
        }
        self.join(holders);
        let factory = |&secret: &u32| self.classes.get(secret).has(WordClass::Default);
        if !holders.iter().any(factory) {
            self.mark(holders, Edges::CLONED);
        }
    }

    fn equal_words(&mut self) {
        let pool = self.pool;
        let word =
            |secret: u32| (pool.secrets[secret as usize].scope, pool.word_of[secret as usize]);
        let mut order: Paged<u32> = (0..pool.secrets.len() as u32)
            .filter(|&secret| !matches!(word(secret).1, NO_WORD | EMPTY))
            .collect();
        order.par_sort_unstable_by_key(|&secret| (word(secret), secret));
        for part in order.chunk_by(|&a, &b| word(a) == word(b)) {
            self.equal_word(part);
        }
    }

    fn equal_word(&mut self, holders: &[u32]) {
        if !self.joins(holders) {
            return;
        }
        self.join(holders);
        let first = self.secret(holders[0]);
        let word = self.pool.word_of[holders[0] as usize];
        let edge = if self.classes.is_readable(first.scope, word) {
            Edges::KNOWN_WORD
        } else if holders.iter().any(|&other| !same_form(first.form, self.secret(other).form)) {
            Edges::LIST_WORD
        } else {
            return;
        };
        self.mark(holders, edge);
    }

    fn groups(mut self, tags: &Tags<'_>) -> Vec<Group> {
        let mut order: Paged<(u32, u32)> = (0..self.pool.secrets.len() as u32)
            .map(|secret| (self.union.root(secret), secret))
            .collect();
        order.par_sort_unstable();
        let mut groups = Vec::new();
        for part in order.chunk_by(|a, b| a.0 == b.0) {
            let beyond = || part.iter().any(|row| self.beyond.contains_key(&row.1));
            if part.len() == 1 && !beyond() {
                continue;
            }
            let secrets: Vec<u32> = part.iter().map(|row| row.1).collect();
            if self.joins(&secrets) || beyond() {
                groups.push(self.group(&secrets, tags));
            }
        }
        groups.sort_by_key(|group| group.members[0].credential);
        groups
    }

    fn group(&self, secrets: &[u32], tags: &Tags<'_>) -> Group {
        let system = |s: u32| (self.secret(s).site, self.secret(s).system);
        let beyond = secrets.iter().filter_map(|secret| self.beyond.get(secret)).max();
        let spread = beyond.is_some() || secrets.iter().any(|&s| system(s) != system(secrets[0]));
        let member = |&number: &u32| {
            let mut edges = self.edges[number as usize];
            let proof = weakest(edges);
            if spread {
                edges.add(Edges::OTHER_SYSTEM);
            }
            Member { credential: self.secret(number).at, edges, proof }
        };
        let mut members: Vec<Member> = secrets.iter().map(member).collect();
        members.sort_unstable_by_key(|member| member.credential);
        Group {
            members,
            tag: tags.of_equal(secrets),
            restricted: secrets.iter().any(|&s| self.classes.guessable(s)),
            beyond: beyond.copied().unwrap_or(0),
        }
    }
}

// One digest or one target: nothing but the equality that is noted already.
fn same_form(a: Form, b: Form) -> bool {
    match (a, b) {
        (Form::Digest(a, x), Form::Digest(b, y)) => a == b && x == y,
        (Form::Target(x), Form::Target(y)) | (Form::Text(x), Form::Text(y)) => x == y,
        _ => false,
    }
}

fn weakest(edges: Edges) -> Proof {
    if edges.has(Edges::KNOWN_WORD) || edges.has(Edges::LIST_WORD) {
        Proof::KnownWord
    } else if edges.has(Edges::FROM_NT) {
        Proof::FromNt
    } else if edges.has(Edges::CLONED) {
        Proof::Cloned
    } else {
        Proof::EqualDigest
    }
}
