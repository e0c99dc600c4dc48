//! The look that the author chose in the front matter: `theme: { name: plain, accent: "#7a1f6b", font: Literata }`.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

/// The name of a built-in theme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ThemeName {
    /// Serifs on the white of paper.
    #[default]
    Paper,
    /// The system's font on white.
    Plain,
    /// Black and white, with strong lines.
    Contrast,
}

/// The look of a notebook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Theme {
    /// The theme that the rest changes.
    pub name: ThemeName,
    /// The color of links on light and on dark pages; both can be read.
    pub accent: Option<[Color; 2]>,
    /// The name of the font of the text.
    pub font: Option<String>,
}

/// An sRGB color: red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Color([u8; 3]);

/// A part of a theme that cannot be used as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ThemeProblem {
    /// The key whose value it is.
    pub(super) key: &'static str,
    pub(super) message: String,
    pub(super) help: String,
}

/// Contrast that text needs (WCAG 2.2, success criterion 1.4.6).
const MIN_CONTRAST: f64 = 7.0;

/// The darkest background of text on light pages, and the lightest on dark ones (`style/tokens.css`).
const BACKGROUNDS: [Color; 2] = [Color([0xe8, 0xee, 0xfc]), Color([0x2a, 0x2f, 0x39])];

const NAMES: [(&str, ThemeName); 3] =
    [("paper", ThemeName::Paper), ("plain", ThemeName::Plain), ("contrast", ThemeName::Contrast)];

/// Returns the theme in front matter (`Notebook::other`). Values that cannot be used are left out.
pub fn theme(front_matter: &str) -> Theme {
    if !front_matter.contains("theme") {
        return Theme::default();
    }
    let values = serde_saphyr::from_str::<BTreeMap<String, Value>>(front_matter).unwrap_or_default();
    values.get("theme").map(|value| read(value).0).unwrap_or_default()
}

/// Reads the value of `theme`: a name, or an object.
pub(super) fn read(value: &Value) -> (Theme, Vec<ThemeProblem>) {
    let mut theme = Theme::default();
    let mut problems = Vec::new();
    let parts: Vec<(&str, &Value)> = match value {
        Value::Null => Vec::new(),
        Value::Object(parts) => parts.iter().map(|(key, value)| (key.as_str(), value)).collect(),
        name => vec![("name", name)],
    };
    for (key, value) in parts {
        let text = value.as_str().unwrap_or_default().trim();
        let problem = match key {
            "name" => match NAMES.into_iter().find(|(name, _)| *name == text) {
                Some((_, name)) => {
                    theme.name = name;
                    None
                }
                None => Some(ThemeProblem {
                    key: "name",
                    message: format!("there is no theme `{}`, so the default is used", as_written(value)),
                    help: "write `paper`, `plain` or `contrast`".to_owned(),
                }),
            },
            "accent" => read_accent(text, &mut theme),
            "font" => read_font(text, &mut theme),
            _ => Some(ThemeProblem {
                key: "theme",
                message: format!("`{key}` is not a setting of a theme, so it is ignored"),
                help: "write `name`, `accent` or `font`".to_owned(),
            }),
        };
        problems.extend(problem);
    }
    (theme, problems)
}

/// Formats a value for a message, roughly as the author wrote it.
fn as_written(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), |text| text.trim().to_owned())
}

fn read_accent(text: &str, theme: &mut Theme) -> Option<ThemeProblem> {
    let Some(color) = Color::parse(text) else {
        return Some(ThemeProblem {
            key: "accent",
            message: "the accent is not a color, so it is ignored".to_owned(),
            help: "write red, green and blue in quotes: `accent: \"#7a1f6b\"`".to_owned(),
        });
    };
    let [light, dark] = BACKGROUNDS;
    let readable = color.toward(Color([0; 3]), light);
    theme.accent = Some([readable, color.toward(Color([255; 3]), dark)]);
    (readable != color).then(|| ThemeProblem {
        key: "accent",
        message: format!(
            "links in {color} have a contrast of {:.1}:1, and text needs {MIN_CONTRAST}:1, so a darker color is used",
            color.contrast(light)
        ),
        help: format!("write `accent: \"{readable}\"`, the nearest that can be read"),
    })
}

