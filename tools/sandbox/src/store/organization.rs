//! The people of the organization in the database.

use rusqlite::{OptionalExtension, Transaction, named_params};

use crate::{
    paging::Page,
    wire::{Listing, OrganizationMember, Role},
};

/// A row of the table.
pub struct Person {
    /// The ID in the API.
    pub id: String,
    /// The email address.
    pub email: String,
    /// Null if unknown.
    pub first_name: Option<String>,
    /// Null if unknown.
    pub last_name: Option<String>,
    /// The role in the organization.
    pub role: Role,
    /// Whether the identity provider manages the person's memberships.
    pub is_scim: bool,
    /// ISO 8601 in UTC.
    pub joined_at: String,
}

/// Returns a page of the people.
pub fn list(transaction: &Transaction<'_>, page: Page) -> rusqlite::Result<Listing<OrganizationMember>> {
    let data = transaction
        .prepare_cached("SELECT id, email, first_name, last_name, role FROM people ORDER BY seq LIMIT ?1 OFFSET ?2")?
        .query_map([page.limit, page.offset], |row| {
            Ok(OrganizationMember {
                id: row.get(0)?,
                email: row.get(1)?,
                first_name: row.get(2)?,
                last_name: row.get(3)?,
                role: match Role::from_name(&row.get::<_, String>(4)?) {
                    Role::Admin => "org:admin",
                    Role::Member => "org:member",
                },
            })
        })?
        .collect::<Result<_, _>>()?;
    Ok(Listing { data, total_count: count(transaction)? })
}

/// Returns the number of people.
pub fn count(transaction: &Transaction<'_>) -> rusqlite::Result<u32> {
    transaction.query_row("SELECT count(*) FROM people", [], |row| row.get(0))
}

/// Returns the owner of the management key: the first person.
pub fn owner(transaction: &Transaction<'_>) -> rusqlite::Result<Option<String>> {
    transaction.query_row("SELECT id FROM people ORDER BY seq LIMIT 1", [], |row| row.get(0)).optional()
}

/// Whether a person is in the organization.
pub fn has(transaction: &Transaction<'_>, user_id: &str) -> rusqlite::Result<bool> {
    transaction.prepare_cached("SELECT 1 FROM people WHERE id = ?1")?.exists([user_id])
}

/// Adds a person.
pub fn insert(transaction: &Transaction<'_>, person: &Person) -> rusqlite::Result<()> {
    transaction
        .prepare_cached(
            "INSERT INTO people (id, email, first_name, last_name, role, is_scim, joined_at)
             VALUES (:id, :email, :first, :last, :role, :scim, :joined)",
        )?
        .execute(named_params! {
            ":id": person.id,
            ":email": person.email,
            ":first": person.first_name,
            ":last": person.last_name,
            ":role": person.role.name(),
            ":scim": person.is_scim,
            ":joined": person.joined_at,
        })?;
    Ok(())
}
