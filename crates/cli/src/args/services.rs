//! `--services`: a file, or that of the system.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::builder::{OsStringValueParser, TypedValueParser};

/// What the option means without a file.
pub(crate) const OF_THE_SYSTEM: &str = "<of the system>";

/// Where systems keep the file. Those that ship it below /usr leave the other one to their
/// administrators, and the C library looks there first.
const PLACES: [&str; 2] = ["/etc/services", "/usr/etc/services"];

/// The parser of the option.
pub(crate) fn services_file() -> impl TypedValueParser<Value = PathBuf> {
    OsStringValueParser::new().map(|text: OsString| {
        if text == OF_THE_SYSTEM {
            of_the_system(Path::exists)
        } else {
            PathBuf::from(text)
        }
    })
}

fn of_the_system(exists: impl Fn(&Path) -> bool) -> PathBuf {
    let mut places = PLACES.iter().map(Path::new);
    let present = places.find(|place| exists(place));
    present.unwrap_or(Path::new(PLACES[0])).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_of_the_administrator_goes_first() {
        let found = |present: &[&str]| {
            of_the_system(|place| present.iter().any(|path| place == Path::new(path)))
        };
        assert_eq!(found(&PLACES), Path::new("/etc/services"));
        assert_eq!(
            found(&["/usr/etc/services"]),
            Path::new("/usr/etc/services")
        );
        assert_eq!(found(&[]), Path::new("/etc/services"));
    }
}
