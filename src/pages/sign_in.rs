//! Sign-in: what is shown before anybody is known.
//!
//! Invariant: nothing of the organization is on this page.

use leptos::prelude::*;

use crate::api::ApiError;
use crate::components::{ErrorPanel, KeyForm, Refusal};
use crate::state::KeyHolder;
use crate::state::session::{SignInProblem, recheck};
use crate::ui::{Button, ButtonVariant};

/// Asks for the management key.
#[component]
pub fn SignInPage(
    /// Why a key was refused before.
    problem: Option<SignInProblem>,
) -> impl IntoView {
    document().set_title("Sign in · Workspace Console");
    view! {
        <main class="sign-in" id="main">
            <div class="sign-in__card">
                {entrance(problem)}
            </div>
        </main>
    }
}

/// Where a proxy holds the key, whoever comes back only says so.
fn entrance(problem: Option<SignInProblem>) -> AnyView {
    let is_by_proxy = problem == Some(SignInProblem::Idle(KeyHolder::Proxy));
    let words = match is_by_proxy {
        true => "Administer the workspaces of your organization.",
        false => "Sign in with a management key of your organization to administer its workspaces.",
    };
    let form = match problem.clone().filter(|_| is_by_proxy) {
        Some(problem) => view! {
            <Refusal problem=problem/>
            <Button variant=ButtonVariant::Primary on_click=Callback::new(|()| recheck())>"Go on"</Button>
        }
        .into_any(),
        None => view! { <KeyForm first_problem=problem/> }.into_any(),
    };
    view! {
        <div class="sign-in__intro">
            <h1>{"Workspace Console"}</h1>
            <p>{words}</p>
        </div>
        {form}
    }
    .into_any()
}

/// Says that the API cannot be reached.
#[component]
pub fn UnreachablePage(
    /// Why.
    error: ApiError,
) -> impl IntoView {
    document().set_title("No connection · Workspace Console");
    let again = Callback::new(|()| recheck());
    view! {
        <main class="sign-in" id="main">
            <div class="sign-in__card">
                <h1>{"Workspace Console"}</h1>
                <ErrorPanel title="The API cannot be asked who you are" error=error on_retry=again/>
            </div>
        </main>
    }
}
