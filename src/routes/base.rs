//! The path that the console is hosted below.

use std::sync::OnceLock;

static BASE: OnceLock<String> = OnceLock::new();

/// Sets the path that the console is hosted below, such as `/admin/console/`. Call it before any address is read or
/// written. Only the first call counts. The default is the root.
pub fn host_below(path: &str) {
    let _ = BASE.set(path.trim_end_matches('/').to_owned());
}

/// The beginning of all paths of the console. Empty at the root.
pub(super) fn base() -> &'static str {
    BASE.get().map_or("", String::as_str)
}

/// The rest of a path below `base`, or `None` for a path outside of it.
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
