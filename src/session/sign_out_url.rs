//! The address at which a proxy ends its own session.

use crate::browser::setting;

/// The address of `<meta name="sign-out-url">`, such as `/oauth2/sign_out`. `None` if the deployment has none.
pub(crate) fn sign_out_url() -> Option<String> {
    setting("sign-out-url").map(|url| url.trim().to_owned()).filter(|url| is_address(url))
}

/// Whether a text is a path of this host or a URL of the web, and no script.
fn is_address(url: &str) -> bool {
    let is_path = url.starts_with('/') && !url.starts_with("//") && !url.starts_with("/\\");
    is_path || url.starts_with("https://") || url.starts_with("http://")
}

#[cfg(test)]
mod tests {
    use super::is_address;

    #[test]
    fn only_paths_and_web_addresses_are_followed() {
        for url in ["/oauth2/sign_out", "/oauth2/sign_out?rd=%2F", "https://sso.test/logout"] {
            assert!(is_address(url), "{url}");
        }
        for url in ["javascript:alert(1)", "//other.test", "/\\other.test", "data:text/html,x", "sign_out", ""] {
            assert!(!is_address(url), "{url}");
        }
    }
}
