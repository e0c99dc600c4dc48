//! Addresses in the HTML of a page.

/// Replaces the addresses (`href` and `src`) of elements with these names, where `replacement` returns another one.
pub(super) fn map_addresses<'a>(
    html: &str,
    names: &[&str],
    replacement: impl Fn(&str) -> Option<&'a str>,
) -> String {
    let mut pieces = html.split('<');
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replaces_addresses_of_these_elements_alone() {
        let html =
            "<p>a href=\"x\"</p><a class=\"c\" href=\"x\">x</a><img alt=\"a > b\" src=\"x\"><b href=\"x\">";
        assert_eq!(
            map_addresses(html, &["a", "img"], |address| (address == "x").then_some("y")),
            "<p>a href=\"x\"</p><a class=\"c\" href=\"y\">x</a><img alt=\"a > b\" src=\"y\"><b href=\"x\">"
        );
    }
}
