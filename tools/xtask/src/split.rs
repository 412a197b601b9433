//! Splits the program into the code of the first view, and the code of the later pages.
//!
//! It relies on the file that Cargo links, and on how wasm-split's loader fetches the second wasm.

use std::{
    env,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, anyhow, ensure};
use wasm_split_cli_support::{Options, transform};

use crate::{
    imports,
    prerequisites::WASM,
    process::run,
    project::{Project, empty_folder, read, read_bytes, write},
    seal::{self, SealedFile},
    similarity, streams,
    tools::Tools,
};

/// How the names of the files begin that come after the first view; their hash follows.
pub const LATER: &str = "later";
/// How the names of the program's files begin.
const PROGRAM: &str = "workspace-console";
/// The JavaScript that loads the second wasm, until it is bundled.
const LOADER: &str = "./loader.js";
/// The features of WebAssembly that the Rust compiler uses.
const WASM_FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];
/// Starts the program. The page has begun to fetch the wasm as `window.program`; Trunk's pages send the same event.
const START: &str = r#"import init from "./program.js";
const wasm = await init({ module_or_path: window.program });
dispatchEvent(new CustomEvent("TrunkApplicationStarted", { detail: { wasm } }));
"#;

/// Compiles the console, with the symbols and relocations that the split needs.
pub fn compile(project: &Project) -> Result<()> {
    // Inlining only what gets smaller by it makes the site 2 kB smaller in brotli.
    let mut flags = vec!["-Clink-arg=--emit-relocs".to_owned(), "-Cllvm-args=-inline-threshold=0".to_owned()];
    // Messages of panics should not show the paths of this machine.
    let home = env::var_os("CARGO_HOME").map(Into::into).or_else(|| env::home_dir().map(|home| home.join(".cargo")));
    for (path, name) in [(Some(project.root.clone()), "console"), (home, "cargo")] {
        let path = path.context("the home folder is unknown")?.display().to_string();
        // Cargo splits the flags at spaces.
        if !path.contains(char::is_whitespace) {
            flags.push(format!("--remap-path-prefix={path}={name}"));
        }
    }
    let mut cargo = project.command("cargo");
    cargo
        .args(["build", "--package", PROGRAM, "--bin", PROGRAM, "--target", WASM])
        .args(["--release", "--locked", "--features", "split"])
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags.join(" "))
        .env("CARGO_PROFILE_RELEASE_STRIP", "false");
    run(&mut cargo)
}

/// The files of the compiled program in `dist/`.
pub struct Program {
    /// Its JavaScript. It loads the second wasm together with the stylesheet of the later pages.
    pub script: SealedFile,
    /// The wasm of the first view.
    pub wasm: SealedFile,
    /// The wasm of the later pages.
    pub later: SealedFile,
}

/// Adds the compiled program to `dist/`.
pub fn program(project: &Project, tools: &Tools, later_styles: &SealedFile) -> Result<Program> {
    let (dist, folder) = (project.dist(), project.scratch.join("split"));
    empty_folder(&folder)?;
    let main = folder.join("main.wasm");
    let second = split(project, &folder, &main)?;
    let mut bindgen = tools.command(project, "wasm-bindgen")?;
    bindgen
        .args(["--target", "web", "--no-typescript", "--keep-lld-exports", "--out-name", "program", "--out-dir"])
        .arg(&folder)
        .arg(&main);
    run(&mut bindgen)?;
    let (first, script) = (folder.join("program_bg.wasm"), folder.join("program.js"));
    let (used_wasm, used_script) = streams::remove(&read_bytes(&first)?, &read(&script)?)?;
    write(&first, used_wasm)?;
    let (first, short_script) = imports::shorten(&optimized(project, tools, &first)?, &used_script)?;
    write(&script, short_script)?;
    let wasm = seal::add(&dist, PROGRAM, "_bg.wasm", &first)?;
    let later = seal::add(&dist, LATER, ".wasm", &optimized(project, tools, &second)?)?;

    let loader = folder.join(LOADER);
    write(&loader, sealed_loader(&read(&loader)?, &later, later_styles)?)?;
    let (start, bundle) = (folder.join("start.js"), folder.join("bundle.js"));
    write(&start, START)?;
    // One file, because a browser would discover the imported ones late.
    let mut esbuild = tools.command(project, "esbuild")?;
    esbuild
        .arg(start)
        .args(["--bundle", "--minify", "--format=esm", "--target=esnext", "--log-level=warning"])
        .arg(format!("--outfile={}", bundle.display()));
    run(&mut esbuild)?;
    let script = seal::add(&dist, PROGRAM, ".js", &read_bytes(&bundle)?)?;
    Ok(Program { script, wasm, later })
}

