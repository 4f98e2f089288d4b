use super::*;
use crate::model::account::{Draft, Flag, Flags};
use crate::model::day::{Day, Stamp, When};
use crate::model::file::Origin;
use crate::model::inventory::RosterDraft;
use crate::model::person::{Employment, Link};
use crate::model::site::SystemKind;
use crate::model::tri::Tri;

const NOBODY: RosterDraft<'static> = RosterDraft {
    employee: "",
    name: "",
    kana: "",
    login: "",
    mail: "",
    department: "",
    job: "",
    class: "",
    joined: Stamp::UNKNOWN,
    left: Stamp::UNKNOWN,
    status: Employment::Unknown,
    origin: Origin { file: crate::model::file::FileId(0), line: 1 },
};

fn on(text: &str) -> Stamp {
    let parts: Vec<u32> = text.split('-').map(|part| part.parse().unwrap()).collect();
    When::On(Day::from_ymd(parts[0] as i32, parts[1], parts[2]).unwrap()).into()
}

fn account(site: &mut Inventory, system: &str, draft: &Draft<'_>) -> u32 {
    let system = site.system(SystemKind::Ecarte, system, false);
    site.push_account(system, draft)
}

fn linked(site: Inventory) -> Inventory {
    let mut sites = [site];
    link(&mut sites, &Policy::default());
    let [site] = sites;
    site
}

fn person_of(site: &Inventory, row: u32) -> (u32, Link) {
    (site.accounts.person.get(row).0, site.accounts.link.get(row))
}

const NONE: (u32, Link) = (u32::MAX, Link::None);

#[test]
fn keys_are_tried_in_order_and_padding_is_tolerated() {
    let mut site = Inventory::default();
    site.push_roster(&RosterDraft { employee: "00123", login: "tanaka", ..NOBODY });
    site.push_roster(&RosterDraft { employee: "00124", mail: "Sato@byoin.example", ..NOBODY });
    let rows = [
        Draft { login: "x1", employee: "00123", ..Draft::default() },
        Draft { login: "x2", employee: "１２３", ..Draft::default() },
        Draft { login: "x3", mail: "sato@BYOIN.example", ..Draft::default() },
        Draft { login: "x4", upn: "sato@byoin.example", ..Draft::default() },
        Draft { login: "CORP\\Tanaka", ..Draft::default() },
        Draft { login: "00124", ..Draft::default() },
        Draft { login: "tanaka", employee: "999", ..Draft::default() },
        Draft { login: "suzuki", ..Draft::default() },
    ];
    for (i, draft) in rows.iter().enumerate() {
        account(&mut site, &format!("s{i}"), draft);
    }
    let site = linked(site);
    let wanted = [
        (0, Link::Employee),
        (0, Link::Employee),
        (1, Link::Mail),
        (1, Link::Mail),
        (0, Link::Login),
        (1, Link::Login),
        (2, Link::Employee),
        NONE,
    ];
    for (row, wanted) in wanted.into_iter().enumerate() {
        assert_eq!(person_of(&site, row as u32), wanted, "row {row}");
    }
    assert_eq!(site.people[2].roster, None);
}

#[test]
fn padding_that_tells_people_apart_is_kept() {
    let mut site = Inventory::default();
    site.push_roster(&RosterDraft { employee: "0123", ..NOBODY });
    site.push_roster(&RosterDraft { employee: "00123", ..NOBODY });
    account(&mut site, "a", &Draft { login: "p", employee: "123", ..Draft::default() });
    account(&mut site, "a", &Draft { login: "q", employee: "00123", ..Draft::default() });
    let site = linked(site);
    assert_eq!(person_of(&site, 0), NONE);
    assert_eq!(person_of(&site, 1), (1, Link::Employee));
}

#[test]
fn a_hand_made_link_beats_everything() {
    let mut site = Inventory::default();
    site.push_roster(&RosterDraft { employee: "1", ..NOBODY });
    site.push_roster(&RosterDraft { employee: "2", ..NOBODY });
    account(&mut site, "ward", &Draft { login: "n01", employee: "1", ..Draft::default() });
    let link = (site.text.push("Ward"), site.text.push("N01"), site.text.push("2"));
    site.links.push(link);
    assert_eq!(person_of(&linked(site), 0), (1, Link::Declared));
}

#[test]
fn somebody_who_came_back_is_no_leaver() {
    let mut site = Inventory::default();
    let gone = RosterDraft { employee: "7", left: on("2025-03-31"), ..NOBODY };
    site.push_roster(&RosterDraft { employee: "7", joined: on("2025-04-01"), ..NOBODY });
    site.push_roster(&gone);
    site.push_roster(&RosterDraft { employee: "8", joined: on("2010-04-01"), ..NOBODY });
    site.push_roster(&RosterDraft { employee: "8", ..gone });
    site.push_roster(&RosterDraft { employee: "9", status: Employment::Left, ..NOBODY });
    let site = linked(site);
    let rows: Vec<_> = site.people.iter().map(|person| person.roster.unwrap()).collect();
    assert_eq!(rows, [0, 3, 4]);
}

