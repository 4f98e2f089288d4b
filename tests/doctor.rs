//! `doctor`: each thing that can be wrong is told, with what to do, and no secret.

#[path = "support/process.rs"]
mod process;

use process::{Run, run};
use std::fs;
use std::path::Path;

fn made() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let made = run(&["init", text(folder.path()), "--lang", "en"]);
    assert_eq!(made.code, 0, "{}", made.said());
    folder
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path")
}

fn doctor(folder: &Path) -> Run {
    run(&["doctor", text(folder), "--lang", "en"])
}

/// The lines about a topic, as state and text; hints follow their line.
fn lines(run: &Run, topic: &str) -> Vec<String> {
    let (said, mut about, mut found) = (run.said(), false, Vec::new());
    for line in said.lines() {
        let words: Vec<_> = line.split_whitespace().collect();
        let is_hint = words.first() == Some(&"hint:");
        if !is_hint {
            about = words.get(1) == Some(&topic);
        }
        if about {
            found.push(words.join(" "));
        }
    }
    found
}

fn write(path: &Path, bytes: impl AsRef<[u8]>) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("a new folder");
    fs::write(path, bytes).expect("a new file");
}

/// A folder as `init` makes it, with the exports of a small hospital.
fn with_exports() -> tempfile::TempDir {
    let folder = made();
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/months/2026-11/sites/honin");
    process::copy(&fixture, &folder.path().join("sites/honin"));
    folder
}

#[test]
fn a_sound_folder_has_no_problem_and_the_sample_goes_round() {
    let folder = with_exports();
    let run = doctor(folder.path());
    assert_eq!(run.code, 0, "{}", run.said());
    let sample = lines(&run, "sample");
    assert!(sample[0].starts_with("ok sample audit "), "{sample:?}");
    assert!(sample[0].ends_with("formats and read back"), "{sample:?}");
    for topic in ["program", "folder", "settings", "key", "exports", "clock"] {
        let found = lines(&run, topic);
        assert!(found[0].starts_with(&format!("ok {topic} ")), "{topic}: {}", run.said());
    }
    assert!(run.said().contains("Problems: 0, warnings: 0."), "{}", run.said());
    let key = fs::read_to_string(folder.path().join("keys/tag.key")).expect("a key");
    assert!(!run.said().contains(key.trim()), "the key is printed");
    assert_eq!(process::sorted(folder.path()).len(), 4, "nothing was left in the folder");
}

#[test]
fn the_answers_exist_in_japanese() {
    let folder = with_exports();
    let run = run(&["doctor", text(folder.path()), "--lang", "ja"]);
    assert_eq!(run.code, 0, "{}", run.said());
    assert!(run.said().contains("正常  鍵"), "{}", run.said());
    assert!(run.said().contains("問題 0、注意 0。"), "{}", run.said());
}

#[test]
fn settings_that_cannot_be_read_are_a_problem_with_a_line() {
    let folder = made();
    write(&folder.path().join("kagiban.toml"), "lang = \"en\"\nstale_day = 60\n");
    write(&folder.path().join("suppressions.toml"), "[[suppression]]\nrule = \"*\"\n");
    let run = doctor(folder.path());
    assert_eq!(run.code, 2, "{}", run.said());
    let settings = lines(&run, "settings");
    assert!(settings[0].starts_with("problem settings"), "{settings:?}");
    assert!(settings.concat().contains("kagiban.toml:2"), "{settings:?}");
    let exceptions = lines(&run, "exceptions");
    assert!(exceptions[0].starts_with("problem exceptions"), "{}", run.said());
}

#[test]
fn a_key_is_a_problem_when_short_and_a_warning_when_open() {
    let folder = made();
    let key = folder.path().join("keys/tag.key");
    fs::write(&key, "0123456789abcdef").expect("a key");
    let run = doctor(folder.path());
    assert_eq!(run.code, 2);
    let found = lines(&run, "key");
    assert!(found[0].starts_with("problem key") && found[0].contains("too short"), "{found:?}");
    assert!(!run.said().contains("0123456789abcdef"), "the key is printed");
    assert!(found.len() > 1 && found[1].starts_with("hint: "), "{found:?}");
    fs::remove_file(&key).expect("a file");
    let run = doctor(folder.path());
    assert_eq!(run.code, 0, "no key is needed");
    assert!(lines(&run, "exports")[0].starts_with("warning exports"), "registers are no exports");
    let absent = process::run(&["doctor", text(folder.path()), "--key", "absent.key"]);
    assert_eq!(absent.code, 2, "one that is named must be there");
}

#[cfg(unix)]
#[test]
fn what_others_may_read_is_a_warning_with_the_command_that_mends_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let open = |path: &Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("rights");
    };
    let folder = made();
    let (key, run_folder) =
        (folder.path().join("keys/tag.key"), folder.path().join("runs/2026-10"));
    fs::create_dir_all(&run_folder).expect("a folder");
    write(&run_folder.join("findings.csv"), "x");
    open(&run_folder, 0o755);
    open(&run_folder.join("findings.csv"), 0o644);
    open(&key, 0o640);
    let run = doctor(folder.path());
    assert_eq!(run.code, 0, "{}", run.said());
    let found = lines(&run, "key");
    assert!(found[0].starts_with("warning key") && found[1].contains("chmod 600"), "{found:?}");
    let found = lines(&run, "runs");
    assert!(found[0].starts_with("warning runs others can open 2 of them"), "{found:?}");
    open(&run_folder, 0o700);
    open(&key, 0o600);
    let run = doctor(folder.path());
    assert!(lines(&run, "runs")[0].starts_with("ok runs 1 "), "{}", run.said());
    assert!(lines(&run, "key")[0].starts_with("ok key "), "{}", run.said());
    // A key among what is handed on.
    fs::copy(&key, run_folder.join("tag.key")).expect("a copy");
    let inner = run_folder.join("tag.key");
    let run = process::run(&["doctor", text(folder.path()), "--lang", "en", "--key", text(&inner)]);
    assert!(lines(&run, "key")[0].contains("handed on (runs)"), "{}", run.said());
}

#[test]
fn an_export_of_the_future_is_a_matter_of_the_clock() {
    let folder = with_exports();
    let roster = folder.path().join("sites/honin/hr/roster.csv");
    let later = folder.path().join("sites/honin/hr/roster_20991231.csv");
    fs::rename(roster, later).expect("a new name");
    let run = doctor(folder.path());
    assert_eq!(run.code, 0, "{}", run.said());
    let found = lines(&run, "clock");
    assert!(found[0].starts_with("warning clock"), "{found:?}");
    assert!(found[0].contains("roster_20991231.csv is of 2099-12-31"), "{found:?}");
}

#[test]
fn lists_of_passwords_are_opened() {
    let folder = made();
    write(&folder.path().join("corpora/broken.txt"), "no list\n");
    let run = doctor(folder.path());
    assert_eq!(run.code, 2, "{}", run.said());
    assert!(lines(&run, "corpora")[0].starts_with("problem corpora"), "{}", run.said());
}

#[test]
fn a_folder_that_is_not_there_is_a_problem() {
    let run = doctor(Path::new("/no/such/folder"));
    assert_eq!(run.code, 2, "{}", run.said());
    assert!(lines(&run, "folder")[0].starts_with("problem folder"), "{}", run.said());
}
