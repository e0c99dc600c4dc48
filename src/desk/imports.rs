//! What a program has from the browser, under names that are no longer than they must be.
//!
//! wasm-bindgen names each function for what it is, and adds a digest that no compression makes shorter. Such a name stands
//! twice: in the binary, and in the script beside it, as a key.

use std::collections::HashMap;
use std::error::Error;

use wasm_encoder::reencode::{Reencode as _, RoundtripReencoder};
use wasm_encoder::{ImportSection, Module, RawSection};
use wasmparser::{Import, Parser, Payload};

/// A program's binary and its script, with short names for what one has from the other, and without what only tools read in
/// a binary.
///
/// # Errors
/// A binary that is not WebAssembly.
pub(super) fn shortened(binary: &[u8], script: &str) -> Result<(Vec<u8>, String), Box<dyn Error>> {
    let (mut module, mut short) = (Module::new(), script.to_owned());
    for payload in Parser::new(0).parse_all(binary) {
        match payload? {
            Payload::ImportSection(section) => {
                let imports = section.into_imports().collect::<Result<Vec<Import>, _>>()?;
                let names;
                (short, names) = renamed(script, &imports);
                let mut section = ImportSection::new();
                for Import { module, name, ty } in imports {
                    let short = names.get(name).map_or(name, String::as_str);
                    section.import(module, short, RoundtripReencoder.entity_type(ty)?);
                }
                module.section(&section);
            }
            // Of what is for tools, names of functions are kept where there are any: they are in what panics say.
            Payload::CustomSection(section) if section.name() != "name" => {}
            payload => {
                if let Some((id, range)) = payload.as_section() {
                    let range = usize::try_from(range.start)?..usize::try_from(range.end)?;
                    module.section(&RawSection { id, data: binary.get(range).unwrap_or_default() });
                }
            }
        }
    }
    Ok((module.finish(), short))
}

/// A script with other names for its keys, and those by the names they had. What is not surely a key keeps its name.
fn renamed<'a>(script: &str, imports: &[Import<'a>]) -> (String, HashMap<&'a str, String>) {
    let mut keys: Vec<_> =
        imports.iter().filter_map(|import| Some((key(script, import.name)?, import.name))).collect();
    keys.sort_unstable();
    let (mut short, mut rest) = (String::with_capacity(script.len()), 0);
    let mut names = HashMap::new();
    for (number, (place, name)) in keys.into_iter().enumerate() {
        let other = format!("i{number}");
        short.extend([&script[rest..place], &other]);
        rest = place + name.len();
        names.insert(name, other);
    }
    short += &script[rest..];
    (short, names)
}

/// Where a name stands as the key of an object; none where it stands elsewhere too.
fn key(script: &str, name: &str) -> Option<usize> {
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
        module.section(&CustomSection { name: "producers".into(), data: b"who"[..].into() });
        module.section(&CustomSection { name: "name".into(), data: b"what"[..].into() });
        module.finish()
    }

    const SCRIPT: &str = "const a={__proto__:null,__wbg_blur_5678:function(){},__wbg_click_1234:function(){},\
        __wbg_twice_9:function(){}};wasm.__wbg_twice_9()";

    #[test]
    fn binary_and_script_agree_on_shorter_names() -> Result<(), Box<dyn Error>> {
        let (binary, script) = shortened(&program(), SCRIPT)?;
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
    fn what_is_no_program_is_told() {
        assert!(shortened(b"<!doctype html>", "").is_err());
    }
}
