//! Lists of every form and fault, against a plain map of what they hold.

use super::open;
use crate::model::breach::{CorpusHash, DigestKey};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// Digests without a pattern, and how often each was seen.
fn listed(count: u64, width: usize) -> BTreeMap<Vec<u8>, u32> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64 ^ count;
    let mut next = || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state ^ state >> 33).wrapping_mul(0xff51_afd7_ed55_8ccd)
    };
    (0..count)
        .map(|number| {
            let bytes: Vec<u8> = (0..3).flat_map(|_| next().to_be_bytes()).collect();
            (bytes[..width].to_vec(), 1 + (number % 20_000) as u32)
        })
        .collect()
}

fn text(list: &BTreeMap<Vec<u8>, u32>, end: &str, cut: usize) -> String {
    let mut text = String::new();
    for (digest, count) in list {
        let hex: String = digest.iter().fold(String::new(), |mut hex, byte| {
            write!(hex, "{byte:02X}").unwrap();
            hex
        });
        write!(text, "{}:{count}{end}", &hex[cut..]).unwrap();
    }
    text
}

/// Asks for every listed digest and for two beside each; all answers must be right.
fn agrees(path: &Path, list: &BTreeMap<Vec<u8>, u32>, hash: CorpusHash, every: usize) {
    let corpus = open(path).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(corpus.about().hash, hash);
    let mut asked: Vec<Vec<u8>> = Vec::new();
    for digest in list.keys().step_by(every) {
        let mut beside = digest.clone();
        asked.push(digest.clone());
        *beside.last_mut().unwrap() ^= 1;
        asked.push(beside.clone());
        beside[0] = beside[0].wrapping_add(1);
        asked.push(beside);
    }
    asked.sort_unstable();
    let keys: Vec<DigestKey> = asked.iter().map(|digest| DigestKey::of(digest)).collect();
    let mut counts = vec![0; keys.len()];
    corpus.counts(&keys, &mut counts).unwrap_or_else(|error| panic!("{error}"));
    for (digest, count) in asked.iter().zip(counts) {
        assert_eq!(count, list.get(digest).copied().unwrap_or(0), "{digest:02x?}");
    }
}

fn refused(path: &Path, keys: &[DigestKey]) -> String {
    match open(path) {
        Err(error) => error.to_string(),
        Ok(corpus) => corpus.counts(keys, &mut vec![0; keys.len()]).unwrap_err().to_string(),
    }
}

#[test]
fn single_files_of_every_size_and_end_answer_like_a_map() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("list.txt");
    for (count, every) in
        [(1, 1), (2, 1), (13, 1), (400, 1), (30_000, 1), (30_000, 700), (120_000, 9_000)]
    {
        for (hash, width) in [(CorpusHash::Nt, 16), (CorpusHash::Sha1, 20)] {
            let list = listed(count, width);
            for end in ["\r\n", "\n"] {
                fs::write(&path, text(&list, end, 0)).unwrap();
                agrees(&path, &list, hash, every);
            }
            fs::write(&path, text(&list, "\n", 0).trim_end().to_lowercase()).unwrap();
            agrees(&path, &list, hash, every);
        }
    }
}

#[test]
fn digests_that_lie_unevenly_are_found_as_well() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("list.txt");
    let mut list = listed(3_000, 16);
    // A heap of neighbours in the middle, and one at each end.
    for low in 0..20_000_u32 {
        let mut digest = [0x80; 16];
        digest[12..].copy_from_slice(&low.to_be_bytes());
        list.insert(digest.to_vec(), low + 1);
    }
    fs::write(&path, text(&list, "\r\n", 0)).unwrap();
    for every in [1, 97] {
        agrees(&path, &list, CorpusHash::Nt, every);
    }
}

fn write_prefixes(folder: &Path, list: &BTreeMap<Vec<u8>, u32>, lower: bool, extension: &str) {
    let mut parts: BTreeMap<u32, BTreeMap<Vec<u8>, u32>> = BTreeMap::new();
    for (digest, &count) in list {
        let prefix = u32::from_be_bytes([0, digest[0], digest[1], digest[2]]) >> 4;
        parts.entry(prefix).or_default().insert(digest.clone(), count);
    }
    for (prefix, part) in parts {
        let name = if lower { format!("{prefix:05x}") } else { format!("{prefix:05X}") };
        fs::write(folder.join(name + extension), text(&part, "\r\n", 5).trim_end()).unwrap();
    }
}

