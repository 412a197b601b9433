//! Slugs: the short names of workspaces in URLs, unique in the organization (rule 8).

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::ids::{IdProblem, check_segment, opaque_id};

/// The slug of the default workspace, of which everyone is a member.
const DEFAULT_SLUG: &str = "default";
/// The most characters of a slug.
pub const MAX_SLUG: usize = 50;

opaque_id! {
    /// A workspace's slug. `from_server` also accepts one that does not match the rule for new ones.
    Slug::from_server
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SlugProblem {
    #[error("Enter a slug")]
    Empty,
    #[error("Use at most {MAX_SLUG} characters")]
    TooLong,
    /// A character outside `a-z`, `0-9` and `-`.
    #[error("Use only lowercase letters a–z, digits and hyphens")]
    Character,
    /// A hyphen at an end, or two in a row.
    #[error("Use single hyphens, between letters or digits")]
    Hyphen,
}

impl Slug {
    /// Reads a typed slug: `^[a-z0-9]+(?:-[a-z0-9]+)*$` with 1–50 characters, as the API requires.
    pub fn parse(text: &str) -> Result<Self, SlugProblem> {
        if text.is_empty() {
            return Err(SlugProblem::Empty);
        }
        if !text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
            return Err(SlugProblem::Character);
        }
        if text.split('-').any(str::is_empty) {
            return Err(SlugProblem::Hyphen);
        }
        if text.len() > MAX_SLUG {
            return Err(SlugProblem::TooLong);
        }
        Ok(Self(text.into()))
    }

    /// Makes a slug from a name: Latin letters without their accents, digits, and hyphens for everything else.
    /// `None` if nothing is left, as for a name in another script.
    pub fn suggest(name: &str) -> Option<Self> {
        let mut text = String::with_capacity(name.len());
        for letter in name.chars() {
            match fold(letter) {
                "" if matches!(letter, '\'' | '’') => {}
                "" => text.push('-'),
                folded => text.push_str(folded),
            }
        }
        let words: Vec<&str> = text.split('-').filter(|word| !word.is_empty()).collect();
        let mut slug = words.join("-");
        slug.truncate(MAX_SLUG);
        let slug = slug.trim_end_matches('-');
        Self::parse(slug).ok()
    }

    /// The next slug of the same name that is free: `lab-2` after `lab`, `lab-4` after `lab-3`.
    pub fn next_free(&self, is_taken: impl Fn(&Self) -> bool) -> Option<Self> {
        let (stem, number) = self.as_str().rsplit_once('-').unwrap_or((self.as_str(), ""));
        // A long number is a part of the name, such as a date.
        let counted = number.parse().ok().filter(|_| number.len() < 4 && !number.starts_with('0'));
        let (stem, last) = counted.map_or((self.as_str(), 1), |number: u32| (stem, number));
        (last + 1..last + 10_000).find_map(|number| {
            let end = format!("-{number}");
            let room = stem.get(..MAX_SLUG - end.len()).unwrap_or(stem);
            Self::parse(&format!("{}{end}", room.trim_end_matches('-'))).ok().filter(|slug| !is_taken(slug))
        })
    }

    /// Whether this is the slug of the default workspace. Nothing else marks that workspace.
    pub fn is_default(&self) -> bool {
        self.as_str() == DEFAULT_SLUG
    }
}

