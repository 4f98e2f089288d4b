use super::*;
use crate::ingest::testing::{self, claim, read};
use crate::model::day::{Day, Stamp, When};

const NT: &str = "b4b9b02e6f09a9bd760f388b67351e2b";
const NO_LM: &str = "aad3b435b51404eeaad3b435b51404ee";

fn dump(text: &str) -> Inventory {
    read(&Pwdump, "ad/dump20261120.ntds", text.as_bytes())
}

fn on(y: i32, m: u32, d: u32) -> Stamp {
    When::On(Day::from_ymd(y, m, d).unwrap()).into()
}

#[test]
fn a_secretsdump_line_gives_account_and_hash() {
    let part = dump(&format!(
        "Corp.Example\\t.sato:1105:{NO_LM}:{NT}::: (pwdLastSet=2026-03-22 15:00) (status=Enabled)\r\n"
    ));
    assert_eq!(part.system_name(0), "corp.example");
    assert!(!part.systems[0].provisional);
    let accounts = &part.accounts;
    assert_eq!(testing::login(&part, 0), "t.sato");
    assert_eq!(accounts.rid.get(0), 1106);
    assert_eq!(accounts.password_set.get(0), on(2026, 3, 23));
    assert_eq!(accounts.flag(0, Flag::Enabled), Tri::Yes);
    assert_eq!(accounts.flag(0, Flag::Machine), Tri::No);
    let [credential] = &*part.credentials else { panic!("one hash") };
    assert_eq!(part.names.get(credential.scheme), "nt");
    assert_eq!(part.secrets.get(credential.secret).expose().len(), 16);
    assert_eq!(part.secrets.get(credential.secret).expose()[..2], [0xB4, 0xB9]);
}

#[test]
fn history_lines_are_older_hashes_of_the_same_account() {
    let part = dump(&format!(
        "d\\a:1105:{NO_LM}:{NT}:::\nd\\a_history0:1105:{NT}:{NT}:::\nd\\a_history11:1105:{NT}:{NT}:::\n\
         d\\b_history1:1106:{NO_LM}:{NT}:::\n"
    ));
    let depths: Vec<_> = part.credentials.iter().map(|c| (c.account, c.depth)).collect();
    // The LM side of history lines is noise and gives no credential.
    assert_eq!(depths, [(0, 0), (0, 1), (0, 12), (1, 2)]);
    assert_eq!(testing::login(&part, 1), "b");
    assert_eq!(part.rows.ok, 4);
}

#[test]
fn lines_without_a_domain_belong_to_the_files_domain() {
    let part = dump(&format!(
        "Administrator:500:{NO_LM}:{NT}:::\nDC1$:1000:{NO_LM}:{NT}:::\n\
         x\\a:1105:{NO_LM}:{NT}:::\ncorp\\b:1106:{NO_LM}:{NT}:::\ncorp\\c:1107:{NO_LM}:{NT}:::\n"
    ));
    let systems: Vec<_> =
        (0..5).map(|row| part.system_name(part.accounts.system.get(row))).collect();
    assert_eq!(systems, ["corp", "corp", "x", "corp", "corp"]);
    assert_eq!(part.systems.len(), 2);
    assert_eq!(part.accounts.flag(0, Flag::BuiltIn), Tri::Yes);
    assert_eq!(part.accounts.flag(1, Flag::Machine), Tri::Yes);
}

#[test]
fn a_dump_without_any_domain_is_named_by_its_file() {
    let part = dump(&format!("Administrator:500:{NO_LM}:{NT}:::\n"));
    assert_eq!(part.system_name(0), "dump");
    assert!(part.systems[0].provisional);
}

#[test]
fn lm_hashes_are_kept_only_where_there_is_one() {
    let part = dump(&format!(
        "d\\a:1:{NT}:{NT}:::\nd\\b:2:{}:{NT}:::\nd\\c:3:NO PASSWORD*********************:{NT}:::\n\
         d\\e:4:{NO_LM}:NO PASSWORD*********************:::\n",
        NO_LM.to_uppercase()
    ));
    let schemes: Vec<_> = part.credentials.iter().map(|c| part.names.get(c.scheme)).collect();
    assert_eq!(schemes, ["nt", "lm", "nt", "nt", "nt"]);
    assert_eq!(part.credentials[4].state, State::NoPassword);
}

