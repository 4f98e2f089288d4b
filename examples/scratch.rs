use kagiban::ingest::*;
fn main() {
    let rules = kagiban::rules::RuleSet::embedded().unwrap();
    let paths: Vec<std::path::PathBuf> = std::env::args().skip(1).map(Into::into).collect();
    for folder in site::find(&paths).unwrap() {
        let inv = read_site(&folder, &rules, ReadOptions { digests: true }).unwrap();
        println!("{} {} accounts {} live", folder.slug, inv.accounts.len(), inv.accounts.rows().count());
        for f in &inv.files { println!("  {} {} {} {:?} {} sys={} {}", f.path, f.reader, f.encoding, f.rows, f.problem, f.system, f.columns_ignored.join(",")); }
        for p in &inv.problems { println!("  ! {:?}", p); }
        for (i, s) in inv.systems.iter().enumerate() { println!("  sys {i} {:?} {} prov={}", s.kind, inv.names.get(s.name), s.provisional); }
        println!("  roster {} creds {}", inv.roster.len(), inv.credentials.len());
    }
}
