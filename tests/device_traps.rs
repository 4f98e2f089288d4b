//! What misleads a reader of device configurations: each trap with a configuration that has it and
//! what must come out. Facts and forms that are not traps stand in fixtures/sources, damaged files
//! in fixtures/hostile, the examples of line-shaped systems in rules/devices.

#[path = "device_traps/list.rs"]
mod list;
mod support;

use list::{EQUAL, TRAPS, UNEQUAL};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use support::{kagiban, rows};

/// Writes configurations, a folder each, and reads the credentials of all of them at once: folder →
/// rows by line.
fn credentials(configs: &[(String, &str)]) -> BTreeMap<String, Vec<BTreeMap<String, String>>> {
    let scratch = tempfile::tempdir().expect("a folder");
    let site = scratch.path().join("clinic");
    for (name, config) in configs {
        let folder = site.join("devices").join(name);
        fs::create_dir_all(&folder).expect("a new folder");
        fs::write(folder.join("config"), config).expect("a new file");
    }
    let key = scratch.path().join("tag.key");
    fs::write(&key, "5a".repeat(32)).expect("a key");
    let list = scratch.path().join("credentials.csv");
    inventory(&site, &["--what", "credentials", "--key", &key.to_string_lossy()], &list);
    let mut found: BTreeMap<String, Vec<_>> = BTreeMap::new();
    for row in rows(&list) {
        let folder = row["source_file"].split('/').nth_back(1).expect("a folder").to_owned();
        found.entry(folder).or_default().push(row);
    }
    for rows in found.values_mut() {
        rows.sort_by_key(|row| row["source_line"].parse::<u32>().expect("a line"));
    }
    found
}

fn inventory(site: &Path, options: &[&str], list: &Path) {
    let site = site.to_string_lossy();
    let base = ["inventory", &site, "--csv", "machine"];
    let run = kagiban(&[&base[..], options].concat());
    fs::write(list, run.stdout).expect("a new file");
}

/// `line account|kind|scheme|state`
fn told(row: &BTreeMap<String, String>) -> String {
    let cells = ["account", "kind", "scheme", "state"].map(|column| row[column].as_str());
    format!("{} {}", row["source_line"], cells.join("|"))
}

