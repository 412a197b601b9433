//! Writes the policy of a built page as files that nginx and Caddy include.

use std::path::Path;

use anyhow::Result;
use hosting::{page::meta, policy};

use crate::project::{read, write};

/// Writes `nginx.conf` and `caddy.conf` into `folder`, for the page in `site`.
pub fn write_for(site: &Path, folder: &Path) -> Result<()> {
    let html = read(&site.join("index.html"))?;
    let page = policy_of(&html)?;
    let other = policy::OF_OTHER_RESPONSES;
    let about =
        "# The Content-Security-Policy of this build. It names the scripts in this index.html: deploy both together.";
    let nginx = format!(
        "{about}\nmap \"$status $sent_http_content_type\" $console_policy {{\n    default \"{other}\";\n    \
         \"~^200 text/html\" \"{page}\";\n}}\n"
    );
    let caddy = format!("{about}\nheader @console_page Content-Security-Policy \"{page}{{$CONSOLE_POLICY_REPORT}}\"\n");
    write(&folder.join("nginx.conf"), nginx)?;
    write(&folder.join("caddy.conf"), caddy)
}

/// Returns the policy for a built page, which names the API's base in a meta element.
pub fn policy_of(html: &str) -> Result<String> {
    let api_base = api_base(html)?;
    Ok(policy::of_page(html, policy::origin(&api_base))?)
}

/// Returns where the page expects the API: a path or an absolute URL; empty if it does not say.
pub fn api_base(html: &str) -> Result<String> {
    Ok(meta(html, "api-base")?.unwrap_or_default())
}
