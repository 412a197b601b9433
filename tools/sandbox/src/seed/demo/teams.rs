//! The workspaces of Meridian Labs.
//!
//! Invariant: the limits of each budget are in order. Tests rely on these workspaces: `production` has active keys,
//! `interns` has none and can be deleted, `hackathon` has only disabled keys, and `compliance` has every optional field
//! set.

use crate::wire::Interval::{self, Daily, Lifetime, Monthly, Weekly};

/// A workspace to create.
pub struct Team {
    pub slug: &'static str,
    pub name: &'static str,
    pub description: Option<&'static str>,
    pub created_days_ago: i64,
    pub updated_days_ago: Option<i64>,
    /// The spend on a working day, in US dollars.
    pub daily_usd: f64,
    /// BYOK spend, as a share of the other spend.
    pub byok_share: f64,
    /// Spend of the chat, which no key carries, as a share of the other spend.
    pub chat_share: f64,
    pub include_byok: bool,
    pub members: usize,
    pub keys: &'static [&'static str],
    pub disabled_keys: &'static [&'static str],
    /// Expired keys, which are not disabled.
    pub expired_keys: &'static [&'static str],
    pub budgets: &'static [(Interval, &'static str)],
    /// The models, most used first.
    pub models: &'static [&'static str],
}

const NOTHING: Team = Team {
    slug: "",
    name: "",
    description: None,
    created_days_ago: 0,
    updated_days_ago: None,
    daily_usd: 0.0,
    byok_share: 0.0,
    chat_share: 0.0,
    include_byok: false,
    members: 0,
    keys: &[],
    disabled_keys: &[],
    expired_keys: &[],
    budgets: &[],
    models: &[],
};

