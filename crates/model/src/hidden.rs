//! Characters that people do not see.

use std::cmp::Ordering;

/// What hides or turns text round by Unicode: `Default_Ignorable_Code_Point` and `Bidi_Control`
/// (Unicode Standard Annex 44, section 5.3). Written by the test below, which compares it with a
/// crate that has all properties of all characters and that a build need not wait for.
const HIDING: [(char, char); 17] = [
    ('\u{ad}', '\u{ad}'),
    ('\u{34f}', '\u{34f}'),
    ('\u{61c}', '\u{61c}'),
    ('\u{115f}', '\u{1160}'),
    ('\u{17b4}', '\u{17b5}'),
    ('\u{180b}', '\u{180f}'),
    ('\u{200b}', '\u{200f}'),
    ('\u{202a}', '\u{202e}'),
    ('\u{2060}', '\u{206f}'),
    ('\u{3164}', '\u{3164}'),
    ('\u{fe00}', '\u{fe0f}'),
    ('\u{feff}', '\u{feff}'),
    ('\u{ffa0}', '\u{ffa0}'),
    ('\u{fff0}', '\u{fff8}'),
    ('\u{1bca0}', '\u{1bca3}'),
    ('\u{1d173}', '\u{1d17a}'),
    ('\u{e0000}', '\u{e0fff}'),
];

/// Whether a character controls a terminal, hides or turns text round, ends a line for
/// some readers, or is none by Unicode and so refused by readers of XML. Line feed and
/// tab are among them.
///
/// The interlinear annotations beside Unicode's list hide the text between them.
pub fn is_hidden(c: char) -> bool {
    if c < '\u{a0}' {
        return c.is_control();
    }
    c as u32 & 0xfffe == 0xfffe
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{fdd0}'..='\u{fdef}' | '\u{fff9}'..='\u{fffb}')
        || hides(c)
}

fn hides(c: char) -> bool {
    let place = |(first, last): &(char, char)| match c {
        _ if c < *first => Ordering::Greater,
        _ if c > *last => Ordering::Less,
        _ => Ordering::Equal,
    };
    HIDING.binary_search_by(place).is_ok()
}

#[cfg(test)]
mod tests {
    use icu_properties::CodePointSetData;
    use icu_properties::props::{BidiControl, DefaultIgnorableCodePoint};

    use super::{HIDING, hides, is_hidden};

    #[test]
    fn the_table_is_that_of_unicode() {
        let ignorable = CodePointSetData::new::<DefaultIgnorableCodePoint>();
        let turning = CodePointSetData::new::<BidiControl>();
        let mut wanted: Vec<(char, char)> = Vec::new();
        for c in '\0'..=char::MAX {
            let is_one = ignorable.contains(c) || turning.contains(c);
            assert_eq!(hides(c), is_one, "{c:?}");
            match wanted.last_mut() {
                Some((_, last)) if is_one && *last as u32 + 1 == c as u32 => *last = c,
                _ if is_one => wanted.push((c, c)),
                _ => {}
            }
        }
        assert_eq!(wanted, HIDING);
    }

    /// The script that looks at updates reads the same ranges, as Python writes them.
    #[test]
    fn the_script_for_updates_has_the_same_table() {
        let code = |c: char| format!("\\U{:08x}", u32::from(c));
        let ranges = HIDING.map(|(first, last)| format!("{}-{}\n", code(first), code(last)));
        let script = include_str!("../../../.ci/update/hiding");
        assert_eq!(script, ranges.concat());
    }

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
