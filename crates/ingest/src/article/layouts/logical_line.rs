//! A line of delimited cells, which may go on over several lines inside the quotes of a cell.

use crate::article::table::columns::WIDTHS;

/// A line that may go on over several, inside the quotes of a cell.
pub(super) struct LogicalLine {
    pub(super) bytes: usize,
    pub(super) lines: u32,
    pub(super) first: String,
    /// How many cells there are; 1 where all others are empty.
    pub(super) cells: usize,
    pub(super) is_blank: bool,
}

/// No heading or first row has more lines.
const MAX_LINES: usize = 50;

/// Cuts one line after the other. The parser is made once: that costs more than most lines.
pub(super) struct LineCutter {
    parser: csv_core::Reader,
    has_quotes: bool,
    cells: Vec<u8>,
    ends: Vec<usize>,
}

impl LineCutter {
    pub(super) fn new(delimiter: u8, has_quotes: bool) -> Self {
        Self {
            parser: csv_core::ReaderBuilder::new()
                .delimiter(delimiter)
                .quoting(has_quotes)
                .build(),
            has_quotes,
            cells: Vec::new(),
            ends: Vec::new(),
        }
    }

    /// The line at the start of the text. It goes on to where its quotes are closed if it
    /// has as many cells then as a row may have; else the quote is one of the text.
    pub(super) fn line(&mut self, text: &str) -> LogicalLine {
        let (mut bytes, mut quotes) = (0, 0);
        let mut first = None;
        for (lines, line) in (1..).zip(text.split_inclusive('\n').take(MAX_LINES)) {
            bytes += line.len();
            if self.has_quotes {
                quotes += line.bytes().filter(|byte| *byte == b'"').count();
            }
            if quotes % 2 == 0 || lines == 1 {
                let candidate = self.cut(&text[..bytes], lines);
                if quotes % 2 == 0 && (lines == 1 || WIDTHS.contains(&candidate.cells)) {
                    return candidate;
                }
                first.get_or_insert(candidate);
            }
            if quotes % 2 == 0 {
                break;
            }
        }
        first.unwrap_or_else(|| self.cut("", 1))
    }

    fn cut(&mut self, text: &str, lines: u32) -> LogicalLine {
        // There are no more cells than bytes, and one more.
        self.cells.resize(self.cells.len().max(text.len()), 0);
        self.ends.resize(self.ends.len().max(text.len() + 1), 0);
        self.parser.reset();
        let mut input = text.as_bytes();
        let (mut filled_bytes, mut filled_ends) = (0, 0);
        loop {
            let (result, read, written, ended) = self.parser.read_record(
                input,
                &mut self.cells[filled_bytes..],
                &mut self.ends[filled_ends..],
            );
            input = &input[read..];
            filled_bytes += written;
            filled_ends += ended;
            // An empty input says that the text has ended.
            if result != csv_core::ReadRecordResult::InputEmpty {
                break;
            }
        }
        let ends = &self.ends[..filled_ends];
        let starts = std::iter::once(0).chain(ends.iter().copied());
        let cells = || {
            starts
                .clone()
                .zip(ends)
                .map(|(start, end)| &self.cells[start..*end])
        };
        let filled = cells().filter(|cell| !cell.trim_ascii().is_empty()).count();
        LogicalLine {
            bytes: text.len(),
            lines,
            first: cells().next().map_or_else(String::new, |cell| {
                String::from_utf8_lossy(cell).into_owned()
            }),
            cells: if filled > 1 { ends.len() } else { filled },
            is_blank: text.trim().is_empty(),
        }
    }
}
