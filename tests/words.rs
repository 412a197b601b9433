//! The words on the screen: the string literals of the console have none of the words that CONTRIBUTING.md rules out.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

#[expect(dead_code, reason = "the test of the architecture needs the rest")]
mod source_files;

use source_files::texts;

/// Words and phrases that no sentence on the screen has, in lowercase. They count as whole words only.
const DENIED: [&str; 24] = [
    "anew",
    "at once",
    "being read",
    "cannot",
    "could not be",
    "e-mail",
    "everybody",
    "for good",
    "given back",
    "go on",
    "goes on",
    "in all",
    "is had",
    "journal",
    "left as",
    "nobody",
    "of them inside",
    "read again",
    "read them again",
    "somebody",
    "stays so",
    "take out",
    "whoever",
    "would be",
];
/// The same, but these are allowed in capitals.
const DENIED_IN_LOWERCASE: [&str; 2] = ["id", "ids"];
/// Punctuation that no sentence on the screen has.
const DENIED_SIGNS: [&str; 2] = ["; ", " %"];
/// Parts of the console whose strings are not shown: words of other languages, what the API sends, and tests.
const NOT_SHOWN: [&str; 4] = ["search/list/", "api/hostile/", "files/write/", "/tests"];
/// Files that are made of tests, by the end of their path.
const TESTS: [&str; 5] = ["tests.rs", "testing.rs", "proofs.rs", "model.rs", "cases.rs"];

/// Returns the string literals of a source text with the numbers of their lines, up to its tests. Comments and the reasons of
/// attributes are left out.
fn literals(text: &str) -> Vec<(usize, String)> {
    let end = text.find("#[cfg(test)]").unwrap_or(text.len());
    let mut found = Vec::new();
    let mut rest = &text[..end];
    while let Some(at) = rest.find(['"', '/', '\'']) {
        let (before, after) = rest.split_at(at);
        rest = match after.as_bytes() {
            [b'/', b'/', ..] => after.split_once('\n').map_or("", |(_, next)| next),
            // A quote as a character. Any other quote is a lifetime, or a character that starts nothing.
            [b'\'', b'"', b'\'', ..] => &after[3..],
            [b'\'', b'\\', b'"', b'\'', ..] => &after[4..],
            [b'"', ..] => {
                let is_raw = before.ends_with(['r', '#']) && before.trim_end_matches('#').ends_with('r');
                let marks = before.len() - before.trim_end_matches('#').len();
                let length = if is_raw {
                    after[1..].find(&format!("\"{}", "#".repeat(marks))).unwrap()
                } else {
                    closing_quote(&after[1..])
                };
                let line = text[..end - after.len()].matches('\n').count() + 1;
                if !before.trim_end().ends_with("reason =") {
                    found.push((line, joined(&after[1..=length])));
                }
                &after[length + 2..]
            }
            _ => &after[1..],
        };
    }
    found
}

/// Returns the position of the quote that ends a literal.
fn closing_quote(text: &str) -> usize {
    let mut is_escaped = false;
    let is_end = |c: char| {
        let ends = c == '"' && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        ends
    };
    text.find(is_end).unwrap()
}

/// Returns a literal that goes over several lines as one line.
fn joined(literal: &str) -> String {
    literal.split("\\\n").map(str::trim_start).collect()
}

/// Returns what a sentence has of the denied words. Single words are names, not sentences.
fn denied_in(literal: &str) -> Vec<&'static str> {
    if !literal.trim().contains(' ') {
        return Vec::new();
    }
    // What is in backticks is a name of a file or of the API.
    let literal: String = literal.split('`').step_by(2).collect();
    let lowercase = literal.to_lowercase();
    // What is in braces is filled in.
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '{' | '}');
    let has_word = |text: &str, word: &str| {
        text.match_indices(word)
            .any(|(at, _)| !text[..at].ends_with(is_word) && !text[at + word.len()..].starts_with(is_word))
    };
    let words = DENIED.into_iter().filter(|word| has_word(&lowercase, word));
    let in_lowercase = DENIED_IN_LOWERCASE.into_iter().filter(|word| has_word(&literal, word));
    let signs = DENIED_SIGNS.into_iter().filter(|sign| literal.contains(sign));
    words.chain(in_lowercase).chain(signs).collect()
}

#[test]
fn no_sentence_on_the_screen_has_a_denied_word() {
    let mut found = Vec::new();
    let mut count = 0;
    for (name, text) in texts() {
        if NOT_SHOWN.iter().any(|part| name.contains(part)) || TESTS.iter().any(|end| name.ends_with(end)) {
            continue;
        }
        for (line, literal) in literals(&text) {
            count += 1;
            let denied = denied_in(&literal);
            if !denied.is_empty() {
                found.push(format!("src/{name}:{line}: {denied:?} in {literal:?}"));
            }
        }
    }
    assert!(count > 1_000, "only {count} literals were found");
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn literals_are_found_apart_from_comments_and_reasons() {
    let text = "// \"not this\"\nlet a = \"one \\\"two\\\"\"; // it's\n#[expect(x, reason = \"nor this\")]\nlet c = '\"';\n\
                fn f<'a>(b: &'a str) { g(r#\"a \"raw\" one\"#, \"over \\\n    lines\") }\n#[cfg(test)]\nmod tests { \"no\" }";
    let expected = [(2, "one \\\"two\\\""), (5, "a \"raw\" one"), (5, "over lines")];
    assert_eq!(literals(text), expected.map(|(line, text)| (line, text.to_owned())));
}

#[test]
fn denied_words_are_found_as_whole_words_of_sentences() {
    assert_eq!(denied_in("Nobody is like that"), ["nobody"]);
    assert_eq!(denied_in("Search name, e-mail or id"), ["e-mail", "id"]);
    assert_eq!(denied_in("Over 80 %; go on"), ["go on", "; ", " %"]);
    for fine in ["id", "user_id and workspace_id", "in all-caps", "Couldn’t load the IDs."] {
        assert!(denied_in(fine).is_empty(), "{fine}");
    }
}
