//! Folders with odd things in them (127, 128, 129, 132, 133, 136): links, pipes, names.

use crate::cells::parse;
use crate::process::run;
use std::fs;
use std::path::{Path, PathBuf};

const USERS: &str = "利用者ID,氏名,有効区分,最終ログイン,登録日\n\
                     u001,山田 太郎,有効,2026/11/01,2020/04/01\n";

/// A folder with one good export.
fn site(folder: &Path) -> PathBuf {
    let ecarte = folder.join("ecarte");
    fs::create_dir_all(&ecarte).expect("a new folder");
    fs::write(ecarte.join("users.csv"), USERS).expect("a new file");
    ecarte
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// Path and problem of every listed file.
fn listed(folder: &Path) -> Vec<(String, String)> {
    let run = run(&["inventory", &text(folder), "--what", "files"]);
    let rows = parse(&run.stdout).1;
    rows.into_iter().map(|row| (row["path"].clone(), row["problem"].clone())).collect()
}

#[cfg(unix)]
#[test]
fn case_127_links_pipes_and_sockets_are_not_opened() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().expect("a folder");
    let elsewhere = tempfile::tempdir().expect("a folder");
    fs::write(elsewhere.path().join("secret.csv"), USERS.replace("u001", "xq-elsewhere")).unwrap();
    let ecarte = site(folder.path());
    symlink(elsewhere.path().join("secret.csv"), ecarte.join("link.csv")).unwrap();
    symlink(elsewhere.path(), ecarte.join("outside")).unwrap();
    symlink("..", ecarte.join("loop")).unwrap();
    symlink("nowhere", ecarte.join("dangling.csv")).unwrap();
    let made = std::process::Command::new("mkfifo").arg(ecarte.join("pipe.csv")).status();
    assert!(made.is_ok_and(|status| status.success()), "mkfifo");
    let _socket = std::os::unix::net::UnixListener::bind(ecarte.join("socket.csv")).unwrap();

    let files = listed(folder.path());
    for name in ["link.csv", "outside", "loop", "dangling.csv", "pipe.csv", "socket.csv"] {
        let path = format!("ecarte/{name}");
        let problem =
            files.iter().find(|(listed, _)| *listed == path).map(|(_, problem)| &**problem);
        assert_eq!(problem, Some("special-file"), "{path} among {files:?}");
    }
    assert_eq!(files.len(), 7, "{files:?}");
    let run = run(&["audit", &text(folder.path()), "--dry-run", "--as-of", "2026-11-22"]);
    assert_eq!(run.code, 3, "{}", run.said());
    assert!(!run.said().contains("xq-elsewhere"));
}

#[cfg(unix)]
#[test]
fn case_128_a_file_without_permission_is_refused_aloud() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    let ecarte = site(folder.path());
    let closed = ecarte.join("closed.csv");
    fs::write(&closed, USERS).unwrap();
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(&closed).is_ok() {
        println!("skipped case_128: this user reads every file");
        return;
    }
    let files = listed(folder.path());
    assert!(
        files.contains(&("ecarte/closed.csv".to_owned(), "unreadable".to_owned())),
        "{files:?}"
    );
    let run = run(&["audit", &text(folder.path()), "--dry-run", "--as-of", "2026-11-22"]);
    assert_eq!(run.code, 3, "{}", run.said());
}

#[cfg(target_os = "linux")]
#[test]
fn case_129_names_that_are_no_text_are_read_and_shown_escaped() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let folder = tempfile::tempdir().expect("a folder");
    let ecarte = site(folder.path());
    for (name, login) in
        [(&b"\x97\x98\x97p.csv"[..], "u901"), (b"two\nlines.csv", "u902"), (b"\x1b[2J.csv", "u903")]
    {
        fs::write(ecarte.join(OsStr::from_bytes(name)), USERS.replace("u001", login)).unwrap();
    }
    let accounts = run(&["inventory", &text(folder.path()), "--what", "accounts"]);
    let logins: Vec<String> =
        parse(&accounts.stdout).1.into_iter().map(|row| row["account"].clone()).collect();
    for login in ["u001", "u901", "u902", "u903"] {
        assert!(logins.contains(&login.to_owned()), "no {login} among {logins:?}");
    }
    let dry = run(&["audit", &text(folder.path()), "--dry-run", "--as-of", "2026-11-22"]);
    assert!(!dry.stdout.contains(&0x1B) && !dry.stderr.contains(&0x1B), "a bare escape");
    assert!(!dry.said().contains("two\nlines"), "a name that takes two lines");
}

#[test]
fn case_132_sites_that_people_take_for_one_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    site(&folder.path().join("sites/A病院"));
    site(&folder.path().join("sites/Ａ病院"));
    let run = run(&["audit", &text(folder.path()), "--dry-run"]);
    assert_eq!(run.code, 2, "{}", run.said());
    assert!(run.said().contains("ambiguous-site"), "{}", run.said());
}

#[test]
fn case_133_a_site_without_data_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    site(&folder.path().join("sites/honin"));
    fs::create_dir_all(folder.path().join("sites/xq-empty/ad")).unwrap();
    let out = folder.path().join("out");
    let run = run(&["audit", &text(folder.path()), "-o", &text(&out), "--as-of", "2026-11-22"]);
    let header = fs::read_to_string(out.join("run.json")).expect("run.json");
    assert!(header.contains("xq-empty"), "run.json does not name the empty site");
    assert!(
        run.said().contains("xq-empty"),
        "the summary does not name the empty site: {}",
        run.said()
    );
    assert_eq!(run.code, 3, "an empty site is no clean one: {}", run.said());
}

#[test]
fn a_folder_without_exports_is_nothing_to_audit() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir_all(folder.path().join("sites/honin/ad")).unwrap();
    let nothing = run(&["audit", &text(folder.path()), "--as-of", "2026-11-22"]);
    assert_eq!(nothing.code, 4, "{}", nothing.said());
    let missing = run(&["audit", &text(&folder.path().join("no-such-folder"))]);
    assert_eq!(missing.code, 2, "{}", missing.said());
}

#[test]
fn case_136_outputs_are_not_read_as_inputs() {
    for inside in [true, false] {
        let folder = tempfile::tempdir().expect("a folder");
        // As a folder with sites/, and as a single site that holds everything.
        site(&if inside { folder.path().join("sites/honin") } else { folder.path().to_owned() });
        if inside {
            let init = run(&["init", &text(folder.path()), "--lang", "en"]);
            assert_eq!(init.code, 0, "{}", init.said());
        }
        let before = listed(folder.path());
        for _ in 0..2 {
            let run = run(&["audit", &text(folder.path()), "--as-of", "2026-11-22"]);
            assert!(matches!(run.code, 0 | 1), "{}: {:?}", run.said(), listed(folder.path()));
        }
        assert!(folder.path().join("runs/2026-11/findings.csv").is_file());
        assert_eq!(before, listed(folder.path()));
        assert_eq!(before.len(), 1, "{before:?}");
    }
}
