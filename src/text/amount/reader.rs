//! Reads the amounts of a sentence from left to right: number, unit, range, then the words around.

use super::bound::{self, Bound};
use super::numeral::{self, Form, Numeral};
use super::unit::{self, Dimension, Unit};
use super::{Amount, Kind, currency};
use crate::text::calendar::is_day_or_month;
use crate::text::date;
use crate::text::noun;
use crate::text::piece::{Pieces, Sort};

/// From this on "number 2,650" is no name: "layoffs now number 2,650".
const NUMBERED: f64 = 1000.0;
/// How far before a number "compared with" may stand, in pieces: "compared with the same month's total of 20".
const REACH_OF_COMPARISON: usize = 7;

/// How far before "from 20" a verb of change may stand, in pieces: "fell to $93bn (£62bn) last year from $107bn" needs eleven.
const REACH_OF_CHANGE: usize = 12;

/// How far before "2-3" a word of games or votes may stand, in pieces.
const REACH_OF_GAME: usize = 6;

/// How many pieces of a name without spaces are looked at to each side; longer runs are addresses or rubbish.
const LONGEST_NAME: usize = 40;

/// Oldest age that ", 110," is read as.
pub const OLDEST: f64 = 120.0;

pub(super) fn read(sentence: &str) -> Vec<Amount> {
    let pieces = Pieces::cut(sentence);
    let dates = date::calendar_spans(&pieces);
    let mut reader = Reader {
        p: &pieces,
        dates,
        next_date: 0,
        floor: 0,
        found: Vec::new(),
        change_to: None,
    };
    let mut at = 0;
    while at < pieces.len() {
        match reader.amount(at) {
            Some((amount, end)) => {
                reader.found.push(amount);
                reader.floor = end;
                at = end;
            }
            None => at += 1,
        }
    }
    reader.found
}

/// A number with its sign, currency and unit.
#[derive(Clone, Copy)]
struct Part {
    numeral: Numeral,
    /// First piece, with the currency sign.
    first: usize,
    /// Piece after the last.
    end: usize,
    value: f64,
    kind: Kind,
    unit: Option<Unit>,
    /// 0.01 for cents.
    money_scale: f64,
}

impl Part {
    /// Whether nothing but a cardinal number is there.
    fn is_bare(&self) -> bool {
        self.kind == Kind::Plain && self.numeral.form == Form::Cardinal
    }
}

struct Reader<'a> {
    p: &'a Pieces<'a>,
    /// Calendar dates, which hold days and years.
    dates: Vec<crate::source::Span>,
    next_date: usize,
    /// First piece that no amount has taken yet.
    floor: usize,
    found: Vec<Amount>,
    /// Piece of the second number of "rose from 20 to 30".
    change_to: Option<usize>,
}

