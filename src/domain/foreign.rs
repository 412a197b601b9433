//! Texts that somebody else wrote, as parts of our own sentences and names.
//!
//! Invariant: whatever is in such a text, the words around it stay in order, and a sentence stays one.

/// The most characters of a name that a sentence carries: as many as the name of a workspace may have.
const MOST_OF_NAME: usize = 100;
/// The most characters of a server's message.
const MOST_OF_MESSAGE: usize = 300;

/// A name as it is shown: its characters one after another, in whatever order it asks for them.
pub fn in_order(name: &str) -> String {
    name.chars().filter(|letter| !changes_direction(*letter)).collect()
}

/// Somebody else's text within a sentence of ours: on one line, cut off where it is longer than any name, without the
/// characters that change the direction of what follows, and kept apart where it is written from right to left.
///
/// An end of an isolate in the text would also end what `<bdi>` makes, so where it stands beside our words in one
/// paragraph, isolating is not enough.
pub fn in_words(text: &str) -> String {
    within(text, MOST_OF_NAME)
}

/// What a server said, as a sentence beside ours. Technical details have all of it.
pub fn message_in_words(text: &str) -> String {
    within(text, MOST_OF_MESSAGE)
}

fn within(text: &str, most: usize) -> String {
    let mut letters = text.chars().filter(|letter| !changes_direction(*letter));
    let mut words: String = letters.by_ref().take(most).map(|it| if is_break(it) { ' ' } else { it }).collect();
    if letters.next().is_some() {
        words.push('…');
    }
    if words.chars().any(is_right_to_left) { format!("\u{2068}{words}\u{2069}") } else { words }
}

/// Whether anything of the text can be seen.
pub fn is_visible(text: &str) -> bool {
    text.chars().any(|letter| !(letter.is_whitespace() || letter.is_control() || is_empty(letter)))
}

/// Embeddings, overrides and isolates, and their ends.
const fn changes_direction(letter: char) -> bool {
    matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

const fn is_break(letter: char) -> bool {
    matches!(letter, '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}')
}

/// Letters of the scripts that go from right to left, and the marks that stand for one.
const fn is_right_to_left(letter: char) -> bool {
    matches!(letter,
        '\u{590}'..='\u{8ff}' | '\u{200f}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// What takes no room or leaves it blank.
const fn is_empty(letter: char) -> bool {
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
            assert_eq!(in_words(name), name);
        }
    }

    #[test]
    fn what_changes_directions_or_lines_is_left_out() {
        assert_eq!(in_words("invoice \u{202e}fdp.exe"), "invoice fdp.exe");
        assert_eq!(in_order("invoice \u{202e}fdp.exe\u{2069}"), "invoice fdp.exe");
        assert_eq!(in_words("\u{2069}\u{202e}a\nb\0c\u{2029}"), "a b c ");
        assert_eq!(in_words("\u{202e}שלום"), "\u{2068}שלום\u{2069}");
        assert_eq!(in_words("\u{200f}abc"), "\u{2068}\u{200f}abc\u{2069}");
    }

    #[test]
    fn what_is_longer_than_a_name_is_cut_off() {
        assert_eq!(in_words(&"研".repeat(101)), format!("{}…", "研".repeat(100)));
        assert_eq!(message_in_words(&"x".repeat(10_000)), format!("{}…", "x".repeat(300)));
    }

    #[test]
    fn nothing_of_blanks_and_joiners_can_be_seen() {
        for text in ["", "  ", "\u{200b}\u{2060}\u{feff}\u{ad}", "\u{3164}\t", "\u{202e}\0"] {
            assert!(!is_visible(text), "{text:?}");
        }
        for text in ["x", "\u{200b}.\u{200b}", "😀", "ع"] {
            assert!(is_visible(text), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn directions_end_where_the_text_does(text in "(?s)([a-zא-ת]|[\u{202a}-\u{202e}\u{2066}-\u{2069}]|.){0,120}") {
            let words = in_words(&text);
            let inner = words.strip_prefix('\u{2068}').and_then(|it| it.strip_suffix('\u{2069}'));
            let unprotected = inner.is_none() && words.chars().any(is_right_to_left);
            prop_assert!(!unprotected && !inner.unwrap_or(&words).contains(changes_direction));
        }
    }
}
