//! The form for the management key, at the start and in the dialog that asks for another.
//!
//! Invariant: what is typed becomes a [`Credential`] and nothing else. The field is emptied once the key is accepted.

use crate::api::Credential;
use crate::components::ErrorPanel;
use crate::domain::inline_text;
use crate::session::{KeyHolder, SignInProblem, use_session};
use crate::ui::{Banner, Bound, Button, ButtonVariant, Checkbox, Field, InputKind, TextInput, Tone, focus};
use leptos::prelude::*;
use leptos::task::spawn_local;

#[component]
pub fn KeyForm(#[prop(default = None)] first_problem: Option<SignInProblem>) -> impl IntoView {
    let session = use_session();
    let typed = RwSignal::new(String::new());
    let is_kept = RwSignal::new(false);
    let field_problem = RwSignal::new(None::<String>);
    let refused = RwSignal::new(first_problem);
    let pending = RwSignal::new(false);
    let input = NodeRef::<leptos::html::Input>::new();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if pending.get_untracked() {
            return;
        }
        let credential = match typed.with_untracked(|text| Credential::parse(text)) {
            Ok(credential) => credential,
            Err(problem) => {
                field_problem.set(Some(problem.to_string()));
                select(input);
                return;
            }
        };
        let is_kept = is_kept.get_untracked();
        pending.set(true);
        refused.set(None);
        spawn_local(async move {
            let outcome = session.sign_in(credential, is_kept).await;
            // The form is removed once the key is accepted.
            pending.try_set(false);
            match outcome {
                Ok(()) => {
                    typed.try_set(String::new());
                }
                Err(problem) => {
                    refused.try_set(Some(problem));
                    select(input);
                }
            }
        });
    };
    view! {
        <form class="key-form" on:submit=submit novalidate=true>
            {move || refused.get().map(|problem| view! { <Refusal problem=problem/> })}
            <Field
                label="Management key"
                hint="It is sent to the API alone, and kept in this page’s memory unless you choose otherwise below."
                problem=field_problem
            >
                <TextInput
                    value=Bound::from(typed).before_set(move |_| field_problem.set(None))
                    kind=InputKind::Password
                    name="management-key"
                    autocomplete="current-password"
                    mono=true
                    autofocus=true
                    node_ref=input
                />
            </Field>
            <Checkbox checked=is_kept label="Keep the key for this tab, so that a reload does not ask again"/>
            <Button variant=ButtonVariant::Primary submits=true pending=pending>"Sign in"</Button>
        </form>
    }
}

/// Focuses the input and selects its text.
fn select(input: NodeRef<leptos::html::Input>) {
    if let Some(input) = input.try_get_untracked().flatten() {
        focus(&input);
        input.select();
    }
}

/// Says why a key does not open the console, or what ended the session.
#[component]
pub fn Refusal(problem: SignInProblem) -> impl IntoView {
    let (tone, title, text) = match problem {
        SignInProblem::NotAccepted => (
            Tone::Danger,
            "The API did not accept this key",
            "It may be mistyped, expired or deleted. Copy it again, or make a new management key.".into_any(),
        ),
        SignInProblem::NotManagementKey { holder, label } => {
            let (title, advice) = match holder {
                KeyHolder::Page => (
                    "This is not a management key",
                    " is a key for making requests to models. The API answers 403 to it here: managing workspaces takes \
                      a management key, which an administrator of the organization can make.",
                ),
                KeyHolder::Proxy => (
                    "The proxy’s key is not a management key",
                    " is a key for making requests to models. Ask the person who runs this console to set a management \
                      key.",
                ),
            };
            (Tone::Danger, title, view! { <bdi>{inline_text(&label)}</bdi> {advice} }.into_any())
        }
        SignInProblem::Idle(_) => {
            (Tone::Info, "Signed out for lack of activity", "What you were typing is kept for this tab.".into_any())
        }
        SignInProblem::ProxySignedOut => {
            let text = view! {
                <a href="" rel="external">{"Reload the page"}</a>
                {" to sign in there again. What you were typing is kept for this tab."}
            };
            (Tone::Info, "Your sign-in at the proxy has ended", text.into_any())
        }
        SignInProblem::Failed(error) => {
            return view! { <ErrorPanel title="The key could not be checked" error=error/> }.into_any();
        }
    };
    view! { <Banner tone=tone title=title><p>{text}</p></Banner> }.into_any()
}
