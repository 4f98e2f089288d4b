//! ORCA's API list of users, `/orca101/manageusersv2`, as XML or JSON. No hash, no last use.

use super::{PRODUCT, system};
use crate::ingest::source::{Probe, Source};
use crate::ingest::{Claim, FileError, Reader};
use crate::model::account::{Draft, Flag};
use crate::model::day::Stamp;
use crate::model::file::{FileId, Origin, Problem, Weight};
use crate::model::inventory::Inventory;
use crate::model::site::SystemKind;
use crate::model::tri::Tri;
use crate::rules::RuleSet;
use crate::text::date::{self, DateColumn, DateRules};
use quick_xml::events::Event;
use serde_json::Value;

/// Reader of the answer of manageusersv2.
pub struct OrcaApi;

const LIMIT: usize = 64 << 20;
const DEPTH: usize = 64;

impl Reader for OrcaApi {
    fn name(&self) -> &'static str {
        "orca-api"
    }

    fn claim(&self, probe: &Probe<'_>) -> Option<Claim> {
        let text = probe.text.trim_start_matches('\u{feff}').trim_start();
        let ours = text.starts_with(['<', '{']) && text.contains("User_Information");
        ours.then_some(Claim { score: 95, reason: "answer of manageusersv2" })
    }

    fn read(
        &self,
        source: &mut Source<'_>,
        _rules: &RuleSet,
        inventory: &mut Inventory,
    ) -> Result<(), FileError> {
        let name = system(source);
        let text = source.text(LIMIT)?;
        let text = text.trim_start_matches('\u{feff}');
        let users =
            if text.trim_start().starts_with('{') { from_json(text)? } else { from_xml(text)? };
        let system = inventory.system(SystemKind::Ecarte, &name, false);
        inventory.systems[system as usize].product = inventory.names.intern(PRODUCT);
        if users.is_empty() {
            let problem = Problem::new(Origin::default(), Weight::File, "no-records");
            inventory.problems.push(problem);
        }
        for user in &users {
            match user.push(system, inventory) {
                Ok(()) => inventory.rows.take(),
                Err((code, column)) => {
                    let problem = Problem::new(user.origin(), Weight::Row, code);
                    inventory.refuse(problem.column(column));
                }
            }
        }
        Ok(())
    }
}

/// A user as the answer lists it: names of elements without their case, and texts.
struct User {
    line: u32,
    fields: Vec<(String, String)>,
}

impl User {
    const fn origin(&self) -> Origin {
        Origin { file: FileId(0), line: self.line }
    }

    fn get(&self, names: &[&str]) -> &str {
        let found = self.fields.iter().find(|(name, _)| names.contains(&name.as_str()));
        found.map_or("", |(_, text)| text.trim())
    }

    fn day(
        &self,
        name: &'static str,
        column: DateColumn,
    ) -> Result<Stamp, (&'static str, &'static str)> {
        let rules = DateRules { column, ..DateRules::default() };
        let parsed = date::parse(self.get(&[name]), &rules).map_err(|_| ("bad-date", name))?;
        Ok(parsed.when.into())
    }

    fn push(
        &self,
        system: u16,
        inventory: &mut Inventory,
    ) -> Result<(), (&'static str, &'static str)> {
        let login = self.get(&["user_id"]);
        if login.is_empty() {
            return Err(("empty-account", "User_Id"));
        }
        let mut draft = Draft {
            login,
            name: self.get(&["full_name", "user_name"]),
            kana: self.get(&["kana", "kana_name", "full_name_kana"]),
            created: self.day("start_date", DateColumn::Event)?,
            expires: self.day("end_date", DateColumn::End)?,
            origin: self.origin(),
            ..Draft::default()
        };
        match self.get(&["administrator_privilege"]) {
            "1" => draft.flags.set(Flag::Privileged, Tri::Yes),
            "0" | "2" => draft.flags.set(Flag::Privileged, Tri::No),
            _ => {}
        }
        if login == super::BUILT_IN {
            draft.flags.set(Flag::BuiltIn, Tri::Yes);
        }
        inventory.push_account(system, &draft);
        Ok(())
    }
}

fn from_json(text: &str) -> Result<Vec<User>, FileError> {
    // serde_json bounds nesting by itself; its own words would quote the text.
    let value: Value = serde_json::from_str(text)
        .map_err(|error| FileError::at("bad-json", error.line() as u32))?;
    let mut users = Vec::new();
    collect(&value, &mut users);
    Ok(users)
}

