//! `cargo xtask serve` and `build`: the notebook in a browser, and as files.

use std::process::Command;

use crate::steps;
use crate::studio;
use crate::tools::{Needs, Toolbox};

/// Sets up what is missing, then serves until it is interrupted; `arguments` are for `trunk serve`.
pub fn run(arguments: &[&str]) -> Result<(), String> {
    let toolbox = Toolbox::set_up(Needs { build: true, ..Needs::default() })?;
    let port = port(arguments).unwrap_or("8080");
    println!("\nThe notebook will be at http://127.0.0.1:{port}/ as soon as it is built. Ctrl+C ends it.");
    steps::run(trunk(&toolbox)?.arg("serve").args(arguments))
}

/// Sets up what is missing, then writes `dist/`.
pub fn build() -> Result<(), String> {
    let toolbox = Toolbox::set_up(Needs { build: true, ..Needs::default() })?;
    steps::run(trunk(&toolbox)?.args(["build", "--release"]))?;
    println!("The notebook is in dist/: copy it to any static host.");
    Ok(())
}

/// Bundles the studio, and returns a Trunk command that does not look for updates.
pub fn trunk(toolbox: &Toolbox) -> Result<Command, String> {
    let mut command = toolbox.command("trunk");
    command.env("NOTEBOOK_STUDIO", studio::bundle()?);
    // Trunk rejects NO_COLOR=1, which is how other programs spell it.
    command.env("TRUNK_SKIP_VERSION_CHECK", "true").env_remove("NO_COLOR");
    Ok(command)
}

fn port<'a>(arguments: &[&'a str]) -> Option<&'a str> {
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        match *argument {
            "-p" | "--port" => return rest.next().copied(),
            other => {
                if let Some(port) = other.strip_prefix("--port=") {
                    return Some(port);
                }
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_the_port_that_was_asked_for() {
        assert_eq!(port(&["--open", "--port", "9000"]), Some("9000"));
        assert_eq!(port(&["--port=9000"]), Some("9000"));
        assert_eq!(port(&["--release"]), None);
    }
}
