//! Parts that several views share: waiting, failing, titles, forms, selections, jobs, and the questions before leaving.

mod async_view;
mod blocking_keys;
mod comparison;
mod dialogs;
mod edit_session;
mod error_panel;
mod focus_keeper;
mod form_state;
mod identity;
mod jobs;
mod key_form;
mod ladder_form;
mod page_header;
mod people;
mod removed_members;
mod row_selection;
mod save_bar;
mod save_table;
mod search;
mod toasts;
mod when;
mod workspace_form;
mod workspace_picker;

pub(crate) use blocking_keys::{BlockingKeys, KeysDialog};
pub(crate) use comparison::{ChangedBanner, ComparisonDialog, EditTexts, RestoredBanner};
pub(crate) use dialogs::{IdleDialog, KeyDialog, LeaveDialog};
pub(crate) use edit_session::EditSession;
pub(crate) use error_panel::WriteFailurePanel;
pub(crate) use focus_keeper::keep_focus;
pub(crate) use form_state::focus_first_problem;
pub(crate) use identity::{IdentityOf, WorkspaceIdentity, place_cell, workspace_cell};
pub(crate) use jobs::{InterruptedJobs, JobDialog, JobNames, JobPanels, LeaveJobDialog};
pub(crate) use key_form::{KeyForm, Refusal};
pub(crate) use ladder_form::ByokSwitch;
pub(crate) use page_header::PageHeader;
pub(crate) use people::{PeopleRows, ReadError, RoleChoice, people_header, person_cell};
pub(crate) use removed_members::drop_removed_members;
pub(crate) use row_selection::SelectionBar;
pub(crate) use save_bar::SaveBar;
pub(crate) use save_table::save_table;
pub(crate) use search::search_in_address;
pub(crate) use workspace_form::{Editing, FormSection, WorkspaceFields};
pub(crate) use workspace_picker::WorkspacePicker;

// These are public for the browser tests in `tests/`.
pub use async_view::AsyncView;
pub use error_panel::ErrorPanel;
pub use form_state::FormState;
pub use ladder_form::{LadderEditing, LadderFields};
pub use page_header::FirstView;
pub use row_selection::{HeaderCheckbox, RowCheckbox, RowSelection, SelectableRows};
pub use toasts::Toasts;
pub use when::When;
