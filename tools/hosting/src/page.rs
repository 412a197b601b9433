//! Reads the built page: its settings and its inline scripts.

use std::{borrow::Cow, mem};

use lol_html::{
    ElementContentHandlers, RewriteStrSettings, Selector, element, errors::RewritingError, rewrite_str, text,
};

/// Returns the content of `<meta name="…" content="…">`, as it is spelled.
pub fn meta(html: &str, name: &str) -> Result<Option<String>, RewritingError> {
    let mut content = None;
    let read_content = element!(format!("meta[name=\"{name}\"]"), |meta| {
        content = content.take().or_else(|| meta.get_attribute("content"));
        Ok(())
    });
    read(html, read_content)?;
    Ok(content)
}

/// Returns the texts of the scripts without a `src`, except empty ones.
pub fn inline_scripts(html: &str) -> Result<Vec<String>, RewritingError> {
    let (mut scripts, mut script) = (Vec::new(), String::new());
    let read_text = text!("script:not([src])", |chunk| {
        script.push_str(chunk.as_str());
        if chunk.last_in_text_node() && !script.is_empty() {
            scripts.push(mem::take(&mut script));
        }
        Ok(())
    });
    read(html, read_text)?;
    Ok(scripts)
}

/// A script element, as far as CDNs change it.
pub struct Script {
    /// Its `type`; empty without one.
    pub kind: String,
    /// Whether it tells CDNs to leave it alone.
    pub is_left_alone: bool,
}

/// Returns all scripts.
pub fn scripts(html: &str) -> Result<Vec<Script>, RewritingError> {
    let mut scripts = Vec::new();
    let add = element!("script", |script| {
        let kind = script.get_attribute("type").unwrap_or_default().to_ascii_lowercase();
        let is_left_alone = script.get_attribute("data-cfasync").as_deref() == Some("false");
        scripts.push(Script { kind, is_left_alone });
        Ok(())
    });
    read(html, add)?;
    Ok(scripts)
}

fn read(html: &str, handler: (Cow<'_, Selector>, ElementContentHandlers<'_>)) -> Result<(), RewritingError> {
    rewrite_str(html, RewriteStrSettings::new().append_element_content_handler(handler)).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_scripts_inside_the_page_are_returned() {
        let html = r#"<!-- <script>old()</script> --><script src="/a.js"></script><SCRIPT></SCRIPT><script type="module">
            init();</script><p>script</p>"#;
        assert_eq!(inline_scripts(html).unwrap(), ["\n            init();"]);
    }

    #[test]
    fn a_setting_is_found_by_its_name() {
        let html = r#"<!-- <meta name="api-base" content="/old"> --><meta content='/x/api/v1' name="api-base">"#;
        assert_eq!(meta(html, "api-base").unwrap().as_deref(), Some("/x/api/v1"));
        assert_eq!(meta(html, "base-path").unwrap(), None);
    }
}
