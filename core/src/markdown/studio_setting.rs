//! The setting of the front matter that leaves the studio out of a site: `studio: false`.

use std::collections::BTreeMap;

use serde_json::Value;

/// Returns false if front matter (`Notebook::other`) leaves the studio out.
pub fn has_studio(front_matter: &str) -> bool {
    if !front_matter.contains("studio") {
        return true;
    }
    let values = serde_saphyr::from_str::<BTreeMap<String, Value>>(front_matter).unwrap_or_default();
    values.get("studio").and_then(Value::as_bool).unwrap_or(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_false_leaves_it_out() {
        assert!(!has_studio("theme: plain\nstudio: false\n"));
        for front_matter in ["", "studio: true\n", "studio:\n", "tags: [studio]\n", "studio: [\n"] {
            assert!(has_studio(front_matter), "{front_matter}");
        }
    }
}
