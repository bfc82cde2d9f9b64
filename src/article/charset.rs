//! Bytes to text, whatever charset they are in.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// A page names its charset near its start; browsers look at 1,024 bytes, but comments and scripts push it further down.
const META_BYTES: usize = 8 * 1024;

/// Text, and how it was come by.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Decoded {
    /// Without a byte order mark.
    pub text: String,
    /// The charset's name.
    pub charset: &'static str,
    /// Whether some bytes had no meaning in the charset and were replaced by U+FFFD.
    pub lossy: bool,
    /// Whether the charset was guessed from the bytes alone.
    pub guessed: bool,
}

/// Decodes by byte order mark, else as UTF-8 if valid, else by `declared` (what the content says of itself), else by a guess.
pub(super) fn decode(bytes: Vec<u8>, declared: Option<&'static Encoding>) -> Decoded {
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        return decode_as(encoding, &bytes[mark..], false);
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => {
            return Decoded {
                text,
                charset: UTF_8.name(),
                lossy: false,
                guessed: false,
            };
        }
        Err(error) => error.into_bytes(),
    };
    if is_damaged_utf8(&bytes) {
        return decode_as(UTF_8, &bytes, false);
    }
    if let Some(encoding) = declared {
        return decode_as(encoding, &bytes, false);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(&bytes, true);
    decode_as(detector.guess(None, Utf8Detection::Deny), &bytes, true)
}

/// Whether the bytes hold a NUL, which no text does but one in UTF-16 (told by its byte order mark).
pub(super) fn is_binary(bytes: &[u8]) -> bool {
    let utf16 = Encoding::for_bom(bytes)
        .is_some_and(|(encoding, _)| encoding == UTF_16LE || encoding == UTF_16BE);
    !utf16 && bytes.contains(&0)
}

/// The charset that an HTML page names in a `meta` element.
pub(super) fn html_charset(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(META_BYTES)].to_ascii_lowercase();
    let mut rest = &head[..];
    while let Some(at) = find(rest, b"<meta") {
        rest = &rest[at + b"<meta".len()..];
        let end = rest.iter().position(|&byte| byte == b'>')?;
        let element = &rest[..end];
        if let Some(at) = find(element, b"charset") {
            let value = element[at + b"charset".len()..].trim_ascii_start();
            if let Some(value) = value.strip_prefix(b"=") {
                let label: Vec<u8> = value
                    .iter()
                    .copied()
                    .skip_while(|byte| byte.is_ascii_whitespace() || b"\"'".contains(byte))
                    .take_while(|byte| !byte.is_ascii_whitespace() && !b"\"';/".contains(byte))
                    .collect();
                // A page that can be scanned byte by byte is not in UTF-16, whatever it says.
                if let Some(encoding) = Encoding::for_label(&label)
                    && encoding != UTF_16LE
                    && encoding != UTF_16BE
                {
                    return Some(encoding);
                }
            }
        }
        rest = &rest[end..];
    }
    None
}

fn decode_as(encoding: &'static Encoding, bytes: &[u8], guessed: bool) -> Decoded {
    let (text, lossy) = encoding.decode_without_bom_handling(bytes);
    Decoded {
        text: text.into_owned(),
        charset: encoding.name(),
        lossy,
        guessed,
    }
}

/// Whether the bytes are UTF-8 with a few broken places (a file cut off in a character, a copied mojibake). Text in
/// a one-byte charset hardly ever forms a valid UTF-8 sequence of several bytes, so four times as many good ones
/// as broken ones leave no doubt, while one accented pair in a Latin-1 text does not reach that.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    good >= 4 * broken
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack
        .windows(needle.len())
        .position(|window| window == needle)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_of(bytes: &[u8]) -> (String, &'static str, bool) {
        let decoded = decode(bytes.to_vec(), html_charset(bytes));
        (decoded.text, decoded.charset, decoded.lossy)
    }

    #[test]
    fn byte_order_marks_win_and_are_stripped() {
        assert_eq!(text_of(b"\xEF\xBB\xBFa"), ("a".into(), "UTF-8", false));
        assert_eq!(
            text_of(b"\xFF\xFEa\0\xE4\0"),
            ("aä".into(), "UTF-16LE", false)
        );
        assert_eq!(text_of(b"\xFE\xFF\0a"), ("a".into(), "UTF-16BE", false));
    }

    #[test]
    fn a_page_in_a_declared_charset_is_read_in_it() {
        let page = b"<html><!-- x --><META http-equiv='Content-Type' content='text/html; charset=windows-1254'><p>\xFEey";
        assert_eq!(text_of(page).1, "windows-1254");
        assert!(text_of(page).0.ends_with("şey"));
        let page = b"<meta name=a><meta charset = \"iso-8859-9\"/>\xFE";
        assert!(text_of(page).0.ends_with('ş'));
        assert_eq!(html_charset(b"<meta charset=utf-16>"), None);
        assert_eq!(html_charset(b"<meta charset="), None);
    }

    #[test]
    fn an_unknown_charset_is_guessed() {
        let bytes = b"Le ministre a rencontr\xE9 son homologue am\xE9ricain \xE0 Gen\xE8ve.";
        let decoded = decode(bytes.to_vec(), None);
        assert!(decoded.text.contains("rencontré"), "{decoded:?}");
        assert!(decoded.guessed && !decoded.lossy);
    }

    #[test]
    fn a_file_cut_off_in_a_character_stays_utf8_and_is_lossy() {
        let mut bytes = "Ağrı, İzmir, Muğla, Şırnak".as_bytes().to_vec();
        bytes.push(0xC3);
        let decoded = decode(bytes, None);
        assert_eq!((decoded.charset, decoded.lossy), ("UTF-8", true));
        assert!(decoded.text.starts_with("Ağrı"));
    }

    #[test]
    fn a_nul_makes_a_binary_but_not_in_utf16() {
        assert!(is_binary(b"PK\x03\x04\0"));
        assert!(!is_binary(b"\xFF\xFEa\0"));
        assert!(!is_binary("plain ä".as_bytes()));
    }
}
