//! Compares Content-Security-Policies.
//!
//! Invariant: policies are equal if they have the same directives with the same sources, in any order.

use std::collections::{BTreeMap, BTreeSet};

/// Returns the differences from the expected policy, one text for each directive.
pub fn differences(expected: &str, found: &str) -> Vec<String> {
    if found.is_empty() {
        return vec!["there is none".to_owned()];
    }
    let (expected, found) = (directives(expected), directives(found));
    let names: BTreeSet<&str> = expected.keys().chain(found.keys()).copied().collect();
    names
        .into_iter()
        .filter_map(|name| match (expected.get(name), found.get(name)) {
            (Some(wanted), Some(has)) if wanted != has => {
                Some(format!("{name}: expected {}, found {}", shown(wanted), shown(has)))
            }
            (Some(wanted), None) => Some(format!("{name} {} is missing", shown(wanted))),
            (None, Some(has)) => Some(format!("{name} {} is not expected", shown(has))),
            _ => None,
        })
        .collect()
}

/// Where browsers report what they refused. Each host can choose it.
const REPORTS: [&str; 2] = ["report-uri", "report-to"];

fn directives(policy: &str) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut directives = BTreeMap::new();
    for directive in policy.split(';') {
        let mut words = directive.split_ascii_whitespace();
        if let Some(name) = words.next().filter(|name| !REPORTS.contains(name)) {
            // Browsers use the first of several directives with the same name.
            directives.entry(name).or_insert_with(|| words.collect());
        }
    }
    directives
}

fn shown(sources: &BTreeSet<&str>) -> String {
    sources.iter().copied().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::differences;

    #[test]
    fn the_order_does_not_matter_and_everything_else_does() {
        let expected = "default-src 'none'; script-src 'self' 'sha256-a='";
        assert!(differences(expected, "script-src 'sha256-a='  'self';default-src 'none';").is_empty());
        assert_eq!(
            differences(expected, "script-src 'self' 'unsafe-inline'; img-src *"),
            [
                "default-src 'none' is missing",
                "img-src * is not expected",
                "script-src: expected 'self' 'sha256-a=', found 'self' 'unsafe-inline'"
            ]
        );
        assert_eq!(differences(expected, ""), ["there is none"]);
        assert!(differences(expected, &format!("{expected}; report-uri https://reports.example.com/")).is_empty());
    }
}
