//! Characters that mean something in LaTeX, and signs that text between dollars is LaTeX.

/// Returns the command that sets a special character as text. `None` for others, and for braces, which BibTeX counts even after
/// a backslash.
pub(crate) fn command_for(c: char) -> Option<&'static str> {
    Some(match c {
        '\\' => "\\textbackslash{}",
        '~' => "\\textasciitilde{}",
        '^' => "\\textasciicircum{}",
        '&' => "\\&",
        '%' => "\\%",
        '$' => "\\$",
        '#' => "\\#",
        '_' => "\\_",
        _ => return None,
    })
}

/// Returns true if text between dollar signs has a command, braces or a script, so that it is no sum of money even before a digit:
/// `$\sim$5`, but not `$5-$10`.
pub(crate) fn has_markup(math: &str) -> bool {
    let is_letter = |rest: &str| rest.starts_with(|c: char| c.is_ascii_alphabetic());
    let has_command = math.split('\\').skip(1).any(is_letter);
    let has_script = math.contains(['^', '_']) && !math.starts_with(|c: char| c.is_ascii_digit());
    has_command || has_script || math.contains('{')
}
