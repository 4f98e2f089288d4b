//! Argon2 (RFC 9106) strings, `$argon2id$v=19$m=65536,t=3,p=4$salt$key`.

use crate::credential::batch::Target;
use crate::credential::family::text::base64;
use crate::credential::family::{SaltedForm, after, each, number, split};
use crate::credential::scheme::{KnownAnswer, Parsed, Refusal, Stored};
use argon2::{Algorithm, Argon2, Params, Version};

/// Memory beyond which a secret is not searched, in KiB.
const MAX_MEMORY: u32 = 256 << 10;
/// KiB that one evaluation may go through.
const MAX_WORK: u64 = 8 << 20;

pub(super) const SCHEME: SaltedForm = SaltedForm {
    names: &["argon2", "argon2id", "argon2i", "argon2d"],
    announced: |stored| stored.starts_with(b"$argon2"),
    parse,
    // Made with argon2-cffi.
    answers: &[
        KnownAnswer::new(
            "$argon2id$v=19$m=256,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$f8b/Aw//COJ2DudMyULsRtw1TdbEr315nYRDhyrYI00",
            "Hygiene#2024",
        ),
        KnownAnswer::new(
            "$argon2i$v=19$m=256,t=2,p=2$MDEyMzQ1Njc4OWFiY2RlZg$ZZMK8iF3k0Bc+l3xFuZGUflu+/13Gzv7DyzbTzLi+gY",
            "Hygiene#2024",
        ),
    ],
    // About 0.7 microseconds a KiB.
    cost: |target| {
        let parts = Parts::of(target);
        u64::from(parts.memory) * u64::from(parts.time) * 7
    },
    run: |pairs, hits| each(pairs, hits, opens),
};

/// The numbers of a target, packed into its two.
struct Parts {
    memory: u32,
    kind: u32,
    version: u32,
    time: u32,
    lanes: u32,
}

impl Parts {
    fn of(target: &Target) -> Self {
        let [first, second] = target.params();
        Self {
            memory: first & 0xff_ffff,
            kind: first >> 24 & 3,
            version: first >> 26,
            time: second >> 8,
            lanes: second & 0xff,
        }
    }

    fn packed(&self) -> [u32; 2] {
        [self.memory | self.kind << 24 | self.version << 26, self.time << 8 | self.lanes]
    }

    fn engine(&self, width: usize) -> Option<Argon2<'static>> {
        let kind =
            [Algorithm::Argon2d, Algorithm::Argon2i, Algorithm::Argon2id][self.kind as usize];
        let version = if self.version == 0x10 { Version::V0x10 } else { Version::V0x13 };
        let params = Params::new(self.memory, self.time, self.lanes, Some(width)).ok()?;
        Some(Argon2::new(kind, version, params))
    }
}

fn parse(stored: &Stored<'_>) -> Result<Parsed, Refusal> {
    let (kind, rest) = split(after(stored.bytes, "$argon2")?, b'$')?;
    let kind = match kind {
        b"d" => 0,
        b"i" => 1,
        b"id" => 2,
        _ => return Err(Refusal::Shape),
    };
    let (version, rest) = match rest.strip_prefix(b"v=") {
        Some(rest) => split(rest, b'$')?,
        None => (&b"16"[..], rest),
    };
    let (numbers, rest) = split(rest, b'$')?;
    let (salt, key) = split(rest, b'$')?;
    let parts = Parts { kind, version: number(version)?, ..costs(numbers)? };
    let (salt, key) = (base64(salt)?, base64(key)?);
    if !matches!(parts.version, 0x10 | 0x13) || salt.len() < 8 || !(8..=64).contains(&key.len()) {
        return Err(Refusal::Shape);
    }
    parts.engine(key.len()).ok_or(Refusal::Shape)?;
    Ok(Parsed::Target(Target::new(parts.packed(), &salt, &key)))
}

fn costs(text: &[u8]) -> Result<Parts, Refusal> {
    let (memory, text) = split(after(text, "m=")?, b',')?;
    let (time, lanes) = split(after(text, "t=")?, b',')?;
    let lanes = after(lanes, "p=")?;
    if lanes.contains(&b',') {
        // A secret or associated data that nobody else knows.
        return Err(Refusal::Foreign);
    }
    let (memory, time, lanes) = (number(memory)?, number(time)?, number(lanes)?);
    if memory > MAX_MEMORY || lanes > 255 || u64::from(memory) * u64::from(time) > MAX_WORK {
        return Err(Refusal::Cost);
    }
    Ok(Parts { memory, kind: 0, version: 0, time, lanes })
}

fn opens(target: &Target, word: &[u8]) -> bool {
    let mut key = [0; 64];
    let key = &mut key[..target.digest().len()];
    let engine = Parts::of(target).engine(key.len());
    engine.is_some_and(|engine| engine.hash_password_into(word, target.salt(), key).is_ok())
        && key == target.digest()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absurd_costs_and_foreign_parts_are_refused() {
        let refusal = |params: &str| {
            let text = format!("$argon2id$v=19${params}$MDEyMzQ1Njc4OWFi$MDEyMzQ1Njc4OWFi");
            parse(&Stored::new(text.as_bytes(), b"")).err()
        };
        assert_eq!(refusal("m=65536,t=3,p=4"), None);
        assert_eq!(refusal("m=4194304,t=3,p=4"), Some(Refusal::Cost));
        assert_eq!(refusal("m=65536,t=4294967295,p=4"), Some(Refusal::Cost));
        assert_eq!(refusal("m=65536,t=99999999999,p=4"), Some(Refusal::Cost));
        assert_eq!(refusal("m=1,t=3,p=4"), Some(Refusal::Shape));
        assert_eq!(refusal("m=65536,t=0,p=4"), Some(Refusal::Shape));
        assert_eq!(refusal("m=65536,t=3,p=4,keyid=AA"), Some(Refusal::Foreign));
    }
}