impl Reader<'_> {
    /// The amount whose number starts at a piece, and the piece after it.
    fn amount(&mut self, at: usize) -> Option<(Amount, usize)> {
        let p = self.p;
        match p.sort(at)? {
            Sort::Mark => return None,
            Sort::Dotted => {
                let kind = if self.in_date(at) {
                    Kind::Date
                } else {
                    Kind::Designation
                };
                let (first, end) = self.glued_run(at, at + 1);
                return Some((self.name(first, end, at, 0.0, kind), end));
            }
            _ => {}
        }
        if self.in_date(at) && p.is_digits(at) {
            return Some(self.date(at));
        }
        if let Some(time) = self.time(at) {
            return Some(time);
        }
        let part = self.part(at)?;
        if let Some(name) = self.designation(&part) {
            return Some(name);
        }
        if let Some(ratio) = self.ratio(&part) {
            return Some(ratio);
        }
        let (mut amount, end, last) = self.join(&part);
        self.classify(&mut amount, &part, &last, end);
        Some(self.dress(amount, &part, end))
    }

    /// Whether the piece lies in a calendar date. Pieces must be asked in ascending order.
    fn in_date(&mut self, at: usize) -> bool {
        let Some(piece) = self.p.get(at) else {
            return false;
        };
        while self
            .dates
            .get(self.next_date)
            .is_some_and(|span| span.end <= piece.start)
        {
            self.next_date += 1;
        }
        self.dates
            .get(self.next_date)
            .is_some_and(|span| span.start <= piece.start && piece.end <= span.end)
    }

    /// A day, a year, or a date all in digits.
    fn date(&mut self, at: usize) -> (Amount, usize) {
        let p = self.p;
        let value = p.number(at).unwrap_or_default();
        let mut end = at + 1;
        // 2020-12-14, 14/12/2020, 14-16 December.
        while (p.is_hyphen(end) || p.raw(end) == "/")
            && p.glued_before(end)
            && p.glued(end)
            && p.is_digits(end + 1)
            && self.in_date(end + 1)
        {
            end += 2;
        }
        let is_year = end == at + 1 && p.raw(at).len() == 4;
        if p.glued(end - 1) && matches!(p.low(end), "st" | "nd" | "rd" | "th") {
            end += 1;
        }
        let kind = if is_year { Kind::Year } else { Kind::Date };
        let mut amount = self.name(at, end, at, value, kind);
        if is_year {
            self.stretch_year(&mut amount, at, &mut end);
        }
        (amount, end)
    }

    /// `2014-16` and `2014-2016`: the interval holds the years between.
    fn stretch_year(&self, amount: &mut Amount, at: usize, end: &mut usize) {
        let p = self.p;
        if !(p.joins(at + 1) && p.is_digits(at + 2) && !p.glued(at + 2)) {
            return;
        }
        let last = match (p.raw(at + 2).len(), p.small(at + 2, 4)) {
            (4, Some(year)) => f64::from(year),
            (2, Some(year)) => (amount.value / 100.0).floor() * 100.0 + f64::from(year),
            _ => return,
        };
        if last > amount.value && last <= 2100.0 {
            amount.high = last;
            amount.span = p.span(at, at + 3);
            *end = at + 3;
        }
    }

    /// 9:30, 3 p.m., 9.30am, 10 o'clock.
    fn time(&self, at: usize) -> Option<(Amount, usize)> {
        let p = self.p;
        if p.glued_before(at) && !is_break(p.raw(at - 1)) {
            return None;
        }
        let is_clock = |at: usize| p.raw(at) == ":" && p.glued(at) && p.glued_before(at);
        let (hour, minute, mut end, colon) = match p.sort(at)? {
            Sort::Digits { plain: true } if is_clock(at + 1) && p.raw(at + 2).len() == 2 => {
                (p.small(at, 2)?, p.small(at + 2, 2)?, at + 3, true)
            }
            Sort::Digits { plain: true } => (p.small(at, 2)?, 0, at + 1, false),
            Sort::Digits { plain: false } => {
                let (hour, minute) = p.raw(at).split_once('.')?;
                if minute.len() != 2 || hour.len() > 2 {
                    return None;
                }
                (hour.parse().ok()?, minute.parse().ok()?, at + 1, false)
            }
            Sort::Word => {
                // "Ten o'clock", "seven p.m."
                let numeral =
                    numeral::read(p, at, false).filter(|numeral| numeral.end == at + 1)?;
                if !(1.0..=12.0).contains(&numeral.value) || numeral.form != Form::Cardinal {
                    return None;
                }
                (
                    (1..=12u16).find(|&hour| f64::from(hour) == numeral.value)?,
                    0,
                    at + 1,
                    false,
                )
            }
            _ => return None,
        };
        let mut seconds = 0;
        if colon && is_clock(end) && p.raw(end + 1).len() == 2 {
            seconds = p.small(end + 1, 2)?;
            end += 2;
        }
        let number_end = end;
        let hour = match p.low(end) {
            "a.m." | "a.m" | "am" if p.raw(end) != "Am" => {
                end += 1;
                if hour == 12 { 0 } else { hour }
            }
            "p.m." | "p.m" | "pm" if p.raw(end) != "Pm" => {
                end += 1;
                if hour < 12 { hour + 12 } else { hour }
            }
            "o'clock" | "o’clock" => {
                end += 1;
                hour
            }
            _ if colon => hour,
            _ => return None,
        };
        if hour > 24 || minute > 59 || seconds > 59 {
            return None;
        }
        let value = f64::from(hour) + f64::from(minute) / 60.0 + f64::from(seconds) / 3600.0;
        let mut amount = self.name(at, end, at, value, Kind::Time);
        amount.number_span = p.span(at, number_end);
        Some((amount, end))
    }

    /// The number at a piece with its sign, currency and unit.
    fn part(&self, at: usize) -> Option<Part> {
        let p = self.p;
        let before = match p.sort(at)? {
            Sort::Digits { .. } | Sort::Vulgar => {
                currency::before(p, at).filter(|money| money.edge >= self.floor)
            }
            _ => None,
        };
        let numeral =
            numeral::compound_ordinal(p, at).or_else(|| numeral::read(p, at, before.is_some()))?;
        let mut part = Part {
            numeral,
            first: before.as_ref().map_or(at, |money| money.edge),
            end: numeral.end,
            value: numeral.value,
            kind: match numeral.form {
                Form::Cardinal => Kind::Plain,
                Form::Ordinal => Kind::Ordinal,
                Form::Fraction => Kind::Fraction,
                Form::Decade | Form::Tens => Kind::Decade,
                Form::Name => Kind::Designation,
            },
            unit: None,
            money_scale: 1.0,
        };
        // Minus.
        if let Some(sign) = part.first.checked_sub(1).filter(|&sign| sign >= self.floor)
            && ((p.is_hyphen(sign)
                && p.raw(sign) != "–"
                && p.glued(sign)
                && (sign == 0 || !p.glued_before(sign) || is_break(p.raw(sign - 1)))
                && numeral.digits)
                || p.low(sign) == "minus")
            && !numeral.vague
        {
            part.first = sign;
            part.value = -part.value;
        }
        if let Some(money) = before {
            part.kind = Kind::Currency(money.code);
            // "$5 million dollars", "C$15 CAD".
            if let Some(after) = currency::after(p, numeral.end, true)
                && matches!(
                    p.low(numeral.end),
                    "dollars" | "usd" | "euros" | "pounds" | "cad" | "aud"
                )
            {
                part.end = after.edge;
            }
            return Some(part);
        }
        if !matches!(numeral.form, Form::Cardinal | Form::Fraction) {
            return Some(part);
        }
        let at = if p.joins(numeral.end) {
            numeral.end + 1
        } else {
            numeral.end
        };
        if let Some(end) = percent(p, at) {
            part.kind = Kind::Percent;
            part.end = end;
        } else if let Some(money) = currency::after(p, at, numeral.scale >= 1e6) {
            part.kind = Kind::Currency(money.code);
            part.money_scale = money.scale;
            part.end = money.edge;
        } else if let Some((unit, end)) = unit::read(p, at, numeral.digits) {
            part.kind = kind_of(unit);
            part.unit = Some(unit);
            part.end = end;
        } else if numeral.digits
            && p.raw(at) == "'"
            && p.glued(at)
            && p.is_digits(at + 1)
            && p.raw(at + 2) == "\""
        {
            // 6'2"
            let inches = p.number(at + 1).unwrap_or_default();
            part.kind = Kind::Measure;
            part.unit = Some(Unit::Foot);
            part.value += inches * Unit::Inch.share_of(Unit::Foot);
            part.end = at + 3;
        }
        Some(part)
    }

    /// Adds the inches to the feet: "6 feet 2 inches", "two years and three months".
    fn add_smaller(&self, part: &mut Part) {
        let p = self.p;
        let Some(larger) = part.unit else { return };
        let at = match p.low(part.end) {
            "and" if p.low_before(part.first, 1) != "between" => part.end + 1,
            "," => part.end + 1,
            _ => part.end,
        };
        let is_number = p.is_digits(at) || p.is_word(at);
        if let Some(smaller) = is_number.then(|| self.part(at)).flatten()
            && smaller.first == at
            && let Some(unit) = smaller.unit
            && larger.is_followed_by(unit)
        {
            part.value += smaller.value * unit.share_of(larger);
            part.end = smaller.end;
        }
    }

    /// S-400, Boeing 737, No. 5, 5G.
    fn designation(&self, part: &Part) -> Option<(Amount, usize)> {
        let p = self.p;
        let numeral = &part.numeral;
        let name = |first: usize, end: usize| {
            Some((
                self.name(first, end, numeral.first, numeral.value, Kind::Designation),
                end,
            ))
        };
        let (left, right) = self.glued_run(numeral.first, part.end);
        if numeral.form == Form::Name {
            return name(left, right);
        }
        // Glued to something on the left that is neither a bracket nor a currency.
        if part.first == numeral.first && left < numeral.first {
            let is_prefix = p.is_hyphen(numeral.first - 1)
                && matches!(
                    p.low_before(numeral.first, 2),
                    "mid" | "pre" | "post" | "early" | "late" | "under" | "over" | "sub"
                );
            if !is_prefix {
                return name(left, right);
            }
        }
        // Glued to letters on the right that say nothing: 5G, 737s, 3-D.
        if numeral.digits && p.glued(part.end - 1) {
            let next = part.end;
            let is_code = p.is_word(next) || matches!(p.raw(next), "_" | "@" | "=");
            // "747-8", "555-1234" and longer chains; a range or a result otherwise.
            let is_hyphened = p.joins(next)
                && part.is_bare()
                && (p.is_capital(next + 1) && p.raw(next + 1).len() <= 3
                    || p.raw(next + 1).len() == 1 && p.is_word(next + 1)
                    || p.is_digits(next + 1)
                        && (p.joins(next + 2) && p.is_digits(next + 3)
                            || p.raw(next + 1).len() > numeral.plain + 2 && numeral.plain > 0
                            || numeral.plain == 3 && p.raw(next + 1).len() == 4
                            || p.glued(next + 1)
                                && p.is_word(next + 2)
                                && !is_known_suffix(p, next + 2)));
            if (is_code && part.end == numeral.end && !is_known_suffix(p, next)) || is_hyphened {
                return name(left, self.glued_run(numeral.first, part.end + 1).1);
            }
        }
        // A naming word before a number in digits, or a word for "number five".
        if part.kind != Kind::Plain || numeral.vague || part.first != numeral.first {
            return None;
        }
        let (before, dot) = match p.low_before(numeral.first, 1) {
            "." => (numeral.first.checked_sub(2)?, true),
            "#" => return name(numeral.first - 1, numeral.end),
            _ => (numeral.first.checked_sub(1)?, false),
        };
        if before < self.floor || !p.is_word(before) {
            return None;
        }
        let low = p.low(before);
        let is_small_word = !numeral.digits && numeral.value > 20.0;
        if dot {
            let is_short = matches!(
                low,
                "no" | "nos" | "art" | "sec" | "ch" | "fig" | "vol" | "pp"
            );
            return (is_short && p.glued(before) && numeral.digits)
                .then(|| name(before, numeral.end))?;
        }
        if names_in_capitals(p.raw(before))
            || (names_in_any_case(low)
                && !is_small_word
                && (p.is_capital(before) || !noun::is_counted(p, numeral.end))
                && !(low == "number"
                    && (numeral.one || numeral.value >= NUMBERED && !p.is_capital(before))))
        {
            return name(before, numeral.end);
        }
        // Any capitalised word that does not open the sentence: "Channel Fox 5", "Ward 3".
        let counts = noun::is_counted(p, numeral.end)
            || noun::is_counted(p, numeral.end + 1)
            || matches!(
                p.low(numeral.end),
                "were"
                    | "are"
                    | "have"
                    | "had"
                    | "of"
                    | "or"
                    | "more"
                    | "others"
                    | "other"
                    | "people"
                    | "to"
                    | "dead"
                    | "times"
            );
        let is_name = numeral.digits
            && numeral.plain > 0
            && numeral.plain <= 4
            && !is_year(numeral)
            && p.is_capital(before)
            && before > 0
            && !matches!(p.raw(before - 1), "." | ":" | "“" | "\"" | "?" | "!")
            && !noun::is_stop(low)
            && !is_calendar_word(low)
            && !counts
            && !p.joins(numeral.end);
        is_name.then(|| name(before, numeral.end))?
    }

    /// One in four, 2:1.
    fn ratio(&self, part: &Part) -> Option<(Amount, usize)> {
        let p = self.p;
        if !part.is_bare() || part.numeral.vague {
            return None;
        }
        let at = part.end;
        let ratio = |value: f64, end: usize| {
            let mut amount = self.name(part.first, end, part.numeral.first, value, Kind::Ratio);
            amount.number_span = amount.span;
            let (amount, end) = self.with_noun(amount, end);
            Some((amount, end))
        };
        if p.raw(at) == ":" && p.glued(at) && p.glued_before(at) && p.raw(at + 1).len() <= 2 {
            let below = p.number(at + 1).filter(|&below| below > 0.0)?;
            return ratio(part.value / below, at + 2);
        }
        let next = if p.joins(at) && p.low(at + 1) == "in" && p.joins(at + 2) {
            at + 3
        } else if p.low(at) == "in" {
            at + 1
        } else {
            return None;
        };
        let whole = self.part(next)?;
        let is_share = part.value >= 1.0
            && part.value < 10.0
            && part.value < whole.value
            && whole.is_bare()
            && !whole.numeral.vague
            && whole.first == next
            && !is_year(&whole.numeral);
        is_share.then(|| ratio(part.value / whole.value, whole.end))?
    }

    /// Joins the two numbers of a range or a result. Gives the amount, the piece after it, and its last part.
    fn join(&mut self, part: &Part) -> (Amount, usize, Part) {
        let p = self.p;
        let mut first = *part;
        self.add_smaller(&mut first);
        let mut amount = self.stated(&first);
        let at = first.end;
        let before = p.low_before(first.first, 1);
        let joined = p.is_hyphen(at) && (p.glued(at) == p.glued_before(at));
        let word = p.low(at);
        if !(joined || matches!(word, "to" | "or" | "and"))
            || matches!(
                first.kind,
                Kind::Ordinal | Kind::Decade | Kind::Fraction | Kind::Designation
            )
            || first.numeral.vague
        {
            return (amount, at, first);
        }
        // The sign of "$20-$30" belongs to the second number.
        let Some(mut last) = (at + 1..=at + 3)
            .find(|&next| p.is_digits(next) || (p.is_word(next) && currency_like(p, at + 1, next)))
            .filter(|&next| next == at + 1 || currency_like(p, at + 1, next))
            .and_then(|next| self.part(next))
            .filter(|last| last.first == at + 1)
        else {
            return (amount, at, first);
        };
        if !matches!(last.numeral.form, Form::Cardinal) || last.numeral.vague || last.numeral.one {
            return (amount, at, first);
        }
        self.add_smaller(&mut last);
        let same_kind = first.kind == last.kind
            || (first.kind == Kind::Plain && first.numeral.form == Form::Cardinal)
            || (last.kind == Kind::Plain
                && !matches!(first.kind, Kind::Percent)
                && first.unit.is_none());
        let same_dimension = match (first.unit, last.unit) {
            (Some(a), Some(b)) => a == b,
            (Some(_), None) => false,
            _ => true,
        };
        if !same_kind || !same_dimension {
            return (amount, at, first);
        }
        let is_small =
            |part: &Part| part.is_bare() && part.numeral.plain > 0 && part.numeral.plain <= 3;
        // 3-1, "lost 5 to 3", and "2-3" in a game.
        if (joined || word == "to")
            && is_small(&first)
            && is_small(&last)
            && first.first == first.numeral.first
            && (first.value >= last.value || self.in_game(first.first))
            && before != "from"
            && !noun::is_counted(p, last.end)
        {
            amount.kind = Kind::Score;
            amount.span = p.span(first.first, last.end);
            return (amount, last.end, last);
        }
        // "2 to 3 million" are millions both; "900 to 1.2 million" are not.
        let mut low = first.value;
        if first.numeral.scale == 1.0
            && last.numeral.scale >= 1e3
            && first.value < last.value / last.numeral.scale
        {
            low *= last.numeral.scale;
        }
        let high = last.value;
        let is_range = match word {
            "and" => before == "between",
            "or" => !first.numeral.one || !last.numeral.digits,
            "to" if before == "from" && self.follows_change(first.first - 1) => false,
            // "Rose by two to 14", "cut by 10 million euros to 80 million euros", but "rose by 5 to 10 per cent".
            "to" if before == "by" => {
                let level = matches!(p.raw(last.end), "," | "." | ";" | "");
                first.kind == Kind::Plain && !(level && last.kind == Kind::Plain)
            }
            _ => true,
        };
        if !is_range || high <= low || (first.numeral.one && word == "to") {
            if word == "to" && before == "from" {
                self.change_to = Some(last.first);
            }
            return (amount, at, first);
        }
        // Two years are a span of time, not a range of counts; "2014 to 2016" stay two amounts.
        if is_year(&first.numeral)
            && is_year(&last.numeral)
            && first.is_bare()
            && last.is_bare()
            && !joined
        {
            return (amount, at, first);
        }
        if last.kind != Kind::Plain || first.kind == Kind::Plain {
            amount.kind = last.kind;
            amount.unit = last.unit;
        }
        if matches!(first.kind, Kind::Currency(_)) {
            amount.kind = first.kind;
        }
        amount.value = low;
        amount.low = low;
        amount.high = high;
        amount.one = false;
        amount.span = p.span(first.first, last.end);
        let scale = last.money_scale.min(first.money_scale);
        amount.base_value = base_value(amount.kind, amount.unit, low, scale);
        (amount, last.end, last)
    }

    /// Whether words of games or votes stand before a piece.
    fn in_game(&self, at: usize) -> bool {
        (1..=REACH_OF_GAME).any(|back| {
            matches!(
                self.p.low_before(at, back),
                "won"
                    | "win"
                    | "wins"
                    | "beat"
                    | "beats"
                    | "lost"
                    | "lose"
                    | "loss"
                    | "defeat"
                    | "defeated"
                    | "victory"
                    | "draw"
                    | "drew"
                    | "score"
                    | "scored"
                    | "vote"
                    | "voted"
                    | "led"
                    | "lead"
                    | "trailed"
                    | "trailing"
                    | "leading"
                    | "match"
                    | "game"
                    | "tied"
                    | "ruled"
            )
        })
    }

    /// Whether a verb of change stands before "from".
    fn follows_change(&self, from: usize) -> bool {
        (1..=REACH_OF_CHANGE).any(|back| {
            let low = self.p.low_before(from, back);
            matches!(
                low,
                "rose"
                    | "rise"
                    | "rises"
                    | "risen"
                    | "rising"
                    | "fell"
                    | "fall"
                    | "falls"
                    | "fallen"
                    | "falling"
                    | "grew"
                    | "grow"
                    | "grown"
                    | "growing"
                    | "cut"
                    | "went"
                    | "gone"
                    | "up"
                    | "down"
                    | "shrank"
                    | "shrunk"
                    | "climb"
                    | "drop"
                    | "change"
                    | "growth"
            ) || [
                "correct", "extend", "lengthen", "shorten", "increas", "decreas", "rais", "dropp",
                "climb", "reduc", "lower", "chang", "jump", "declin", "slid", "soar", "plung",
                "doubl", "tripl", "surg", "tumbl", "revis", "expand", "boost", "upgrad", "widen",
                "narrow", "slash", "mov",
            ]
            .iter()
            .any(|stem| low.starts_with(stem))
        })
    }

    /// Years and ages are told by their surroundings.
    fn classify(&self, amount: &mut Amount, part: &Part, last: &Part, end: usize) {
        let p = self.p;
        let first = part.first;
        let before = p.low_before(first, 1);
        if part.numeral.form == Form::Decade {
            amount.high = amount.value + 9.0;
            return;
        }
        if part.numeral.form == Form::Tens {
            amount.high = amount.value + 9.0;
            let is_age = matches!(before, "his" | "her" | "their" | "my" | "our" | "your")
                || matches!(before, "early" | "mid" | "late")
                    && matches!(p.low_before(first, 2), "his" | "her" | "their" | "my")
                || p.is_hyphen(first.wrapping_sub(1))
                    && matches!(p.low_before(first, 3), "his" | "her" | "their" | "my");
            if is_age {
                amount.kind = Kind::Age;
                amount.unit = Some(Unit::Year);
            }
            return;
        }
        let set_age = |amount: &mut Amount, unit: Unit| {
            amount.kind = Kind::Age;
            amount.unit = Some(unit);
            amount.base_value = Some(unit.to_base(amount.value));
        };
        // 25-year-old, 25 years old, three months of age.
        if amount.kind == Kind::Duration
            && let Some(unit) = amount.unit
        {
            let next = if p.joins(end) { end + 1 } else { end };
            if matches!(p.low(next), "old" | "olds") {
                amount.span = p.span(first, next + 1);
                set_age(amount, unit);
            } else if p.reads(end, &["of", "age"]) {
                set_age(amount, unit);
            }
            return;
        }
        if amount.kind != Kind::Plain || part.numeral.vague {
            return;
        }
        let is_age = before == "aged"
            || before == "between" && p.low_before(first, 2) == "aged"
            || matches!(before, "age" | "ages") && !noun::is_counted(p, end)
            || (before == "of" && p.low_before(first, 2) == "age")
            // "The swimmer, who is 19, ...", "she was 19."
            || matches!(before, "is" | "was" | "turned" | "turns")
                && matches!(p.low_before(first, 2), "who" | "he" | "she")
                && matches!(p.raw(end), "," | "." | ")" | ";" | "")
            // "A woman of 90 died."
            || before == "of"
                && is_somebody(p.low_before(first, 2))
                && matches!(p.low_before(first, 3), "a" | "an" | "the" | "old")
                && !noun::is_counted(p, end);
        if is_age && amount.value <= OLDEST {
            set_age(amount, Unit::Year);
            return;
        }
        // "Jane Smith, 25, said", "John Smith (25)".
        let framed = match (before, p.raw(end)) {
            (",", "," | "." | "") | ("(", ")" | ",") => true,
            (",", _) => {
                matches!(p.low(end), "and" | "of" | "from" | "who" | "was")
                    && p.is_capital(first.wrapping_sub(3))
            }
            _ => false,
        };
        if framed
            && last.numeral.digits
            && part.numeral.plain > 0
            && (1.0..=OLDEST).contains(&amount.value)
            && first >= 2
            && p.is_capital(first - 2)
            && !is_calendar_word(p.low(first - 2))
            && self.floor < first
        {
            set_age(amount, Unit::Year);
            return;
        }
        if is_year(&part.numeral) && last.first == part.first && part.first == part.numeral.first {
            let is_named = matches!(
                before,
                "the"
                    | "a"
                    | "his"
                    | "her"
                    | "its"
                    | "their"
                    | "in"
                    | "since"
                    | "until"
                    | "by"
                    | "mid"
                    | "during"
                    | "early"
                    | "late"
            ) || before.ends_with("'s")
                || before.ends_with("’s");
            let is_bounded = bound::before(p, first, self.floor).is_some();
            let has_count = noun::is_counted(p, end)
                || (p.is_word(end)
                    && !p.is_capital(end)
                    && !noun::is_stop(p.low(end))
                    && noun::is_counted(p, end + 1));
            let is_count = (has_count
                && !matches!(before, "the" | "his" | "her" | "its" | "their"))
                || (is_bounded && !matches!(before, "around" | "about"))
                || (is_bounded && has_count);
            if !is_count || (is_named && !has_count && !is_bounded) {
                amount.kind = Kind::Year;
            }
        } else if amount.low != amount.high
            && is_year(&part.numeral)
            && is_year(&last.numeral)
            && !noun::is_counted(p, end)
        {
            amount.kind = Kind::Year;
        }
    }

    /// Adds what the words around say: bounds, noun, per, flags.
    fn dress(&self, mut amount: Amount, part: &Part, end: usize) -> (Amount, usize) {
        let p = self.p;
        let mut end = end.max(self.piece_after(amount.span.end, end));
        let is_counting = matches!(
            amount.kind,
            Kind::Plain
                | Kind::Percent
                | Kind::Fraction
                | Kind::Currency(_)
                | Kind::Age
                | Kind::Duration
                | Kind::Measure
        );
        if !is_counting {
            if amount.kind == Kind::Ordinal {
                return self.with_noun(amount, end);
            }
            if amount.kind == Kind::Year {
                let at = part.numeral.first;
                self.stretch_year(&mut amount, at, &mut end);
            }
            return (amount, end);
        }
        // "25+", "25-plus", "20-odd".
        let mut after_bound = None;
        if p.raw(end) == "+" && p.glued_before(end) {
            after_bound = Some(Bound::Lower);
            end += 1;
        } else if p.low(end) == "plus" && !p.is_digits(end + 1)
            || p.joins(end) && p.low(end + 1) == "plus"
        {
            after_bound = Some(Bound::Lower);
            end += if p.joins(end) { 2 } else { 1 };
        } else if p.joins(end) && matches!(p.low(end + 1), "odd" | "ish" | "something") {
            after_bound = Some(Bound::About);
            end += 2;
        }
        // What it counts; "$15 per share" counts nothing.
        let after_unit = end;
        // "10 or more people"
        let bound_between = bound::after(p, end);
        let counted = bound_between.map_or(end, |(_, end)| end);
        let noun = self.noun(&amount, counted);
        let after_noun = noun.map_or(end, |(_, end)| end);
        amount.noun_span = noun.map(|(first, end)| p.span(first, end));
        if matches!(amount.kind, Kind::Percent | Kind::Fraction) && p.low(after_unit) == "of" {
            amount.per = amount.noun_span;
        }
        if amount.per.is_none() {
            amount.per = self
                .per(&amount, after_unit)
                .or_else(|| self.per(&amount, after_noun));
        }

        // Bounds. "between", "from" and "a" stand between the number and its bound only by chance.
        let before_bound = bound::before(p, part.first, self.floor).filter(|(_, start)| {
            let word = p.low(*start);
            // "Over three years" is mostly the time that something took.
            !(word == "over"
                && amount.kind == Kind::Duration
                && !matches!(
                    p.low_before(*start, 1),
                    "for" | "took" | "well" | "lasted" | "of" | "is" | "was" | "be" | "been" | "just"
                ))
                // "Two years more than five" is a comparison.
                && !(word == "more" && *start == self.floor && self.floor > 0 && amount.kind == Kind::Ordinal)
        });
        let after_bound = after_bound
            .or(bound_between.map(|(bound, _)| bound))
            .or_else(|| bound::after(p, after_noun).map(|(bound, _)| bound));
        let mut start = part.first;
        if let Some((bound, bound_start)) = before_bound {
            start = bound_start;
            self.bind(&mut amount, bound);
        } else if let Some(bound) = after_bound {
            self.bind(&mut amount, bound);
        }
        if matches!(p.low_before(start, 1), "between" | "from") {
            start -= 1;
        }

        self.flag(&mut amount, part, start, after_unit, after_noun);
        (amount, end)
    }

    fn bind(&self, amount: &mut Amount, bound: Bound) {
        let (low, high) = bound.interval(amount.low, amount.high);
        amount.low = low;
        amount.high = high;
        let falls_below_zero = amount
            .unit
            .is_some_and(|unit| unit.dimension() == Dimension::Temperature);
        if bound == Bound::Upper && falls_below_zero {
            amount.low = f64::NEG_INFINITY;
        }
        // "Nearly all of 95%" cannot pass the whole; "about 95%" neither, unless it is a growth: leave it.
    }

    /// Whole, further, compared.
    fn flag(
        &self,
        amount: &mut Amount,
        part: &Part,
        start: usize,
        after_unit: usize,
        after_noun: usize,
    ) {
        let p = self.p;
        let before = p.low_before(start, 1);
        let two = p.low_before(start, 2);
        let is_possessive = |low: &str| {
            matches!(
                low,
                "its" | "their" | "his" | "her" | "our" | "my" | "your" | "whose"
            ) || low.ends_with("'s")
                || low.ends_with("’s")
        };
        let of_before = |at: usize| {
            // "10 of the 50": the number before must end right at "of", or its noun must.
            let (of, skipped) = match p.low_before(at, 1) {
                "of" => (at.checked_sub(1), false),
                "the" | "those" | "these" | "some" | "all" if p.low_before(at, 2) == "of" => {
                    (at.checked_sub(2), true)
                }
                low if is_possessive(low) && p.low_before(at, 2) == "of" => {
                    (at.checked_sub(2), true)
                }
                _ => (None, false),
            };
            let Some(of) = of else { return false };
            if of == 0 || matches!(p.raw(of - 1), "," | ";") && skipped {
                // "Of the 50 passengers, 20 died."
                return skipped;
            }
            self.found.last().is_some_and(|last| {
                let gap = p.get(of).map_or(usize::MAX, |piece| piece.start);
                let is_near = last.span.end <= gap
                    && (self.floor == of
                        || last.noun_span.is_some_and(|noun| {
                            p.get(of - 1).is_some_and(|piece| piece.end == noun.end)
                        })
                        || p.low_before(of, 1) == "out" && self.floor + 1 == of);
                is_near
                    && matches!(
                        last.kind,
                        Kind::Plain | Kind::Percent | Kind::Fraction | Kind::Ordinal
                    )
                    && (skipped
                        || matches!(last.kind, Kind::Plain | Kind::Percent | Kind::Fraction))
            })
        };
        amount.whole = is_possessive(before) && amount.kind != Kind::Age
            || of_before(start)
            || before == "half" && self.floor == start
            || before == "the" && two == "half" && self.floor + 1 == start
            || before == "per"
            || before == "all" && two == "of";
        if is_possessive(before)
            && matches!(
                amount.kind,
                Kind::Currency(_) | Kind::Duration | Kind::Measure | Kind::Percent
            )
        {
            amount.whole = false;
        }

        let is_further_before = |at: usize| {
            matches!(
                p.low_before(at, 1),
                "another" | "additional" | "further" | "extra"
            )
        };
        let more = |at: usize| {
            matches!(
                p.low(at),
                "more" | "others" | "other" | "additional" | "further"
            ) && p.low(at + 1) != "than"
                && !(p.low(at) == "more" && p.low(at + 1) == "or")
        };
        amount.further = is_further_before(part.first)
            || is_further_before(start)
            || more(after_unit)
            || (after_noun != after_unit
                && p.low(after_noun) == "more"
                && p.low(after_noun + 1) != "than");

        amount.compared = self.is_compared(start);
    }

    /// Whether the number is the one that another is held against. `at`: where it starts with its bound.
    fn is_compared(&self, at: usize) -> bool {
        let p = self.p;
        let from = match (p.low(at), p.low_before(at, 1)) {
            ("from", _) => Some(at),
            (_, "from") => at.checked_sub(1),
            _ => None,
        };
        if let Some(from) = from
            && (matches!(p.low_before(from, 1), "up" | "down")
                || self.follows_change(from)
                || self.change_to.is_some()
                || self.floor == from && from > 0)
        {
            return true;
        }
        for back in 1..=REACH_OF_COMPARISON {
            let Some(index) = at.checked_sub(back).filter(|&index| index >= self.floor) else {
                return false;
            };
            match p.low(index) {
                "compared" | "versus" | "vs" | "comparison" => return true,
                "than" if back > 1 || !is_bound_word(p.low_before(index, 1)) => {
                    // "More people than the 20 of last year": only a determiner may stand between.
                    return back <= 3;
                }
                "of" if p.low_before(index, 1) == "instead" => return true,
                "against" if back == 1 && p.low_before(index, 1) == "as" => return true,
                "," | ";" | "(" | ")" | "and" | "but" | "while" => return false,
                _ => {}
            }
        }
        false
    }

    /// The noun that an amount counts, as pieces.
    fn noun(&self, amount: &Amount, end: usize) -> Option<(usize, usize)> {
        let p = self.p;
        // "no more than 600" redundancies, 17 "insurgents"
        let end = if is_quote(p.raw(end)) && p.is_word(end + 1) {
            end + 1
        } else {
            end
        };
        if amount.kind == Kind::Age && p.low(end) != "of" {
            return noun::phrase(p, end);
        }
        // "6 feet tall", "two weeks long"
        if amount.unit.is_some()
            && matches!(
                p.low(end),
                "tall"
                    | "high"
                    | "long"
                    | "wide"
                    | "deep"
                    | "thick"
                    | "apart"
                    | "straight"
                    | "north"
                    | "south"
                    | "east"
                    | "west"
            )
        {
            return None;
        }
        // "half the pupils", "half its pupils"
        if amount.kind == Kind::Fraction
            && matches!(
                p.low(end),
                "the" | "its" | "their" | "his" | "her" | "our" | "my" | "those" | "these"
            )
        {
            return noun::phrase(p, end + 1);
        }
        let of_whole = p.low(end) == "of";
        if of_whole {
            // "10 of its 50 workers", "10 of 50 workers": the noun of the whole.
            let mut at = end + 1;
            let skip = |low: &str| {
                matches!(
                    low,
                    "the"
                        | "its"
                        | "their"
                        | "his"
                        | "her"
                        | "our"
                        | "my"
                        | "those"
                        | "these"
                        | "all"
                        | "more"
                        | "than"
                        | "about"
                        | "some"
                        | "around"
                        | "nearly"
                        | "over"
                        | "almost"
                        | "roughly"
                        | "approximately"
                        | "at"
                        | "least"
                )
            };
            let mut steps = 0;
            while steps < 4 && skip(p.low(at)) {
                at += 1;
                steps += 1;
            }
            if let Some(whole) = (p.is_digits(at) || p.is_word(at))
                .then(|| self.part(at))
                .flatten()
                && whole.is_bare()
                && !is_year(&whole.numeral)
            {
                return noun::phrase(p, whole.end);
            }
        }
        noun::phrase(p, end)
    }

    fn with_noun(&self, mut amount: Amount, end: usize) -> (Amount, usize) {
        amount.noun_span = noun::phrase(self.p, end).map(|(first, end)| self.p.span(first, end));
        (amount, end)
    }

    /// What an amount is counted by.
    fn per(&self, amount: &Amount, at: usize) -> Option<crate::source::Span> {
        let p = self.p;
        let is_time = |low: &str| {
            matches!(
                low,
                "second"
                    | "minute"
                    | "hour"
                    | "day"
                    | "night"
                    | "week"
                    | "month"
                    | "quarter"
                    | "year"
                    | "decade"
            )
        };
        let is_money = matches!(amount.kind, Kind::Currency(_));
        let mut first = match p.low(at) {
            "per" | "/" => at + 1,
            // "$45 for each share", "$45 each share", "2 euros for every vote"
            "for" if is_money && matches!(p.low(at + 1), "each" | "every") => at + 2,
            "each" | "every" if is_money && p.is_word(at + 1) && !noun::is_stop(p.low(at + 1)) => {
                at + 1
            }
            "apiece" | "each" if is_money => return Some(p.span(at, at + 1)),
            "a" | "an" | "each" | "every"
                if is_time(p.low(at + 1))
                    || is_money && matches!(p.low(at + 1), "cubic" | "square")
                    || (is_money
                        && matches!(p.low(at), "a" | "an")
                        && p.is_word(at + 1)
                        && !noun::is_stop(p.low(at + 1))
                        && (!p.is_word(at + 2) || noun::is_stop(p.low(at + 2)))) =>
            {
                // "25 people a day ago" and "a year later" are times.
                if matches!(
                    p.low(at + 2),
                    "ago" | "later" | "earlier" | "before" | "after"
                ) {
                    return None;
                }
                at + 1
            }
            _ => return None,
        };
        if matches!(p.low(first), "cent" | "cents") && p.low(at) == "per" {
            return None;
        }
        let start = first;
        if p.is_digits(first) || p.is_word(first) {
            if let Some(whole) = self.part(first).filter(|whole| whole.is_bare()) {
                first = whole.end;
            }
            if is_time(p.low(first)) && first == start {
                return Some(p.span(start, start + 1));
            }
            if let Some((_, end)) = noun::phrase(p, first) {
                return Some(p.span(start, end));
            }
            if first > start {
                return Some(p.span(start, first));
            }
        }
        None
    }

    /// An amount of a bare kind.
    fn name(&self, first: usize, end: usize, number: usize, value: f64, kind: Kind) -> Amount {
        Amount {
            span: self.p.span(first, end),
            number_span: self.p.span(number.clamp(first, end - 1), end),
            value,
            low: value,
            high: value,
            kind,
            unit: None,
            base_value: None,
            noun_span: None,
            per: None,
            vague: false,
            one: false,
            whole: false,
            further: false,
            compared: false,
            elliptic: false,
        }
    }

    fn stated(&self, part: &Part) -> Amount {
        let p = self.p;
        let (low, high) = if part.numeral.vague {
            (part.numeral.low, part.numeral.high)
        } else {
            (part.value, part.value)
        };
        Amount {
            number_span: p.span(part.numeral.first, part.numeral.end),
            low,
            high,
            unit: part.unit,
            base_value: base_value(part.kind, part.unit, part.value, part.money_scale),
            vague: part.numeral.vague,
            one: part.numeral.one,
            ..self.name(
                part.first,
                part.end,
                part.numeral.first,
                part.value,
                part.kind,
            )
        }
    }

    /// The run of pieces without white space around a number, brackets, quotes and marks at its ends left out.
    fn glued_run(&self, first: usize, end: usize) -> (usize, usize) {
        let p = self.p;
        let (mut left, mut right) = (first, end);
        while left + LONGEST_NAME > first
            && left > self.floor
            && p.glued_before(left)
            && !is_break(p.raw(left - 1))
        {
            left -= 1;
        }
        while right < end + LONGEST_NAME && p.glued(right - 1) && !is_break(p.raw(right)) {
            right += 1;
        }
        while right > end && p.sort(right - 1) == Some(Sort::Mark) {
            right -= 1;
        }
        while left < first && p.sort(left) == Some(Sort::Mark) && p.raw(left) != "#" {
            left += 1;
        }
        (left, right)
    }

    /// The first piece at or after `from` that starts at or behind a byte offset.
    fn piece_after(&self, offset: usize, from: usize) -> usize {
        let mut at = from;
        while self.p.get(at).is_some_and(|piece| piece.start < offset) {
            at += 1;
        }
        at
    }
}

