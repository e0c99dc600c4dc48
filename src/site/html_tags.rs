//! Removal and insertion of tags in the page that Trunk has staged.

use super::Failure;

/// A tag as written in a page, with its content if it is a style or script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tag(String);

impl Tag {
    /// Creates an element with a style or a script.
    ///
    /// # Errors
    /// Fails if the text contains something that would end the element.
    pub(super) fn with_text(name: &str, text: &str) -> Result<Self, Failure> {
        if text.to_ascii_lowercase().contains(&format!("</{name}")) || text.contains("<!--") {
            return Err(format!("a {name} of the page contains `</{name}` or `<!--`, which would end it"));
        }
        Ok(Self(format!("<{name}>{text}</{name}>")))
    }

    /// Returns the file name in its `href`, without the folders above it.
    pub(super) fn file_name(&self) -> Option<&str> {
        let (_, rest) = self.0.split_once("href=\"")?;
        let (address, _) = rest.split_once('"')?;
        address.rsplit('/').next()
    }
}

/// Removes every `name` tag that contains the text `having` from a page, scripts with their content. Returns the page and
/// the removed tags.
pub(super) fn remove_tags(page: &str, name: &str, having: &str) -> (String, Vec<Tag>) {
    let (begin, end) = (format!("<{name}"), if name == "script" { "</script>" } else { ">" });
    let (mut rest, mut removed) = (String::new(), Vec::new());
    let mut pieces = page.split(&begin);
    rest.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let Some((inside, after)) = piece.split_once(end).filter(|(inside, _)| inside.contains(having))
        else {
            rest.extend([begin.as_str(), piece]);
            continue;
        };
        removed.push(Tag(format!("{begin}{inside}{end}")));
        // Leave no empty line behind.
        let behind = after.trim_start_matches([' ', '\t']);
        if behind.starts_with('\n') && rest.ends_with([' ', '\n']) {
            rest.truncate(rest.trim_end_matches([' ', '\t']).len());
            rest.push_str(behind.trim_start_matches('\n'));
        } else {
            rest.push_str(after);
        }
    }
    (rest, removed)
}

/// Appends a tag to the head of a page.
///
/// # Errors
/// Fails if the page has no head.
pub(super) fn append_to_head(page: &str, tag: &Tag) -> Result<String, Failure> {
    let (before, after) = page.split_once("</head>").ok_or("index.html has no `</head>`")?;
    Ok(format!("{before}{}</head>{after}", tag.0))
}

/// The beginning of an inline module.
pub(super) const MODULE: &str = "<script type=\"module\">";

/// Returns an inline module as HTML.
///
/// # Errors
/// Fails if the text contains something that would end the element.
pub(super) fn module(text: &str) -> Result<String, Failure> {
    let Tag(script) = Tag::with_text("script", text)?;
    Ok(script.replacen("<script>", MODULE, 1))
}

/// Replaces the addresses (`href` and `src`) of elements with these names, where `replacement` returns another one.
pub(super) fn map_addresses<'a>(
    page: &str,
    names: &[&str],
    replacement: impl Fn(&str) -> Option<&'a str>,
) -> String {
    let mut pieces = page.split('<');
    let mut mapped = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        mapped.push('<');
        let (name, mut rest) = piece.split_once(' ').unwrap_or((piece, ""));
        if !names.contains(&name) {
            mapped.push_str(piece);
            continue;
        }
        mapped.extend([name, " "]);
        // Attributes until the end of the tag, each with its value in quotes.
        while let Some((before, value)) = rest.split_once("=\"").filter(|(before, _)| !before.contains('>')) {
            let (value, after) = value.split_once('"').unwrap_or((value, ""));
            let is_address = before.ends_with("href") || before.ends_with("src");
            let value = Some(value).filter(|_| is_address).and_then(&replacement).unwrap_or(value);
            mapped.extend([before, "=\"", value, "\""]);
            rest = after;
        }
        mapped.push_str(rest);
    }
    mapped
}

/// Returns the text of every element of this name that has no attributes.
pub(super) fn element_texts<'a>(page: &'a str, name: &str) -> Vec<&'a str> {
    let (begin, end) = (format!("<{name}>"), format!("</{name}>"));
    let pieces = page.split(begin.as_str()).skip(1);
    pieces.filter_map(|piece| Some(piece.split_once(end.as_str())?.0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn removes_matching_tags_with_their_lines() {
        let page = "<head>\n  <link rel=\"a\" href=\"./x.js\">\n  <link rel=\"b\">\n<script type=\"m\">1 > 0</script>\n</head>";
        let (rest, links) = remove_tags(page, "link", "rel=\"a\"");
        assert_eq!(links.iter().map(Tag::file_name).collect::<Vec<_>>(), [Some("x.js")]);
        let (rest, scripts) = remove_tags(&rest, "script", "type=\"m\"");
        assert_eq!((rest.as_str(), scripts.len()), ("<head>\n  <link rel=\"b\">\n</head>", 1));
        let style = Tag::with_text("style", "a{}").unwrap();
        let page = append_to_head(&rest, &style).unwrap();
        assert_eq!(element_texts(&page, "style"), ["a{}"]);
        assert!(append_to_head("<p>", &style).is_err());
    }

    #[test]
    fn rejects_text_that_ends_its_element() {
        assert!(Tag::with_text("script", "'</SCRIPT>'").is_err());
    }
}
