//! Password schemes: one file and one line of the table each.
//!
//! A scheme parses and verifies. Order, batching, threads and budget belong to the engine.

use crate::credential::batch::{Digests, Hits, Pair, Target, WordBatch};
use zeroize::Zeroizing;

pub use crate::credential::stored::{KnownAnswer, Parsed, Refusal, Stored};

mod apr1;
mod argon2;
mod arubaos_mgmt_user;
mod asa_md5;
mod asa_pbkdf2_sha512;
mod asa_pix_md5;
mod bcrypt;
mod bsdi_des;
mod cisco_type4;
mod cisco_type6;
mod cisco_type7;
mod cisco_type8_pbkdf2;
mod cisco_type9_scrypt;
mod dahua_camera_md5_8;
mod dcc;
mod dcc2;
mod descrypt;
mod django_pbkdf2;
mod drupal7;
mod fortios_ak1;
mod fortios_sh2;
mod gpp_cpassword;
mod htdigest_md5;
mod junos_8;
mod junos_9;
mod ldap_crypt;
mod ldap_md5;
mod ldap_pbkdf2;
mod ldap_sha;
mod ldap_smd5;
mod ldap_ssha;
mod ldap_ssha256;
mod ldap_ssha512;
mod lm;
mod lm_half;
mod md5crypt;
mod mssql2000;
mod mssql2005;
mod mssql2012;
mod mysql323;
mod mysql41;
mod mysql_caching_sha2;
mod netscaler_sha1;
mod netscaler_sha512;
mod nt;
mod nxos_type8_nx_pbkdf2;
mod nxos_type9_nx_scrypt;
mod opendolphin_md5;
mod openmrs_sha1;
mod oracle_10g;
mod oracle_11g;
mod oracle_12c;
mod panos_aes;
mod passlib_pbkdf2;
mod phpass;
mod plain;
mod postgres_md5;
mod postgres_scram_sha_256;
mod raw_md4;
mod raw_md5;
mod raw_sha1;
mod raw_sha256;
mod raw_sha512;
mod screenos;
mod scrypt_7;
mod scrypt_text;
mod sha1_pass_salt;
mod sha256_pass_salt;
mod sha256crypt;
mod sha512_pass_salt;
mod sha512crypt;
mod smbpasswd_line;
mod snmpv3_localized_md5;
mod snmpv3_localized_sha1;
mod vnc_des_fixed_key;
mod wpa_psk;
mod wpa_supplicant_plain_psk;
mod yescrypt;

