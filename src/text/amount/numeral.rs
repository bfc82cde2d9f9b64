//! The number grammar: digits, number words, multipliers, fractions, ordinals and vague words. Knows nothing of what is counted.

use crate::text::noun;
use crate::text::piece::{Pieces, Sort, vulgar};

/// What sort of number it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// 25, twenty-five, half a million.
    Cardinal,
    /// 1st, first.
    Ordinal,
    /// A third, two-thirds, 1/2.
    Fraction,
    /// The 1930s.
    Decade,
    /// The 90s, in his 30s.
    Tens,
    /// 9/11, 24/7: a number only in shape.
    Name,
}

/// A number as it is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numeral {
    /// Index of its first piece.
    pub(super) first: usize,
    /// Index one past its last piece.
    pub(super) end: usize,
    pub(super) form: Form,
    pub(super) value: f64,
    /// Differs from `value` only where the word is vague.
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) vague: bool,
    /// The bare word "one".
    pub(super) one: bool,
    /// Written with digits.
    pub(super) digits: bool,
    /// Number of digits, when nothing else is in it.
    pub(super) plain: usize,
    /// Product of its multipliers: 1e6 in "2.5 million".
    pub(super) scale: f64,
}

impl Numeral {
    fn exact(first: usize, end: usize, form: Form, value: f64) -> Self {
        Self {
            first,
            end,
            form,
            value,
            low: value,
            high: value,
            vague: false,
            one: false,
            digits: false,
            plain: 0,
            scale: 1.0,
        }
    }
}

/// The number that starts at piece `at`. `money`: a currency sign stands before it, so that `m` means million.
pub(super) fn read(pieces: &Pieces<'_>, at: usize, money: bool) -> Option<Numeral> {
    let numeral = match pieces.sort(at)? {
        Sort::Digits { plain } => digits(pieces, at, plain, money),
        Sort::Vulgar => {
            let value = vulgar(pieces.raw(at).chars().next()?)?;
            Some(match scale(pieces, at + 1, money, false) {
                Some((scale, end)) => Numeral::exact(at, end, Form::Cardinal, times(value, scale)),
                None => Numeral::exact(at, at + 1, Form::Fraction, value),
            })
        }
        Sort::Word => fraction(pieces, at)
            .or_else(|| vague(pieces, at))
            .or_else(|| words(pieces, at))
            .or_else(|| ordinal(pieces, at)),
        Sort::Dotted | Sort::Mark => None,
    }?;
    numeral.value.is_finite().then_some(numeral)
}

fn digits(pieces: &Pieces<'_>, at: usize, plain: bool, money: bool) -> Option<Numeral> {
    let mut value = pieces.number(at)?;
    let mut end = at + 1;
    let mut form = Form::Cardinal;
    let mut only_digits = if plain { pieces.raw(at).len() } else { 0 };
    let mut factor = 1.0;

    if let Some(below) = over(pieces, at) {
        // 1/2, but 9/11 and 14/12/2020 are names.
        let above = value;
        let is_fraction = above < below
            && (2.0..=10.0).contains(&below)
            && only_digits < 3
            && !(pieces.glued(at + 2) && pieces.raw(at + 3) == "/");
        form = if is_fraction {
            Form::Fraction
        } else {
            Form::Name
        };
        value = if is_fraction { above / below } else { above };
        end = at + 3;
        only_digits = 0;
    } else if pieces.glued(at) && pieces.sort(end) == Some(Sort::Vulgar) {
        value += vulgar(pieces.raw(end).chars().next()?)?;
        end += 1;
        only_digits = 0;
    } else if let Some(below) = over(pieces, end).filter(|_| !pieces.glued(at) && plain) {
        // 2 1/2
        let above = pieces.number(end)?;
        if above < below && below <= 10.0 {
            value += above / below;
            end += 3;
            only_digits = 0;
        }
    }
    if end == at + 1 && pieces.glued(at) {
        let (suffix, after) = match pieces.low(end) {
            "'" | "’" if pieces.glued(end) => (pieces.low(end + 1), end + 2),
            suffix => (suffix, end + 1),
        };
        match suffix {
            "st" | "nd" | "rd" | "th" if plain => {
                form = Form::Ordinal;
                end = after;
            }
            "s" if plain && value % 10.0 == 0.0 && only_digits == 4 => {
                form = Form::Decade;
                end = after;
            }
            "s" if plain && value % 10.0 == 0.0 && only_digits == 2 && value >= 10.0 => {
                form = Form::Tens;
                end = after;
            }
            _ => {}
        }
    }
    if form == Form::Cardinal {
        if pieces.reads(end, &["and", "a", "half"]) && pieces.low_before(at, 1) != "between" {
            value += 0.5;
            end += 3;
            only_digits = 0;
        }
        while let Some((scale, after)) = scale(pieces, end, money, true) {
            value = times(value, scale);
            factor *= scale;
            end = after;
            only_digits = 0;
        }
    }
    Some(Numeral {
        digits: true,
        plain: only_digits,
        scale: factor,
        ..Numeral::exact(at, end, form, value)
    })
}

