//! MikroTik RouterOS `/export`: menus, then `add` and `set` with `name=value`.

use super::forms::plain;
use super::gather::{Gather, Statement};
use super::table::Act::{Entity, Fact, Guard, Host, Name, Off, Quiet, Role, Says, Secret, Write};
use super::table::Class::{Admin, Community, Record, Remote};
use super::table::{Rule, Table};
use super::{COUNTED, Product, by_signs, text};
use crate::ingest::Claim;
use crate::ingest::source::Probe;
use crate::model::credential::Kind;
use crate::model::device::Topic;
use crate::rules::device::pattern::scrubbed;
use std::borrow::Cow;
use std::sync::LazyLock;
use zeroize::Zeroize;

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::new(&[RULES]));

/// Reader of RouterOS exports.
pub(in crate::ingest) static ROUTEROS: Product = Product {
    name: "routeros",
    system: "mikrotik routeros",
    claim,
    signs: &[MENUS, STATED],
    syntax,
    lines: true,
    table: &TABLE,
    admins: &["full"],
    admin_by_default: false,
    sealed: &[],
    noise: &[],
};

const RULES: &[Rule] = &[
    Rule("system identity * name =", Host),
    Rule("^model =", Fact(Topic::Model)),
    Rule("^serial =", Fact(Topic::Serial)),
    Rule("^user @", Entity(Admin)),
    Rule("^user @ name =", Name(0)),
    Rule("^user @ group =", Role),
    Rule("^user @ password =", Secret(Kind::Login, plain)),
    Rule("^user @ disabled =", Off(&["yes"])),
    Rule("ppp secret @", Entity(Remote)),
    Rule("ppp secret @ name =", Name(0)),
    Rule("ppp secret @ password =", Secret(Kind::Login, plain)),
    Rule("ppp secret @ disabled =", Off(&["yes"])),
    Rule("hotspot user @", Entity(Remote)),
    Rule("hotspot user @ name =", Name(0)),
    Rule("hotspot user @ password =", Secret(Kind::Login, plain)),
    Rule("hotspot user @ disabled =", Off(&["yes"])),
    Rule("user-manager user @", Entity(Remote)),
    Rule("user-manager user @ name|username =", Name(0)),
    Rule("user-manager user @ password =", Secret(Kind::Login, plain)),
    Rule("ip ipsec user @", Entity(Remote)),
    Rule("ip ipsec user @ name =", Name(0)),
    Rule("ip ipsec user @ password =", Secret(Kind::Login, plain)),
    Rule("snmp community @", Entity(Community)),
    Rule("snmp community @ name =", Name(0)),
    Rule("snmp community @ write-access =", Write(&["yes"])),
    Rule(
        "snmp community @ addresses =",
        Guard(&["", "0.0.0.0/0", "::/0", "0.0.0.0/0,::/0", "::/0,0.0.0.0/0"]),
    ),
    Rule("snmp community @ disabled =", Off(&["yes"])),
    Rule("snmp community @ authentication-password =", Secret(Kind::Snmpv3Auth, plain)),
    Rule("snmp community @ encryption-password =", Secret(Kind::Snmpv3Priv, plain)),
    Rule("^snmp * trap-community", Quiet),
    Rule("radius @", Entity(Record)),
    Rule("radius @ address =", Name(0)),
    Rule("radius @ secret =", Secret(Kind::RadiusKey, plain)),
    Rule("user-manager router @", Entity(Record)),
    Rule("user-manager router @ address =", Name(0)),
    Rule("user-manager router @ shared-secret =", Secret(Kind::RadiusKey, plain)),
    Rule("ip ipsec peer|identity @", Entity(Record)),
    Rule("ip ipsec identity @ peer =", Name(0)),
    Rule("ip ipsec peer @ address =", Name(0)),
    Rule("ip ipsec peer|identity @ secret =", Secret(Kind::IkePsk, plain)),
    Rule("ip ipsec identity @ password =", Secret(Kind::Other, plain)),
    Rule("ip ipsec identity @ auth-method|key", Quiet),
    Rule("server * ipsec-secret =", Secret(Kind::IkePsk, plain)),
    Rule("ipsec-secret =", Secret(Kind::IkePsk, plain)),
    Rule(
        "interface pppoe-client|l2tp-client|pptp-client|sstp-client|ovpn-client|lte @",
        Entity(Record),
    ),
    Rule(
        "interface pppoe-client|l2tp-client|pptp-client|sstp-client|ovpn-client @ name =",
        Name(0),
    ),
    Rule(
        "interface pppoe-client|l2tp-client|pptp-client|sstp-client|ovpn-client @ password =",
        Secret(Kind::Ppp, plain),
    ),
    Rule("interface wireguard @", Entity(Record)),
    Rule("interface wireguard @ name =", Name(0)),
    Rule("interface wireguard @ private-key =", Secret(Kind::PrivateKey, plain)),
    Rule("wireguard peers @", Entity(Record)),
    Rule("wireguard peers @ endpoint-address =", Name(0)),
    Rule("wireguard peers @ preshared-key =", Secret(Kind::IkePsk, plain)),
    Rule("wireguard peers @ private-key =", Secret(Kind::PrivateKey, plain)),
    Rule("security-profiles @", Entity(Record)),
    Rule("security-profiles @ name =", Name(0)),
    Rule(
        "security-profiles @ wpa-pre-shared-key|wpa2-pre-shared-key =",
        Secret(Kind::WpaPsk, plain),
    ),
    Rule(
        "security-profiles @ static-key-0|static-key-1|static-key-2|static-key-3|static-sta-private-key =",
        Secret(Kind::Other, plain),
    ),
    Rule("security-profiles @ supplicant-identity|authentication-types|mschapv2-username", Quiet),
    Rule("security-profiles @ mschapv2-password =", Secret(Kind::Other, plain)),
    Rule("security-multi-passphrase|multi-passphrase @ passphrase =", Secret(Kind::WpaPsk, plain)),
    Rule("wireless access-list @ private-pre-shared-key =", Secret(Kind::WpaPsk, plain)),
    Rule("security @", Entity(Record)),
    Rule("security @ name =", Name(0)),
    Rule("security @ passphrase =", Secret(Kind::WpaPsk, plain)),
    Rule("wifi @ security.passphrase =", Secret(Kind::WpaPsk, plain)),
    Rule("security.passphrase =", Secret(Kind::WpaPsk, plain)),
    Rule("interface vrrp * password =", Secret(Kind::Routing, plain)),
    Rule("tcp-md5-key|authentication-key|auth-key =", Secret(Kind::Routing, plain)),
    Rule("ntp key @ key =", Secret(Kind::Other, plain)),
    Rule("public-key|host-key|key-id|auth-id", Quiet),
    Rule("tool e-mail @", Entity(Record)),
    Rule("tool e-mail @ address|server =", Name(0)),
    Rule("password|secret|passphrase|secrets =", Secret(Kind::Other, plain)),
    Rule("ip service @", Entity(Record)),
    Rule("remote-log|action * remote =", Fact(Topic::Syslog)),
    Rule("ip service ssh|winbox|www|www-ssl|telnet|api address =", Fact(Topic::ManagementSource)),
    Rule("ip service telnet disabled no", Says(Topic::Telnet, "yes")),
    Rule("ip service telnet disabled yes", Says(Topic::Telnet, "no")),
    Rule("ip service www disabled no", Says(Topic::Http, "yes")),
    Rule("ip service www disabled yes", Says(Topic::Http, "no")),
];

