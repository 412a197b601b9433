//! What a first visit downloads.
//!
//! Invariant: the sum of HTML, CSS, JS and wasm in brotli stays within [`LIMIT`].

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};

use crate::{compress::beside, project::files_under, split::LATER};

/// Bytes that the first load may weigh in brotli.
const LIMIT: u64 = 220_000;

/// Prints the weight of the first load, and fails if it is over the limit.
pub fn check(dist: &Path) -> Result<()> {
    println!("{:<48}{:>11}{:>11}{:>11}", "first load (bytes)", "raw", "gzip", "brotli");
    let mut total = [0; 3];
    let (first, later) = files(dist)?;
    for file in first {
        for (sum, size) in total.iter_mut().zip(print(dist, &file)?) {
            *sum += size;
        }
    }
    println!("{:<48}{}", "total", columns(total));
    println!("once the first view is there");
    for file in later {
        print(dist, &file)?;
    }
    let [_, _, brotli] = total;
    if brotli > LIMIT {
        bail!("the first load weighs {} bytes in brotli, the limit is {}", grouped(brotli), grouped(LIMIT));
    }
    Ok(())
}

/// The files that run or are shown: those of the first load, and the wasm that comes once the first view is there.
fn files(dist: &Path) -> Result<(Vec<PathBuf>, Vec<PathBuf>)> {
    let mut files = files_under(dist)?;
    files.retain(|file| {
        let extension = file.extension().and_then(|extension| extension.to_str());
        matches!(extension, Some("html" | "css" | "js" | "wasm"))
    });
    let is_first =
        |file: &PathBuf| !file.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.starts_with(LATER));
    Ok(files.into_iter().partition(is_first))
}

/// One line of the table.
fn print(dist: &Path, file: &Path) -> Result<[u64; 3]> {
    let sizes = [size(file)?, size(&beside(file, ".gz"))?, size(&beside(file, ".br"))?];
    println!("{:<48}{}", file.strip_prefix(dist)?.display().to_string(), columns(sizes));
    Ok(sizes)
}

fn size(path: &Path) -> Result<u64> {
    let metadata = fs::metadata(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(metadata.len())
}

fn columns(sizes: [u64; 3]) -> String {
    sizes.map(|size| format!("{:>11}", grouped(size))).concat()
}

/// A number with its digits in groups of three.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> = digits.as_bytes().rchunks(3).rev().filter_map(|group| str::from_utf8(group).ok()).collect();
    groups.join(",")
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn digits_are_grouped_from_the_right() {
        let shown = [0, 999, 1_000, 1_234_567].map(grouped);
        assert_eq!(shown, ["0", "999", "1,000", "1,234,567"]);
    }
}
