//! A tree as YAML in block style. A text is in quotes unless it certainly reads as the same text without them.

use super::json::quoted;
use crate::files::node::{Node, Tree};

pub fn write(node: &Node) -> String {
    let mut text = String::new();
    block(node, 0, &mut text);
    text
}

/// The lines of a list or of fields, each with its indent, without that of the first.
fn block(node: &Node, level: usize, text: &mut String) {
    let indent = "  ".repeat(level);
    match &node.tree {
        Tree::Map(fields) if !fields.is_empty() => {
            for (at, (key, value)) in fields.iter().enumerate() {
                text.push_str(if at == 0 { "" } else { &indent });
                text.push_str(&scalar(key));
                text.push(':');
                match &value.tree {
                    Tree::Map(fields) if !fields.is_empty() => {
                        text.push('\n');
                        text.push_str(&"  ".repeat(level + 1));
                        block(value, level + 1, text);
                    }
                    Tree::List(items) if !items.is_empty() => {
                        text.push('\n');
                        list(items, level + 1, text);
                    }
                    _ => {
                        text.push(' ');
                        block(value, level, text);
                    }
                }
            }
        }
        Tree::List(items) if !items.is_empty() => list(items, level, text),
        tree => {
            text.push_str(&inline(tree));
            text.push('\n');
        }
    }
}

fn list(items: &[Node], level: usize, text: &mut String) {
    for item in items {
        text.push_str(&"  ".repeat(level));
        text.push_str("- ");
        block(item, level + 1, text);
    }
}

fn inline(tree: &Tree) -> String {
    match tree {
        Tree::Null => "null".to_owned(),
        Tree::Switch(is_on) => is_on.to_string(),
        Tree::Number(number) => number.clone(),
        Tree::Text(content) => scalar(content),
        Tree::List(_) => "[]".to_owned(),
        Tree::Map(_) => "{}".to_owned(),
    }
}

/// Words that are not text in some version of YAML.
const RESERVED: [&str; 9] = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"];

fn scalar(text: &str) -> String {
    let is_plain = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || " _-./@+".contains(c))
        && !text.ends_with(' ')
        && !RESERVED.contains(&text.to_ascii_lowercase().as_str());
    if is_plain {
        return text.to_owned();
    }
    // The quotes of JSON are those of YAML. Some characters that JSON may hold are not printable in YAML.
    let escaped = |c: char| match c {
        '\u{7f}'..='\u{a0}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => {
            format!("\\u{:04x}", u32::from(c))
        }
        other => other.to_string(),
    };
    quoted(text).chars().map(escaped).collect()
}