/// All teams, oldest first.
pub const TEAMS: &[Team] = &[
    Team {
        slug: "default",
        name: "Default Workspace",
        created_days_ago: 731,
        updated_days_ago: Some(201),
        daily_usd: 38.0,
        chat_share: 0.3,
        keys: &["Playground", "Office bots", "Wiki search"],
        disabled_keys: &["Old prototype"],
        budgets: &[(Monthly, "2500"), (Daily, "150")],
        models: &["openai/gpt-5-mini", "anthropic/claude-haiku-4.5"],
        ..NOTHING
    },
    Team {
        slug: "production",
        name: "Production",
        description: Some("Everything that customers touch. Changes need a second pair of eyes."),
        created_days_ago: 702,
        updated_days_ago: Some(3),
        daily_usd: 1_240.0,
        byok_share: 0.18,
        include_byok: true,
        members: 64,
        keys: &["API gateway", "Chat backend", "Document pipeline", "Nightly batch", "Search ranking"],
        disabled_keys: &["Chat backend (before rotation)"],
        budgets: &[(Lifetime, "1500000"), (Monthly, "42000"), (Weekly, "12000"), (Daily, "2500.50")],
        models: &["anthropic/claude-sonnet-4.5", "openai/gpt-5.1", "google/gemini-2.5-flash", "openai/gpt-5-nano"],
        ..NOTHING
    },
    Team {
        slug: "staging",
        name: "Staging",
        description: Some("Rehearsals for production, with its models and a tenth of its traffic."),
        created_days_ago: 698,
        updated_days_ago: Some(41),
        daily_usd: 96.0,
        members: 38,
        keys: &["Load test", "Preview deployments", "Smoke tests"],
        budgets: &[(Monthly, "3000"), (Weekly, "800"), (Daily, "90")],
        models: &["anthropic/claude-sonnet-4.5", "openai/gpt-5.1", "google/gemini-2.5-flash"],
        ..NOTHING
    },
    Team {
        slug: "research",
        name: "Research",
        description: Some("Evaluations, ablations, long contexts."),
        created_days_ago: 655,
        updated_days_ago: Some(9),
        daily_usd: 410.0,
        chat_share: 0.12,
        byok_share: 0.6,
        include_byok: true,
        members: 41,
        keys: &["Evaluation harness", "Long-context runs", "Notebook (shared)", "Reward models"],
        disabled_keys: &["Paper deadline"],
        expired_keys: &["Visiting researcher"],
        budgets: &[(Lifetime, "400000"), (Monthly, "15000"), (Weekly, "5000")],
        models: &["deepseek/deepseek-r1-0528", "anthropic/claude-opus-4.5", "qwen/qwen3-max", "openai/o3"],
    },
    Team {
        slug: "data-science",
        name: "Data Science & Analytics",
        created_days_ago: 540,
        daily_usd: 74.0,
        byok_share: 0.3,
        members: 22,
        keys: &["Forecasts", "SQL assistant"],
        budgets: &[(Weekly, "600"), (Daily, "120")],
        models: &["openai/gpt-4.1", "openai/gpt-5-mini"],
        ..NOTHING
    },
    Team {
        slug: "customer-support",
        name: "Customer Support 24/7",
        description: Some("Drafts answers in 31 languages; a person sends them."),
        created_days_ago: 498,
        updated_days_ago: Some(0),
        daily_usd: 210.0,
        members: 57,
        keys: &["Helpdesk", "Knowledge base", "Voice transcripts"],
        budgets: &[(Monthly, "6000"), (Daily, "300")],
        models: &["google/gemini-2.5-flash", "anthropic/claude-haiku-4.5"],
        ..NOTHING
    },
    Team {
        slug: "marketing-muenchen",
        name: "Marketing München",
        description: Some("Texte und Bilder für Kampagnen"),
        created_days_ago: 430,
        updated_days_ago: Some(120),
        daily_usd: 31.0,
        members: 14,
        keys: &["Bildgenerator", "Newsletter"],
        budgets: &[(Monthly, "750")],
        models: &["google/gemini-2.5-flash-image", "openai/gpt-5-mini"],
        ..NOTHING
    },
    Team {
        slug: "mobile-apps",
        name: "Mobile Apps",
        created_days_ago: 377,
        updated_days_ago: Some(64),
        daily_usd: 128.0,
        members: 26,
        keys: &["Android", "iOS"],
        disabled_keys: &["iOS beta"],
        models: &["openai/gpt-5-nano", "google/gemini-2.5-flash-lite"],
        ..NOTHING
    },
    Team {
        slug: "compliance",
        name: "Compliance & Audit",
        description: Some("Logged, sampled and reviewed. Ask legal before you change anything here."),
        created_days_ago: 263,
        updated_days_ago: Some(17),
        daily_usd: 22.0,
        byok_share: 0.1,
        include_byok: true,
        members: 9,
        keys: &["Contract review"],
        disabled_keys: &["Last year's audit"],
        budgets: &[(Lifetime, "20000"), (Monthly, "1200"), (Weekly, "400"), (Daily, "79.99")],
        models: &["anthropic/claude-sonnet-4.5"],
        ..NOTHING
    },
    Team {
        slug: "computational-linguistics-low-resource-languages",
        name: "Computational Linguistics for Low-Resource Languages, with Field Recordings, Glosses and Corpora",
        description: Some(
            "Speech and text for languages that have few of either: Ainu, Breton, Cherokee, Faroese, Hausa, Inuktitut, \
             K'iche', Livonian, Māori, Navajo, Quechua, Sámi, Tamazight, Udmurt, Võro and Yucatec Maya. Recordings stay \
             with the communities that made them; only what they have agreed to leaves this workspace. Long prompts are \
             normal here, cheap models are preferred, and results are read by people who speak the language before \
             anybody else sees them. Write to the linguists first.",
        ),
        created_days_ago: 188,
        updated_days_ago: Some(30),
        daily_usd: 17.0,
        members: 11,
        keys: &["Glossing", "Transcription"],
        budgets: &[(Lifetime, "5000"), (Monthly, "600")],
        models: &["google/gemini-2.5-pro", "qwen/qwen3-235b-a22b-2507"],
        ..NOTHING
    },
    Team {
        slug: "hackathon",
        name: "Hackathon",
        description: Some("Over. Thanks to all 33 teams!"),
        created_days_ago: 96,
        updated_days_ago: Some(88),
        daily_usd: 12.0,
        members: 33,
        disabled_keys: &["Team Blue", "Team Green", "Team Orange"],
        budgets: &[(Lifetime, "1000")],
        ..NOTHING
    },
    Team { slug: "interns", name: "Interns", created_days_ago: 24, members: 18, ..NOTHING },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::Usd;

    #[test]
    fn the_ladders_are_in_order_and_the_texts_within_their_limits() {
        for team in TEAMS {
            let mut ladder: Vec<(Interval, Usd)> =
                team.budgets.iter().map(|(interval, limit)| (*interval, limit.parse().unwrap())).collect();
            ladder.sort_by_key(|(interval, _)| *interval);
            assert!(ladder.windows(2).all(|pair| pair[0].1 < pair[1].1), "{}", team.slug);
            assert!(team.slug.len() <= 50 && team.name.chars().count() <= 100, "{}", team.slug);
            assert!(team.description.is_none_or(|text| text.chars().count() <= 500), "{}", team.slug);
        }
    }
}
