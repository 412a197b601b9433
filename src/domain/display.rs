//! Makes texts that other people wrote safe to show in sentences and labels.
//!
//! Invariant: such a text cannot change the direction or the line of the text around it.

use super::text::MAX_NAME;

/// The most characters of a server's message.
const MAX_MESSAGE: usize = 300;

/// A name without the characters that change the text direction explicitly.
pub fn without_direction_marks(name: &str) -> String {
    name.chars().filter(|letter| !changes_direction(*letter)).collect()
}

/// A name for use within a sentence: on one line, truncated, without direction marks, and isolated if it has right-to-left
/// letters.
///
/// `<bdi>` is not enough there, because a text can contain the character that ends its isolation.
pub fn inline_text(text: &str) -> String {
    inline(text, MAX_NAME)
}

/// A server's message for use beside other sentences, like [`inline_text`].
pub fn inline_message(text: &str) -> String {
    inline(text, MAX_MESSAGE)
}

fn inline(text: &str, max: usize) -> String {
    let mut letters = text.chars().filter(|letter| !changes_direction(*letter));
    let mut inline: String = letters.by_ref().take(max).map(|it| if is_break(it) { ' ' } else { it }).collect();
    if letters.next().is_some() {
        inline.push('…');
    }
    if inline.chars().any(is_right_to_left) { format!("\u{2068}{inline}\u{2069}") } else { inline }
}

/// Whether the text has a visible character.
pub fn is_visible(text: &str) -> bool {
    text.chars().any(|letter| !(letter.is_whitespace() || letter.is_control() || is_blank(letter)))
}

/// Embeddings, overrides and isolates, and their ends.
const fn changes_direction(letter: char) -> bool {
    matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

const fn is_break(letter: char) -> bool {
    matches!(letter, '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}')
}

/// Letters of right-to-left scripts, and right-to-left marks.
const fn is_right_to_left(letter: char) -> bool {
    matches!(letter,
        '\u{590}'..='\u{8ff}' | '\u{200f}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// Characters without width or ink.
const fn is_blank(letter: char) -> bool {
    matches!(letter,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_plain_name_stays_as_it_is() {
        for name in ["Production", "R&D — Zürich", "研究", "👨‍👩‍👧‍👦 team", "<b>&lt;", &"x".repeat(100)]
        {
            assert_eq!(inline_text(name), name);
        }
    }

    #[test]
    fn direction_marks_and_line_breaks_are_removed() {
        assert_eq!(inline_text("invoice \u{202e}fdp.exe"), "invoice fdp.exe");
        assert_eq!(without_direction_marks("invoice \u{202e}fdp.exe\u{2069}"), "invoice fdp.exe");
        assert_eq!(inline_text("\u{2069}\u{202e}a\nb\0c\u{2029}"), "a b c ");
        assert_eq!(inline_text("\u{202e}שלום"), "\u{2068}שלום\u{2069}");
        assert_eq!(inline_text("\u{200f}abc"), "\u{2068}\u{200f}abc\u{2069}");
    }

    #[test]
    fn a_long_text_is_truncated() {
        assert_eq!(inline_text(&"研".repeat(101)), format!("{}…", "研".repeat(100)));
        assert_eq!(inline_message(&"x".repeat(10_000)), format!("{}…", "x".repeat(300)));
    }

    #[test]
    fn blanks_and_joiners_are_not_visible() {
        for text in ["", "  ", "\u{200b}\u{2060}\u{feff}\u{ad}", "\u{3164}\t", "\u{202e}\0"] {
            assert!(!is_visible(text), "{text:?}");
        }
        for text in ["x", "\u{200b}.\u{200b}", "😀", "ع"] {
            assert!(is_visible(text), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn no_direction_reaches_beyond_the_text(text in "(?s)([a-zא-ת]|[\u{202a}-\u{202e}\u{2066}-\u{2069}]|.){0,120}") {
            let words = inline_text(&text);
            let inner = words.strip_prefix('\u{2068}').and_then(|it| it.strip_suffix('\u{2069}'));
            let unprotected = inner.is_none() && words.chars().any(is_right_to_left);
            prop_assert!(!unprotected && !inner.unwrap_or(&words).contains(changes_direction));
        }
    }
}
