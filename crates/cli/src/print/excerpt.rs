//! The part of a text that has what was looked for, where there is no room for all of it.

use std::borrow::Cow;
use std::ops::Range;

use appleports_model::fold;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

pub(super) const DOTS: &str = "...";

/// Words that were looked for.
#[derive(Clone, Debug)]
pub(crate) struct Mark {
    folded: String,
    is_whole: bool,
}

impl Mark {
    /// Words that may be a part of others.
    pub(crate) fn anywhere(words: &str) -> Self {
        Self {
            folded: fold(words),
            is_whole: false,
        }
    }

    /// Words that are no part of others, such as an acronym.
    pub(crate) fn whole(words: &str) -> Self {
        Self {
            folded: fold(words),
            is_whole: true,
        }
    }

    /// Whether there are no words, which are nowhere.
    pub(super) const fn is_empty(&self) -> bool {
        self.folded.is_empty()
    }

    /// Where the words are in a folded text.
    fn find(&self, text: &str) -> Option<Range<usize>> {
        let length = self.folded.len();
        let is_edge = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
        let stands_alone = |at: usize| {
            is_edge(text[..at].chars().next_back()) && is_edge(text[at + length..].chars().next())
        };
        text.match_indices(&self.folded)
            .map(|(at, _)| at)
            .find(|at| length > 0 && (!self.is_whole || stands_alone(*at)))
            .map(|at| at..at + length)
    }
}

/// Where the first of the marks is in the text, as bytes; the longest if several begin
/// there.
pub(crate) fn find(text: &str, marks: &[Mark]) -> Option<Range<usize>> {
    if marks.is_empty() {
        return None;
    }
    let (folded, places) = folded_with_places(text);
    let found = marks.iter().filter_map(|mark| mark.find(&folded));
    let found = found.min_by_key(|found| (found.start, std::cmp::Reverse(found.end)))?;
    Some(places[found.start].start..places[found.end - 1].end)
}

/// The text as [`fold`] has it, and for each byte of that the character that it is from.
fn folded_with_places(text: &str) -> (String, Vec<Range<usize>>) {
    let mut folded = String::with_capacity(text.len());
    let mut places = Vec::with_capacity(text.len());
    let mut buffer = [0; 4];
    for (at, c) in text.char_indices() {
        if c.is_whitespace() {
            if !folded.ends_with(' ') {
                folded.push(' ');
            }
        } else {
            folded.push_str(&fold(c.encode_utf8(&mut buffer)));
        }
        places.resize(folded.len(), at..at + c.len_utf8());
    }
    (folded, places)
}

/// The text in at most `room` columns: all of it, or from its beginning, or from the first
/// item of a list or the word with one of the `marks` where that would be cut off.
pub(super) fn excerpt<'t>(text: &'t str, room: usize, marks: &[Mark]) -> Cow<'t, str> {
    if text.width() <= room {
        return Cow::Borrowed(text);
    }
    let head = start(text, room.saturating_sub(DOTS.len())).trim_end();
    let mark = find(text, marks).filter(|mark| mark.end > head.len());
    let Some(mark) = mark else {
        return Cow::Owned(format!("{head}{DOTS}"));
    };
    let before = &text[..mark.start];
    let item = before.rfind(", ").map(|at| at + ", ".len());
    let word = before.rfind(char::is_whitespace).map(|at| at + 1);
    let candidates = [(item, "..., "), (word, DOTS), (Some(mark.start), DOTS)];
    let fits = |from: usize, lead: &str| {
        let tail = if mark.end < text.len() { DOTS.len() } else { 0 };
        lead.len() + text[from..mark.end].width() + tail <= room
    };
    let (from, lead) = candidates
        .into_iter()
        .find_map(|(from, lead)| Some((from.filter(|from| fits(*from, lead))?, lead)))
        .unwrap_or((mark.start, DOTS));
    let rest = &text[from..];
    let left = room.saturating_sub(lead.len());
    if rest.width() <= left {
        return Cow::Owned(format!("{lead}{rest}"));
    }
    let rest = start(rest, left.saturating_sub(DOTS.len())).trim_end();
    Cow::Owned(format!("{lead}{rest}{DOTS}"))
}

/// As much of the text as fits into `room` columns.
fn start(text: &str, room: usize) -> &str {
    let mut used = 0;
    for (at, c) in text.char_indices() {
        used += c.width().unwrap_or_default();
        if used > room {
            return &text[..at];
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, mark: &str) -> String {
        let place = find(text, &[Mark::anywhere(mark)]);
        place.map_or_else(String::new, |place| text[place].to_owned())
    }

    #[test]
    fn a_mark_is_found_whatever_its_case_accents_and_typography() {
        for (text, mark, expected) in [
            ("Für FaceTime-Anrufe", "facetime", "FaceTime"),
            ("Drucken auf gängigen Druckern", "GANGIGEN", "gängigen"),
            ("große Ports", "grosse", "große"),
            ("a \u{a0} b", "a b", "a \u{a0} b"),
            ("Wi‑Fi", "wi-fi", "Wi‑Fi"),
            ("端口映射", "映射", "映射"),
            ("FaceTime", "", ""),
            ("FaceTime", "xsan", ""),
        ] {
            assert_eq!(found(text, mark), expected, "{text} {mark}");
        }
    }

    #[test]
    fn a_whole_word_is_no_part_of_another() {
        let text = "Standard ARD, ARDs";
        assert_eq!(find(text, &[Mark::whole("ard")]), Some(9..12));
        assert_eq!(find(text, &[Mark::anywhere("ard")]), Some(5..8));
        assert_eq!(find("Standard", &[Mark::whole("ard")]), None);
    }

    #[test]
    fn a_cut_list_shows_the_name_that_was_looked_for() {
        let list = "iTunes Store, Software Update, Mac App Store, iCloud, FaceTime, Xcode";
        let shown = |mark: &str| excerpt(list, 48, &[Mark::anywhere(mark)]).into_owned();
        let head = "iTunes Store, Software Update, Mac App Store,...";
        for mark in ["", "software", "itunes store", "elsewhere"] {
            assert_eq!(shown(mark), head, "{mark}");
        }
        assert_eq!(shown("facetime"), "..., FaceTime, Xcode");
        assert_eq!(shown("time"), "..., FaceTime, Xcode");
    }

    #[test]
    fn a_cut_sentence_shows_the_word_that_was_looked_for() {
        let long = "Simple Mail Transfer Protocol for the submission of mail (SMTP)";
        let shown = |mark: &str, room| excerpt(long, room, &[Mark::anywhere(mark)]).into_owned();
        assert_eq!(shown("smtp", 20), "...(SMTP)");
        assert_eq!(shown("submission", 20), "...submission of...");
        assert_eq!(shown("mail", 20), "Simple Mail Trans...");
        assert_eq!(shown("smtp", 8), "...SMTP)");
    }

    #[test]
    fn no_excerpt_is_wider_than_its_room() {
        let texts = [
            "Drucken auf vielen gängigen Druckern, Xsan, iCloud",
            "打印到许多常见的打印机，端口映射",
            "a\u{301}e\u{301}i\u{301}o\u{301} b, c, d",
        ];
        for text in texts {
            for room in 7..60 {
                for mark in ["", "xsan", "icloud", "映射", "打印机", "d"] {
                    let shown = excerpt(text, room, &[Mark::anywhere(mark)]);
                    assert!(shown.width() <= room, "{shown} {room}");
                }
            }
        }
    }
}
