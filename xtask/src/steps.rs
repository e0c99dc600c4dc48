//! Numbered steps with their times, and the commands they run.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Numbered steps, reported as they run: `[2/7] native tests`, then how long it took.
pub struct Steps {
    total: usize,
    started: Instant,
    /// Title and duration of each step that has ended.
    ended: Vec<(String, Duration)>,
}

impl Steps {
    /// Starts a run of `total` steps.
    pub fn new(total: usize) -> Self {
        Self { total, started: Instant::now(), ended: Vec::new() }
    }

    /// Runs the next step. Callers end the run at the first failure.
    pub fn step(&mut self, title: &str, work: impl FnOnce() -> Result<(), String>) -> Result<(), String> {
        let number = format!("[{}/{}]", self.ended.len() + 1, self.total);
        println!("\n{number} {title}");
        let started = Instant::now();
        let outcome = work();
        let time = started.elapsed();
        let mark = if outcome.is_ok() { "done" } else { "FAILED" };
        println!("{number} {title}: {mark} in {}", duration(time));
        self.ended.push((title.to_owned(), time));
        outcome
    }

    /// Returns the time since the run started.
    pub fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    /// Prints the last line of a run that has succeeded.
    pub fn end(&self, outcome: &str) {
        println!("\n{outcome}: {} steps in {}.", self.ended.len(), duration(self.elapsed()));
    }

    /// Prints the time of every step, the total, and the time that the run may take.
    pub fn print_times(&self, limit: Option<Duration>) {
        println!();
        for (title, time) in &self.ended {
            println!("{:>12}  {title}", duration(*time));
        }
        let limit = limit.map_or(String::new(), |limit| format!(", of at most {}", duration(limit)));
        println!("{:>12}  in total{limit}", duration(self.elapsed()));
    }
}

/// Runs a command and shows its output.
pub fn run(command: &mut Command) -> Result<(), String> {
    let line = shown(command);
    println!("      {line}");
    // Without input no command can wait for an answer.
    match command.stdin(Stdio::null()).status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{line}` failed ({status}).")),
        Err(error) => Err(format!("`{line}` could not be started: {error}.")),
    }
}

/// Runs a command silently and returns its output.
pub fn output(command: &mut Command) -> Result<String, String> {
    bytes(command).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
}

/// Runs a command silently and returns its output, which need not be text.
pub fn bytes(command: &mut Command) -> Result<Vec<u8>, String> {
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

/// Returns the command as one would type it, with the program's name without its folder.
fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let program = program.file_name().unwrap_or(program.as_os_str());
    let words = std::iter::once(program).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

/// Formats a duration: seconds, or minutes and seconds from 100 seconds on.
pub fn duration(time: Duration) -> String {
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
    fn failure_names_the_command_and_the_reason() {
        let sentence = output(Command::new("cargo").arg("no-such-chore")).unwrap_err();
        assert!(sentence.starts_with("`cargo` failed"), "{sentence}");
        assert_eq!(shown(Command::new("/bin/sh").args(["-c", "true"])), "sh -c true");
    }

    #[test]
    fn prints_times_in_seconds_then_in_minutes() {
        assert_eq!(duration(Duration::from_millis(1250)), "1.2 s");
        assert_eq!(duration(Duration::from_secs(125)), "2 min 5 s");
    }
}
