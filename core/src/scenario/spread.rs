//! By how much a line may overrun: whole millionths, drawn without bias.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::Rng;

/// Millionths of a line's amount that come on top: each of a range as likely as the other, or
/// most likely in one place and less and less towards both ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Spread {
    pub(crate) least: i64,
    pub(crate) likely: Option<i64>,
    pub(crate) most: i64,
}

impl Spread {
    /// How many values there are.
    fn count(self) -> u64 {
        self.most.abs_diff(self.least) + 1
    }

    /// The value this many places from the least.
    fn at(self, place: u64) -> i64 {
        // Less than the distance to the most.
        self.least + place as i64
    }

    /// Steps up to the likeliest value and down from it, the value itself in both.
    fn slopes(self, likely: i64) -> (u64, u64) {
        (likely.abs_diff(self.least) + 1, self.most.abs_diff(likely) + 1)
    }

    /// Draws a value.
    pub(super) fn draw(self, random: &mut ChaCha8Rng) -> i64 {
        let Some(likely) = self.likely else {
            return self.at(below(random, self.count()));
        };
        // A place is kept with the chance of its weight over the largest weight.
        let (up, down) = self.slopes(likely);
        loop {
            let place = below(random, self.count());
            let weight = if place < up { (place + 1) * down } else { (self.count() - place) * up };
            if below(random, up * down) < weight {
                return self.at(place);
            }
        }
    }

    /// The least value that at least this percentage of all draws does not exceed.
    pub(super) fn percentile(self, percent: u64) -> i64 {
        let percent = u128::from(percent);
        let Some(likely) = self.likely else {
            let place = (u128::from(self.count()) * percent).div_ceil(100).max(1) - 1;
            return self.at(place as u64);
        };
        let (up, down) = self.slopes(likely);
        let (up, down) = (u128::from(up), u128::from(down));
        let sum_to = |count: u128| count * (count + 1) / 2;
        // The weight of the first k places: k on the way up weighs k·down, and on the way
        // down the places left weigh k·up.
        let all = down * sum_to(up) + up * sum_to(down - 1);
        let weight = |places: u128| match places <= up {
            true => down * sum_to(places),
            false => all - up * sum_to(up + down - 1 - places),
        };
        let (mut low, mut high) = (1, up + down - 1);
        while low < high {
            let middle = (low + high) / 2;
            if weight(middle) * 100 >= all * percent { high = middle } else { low = middle + 1 }
        }
        self.at((low - 1) as u64)
    }
}

/// A whole number below another, each as likely: draws past the last whole multiple of it are
/// drawn again.
pub(super) fn below(random: &mut ChaCha8Rng, count: u64) -> u64 {
    let most = u64::MAX - u64::MAX % count;
    loop {
        let drawn = random.next_u64();
        if drawn < most {
            return drawn % count;
        }
    }
}

#[cfg(test)]
mod tests {
    use rand_chacha::rand_core::SeedableRng;

    use super::*;

    /// Counted one by one from the weights' definition.
    fn percentile_by_counting(spread: Spread, percent: u64) -> i64 {
        let weight = |value: i64| match spread.likely {
            None => 1,
            Some(likely) => {
                let up = (likely - spread.least + 1) as u64;
                let down = (spread.most - likely + 1) as u64;
                if value <= likely {
                    (value - spread.least + 1) as u64 * down
                } else {
                    (spread.most - value + 1) as u64 * up
                }
            }
        };
        let all: u64 = (spread.least..=spread.most).map(weight).sum();
        let mut so_far = 0;
        for value in spread.least..=spread.most {
            so_far += weight(value);
            if so_far * 100 >= all * percent {
                return value;
            }
        }
        spread.most
    }

    #[test]
    fn percentiles_are_those_of_the_weights() {
        for least in -4..4 {
            for most in least..7 {
                for likely in (least..=most).map(Some).chain([None]) {
                    let spread = Spread { least, likely, most };
                    for percent in [10, 50, 90] {
                        let counted = percentile_by_counting(spread, percent);
                        assert_eq!(spread.percentile(percent), counted, "{spread:?} {percent}");
                    }
                }
            }
        }
    }

    #[test]
    fn draws_come_as_often_as_their_weights() {
        let mut random = ChaCha8Rng::from_seed([7; 32]);
        let spread = Spread { least: -2, likely: Some(0), most: 1 };
        // Weights 1·2, 2·2, 3·2 and 1·3.
        let mut counts = [0u32; 4];
        for _ in 0..15_000 {
            counts[(spread.draw(&mut random) + 2) as usize] += 1;
        }
        for (count, expected) in counts.into_iter().zip([2_000, 4_000, 6_000, 3_000]) {
            assert!(count.abs_diff(expected) < 250, "{counts:?}");
        }
    }
}