fn kind_of(unit: Unit) -> Kind {
    match unit.dimension() {
        Dimension::Time => Kind::Duration,
        _ => Kind::Measure,
    }
}

fn base_value(kind: Kind, unit: Option<Unit>, value: f64, money_scale: f64) -> Option<f64> {
    match (kind, unit) {
        (Kind::Currency(_), _) => Some(value * money_scale),
        (_, Some(unit)) => Some(unit.to_base(value)),
        _ => None,
    }
}

/// A percent sign or word at a piece: the piece after it.
fn percent(p: &Pieces<'_>, at: usize) -> Option<usize> {
    match p.low(at) {
        "%" | "percent" | "pct" => Some(at + 1),
        "per" if p.low(at + 1) == "cent" => Some(at + 2),
        "percentage" if matches!(p.low(at + 1), "point" | "points") => Some(at + 2),
        _ => None,
    }
    .map(|end| match p.low(end) {
        "point" | "points" if p.low(at) != "percentage" => end + 1,
        _ => end,
    })
}

/// Whether the number is a plain 1000 to 2100 in digits.
fn is_year(numeral: &Numeral) -> bool {
    numeral.plain == 4
        && numeral.form == Form::Cardinal
        && (1000.0..=2100.0).contains(&numeral.value)
}

/// Whether the pieces from `first` to `number` are a currency before a number.
fn currency_like(p: &Pieces<'_>, first: usize, number: usize) -> bool {
    first == number || currency::before(p, number).is_some_and(|money| money.edge == first)
}

