//! The credits of the account.

use serde::Serialize;

/// What the account has bought and used, in US dollars.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Credits {
    /// All credits ever bought.
    pub total_credits: f64,
    /// All credits ever used.
    pub total_usage: f64,
}
