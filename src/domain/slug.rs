//! Slugs: the short names of workspaces in URLs, unique in the organization (rule 8).

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::ids::{IdProblem, check_segment};

/// The slug of the default workspace, of which everyone is a member.
pub const DEFAULT_SLUG: &str = "default";
/// The most characters of a slug.
pub const MAX_SLUG: usize = 50;

/// A workspace's slug.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

/// What is wrong with a typed slug.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SlugProblem {
    /// Nothing was typed.
    #[error("Enter a slug")]
    Empty,
    /// More than 50 characters.
    #[error("Use at most {MAX_SLUG} characters")]
    TooLong,
    /// A character outside `a-z`, `0-9` and `-`.
    #[error("Use only lowercase letters a–z, digits and hyphens")]
    Character,
    /// A hyphen at an end, or two in a row.
    #[error("Hyphens go between letters or digits, one at a time")]
    Hyphen,
}

impl Slug {
    /// Reads a typed slug.
    ///
    /// # Errors
    /// Unless it matches `^[a-z0-9]+(?:-[a-z0-9]+)*$` with 1–50 characters, as the API requires.
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
        Ok(Self(text.to_owned()))
    }

    /// Accepts a slug that the server has, also one that does not match the rule for new ones.
    pub fn from_server(text: &str) -> Result<Self, IdProblem> {
        check_segment(text).map(|()| Self(text.to_owned()))
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

    /// The text of the slug.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is the slug of the default workspace. Nothing else marks that workspace.
    pub fn is_default(&self) -> bool {
        self.0 == DEFAULT_SLUG
    }
}

/// The lowercase ASCII letters or digits for a letter. Empty if there are none.
fn fold(letter: char) -> &'static str {
    const ASCII: &str = "abcdefghijklmnopqrstuvwxyz0123456789";
    const FOLDED: [(&str, &str); 31] = [
        ("àáâãåāăąǎÀÁÂÃÅĀĂĄǍ", "a"),
        ("äÄ", "ae"),
        ("æÆ", "ae"),
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
        ("òóôõōŏőÒÓÔÕŌŎŐ", "o"),
        ("öÖ", "oe"),
        ("øØ", "o"),
        ("œŒ", "oe"),
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
        ("ảạấầẢẠẤẦ", "a"),
    ];
    if let Some(at) = ASCII.find(letter.to_ascii_lowercase()) {
        return &ASCII[at..=at];
    }
    FOLDED.iter().find(|(letters, _)| letters.contains(letter)).map_or("", |(_, ascii)| ascii)
}

impl TryFrom<String> for Slug {
    type Error = IdProblem;
    fn try_from(text: String) -> Result<Self, IdProblem> {
        Self::from_server(&text)
    }
}

impl From<Slug> for String {
    fn from(slug: Slug) -> String {
        slug.0
    }
}

impl std::fmt::Display for Slug {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
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

    proptest! {
        #[test]
        fn a_suggestion_is_always_a_valid_slug(name in ".{0,120}") {
            if let Some(slug) = Slug::suggest(&name) {
                prop_assert_eq!(Slug::parse(slug.as_str()), Ok(slug.clone()));
            }
        }
    }
}
