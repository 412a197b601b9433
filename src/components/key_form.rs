//! The form for the management key, at the start and in the dialog that asks for another.
//!
//! Invariant: what is typed becomes a [`Credential`] and nothing else. The field is emptied once the key is accepted.

use crate::api::Credential;
use crate::components::ErrorPanel;
use crate::domain::inline_text;
use crate::session::{KeyHolder, SignInProblem, can_keep_key, idle_minutes, sign_out_url, use_session};
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
            // Password managers fill the text field before a password. Without this one it is a search or a form behind.
            <input
                class="key-form__account"
                type="text"
                name="username"
                autocomplete="username"
                prop:value="Workspace Console"
                tabindex="-1"
                aria-hidden="true"
            />
            <Field
                label="Management key"
                hint="Sent only to the API. Kept in memory until you close or reload this tab."
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
            {match can_keep_key() {
                true => view! {
                    <div>
                        <Checkbox checked=is_kept label="Stay signed in in this tab" described_by=KEPT_HINT/>
                        <p class="field__hint" id=KEPT_HINT>{kept_hint(idle_minutes())}</p>
                    </div>
                }
                .into_any(),
                false => view! { <p class="field__hint">{NOT_KEPT}</p> }.into_any(),
            }}
            <Button variant=ButtonVariant::Primary submits=true pending=pending>"Sign in"</Button>
        </form>
    }
}

/// The ID of the text about a key that is kept.
const KEPT_HINT: &str = "kept-key-hint";

const NOT_KEPT: &str = "Your browser can’t store anything for this page, so you sign in again after each reload.";

/// Says what a browser does with a key that is kept for a tab, and how long it is accepted.
fn kept_hint(minutes: u32) -> String {
    let until = match minutes {
        0 => "until you sign out".to_owned(),
        minutes => format!("until you sign out or are inactive for {minutes} minutes"),
    };
    format!(
        "Your browser stores the key on this device. If you reload, reopen or duplicate this tab, you stay signed in {until}."
    )
}

/// Focuses the input and selects its text.
fn select(input: NodeRef<leptos::html::Input>) {
    if let Some(input) = input.try_get_untracked().flatten() {
        focus(&input);
        input.select();
    }
}

const KEPT_DRAFTS: &str = "We kept what you were typing in this tab.";

/// Says what a sign-out here has done, and how the sign-in at the proxy ends.
fn signed_out_text(url: Option<String>) -> impl IntoView {
    let removed = "We removed job records and all loaded data from this browser. A form that you were editing stays in its \
                   tab as a draft. ";
    let advice = match url {
        Some(url) => view! {
            <a href=url rel="external">{"Sign out of the proxy"}</a>
            {" if you haven’t done that in another tab."}
        }
        .into_any(),
        None => "You may still be signed in at the proxy. To sign out there, close all browser windows.".into_any(),
    };
    view! { {removed} {advice} }
}

/// Says why a key does not open the console, or what ended the session.
#[component]
pub fn Refusal(problem: SignInProblem) -> impl IntoView {
    let (tone, title, text) = match problem {
        SignInProblem::NotAccepted => (
            Tone::Danger,
            "The API didn’t accept this key",
            "It may be mistyped, expired or deleted. Copy it again, or create a new management key.".into_any(),
        ),
        SignInProblem::NotManagementKey { holder, label } => {
            let (title, advice) = match holder {
                KeyHolder::Page => (
                    "This is not a management key",
                    " is an API key for requests to models. To manage workspaces, use a management key. An administrator of your organization can create one.",
                ),
                KeyHolder::Proxy => (
                    "The proxy’s key is not a management key",
                    " is an API key for requests to models. Ask the person who runs this console to set a management key.",
                ),
            };
            (Tone::Danger, title, view! { <bdi>{inline_text(&label)}</bdi> {advice} }.into_any())
        }
        SignInProblem::Idle(_) => {
            let title = format!("You were signed out after {} minutes of inactivity", idle_minutes());
            return view! { <Banner tone=Tone::Info title=title><p>{KEPT_DRAFTS}</p></Banner> }.into_any();
        }
        SignInProblem::SignedOutHere => (Tone::Info, "You’re signed out", signed_out_text(sign_out_url()).into_any()),
        SignInProblem::ProxySignedOut | SignInProblem::Unsigned => {
            let text = view! {
                <a href="" rel="external">{"Reload the page"}</a>
                {" to sign in there again. "}
                {KEPT_DRAFTS}
            };
            (Tone::Info, "Your sign-in at the proxy has ended", text.into_any())
        }
        SignInProblem::Failed(error) => {
            return view! { <ErrorPanel title="Couldn’t check the key" error=error/> }.into_any();
        }
    };
    view! { <Banner tone=tone title=title><p>{text}</p></Banner> }.into_any()
}