/// The 2 of `1/2` at piece `at`, all glued, and nothing glued behind but a multiplier or a sign.
fn over(pieces: &Pieces<'_>, at: usize) -> Option<f64> {
    (pieces.is_digits(at)
        && pieces.glued(at)
        && pieces.raw(at + 1) == "/"
        && pieces.glued(at + 1)
        && pieces.is_digits(at + 2))
    .then(|| pieces.number(at + 2))?
}

/// A multiplier at piece `at`, and the piece after it.
fn scale(pieces: &Pieces<'_>, at: usize, money: bool, digits: bool) -> Option<(f64, usize)> {
    // "$2-billion deal"
    if pieces.joins(at) {
        return word_scale(pieces.low(at + 1)).map(|scale| (scale, at + 2));
    }
    if let Some(scale) = word_scale(pieces.low(at)) {
        return Some((scale, at + 1));
    }
    if !digits {
        return None;
    }
    let scale = match pieces.raw(at) {
        "mn" | "mln" | "MN" | "mio" => 1e6,
        "bn" | "bln" | "BN" | "Bn" => 1e9,
        "tn" | "trn" | "TN" if money => 1e12,
        "trn" => 1e12,
        _ if !pieces.glued_before(at) => return None,
        "tn" => 1e12,
        "k" | "K" => 1e3,
        "M" => 1e6,
        "m" if money => 1e6,
        // "5m users" are millions, "5m tall" and "fell 5m" are metres.
        "m" if pieces.is_word(at + 1) && !is_metre_context(pieces, at + 1) => 1e6,
        "b" | "B" => 1e9,
        _ => return None,
    };
    // "4K", "5B-12": glued to more letters or digits it is a name.
    if pieces.glued(at) && (pieces.is_word(at + 1) || pieces.is_digits(at + 1)) {
        return None;
    }
    Some((scale, at + 1))
}

fn is_metre_context(pieces: &Pieces<'_>, at: usize) -> bool {
    matches!(
        pieces.low(at),
        "tall"
            | "high"
            | "long"
            | "wide"
            | "deep"
            | "away"
            | "apart"
            | "race"
            | "sprint"
            | "final"
            | "freestyle"
            | "butterfly"
            | "hurdles"
            | "relay"
    ) || noun::is_stop(pieces.low(at))
}

/// The product without what binary fractions add: 4.1 billion is 4100000000, not 4099999999.9999995.
pub(in crate::text) fn times(value: f64, scale: f64) -> f64 {
    let product = value * scale;
    let whole = product.round();
    // No text gives a billion to the millionth.
    let is_whole = (product - whole).abs() < 1e-6 * scale;
    if is_whole { whole } else { product }
}

fn word_scale(low: &str) -> Option<f64> {
    Some(match low {
        "dozen" => 12.0,
        "hundred" => 1e2,
        "thousand" => 1e3,
        "million" => 1e6,
        "billion" => 1e9,
        "trillion" => 1e12,
        _ => return None,
    })
}

/// 0 to 19.
fn small(low: &str) -> Option<f64> {
    const SMALL: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    position(&SMALL, low)
}

fn position(list: &[&str], low: &str) -> Option<f64> {
    list.iter()
        .position(|&word| word == low)
        .map(|value| f64::from(u8::try_from(value).expect("internal: short lists")))
}

