//! Moves a built site to a path of its host, or points it to an API or a sign-out elsewhere.
//!
//! Invariant: only `index.html` and its compressed forms change. All other files keep their names, so cached copies stay
//! valid.

use std::{cell::Cell, path::Path};

use anyhow::{Result, bail, ensure};
use clap::Args;
use lol_html::{RewriteStrSettings, element, errors::AttributeNameError, html_content::Element, rewrite_str};

use crate::{
    compress,
    project::{read, write},
    snippets,
};

/// Where the site and its API will be.
#[derive(Args, Clone, Default)]
pub struct Place {
    /// The path of the console, such as /admin/console/
    #[arg(long, value_name = "PATH", value_parser = base_path)]
    base_path: Option<String>,
    /// The API's base: a path, or a URL such as https://host/api/v1. Default: api/v1 below the console
    #[arg(long, value_name = "URL", value_parser = api_base)]
    api_base: Option<String>,
    /// Where a proxy that holds the key ends its session, such as /oauth2/sign_out
    #[arg(long, value_name = "URL", value_parser = sign_out_url)]
    sign_out_url: Option<String>,
}

impl Place {
    /// A path, with the API below it.
    pub fn below(path: &str) -> Result<Self> {
        Ok(Self { base_path: Some(base_path(path)?), ..Self::default() })
    }

    /// Whether this is where a fresh build expects to be: the root of a host, with the API below it.
    pub fn is_default(&self) -> bool {
        let is_at_root = self.base_path.as_deref().is_none_or(|path| path == "/");
        is_at_root && self.api_base.is_none() && self.sign_out_url.is_none()
    }

    /// Changes the page of a fresh build in `site`, and the `snippets` for proxies.
    pub fn apply(&self, site: &Path, snippets: &Path) -> Result<()> {
        let page = site.join("index.html");
        write(&page, self.page(&read(&page)?)?)?;
        compress::file(&page)?;
        snippets::write_for(site, snippets)
    }

    /// Returns the page with the addresses of its files, the base path, the API's base and the address of the sign-out changed.
    fn page(&self, html: &str) -> Result<String> {
        let base = self.base_path.as_deref().unwrap_or("/");
        let below = format!("{base}api/v1");
        let api_base = self.api_base.as_deref().unwrap_or(&below);
        let sign_out_url = self.sign_out_url.as_deref().unwrap_or_default();
        let metas = Cell::new(0);
        let set_content = |meta: &mut Element, content| {
            metas.set(metas.get() + 1);
            meta.set_attribute("content", content)
        };
        let html = rewrite_str(
            html,
            RewriteStrSettings::new()
                .append_element_content_handler(element!("link[rel=stylesheet]", |it| Ok(move_to(base, it, "href")?)))
                .append_element_content_handler(element!("script[type=module]", |it| Ok(move_to(base, it, "src")?)))
                .append_element_content_handler(element!("script[data-wasm]", |it| {
                    move_to(base, it, "data-wasm")?;
                    Ok(move_to(base, it, "data-later")?)
                }))
                .append_element_content_handler(element!("meta[name=base-path]", |it| Ok(set_content(it, base)?)))
                .append_element_content_handler(element!("meta[name=api-base]", |it| Ok(set_content(it, api_base)?)))
                .append_element_content_handler(element!("meta[name=sign-out-url]", |it| {
                    Ok(set_content(it, sign_out_url)?)
                })),
        )?;
        ensure!(metas.get() == 3, "the page needs one meta element each for base-path, api-base and sign-out-url");
        Ok(html)
    }
}

/// Puts the base path in front of an address that begins at the root.
fn move_to(base: &str, element: &mut Element, attribute: &str) -> Result<(), AttributeNameError> {
    let address = element.get_attribute(attribute).unwrap_or_default();
    match address.strip_prefix('/') {
        Some(name) => element.set_attribute(attribute, &format!("{base}{name}")),
        None => Ok(()),
    }
}

/// Parses a path, and returns it with a slash at both ends. Its characters mean nothing to HTML, browsers or proxies.
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
        bail!("a path consists of letters, digits, - and _, such as /admin/console/");
    }
    Ok(format!("/{path}/"))
}

fn api_base(text: &str) -> Result<String> {
    let base = text.trim_end_matches('/');
    let is_address = ["https://", "http://", "/"].iter().any(|start| base.starts_with(start));
    if !is_address || base.starts_with("//") || base.contains(['"', '\'', '<', '>', '&', ';', '?', '#', ' ']) {
        bail!("an API's base is a path or a URL, such as /api/v1 or https://host/api/v1");
    }
    Ok(base.to_owned())
}

