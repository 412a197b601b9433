//! Checks the files that the page and its scripts name.
//!
//! Invariant: every file is checked in each of its encodings.

use std::{collections::BTreeSet, io::Read};

use anyhow::Result;
use hosting::cache;

use super::{
    page::{media_type, wrong_headers},
    report::{Report, differs, kept_differently},
    rewriting,
    visitor::{Ask, Visitor},
};
use crate::licenses;

/// The content types, by the ends of file names.
const KINDS: [(&str, &str); 4] = [
    (".js", "text/javascript;charset=utf-8"),
    (".css", "text/css;charset=utf-8"),
    (".wasm", "application/wasm"),
    (".txt", "text/plain;charset=utf-8"),
];

/// The problems of each check.
#[derive(Default)]
struct Problems {
    found: Vec<String>,
    types: Vec<String>,
    caches: Vec<String>,
    changes: Vec<String>,
    transforms: Vec<String>,
    compression: Vec<String>,
    vary: Vec<String>,
    headers: Vec<String>,
    maps: Vec<String>,
}

/// Checks all files, and returns their names.
pub fn check(visitor: &Visitor, html: &str, report: &mut Report) -> Result<BTreeSet<String>> {
    let mut problems = Problems::default();
    compressed(visitor, "", html.as_bytes(), &mut problems)?;
    let mut left: Vec<String> = named_in(html).into_iter().collect();
    left.push(licenses::FILE.to_owned());
    let mut seen = BTreeSet::new();
    while let Some(name) = left.pop() {
        if !seen.insert(name.clone()) {
            continue;
        }
        let content = one(visitor, &name, &mut problems)?;
        if name.ends_with(".js") {
            left.extend(named_in(&String::from_utf8_lossy(&content)));
        }
    }
    if !KINDS.iter().all(|(end, _)| seen.iter().any(|name| name.ends_with(end))) {
        problems.found.push("the page does not name a script, a stylesheet and a wasm file".to_owned());
    }
    report.check("the page's files exist", &problems.found, "Deploy all of dist/.");
    report.check("files have the right types", &problems.types, "Browsers refuse scripts and wasm of other types.");
    report.check(
        "files with a hash in their name are cached forever",
        &problems.caches,
        "Their names change with the content.",
    );
    rewriting::report_files(&problems.changes, report);
    report.check(
        "caches and CDNs may not change responses",
        &problems.transforms,
        "Send no-transform in Cache-Control.",
    );
    report.check("files are compressed", &problems.compression, "Serve the .br and .gz beside each file.");
    report.check("responses vary by Accept-Encoding", &problems.vary, "Send Vary: Accept-Encoding.");
    report.check(
        "the files' headers are correct",
        &problems.headers,
        "They are in the configurations of tools/hosting.",
    );
    report.check("files have no source maps", &problems.maps, "Deploy the result of `cargo xtask build`.");
    Ok(seen)
}

fn one(visitor: &Visitor, name: &str, problems: &mut Problems) -> Result<Vec<u8>> {
    let answer = visitor.get(name)?;
    if answer.status != 200 {
        problems.found.push(format!("{name} returns {}", answer.status));
        return Ok(Vec::new());
    }
    let kind = KINDS.iter().find(|(end, _)| name.ends_with(end)).map_or("", |(_, kind)| kind);
    problems.types.extend(differs(name, kind, &media_type(&answer)));
    problems.changes.extend(rewriting::changed_file(name, &answer.body));
    problems.caches.extend(kept_differently(name, cache::of(name), &answer.header("cache-control")));
    problems.headers.extend(wrong_headers(name, &answer));
    if answer.text().contains("sourceMappingURL") {
        problems.maps.push(format!("{name} names one"));
    }
    compressed(visitor, name, &answer.body, problems)?;
    Ok(answer.body)
}

/// Requests a file in each encoding, and checks that its content is the same.
fn compressed(visitor: &Visitor, name: &str, content: &[u8], problems: &mut Problems) -> Result<()> {
    for (accepted, expected) in [("gzip, deflate, br, zstd", "br"), ("gzip", "gzip"), ("identity", "")] {
        let about = format!("/{name} for {accepted:?}");
        let headers = vec![("Accept-Encoding", accepted)];
        let answer = visitor.ask(&Ask { target: name, headers, ..Ask::default() })?;
        let encoding = answer.header("content-encoding");
        if !cache::has_no_transform(&answer.header("cache-control")) {
            problems.transforms.push(format!("{about}: Cache-Control is {:?}", answer.header("cache-control")));
        }
        problems.compression.extend(differs(&about, expected, &encoding));
        if decoded(&encoding, &answer.body).as_deref() != Some(content) {
            problems.compression.push(format!("{about} has different content"));
        }
        if !answer.header("vary").to_ascii_lowercase().contains("accept-encoding") {
            problems.vary.push(format!("{about}: Vary is {:?}", answer.header("vary")));
        }
    }
    Ok(())
}

fn decoded(encoding: &str, body: &[u8]) -> Option<Vec<u8>> {
    let mut content = Vec::new();
    let read = match encoding {
        "br" => brotli::Decompressor::new(body, 4096).read_to_end(&mut content),
        "gzip" => flate2::read::GzDecoder::new(body).read_to_end(&mut content),
        "" => return Some(body.to_owned()),
        _ => return None,
    };
    read.ok().map(|_| content)
}

/// Returns the names of hashed files in a text.
fn named_in(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')))
        .map(|word| word.trim_start_matches('.'))
        .filter(|word| cache::is_hashed(word) && KINDS.iter().any(|(end, _)| word.ends_with(end)))
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::named_in;

    #[test]
    fn files_are_found_by_their_hashes_in_any_text() {
        let text = r#"<link href="/x/console-0123456789abcdef.css"> import './a-0123456789abcdef.js'; url("later-0123456789abcdef.wasm") "plain.js""#;
        let names: Vec<String> = named_in(text).into_iter().collect();
        assert_eq!(names, ["a-0123456789abcdef.js", "console-0123456789abcdef.css", "later-0123456789abcdef.wasm"]);
    }
}
