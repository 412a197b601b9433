//! The one message about a missing connection.

use leptos::prelude::*;

use crate::browser::Connection;
use crate::data::use_cache;
use crate::ui::{Banner, Tone, dynamic};

/// Says that the browser is offline. What could not be read is read again by itself.
#[component]
pub(super) fn OfflineBanner() -> impl IntoView {
    use_cache().recover();
    let connection: Connection = expect_context();
    dynamic(move || {
        connection.is_offline().then(|| {
            view! {
                <Banner tone=Tone::Warning title="You’re offline">
                    <p>{"This page shows what was loaded before. It updates when you’re online again."}</p>
                </Banner>
            }
        })
    })
}
