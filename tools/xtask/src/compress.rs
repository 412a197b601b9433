//! Compresses the site's files at the highest level, for servers that send precompressed files.
//!
//! Invariant: every compressible file has a `.br` and a `.gz` of its present content beside it.

use std::{
    ffi::OsString,
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::Result;
use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, write::GzEncoder};

use crate::project::{files_under, read_bytes, write};

/// The extensions of compressible files.
const COMPRESSIBLE: [&str; 9] = ["html", "css", "js", "wasm", "svg", "json", "txt", "webmanifest", "ico"];

/// Writes `.br` and `.gz` beside each compressible file under `folder`.
pub fn folder(folder: &Path) -> Result<()> {
    for path in files_under(folder)? {
        let extension = path.extension().and_then(|extension| extension.to_str());
        if extension.is_some_and(|extension| COMPRESSIBLE.contains(&extension)) {
            file(&path)?;
        }
    }
    Ok(())
}

/// Writes `.br` and `.gz` beside a file.
pub fn file(path: &Path) -> Result<()> {
    let content = read_bytes(path)?;
    write(&beside(path, ".br"), brotli(&content)?)?;
    write(&beside(path, ".gz"), gzip(&content)?)
}

/// Returns the path with another extension, such as `app.js.br` for `app.js`.
pub fn beside(path: &Path, extension: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(extension);
    name.into()
}

fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    // 2^24 bytes is the largest window that all browsers accept.
    let parameters =
        BrotliEncoderParams { quality: 11, lgwin: 24, size_hint: content.len(), ..BrotliEncoderParams::default() };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &*content, &mut compressed, &parameters)?;
    Ok(compressed)
}

fn gzip(content: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use anyhow::Result;

    use super::{brotli, gzip};

    #[test]
    fn compressed_content_can_be_decompressed() -> Result<()> {
        let content = b"budget ".repeat(1_000);
        let (mut from_brotli, mut from_gzip) = (Vec::new(), Vec::new());
        brotli::Decompressor::new(&*brotli(&content)?, 4096).read_to_end(&mut from_brotli)?;
        flate2::read::GzDecoder::new(&*gzip(&content)?).read_to_end(&mut from_gzip)?;
        assert_eq!(from_brotli, content);
        assert_eq!(from_gzip, content);
        Ok(())
    }
}
