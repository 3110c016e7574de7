//! `robots.txt` (RFC 9309), asked for once per host.

mod rules;

use reqwest::Url;
use rules::Robot;

use crate::retry::Failure;
use crate::{FetchError, Fetcher, policy};

/// No longer file is read; RFC 9309, section 2.5, asks for at least 500 KiB.
const LIMIT: usize = 512 * 1024;

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
    pub(crate) fn respect_robots(&self, url: &Url) -> Result<(), Failure> {
        let origin = url.origin().ascii_serialization();
        if !self.robots.borrow().contains_key(&origin) {
            let rules = self.ask_robots(&format!("{origin}/robots.txt"))?;
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

    fn ask_robots(&self, address: &str) -> Result<Rules, Failure> {
        let response = self.client.get(address).send().map_err(|error| {
            Failure::from(FetchError::Connection {
                url: address.to_owned(),
                reason: crate::error::chain(&error),
            })
        })?;
        let status = response.status();
        if status.is_server_error() || status.as_u16() == 429 {
            return Err(crate::exchange::refused(address, &response));
        }
        if !status.is_success() {
            return Ok(Rules::Open);
        }
        let mut bytes = self.read_body(address, response.content_length(), response)?;
        bytes.truncate(LIMIT);
        Ok(Rules::Robot(Robot::new(policy::ROBOTS_TOKEN, &bytes)))
    }
}
