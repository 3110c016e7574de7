//! Whatever is edited between two builds, a receipt makes no difference.

use std::fs;
use std::path::Path;

use appleports_pipeline::build;
use appleports_store::{SourceFolder, files_below};

use super::{Clone, is_marked, told};
use crate::common::{store, table};

type Edit = (&'static str, fn(&Path));

/// Edits of a sources folder, each of which a build has to see.
const OF_SOURCES: &[Edit] = &[
    ("a byte of a capture", |root| {
        change(root, "apple/en-us/2018-02-13/capture.csv", |text| {
            text.replacen("22", "23", 1)
        });
    }),
    ("a manifest", |root| {
        change(root, "apple/en-us/2022-08-25/capture.toml", |text| {
            text.replacen("https://", "https://www.", 1)
        });
    }),
    ("the form of a capture", |root| {
        change(root, "apple/en-us/2022-08-25/capture.toml", |text| {
            text.replacen("\"facts\"", "\"compiled\"", 1)
        });
    }),
    ("the registry's manifest", |root| {
        change(root, "iana/2015-07-30.toml", |text| {
            text.replacen("2015-07-30.csv", "2026-08-17.csv", 1)
        });
    }),
    ("the vocabulary", |root| {
        change(root, "vocabulary/products.toml", |text| {
            text.replacen("\"FaceTime\"", "\"Face Time\"", 1)
        });
    }),
    ("a language", |root| {
        change(root, "vocabulary/phrases/en.toml", |text| {
            text.replace('=', "= =")
        });
    }),
    ("a file of another language", |root| {
        fs::write(root.join("vocabulary/phrases/xx.toml"), "language = ").unwrap();
    }),
    ("a language that is gone", |root| {
        remove(root, "vocabulary/phrases/en.toml");
    }),
    ("the corrections", |root| {
        change(root, "corrections.toml", |text| {
            text.replacen("ICMP, whose", "the ICMP, whose", 1)
        });
    }),
    ("corrections that are gone", |root| {
        remove(root, "corrections.toml");
    }),
    ("a new capture", |root| {
        store(
            &SourceFolder::new(root),
            "en-us",
            "2023-01-01",
            &table(40),
            "",
        );
    }),
    ("a capture in a new locale", |root| {
        store(
            &SourceFolder::new(root),
            "fr-fr",
            "2022-09-01",
            &table(40),
            "",
        );
    }),
    ("a capture that is gone", |root| {
        fs::remove_dir_all(root.join("apple/en-us/2018-02-13")).unwrap();
    }),
    ("a manifest that is gone", |root| {
        remove(root, "apple/en-us/2022-08-25/capture.toml");
    }),
    ("a file without a manifest", |root| {
        fs::write(root.join("apple/en-us/2018-02-13/capture.html"), "<p>").unwrap();
        fs::create_dir(root.join("apple/en-us/2020-01-01")).unwrap();
        fs::write(root.join("apple/en-us/2020-01-01/capture.md"), "a page").unwrap();
    }),
    ("another reason to accept", |root| {
        change(root, "apple/en-us/2022-08-25/accepted.toml", |text| {
            text.replacen("reason = \"", "reason = \"Well, ", 1)
        });
    }),
    ("a capture that nobody accepts any more", |root| {
        remove(root, "apple/en-us/2022-08-25/accepted.toml");
    }),
    ("a capture that is accepted as well", |root| {
        let to = root.join("apple/en-us/2018-02-13/accepted.toml");
        fs::copy(root.join("apple/en-us/2022-08-25/accepted.toml"), to).unwrap();
        change(root, "apple/en-us/2018-02-13/accepted.toml", |text| {
            text.replacen("reason = \"", "reason = \"\"#", 1)
        });
    }),
    ("the registry", |root| remove(root, "iana/2015-07-30.csv")),
    ("a later edition that is gone", |root| {
        remove(root, "iana/2026-08-17.toml");
    }),
    ("another edition of the facts", |root| {
        for end in ["toml", "facts.toml"] {
            let from = root.join(format!("rfc/2024-08-26.{end}"));
            let text = fs::read_to_string(from).unwrap();
            fs::write(
                root.join(format!("rfc/2024-09-01.{end}")),
                text.replace("2024-08-26", "2024-09-01"),
            )
            .unwrap();
        }
    }),
    ("other articles that are gone", |root| {
        fs::remove_dir_all(root.join("siblings")).unwrap();
    }),
    ("a folder in place of a file", |root| {
        fs::create_dir(root.join("apple/en-us/2018-02-13/accepted.toml")).unwrap();
    }),
];

fn change(root: &Path, name: &str, edit: fn(&str) -> String) {
    let text = fs::read_to_string(root.join(name)).unwrap();
    let changed = edit(&text);
    assert!(text != changed, "{name}");
    fs::write(root.join(name), changed).unwrap();
}

fn remove(root: &Path, name: &str) {
    fs::remove_file(root.join(name)).unwrap();
}

/// Two clones that were built from the same sources, one with a receipt.
fn two() -> [Clone; 2] {
    let [with, without] = [Clone::new(), Clone::new()];
    for clone in [&with, &without] {
        // Nothing is in it, and so nothing would bring it back.
        fs::remove_dir(clone.path("sources/apple/de-de")).unwrap();
    }
    with.built();
    build(&without.options()).unwrap();
    [with, without]
}

/// Builds both anew: what they say and what they leave is the same.
fn agree(clones: &[Clone; 2], what: &str) -> bool {
    let [with, without] = clones;
    let (one, other) = (with.build(), build(&without.options()));
    let is_answered = one.as_ref().is_ok_and(is_marked);
    if is_answered {
        assert!(other.is_ok(), "{what}");
    } else {
        let [one, other] =
            [(with, &one), (without, &other)].map(|(clone, result)| told(clone.0.path(), result));
        assert_eq!(one, other, "{what}");
    }
    assert!(with.outputs() == without.outputs(), "{what}");
    is_answered
}

#[test]
fn every_edit_of_the_sources_is_seen() {
    let clones = two();
    // A receipt holds again where all is as it was.
    let untouched = clones.each_ref().map(|clone| copy_of(clone.0.path()));
    for (what, edit) in OF_SOURCES {
        for clone in &clones {
            edit(&clone.path("sources"));
        }
        assert!(!agree(&clones, what), "{what}");
        for (clone, files) in clones.iter().zip(&untouched) {
            fs::remove_dir_all(clone.path("sources")).unwrap();
            for (name, bytes) in files {
                let path = clone.path(name);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, bytes).unwrap();
            }
        }
        assert!(clones[0].is_answered(), "{what}");
    }
}

