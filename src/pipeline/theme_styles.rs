//! The styles of the theme that the author chose.

use std::fmt::Write as _;

use notebook_core::markdown::{ThemeName, theme};
use notebook_core::notebook::Notebook;

const PLAIN: &str = include_str!("../../style/theme-plain.css");
const CONTRAST: &str = include_str!("../../style/theme-contrast.css");

/// Returns the paper colors of a notebook's theme, light and dark, for the bars of the browser.
pub fn paper_colors(notebook: &Notebook) -> [&'static str; 2] {
    match theme(&notebook.other).name {
        ThemeName::Paper => ["#fdfdfc", "#15181e"],
        ThemeName::Plain => ["#fff", "#16181d"],
        ThemeName::Contrast => ["#fff", "#000"],
    }
}

/// Returns the styles that override those of every page; empty if the author chose no theme.
pub fn theme_styles(notebook: &Notebook) -> String {
    let theme = theme(&notebook.other);
    let mut styles = match theme.name {
        ThemeName::Paper => String::new(),
        ThemeName::Plain => PLAIN.to_owned(),
        ThemeName::Contrast => CONTRAST.to_owned(),
    };
    let mut tokens = String::new();
    if let Some([light, dark]) = theme.accent {
        let both = format!("light-dark({light}, {dark})");
        // Backgrounds of a chosen value have no tint, since that of the accent could make its text harder to read.
        for (token, value) in [("link", &*both), ("focus", &both), ("here", "light-dark(#ececee, #2a2d35)")] {
            let _ = write!(tokens, "--{token}: {value};");
        }
    }
    if let Some(font) = &theme.font {
        let _ = write!(tokens, "--text: \"{font}\", var(--serif);");
    }
    if !tokens.is_empty() {
        let _ = writeln!(styles, "@layer tokens {{ :root {{ {tokens} }} }}");
    }
    styles
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use notebook_core::markdown::Color;

    use super::*;

    /// Styles of the theme `paper`, which the others override.
    const TOKENS: &str = include_str!("../../style/tokens.css");

    /// Contrast of text for WCAG's level AAA.
    const MIN_CONTRAST: f64 = 7.0;

    fn styles(front_matter: &str) -> String {
        theme_styles(&Notebook { other: front_matter.to_owned(), ..Notebook::default() })
    }

    #[test]
    fn paper_colors_are_those_of_the_styles() {
        for (name, styles) in [("paper", TOKENS), ("plain", PLAIN), ("contrast", CONTRAST)] {
            let notebook = Notebook { other: format!("theme: {name}\n"), ..Notebook::default() };
            let [light, dark] = paper_colors(&notebook);
            assert!(styles.contains(&format!("--paper: light-dark({light}, {dark});")), "{name}");
        }
    }

    #[test]
    fn a_theme_sets_tokens_and_nothing_else_changes() {
        assert_eq!(styles("x: 1\n"), "");
        assert_eq!(styles("theme: paper\n"), "");
        assert!(styles("theme: contrast\n").contains("--paper: light-dark(#fff, #000)"));
        let whole = styles("theme:\n  accent: '#7a1f6b'\n  font: Literata\n");
        assert!(whole.contains("--link: light-dark(#7a1f6b, #"), "{whole}");
        assert!(whole.contains("--text: \"Literata\", var(--serif);"), "{whole}");
    }

    /// Returns the colors that styles set, light and dark, by name.
    fn colors(styles: &str) -> BTreeMap<&str, [Color; 2]> {
        let color = |line| {
            let (name, value) = str::trim(line).strip_prefix("--")?.split_once(": ")?;
            let value = value.trim_end_matches(';');
            let both = value.strip_prefix("light-dark(").and_then(|both| both.strip_suffix(')'));
            let (light, dark) = both.and_then(|both| both.split_once(", ")).unwrap_or((value, value));
            Some((name, [Color::parse(light)?, Color::parse(dark)?]))
        };
        styles.lines().filter_map(color).collect()
    }

    #[test]
    fn text_of_every_theme_has_a_contrast_of_seven() {
        let everywhere = ["ink", "quiet", "link", "open", "paid"];
        let grounds = ["paper", "panel", "raised", "here"];
        let mut pairs: Vec<(&str, &str)> =
            everywhere.iter().flat_map(|text| grounds.map(|ground| (*text, ground))).collect();
        pairs.extend(["open", "paid", "warn"].map(|text| (text, "paper")));
        pairs.extend([("open", "open-back"), ("paid", "paid-back"), ("warn", "warn-back")]);
        pairs.extend(["open-back", "paid-back", "warn-back"].map(|ground| ("ink", ground)));
        pairs.extend([("on-link", "link"), ("on-found", "found"), ("paper", "ink")]);
        let code = ["keyword", "string", "comment", "number", "type", "function", "constant"];
        pairs.extend(code.map(|text| (text, "panel")));
        for (theme, styles) in [("paper", ""), ("plain", PLAIN), ("contrast", CONTRAST)] {
            let mut all = colors(TOKENS);
            all.extend(colors(styles));
            for (text, ground) in &pairs {
                for (scheme, number) in [("light", 0), ("dark", 1)] {
                    let contrast = all[text][number].contrast(all[ground][number]);
                    assert!(contrast >= MIN_CONTRAST, "{text} on {ground}, {theme}, {scheme}: {contrast:.1}");
                }
            }
        }
    }
}
