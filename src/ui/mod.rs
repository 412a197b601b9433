//! The design system: accessible components that know Leptos and the DOM, and nothing of the app.
//!
//! Components take text and signals, and call back with what the person does. Their styles are in `style/`, one file per
//! CSS block.
//!
//! Invariant: the page's Content-Security-Policy forbids `style` attributes (use `style:property=`) and `innerHTML`.
//! Leptos uses `innerHTML` for nested elements that are fully static, so write their text as `{"…"}` or their class as
//! `class={"…"}`.

mod badge;
mod bound;
mod breadcrumb;
mod button;
mod choice;
mod combobox;
mod copy_button;
mod countdown;
mod dialog;
mod disclosure;
mod dom;
mod download;
mod drawer;
mod dynamic;
mod empty_state;
mod field;
mod icon;
mod input;
mod listbox;
mod live;
mod meter;
mod modal;
mod notice;
mod progress;
mod row_pool;
mod search_box;
mod segmented;
mod select;
mod skeleton;
mod sort_header;
mod spinner;
mod tabs;
mod token_input;
mod virtual_table;
mod visible_rows;
mod window;

pub(crate) use badge::{Badge, BadgeTone};
pub(crate) use breadcrumb::{Breadcrumb, Crumb};
pub(crate) use button::{ButtonKind, ButtonVariant, IconButton, LinkButton, ReasonPlacement};
pub(crate) use choice::{Checkbox, RadioGroup, Switch};
pub(crate) use copy_button::CopyButton;
pub(crate) use countdown::use_countdown;
pub(crate) use dialog::{DialogSize, DialogTone};
pub(crate) use disclosure::Disclosure;
pub(crate) use dom::{percentage, unique_id};
pub(crate) use download::download;
pub(crate) use drawer::Drawer;
pub(crate) use dynamic::dynamic;
pub(crate) use empty_state::EmptyState;
pub(crate) use icon::{Icon, IconMark};
pub(crate) use input::{InputKind, TextArea};
pub(crate) use meter::Meter;
pub(crate) use notice::{Banner, ToastItem, ToastRegion, Tone};
pub(crate) use progress::ProgressBar;
pub(crate) use search_box::SearchBox;
pub(crate) use segmented::Segmented;
pub(crate) use select::{Select, SelectOption};
pub(crate) use skeleton::{Skeleton, SkeletonRows};
pub(crate) use sort_header::{SortDirection, SortHeader, column_heads};
pub(crate) use spinner::Spinner;
pub(crate) use tabs::{TabItem, Tabs};
pub(crate) use visible_rows::{focus_adjacent_row, visible_rows};

// These are public for the browser tests in `tests/`.
pub use bound::Bound;
pub use button::Button;
pub use combobox::Combobox;
pub use dialog::Dialog;
pub use field::Field;
pub use input::TextInput;
pub use listbox::ComboOption;
pub use token_input::TokenInput;
pub use virtual_table::VirtualTable;
