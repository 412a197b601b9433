//! A realistic organization: Meridian Labs.
//!
//! Invariant: the numbers are consistent. A key's spend is part of its workspace's, a day's activity is the spend of
//! the keys on that day, and daily ≤ weekly ≤ monthly ≤ total.

mod spend;
mod teams;

use rusqlite::Transaction;
use spend::{Spend, scaled, split};
use teams::{TEAMS, Team};
use time::Time;

use super::{empty, people, random::Random};
use crate::{
    clock,
    store::{
        activity::{self, Caller},
        budgets, keys, members, organization,
        organization::Person,
        workspaces,
    },
    wire::{Key, Usd, Workspace},
};

const PEOPLE: usize = 240;
/// The index of the person whose memberships the identity provider manages, in `production` and `interns`.
const MANAGED: usize = 137;
/// How many days ago the disabled keys were disabled, and the expired ones expired.
const ENDED_DAYS_AGO: i64 = 12;

/// Creates the organization.
pub fn fill(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    let mut random = Random::new(20_260_131);
    let mut people = people::make(&mut random, PEOPLE);
    for (index, person) in people.iter_mut().enumerate() {
        // The first ones joined at the start, the others over two years.
        let most = if index < 8 { 733 } else { 700 - 680 * index / PEOPLE };
        person.joined_at = random.days_ago(i64::try_from(most).unwrap_or(0));
        person.is_scim = index == MANAGED;
        organization::insert(transaction, person)?;
    }
    for team in TEAMS {
        fill_team(transaction, &mut random, team, &people)?;
    }
    Ok(())
}

fn fill_team(
    transaction: &Transaction<'_>,
    random: &mut Random,
    team: &Team,
    people: &[Person],
) -> rusqlite::Result<()> {
    let creator = &people[random.below(8)];
    let created_at = random.days_ago(team.created_days_ago);
    let id = random.uuid();
    let mut workspace = empty::workspace(id, team.name, team.slug, Some(creator.id.clone()), created_at);
    workspace.description = team.description.map(str::to_owned);
    workspace.default_text_model = team.models.first().map(|model| (*model).to_owned());
    workspace.updated_at = team.updated_days_ago.map(|days| random.days_ago(days));
    workspace.include_byok_in_budgets = team.include_byok;
    if team.slug == "compliance" {
        set_everything(&mut workspace);
    }
    workspaces::insert(transaction, &workspace)?;
    for (interval, limit) in team.budgets {
        let limit: Usd = limit.parse().map_err(|_| rusqlite::Error::InvalidQuery)?;
        let set_at = workspace.updated_at.as_ref().unwrap_or(&workspace.created_at);
        budgets::insert(transaction, &workspace.id, *interval, &limit, set_at)?;
    }
    let chosen = choose_members(random, team, people);
    for person in &chosen {
        let at = workspace.created_at.clone().max(person.joined_at.clone());
        members::insert(transaction, &workspace.id, &person.id, person.role, &at)?;
    }
    // All people are members of the default workspace.
    let creators: Vec<&Person> = if chosen.is_empty() { people.iter().take(20).collect() } else { chosen };
    let spend = Spend::make(random, team);
    let active = fill_keys(transaction, random, team, &workspace, &spend, &creators)?;
    let mut items = spend.activity(random, team);
    // With random values of its own, so that the other ones do not depend on today.
    items.extend(spend.today(&mut Random::new(20_260_201), team));
    let now = random.now();
    for item in items {
        let is_today = item.date == clock::date(now.date());
        let noon = format!("{}T12:00:00.000000Z", item.date);
        let at = if is_today {
            clock::timestamp(now.replace_time(Time::MIDNIGHT) + (now.time() - Time::MIDNIGHT) / 2)
        } else {
            noon
        };
        let shares: Vec<f64> = active.iter().map(|key| key.share).collect();
        for (key, part) in active.iter().zip(split(&item, &shares)) {
            let caller = Caller { key_hash: Some(&key.hash), user_id: key.creator.as_deref() };
            activity::insert(transaction, &workspace.id, caller, &at, &part)?;
        }
        if team.chat_share > 0.0 {
            let caller = Caller { key_hash: None, user_id: creators.first().map(|person| person.id.as_str()) };
            activity::insert(transaction, &workspace.id, caller, &at, &scaled(&item, team.chat_share))?;
        }
    }
    Ok(())
}