fn collect(value: &Value, users: &mut Vec<User>) {
    let Value::Object(object) = value else { return };
    for (name, inner) in object {
        match inner {
            Value::Array(list) if name.eq_ignore_ascii_case("User_Information") => {
                users.extend(list.iter().filter_map(Value::as_object).map(|user| User {
                    line: 1,
                    fields: user.iter().map(|(n, v)| (n.to_lowercase(), plain(v))).collect(),
                }));
            }
            Value::Object(_) => collect(inner, users),
            _ => {}
        }
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

fn from_xml(text: &str) -> Result<Vec<User>, FileError> {
    let mut reader = quick_xml::Reader::from_str(text);
    let mut path: Vec<String> = Vec::new();
    let mut users: Vec<User> = Vec::new();
    loop {
        let at = reader.buffer_position() as usize;
        let bad = || FileError::at("bad-xml", line_of(text, at));
        match reader.read_event().map_err(|_| bad())? {
            Event::DocType(_) => return Err(bad()),
            Event::Start(start) => {
                let name = start.local_name();
                let name = name.as_ref().to_lowercase();
                if name == "user_information_child" {
                    users.push(User { line: line_of(text, at), fields: Vec::new() });
                }
                path.push(name);
                if path.len() > DEPTH {
                    return Err(bad());
                }
            }
            Event::End(_) => {
                path.pop();
            }
            Event::Text(words) => take_text(&path, words.as_ref(), &mut users),
            Event::Eof if path.is_empty() => return Ok(users),
            Event::Eof => return Err(bad()),
            _ => {}
        }
    }
}

/// Only the fields that stand directly below a user are its own; menus lie deeper.
fn take_text(path: &[String], words: &str, users: &mut [User]) {
    let [.., parent, name] = path else { return };
    if parent != "user_information_child" {
        return;
    }
    if let Some(user) = users.last_mut() {
        let text = quick_xml::escape::unescape(words).unwrap_or_default();
        match user.fields.iter_mut().find(|(known, _)| known == name) {
            Some((_, known)) => known.push_str(&text),
            None => user.fields.push((name.clone(), text.into_owned())),
        }
    }
}

fn line_of(text: &str, at: usize) -> u32 {
    let before = &text.as_bytes()[..at.min(text.len())];
    memchr::memchr_iter(b'\n', before).count() as u32 + 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::testing::{claim, login, read};

    const XML: &str = "<?xml version=\"1.0\"?>\n<xmlio2><manageusersres>\n<Api_Result>0000</Api_Result>\n\
        <User_Information type=\"array\">\n<User_Information_child>\n<User_Id>satou</User_Id>\
        <Full_Name>佐藤 &amp; 拓也</Full_Name><Start_Date>2020-04-01</Start_Date>\
        <End_Date>9999-12-31</End_Date><Administrator_Privilege>1</Administrator_Privilege>\
        <Menu><User_Id>other</User_Id></Menu>\n</User_Information_child>\n\
        <User_Information_child><User_Id></User_Id></User_Information_child>\n\
        </User_Information></manageusersres></xmlio2>";

    #[test]
    fn xml_and_json_give_the_same_user() {
        let json = "{\"manageusersres\":{\"User_Information\":[{\"User_Id\":\"satou\",\
            \"Full_Name\":\"佐藤 & 拓也\",\"Start_Date\":\"2020-04-01\",\"End_Date\":\"9999-12-31\",\
            \"Administrator_Privilege\":\"1\"},{\"User_Id\":\"\"}]}}";
        for (name, text) in [("ecarte/a.xml", XML), ("ecarte/a.json", json)] {
            assert_eq!(claim(&OrcaApi, name, text), 95);
            let part = read(&OrcaApi, name, text.as_bytes());
            assert_eq!((login(&part, 0), part.system_name(0)), ("satou", "orca"));
            assert_eq!(part.text.get(part.accounts.name.get(0)), "佐藤 & 拓也");
            assert_eq!(part.accounts.expires.get(0), Stamp::NEVER);
            assert_eq!(part.accounts.flag(0, Flag::Privileged), Tri::Yes);
            assert_eq!((part.rows.ok, part.rows.quarantined), (1, 1));
        }
    }

    #[test]
    fn document_types_and_broken_text_are_refused() {
        let entity = format!("<!DOCTYPE x [<!ENTITY a \"b\">]>{XML}");
        assert_eq!(from_xml(&entity).err().map(|e| e.code), Some("bad-xml"));
        assert_eq!(from_xml("<a><b></a>").err().map(|e| e.code), Some("bad-xml"));
        assert_eq!(from_xml("<a><b>").err().map(|e| e.code), Some("bad-xml"));
        assert_eq!(from_json("{\"a\":").err().map(|e| e.code), Some("bad-json"));
        let deep = format!("{}x", "<a>".repeat(100_000));
        assert_eq!(from_xml(&deep).err().map(|e| e.code), Some("bad-xml"));
    }
}
