//! Finds the dates that a sentence mentions, and resolves relative ones by the day on which the article appeared.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::PartialDate;
use crate::source::Span;
use crate::text::noun;
use crate::text::piece::{Pieces, Sort};

/// How far ahead of the article's own day a date without a year may lie and still be the past one: time zones, and
/// articles dated by their first version.
const DAYS_AHEAD: i32 = 7;

/// How many pieces before a date a "will" still turns it into the future.
const REACH_OF_WILL: usize = 8;

/// How many pieces may stand before a date at the head of its clause: "and from about May 3".
const FRONT: usize = 3;

/// What may come lies rather ahead than behind: a day behind counts as so many ahead. 1 and 3 change no labelled set.
const BEHIND: i32 = 2;

/// How many pieces must follow a date at the head of its clause, so that there is a clause: "on May 3 the lights go out".
const CLAUSE: usize = 4;

/// Which part of a month or a year is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// "Early 2020", "the start of December".
    Early,
    /// "Mid-2020".
    Mid,
    /// "Late 2020", "the end of December".
    Late,
}

/// A date in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateMention {
    /// The words of the date in the sentence, with a weekday before them but without "in" and "on".
    pub span: Span,
    /// The date, as far as it is known.
    pub date: PartialDate,
    /// Written as a calendar date ("14 December", "2019"), not relative to the article's own day ("yesterday", "last month").
    /// The year may be the article's all the same.
    pub explicit: bool,
    /// Which part of the month or year, where the text says so.
    pub part: Option<Part>,
    /// Days by which the true date may lie to either side of `date`: 3 for "last week", whose `date` is the middle of that week.
    pub slack_days: u16,
}

/// The dates that a sentence mentions, in order, without overlap.
///
/// `published` is the article's own day. It resolves "yesterday", "last month", "Monday", and months without a year: those are the
/// latest that are not after it, unless the sentence looks ahead ("will meet in December"). Without it, relative dates that say
/// nothing by themselves are left out, and months stand without a year (`--12`).
///
/// "May" and "March" count only in capitals and in a context of dates. Ambiguous numeric dates such as 03/04/2020 are left out, and
/// so are decades.
pub fn dates(sentence: &str, published: Option<Date>) -> Vec<DateMention> {
    find(&Pieces::cut(sentence), published)
}

/// [`dates`] of what is to come or has just come about: a date without a year is the nearest to the article's own day, on either side.
pub fn dates_nearby(sentence: &str, published: Option<Date>) -> Vec<DateMention> {
    find_in(&Pieces::cut(sentence), published, Yearless::Nearest)
}

/// [`dates`] on a sentence that is already cut.
pub(in crate::text) fn find(pieces: &Pieces<'_>, published: Option<Date>) -> Vec<DateMention> {
    find_in(pieces, published, Yearless::Latest)
}

/// Which year a date is given that has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Yearless {
    /// The latest that is not after the article's own day, unless the sentence looks ahead.
    Latest,
    /// The nearest.
    Nearest,
}

fn find_in(pieces: &Pieces<'_>, published: Option<Date>, yearless: Yearless) -> Vec<DateMention> {
    let mut scan = Scan {
        pieces,
        published,
        yearless,
        found: Vec::new(),
        floor: 0,
    };
    let mut at = 0;
    while at < pieces.len() {
        // At the ends of the calendar a resolved date may not exist.
        let found = scan
            .mention(at)
            .filter(|(_, _, found)| found.date.year.is_none() || found.date.range().is_some());
        at = match found {
            Some((first, end, mention)) => {
                scan.found.push(DateMention {
                    span: pieces.span(first, end),
                    ..mention
                });
                scan.floor = end;
                end.max(at + 1)
            }
            None => at + 1,
        };
    }
    scan.found
}

struct Scan<'a> {
    pieces: &'a Pieces<'a>,
    published: Option<Date>,
    yearless: Yearless,
    found: Vec<DateMention>,
    /// First piece that no mention has taken yet.
    floor: usize,
}

/// First piece, piece after the last, and the mention; its span is set by the caller.
type Found = Option<(usize, usize, DateMention)>;

fn mention(date: PartialDate, explicit: bool) -> DateMention {
    DateMention {
        span: Span::default(),
        date,
        explicit,
        part: None,
        slack_days: 0,
    }
}

