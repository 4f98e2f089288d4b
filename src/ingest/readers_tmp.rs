//! Readers of this branch, for the table in `mod.rs`.

use crate::ingest::Reader;

/// Readers with code of their own.
pub const READERS: &[&dyn Reader] = &[
    &crate::ingest::ldif::Ldif,
    &crate::ingest::pwdump::Pwdump,
    &crate::ingest::cisco_ios::CiscoIos,
    &crate::ingest::fortios::FortiOs,
    &crate::ingest::unix::Shadow,
    &crate::ingest::unix::Passwd,
    &crate::ingest::entra::Entra,
];
