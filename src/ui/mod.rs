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
mod empty_state;
mod erase;
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

pub use badge::{Badge, BadgeTone};
pub use bound::Bound;
pub use breadcrumb::{Breadcrumb, Crumb};
pub use button::{Button, ButtonKind, ButtonVariant, IconButton, LinkButton, ReasonPlacement};
pub use choice::{Checkbox, RadioGroup, Switch};
pub use combobox::Combobox;
pub use copy_button::CopyButton;
pub use countdown::use_countdown;
pub use dialog::{Dialog, DialogSize, DialogTone};
pub use disclosure::Disclosure;
pub use dom::{percentage, unique_id};
pub use download::download;
pub use drawer::Drawer;
pub use empty_state::EmptyState;
pub use erase::{dynamic, handler};
pub use field::Field;
pub use icon::{Icon, IconMark};
pub use input::{InputKind, TextArea, TextInput};
pub use listbox::ComboOption;
pub use live::Announcer;
pub use meter::Meter;
pub use notice::{Banner, ToastItem, ToastRegion, Tone};
pub use progress::ProgressBar;
pub use search_box::SearchBox;
pub use segmented::Segmented;
pub use select::{Select, SelectOption};
pub use skeleton::{Skeleton, SkeletonRows};
pub use sort_header::{SortDirection, SortHeader, column_heads};
pub use spinner::Spinner;
pub use tabs::{TabItem, Tabs};
pub use token_input::TokenInput;
pub use virtual_table::VirtualTable;
pub use visible_rows::{VisibleRows, focus_adjacent_row, visible_rows};
