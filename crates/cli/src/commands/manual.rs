//! `man` and `completions`: what a system's package installs beside the program.

use clap::{Command, CommandFactory};
use clap_complete::Shell;
use clap_mangen::Man;
use roff::{Roff, bold, roman};

use crate::args::Arguments;
use crate::print;

/// The completions of a shell, for its startup file.
pub(super) fn completions(shell: Shell) -> anyhow::Result<bool> {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "appleports", &mut text);
    print::result(&text)?;
    Ok(true)
}

/// The manual page, with a section for each command.
pub(super) fn page() -> anyhow::Result<bool> {
    let mut command = Arguments::command().disable_help_subcommand(true);
    // Options that all commands have are shown with each.
    command.build();
    let mut text = Vec::new();
    let man = Man::new(command.clone());
    man.render_title(&mut text)?;
    man.render_name_section(&mut text)?;
    synopsis("SH", &mut command).to_writer(&mut text)?;
    man.render_description_section(&mut text)?;
    man.render_options_section(&mut text)?;
    commands(&command).to_writer(&mut text)?;
    as_it_stands("SH", "NOTES", &command).to_writer(&mut text)?;
    for command in command.get_subcommands_mut() {
        let name = format!("appleports {}", command.get_name());
        Roff::new()
            .control("SH", [name.to_uppercase().as_str()])
            .to_writer(&mut text)?;
        *command = command.clone().bin_name(name);
        synopsis("SS", command).to_writer(&mut text)?;
        let man = Man::new(command.clone());
        let mut parts = Vec::new();
        man.render_description_section(&mut parts)?;
        man.render_options_section(&mut parts)?;
        let parts = String::from_utf8_lossy(&parts).replace("\n.SH ", "\n.SS ");
        text.extend_from_slice(parts.as_bytes());
        as_it_stands("SS", "EXAMPLES", command).to_writer(&mut text)?;
    }
    print::result(&text)?;
    Ok(true)
}

/// How a command is called, as its help has it.
fn synopsis(level: &str, command: &mut Command) -> Roff {
    let usage = command.render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ");
    let mut roff = Roff::new();
    roff.control(level, ["SYNOPSIS"]).text([roman(usage)]);
    roff
}

/// The commands, each with what it does; their sections follow on this page.
fn commands(command: &Command) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["COMMANDS"]);
    for command in command.get_subcommands() {
        let about = command.get_about().map(ToString::to_string);
        roff.control("TP", [])
            .text([bold(command.get_name())])
            .text([roman(about.unwrap_or_default())]);
    }
    roff
}

/// What stands below a command's help, its lines kept, under a heading.
fn as_it_stands(level: &str, heading: &str, command: &Command) -> Roff {
    let mut roff = Roff::new();
    let Some(below) = command.get_after_help() else {
        return roff;
    };
    roff.control(level, [heading]).control("nf", []);
    let below = below.to_string();
    for line in below.lines().filter(|line| !line.starts_with("Example")) {
        roff.text([roman(line)]);
    }
    roff.control("fi", []);
    roff
}
