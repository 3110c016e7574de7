//! How large files of facts may be: at the limit, and a byte above.

use appleports_ingest::{read_rfc_index, read_siblings};

fn error<T>(read: Result<T, appleports_ingest::ReadError>) -> String {
    read.err().map_or(String::new(), |error| error.to_string())
}

fn filled(facts: &str, bytes: usize) -> String {
    format!("{facts}#{}", "x".repeat(bytes - facts.len() - 1))
}

#[test]
fn facts_of_other_articles_have_at_most_64_kib() {
    let facts = concat!(
        "[[article]]\nid = \"1\"\ntitle = \"t\"\nurl = \"https://support.apple.com/1\"\n",
        "seen = \"2024\"\n[[article.fact]]\nproduct = \"A\"\ntcp = \"1\"\n"
    );
    let read = |bytes: usize| {
        let text = filled(facts, bytes);
        error(read_siblings(
            "siblings/2024-01-01",
            "s.toml",
            text.as_bytes(),
        ))
    };
    assert_eq!(read(64 * 1024), "");
    let refused = read(64 * 1024 + 1);
    assert!(
        refused.starts_with("s.toml:1: 65537 bytes are more than"),
        "{refused}"
    );
}

#[test]
fn there_are_at_most_six_other_articles_with_short_titles() {
    let article = |at: usize, title: &str| {
        format!(
            "[[article]]\nid = \"{at}\"\ntitle = \"{title}\"\nurl = \"https://support.apple.com/{at}\"\nseen = \"2024\"\nfact = []\n"
        )
    };
    let read = |text: &str| {
        let read = read_siblings("siblings/2024-01-01", "s.toml", text.as_bytes());
        error(read)
    };
    let articles =
        |count: usize| -> Vec<String> { (0..count).map(|at| article(at, "t")).collect() };
    assert_eq!(read(&articles(6).concat()), "");
    assert!(read(&articles(7).concat()).starts_with("s.toml:38: there are more than 6 articles"));
    assert_eq!(read(&article(1, &"t".repeat(119))), "");
    let refused = read(&article(1, &"t".repeat(120)));
    assert!(
        refused.starts_with("s.toml:2: the id and the title"),
        "{refused}"
    );
}

#[test]
fn facts_about_rfcs_have_at_most_64_kib() {
    let facts = "# Facts about the RFCs\n[[rfc]]\nnumber = 1\ndate = \"1969-07\"\nstatus = \"UNKNOWN\"\nobsoleted_by = []\n";
    let read = |bytes: usize| {
        let text = filled(facts, bytes);
        error(read_rfc_index("rfc/2024-01-01", "r.toml", text.as_bytes()))
    };
    assert_eq!(read(64 * 1024), "");
    let refused = read(64 * 1024 + 1);
    assert!(
        refused.starts_with("r.toml:1: 65537 bytes are more than"),
        "{refused}"
    );
}
