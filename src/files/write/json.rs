//! A tree as JSON, two spaces a level.

use crate::files::node::{Node, Tree};

pub fn write(node: &Node) -> String {
    let mut text = String::new();
    push(node, 0, &mut text);
    text.push('\n');
    text
}

/// A text in quotes.
pub fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

fn push(node: &Node, level: usize, text: &mut String) {
    let line = |text: &mut String, level: usize| {
        text.push('\n');
        text.push_str(&"  ".repeat(level));
    };
    match &node.tree {
        Tree::Null => text.push_str("null"),
        Tree::Switch(is_on) => text.push_str(if *is_on { "true" } else { "false" }),
        Tree::Number(number) => text.push_str(number),
        Tree::Text(content) => text.push_str(&quoted(content)),
        Tree::List(items) if items.is_empty() => text.push_str("[]"),
        Tree::Map(fields) if fields.is_empty() => text.push_str("{}"),
        Tree::List(items) => {
            text.push('[');
            for (at, item) in items.iter().enumerate() {
                text.push_str(if at == 0 { "" } else { "," });
                line(text, level + 1);
                push(item, level + 1, text);
            }
            line(text, level);
            text.push(']');
        }
        Tree::Map(fields) => {
            text.push('{');
            for (at, (key, value)) in fields.iter().enumerate() {
                text.push_str(if at == 0 { "" } else { "," });
                line(text, level + 1);
                text.push_str(&quoted(key));
                text.push_str(": ");
                push(value, level + 1, text);
            }
            line(text, level);
            text.push('}');
        }
    }
}
