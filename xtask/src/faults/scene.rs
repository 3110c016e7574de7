//! One command in a folder of its own, and what must be true of it afterwards.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, ensure};
use appleports_store::TEMPORARY;

/// The command that is disturbed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Build,
    Export,
    Ingest,
    Site,
    Update,
}

impl Kind {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Build => "build",
            Self::Export => "export",
            Self::Ingest => "ingest",
            Self::Site => "site",
            Self::Update => "update",
        }
    }

    /// Every how many calls one is looked at: a site has hundreds of files, all written alike.
    pub(super) const fn every(self) -> u32 {
        match self {
            Self::Site => 97,
            Self::Build | Self::Export | Self::Ingest | Self::Update => 1,
        }
    }
}

/// The files below a folder, by their paths.
type Tree = BTreeMap<PathBuf, Vec<u8>>;

pub(super) struct Scene {
    pub(super) kind: Kind,
    /// Where `appleports` and `xtask` are.
    programs: PathBuf,
    /// Where the command runs.
    folder: PathBuf,
    /// How the folder is before, and after the command has done its work undisturbed.
    before: Tree,
    after: Tree,
}

impl Scene {
    /// Sources, an output that is not fresh, and a page to ingest.
    pub(super) fn new(
        kind: Kind,
        root: &Path,
        programs: &Path,
        below: &Path,
    ) -> anyhow::Result<Self> {
        let folder = below.join(kind.name());
        let mut start = Tree::new();
        read(&root.join("sources"), &mut start)?;
        let mut before: Tree = start
            .into_iter()
            .filter(|(path, _)| !path.starts_with(".checked.toml"))
            .map(|(path, bytes)| (Path::new("sources").join(path), bytes))
            .collect();
        // The German article alone: the page is in German, and is to be built from.
        before.retain(|path, _| !path.starts_with("sources/apple/en-us"));
        let capture = before
            .iter()
            .find(|(path, _)| path.ends_with("capture.md"))
            .context("no capture in the sources")?;
        // The same article with another title in one row.
        let page = String::from_utf8(capture.1.clone())?.replacen("telnet", "telnets", 1);
        before.insert("page.md".into(), page.into_bytes());
        before.insert("ports.txt".into(), b"an older list\n".to_vec());
        let mut scene = Self {
            kind,
            programs: programs.to_owned(),
            folder,
            before,
            after: Tree::new(),
        };
        scene.reset()?;
        scene.stale_output()?;
        ensure!(
            scene.command().status()?.success(),
            "{} fails undisturbed",
            kind.name()
        );
        scene.after = scene.now()?;
        ensure!(
            scene.after != scene.before,
            "{} changes nothing",
            kind.name()
        );
        Ok(scene)
    }

    /// An output of the article without its registry's verdicts, so that old is not new.
    fn stale_output(&mut self) -> anyhow::Result<()> {
        fs::write(
            self.folder.join("registry.csv"),
            "Service Name,Port Number,Transport Protocol,Description,Assignee,Contact,Registration Date,Modification Date,Reference,Service Code,Unauthorized Use Reported,Assignment Notes\nhttp,80,tcp,World Wide Web HTTP,,,,,,,,\n",
        )?;
        let mut build = self.appleports();
        let arguments: &[&str] = match self.kind {
            Kind::Build => &["build", "--iana", "registry.csv"],
            Kind::Export | Kind::Ingest | Kind::Site | Kind::Update => &["build"],
        };
        ensure!(
            build.args(arguments).status()?.success(),
            "no output to begin with"
        );
        if self.kind == Kind::Site {
            let words = ["site", "--out", "st", "--url", "https://example.org"];
            let mut site = self.appleports();
            ensure!(
                site.args(words).status()?.success(),
                "no site to begin with"
            );
        }
        fs::remove_file(self.folder.join("registry.csv"))?;
        self.before = self.now()?;
        Ok(())
    }

    /// The folder as it was before.
    pub(super) fn reset(&self) -> anyhow::Result<()> {
        if self.folder.exists() {
            fs::remove_dir_all(&self.folder)?;
        }
        for (path, bytes) in &self.before {
            let path = self.folder.join(path);
            fs::create_dir_all(path.parent().unwrap_or(&self.folder))?;
            fs::write(path, bytes)?;
        }
        // A receipt that holds until the outputs are looked at, and is written again.
        let receipt = self.caches().join("appleports/last-build.json");
        if let Ok(mut text) = fs::read(&receipt) {
            text.push(b' ');
            fs::write(receipt, text)?;
        }
        Ok(())
    }

