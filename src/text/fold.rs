//! Folding: case, diacritics, quotes and dashes, one character to one character, so that a folded word keeps its length in
//! characters and its place in the text.

use unicode_normalization::UnicodeNormalization;

/// The folded form of a character: lower case, without diacritics, straight quotes, a plain hyphen for every dash but the
/// long one.
pub fn fold_char(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    match c {
        '\u{2018}' | '\u{2019}' | '\u{201A}' | '\u{201B}' | '\u{2032}' | '\u{00B4}'
        | '\u{02BC}' => '\'',
        '\u{201C}' | '\u{201D}' | '\u{201E}' | '\u{201F}' | '\u{00AB}' | '\u{00BB}'
        | '\u{2033}' => '"',
        '\u{2010}' | '\u{2011}' | '\u{2012}' | '\u{2013}' | '\u{2212}' => '-',
        '\u{00A0}' | '\u{2007}' | '\u{202F}' | '\u{2009}' | '\u{200A}' => ' ',
        'ı' | 'İ' => 'i',
        'ø' | 'Ø' => 'o',
        'ł' | 'Ł' => 'l',
        'đ' | 'Đ' | 'ð' | 'Ð' => 'd',
        'þ' | 'Þ' => 't',
        'ß' | 'ẞ' => 's',
        'æ' | 'Æ' => 'a',
        'œ' | 'Œ' => 'o',
        _ => {
            let base = std::iter::once(c).nfkd().next().unwrap_or(c);
            base.to_lowercase().next().unwrap_or(base)
        }
    }
}

/// The folded form of each ASCII letter and digit, by its byte; 0 for every other byte.
pub(crate) const PLAIN: [u8; 256] = {
    let mut plain = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        if (byte as u8).is_ascii_alphanumeric() {
            plain[byte] = (byte as u8).to_ascii_lowercase();
        }
        byte += 1;
    }
    plain
};

/// Appends the folded form of `text` to `out`; combining marks are left out.
pub fn fold_into(text: &str, out: &mut String) {
    if text.is_ascii() {
        out.extend(text.bytes().map(|b| b.to_ascii_lowercase() as char));
    } else {
        out.extend(text.chars().filter(|&c| !is_combining(c)).map(fold_char));
    }
}

/// The folded form of `text`.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(text, &mut out);
    out
}

/// Whether a character only modifies the one before it.
pub fn is_combining(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{20D0}'..='\u{20FF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn diacritics_quotes_and_dashes_fold() {
        assert_eq!(
            fold("Erdoğan’s “İstanbul” – Çavuşoğlu"),
            "erdogan's \"istanbul\" - cavusoglu"
        );
        assert_eq!(fold("e\u{0301}t"), "et");
    }
}