fn sign_out_url(text: &str) -> Result<String> {
    let is_address = ["https://", "http://", "/"].iter().any(|start| text.starts_with(start));
    let is_plain =
        |character: char| character.is_ascii_graphic() && !matches!(character, '"' | '\'' | '<' | '>' | ';' | '\\');
    if !is_address || text.starts_with("//") || !text.chars().all(is_plain) {
        bail!("the address of a sign-out is a path or a URL, such as /oauth2/sign_out or https://host/logout");
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<meta name="base-path" content="/"><meta name="api-base" content="/api/v1"><meta name="sign-out-url" content="">
        <script data-wasm="/a-1_bg.wasm" data-integrity="sha256-W" data-later="/b.wasm">go()</script><link rel="stylesheet" href="/a-1.css">
        <script type="module" src="/a-1.js" integrity="sha256-J"></script><a href="/">x</a>"#;

    fn placed(base_path: Option<&str>, api_base: Option<&str>) -> Result<String> {
        let place = Place {
            base_path: base_path.map(super::base_path).transpose()?,
            api_base: api_base.map(super::api_base).transpose()?,
            sign_out_url: None,
        };
        place.page(PAGE)
    }

    #[test]
    fn addresses_of_files_and_metas_get_the_base_path_and_nothing_else_does() -> Result<()> {
        let expected = r#"<meta name="base-path" content="/x/y/"><meta name="api-base" content="/x/y/api/v1"><meta name="sign-out-url" content="">
        <script data-wasm="/x/y/a-1_bg.wasm" data-integrity="sha256-W" data-later="/x/y/b.wasm">go()</script><link rel="stylesheet" href="/x/y/a-1.css">
        <script type="module" src="/x/y/a-1.js" integrity="sha256-J"></script><a href="/">x</a>"#;
        for spelling in ["/x/y/", "x/y", "/x/y"] {
            assert_eq!(placed(Some(spelling), None)?, expected);
        }
        Ok(())
    }

    #[test]
    fn only_the_page_its_compressed_forms_and_its_policy_change() -> Result<()> {
        let folder = std::env::temp_dir().join(format!("xtask-place-{}", std::process::id()));
        let (site, snippets) = (folder.join("site"), folder.join("hosting"));
        write(&site.join("index.html"), PAGE)?;
        write(&site.join("a-1.js"), "'/a-1_bg.wasm'")?;
        let api_base = Some("https://api.test/v1".to_owned());
        Place { base_path: Some("/x/".to_owned()), api_base, sign_out_url: None }.apply(&site, &snippets)?;
        let page = read(&site.join("index.html"))?;
        assert!(page.contains(r#"src="/x/a-1.js""#), "{page}");
        assert_eq!(read(&site.join("a-1.js"))?, "'/a-1_bg.wasm'");
        let mut unpacked = String::new();
        let packed = std::fs::read(site.join("index.html.gz"))?;
        std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(&*packed), &mut unpacked)?;
        assert_eq!(unpacked, page);
        let policy = hosting::policy::of_page(&page, Some("https://api.test"))?;
        for file in ["nginx.conf", "caddy.conf"] {
            assert!(read(&snippets.join(file))?.contains(&format!("\"{policy}")), "{file}");
        }
        std::fs::remove_dir_all(folder)?;
        Ok(())
    }

    #[test]
    fn the_root_leaves_the_page_as_it_was_built() -> Result<()> {
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
    fn the_address_of_the_sign_out_is_named_in_the_page() -> Result<()> {
        let url = sign_out_url("/oauth2/sign_out?rd=%2F&x=1")?;
        let place = Place { sign_out_url: Some(url), ..Place::default() };
        assert!(!place.is_default());
        let page = place.page(PAGE)?;
        assert!(page.contains(r#"<meta name="sign-out-url" content="/oauth2/sign_out?rd=%2F&x=1">"#), "{page}");
        assert!(page.contains(r#"<meta name="api-base" content="/api/v1">"#), "{page}");
        for url in ["javascript:x", "//other.test", "sign_out", "/a\"b", "/a b", "https://host/<script>", "/a;b"] {
            assert!(sign_out_url(url).is_err(), "{url}");
        }
        Ok(())
    }

    #[test]
    fn a_page_without_its_metas_is_refused() {
        let place = Place::default();
        for name in ["base-path", "api-base", "sign-out-url"] {
            assert!(place.page(&PAGE.replace(name, "another")).is_err(), "{name}");
        }
    }

    #[test]
    fn what_could_break_out_of_the_page_is_neither_a_path_nor_a_base() {
        for path in ["/a b", "/a\"", "/../x", "/a//b", "/a;b", "/%2e"] {
            assert!(base_path(path).is_err(), "{path}");
        }
        for base in ["api", "//host/api", "https://host/\"><script>", "https://host/ 'unsafe-inline'", "javascript:x"] {
            assert!(api_base(base).is_err(), "{base}");
        }
    }
}
