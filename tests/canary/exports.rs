//! The canaries of everything that lists people and accounts. In a text, `@w` stands for a new word,
//! `@n` for 32 new hex digits, `@x` for 128, `@c` for the one text of the
//! shape of md5crypt.

use crate::secrets::{Canaries, md5crypt_like};
use std::io::{Cursor, Write as _};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Path in the site, and text.
const TEXTS: [(&str, &str); 19] = [
    ("ad/dsinternals.txt", DSINTERNALS),
    (
        "ad/20261101_users.json",
        r#"{"data":[
{"ObjectIdentifier":"S-1-5-21-4-5-6-1101","Properties":{"domain":"HOUND.EXAMPLE","name":"AOKI@HOUND.EXAMPLE",
"distinguishedname":"CN=AOKI,DC=HOUND,DC=EXAMPLE","samaccountname":"aoki","enabled":true,"pwdlastset":1769907723,
"useraccountcontrol":512,"description":"PW: @w","userpassword":"@w","unixpassword":"@w","unicodepassword":"@w",
"sfupassword":"@w","@w":"@w"},"PrimaryGroupSID":"S-1-5-21-4-5-6-513","Aces":[]},
{"ObjectIdentifier":"S-1-5-21-4-5-6-1102","Properties":{"name":"@w","pwdlastset":"@w"}}],
"meta":{"type":"users","count":2,"version":6}}"#,
    ),
    (
        "host/PC01_localusers.csv",
        "\"AccountExpires\",\"Description\",\"Enabled\",\"FullName\",\"PasswordExpires\",\"PasswordRequired\",\
         \"PasswordLastSet\",\"LastLogon\",\"Name\",\"SID\",\"PrincipalSource\",\"ObjectClass\"\n\
         \"\",\"PW: @w\",\"True\",\"\",\"\",\"True\",\"2025/04/01 9:00:00\",\"\",\"shukuchoku\",\"S-1-5-21-7-7-7-1001\",\"Local\",\"User\"\n\
         \"@w\",\"@w\",\"@w\",\"@w\",\"@w\",\"@w\",\"@w\",\"@w\",\"@w\",\"@w\",\"@w\",\"User\"\n",
    ),
    (
        "host/PC02_secedit.inf",
        "[Unicode]\nUnicode=yes\n[System Access]\nMinimumPasswordLength = 0\nNewAdministratorName = \"kanri\"\n\
         EnableAdminAccount = 1\n@w = @w\n[Registry Values]\nMACHINE\\Software\\X\\DefaultPassword=1,\"@w\"\n\
         [Version]\nsignature=\"$CHICAGO$\"\nRevision=1\n",
    ),
    (
        "host/PC03_net.txt",
        "\nUser accounts for \\\\PC03\n\n-----------------------------------------------------------------------\n\
         Administrator            byoto3\nThe command completed successfully.\n\n\
         User name                    byoto3\nFull Name                    \nComment                      PW: @w\n\
         User's comment               @w\nAccount active               Yes\nPassword last set            @w\n\n",
    ),
    (
        "mfa/認証要素.csv",
        "システム,ログインID,認証要素,導入予定日\nusers,p001,知識+所持,\nusers,p002,@w,\n,@w,所持,@w\n",
    ),
    (
        "mfa/duo.json",
        r#"{"stat":"OK","response":[{"user_id":"DU1","username":"p001","status":"active","is_enrolled":true,
"created":1554076800,"notes":"@w","phones":[{"number":"@w","activation_code":"@w"}],"tokens":[{"serial":"@w"}],"@w":"@w"}]}"#,
    ),
    (
        "mfa/okta.json",
        r#"[{"id":"opf0","factorType":"push","provider":"OKTA","status":"ACTIVE","profile":{"credentialId":"p001@byoin.example",
"sharedSecret":"@w"},"@w":"@w"},{"id":"@w","factorType":"question","status":"ACTIVE","profile":{"answer":"@w","credentialId":"p002@byoin.example"}}]"#,
    ),
    (
        "inventory/registers/vendor.csv",
        "システム,利用者ID,責任者,用途,見直し日,会社名,契約終了日,備考\nusers,p001,情報課,保守,2027/3/31,みなと保守,2027/3/31,@w\n\
         @w,@w,情報課,保守,@w,みなと保守,@w,@w\n",
    ),
    (
        "inventory/registers/service.csv",
        "system,account,owner,purpose,review_date,password\nusers,p002,情報課,夜間集計,2027-03-31,@w\n",
    ),
    (
        "inventory/台帳.csv",
        "機器名,ホスト名,管理番号,IPアドレス,メーカー,型番,設置場所,管理者,保守業者,備考\n\
         基幹スイッチ,sw1,N-001,192.0.2.1,架空電機,X100,機械室,情報課,みなと保守,@w\n",
    ),
    ("ecarte/orca/tbl_passwd.tsv", "userid\tpassword\nmori\t@c\nueda\t@w\n@w\n(3 rows)\n"),
    (
        "ecarte/orca/tbl_syskanri.tsv",
        "hospnum\tkanricd\tkbncd\tstyukymd\tedyukymd\tkanritbl\n\
         1\t1010\t1001\t20260401\t99999999\tmori            モリ　アオイ                                                              森　葵                                                                                                             @w11111111111111111111111111111111111111111111111111111\n\
         1\t1010\t1001\t@w\t@w\t@w\n",
    ),
    (
        "ecarte/openmrs/users.csv",
        "user_id,system_id,username,password,salt,secret_question,secret_answer,creator,date_created,person_id,retired,uuid,email\n\
         1,1-1,mori,@x,@x,@w,@w,1,2005-01-01 00:00:00,1,0,u1,\n3,3-1,ueda,@n,@w,@w,@w,1,@w,3,@w,u3,\n",
    ),
    (
        "ecarte/openmrs/user_property.csv",
        "user_id,property,property_value\n1,lastLoginTimestamp,1763510400000\n1,secretKey,@w\n1,@w,@w\n",
    ),
    (
        "ecarte/openemr/users.csv",
        "id,uuid,username,password,authorized,fname,lname,facility_id,active,email,info\n\
         2,u2,mori,@w,1,葵,森,3,1,,@w\n3,u3,ueda,NoLogin,1,陸,上田,3,@w,,@w\n",
    ),
    (
        "ecarte/openemr/users_secure.csv",
        "id,username,password,last_update_password,password_history1,password_history2,password_history3,password_history4,total_login_fail_counter,login_fail_counter\n\
         2,mori,$2y$10$@w,2026-10-01 09:00:00,$2a$05$@w,@w,,,0,0\n3,ueda,@n,@w,,,,,0,0\n",
    ),
    (
        "ecarte/openemr/login_mfa_registrations.csv",
        "user_id,name,last_challenge,method,var1,var2\n2,phone,2026-11-01 09:00:00,TOTP,@w,@w\n",
    ),
    ("ecarte/kakari/profile.toml", "[columns]\nlogin = \"番\"\nsecret = \"合言葉\"\n# @w\n"),
];

