//! Large exports for benches and measurements.
//!
//! Everything follows from the seed, so everybody makes the same bytes. Passwords: a share of the
//! accounts takes one of the first 20,000 words, skewed to the front; all others are unique and in
//! no list.

#![allow(clippy::cast_precision_loss)]

use clap::ValueEnum;
use md4::{Digest, Md4};
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    /// Get-ADUser CSV with 14 columns and an NT hash.
    AdCsv,
    /// pwdump lines.
    Pwdump,
    /// ldapsearch LDIF.
    Ldif,
    /// A hospital over ten files: AD, dumps, e-carte, roster, devices.
    Hospital,
    /// Words, one per line.
    Words,
}

/// How much, and from which seed.
pub(crate) struct Exports {
    /// Accounts over all sites (or words).
    pub(crate) accounts: u64,
    /// Sites.
    pub(crate) sites: u64,
    /// Per cent of accounts with a reused password.
    pub(crate) reused: u64,
    /// Seed.
    pub(crate) seed: u64,
}

impl Exports {
    /// Writes a folder with `sites/`, or a file of words.
    pub(crate) fn write(&self, kind: Kind, out: &Path) -> io::Result<()> {
        if kind == Kind::Words {
            return words(self, out);
        }
        for site in 0..self.sites {
            let folder = out.join("sites").join(format!("hosp{site:03}"));
            match kind {
                Kind::AdCsv => ad_csv(self, site, &folder.join("ad/users.csv"))?,
                Kind::Pwdump => pwdump(self, site, &folder.join("ad/hashes.ntds"))?,
                Kind::Ldif => ldif(self, site, &folder.join("ad/directory.ldif"))?,
                Kind::Hospital => hospital(self, site, &folder)?,
                Kind::Words => {}
            }
        }
        Ok(())
    }
}

/// SplitMix64 of (seed, row, question): every row answers alone, whatever the number of sites.
fn random(seed: u64, row: u64, question: u64) -> u64 {
    let mut z = seed
        .wrapping_mul(0x9E37_79B9_7F4A_7C15)
        .wrapping_add(row.wrapping_mul(0xD1B5_4A32_D192_ED03))
        .wrapping_add(question.wrapping_mul(0x8CB9_2BA7_2F3D_8DD7));
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

const SYLLABLES: [&str; 40] = [
    "ka", "ki", "ku", "ke", "ko", "sa", "shi", "su", "se", "so", "ta", "chi", "tsu", "te", "to",
    "na", "ni", "nu", "ne", "no", "ha", "hi", "fu", "he", "ho", "ma", "mi", "mu", "me", "mo", "ya",
    "yu", "yo", "ra", "ri", "ru", "re", "ro", "wa", "n",
];

fn word(i: u64) -> String {
    let mut text = String::new();
    for part in 0..2 + random(7, i, 0) % 2 {
        text.push_str(SYLLABLES[(random(7, i, 1 + part) % 40) as usize]);
    }
    if random(7, i, 5).is_multiple_of(2) {
        text[..1].make_ascii_uppercase();
    }
    let _ = write!(text, "{i:x}");
    if i.is_multiple_of(4) {
        text.push('!');
    }
    text
}

fn password(exports: &Exports, row: u64) -> String {
    if random(exports.seed, row, 1) % 100 < exports.reused {
        let u = (random(exports.seed, row, 2) >> 11) as f64 / (1u64 << 53) as f64;
        return word((u * u * u * 20_000.0) as u64);
    }
    format!("uniq-{:016x}", random(exports.seed, row, 3))
}

fn nt(password: &str) -> String {
    let utf16: Vec<u8> = password.encode_utf16().flat_map(u16::to_le_bytes).collect();
    kagiban::rules::hex(&Md4::digest(&utf16))
}

fn rows(exports: &Exports, site: u64) -> impl Iterator<Item = u64> {
    (site..exports.accounts).step_by(exports.sites as usize)
}

fn create(path: &Path) -> io::Result<BufWriter<File>> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    Ok(BufWriter::with_capacity(1 << 20, File::create(path)?))
}

struct Date(u64);

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Up to 700 days before 2026-11-20.
        let day = kagiban::model::day::Day::from_ymd(2026, 11, 20);
        let (y, m, d) = day.map_or((2026, 1, 1), |day| day.plus(-((self.0 % 700) as i32)).ymd());
        write!(f, "{y}/{m:02}/{d:02} 9:{:02}:{:02}", self.0 % 60, self.0 / 7 % 60)
    }
}