#[test]
fn damaged_hashes_are_quarantined_and_reading_goes_on() {
    let part = dump(&format!(
        "d\\a:1:{NO_LM}:{}:::\nd\\b:2:{NO_LM}:{NT}0:::\nd\\c:3:{NO_LM}:{NT}00000000:::\n\
         d\\e:x:{NO_LM}:{NT}:::\nd\\f:5:{NO_LM}:{}zz:::\nd\\:6:{NO_LM}:{NT}:::\nrubbish\n\n\
         d\\g:7:{NO_LM}:{}:::",
        &NT[1..],
        &NT[2..],
        NT.to_uppercase()
    ));
    let codes: Vec<_> = part.problems.iter().map(|p| (p.origin.line, p.code)).collect();
    let expected = [
        (1, "bad-hash-length"),
        (2, "bad-hash-length"),
        (3, "hash-type-mismatch"),
        (4, "bad-number"),
        (5, "hash-type-mismatch"),
        (6, "empty-account"),
        (7, "field-count"),
    ];
    assert_eq!(codes, expected);
    assert_eq!((part.rows.ok, part.rows.skipped, part.rows.quarantined), (1, 1, 7));
    assert!(part.rows.balanced());
}

#[test]
fn undecodable_logins_are_refused() {
    let mut text = format!("d\\a:1:{NO_LM}:{NT}:::\n").into_bytes();
    text[2] = 0xE9;
    let part = read(&Pwdump, "ad/x.txt", &text);
    assert!(part.problems[0].code.starts_with("bad-"));
    assert_eq!((part.rows.ok, part.rows.quarantined), (0, 1));
}

#[test]
fn a_whole_session_of_secretsdump_is_sorted_by_its_headings() {
    let part = dump(&format!(
        "Impacket v0.13.1 - Copyright\n\n[*] Dumping local SAM hashes (uid:rid:lmhash:nthash)\n\
         Administrator:500:{NO_LM}:{NT}:::\n[*] Dumping cached domain logon information\n\
         CORP.EXAMPLE/t.sato:$DCC2$10240#t.sato#e2829c8af2232fa53797e2f0e35e4626: (2026-01-01)\n\
         [*] Dumping LSA Secrets\nNL$KM:8d2f\n(Unknown User):Geheim1\n\
         [*] Dumping Domain Credentials\nAdministrator:500:{NO_LM}:{NT}:::\n\
         corp.example\\a:1105:{NO_LM}:{NT}:::\n[*] Kerberos keys grabbed\n\
         corp.example\\a:aes256-cts-hmac-sha1-96:00ff\ncorp.example\\a:CLEARTEXT:Geheim2\n"
    ));
    assert!(part.problems.is_empty());
    let systems: Vec<_> =
        (0..5).map(|row| part.system_name(part.accounts.system.get(row))).collect();
    assert_eq!(systems, ["dump", "corp.example", "corp.example", "corp.example", "corp.example"]);
    assert_eq!(part.systems[0].kind, SystemKind::Host);
    assert_eq!(part.credentials[1].state, State::Hash);
    assert_eq!(part.names.get(part.credentials[1].scheme), "dcc2");
    assert_eq!(part.credentials[4].state, State::Plain);
    assert!(part.rows.balanced());
}

#[test]
fn claims_are_made_by_content() {
    let dump = format!("Administrator:500:{NO_LM}:{NT}:::\n");
    assert_eq!(claim(&Pwdump, "x/a.csv", &dump), 95);
    assert_eq!(claim(&Pwdump, "x/a", "corp\\a:aes128-cts-hmac-sha1-96:00ff\n"), 90);
    assert_eq!(claim(&Pwdump, "x/passwd", "root:x:0:0:root:/root:/bin/bash\n"), 0);
    assert_eq!(claim(&Pwdump, "x/a", "\n\n"), 0);
    assert_eq!(claim(&Pwdump, "x/a", "hostname x\n!\n"), 0);
}