/// An active key, and its part of the workspace's spend.
struct ActiveKey {
    hash: String,
    creator: Option<String>,
    share: f64,
}

fn choose_members<'a>(random: &mut Random, team: &Team, people: &'a [Person]) -> Vec<&'a Person> {
    let mut chosen: Vec<&Person> = people.iter().collect();
    random.shuffle(&mut chosen);
    chosen.retain(|person| !person.is_scim);
    chosen.truncate(team.members);
    if ["production", "interns"].contains(&team.slug)
        && let Some(last) = chosen.last_mut()
    {
        *last = &people[MANAGED];
    }
    chosen
}

/// The state of a key.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Active,
    Disabled,
    Expired,
}

fn fill_keys(
    transaction: &Transaction<'_>,
    random: &mut Random,
    team: &Team,
    workspace: &Workspace,
    spend: &Spend,
    creators: &[&Person],
) -> rusqlite::Result<Vec<ActiveKey>> {
    let mut active = Vec::new();
    let kinds = [(team.keys, Kind::Active), (team.disabled_keys, Kind::Disabled), (team.expired_keys, Kind::Expired)];
    let names = kinds.into_iter().flat_map(|(names, kind)| names.iter().map(move |name| (name, kind)));
    let shares = spend.shares(random, team);
    for ((name, kind), share) in names.zip(shares) {
        let ended = (kind != Kind::Active).then(|| random.days_ago(ENDED_DAYS_AGO));
        let limit = (random.below(3) == 0).then(|| 250.0 * (1.0 + team.daily_usd.round()));
        let usage = spend.of_key(share, kind == Kind::Active);
        // Older than the day on which some keys ended.
        let age = usize::try_from(team.created_days_ago - ENDED_DAYS_AGO - 1).unwrap_or(1);
        let created_days_ago = ENDED_DAYS_AGO + 1 + i64::try_from(random.below(age)).unwrap_or(0);
        let key = Key {
            hash: random.hex(64),
            name: (*name).to_owned(),
            label: format!("sk-or-v1-{}...{}", random.hex(3), random.hex(3)),
            disabled: kind == Kind::Disabled,
            // The managed person has none, so that only one reason blocks the removal.
            creator_user_id: Some(creators[random.below(creators.len() - 1)].id.clone()),
            external_user: None,
            workspace_id: workspace.id.clone(),
            limit,
            limit_remaining: None,
            limit_reset: limit.is_some().then(|| "monthly".to_owned()),
            include_byok_in_limit: team.include_byok,
            usage,
            expires_at: ended.clone().filter(|_| kind == Kind::Expired),
            last_used_at: (usage.usage_daily > 0.0).then(|| clock::timestamp(random.now())),
            created_at: random.days_ago(created_days_ago),
            updated_at: ended.filter(|_| kind == Kind::Disabled),
        };
        keys::insert(transaction, &key)?;
        if kind == Kind::Active {
            active.push(ActiveKey { hash: key.hash, creator: key.creator_user_id, share });
        }
    }
    Ok(active)
}

/// One workspace has every optional field set.
fn set_everything(workspace: &mut Workspace) {
    workspace.default_text_model = Some("anthropic/claude-sonnet-4.5".to_owned());
    workspace.default_image_model = Some("google/gemini-2.5-flash-image".to_owned());
    workspace.default_provider_sort = Some("latency".to_owned());
    workspace.is_observability_io_logging_enabled = true;
    workspace.is_observability_broadcast_enabled = true;
    workspace.is_data_discount_logging_enabled = true;
    workspace.io_logging_sampling_rate = 0.25;
    workspace.io_logging_api_key_ids = Some(vec![104_211, 104_377, 118_002]);
    workspace.disabled_server_tools = Some(vec!["openrouter:web_search".to_owned(), "openrouter:bash".to_owned()]);
}
