//! Roster rows → people: the rows of one employee are one person, with one row in force.

use crate::model::day::{Day, Stamp, When};
use crate::model::inventory::Inventory;
use crate::model::person::{Employment, Person, RosterRow};
use crate::text::name::employee_key;
use hashbrown::HashMap;
use std::borrow::Cow;

/// People of the roster in the order of their first row.
pub(super) fn people(site: &Inventory) -> Vec<Person> {
    let mut by_number: HashMap<Cow<'_, str>, usize> = HashMap::new();
    let mut rows_of: Vec<Vec<u32>> = Vec::new();
    for (index, row) in site.roster.iter().enumerate() {
        let key = employee_key(site.text.get(row.employee));
        let next = rows_of.len();
        // A row without a number is a person of its own: names are no proof.
        let person = if key.is_empty() { next } else { *by_number.entry(key).or_insert(next) };
        if person == next {
            rows_of.push(Vec::new());
        }
        rows_of[person].push(index as u32);
    }
    rows_of.iter().map(|rows| person(site, rows)).collect()
}

fn person(site: &Inventory, rows: &[u32]) -> Person {
    let row = in_force(&site.roster, rows);
    Person { roster: Some(row), id: site.roster[row as usize].employee }
}

/// The row that counts: the latest leave, unless somebody began again after it.
fn in_force(roster: &[RosterRow], rows: &[u32]) -> u32 {
    let row = |index: u32| &roster[index as usize];
    let leaver = rows.iter().copied().filter(|&r| has_left(row(r))).max_by_key(|&r| leave(row(r)));
    let begun = rows.iter().copied().filter(|&r| !has_left(row(r)));
    let newest = begun.max_by_key(|&r| (day(row(r).joined), r));
    match (leaver, newest) {
        (Some(left), Some(back)) if began_after(row(back), row(left)) => back,
        (Some(left), _) => left,
        (None, Some(newest)) => newest,
        (None, None) => rows[0],
    }
}

fn has_left(row: &RosterRow) -> bool {
    day(row.left).is_some() || row.status == Employment::Left
}

// A leave without a date is later than any dated one: nothing can be said to follow it.
fn leave(row: &RosterRow) -> (bool, Option<Day>) {
    (day(row.left).is_none(), day(row.left))
}

fn began_after(back: &RosterRow, left: &RosterRow) -> bool {
    let end = day(left.left).or_else(|| day(left.joined));
    matches!((day(back.joined), end), (Some(start), Some(end)) if start > end)
}

fn day(stamp: Stamp) -> Option<Day> {
    match stamp.when() {
        When::On(day) => Some(day),
        _ => None,
    }
}
