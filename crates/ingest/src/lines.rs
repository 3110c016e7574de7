//! Line numbers of byte offsets.

/// Counts lines up to a growing offset, each byte once.
pub(crate) struct LineCounter<'a> {
    bytes: &'a [u8],
    offset: usize,
    line: u64,
}

impl<'a> LineCounter<'a> {
    /// A counter at the start of the bytes, which is line 1.
    pub(crate) const fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            offset: 0,
            line: 1,
        }
    }

    /// The 1-based line of `offset`, or of the last place asked for, if that is later.
    pub(crate) fn at(&mut self, offset: usize) -> u64 {
        let offset = offset.clamp(self.offset, self.bytes.len());
        self.line += self.bytes[self.offset..offset]
            .split(|byte| *byte == b'\n')
            .count() as u64
            - 1;
        self.offset = offset;
        self.line
    }
}

/// The lines of places that are asked for in any order, each in logarithmic time.
pub(crate) struct LineIndex {
    /// Where each line but the first begins.
    starts: Vec<usize>,
}

impl LineIndex {
    /// The lines of these bytes.
    pub(crate) fn new(bytes: &[u8]) -> Self {
        let ends = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
        Self {
            starts: ends.map(|(at, _)| at + 1).collect(),
        }
    }

    /// The 1-based line of `offset`.
    pub(crate) fn at(&self, offset: usize) -> u64 {
        self.starts.partition_point(|start| *start <= offset) as u64 + 1
    }
}

/// The 1-based line on which a CSV record begins, its place being that of the reader:
/// behind the record before, which may be before the LF of its CRLF, or before blank lines.
pub(crate) fn line_of_record(bytes: &[u8], position: Option<&csv::Position>) -> u64 {
    let Some(position) = position else { return 0 };
    let from = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let rest = bytes.get(from..).unwrap_or_default();
    let ends = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    position.line() + ends.filter(|byte| **byte == b'\n').count() as u64
}

#[cfg(test)]
mod tests {
    use super::{LineCounter, LineIndex};

    #[test]
    fn both_ways_to_count_lines_agree() {
        let bytes = b"a\n\nb\r\nc";
        let (index, mut counter) = (LineIndex::new(bytes), LineCounter::new(bytes));
        let expected: Vec<u64> = (0..=bytes.len()).map(|at| counter.at(at)).collect();
        let found: Vec<u64> = (0..=bytes.len()).map(|at| index.at(at)).collect();
        assert_eq!(found, expected);
        assert_eq!(found, [1, 1, 2, 3, 3, 3, 4, 4]);
    }
}
