//! The floors of the house: a module uses floors below its own, never a neighbour.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

/// Modules by floor, lowest first. Modules of one floor are strangers, except on the ground floor,
/// where `text` may use `model`, and `model` keeps its columns in the lists of `kernel`.
const FLOORS: &[&[&str]] = &[
    &["model", "text", "kernel"],
    &["rules"],
    &["policy"],
    &[
        "ingest",
        "correlate",
        "credential",
        "corpus",
        "audit",
        "baseline",
        "report",
        "review",
        "runs",
        "collect",
        "link",
        "work",
    ],
    &["command", "cli", "main", "lib"],
];

/// Neighbours that may meet: the command line on the top floor, text, which speaks of days, and
/// columns, which need unsafe code.
const ALLOWED: &[(&str, &str)] = &[
    ("text", "model"),
    ("model", "kernel"),
    ("command", "cli"),
    ("main", "cli"),
    ("main", "command"),
    ("command", "command"),
];

fn floor(module: &str) -> Option<usize> {
    FLOORS.iter().position(|modules| modules.contains(&module))
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Top module names in `crate::x`, `kagiban::x` and `crate::{x, y::z}`.
fn used(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for start in ["crate::", "kagiban::"] {
        for (at, _) in text.match_indices(start) {
            let rest = &text[at + start.len()..];
            if let Some(list) = rest.strip_prefix('{') {
                let mut depth = 0;
                let mut item = String::new();
                for c in list.chars() {
                    match c {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => names.push(std::mem::take(&mut item)),
                        _ if depth == 0 => item.push(c),
                        _ => {}
                    }
                }
                names.push(item);
            } else {
                names.push(rest.to_owned());
            }
        }
    }
    let head = |name: String| {
        name.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>()
    };
    names.into_iter().map(head).filter(|name| !name.is_empty()).collect()
}

#[test]
fn modules_use_only_floors_below() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let (mut wrong, mut seen) = (Vec::new(), 0);
    for file in files {
        let inner = file.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
        // Unit tests may build what they need from other floors.
        if ["/tests.rs", "/tests/", "/testing.rs", "/sample.rs"]
            .iter()
            .any(|part| inner.contains(part))
        {
            continue;
        }
        let module = inner.split('/').next().unwrap().trim_end_matches(".rs").to_owned();
        let Some(own) = floor(&module) else {
            wrong.push(format!("src/{inner}: `{module}` has no floor in tests/architecture.rs"));
            continue;
        };
        for other in used(&fs::read_to_string(&file).unwrap()) {
            let Some(theirs) = floor(&other) else { continue };
            seen += 1;
            let neighbours = ALLOWED.contains(&(module.as_str(), other.as_str()));
            if other != module && theirs >= own && !neighbours {
                wrong.push(format!("src/{inner}: `{module}` must not use `{other}`"));
            }
        }
    }
    assert!(seen > 50, "only {seen} paths were seen: the scan is broken");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn unsafe_code_stands_in_the_kernels_alone() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    for file in files.iter().filter(|file| !file.starts_with(root.join("kernel"))) {
        let text = fs::read_to_string(file).unwrap();
        let allows = text.contains("allow(unsafe_code)") || text.contains("unsafe {");
        assert!(!allows, "{}: unsafe outside src/kernel", file.display());
    }
}

#[test]
fn the_scan_finds_what_it_looks_for() {
    let text =
        "use crate::model::day::Day;\nuse crate::{audit, correlate::x};\nkagiban::report::write();";
    assert_eq!(used(text), ["model", "audit", "correlate", "report"]);
}