/// Marks that end a run of glued pieces.
fn is_break(raw: &str) -> bool {
    matches!(
        raw,
        "(" | ")"
            | "["
            | "]"
            | "{"
            | "}"
            | "\""
            | "'"
            | "“"
            | "”"
            | "‘"
            | "’"
            | "—"
            | ","
            | ";"
            | ":"
            | "!"
            | "?"
            | "…"
            | "$"
            | "£"
            | "€"
            | "¥"
            | "%"
            | "+"
            | "~"
            | "≈"
            | "<"
            | ">"
            | "≥"
            | "≤"
            | "«"
            | "»"
            | "*"
            | "|"
            | "•"
    )
}

/// Letters glued behind a number that are no part of a name.
fn is_known_suffix(p: &Pieces<'_>, at: usize) -> bool {
    unit::read(p, at, true).is_some()
        || matches!(
            p.low(at),
            "k" | "m" | "bn" | "mn" | "b" | "tn" | "am" | "pm" | "ish" | "percent" | "p"
        )
}

fn is_quote(raw: &str) -> bool {
    matches!(raw, "\"" | "“" | "”" | "'" | "‘" | "’" | "«" | "»")
}

/// Who may be "of 90".
fn is_somebody(low: &str) -> bool {
    matches!(
        low,
        "boy" | "girl" | "lady" | "man" | "person" | "resident" | "woman" | "youth"
    )
}

