//! Writes down, for proxies to include, the policy that belongs to a built page.
//!
//! Invariant: the policy in the files is that of the page that lies in the folder now.

use std::path::Path;

use anyhow::Result;
use hosting::policy;

use crate::project::{read, write};

/// Writes `nginx.conf` and `caddy.conf` into `folder`, for the page in `site`.
pub fn write_for(site: &Path, folder: &Path) -> Result<()> {
    let html = read(&site.join("index.html"))?;
    let page = policy::of_page(&html, api_base(&html).and_then(policy::origin));
    let anything_else = policy::OF_ANYTHING_ELSE;
    let about =
        "# The Content-Security-Policy of this build: it names the scripts in its index.html, so deploy both together.";
    let nginx = format!(
        "{about}\nmap $sent_http_content_type $console_policy {{\n    default \"{anything_else}\";\n    \
         \"~^text/html\" \"{page}\";\n}}\n"
    );
    let caddy = format!("{about}\nheader @console_page Content-Security-Policy \"{page}\"\n");
    write(&folder.join("nginx.conf"), nginx)?;
    write(&folder.join("caddy.conf"), caddy)
}

/// Where the page says that the API is.
pub fn api_base(html: &str) -> Option<&str> {
    meta(html, "api-base")
}

/// The content of `<meta name="…" content="…">`.
pub fn meta<'html>(html: &'html str, name: &str) -> Option<&'html str> {
    let (_, rest) = html.split_once(&format!("<meta name=\"{name}\" content=\""))?;
    rest.split_once('"').map(|(content, _)| content)
}
