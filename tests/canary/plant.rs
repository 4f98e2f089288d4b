//! A site in which every place that can hold a secret holds one of its own: the canaries.

use crate::secrets::{Canaries, md5crypt_like, nt, opendolphin, sh2, sha512crypt_like, type7};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

const CONTEXT: &str = "\"@odata.context\":\"https://graph.microsoft.com/v1.0/$metadata";

const LM: &str = "aad3b435b51404eeaad3b435b51404ee";

/// Writes the site and says what must never be seen again.
pub(crate) fn plant(site: &Path) -> Canaries {
    let mut canaries = Canaries::default();
    let put_bytes = |path: &str, text: &[u8]| {
        let file = site.join(path);
        fs::create_dir_all(file.parent().expect("a folder")).expect("a new folder");
        fs::write(file, text).expect("a new file");
    };
    let put = |path: &str, text: String| put_bytes(path, text.as_bytes());
    put("ad/hashes.ntds", dump(&mut canaries));
    put("ad/users.csv", get_aduser(&mut canaries));
    put("ad/clinic.ldif", ldif(&mut canaries));
    put("ecarte/users.csv", ecarte(&mut canaries));
    put("ecarte/opendolphin/d_users.csv", d_users(&mut canaries));
    put("ecarte/headless.csv", headless(&mut canaries));
    put("ecarte/open-quote.csv", open_quote(&mut canaries));
    put("hr/roster.csv", roster(&mut canaries));
    put("inventory/links.csv", links(&mut canaries));
    put("devices/sw1.txt", crate::devices::ios(&mut canaries));
    put("devices/fw1.conf", crate::devices::fortios(&mut canaries));
    put("devices/srv1/shadow", crate::devices::shadow(&mut canaries));
    put("devices/srv1/passwd", crate::devices::passwd(&mut canaries));
    put("devices/odd.cfg", crate::devices::unknown(&mut canaries));
    put("mfa/registration.json", graph(&mut canaries));
    put("mfa/broken.json", broken_json(&mut canaries));
    put("ad/noise.ntds", noise(&mut canaries));
    let described = [crate::exports::files(&mut canaries), crate::trees::files(&mut canaries)];
    for (path, bytes) in described.iter().flatten() {
        put_bytes(path, bytes);
    }
    canaries
}

fn dump(canaries: &mut Canaries) -> String {
    let mut text = String::new();
    for (login, rid) in [("k.sato", 1104), ("h.ito", 1105), ("m.abe", 1106)] {
        let hash = nt(&canaries.word("word behind an NT hash"));
        let hash = canaries.keep("NT hash", hash);
        let lm = if login == "m.abe" { canaries.hex("LM hash", 32) } else { LM.to_owned() };
        let _ = writeln!(text, "corp.byoin.example\\{login}:{rid}:{lm}:{hash}::: (status=Enabled)");
    }
    // Two accounts and a switch share a word, so that findings speak of it.
    let shared = nt(&canaries.shared());
    let shared = canaries.keep("NT hash of a shared word", shared);
    for (login, rid) in [("y.ono", 1107), ("t.kondo", 1108)] {
        let _ = writeln!(text, "corp.byoin.example\\{login}:{rid}:{LM}:{shared}:::");
    }
    let previous = canaries.hex("previous NT hash", 32);
    let _ = writeln!(text, "corp.byoin.example\\k.sato_history0:1104:{LM}:{previous}:::");
    let _ = writeln!(text, "corp.byoin.example\\h.ito:CLEARTEXT:{}", canaries.word("clear text"));
    let cached = canaries.hex("DCC2", 32);
    let _ = writeln!(text, "CORP/m.abe:$DCC2$10240#m.abe#{cached}: (2026-10-01)");
    let odd = canaries.hex("hash of 33 digits", 33);
    let _ = writeln!(text, "corp.byoin.example\\odd.one:1109:{LM}:{odd}:::");
    let (login, field) = (canaries.word("refused login"), canaries.word("refused field"));
    let _ = writeln!(text, "{login}:x:{field}");
    text
}

fn noise(canaries: &mut Canaries) -> String {
    (0..4).map(|_| canaries.word("line of a file of no kind") + "\n").collect()
}

fn get_aduser(canaries: &mut Canaries) -> String {
    let ignored = canaries.word("name of a column that is not used");
    let mut text = format!(
        "SamAccountName,SID,Enabled,DistinguishedName,PasswordLastSet,NTHash,Description,{ignored}\n"
    );
    for (login, rid) in [("r.mori", 1120), ("s.kato", 1121)] {
        let hash = canaries.hex("NT hash in a table", 32);
        let (note, more) = (canaries.word("description"), canaries.word("cell that is not used"));
        let dn = format!("\"CN={login},DC=corp,DC=byoin,DC=example\"");
        let _ = writeln!(
            text,
            "{login},S-1-5-21-1-2-3-{rid},True,{dn},2026/10/01 8:00:00,{hash},PW: {note},{more}"
        );
    }
    let (login, day) = (canaries.word("login of a refused row"), canaries.word("refused day"));
    let _ = writeln!(text, "{login},S-1-5-21-1-2-3-1122,True,,{day},,,");
    text
}

