//! The fonts of pictures: the same on every machine, from npm.

use std::fs;
use std::path::{Path, PathBuf};

use crate::install;

/// Fonts of text, controls, code and formulas, then those of scripts that they lack.
const PACKAGES: [&str; 6] = [
    "@expo-google-fonts/noto-serif@0.4.2",
    "@expo-google-fonts/noto-sans@0.4.2",
    "@expo-google-fonts/noto-sans-mono@0.4.2",
    "@expo-google-fonts/noto-sans-math@0.4.2",
    "@expo-google-fonts/noto-naskh-arabic@0.4.5",
    "@expo-google-fonts/zcool-xiaowei@0.4.1",
];

/// The fonts of generic families.
const GENERIC: [(&str, &str); 5] = [
    ("system-ui", "Noto Sans"),
    ("sans-serif", "Noto Sans"),
    ("serif", "Noto Serif"),
    ("monospace", "Noto Sans Mono"),
    ("math", "Noto Sans Math"),
];

/// The fonts for letters that the family asked for does not have, best first.
const FALLBACK: [&str; 3] = ["Noto Sans", "Noto Naskh Arabic", "ZCOOL XiaoWei"];

/// Installs the fonts if they are missing. Returns the settings with which fontconfig finds these and no others.
pub(crate) fn settings() -> Result<PathBuf, String> {
    let place = install::package_set("fonts", &PACKAGES)?;
    let file = place.join("fonts.conf");
    fs::write(&file, fontconfig(&place))
        .map_err(|why| format!("{} cannot be written: {why}.", file.display()))?;
    Ok(file)
}

/// Returns settings of fontconfig for the fonts below a folder.
fn fontconfig(place: &Path) -> String {
    let generic = GENERIC.map(|(family, font)| {
        format!(
            "  <match><test name=\"family\"><string>{family}</string></test>\
             <edit name=\"family\" mode=\"assign\" binding=\"strong\"><string>{font}</string></edit></match>\n"
        )
    });
    let fallback = FALLBACK.map(|font| format!("<string>{font}</string>"));
    format!(
        "<?xml version=\"1.0\"?>\n<!DOCTYPE fontconfig SYSTEM \"urn:fontconfig:fonts.dtd\">\n<fontconfig>\n  \
         <dir>{place}/node_modules</dir>\n  <cachedir>{place}/cache</cachedir>\n{generic}  \
         <match><edit name=\"family\" mode=\"append_last\">{fallback}</edit></match>\n</fontconfig>\n",
        place = place.display().to_string().replace('&', "&amp;"),
        generic = generic.concat(),
        fallback = fallback.concat(),
    )
}
