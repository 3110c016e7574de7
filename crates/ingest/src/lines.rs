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
