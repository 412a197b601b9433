//! Icons: CSS masks in the colour of the text around them.
//!
//! Invariant: an icon is decoration, hidden from assistive technology; what it means stands in text or a label.

use leptos::prelude::*;

/// Every icon that `style/icons.css` draws, 16 by 16 px.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the pictures")]
pub enum Icon {
    Plus,
    Search,
    Close,
    Check,
    ChevronDown,
    ChevronRight,
    ChevronLeft,
    SortAsc,
    SortDesc,
    SortNone,
    Copy,
    Edit,
    Trash,
    Key,
    Users,
    Wallet,
    Folder,
    Layout,
    Menu,
    Sun,
    Moon,
    Monitor,
    External,
    Warning,
    Info,
    Error,
    Success,
    Refresh,
    SignOut,
    More,
    Lock,
    Clock,
    Chart,
    Filter,
    Undo,
    Minus,
}

impl Icon {
    /// The class that carries the picture.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Plus => "icon icon--plus",
            Self::Search => "icon icon--search",
            Self::Close => "icon icon--close",
            Self::Check => "icon icon--check",
            Self::ChevronDown => "icon icon--chevron-down",
            Self::ChevronRight => "icon icon--chevron-right",
            Self::ChevronLeft => "icon icon--chevron-left",
            Self::SortAsc => "icon icon--sort-asc",
            Self::SortDesc => "icon icon--sort-desc",
            Self::SortNone => "icon icon--sort-none",
            Self::Copy => "icon icon--copy",
            Self::Edit => "icon icon--edit",
            Self::Trash => "icon icon--trash",
            Self::Key => "icon icon--key",
            Self::Users => "icon icon--users",
            Self::Wallet => "icon icon--wallet",
            Self::Folder => "icon icon--folder",
            Self::Layout => "icon icon--layout",
            Self::Menu => "icon icon--menu",
            Self::Sun => "icon icon--sun",
            Self::Moon => "icon icon--moon",
            Self::Monitor => "icon icon--monitor",
            Self::External => "icon icon--external",
            Self::Warning => "icon icon--warning",
            Self::Info => "icon icon--info",
            Self::Error => "icon icon--error",
            Self::Success => "icon icon--success",
            Self::Refresh => "icon icon--refresh",
            Self::SignOut => "icon icon--sign-out",
            Self::More => "icon icon--more",
            Self::Lock => "icon icon--lock",
            Self::Clock => "icon icon--clock",
            Self::Chart => "icon icon--chart",
            Self::Filter => "icon icon--filter",
            Self::Undo => "icon icon--undo",
            Self::Minus => "icon icon--minus",
        }
    }
}

/// One icon, 16 by 16 px.
#[component]
pub fn IconMark(
    /// Which picture.
    icon: Icon,
) -> impl IntoView {
    view! { <span class=icon.class() aria-hidden="true"></span> }
}
