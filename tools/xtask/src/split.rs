//! Makes two wasm files of one, and two stylesheets: what the first view needs, and what comes when another page is opened.
//!
//! Invariant: the page's own files keep the names that Trunk gave them; the second wasm carries the same hash.

use std::{env, fs, path::Path, process::Command};

use anyhow::{Context, Result, anyhow, ensure};
use wasm_split_cli_support::{Options, transform};

use crate::{
    imports,
    process::run,
    project::{Project, files_under, read, write},
    seal::placeholder,
    tools::Tools,
};

/// How the second wasm's name begins; its hash follows.
pub const LATER: &str = "later-";
/// Where the stylesheets of the later pages begin in the bundle: a comment of `style/index.css`.
const LATER_STYLES: &str = "/* Later:";
/// How the bundle's name begins.
const STYLES: &str = "console-";
/// The JS that loads the second wasm, until it becomes part of the page's own.
const LOADER: &str = "./loader.js";
/// What the Rust compiler makes use of.
const WASM_FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Makes Trunk's Cargo keep what the split needs to know: symbols, and where they are used. The paths of this machine
/// stay out of the messages of panics.
pub fn prepare(project: &Project, trunk: &mut Command) -> Result<()> {
    let mut flags = vec!["-Clink-arg=--emit-relocs".to_owned()];
    let home = env::var_os("CARGO_HOME").map(Into::into).or_else(|| env::home_dir().map(|home| home.join(".cargo")));
    for (path, name) in [(Some(project.root.clone()), "console"), (home, "cargo")] {
        let path = path.context("the home folder is not known")?.display().to_string();
        // Cargo takes the flags apart at white space.
        if !path.contains(char::is_whitespace) {
            flags.push(format!("--remap-path-prefix={path}={name}"));
        }
    }
    trunk
        .args(["--features", "split"])
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags.join(" "))
        .env("CARGO_PROFILE_RELEASE_STRIP", "false");
    Ok(())
}

/// Makes two stylesheets of the one in `dist/`, under the same hash; answers the second's name.
fn styles(dist: &Path) -> Result<String> {
    let files = files_under(dist)?;
    let is_bundle = |name: &str| name.starts_with(STYLES) && name.ends_with(".css");
    let bundle = files.iter().find(|file| file.file_name().and_then(|name| name.to_str()).is_some_and(is_bundle));
    let bundle = bundle.context("dist/ has no stylesheet")?;
    let name = bundle.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let css = read(bundle)?;
    let at = css.find(LATER_STYLES).context("style/index.css does not say which stylesheets come later")?;
    let later = name.replacen(STYLES, LATER, 1);
    write(&bundle.with_file_name(&later), &css[at..])?;
    write(bundle, &css[..at])?;
    Ok(later)
}

/// The loader, made to take the second wasm and the second stylesheet only with the content that was built, and to wait
/// for both. What fails is asked for again by the next call.
fn with_styles(loader: &str, styles: &str) -> Result<String> {
    let address = ".wasm\", import.meta.url)";
    ensure!(loader.contains(address), "the loader is not what it was: it fetches no wasm");
    let checked = format!("{address}, {{ integrity: \"{}\" }}", placeholder("wasm"));
    let loader = loader.replace(address, &checked);
    let without = ", []));";
    let at = loader.rfind(without).context("the loader is not what it was: it names no dependencies")?;
    let (before, after) = (&loader[..at], &loader[at + without.len()..]);
    Ok(format!(
        r#"const styles = () => new Promise((resolve, reject) => {{
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.integrity = "{integrity}";
    link.href = new URL("./{styles}", import.meta.url).href;
    link.onload = resolve;
    link.onerror = () => {{ link.remove(); reject(new Error("{styles}")); }};
    document.head.append(link);
}});
{before}, [styles]));{after}"#,
        integrity = placeholder("css"),
    ))
}

