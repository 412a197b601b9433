//! Short names for what the wasm imports of its JS. wasm-bindgen names each function with a hash, in both files, and
//! hashes do not compress: they were a fiftieth of the first load.
//!
//! Invariant: the JS and the wasm are given the same names, one for each; nothing else in either is touched.

use std::{collections::HashMap, fs, path::Path};

use anyhow::{Context, Result, bail, ensure};
use wasm_encoder::{Encode, Module, RawSection};
use wasmparser::{Imports, Parser, Payload};

use crate::project::{read, write};

/// How the module that wasm-bindgen imports from is named at its end.
const MODULE_END: &str = "_bg.js";
/// Hexadecimal digits of a name's hash.
const HASH: usize = 16;

/// Shortens the names in a wasm file, and in the JS that answers to them.
pub fn shorten(wasm: &Path, js: &Path) -> Result<()> {
    let bytes = fs::read(wasm).with_context(|| format!("cannot read {}", wasm.display()))?;
    let (bytes, names) = in_wasm(&bytes)?;
    ensure!(!names.is_empty(), "the wasm imports nothing by a name with a hash");
    write(js, in_js(&read(js)?, &names))?;
    write(wasm, bytes)
}

/// The wasm with short names, and which name became which.
fn in_wasm(bytes: &[u8]) -> Result<(Vec<u8>, HashMap<String, String>)> {
    let (mut module, mut names) = (Module::new(), HashMap::new());
    for payload in Parser::new(0).parse_all(bytes) {
        let payload = payload?;
        if let Payload::ImportSection(section) = &payload {
            let data = imports(bytes, section.clone(), &mut names)?;
            module.section(&RawSection { id: 2, data: &data });
        } else if let Some((id, range)) = payload.as_section() {
            let (start, end) = (usize::try_from(range.start)?, usize::try_from(range.end)?);
            module.section(&RawSection { id, data: &bytes[start..end] });
        }
    }
    Ok((module.finish(), names))
}

/// The content of the import section.
fn imports(
    bytes: &[u8],
    section: wasmparser::ImportSectionReader<'_>,
    names: &mut HashMap<String, String>,
) -> Result<Vec<u8>> {
    let end = usize::try_from(section.range().end)?;
    let count = section.count();
    let found = section.into_iter_with_offsets().collect::<Result<Vec<_>, _>>()?;
    let starts = found.iter().skip(1).map(|(start, _)| usize::try_from(*start));
    let ends = starts.collect::<Result<Vec<_>, _>>()?.into_iter().chain([end]);
    let mut data = Vec::new();
    count.encode(&mut data);
    for ((start, import), end) in found.iter().zip(ends) {
        let Imports::Single(_, import) = import else { bail!("imports are written in a form that is not known") };
        let mut prefix = Vec::new();
        import.module.encode(&mut prefix);
        import.name.encode(&mut prefix);
        let whole = &bytes[usize::try_from(*start)?..end];
        let kind = whole.strip_prefix(&*prefix).context("an import is not written as it is read")?;
        let is_ours = import.module.ends_with(MODULE_END) && has_hash(import.name);
        let next = names.len();
        let name = match is_ours {
            true => names.entry(import.name.to_owned()).or_insert_with(|| short(next)).as_str(),
            false => import.name,
        };
        import.module.encode(&mut data);
        name.encode(&mut data);
        data.extend_from_slice(kind);
    }
    Ok(data)
}

/// The JS with the names that the wasm knows now.
fn in_js(text: &str, names: &HashMap<String, String>) -> String {
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '$');
    let mut js = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(is_part) {
        let (before, word) = rest.split_at(start);
        let (word, after) = word.split_at(word.find(|letter| !is_part(letter)).unwrap_or(word.len()));
        js.push_str(before);
        js.push_str(names.get(word).map_or(word, String::as_str));
        rest = after;
    }
    js.push_str(rest);
    js
}

/// Whether a name ends in `_` and a hash.
fn has_hash(name: &str) -> bool {
    name.rsplit_once('_').is_some_and(|(_, hash)| hash.len() == HASH && hash.bytes().all(|it| it.is_ascii_hexdigit()))
}

/// The nth short name.
fn short(at: usize) -> String {
    format!("i{at}")
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{EntityType, ImportSection, MemoryType, TypeSection};

    use super::*;

    const LOG: &str = "__wbg_log_0123456789abcdef";
    const NOW: &str = "__wbg_now_fedcba9876543210";

    fn module(imports: &[(&str, &str)]) -> Vec<u8> {
        let (mut module, mut types, mut section) = (Module::new(), TypeSection::new(), ImportSection::new());
        types.ty().function([], []);
        for (from, name) in imports {
            section.import(from, name, EntityType::Function(0));
        }
        let memory = MemoryType { minimum: 300, maximum: None, memory64: false, shared: false, page_size_log2: None };
        section.import("env", "memory", memory);
        module.section(&types).section(&section);
        module.finish()
    }

    #[test]
    fn names_with_a_hash_become_short_in_both_files_and_nothing_else_changes() -> Result<()> {
        let before = module(&[("./a_bg.js", LOG), ("./b.js", LOG), ("./a_bg.js", "plain"), ("./a_bg.js", NOW)]);
        let (after, names) = in_wasm(&before)?;
        assert_eq!(after, module(&[("./a_bg.js", "i0"), ("./b.js", LOG), ("./a_bg.js", "plain"), ("./a_bg.js", "i1")]));
        let js = format!("{{{LOG}:f,plain:g,{NOW}:h,x{NOW}:k,$é{LOG}}}");
        assert_eq!(in_js(&js, &names), format!("{{i0:f,plain:g,i1:h,x{NOW}:k,$éi0}}"));
        Ok(())
    }
}