impl Scan<'_> {
    fn mention(&self, at: usize) -> Found {
        match self.pieces.sort(at)? {
            Sort::Digits { .. } => self
                .iso(at)
                .or_else(|| self.slashed(at))
                .or_else(|| self.day_first(at))
                .or_else(|| self.ago(at))
                .or_else(|| self.year(at)),
            Sort::Dotted => self.dotted(at),
            Sort::Word => self
                .weekday(at)
                .or_else(|| self.month_first(at))
                .or_else(|| self.ordinal_day(at))
                .or_else(|| self.relative(at))
                .or_else(|| self.ago(at)),
            Sort::Vulgar | Sort::Mark => None,
        }
    }

    /// 2020-12-14, 2020/12/14, 2020-12.
    fn iso(&self, at: usize) -> Found {
        let p = self.pieces;
        if p.glued_before(at) && !is_opening(p.raw(at - 1)) {
            return None;
        }
        let year = self.year_at(at)?;
        let mark = p.raw(at + 1);
        if !(p.joins(at + 1) || (mark == "/" && p.glued(at) && p.glued(at + 1))) {
            return None;
        }
        let month = two_digits(p, at + 2)?;
        if !(p.raw(at + 3) == mark && p.glued(at + 2) && p.glued(at + 3)) {
            // 2019-12 is a month; 2019-20 is two years, 2010-12 mostly too: only a zero tells.
            let is_month = mark == "-" && p.raw(at + 2).starts_with('0') && !self.runs_on(at + 2);
            let date = valid(PartialDate::of_month(year, month))?;
            return is_month.then(|| (at, at + 3, mention(date, true)));
        }
        let day = two_digits(p, at + 4)?;
        let date = valid(PartialDate {
            day: Some(day),
            ..PartialDate::of_month(year, month)
        })?;
        let is_time = p.low(at + 5) == "t" && p.is_digits(at + 6);
        (is_time || !self.runs_on(at + 4)).then(|| (at, at + 5, mention(date, true)))
    }

    /// 14/12/2020, 12/14/2020, 14-12-2020: only when one order alone makes a date.
    fn slashed(&self, at: usize) -> Found {
        let p = self.pieces;
        if p.glued_before(at) && !is_opening(p.raw(at - 1)) {
            return None;
        }
        let mark = p.raw(at + 1);
        let is_glued = (at..at + 4).all(|at| p.glued(at));
        if !is_glued || !(mark == "/" || p.is_hyphen(at + 1)) || p.raw(at + 3) != mark {
            return None;
        }
        let (a, b) = (p.small(at, 2)?, p.small(at + 2, 2)?);
        let year = self.year_at(at + 4)?;
        let (day, month) = match (a, b) {
            _ if a == b => (a, b),
            (13.., _) => (a, b),
            (_, 13..) => (b, a),
            _ => return None,
        };
        let date = day_of(Some(year), month, day)?;
        (!self.runs_on(at + 4)).then(|| (at, at + 5, mention(date, true)))
    }

    /// 14.12.2020: with full stops the day always stands first.
    fn dotted(&self, at: usize) -> Found {
        let p = self.pieces;
        if (p.glued_before(at) && !is_opening(p.raw(at - 1))) || self.runs_on(at) {
            return None;
        }
        let mut parts = p.raw(at).split('.');
        let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() || year.len() != 4 || day.len() > 2 || month.len() > 2 {
            return None;
        }
        let year = plausible(year.parse().ok()?)?;
        let date = day_of(Some(year), month.parse().ok()?, day.parse().ok()?)?;
        Some((at, at + 1, mention(date, true)))
    }

    /// 14 December 2020, 14th of December, 14-16 December.
    fn day_first(&self, at: usize) -> Found {
        let p = self.pieces;
        if p.glued_before(at) && !is_opening(p.raw(at - 1)) {
            return None;
        }
        let day = p.small(at, 2)?;
        let mut next = at + 1;
        if is_ordinal_suffix(p, next) {
            next += 1;
        }
        // 14-16 December: the first day stands, the others are slack.
        let mut slack = 0;
        if p.is_hyphen(next) || matches!(p.low(next), "to" | "and") {
            let last = p.small(next + 1, 2).filter(|&last| last > day)?;
            slack = last - day;
            next += 2;
            if is_ordinal_suffix(p, next) {
                next += 1;
            }
        }
        self.day_then_month(at, day, slack, next)
    }

    /// "the fourteenth of December": only up to twelfth and -teenth words, which is how papers write it at all.
    fn ordinal_day(&self, at: usize) -> Found {
        const DAYS: [&str; 31] = [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
            "seventeenth",
            "eighteenth",
            "nineteenth",
            "twentieth",
            "twenty-first",
            "twenty-second",
            "twenty-third",
            "twenty-fourth",
            "twenty-fifth",
            "twenty-sixth",
            "twenty-seventh",
            "twenty-eighth",
            "twenty-ninth",
            "thirtieth",
            "thirty-first",
        ];
        let p = self.pieces;
        let (low, end) = if p.joins(at + 1) && matches!(p.low(at), "twenty" | "thirty") {
            let span = p.span(at, (at + 3).min(p.len()));
            (p.folded(span), at + 3)
        } else {
            (p.low(at), at + 1)
        };
        if p.low(end) != "of" {
            return None;
        }
        let day = DAYS.iter().position(|&day| day == low)?;
        self.day_then_month(at, u16::try_from(day).ok()? + 1, 0, end)
    }

    fn day_then_month(&self, first: usize, day: u16, slack: u16, next: usize) -> Found {
        let p = self.pieces;
        let name = if p.low(next) == "of" { next + 1 } else { next };
        let (month, mut end) = month_name(p, name)?;
        // "Five 5 may": the verb.
        if !p.is_capital(name) {
            return None;
        }
        let year_at = if p.raw(end) == "," { end + 1 } else { end };
        let year = self.year_at(year_at);
        if year.is_some() {
            end = year_at + 1;
        }
        let date = self.resolve(first, day_of(year, u16::from(month), day)?)?;
        Some((
            first,
            end,
            DateMention {
                slack_days: slack,
                ..mention(date, true)
            },
        ))
    }

    /// December 14, 2020; Dec. 14; December 2020; in December.
    fn month_first(&self, at: usize) -> Found {
        let p = self.pieces;
        if !p.is_capital(at) {
            return None;
        }
        let (month, after) = month_name(p, at)?;
        let is_short = after == at + 2 || p.low(at) == "sept" || p.raw(at).len() == 3 && month != 5;
        let part = self.part_before(at);
        let first = part.map_or(at, |(first, _)| first);
        let with_part = |date: PartialDate| DateMention {
            part: part.map(|(_, part)| part),
            ..mention(date, true)
        };

        // A day.
        let mut next = after;
        if p.low(next) == "the" && p.small(next + 1, 2).is_some() {
            next += 1;
        }
        if let Some(day) = p.small(next, 2).filter(|day| (1..=31).contains(day)) {
            let mut end = next + 1;
            if is_ordinal_suffix(p, end) {
                end += 1;
            }
            // "In December 25 people died": a count, for a day stands with "on".
            let is_count = matches!(p.low_before(at, 1), "in" | "since" | "during")
                && noun::is_counted(p, end);
            // "December 9:30", "December 25%", "December 3.5".
            let is_other = matches!(p.raw(end), ":" | "%") && p.glued(end - 1)
                || matches!(p.low(end), "per" | "percent" | "million" | "billion");
            if !is_count && !is_other {
                let mut slack = 0;
                if p.is_hyphen(end)
                    && let Some(last) = p.small(end + 1, 2).filter(|&last| last > day)
                {
                    slack = last - day;
                    end += 2;
                }
                let year_at = if p.raw(end) == "," { end + 1 } else { end };
                let year = self.year_at(year_at).filter(|_| !is_amount(p, year_at));
                if year.is_some() {
                    end = year_at + 1;
                }
                let date = self.resolve(at, day_of(year, u16::from(month), day)?)?;
                return Some((
                    at,
                    end,
                    DateMention {
                        slack_days: slack,
                        ..mention(date, true)
                    },
                ));
            }
        }

        // A year.
        let year_at = match p.low(after) {
            "of" | "," => after + 1,
            _ => after,
        };
        if let Some(year) = self.year_at(year_at).filter(|_| !is_amount(p, year_at)) {
            let date = PartialDate::of_month(year, month);
            return Some((first, year_at + 1, with_part(date)));
        }

        // The month alone; "December 3024" is none.
        if p.is_digits(year_at) && p.raw(year_at).len() == 4 && !is_amount(p, year_at) {
            return None;
        }
        if is_short || p.glued_before(at) && part.is_none() && !is_opening(p.raw(at - 1)) {
            return None;
        }
        let before = p.low_before(first, 1);
        let is_dated = part.is_some()
            || matches!(
                before,
                "in" | "of"
                    | "since"
                    | "by"
                    | "until"
                    | "till"
                    | "during"
                    | "before"
                    | "after"
                    | "from"
                    | "through"
                    | "to"
                    | "this"
                    | "last"
                    | "next"
                    | "late"
                    | "between"
                    | "every"
                    | "each"
                    | "early"
                    | "mid"
                    | "around"
            );
        // "By May", but "by April Jones", "after March for Life".
        let is_name = matches!(month, 3..=6 | 8)
            && (p.is_capital(after)
                || matches!((month, p.low(after)), (3, "for" | "on") | (5, "be")));
        if (matches!(month, 3..=6 | 8) && !is_dated)
            || is_name
            || before == "every"
            || before == "each"
        {
            return None;
        }
        let bare = PartialDate::without_year(month, None);
        let published = self.published;
        let direction = match before {
            "last" => Some(Direction::Before),
            "next" => Some(Direction::After),
            _ => None,
        };
        match direction {
            Some(direction) => {
                let date = published.map_or(bare, |published| {
                    PartialDate::of_month(direction.year(published, month), month)
                });
                Some((
                    first - 1,
                    after,
                    DateMention {
                        explicit: false,
                        ..with_part(date)
                    },
                ))
            }
            None if before == "this" => {
                let date = published.map_or(bare, |published| {
                    PartialDate::of_month(published.year(), month)
                });
                Some((first - 1, after, with_part(date)))
            }
            None => Some((first, after, with_part(self.resolve(at, bare)?))),
        }
    }

    /// A year alone, in a context of dates.
    fn year(&self, at: usize) -> Found {
        let p = self.pieces;
        let year = self.year_at(at)?;
        if self.runs_on(at) && !p.is_hyphen(at + 1) {
            return None;
        }
        if let Some((first, part)) = self.part_before(at) {
            let date = PartialDate::of_year(year);
            return (!is_amount(p, at)).then(|| {
                (
                    first,
                    at + 1,
                    DateMention {
                        part: Some(part),
                        ..mention(date, true)
                    },
                )
            });
        }
        if p.glued_before(at) && !is_opening(p.raw(at - 1)) {
            return None;
        }
        let season = |low: &str| matches!(low, "spring" | "summer" | "autumn" | "fall" | "winter");
        let before = p.low_before(at, 1);
        let first = if season(before) && at > self.floor {
            at - 1
        } else if before == "of" && season(p.low_before(at, 2)) && at > self.floor + 1 {
            at - 2
        } else {
            at
        };
        let in_brackets = before == "(" && matches!(p.raw(at + 1), ")" | "-" | "–");
        let follows_year = matches!(before, "and" | "or" | "to")
            && self.found.last().is_some_and(|last| {
                last.date.month.is_none() && self.floor + 1 == at && last.date.year.is_some()
            });
        let is_dated = first != at
            || in_brackets
            || follows_year
            || matches!(
                before,
                "in" | "since"
                    | "of"
                    | "by"
                    | "until"
                    | "till"
                    | "before"
                    | "after"
                    | "from"
                    | "during"
                    | "year"
                    | "between"
                    | "through"
                    | "throughout"
                    | "around"
                    | "circa"
            );
        // Bounds make numbers: "after around 2000 people".
        if !is_dated || is_amount(p, at) {
            return None;
        }
        Some((first, at + 1, mention(PartialDate::of_year(year), true)))
    }

    /// Monday, on Monday, last Monday; with a calendar date behind it, that.
    fn weekday(&self, at: usize) -> Found {
        let p = self.pieces;
        let day = weekday_name(p.low(at))?;
        if !p.is_capital(at) {
            return None;
        }
        let next = match p.low(at + 1) {
            "," | "the" => at + 2,
            _ => at + 1,
        };
        let calendar = match p.sort(next) {
            Some(Sort::Digits { .. }) => self.day_first(next),
            Some(Sort::Word) => self
                .month_first(next)
                .filter(|(_, _, found)| found.date.day.is_some()),
            _ => None,
        };
        if let Some((_, end, found)) = calendar {
            return Some((at, end, found));
        }
        let published = self.published?;
        let before = p.low_before(at, 1);
        let is_name = matches!(
            before,
            "black"
                | "good"
                | "ash"
                | "super"
                | "bloody"
                | "palm"
                | "easter"
                | "cyber"
                | "every"
                | "each"
                | "maundy"
        ) || (p.is_capital(at + 1) && !matches!(p.low(at + 1), "i" | "mr"));
        if is_name || (p.glued_before(at) && !is_opening(p.raw(at - 1))) {
            return None;
        }
        let (first, direction) = match before {
            "last" | "past" => (at - 1, Some(Direction::Before)),
            "next" | "coming" => (at - 1, Some(Direction::After)),
            "this" => (at - 1, None),
            _ => (at, None),
        };
        let own = published.weekday();
        let days = match direction {
            Some(Direction::Before) => -back_to(own, day, 7),
            Some(Direction::After) => back_to(day, own, 7),
            None if self.looks_ahead(at) => back_to(day, own, 0),
            None => -back_to(own, day, 0),
        };
        let date = published.checked_add(days.days()).ok()?;
        Some((first, at + 1, mention(date.into(), false)))
    }

    /// Today, yesterday, this month, last year, next week.
    fn relative(&self, at: usize) -> Found {
        let p = self.pieces;
        let published = self.published?;
        let day = match p.low(at) {
            "today" | "tonight" => 0,
            "yesterday" | "yesterday's" | "yesterday’s" => -1,
            "tomorrow" | "tomorrow's" | "tomorrow’s" => 1,
            "last" | "past" | "previous" => return self.period(at, -1),
            "this" | "current" => return self.period(at, 0),
            "next" | "coming" => return self.period(at, 1),
            _ => return None,
        };
        // "USA Today" is a newspaper.
        if p.is_capital(at) && at > 0 && p.is_capital(at - 1) {
            return None;
        }
        let date = published.checked_add(day.days()).ok()?;
        Some((at, at + 1, mention(date.into(), false)))
    }

    /// The day, week, month or year `step` away from the article's own.
    fn period(&self, at: usize, step: i32) -> Found {
        let p = self.pieces;
        let published = self.published?;
        let unit = p.low(at + 1);
        let unit = unit
            .strip_suffix("'s")
            .or_else(|| unit.strip_suffix("’s"))
            .unwrap_or(unit);
        // "the previous year" is counted from what was told before, not from the article.
        if p.low(at) == "previous" {
            return None;
        }
        let mut found = match unit {
            "week" => {
                let monday = published
                    .checked_sub(back_to(published.weekday(), Weekday::Monday, 0).days())
                    .ok()?;
                let middle = monday.checked_add((step * 7 + 3).days()).ok()?;
                DateMention {
                    slack_days: 3,
                    ..mention(middle.into(), false)
                }
            }
            "month" => mention(month_away(published, step)?, false),
            "year" => mention(
                PartialDate::of_year(published.year().checked_add(i16::try_from(step).ok()?)?),
                false,
            ),
            "night" | "evening" | "morning" | "afternoon" => {
                // "last night" is yesterday, "this morning" today; "next morning" is told of another day.
                if step > 0 {
                    return None;
                }
                mention(published.checked_add(step.days()).ok()?.into(), false)
            }
            _ => return None,
        };
        let part = self.part_before(at);
        found.part = part.map(|(_, part)| part);
        Some((part.map_or(at, |(first, _)| first), at + 2, found))
    }

    /// Two years ago, a week ago.
    fn ago(&self, at: usize) -> Found {
        let p = self.pieces;
        let published = self.published?;
        let count = match p.low(at) {
            "a" | "an" | "one" => 1,
            low => match p.small(at, 3) {
                Some(count) if !p.glued_before(at) || is_opening(p.raw(at - 1)) => i32::from(count),
                _ => small_word(low)?,
            },
        };
        if p.low(at + 2) != "ago" {
            return None;
        }
        let found = match p.low(at + 1) {
            "day" | "days" => mention(published.checked_sub(count.days()).ok()?.into(), false),
            "week" | "weeks" => DateMention {
                slack_days: 3,
                ..mention(published.checked_sub(count.weeks()).ok()?.into(), false)
            },
            "month" | "months" => mention(month_away(published, -count)?, false),
            "year" | "years" => mention(
                PartialDate::of_year(published.year().checked_sub(i16::try_from(count).ok()?)?),
                false,
            ),
            "decade" | "decades" => DateMention {
                // "A decade ago" is seldom the very year.
                slack_days: 366,
                ..mention(
                    PartialDate::of_year(
                        published
                            .year()
                            .checked_sub(i16::try_from(count * 10).ok()?)?,
                    ),
                    false,
                )
            },
            _ => return None,
        };
        Some((at, at + 3, found))
    }

    /// "early", "mid-", "the end of" before a piece: where it starts and what it means.
    fn part_before(&self, at: usize) -> Option<(usize, Part)> {
        let p = self.pieces;
        let free = |back: usize| at.checked_sub(back).filter(|&first| first >= self.floor);
        if at > 0 && p.is_hyphen(at - 1) && p.glued(at - 1) {
            let part = part_word(p.low_before(at, 2))?;
            return Some((free(2)?, part));
        }
        if let Some(part) = part_word(p.low_before(at, 1)) {
            return Some((free(1)?, part));
        }
        if p.low_before(at, 1) == "of" {
            let part = match p.low_before(at, 2) {
                "start" | "beginning" => Part::Early,
                "middle" => Part::Mid,
                "end" => Part::Late,
                _ => return None,
            };
            return Some((free(2)?, part));
        }
        None
    }

    /// The year at a piece, when it is a plain number between 1000 and 2100.
    fn year_at(&self, at: usize) -> Option<i16> {
        let p = self.pieces;
        if p.raw(at).len() != 4 {
            return None;
        }
        plausible(p.small(at, 4)?)
    }

    /// Whether letters or more digits are glued behind a piece.
    fn runs_on(&self, at: usize) -> bool {
        let p = self.pieces;
        p.glued(at)
            && (p.is_word(at + 1)
                || (p.glued(at + 1)
                    && (p.is_hyphen(at + 1) || matches!(p.raw(at + 1), "/" | "." | "_" | "%"))
                    && (p.is_digits(at + 2) || p.sort(at + 2) == Some(Sort::Dotted))))
    }

    /// Gives a year to a date without one.
    fn resolve(&self, at: usize, date: PartialDate) -> Option<PartialDate> {
        let (None, Some(month), Some(published)) = (date.year, date.month, self.published) else {
            return Some(date);
        };
        let year = published.year();
        let place = |year: i16| PartialDate {
            year: Some(year),
            ..date
        };
        if self.yearless == Yearless::Nearest && !self.looks_ahead(at) {
            let days_away = |date: &PartialDate| {
                let (first, last) = date.range()?;
                let days = |day: Date| Some(day.since(published).ok()?.get_days());
                // A month that has begun is not away at all.
                Some(days(first)?.max(-BEHIND * days(last)?))
            };
            let around = [0, 1, -1]
                .into_iter()
                .filter_map(|step| year.checked_add(step))
                .map(place);
            let known = around.filter_map(|date| Some((days_away(&date)?, date)));
            return known.min_by_key(|(days, _)| *days).map(|(_, date)| date);
        }
        let ahead = self.looks_ahead(at) || self.is_nearer_ahead(at, date, published);
        let Some(_) = date.day else {
            let own = published.month().unsigned_abs();
            let year = match ahead {
                true if month < own => year.checked_add(1)?,
                false if month > own => year.checked_sub(1)?,
                _ => year,
            };
            return Some(place(year));
        };
        // 29 February may need up to eight years; others are found at once.
        let years = (0..=8).map(|step| {
            if ahead {
                year.saturating_add(step)
            } else {
                year.saturating_add(1 - step)
            }
        });
        let limit = published.checked_add(DAYS_AHEAD.days()).ok()?;
        years.map(place).find(|date| {
            date.range().is_some_and(|(day, _)| {
                if ahead {
                    day >= published
                } else {
                    day <= limit
                }
            })
        })
    }

    /// Whether the words around a date speak of what is to come.
    fn looks_ahead(&self, at: usize) -> bool {
        let p = self.pieces;
        for back in 1..=REACH_OF_WILL {
            let next = p.low_before(at, back - 1);
            match p.low_before(at, back) {
                "will" | "shall" | "scheduled" | "due" | "upcoming" | "won't" | "won’t" => {
                    return true;
                }
                // "Would open in June", but "would have opened".
                "would" | "should" | "must" | "can" if next != "have" => return true,
                "plan" | "plans" | "planned" | "intends" | "expected" | "set" | "is" | "are"
                    if next == "to" =>
                {
                    return true;
                }
                // "Set for June 9"
                "set" | "planned" | "fixed" if next == "for" => return true,
                // "Moved to June 9"
                "deferred" | "delayed" | "moved" | "postponed" | "pushed" | "rescheduled"
                    if matches!(p.low_before(at, 1), "to" | "until") =>
                {
                    return true;
                }
                "put" if next == "off" && matches!(p.low_before(at, 1), "to" | "until") => {
                    return true;
                }
                "" => break,
                ";" | "said" | "was" | "were" | "had" | "has" => return false,
                _ => {}
            }
        }
        // "From June 30 it will be closed"
        self.is_fronted(at)
            && (at..at + REACH_OF_WILL)
                .take_while(|&ahead| !ends_clause(p.low(ahead)))
                .any(|ahead| matches!(p.low(ahead), "will" | "shall" | "won't" | "won’t"))
    }

    /// Whether a date stands at the head of its clause: "on May 3 the lights go out", "... and from May 3 ...".
    fn is_fronted(&self, at: usize) -> bool {
        let p = self.pieces;
        (1..=FRONT).any(|back| {
            let low = p.low_before(at, back);
            matches!(low, "" | "," | ";" | ":" | "—" | "and" | "but")
        })
    }

    /// Whether a date without a year lies nearer ahead than behind, where no verb near it tells of what is past: newspapers give the
    /// year of what is more than half a year away.
    fn is_nearer_ahead(&self, at: usize, date: PartialDate, published: Date) -> bool {
        let p = self.pieces;
        let is_past = |at: usize| is_past(p.low(at)) && !p.is_capital(at);
        let heads_clause = self.is_fronted(at)
            && matches!(p.low_before(at, 1), "by" | "from" | "in" | "on" | "until")
            && (1..=CLAUSE).all(|ahead| !ends_clause(p.low(at + ahead)));
        if !heads_clause || (at.saturating_sub(REACH_OF_WILL)..at + REACH_OF_WILL).any(is_past) {
            return false;
        }
        let away = |year: i16| {
            let date = PartialDate {
                year: Some(year),
                ..date
            };
            let (first, _) = date.range()?;
            Some(first.since(published).ok()?.get_days())
        };
        let days = |step: i16| away(published.year().checked_add(step)?);
        let all = || [-1, 0, 1].into_iter().filter_map(days);
        let ahead = all().filter(|days| *days > DAYS_AHEAD).min();
        let behind = all().filter(|days| *days <= DAYS_AHEAD).max();
        match (ahead, behind) {
            (Some(ahead), Some(behind)) => ahead < -behind,
            _ => false,
        }
    }
}

