//! The spend of a team.
//!
//! Invariant: amounts are multiples of a hundredth of a cent, so that sums look like money.

use time::{Date, Duration, Weekday};

use super::Team;
use crate::{
    clock,
    seed::{models, random::Random},
    wire::{ActivityItem, Usage},
};

/// The spend of a team on each of the last 40 days, ending with today.
pub struct Spend {
    days: Vec<(Date, f64)>,
    before: f64,
    byok_share: f64,
}

/// More than a month, to cover the current month.
const DAYS: i64 = 40;

impl Spend {
    /// Spend is low on weekends, and varies every day.
    pub fn make(random: &mut Random, team: &Team) -> Self {
        let today = random.now().date();
        let so_far = f64::from(random.now().hour()) / 24.0;
        let days = (0..DAYS).rev().map(|ago| {
            let date = today - Duration::days(ago);
            let rhythm = match date.weekday() {
                Weekday::Saturday => 0.22,
                Weekday::Sunday => 0.15,
                Weekday::Friday => 0.8,
                _ => 1.0,
            };
            let part = if ago == 0 { so_far.max(0.1) } else { 1.0 };
            (date, cents(team.daily_usd * rhythm * part * random.within(0.7, 1.3)))
        });
        let days: Vec<_> = days.collect();
        let months = (team.created_days_ago - DAYS).max(0);
        let before = cents(team.daily_usd * 0.4 * f64::from(i32::try_from(months).unwrap_or(0)));
        Self { days, before, byok_share: team.byok_share }
    }

    /// Splits the spend among the team's keys. Keys that have ended share the earlier spend.
    pub fn shares(&self, random: &mut Random, team: &Team) -> Vec<f64> {
        let mut shares = Vec::new();
        for count in [team.keys.len(), team.disabled_keys.len(), team.expired_keys.len()] {
            let weights: Vec<f64> = (0..count).map(|_| random.within(0.2, 1.0)).collect();
            let sum: f64 = weights.iter().sum();
            shares.extend(weights.iter().map(|weight| weight / sum));
        }
        shares
    }

    /// Returns the spend of a key with this share.
    pub fn of_key(&self, share: f64, is_active: bool) -> Usage {
        let Some((today, _)) = self.days.last().copied() else { return Usage::default() };
        let monday = today - Duration::days(i64::from(today.weekday().number_days_from_monday()));
        let since = |from: Date| -> f64 {
            if is_active { self.days.iter().filter(|(date, _)| *date >= from).map(|(_, usd)| usd).sum() } else { 0.0 }
        };
        let month = today.replace_day(1).unwrap_or(today);
        let daily = since(today) * share;
        let (weekly, monthly) = (since(monday) * share, since(month) * share);
        let all = since(Date::MIN) * share;
        let total = all + self.before * share * if is_active { 0.7 } else { 0.15 };
        let [usage_daily, usage_weekly, usage_monthly, usage] = [daily, weekly, monthly, total].map(cents);
        let byok = |usd: f64| cents(usd * self.byok_share);
        Usage {
            usage,
            usage_daily,
            usage_weekly,
            usage_monthly,
            byok_usage: byok(usage),
            byok_usage_daily: byok(usage_daily),
            byok_usage_weekly: byok(usage_weekly),
            byok_usage_monthly: byok(usage_monthly),
        }
    }

    /// Returns the activity of the last 30 completed days, by model.
    pub fn activity(&self, random: &mut Random, team: &Team) -> Vec<ActivityItem> {
        let completed = self.days.len() - 1;
        let days = &self.days[completed.saturating_sub(30)..completed];
        days.iter().flat_map(|(date, usd)| self.day(random, team, *date, *usd)).collect()
    }

    /// Returns the activity of today, by model.
    pub fn today(&self, random: &mut Random, team: &Team) -> Vec<ActivityItem> {
        self.days.last().map(|(date, usd)| self.day(random, team, *date, *usd)).unwrap_or_default()
    }

