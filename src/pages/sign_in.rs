//! The pages for a person who is not signed in.
//!
//! Invariant: nothing of the organization is on these pages.

use leptos::prelude::*;

use crate::api::ApiError;
use crate::components::{ErrorPanel, KeyForm, Refusal};
use crate::session::{KeyHolder, SignInProblem, use_session};
use crate::ui::{Button, ButtonVariant};

#[component]
pub(crate) fn SignInPage(problem: Option<SignInProblem>) -> impl IntoView {
    document().set_title("Sign in · Workspace Console");
    let session = use_session();
    let retry_label = match &problem {
        Some(SignInProblem::Idle(KeyHolder::Proxy)) => Some("Continue"),
        Some(SignInProblem::SignedOutHere) => Some("Sign in"),
        Some(SignInProblem::ProxySignedOut | SignInProblem::NotManagementKey { holder: KeyHolder::Proxy, .. }) => {
            Some("Try again")
        }
        _ => None,
    };
    let intro = match retry_label {
        Some(_) => "Manage your organization’s workspaces.",
        None => "Sign in with a management key to manage your organization’s workspaces.",
    };
    let entrance = match (retry_label, problem) {
        (Some(label), Some(problem)) => view! {
            <Refusal problem=problem/>
            <Button variant=ButtonVariant::Primary on_click=move |()| session.check()>{label}</Button>
        }
        .into_any(),
        (_, problem) => view! { <KeyForm first_problem=problem/> }.into_any(),
    };
    view! {
        <main class="sign-in" id="main">
            <div class="sign-in__card">
                <div class="sign-in__intro">
                    <h1>{"Workspace Console"}</h1>
                    <p>{intro}</p>
                </div>
                {entrance}
            </div>
        </main>
    }
}

#[component]
pub(crate) fn UnreachablePage(error: ApiError) -> impl IntoView {
    document().set_title("No connection · Workspace Console");
    let session = use_session();
    let retry = move |()| session.check();
    view! {
        <main class="sign-in" id="main">
            <div class="sign-in__card">
                <h1>{"Workspace Console"}</h1>
                <ErrorPanel title="Can’t reach the API" error=error on_retry=retry/>
            </div>
        </main>
    }
}