/// Which way from the article's own day.
#[derive(Clone, Copy)]
enum Direction {
    Before,
    After,
}

impl Direction {
    /// The year of the nearest such month, not counting the article's own.
    fn year(self, published: Date, month: u8) -> i16 {
        let own = published.month().unsigned_abs();
        match self {
            Direction::Before if month >= own => published.year().saturating_sub(1),
            Direction::After if month <= own => published.year().saturating_add(1),
            _ => published.year(),
        }
    }
}

/// Days from `from` back to `to`; `same` when they are one.
fn back_to(from: Weekday, to: Weekday, same: i32) -> i32 {
    match i32::from(to.until(from)) {
        0 => same,
        days => days,
    }
}

/// The month `step` months away.
fn month_away(published: Date, step: i32) -> Option<PartialDate> {
    let date = published.first_of_month().checked_add(step.months()).ok()?;
    Some(PartialDate::of_month(
        date.year(),
        date.month().unsigned_abs(),
    ))
}

/// Years that news speak of.
fn plausible(year: u16) -> Option<i16> {
    i16::try_from(year)
        .ok()
        .filter(|year| (1000..=2100).contains(year))
}

fn two_digits(pieces: &Pieces<'_>, at: usize) -> Option<u8> {
    (pieces.raw(at).len() == 2)
        .then(|| pieces.small(at, 2))
        .flatten()
        .and_then(|value| u8::try_from(value).ok())
}