fn syntax(part: &str, first: u32, gather: &mut Gather<'_>) {
    let mut walk = Walk { menu: Vec::new(), gather };
    let mut lines = text::lines(part)
        .map(|(_, line, number)| (line.trim_end_matches('\r'), first + number - 1));
    while let Some((line, number)) = lines.next() {
        let mut whole = Cow::Borrowed(line.trim_start());
        while whole.ends_with('\\') && !whole.starts_with('#') {
            let owned = whole.to_mut();
            owned.pop();
            let Some((next, _)) = lines.next() else { break };
            owned.push_str(next.trim_start());
        }
        walk.line(&whole, number);
        if let Cow::Owned(mut whole) = whole {
            whole.zeroize();
        }
    }
}

struct Walk<'w, 'p> {
    menu: Vec<String>,
    gather: &'w mut Gather<'p>,
}

impl Walk<'_, '_> {
    fn line(&mut self, line: &str, number: u32) {
        if let Some(comment) = line.strip_prefix('#') {
            return self.heading(comment, number);
        }
        let mut words = Words(line).peekable();
        if line.starts_with('/') {
            self.menu.clear();
            while let Some(word) = words.next_if(|word| !VERBS.contains(&word.as_ref())) {
                self.menu.push(word.trim_start_matches('/').to_owned());
            }
        }
        if words.next_if(|word| VERBS.contains(&word.as_ref())).is_none() {
            return;
        }
        let mut path: Vec<Cow<'_, str>> = self.menu.iter().cloned().map(Cow::Owned).collect();
        let (mut keyed, mut named, mut default) = (false, false, false);
        for word in words {
            match word.split_once('=').filter(|(name, _)| !name.is_empty() && !name.contains(' ')) {
                Some((name, value)) => {
                    if !keyed {
                        path.push(Cow::Owned(format!("{COUNTED}{number}")));
                        keyed = true;
                    }
                    named |= name == "name";
                    self.property(&mut path, name, value, number);
                }
                // `set telnet disabled=yes`: the entry is named by a word.
                None if !keyed && !word.starts_with('[') => {
                    path.push(Cow::Owned(word.into_owned()));
                    keyed = true;
                }
                None => default |= word.contains("default=yes"),
            }
        }
        // What keeps its first name is exported without it.
        if keyed && default && !named && self.menu == ["snmp", "community"] {
            self.property(&mut path, "name", "public", number);
        }
    }

