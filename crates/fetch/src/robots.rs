//! `robots.txt` (RFC 9309), asked for once per host.

mod rules;

use reqwest::Url;
use reqwest::blocking::Response;
use reqwest::header::HeaderMap;
use rules::Robot;

use crate::body::Bytes;
use crate::limits::Deadline;
use crate::retry::Failure;
use crate::{FetchError, Fetcher, policy};

/// No longer file is read; RFC 9309, section 2.5, asks for at least 500 KiB.
const MAX_ROBOTS: usize = 512 * 1024;

/// How many redirects are followed; RFC 9309, section 2.3.1.2, asks for at least five.
const MAX_REDIRECTS: usize = 5;

/// What a host asks of programs.
pub(crate) enum Rules {
    /// There is no file: everything may be read.
    Open,
    /// The rules.
    Robot(Robot),
}

impl Fetcher {
    /// Whether the address may be read. A file that cannot be had because the
    /// server fails means no (RFC 9309, section 2.3.1.4).
    pub(crate) fn respect_robots(&self, url: &Url, deadline: Deadline) -> Result<(), Failure> {
        let origin = url.origin().ascii_serialization();
        if !self.robots.borrow().contains_key(&origin) {
            let rules = self.ask_robots(url, deadline)?;
            self.robots.borrow_mut().insert(origin.clone(), rules);
        }
        let allowed = match self.robots.borrow().get(&origin) {
            Some(Rules::Robot(robot)) => robot.allowed(url),
            _ => true,
        };
        if allowed {
            Ok(())
        } else {
            Err(FetchError::Robots {
                url: url.to_string(),
            }
            .into())
        }
    }

    /// The rules for the host of an address, also from where the host sends us on to
    /// (RFC 9309, section 2.3.1.2).
    fn ask_robots(&self, of: &Url, deadline: Deadline) -> Result<Rules, Failure> {
        let mut url = of.clone();
        url.set_path("/robots.txt");
        url.set_query(None);
        url.set_fragment(None);
        let first = url.clone();
        for _ in 0..=MAX_REDIRECTS {
            let response = self.ask(&url, HeaderMap::new(), deadline)?;
            let status = response.status();
            if status.is_redirection() {
                url = self.target(&url, &response)?;
            } else if status.is_server_error() || matches!(status.as_u16(), 206 | 429) {
                // A part of the rules is none.
                return Err(crate::exchange::refused(url.as_str(), &response));
            } else if status.is_success() {
                return self.read_rules(&url, response, deadline);
            } else {
                return Ok(Rules::Open);
            }
        }
        Err(FetchError::TooManyRedirects {
            url: first.to_string(),
            limit: MAX_REDIRECTS,
        }
        .into())
    }

    fn read_rules(
        &self,
        url: &Url,
        response: Response,
        deadline: Deadline,
    ) -> Result<Rules, Failure> {
        let Bytes { mut bytes, has_end } = self.read_body(url.as_str(), response, deadline)?;
        if !has_end {
            return Err(FetchError::Connection {
                url: url.to_string(),
                reason: "the server does not mark the end of the file, so rules may be missing"
                    .to_owned(),
            }
            .into());
        }
        bytes.truncate(MAX_ROBOTS);
        Ok(Rules::Robot(Robot::new(policy::ROBOTS_TOKEN, &bytes)))
    }
}