/// A date that exists in its year, or in a leap year when that is unknown.
fn day_of(year: Option<i16>, month: u16, day: u16) -> Option<PartialDate> {
    let date = PartialDate {
        year: Some(year.unwrap_or(2000)),
        month: u8::try_from(month).ok(),
        day: u8::try_from(day).ok(),
    };
    date.month?;
    date.day?;
    date.range()?;
    Some(PartialDate { year, ..date })
}

fn valid(date: PartialDate) -> Option<PartialDate> {
    date.range().map(|_| date)
}

fn is_opening(raw: &str) -> bool {
    matches!(
        raw,
        "(" | "[" | "\"" | "'" | "“" | "‘" | "—" | "," | ";" | ":"
    )
}

fn is_ordinal_suffix(pieces: &Pieces<'_>, at: usize) -> bool {
    pieces.glued_before(at) && matches!(pieces.low(at), "st" | "nd" | "rd" | "th")
}

/// Whether the four digits at a piece count something: "in 2000 homes".
fn is_amount(pieces: &Pieces<'_>, at: usize) -> bool {
    matches!(pieces.raw(at + 1), "%" | "€" | "°")
        || matches!(
            pieces.low(at + 1),
            "percent" | "per" | "dollars" | "euros" | "pounds" | "million" | "billion"
        )
        || noun::is_counted(pieces, at + 1)
}

