//! What is attacked: a file in a place, and the commands that read it.

/// A kind of file that others can have made.
pub(super) struct Target {
    pub(super) name: &'static str,
    /// Where it stands in the scene.
    pub(super) place: &'static str,
    /// Files of the repository that are damaged to make one.
    pub(super) originals: &'static [&'static str],
    /// The commands that read it; `{a|b|c}` is one of these.
    pub(super) commands: &'static [&'static str],
}

const PAGES: &[&str] = &[
    "fuzz/seeds/capture/bold-lines.md",
    "fuzz/seeds/capture/joined.txt",
    "fuzz/seeds/capture/lines.txt",
    "fuzz/seeds/capture/page.html",
    "fuzz/seeds/capture/pipe.md",
    "sources/apple/de-de/2015-10-23/capture.md",
    "sources/apple/en-us/2022-08-25/capture.csv",
];

/// The stored capture of a scene.
pub(super) const CAPTURE: &str = "sources/apple/en-us/2024-01-01/capture.csv";

pub(super) const ALL: &[Target] = &[
    Target {
        name: "page",
        place: "page",
        originals: PAGES,
        commands: &[
            "ingest page --dry-run --locale en-us --captured 2024-02-01 --format {human|json}",
            "ingest page --locale en-us --captured 2024-02-01",
            "diff apple/en-us/2024-01-01 page --format {terminal|markdown|json|html}",
            "diff page output --format {terminal|markdown|json|html}",
        ],
    },
    Target {
        name: "stored capture",
        place: CAPTURE,
        originals: PAGES,
        commands: &[
            "build",
            "check --format {human|json|sarif|github}",
            "export --format {nftables|iptables|pf|firewalld|ufw|nmap|list|lines|comma|csv|services} --unknown-as both",
            "find {443|safari|x|1-65535} --format {table|json|csv}",
            "why {443|1-100} --format {text|json}",
            "history --format {table|json|svg}",
            "products",
            "status --on 2024-03-01 --format {table|json}",
        ],
    },
    Target {
        name: "manifest",
        place: "sources/apple/en-us/2024-01-01/capture.toml",
        originals: &["sources/apple/en-us/2022-08-25/capture.toml"],
        commands: &["build", "check", "find 443", "status --on 2024-03-01"],
    },
    Target {
        name: "registry",
        place: "registry",
        originals: &[
            "fuzz/seeds/registry/small.csv",
            "fuzz/seeds/registry/small.xml",
        ],
        commands: &[
            "check --iana registry --format {human|json|sarif|github}",
            "diff registry iana/2026-08-17 --format {terminal|markdown|json|html}",
            "export --format services --registry registry",
        ],
    },
    Target {
        name: "RFC index",
        place: "index",
        originals: &[
            "fuzz/seeds/rfc_index/small.txt",
            "fuzz/seeds/rfc_index/small.xml",
        ],
        commands: &["check --rfc-index index --format {human|json|sarif|github}"],
    },
    Target {
        name: "services",
        place: "services",
        originals: &["fuzz/seeds/services/small"],
        commands: &[
            "check --services services --format {human|json|sarif|github}",
            "export --format services --base services",
            "diff services output/services --format {terminal|markdown|json|html}",
        ],
    },
    Target {
        name: "list",
        place: "list",
        originals: &[
            "fuzz/seeds/lists/cisco",
            "fuzz/seeds/lists/lines",
            "fuzz/seeds/lists/list.json",
            "fuzz/seeds/lists/rules.iptables",
            "fuzz/seeds/lists/rules.nft",
            "fuzz/seeds/lists/table.csv",
        ],
        commands: &[
            "audit list --format {human|json|sarif|github}",
            "audit list --product FaceTime --lines",
        ],
    },
    Target {
        name: "dataset",
        place: "other.json",
        originals: &[
            "output/ports.json",
            "output/ports.csv",
            "fuzz/seeds/dataset/three-records.json",
        ],
        commands: &[
            "diff other.json output --format {terminal|markdown|json|html}",
            "diff output other.json --format {terminal|markdown|json|html} --fail-on exposure",
        ],
    },
    Target {
        name: "old output",
        place: "output/ports.json",
        originals: &["output/ports.json"],
        commands: &["build", "verify", "status --on 2024-03-01"],
    },
    Target {
        name: "data package",
        place: "output/datapackage.json",
        originals: &["output/datapackage.json"],
        commands: &["verify", "build"],
    },
    Target {
        name: "baseline",
        place: "known.json",
        originals: &["output/findings.json"],
        commands: &["check --baseline known.json --format {human|json|sarif|github}"],
    },
];