fn ldif(canaries: &mut Canaries) -> String {
    use base64::Engine as _;
    let base64 = |text: &str| base64::prelude::BASE64_STANDARD.encode(text);
    let mut text = format!("# {}\nversion: 1\n\n", canaries.word("comment"));
    for login in ["a.ueda", "b.ueda"] {
        let _ = write!(
            text,
            "dn: CN={login},DC=clinic,DC=example\nobjectClass: user\nsAMAccountName: {login}\n\
             userAccountControl: 512\nuserPassword:: {}\nunicodePwd:: {}\n\
             ms-Mcs-AdmPwd: {}\ndescription: PW: {}\ninfo: {}\ncomment: {}\n\n",
            base64(&canaries.word("userPassword")),
            base64(&canaries.word("unicodePwd")),
            canaries.word("LAPS"),
            canaries.word("description of an entry"),
            canaries.word("info of an entry"),
            canaries.word("comment of an entry"),
        );
    }
    let login = canaries.word("login of a refused entry");
    let number = canaries.word("refused number");
    let _ = write!(
        text,
        "dn: CN=x,DC=clinic,DC=example\nobjectClass: user\nsAMAccountName: {login}\n\
         userAccountControl: {number}\n\n"
    );
    let broken = canaries.word("broken base64");
    let _ = write!(
        text,
        "dn: CN=y,DC=clinic,DC=example\nobjectClass: user\nsAMAccountName:: %{broken}%\n\n"
    );
    text
}

fn ecarte(canaries: &mut Canaries) -> String {
    let mut text = "利用者ID,氏名,有効区分,最終ログイン,パスワード,備考\n".to_owned();
    for login in ["p001", "p002"] {
        let (word, note) = (canaries.word("plain password"), canaries.word("remark"));
        let _ = writeln!(text, "{login},山田 太郎,有効,2026/11/01,{word},{note}");
    }
    let shared = canaries.shared();
    let _ = writeln!(text, "p003,佐藤 花子,有効,2026/11/01,{shared},");
    let hash = md5crypt_like(canaries);
    let _ = writeln!(text, "p004,鈴木 恵,有効,2026/11/01,{hash},");
    let cells: Vec<_> = (0..6).map(|_| canaries.word("cell of a refused row")).collect();
    let _ = writeln!(text, "{}", cells.join(","));
    let cells: Vec<_> = (0..4).map(|_| canaries.word("cell of a short row")).collect();
    let _ = writeln!(text, "{}", cells.join(","));
    text
}

fn d_users(canaries: &mut Canaries) -> String {
    let mut text = "id,userid,password,memo,sirname,givenname,commonname,licensedesc,email,\
                    facilityid,membertype,registereddate\n"
        .to_owned();
    for (number, word) in [(1, canaries.word("word behind an MD5")), (2, canaries.shared())] {
        let hash = canaries.keep("MD5", opendolphin(&word));
        let memo = canaries.word("memo");
        let _ = writeln!(
            text,
            "{number},1.3.6.1.4:doc{number},{hash},{memo},山田,太郎,山田 太郎,医師,a@b.example,1,\
             ASP_MEMBER,2020-04-01"
        );
    }
    text
}

fn headless(canaries: &mut Canaries) -> String {
    let line = |canaries: &mut Canaries| {
        (0..4)
            .map(|_| canaries.word("cell of a table without header"))
            .collect::<Vec<_>>()
            .join(",")
    };
    format!("{}\n{}\n", line(canaries), line(canaries))
}

fn open_quote(canaries: &mut Canaries) -> String {
    let (name, cell) = (canaries.word("cell behind an open quote"), canaries.word("cell after it"));
    format!("利用者ID,氏名,有効区分\nq001,佐藤,有効\nq002,\"{name},{cell}\nq003,鈴木,有効\n")
}

fn roster(canaries: &mut Canaries) -> String {
    let mut text = "職員番号,氏名,カナ氏名,所属,入職日,退職日,備考\n".to_owned();
    let note = canaries.word("remark of the roster");
    let _ = writeln!(text, "00101,山田 太郎,ヤマダ タロウ,医局,2018/04/01,2026/01/31,{note}");
    let (number, day) = (canaries.word("number of a refused row"), canaries.word("day of leaving"));
    let _ = writeln!(text, "{number},佐藤,サトウ,医局,2018/04/01,{day},");
    text
}

fn links(canaries: &mut Canaries) -> String {
    let cell = canaries.word("cell of a refused link");
    format!("system,login,職員番号\nusers,p001,00101\n{cell},,\n")
}

fn graph(canaries: &mut Canaries) -> String {
    let user = |canaries: &mut Canaries, number: u32| {
        format!(
            "{{\"id\":\"00000000-0000-0000-0000-00000000000{number}\",\"userPrincipalName\":\"e{number}@byoin.example\",\
             \"userDisplayName\":\"e{number}\",\"userType\":\"member\",\"isAdmin\":true,\"isMfaCapable\":false,\
             \"isMfaRegistered\":false,\"passwordProfile\":{{\"password\":\"{}\"}},\"{}\":\"{}\"}}",
            canaries.word("password in JSON"),
            canaries.word("unknown key in JSON"),
            canaries.word("unknown value in JSON"),
        )
    };
    let (first, second) = (user(canaries, 1), user(canaries, 2));
    let what = "#reports/authenticationMethods/userRegistrationDetails";
    format!("{{{CONTEXT}{what}\",\"value\":[{first},{second}]}}")
}

fn broken_json(canaries: &mut Canaries) -> String {
    let (key, value) = (canaries.word("key of broken JSON"), canaries.word("value of broken JSON"));
    format!("{{{CONTEXT}#users\",\"value\":[{{\"userPrincipalName\":\"{value}\",\"{key}\":tru\n")
}

/// What only looks like a secret scheme to the eye is made here, for the devices too.
pub(crate) fn hashes(canaries: &mut Canaries) -> [String; 3] {
    [md5crypt_like(canaries), sha512crypt_like(canaries), sh2(canaries)]
}

/// A type 7 text and the word that it decodes to.
pub(crate) fn reversible(canaries: &mut Canaries) -> String {
    let word = canaries.word("word behind type 7");
    canaries.keep("type 7", type7(&word, 5))
}