fn read_font(text: &str, theme: &mut Theme) -> Option<ThemeProblem> {
    let is_name = !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-'));
    if is_name {
        theme.font = Some(text.to_owned());
        return None;
    }
    Some(ThemeProblem {
        key: "font",
        message: "the font is not a name, so it is ignored".to_owned(),
        help: "write the name of one font: `font: Source Serif 4`".to_owned(),
    })
}

impl Color {
    /// Parses `#rgb` or `#rrggbb`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits: Option<Vec<u8>> = text
            .strip_prefix('#')?
            .chars()
            .map(|digit| digit.to_digit(16).and_then(|value| u8::try_from(value).ok()))
            .collect();
        match digits?.as_slice() {
            [r, g, b] => Some(Self([r * 17, g * 17, b * 17])),
            [r, red, g, green, b, blue] => Some(Self([r * 16 + red, g * 16 + green, b * 16 + blue])),
            _ => None,
        }
    }

    /// Returns the relative luminance (WCAG 2.2), from 0 to 1.
    fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(|channel| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// Returns the contrast between two colors (WCAG 2.2), from 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// Mixes a color with black or white until it can be read on a background.
    fn toward(self, end: Self, background: Self) -> Self {
        let Self([red, green, blue]) = self;
        let Self([end_red, end_green, end_blue]) = end;
        let mixed = |from: u8, to: u8, percent: u32| {
            let sum = u32::from(from) * (100 - percent) + u32::from(to) * percent;
            u8::try_from(sum / 100).unwrap_or(to)
        };
        let colors = (0..=100).map(|percent| {
            Self([
                mixed(red, end_red, percent),
                mixed(green, end_green, percent),
                mixed(blue, end_blue, percent),
            ])
        });
        colors.into_iter().find(|color| color.contrast(background) >= MIN_CONTRAST).unwrap_or(end)
    }
}

impl fmt::Display for Color {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self([red, green, blue]) = self;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_theme_is_a_name_or_its_parts() {
        assert_eq!(theme("theme: plain\n").name, ThemeName::Plain);
        let whole = theme("theme:\n  name: contrast\n  accent: '#7a1f6b'\n  font: Source Serif 4\n");
        assert_eq!(whole.name, ThemeName::Contrast);
        assert_eq!(whole.font.as_deref(), Some("Source Serif 4"));
        assert_eq!(whole.accent.map(|[light, _]| light.to_string()).as_deref(), Some("#7a1f6b"));
        for other in ["", "x: 1\n", "theme:\n", "theme: [\n", "theme: 7\n"] {
            assert_eq!(theme(other), Theme::default(), "{other}");
        }
    }

    #[test]
    fn every_accent_can_be_read_on_light_and_dark_pages() {
        for color in ["#fff", "#000", "#ff0000", "#00ff00", "#0000ff", "#808080", "#7a1f6b"] {
            let (theme, problems) = read(&serde_json::json!({ "accent": color }));
            let accents = theme.accent.unwrap();
            for (accent, background) in accents.into_iter().zip(BACKGROUNDS) {
                assert!(accent.contrast(background) >= MIN_CONTRAST, "{color}: {accent} on {background}");
            }
            let given = Color::parse(color).unwrap();
            assert_eq!(problems.is_empty(), given.contrast(BACKGROUNDS[0]) >= MIN_CONTRAST, "{color}");
        }
    }

    #[test]
    fn a_part_that_cannot_be_used_has_a_remedy() {
        let wrong = serde_json::json!({ "name": "minima", "accent": "red", "font": "a;b", "size": 2 });
        let (theme, problems) = read(&wrong);
        assert_eq!(theme, Theme::default());
        let mut keys: Vec<_> = problems.iter().map(|problem| problem.key).collect();
        keys.sort_unstable();
        assert_eq!(keys, ["accent", "font", "name", "theme"]);
        let (_, problems) = read(&serde_json::json!({ "accent": "#e66" }));
        assert!(problems[0].message.contains("#ee6666 have a contrast of 2.7:1"), "{problems:?}");
        assert!(problems[0].help.starts_with("write `accent: \"#"), "{problems:?}");
    }
}