fn is_calendar_word(low: &str) -> bool {
    is_day_or_month(low)
        || matches!(
            low,
            "jan"
                | "feb"
                | "mar"
                | "apr"
                | "jun"
                | "jul"
                | "aug"
                | "sep"
                | "sept"
                | "oct"
                | "nov"
                | "dec"
        )
}

/// Words that name by a number and begin with a capital when they do.
fn names_in_capitals(raw: &str) -> bool {
    matches!(
        raw,
        "Boeing"
            | "Airbus"
            | "Flight"
            | "Windows"
            | "Android"
            | "iPhone"
            | "iPad"
            | "iOS"
            | "Galaxy"
            | "Pixel"
            | "Xbox"
            | "PlayStation"
            | "Apollo"
            | "Interstate"
            | "Highway"
            | "Route"
            | "Article"
            | "Section"
            | "Amendment"
            | "Resolution"
            | "Formula"
            | "Area"
            | "Psalm"
            | "Exhibit"
            | "Chapter"
            | "Title"
            | "Pier"
            | "Runway"
            | "Terminal"
            | "Platform"
            | "Room"
            | "Suite"
            | "Ward"
            | "District"
            | "Level"
            | "Phase"
            | "Tier"
            | "Stage"
            | "Type"
            | "Class"
            | "Category"
            | "Grade"
            | "Group"
            | "Unit"
            | "Model"
            | "Mark"
            | "Version"
            | "Volume"
            | "Episode"
            | "Season"
            | "Game"
            | "Week"
            | "Day"
            | "Part"
            | "Table"
            | "Figure"
            | "Proposition"
            | "Prop"
            | "Schedule"
            | "Annex"
            | "Appendix"
            | "Clause"
            | "Rule"
            | "Regulation"
            | "Bill"
            | "Act"
            | "Case"
            | "Count"
            | "Building"
            | "Block"
            | "Gate"
            | "Line"
            | "Exit"
            | "Channel"
            | "Camp"
            | "Checkpoint"
            | "Precinct"
            | "Division"
            | "League"
            | "Ligue"
            | "Euro"
            | "No"
            | "Number"
    )
}

/// Words that name by a number in any case.
fn names_in_any_case(low: &str) -> bool {
    matches!(
        low,
        "section"
            | "page"
            | "pages"
            | "chapter"
            | "article"
            | "paragraph"
            | "clause"
            | "route"
            | "flight"
            | "room"
            | "number"
            | "line"
            | "grade"
            | "channel"
            | "phase"
            | "level"
            | "stage"
            | "type"
            | "part"
            | "figure"
            | "table"
            | "gate"
            | "version"
            | "episode"
            | "season"
            | "appendix"
            | "category"
            | "tier"
            | "highway"
            | "interstate"
            | "junction"
            | "exit"
            | "terminal"
            | "platform"
            | "verse"
            | "ward"
    )
}

/// Comparatives that make a bound with "than".
fn is_bound_word(low: &str) -> bool {
    matches!(
        low,
        "more"
            | "less"
            | "fewer"
            | "greater"
            | "higher"
            | "lower"
            | "larger"
            | "smaller"
            | "bigger"
            | "longer"
            | "shorter"
            | "older"
            | "younger"
            | "taller"
            | "heavier"
            | "lighter"
            | "farther"
            | "further"
            | "faster"
            | "better"
            | "cheaper"
            | "later"
    )
}
