//! Front matter without the lines around it: properties of a page of Logseq (`title:: @Folding Maps`), and a header of a
//! static site generator (`Title: Folding Maps`, then `Date: …`).

/// The most lines that a header has. What is longer is text. Chosen: headers of sites and pages are shorter.
const MAX_LINES: usize = 60;

/// Returns a header at the beginning of a text as YAML, and its length.
pub(super) fn read(text: &str) -> Option<(String, usize)> {
    let first = text.lines().next()?;
    let mark = if property(first, "::").is_some() {
        "::"
    } else if property(first, ":").is_some_and(|(name, _)| name == "title") {
        ":"
    } else {
        return None;
    };
    let (mut yaml, mut length, mut count) = (String::new(), 0, 0);
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() {
            break;
        }
        // A list or heading right below ends the properties of a page.
        let Some((name, value)) = property(line, mark) else {
            if mark == "::" && line.starts_with(['-', '#', '*']) {
                break;
            }
            return None;
        };
        let value = if name == "title" { value.trim_start_matches('@') } else { value };
        let value = if name == "title" { value.trim_matches(['[', ']']) } else { value };
        if !value.is_empty()
            && !yaml.contains(&format!("\n{name}: "))
            && !yaml.starts_with(&format!("{name}: "))
        {
            yaml.extend([&name, ": ", &serde_json::Value::from(value).to_string(), "\n"]);
        }
        length += line.len();
        count += 1;
        if count > MAX_LINES {
            return None;
        }
    }
    // One line `Title: x` may be a sentence.
    (count > 1 || mark == "::").then_some((yaml, length)).filter(|(yaml, _)| !yaml.is_empty())
}

/// Returns the name of a property in small letters, and its value.
fn property<'a>(line: &'a str, mark: &str) -> Option<(String, &'a str)> {
    let (name, value) = line.trim_end().split_once(mark)?;
    let is_name = name.starts_with(|c: char| c.is_alphabetic())
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
        && name.len() <= 40;
    let is_value = value.is_empty() || value.starts_with([' ', '\t']);
    (is_name && is_value).then(|| (name.to_lowercase(), value.trim()))
}
