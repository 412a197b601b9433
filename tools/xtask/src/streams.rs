//! Removes the classes for streams, which a dependency exports to the script and the console never makes.

use anyhow::{Result, ensure};
use wasm_encoder::{
    ExportSection,
    reencode::{Reencode, RoundtripReencoder},
};
use wasmparser::Payload;

use crate::wasm;

/// How the names of the classes begin. Their functions have the same names in lowercase.
const CLASSES: &str = "IntoUnderlying";

/// Returns the wasm without the exports of the classes, and the script without the classes. `wasm-opt` then removes their
/// code.
pub fn remove(wasm: &[u8], script: &str) -> Result<(Vec<u8>, String)> {
    let function = CLASSES.to_lowercase();
    let module = wasm::copy(wasm, |payload, module| {
        let Payload::ExportSection(exports) = payload else { return Ok(false) };
        let mut section = ExportSection::new();
        for export in exports {
            let export = export?;
            if !export.name.trim_start_matches("__wbg_").starts_with(&function) {
                let kind = RoundtripReencoder.export_kind(export.kind)?;
                section.export(export.name, kind, export.index);
            }
        }
        module.section(&section);
        Ok(true)
    })?;
    // Each class ends with its disposal, and each registry with the call of its constructor.
    let script = without(script, &format!("export class {CLASSES}"), ".prototype.free;\n");
    let script = without(&script, &format!("const {CLASSES}"), ");\n");
    ensure!(
        !script.contains(CLASSES),
        "wasm-bindgen's script uses {CLASSES}…, or writes classes in another form: adapt tools/xtask/src/streams.rs"
    );
    Ok((module.finish(), script))
}

/// The text without each part from `start` to `end`.
fn without(text: &str, start: &str, end: &str) -> String {
    let mut parts = text.split(start);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |kept, part| kept + part.split_once(end).map_or(part, |(_, rest)| rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{ExportKind, Module};

    const SCRIPT: &str = r"/* before */
export class IntoUnderlyingSink {
    free() { wasm.__wbg_intounderlyingsink_free(0, 0); }
}
if (Symbol.dispose) IntoUnderlyingSink.prototype[Symbol.dispose] = IntoUnderlyingSink.prototype.free;
/* between */
const IntoUnderlyingSinkFinalization = (typeof FinalizationRegistry === 'undefined')
    ? { register: () => {}, unregister: () => {} }
    : new FinalizationRegistry(ptr => wasm.__wbg_intounderlyingsink_free(ptr, 1));
/* after */
";

    fn wasm() -> Vec<u8> {
        let (mut exports, mut module) = (ExportSection::new(), Module::new());
        for name in ["main", "__wbg_intounderlyingsink_free", "intounderlyingsink_write"] {
            exports.export(name, ExportKind::Func, 0);
        }
        module.section(&exports);
        module.finish()
    }

    #[test]
    fn the_classes_leave_the_wasm_and_the_script() -> Result<()> {
        let (wasm, script) = remove(&wasm(), SCRIPT)?;
        assert_eq!(script, "/* before */\n/* between */\n/* after */\n");
        let text = String::from_utf8_lossy(&wasm);
        assert!(text.contains("main") && !text.contains("intounderlying"), "{text}");
        Ok(())
    }

    #[test]
    fn a_script_that_uses_the_classes_is_refused() {
        let error = remove(&wasm(), &format!("{SCRIPT}new IntoUnderlyingSink();")).err();
        assert!(error.is_some_and(|error| error.to_string().contains("adapt tools/xtask/src/streams.rs")));
    }
}
