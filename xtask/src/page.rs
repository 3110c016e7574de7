//! Tables in a page that a command keeps up to date.

use std::fs;
use std::path::Path;

use anyhow::Context;

/// Replaces what stands between `<!-- NAME -->` and `<!-- end NAME -->`.
pub(crate) fn replace_between(path: &Path, name: &str, text: &str) -> anyhow::Result<()> {
    change_between(path, name, |_| text.to_owned())
}

/// Replaces what stands between the marks by what `change` makes of it.
pub(crate) fn change_between(
    path: &Path,
    name: &str,
    change: impl FnOnce(&str) -> String,
) -> anyhow::Result<()> {
    let page = fs::read_to_string(path)?;
    let (begin, end) = (format!("<!-- {name} -->\n"), format!("<!-- end {name} -->"));
    let place = || format!("{}: no place for `{name}`", path.display());
    let (head, rest) = page.split_once(&begin).with_context(place)?;
    let (old, tail) = rest.split_once(&end).with_context(place)?;
    let new = change(old);
    fs::write(path, [head, &begin, &new, &end, tail].concat())?;
    Ok(())
}