    fn property(&mut self, path: &mut Vec<Cow<'_, str>>, name: &str, value: &str, line: u32) {
        let own = path.len();
        path.push(Cow::Owned(name.to_owned()));
        path.push(Cow::Owned(value.to_owned()));
        self.gather.statement(&Statement { words: path, own, line, opens: false, off: None });
        path.truncate(own);
    }

    /// `# model = RB750Gr3`
    fn heading(&mut self, comment: &str, line: u32) {
        let Some((name, value)) = comment.split_once('=') else { return };
        let key = match name.trim() {
            "model" => "model",
            "serial number" => "serial",
            _ => return,
        };
        let words = [Cow::Borrowed(key), Cow::Borrowed(value.trim())];
        self.gather.statement(&Statement { words: &words, own: 0, line, opens: false, off: None });
    }
}

const VERBS: [&str; 3] = ["add", "set", "print"];

/// Words of a line; quotes and what stands in brackets belong to their word.
struct Words<'a>(&'a str);

impl<'a> Iterator for Words<'a> {
    type Item = Cow<'a, str>;

    fn next(&mut self) -> Option<Cow<'a, str>> {
        let text = self.0.trim_start();
        if text.is_empty() {
            return None;
        }
        let (mut quoted, mut escaped, mut brackets, mut end) = (false, false, 0_u32, text.len());
        let mut whole = 0;
        for (at, c) in text.char_indices() {
            match c {
                _ if escaped => escaped = false,
                '<' if !quoted => whole = at + scrubbed(&text[at..]).unwrap_or(0),
                '\\' => escaped = true,
                '"' => quoted = !quoted,
                '[' if !quoted => brackets += 1,
                ']' if !quoted => brackets = brackets.saturating_sub(1),
                c if c.is_whitespace() && !quoted && brackets == 0 && at >= whole => {
                    end = at;
                    break;
                }
                _ => {}
            }
        }
        let word = &text[..end];
        self.0 = &text[end..];
        Some(if word.contains(['"', '\\']) {
            Cow::Owned(unquoted(word))
        } else {
            Cow::Borrowed(word)
        })
    }
}

/// Takes quotes off and resolves `\"`, `\\`, `\$`, `\_`, `\r\n\t` and `\41`.
fn unquoted(word: &str) -> String {
    let (bytes, mut at) = (word.as_bytes(), 0);
    let mut clean = Vec::with_capacity(word.len());
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match (byte, bytes.get(at)) {
            (b'"', _) => {}
            (b'\\', Some(&next)) => {
                let pair = bytes.get(at..at + 2).and_then(|pair| std::str::from_utf8(pair).ok());
                let code = pair.and_then(|pair| u8::from_str_radix(pair, 16).ok());
                at += if code.is_some() { 2 } else { 1 };
                clean.push(code.unwrap_or(match next {
                    b'n' => b'\n',
                    b'r' => b'\r',
                    b't' => b'\t',
                    b'_' => b' ',
                    other => other,
                }));
            }
            _ => clean.push(byte),
        }
    }
    String::from_utf8_lossy(&clean).into_owned()
}

const STATED: &[&str] = &["add ", "set [ find"];

const MENUS: &[&str] = &[
    "/interface ",
    "/ip address",
    "/ip firewall",
    "/ip service",
    "/ip ipsec",
    "/ppp secret",
    "/snmp community",
    "/system identity",
    "/radius",
];

fn claim(probe: &Probe<'_>) -> Option<Claim> {
    let text = probe.body();
    let head = text.get(..2048).unwrap_or(text);
    if head.contains("by RouterOS") || head.contains("# software id") {
        return Some(Claim { score: 96, reason: "RouterOS heading" });
    }
    let count = probe.signs(MENUS);
    let stated = probe.signs(STATED) > 0;
    if count > 1 || stated { by_signs(count, "RouterOS menus") } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_quotes_and_escapes() {
        let words: Vec<_> =
            Words(r#"add name="a b" password="x\"y\\z\41\_" [ find a=b ] c=d"#).collect();
        assert_eq!(words, ["add", "name=a b", r#"password=x"y\zA "#, "[ find a=b ]", "c=d"]);
        let words: Vec<_> = Words("add password=<secret hidden> c=d").collect();
        assert_eq!(words, ["add", "password=<secret hidden>", "c=d"]);
    }
}
