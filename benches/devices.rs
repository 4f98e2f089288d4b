//! Generated configurations of 1,000 lines through the line reader: `cargo bench --bench devices`.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use kagiban::ingest::lines;
use kagiban::ingest::source::Source;
use kagiban::model::inventory::Inventory;
use kagiban::rules::RuleSet;
use kagiban::text::encoding::Encoding;
use std::fmt::Write as _;

/// Lines of a switch: mostly ports, some of everything that holds a secret.
fn config(number: usize) -> String {
    let mut text = format!("version 15.2\nservice password-encryption\nhostname sw{number:05}\n");
    let mut lines = 3;
    for port in 0.. {
        let _ = write!(
            text,
            "interface GigabitEthernet1/0/{port}\n description ward {port} bed {number}\n \
             switchport access vlan {}\n switchport mode access\n spanning-tree portfast\n!\n",
            port % 90
        );
        lines += 6;
        if port % 20 == 0 {
            let _ = write!(
                text,
                "username user{port} privilege 15 password 7 094F4107180B\n\
                 snmp-server community ward{port} RO 10\nradius server R{port}\n key 7 094F4107180B\n"
            );
            lines += 4;
        }
        if lines >= 1_000 {
            return text;
        }
    }
    text
}

fn devices(c: &mut Criterion) {
    let rules = RuleSet::embedded().expect("our own rules");
    let profile = rules.devices.named("cisco-ios").expect("a profile");
    let configs: Vec<String> = (0..50).map(config).collect();
    let mut group = c.benchmark_group("devices");
    group.throughput(Throughput::Bytes(configs.iter().map(|text| text.len() as u64).sum()));
    group.bench_function("cisco-ios, 50 x 1,000 lines", |b| {
        b.iter(|| {
            for text in &configs {
                let bytes = Box::new(text.as_bytes());
                let mut source = Source::new("devices/sw.txt", Encoding::Ascii, 0, bytes);
                let mut inventory = Inventory::default();
                lines::read(profile, &mut source, &mut inventory).expect("it is text");
                assert!(!inventory.credentials.is_empty());
            }
        });
    });
    group.finish();
}

criterion_group!(benches, devices);
criterion_main!(benches);
