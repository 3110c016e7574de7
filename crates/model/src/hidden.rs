//! Characters that people do not see.

use icu_properties::CodePointSetData;
use icu_properties::props::{BidiControl, DefaultIgnorableCodePoint};

/// Whether a character controls a terminal, hides or turns text round, ends a line for
/// some readers, or is none by Unicode and so refused by readers of XML. Line feed and
/// tab are among them.
///
/// What hides or turns text round is Unicode's own list (`Default_Ignorable_Code_Point`,
/// `Bidi_Control`); the interlinear annotations beside it hide the text between them.
pub fn is_hidden(c: char) -> bool {
    if c < '\u{a0}' {
        return c.is_control();
    }
    c as u32 & 0xfffe == 0xfffe
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{fdd0}'..='\u{fdef}' | '\u{fff9}'..='\u{fffb}')
        || CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(c)
        || CodePointSetData::new::<BidiControl>().contains(c)
}

#[cfg(test)]
mod tests {
    use super::is_hidden;

    #[test]
    fn unicode_says_what_hides() {
        for c in [
            '\u{ad}',
            '\u{34f}',
            '\u{61c}',
            '\u{115f}',
            '\u{1160}',
            '\u{17b4}',
            '\u{180b}',
            '\u{180f}',
            '\u{200b}',
            '\u{202e}',
            '\u{2066}',
            '\u{3164}',
            '\u{fe00}',
            '\u{fe0f}',
            '\u{feff}',
            '\u{ffa0}',
            '\u{fff0}',
            '\u{1bca0}',
            '\u{1d173}',
            '\u{e0041}',
            '\u{e0080}',
            '\u{e0100}',
            '\u{e01ef}',
            '\u{e0fff}',
        ] {
            assert!(is_hidden(c), "{c:?}");
        }
        for c in [
            '\0',
            '\n',
            '\t',
            '\u{7f}',
            '\u{85}',
            '\u{9b}',
            '\u{2028}',
            '\u{fdd0}',
            '\u{10ffff}',
        ] {
            assert!(is_hidden(c), "{c:?}");
        }
        for c in " aÄ\u{a0}\u{301}\u{3000}日ｱ\u{ac00}\u{1f468}\u{fffd}".chars() {
            assert!(!is_hidden(c), "{c:?}");
        }
    }
}
