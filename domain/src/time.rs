//! Instants and terms. Time is whole milliseconds since 1970 in UTC, so that it passes every number type on the way
//! to the database without losing a digit.

use chrono::{DateTime, Datelike, Months, NaiveDate, Utc, Weekday};
use serde::{Deserialize, Serialize};

/// A moment: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Instant(pub i64);

/// One second in milliseconds.
pub const SECOND: i64 = 1_000;
/// One minute in milliseconds.
pub const MINUTE: i64 = 60 * SECOND;
/// One hour in milliseconds.
pub const HOUR: i64 = 60 * MINUTE;
/// One day in milliseconds.
pub const DAY: i64 = 24 * HOUR;

impl Instant {
    /// Later than every term that this product can make: the end of what never ends (9999-12-31T23:59:59Z).
    pub const NEVER: Self = Self(253_402_300_799_000);

    /// This moment moved by `milliseconds`, which may be negative.
    #[must_use]
    pub const fn plus(self, milliseconds: i64) -> Self {
        Self(self.0.saturating_add(milliseconds))
    }

    /// The same wall-clock moment `months` calendar months later, in UTC. A day that the month doesn't have becomes
    /// its last one: 29 February + 12 months is 28 February. `None` beyond the years that a term can reach.
    #[must_use]
    pub fn plus_months(self, months: u32) -> Option<Self> {
        self.date_time()?.checked_add_months(Months::new(months)).map(|later| Self(later.timestamp_millis()))
    }

    /// The first moment of a calendar day, in UTC, from `YYYY-MM-DD`.
    #[must_use]
    pub fn from_date(date: &str) -> Option<Self> {
        let day = NaiveDate::parse_from_str(date, "%Y-%m-%d").ok()?;
        let midnight = day.and_hms_opt(0, 0, 0)?.and_utc();
        // Years beyond four digits would not come back from text unchanged.
        (1970..=9999).contains(&day.year()).then(|| Self(midnight.timestamp_millis()))
    }

    /// As a text with date and time in UTC, to the millisecond (RFC 3339): `2026-11-23T10:15:30.250Z`.
    #[must_use]
    pub fn rfc3339(self) -> String {
        let (year, month, day) = self.calendar_day().unwrap_or((1970, 1, 1));
        let of_day = self.0.rem_euclid(DAY);
        let (hours, minutes, seconds) = (of_day / HOUR, of_day / MINUTE % 60, of_day / 1000 % 60);
        format!("{year:04}-{month:02}-{day:02}T{hours:02}:{minutes:02}:{seconds:02}.{:03}Z", of_day % 1000)
    }

    /// The moment that a text with date and time says (RFC 3339), whatever the zone.
    #[must_use]
    pub fn from_rfc3339(text: &str) -> Option<Self> {
        chrono::DateTime::parse_from_rfc3339(text.trim()).ok().map(|at| Self(at.timestamp_millis()))
    }

    /// Year, month (1 to 12) and day (1 to 31) in UTC.
    #[must_use]
    pub fn calendar_day(self) -> Option<(i32, u32, u32)> {
        self.date_time().map(|at| (at.year(), at.month(), at.day()))
    }

    /// The same time of day `days` working days later, in UTC: Saturdays and Sundays don't count.
    #[must_use]
    pub fn plus_working_days(self, days: u32) -> Self {
        let works = |at: &Self| at.date_time().is_none_or(|at| !matches!(at.weekday(), Weekday::Sat | Weekday::Sun));
        let mut at = self;
        for _ in 0..days {
            // Two days off follow each other, so the third one works.
            at = (1..=3).map(|days| at.plus(days * DAY)).find(works).unwrap_or(at.plus(DAY));
        }
        at
    }

    fn date_time(self) -> Option<DateTime<Utc>> {
        DateTime::from_timestamp_millis(self.0)
    }
}

/// A span of time, half-open: its start belongs to it, its end doesn't.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Term {
    /// The first moment.
    pub starts_at: Instant,
    /// The first moment after it.
    pub ends_at: Instant,
}

/// How many calendar months a licence lasts when nothing else is agreed (requirement B1).
pub const TERM_MONTHS: u32 = 12;
/// The longest term that can be given, in months.
pub const LONGEST_TERM_MONTHS: u32 = 120;

impl Term {
    /// A term of `months` calendar months from `starts_at`. `None` when there are no months, too many, or when the
    /// end can't be counted.
    #[must_use]
    pub fn new(starts_at: Instant, months: u32) -> Option<Self> {
        if !(1..=LONGEST_TERM_MONTHS).contains(&months) {
            return None;
        }
        let ends_at = starts_at.plus_months(months)?;
        (starts_at < ends_at && ends_at < Instant::NEVER).then_some(Self { starts_at, ends_at })
    }

