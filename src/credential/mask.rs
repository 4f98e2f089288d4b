//! Masks of `--mask`, as password testers write them: what is put behind every word of a list.

use thiserror::Error;

/// Most fillings of one mask: each multiplies the list.
const MOST: usize = 10_000;
/// ASCII without letters, digits and control characters.
const MARKS: &[u8] = b" !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

/// Every filling of a mask, in order. The default has none.
#[derive(Default)]
pub struct Mask {
    endings: Vec<Vec<u8>>,
}

/// What is wrong with a mask.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum MaskError {
    /// `?` and a letter that stands for nothing.
    #[error(
        "there is no ?{0}\nhint: ?d digits, ?l small letters, ?u capitals, ?s marks, ?? a question mark; anything else stands for itself"
    )]
    Unknown(char),
    /// Nothing to put behind a word.
    #[error("the mask is empty\nhint: --mask '?d?d' puts two digits behind every word")]
    Empty,
    /// Too many fillings.
    #[error(
        "the mask has more than {MOST} fillings\nhint: every word of the lists is tried with each of them; take a shorter mask"
    )]
    TooMany,
}

/// No mask.
pub static NONE: Mask = Mask { endings: Vec::new() };

impl Mask {
    /// Reads a mask: `?d` `?l` `?u` `?s` stand for a digit, a small letter, a capital, a mark, `??`
    /// for a question mark, everything else for itself.
    pub fn parse(text: &str) -> Result<Self, MaskError> {
        let mut endings = vec![Vec::new()];
        let mut letters = text.chars();
        while let Some(letter) = letters.next() {
            let choices = match letter {
                '?' => class(letters.next().unwrap_or('?'))?,
                other => vec![other.to_string().into_bytes()],
            };
            if endings.len() * choices.len() > MOST {
                return Err(MaskError::TooMany);
            }
            let longer = |ending: &Vec<u8>| {
                let own = ending.clone();
                choices.iter().map(move |choice| [&own[..], choice].concat()).collect::<Vec<_>>()
            };
            endings = endings.iter().flat_map(longer).collect();
        }
        if endings == [b""] { Err(MaskError::Empty) } else { Ok(Self { endings }) }
    }

    /// All fillings, each once, in ascending order.
    pub fn endings(&self) -> &[Vec<u8>] {
        &self.endings
    }

    /// What stands before a filling of the mask, where a word ends with one.
    pub fn stem<'w>(&self, word: &'w [u8]) -> Option<&'w [u8]> {
        let (stem, ending) =
            word.split_at_checked(word.len().checked_sub(self.endings.first()?.len())?)?;
        self.endings.binary_search_by(|own| own[..].cmp(ending)).is_ok().then_some(stem)
    }
}

fn class(letter: char) -> Result<Vec<Vec<u8>>, MaskError> {
    let one = |bytes: &mut dyn Iterator<Item = u8>| bytes.map(|byte| vec![byte]).collect();
    Ok(match letter {
        'd' => one(&mut (b'0'..=b'9')),
        'l' => one(&mut (b'a'..=b'z')),
        'u' => one(&mut (b'A'..=b'Z')),
        's' => one(&mut MARKS.iter().copied()),
        '?' => one(&mut [b'?'].into_iter()),
        other => return Err(MaskError::Unknown(other)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_are_filled_in_order() {
        let two = Mask::parse("?d?d").unwrap();
        assert_eq!((two.endings().len(), &two.endings()[7][..]), (100, &b"07"[..]));
        assert!(two.endings().is_sorted());
        assert_eq!(
            (two.stem(b"koro42"), two.stem(b"koro4x"), two.stem(b"4")),
            (Some(&b"koro"[..]), None, None)
        );
        let mixed = Mask::parse("-?u??").unwrap();
        assert_eq!((mixed.endings().len(), &mixed.endings()[25][..]), (26, &b"-Z?"[..]));
        let wide = Mask::parse("年?s").unwrap();
        assert!(wide.endings().is_sorted() && wide.endings().len() == MARKS.len());
        assert!(Mask::default().endings().is_empty() && Mask::default().stem(b"koro").is_none());
    }

    #[test]
    fn a_mask_that_says_nothing_is_refused() {
        let error = |text| Mask::parse(text).err();
        assert_eq!(error("?x"), Some(MaskError::Unknown('x')));
        assert_eq!(error(""), Some(MaskError::Empty));
        assert_eq!(error("?l?l?l"), Some(MaskError::TooMany));
        assert_eq!(error("?d?d?d?d"), None);
    }
}