fn part_word(low: &str) -> Option<Part> {
    Some(match low {
        "early" => Part::Early,
        "mid" => Part::Mid,
        "late" => Part::Late,
        _ => return None,
    })
}

fn ends_clause(low: &str) -> bool {
    matches!(
        low,
        "" | ";" | "and" | "but" | "who" | "which" | "that" | "when" | "where"
    )
}

/// Whether a word is, by its ending or by itself, most likely a verb that tells of what is past.
fn is_past(low: &str) -> bool {
    low.len() > 4 && low.ends_with("ed")
        || matches!(
            low,
            "was"
                | "were"
                | "had"
                | "has"
                | "have"
                | "did"
                | "became"
                | "began"
                | "broke"
                | "brought"
                | "built"
                | "came"
                | "died"
                | "fell"
                | "found"
                | "gave"
                | "held"
                | "hit"
                | "left"
                | "lost"
                | "made"
                | "met"
                | "said"
                | "sank"
                | "saw"
                | "sent"
                | "shot"
                | "sold"
                | "spoke"
                | "stole"
                | "took"
                | "told"
                | "went"
                | "won"
                | "wrote"
        )
}

fn small_word(low: &str) -> Option<i32> {
    const WORDS: [&str; 12] = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    let at = WORDS.iter().position(|&word| word == low)?;
    i32::try_from(at).ok().map(|at| at + 1)
}

