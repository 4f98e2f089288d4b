//! Words of the machine as words for people, in one table.

use crate::model::credential::Kind;
use crate::model::finding::{Confidence, Severity, Status, Unit};
use crate::model::lang::Lang;
use crate::model::site::SystemKind;
use crate::model::state::Cause;

/// Machine word, Japanese, English; sorted by the machine word.
const TERMS: &[(&str, &str, &str)] = &[
    ("PL1", "PL1: 同じハッシュ", "PL1: equal hashes"),
    ("PL1c", "PL1c: 同じソルトとハッシュ", "PL1c: equal salts and hashes"),
    ("PL2", "PL2: NT ハッシュで確認", "PL2: verified with an NT hash"),
    ("PL3", "PL3: 分かった語で確認", "PL3: verified with a known word"),
    ("absent", "登録があるが見つからない", "registered and not found"),
    ("access-log", "アクセスログ", "access log"),
    ("access-policies", "条件付きアクセスのポリシー", "Conditional Access policies"),
    ("account", "他のアカウント経由", "another account"),
    ("active", "在職", "active"),
    ("address", "アドレス", "address"),
    ("admin-count", "adminCount", "adminCount"),
    ("administrator", "管理者", "administrator"),
    ("administrator-of-cloud", "クラウドの管理者も兼ねる", "administers the cloud as well"),
    ("administrator-register", "承認された管理者の一覧", "list of approved administrators"),
    ("aes-left-out", "AES を除いた暗号方式", "encryption types without AES"),
    ("all-memberships", "入れ子を含む所属", "memberships through groups in groups"),
    ("any", "接続元の制限なし", "from everywhere"),
    ("application", "業務アプリケーション", "application"),
    ("applies-to-nobody", "誰にも適用されない", "governs nobody"),
    ("approved-administrator", "承認された管理者の一覧", "list of approved administrators"),
    ("automatic-logon", "自動ログオンの設定", "automatic logon"),
    ("break-glass", "緊急用アカウントの登録", "break-glass register"),
    ("break-glass-disabled", "無効で封印日もない", "disabled and not sealed"),
    ("built-in", "組み込みアカウントの別", "built-in mark"),
    ("built-in-missing", "組み込みアカウントがない", "no built-in accounts"),
    ("changed", "アカウント変更日", "day of last change"),
    ("class", "雇用区分", "class of employment"),
    ("common", "よく使われる言葉のリスト", "list of common words"),
    ("computer-name", "コンピュータ名", "computer name"),
    ("config", "機器の設定ファイル", "device configuration"),
    ("conflict-object", "複製の衝突で残った印", "conflict mark"),
    ("constrained-delegation", "相手を限った委任", "delegation to named services"),
    ("contract-end", "契約終了日", "end of the contract"),
    ("corpus", "漏えいパスワードの照合データ", "breach corpus"),
    ("counted-up", "番号だけを増やした", "number counted up"),
    ("created", "作成日", "creation date"),
    ("credentials", "パスワードまたはハッシュ", "passwords or hashes"),
    ("declared", "申告", "declared"),
    ("delegation", "委任の設定", "delegation setting"),
    ("department", "所属", "department"),
    ("des-allowed", "DES を含む暗号方式の設定", "encryption types with DES"),
    ("des-only", "DES 限定の設定", "DES-only setting"),
    ("device", "機器", "device"),
    (
        "device-code-open",
        "デバイスコードフローを止めるポリシーがない",
        "no policy blocks the device code flow",
    ),
    ("device-name", "機器の名前", "name of the device"),
    ("devices", "機器の設定ファイル", "device configurations"),
    ("digest", "ファイルの指紋(SHA-256)", "digests of the files"),
    ("digits", "6桁以内の数字", "one to six digits"),
    ("direct-memberships", "直接の所属のみ", "direct memberships only"),
    ("directory", "ディレクトリ", "directory"),
    ("disabled", "有効・無効", "enabled state"),
    ("domain-controller", "ドメインコントローラーの別", "domain controller mark"),
    ("ecarte", "電子カルテ・部門システム", "medical record system"),
    ("employee", "職員番号", "employee number"),
    ("employee-id", "職員番号", "employee number"),
    ("empty", "空", "empty"),
    (
        "empty-passwords",
        "空のパスワードでのネットワークログオンを許可",
        "network logons without a password are allowed",
    ),
    ("enable", "特権モード", "enable"),
    ("enabled", "有効・無効", "enabled state"),
    ("estate", "施設内で読めるパスワード", "a password readable elsewhere"),
    ("everyone", "ほぼ全員が管理者", "nearly everybody is one"),
    ("expires", "有効期限", "expiry date"),
    ("export-date", "出力日", "export date"),
    ("facility", "施設名のリスト", "names of the facility"),
    ("factory-default", "工場出荷時の値", "factory default"),
    ("factory-defaults", "出荷時パスワードのリスト", "list of factory passwords"),
    ("factory-name", "出荷時の名前", "factory name"),
    ("fewer-than-expected", "site.toml の expected より少ない", "fewer than expected in site.toml"),
    ("fine-grained-policy", "個別のパスワードポリシー", "fine-grained password policies"),
    ("general-policy", "全体のポリシー", "general policy"),
    (
        "group-policy-files",
        "グループポリシー基本設定の XML",
        "XML files of group policy preferences",
    ),
    ("group-policy-preference", "グループポリシーの基本設定", "group policy preference"),
    ("groups", "所属グループ", "group memberships"),
    ("guessable", "推測しやすい", "easily guessed"),
    ("guest", "ゲストの別", "guest mark"),
    ("guest-account", "Guest", "Guest"),
    (
        "guests-open",
        "ゲストに多要素を求めるポリシーがない",
        "no policy asks guests for a second factor",
    ),
    ("has-spn", "サービスプリンシパル名", "service principal name"),
    ("hash", "ハッシュ", "hash"),
    ("hashes", "ハッシュ", "hashes"),
    ("history", "過去のパスワード", "password history"),
    ("host", "端末・サーバ", "host"),
    ("hr", "人事名簿", "staff roster"),
    ("http", "HTTP 管理", "management by HTTP"),
    ("idle-minutes", "無操作切断の時間", "idle timeout"),
    ("ike-psk", "IPsec 事前共有鍵", "IPsec pre-shared key"),
    ("inventory", "台帳", "ledger"),
    ("invitation-pending", "招待の承諾待ち", "invitation not accepted"),
    ("job", "職種", "job"),
    ("joined", "入職日", "joining date"),
    ("kana", "カナ氏名", "reading of the name"),
    ("key", "照合用の鍵", "tag key"),
    ("key-passphrase", "鍵のパスフレーズ", "key passphrase"),
    ("laps", "LAPS の管理", "LAPS"),
    ("last-logon", "最終ログオン", "last logon"),
    ("last-test", "試験日", "day of the last test"),
    ("last-use", "最終利用日", "last use"),
    ("last-use-column", "最終利用日の列", "last-use column"),
    ("late-lockout", "ロックまでの失敗回数が多い", "locked only after many failures"),
    ("late-maximum-age", "変更の期限が長い", "changed too seldom"),
    ("leave", "休職", "on leave"),
    ("leave-date", "退職日", "leaving date"),
    ("ledger", "台帳", "ledger"),
    ("left", "退職日", "leaving date"),
    ("legacy-open", "レガシ認証を止めるポリシーがない", "no policy blocks legacy authentication"),
    ("line", "回線", "line"),
    ("line-password", "回線パスワードだけの認証", "the password of the line alone"),
    ("link", "名簿との対応", "link to the roster"),
    ("list", "単語リスト", "word list"),
    ("listed-form", "漏えい一覧と比べられる形式の値", "a form that breach lists hold"),
    ("lm-hashes", "LM ハッシュの保存を許可", "LM hashes are stored"),
    ("local-only", "機器内の利用者だけの認証", "local users only"),
    ("locked", "ロック状態", "locked state"),
    ("locked-since", "ロックされた日時", "time of lockout"),
    ("lockout", "ロックアウト", "lockout"),
    ("login", "ログインID", "login"),
    ("login-method", "ログイン認証の方法", "login method"),
    ("logon-timestamp", "lastLogonTimestamp", "lastLogonTimestamp"),
    ("machine", "コンピュータアカウントの別", "machine mark"),
    ("mail", "メールアドレス", "mail address"),
    ("managed-service-account", "管理されたサービスアカウントの別", "managed service account mark"),
    ("management-source", "管理の接続元の制限", "source restriction of management"),
    ("many", "管理者の割合または数が多い", "large share or number"),
    ("masked", "伏せ字", "masked"),
    ("medical", "医療用語のリスト", "list of medical words"),
    ("mfa", "多要素認証の登録情報", "MFA registrations"),
    ("mfa-capable", "多要素認証の利用可否", "MFA capability"),
    ("mfa-declared", "二要素の提供元", "who asks for the second factor"),
    ("mfa-enforced", "多要素認証の強制", "MFA enforcement"),
    ("mfa-phishing-resistant", "フィッシングに強い認証方法の有無", "phishing-resistant methods"),
    ("mfa-registered", "多要素認証の登録", "MFA registration"),
    ("mfa-weak-only", "SMS・電話・メールだけか", "whether SMS, calls and mail are all"),
    ("minimum-length", "最小文字数", "least length"),
    ("model", "機種", "model"),
    ("must-change", "次回変更の強制", "must-change setting"),
    ("name", "氏名", "name"),
    ("name-of-program", "名前の形", "the form of its name"),
    ("name-reading", "氏名の読み", "reading of the name"),
    ("never-joined", "事前作成のまま未参加", "made in advance and never joined"),
    ("never-used", "未使用", "never used"),
    ("no-aaa", "認証なし", "no authentication"),
    ("no-account", "アカウントなし", "no account"),
    ("no-aes", "AES の設定", "AES setting"),
    ("no-complexity", "複雑さを求めていない", "no complexity demanded"),
    ("no-disabled-row", "無効の行が一つもない", "no disabled row at all"),
    ("no-lockout", "ロックアウトなし(何回でも試せる)", "no lockout (any number of attempts)"),
    ("no-maximum-age", "変更の期限なし", "never has to be changed"),
    (
        "no-mfa-policy",
        "全員・全アプリに多要素を求めるポリシーがない",
        "no policy asks everybody for a second factor everywhere",
    ),
    ("no-owner", "責任者の記載なし", "no owner named"),
    ("no-password", "パスワードなし", "no password"),
    (
        "no-password-encryption",
        "service password-encryption なし",
        "no service password-encryption",
    ),
    ("no-preauth", "事前認証の設定", "pre-authentication setting"),
    ("no-purpose", "用途の記載なし", "no purpose named"),
    ("noauth-user", "認証のない SNMPv3", "SNMPv3 without authentication"),
    ("none-for-programs", "連携用に十分な長さのポリシーがない", "none is long enough for programs"),
    ("none-registered", "登録なし", "none registered"),
    ("nonemployee", "非雇用者名簿", "register of non-employees"),
    ("not registered", "登録なし", "not registered"),
    ("not usable", "使用できない", "not usable"),
    ("not-comparable", "ソルト付きで開けない値", "salted secrets that no known word opened"),
    ("not-delegated", "委任禁止の設定", "not-delegated setting"),
    ("not-renewed", "使用後の更新なし", "not renewed after use"),
    ("not-tried", "時間内に試せなかった値", "secrets not tried within the budget"),
    ("noted-secret", "説明欄の内容", "content of descriptions"),
    ("notice", "通知が挙げる悪い例", "bad examples of the ministry's notice"),
    ("nt-hash", "NT ハッシュ", "NT hash"),
    ("one-registered", "1つだけ登録", "only one registered"),
    ("only-administrator", "Administrator", "Administrator"),
    ("other", "その他", "other"),
    ("other-entities", "別法人の施設数", "sites of other entities"),
    ("owner", "責任者", "owner"),
    ("owner-left", "責任者が退職", "the owner has left"),
    ("password-attribute", "パスワード属性", "password attributes"),
    ("password-encryption", "パスワードの暗号化表示", "password-encryption setting"),
    ("password-length", "最小の長さ", "minimum length"),
    ("password-never-expires", "無期限パスワードの設定", "password-never-expires setting"),
    ("password-not-required", "パスワード不要の設定", "password-not-required setting"),
    ("password-policy", "パスワードポリシー", "password policy"),
    ("password-renewed", "パスワードだけ更新", "only the password was renewed"),
    ("password-set", "パスワード設定日", "password set date"),
    ("person", "名簿との対応", "link to the roster"),
    ("person-link", "名簿・台帳との対応", "link to a person"),
    ("person-name", "氏名・施設名", "name of the person or facility"),
    ("placeholder", "仮の値", "placeholder"),
    ("plain", "平文", "plain text"),
    ("planned", "導入予定あり", "planned"),
    ("ppp", "PPP", "PPP"),
    ("previous-run", "前回の監査", "an earlier run"),
    ("primary-group", "プライマリグループ", "primary group"),
    ("private-key", "秘密鍵", "private key"),
    ("privileged", "管理者権限", "administrator rights"),
    ("protocol-transition", "プロトコル遷移の設定", "protocol transition setting"),
    ("purpose", "用途", "purpose"),
    ("radius-key", "RADIUS 共有鍵", "RADIUS key"),
    (
        "register-columns",
        "台帳の列(責任者・用途・見直し日)",
        "columns of the register (owner, purpose, review date)",
    ),
    ("registered", "登録あり", "registered"),
    (
        "registration-open",
        "認証方法の登録を守るポリシーがない",
        "no policy protects the registration of factors",
    ),
    ("remote", "院外からの利用", "remote use"),
    ("reversible", "復号できる形", "reversible"),
    ("reversible-encryption", "復号できる保存の設定", "reversible-encryption setting"),
    ("reversible-keyed", "機器の暗号鍵", "the device's own key"),
    ("reversible-storage", "元に戻せる形での保存を許可", "stored so that they can be read back"),
    ("review-date", "見直し日", "review date"),
    ("review-due", "見直し日超過", "review overdue"),
    ("review-overdue", "見直し日を過ぎている", "review overdue"),
    ("rid", "SID", "SID"),
    ("rights", "権限またはグループ", "roles or groups"),
    ("role", "権限・役割", "role"),
    ("root-word", "リストの言葉の変形", "form of a list word"),
    ("roster", "人事名簿", "staff roster"),
    ("routing", "ルーティング認証鍵", "routing key"),
    ("rw", "書き込み可", "write access"),
    ("rw-open", "接続元の制限がない書き込み可", "write access without an access list"),
    ("same-again", "以前と同じ", "same as before"),
    ("second-factor", "多要素認証の情報", "marks of a second factor"),
    (
        "second-factor-unknown",
        "二要素の情報がないため、なしとして判定",
        "nothing known of second factors, judged as without",
    ),
    ("second-system", "比べる別のシステム", "another system to compare with"),
    ("secret", "パスワードまたはハッシュ", "password or hash"),
    ("secrets", "パスワードまたはハッシュ", "passwords or hashes"),
    ("serial", "製造番号", "serial number"),
    ("service", "サービスアカウントの台帳", "register of service accounts"),
    ("service-register", "サービスアカウントの台帳", "register of service accounts"),
    ("shared", "共用アカウントの台帳", "register of shared accounts"),
    ("shared-name", "共用に見える名前", "a name that looks shared"),
    ("short", "短い", "short"),
    ("short-history", "履歴の数が少ない", "few former passwords kept"),
    ("short-lockout", "ロックの時間が短い", "locked too briefly"),
    ("short-window", "失敗を数える時間が短い", "failures counted too briefly"),
    ("sid-history", "sIDHistory", "sIDHistory"),
    ("sign-in", "サインイン日時", "sign-in time"),
    ("signInActivity", "サインイン日時", "sign-in activity"),
    ("sites", "施設", "sites"),
    ("smartcard-required", "スマートカード必須の設定", "smart card setting"),
    ("snmp", "SNMP の設定", "SNMP settings"),
    ("snmp-community", "SNMP コミュニティ", "SNMP community"),
    ("snmp-user", "SNMPv3 の利用者", "SNMPv3 users"),
    ("snmpv3-auth", "SNMPv3 認証", "SNMPv3 authentication"),
    ("snmpv3-priv", "SNMPv3 暗号", "SNMPv3 privacy"),
    ("state", "状態", "state"),
    ("status", "在職状態", "employment status"),
    ("syslog", "syslog", "syslog"),
    ("systems", "システム", "systems"),
    ("tacacs-key", "TACACS 共有鍵", "TACACS key"),
    ("telnet", "telnet 管理", "management by telnet"),
    ("time-of-day", "日付の時刻", "time of day"),
    ("tombstone", "削除済みの印", "tombstone mark"),
    ("unconstrained-delegation", "制約のない委任", "towards any service"),
    ("unknown", "不明", "unknown"),
    ("unknown-predicate", "この版が知らない条件", "a predicate this version does not know"),
    ("unknown-scheme", "方式の分からない値", "secrets of an unknown scheme"),
    ("unrecorded", "使用の記録なし", "use without a record"),
    ("upn", "UPN", "UPN"),
    ("url-password", "URL 内のパスワード", "password in a URL"),
    ("vendor", "保守業者の台帳", "register of vendors"),
    ("verified", "照合済み", "verified"),
    ("with-second-factor", "全員に二要素あり", "all with a second factor"),
    ("without-second-factor", "二要素のない利用者を含む", "some without a second factor"),
    ("wordlist", "単語リスト", "word list"),
    ("workstation-limit", "ログオン先の制限", "limit of computers"),
    ("wpa-psk", "無線の事前共有鍵", "wireless key"),
];