#[test]
fn folders_by_prefix_answer_like_a_map() {
    for (hash, width) in [(CorpusHash::Nt, 16), (CorpusHash::Sha1, 20)] {
        for (lower, extension) in [(false, ""), (true, ""), (false, ".txt")] {
            let folder = tempfile::tempdir().unwrap();
            fs::write(folder.path().join("README"), "not a list").unwrap();
            let mut list = listed(300, width);
            // Neighbours of what is asked need files, too.
            for digest in list.keys().cloned().collect::<Vec<_>>() {
                let mut beside = digest.clone();
                beside[0] = beside[0].wrapping_add(1);
                beside[width - 1] ^= 0x80;
                list.insert(beside, 7);
            }
            write_prefixes(folder.path(), &list, lower, extension);
            let corpus = open(folder.path()).unwrap_or_else(|error| panic!("{error}"));
            let known: Vec<&Vec<u8>> = list.keys().collect();
            let keys: Vec<DigestKey> = known.iter().map(|digest| DigestKey::of(digest)).collect();
            let mut counts = vec![0; keys.len()];
            corpus.counts(&keys, &mut counts).unwrap_or_else(|error| panic!("{error}"));
            assert!(known.iter().zip(counts).all(|(digest, count)| list[*digest] == count));
            assert_eq!((corpus.about().hash, corpus.about().bytes), (hash, None));
        }
    }
}

#[test]
fn a_prefix_without_a_file_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    write_prefixes(folder.path(), &listed(3, 16), false, "");
    let error = refused(folder.path(), &[DigestKey::of(&[0x12; 16])]);
    assert!(error.contains("no file 12121: the list is not whole\nhint: "), "{error}");
    let empty = tempfile::tempdir().unwrap();
    assert!(refused(empty.path(), &[]).contains("no file is named by a prefix"));
}

#[test]
fn every_fault_is_told_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("list.txt");
    let good = text(&listed(2_000, 16), "\r\n", 0);
    let lines: Vec<&str> = good.lines().collect();
    let with = |line: usize, other: &str| {
        let mut lines = lines.clone();
        lines[line - 1] = other;
        lines.join("\r\n") + "\r\n"
    };
    let swapped = {
        let mut lines = lines.clone();
        lines.swap(900, 1_500);
        lines.join("\n")
    };
    let by_count = {
        let mut lines = lines.clone();
        lines.sort_by_key(|line| std::cmp::Reverse(line[33..].parse::<u32>().unwrap()));
        lines.join("\n")
    };
    let zero = format!("{}:0", &lines[699][..32]);
    let wide = format!("{}12345678:5", &lines[699][..32]);
    let long = format!("{}:1", "A".repeat(100_000));
    for (bad, said) in [
        (with(700, "password:3"), "list.txt:700: no line of the form HASH:count"),
        (with(700, &zero), "list.txt:700: a count of 0"),
        (with(700, &wide), "list.txt:700: no line of the form"),
        (with(700, &long), "list.txt:700: no line of the form"),
        (with(700, ""), "list.txt:700: no line of the form"),
        (with(700, lines[698]), "list.txt:700: the list is not sorted here"),
        (swapped, "list.txt:902: the list is not sorted here"),
        (by_count, ": the list is not sorted here"),
        (good[..good.len() - 20].to_owned(), "list.txt:2000: the last line is cut"),
        (lines[..1_700].join("\r\n"), "list.txt:1700: the list ends before its end"),
        (lines[300..].join("\r\n"), "list.txt:1: the beginning of the list is missing"),
        (String::new(), "list.txt:1: an empty file"),
        ("\u{1f}\u{8b}".to_owned(), "no line of the form"),
        ("PK\u{3}\u{4}".to_owned(), "list.txt:1: a packed file\nhint: unpack it first"),
    ] {
        fs::write(&path, &bad).unwrap();
        let error = refused(&path, &[DigestKey::of(&[0; 16])]);
        assert!(error.contains(said) && error.contains("\nhint: "), "{said}: {error}");
    }
    assert!(refused(&folder.path().join("none.txt"), &[]).contains("none.txt: "));
}

#[test]
fn faults_between_the_places_looked_at_first_are_met_by_questions() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("list.txt");
    let list = listed(60_000, 16);
    let good = text(&list, "\n", 0);
    let mut lines: Vec<&str> = good.lines().collect();
    lines.swap(40_007, 40_013);
    fs::write(&path, lines.join("\n")).unwrap();
    let keys: Vec<DigestKey> = list.keys().map(|digest| DigestKey::of(digest)).collect();
    let error = refused(&path, &keys);
    assert!(error.contains("the list is not sorted here"), "{error}");
}

#[test]
fn faults_in_files_by_prefix_are_told_with_file_and_line() {
    let (list, one) = (listed(300, 20), [DigestKey::of(&[0x12; 20])]);
    let suffixes: Vec<String> = text(&list, "\n", 5).lines().map(str::to_owned).collect();
    let mut suffixes = suffixes;
    suffixes.sort_unstable();
    let swapped = [&suffixes[1..], &suffixes[..1]].concat().join("\n");
    for (bad, said) in [
        (suffixes[..150].join("\n"), "12121:150: the file ends before its end"),
        (swapped, "12121:300: the list is not sorted here"),
        (format!("{}\nnonsense", suffixes[0]), "12121:2: no line of the form"),
        (String::new(), "12121:1: no line of the form"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("12121"), bad).unwrap();
        let error = refused(folder.path(), &one);
        assert!(error.contains(said), "{said}: {error}");
    }
}