/// The month named at a piece, and the piece after the name with its full stop.
fn month_name(pieces: &Pieces<'_>, at: usize) -> Option<(u8, usize)> {
    let low = pieces.low(at);
    let low = low
        .strip_suffix("'s")
        .or_else(|| low.strip_suffix("’s"))
        .unwrap_or(low);
    let (month, is_short) = match low {
        "january" => (1, false),
        "february" => (2, false),
        "march" => (3, false),
        "april" => (4, false),
        "may" => (5, false),
        "june" => (6, false),
        "july" => (7, false),
        "august" => (8, false),
        "september" => (9, false),
        "october" => (10, false),
        "november" => (11, false),
        "december" => (12, false),
        "jan" => (1, true),
        "feb" => (2, true),
        "mar" => (3, true),
        "apr" => (4, true),
        "jun" => (6, true),
        "jul" => (7, true),
        "aug" => (8, true),
        "sep" | "sept" => (9, true),
        "oct" => (10, true),
        "nov" => (11, true),
        "dec" => (12, true),
        _ => return None,
    };
    let dot = is_short && pieces.raw(at + 1) == "." && pieces.glued(at);
    Some((month, at + 1 + usize::from(dot)))
}

fn weekday_name(low: &str) -> Option<Weekday> {
    let low = low
        .strip_suffix("'s")
        .or_else(|| low.strip_suffix("’s"))
        .unwrap_or(low);
    Some(match low {
        "monday" => Weekday::Monday,
        "tuesday" => Weekday::Tuesday,
        "wednesday" => Weekday::Wednesday,
        "thursday" => Weekday::Thursday,
        "friday" => Weekday::Friday,
        "saturday" => Weekday::Saturday,
        "sunday" => Weekday::Sunday,
        _ => return None,
    })
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