/// The word for people, where the machine word is known.
pub(super) fn known(word: &str, lang: Lang) -> Option<&'static str> {
    let at = TERMS.binary_search_by(|term| term.0.cmp(word)).ok()?;
    Some(lang.pick(TERMS[at].1, TERMS[at].2))
}

/// Appends a list of machine words as checks write it: `last-use, enabled`, a kind of secret with
/// its owner (`line vty 5 15`), or words with what hangs on them (`last-use: LIFE-01; expires:
/// LIFE-04`). What is not known stays as it is.
pub(super) fn push_words(list: &str, lang: Lang, out: &mut Vec<u8>) {
    for (number, clause) in list.split("; ").enumerate() {
        if number > 0 {
            out.extend_from_slice(b"; ");
        }
        let (words, rest) = clause.split_at(clause.find(": ").unwrap_or(clause.len()));
        let comma = lang.pick("、", ", ");
        if rest.is_empty() {
            push_joined(words.split(", "), comma, lang, out);
        } else {
            push_joined(words.split(' '), comma, lang, out);
            out.extend_from_slice(rest.as_bytes());
        }
    }
}

fn push_joined<'a>(
    words: impl Iterator<Item = &'a str>,
    comma: &str,
    lang: Lang,
    out: &mut Vec<u8>,
) {
    for (number, word) in words.enumerate() {
        if number > 0 {
            out.extend_from_slice(comma.as_bytes());
        }
        let kind = word.find(' ').filter(|&end| Kind::from_word(&word[..end]).is_some());
        let (head, owner) = word.split_at(kind.unwrap_or(word.len()));
        out.extend_from_slice(known(head, lang).unwrap_or(head).as_bytes());
        out.extend_from_slice(owner.as_bytes());
    }
}

