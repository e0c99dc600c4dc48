//! Macros of TeX in the front matter, as `MyST` and other programs write them: `macros: { "\\RR": "\\mathbb{R}" }`.

use std::collections::BTreeMap;

use serde_json::Value;

/// Returns the name and the text of each macro in front matter (`Notebook::other`). A list of a text and a number of arguments is
/// read as its text. Other values are ignored.
pub fn macros(front_matter: &str) -> Vec<(String, String)> {
    if !front_matter.contains("macros") {
        return Vec::new();
    }
    let values = serde_saphyr::from_str::<BTreeMap<String, Value>>(front_matter).unwrap_or_default();
    let Some(Value::Object(macros)) = values.get("macros") else { return Vec::new() };
    let text = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Array(parts) => parts.first()?.as_str().map(str::to_owned),
        _ => None,
    };
    macros.iter().filter_map(|(name, value)| Some((name.clone(), text(value)?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn macros_are_texts_or_lists() {
        let front =
            "math: true\nmacros:\n  \\RR: '\\mathbb{R}'\n  inner: ['\\langle #1 \\rangle', 1]\n  bad: 7\n";
        let found = macros(front);
        let found: Vec<_> = found.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        assert_eq!(found, [("\\RR", "\\mathbb{R}"), ("inner", "\\langle #1 \\rangle")]);
        for other in ["", "macros: none\n", "macros: [\n", "x: 1\n"] {
            assert_eq!(macros(other), [], "{other}");
        }
    }
}
