//! The design system: accessible components that know Leptos and the DOM, and nothing of the API or its domain.
//!
//! Invariant: nothing in here names `api`, `domain`, `routes` or `state`; what a component shows comes in as text
//! and signals, and what a person does goes out through callbacks. Looks live in `style/`, one file a block.
//!
//! Two constraints of the page's Content-Security-Policy shape the markup: no `style` attributes (only
//! `style:property=` through CSSOM), and no fully static nested element in a `view!`, because Leptos would
//! create it through `innerHTML`, which Trusted Types refuses. Hence text and lone classes written as blocks.

mod badge;
mod breadcrumb;
mod button;
mod choice;
mod combobox;
mod copy_button;
mod dialog;
mod disclosure;
mod dom;
mod download;
mod drawer;
mod empty_state;
mod erase;
mod field;
mod icon;
mod input;
mod listbox;
mod live;
mod menu;
mod meter;
mod notice;
mod progress;
mod row_pool;
mod search_box;
mod segmented;
mod select;
mod skeleton;
mod sort_header;
mod spinner;
mod table_sight;
mod tabs;
mod token_input;
mod virtual_table;
mod window;

pub use badge::{Badge, BadgeTone};
pub use breadcrumb::{Breadcrumb, Crumb};
pub use button::{Button, ButtonKind, ButtonVariant, IconButton, LinkButton, ReasonPlacement};
pub use choice::{Checkbox, RadioGroup, Switch};
pub use combobox::Combobox;
pub use copy_button::CopyButton;
pub use dialog::{Dialog, DialogSize, DialogTone};
pub use disclosure::Disclosure;
pub use dom::{percentage, unique_id};
pub use download::download;
pub use drawer::Drawer;
pub use empty_state::EmptyState;
pub use erase::{dynamic, handler};
pub use field::{Field, FieldIds};
pub use icon::{Icon, IconMark};
pub use input::{InputKind, TextArea, TextInput};
pub use listbox::ComboOption;
pub use live::{Announcer, VisuallyHidden};
pub use menu::{Menu, MenuItem, MenuTone};
pub use meter::Meter;
pub use notice::{Banner, ToastItem, ToastRegion, Tone};
pub use progress::ProgressBar;
pub use search_box::SearchBox;
pub use segmented::Segmented;
pub use select::{Select, SelectOption};
pub use skeleton::{Skeleton, SkeletonRows};
pub use sort_header::{SortDirection, SortHeader, column_heads};
pub use spinner::Spinner;
pub use table_sight::{focus_beside, keys_in_sight};
pub use tabs::{TabItem, Tabs};
pub use token_input::TokenInput;
pub use virtual_table::VirtualTable;
