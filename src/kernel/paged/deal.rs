//! Writes to a long list whose places come in no order.

use super::Paged;

/// Places that are written to together: as many as a second cache holds.
const STRETCH: usize = 1 << 18;

/// Values for places of a list. They are dealt out by place as they come, and written from front to
/// back: written at once, each could ask for a page that was put aside.
pub struct Deal<T: Copy> {
    stretches: Vec<Paged<(u32, T)>>,
}

impl<T: Copy> Deal<T> {
    /// For a list of so many values.
    pub fn new(places: usize) -> Self {
        Self { stretches: (0..places.div_ceil(STRETCH)).map(|_| Paged::new()).collect() }
    }

    /// Notes the value of a place.
    #[inline]
    pub fn put(&mut self, place: u32, value: T) {
        self.stretches[place as usize / STRETCH].push((place, value));
    }

    /// Writes what was noted.
    pub fn write(self, list: &mut [T]) {
        for stretch in self.stretches {
            stretch.iter().for_each(|&(place, value)| list[place as usize] = value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_is_written_to_its_place_and_no_other() {
        let many = STRETCH * 2 + 5;
        let mut deal = Deal::new(many);
        for place in [many - 1, 0, STRETCH, STRETCH - 1, 2 * STRETCH] {
            deal.put(place as u32, place);
        }
        let mut list = vec![usize::MAX; many];
        deal.write(&mut list);
        let written: Vec<_> = (0..).zip(&list).filter(|(_, value)| **value != usize::MAX).collect();
        assert_eq!(written.len(), 5);
        assert!(written.iter().all(|(place, value)| place == *value));
        Deal::<u8>::new(0).write(&mut []);
    }
}