/// One byte more in any file below the sources.
#[test]
fn no_file_of_the_sources_is_left_out() {
    let clones = two();
    let mut unread = Vec::new();
    for name in files_below(&clones[0].path("sources")).unwrap() {
        let paths = clones
            .each_ref()
            .map(|clone| clone.path("sources").join(&name));
        let old = fs::read(&paths[0]).unwrap();
        for path in &paths {
            fs::write(path, [&old[..], b"x"].concat()).unwrap();
        }
        if agree(&clones, &name) {
            unread.push(name);
        }
        for path in &paths {
            fs::write(path, &old).unwrap();
        }
    }
    assert_eq!(
        unread,
        ["README.md", "iana/2026-08-17.csv", "iana/2026-08-17.toml"]
    );
}

#[test]
fn every_edit_of_the_outputs_is_mended() {
    let clone = Clone::new();
    let good = clone.built().outputs();
    let edits: &[Edit] = &[
        ("another byte", |path| {
            let mut bytes = fs::read(path).unwrap();
            bytes[0] ^= 1;
            fs::write(path, bytes).unwrap();
        }),
        ("one byte more", |path| {
            let bytes = fs::read(path).unwrap();
            fs::write(path, [&bytes[..], b"\n"].concat()).unwrap();
        }),
        ("gone", |path| fs::remove_file(path).unwrap()),
        #[cfg(unix)]
        ("a link to the very bytes", |path| {
            let moved = path.with_extension("moved");
            fs::copy(path, &moved).unwrap();
            fs::remove_file(path).unwrap();
            std::os::unix::fs::symlink(&moved, path).unwrap();
        }),
    ];
    for (name, _) in &good {
        for (what, edit) in edits {
            let path = clone.path("output").join(name);
            edit(&path);
            assert!(!clone.is_answered(), "{name}: {what}");
            assert!(path.symlink_metadata().unwrap().is_file(), "{name}: {what}");
            let _ = fs::remove_file(path.with_extension("moved"));
            assert!(clone.outputs() == good, "{name}: {what}");
            clone.mark();
        }
    }
}

fn copy_of(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let names = files_below(folder).unwrap().into_iter();
    names
        .map(|name| (name.clone(), fs::read(folder.join(name)).unwrap()))
        .collect()
}
