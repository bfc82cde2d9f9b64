//! Currencies: signs, codes and words, as ISO 4217 codes.

use crate::text::piece::Pieces;

/// A currency found beside a number.
pub(super) struct Money {
    /// ISO 4217 code.
    pub(super) code: &'static str,
    /// 0.01 for cents and pence.
    pub(super) scale: f64,
    /// Piece index: the first of it before the number, or the one after it behind the number.
    pub(super) edge: usize,
}

/// A sign or code that ends right before piece `at`: `$`, `US$ `, `Rs. `, `EUR `.
pub(super) fn before(pieces: &Pieces<'_>, at: usize) -> Option<Money> {
    let last = at.checked_sub(1)?;
    let money = |code, edge| Money {
        code,
        scale: 1.0,
        edge,
    };
    let sign = match pieces.raw(last) {
        "$" | "＄" => "USD",
        "£" => "GBP",
        "€" => "EUR",
        "¥" | "￥" => "JPY",
        "₹" => "INR",
        "₽" => "RUB",
        "₺" => "TRY",
        "₩" => "KRW",
        "₪" => "ILS",
        "₴" => "UAH",
        "₦" => "NGN",
        "₱" => "PHP",
        "₫" => "VND",
        "฿" => "THB",
        _ => "",
    };
    if !sign.is_empty() {
        let Some(prefix) = last.checked_sub(1).filter(|&at| pieces.glued(at)) else {
            return Some(money(sign, last));
        };
        let code = match (pieces.raw(prefix), sign) {
            ("US" | "U.S." | "USD", "USD") => "USD",
            ("A" | "AU", "USD") => "AUD",
            ("C" | "CA" | "CAD" | "CAN" | "Can", "USD") => "CAD",
            ("NZ", "USD") => "NZD",
            ("HK", "USD") => "HKD",
            ("S" | "SG", "USD") => "SGD",
            ("R", "USD") => "BRL",
            ("NT", "USD") => "TWD",
            ("Z", "USD") => "ZWL",
            ("CN", "JPY") => "CNY",
            _ => return Some(money(sign, last)),
        };
        return Some(money(code, prefix));
    }
    if pieces.raw(last) == "." {
        let name = last.checked_sub(1)?;
        return (pieces.raw(name) == "Rs").then(|| money("INR", name));
    }
    if pieces.raw(last) == "Rs" {
        return Some(money("INR", last));
    }
    code(pieces.raw(last)).map(|code| money(code, last))
}

/// A sign, code or word that starts at piece `at`. `large`: the number has a scale such as million, which pounds as a weight never have.
pub(super) fn after(pieces: &Pieces<'_>, at: usize, large: bool) -> Option<Money> {
    let money = |code, edge| {
        Some(Money {
            code,
            scale: 1.0,
            edge,
        })
    };
    let sub = |code, edge| {
        Some(Money {
            code,
            scale: 0.01,
            edge,
        })
    };
    // "Canadian dollars", "Turkish lira".
    let (nation, noun) = match pieces.low(at) {
        "us" | "u.s." | "american" => ("USD", at + 1),
        "canadian" => ("CAD", at + 1),
        "australian" => ("AUD", at + 1),
        "singapore" => ("SGD", at + 1),
        "new" if pieces.low(at + 1) == "zealand" => ("NZD", at + 2),
        "hong" if pieces.low(at + 1) == "kong" => ("HKD", at + 2),
        "turkish" => ("TRY", at + 1),
        "egyptian" => ("EGP", at + 1),
        "lebanese" => ("LBP", at + 1),
        "syrian" => ("SYP", at + 1),
        "british" => ("GBP", at + 1),
        "indian" => ("INR", at + 1),
        "pakistani" => ("PKR", at + 1),
        "russian" => ("RUB", at + 1),
        "chinese" => ("CNY", at + 1),
        "japanese" => ("JPY", at + 1),
        "swiss" => ("CHF", at + 1),
        "swedish" => ("SEK", at + 1),
        "norwegian" => ("NOK", at + 1),
        "danish" => ("DKK", at + 1),
        "south" if pieces.low(at + 1) == "korean" => ("KRW", at + 2),
        "south" if pieces.low(at + 1) == "african" => ("ZAR", at + 2),
        _ => ("", at),
    };
    if !nation.is_empty() {
        return match pieces.low(noun) {
            "dollars" | "dollar" | "pounds" | "pound" | "lira" | "liras" | "rupees" | "rupee"
            | "rubles" | "roubles" | "yuan" | "yen" | "won" | "rand" | "francs" | "kronor"
            | "kroner" | "krona" => money(nation, noun + 1),
            "cents" => sub(nation, noun + 1),
            _ => None,
        };
    }
    match pieces.low(at) {
        "dollars" | "dollar" | "bucks" | "$" => money("USD", at + 1),
        "euros" | "euro" | "€" => money("EUR", at + 1),
        "pounds" | "pound" if matches!(pieces.low(at + 1), "sterling") => money("GBP", at + 2),
        "pounds" if large => money("GBP", at + 1),
        "quid" => money("GBP", at + 1),
        "cents" | "cent" => sub("USD", at + 1),
        "pence" => sub("GBP", at + 1),
        "yen" => money("JPY", at + 1),
        "yuan" | "renminbi" => money("CNY", at + 1),
        "rupees" | "rupee" => money("INR", at + 1),
        "rubles" | "roubles" => money("RUB", at + 1),
        "lira" | "liras" => money("TRY", at + 1),
        "shekels" => money("ILS", at + 1),
        "naira" => money("NGN", at + 1),
        "rand" => money("ZAR", at + 1),
        "francs" => money("CHF", at + 1),
        "pesos" => money("MXN", at + 1),
        "zloty" | "zlotys" => money("PLN", at + 1),
        "riyals" => money("SAR", at + 1),
        "dirhams" => money("AED", at + 1),
        "forints" | "forint" => money("HUF", at + 1),
        "baht" => money("THB", at + 1),
        "hryvnia" | "hryvnias" => money("UAH", at + 1),
        // Several countries': what is counted is money all the same.
        "crowns" | "kroner" | "kronor" | "dinars" => money("XXX", at + 1),
        // "Of the 25, 12 won" is a verb; small sums in won do not make news.
        "won" if large => money("KRW", at + 1),
        "£" | "₺" | "₽" | "₹" if pieces.glued_before(at) && !pieces.glued(at) => {
            money(before(pieces, at + 1)?.code, at + 1)
        }
        _ => money(code(pieces.raw(at))?, at + 1),
    }
}

/// ISO 4217 codes as written, in capitals; only those that are no common word.
fn code(raw: &str) -> Option<&'static str> {
    const CODES: [&str; 27] = [
        "AED", "AUD", "BRL", "CAD", "CHF", "CNY", "DKK", "EGP", "EUR", "GBP", "HKD", "ILS", "INR",
        "JPY", "KRW", "MXN", "NOK", "NZD", "PKR", "PLN", "RMB", "RUB", "SAR", "SEK", "SGD", "USD",
        "ZAR",
    ];
    let code = CODES.iter().find(|&&code| code == raw)?;
    Some(if *code == "RMB" { "CNY" } else { code })
}
