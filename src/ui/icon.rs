//! Icons, each drawn by one path in the colour of the surrounding text.
//!
//! They are hidden from assistive technology, so their meaning must be in text or a label too.

use leptos::prelude::*;

/// Declares all icons, each with the `d` attribute of its path in a 16 × 16 view box.
macro_rules! icons {
    ($($name:ident => $path:literal,)*) => {
        /// An icon that [`IconMark`] draws.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Icon {
            $($name,)*
        }

        impl Icon {
            const fn path(self) -> &'static str {
                match self {
                    $(Self::$name => $path,)*
                }
            }
        }
    };
}

icons! {
    Plus => "M8 3v10M3 8h10",
    Minus => "M3 8h10",
    Search => "M11.2 11.2 14 14M12.5 7.25a5.25 5.25 0 1 1-10.5 0 5.25 5.25 0 0 1 10.5 0Z",
    Close => "m4 4 8 8M12 4l-8 8",
    Check => "m3 8.5 3.2 3.2L13 4.8",
    ChevronDown => "m4 6 4 4 4-4",
    ChevronRight => "m6 4 4 4-4 4",
    SortAsc => "M8 13V3.5M4.5 7 8 3.5 11.5 7",
    SortDesc => "M8 3v9.5M4.5 9 8 12.5 11.5 9",
    SortNone => "m5 6 3-3 3 3M5 10l3 3 3-3",
    Copy => "M5.5 5.5h7a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1h-7a1 1 0 0 1-1-1v-6a1 1 0 0 1 1-1ZM2.5 10V3.5a1 1 0 0 1 1-1H10",
    Edit => "M10.5 3 13 5.5 5.5 13l-3 .5.5-3L10.5 3ZM9 4.5 11.5 7",
    Trash => "M2.5 4.5h11M6 4.5v-2h4v2M4 4.5l.6 9h6.8l.6-9M6.8 7.2v3.6M9.2 7.2v3.6",
    Key => "M9.5 10a3.5 3.5 0 1 0-3.3-2.3L2.5 11.4v2.1h2.2v-1.7h1.7v-1.6l.6-.6c.7.3 1.5.4 2.5.4ZM10.6 5.4h.01",
    Users => "M6 7.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM1.5 13.5c0-2.2 1.8-3.7 4.5-3.7s4.5 1.5 4.5 3.7M10.5 2.9a2.5 2.5 0 0 1 0 4.3M12.2 10.2c1.5.5 2.3 1.7 2.3 3.3",
    Wallet => "M12.5 5V3.2a.7.7 0 0 0-.7-.7H3.5a1 1 0 0 0-1 1v8.5a1.5 1.5 0 0 0 1.5 1.5h8.5a1 1 0 0 0 1-1V6a1 1 0 0 0-1-1H3.5a1 1 0 0 1-1-1M10.5 9.2h.01",
    Folder => "M2 4a1 1 0 0 1 1-1h3.3l1.7 2H13a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1V4Z",
    Layout => "M3 2.5h10a.5.5 0 0 1 .5.5v10a.5.5 0 0 1-.5.5H3a.5.5 0 0 1-.5-.5V3a.5.5 0 0 1 .5-.5ZM2.5 6h11M6.5 6v7.5",
    More => "M3.9 8a.5.5 0 1 1-1 0 .5.5 0 0 1 1 0ZM8.5 8a.5.5 0 1 1-1 0 .5.5 0 0 1 1 0ZM13.1 8a.5.5 0 1 1-1 0 .5.5 0 0 1 1 0Z",
    Menu => "M2.5 4.5h11M2.5 8h11M2.5 11.5h11",
    External => "M9.5 2.5h4v4M13.5 2.5 8 8M6.5 3.5h-3a1 1 0 0 0-1 1v8a1 1 0 0 0 1 1h8a1 1 0 0 0 1-1v-3",
    Warning => "M8 2.2 14.2 13H1.8L8 2.2ZM8 6.5v3M8 11.3h.01",
    Info => "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 7.5v3.3M8 5.2h.01",
    Error => "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 5v3.5M8 10.9h.01",
    Success => "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM5.4 8.3l1.8 1.8 3.5-3.9",
    Refresh => "M13.5 8a5.5 5.5 0 1 1-1.6-3.9L13.5 5.7M13.5 2.5v3.2h-3.2",
    SignOut => "M6.5 2.5h-3a1 1 0 0 0-1 1v9a1 1 0 0 0 1 1h3M10.5 5l3 3-3 3M13.5 8H6.5",
    Clock => "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 4.8V8l2.2 1.5",
    Undo => "M5.5 3 2.5 6l3 3M2.5 6h7a4 4 0 0 1 0 8H6",
}

/// An icon, 16 by 16 px.
#[component]
pub fn IconMark(icon: Icon) -> impl IntoView {
    let class = if icon == Icon::SortNone { "icon icon--sort-none" } else { "icon" };
    view! {
        <svg class=class viewBox="0 0 16 16" aria-hidden="true">
            <path d=icon.path()></path>
        </svg>
    }
}