/// The words of a list, each once.
pub(super) fn join<'a>(words: impl IntoIterator<Item = &'a str>, lang: Lang) -> String {
    let mut seen: Vec<&str> = Vec::new();
    for word in words {
        let word = known(word, lang).unwrap_or(word);
        if !seen.contains(&word) {
            seen.push(word);
        }
    }
    seen.join(lang.pick("、", ", "))
}

/// A sentence of several lines on one.
pub(super) fn one_line(text: &str, lang: Lang) -> String {
    text.lines().map(str::trim).collect::<Vec<_>>().join(lang.pick("", " "))
}

/// A severity.
pub(super) const fn severity(severity: Severity, lang: Lang) -> &'static str {
    match severity {
        Severity::Critical => lang.pick("重大", "critical"),
        Severity::High => lang.pick("高", "high"),
        Severity::Medium => lang.pick("中", "medium"),
        Severity::Low => lang.pick("低", "low"),
        Severity::Info => lang.pick("参考", "info"),
    }
}

/// How sure a finding is.
pub(super) const fn confidence(confidence: Confidence, lang: Lang) -> &'static str {
    match confidence {
        Confidence::High => lang.pick("高", "high"),
        Confidence::Medium => lang.pick("中", "medium"),
        Confidence::Low => lang.pick("低", "low"),
    }
}

