//! AUD-10: the same file given twice, inside a site or at two sites.

use crate::audit::check::{Asking, Check};
use crate::audit::missing::{Lack, Missing};
use crate::audit::sink::{Found, Sink};
use crate::model::file::{FileId, InputFile, Origin};
use crate::model::finding::Unit;
use hashbrown::HashMap;

/// The check. A register without a row is the same everywhere and is no copy.
pub(crate) struct SameFile;

impl Check for SameFile {
    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        let files = &ask.site.inventory.files;
        let itself = ask.site_itself();
        if files.iter().any(|file| file.rows.ok > 0 && file.sha256.is_empty() && !file.superseded) {
            return out.unjudged(ask, itself, 1, Missing::lack(Lack::Digest));
        }
        out.tally(ask.index, itself).judged += 1;
        ask.judged_all(out);
        let mut first: HashMap<&str, &InputFile> = HashMap::new();
        let elsewhere = elsewhere(ask);
        for (number, file) in files.iter().enumerate().filter(|(_, file)| counts(file)) {
            let twin = first.insert(&file.sha256, file).map(|twin| twin.path.as_str());
            // Another site may be another entity's: it is never named.
            let other = elsewhere.contains_key(file.sha256.as_str()).then_some("sites");
            if let Some(detail) = twin.or(other) {
                let origin = Some(Origin { file: FileId(number as u32), line: 0 });
                let discriminator = file.path.clone().into();
                let found = Found::count("same-file", 2, Unit::Files).detail(detail.to_owned());
                out.system_finding(ask, itself, Found { discriminator, origin, ..found });
            }
        }
    }
}

fn counts(file: &InputFile) -> bool {
    file.rows.ok > 0 && !file.sha256.is_empty() && !file.superseded
}

/// Digests of the other sites' files.
fn elsewhere<'a>(ask: &Asking<'a>) -> HashMap<&'a str, ()> {
    let others = ask.run.sites.iter().filter(|site| site.index != ask.site.index);
    let files = others.flat_map(|site| &site.inventory.files).filter(|file| counts(file));
    files.map(|file| (file.sha256.as_str(), ())).collect()
}
