//! The recorded spend of all workspaces, and what analytics can be asked for.

use std::collections::HashMap;

use super::reads::midnight;
use super::{ApiRead, Dated, Snapshots, Topic, once};
use crate::api::{ApiError, Client, activity, analytics};
use crate::browser::now;
use crate::domain::activity::days_by_workspace;
use crate::domain::timestamp::DAY;
use crate::domain::{ActivityDay, AnalyticsMeta, Interval, NamedDay, NamedSpend, SpendBy, WorkspaceId};

const A_MINUTE: i64 = 60;
const A_QUARTER_HOUR: i64 = 900;

/// Defines a read that no write invalidates: the key, the value, how long it is kept, whether the end of the UTC day
/// invalidates it, and the call with the time in Unix seconds.
macro_rules! spend_read {
    (
        $(#[$about:meta])*
        $key:ident $(($part:ty, $other:ty))? -> $value:ty, kept for $seconds:ident $(until $midnight:ident)?,
        |$client:ident, $self:ident, $at:ident| $call:expr
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub struct $key $((pub $part, pub $other))?;

        impl ApiRead for $key {
            type Value = $value;
            const KEEP_SECONDS: i64 = $seconds;

            fn topics(&self) -> Vec<Topic> {
                Vec::new()
            }

            fn read(&self, client: &Client) -> Snapshots<Self::Value> {
                let ($client, $self, $at) = (client.clone(), self.clone(), now());
                once(async move { $call })
            }

            $(fn expires_at(&self, read_at: i64) -> Option<i64> {
                $midnight(read_at)
            })?
        }
    };
}

spend_read! {
    /// What analytics can be asked for.
    AnalyticsSchema -> AnalyticsMeta, kept for A_QUARTER_HOUR,
    |client, _key, _at| analytics::meta(&client).await
}

spend_read! {
    /// The spend of all workspaces since the month began in UTC, by the API's records: one query.
    SpendThisMonth -> Dated<NamedSpend>, kept for A_MINUTE until midnight,
    |client, _key, at| {
        // A time always has a month.
        let start = Interval::Monthly.running(at).map_or(at, |(start, _)| start);
        dated(at, analytics::by_workspace(&client, start, at).await)
    }
}

spend_read! {
    /// The spend of all workspaces since midnight UTC, by the API's records: one query.
    SpendToday -> Dated<NamedSpend>, kept for A_MINUTE until midnight,
    |client, _key, at| {
        let start = at.div_euclid(DAY) * DAY;
        dated(at, analytics::by_workspace(&client, start, at).await)
    }
}

/// The completed days of all workspaces.
#[derive(Debug, Clone, PartialEq)]
pub struct CompletedDays {
    /// `None` where a sum has more digits than an amount can have.
    pub by_workspace: HashMap<WorkspaceId, Option<Vec<ActivityDay>>>,
    /// When they were asked for, in Unix seconds.
    pub at: i64,
}

spend_read! {
    /// The spend of all workspaces on each of the last 30 completed UTC days: one call.
    SpendByDay -> CompletedDays, kept for A_QUARTER_HOUR until midnight,
    |client, _key, at| {
        let rows = activity::by_workspace(&client).await?;
        Ok(CompletedDays { by_workspace: days_by_workspace(&rows), at })
    }
}

spend_read! {
    /// The spend of a workspace by API key or person and day: one query.
    NamedSpendByDay(WorkspaceId, SpendBy) -> Dated<NamedDay>, kept for A_MINUTE until midnight,
    |client, key, at| dated(at, analytics::by_day(&client, &key.0, key.1, at).await)
}

fn dated<T>(at: i64, rows: Result<Vec<T>, ApiError>) -> Result<Dated<T>, ApiError> {
    Ok(Dated { rows: rows?, at })
}
