//! Why a command did not do its work.

use std::fmt;

use appleports_model::Finding;

/// Why a command did not do its work.
#[derive(Debug)]
pub enum Failure {
    /// A guard refused; nothing was overwritten. Exit code 3.
    Refused(Vec<Finding>),
    /// Input, usage or I/O. Exit code 2.
    Input(anyhow::Error),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input(error) => write!(f, "{error:#}"),
            Self::Refused(findings) => {
                let said: Vec<String> = findings.iter().map(ToString::to_string).collect();
                f.write_str(&said.join("; "))
            }
        }
    }
}

impl<E: Into<anyhow::Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Input(error.into())
    }
}