/// A status, as the monthly comparison calls it.
pub(super) const fn status(status: Status, lang: Lang) -> &'static str {
    match status {
        Status::New => lang.pick("新規", "new"),
        Status::Open => lang.pick("継続", "open"),
        Status::Returned => lang.pick("再発", "returned"),
        Status::Fixed => lang.pick("解消", "fixed"),
        Status::Suppressed => lang.pick("例外", "suppressed"),
        Status::NotEvaluable => lang.pick("判定不能", "not evaluable"),
    }
}

/// Why a status is what it is.
pub(super) const fn cause(cause: Cause, lang: Lang) -> &'static str {
    match cause {
        Cause::None => "",
        Cause::RuleAdded => lang.pick("ルールが加わったため", "the rule is new"),
        Cause::RuleChanged => lang.pick("ルールが変わったため", "the rule has changed"),
        Cause::ThresholdChanged => lang.pick("しきい値が変わったため", "its threshold has changed"),
        Cause::NotJudgedBefore => {
            lang.pick("前回は判定できなかったため", "it could not be judged last time")
        }
        Cause::NotAsked => lang.pick("今回はこのルールを使っていない", "the rule was not asked"),
        Cause::SourceMissing => lang.pick("今回は出力がない", "no export of the system this time"),
        Cause::SourceIncomplete => {
            lang.pick("出力を最後まで読めていない", "the export was not read to its end")
        }
        Cause::CouldNotJudge => {
            lang.pick("判定に必要な項目が足りない", "facts that the rule needs are missing")
        }
        Cause::NotTriedAgain => lang.pick(
            "パスワードの変更が確かめられず、前回の語も試し切れていない",
            "whether the password changed is not known, and not every word was tried again",
        ),
        Cause::ExceptionEnded => lang.pick("例外の期限切れ", "its exception has ended"),
    }
}

