//! `gainsay man`: the manual pages.

use clap::CommandFactory;
use clap_mangen::Man;

use super::args::{Cli, ManArgs};
use super::exit::Exit;
use super::fatal::Fatal;
use super::output;

/// Prints the page of the program or of one of its commands.
pub(super) fn run(args: &ManArgs) -> Result<Exit, Fatal> {
    let page = page(args.command.as_deref())?;
    output::write_to_stdout(&page)?;
    Ok(Exit::Done)
}

fn page(name: Option<&str>) -> Result<String, Fatal> {
    let mut program = Cli::command();
    // Gives the commands their full names and the flags that all share.
    program.build();
    let command = match name {
        None => program,
        Some(name) => match program.find_subcommand(name) {
            Some(command) => command.clone(),
            None => {
                let names = program.get_subcommands().map(clap::Command::get_name);
                return Err(Fatal::Usage {
                    message: format!("there is no command `{}`", name.escape_debug()),
                    help: Some(format!(
                        "the commands are {}",
                        names.collect::<Vec<_>>().join(", ")
                    )),
                });
            }
        },
    };
    let mut page = Vec::new();
    Man::new(command)
        .render(&mut page)
        .expect("internal: memory takes every byte");
    Ok(String::from_utf8_lossy(&page).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_has_a_page_that_tells_its_flags() {
        let program = page(None).expect("a page");
        assert!(program.starts_with(".ie"), "{program:.80}");
        assert!(program.contains("gainsay\\-check(1)"), "{program}");
        for command in Cli::command().get_subcommands() {
            let name = command.get_name();
            let page = page(Some(name)).expect("a page");
            assert!(page.contains(&format!(".TH gainsay-{name} 1")), "{page}");
            assert!(page.contains("\\-\\-color"), "{page}");
        }
        assert!(matches!(
            page(Some("chekc")),
            Err(Fatal::Usage { message, .. }) if message.contains("chekc")
        ));
    }
}
