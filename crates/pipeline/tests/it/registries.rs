//! Registries that are none.

use std::fs;

use appleports_model::Registry;
use appleports_pipeline::{Failure, registry};

use crate::common::sources;

#[test]
fn of_one_name_there_are_at_most_a_hundred_rows() {
    let (folder, sources) = sources(Some(&[]));
    let heading = "Service Name,Port Number,Transport Protocol,Description,Assignee,Contact,Registration Date,Modification Date,Reference,Service Code,Unauthorized Use Reported,Assignment Notes\n";
    let path = folder.path().join("2026-01-01.csv");
    let read = |count: usize| -> Result<Registry, Failure> {
        // Every seventh port: no part of a whole edition.
        let rows = (0..count).map(|at| format!("name,{},tcp,,,,,,,,,\n", 7 * at + 5_000));
        fs::write(
            &path,
            format!("{heading}{}", rows.collect::<Vec<_>>().concat()),
        )
        .unwrap();
        registry(&sources, path.to_str().unwrap())
    };
    assert_eq!(read(100).unwrap().named("NAME").count(), 100);
    let refused = read(101).unwrap_err().to_string();
    assert!(
        refused.ends_with(
            "2026-01-01.csv: more than 100 rows have one name, so this is not the registry"
        ),
        "{refused}"
    );
}
