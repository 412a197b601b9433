//! Workspaces with their limits, and memberships, as CSV.

use crate::csv;
use crate::domain::{Interval, Patch, Usd};
use crate::files::document::{Document, Entry};
use crate::files::read::{NONE, headings};
use crate::files::settings::{Setting, Value};

/// A byte order mark: without it Excel reads the file in an old encoding.
const MARK: char = '\u{feff}';

fn file(rows: impl IntoIterator<Item = Vec<String>>) -> String {
    [MARK.to_string(), csv::table(rows)].concat()
}

pub fn workspaces(document: &Document) -> String {
    let headings = headings();
    let names = headings.iter().map(|(name, _)| name.clone());
    let header = ["id".to_owned()].into_iter().chain(names).collect();
    let row = |entry: &Entry| {
        let id = entry.id.as_ref().map(ToString::to_string).unwrap_or_default();
        let settings = headings.iter().filter_map(|(_, setting)| *setting);
        let settings =
            settings.map(|setting| entry.settings.get(setting).map_or_else(String::new, |value| cell(setting, value)));
        let limit =
            |interval: Interval| match entry.budget.as_ref().map(|budget| budget.limits[interval.index()].clone()) {
                None | Some(Patch::Keep) => String::new(),
                Some(Patch::Clear) => NONE.to_owned(),
                Some(Patch::Set(limit)) => amount(limit),
            };
        let byok = entry.budget.as_ref().and_then(|budget| budget.counts_byok);
        let byok = byok.map_or("", |counts| if counts { "yes" } else { "no" }).to_owned();
        [id].into_iter().chain(settings).chain(Interval::ALL.map(limit)).chain([byok]).collect()
    };
    file([header].into_iter().chain(document.workspaces.iter().map(row)))
}

/// The digits of an amount. Three decimals are written as four, because a point before three digits is ambiguous.
fn amount(limit: Usd) -> String {
    let plain = limit.plain();
    let has_three = plain.split_once('.').is_some_and(|(_, fraction)| fraction.len() == 3);
    if has_three { [&plain, "0"].concat() } else { plain }
}

fn cell(setting: Setting, value: &Value) -> String {
    match value {
        Value::None if setting.is_clearable() => NONE.to_owned(),
        Value::None => String::new(),
        Value::Switch(is_on) => if *is_on { "yes" } else { "no" }.to_owned(),
        // In a table it could only be read as no text.
        Value::Text(text) if text.trim().eq_ignore_ascii_case(NONE) || text.trim().is_empty() => String::new(),
        Value::Text(text) => text.clone(),
        Value::Rate(rate) => rate.to_string(),
        Value::Numbers(numbers) => numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
        Value::Texts(texts) => texts.join(" "),
    }
}

pub fn memberships(document: &Document) -> String {
    let header =
        ["workspace", "workspace_slug", "workspace_id", "email", "user_id", "role"].map(str::to_owned).to_vec();
    let rows = document.workspaces.iter().flat_map(|entry| {
        let setting = |setting| entry.settings.text(setting).unwrap_or_default().to_owned();
        let id = entry.id.as_ref().map(ToString::to_string).unwrap_or_default();
        entry.members.iter().flatten().map(move |member| {
            let user = member.id.as_ref().map(ToString::to_string);
            let person = [member.email.clone(), user, member.role.clone()].map(Option::unwrap_or_default);
            [setting(Setting::Name), setting(Setting::Slug), id.clone()].into_iter().chain(person).collect()
        })
    });
    file([header].into_iter().chain(rows))
}
