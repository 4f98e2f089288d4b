//! Generated configurations of 1,000 lines, text per second of one core:
//! `cargo bench --bench devices`.
//!
//! Each system has a site folder of its own, and all of them together one of 10,000 files; a folder
//! is found, recognised and read whole, as `inventory --no-digest` would.

mod configs;

use configs::System;
use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main};
use kagiban::ingest::site::find;
use kagiban::ingest::{ReadOptions, read_site};
use kagiban::rules::RuleSet;
use std::fs;
use std::hint::black_box;
use std::path::Path;

/// Configurations of the folder that holds all systems.
const MIXED: u64 = 10_000;

fn devices(c: &mut Criterion) {
    let mut group = c.benchmark_group("devices");
    group.sample_size(10);
    for system in System::ALL {
        bench(&mut group, &format!("{system:?}"), &[system], MIXED / System::ALL.len() as u64);
    }
    bench(&mut group, "all", &System::ALL, MIXED);
    group.finish();
}

fn bench(group: &mut BenchmarkGroup<'_, WallTime>, name: &str, systems: &[System], count: u64) {
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
    let rules = RuleSet::embedded().expect("our own rules");
    let made = tempfile::tempdir().expect("a folder");
    configs::write(systems, count, made.path()).expect("configurations");
    group.throughput(Throughput::Bytes(size(made.path())));
    group.bench_function(name, |b| b.iter(|| one.install(|| read(made.path(), &rules))));
}

/// Reads a site whole; each configuration gives secrets.
fn read(site: &Path, rules: &RuleSet) {
    let found = find(&[site.to_path_buf()]).expect("a site");
    let site = read_site(&found[0], rules, ReadOptions { digests: false }).expect("a site");
    assert!(site.credentials.len() > site.files.len());
    black_box(site);
}

/// Bytes of the configurations.
fn size(site: &Path) -> u64 {
    let files = fs::read_dir(site.join("devices")).expect("a folder");
    files.map(|file| file.and_then(|file| file.metadata()).expect("a file").len()).sum()
}

criterion_group!(benches, devices);
criterion_main!(benches);
