//! The path below which the console is hosted.
//!
//! Invariant: it is told once, before the first address is read or written; without that it is the root.

use std::sync::OnceLock;

static BASE: OnceLock<String> = OnceLock::new();

/// Says that the console is hosted below a path, such as `/admin/console/`.
pub fn host_below(path: &str) {
    // Only the first word counts: a page does not move.
    let _ = BASE.set(path.trim_end_matches('/').to_owned());
}

/// What every path of the console begins with; empty at the root.
pub(super) fn base() -> &'static str {
    BASE.get().map_or("", String::as_str)
}

/// The rest of a path below `base`; `None` for a path of something else on the same host.
pub(super) fn below<'a>(base: &str, path: &'a str) -> Option<&'a str> {
    let rest = path.strip_prefix(base)?;
    (rest.is_empty() || rest.starts_with('/')).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::below;

    #[test]
    fn only_whole_segments_are_below_a_base() {
        assert_eq!(below("", "/people"), Some("/people"));
        assert_eq!(below("/admin/console", "/admin/console/people"), Some("/people"));
        assert_eq!(below("/admin/console", "/admin/console"), Some(""));
        assert_eq!(below("/admin/console", "/admin/console-2/people"), None);
        assert_eq!(below("/admin/console", "/people"), None);
    }
}