/// Every scheme, with the file it lives in.
pub const SCHEMES: &[(&str, &dyn Scheme)] = &[
    ("apr1", &apr1::SCHEME),
    ("argon2", &argon2::SCHEME),
    ("arubaos_mgmt_user", &arubaos_mgmt_user::SCHEME),
    ("asa_md5", &asa_md5::SCHEME),
    ("asa_pbkdf2_sha512", &asa_pbkdf2_sha512::SCHEME),
    ("asa_pix_md5", &asa_pix_md5::SCHEME),
    ("bcrypt", &bcrypt::SCHEME),
    ("bsdi_des", &bsdi_des::SCHEME),
    ("cisco_type4", &cisco_type4::SCHEME),
    ("cisco_type6", &cisco_type6::SCHEME),
    ("cisco_type7", &cisco_type7::CiscoType7),
    ("cisco_type8_pbkdf2", &cisco_type8_pbkdf2::SCHEME),
    ("cisco_type9_scrypt", &cisco_type9_scrypt::SCHEME),
    ("dahua_camera_md5_8", &dahua_camera_md5_8::SCHEME),
    ("dcc", &dcc::SCHEME),
    ("dcc2", &dcc2::SCHEME),
    ("descrypt", &descrypt::SCHEME),
    ("django_pbkdf2", &django_pbkdf2::SCHEME),
    ("drupal7", &drupal7::SCHEME),
    ("fortios_ak1", &fortios_ak1::SCHEME),
    ("fortios_sh2", &fortios_sh2::FortiosSh2),
    ("gpp_cpassword", &gpp_cpassword::SCHEME),
    ("htdigest_md5", &htdigest_md5::SCHEME),
    ("junos_8", &junos_8::SCHEME),
    ("junos_9", &junos_9::SCHEME),
    ("ldap_crypt", &ldap_crypt::SCHEME),
    ("ldap_md5", &ldap_md5::SCHEME),
    ("ldap_pbkdf2", &ldap_pbkdf2::SCHEME),
    ("ldap_sha", &ldap_sha::SCHEME),
    ("ldap_smd5", &ldap_smd5::SCHEME),
    ("ldap_ssha", &ldap_ssha::SCHEME),
    ("ldap_ssha256", &ldap_ssha256::SCHEME),
    ("ldap_ssha512", &ldap_ssha512::SCHEME),
    ("lm", &lm::Lm),
    ("lm_half", &lm_half::SCHEME),
    ("md5crypt", &md5crypt::Md5Crypt),
    ("mssql2000", &mssql2000::SCHEME),
    ("mssql2005", &mssql2005::SCHEME),
    ("mssql2012", &mssql2012::SCHEME),
    ("mysql323", &mysql323::SCHEME),
    ("mysql41", &mysql41::SCHEME),
    ("mysql_caching_sha2", &mysql_caching_sha2::SCHEME),
    ("netscaler_sha1", &netscaler_sha1::SCHEME),
    ("netscaler_sha512", &netscaler_sha512::SCHEME),
    ("nt", &nt::Nt),
    ("nxos_type8_nx_pbkdf2", &nxos_type8_nx_pbkdf2::SCHEME),
    ("nxos_type9_nx_scrypt", &nxos_type9_nx_scrypt::SCHEME),
    ("opendolphin_md5", &opendolphin_md5::OpenDolphinMd5),
    ("openmrs_sha1", &openmrs_sha1::SCHEME),
    ("oracle_10g", &oracle_10g::SCHEME),
    ("oracle_11g", &oracle_11g::SCHEME),
    ("oracle_12c", &oracle_12c::SCHEME),
    ("panos_aes", &panos_aes::SCHEME),
    ("passlib_pbkdf2", &passlib_pbkdf2::SCHEME),
    ("phpass", &phpass::SCHEME),
    ("plain", &plain::Plain),
    ("postgres_md5", &postgres_md5::SCHEME),
    ("postgres_scram_sha_256", &postgres_scram_sha_256::SCHEME),
    ("raw_md4", &raw_md4::SCHEME),
    ("raw_md5", &raw_md5::RawMd5),
    ("raw_sha1", &raw_sha1::SCHEME),
    ("raw_sha256", &raw_sha256::SCHEME),
    ("raw_sha512", &raw_sha512::SCHEME),
    ("screenos", &screenos::SCHEME),
    ("scrypt_7", &scrypt_7::SCHEME),
    ("scrypt_text", &scrypt_text::SCHEME),
    ("sha1_pass_salt", &sha1_pass_salt::SCHEME),
    ("sha256_pass_salt", &sha256_pass_salt::SCHEME),
    ("sha256crypt", &sha256crypt::SCHEME),
    ("sha512_pass_salt", &sha512_pass_salt::SCHEME),
    ("sha512crypt", &sha512crypt::Sha512Crypt),
    ("smbpasswd_line", &smbpasswd_line::SCHEME),
    ("snmpv3_localized_md5", &snmpv3_localized_md5::SCHEME),
    ("snmpv3_localized_sha1", &snmpv3_localized_sha1::SCHEME),
    ("vnc_des_fixed_key", &vnc_des_fixed_key::SCHEME),
    ("wpa_psk", &wpa_psk::SCHEME),
    ("wpa_supplicant_plain_psk", &wpa_supplicant_plain_psk::SCHEME),
    ("yescrypt", &yescrypt::SCHEME),
];

