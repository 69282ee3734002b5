//! Moments as RFC 3339 writes them (RFC 7643 §2.3.5).

/// A moment: the same for all ways of writing it, whichever clock they follow. Earlier ones are less.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    /// Whole seconds since 1970-01-01T00:00:00Z.
    seconds: i64,
    /// Nanoseconds after that.
    nanoseconds: u32,
}

impl Moment {
    /// Reads `2026-11-23T09:30:00.25+01:00`. Without an offset the clock is UTC's, and without a time it is midnight.
    /// `None` when that is no moment.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (date, rest) = text.split_at_checked(10)?;
        let days = days(date)?;
        if rest.is_empty() {
            return Some(Self { seconds: days * 86_400, nanoseconds: 0 });
        }
        let rest = rest.strip_prefix(['T', 't', ' '])?;
        let (clock, rest) = rest.split_at_checked(8)?;
        let [hour, minute, second] = fields(clock, ':', [2, 2, 2])?;
        // Leap seconds are written as the 60th one.
        if hour > 23 || minute > 59 || second > 60 {
            return None;
        }
        let (nanoseconds, offset) = fraction(rest)?;
        let seconds = days * 86_400 + hour * 3_600 + minute * 60 + second - offset_seconds(offset)?;
        Some(Self { seconds, nanoseconds })
    }

    /// Whether it lies between two milliseconds.
    #[must_use]
    pub const fn is_finer(self) -> bool {
        !self.nanoseconds.is_multiple_of(1_000_000)
    }

    /// Milliseconds since 1970-01-01T00:00:00Z; what is finer is dropped.
    #[must_use]
    pub fn milliseconds(self) -> i64 {
        self.seconds.saturating_mul(1_000).saturating_add(i64::from(self.nanoseconds / 1_000_000))
    }
}

/// Whole numbers of so many digits with a mark between them.
fn fields<const COUNT: usize>(text: &str, mark: char, digits: [usize; COUNT]) -> Option<[i64; COUNT]> {
    let mut numbers = [0; COUNT];
    let mut parts = text.split(mark);
    for (number, digits) in numbers.iter_mut().zip(digits) {
        let part = parts.next().filter(|part| part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit()))?;
        *number = part.parse().ok()?;
    }
    parts.next().is_none().then_some(numbers)
}

/// Days from 1970-01-01 to a date, `YYYY-MM-DD`.
fn days(date: &str) -> Option<i64> {
    let [year, month, day] = fields(date, '-', [4, 2, 2])?;
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    // The days before each month of a year that has no 29 February, and its length.
    let (before, length) = match month {
        1 => (0, 31),
        2 => (31, if leap { 29 } else { 28 }),
        3 => (59, 31),
        4 => (90, 30),
        5 => (120, 31),
        6 => (151, 30),
        7 => (181, 31),
        8 => (212, 31),
        9 => (243, 30),
        10 => (273, 31),
        11 => (304, 30),
        12 => (334, 31),
        _ => return None,
    };
    if !(1..=length).contains(&day) {
        return None;
    }
    // Leap days of whole years from the year 0, which is one itself, up to this one.
    let leap_days = if year == 0 { 0 } else { (year - 1) / 4 - (year - 1) / 100 + (year - 1) / 400 + 1 };
    let this_leap_day = i64::from(leap && month > 2);
    // 719,528 days lie between the year 0 and 1970.
    Some(year * 365 + leap_days + before + this_leap_day + day - 1 - 719_528)
}

/// Nanoseconds from `.25`, and what follows. Digits that are finer are dropped.
fn fraction(text: &str) -> Option<(u32, &str)> {
    let Some(text) = text.strip_prefix('.') else { return Some((0, text)) };
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at_checked(end)?;
    if digits.is_empty() {
        return None;
    }
    let nine: String = digits.chars().chain("000000000".chars()).take(9).collect();
    Some((nine.parse().ok()?, rest))
}

/// How far a clock is before UTC's, in seconds.
fn offset_seconds(text: &str) -> Option<i64> {
    if text.is_empty() || text.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let (sign, text) = match text.strip_prefix('-') {
        Some(text) => (-1, text),
        None => (1, text.strip_prefix('+')?),
    };
    let [hours, minutes] = fields(text, ':', [2, 2])?;
    (hours <= 23 && minutes <= 59).then_some(sign * (hours * 3_600 + minutes * 60))
}

#[cfg(test)]
mod tests {
    use super::*;
    use seatwise_domain::Instant;

    #[test]
    fn one_moment_can_be_written_in_many_ways() {
        let moment = Moment::parse("2026-11-23T09:30:00Z").unwrap();
        assert_eq!(moment.milliseconds(), 1_795_426_200_000);
        for text in [
            "2026-11-23T10:30:00+01:00",
            "2026-11-23T04:00:00-05:30",
            "2026-11-23t09:30:00.000z",
            "2026-11-23 09:30:00",
            "2026-11-24T09:29:00+23:59",
        ] {
            assert_eq!(Moment::parse(text), Some(moment), "{text}");
        }
        assert!(Moment::parse("2026-11-23T09:30:00.0005Z").unwrap() > moment);
        assert!(Moment::parse("2026-11-23T09:29:59.999999999Z").unwrap() < moment);
        assert_eq!(Moment::parse("2026-11-23T09:30:00.2509999999999999Z").unwrap().milliseconds(), 1_795_426_200_250);
    }

    #[test]
    fn what_is_no_moment_is_refused() {
        for text in [
            "",
            "now",
            "2026-11-31",
            "2027-02-29",
            "1900-02-29",
            "2026-00-10",
            "2026-1-1",
            "2026-11-23T",
            "2026-11-23T24:00:00Z",
            "2026-11-23T09:30",
            "2026-11-23T09:30:00.Z",
            "2026-11-23T09:30:00+1",
            "2026-11-23T09:30:00ZZ",
            "+026-11-23",
            "2026-11-23T09:61:00Z",
            "2026-11-2\u{663}T09:30:00Z",
            "2026-11-23T09:30:00+24:00",
        ] {
            assert_eq!(Moment::parse(text), None, "{text}");
        }
    }

    #[test]
    fn days_agree_with_the_calendar() {
        let mut days = 0;
        for year in 1970..2400 {
            for month in 1..=12 {
                for day in 1..=31 {
                    let date = format!("{year}-{month:02}-{day:02}");
                    let expected = Instant::from_date(&date).map(|at| at.0);
                    days += u32::from(expected.is_some());
                    assert_eq!(Moment::parse(&date).map(Moment::milliseconds), expected, "{date}");
                }
            }
        }
        assert_eq!(days, 157_054);
        assert_eq!(Moment::parse("0000-01-01").unwrap().milliseconds(), -62_167_219_200_000);
        assert_eq!(Moment::parse("0001-01-01").unwrap().milliseconds(), -62_135_596_800_000);
    }
}
