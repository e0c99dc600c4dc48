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
const LEASH: &str = r#"
"$@" </dev/null &
trap '' TERM
while read -r _; do :; done
kill -TERM 0
sleep 0.2
kill -KILL 0
"#;

/// A running program, ended with all its children when this value goes.
#[derive(Debug)]
pub(crate) struct Process(Child);

impl Process {
    /// Starts `program`; its output is read by [`Process::first_line`] or by nobody.
    pub(crate) fn start(program: &OsStr, arguments: &[String], vars: &[(&str, &str)]) -> Outcome<Self> {
        Command::new("sh")
            .args(["-c", LEASH, "sh"])
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

    /// The first line it prints: where Xvfb says which display it is.
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
        // Nothing can be done here about a process that is already gone.
        let _ = self.0.wait();
    }
}

/// The first of `names` on PATH or in `places`, or a sentence that says what is missing.
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
