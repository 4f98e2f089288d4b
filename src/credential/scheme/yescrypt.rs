//! yescrypt, `$y$params$salt$digest`: the default of Debian, Fedora and Ubuntu.

use crate::credential::batch::Target;
use crate::credential::crypt64;
use crate::credential::family::scrypt::MAX_MEMORY;
use crate::credential::family::{SaltedForm, after, each, split};
use crate::credential::scheme::{KnownAnswer, Parsed, Refusal, Stored};
use yescrypt::{Mode, Params, yescrypt};

pub(super) const SCHEME: SaltedForm = SaltedForm {
    names: &["yescrypt"],
    announced: |stored| stored.starts_with(b"$y$"),
    parse,
    answers: &[KnownAnswer::new(
        "$y$j9T$AAt9R641xPvCI9nXw1HHW/$cuQRBMN3N/f8IcmVN.4YrZ1bHMOiLOoz9/XQMKV/v0A",
        "openwall",
    )],
    cost: |target| (u64::from(target.params()[1]) * 4) << target.params()[0],
    run: |pairs, hits| {
        each(pairs, hits, |target, word| {
            let [n, r] = target.params();
            let mut key = [0; 32];
            Params::new(Mode::Rw, 1 << n, r, 1)
                .and_then(|params| yescrypt(word, target.salt(), &params, &mut key))
                .is_ok_and(|()| key == target.digest())
        });
    },
};

// crypt(3) writes flavour `j`, N and r, one letter each; other flavours, threads and longer times
// have never been its default.
fn parse(stored: &Stored<'_>) -> Result<Parsed, Refusal> {
    let (params, rest) = split(after(stored.bytes, "$y$")?, b'$')?;
    let (salt, digest) = split(rest, b'$')?;
    let [b'j', n, r] = params else { return Err(Refusal::Foreign) };
    let number =
        |letter: u8| crypt64::number(&[letter]).filter(|&n| n < 48).ok_or(Refusal::Foreign);
    let (n, r) = (number(*n)? + 1, number(*r)? + 1);
    let salt = crypt64::unpack(salt).ok_or(Refusal::Shape)?;
    let digest = crypt64::unpack(digest).filter(|digest| digest.len() == 32);
    let digest = digest.ok_or(Refusal::Shape)?;
    if n > 30 || (u64::from(r) * 128) << n > MAX_MEMORY {
        return Err(Refusal::Cost);
    }
    Params::new(Mode::Rw, 1 << n, r, 1).map_err(|_| Refusal::Foreign)?;
    Ok(Parsed::Target(Target::new([n, r], &salt, &digest)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_beyond_the_limit_is_refused() {
        let refusal = |params: &str| {
            let text = format!(
                "$y${params}$AAt9R641xPvCI9nXw1HHW/$cuQRBMN3N/f8IcmVN.4YrZ1bHMOiLOoz9/XQMKV/v0A"
            );
            parse(&Stored::new(text.as_bytes(), b"")).err()
        };
        assert_eq!(refusal("jDT"), None, "256 MiB");
        assert_eq!(refusal("jET"), Some(Refusal::Cost));
        assert_eq!(refusal("jjj"), Some(Refusal::Cost));
        assert_eq!(refusal("j9T.."), Some(Refusal::Foreign));
        assert_eq!(refusal("/9T"), Some(Refusal::Foreign));
    }
}
