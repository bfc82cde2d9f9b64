//! Makes text safe to show: an article must not move the cursor, hide words or turn their order round.

use std::borrow::Cow;

/// Replaces every C0 and C1 control character, bidirectional control, zero-width and other invisible formatting character
/// with U+FFFD. Newline and tab stay. One character always becomes one character.
pub fn clean(text: &str) -> Cow<'_, str> {
    if text.chars().any(is_unsafe) {
        let replace = |c| if is_unsafe(c) { '\u{FFFD}' } else { c };
        Cow::Owned(text.chars().map(replace).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// Whether a terminal or a browser would act on the character, or show nothing for it.
fn is_unsafe(c: char) -> bool {
    match c {
        '\n' | '\t' => false,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' => {
            true
        }
        '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' => true,
        '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' => true,
        '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' => true,
        '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}' => true,
        c => c.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_and_invisible_characters_are_replaced() {
        assert_eq!(clean("a\u{1b}[31mb\r\0"), "a\u{FFFD}[31mb\u{FFFD}\u{FFFD}");
        assert_eq!(clean("\u{9b}31m"), "\u{FFFD}31m");
        assert_eq!(clean("x\u{202e}y\u{2066}z"), "x\u{FFFD}y\u{FFFD}z");
        assert_eq!(clean("re\u{200b}jec\u{ad}ted"), "re\u{FFFD}jec\u{FFFD}ted");
    }

    #[test]
    fn visible_text_newline_and_tab_stay_and_are_not_copied() {
        let text = "İstanbul, 東京\n\tcafe\u{301}";
        assert!(matches!(clean(text), Cow::Borrowed(same) if same == text));
    }
}