/// 20, 30 to 90.
fn tens(low: &str) -> Option<f64> {
    const TENS: [&str; 8] = [
        "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    ];
    position(&TENS, low).map(|value| (value + 2.0) * 10.0)
}

/// The piece after `at`, past a glued hyphen.
fn next_part(pieces: &Pieces<'_>, at: usize) -> usize {
    if pieces.joins(at) { at + 1 } else { at }
}

/// One to ninety-nine, and the piece after it.
fn below_hundred(pieces: &Pieces<'_>, at: usize) -> Option<(f64, usize)> {
    if let Some(value) = small(pieces.low(at)) {
        return Some((value, at + 1));
    }
    let value = tens(pieces.low(at))?;
    let next = next_part(pieces, at + 1);
    Some(match small(pieces.low(next)) {
        Some(unit) if (1.0..10.0).contains(&unit) => (value + unit, next + 1),
        _ => (value, at + 1),
    })
}

/// Cardinal numbers in words.
fn words(pieces: &Pieces<'_>, first: usize) -> Option<Numeral> {
    // After "between", "and" parts two numbers.
    let between = pieces.low_before(first, 1) == "between";
    let (mut group, mut at) = match pieces.low(first) {
        "a" => {
            word_scale(pieces.low(first + 1))?;
            (1.0, first + 1)
        }
        _ => below_hundred(pieces, first)?,
    };
    let mut total = 0.0;
    let mut last_scale = 1.0;
    let mut lowest = f64::INFINITY;
    loop {
        let next = next_part(pieces, at);
        let low = pieces.low(next);
        if let Some(scale) = word_scale(low) {
            if scale < 1000.0 {
                if group >= 100.0 || group == 0.0 {
                    break;
                }
                group *= scale;
            } else {
                if group == 0.0 || scale >= lowest {
                    break;
                }
                total += group * scale;
                group = 0.0;
                lowest = scale;
            }
            last_scale = scale;
            at = next + 1;
            continue;
        }
        if low == "and" && !between {
            if pieces.reads(next + 1, &["a", "half"]) || pieces.reads(next + 1, &["one", "half"]) {
                // "two and a half million" and "a million and a half".
                let after = next + 3;
                if let Some(scale) = word_scale(pieces.low(after)) {
                    total += (group + 0.5) * scale;
                    last_scale = scale;
                    at = after + 1;
                } else {
                    total += group + 0.5 * last_scale;
                    at = after;
                }
                group = 0.0;
                break;
            }
            // "one hundred and ten", but not "one hundred and two hundred".
            if last_scale >= 100.0
                && group % 100.0 == 0.0
                && let Some((part, after)) = below_hundred(pieces, next + 1)
                && part > 0.0
                && word_scale(pieces.low(after))
                    .is_none_or(|scale| scale >= 1000.0 && last_scale == 100.0 && scale < lowest)
                && small(pieces.low(after)).is_none()
                && !matches!(pieces.low(after), "others" | "more" | "other")
            {
                group += part;
                at = after;
                continue;
            }
            break;
        }
        // "two thousand five hundred", "one hundred ten".
        if last_scale >= 100.0
            && group % 100.0 == 0.0
            && let Some((part, after)) = below_hundred(pieces, next)
            && part > 0.0
            && !(group > 0.0 && word_scale(pieces.low(after)).is_some_and(|scale| scale < 1000.0))
        {
            group += part;
            at = after;
            last_scale = 1.0;
            continue;
        }
        break;
    }
    let value = total + group;
    let one = at == first + 1 && pieces.low(first) == "one";
    if one && !is_number_one(pieces, first) {
        return None;
    }
    Some(Numeral {
        one,
        scale: if lowest.is_finite() {
            lowest
        } else {
            last_scale.max(1.0)
        },
        ..Numeral::exact(first, at, Form::Cardinal, value)
    })
}

/// Whether "one" counts something here, and is no pronoun.
fn is_number_one(pieces: &Pieces<'_>, at: usize) -> bool {
    if matches!(
        pieces.low_before(at, 1),
        "no" | "any" | "every" | "each" | "this" | "that" | "which" | "another" | "some" | "loved"
    ) {
        return false;
    }
    let next = pieces.low(at + 1);
    if matches!(
        next,
        "another"
            | "is"
            | "can"
            | "cannot"
            | "could"
            | "must"
            | "should"
            | "might"
            | "may"
            | "would"
            | "will"
            | "who"
            | "that"
            | "which"
            | "such"
    ) {
        return false;
    }
    if pieces.joins(at + 1)
        && matches!(
            pieces.low(at + 2),
            "off" | "time" | "sided" | "way" | "to" | "on" | "upmanship" | "party"
        )
    {
        return false;
    }
    // "The one in the hat", "a good one."
    let is_bare = next.is_empty() || !pieces.is_word(at + 1) || noun::is_stop(next);
    !(is_bare
        && (matches!(
            pieces.low_before(at, 1),
            "the" | "a" | "his" | "her" | "its" | "their"
        ) || matches!(pieces.low_before(at, 2), "a" | "the" | "an")))
}

/// `half a million`, `a third of`, `two-thirds`, `half of`.
fn fraction(pieces: &Pieces<'_>, first: usize) -> Option<Numeral> {
    let low = pieces.low(first);
    if low == "half" || (low == "a" && pieces.low(first + 1) == "half") {
        let half = if low == "half" { first } else { first + 1 };
        if matches!(
            pieces.low_before(first, 1),
            "first" | "second" | "other" | "better" | "latter" | "top" | "bottom" | "and"
        ) {
            return None;
        }
        let next = next_part(pieces, half + 1);
        let skipped = match pieces.low(next) {
            "a" | "an" => next + 1,
            _ => next,
        };
        if let Some(scale) = word_scale(pieces.low(skipped)) {
            let mut numeral = Numeral::exact(first, skipped + 1, Form::Cardinal, 0.5 * scale);
            numeral.scale = scale;
            return Some(numeral);
        }
        if super::unit::read(pieces, skipped, false).is_some() {
            return Some(Numeral::exact(first, skipped, Form::Cardinal, 0.5));
        }
        let is_share = matches!(
            pieces.low(next),
            "of" | "the"
                | "its"
                | "their"
                | "his"
                | "her"
                | "our"
                | "my"
                | "all"
                | "those"
                | "these"
        );
        return is_share.then(|| Numeral::exact(first, half + 1, Form::Fraction, 0.5));
    }
    let (above, at, is_article) = match low {
        "a" => (1.0, first + 1, true),
        _ => {
            let value = small(low).filter(|value| (1.0..20.0).contains(value))?;
            (value, first + 1, false)
        }
    };
    let hyphen = pieces.joins(at);
    let part = next_part(pieces, at);
    let (below, plural) = denominator(pieces.low(part))?;
    let after = part + 1;
    let of = pieces.low(after) == "of";
    if plural == (above == 1.0) || (above == 1.0 && !of && (is_article || !hyphen)) {
        return None;
    }
    let value = above / below;
    // "A quarter of a million", "a quarter of an hour".
    if of && matches!(pieces.low(after + 1), "a" | "an") {
        let unit = after + 2;
        if let Some(scale) = word_scale(pieces.low(unit)) {
            let mut numeral = Numeral::exact(first, unit + 1, Form::Cardinal, value * scale);
            numeral.scale = scale;
            return Some(numeral);
        }
        if super::unit::read(pieces, unit, false).is_some() {
            return Some(Numeral::exact(first, unit, Form::Cardinal, value));
        }
    }
    Some(Numeral::exact(first, after, Form::Fraction, value))
}

/// The lower part of a fraction, and whether it is a plural. "Second" is none.
fn denominator(low: &str) -> Option<(f64, bool)> {
    const PARTS: [&str; 8] = [
        "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    ];
    match low {
        "half" => return Some((2.0, false)),
        "halves" => return Some((2.0, true)),
        "quarter" => return Some((4.0, false)),
        "quarters" => return Some((4.0, true)),
        _ => {}
    }
    let (part, plural) = match low.strip_suffix('s') {
        Some(part) => (part, true),
        None => (low, false),
    };
    position(&PARTS, part).map(|value| (value + 3.0, plural))
}

fn ordinal(pieces: &Pieces<'_>, first: usize) -> Option<Numeral> {
    const ORDINALS: [&str; 20] = [
        "zeroth",
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
    ];
    const TENTHS: [&str; 8] = [
        "twentieth",
        "thirtieth",
        "fortieth",
        "fiftieth",
        "sixtieth",
        "seventieth",
        "eightieth",
        "ninetieth",
    ];
    let low = pieces.low(first);
    if let Some(value) = position(&ORDINALS, low) {
        // "For a second": a unit of time.
        let is_time = low == "second"
            && matches!(
                pieces.low_before(first, 1),
                "a" | "per" | "every" | "each" | "split"
            )
            && (!pieces.is_word(first + 1) || noun::is_stop(pieces.low(first + 1)));
        return (!is_time).then(|| Numeral::exact(first, first + 1, Form::Ordinal, value));
    }
    if let Some(value) = position(&TENTHS, low) {
        return Some(Numeral::exact(
            first,
            first + 1,
            Form::Ordinal,
            (value + 2.0) * 10.0,
        ));
    }
    // "twenty-first": `words` would have taken "twenty"; it leaves this to us because it is asked second.
    None
}

/// `twenty-first`: an ordinal that starts like a cardinal.
pub(super) fn compound_ordinal(pieces: &Pieces<'_>, first: usize) -> Option<Numeral> {
    let value = tens(pieces.low(first))?;
    let next = next_part(pieces, first + 1);
    let unit = ordinal(pieces, next).filter(|unit| unit.value < 10.0)?;
    Some(Numeral::exact(
        first,
        unit.end,
        Form::Ordinal,
        value + unit.value,
    ))
}

/// Dozens, hundreds of thousands, several, a few hundred.
fn vague(pieces: &Pieces<'_>, first: usize) -> Option<Numeral> {
    let numeral = |end, low, high| {
        Some(Numeral {
            low,
            high,
            vague: true,
            ..Numeral::exact(first, end, Form::Cardinal, low)
        })
    };
    // Each name covers one order of magnitude: a writer who knew of more would take the next word.
    let magnitude = |low: &str| {
        Some(match low {
            "dozens" => (12.0, 99.0),
            "hundreds" => (1e2, 999.0),
            "thousands" => (1e3, 99_999.0),
            "millions" => (1e6, 999_999_999.0),
            "billions" => (1e9, 999_999_999_999.0),
            "trillions" => (1e12, 999_999_999_999_999.0),
            _ => return None,
        })
    };
    let word = pieces.low(first);
    if matches!(word, "tens" | "hundreds" | "dozens")
        && pieces.low(first + 1) == "of"
        && let Some((unit, _)) = magnitude(pieces.low(first + 2)).filter(|(unit, _)| *unit >= 1e3)
    {
        let (low, high) = match word {
            "tens" => (10.0, 100.0),
            "dozens" => (12.0, 100.0),
            _ => (100.0, 1000.0),
        };
        return numeral(first + 3, low * unit, high * unit - 1.0);
    }
    if let Some((low, high)) = magnitude(word) {
        return numeral(first + 1, low, high);
    }
    if word == "scores" && pieces.low(first + 1) == "of" {
        return numeral(first + 1, 20.0, 199.0);
    }
    // Small words. Their ends are set wide, so that a vague word seldom contradicts a number.
    let before = pieces.low_before(first, 1);
    let (end, low, high): (usize, f64, f64) = match word {
        "several" => (first + 1, 3.0, 12.0),
        "numerous" => (first + 1, 3.0, f64::INFINITY),
        "multiple" => (first + 1, 2.0, f64::INFINITY),
        "many" if !matches!(before, "as" | "so" | "how" | "too" | "not") => {
            (first + 1, 3.0, f64::INFINITY)
        }
        "few" if !matches!(before, "as" | "so" | "how" | "too" | "very" | "no") => {
            (first + 1, 1.0, 10.0)
        }
        "a" => match pieces.low(first + 1) {
            "few" => (first + 2, 2.0, 10.0),
            "couple" if pieces.low(first + 2) == "of" => (first + 3, 2.0, 3.0),
            "couple" if word_scale(pieces.low(first + 2)).is_some() => (first + 2, 2.0, 3.0),
            "handful" if pieces.low(first + 2) == "of" => (first + 2, 2.0, 10.0),
            "number" if pieces.low(first + 2) == "of" => (first + 2, 2.0, f64::INFINITY),
            _ => return None,
        },
        _ => return None,
    };
    // "Several hundred", "a few thousand": at most nine of them, beyond that the next word would serve.
    match word_scale(pieces.low(end)) {
        Some(scale) => {
            let high = if scale < 100.0 { 8.0 } else { high.min(10.0) };
            numeral(end + 1, low.max(2.0) * scale, high * scale)
        }
        None => numeral(end, low, high),
    }
}
