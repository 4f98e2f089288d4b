//! What to do about each reason code.

/// Reason code, hint in Japanese, hint in English.
pub(super) const HINTS: &[(&str, &str, &str)] = &[
    ("empty-file", "ファイルが空です。出力し直してください", "the file is empty: export it again"),
    ("no-records", "見出しだけで行がありません", "a header without rows"),
    (
        "unknown-header",
        "見出しを読めません。先頭行に列名があるか確認するか profile.toml で列を指定してください",
        "no known header: check that the first line names the columns, or map them in profile.toml",
    ),
    (
        "duplicate-column",
        "同じ列名が二つあります。片方の名前を変えてください",
        "a column name stands twice: rename one of them",
    ),
    (
        "field-count",
        "区切りの数が見出しと違います。値の中のカンマや引用符を確認してください",
        "the number of fields differs from the header: look for an unquoted comma or quote",
    ),
    ("bad-date", "存在しない日付です", "no such day"),
    (
        "ambiguous-date",
        "日付の形があいまいです。profile.toml で順序を指定してください",
        "the date can be read in two ways: state the order in profile.toml",
    ),
    (
        "lossy-number",
        "Excel が数値を丸めています。元のシステムから CSV を出し直してください",
        "Excel has rounded the number: export from the source again",
    ),
    ("empty-account", "利用者IDが空です", "the account id is empty"),
    (
        "bad-utf8",
        "UTF-8 として読めないバイトがあります。出力し直してください",
        "bytes that are not UTF-8: export the file again",
    ),
    (
        "bad-cp932",
        "CP932 として読めないバイトがあります。出力し直してください",
        "bytes that are not CP932: export the file again",
    ),
    (
        "bad-encoding",
        "文字コードとして読めないバイトがあります",
        "bytes that the file's encoding does not have",
    ),
    (
        "mixed-encoding",
        "途中で文字コードが変わっています。別々のファイルにしてください",
        "the encoding changes inside the file: keep the exports apart",
    ),
    ("bad-hash-length", "ハッシュの桁数が違います", "the hash has the wrong number of digits"),
    ("hash-type-mismatch", "この形式のハッシュではありません", "not a hash of this kind"),
    (
        "unclosed-quote",
        "引用符が閉じていません。この行の引用符を確認してください",
        "a quote is not closed: look at the quotes of this line",
    ),
    (
        "nul-byte",
        "NUL バイトがあります。コピーが途中で切れていないか確認してください",
        "a NUL byte: was the copy cut short?",
    ),
    ("cell-too-long", "セルが長すぎます", "the cell is too long"),
    ("record-too-long", "行が長すぎます", "the record is too long"),
    ("too-many-columns", "列が多すぎます", "too many columns"),
    (
        "not-text",
        "文字のファイルではありません。CSV などで出力し直してください",
        "not a text file: export as CSV or text",
    ),
    (
        "encrypted-workbook",
        "パスワード付きのブックです。パスワードを外して保存してください",
        "the workbook is encrypted: save it without a password",
    ),
    (
        "unsupported",
        "この形式は読めません。CSV で出力してください",
        "this kind of file is not read: export as CSV",
    ),
    (
        "ambiguous-reader",
        "二通りに読めるファイルです。hr / ad / ecarte / mfa / devices のどれかに置くか、profile.toml の reader で指定してください",
        "two readers claim the file: put it into hr, ad, ecarte, mfa or devices, or name one as reader in profile.toml",
    ),
    (
        "ambiguous-login",
        "同じログイン名のアカウントが複数あり、どれのことか決められません。結び付けませんでした",
        "several accounts have the login: the rows were tied to none of them",
    ),
    (
        "unrecognised",
        "何のエクスポートか分かりません。README の手順で出力してください",
        "no reader knows this file: see the site's README for the exports",
    ),
    (
        "unreadable",
        "ファイルを開けません。権限を確認してください",
        "the file cannot be opened: check its permissions",
    ),
    (
        "polarity",
        "列の向き(有効か無効か)が分かりません。profile.toml で指定してください",
        "it is not clear whether the column means enabled or disabled: say so in profile.toml",
    ),
    (
        "names-lost",
        "氏名が ? になっています。Export-Csv に -Encoding UTF8 を付けて出力し直してください",
        "names were turned into '?': export again with -Encoding UTF8",
    ),
    ("older-version", "新しい版を使いました", "a newer version was used"),
    (
        "ldif-url",
        "外部ファイルへの参照は読みません",
        "references to other files are never followed",
    ),
    ("bad-hex", "16進数として読めません", "not hexadecimal digits"),
    ("bad-base64", "base64 として読めません", "not base64"),
    (
        "bad-xml",
        "XML として正しくありません。出力し直してください",
        "not well-formed XML: export again",
    ),
    (
        "xml-doctype",
        "DOCTYPE のある XML は読みません",
        "XML with a document type is refused: nothing is ever expanded or fetched",
    ),
    (
        "xml-entity",
        "定義の必要な実体参照は読みません",
        "an entity that would have to be declared is refused",
    ),
    ("too-deep", "入れ子が深すぎます", "nested too deeply"),
    ("bad-json", "JSON として読めません", "not JSON"),
    (
        "individual-number",
        "個人番号の列は読みません。列を削除して出力し直してください",
        "a column of individual numbers is refused: export without it",
    ),
    (
        "changed-during-read",
        "読み取り中にファイルが変わりました。出力が終わってから実行してください",
        "the file changed while it was read: run again when the export has finished",
    ),
    (
        "type-name",
        "所属グループが型名になっています。README の手順(-join ';')で出力し直してください",
        "the groups are type names, not values: export them with -join ';' as the README shows",
    ),
    (
        "no-data",
        "このサイトにはエクスポートがありません(所見なしではありません)",
        "no export of this site was given; that is not the same as nothing found",
    ),
    (
        "future-date",
        "基準日より後の日付があります。時計か --as-of を確認してください",
        "a date lies after the as-of day: check the clock, or --as-of",
    ),
    (
        "special-file",
        "通常のファイルではありません(リンクやパイプは読みません)",
        "not a plain file: links, pipes and devices are not read",
    ),
    (
        "encoding-guessed",
        "二通りの文字コードで読めます。氏名を確認してください",
        "the bytes fit two encodings: look at the names",
    ),
    (
        "bad-ldif",
        "LDIF の区切りが正しくありません。出力し直してください",
        "not a well-formed LDIF entry: export again",
    ),
    (
        "console-noise",
        "端末の制御文字や --More-- を取り除いて読みました",
        "pager and terminal characters were taken out",
    ),
    (
        "no-hostname",
        "機器名がないためファイル名で呼びます",
        "no host name: the device is called by its file",
    ),
    (
        "truncated",
        "途中で切れています。出力し直してください",
        "the file ends in the middle: export again",
    ),
    ("bad-number", "数値として読めません", "not a whole number"),
    ("bad-sid", "SID として読めません", "not a security identifier"),
    (
        "range-truncated",
        "グループの member が途中までです。残りも取得してください",
        "the server sent only a part of the members: ask for member;range= until the last",
    ),
    (
        "server-limit",
        "サーバーが途中で打ち切っています。ページングして出力し直してください",
        "the server stopped before the end: export again with paged results",
    ),
    (
        "zip-ratio",
        "圧縮率か展開後の大きさが異常です。中身を展開して置いてください",
        "the archive unpacks to far more than it should: put its files here instead",
    ),
    (
        "bad-archive",
        "ZIP として読めません。中身を展開して置いてください",
        "not a sound ZIP archive: put its files here instead",
    ),
    (
        "unknown-line",
        "この行は読めません。コマンドの出力だけをファイルにしてください",
        "a line that belongs to no known output: keep only what the command printed",
    ),
    (
        "group-unnamed",
        "どのグループのメンバーか分かりません。ファイル名に Administrators を入れてください",
        "it is not clear which group this is: put Administrators into the file name",
    ),
    (
        "names-only",
        "識別名だけの一覧です。dsquery * -attr samaccountname ... か ldifde で出力してください",
        "a list of distinguished names alone: export with dsquery * -attr samaccountname ..., or ldifde",
    ),
    (
        "plaintext-column",
        "パスワードが平文で保存されています。出力から除き、保存方式をベンダーに確認してください",
        "passwords are stored in clear: leave them out of the export and ask the vendor how they are kept",
    ),
    (
        "log-without-system",
        "どの系統のログか分かりません。ecarte/<系統>/ に置いてください",
        "it is not clear whose log this is: put it into ecarte/<system>/ beside the accounts",
    ),
    (
        "log-unknown-users",
        "利用者一覧にない利用者IDがログにあります",
        "the log has user ids that no account list knows",
    ),
    (
        "no-such-account",
        "対応するアカウントが利用者表にありません。すべての表を同じフォルダに置いてください",
        "rows about accounts that no user table lists: put all tables of the system into one folder",
    ),
    (
        "bad-profile",
        "profile.toml を読めません。キーと値を確認してください",
        "profile.toml cannot be used: check its keys and words",
    ),
    (
        "cloud-placeholder",
        "中身のない XLSX です。クラウドから実体を取得してください",
        "a workbook without content: fetch it from the cloud first",
    ),
    ("bad-workbook", "XLSX として読めません", "not a sound XLSX workbook: save it again"),
    (
        "hidden-sheet",
        "非表示のシートにデータがあります(読んでいません)",
        "a hidden sheet holds data that was not read",
    ),
    (
        "zeros-lost",
        "番号が数値になっています。先頭のゼロが失われた可能性があります",
        "ids are numbers in the workbook: leading zeros may be lost",
    ),
    ("formula-error", "数式がエラーの値です", "a formula gives an error instead of a value"),
    (
        "mfa-bypass",
        "二要素認証を迂回する設定の利用者がいます",
        "users for whom the second factor is bypassed",
    ),
    ("bad-xml", "XML として読めません", "not sound XML, or XML with a document type"),
    ("duplicate-content", "同じ内容のファイルが二つあります", "the same content was given twice"),
];
