//! Workspaces as HCL for the official Terraform provider, with `import` blocks.
//!
//! Resources and fields are those of the provider's documentation: `openrouter_workspace`, `openrouter_workspace_budget` and
//! `openrouter_workspace_member`. A setting that the provider does not have is a comment.

use std::collections::HashSet;

use super::json::quoted;
use crate::domain::{Interval, Patch};
use crate::files::document::{Document, Entry};
use crate::files::settings::{Setting, Value};

const HEAD: &str = "terraform {
  required_providers {
    openrouter = {
      source = \"OpenRouterTeam/openrouter\"
    }
  }
}
";

pub fn write(document: &Document) -> String {
    let mut names = HashSet::new();
    let mut text = HEAD.to_owned();
    for entry in &document.workspaces {
        workspace(entry, &mut names, &mut text);
    }
    text
}

fn workspace(entry: &Entry, names: &mut HashSet<String>, text: &mut String) {
    let slug = entry.settings.text(Setting::Slug).unwrap_or_default();
    let name = unique(slug, names);
    let id = entry.id.as_ref().map(ToString::to_string);
    let reference = id.clone().unwrap_or_else(|| slug.to_owned());
    let fields = entry
        .settings
        .0
        .iter()
        .filter(|(setting, value)| **setting != Setting::DisabledTools && **value != Value::None);
    let fields = fields.map(|(setting, value)| (setting.key(), expression(value))).collect::<Vec<_>>();
    if let Some(Value::Texts(tools)) = entry.settings.get(Setting::DisabledTools) {
        let tools = tools.iter().map(|tool| quoted(tool)).collect::<Vec<_>>().join(", ");
        text.push_str(&format!("\n# The provider has no field for the disabled server tools: {tools}\n"));
    } else {
        text.push('\n');
    }
    block("openrouter_workspace", &name, &fields, text);
    import("openrouter_workspace", &name, &string(&reference), text);
    if let Some(budget) = &entry.budget {
        for (interval, limit) in Interval::ALL.into_iter().zip(&budget.limits) {
            let Patch::Set(limit) = limit else { continue };
            let own = format!("{name}_{}", interval.as_str());
            let mut fields = vec![
                ("workspace_ref", format!("openrouter_workspace.{name}.id")),
                ("interval", string(interval.as_str())),
                ("limit_usd", limit.plain()),
            ];
            fields.extend(budget.counts_byok.map(|counts| ("include_byok_in_budgets", counts.to_string())));
            text.push('\n');
            block("openrouter_workspace_budget", &own, &fields, text);
            let id = format!(
                "jsonencode({{ interval = {}, workspace_ref = {} }})",
                string(interval.as_str()),
                string(&reference)
            );
            import("openrouter_workspace_budget", &own, &id, text);
        }
    }
    for member in entry.members.iter().flatten() {
        let (Some(user), Some(workspace)) = (&member.id, &id) else { continue };
        let own = unique(&format!("{name}_{user}"), names);
        let fields = [("workspace_id", format!("openrouter_workspace.{name}.id")), ("user_id", string(user.as_str()))];
        text.push('\n');
        if let Some(email) = &member.email {
            text.push_str(&format!("# {}\n", quoted(email)));
        }
        block("openrouter_workspace_member", &own, &fields, text);
        import("openrouter_workspace_member", &own, &string(&format!("{workspace}/{user}")), text);
    }
}

fn block(kind: &str, name: &str, fields: &[(&str, String)], text: &mut String) {
    let width = fields.iter().map(|(key, _)| key.len()).max().unwrap_or_default();
    text.push_str(&format!("resource \"{kind}\" \"{name}\" {{\n"));
    for (key, value) in fields {
        text.push_str(&format!("  {key:width$} = {value}\n"));
    }
    text.push_str("}\n");
}

fn import(kind: &str, name: &str, id: &str, text: &mut String) {
    text.push_str(&format!("\nimport {{\n  to = {kind}.{name}\n  id = {id}\n}}\n"));
}

fn expression(value: &Value) -> String {
    let list = |items: Vec<String>| format!("[{}]", items.join(", "));
    match value {
        Value::None => "null".to_owned(),
        Value::Switch(is_on) => is_on.to_string(),
        Value::Text(text) => string(text),
        Value::Rate(rate) => rate.to_string(),
        Value::Numbers(numbers) => list(numbers.iter().map(ToString::to_string).collect()),
        Value::Texts(texts) => list(texts.iter().map(|text| string(text)).collect()),
    }
}

/// A text in quotes: as in JSON, without templates, and with every control character escaped in HCL's way.
fn string(text: &str) -> String {
    let mut quoted = String::from("\"");
    let mut rest = text.chars().peekable();
    let mut before = ' ';
    while let Some(char) = rest.next() {
        match char {
            // Of three signs in a row Terraform takes the first two for text.
            '$' | '%' if rest.peek() == Some(&'{') && before == char => {
                quoted.push_str(&format!("\\u{:04x}", u32::from(char)));
            }
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '$' | '%' if rest.peek() == Some(&'{') => {
                quoted.push(char);
                quoted.push(char);
            }
            control if control.is_control() || matches!(control, '\u{2028}' | '\u{2029}') => {
                quoted.push_str(&format!("\\u{:04x}", u32::from(control)));
            }
            other => quoted.push(other),
        }
        before = char;
    }
    quoted.push('"');
    quoted
}

/// An identifier of letters, digits, hyphens and underscores that begins with a letter, and that no other block has.
fn unique(text: &str, names: &mut HashSet<String>) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '-' || c == '_' { c } else { '_' };
    let plain: String = text.chars().map(plain).collect();
    let begins = plain.starts_with(|c: char| c.is_ascii_alphabetic());
    let plain = if begins { plain } else { format!("w_{plain}") };
    let numbered = (2..).map(|number| format!("{plain}_{number}"));
    let free = std::iter::once(plain.clone()).chain(numbered).find(|name| !names.contains(name)).unwrap_or_default();
    names.insert(free.clone());
    free
}
