//! Builds the deployable site into `dist/`.
//!
//! Invariant: `dist/` is either the complete result of the present sources, compressed files
//! included, or it has no stamp and is built anew.

use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    process::Command,
};

use anyhow::{Context, Result};

use crate::{
    compress, licenses, minify, origin,
    place::Place,
    process::run,
    progress::{note, step},
    project::{Project, files_under, write},
    seal, snippets, split,
    tools::Tools,
};

/// What the site is made of, relative to the root: a change in any of it calls for a new build.
const SOURCES: [&str; 11] = [
    ".cargo",
    "tools/hosting",
    "tools/xtask",
    "src",
    "style",
    "public",
    "index.html",
    "Trunk.toml",
    "Cargo.toml",
    "Cargo.lock",
    "rust-toolchain.toml",
];

/// Builds the site and compresses it.
pub fn build(project: &Project) -> Result<()> {
    let tools = Tools::for_building(project)?;
    let stamp = project.scratch.join("dist.stamp");
    if stamp.is_file() {
        fs::remove_file(&stamp)?;
    }
    let sources = fingerprint(project)?;
    step("build the console (release)", || {
        let mut trunk = trunk(project, &tools)?;
        trunk.args(["build", "--release"]);
        split::prepare(project, &mut trunk)?;
        run(&mut trunk)
    })?;
    step("split wasm and styles", || split::site(project, &tools))?;
    step("minify dist/", || minify::folder(project, &tools))?;
    step("seal dist/", || seal::site(&project.dist()))?;
    origin::check(&project.dist())?;
    step("list the licences", || write(&project.dist().join(licenses::FILE), licenses::text(project)?))?;
    step("compress dist/", || compress::folder(&project.dist()))?;
    snippets::write_for(&project.dist(), &project.scratch.join("hosting"))?;
    write(&stamp, sources)
}

/// Builds the site for a path of its host, or for an API that is elsewhere.
pub fn build_for(project: &Project, place: &Place) -> Result<()> {
    build(project)?;
    if place.is_usual() {
        return Ok(());
    }
    // What it is now is not what the sources say, and the next that needs that has to build again.
    fs::remove_file(project.scratch.join("dist.stamp"))?;
    place.apply(&project.dist(), &project.scratch.join("hosting"))
}

/// Builds the site unless `dist/` already is the result of the present sources.
pub fn ensure(project: &Project) -> Result<()> {
    let stamp = fs::read_to_string(project.scratch.join("dist.stamp")).unwrap_or_default();
    if stamp == fingerprint(project)? && project.dist().join("index.html").is_file() {
        note("dist/ is up to date");
        return Ok(());
    }
    build(project)
}

/// Trunk, which must not download tools by itself.
pub fn trunk(project: &Project, tools: &Tools) -> Result<Command> {
    let mut trunk = project.command("trunk");
    trunk
        .env("PATH", tools.path()?)
        .env("TRUNK_SKIP_VERSION_CHECK", "true")
        .env("TRUNK_BUILD_OFFLINE", "true")
        // Trunk takes only "true" and "false" for it, where the convention is "1".
        .env_remove("NO_COLOR");
    Ok(trunk)
}

fn fingerprint(project: &Project) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    for source in SOURCES {
        let path = project.root.join(source);
        let files = if path.is_file() { vec![path] } else { files_under(&path)? };
        for file in files {
            file.strip_prefix(&project.root)?.hash(&mut hasher);
            fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?.hash(&mut hasher);
        }
    }
    Ok(format!("{:016x}\n", hasher.finish()))
}
