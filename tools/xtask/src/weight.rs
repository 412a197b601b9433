//! Measures what visitors download, and compares it with the limits.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};

use crate::{compress::beside, project::files_under, split::LATER};

/// The limit of the first load, in bytes of brotli.
const FIRST_LOAD_LIMIT: u64 = 241_000;
/// The limit of all files together, in bytes of brotli.
const SITE_LIMIT: u64 = 1_065_000;

/// Bytes as they are, in gzip, and in brotli.
type Sizes = [u64; 3];

/// Prints the weight of the first load and of the whole site. Fails if either is over its limit.
pub fn check(dist: &Path) -> Result<()> {
    let (first, later): (Vec<PathBuf>, Vec<PathBuf>) = files(dist)?.into_iter().partition(|file| is_first(file));
    println!("{:<48}{:>11}{:>11}{:>11}{:>11}", "bytes", "raw", "gzip", "brotli", "limit");
    let first = print_all(dist, &first)?;
    print("first load", first, FIRST_LOAD_LIMIT);
    let later = print_all(dist, &later)?;
    let site = [0, 1, 2].map(|form| first[form] + later[form]);
    print("whole site", site, SITE_LIMIT);
    for (what, [.., brotli], limit) in [("first load", first, FIRST_LOAD_LIMIT), ("whole site", site, SITE_LIMIT)] {
        if brotli > limit {
            bail!("the {what} is {} bytes in brotli, over the limit of {}", grouped(brotli), grouped(limit));
        }
    }
    Ok(())
}

/// Returns the files of the site without their compressed forms.
fn files(dist: &Path) -> Result<Vec<PathBuf>> {
    let mut files = files_under(dist)?;
    files.retain(|file| !file.extension().is_some_and(|extension| extension == "br" || extension == "gz"));
    Ok(files)
}

/// Whether a visit always downloads a file: later files are for other pages, and text is for readers.
fn is_first(file: &Path) -> bool {
    let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    !name.starts_with(LATER) && [".html", ".css", ".js", ".wasm"].iter().any(|ending| name.ends_with(ending))
}

/// Prints one line for each file, and returns their sum.
fn print_all(dist: &Path, files: &[PathBuf]) -> Result<Sizes> {
    let mut total = [0; 3];
    for file in files {
        let sizes = [size(file)?, size(&beside(file, ".gz"))?, size(&beside(file, ".br"))?];
        println!("{:<48}{}", file.strip_prefix(dist)?.display(), columns(&sizes));
        for (sum, size) in total.iter_mut().zip(sizes) {
            *sum += size;
        }
    }
    Ok(total)
}

fn print(what: &str, sizes: Sizes, limit: u64) {
    println!("{what:<48}{}{}", columns(&sizes), columns(&[limit]));
}

fn size(path: &Path) -> Result<u64> {
    let metadata = fs::metadata(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(metadata.len())
}

fn columns(sizes: &[u64]) -> String {
    sizes.iter().map(|size| format!("{:>11}", grouped(*size))).collect()
}

/// Formats a number with its digits in groups of three.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> = digits.as_bytes().rchunks(3).rev().filter_map(|group| str::from_utf8(group).ok()).collect();
    groups.join(",")
}

#[cfg(test)]
mod tests {
    use anyhow::Result;

    use super::{check, grouped};
    use crate::project::{empty_folder, write};

    #[test]
    fn digits_are_grouped_from_the_right() {
        let shown = [0, 999, 1_000, 1_234_567].map(grouped);
        assert_eq!(shown, ["0", "999", "1,000", "1,234,567"]);
    }

    #[test]
    fn a_site_over_either_limit_is_refused() -> Result<()> {
        let dist = std::env::temp_dir().join(format!("xtask-weight-{}", std::process::id()));
        let weigh = |first: usize, later: usize| {
            empty_folder(&dist)?;
            for (name, size) in [("console-1.css", first), ("later-1.wasm", later)] {
                write(&dist.join(name), "")?;
                write(&dist.join(format!("{name}.gz")), "")?;
                write(&dist.join(format!("{name}.br")), vec![0; size])?;
            }
            check(&dist)
        };
        assert!(weigh(241_000, 824_000).is_ok());
        let refused = |outcome: Result<()>| outcome.err().map(|error| error.to_string()).unwrap_or_default();
        assert!(refused(weigh(241_001, 0)).starts_with("the first load is 241,001 bytes"));
        assert!(refused(weigh(241_000, 824_001)).starts_with("the whole site is 1,065,001 bytes"));
        std::fs::remove_dir_all(dist)?;
        Ok(())
    }
}
