//! The database, and transactions on it.
//!
//! Invariant: work runs in one transaction, which is committed only if the work succeeds. A transaction that can write
//! takes the write lock before it reads, so its checks are still true when it writes.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::{args::Location, error::ApiError};

/// The migrations of the schema, oldest first. A released migration is never edited.
const MIGRATIONS: &[&str] = &[include_str!("schema/1.sql"), include_str!("schema/2.sql")];
/// How long a transaction waits for another process.
const LOCK_PATIENCE: Duration = Duration::from_secs(10);

/// A handle to the database, which clones share.
#[derive(Clone)]
pub struct Database {
    connection: Arc<Mutex<Connection>>,
}

impl Database {
    /// Opens the database and brings its schema up to date.
    pub fn open(location: &Location) -> rusqlite::Result<Self> {
        let connection = match location {
            Location::Memory => Connection::open_in_memory()?,
            Location::File(path) => Connection::open(path)?,
        };
        connection.busy_timeout(LOCK_PATIENCE)?;
        connection.set_prepared_statement_cache_capacity(64);
        connection.pragma_update(None, "journal_mode", "WAL")?;
        // A sandbox can lose its last writes in a power failure. In return it does not wait for the disk.
        connection.pragma_update(None, "synchronous", "OFF")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        let database = Self { connection: Arc::new(Mutex::new(connection)) };
        database.now(TransactionBehavior::Immediate, migrate)?;
        Ok(database)
    }

    /// Reads on a blocking thread.
    pub async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, ApiError> + Send + 'static,
    ) -> Result<T, ApiError> {
        self.run(TransactionBehavior::Deferred, work).await
    }

    /// Reads and writes on a blocking thread. Rolls back if `work` fails.
    pub async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, ApiError> + Send + 'static,
    ) -> Result<T, ApiError> {
        self.run(TransactionBehavior::Immediate, work).await
    }

    /// Reads and writes on this thread.
    pub fn write_now<T, E: From<rusqlite::Error>>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.now(TransactionBehavior::Immediate, work)
    }

    async fn run<T: Send + 'static>(
        &self,
        behavior: TransactionBehavior,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, ApiError> + Send + 'static,
    ) -> Result<T, ApiError> {
        let database = self.clone();
        match tokio::task::spawn_blocking(move || database.now(behavior, work)).await {
            Ok(result) => result,
            Err(panicked) => Err(ApiError::internal(&panicked)),
        }
    }

    fn now<T, E: From<rusqlite::Error>>(
        &self,
        behavior: TransactionBehavior,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        // After a panic the data is still consistent: dropping a transaction rolls it back.
        let mut connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        let transaction = connection.transaction_with_behavior(behavior)?;
        let result = work(&transaction)?;
        transaction.commit()?;
        Ok(result)
    }
}

fn migrate(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    let done: u32 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let mut version = 0;
    for migration in MIGRATIONS {
        version += 1;
        if version <= done {
            continue;
        }
        transaction.execute_batch(migration)?;
    }
    transaction.pragma_update(None, "user_version", version.max(done))
}
