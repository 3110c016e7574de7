//! What the command understands, and what it says to somebody who asks otherwise.

use crate::run::{appleports, program, scratch, stderr, stdout};

/// The answer to arguments as one types them.
fn shown(arguments: &str) -> String {
    let words: Vec<&str> = arguments.split(' ').collect();
    stdout(&appleports(scratch().path(), &words).success())
}

/// The error that arguments give.
fn refused(arguments: &str) -> String {
    let words: Vec<&str> = arguments.split(' ').collect();
    let refused = appleports(scratch().path(), &words).code(2);
    assert_eq!(stdout(&refused), "");
    stderr(&refused)
}

#[test]
fn find_takes_several_words_and_any_way_to_write_a_transport() {
    assert_eq!(shown("find apple remote desktop").lines().count(), 8);
    assert_eq!(
        shown("find face time"),
        shown("find facetime").replace("face time", "facetime")
    );
    let one = shown("find 5223/tcp");
    assert_eq!(one.lines().count(), 4, "{one}");
    for same in ["5223/TCP", "tcp/5223", "5223 tcp", "tcp 5223"] {
        assert_eq!(shown(&format!("find {same}")), one, "{same}");
    }
    let said = refused("find 5223-");
    assert!(said.contains("`5223-` is not one port or range"), "{said}");
    let said = refused("find 80 443");
    assert!(said.contains("`80 443` is not one port or range"), "{said}");
}

#[test]
fn a_cut_cell_shows_what_was_looked_for() {
    let row = |arguments: &str, port: &str| {
        let table = shown(arguments);
        let row = table.lines().find(|line| line.starts_with(port));
        row.unwrap().to_owned()
    };
    for arguments in ["find facetime", "find --product facetime"] {
        let shown = row(arguments, "443/tcp");
        assert!(shown.contains("  ..., FaceTime, "), "{shown}");
    }
    let plain = row("find 443", "443/tcp");
    assert!(plain.contains("  iTunes Store, "), "{plain}");
    // The name as published stands for the product.
    let german = row("find Zugang zu meinem Mac", "443/tcp");
    assert!(german.contains("Back to My Mac"), "{german}");
    let csv = shown("find facetime --format csv");
    assert!(!csv.contains("..., FaceTime"), "{csv}");
}

#[test]
fn why_takes_a_port_with_a_transport() {
    let both = shown("why 9418");
    assert!(both.contains("9418/tcp") && both.contains("9418/udp"));
    for asked in ["9418/tcp", "9418/TCP", "tcp/9418", "9418 tcp"] {
        let tcp = shown(&format!("why {asked}"));
        assert!(
            tcp.starts_with("Apple's article of 2015-10-23: 1 row covers 9418/tcp\n"),
            "{tcp}"
        );
        assert!(
            tcp.contains("\n  9418/tcp  git") && !tcp.contains("9418/udp"),
            "{tcp}"
        );
    }
    let none = appleports(scratch().path(), &["why", "5222/udp"]).code(1);
    assert!(
        stdout(&none).starts_with(
            "Apple's article of 2015-10-23: 0 rows cover 5222/udp; for other transports: `appleports why 5222`\n"
        ),
        "{}",
        stdout(&none)
    );
}

#[test]
fn why_says_that_nothing_is_registered() {
    let folder = scratch();
    for (asked, place) in [("50000", "50000"), ("50000/udp", "50000/udp")] {
        let shown = stdout(&appleports(folder.path(), &["why", asked]));
        let end = format!("):\n  nothing is registered for {place}\n");
        assert!(shown.ends_with(&end), "{shown}");
    }
    // The registry names the service and no transport.
    for asked in ["3324", "3324/udp"] {
        let shown = stdout(&appleports(folder.path(), &["why", asked]));
        let row = "):\n  3324 (no transport)  active-net  Active Networks (line ";
        assert!(shown.contains(row), "{shown}");
    }
}

#[test]
fn what_contradicts_itself_is_refused() {
    for asked in [
        "find 5223/tcp --transport udp",
        "find 5223 --port 80",
        "find 5223/tcp --port 5223-5224",
    ] {
        let said = refused(asked);
        assert!(
            said.contains("contradict each other; give one of them"),
            "{said}"
        );
    }
    shown("find 5223/tcp --transport tcp --port 5223");
}

#[test]
fn why_sends_words_to_find() {
    for (asked, expected) in [
        (
            "facetime",
            "`facetime` is not a port; look up products and names with `appleports find facetime`",
        ),
        ("70000", "`70000`: port 70000 is out of range"),
        ("0", "`0`: port 0 is reserved"),
    ] {
        let said = refused(&format!("why {asked}"));
        assert!(said.contains(expected), "{said}");
        assert!(!said.contains("invalid digit"), "{said}");
    }
}

#[test]
fn a_folder_without_captures_is_named_with_the_ways_out() {
    let folder = scratch();
    let said = |arguments: &[&str]| {
        let mut command = program();
        command.current_dir(folder.path()).args(arguments);
        stderr(&command.assert().code(2))
    };
    std::fs::create_dir(folder.path().join("empty")).unwrap();
    assert_eq!(
        said(&["--sources", "empty", "why", "80"]),
        "error: empty: no capture in this sources folder; add one with `appleports ingest FILE` \
         or `appleports fetch`, or name none to use what is built into the command\n"
    );
}

#[test]
fn every_command_has_examples() {
    let help = shown("--help");
    let commands = help
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help");
    for command in commands {
        let help = shown(&format!("{command} --help"));
        let examples = help.split("\nExample").nth(1).unwrap_or_default();
        let count = examples.lines().skip(1).count();
        let heading = if count == 1 { ":" } else { "s:" };
        assert!(count > 0, "{command} has no examples");
        assert!(examples.starts_with(heading), "{command}: {help}");
    }
}

#[cfg(not(feature = "parquet"))]
#[test]
fn a_format_that_is_not_built_in_is_named_as_such() {
    let said = refused("export --format parquet");
    assert!(
        said.contains("'parquet'") && said.contains("--features parquet"),
        "{said}"
    );
    let help = shown("export --help");
    assert!(help.contains("built with `--features parquet`"), "{help}");
    assert!(
        !help.contains("parquet,") && !help.contains(", parquet"),
        "{help}"
    );
}
