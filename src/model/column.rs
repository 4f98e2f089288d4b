//! A column that costs nothing until somebody fills it.

use crate::kernel::paged::Paged;

/// Values of one field for all rows. Rows that were never set hold the default.
pub struct Column<T: Copy> {
    default: T,
    values: Paged<T>,
}

impl<T: Copy + PartialEq> Column<T> {
    /// A column in which no row is set.
    pub const fn new(default: T) -> Self {
        Self { default, values: Paged::new() }
    }

    /// Value of a row.
    pub fn get(&self, row: u32) -> T {
        self.values.get(row as usize).copied().unwrap_or(self.default)
    }

    /// Sets a row; setting the default on rows that do not exist yet stores nothing.
    pub fn set(&mut self, row: u32, value: T) {
        let row = row as usize;
        if row < self.values.len() {
            self.values[row] = value;
        } else if value != self.default {
            self.values.resize(row, self.default);
            self.values.push(value);
        }
    }

    /// Makes room for so many more rows.
    pub fn expect(&mut self, rows: usize) {
        self.values.reserve(rows);
    }

    /// True while no row was ever set.
    pub fn is_absent(&self) -> bool {
        self.values.is_empty()
    }

    /// Appends `other`, whose first row becomes row `at` of this column.
    pub fn append(&mut self, at: u32, other: &Self, convert: impl Fn(T) -> T) {
        if other.values.is_empty() {
            return;
        }
        self.values.resize(at as usize, self.default);
        self.values.extend(other.values.iter().map(|&value| convert(value)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_without_a_value_read_as_the_default() {
        let mut a = Column::new(-1);
        a.set(3, 7);
        assert_eq!((a.get(0), a.get(3), a.get(9)), (-1, 7, -1));
        let mut b = Column::new(-1);
        b.set(1, 5);
        a.append(6, &b, |x| x + 1);
        assert_eq!((a.get(5), a.get(6), a.get(7)), (-1, 0, 6));
    }

    #[test]
    fn an_unset_column_stays_empty() {
        let mut a = Column::new(0_u8);
        a.set(10, 0);
        a.append(20, &Column::new(0), |x| x);
        assert!(a.is_absent());
    }
}
