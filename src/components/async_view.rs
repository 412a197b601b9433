//! How a view waits for a value, shows that it could not be read, and keeps showing the last one.

use super::error_panel::{ErrorPanel, use_offline_banner};
use crate::data::{Data, Freshness, Remote, Shared};
use crate::domain::inline_message;
use crate::navigation::UnsavedGuard;
use crate::ui::{Banner, Button, Skeleton, Tone, dynamic};
use leptos::prelude::*;

/// Shows a value: a skeleton after 300 ms, an error with a way to try again, or the content.
///
/// The content is built once and follows its signal, so a refresh never rebuilds a form. A value that no longer exists
/// (404) is replaced by the error, unless there are unsaved changes to it.
#[component]
pub fn AsyncView<T>(
    data: Data<T>,
    #[prop(into)] failure: String,
    #[prop(into)] content: Callback<(Signal<T>,), AnyView>,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let guard = use_context::<UnsavedGuard>();
    let has_unsaved_changes = move || guard.is_some_and(|guard| guard.is_up());
    let outcome = Memo::new(move |_| {
        data.state.with(|state| match state {
            Remote::Loading => None,
            Remote::Failed(error) => Some(Err(error.clone())),
            Remote::Ready(_, Freshness::Stale(error)) if error.is_not_found() && !has_unsaved_changes() => {
                Some(Err(error.clone()))
            }
            Remote::Ready(..) => Some(Ok(())),
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
    dynamic(move || match outcome.get() {
        None => view! { <Skeleton lines=6/> }.into_any(),
        Some(Err(error)) => view! { <ErrorPanel title=failure.clone() error=error on_retry=retry/> }.into_any(),
        Some(Ok(())) => ready(),
    })
}

/// Says that what is shown is the last value that could be read, and why.
#[component]
fn StaleBanner<T: Send + Sync + 'static>(state: Signal<Remote<Shared<T>>>, on_retry: Callback<()>) -> impl IntoView {
    let is_said_offline = use_offline_banner();
    let error = Memo::new(move |_| state.with(|state| state.error().cloned()).filter(|error| !is_said_offline(error)));
    dynamic(move || {
        error.get().map(|error| {
            let (title, rest) = match error.is_not_found() {
                true => ("This no longer exists", "Your unsaved changes are still here. "),
                false => ("This may be out of date", ""),
            };
            let text = format!("{} {rest}{}", inline_message(&error.sentence()), error.advice());
            view! {
                <Banner tone=Tone::Warning title=title>
                    <p><bdi>{text}</bdi></p>
                    <Button on_click=on_retry>"Try again"</Button>
                </Banner>
            }
            .into_any()
        })
    })
}
