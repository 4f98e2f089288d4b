//! What the command line says of itself: help, completions, manual.

#[path = "support/process.rs"]
mod process;

use clap::Command;
use clap::CommandFactory as _;
use kagiban::cli::Cli;
use process::run;

/// Every verb with the words that lead to it, and the command as clap knows it.
fn verbs() -> Vec<(Vec<String>, Command)> {
    fn below(path: &[String], command: &Command, found: &mut Vec<(Vec<String>, Command)>) {
        for verb in command.get_subcommands() {
            let path: Vec<_> = path.iter().cloned().chain([verb.get_name().to_owned()]).collect();
            below(&path, verb, found);
            found.push((path, verb.clone()));
        }
    }
    let mut found = Vec::new();
    below(&[], &Cli::command(), &mut found);
    found
}

fn printed(arguments: &[&str]) -> String {
    let run = run(arguments);
    assert_eq!((run.code, &*run.stderr), (0, &b""[..]), "{arguments:?}: {}", run.said());
    String::from_utf8(run.stdout).expect("text")
}

#[test]
fn the_command_line_is_sound() {
    Cli::command().debug_assert();
    // The contract's verbs that are built so far.
    let names: Vec<_> = verbs().into_iter().map(|(path, _)| path.join(" ")).collect();
    for name in [
        "init",
        "audit",
        "inventory",
        "explain",
        "rules list",
        "rules check",
        "diff",
        "report",
        "baseline write",
        "review import",
        "schema",
        "completions",
        "man",
        "doctor",
    ] {
        assert!(names.iter().any(|known| known == name), "{name} is missing: {names:?}");
    }
}

#[test]
fn completions_name_every_verb_and_option() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = printed(&["completions", shell]);
        for (path, verb) in verbs() {
            assert!(script.contains(path.last().expect("a name")), "{shell}: {path:?}");
            for option in verb.get_arguments().filter_map(clap::Arg::get_long) {
                assert!(script.contains(option), "{shell}: {path:?} --{option}");
            }
        }
    }
    let run = run(&["completions", "tcsh"]);
    assert_eq!(run.code, 2, "{}", run.said());
    assert!(run.said().contains("powershell"), "the shells are named: {}", run.said());
}

/// The text of a page as it is looked for: roff escapes hyphens.
fn plain(page: &str) -> String {
    page.replace("\\-", "-").replace("\\fB", "").replace("\\fR", "")
}

#[test]
fn the_manual_has_a_page_for_every_verb() {
    let top = plain(&printed(&["man"]));
    assert!(top.contains(".TH kagiban 1"), "{top}");
    assert!(top.contains("130  interrupted"), "exit codes stand on the page");
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("man1");
    assert_eq!(printed(&["man", "-o", out.to_str().expect("a path")]), "");
    let pages = process::sorted(&out);
    assert_eq!(pages.len(), verbs().len() + 1);
    for (path, verb) in verbs() {
        let name = path.join("-");
        let page = std::fs::read_to_string(out.join(format!("kagiban-{name}.1"))).expect(&name);
        let words: Vec<_> = ["man"].into_iter().chain(path.iter().map(String::as_str)).collect();
        assert_eq!(page, printed(&words), "{name}: the page alone is the page of the folder");
        for option in verb.get_arguments().filter_map(clap::Arg::get_long) {
            assert!(plain(&page).contains(&format!("--{option}")), "{name} --{option}");
        }
        if path.len() == 1 {
            assert!(top.contains(&format!("kagiban-{name}(1)")), "the first page names {name}");
        }
    }
    assert_eq!(run(&["man", "nothing"]).code, 2);
}

#[test]
fn help_says_no_default_twice_and_fits_a_terminal() {
    for (path, _) in verbs() {
        let words: Vec<_> = path.iter().map(String::as_str).chain(["--help"]).collect();
        for line in printed(&words).lines() {
            assert!(line.chars().count() <= 100, "{path:?}: {line}");
            assert!(line.matches("[default").count() < 2, "{path:?}: {line}");
            assert!(!line.contains("See ["), "{path:?}: {line}");
        }
    }
}
