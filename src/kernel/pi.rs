//! The digits of pi, from which Blowfish takes its constants: computed rather than copied.

/// The first so many 32-bit words of pi behind its point, by Machin's formula:
/// 16 arctan 1/5 - 4 arctan 1/239.
pub(super) fn fraction(words: usize) -> Vec<u32> {
    let mut sum = arctan(16, 5, words + GUARD);
    let less = arctan(4, 239, words + GUARD);
    subtract(&mut sum, &less);
    sum[1..=words].to_vec()
}

/// Words behind the last wanted one, which take the errors of rounding.
const GUARD: usize = 2;

/// `factor * arctan(1 / of)`: a whole part and words behind the point.
fn arctan(factor: u32, of: u32, words: usize) -> Vec<u32> {
    let mut power = vec![0; words + 1];
    power[0] = factor;
    divide(&mut power, of);
    let (mut sum, mut odd) = (power.clone(), 1);
    while power.iter().any(|&word| word != 0) {
        divide(&mut power, of * of);
        odd += 2;
        let mut term = power.clone();
        divide(&mut term, odd);
        if odd % 4 == 3 {
            subtract(&mut sum, &term);
        } else {
            add(&mut sum, &term);
        }
    }
    sum
}

fn divide(number: &mut [u32], by: u32) {
    let first = number.iter().position(|&word| word != 0).unwrap_or(number.len());
    let mut rest = 0;
    for word in &mut number[first..] {
        let whole = rest << 32 | u64::from(*word);
        *word = (whole / u64::from(by)) as u32;
        rest = whole % u64::from(by);
    }
}

fn add(sum: &mut [u32], other: &[u32]) {
    let mut carry = false;
    for (own, word) in sum.iter_mut().zip(other).rev() {
        let (once, over) = own.overflowing_add(*word);
        let (twice, again) = once.overflowing_add(u32::from(carry));
        (*own, carry) = (twice, over || again);
    }
}

fn subtract(sum: &mut [u32], other: &[u32]) {
    let mut borrow = false;
    for (own, word) in sum.iter_mut().zip(other).rev() {
        let (once, under) = own.overflowing_sub(*word);
        let (twice, again) = once.overflowing_sub(u32::from(borrow));
        (*own, borrow) = (twice, under || again);
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_first_digits_are_those_of_pi() {
        let digits = super::fraction(8);
        assert_eq!(digits[..4], [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344]);
        assert_eq!(super::fraction(1_042)[..8], digits, "no rounding reaches them");
    }
}
