//! The recorded spend of all workspaces, as views observe it: one call for the completed days, one query for today.

use std::sync::Arc;

use leptos::prelude::*;

use crate::api::ApiError;
use crate::data::{
    AnalyticsSchema, CompletedDays, Data, Dated, Remote, Shared, SpendByDay, SpendToday, Workspaces, use_data,
};
use crate::domain::analytics::BY_WORKSPACE;
use crate::domain::timestamp::DAY;
use crate::domain::{AnalyticsMeta, NamedSpend, inline_message};
use crate::search::records::AllRecords;

#[derive(Clone, Copy)]
pub(crate) struct RecordsOfAll {
    meta: Data<AnalyticsMeta>,
    days: Data<CompletedDays>,
    today: Data<Dated<NamedSpend>>,
    pub state: Memo<RecordsState>,
}

/// What is known of the records.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum RecordsState {
    Loading,
    Known(Arc<AllRecords>),
    /// Why the sums over the API keys are all there is.
    Missing(String),
}

impl RecordsState {
    pub fn known(&self) -> Option<&Arc<AllRecords>> {
        if let Self::Known(records) = self { Some(records) } else { None }
    }
}

impl RecordsOfAll {
    /// Reads the records again, in one call and one query.
    pub fn refetch(&self) {
        self.meta.refetch();
        self.days.refetch();
        self.today.refetch();
    }
}

/// Observes the records while `is_needed`. The query is sent only if the account has what it asks for.
pub(crate) fn use_records_of_all(
    workspaces: Workspaces,
    is_needed: impl Fn() -> bool + Copy + Send + Sync + 'static,
) -> RecordsOfAll {
    let meta = use_data(move || is_needed().then_some(AnalyticsSchema));
    let can_ask = move || meta.get().is_some_and(|meta| meta.missing(BY_WORKSPACE).is_none());
    let days = use_data(move || can_ask().then_some(SpendByDay));
    let today = use_data(move || can_ask().then_some(SpendToday));
    let state = Memo::new(move |_| {
        if let Some(state) = workspaces.data.state.with(|state| match state {
            _ if state.is_loading() => Some(RecordsState::Loading),
            // A workspace that is not in the list may have the name of another.
            Remote::Ready(list, _) if list.unreadable.is_empty() => None,
            _ => Some(RecordsState::Missing("The list of workspaces isn’t complete.".to_owned())),
        }) {
            return state;
        }
        match read(meta, days, today) {
            Ok(Some((days, today))) if days.at.div_euclid(DAY) == today.at.div_euclid(DAY) => {
                let list = workspaces.rows();
                let all = list.iter().map(|row| row.workspace.as_ref());
                RecordsState::Known(Arc::new(AllRecords::new(&days.by_workspace, &today.rows, all, today.at)))
            }
            // One of them is read again after midnight.
            Ok(_) => RecordsState::Loading,
            Err(reason) => RecordsState::Missing(reason),
        }
    });
    RecordsOfAll { meta, days, today, state }
}

type Parts = (Shared<CompletedDays>, Shared<Dated<NamedSpend>>);

/// Both parts once they are there, or why there will be none. Tracked.
fn read(
    meta: Data<AnalyticsMeta>,
    days: Data<CompletedDays>,
    today: Data<Dated<NamedSpend>>,
) -> Result<Option<Parts>, String> {
    let refusal = |error: &ApiError| inline_message(&error.sentence());
    let Some(known) = present(&meta.state.get(), refusal)? else { return Ok(None) };
    if let Some(name) = known.missing(BY_WORKSPACE) {
        return Err(format!("Analytics of this account has no “{name}”."));
    }
    let (days, today) = (days.state.get(), today.state.get());
    Ok(present(&days, refusal)?.zip(present(&today, refusal)?))
}

fn present<T: Clone>(state: &Remote<T>, refusal: impl Fn(&ApiError) -> String) -> Result<Option<T>, String> {
    match state {
        Remote::Loading => Ok(None),
        Remote::Ready(value, _) => Ok(Some(value.clone())),
        Remote::Failed(error) => Err(refusal(error)),
    }
}
