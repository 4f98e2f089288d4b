//! Hostile and broken inputs: every folder of fixtures/hostile against its expected.toml, large
//! ones that are made on the spot, odd files, and outputs that cannot be written.

#[path = "support/cells.rs"]
mod cells;
#[path = "hostile/expectation.rs"]
mod expectation;
#[path = "hostile/folder.rs"]
mod folder;
#[path = "hostile/large.rs"]
mod large;
#[path = "hostile/outcome.rs"]
mod outcome;
#[path = "hostile/output.rs"]
mod output;
#[path = "support/process.rs"]
mod process;

use expectation::Expectation;
use outcome::Outcome;
use std::path::Path;

#[test]
fn every_case_of_the_folder_ends_as_it_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/hostile");
    let only = std::env::var("CASE").unwrap_or_default();
    let (mut compared, mut wrong) = (0, Vec::new());
    for case in process::sorted(&root).into_iter().filter(|path| path.is_dir()) {
        let name = case.file_name().expect("a name").to_string_lossy().into_owned();
        if !name.starts_with(&only) {
            continue;
        }
        let expectation = Expectation::of(&case);
        let differences = of_copy(&case, &name).differences(&expectation);
        compared += 1;
        if !differences.is_empty() {
            let list = differences.join("\n    ");
            wrong.push(format!("{name} ({})\n    {list}", expectation.about));
        }
    }
    assert!(compared >= 30 || !only.is_empty(), "only {compared} cases were compared");
    assert!(compared > 0, "no case {only}");
    println!("{compared} cases compared");
    let count = wrong.len();
    assert!(wrong.is_empty(), "{count} of {compared} cases differ\n{}", wrong.join("\n"));
}

/// The site is judged without its expected.toml, which would be one more file.
fn of_copy(case: &Path, name: &str) -> Outcome {
    let scratch = tempfile::tempdir().expect("a folder");
    let site = scratch.path().join(name);
    process::copy(case, &site, "expected.toml");
    Outcome::of(&site)
}