fn ad_csv(exports: &Exports, site: u64, path: &Path) -> io::Result<()> {
    let mut out = create(path)?;
    writeln!(
        out,
        "site,sAMAccountName,displayName,distinguishedName,employeeID,enabled,whenCreated,lastLogonTimestamp,pwdLastSet,userAccountControl,memberOf,mfaRegistered,mail,ntHash\r"
    )?;
    for row in rows(exports, site) {
        let ask = |question| random(exports.seed, row, question);
        let enabled = ask(10) % 10 != 0;
        let uac = if ask(11) % 8 == 0 { 66048 } else { 512 } + if enabled { 0 } else { 2 };
        // Most people work; one in twenty has been away for months.
        let used = if ask(12) % 20 == 0 { 120 + ask(13) % 500 } else { ask(13) % 60 };
        writeln!(
            out,
            "hosp{site:03},user{row:07},\"佐藤 {row:07}\",\"CN=佐藤 {row:07},OU=病棟{},OU=職員,DC=hosp{site:03},DC=byoin,DC=example\",{row:07},{},{},{},{},{uac},\"CN=看護部{},OU=グループ,DC=hosp{site:03},DC=byoin,DC=example\",{},user{row:07}@hosp{site:03}.byoin.example,{}\r",
            ask(14) % 30,
            if enabled { "TRUE" } else { "FALSE" },
            Date(ask(15)),
            Date(used),
            Date(ask(16)),
            ask(17) % 50,
            if ask(18) % 3 == 0 { "TRUE" } else { "FALSE" },
            nt(&password(exports, row)),
        )?;
    }
    out.flush()
}

fn pwdump(exports: &Exports, site: u64, path: &Path) -> io::Result<()> {
    let mut out = create(path)?;
    for row in rows(exports, site) {
        writeln!(
            out,
            "HOSP{site:03}\\user{row:07}:{}:aad3b435b51404eeaad3b435b51404ee:{}:::",
            1000 + row,
            nt(&password(exports, row))
        )?;
    }
    out.flush()
}

fn ldif(exports: &Exports, site: u64, path: &Path) -> io::Result<()> {
    use base64::Engine;
    let base64 = |text: &str| base64::engine::general_purpose::STANDARD.encode(text);
    let mut out = create(path)?;
    for row in rows(exports, site) {
        let ask = |question| random(exports.seed, row, question);
        let name = format!("佐藤 {row:07}");
        let filetime = |days: u64| (154_000 - days) * 864_000_000_000 + 36_000_000_000;
        let dn = format!("CN={name},OU=職員,DC=hosp{site:03},DC=byoin,DC=example");
        writeln!(out, "dn:: {}", base64(&dn))?;
        for class in ["top", "person", "organizationalPerson", "user"] {
            writeln!(out, "objectClass: {class}")?;
        }
        writeln!(out, "cn:: {}\nsn:: {}", base64(&name), base64("佐藤"))?;
        writeln!(out, "distinguishedName:: {}", base64(&dn))?;
        writeln!(out, "displayName:: {}", base64(&name))?;
        writeln!(out, "whenCreated: 20190401000000.0Z\nuserAccountControl: 512")?;
        writeln!(out, "pwdLastSet: {}\nprimaryGroupID: 513", filetime(ask(16) % 700))?;
        writeln!(out, "sAMAccountName: user{row:07}\naccountExpires: 0")?;
        writeln!(out, "userPrincipalName: user{row:07}@hosp{site:03}.byoin.example")?;
        writeln!(out, "lastLogonTimestamp: {}\n", filetime(ask(13) % 200))?;
    }
    out.flush()
}

fn words(exports: &Exports, path: &Path) -> io::Result<()> {
    let mut out = create(path)?;
    for i in 0..exports.accounts {
        writeln!(out, "{}", word(i))?;
    }
    out.flush()
}

/// Ten files: the size of a real month of a real hospital.
fn hospital(exports: &Exports, site: u64, folder: &Path) -> io::Result<()> {
    ad_csv(exports, site, &folder.join("ad/users.csv"))?;
    pwdump(exports, site, &folder.join("ad/hashes.ntds"))?;
    let mut roster = create(&folder.join("hr/roster.csv"))?;
    let mut ecarte = create(&folder.join("ecarte/users.csv"))?;
    writeln!(roster, "職員番号,氏名,カナ氏名,所属,入職日,退職日")?;
    writeln!(ecarte, "利用者ID,氏名,職員番号,有効区分,登録日,最終ログイン日時,権限")?;
    for row in rows(exports, site) {
        let left = if random(exports.seed, row, 20).is_multiple_of(40) { "R8.3.31" } else { "" };
        writeln!(roster, "{row:07},佐藤 {row:07},サトウ,病棟{},H30.4.1,{left}", row % 30)?;
        let date = Date(random(exports.seed, row, 13) % 300);
        writeln!(ecarte, "e{row:07},佐藤 {row:07},{row:07},1,平成30年4月1日,{date},一般")?;
    }
    roster.flush()?;
    ecarte.flush()?;
    for device in 0..6 {
        let mut out = create(&folder.join(format!("devices/sw{device:02}.txt")))?;
        writeln!(out, "!\nversion 15.2\n!\nhostname sw{site:03}-{device:02}\n!")?;
        writeln!(out, "username admin privilege 15 password 7 094F4107180B")?;
        writeln!(out, "snmp-server community public RO\n!\nline vty 0 4\n login local\n!\nend")?;
    }
    Ok(())
}