    fn day(&self, random: &mut Random, team: &Team, date: Date, usd: f64) -> Vec<ActivityItem> {
        let mut items = Vec::new();
        let mut left = usd;
        for (index, model) in team.models.iter().enumerate() {
            let is_last = index + 1 == team.models.len();
            let usage = if is_last { cents(left) } else { cents(left * random.within(0.4, 0.7)) };
            left -= usage;
            if usage > 0.0 {
                items.push(self.item(random, date, model, usage));
            }
        }
        items
    }

    fn item(&self, random: &mut Random, date: Date, model: &str, usage: f64) -> ActivityItem {
        let (prompt_price, completion_price) = prices(model);
        // A quarter of the spend is for input, the rest for output.
        let prompt_tokens = whole(usage * 0.25 / prompt_price);
        let completion_tokens = whole(usage * 0.75 / completion_price);
        ActivityItem {
            date: clock::date(date),
            model: model.to_owned(),
            model_permaslug: model.to_owned(),
            endpoint_id: String::new(),
            provider_name: provider(model).to_owned(),
            usage,
            byok_usage_inference: cents(usage * self.byok_share),
            requests: whole(usage / random.within(0.004, 0.03)).max(1),
            prompt_tokens,
            completion_tokens,
            reasoning_tokens: completion_tokens / 5,
            cached_tokens: prompt_tokens / 3,
            workspace_id: None,
        }
    }
}

/// Splits an item into parts with these shares, which add up to it.
pub fn split(item: &ActivityItem, shares: &[f64]) -> Vec<ActivityItem> {
    let sum: f64 = shares.iter().sum();
    let mut rest = item.clone();
    let mut parts = Vec::with_capacity(shares.len());
    for (index, share) in shares.iter().enumerate() {
        if index + 1 == shares.len() {
            parts.push(rest);
            break;
        }
        let part = scaled(item, share / sum);
        rest.usage = cents(rest.usage - part.usage);
        rest.byok_usage_inference = cents(rest.byok_usage_inference - part.byok_usage_inference);
        rest.requests -= part.requests;
        rest.prompt_tokens -= part.prompt_tokens;
        rest.completion_tokens -= part.completion_tokens;
        rest.reasoning_tokens -= part.reasoning_tokens;
        rest.cached_tokens -= part.cached_tokens;
        parts.push(part);
    }
    parts
}

/// Returns an item with a share of all numbers.
#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "the counts are small")]
pub fn scaled(item: &ActivityItem, share: f64) -> ActivityItem {
    let count = |number: i64| (number as f64 * share) as i64;
    ActivityItem {
        usage: cents(item.usage * share),
        byok_usage_inference: cents(item.byok_usage_inference * share),
        requests: count(item.requests),
        prompt_tokens: count(item.prompt_tokens),
        completion_tokens: count(item.completion_tokens),
        reasoning_tokens: count(item.reasoning_tokens),
        cached_tokens: count(item.cached_tokens),
        ..item.clone()
    }
}

/// Prices in US dollars per token, of input and output.
fn prices(id: &str) -> (f64, f64) {
    let pricing = models().find(|model| model.id == id).map(|model| model.pricing);
    let price = |text: Option<&str>| text.and_then(|text| text.parse().ok()).filter(|usd| *usd > 0.0).unwrap_or(1e-6);
    (price(pricing.as_ref().map(|all| all.prompt)), price(pricing.as_ref().map(|all| all.completion)))
}

fn provider(model: &str) -> &'static str {
    match model.split('/').next() {
        Some("openai") => "OpenAI",
        Some("anthropic") => "Anthropic",
        Some("google") => "Google Vertex",
        Some("x-ai") => "xAI",
        Some("mistralai") => "Mistral",
        Some("deepseek") => "DeepSeek",
        Some("black-forest-labs") => "Black Forest Labs",
        _ => "DeepInfra",
    }
}

/// Rounds to a hundredth of a cent.
fn cents(usd: f64) -> f64 {
    (usd * 10_000.0).round() / 10_000.0
}

#[expect(clippy::cast_possible_truncation, reason = "the amounts are small")]
fn whole(number: f64) -> i64 {
    number.round() as i64
}
