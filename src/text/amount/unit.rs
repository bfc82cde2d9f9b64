//! Units of measure: how they are written, and how they convert.

use crate::text::piece::Pieces;

/// What a unit measures. Amounts of one dimension compare by their base values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// Base: second.
    Time,
    /// Base: metre.
    Length,
    /// Base: square metre.
    Area,
    /// Base: litre.
    Volume,
    /// Base: kilogram.
    Mass,
    /// Base: degree Celsius.
    Temperature,
    /// Base: kilometre per hour.
    Speed,
    /// Base: watt.
    Power,
    /// Base: watt-hour.
    Energy,
}

macro_rules! units {
    ($($(#[$doc:meta])* $name:ident: $dimension:ident, $factor:expr;)*) => {
        /// A unit of measure.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Unit { $($(#[$doc])* $name,)* }

        impl Unit {
            /// What it measures.
            pub fn dimension(self) -> Dimension {
                match self { $(Unit::$name => Dimension::$dimension,)* }
            }

            /// How many base units it is; for temperatures the size of one degree.
            fn factor(self) -> f64 {
                match self { $(Unit::$name => $factor,)* }
            }
        }
    };
}

/// Seconds in a day.
const DAY: f64 = 86_400.0;
/// Days in a mean Gregorian year.
const YEAR: f64 = 365.2425;

units! {
    /// Second.
    Second: Time, 1.0;
    /// Minute.
    Minute: Time, 60.0;
    /// Hour.
    Hour: Time, 3600.0;
    /// Day.
    Day: Time, DAY;
    /// Week.
    Week: Time, 7.0 * DAY;
    /// Two weeks.
    Fortnight: Time, 14.0 * DAY;
    /// A twelfth of a mean Gregorian year.
    Month: Time, YEAR / 12.0 * DAY;
    /// Mean Gregorian year, 365.2425 days.
    Year: Time, YEAR * DAY;
    /// Ten years.
    Decade: Time, 10.0 * YEAR * DAY;
    /// A hundred years.
    Century: Time, 100.0 * YEAR * DAY;
    /// Millimetre.
    Millimetre: Length, 0.001;
    /// Centimetre.
    Centimetre: Length, 0.01;
    /// Metre.
    Metre: Length, 1.0;
    /// Kilometre.
    Kilometre: Length, 1000.0;
    /// Inch.
    Inch: Length, 0.0254;
    /// Foot.
    Foot: Length, 0.3048;
    /// Yard.
    Yard: Length, 0.9144;
    /// Statute mile.
    Mile: Length, 1609.344;
    /// Nautical mile.
    NauticalMile: Length, 1852.0;
    /// Square foot.
    SquareFoot: Area, 0.3048 * 0.3048;
    /// Square metre.
    SquareMetre: Area, 1.0;
    /// Acre.
    Acre: Area, 4_046.856_422_4;
    /// Hectare.
    Hectare: Area, 10_000.0;
    /// Square kilometre.
    SquareKilometre: Area, 1e6;
    /// Square mile.
    SquareMile: Area, 1609.344 * 1609.344;
    /// Millilitre.
    Millilitre: Volume, 0.001;
    /// US pint.
    Pint: Volume, 0.473_176_473;
    /// Litre.
    Litre: Volume, 1.0;
    /// US gallon: news about fuel and spills mostly counts in these; the British one is a fifth larger.
    Gallon: Volume, 3.785_411_784;
    /// Barrel of oil, 42 US gallons.
    Barrel: Volume, 158.987_294_928;
    /// Cubic metre.
    CubicMetre: Volume, 1000.0;
    /// Milligram.
    Milligram: Mass, 1e-6;
    /// Gram.
    Gram: Mass, 0.001;
    /// Ounce.
    Ounce: Mass, 0.028_349_523_125;
    /// Pound as a weight.
    Pound: Mass, 0.453_592_37;
    /// Kilogram.
    Kilogram: Mass, 1.0;
    /// Stone, 14 pounds.
    Stone: Mass, 6.350_293_18;
    /// US ton, 2,000 pounds.
    Ton: Mass, 907.184_74;
    /// Metric tonne.
    Tonne: Mass, 1000.0;
    /// Degree Celsius.
    Celsius: Temperature, 1.0;
    /// Degree Fahrenheit.
    Fahrenheit: Temperature, 5.0 / 9.0;
    /// Kilometre per hour.
    KilometrePerHour: Speed, 1.0;
    /// Mile per hour.
    MilePerHour: Speed, 1.609_344;
    /// Metre per second.
    MetrePerSecond: Speed, 3.6;
    /// Nautical mile per hour.
    Knot: Speed, 1.852;
    /// Kilowatt.
    Kilowatt: Power, 1e3;
    /// Megawatt.
    Megawatt: Power, 1e6;
    /// Gigawatt.
    Gigawatt: Power, 1e9;
    /// Kilowatt-hour.
    KilowattHour: Energy, 1e3;
    /// Megawatt-hour.
    MegawattHour: Energy, 1e6;
    /// Gigawatt-hour.
    GigawattHour: Energy, 1e9;
    /// Terawatt-hour.
    TerawattHour: Energy, 1e12;
}

impl Unit {
    /// A value in this unit, in the base unit of its dimension.
    pub fn to_base(self, value: f64) -> f64 {
        match self {
            Unit::Fahrenheit => (value - 32.0) * self.factor(),
            _ => value * self.factor(),
        }
    }

    /// How many of these make one `larger`; only for dimensions without an offset.
    pub(super) fn share_of(self, larger: Unit) -> f64 {
        self.factor() / larger.factor()
    }

    /// Whether `6 feet 2 inches` may be written with these two.
    pub(super) fn is_followed_by(self, smaller: Unit) -> bool {
        use Unit::{Day, Foot, Hour, Inch, Minute, Month, Ounce, Pound, Second, Stone, Week, Year};
        matches!(
            (self, smaller),
            (Year, Month)
                | (Month | Week, Day)
                | (Day, Hour)
                | (Hour, Minute)
                | (Minute, Second)
                | (Foot, Inch)
                | (Stone, Pound)
                | (Pound, Ounce)
        )
    }
}

/// The unit written at piece `at`, and the piece after it. `digits`: the number before it is in digits, so that abbreviations count.
pub(super) fn read(pieces: &Pieces<'_>, at: usize, digits: bool) -> Option<(Unit, usize)> {
    // Square, cubic and nautical units.
    let (scale, base) = match pieces.low(at) {
        "square" => (2, at + 1),
        "sq" if pieces.low(at + 1) == "." => (2, at + 2),
        "sq" => (2, at + 1),
        "cubic" => (3, at + 1),
        "nautical" if matches!(pieces.low(at + 1), "mile" | "miles") => {
            return Some((Unit::NauticalMile, at + 2));
        }
        "metric" if matches!(pieces.low(at + 1), "tons" | "ton" | "tonnes") => {
            return Some((Unit::Tonne, at + 2));
        }
        _ => (1, at),
    };
    if scale > 1 {
        let unit = match (scale, word(pieces.low(base)).or(short(pieces.raw(base)))?) {
            (2, Unit::Foot) => Unit::SquareFoot,
            (2, Unit::Metre) => Unit::SquareMetre,
            (2, Unit::Kilometre) => Unit::SquareKilometre,
            (2, Unit::Mile) => Unit::SquareMile,
            (3, Unit::Metre) => Unit::CubicMetre,
            _ => return None,
        };
        return Some((unit, base + 1));
    }
    if let Some(temperature) = temperature(pieces, at, digits) {
        return Some(temperature);
    }
    let unit = match word(pieces.low(at)) {
        Some(unit) => unit,
        None if digits => {
            let unit = short(pieces.raw(at))?;
            // One letter is a unit only when it stands right at the number.
            if pieces.raw(at).len() == 1 && !pieces.glued_before(at) {
                return None;
            }
            unit
        }
        None => return None,
    };
    // "Gigawatt-hours", "gigawatt hours".
    let hyphen = usize::from(pieces.is_hyphen(at + 1));
    if matches!(pieces.low(at + 1 + hyphen), "hour" | "hours")
        && let Some(unit) = of_an_hour(unit)
    {
        return Some((unit, at + 2 + hyphen));
    }
    // Speeds.
    let speed = |unit| match unit {
        Unit::Kilometre => Some(Unit::KilometrePerHour),
        Unit::Mile => Some(Unit::MilePerHour),
        _ => None,
    };
    if matches!(pieces.low(at + 1), "per" | "an" | "/")
        && matches!(pieces.low(at + 2), "hour" | "h" | "hr")
        && let Some(unit) = speed(unit)
    {
        return Some((unit, at + 3));
    }
    if unit == Unit::Metre
        && matches!(pieces.low(at + 1), "per" | "a" | "/")
        && matches!(pieces.low(at + 2), "second" | "s")
    {
        return Some((Unit::MetrePerSecond, at + 3));
    }
    Some((unit, at + 1))
}

/// The energy of a power that lasts an hour.
fn of_an_hour(power: Unit) -> Option<Unit> {
    match power {
        Unit::Kilowatt => Some(Unit::KilowattHour),
        Unit::Megawatt => Some(Unit::MegawattHour),
        Unit::Gigawatt => Some(Unit::GigawattHour),
        _ => None,
    }
}

/// `°C`, `degrees Celsius`, `C`.
fn temperature(pieces: &Pieces<'_>, at: usize, digits: bool) -> Option<(Unit, usize)> {
    let scale = |at: usize| match pieces.raw(at) {
        "C" => Some(Unit::Celsius),
        "F" => Some(Unit::Fahrenheit),
        _ => match pieces.low(at) {
            "celsius" | "centigrade" => Some(Unit::Celsius),
            "fahrenheit" => Some(Unit::Fahrenheit),
            _ => None,
        },
    };
    match pieces.low(at) {
        "degrees" | "degree" | "°" | "º" => scale(at + 1).map(|unit| (unit, at + 2)),
        "℃" => Some((Unit::Celsius, at + 1)),
        "℉" => Some((Unit::Fahrenheit, at + 1)),
        "celsius" | "fahrenheit" | "centigrade" => scale(at).map(|unit| (unit, at + 1)),
        "c" | "f" if digits && pieces.glued_before(at) => scale(at).map(|unit| (unit, at + 1)),
        _ => None,
    }
}

/// Units written in full.
fn word(low: &str) -> Option<Unit> {
    Some(match low {
        "second" | "seconds" => Unit::Second,
        "minute" | "minutes" => Unit::Minute,
        "hour" | "hours" => Unit::Hour,
        // Who is away for eleven nights is away for eleven days.
        "day" | "days" | "nights" => Unit::Day,
        "week" | "weeks" => Unit::Week,
        "fortnight" | "fortnights" => Unit::Fortnight,
        "month" | "months" => Unit::Month,
        "year" | "years" => Unit::Year,
        "decade" | "decades" => Unit::Decade,
        "century" | "centuries" => Unit::Century,
        "millimetre" | "millimetres" | "millimeter" | "millimeters" => Unit::Millimetre,
        "centimetre" | "centimetres" | "centimeter" | "centimeters" => Unit::Centimetre,
        "metre" | "metres" | "meter" | "meters" => Unit::Metre,
        "kilometre" | "kilometres" | "kilometer" | "kilometers" => Unit::Kilometre,
        "inch" | "inches" => Unit::Inch,
        "foot" | "feet" => Unit::Foot,
        "yard" | "yards" => Unit::Yard,
        "mile" | "miles" => Unit::Mile,
        "acre" | "acres" => Unit::Acre,
        "hectare" | "hectares" => Unit::Hectare,
        "millilitre" | "millilitres" | "milliliter" | "milliliters" => Unit::Millilitre,
        "pint" | "pints" => Unit::Pint,
        "litre" | "litres" | "liter" | "liters" => Unit::Litre,
        "gallon" | "gallons" => Unit::Gallon,
        "barrel" | "barrels" => Unit::Barrel,
        "milligram" | "milligrams" => Unit::Milligram,
        "gram" | "grams" | "gramme" | "grammes" => Unit::Gram,
        "ounce" | "ounces" => Unit::Ounce,
        "pound" | "pounds" | "lb" | "lbs" => Unit::Pound,
        "kilogram" | "kilograms" | "kilogramme" | "kilogrammes" | "kilo" | "kilos" => {
            Unit::Kilogram
        }
        "stone" => Unit::Stone,
        "ton" | "tons" => Unit::Ton,
        "tonne" | "tonnes" => Unit::Tonne,
        "knots" => Unit::Knot,
        "mph" => Unit::MilePerHour,
        "kph" | "kmh" => Unit::KilometrePerHour,
        "kilowatt" | "kilowatts" => Unit::Kilowatt,
        "megawatt" | "megawatts" => Unit::Megawatt,
        "gigawatt" | "gigawatts" => Unit::Gigawatt,
        _ => return None,
    })
}

/// Abbreviations, which count only after digits; `in` and `min` are too often something else or nothing.
fn short(raw: &str) -> Option<Unit> {
    Some(match raw {
        "mm" => Unit::Millimetre,
        "cm" => Unit::Centimetre,
        "m" => Unit::Metre,
        "km" | "kms" => Unit::Kilometre,
        "ft" => Unit::Foot,
        "yd" | "yds" => Unit::Yard,
        "mi" => Unit::Mile,
        "ha" => Unit::Hectare,
        "ml" => Unit::Millilitre,
        "l" | "L" => Unit::Litre,
        "mg" => Unit::Milligram,
        "g" => Unit::Gram,
        "kg" | "kgs" => Unit::Kilogram,
        "oz" => Unit::Ounce,
        "t" => Unit::Tonne,
        "hr" | "hrs" | "h" => Unit::Hour,
        "min" | "mins" => Unit::Minute,
        "sec" | "secs" => Unit::Second,
        "yr" | "yrs" => Unit::Year,
        "kW" => Unit::Kilowatt,
        "MW" => Unit::Megawatt,
        "GW" => Unit::Gigawatt,
        "kWh" => Unit::KilowattHour,
        "MWh" => Unit::MegawattHour,
        "GWh" => Unit::GigawattHour,
        "TWh" => Unit::TerawattHour,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(text: &str) -> Option<Unit> {
        read(&Pieces::cut(text), 1, true).map(|(unit, _)| unit)
    }

    #[test]
    fn ten_inches_are_about_a_quarter_of_a_metre() {
        assert!((Unit::Inch.to_base(10.0) - 0.254).abs() < 1e-9);
        assert!((Unit::Fahrenheit.to_base(212.0) - 100.0).abs() < 1e-9);
        assert!((Unit::Mile.to_base(1.0) - 1609.344).abs() < 1e-9);
    }

    #[test]
    fn written_units() {
        assert_eq!(unit("5 km"), Some(Unit::Kilometre));
        assert_eq!(unit("5 km/h"), Some(Unit::KilometrePerHour));
        assert_eq!(unit("5 miles an hour"), Some(Unit::MilePerHour));
        assert_eq!(unit("5 sq. miles"), Some(Unit::SquareMile));
        assert_eq!(unit("5 metric tons"), Some(Unit::Tonne));
        assert_eq!(unit("5 degrees Celsius"), Some(Unit::Celsius));
        assert_eq!(unit("30°F"), Some(Unit::Fahrenheit));
        assert_eq!(unit("30C"), Some(Unit::Celsius));
        assert_eq!(unit("5 C students"), None);
        assert_eq!(unit("5 houses"), None);
        for energy in ["5 GWh", "5 gigawatt-hours", "5 gigawatt hours"] {
            assert_eq!(unit(energy), Some(Unit::GigawattHour), "{energy}");
        }
    }
}
