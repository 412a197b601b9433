//! A clock for waits and ages: it never goes back, and it counts the time that the machine slept.

/// Seconds by which the two clocks may drift apart before that counts as a jump.
const TOLERANCE: f64 = 1.0;

/// Joins two clocks: a monotonic one, which may rest while the machine sleeps, and the time of day, which may be set.
#[derive(Debug, Clone, Copy, Default)]
pub struct SteadyClock {
    /// The time of day minus the monotonic time, as of the last jump.
    skew: Option<f64>,
    /// By how much the time of day has jumped ahead so far.
    ahead: f64,
}

impl SteadyClock {
    pub const fn new() -> Self {
        Self { skew: None, ahead: 0.0 }
    }

    /// The time in seconds. Both clocks are in seconds too.
    pub fn read(&mut self, monotonic: f64, of_day: f64) -> f64 {
        let skew = of_day - monotonic;
        let jump = skew - *self.skew.get_or_insert(skew);
        if jump.abs() > TOLERANCE {
            self.skew = Some(skew);
            self.ahead += jump.max(0.0);
        }
        monotonic + self.ahead
    }
}

#[cfg(test)]
mod tests {
    use super::SteadyClock;
    use proptest::prelude::*;

    const DAY: f64 = 1_764_000_000.0;

    fn read(clock: &mut SteadyClock, monotonic: f64, of_day: f64) -> i64 {
        clock.read(monotonic, DAY + of_day).round() as i64
    }

    #[test]
    fn the_time_that_the_machine_slept_counts_and_a_clock_that_is_set_back_does_not() {
        let mut clock = SteadyClock::new();
        assert_eq!(read(&mut clock, 10.0, 10.0), 10);
        assert_eq!(read(&mut clock, 20.0, 20.4), 20);
        // Two hours of sleep, then an hour back, then an hour ahead by hand.
        assert_eq!(read(&mut clock, 21.0, 7_221.0), 7_221);
        assert_eq!(read(&mut clock, 31.0, 3_631.0), 7_231);
        assert_eq!(read(&mut clock, 32.0, 7_232.0), 10_832);
    }

    proptest! {
        #[test]
        fn it_never_goes_back_and_never_rests(steps in prop::collection::vec((0.0..100.0f64, -9_000.0..9_000.0f64), 1..50)) {
            let (mut clock, mut monotonic, mut of_day) = (SteadyClock::new(), 0.0, DAY);
            let mut last = clock.read(monotonic, of_day);
            for (step, jump) in steps {
                (monotonic, of_day) = (monotonic + step, of_day + step + jump);
                let now = clock.read(monotonic, of_day);
                prop_assert!(now - last >= step - 1e-6);
                last = now;
            }
        }
    }
}
