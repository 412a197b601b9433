//! Pieces that know the app: how any view waits, fails, titles itself, asks before leaving, asks for the key.
//!
//! Invariant: a page writes none of these again.

mod async_view;
mod blocking_keys;
mod comparison;
mod edit_session;
mod error_panel;
mod focus_keeper;
mod form_state;
mod identity;
mod idle_dialog;
mod jobs;
mod key_dialog;
mod key_form;
mod ladder_form;
mod leave_dialog;
mod page_header;
mod people_rows;
mod people_tools;
mod removed_members;
mod row_selection;
mod save_bar;
mod save_table;
mod search;
mod toasts;
mod when;
mod workspace_form;
mod workspace_picker;
mod write_failure;

pub use async_view::AsyncView;
pub use blocking_keys::{BlockingKeys, KeysDialog};
pub use comparison::{ChangedBanner, ComparisonDialog, EditTexts, RestoredBanner};
pub use edit_session::EditSession;
pub use error_panel::{ErrorPanel, WriteErrorPanel};
pub use focus_keeper::keep_focus;
pub use form_state::{FormState, focus_first_problem};
pub use identity::{IdentityOf, WorkspaceIdentity, place_cell, workspace_cell};
pub use idle_dialog::IdleDialog;
pub use jobs::{InterruptedJobs, JobDialog, JobNames, JobPanels, LeaveJobDialog};
pub use key_dialog::KeyDialog;
pub use key_form::{KeyForm, Refusal};
pub use ladder_form::{ByokSwitch, LadderEditing, LadderFields};
pub use leave_dialog::LeaveDialog;
pub use page_header::{FirstView, PageHeader};
pub use people_rows::PeopleRows;
pub use people_tools::{ReadError, RoleChoice, people_header, person_cell};
pub use removed_members::drop_removed_members;
pub use row_selection::{HeaderCheckbox, RowCheckbox, RowSelection, SelectableRows, SelectionBar};
pub use save_bar::SaveBar;
pub use save_table::save_table;
pub use search::search_in_address;
pub use toasts::Toasts;
pub use when::When;
pub use workspace_form::{Editing, FormSection, WorkspaceFields};
pub use workspace_picker::WorkspacePicker;
pub use write_failure::WriteFailurePanel;