const DSINTERNALS: &str = "\
DistinguishedName: CN=青木,DC=corp,DC=example
Sid: S-1-5-21-1-2-3-2105
SamAccountName: aoki
SamAccountType: User
PrimaryGroupId: 513
Enabled: True
UserAccountControl: NormalAccount
Deleted: False
Description: PW: @w
Secrets
  NTHash: @n
  LMHash: @n
  NTHashHistory: 
    Hash 01: @n
    Hash 02: @n
  LMHashHistory: 
    Hash 01: @n
  SupplementalCredentials:
    ClearText: @w
    NTLMStrongHash: @n
    Kerberos:
      Credentials:
        DES_CBC_MD5
          Key: @n
    WDigest:
      Hash 01: @n

DistinguishedName: CN=@w,DC=corp,DC=example
Sid: @w
SamAccountName: @w
Enabled: @w
Secrets
  NTHash: @w
";

/// Every file by its path.
pub(crate) fn files(canaries: &mut Canaries) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = TEXTS
        .iter()
        .map(|(path, text)| ((*path).to_owned(), filled(canaries, path, text).into_bytes()))
        .collect();
    let table = "番,氏名,合言葉,備考\nw001,森 葵,@w,@w\nw002,上田 陸,@w,@w\n";
    let text = filled(canaries, "declared table", table).into_bytes();
    files.push(("ecarte/kakari/users.csv".to_owned(), text));
    files.push(("ecarte/book/利用者.xlsx".to_owned(), workbook(canaries)));
    files
}

/// Puts canaries into a text.
pub(crate) fn filled(canaries: &mut Canaries, place: &'static str, text: &str) -> String {
    let mut parts = text.split('@');
    let mut made = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let mut letters = part.chars();
        match letters.next() {
            Some('w') => made += &canaries.word(place),
            Some('n') => made += &canaries.hex(place, 32),
            Some('x') => made += &(canaries.hex(place, 64) + &canaries.hex(place, 64)),
            Some('c') => made += &md5crypt_like(canaries),
            _ => {
                // An at sign of the text itself.
                made.push('@');
                made += part;
                continue;
            }
        }
        made += letters.as_str();
    }
    made
}

/// A workbook with a list of accounts, a hidden sheet and properties.
fn workbook(canaries: &mut Canaries) -> Vec<u8> {
    const MAIN: &str = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
    let link = |id: u32, kind: &str, target: &str| {
        format!("<Relationship Id=\"rId{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>")
    };
    let links = |inner: String| {
        format!("<Relationships xmlns=\"{PACKAGE}/relationships\">{inner}</Relationships>")
    };
    let mut row = |cells: &[&str]| {
        let cell = |text: &&str| {
            let text = filled(canaries, "cell of a workbook", text);
            format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>")
        };
        format!("<row>{}</row>", cells.iter().map(cell).collect::<String>())
    };
    let shown = row(&["利用者ID", "氏名", "有効区分", "パスワード", "備考"])
        + &row(&["x001", "森 葵", "有効", "@w", "@w"])
        + &row(&["x002", "上田 陸", "@w", "@w", "@w"]);
    let hidden = row(&["@w", "@w"]);
    let sheet = |rows: &str| format!("<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>");
    let book = format!(
        "<workbook {MAIN} xmlns:r=\"{OFFICE}\"><sheets><sheet name=\"一覧\" sheetId=\"1\" r:id=\"rId1\"/>\
         <sheet name=\"裏\" sheetId=\"2\" state=\"hidden\" r:id=\"rId2\"/></sheets></workbook>"
    );
    let sheets = link(1, "worksheet", "worksheets/sheet1.xml")
        + &link(2, "worksheet", "worksheets/sheet2.xml");
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [
        ("[Content_Types].xml", format!("<Types xmlns=\"{PACKAGE}/content-types\"/>")),
        ("_rels/.rels", links(link(1, "officeDocument", "xl/workbook.xml"))),
        ("xl/workbook.xml", book),
        ("xl/_rels/workbook.xml.rels", links(sheets)),
        ("xl/worksheets/sheet1.xml", sheet(&shown)),
        ("xl/worksheets/sheet2.xml", sheet(&hidden)),
    ] {
        zip.start_file(name, SimpleFileOptions::default()).expect("a member");
        zip.write_all(text.as_bytes()).expect("its bytes");
    }
    zip.finish().expect("an archive").into_inner()
}
