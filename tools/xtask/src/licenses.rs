//! Writes the licenses of the packages in the page to one text file.
//!
//! Invariant: it lists every crate in the page with the text of its license, and accepts only known licenses.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fs,
    path::Path,
};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::{
    prerequisites::WASM,
    process::output_of,
    project::{Project, read},
};

/// The file's name in the site.
pub const FILE: &str = "licenses.txt";
/// The console's own package.
const ROOT: &str = "workspace-console";
/// Licenses that only require their text to be distributed.
const KNOWN: [&str; 6] = ["Apache-2.0", "BSL-1.0", "MIT", "Unicode-3.0", "Unlicense", "Zlib"];
/// How the names of license files begin.
const NAMES: [&str; 4] = ["LICEN", "COPYING", "NOTICE", "UNLICENSE"];

const OPENING: &str = "The Workspace Console is under the MIT license. Compiled into it are the Rust standard library \
                       (MIT OR Apache-2.0, The Rust Project Contributors) and these packages:\n\n";

/// The MIT license, for packages that do not contain a copy.
const MIT: &str = "Permission is hereby granted, free of charge, to any person obtaining a copy of this software and \
associated documentation files (the \"Software\"), to deal in the Software without restriction, including without \
limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, \
and to permit persons to whom the Software is furnished to do so, subject to the following conditions:\n\n\
The above copyright notice and this permission notice shall be included in all copies or substantial portions of the \
Software.\n\n\
THE SOFTWARE IS PROVIDED \"AS IS\", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE \
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR \
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR \
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.\n";

/// Returns the list of packages and the texts of all licenses.
pub fn text(project: &Project) -> Result<String> {
    let mut cargo = project.command("cargo");
    cargo.args(["metadata", "--format-version", "1", "--locked", "--filter-platform", WASM, "--features", "split"]);
    let metadata = output_of(&mut cargo).context("`cargo metadata` failed")?;
    let metadata = serde_json::from_str(&metadata)?;
    let packages = shipped(&metadata)?;
    let mut list = OPENING.to_owned();
    let mut texts: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for package in packages {
        let name = format!("{} {}", package.name, package.version);
        check(package.license).with_context(|| format!("the license of {name}"))?;
        list += &format!("{name} ({}) {}\n", package.license, package.repository);
        for text in texts_of(&package).with_context(|| format!("the license of {name}"))? {
            texts.entry(text).or_default().insert(name.clone());
        }
    }
    for (text, names) in texts {
        let names: Vec<String> = names.into_iter().collect();
        list += &format!("\n{}\n{}\n\n{}\n", "-".repeat(80), names.join(", "), text.trim_matches('\n'));
    }
    Ok(list)
}

/// A package in the output of `cargo metadata`.
struct Package<'a> {
    name: &'a str,
    version: &'a str,
    license: &'a str,
    repository: &'a str,
    folder: &'a Path,
}

fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text_of<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_default()
}

/// Returns the packages in the page by name, without the page's own, build scripts and macros.
fn shipped(metadata: &Value) -> Result<Vec<Package<'_>>> {
    let by_id = |value| -> HashMap<&str, &Value> { items(value).map(|it| (text_of(it, "id"), it)).collect() };
    let (packages, nodes) = (by_id(&metadata["packages"]), by_id(&metadata["resolve"]["nodes"]));
    let root =
        items(&metadata["packages"]).find(|package| package["name"] == ROOT).context("the page has no package")?;
    let mut open = vec![text_of(root, "id")];
    let (mut seen, mut found) = (BTreeSet::new(), Vec::new());
    while let Some(id) = open.pop() {
        let package = packages.get(id).with_context(|| format!("{id} is not a package"))?;
        let is_macro = items(&package["targets"]).any(|target| items(&target["kind"]).any(|kind| kind == "proc-macro"));
        if is_macro || !seen.insert(id) {
            continue;
        }
        if package["name"] != ROOT {
            let folder = Path::new(text_of(package, "manifest_path")).parent().context("a package has no folder")?;
            let [name, version, license, repository] =
                ["name", "version", "license", "repository"].map(|name| text_of(package, name));
            found.push(Package { name, version, license, repository, folder });
        }
        let node = nodes.get(id).with_context(|| format!("{id} is not resolved"))?;
        let is_compiled_in = |it: &&Value| items(&it["dep_kinds"]).any(|kind| kind["kind"].is_null());
        open.extend(items(&node["deps"]).filter(is_compiled_in).map(|it| text_of(it, "pkg")));
    }
    found.sort_by_key(|package| (package.name, package.version));
    Ok(found)
}