#[test]
fn every_trap_is_seen() {
    let configs: Vec<_> = TRAPS.iter().map(|trap| (trap.name.to_owned(), trap.config)).collect();
    let found = credentials(&configs);
    let mut wrong = Vec::new();
    for trap in TRAPS {
        let rows = found.get(trap.name).map_or(&[][..], Vec::as_slice);
        let seen: Vec<String> = rows.iter().map(told).collect();
        if seen != trap.found {
            wrong.push(format!("{}\n  wanted {:?}\n  found  {seen:?}", trap.name, trap.found));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(configs.len(), found.len() + TRAPS.iter().filter(|t| t.found.is_empty()).count());
}

/// The tags of the first secret of each configuration.
fn tags(name: &str, configs: &[&'static str]) -> Vec<String> {
    let named: Vec<(String, &str)> =
        (0..).zip(configs).map(|(at, config)| (format!("{name}-{at}"), *config)).collect();
    let found = credentials(&named);
    named.iter().map(|(name, _)| found[name][0]["tag"].clone()).collect()
}

#[test]
fn equal_secrets_in_different_texts_are_equal() {
    for (name, configs) in EQUAL {
        let tags = tags(name, configs);
        assert!(!tags[0].is_empty() && tags.iter().all(|tag| *tag == tags[0]), "{name}: {tags:?}");
    }
}

#[test]
fn what_only_looks_equal_is_not() {
    for (name, configs) in UNEQUAL {
        let tags = tags(name, configs);
        assert!(tags.iter().all(String::is_empty) || tags[0] != tags[1], "{name}: {tags:?}");
    }
}

/// A word in the open on one device, and the key that it gives under an engine on three others: the
/// engine on the user's line, another engine, the engine told once for the device.
const ENGINES: [(&str, &str); 4] = [
    (
        "open",
        "version 15.2\nhostname open\ninterface Vlan1\nusername u password 0 maplesyrup\nend\n",
    ),
    (
        "line",
        "!Command: show running-config\nversion 9.3(5)\nhostname line\n\
         snmp-server user u network-operator auth md5 0x526f5eed9fcce26f8964c2930787d82b \
         localizedkey engineID 0:0:0:0:0:0:0:0:0:0:0:2\n",
    ),
    (
        "other",
        "!Command: show running-config\nversion 9.3(5)\nhostname other\n\
         snmp-server user u network-operator auth md5 0x526f5eed9fcce26f8964c2930787d82b \
         localizedkey engineID 0:0:0:0:0:0:0:0:0:0:0:3\n",
    ),
    (
        "told",
        "version 15.2\nhostname told\ninterface Vlan1\n\
         snmp-server user u g v3 encrypted auth sha 6695febc9288e36282235fc7151f128497b38f3f\n\
         snmp-server engineID local 000000000000000000000002\nend\n",
    ),
];

#[test]
fn a_word_opens_a_localised_key_under_its_engine_only() {
    let scratch = tempfile::tempdir().expect("a folder");
    let site = scratch.path().join("clinic");
    for (name, config) in ENGINES {
        let folder = site.join("devices").join(name);
        fs::create_dir_all(&folder).expect("a new folder");
        fs::write(folder.join("config"), config).expect("a new file");
    }
    let (site, out) = (site.to_string_lossy(), scratch.path().join("out"));
    let out = out.to_string_lossy();
    let run = [
        "audit",
        &site,
        "-o",
        &out,
        "--run",
        "x",
        "--rule",
        "REUSE-06",
        "--as-of",
        "2026-01-01",
        "--format",
        "csv",
        "--csv",
        "machine",
        "--exit-zero",
        "--allow-partial",
    ];
    kagiban(&run);
    // Keys of a device are nobody's account: they count in the group of the account that they open.
    let found = rows(&Path::new(out.as_ref()).join("findings.csv"));
    let reused = found.iter().filter(|row| row["rule_id"] == "REUSE-06" && row["status"] == "new");
    let groups = reused.map(|row| (row["system"].as_str(), row["group_size"].as_str()));
    assert_eq!(groups.collect::<Vec<_>>(), [("open", "3")]);
}

/// Two products whose statements meet in one file, and a line of each that nobody else writes.
const PAIRS: &[[&str; 2]] = &[
    ["cisco-iosxr", "cisco-nxos"],
    ["arista-eos", "cisco-nxos"],
    ["alliedware-plus", "fastiron"],
    ["aruba-aos-cx", "aruba-aos-s"],
    ["fitelnet", "nec-ix"],
    ["alaxala-ax", "arista-eos"],
    ["cisco-asa", "cisco-nxos"],
    ["fs-switch", "netgear-smart"],
];

fn only(product: &str) -> &'static str {
    match product {
        "cisco-iosxr" => "interface MgmtEth0/RP0/CPU0/0\n",
        "cisco-nxos" => "vrf context management\n",
        "arista-eos" => "management api http-commands\n",
        "alliedware-plus" => "stack virtual-chassis-id 9\n",
        "fastiron" => "global-stp\n",
        "aruba-aos-cx" => "https-server vrf mgmt\n",
        "aruba-aos-s" => "include-credentials\n",
        "fitelnet" => "ppp account u@isp Ppp#1\n",
        "nec-ix" => "interface GigaEthernet0.0\n",
        "alaxala-ax" => "flow detection mode layer2-1\n",
        "cisco-asa" => "same-security-traffic permit inter-interface\n",
        "fs-switch" => "service-port\n",
        "netgear-smart" => "network mgmt_vlan 2\n",
        other => panic!("{other} has no statement here"),
    }
}

#[test]
fn a_file_of_two_products_is_asked_about_and_the_answer_is_taken() {
    let scratch = tempfile::tempdir().expect("a folder");
    let site = scratch.path().join("clinic");
    let lists = scratch.path().join("files.csv");
    let folder = |pair: &[&str; 2]| site.join("devices").join(pair.join("+"));
    for pair in PAIRS {
        fs::create_dir_all(folder(pair)).expect("a new folder");
        let text =
            format!("hostname a\n{}{}username u password 0 x\n", only(pair[0]), only(pair[1]));
        fs::write(folder(pair).join("config"), text).expect("a new file");
    }
    let list = || {
        inventory(&site, &["--what", "files"], &lists);
        let mut found: Vec<_> = rows(&lists)
            .into_iter()
            .map(|row| (row["reader"].clone(), row["problem"].clone(), row["reason"].clone()))
            .collect();
        found.sort();
        found
    };
    let mut asked: Vec<_> = PAIRS
        .iter()
        .map(|pair| (String::new(), "ambiguous-reader".to_owned(), pair.join(", ")))
        .collect();
    asked.sort();
    assert_eq!(list(), asked);
    for pair in PAIRS {
        let answer = format!("reader = \"{}\"\n", pair[1]);
        fs::write(folder(pair).join("profile.toml"), answer).expect("a profile");
    }
    let readers: Vec<String> = list().into_iter().map(|(reader, ..)| reader).collect();
    let mut answered: Vec<&str> = PAIRS.iter().map(|pair| pair[1]).collect();
    answered.sort_unstable();
    assert_eq!(readers, answered);
}
