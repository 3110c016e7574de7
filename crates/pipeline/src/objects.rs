//! Objects of a repository that may be made to do harm: commits, tags, trees and files.
//!
//! Git holds a commit, a tag or a tree whole in memory wherever it looks into one, and some kilobytes
//! can make hundreds of megabytes of it. So git is asked for names and sizes only, which takes the
//! head of an object, and what is small enough is read and followed here.

use appleports_store::MAX_STORED;
use thiserror::Error;

use crate::git::{Git, GitError};

/// The most bytes of a commit, a tag or a tree. The trees of the largest repositories have some
/// megabytes.
const MAX_OBJECT: u64 = 8 * 1024 * 1024;

/// Why an object cannot be read.
#[derive(Debug, Error)]
pub enum ObjectError {
    /// Git gave no answer.
    #[error(transparent)]
    Git(#[from] GitError),
    /// It is not there, or is of another kind.
    #[error("{object} is not a {wanted} in this repository ({complaint})")]
    Missing {
        /// The object.
        object: String,
        /// What it should be.
        wanted: &'static str,
        /// What git said.
        complaint: String,
    },
    /// It is too large to be read.
    #[error("the {kind} {object} has {bytes} bytes, more than {limit}")]
    TooLarge {
        /// The object.
        object: String,
        /// What it is.
        kind: String,
        /// Its size.
        bytes: u64,
        /// The limit.
        limit: u64,
    },
}

/// An object of a known kind, read whole.
pub(crate) struct Object {
    pub(crate) kind: String,
    pub(crate) bytes: Vec<u8>,
}

/// Reads an object if it is small enough: git is asked for its kind and size first.
pub(crate) fn read(git: &Git, id: &str, wanted: &'static str) -> Result<Object, ObjectError> {
    let missing = |complaint: String| ObjectError::Missing {
        object: id.to_owned(),
        wanted,
        complaint,
    };
    let kind = git.ask(&["cat-file", "-t", id])?;
    let size = git.ask(&["cat-file", "-s", id])?;
    if !kind.is_success || !size.is_success {
        let answer = if kind.is_success { size } else { kind };
        return Err(missing(answer.complaint()));
    }
    let kind = kind.text();
    let bytes = size.text().parse::<u64>();
    let bytes = bytes.map_err(|_| missing("git gave no size".to_owned()))?;
    let limit = if kind == "blob" {
        MAX_STORED
    } else {
        MAX_OBJECT
    };
    if bytes > limit {
        return Err(ObjectError::TooLarge {
            object: id.to_owned(),
            kind,
            bytes,
            limit,
        });
    }
    let answer = git.ask(&["cat-file", &kind, id])?;
    if !answer.is_success {
        return Err(missing(answer.complaint()));
    }
    Ok(Object {
        kind,
        bytes: answer.bytes,
    })
}

impl Object {
    /// The ids in the head of a commit or tag, in the lines that begin with this word.
    pub(crate) fn ids(&self, word: &str) -> Vec<String> {
        let text = String::from_utf8_lossy(&self.bytes);
        let head = text.lines().take_while(|line| !line.is_empty());
        let ids = head.filter_map(|line| line.strip_prefix(word)?.strip_prefix(' '));
        ids.filter(|id| is_id(id)).map(str::to_owned).collect()
    }

    /// The id of the entry of a tree with this name; `length` is that of an id in hexadecimal digits.
    pub(crate) fn entry(&self, name: &str, length: usize) -> Option<String> {
        let mut rest = self.bytes.as_slice();
        // An entry is its mode, a space, its name, a NUL and its id in bytes.
        while let Some(end) = rest.iter().position(|byte| *byte == 0) {
            let (head, tail) = rest.split_at(end);
            let (id, next) = tail[1..].split_at_checked(length / 2)?;
            let space = head.iter().position(|byte| *byte == b' ')?;
            if head[space + 1..] == *name.as_bytes() {
                let digits = id.iter().flat_map(|byte| [byte >> 4, byte & 15]);
                return digits
                    .map(|digit| char::from_digit(digit.into(), 16))
                    .collect();
            }
            rest = next;
        }
        None
    }
}

/// Whether a text is a whole id of an object: by SHA-1 or by SHA-256.
pub(crate) fn is_id(text: &str) -> bool {
    let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    matches!(text.len(), 40 | 64) && text.bytes().all(is_digit)
}
