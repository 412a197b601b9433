//! Gives the functions that a wasm imports from its script short names, in both.
//!
//! wasm-bindgen's names end in hashes, which do not compress: they are 7 kB of the first load.

use anyhow::{Result, ensure};
use wasm_encoder::{
    ImportSection,
    reencode::{Reencode, RoundtripReencoder},
};
use wasmparser::Payload;

use crate::wasm;

/// The module that the script's functions are imported from.
const SCRIPT: &str = "./program_bg.js";
/// Its new name.
const SHORT_SCRIPT: &str = "a";

/// Returns the wasm and the script with short names.
pub fn shorten(wasm: &[u8], script: &str) -> Result<(Vec<u8>, String)> {
    let mut script = script.to_owned();
    let module = wasm::copy(wasm, |payload, module| {
        let Payload::ImportSection(imports) = payload else { return Ok(false) };
        let mut section = ImportSection::new();
        for (at, import) in imports.into_imports().enumerate() {
            let import = import?;
            let kind = RoundtripReencoder.entity_type(import.ty)?;
            if import.module == SCRIPT {
                let name = short_name(at);
                replace_once(&mut script, &format!("        {}: ", import.name), &format!("        {name}: "))?;
                section.import(SHORT_SCRIPT, &name, kind);
            } else {
                section.import(import.module, import.name, kind);
            }
        }
        module.section(&section);
        Ok(true)
    })?;
    replace_once(&mut script, &format!("\"{SCRIPT}\": "), &format!("\"{SHORT_SCRIPT}\": "))?;
    Ok((module.finish(), script))
}

/// `a0`, `b0` … `z0`, `a1` …, so that neighbours differ in one byte.
fn short_name(at: usize) -> String {
    let letter = char::from(b'a'.wrapping_add(u8::try_from(at % 26).unwrap_or_default()));
    format!("{letter}{}", at / 26)
}

fn replace_once(script: &mut String, from: &str, to: &str) -> Result<()> {
    ensure!(
        script.matches(from).count() == 1,
        "wasm-bindgen's script no longer has `{}` once: adapt tools/xtask/src/imports.rs",
        from.trim()
    );
    *script = script.replacen(from, to, 1);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{EntityType, Module, TypeSection};
    use wasmparser::Parser;

    const SCRIPT_TEXT: &str = r#"const import0 = {
        __wbg_now_463ac581d2fc7ea3: function() {},
        __wbg_set_0f986799cac24892: function() {},
    };
    return {
        "./program_bg.js": import0,
        "./loader.js": import1,
    };
"#;

    fn wasm() -> Vec<u8> {
        let (mut types, mut imports, mut module) = (TypeSection::new(), ImportSection::new(), Module::new());
        types.ty().function([], []);
        imports
            .import(SCRIPT, "__wbg_now_463ac581d2fc7ea3", EntityType::Function(0))
            .import("./loader.js", "__wasm_split_load_later", EntityType::Function(0))
            .import(SCRIPT, "__wbg_set_0f986799cac24892", EntityType::Function(0));
        module.section(&types).section(&imports);
        module.finish()
    }

    #[test]
    fn the_wasm_and_the_script_agree_on_the_short_names() -> Result<()> {
        let (wasm, script) = shorten(&wasm(), SCRIPT_TEXT)?;
        assert!(script.contains("        a0: function") && script.contains("        c0: function"), "{script}");
        assert!(script.contains(r#""a": import0"#) && script.contains(r#""./loader.js": import1"#), "{script}");
        let mut names = Vec::new();
        for payload in Parser::new(0).parse_all(&wasm) {
            if let Payload::ImportSection(imports) = payload? {
                for import in imports.into_imports() {
                    let import = import?;
                    names.push((import.module.to_owned(), import.name.to_owned()));
                }
            }
        }
        let expected = [("a", "a0"), ("./loader.js", "__wasm_split_load_later"), ("a", "c0")];
        assert_eq!(names, expected.map(|(module, name)| (module.to_owned(), name.to_owned())));
        Ok(())
    }

    #[test]
    fn a_script_of_another_form_is_refused() {
        let error = shorten(&wasm(), &SCRIPT_TEXT.replace("function", "(")).err();
        assert!(error.is_none(), "only the names count");
        let error = shorten(&wasm(), &SCRIPT_TEXT.replace("__wbg_set", "set")).err();
        assert!(error.is_some_and(|error| error.to_string().contains("adapt tools/xtask/src/imports.rs")));
    }
}
