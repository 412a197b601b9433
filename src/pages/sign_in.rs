//! Sign-in: what is shown before anybody is known.
//!
//! Invariant: nothing of the organization is on this page.

use leptos::prelude::*;

use crate::api::ApiError;
use crate::components::{ErrorPanel, KeyForm};
use crate::state::session::{SignInProblem, recheck};

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
                <div class="sign-in__intro">
                    <h1>{"Workspace Console"}</h1>
                    <p>{"Sign in with a management key of your organization to administer its workspaces."}</p>
                </div>
                <KeyForm first_problem=problem/>
            </div>
        </main>
    }
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
