//! How a view waits for a value, shows that it could not be read, and keeps showing the last one.

use leptos::prelude::*;

use super::ErrorPanel;
use crate::api::ApiError;
use crate::api::error::sentence;
use crate::data::{Data, Freshness, Remote};
use crate::navigation::UnsavedGuard;
use crate::ui::{Banner, Button, Skeleton, Tone, dynamic};

#[derive(Clone, PartialEq)]
enum Phase {
    Loading,
    Failed(ApiError),
    Ready,
}

/// Shows a value: a skeleton after 300 ms, an error with a way to try again, or the content.
///
/// The content is built once and follows its signal, so a refresh never rebuilds a form. A value that no longer exists
/// (404) is replaced by the error, unless there are unsaved changes to it.
#[component]
pub fn AsyncView<T>(
    /// The value.
    data: Data<T>,
    /// What could not be done when the read fails, such as “The workspace could not be loaded”.
    #[prop(into)]
    failure: String,
    /// The content.
    #[prop(into)]
    content: Callback<(Signal<T>,), AnyView>,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let guard = use_context::<UnsavedGuard>();
    let has_unsaved_changes = move || guard.is_some_and(|guard| guard.is_up());
    let phase = Memo::new(move |_| {
        data.state.with(|state| match state {
            Remote::Loading => Phase::Loading,
            Remote::Failed(error) => Phase::Failed(error.clone()),
            Remote::Ready(_, Freshness::Stale(error)) if error.is_not_found() && !has_unsaved_changes() => {
                Phase::Failed(error.clone())
            }
            Remote::Ready(..) => Phase::Ready,
        })
    });
    let retry = Callback::new(move |()| data.refetch());
    let ready = move || {
        let Some(first) = data.get_untracked() else { return ().into_any() };
        let value = Memo::new(move |last: Option<&T>| {
            let now = data.state.with(|state| state.data().map(|value| T::clone(value)));
            now.or_else(|| last.cloned()).unwrap_or_else(|| T::clone(&first))
        });
        view! {
            <StaleBanner state=data.state on_retry=retry/>
            {content.run((value.into(),))}
        }
        .into_any()
    };
    dynamic(move || match phase.get() {
        Phase::Loading => view! { <Skeleton lines=6/> }.into_any(),
        Phase::Failed(error) => view! { <ErrorPanel title=failure.clone() error=error on_retry=retry/> }.into_any(),
        Phase::Ready => ready(),
    })
}

/// Says that what is shown is the last value that could be read, and why.
#[component]
fn StaleBanner<T: Send + Sync + 'static>(
    state: Signal<Remote<crate::data::Shared<T>>>,
    on_retry: Callback<()>,
) -> impl IntoView {
    let error = Memo::new(move |_| state.with(|state| state.error().cloned()));
    dynamic(move || {
        error.get().map(|error| {
            let (title, rest) = match error.is_not_found() {
                true => ("This was not found any more", "Your unsaved changes are still here. "),
                false => ("This may be out of date", ""),
            };
            let text = format!("{} {rest}{}", sentence(error.to_string()), error.advice());
            view! {
                <Banner tone=Tone::Warning title=title>
                    <p>{text}</p>
                    <Button on_click=on_retry>"Try again"</Button>
                </Banner>
            }
            .into_any()
        })
    })
}