/// Splits the wasm of the site in `dist/`.
pub fn site(project: &Project, tools: &Tools) -> Result<()> {
    let dist = project.dist();
    let name = page_name(&dist)?;
    let hash = name.rsplit('-').next().unwrap_or_default();
    let later = format!("{LATER}{hash}.wasm");
    let folder = project.scratch.join("split");
    if folder.is_dir() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let main = folder.join("main.wasm");
    let linked = project.cargo_target.join("wasm32-unknown-unknown/release/workspace-console.wasm");
    let linked = fs::read(&linked).with_context(|| format!("cannot read {}", linked.display()))?;
    let page = format!("./{name}.js");
    let mut options = Options::new(&linked);
    (options.output_dir, options.main_out_path) = (&folder, &main);
    (options.main_module, options.link_name) = (&page, LOADER);
    let split = transform(options).map_err(|error| anyhow!("cannot split the wasm: {error:#}"))?;
    let [second] = &split.split_modules[..] else {
        return Err(anyhow!("the wasm has {} parts beside the first, not one", split.split_modules.len()));
    };
    let mut bindgen = command(project, tools, "wasm-bindgen")?;
    bindgen
        .args(["--target", "web", "--no-typescript", "--keep-lld-exports", "--out-name", &name, "--out-dir"])
        .arg(&folder)
        .arg(&main);
    run(&mut bindgen)?;
    let page_wasm = dist.join(format!("{name}_bg.wasm"));
    optimize(project, tools, &folder.join(format!("{name}_bg.wasm")), &page_wasm)?;
    imports::shorten(&page_wasm, &folder.join(format!("{name}.js")))?;
    optimize(project, tools, second, &dist.join(&later))?;
    let second = second.file_name().and_then(|name| name.to_str()).context("the second wasm has no name")?;
    let loader = folder.join(LOADER);
    let loaded = read(&loader)?.replace(second, &later);
    write(&loader, with_styles(&loaded, &styles(&dist)?)?)?;
    // One file instead of two that wait for each other.
    let mut esbuild = command(project, tools, "esbuild")?;
    esbuild
        .arg(folder.join(format!("{name}.js")))
        .args(["--bundle", "--format=esm", "--target=esnext", "--log-level=warning", "--allow-overwrite"])
        .arg(format!("--outfile={}", dist.join(format!("{name}.js")).display()));
    run(&mut esbuild)
}

/// What Trunk called the page's JS, without its ending.
fn page_name(dist: &Path) -> Result<String> {
    let files = files_under(dist)?;
    let names = files.iter().filter_map(|file| file.file_name()?.to_str()?.strip_suffix("_bg.wasm"));
    names.map(str::to_owned).next().context("dist/ has no wasm")
}

fn optimize(project: &Project, tools: &Tools, from: &Path, to: &Path) -> Result<()> {
    // What is made of the same generic code has the same name, and compresses best side by side.
    let passes = ["-Oz", "--reorder-functions-by-name"];
    run(command(project, tools, "wasm-opt")?.args(passes).args(WASM_FEATURES).arg(from).arg("-o").arg(to))
}

fn command(project: &Project, tools: &Tools, program: &str) -> Result<Command> {
    let mut command = project.command(program);
    command.env("PATH", tools.path()?);
    Ok(command)
}

#[cfg(test)]
mod tests {
    use anyhow::Result;

    use super::with_styles;

    #[test]
    fn the_loader_waits_for_the_stylesheet_or_is_refused() -> Result<()> {
        let loader =
            "fetch(new URL(\"./later-1.wasm\", import.meta.url))\nexport const load = wrap(make(() => {}\n, []));\n";
        let made = with_styles(loader, "later-1.css")?;
        assert!(made.contains("\"./later-1.css\"") && made.ends_with(", [styles]));\n"));
        assert!(made.contains("later-1.wasm\", import.meta.url), { integrity: "), "{made}");
        assert!(with_styles("export const load = wrap(make(() => {}\n, []));\n", "later-1.css").is_err());
        assert!(with_styles(&loader.replace(", []", ""), "later-1.css").is_err());
        Ok(())
    }
}
