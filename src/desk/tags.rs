//! Tags of the frame: Trunk writes them, and the desk takes some out and puts others in.

use super::Failure;

/// A tag as it stands in a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tag(String);

impl Tag {
    /// An element that holds a style or a script.
    ///
    /// # Errors
    /// A text that would end the element.
    pub(super) fn with_text(name: &str, text: &str) -> Result<Self, Failure> {
        if text.to_ascii_lowercase().contains(&format!("</{name}")) || text.contains("<!--") {
            return Err(format!("a {name} of the page holds `</{name}` or `<!--`, which would end it"));
        }
        Ok(Self(format!("<{name}>{text}</{name}>")))
    }

    /// The file that it names with `href`, whatever folder the page will be under.
    pub(super) fn file(&self) -> Option<&str> {
        let (_, rest) = self.0.split_once("href=\"")?;
        let (address, _) = rest.split_once('"')?;
        address.rsplit('/').next()
    }
}

/// Takes every tag of a name out of a page that has something in it; a script with what it holds.
pub(super) fn take(page: &str, name: &str, having: &str) -> (String, Vec<Tag>) {
    let (begin, end) = (format!("<{name}"), if name == "script" { "</script>" } else { ">" });
    let (mut rest, mut taken) = (String::new(), Vec::new());
    let mut pieces = page.split(&begin);
    rest.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let Some((inside, after)) = piece.split_once(end).filter(|(inside, _)| inside.contains(having))
        else {
            rest.extend([begin.as_str(), piece]);
            continue;
        };
        taken.push(Tag(format!("{begin}{inside}{end}")));
        // The line that it stood in goes too.
        let behind = after.trim_start_matches([' ', '\t']);
        if behind.starts_with('\n') && rest.ends_with([' ', '\n']) {
            rest.truncate(rest.trim_end_matches([' ', '\t']).len());
            rest.push_str(behind.trim_start_matches('\n'));
        } else {
            rest.push_str(after);
        }
    }
    (rest, taken)
}

/// Puts a tag at the end of a page's head.
///
/// # Errors
/// A page without one.
pub(super) fn put_into_head(page: &str, tag: &Tag) -> Result<String, Failure> {
    let (before, after) = page.split_once("</head>").ok_or("index.html has no `</head>`")?;
    Ok(format!("{before}{}</head>{after}", tag.0))
}

/// What stands in every element of a name that has no attributes.
pub(super) fn texts<'a>(page: &'a str, name: &str) -> Vec<&'a str> {
    let (begin, end) = (format!("<{name}>"), format!("</{name}>"));
    let pieces = page.split(begin.as_str()).skip(1);
    pieces.filter_map(|piece| Some(piece.split_once(end.as_str())?.0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_taken_out_with_their_line_and_others_stay() {
        let page = "<head>\n  <link rel=\"a\" href=\"./x.js\">\n  <link rel=\"b\">\n<script type=\"m\">1 > 0</script>\n</head>";
        let (rest, links) = take(page, "link", "rel=\"a\"");
        assert_eq!(links.iter().map(Tag::file).collect::<Vec<_>>(), [Some("x.js")]);
        let (rest, scripts) = take(&rest, "script", "type=\"m\"");
        assert_eq!((rest.as_str(), scripts.len()), ("<head>\n  <link rel=\"b\">\n</head>", 1));
        let style = Tag::with_text("style", "a{}").unwrap();
        let page = put_into_head(&rest, &style).unwrap();
        assert_eq!(texts(&page, "style"), ["a{}"]);
        assert!(put_into_head("<p>", &style).is_err());
    }

    #[test]
    fn a_text_does_not_end_its_element() {
        assert!(Tag::with_text("script", "'</SCRIPT>'").is_err());
    }
}