/// Splits the linked program into `main` and a second wasm, whose path it returns.
fn split(project: &Project, folder: &Path, main: &Path) -> Result<PathBuf> {
    let linked = project.cargo_target.join(WASM).join("release").join(PROGRAM).with_extension("wasm");
    let linked = read_bytes(&linked)?;
    let mut options = Options::new(&linked);
    (options.output_dir, options.main_out_path) = (folder, main);
    (options.main_module, options.link_name) = ("./program.js", LOADER);
    let split = transform(options).map_err(|error| anyhow!("cannot split the wasm: {error:#}"))?;
    let [second] = &split.split_modules[..] else {
        return Err(anyhow!("the wasm was split into {} later parts instead of one", split.split_modules.len()));
    };
    Ok(second.clone())
}

/// Makes the loader fetch the second wasm with its hash, unless the page has begun to, and wait for the later pages' stylesheet. It declares a `fetch`
/// of its own, which hides the global one from the loader. After a failure the loader's next call fetches both again.
fn sealed_loader(loader: &str, wasm: &SealedFile, styles: &SealedFile) -> Result<String> {
    ensure!(
        loader.matches("fetch(").count() == 1 && loader.contains("WebAssembly.instantiateStreaming(src, "),
        "wasm-split's loader no longer passes the promise of one call of `fetch` to WebAssembly.instantiateStreaming: \
         adapt `sealed_loader` in tools/xtask/src/split.rs, or the later pages load without their styles and hashes"
    );
    Ok(format!(
        r#"const styles = () => new Promise((resolve, reject) => {{
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.integrity = "{styles_integrity}";
    link.href = new URL("./{styles}", import.meta.url).href;
    link.onload = resolve;
    link.onerror = () => {{ link.remove(); reject(new Error("{styles}")); }};
    document.head.append(link);
}});
const wasm = () => {{
    const early = window.later;
    window.later = undefined;
    return early ?? globalThis.fetch(new URL("./{wasm}", import.meta.url), {{ integrity: "{wasm_integrity}" }});
}};
const fetch = () => Promise.all([wasm(), styles()]).then(([response]) => response);
{loader}"#,
        styles = styles.name,
        styles_integrity = styles.integrity,
        wasm = wasm.name,
        wasm_integrity = wasm.integrity,
    ))
}

/// Returns a wasm file made smaller by `wasm-opt`.
fn optimized(project: &Project, tools: &Tools, wasm: &Path) -> Result<Vec<u8>> {
    let (optimized, ordered) = (wasm.with_extension("optimized.wasm"), wasm.with_extension("ordered.wasm"));
    let passes = |passes: &[&str], from: &Path, to: &Path| {
        run(tools.command(project, "wasm-opt")?.args(passes).args(WASM_FEATURES).arg(from).arg("-o").arg(to))
    };
    // Together 2 % smaller in brotli than one `-Oz`: control flow is simpler, and similar functions stay apart and alike.
    // Browsers compile a function at its first call, which costs about as much as 200 bytes of it: inlining the tiniest
    // costs next to no bytes.
    let smaller = [
        "--flatten",
        "--rereloop",
        "-Oz",
        "-Oz",
        "--one-caller-inline-max-function-size=0",
        "--always-inline-max-function-size=5",
    ];
    passes(&smaller, wasm, &optimized)?;
    write(&ordered, similarity::named(&read_bytes(&optimized)?)?)?;
    passes(&["--reorder-functions-by-name"], &ordered, &optimized)?;
    read_bytes(&optimized)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The end of a loader as wasm-split 0.2.4 writes it.
    const LOADER: &str = r#"export const __wasm_split_load_later = wrapAsyncCb(makeLoad(() => {
    const src = fetch(new URL("./split_later.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (WebAssembly.instantiateStreaming(src, imports));
}
, []));
"#;

    fn sealed(loader: &str) -> Result<String> {
        let file = |name: &str| SealedFile { name: name.to_owned(), integrity: format!("sha256-{name}") };
        sealed_loader(loader, &file("later-1.wasm"), &file("later-2.css"))
    }

    #[test]
    fn the_loader_fetches_wasm_and_styles_by_their_hashes() -> Result<()> {
        let made = sealed(LOADER)?;
        assert!(made.ends_with(LOADER), "{made}");
        assert!(made.contains(r#"new URL("./later-1.wasm", import.meta.url), { integrity: "sha256-later-1.wasm" }"#));
        assert!(made.contains(r#"link.integrity = "sha256-later-2.css""#), "{made}");
        Ok(())
    }

    #[test]
    fn a_loader_of_another_form_is_refused_in_one_sentence_that_says_what_to_do() {
        for changed in [
            LOADER.replace("fetch(", "import("),
            LOADER.replace("src.catch", "fetch(src).catch"),
            LOADER.replace("instantiateStreaming(src,", "instantiateStreaming(other,"),
        ] {
            let error = sealed(&changed).err().map(|error| error.to_string()).unwrap_or_default();
            assert!(error.contains("wasm-split's loader no longer passes"), "{changed}");
            assert!(error.contains("adapt `sealed_loader`"), "{error}");
        }
    }
}
