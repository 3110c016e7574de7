//! Files outside the sources folder that a person names.

use std::path::Path;

use appleports_model::{Date, SourceInfo, SourceKind, parse_date};
use appleports_store::{MAX_STORED, Stored, read_limited};

use crate::failure::Failure;

/// A file outside the sources. Its day is the one that its bytes give, by `date`, or else the one
/// in its name, or none. Its path is its bare name, so that outputs do not depend on where it lies.
pub(super) fn read(
    path: &Path,
    kind: SourceKind,
    date: impl FnOnce(&[u8]) -> Option<Date>,
) -> Result<Stored, Failure> {
    let bytes = read_limited(path, MAX_STORED)?;
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let date = date(&bytes).or_else(|| date_in(&name));
    let info = SourceInfo::foreign(kind, None, date, name, &bytes);
    Ok(Stored { info, bytes })
}

/// The first `YYYY-MM-DD` in a text that is a day of the calendar.
fn date_in(text: &str) -> Option<Date> {
    let mut words = (0..text.len()).filter_map(|at| text.get(at..at + 10));
    words.find_map(parse_date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_in_a_name_is_one_of_the_calendar() {
        let day = |text| date_in(text).map(|day| day.to_string());
        assert_eq!(day("ports-2015-07-30.csv").as_deref(), Some("2015-07-30"));
        assert_eq!(
            day("x-2020-99-99-2021-01-02").as_deref(),
            Some("2021-01-02")
        );
        for none in ["x-2020-99-99.csv", "2020-1-1", "", "ä2020-01-0"] {
            assert_eq!(day(none), None, "{none}");
        }
    }
}
