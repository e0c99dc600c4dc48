//! Characters that mean something in LaTeX.

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
