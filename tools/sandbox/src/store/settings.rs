//! Settings of the sandbox itself.

use rusqlite::{OptionalExtension, Transaction};

/// Returns the value of a setting.
pub fn get(transaction: &Transaction<'_>, name: &str) -> rusqlite::Result<Option<String>> {
    transaction.query_row("SELECT value FROM settings WHERE name = ?1", [name], |row| row.get(0)).optional()
}

/// Sets a setting.
pub fn set(transaction: &Transaction<'_>, name: &str, value: &str) -> rusqlite::Result<()> {
    transaction.execute("INSERT OR REPLACE INTO settings (name, value) VALUES (?1, ?2)", [name, value])?;
    Ok(())
}
