//! Links of the file system beside and below what a command writes, as a repository or an archive
//! brings them, and addresses that lead elsewhere.

use std::fs;
use std::path::Path;

use crate::run::{alone, on, scratch, stderr};
use crate::{seed, tree};

/// A person's folder outside of what a command writes.
#[cfg(unix)]
fn home(folder: &Path) -> std::path::PathBuf {
    let home = folder.join("home");
    fs::create_dir_all(home.join("docs")).unwrap();
    fs::write(home.join("docs/thesis.txt"), "precious").unwrap();
    home
}

fn with_sources(folder: &Path) {
    tree::copy(seed::sources(), &folder.join("sources"));
}

#[cfg(unix)]
#[test]
fn a_site_is_not_written_through_a_link_beside_it() {
    let folder = scratch();
    let home = home(folder.path());
    with_sources(folder.path());
    for name in [".appleports-tmp-site", ".appleports-tmp-site.old"] {
        std::os::unix::fs::symlink("home", folder.path().join(name)).unwrap();
    }
    for _ in 0..2 {
        alone(folder.path(), &["site", "--out", "site"]).success();
        assert_eq!(tree::files(&home), ["docs/thesis.txt"]);
        let site = fs::symlink_metadata(folder.path().join("site")).unwrap();
        assert!(site.is_dir());
    }
}

#[cfg(unix)]
#[test]
fn the_usual_output_folder_may_not_be_a_link() {
    let folder = scratch();
    let home = home(folder.path());
    with_sources(folder.path());
    std::os::unix::fs::symlink("home", folder.path().join("output")).unwrap();
    for output in ["output", "output/", "./output", "output/."] {
        let refused = alone(folder.path(), &["build", "--output", output]).code(2);
        let said = stderr(&refused);
        assert!(
            said.contains("output: a symbolic link; pass its target"),
            "{said}"
        );
    }
    alone(folder.path(), &["build"]).code(2);
    assert_eq!(tree::files(&home), ["docs/thesis.txt"]);
    // One that a person names is written to.
    alone(folder.path(), &["build", "--output", "home"]).success();
}

#[cfg(unix)]
#[test]
fn a_page_is_not_stored_through_a_link() {
    let folder = scratch();
    let home = home(folder.path());
    fs::write(home.join("capture.md"), "mine").unwrap();
    with_sources(folder.path());
    let page = folder.path().join("page.md");
    fs::copy(
        seed::sources().join("apple/de-de/2015-10-23/capture.md"),
        &page,
    )
    .unwrap();
    let link = folder.path().join("sources/apple/de-de/2015-11-01");
    std::os::unix::fs::symlink("../../../home", &link).unwrap();
    let words = ["ingest", "page.md", "--captured", "2015-11-01"];
    let refused = alone(folder.path(), &words).code(2);
    let said = stderr(&refused);
    assert!(
        said.contains("de-de/2015-11-01: a symbolic link, and sources"),
        "{said}"
    );
    assert_eq!(fs::read(home.join("capture.md")).unwrap(), b"mine");
    assert_eq!(tree::files(&home), ["capture.md", "docs/thesis.txt"]);
    fs::remove_file(link).unwrap();
    alone(folder.path(), &words).success();
}

/// Gives the capture another address.
fn with_address(folder: &Path, url: &str) {
    with_sources(folder);
    let manifest = folder.join("sources/apple/de-de/2015-10-23/capture.toml");
    let text = fs::read_to_string(&manifest).unwrap();
    let lines = text.lines().map(|line| {
        if line.starts_with("url = ") {
            format!("url = \"{url}\"\n")
        } else {
            format!("{line}\n")
        }
    });
    fs::write(manifest, lines.collect::<String>()).unwrap();
}

#[test]
fn a_capture_with_the_address_of_another_page_is_refused() {
    for url in [
        "https://evil.example/phish",
        "https://support.apple.com/de-de/102266",
    ] {
        let folder = scratch();
        with_address(folder.path(), url);
        for words in [&["build"][..], &["site", "--out", "site"], &["find", "22"]] {
            let refused = alone(folder.path(), words).failure();
            let said = stderr(&refused);
            assert!(said.contains("G001") && said.contains(url), "{said}");
        }
        assert!(!folder.path().join("site").exists());
        assert!(!folder.path().join("output").exists());
    }
}

#[test]
fn an_address_that_is_not_the_publishers_is_no_link() {
    // Those of an archive and of a server of this computer may be stored.
    for url in [
        "https://evil.example/https://support.apple.com/de-de/HT202944",
        "http://127.0.0.1:8000/page",
    ] {
        let folder = scratch();
        with_address(folder.path(), url);
        let root = folder.path();
        on("2015-10-24", root, &["build"]).success();
        on("2015-10-24", root, &["site", "--out", "site"]).success();
        for folder in ["output", "site"] {
            let folder = root.join(folder);
            let files = tree::files(&folder).into_iter();
            let pages = files.filter(|path| {
                ["html", "xml", "md", "svg"]
                    .iter()
                    .any(|ending| tree::is_kind(path, ending))
            });
            for path in pages {
                let text = fs::read_to_string(folder.join(&path)).unwrap();
                for link in ["href=\"", "<", "](", "url\":\""] {
                    assert!(!text.contains(&format!("{link}{url}")), "{path}: {link}");
                }
            }
        }
        let package = fs::read_to_string(root.join("output/datapackage.json")).unwrap();
        assert!(!package.contains(url), "{package}");
    }
}
