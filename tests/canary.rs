//! No secret comes out: canaries stand in every place of every input, every verb runs in every
//! format, and every byte written is searched for them in every encoding.

#[path = "support/cells.rs"]
mod cells;
#[path = "canary/devices.rs"]
mod devices;
#[path = "canary/exports.rs"]
mod exports;
#[path = "support/leak.rs"]
mod leak;
#[path = "canary/plant.rs"]
mod plant;
#[path = "support/process.rs"]
mod process;
#[path = "canary/secrets.rs"]
mod secrets;
#[path = "canary/trees.rs"]
mod trees;

use leak::Search;
use process::{Run, command, files, finish};
use secrets::Canaries;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A folder with a planted site, and every byte that the binary wrote about it.
struct Bench {
    folder: tempfile::TempDir,
    canaries: Canaries,
    runs: usize,
    written: Vec<(String, Vec<u8>)>,
}

impl Bench {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["work", "tmp"] {
            fs::create_dir(folder.path().join(name)).expect("a new folder");
        }
        let mut canaries = plant::plant(&folder.path().join("kwest"));
        let key = canaries.hex("key", 64);
        fs::write(folder.path().join("tag.key"), format!("{key}\n")).expect("a key");
        let bad = canaries.word("key of a wrong shape");
        fs::write(folder.path().join("bad.key"), bad).expect("a key");
        let words = [canaries.shared(), canaries.word("word of a list")].join("\n");
        fs::write(folder.path().join("words.txt"), words).expect("a word list");
        Self { folder, canaries, runs: 0, written: Vec::new() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs a verb where everything it might leave behind is found: words that begin with `@`
    /// stand for paths of the bench.
    fn run(&mut self, line: &str) -> Run {
        let argument = |word: &str| match word.strip_prefix('@') {
            Some(name) => self.path(name).to_string_lossy().into_owned(),
            None => word.to_owned(),
        };
        let arguments: Vec<String> = line.split(' ').map(argument).collect();
        let (work, tmp) = (self.path("work"), self.path("tmp"));
        let mut prepared = command();
        prepared.args(&arguments).current_dir(&work).env("TMPDIR", &tmp).env("HOME", &work);
        let run = finish(&mut prepared);
        assert_ne!(run.code, 70, "{line}: {}", run.said());
        self.runs += 1;
        self.written.push((format!("stdout of {line}"), run.stdout.clone()));
        self.written.push((format!("stderr of {line}"), run.stderr.clone()));
        for folder in [work, tmp] {
            for (name, bytes) in files(&folder) {
                self.written.push((format!("name of a file of {line}"), name.clone().into_bytes()));
                self.written.push((format!("{name} of {line}"), bytes));
            }
            fs::remove_dir_all(&folder).expect("an emptied folder");
            fs::create_dir(&folder).expect("a new folder");
        }
        run
    }

    /// Copies a file of the site, and what shares its folder where that is its own.
    fn alone(&self, file: &str) {
        let (from, to) = (self.path("kwest").join(file), self.path("alone/kwest").join(file));
        let _ = fs::remove_dir_all(self.path("alone"));
        let (from, to) = match file.matches('/').count() {
            1 => (from.as_path(), to.as_path()),
            _ => (from.parent().expect("a folder"), to.parent().expect("a folder")),
        };
        fs::create_dir_all(to.parent().expect("a folder")).expect("a new folder");
        if from.is_dir() {
            process::copy(from, to);
        } else {
            fs::copy(from, to).expect("a copied file");
        }
    }

    fn audits(&mut self) {
        for options in [
            "--lang ja",
            "--lang en",
            "--lang ja --format text",
            "--lang en --format text --include-restricted",
            "--lang ja --format csv --csv excel",
            "--lang en --format csv --csv plain",
            "--lang en --format csv --csv machine --key @tag.key",
            "--lang ja --format json --key @tag.key",
            "--lang en --format json --wordlist @words.txt --key @tag.key",
            "--lang en --format xlsx,fix --include-restricted --key @tag.key",
            "--lang ja --format xlsx,fix",
            "--lang ja --dry-run",
            "--lang en --dry-run --wordlist @words.txt",
            "--key @bad.key",
            "--jobs 1 --no-digest --site kwest",
            "--config @bad.key",
        ] {
            self.run(&format!("audit @kwest -o @work/out --as-of 2026-11-22 {options}"));
        }
    }

    fn lists(&mut self) {
        for what in ["files", "accounts", "credentials"] {
            for format in ["csv", "json"] {
                for more in ["", " --key @tag.key", " --key @bad.key", " -o @work/list --csv excel"]
                {
                    self.run(&format!("inventory @kwest --what {what} --format {format}{more}"));
                }
            }
        }
    }

    /// Explains an account of every file, each with what stands beside the file alone, and one with
    /// the whole site.
    fn explanations(&mut self) {
        let accounts = self.run("inventory @kwest --what accounts");
        let mut known: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for row in cells::parse(&accounts.stdout).1 {
            let name = format!("{}/{}/{}", row["site_id"], row["system"], row["account"]);
            if !name.contains(' ') {
                known.entry(row["source_file"].clone()).or_default().push(name);
            }
        }
        assert!(known.len() >= 20, "accounts of {} files", known.len());
        for (number, (file, names)) in known.iter().enumerate() {
            let (lang, name) =
                if number % 2 == 0 { ("ja", names.first()) } else { ("en", names.last()) };
            let name = name.expect("a name");
            self.alone(file.strip_prefix("kwest/").unwrap_or(file));
            let run = self.run(&format!("explain --account {name} @alone/kwest --lang {lang}"));
            assert_eq!(run.code, 0, "{name} of {file}: {}", run.said());
        }
        let name = known.values().flatten().next().expect("a name").clone();
        self.run(&format!("explain --account {name} @kwest --lang en"));
        for more in ["DEF-01", "REUSE-04 --lang ja", "NO-99", "--account kwest/none/none @kwest"] {
            self.run(&format!("explain {more}"));
        }
        for more in ["list --format json", "list --format csv", "list --lang ja", "check @kwest"] {
            self.run(&format!("rules {more}"));
        }
    }
}

#[test]
fn no_canary_comes_out() {
    let mut bench = Bench::new();
    bench.audits();
    bench.lists();
    bench.explanations();
    let secrets: Vec<&String> = bench.canaries.planted.iter().map(|(_, secret)| secret).collect();
    let search = Search::new(&secrets);
    let mut leaks = Vec::new();
    let mut bytes = 0;
    for (place, written) in &bench.written {
        bytes += written.len();
        for leak in search.leaks(written) {
            let secret = leak.split(' ').next().unwrap_or_default();
            let planted = bench.canaries.planted.iter().find(|(_, word)| word == secret);
            let kind = planted.map_or("", |(kind, _)| kind);
            leaks.push(format!("{place}: {leak} ({kind})"));
        }
    }
    println!("{} canaries, {} runs, {bytes} bytes searched", secrets.len(), bench.runs);
    assert!(secrets.len() > 100 && bench.runs > 55 && bytes > 100_000, "too little was searched");
    assert!(leaks.is_empty(), "{} leaks\n{}", leaks.len(), leaks.join("\n"));
}

/// A canary that no reader took in would prove nothing.
#[test]
fn the_canaries_are_read() {
    let mut bench = Bench::new();
    let list = bench.run("inventory @kwest --what credentials");
    let credentials = cells::parse(&list.stdout).1;
    let from =
        |file: &str| credentials.iter().filter(|row| row["source_file"].ends_with(file)).count();
    for (file, least) in [
        ("ad/hashes.ntds", 9),
        ("ad/users.csv", 2),
        ("ecarte/users.csv", 4),
        ("ecarte/opendolphin/d_users.csv", 2),
        ("devices/sw1.txt", 18),
        ("devices/fw1.conf", 5),
        ("devices/srv1/shadow", 4),
        ("devices/srv1/passwd", 1),
        ("ad/dsinternals.txt", 4),
        ("ecarte/orca/tbl_passwd.tsv", 2),
        ("ecarte/openmrs/users.csv", 1),
        ("ecarte/openemr/users_secure.csv", 2),
        ("ecarte/kakari/users.csv", 2),
        ("ecarte/book/利用者.xlsx", 1),
        ("devices/rtx.txt", 12),
        ("devices/tz400.txt", 4),
        ("devices/router.rsc", 5),
        ("devices/wpa_supplicant.conf", 2),
        ("devices/gw1/chap-secrets", 2),
        ("devices/srx.conf", 5),
        ("devices/mx.set", 4),
        ("devices/config.boot", 6),
        ("devices/running-config.xml", 4),
        ("devices/config-fw1.xml", 5),
    ] {
        assert!(from(file) >= least, "{file}: {} credentials of {least}", from(file));
    }
    let audit = bench.run("audit @kwest -o @work/out --as-of 2026-11-22 --lang en --format csv");
    assert_eq!(audit.code, 3, "refused rows make an audit incomplete");
    let (_, findings) = bench
        .written
        .iter()
        .find(|(place, _)| place.starts_with("out/findings.csv"))
        .expect("findings.csv");
    let rules: BTreeSet<String> =
        cells::parse(findings).1.into_iter().map(|row| row["rule_id"].clone()).collect();
    for rule in ["REUSE-01", "REUSE-04", "REUSE-06", "DEV-06"] {
        assert!(rules.contains(rule), "{rule} has nothing to say: {rules:?}");
    }
}

#[test]
fn the_search_finds_what_is_planted() {
    for secret in ["Qkumorizora7", "0123456789abcdef0123456789abcdef", "SNMP-kanshi-only"] {
        let search = Search::new(&[secret]);
        for (form, bytes) in leak::forms(secret) {
            let around = [b"before, ".as_slice(), &bytes, b" after\n"].concat();
            assert!(!search.leaks(&around).is_empty(), "{secret} as {form}");
        }
        // In the middle of something longer, base64 looks different at each of three offsets.
        for before in ["", "x", "xy", "xyz"] {
            use base64::Engine as _;
            let longer = format!("{before}{secret}, and more");
            let text = base64::prelude::BASE64_STANDARD.encode(longer);
            assert!(!search.leaks(text.as_bytes()).is_empty(), "{text}");
        }
        let clean = b"schema,finding_id,rule_id\nkagiban.findings/1,abcdefghijklmnop,LIFE-01\n";
        assert!(search.leaks(clean).is_empty());
    }
}

#[test]
fn a_leak_in_a_file_or_in_its_name_is_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let secret = "Qkumorizora7";
    let search = Search::new(&[secret]);
    fs::write(folder.path().join(format!("{secret}.csv")), "nothing").expect("a new file");
    fs::create_dir(folder.path().join("deep")).expect("a new folder");
    fs::write(Path::new(&folder.path().join("deep/x")), "51 6b756d6f72697a6f726137")
        .expect("a file");
    fs::write(folder.path().join("deep/y"), "516b756d6f72697a6f726137").expect("a new file");
    let all = files(folder.path());
    let names = all.iter().filter(|(name, _)| !search.leaks(name.as_bytes()).is_empty()).count();
    let bytes = all.iter().filter(|(_, bytes)| !search.leaks(bytes).is_empty()).count();
    assert_eq!((names, bytes), (1, 1));
}