/// A unit.
pub(super) const fn unit(unit: Unit, one: bool, lang: Lang) -> &'static str {
    match unit {
        Unit::None => "",
        Unit::Days => lang.pick("日", if one { "day" } else { "days" }),
        Unit::Accounts => lang.pick("アカウント", if one { "account" } else { "accounts" }),
        Unit::Lines => lang.pick("行", if one { "line" } else { "lines" }),
        Unit::Secrets => lang.pick("件", if one { "secret" } else { "secrets" }),
        Unit::Columns => lang.pick("列", if one { "column" } else { "columns" }),
        Unit::Characters => lang.pick("文字", if one { "character" } else { "characters" }),
        Unit::Groups => lang.pick("グループ", if one { "group" } else { "groups" }),
        Unit::Devices => lang.pick("台", if one { "device" } else { "devices" }),
        Unit::Settings => lang.pick("設定", if one { "setting" } else { "settings" }),
        Unit::Rows => lang.pick("行", if one { "row" } else { "rows" }),
        Unit::Files => lang.pick("ファイル", if one { "file" } else { "files" }),
        Unit::Changes => lang.pick("回", if one { "change" } else { "changes" }),
        Unit::Attempts => lang.pick("回", if one { "attempt" } else { "attempts" }),
        Unit::Minutes => lang.pick("分", if one { "minute" } else { "minutes" }),
        Unit::Passwords => lang.pick("個", if one { "password" } else { "passwords" }),
        Unit::Times => lang.pick("回", if one { "time" } else { "times" }),
    }
}

