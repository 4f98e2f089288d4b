//! Readings of names in Latin letters, as people type them: Hepburn and Kunrei, with long vowels
//! written out, dropped or marked by `h`.

use unicode_normalization::UnicodeNormalization;

/// How a reading is spelled.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Style {
    kunrei: bool,
    long: Long,
}

/// What becomes of the second half of a long vowel.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Long {
    /// サトウ is `satou`.
    Written,
    /// サトウ is `sato`.
    Dropped,
    /// サトウ is `satoh`.
    Marked,
}

impl Style {
    /// Every style, the likely ones first. Many readings are spelled alike in several of them.
    pub const ALL: &'static [Self] = &[
        Self { kunrei: false, long: Long::Dropped },
        Self { kunrei: false, long: Long::Written },
        Self { kunrei: false, long: Long::Marked },
        Self { kunrei: true, long: Long::Dropped },
        Self { kunrei: true, long: Long::Written },
    ];
}

/// Appends a reading in lower-case Latin letters. ASCII letters and digits pass as they are.
///
/// `false`, and `out` as it was, where the text holds anything else: nobody can tell how a kanji
/// is read.
pub fn spell(reading: &str, style: Style, out: &mut String) -> bool {
    let start = out.len();
    let mut doubled = false;
    for letter in reading.nfkc().map(katakana) {
        let done = match letter {
            'ッ' => {
                doubled = true;
                continue;
            }
            'ャ' | 'ュ' | 'ョ' => glide(letter, style, &out[start..]).map(|tail| {
                out.pop();
                out.push_str(tail);
            }),
            'ァ' | 'ィ' | 'ゥ' | 'ェ' | 'ォ' => {
                small_vowel(letter, out, start);
                Some(())
            }
            'ー' | 'ウ' | 'オ' if lengthens(letter, &out[start..]) => {
                lengthen(letter, style, out);
                Some(())
            }
            c if c.is_ascii_alphanumeric() => {
                out.push(c.to_ascii_lowercase());
                Some(())
            }
            c => syllable(c, style).map(|sound| append(sound, doubled, style, out, start)),
        };
        doubled = false;
        if done.is_none() {
            out.truncate(start);
            return false;
        }
    }
    true
}

fn katakana(c: char) -> char {
    match c {
        '\u{3041}'..='\u{3096}' => char::from_u32(c as u32 + 0x60).unwrap_or(c),
        other => other,
    }
}

// A doubled consonant, and in Hepburn an `m` for ン before b, m and p.
fn append(sound: &str, doubled: bool, style: Style, out: &mut String, start: usize) {
    if doubled {
        let first = if sound.starts_with("ch") { "t" } else { &sound[..1] };
        out.push_str(first);
    }
    let labial = sound.starts_with(['b', 'm', 'p']);
    if labial && !style.kunrei && style.long == Long::Marked && out[start..].ends_with('n') {
        out.pop();
        out.push('m');
    }
    out.push_str(sound);
}

// What a small ya, yu or yo puts in place of the `i` before it: `shi` + ya = `sha`.
fn glide(letter: char, style: Style, before: &str) -> Option<&'static str> {
    let stem = before.strip_suffix('i')?;
    let soft =
        !style.kunrei && (stem.ends_with("sh") || stem.ends_with("ch") || stem.ends_with('j'));
    let tail = match (letter, soft) {
        ('ャ', true) => "a",
        ('ュ', true) => "u",
        ('ョ', true) => "o",
        ('ャ', false) => "ya",
        ('ュ', false) => "yu",
        _ => "yo",
    };
    Some(tail)
}

fn small_vowel(letter: char, out: &mut String, start: usize) {
    let vowel = match letter {
        'ァ' => 'a',
        'ィ' => 'i',
        'ゥ' => 'u',
        'ェ' => 'e',
        _ => 'o',
    };
    if out[start..].ends_with(['a', 'e', 'i', 'o', 'u']) {
        out.pop();
    }
    out.push(vowel);
}

// True where the letter only makes the vowel before it long.
fn lengthens(letter: char, before: &str) -> bool {
    match letter {
        'ー' => before.ends_with(['a', 'e', 'i', 'o', 'u']),
        'ウ' => before.ends_with(['o', 'u']),
        _ => before.ends_with('o'),
    }
}

fn lengthen(letter: char, style: Style, out: &mut String) {
    let vowel = out.chars().next_back().unwrap_or('o');
    match style.long {
        Long::Written => out.push(match letter {
            'ウ' => 'u',
            'オ' => 'o',
            _ => vowel,
        }),
        Long::Marked if vowel == 'o' => out.push('h'),
        Long::Dropped | Long::Marked => {}
    }
}

