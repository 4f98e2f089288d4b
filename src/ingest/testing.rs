//! What the tests of readers share.

use crate::ingest::Reader;
use crate::ingest::source::{Probe, Source};
use crate::model::inventory::Inventory;
use crate::rules::RuleSet;
use crate::rules::default::Defaults;
use crate::text::encoding::Detector;

/// Reads bytes as the file `path` of a site.
pub(crate) fn read(reader: &dyn Reader, path: &str, bytes: &[u8]) -> Inventory {
    let mut detector = Detector::new();
    detector.feed(bytes);
    let detected = detector.finish();
    let mut source = Source::new(path, detected.encoding, detected.bom_len, Box::new(bytes));
    let rules = RuleSet {
        checks: Vec::new(),
        sources: Vec::new(),
        defaults: Defaults::default(),
        digest: String::new(),
    };
    let mut inventory = Inventory::default();
    reader.read(&mut source, &rules, &mut inventory).unwrap();
    assert!(inventory.rows.balanced());
    inventory
}

/// Score of a reader's claim; 0 = none.
pub(crate) fn claim(reader: &dyn Reader, path: &str, text: &str) -> u8 {
    let mut detector = Detector::new();
    detector.feed(text.as_bytes());
    let probe = Probe { path, text, encoding: detector.finish().encoding };
    reader.claim(&probe).map_or(0, |claim| claim.score)
}

/// Login of a row.
pub(crate) fn login(inventory: &Inventory, row: u32) -> &str {
    inventory.text.get(inventory.accounts.login.get(row))
}

/// One line for each credential: login, kind, privilege, scheme, state, principal, secret.
pub(crate) fn secrets(inventory: &Inventory) -> Vec<String> {
    let line = |c: &crate::model::credential::Credential| {
        format!(
            "{}|{}|{}|{}|{}|{}|{}",
            login(inventory, c.account),
            c.kind.word(),
            c.privilege,
            inventory.names.get(c.scheme),
            c.state.word(),
            inventory.text.get(c.principal),
            String::from_utf8_lossy(inventory.secrets.get(c.secret).expose()),
        )
    };
    inventory.credentials.iter().map(line).collect()
}