/// The lowercase ASCII letters or digits for a letter. Empty if there are none.
fn fold(letter: char) -> &'static str {
    const ASCII: &str = "abcdefghijklmnopqrstuvwxyz0123456789";
    const FOLDED: [(&str, &str); 27] = [
        ("àáâãåāăąǎảạấầÀÁÂÃÅĀĂĄǍẢẠẤẦ", "a"),
        ("äæÄÆ", "ae"),
        ("çćĉċčÇĆĈĊČ", "c"),
        ("ďđðĎĐÐ", "d"),
        ("èéêëēĕėęěÈÉÊËĒĔĖĘĚ", "e"),
        ("ĝğġģĜĞĠĢ", "g"),
        ("ĥħĤĦ", "h"),
        ("ìíîïĩīĭįıÌÍÎÏĨĪĬĮ", "i"),
        ("ĵĴ", "j"),
        ("ķĶ", "k"),
        ("ĺļľŀłĹĻĽĿŁ", "l"),
        ("ñńņňŋÑŃŅŇŊ", "n"),
        ("òóôõōŏőøÒÓÔÕŌŎŐØ", "o"),
        ("öœÖŒ", "oe"),
        ("ŕŗřŔŖŘ", "r"),
        ("śŝşšșŚŜŞŠȘ", "s"),
        ("ß", "ss"),
        ("ţťŧțŢŤŦȚ", "t"),
        ("þÞ", "th"),
        ("ùúûũūŭůűųÙÚÛŨŪŬŮŰŲ", "u"),
        ("üÜ", "ue"),
        ("ŵŴ", "w"),
        ("ýÿŷÝŸŶ", "y"),
        ("źżžŹŻŽ", "z"),
        ("&", "-and-"),
        ("@", "-at-"),
        ("€", "-eur-"),
    ];
    if let Some(at) = ASCII.find(letter.to_ascii_lowercase()) {
        return &ASCII[at..=at];
    }
    FOLDED.iter().find(|(letters, _)| letters.contains(letter)).map_or("", |(_, ascii)| ascii)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn typed_slugs_follow_the_rule_of_the_api() {
        let problem = |text: &str| Slug::parse(text).err();
        assert_eq!(problem("data-science-2"), None);
        assert_eq!(problem(""), Some(SlugProblem::Empty));
        assert_eq!(problem("Data"), Some(SlugProblem::Character));
        assert_eq!(problem("data_science"), Some(SlugProblem::Character));
        assert_eq!(problem("-data"), Some(SlugProblem::Hyphen));
        assert_eq!(problem("data-"), Some(SlugProblem::Hyphen));
        assert_eq!(problem("data--science"), Some(SlugProblem::Hyphen));
        assert_eq!(problem(&"a".repeat(50)), None);
        assert_eq!(problem(&"a".repeat(51)), Some(SlugProblem::TooLong));
    }

    #[test]
    fn names_turn_into_slugs_that_people_expect() {
        let suggest = |name: &str| Slug::suggest(name).map(String::from);
        assert_eq!(suggest("Data Science").as_deref(), Some("data-science"));
        assert_eq!(suggest("  R&D — Zürich  ").as_deref(), Some("r-and-d-zuerich"));
        assert_eq!(suggest("Jane’s Lab #2").as_deref(), Some("janes-lab-2"));
        assert_eq!(suggest("Søren & Łukasz").as_deref(), Some("soren-and-lukasz"));
        assert_eq!(suggest("研究"), None);
        assert_eq!(suggest("研究 lab").as_deref(), Some("lab"));
        assert_eq!(suggest("—"), None);
    }

    #[test]
    fn a_taken_slug_is_followed_by_the_next_free_number() {
        let next = |slug: &str, taken: &[&str]| {
            let slug = Slug::parse(slug).unwrap();
            slug.next_free(|it| taken.contains(&it.as_str())).map(String::from).unwrap_or_default()
        };
        assert_eq!(next("production", &[]), "production-2");
        assert_eq!(next("production", &["production-2", "production-3"]), "production-4");
        assert_eq!(next("production-2", &[]), "production-3");
        assert_eq!(next("data-science", &[]), "data-science-2");
        assert_eq!(next("budget-2026", &[]), "budget-2026-2");
        assert_eq!(next("agent-007", &[]), "agent-007-2");
        let long = format!("{}-b", "a".repeat(48));
        assert_eq!(next(&long, &[]), format!("{}-2", "a".repeat(48)));
    }

    proptest! {
        #[test]
        fn the_next_free_slug_is_valid_and_another(slug in "[a-z0-9]{1,20}(-[a-z0-9]{1,9}){0,3}") {
            if let Ok(slug) = Slug::parse(&slug) {
                let next = slug.next_free(|_| false).unwrap();
                prop_assert!(next != slug && Slug::parse(next.as_str()) == Ok(next.clone()));
            }
        }

        #[test]
        fn a_suggestion_is_always_a_valid_slug(name in ".{0,120}") {
            if let Some(slug) = Slug::suggest(&name) {
                prop_assert_eq!(Slug::parse(slug.as_str()), Ok(slug.clone()));
            }
        }
    }
}
