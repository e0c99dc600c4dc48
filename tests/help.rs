//! Help of the `notebook` command, as an author reads it.

#![cfg(not(target_arch = "wasm32"))]

use std::process::{Command, Output};

fn notebook(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_notebook")).args(arguments).output().unwrap()
}

fn printed(arguments: &[&str]) -> String {
    let output = notebook(arguments);
    assert!(output.status.success(), "{arguments:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// The subcommands that the help lists.
fn subcommands() -> Vec<String> {
    let help = printed(&["--help"]);
    let (_, list) = help.split_once("Commands:\n").unwrap();
    let names = list
        .lines()
        .take_while(|line| !line.is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    names
        .map(|line| line.split_whitespace().next().unwrap().to_owned())
        .filter(|name| name != "help")
        .collect()
}

#[test]
fn help_begins_with_an_example_and_ends_with_exit_codes() {
    let help = printed(&["--help"]);
    assert!(help.starts_with("Examples:\n  notebook new"), "{help}");
    assert!(help.contains("Exit codes:\n  0  success") && help.contains("NO_COLOR"), "{help}");
    assert!(subcommands().len() >= 10, "{:?}", subcommands());
    for name in subcommands() {
        let help = printed(&[&name, "--help"]);
        let example = help.strip_prefix("Example:\n").or_else(|| help.strip_prefix("Examples:\n"));
        let example = example.unwrap_or_else(|| panic!("{name}: {help}"));
        assert!(example.starts_with(&format!("  notebook {name}")), "{help}");
    }
}

#[test]
fn an_unknown_command_gets_a_suggestion() {
    for (typed, meant) in [("serv", "serve"), ("biuld", "build"), ("publsh", "publish")] {
        let output = notebook(&[typed]);
        assert_eq!(output.status.code(), Some(2));
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(errors.contains(&format!("'{meant}'")), "{errors}");
        assert!(!errors.contains('\x1b'), "no colors in a pipe: {errors:?}");
    }
}

#[test]
fn completions_and_manual_name_every_subcommand() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let completions = printed(&["completions", shell]);
        for name in subcommands() {
            assert!(completions.contains(&name), "{shell} has no {name}");
        }
    }
    let folder = tempfile::tempdir().unwrap();
    printed(&["manual", folder.path().to_str().unwrap()]);
    let page = std::fs::read_to_string(folder.path().join("notebook-serve.1")).unwrap();
    assert!(page.contains(".TH") && page.contains("no\\-open"), "{page}");
    for name in subcommands() {
        assert!(folder.path().join(format!("notebook-{name}.1")).is_file(), "{name}");
    }
}
