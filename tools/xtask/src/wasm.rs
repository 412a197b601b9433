//! Copies a wasm, with some of its sections replaced.

use anyhow::{Context, Result};
use wasm_encoder::{Module, RawSection};
use wasmparser::{Parser, Payload};

/// Returns a copy. `replace` writes what replaces a section and returns true, or returns false to keep the section.
pub fn copy<'a>(wasm: &'a [u8], mut replace: impl FnMut(Payload<'a>, &mut Module) -> Result<bool>) -> Result<Module> {
    let mut module = Module::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload?;
        let section = payload.as_section();
        if !replace(payload, &mut module)?
            && let Some((id, range)) = section
        {
            let range = usize::try_from(range.start)?..usize::try_from(range.end)?;
            let data = wasm.get(range).context("a section of the wasm is outside of the file")?;
            module.section(&RawSection { id, data });
        }
    }
    Ok(module)
}
