//! Near misses: the known word that an unknown one was probably meant to be.

/// Most words that a hint lists.
const MOST: usize = 30;

/// `did you mean '...'?` for the nearest known word, if one is near.
pub fn near<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
    // Of a single letter every other one is near.
    let limit = match word.chars().count() {
        0 | 1 => 0,
        length => (length / 3).clamp(1, 3),
    };
    let lower = word.to_lowercase();
    known
        .map(|candidate| (distance(&lower, &candidate.to_lowercase()), candidate))
        .filter(|&(distance, _)| distance <= limit)
        .min()
        .map(|(_, candidate)| format!("did you mean '{candidate}'?"))
}

/// The near miss, else the whole list of what is known (or its beginning, where it is long).
pub fn near_or_list<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> String {
    let known: Vec<_> = known.collect();
    near(word, known.iter().copied()).unwrap_or_else(|| match known.get(..MOST) {
        Some(some) => format!("one of {}, ...", some.join(", ")),
        None => format!("one of {}", known.join(", ")),
    })
}

// Levenshtein over characters, one row at a time.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, &y) in b.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = (diagonal + usize::from(x != y)).min(above + 1).min(row[j] + 1);
            diagonal = above;
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_near_is_meant() {
        let known = ["days", "grace_days", "severity"];
        let meant = |word| near(word, known.iter().copied());
        assert_eq!(meant("dais").as_deref(), Some("did you mean 'days'?"));
        assert_eq!(meant("GRACE_DAY").as_deref(), Some("did you mean 'grace_days'?"));
        assert_eq!(meant("colour"), None);
    }
}
