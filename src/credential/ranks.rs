//! Marked rows, and the rank of each among them: one bit a row, and half a bit to count by.

/// Rows that are being marked.
pub(super) struct Marks(Vec<u64>);

/// Marked rows, counted.
pub(super) struct Ranks {
    marks: Vec<u64>,
    /// How many stand before each word of `marks`.
    before: Vec<u32>,
}

impl Marks {
    pub(super) fn new(rows: u32) -> Self {
        Self(vec![0; rows.div_ceil(u64::BITS) as usize])
    }

    pub(super) fn set(&mut self, row: u32) {
        self.0[(row / u64::BITS) as usize] |= 1 << (row % u64::BITS);
    }

    pub(super) fn ranked(self) -> Ranks {
        let mut count = 0;
        let before = self.0.iter().map(|word| {
            let before = count;
            count += word.count_ones();
            before
        });
        Ranks { before: before.collect(), marks: self.0 }
    }
}

impl Ranks {
    /// How many marked rows stand before this one.
    #[inline]
    pub(super) fn rank(&self, row: u32) -> u32 {
        let word = (row / u64::BITS) as usize;
        let earlier = self.marks[word] & ((1 << (row % u64::BITS)) - 1);
        self.before[word] + earlier.count_ones()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rank_counts_the_marked_rows_before() {
        let marked = |row: u32| row.is_multiple_of(3) || row.is_multiple_of(64) || row == 127;
        for rows in [0, 1, 63, 64, 65, 200] {
            let mut marks = Marks::new(rows);
            (0..rows).filter(|&row| marked(row)).for_each(|row| marks.set(row));
            let ranks = marks.ranked();
            for row in 0..rows {
                let before = (0..row).filter(|&row| marked(row)).count();
                assert_eq!(ranks.rank(row) as usize, before, "{row} of {rows}");
            }
        }
    }
}
