//! The Workspace Console: a single-page admin console for the Workspaces management API.
//!
//! Modules stand in reading order; each knows only those above it (`tests/architecture.rs` holds the rules).

/// Implements `Clone` and `Copy` for a handle of signals. A derive would ask both of its parameter.
macro_rules! copy_handle {
    ($handle:ident<$parameter:ident> where $($bounds:tt)+) => {
        impl<$parameter> Clone for $handle<$parameter>
        where
            $($bounds)+
        {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<$parameter> Copy for $handle<$parameter> where $($bounds)+ {}
    };
}

pub(crate) mod csv;
pub(crate) mod selection;
pub(crate) mod unicode;

pub mod domain;

pub(crate) mod files;

pub mod api;
pub(crate) mod search;

pub(crate) mod routes;

pub mod forms;

pub(crate) mod activity;

pub(crate) mod browser;
pub mod navigation;
pub mod session;

pub mod data;
pub mod write;

pub(crate) mod jobs;

pub mod ui;

pub mod components;

pub mod pages;

pub mod app;
pub mod boot;
pub mod panic;

#[cfg(test)]
mod testing;
