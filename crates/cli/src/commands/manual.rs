use appleports_pipeline::Failure;
use clap::CommandFactory;
use clap_complete::Shell;

use crate::args::Arguments;
use crate::print;

/// The completions of a shell, for its startup file.
pub(super) fn completions(shell: Shell) -> Result<bool, Failure> {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "appleports", &mut text);
    print::result(&text)?;
    Ok(true)
}

/// The manual page, with a section for each command.
pub(super) fn page() -> Result<bool, Failure> {
    let command = Arguments::command();
    let mut text = Vec::new();
    clap_mangen::Man::new(command.clone()).render(&mut text)?;
    for command in command
        .get_subcommands()
        .filter(|command| command.get_name() != "help")
    {
        let name = format!("appleports {}", command.get_name());
        text.extend_from_slice(format!(".SH \"{}\"\n", name.to_uppercase()).as_bytes());
        let man = clap_mangen::Man::new(command.clone().bin_name(name));
        man.render_synopsis_section(&mut text)?;
        man.render_description_section(&mut text)?;
        man.render_options_section(&mut text)?;
    }
    print::result(&text)?;
    Ok(true)
}
