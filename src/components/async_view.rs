//! How a view waits for its data, fails, and shows old data while new data is on its way.
//!
//! Invariant: the content is built once for each key and then follows its signal; a refresh never rebuilds a form.

use leptos::prelude::*;

use super::ErrorPanel;
use crate::api::ApiError;
use crate::state::{Freshness, Query, Remote};
use crate::ui::{Banner, Skeleton, Tone, dynamic};

#[derive(Clone, PartialEq)]
enum Phase {
    Loading,
    Failed(ApiError),
    Ready,
}

/// Shows a query: a skeleton after 300 ms, an error with a way to try again, or the content.
#[component]
pub fn AsyncView<T>(
    /// The data.
    query: Query<T>,
    /// What is said to have failed, such as “The workspace could not be loaded”.
    #[prop(into)]
    failure: String,
    /// The content, given data that stays while it is refreshed.
    #[prop(into)]
    content: Callback<(Signal<T>,), AnyView>,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let phase = Memo::new(move |_| {
        query.state.with(|state| match state {
            Remote::Loading => Phase::Loading,
            Remote::Failed(error) => Phase::Failed(error.clone()),
            Remote::Ready(..) => Phase::Ready,
        })
    });
    let again = Callback::new(move |()| query.refetch());
    dynamic(move || match phase.get() {
        Phase::Loading => view! { <Skeleton lines=6/> }.into_any(),
        Phase::Failed(error) => view! { <ErrorPanel title=failure.clone() error=error on_retry=again/> }.into_any(),
        Phase::Ready => {
            let Some(first) = query.state.with_untracked(|state| state.data().cloned()) else {
                return ().into_any();
            };
            let data = Memo::new(move |last: Option<&T>| {
                let now = query.state.with(|state| state.data().cloned());
                now.or_else(|| last.cloned()).unwrap_or_else(|| first.clone())
            });
            view! {
                <StaleBanner stale=stale_of(query) on_retry=again/>
                {content.run((data.into(),))}
            }
            .into_any()
        }
    })
}

fn stale_of<T: Send + Sync + 'static>(query: Query<T>) -> Signal<Option<ApiError>> {
    Signal::derive(move || {
        query.state.with(|state| match state {
            Remote::Ready(_, Freshness::Stale(error)) => Some(error.clone()),
            _ => None,
        })
    })
}

/// Says that what is shown is old, and why.
#[component]
fn StaleBanner(stale: Signal<Option<ApiError>>, on_retry: Callback<()>) -> impl IntoView {
    let banner = move |error: ApiError| {
        view! {
            <Banner tone=Tone::Warning title="This may be out of date">
                <p>{format!("{error}. {}", error.advice())}</p>
                <crate::ui::Button on_click=on_retry>"Try again"</crate::ui::Button>
            </Banner>
        }
        .into_any()
    };
    dynamic(move || stale.get().map(banner).into_any())
}