/// How candidates are compared with secrets of a scheme.
#[derive(Clone, Copy)]
pub enum Body<'a> {
    /// One digest for each candidate answers for all accounts.
    Unsalted(&'a dyn Unsalted),
    /// Each (target, candidate) pair is its own computation.
    Salted(&'a dyn Salted),
    /// The text can be read back.
    Reversible(&'a dyn Reversible),
    /// Another scheme compares what stands inside: [`Parsed::Other`].
    Elsewhere,
}

/// A password scheme.
pub trait Scheme: Sync {
    /// Names that readers use, as in the list of schemes; the first is the algorithm's own, the
    /// others are the same algorithm under a device's name.
    fn names(&self) -> &'static [&'static str];

    /// True where the stored text names this scheme itself, by its prefix. Never a guess.
    fn announced(&self, stored: &[u8]) -> bool {
        let _ = stored;
        false
    }

    /// Validates the shape and takes the parts.
    fn parse(&self, stored: &Stored<'_>) -> Result<Parsed, Refusal>;

    /// Public stored forms with their passwords; at least one.
    fn known_answers(&self) -> &'static [KnownAnswer];

    /// How it compares.
    fn body(&self) -> Body<'_>;

    /// For salted schemes that are made from an NT hash: tells from that hash alone, without the
    /// password, whether it opens a target.
    fn opens_with_nt(&self) -> Option<fn(&Target, &[u8; 16]) -> bool> {
        None
    }
}

/// Takes digests of some stems with one ending: the stems' numbers, the ending's, the digests.
pub type EachRows<'e> = &'e mut dyn FnMut(&[u32], usize, &[u8]);

/// A scheme without salt.
pub trait Unsalted: Sync {
    /// Schemes of one family give the same digest to the same bytes, so their digests may be
    /// compared with one another.
    fn family(&self) -> &'static str;

    /// Length of a digest in bytes.
    fn width(&self) -> usize;

    /// Digests of all words, each at its word's place. A word that the scheme cannot express gets
    /// none.
    fn digests(&self, words: &WordBatch, out: &mut Digests);

    /// Digests of all stems with every ending, handed over with the numbers of their stems and the
    /// number of the ending, one behind the other.
    fn digests_with_endings(&self, stems: &WordBatch, endings: &[Vec<u8>], each: EachRows<'_>) {
        crate::credential::family::each_ending(self, stems, endings, each);
    }

    /// False where different passwords have the same digest by design; such digests prove nothing
    /// about equality and are not searched.
    fn exact(&self) -> bool {
        true
    }
}

/// A scheme with salt.
pub trait Salted: Sync {
    /// Cost of one evaluation, in compressions of MD5 (about 0.1 microseconds).
    fn cost(&self, target: &Target) -> u64;

    /// Evaluates pairs of any targets of this scheme and reports those that fit.
    fn run(&self, pairs: &[Pair<'_>], hits: &mut Hits);
}

/// A scheme that can be read back: without a key, with a public one or with the operator's.
pub trait Reversible: Sync {
    /// The plaintext, or `None` where the stored text does not decode.
    fn decode(&self, stored: &Stored<'_>) -> Option<Zeroizing<Vec<u8>>>;
}

/// The scheme of this name: its place in the table, and the name as a constant.
pub fn named(name: &str) -> Option<(u8, &'static str)> {
    SCHEMES.iter().enumerate().find_map(|(index, (_, scheme))| {
        let own = scheme.names().iter().find(|own| **own == name)?;
        Some((index as u8, *own))
    })
}

/// The scheme that the stored text announces.
pub fn announced(stored: &[u8]) -> Option<(u8, &'static str)> {
    let index = SCHEMES.iter().position(|(_, scheme)| scheme.announced(stored))?;
    Some((index as u8, SCHEMES[index].1.names()[0]))
}

/// The scheme at a place of the table.
pub fn at(index: u8) -> &'static dyn Scheme {
    SCHEMES[usize::from(index)].1
}

#[cfg(test)]
mod tests;
