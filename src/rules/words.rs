//! rules/words/*.txt: lists of words that passwords are made of, and readings of departments.

use crate::rules::RuleError;
use std::collections::{BTreeMap, HashSet};

/// The list that gives readings instead of words.
const READINGS: &str = "departments";
/// Longest word, in bytes.
const LONGEST: usize = 64;

/// One list of words, named as its file.
pub struct WordList {
    /// Name that findings carry: `notice`, `medical`.
    pub name: String,
    /// Words as they are written, in the order of the file; no two differ in case alone.
    pub words: Vec<String>,
}

/// All word lists.
#[derive(Default)]
pub struct Words {
    /// Lists, in the order of their files.
    pub lists: Vec<WordList>,
    /// Departments and how they are read in Latin letters.
    pub departments: BTreeMap<String, Vec<String>>,
}

impl Words {
    /// Adds one file. Lines that begin with `#` and empty lines say nothing.
    pub fn add(&mut self, file: &str, text: &str) -> Result<(), RuleError> {
        let stem = file.strip_suffix(".txt").unwrap_or_default();
        let name = stem.trim_start_matches("words/");
        let named = !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
        if !named {
            let hint = "name it words/<lower-case letters>.txt";
            return Err(RuleError::meaning(file, "not a name of a word list", hint));
        }
        let lines = (1..).zip(text.lines()).filter(|(_, l)| !l.is_empty() && !l.starts_with('#'));
        let (mut words, mut departments) = (Vec::<String>::new(), BTreeMap::new());
        let mut seen = HashSet::new();
        for (line, text) in lines {
            let fault = if name == READINGS {
                reading(text, &mut departments)
            } else {
                word(text, &mut seen, &mut words)
            };
            if let Some((message, hint)) = fault {
                return Err(RuleError { line, ..RuleError::meaning(file, message, hint) });
            }
        }
        self.departments.append(&mut departments);
        if name != READINGS {
            self.lists.push(WordList { name: name.to_owned(), words });
        }
        Ok(())
    }
}

type Fault = (String, &'static str);

/// `seen` holds the words before in lower case.
fn word(text: &str, seen: &mut HashSet<String>, words: &mut Vec<String>) -> Option<Fault> {
    if text.trim() != text || text.len() > LONGEST {
        let hint = "one word a line, without spaces around it, at most 64 bytes";
        return Some(("not a word".to_owned(), hint));
    }
    if !seen.insert(text.to_ascii_lowercase()) {
        return Some((format!("'{text}' stands twice"), "delete one of the lines"));
    }
    words.push(text.to_owned());
    None
}

fn reading(text: &str, departments: &mut BTreeMap<String, Vec<String>>) -> Option<Fault> {
    let mut parts = text.split_whitespace().map(str::to_owned);
    let name = parts.next()?;
    let readings: Vec<String> = parts.collect();
    let latin = |r: &String| r.bytes().all(|b| b.is_ascii_lowercase());
    if readings.is_empty() || !readings.iter().all(latin) {
        let hint = "write the department and then its readings in lower-case Latin letters";
        return Some((format!("'{name}' has no reading"), hint));
    }
    if departments.insert(name.clone(), readings).is_some() {
        return Some((format!("'{name}' stands twice"), "delete one of the lines"));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::RuleSet;

    fn error(file: &str, text: &str) -> (usize, String) {
        let error = Words::default().add(file, text).err().unwrap();
        (error.line, error.message)
    }

    #[test]
    fn shipped_lists_are_read() {
        let words = RuleSet::embedded().unwrap().words;
        let names: Vec<_> = words.lists.iter().map(|list| list.name.as_str()).collect();
        assert_eq!(names, ["common", "medical", "notice"]);
        assert!(words.lists[2].words.contains(&"7410".to_owned()));
        assert_eq!(words.departments["内科"], ["naika"]);
    }

    #[test]
    fn faults_name_their_line() {
        assert_eq!(error("words/x.txt", "# a\none\ntwo\none\n"), (4, "'one' stands twice".into()));
        assert_eq!(error("words/x.txt", "One\none\n"), (2, "'one' stands twice".into()));
        assert_eq!(error("words/x.txt", " one\n"), (1, "not a word".into()));
        assert_eq!(error("words/X.txt", "").0, 1);
        assert_eq!(error("words/departments.txt", "内科\n"), (1, "'内科' has no reading".into()));
    }
}
