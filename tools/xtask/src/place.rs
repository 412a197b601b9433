//! Puts a built site at a path of its host, or in front of an API that is elsewhere.
//!
//! Invariant: of the site only `index.html` changes, with its compressed forms; every other file keeps its name, so
//! that what was cached of it stays good.

use std::path::Path;

use anyhow::{Result, bail};
use clap::Args;

use crate::{
    compress,
    project::{files_under, read, write},
    snippets,
};

/// Where the site is to be, and where its API is.
#[derive(Args, Clone, Default)]
pub struct Place {
    /// The path that the console will be at, such as /admin/console/
    #[arg(long, value_name = "PATH", value_parser = base_path)]
    base_path: Option<String>,
    /// Where the API will be: a path, or an address such as https://host/api/v1; else api/v1 below the console
    #[arg(long, value_name = "URL", value_parser = api_base)]
    api_base: Option<String>,
}

impl Place {
    /// Below this path, with the API below that.
    pub fn below(path: &str) -> Result<Self> {
        Ok(Self { base_path: Some(base_path(path)?), api_base: None })
    }

    /// Whether it is the root of a host, with the API below it, as the build has it anyway.
    pub fn is_usual(&self) -> bool {
        self.base_path.as_deref().is_none_or(|path| path == "/") && self.api_base.is_none()
    }

    /// Changes the page in `site` and the `snippets` for proxies. It has to be as it was built.
    pub fn apply(&self, site: &Path, snippets: &Path) -> Result<()> {
        let page = site.join("index.html");
        let names: Vec<String> = files_under(site)?
            .iter()
            .filter_map(|file| file.strip_prefix(site).ok()?.to_str().map(str::to_owned))
            .collect();
        write(&page, self.page(&read(&page)?, &names)?)?;
        compress::file(&page)?;
        snippets::write_for(site, snippets)
    }

    /// The page with the addresses of the files by these names, the base path and the API's base as they shall be.
    fn page(&self, html: &str, names: &[String]) -> Result<String> {
        let base = self.base_path.as_deref().unwrap_or("/");
        let mut html = html.to_owned();
        for name in names {
            for quote in ['"', '\''] {
                html = html.replace(&format!("{quote}/{name}{quote}"), &format!("{quote}{base}{name}{quote}"));
            }
        }
        let below = format!("{base}api/v1");
        for (name, content) in [("base-path", base), ("api-base", self.api_base.as_deref().unwrap_or(&below))] {
            html = with_meta(&html, name, content)?;
        }
        Ok(html)
    }
}

/// The page with another content of `<meta name="…" content="…">`.
fn with_meta(html: &str, name: &str, content: &str) -> Result<String> {
    let Some(old) = snippets::meta(html, name) else { bail!("the page has no <meta name=\"{name}\">") };
    let line = |content: &str| format!("<meta name=\"{name}\" content=\"{content}\"");
    Ok(html.replace(&line(old), &line(content)))
}

/// A path that begins and ends with a slash, of characters that mean nothing to HTML, browsers or proxies.
fn base_path(text: &str) -> Result<String> {
    let path = text.strip_prefix('/').unwrap_or(text);
    let path = path.strip_suffix('/').unwrap_or(path);
    if path.is_empty() {
        return Ok("/".to_owned());
    }
    let is_plain = |segment: &str| {
        !segment.is_empty() && segment.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    if !path.split('/').all(is_plain) {
        bail!("a path is made of letters, digits, - and _, such as /admin/console/");
    }
    Ok(format!("/{path}/"))
}

fn api_base(text: &str) -> Result<String> {
    let base = text.trim_end_matches('/');
    let is_address = ["https://", "http://", "/"].iter().any(|start| base.starts_with(start));
    if !is_address || base.starts_with("//") || base.contains(['"', '\'', '<', '>', '&', ';', '?', '#', ' ']) {
        bail!("an API's base is a path or an address, such as /api/v1 or https://host/api/v1");
    }
    Ok(base.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<meta name="base-path" content="/"><meta name="api-base" content="/api/v1">
        <script>import x from '/a-1.js'; go({ wasm: '/a-1_bg.wasm' })</script><link href="/a-1.css"><a href="/">x</a>"#;

    fn placed(base_path: Option<&str>, api_base: Option<&str>) -> Result<String> {
        let place = Place {
            base_path: base_path.map(super::base_path).transpose()?,
            api_base: api_base.map(super::api_base).transpose()?,
        };
        place.page(PAGE, &["a-1.js", "a-1_bg.wasm", "a-1.css", "index.html"].map(str::to_owned))
    }

    #[test]
    fn addresses_of_files_and_metas_get_the_base_path_and_nothing_else_does() -> Result<()> {
        let expected = r#"<meta name="base-path" content="/x/y/"><meta name="api-base" content="/x/y/api/v1">
        <script>import x from '/x/y/a-1.js'; go({ wasm: '/x/y/a-1_bg.wasm' })</script><link href="/x/y/a-1.css"><a href="/">x</a>"#;
        for spelling in ["/x/y/", "x/y", "/x/y"] {
            assert_eq!(placed(Some(spelling), None)?, expected);
        }
        Ok(())
    }

    #[test]
    fn of_a_placed_site_only_the_page_changes_with_its_compressed_forms_and_its_policy() -> Result<()> {
        let folder = std::env::temp_dir().join(format!("xtask-place-{}", std::process::id()));
        let (site, snippets) = (folder.join("site"), folder.join("hosting"));
        write(&site.join("index.html"), PAGE)?;
        write(&site.join("a-1.js"), "'/a-1_bg.wasm'")?;
        write(&site.join("a-1_bg.wasm"), "")?;
        Place { base_path: Some("/x/".to_owned()), api_base: Some("https://api.test/v1".to_owned()) }
            .apply(&site, &snippets)?;
        let page = read(&site.join("index.html"))?;
        assert!(page.contains("import x from '/x/a-1.js'"), "{page}");
        assert_eq!(read(&site.join("a-1.js"))?, "'/a-1_bg.wasm'");
        let mut unpacked = String::new();
        let packed = std::fs::read(site.join("index.html.gz"))?;
        std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(&*packed), &mut unpacked)?;
        assert_eq!(unpacked, page);
        let policy = hosting::policy::of_page(&page, Some("https://api.test"));
        for file in ["nginx.conf", "caddy.conf"] {
            assert!(read(&snippets.join(file))?.contains(&format!("\"{policy}\"")), "{file}");
        }
        std::fs::remove_dir_all(folder)?;
        Ok(())
    }

    #[test]
    fn the_root_is_the_page_as_it_was_built() -> Result<()> {
        assert_eq!(placed(None, None)?, PAGE);
        assert_eq!(placed(Some("/"), None)?, PAGE);
        Ok(())
    }

    #[test]
    fn an_api_elsewhere_is_named_in_the_page() -> Result<()> {
        let page = placed(Some("/x"), Some("https://api.test/v1/"))?;
        assert!(page.contains(r#"<meta name="api-base" content="https://api.test/v1">"#), "{page}");
        assert!(page.contains(r#"<meta name="base-path" content="/x/">"#), "{page}");
        Ok(())
    }

    #[test]
    fn what_could_break_out_of_the_page_is_no_path_and_no_base() {
        for path in ["/a b", "/a\"", "/../x", "/a//b", "/a;b", "/%2e"] {
            assert!(base_path(path).is_err(), "{path}");
        }
        for base in ["api", "//host/api", "https://host/\"><script>", "https://host/ 'unsafe-inline'", "javascript:x"] {
            assert!(api_base(base).is_err(), "{base}");
        }
    }
}
