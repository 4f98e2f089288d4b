//! Words that stand in lists, and what people do to them: case, digits, marks, look-alike letters.

use crate::credential::batch::{MAX_WORD, WordBatch};
use crate::credential::candidates::BLOCK;
use zeroize::Zeroizing;

/// Shortest root that says something.
const SHORTEST_ROOT: usize = 3;
/// Endings that are put behind every word of a list, the likely ones first. Years come after them.
const ENDINGS: &[&str] = &[
    "1", "!", "123", "01", "1!", "12", "1234", "2", "#", "@", "00", "0", "111", "123!", "@123",
    "777",
];
/// Letters that are replaced by look-alikes, in the two usual extents.
const LEET: &[&[(u8, u8)]] = &[
    &[(b'a', b'@'), (b'o', b'0')],
    &[(b'a', b'@'), (b'o', b'0'), (b's', b'$'), (b'i', b'1'), (b'e', b'3')],
];

/// Endings of a run: the likely ones and the years around the day that judges.
pub(super) fn endings(year: i32) -> Vec<String> {
    let years = (year - 2..=year + 1).rev().map(|year| year.to_string());
    let eras =
        (year - 2020..=year - 2018).rev().filter(|&era| era > 0).map(|era| format!("R{era}"));
    ENDINGS.iter().map(|&ending| ending.to_owned()).chain(years).chain(eras).collect()
}

/// Fills blocks with words, and hands them out as they are full.
pub(super) struct Blocks<F: FnMut(&[WordBatch])> {
    full: Vec<WordBatch>,
    block: WordBatch,
    most: usize,
    take: F,
}

impl<F: FnMut(&[WordBatch])> Blocks<F> {
    /// Hands out `most` blocks at a time.
    pub(super) fn new(most: usize, take: F) -> Self {
        Self { full: Vec::new(), block: WordBatch::default(), most, take }
    }

    /// Adds a word made of two parts.
    pub(super) fn push(&mut self, stem: &[u8], ending: &[u8]) {
        self.block.push(stem, ending);
        if self.block.len() >= BLOCK {
            self.full.push(std::mem::take(&mut self.block));
            if self.full.len() == self.most {
                (self.take)(&self.full);
                self.full.clear();
            }
        }
    }

    /// Hands out the rest.
    pub(super) fn finish(mut self) {
        self.full.push(self.block);
        (self.take)(&self.full);
    }
}

/// Makes the cases of a word: as written, lower, capitalised, upper. Only ASCII letters have case.
pub(super) fn cases(word: &[u8], mut each: impl FnMut(&[u8])) {
    if word.is_empty() || word.len() > MAX_WORD {
        return;
    }
    let mut made = [[0; MAX_WORD]; 4];
    for (shape, room) in made.iter_mut().enumerate() {
        let room = &mut room[..word.len()];
        room.copy_from_slice(word);
        match shape {
            0 => {}
            3 => room.make_ascii_uppercase(),
            _ => room.make_ascii_lowercase(),
        }
        if shape == 2 {
            room[..1].make_ascii_uppercase();
        }
    }
    for (shape, room) in made.iter().enumerate() {
        let own = &room[..word.len()];
        if !made[..shape].iter().any(|other| &other[..word.len()] == own) {
            each(own);
        }
    }
}

/// Makes the look-alikes of a word in lower case, and the same capitalised.
pub(super) fn look_alikes(word: &[u8], mut each: impl FnMut(&[u8])) {
    let mut room = [0; MAX_WORD];
    for table in LEET {
        let Some(room) = room.get_mut(..word.len()) else { return };
        room.copy_from_slice(word);
        for byte in room.iter_mut() {
            *byte = table.iter().find(|pair| pair.0 == *byte).map_or(*byte, |pair| pair.1);
        }
        if &*room != word {
            each(room);
            room[..1].make_ascii_uppercase();
            if room[0].is_ascii_uppercase() {
                each(room);
            }
        }
    }
}

/// The word in lower case without what stands around its letters: `P@ssw0rd1!` and `password` have
/// one root. `None` where too little is left. The second value reads `1` as `l`.
pub(super) fn roots(word: &[u8]) -> Option<[Zeroizing<Vec<u8>>; 2]> {
    let loose = |byte: &u8| byte.is_ascii_digit() || byte.is_ascii_punctuation();
    let end = word.iter().rposition(|byte| !loose(byte))? + 1;
    let plain = |one: u8| {
        let letter = |byte: &u8| match byte.to_ascii_lowercase() {
            b'0' => b'o',
            b'1' => one,
            b'3' => b'e',
            b'4' | b'@' => b'a',
            b'5' | b'$' => b's',
            b'7' => b't',
            b'!' => b'i',
            other => other,
        };
        Zeroizing::new(word[..end].iter().map(letter).collect::<Vec<_>>())
    };
    (end >= SHORTEST_ROOT).then(|| [plain(b'i'), plain(b'l')])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(word: &[u8]) -> String {
        String::from_utf8(word.to_vec()).unwrap()
    }

    #[test]
    fn cases_and_look_alikes_are_made_once_each() {
        let mut made = Vec::new();
        cases(b"Koro", |word| made.push(text(word)));
        assert_eq!(made, ["Koro", "koro", "KORO"]);
        made.clear();
        cases(b"7410", |word| made.push(text(word)));
        assert_eq!(made, ["7410"]);
        made.clear();
        look_alikes(b"password", |word| made.push(text(word)));
        assert_eq!(made, ["p@ssw0rd", "P@ssw0rd", "p@$$w0rd", "P@$$w0rd"]);
        made.clear();
        look_alikes(b"curry", |word| made.push(text(word)));
        assert!(made.is_empty());
    }

    #[test]
    fn roots_lose_digits_marks_and_look_alikes() {
        let root = |word: &str| roots(word.as_bytes()).map(|root| root.map(|word| text(&word)));
        assert_eq!(root("P@ssw0rd1!").unwrap()[0], "password");
        assert_eq!(root("Byoin2026").unwrap()[0], "byoin");
        assert_eq!(root("we1come!").unwrap()[1], "welcome");
        assert!(root("12345678").is_none() && root("ab1").is_none() && root("").is_none());
    }

    #[test]
    fn endings_follow_the_day_that_judges() {
        let endings = endings(2026);
        for ending in ["1", "2027", "2026", "R8", "R6"] {
            assert!(endings.iter().any(|made| made == ending), "{ending}");
        }
    }
}
