//! The facts about a workspace that are not settings.

use leptos::prelude::*;

use crate::components::When;
use crate::domain::Workspace;
use crate::ui::CopyButton;

/// Slug, UUID, times and creator.
#[component]
pub(super) fn Facts(data: Signal<Workspace>) -> impl IntoView {
    let slug = Signal::derive(move || data.with(|workspace| workspace.slug.to_string()));
    let id = Signal::derive(move || data.with(|workspace| workspace.id.to_string()));
    view! {
        <dl class="facts">
            <div class="facts__item">
                <dt>{"Slug"}</dt>
                <dd class="mono"><bdi>{move || slug.get()}</bdi><CopyButton text=slug label="Copy slug"/></dd>
            </div>
            <div class="facts__item">
                <dt>{"ID"}</dt>
                <dd class="mono"><bdi>{move || id.get()}</bdi><CopyButton text=id label="Copy id"/></dd>
            </div>
            {move || data.with(|workspace| view! {
                <div class="facts__item">
                    <dt>{"Created"}</dt>
                    <dd>
                        <When at=workspace.created_at.clone()/>
                        {workspace.created_by.as_ref().map(|by| view! { " by "<bdi class="mono">{by.to_string()}</bdi> }.into_any())}
                    </dd>
                </div>
                <div class="facts__item"><dt>{"Updated"}</dt><dd><When at=workspace.updated_at.clone()/></dd></div>
            })}
        </dl>
    }
}