/// Returns an error if an expression names an unknown license, or none.
fn check(expression: &str) -> Result<()> {
    let words = expression.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '/'));
    let names: Vec<&str> = words.filter(|word| !matches!(*word, "" | "OR" | "AND")).collect();
    match names.iter().find(|name| !KNOWN.contains(name)) {
        Some(unknown) => bail!("tools/xtask/src/licenses.rs does not know {unknown}"),
        None if names.is_empty() => bail!("it names no license"),
        None => Ok(()),
    }
}

/// Returns the license texts of a package. A package without one needs to be under the MIT license.
fn texts_of(package: &Package) -> Result<Vec<String>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(package.folder).with_context(|| format!("cannot read {}", package.folder.display()))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().to_uppercase();
        if entry.file_type()?.is_file() && NAMES.iter().any(|beginning| name.starts_with(beginning)) {
            files.push(entry.path());
        }
    }
    files.sort();
    if !files.is_empty() {
        return files.iter().map(|file| read(file)).collect();
    }
    if !package.license.contains("MIT") || package.license.contains("AND") {
        bail!("it contains no text of {}", package.license);
    }
    Ok(vec![format!("MIT License\n\nCopyright (c) the authors of each of these packages\n\n{MIT}")])
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use anyhow::Result;
    use serde_json::{Value, json};

    use super::{Package, check, shipped, texts_of};

    #[test]
    fn an_unknown_license_is_refused() {
        for known in ["MIT", "MIT OR Apache-2.0", "MIT/Apache-2.0", "(MIT OR Apache-2.0) AND Unicode-3.0"] {
            assert!(check(known).is_ok(), "{known}");
        }
        for unknown in ["", "GPL-3.0-only", "MIT AND GPL-3.0-only", "MIT-ish", "Apache-2.0 WITH LLVM-exception"] {
            assert!(check(unknown).is_err(), "{unknown}");
        }
    }

    #[test]
    fn a_package_without_a_license_file_must_be_under_the_mit_license() {
        let texts = |license| {
            let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src/test"));
            texts_of(&Package { name: "a", version: "1", license, repository: "", folder })
        };
        assert!(texts("MIT OR Apache-2.0").is_ok_and(|texts| texts.len() == 1));
        assert!(texts("Zlib").is_err() && texts("MIT AND Unicode-3.0").is_err());
    }

    #[test]
    fn only_packages_in_the_page_are_listed() -> Result<()> {
        let package = |name: &str, kind: &str| -> Value {
            let targets = json!([{ "kind": [kind] }]);
            json!({ "id": name, "name": name, "version": "1.0.0", "manifest_path": "/x/Cargo.toml", "targets": targets })
        };
        let to = |name: &str, kind: Value| json!({ "pkg": name, "dep_kinds": [{ "kind": kind }] });
        let deps =
            [to("lib", Value::Null), to("macro", Value::Null), to("build", json!("build")), to("test", json!("dev"))];
        let metadata = json!({
            "packages": [
                package("workspace-console", "lib"), package("lib", "lib"), package("deep", "lib"),
                package("macro", "proc-macro"), package("build", "lib"), package("test", "lib"),
            ],
            "resolve": { "nodes": [
                { "id": "workspace-console", "deps": deps },
                { "id": "lib", "deps": [to("deep", Value::Null)] },
                { "id": "deep", "deps": [to("lib", Value::Null)] },
            ] },
        });
        let names: Vec<&str> = shipped(&metadata)?.into_iter().map(|package| package.name).collect();
        assert_eq!(names, ["deep", "lib"]);
        Ok(())
    }
}
