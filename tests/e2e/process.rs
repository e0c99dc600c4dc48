//! A program that cannot outlive the test that started it.

use std::ffi::OsStr;
use std::io::{self, Read};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use crate::problem::{Outcome, Problem};

/// Runs the program, waits for the end of its own input, then ends the whole process group.
///
/// The input is a pipe that only the test holds. It closes when the test drops it, panics, is interrupted or is killed,
/// so no driver, browser or display is left behind in any of these cases.
const SUPERVISOR_SCRIPT: &str = r#"
"$@" </dev/null &
trap '' TERM
while read -r _; do :; done
kill -TERM 0
sleep 0.2
kill -KILL 0
"#;

/// A running program. Dropping it ends the program and all its children.
#[derive(Debug)]
pub(crate) struct Process(Child);

impl Process {
    /// Starts `program`. Only [`Process::first_line`] reads its output.
    pub(crate) fn start(program: &OsStr, arguments: &[String], vars: &[(&str, &str)]) -> Outcome<Self> {
        Command::new("sh")
            .args(["-c", SUPERVISOR_SCRIPT, "sh"])
            .arg(program)
            .args(arguments)
            .envs(vars.iter().copied())
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map(Self)
            .map_err(|error| format!("{} does not start: {error}", program.to_string_lossy()).into())
    }

    /// Reads the first line of output, in which Xvfb prints the number of its display.
    pub(crate) fn first_line(&mut self) -> io::Result<String> {
        let mut line = Vec::new();
        let mut byte = [0];
        if let Some(output) = &mut self.0.stdout {
            while output.read(&mut byte)? == 1 && byte != *b"\n" {
                line.extend(byte);
            }
        }
        Ok(String::from_utf8_lossy(&line).into_owned())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        // The process may have ended already.
        let _ = self.0.wait();
    }
}

/// Returns the first of `names` on PATH or in `places`.
pub(crate) fn find_program(names: &[&str], places: &[PathBuf]) -> Outcome<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path).chain(places.iter().cloned()).collect();
    names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|file| file.is_file())
        .ok_or_else(|| {
            let names = names.join(" or ");
            Problem::from(format!("{names} is not there: `cargo xtask test e2e` sets it up"))
        })
}