/// Katakana, Hepburn, and Kunrei where it differs; sorted by the letter.
#[rustfmt::skip]
const SYLLABLES: &[(char, &str, &str)] = &[
    ('ア', "a", ""), ('イ', "i", ""), ('ウ', "u", ""), ('エ', "e", ""), ('オ', "o", ""),
    ('カ', "ka", ""), ('ガ', "ga", ""), ('キ', "ki", ""), ('ギ', "gi", ""), ('ク', "ku", ""),
    ('グ', "gu", ""), ('ケ', "ke", ""), ('ゲ', "ge", ""), ('コ', "ko", ""), ('ゴ', "go", ""),
    ('サ', "sa", ""), ('ザ', "za", ""), ('シ', "shi", "si"), ('ジ', "ji", "zi"), ('ス', "su", ""),
    ('ズ', "zu", ""), ('セ', "se", ""), ('ゼ', "ze", ""), ('ソ', "so", ""), ('ゾ', "zo", ""),
    ('タ', "ta", ""), ('ダ', "da", ""), ('チ', "chi", "ti"), ('ヂ', "ji", "zi"), ('ツ', "tsu", "tu"),
    ('ヅ', "zu", ""), ('テ', "te", ""), ('デ', "de", ""), ('ト', "to", ""), ('ド', "do", ""),
    ('ナ', "na", ""), ('ニ', "ni", ""), ('ヌ', "nu", ""), ('ネ', "ne", ""), ('ノ', "no", ""),
    ('ハ', "ha", ""), ('バ', "ba", ""), ('パ', "pa", ""), ('ヒ', "hi", ""), ('ビ', "bi", ""),
    ('ピ', "pi", ""), ('フ', "fu", "hu"), ('ブ', "bu", ""), ('プ', "pu", ""), ('ヘ', "he", ""),
    ('ベ', "be", ""), ('ペ', "pe", ""), ('ホ', "ho", ""), ('ボ', "bo", ""), ('ポ', "po", ""),
    ('マ', "ma", ""), ('ミ', "mi", ""), ('ム', "mu", ""), ('メ', "me", ""), ('モ', "mo", ""),
    ('ヤ', "ya", ""), ('ユ', "yu", ""), ('ヨ', "yo", ""), ('ラ', "ra", ""), ('リ', "ri", ""),
    ('ル', "ru", ""), ('レ', "re", ""), ('ロ', "ro", ""), ('ヮ', "wa", ""), ('ワ', "wa", ""),
    ('ヰ', "i", ""), ('ヱ', "e", ""), ('ヲ', "o", ""), ('ン', "n", ""), ('ヴ', "vu", ""),
    ('ヵ', "ka", ""), ('ヶ', "ke", ""),
];

fn syllable(letter: char, style: Style) -> Option<&'static str> {
    let at = SYLLABLES.binary_search_by_key(&letter, |row| row.0).ok()?;
    let (_, hepburn, kunrei) = SYLLABLES[at];
    Some(if style.kunrei && !kunrei.is_empty() { kunrei } else { hepburn })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spellings(reading: &str) -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        for &style in Style::ALL {
            let mut out = String::new();
            if spell(reading, style, &mut out) && !all.contains(&out) {
                all.push(out);
            }
        }
        all
    }

    #[test]
    fn long_vowels_come_in_three_forms() {
        assert_eq!(spellings("サトウ"), ["sato", "satou", "satoh"]);
        assert_eq!(spellings("おおの"), ["ono", "oono", "ohno"]);
        assert_eq!(spellings("ユウキ"), ["yuki", "yuuki"]);
        assert_eq!(spellings("イノウエ"), ["inoe", "inoue", "inohe"]);
        assert_eq!(spellings("ローラ"), ["rora", "roora", "rohra"]);
    }

    #[test]
    fn both_systems_are_spelled() {
        assert_eq!(spellings("シノダ"), ["shinoda", "sinoda"]);
        assert_eq!(spellings("ツチヤ"), ["tsuchiya", "tutiya"]);
        assert_eq!(spellings("フジタ"), ["fujita", "huzita"]);
        assert_eq!(spellings("ジュンコ"), ["junko", "zyunko"]);
        assert_eq!(spellings("ショウジ"), ["shoji", "shouji", "shohji", "syozi", "syouzi"]);
        assert_eq!(spellings("キョウカ"), ["kyoka", "kyouka", "kyohka"]);
    }

    #[test]
    fn doubled_consonants_and_small_vowels() {
        assert_eq!(spellings("ハットリ"), ["hattori"]);
        assert_eq!(spellings("ボッチ"), ["botchi", "botti"]);
        assert_eq!(spellings("ファン"), ["fan", "han"]);
        assert_eq!(spellings("ホンマ"), ["honma", "homma"]);
        assert_eq!(spellings("ﾜﾀﾅﾍﾞ"), ["watanabe"], "half width");
        assert_eq!(spellings("Sato2"), ["sato2"]);
    }

    #[test]
    fn what_has_no_reading_is_refused_and_leaves_nothing() {
        let mut out = "kept".to_owned();
        for text in ["佐藤", "サ藤", "サ ト", "ャ"] {
            assert!(!spell(text, Style::ALL[0], &mut out), "{text}");
            assert_eq!(out, "kept");
        }
        assert!(spell("", Style::ALL[0], &mut out));
    }

    #[test]
    fn the_table_is_sorted() {
        assert!(SYLLABLES.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }
}
