//! Minification of the import and export names that a wasm program shares with its script.
//!
//! wasm-bindgen gives each imported function a descriptive name with a digest, which does not compress. The name occurs twice:
//! in the binary, and as a key in its script.

use std::collections::HashMap;
use std::error::Error;

use wasm_encoder::reencode::{Reencode as _, RoundtripReencoder};
use wasm_encoder::{ImportSection, Module, RawSection};
use wasmparser::{Import, Parser, Payload};

/// Gives the functions that a binary imports from its script short names in both, and removes custom sections from the binary.
///
/// # Errors
/// Fails if the binary is not WebAssembly.
pub(super) fn minify_names(binary: &[u8], script: &str) -> Result<(Vec<u8>, String), Box<dyn Error>> {
    let (mut module, mut minified) = (Module::new(), script.to_owned());
    for payload in Parser::new(0).parse_all(binary) {
        match payload? {
            Payload::ImportSection(section) => {
                let imports = section.into_imports().collect::<Result<Vec<Import>, _>>()?;
                let names;
                (minified, names) = rename_keys(script, &imports);
                let mut section = ImportSection::new();
                for Import { module, name, ty } in imports {
                    let short = names.get(name).map_or(name, String::as_str);
                    section.import(module, short, RoundtripReencoder.entity_type(ty)?);
                }
                module.section(&section);
            }
            // Names of functions, if a debug build has them, are part of panic messages.
            Payload::CustomSection(section) if section.name() != "name" => {}
            payload => {
                if let Some((id, range)) = payload.as_section() {
                    let range = usize::try_from(range.start)?..usize::try_from(range.end)?;
                    module.section(&RawSection { id, data: binary.get(range).unwrap_or_default() });
                }
            }
        }
    }
    Ok((module.finish(), minified))
}

/// Renames the keys of a script that are imported. Returns the script, and the new names by the old ones. A name that may be
/// something else than a key is kept.
fn rename_keys<'a>(script: &str, imports: &[Import<'a>]) -> (String, HashMap<&'a str, String>) {
    let mut keys: Vec<_> =
        imports.iter().filter_map(|import| Some((key_position(script, import.name)?, import.name))).collect();
    keys.sort_unstable();
    let (mut renamed, mut rest) = (String::with_capacity(script.len()), 0);
    let mut names = HashMap::new();
    for (number, (place, name)) in keys.into_iter().enumerate() {
        let short = format!("i{number}");
        renamed.extend([&script[rest..place], &short]);
        rest = place + name.len();
        names.insert(name, short);
    }
    renamed += &script[rest..];
    (renamed, names)
}

/// Returns the position of a name as the key of an object; `None` if it occurs elsewhere too.
fn key_position(script: &str, name: &str) -> Option<usize> {
    let mut places = script.match_indices(name).map(|(place, _)| place);
    let (place, None) = (places.next()?, places.next()) else { return None };
    let (before, after) = (&script[..place], &script[place + name.len()..]);
    (before.ends_with(['{', ',']) && after.starts_with(':')).then_some(place)
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{CustomSection, EntityType, TypeSection};

    use super::*;

    fn program() -> Vec<u8> {
        let mut module = Module::new();
        let mut types = TypeSection::new();
        types.ty().function([], []);
        module.section(&types);
        let mut imports = ImportSection::new();
        for name in ["__wbg_click_1234", "__wbg_blur_5678", "__wbg_twice_9"] {
            imports.import("./n_bg.js", name, EntityType::Function(0));
        }
        module.section(&imports);
        module.section(&CustomSection { name: "producers".into(), data: b"tool"[..].into() });
        module.section(&CustomSection { name: "name".into(), data: b"names"[..].into() });
        module.finish()
    }

    const SCRIPT: &str = "const a={__proto__:null,__wbg_blur_5678:function(){},__wbg_click_1234:function(){},\
        __wbg_twice_9:function(){}};wasm.__wbg_twice_9()";

    #[test]
    fn binary_and_script_agree_on_short_names() -> Result<(), Box<dyn Error>> {
        let (binary, script) = minify_names(&program(), SCRIPT)?;
        assert_eq!(
            script,
            "const a={__proto__:null,i0:function(){},i1:function(){},__wbg_twice_9:function(){}};wasm.__wbg_twice_9()"
        );
        let (mut imports, mut customs) = (Vec::new(), Vec::new());
        for payload in Parser::new(0).parse_all(&binary) {
            match payload? {
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        imports.push(import?.name);
                    }
                }
                Payload::CustomSection(section) => customs.push(section.name()),
                _ => {}
            }
        }
        assert_eq!((imports, customs), (vec!["i1", "i0", "__wbg_twice_9"], vec!["name"]));
        Ok(())
    }

    #[test]
    fn rejects_what_is_not_wasm() {
        assert!(minify_names(b"<!doctype html>", "").is_err());
    }
}