/// A kind of system.
pub(super) fn system_kind(kind: SystemKind, lang: Lang) -> &'static str {
    known(kind.word(), lang).unwrap_or(kind.word())
}

/// How sure the wording of a reference is.
pub(super) fn certainty(mark: &str, lang: Lang) -> &str {
    match mark {
        "V" => lang.pick("原文確認済", "read in the original"),
        "D" => lang.pick("案", "draft"),
        "T" => lang.pick("第三者の資料", "third party"),
        "I" => lang.pick("推定", "inferred"),
        "M" => lang.pick("記憶・未確認", "from memory, unverified"),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::account::{Flag, LastUse};
    use crate::model::credential::State;
    use crate::model::evidence::{Proof, WordClass};
    use crate::rules::RuleSet;

    #[test]
    fn terms_are_sorted_and_kept_once() {
        for pair in TERMS.windows(2) {
            assert!(pair[0].0 < pair[1].0, "{} before {}", pair[0].0, pair[1].0);
        }
    }

    #[test]
    fn every_word_of_the_model_has_a_term() {
        let flags = Flag::ALL.iter().filter(|&&flag| flag != Flag::Absorbed).map(|f| f.word());
        let kinds = Kind::ALL.iter().map(|kind| kind.word());
        let states = State::ALL.iter().map(|state| state.word());
        let classes = WordClass::ALL.iter().map(|class| class.word());
        let proofs = Proof::ALL.iter().map(|proof| proof.word());
        let systems = SystemKind::ALL.iter().map(|kind| kind.word());
        let evidence = classes.chain(proofs);
        for word in flags.chain(kinds).chain(states).chain(evidence).chain(systems) {
            assert!(known(word, Lang::Ja).is_some(), "no term for {word}");
        }
        assert_eq!(
            known(LastUse::LogonTimestamp.word(), Lang::Ja),
            None,
            "an attribute's own name"
        );
    }

    #[test]
    fn every_need_of_the_rules_has_a_term() {
        for rule in &RuleSet::embedded().unwrap().checks {
            for need in &rule.needs {
                assert!(known(need, Lang::En).is_some(), "{}: no term for '{need}'", rule.id);
            }
        }
    }

    #[test]
    fn lists_are_translated_word_by_word() {
        for (list, shown) in [
            ("last-use, core-sw", "最終利用日、core-sw"),
            ("line vty 5 15", "回線 vty 5 15"),
            ("remote vty", "remote vty"),
            (
                "last-use enabled: LIFE-01 LIFE-02; expires: LIFE-04",
                "最終利用日、有効・無効: LIFE-01 LIFE-02; 有効期限: LIFE-04",
            ),
            ("", ""),
        ] {
            let mut out = Vec::new();
            push_words(list, Lang::Ja, &mut out);
            assert_eq!(String::from_utf8(out).unwrap(), shown);
        }
        assert_eq!(join(["hr", "roster", "mfa"], Lang::En), "staff roster, MFA registrations");
    }
}
