//! The amounts in a sentence: numbers with what the wording makes of them, as intervals.
//!
//! ```text
//! sentence --cut--> pieces --numeral--> number --currency, unit--> part --range, score--> reading --bound, context, noun--> Amount
//! ```

mod bound;
mod currency;
mod ellipsis;
mod numeral;
mod reader;
mod unit;

use crate::source::Span;

pub(in crate::text) use numeral::times;
pub use reader::OLDEST;
pub use unit::{Dimension, Unit};

/// What kind of number it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A count, or a bare number.
    Plain,
    /// Per cent, or percentage points; the value of "5%" is 5.
    Percent,
    /// A share: "a third of" is 0.333…, "half the" 0.5.
    Fraction,
    /// Money, by its ISO 4217 code. A bare dollar sign is USD, a bare pound sign GBP.
    Currency(&'static str),
    /// A place in a row: 1st, third.
    Ordinal,
    /// A calendar year.
    Year,
    /// The 1930s; the interval holds its ten years.
    Decade,
    /// Somebody's age, in years unless `unit` says otherwise.
    Age,
    /// A time of the day, in hours since midnight: 3:30 p.m. is 15.5.
    Time,
    /// The day of a calendar date, or the whole of one in digits (2020-12-14).
    Date,
    /// Part of a name, a model or a code: S-400, Boeing 737, Article 5.
    Designation,
    /// A result of a game or a vote: 3-1. The value is the first number.
    Score,
    /// One in four: 0.25. Odds of 2:1: 2.
    Ratio,
    /// A length of time, by its unit.
    Duration,
    /// A length, a weight or the like, by its unit.
    Measure,
}

/// A number in a sentence, with what the words around it make of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Amount {
    /// The number with its currency sign, multiplier and unit; both ends of a range.
    pub span: Span,
    /// The number alone, with its multiplier ("2.5 million"); the first one of a range.
    pub number_span: Span,
    /// The number as stated, in `unit` if there is one; the first one of a range; the lower end where the word is vague.
    pub value: f64,
    /// Lower end of what the wording allows, inclusive, in the same unit. Minus infinity where nothing bounds it.
    pub low: f64,
    /// Upper end, inclusive. Infinity where nothing bounds it.
    pub high: f64,
    /// What kind of number it is.
    pub kind: Kind,
    /// The unit, where the number has one.
    pub unit: Option<Unit>,
    /// The value in the base unit of its dimension, or in whole units of its currency (50 cents are 0.5). `None` without either.
    pub base_value: Option<f64>,
    /// The noun phrase that it counts.
    pub noun_span: Option<Span>,
    /// What it is counted by: "share" in "$15 per share", "voters" in "5 per cent of voters".
    pub per: Option<Span>,
    /// A word that names no number: dozens, several, a few hundred.
    pub vague: bool,
    /// The bare word "one", which may be no count at all.
    pub one: bool,
    /// A total that something else is a part of: "its 430,000 staff", the second number of "10 of the 50".
    pub whole: bool,
    /// Comes on top of what was told before: "another 5", "five more".
    pub further: bool,
    /// The number that another one is held against: "up from 20", "compared with 20", "than last year's 20".
    pub compared: bool,
    /// Its unit is left out, and is that of the number before it: "from 22 years to 18".
    pub elliptic: bool,
}
impl Amount {
    /// The number in base units, so that inches and centimetres compare: value, low and high.
    pub fn comparable(&self) -> (f64, f64, f64) {
        match (self.base_value, self.base_range()) {
            (Some(value), Some((low, high))) => (value, low, high),
            _ => (self.value, self.low, self.high),
        }
    }

    /// The interval in base units (see [`Amount::base_value`]), so that 10 inches and 25 cm compare.
    pub fn base_range(&self) -> Option<(f64, f64)> {
        let base = self.base_value?;
        Some(match self.unit {
            Some(unit) => (unit.to_base(self.low), unit.to_base(self.high)),
            None if self.value != 0.0 => {
                let scale = base / self.value;
                (self.low * scale, self.high * scale)
            }
            None => (self.low, self.high),
        })
    }
}

/// The amounts of a sentence, in order, without overlap.
///
/// Ranges ("between 20 and 30") and results ("3-1") are one amount. Takes time linear in the sentence's length.
pub fn amounts(sentence: &str) -> Vec<Amount> {
    let mut amounts = reader::read(sentence);
    // "Of the 5,100 jobs, 340 will go": what a sentence opens with is the whole.
    if let Some(first) = amounts.first_mut() {
        let before: Vec<&str> = sentence[..first.span.start].split_whitespace().collect();
        if matches!(
            before[..],
            ["Of"] | ["Of", "the" | "its" | "their" | "his" | "her" | "our"]
        ) {
            first.whole = true;
        }
    }
    ellipsis::fill(sentence, &mut amounts);
    amounts
}

#[cfg(test)]
mod tests;
