//! An API key as it was entered, to create it or to change it.

use crate::domain::timestamp::DAY;
use crate::domain::{
    ApiKey, CreateKey, KeyName, LimitReset, Patch, Timestamp, UpdateKey, Usd, UserId, WorkspaceId, words,
};

words! {
    /// When a new key expires.
    Expiry { Never = "never", Days30 = "30", Days90 = "90", Year = "365", Date = "date" }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyField {
    Name,
    Workspace,
    Limit,
    Date,
    Owner,
}

/// Each field that has a problem, with the problem.
pub type KeyProblems = Vec<(KeyField, String)>;

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KeyForm {
    pub name: String,
    /// In US dollars, as it was typed. Empty for no limit.
    pub limit: String,
    /// The word of the reset. Empty for never.
    pub reset: String,
    pub counts_byok: bool,
    pub is_disabled: bool,
    pub expiry: Expiry,
    /// `YYYY-MM-DD`, the last day on which the key works.
    pub date: String,
}

impl KeyForm {
    /// The values of a key. Its expiry, which can't change, is taken where it lies ahead of `now` (Unix seconds).
    pub fn of(key: &ApiKey, now: i64) -> Self {
        let ahead = key.expires_at.as_ref().filter(|at| at.unix_seconds().is_some_and(|at| at > now));
        Self {
            name: key.name.clone(),
            limit: key.limit.map(Usd::input_text).unwrap_or_default(),
            reset: key.limit_reset.as_ref().map(|reset| reset.as_str().to_owned()).unwrap_or_default(),
            counts_byok: key.include_byok_in_limit,
            is_disabled: key.disabled,
            expiry: if ahead.is_some() { Expiry::Date } else { Expiry::Never },
            date: ahead.map(|at| at.date().to_owned()).unwrap_or_default(),
        }
    }

    /// The request for a new key at `now` (Unix seconds). `workspace` and `owner` are `None` where what was entered names
    /// none.
    pub fn creation(
        &self,
        workspace: Option<WorkspaceId>,
        owner: Option<Option<UserId>>,
        now: i64,
    ) -> Result<CreateKey, KeyProblems> {
        let mut problems = Vec::new();
        let name = self.name(&mut problems);
        if workspace.is_none() {
            problems.push((KeyField::Workspace, "Choose a workspace".to_owned()));
        }
        let limit = self.limit(None, &mut problems);
        let expires_at = self.expires_at(now);
        if let Err(problem) = expires_at {
            problems.push((KeyField::Date, problem.to_owned()));
        }
        if owner.is_none() {
            problems.push((KeyField::Owner, "Choose a person from the list, or enter a person’s ID".to_owned()));
        }
        match (name, workspace, limit, expires_at, owner) {
            (Some(name), Some(workspace_id), Some(limit), Ok(expires_at), Some(creator_user_id)) => Ok(CreateKey {
                name,
                workspace_id,
                limit,
                limit_reset: limit.and_then(|_| self.reset()),
                include_byok_in_limit: self.counts_byok,
                expires_at,
                creator_user_id,
            }),
            _ => Err(problems),
        }
    }

    /// When a key that is created at `now` (Unix seconds) expires, or what is wrong with the date.
    pub fn expires_at(&self, now: i64) -> Result<Option<Timestamp>, &'static str> {
        match self.expiry {
            Expiry::Never => Ok(None),
            Expiry::Days30 => Ok(Timestamp::from_unix_seconds(now + 30 * DAY)),
            Expiry::Days90 => Ok(Timestamp::from_unix_seconds(now + 90 * DAY)),
            Expiry::Year => Ok(Timestamp::from_unix_seconds(now + 365 * DAY)),
            Expiry::Date => match Timestamp::end_of_day(&self.date) {
                Some(end) if end.unix_seconds().is_some_and(|at| at > now) => Ok(Some(end)),
                Some(_) => Err("Choose a day in the future"),
                None => Err("Enter a date, such as 2027-12-31"),
            },
        }
    }

    /// The request that makes this of a key. `workspace` is where it belongs, or `None` where what was entered names none.
    pub fn change(&self, base: &ApiKey, workspace: Option<WorkspaceId>) -> Result<UpdateKey, KeyProblems> {
        let mut problems = Vec::new();
        let name = if self.name == base.name { None } else { self.name(&mut problems) };
        if workspace.is_none() {
            problems.push((KeyField::Workspace, "Choose a workspace".to_owned()));
        }
        let limit = self.limit(base.limit, &mut problems);
        if !problems.is_empty() {
            return Err(problems);
        }
        let limit = limit.flatten();
        let reset = limit.and_then(|_| self.reset());
        Ok(UpdateKey {
            name,
            disabled: (self.is_disabled != base.disabled).then_some(self.is_disabled),
            limit: Patch::between(base.limit.as_ref(), limit),
            limit_reset: Patch::between(base.limit_reset.as_ref(), reset),
            include_byok_in_limit: (self.counts_byok != base.include_byok_in_limit).then_some(self.counts_byok),
            workspace_id: workspace.filter(|id| base.workspace_id.as_ref().is_some_and(|now| now != id)),
        })
    }

    fn name(&self, problems: &mut KeyProblems) -> Option<KeyName> {
        let name = KeyName::parse(&self.name);
        name.map_err(|problem| problems.push((KeyField::Name, problem.to_string()))).ok()
    }

    /// The limit, which may be the one of before although it is zero.
    fn limit(&self, before: Option<Usd>, problems: &mut KeyProblems) -> Option<Option<Usd>> {
        if self.limit.trim().is_empty() {
            return Some(None);
        }
        let problem = match Usd::parse(&self.limit) {
            Ok(limit) if limit.is_zero() && before != Some(limit) => "Enter an amount above $0".to_owned(),
            Ok(limit) => return Some(Some(limit)),
            Err(problem) => problem.to_string(),
        };
        problems.push((KeyField::Limit, problem));
        None
    }

    fn reset(&self) -> Option<LimitReset> {
        (!self.reset.is_empty()).then(|| LimitReset::from(self.reset.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_795_910_400;

    fn workspace(id: &str) -> Option<WorkspaceId> {
        WorkspaceId::parse(id).ok()
    }

    fn text(form: &KeyForm) -> Result<String, KeyProblems> {
        form.creation(workspace("w"), Some(None), NOW).map(|body| serde_json::to_string(&body).unwrap())
    }

    #[test]
    fn a_new_key_has_what_was_entered() {
        let form = KeyForm { name: " CI ".to_owned(), reset: "daily".to_owned(), ..KeyForm::default() };
        let plain = r#"{"name":"CI","workspace_id":"w","limit":null,"limit_reset":null,"include_byok_in_limit":false,"expires_at":null}"#;
        assert_eq!(text(&form).as_deref(), Ok(plain));
        let form = KeyForm { limit: "$1,250.5".to_owned(), expiry: Expiry::Days30, ..form };
        let body = text(&form).unwrap();
        assert!(body.contains(r#""limit":1250.5,"limit_reset":"daily""#), "{body}");
        assert!(body.contains(r#""expires_at":"2026-12-29T00:00:00Z""#), "{body}");
        let form = KeyForm { expiry: Expiry::Date, date: "2027-03-01".to_owned(), ..form };
        assert!(text(&form).unwrap().contains("2027-03-01T23:59:59Z"));
    }

    #[test]
    fn each_problem_is_at_its_field() {
        let form = KeyForm {
            limit: "0".to_owned(),
            expiry: Expiry::Date,
            date: "2020-01-01".to_owned(),
            ..KeyForm::default()
        };
        let problems = form.creation(None, None, NOW).unwrap_err();
        let fields: Vec<_> = problems.into_iter().map(|(field, _)| field).collect();
        let all = [KeyField::Name, KeyField::Workspace, KeyField::Limit, KeyField::Date, KeyField::Owner];
        assert_eq!(fields, all);
    }

    #[test]
    fn only_what_differs_is_changed() {
        let json = r#"{"hash":"a","name":"CI","limit":10.50,"limit_reset":"weekly","workspace_id":"w"}"#;
        let key: ApiKey = serde_json::from_str(json).unwrap();
        let form = KeyForm::of(&key, NOW);
        assert!(form.change(&key, workspace("w")).unwrap().is_empty());
        let text = |form: &KeyForm, to| serde_json::to_string(&form.change(&key, workspace(to)).unwrap()).unwrap();
        assert_eq!(text(&form, "v"), r#"{"workspace_id":"v"}"#);
        let unlimited = KeyForm { limit: String::new(), ..form.clone() };
        assert_eq!(text(&unlimited, "w"), r#"{"limit":null,"limit_reset":null}"#);
        let renamed = KeyForm { name: "Batch".to_owned(), is_disabled: true, ..form.clone() };
        assert_eq!(text(&renamed, "w"), r#"{"name":"Batch","disabled":true}"#);
        assert!(KeyForm { name: " ".to_owned(), ..form }.change(&key, workspace("w")).is_err());
    }
}
