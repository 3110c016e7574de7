//! The members of a body that is compressed with gzip: as many as a server has use for.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::GzDecoder;

/// The most members (RFC 1952, section 2.2). A server sends one, or one for each block that it
/// compresses; each takes far more time than its bytes, and may be empty.
const MAX_MEMBERS: usize = 1_024;

/// All members, decompressed; each has its length and checksum at its end.
pub(crate) struct Members<R> {
    /// None after the last one.
    member: Option<GzDecoder<BufReader<R>>>,
    count: usize,
}

impl<R: Read> Members<R> {
    pub(crate) fn new(compressed: R) -> Self {
        Self {
            member: Some(GzDecoder::new(BufReader::new(compressed))),
            count: 1,
        }
    }
}

impl<R: Read> Read for Members<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while let Some(member) = &mut self.member {
            let count = member.read(buffer)?;
            if count > 0 || buffer.is_empty() {
                return Ok(count);
            }
            let Some(mut rest) = self.member.take().map(GzDecoder::into_inner) else {
                break;
            };
            if rest.fill_buf()?.is_empty() {
                break;
            }
            if self.count == MAX_MEMBERS {
                let reason = format!("more than {MAX_MEMBERS} gzip members");
                return Err(io::Error::other(reason));
            }
            self.count += 1;
            self.member = Some(GzDecoder::new(rest));
        }
        Ok(0)
    }
}