#[test]
fn equal_names_are_two_people() {
    let mut site = Inventory::default();
    let twin = RosterDraft { name: "阿部 修", kana: "アベ オサム", ..NOBODY };
    site.push_roster(&RosterDraft { employee: "1", ..twin });
    site.push_roster(&RosterDraft { employee: "2", ..twin });
    site.push_roster(&twin);
    site.push_roster(&twin);
    account(&mut site, "a", &Draft { login: "o.abe", name: "阿部 修", ..Draft::default() });
    let site = linked(site);
    assert_eq!(site.people.len(), 4);
    assert_eq!(person_of(&site, 0), NONE);
}

#[test]
fn the_same_login_elsewhere_ties_unless_names_contradict() {
    let mut site = Inventory::default();
    site.push_roster(&RosterDraft { employee: "1", name: "原田 亮", ..NOBODY });
    let ad = Draft { login: "r.harada", employee: "1", ..Draft::default() };
    account(&mut site, "ad", &ad);
    account(&mut site, "od", &Draft { login: "R.Harada", name: "原田　亮", ..Draft::default() });
    account(&mut site, "pacs", &Draft { login: "r.harada", ..Draft::default() });
    account(&mut site, "lab", &Draft { login: "r.harada", name: "林 太郎", ..Draft::default() });
    account(&mut site, "ad", &Draft { login: "admin", employee: "1", ..Draft::default() });
    account(&mut site, "pacs", &Draft { login: "admin", ..Draft::default() });
    let site = linked(site);
    assert_eq!(person_of(&site, 1), (0, Link::Account));
    assert_eq!(person_of(&site, 2), (0, Link::Account));
    assert_eq!(person_of(&site, 3), NONE);
    assert_eq!(person_of(&site, 5), NONE);
}

#[test]
fn a_login_that_a_system_holds_twice_ties_nobody() {
    let mut site = Inventory::default();
    site.push_roster(&RosterDraft { employee: "1", ..NOBODY });
    site.push_roster(&RosterDraft { employee: "2", ..NOBODY });
    account(&mut site, "ad", &Draft { login: "A\\ito", employee: "1", ..Draft::default() });
    account(&mut site, "ad", &Draft { login: "B\\ito", employee: "2", ..Draft::default() });
    account(&mut site, "od", &Draft { login: "ito", ..Draft::default() });
    assert_eq!(person_of(&linked(site), 2), NONE);
}

#[test]
fn one_number_without_a_roster_is_one_person() {
    let mut site = Inventory::default();
    account(&mut site, "ad", &Draft { login: "a", employee: "0042", ..Draft::default() });
    account(&mut site, "ecarte", &Draft { login: "b", employee: "42", ..Draft::default() });
    let mut flags = Flags::default();
    flags.set(Flag::Machine, Tri::Yes);
    account(&mut site, "ad", &Draft { login: "pc$", employee: "42", flags, ..Draft::default() });
    let site = linked(site);
    assert_eq!(person_of(&site, 0), person_of(&site, 1));
    assert_eq!(person_of(&site, 2), NONE);
    assert_eq!(site.people.len(), 1);
}

fn two_sites(entity: &str) -> [Inventory; 2] {
    let (mut a, mut b) = (Inventory::default(), Inventory::default());
    entity.clone_into(&mut b.site.entity);
    a.push_roster(&RosterDraft {
        employee: "00101",
        name: "田中 恵",
        mail: "m.tanaka@byoin.example",
        ..NOBODY
    });
    account(&mut a, "ad", &Draft { login: "m.tanaka", employee: "00101", ..Draft::default() });
    let same = Draft { login: "u1", employee: "101", name: "田中　恵", ..Draft::default() };
    account(&mut b, "ecarte", &same);
    account(&mut b, "ecarte", &Draft { employee: "102", name: "田中 恵", ..same.clone() });
    account(&mut b, "ecarte", &Draft { login: "m.tanaka", ..Draft::default() });
    account(&mut b, "vpn", &Draft { login: "M.Tanaka@byoin.example", ..Draft::default() });
    [a, b]
}

#[test]
fn a_person_is_known_again_at_another_site_of_the_entity() {
    let mut sites = two_sites("");
    link(&mut sites, &Policy::default());
    let people: Vec<_> = (0..4).map(|row| person_of(&sites[1], row)).collect();
    assert_eq!(people, [(0, Link::Employee), (2, Link::Employee), NONE, (0, Link::Mail)]);
    assert_eq!(sites[0].people.len(), 1);
}

#[test]
fn nobody_crosses_the_border_of_an_entity() {
    let mut sites = two_sites("another");
    link(&mut sites, &Policy::default());
    assert_eq!(person_of(&sites[1], 0), (1, Link::Employee));
    assert_eq!(person_of(&sites[1], 3), NONE);
}
