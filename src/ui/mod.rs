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
mod button;
mod choice;
mod combobox;
mod copy_button;
mod copy_menu;
mod countdown;
mod dialog;
mod disclosure;
mod dom;
mod dynamic;
mod empty_state;
mod exact;
mod field;
mod height;
mod icon;
mod input;
mod listbox;
mod modal;
mod notice;
mod pace;
mod popover;
mod printing;
mod row_link;
mod row_pool;
mod section_nav;
mod select;
mod skeleton;
mod table_parts;
mod table_row;
mod token_input;
mod virtual_table;
mod visible_rows;
mod wide_text;
mod window;

pub(crate) use badge::{Badge, BadgeTone};
pub(crate) use button::{ButtonVariant, IconButton, LinkButton};
pub(crate) use choice::{Checkbox, RadioGroup, Segmented, Switch};
pub(crate) use copy_button::CopyButton;
pub(crate) use copy_menu::{CopyMenu, MenuLink};
pub(crate) use countdown::use_countdown;
pub(crate) use dialog::DialogSize;
pub(crate) use disclosure::Disclosure;
pub(crate) use dom::{
    focus, focus_without_scrolling, ignore_input_methods, is_composing, number_text, percentage, scroll_into_view,
    unique_id,
};
pub(crate) use dynamic::{after_paint, dynamic};
pub(crate) use empty_state::EmptyState;
pub(crate) use exact::{exact, exact_text, keep_text_true};
pub(crate) use height::follow_height;
pub(crate) use icon::{Icon, IconMark};
pub(crate) use input::{InputKind, SearchBox, TextArea};
pub(crate) use modal::{Drawer, Modal, close_button};
pub(crate) use notice::{Banner, Tone};
pub(crate) use popover::{Popover, close_popover};
pub(crate) use row_link::open_rows;
pub(crate) use section_nav::{SectionLink, SectionNav};
pub(crate) use select::Select;
pub(crate) use skeleton::Skeleton;
pub(crate) use table_parts::column_heads;
pub(crate) use table_row::row_of;
pub(crate) use visible_rows::{focus_adjacent_row, move_row_focus, press_row_checkbox, visible_rows};
pub(crate) use wide_text::watch_text_size;

// These are public for the browser tests in `tests/`.
pub use bound::Bound;
pub use button::Button;
pub use combobox::Combobox;
pub use dialog::Dialog;
pub use field::Field;
pub use input::TextInput;
pub use select::SelectOption;
pub use token_input::TokenInput;
pub use virtual_table::VirtualTable;
