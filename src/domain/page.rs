//! Pages of a list.

/// The largest page that the API returns.
pub const MAX_LIMIT: u32 = 100;

/// Which part of a list to return: `offset` ≥ 0, `limit` 1–100.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageRequest {
    /// How many rows to skip.
    pub offset: u64,
    /// The most rows to return.
    pub limit: u32,
}

/// A row that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadRow {
    /// The row's `id`, if it has one.
    pub id: Option<String>,
    /// Where in the response the problem is, such as `data[3].slug`.
    pub path: String,
    pub detail: String,
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows, in the server's order.
    pub rows: Vec<T>,
    pub bad: Vec<BadRow>,
    pub total: Option<u64>,
}

impl<T> Page<T> {
    /// How many rows the server sent, readable or not.
    pub fn received(&self) -> usize {
        self.rows.len() + self.bad.len()
    }
}