    /// A folder for caches, beside that in which the command runs.
    fn caches(&self) -> PathBuf {
        self.folder.with_extension("caches")
    }

    fn appleports(&self) -> Command {
        self.quiet(&self.programs.join("appleports"))
    }

    fn quiet(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(&self.folder)
            .env(crate::CACHES, self.caches())
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null());
        command
    }

    /// The command under test.
    fn command(&self) -> Command {
        let (program, arguments) = self.words();
        let mut command = self.quiet(&program);
        command.args(arguments);
        command
    }

    fn words(&self) -> (PathBuf, Vec<String>) {
        let words = |text: &str| text.split(' ').map(str::to_owned).collect();
        match self.kind {
            Kind::Build => (self.programs.join("appleports"), words("build")),
            Kind::Export => (
                self.programs.join("appleports"),
                words("export --format list -o ports.txt"),
            ),
            Kind::Ingest => (
                self.programs.join("appleports"),
                words("ingest page.md --locale de-de --captured 2026-10-12"),
            ),
            Kind::Site => (self.programs.join("appleports"), words("site --out st")),
            Kind::Update => (
                self.programs.join("xtask"),
                words("update --from page.md --locale de-de --captured 2026-10-12 --root ."),
            ),
        }
    }

    /// Runs the command with the nth call failing; whether it told success, or `None`
    /// where it makes fewer calls.
    pub(super) fn run_with(
        &self,
        call: &str,
        fault: &str,
        nth: u32,
    ) -> anyhow::Result<Option<bool>> {
        let trace = self.folder.with_extension("trace");
        let (program, arguments) = self.words();
        let mut strace = self.quiet(Path::new("strace"));
        let status = strace
            .args(["-f", "-e", &format!("trace={call}")])
            .args(["-e", &format!("inject={call}:{fault}:when={nth}")])
            .arg("-o")
            .arg(&trace)
            .arg(program)
            .args(arguments)
            .status()?;
        let log = String::from_utf8_lossy(&fs::read(&trace)?).into_owned();
        let reached = log.contains("(INJECTED)") || log.contains("killed by SIGKILL");
        Ok(reached.then_some(status.success()))
    }

    /// What is not as it must be after a disturbed run.
    pub(super) fn judge(&self, done: bool) -> anyhow::Result<Vec<String>> {
        let mut problems = Vec::new();
        let now = self.now()?;
        for (path, bytes) in &now {
            let name = path.display();
            if is_temporary(path) {
                continue;
            }
            if self.before.get(path) != Some(bytes) && self.after.get(path) != Some(bytes) {
                problems.push(format!("{name} is neither old nor new"));
            }
        }
        // A site may have fewer pages than before.
        let kept = self.before.keys();
        let kept = kept.filter(|path| self.after.contains_key(*path));
        for path in kept.filter(|path| !now.contains_key(*path)) {
            problems.push(format!("{} is gone", path.display()));
        }
        let whole = |tree: &Tree| {
            self.after
                .iter()
                .all(|(path, bytes)| tree.get(path) == Some(bytes))
        };
        if done && !whole(&now) {
            problems.push("success is told, and the work is not done".to_owned());
        }
        // What is there can be built from, whatever was left.
        if self.kind == Kind::Ingest
            && !self
                .appleports()
                .args(["build", "--output", "other"])
                .status()?
                .success()
        {
            problems.push("the sources cannot be built from".to_owned());
        }
        let _ = fs::remove_dir_all(self.folder.join("other"));
        let again = self.command().status()?;
        let mended = self.now()?;
        if !again.success() || !whole(&mended) {
            problems.push("the next run does not mend it".to_owned());
        }
        if let Some(left) = mended.keys().find(|path| is_temporary(path)) {
            problems.push(format!("{} is left", left.display()));
        }
        if self.kind != Kind::Ingest && !self.appleports().arg("verify").status()?.success() {
            problems.push("verify refuses what the next run made".to_owned());
        }
        Ok(problems)
    }

    fn now(&self) -> anyhow::Result<Tree> {
        let mut tree = Tree::new();
        read(&self.folder, &mut tree)?;
        // What the update says, and when a source was last looked at, is no data.
        tree.retain(|path, _| !path.starts_with("update") && !path.ends_with(".checked.toml"));
        Ok(tree)
    }
}

fn is_temporary(path: &Path) -> bool {
    path.components()
        .any(|part| part.as_os_str().to_string_lossy().starts_with(TEMPORARY))
}

fn read(root: &Path, tree: &mut Tree) -> anyhow::Result<()> {
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                tree.insert(path.strip_prefix(root)?.to_owned(), fs::read(&path)?);
            }
        }
    }
    Ok(())
}
