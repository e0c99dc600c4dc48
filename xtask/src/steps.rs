//! Numbered steps with their times, and the commands they run.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Work that is told as it goes: `[2/7] native tests`, then how long it took.
pub(crate) struct Steps {
    total: usize,
    done: usize,
    started: Instant,
}

impl Steps {
    /// Nothing done yet of `total` steps.
    pub(crate) fn new(total: usize) -> Self {
        Self { total, done: 0, started: Instant::now() }
    }

    /// Does the next step; the first failure is meant to end the run.
    pub(crate) fn step(
        &mut self,
        title: &str,
        work: impl FnOnce() -> Result<(), String>,
    ) -> Result<(), String> {
        self.done += 1;
        let number = format!("[{}/{}]", self.done, self.total);
        println!("\n{number} {title}");
        let started = Instant::now();
        let outcome = work();
        let mark = if outcome.is_ok() { "done" } else { "FAILED" };
        println!("{number} {title}: {mark} in {}", told(started.elapsed()));
        outcome
    }

    /// The last line: everything that was to do is done.
    pub(crate) fn end(&self, what: &str) {
        println!("\n{what}: {} steps in {}.", self.done, told(self.started.elapsed()));
    }
}

/// Runs a command whose output the person sees; failure is a sentence.
pub(crate) fn run(command: &mut Command) -> Result<(), String> {
    let line = shown(command);
    println!("      {line}");
    // Nobody is asked anything: there may be no one to answer.
    match command.stdin(Stdio::null()).status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{line}` failed ({status}).")),
        Err(error) => Err(format!("`{line}` could not be started: {error}.")),
    }
}

/// Runs a command for its answer; nothing of it is shown.
pub(crate) fn answer(command: &mut Command) -> Result<String, String> {
    bytes(command).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
}

/// Runs a command for its answer, which need not be text.
pub(crate) fn bytes(command: &mut Command) -> Result<Vec<u8>, String> {
    let program = Path::new(command.get_program()).display().to_string();
    let output = command.stdin(Stdio::null()).output();
    let output = output.map_err(|error| format!("`{program}` could not be started: {error}."))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let complaint = String::from_utf8_lossy(&output.stderr);
    let last = complaint.lines().rfind(|line| !line.trim().is_empty()).unwrap_or("it does not say why");
    Err(format!("`{program}` failed ({}): {last}.", output.status))
}

/// The command as one would type it, programs by their name only.
fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let program = program.file_name().unwrap_or(program.as_os_str());
    let words = std::iter::once(program).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

fn told(time: Duration) -> String {
    if time.as_secs() < 100 {
        format!("{:.1} s", time.as_secs_f64())
    } else {
        format!("{} min {} s", time.as_secs() / 60, time.as_secs() % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_says_which_command_failed_and_why() {
        let sentence = answer(Command::new("cargo").arg("no-such-chore")).unwrap_err();
        assert!(sentence.starts_with("`cargo` failed"), "{sentence}");
        assert_eq!(shown(Command::new("/bin/sh").args(["-c", "true"])), "sh -c true");
    }

    #[test]
    fn times_are_told_in_seconds_then_in_minutes() {
        assert_eq!(told(Duration::from_millis(1250)), "1.2 s");
        assert_eq!(told(Duration::from_secs(125)), "2 min 5 s");
    }
}