    /// Whether `now` lies in the term.
    #[must_use]
    pub fn contains(&self, now: Instant) -> bool {
        self.starts_at <= now && now < self.ends_at
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(date: &str) -> Instant {
        Instant::from_date(date).expect("a date")
    }

    #[test]
    fn twelve_months_from_a_leap_day_end_on_the_last_of_february() {
        let term = Term::new(day("2028-02-29"), 12).expect("a term");
        assert_eq!(term.ends_at, day("2029-02-28"));
    }

    #[test]
    fn forty_eight_months_from_a_leap_day_end_on_a_leap_day() {
        let term = Term::new(day("2024-02-29"), 48).expect("a term");
        assert_eq!(term.ends_at, day("2028-02-29"));
    }

    #[test]
    fn the_end_does_not_belong_to_the_term() {
        let term = Term::new(day("2026-11-22"), 12).expect("a term");
        assert!(term.contains(term.starts_at));
        assert!(term.contains(term.ends_at.plus(-1)));
        assert!(!term.contains(term.ends_at));
    }

    #[test]
    fn no_months_and_too_many_months_are_refused() {
        assert_eq!(Term::new(day("2026-01-01"), 0), None);
        assert_eq!(Term::new(day("2026-01-01"), LONGEST_TERM_MONTHS + 1), None);
        assert_eq!(Term::new(Instant(i64::MAX), 12), None);
    }

    #[test]
    fn dates_that_do_not_exist_are_refused() {
        for text in ["2026-02-30", "2026-13-01", "", "tomorrow", "10000-01-01", "1969-12-31"] {
            assert_eq!(Instant::from_date(text), None, "{text}");
        }
    }

    /// The civil calendar counted independently of chrono: days in each month, leap years by the Gregorian rule.
    fn days_in_month(year: i64, month: i64) -> i64 {
        match month {
            2 if (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        }
    }

    fn count_days(year: i64, month: i64, day: i64) -> i64 {
        let years: i64 = (1970..year).map(|y| (1..=12).map(|m| days_in_month(y, m)).sum::<i64>()).sum();
        years + (1..month).map(|m| days_in_month(year, m)).sum::<i64>() + day - 1
    }

    #[test]
    fn weekends_are_no_working_days() {
        let day = |date| Instant::from_date(date).expect("a date");
        let after = |date, days| day(date).plus_working_days(days);
        // 23 November 2026 is a Monday.
        assert_eq!(after("2026-11-23", 2), day("2026-11-25"));
        assert_eq!(after("2026-11-26", 2), day("2026-11-30"));
        assert_eq!(after("2026-11-27", 1), day("2026-11-30"));
        assert_eq!(after("2026-11-28", 1), day("2026-11-30"));
        assert_eq!(after("2026-11-29", 2), day("2026-12-01"));
        assert_eq!(after("2026-11-23", 10), day("2026-12-07"));
    }

    proptest! {
        #[test]
        fn a_moment_survives_being_written_as_text(at in 0..4_000_000_000_000_i64) {
            let at = Instant(at);
            prop_assert_eq!(Instant::from_rfc3339(&at.rfc3339()), Some(at));
        }

        #[test]
        fn terms_agree_with_a_calendar_counted_by_hand(
            year in 2015_i64..2035, month in 1_i64..=12, day in 1_i64..=31, time in 0..DAY, months in 1_u32..=120
        ) {
            let day = day.min(days_in_month(year, month));
            let start = Instant(count_days(year, month, day) * DAY + time);
            let index = year * 12 + month - 1 + i64::from(months);
            let (end_year, end_month) = (index / 12, index % 12 + 1);
            let end_day = day.min(days_in_month(end_year, end_month));
            let expected = Instant(count_days(end_year, end_month, end_day) * DAY + time);
            prop_assert_eq!(Term::new(start, months).map(|term| term.ends_at), Some(expected));
        }
    }

    #[test]
    fn terms_from_every_day_of_twenty_years_agree_with_a_calendar_counted_by_hand() {
        // Walked once from 1970 on, day after day: the number of the day with which each month begins, and its length.
        let mut first_days = Vec::new();
        let mut next = 0;
        for (year, month) in (1970..2050).flat_map(|year| (1..=12).map(move |month| (year, month))) {
            let length = days_in_month(year, month);
            first_days.push((next, length));
            next += length;
        }
        let number = |year: usize, month: usize| (year - 1970) * 12 + month - 1;
        assert_eq!(first_days[number(2020, 1)].0, count_days(2020, 1, 1));

        let mut starts = 0;
        for start_month in number(2020, 1)..=number(2039, 12) {
            let (first, length) = first_days[start_month];
            for day in 0..length {
                starts += 1;
                for months in [1, 6, 12, 24, 48] {
                    let (end_first, end_length) = first_days[start_month + months];
                    let end = end_first + day.min(end_length - 1);
                    for time in [0, DAY - 1] {
                        let (start, end) = (Instant((first + day) * DAY + time), Instant(end * DAY + time));
                        let term = Term::new(start, months as u32);
                        assert_eq!(term, Some(Term { starts_at: start, ends_at: end }), "{months} months from {start:?}");
                    }
                }
            }
        }
        // Twenty years with five leap days.
        assert_eq!(starts, 20 * 365 + 5);
    }
}
