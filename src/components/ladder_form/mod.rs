//! The four limits of a workspace, for the pages that edit budgets and that create a workspace.
//!
//! Invariant: a conflict shows at both limits while one types. Text that is no amount yet shows once the field was left.

mod editing;
mod rung;

use leptos::prelude::*;

pub use editing::LadderEditing;

use crate::domain::Interval;
use crate::ui::{Button, Icon, Switch, dynamic};
use rung::Rung;

/// All limits, broadest first.
#[component]
pub fn LadderFields(
    /// The form.
    editing: LadderEditing,
    /// What an interval means on this page.
    meaning: Callback<Interval, String>,
    /// What is shown beside each limit.
    #[prop(optional)]
    beside: Option<Callback<Interval, AnyView>>,
) -> impl IntoView {
    let rung = |interval| view! { <Rung editing=editing interval=interval meaning=meaning beside=beside/> };
    view! {
        <div class="ladder">{Interval::ALL.map(rung).into_iter().collect_view()}</div>
        <FitOthers editing=editing/>
    }
}

/// The way out where no single amount helps: the other limits give way.
#[component]
fn FitOthers(editing: LadderEditing) -> impl IntoView {
    let stuck = Memo::new(move |_| editing.stuck_around());
    let fit = Callback::new(move |()| editing.fit_others());
    dynamic(move || {
        stuck.get().map(|(interval, limit)| {
            let label = format!("Fit the other limits around {} {limit}", interval.as_str());
            view! { <div class="ladder__fit"><Button icon=Icon::Check on_click=fit>{label}</Button></div> }
        })
    })
}

/// The switch that belongs to all limits of a workspace (rule 2).
#[component]
pub fn ByokSwitch(
    /// The form.
    editing: LadderEditing,
) -> impl IntoView {
    let problem = Memo::new(move |_| editing.problems().switch.map(|problem| problem.to_string()));
    let description =
        "Spend through the organization’s own provider keys counts against every limit of this workspace.";
    view! {
        <Switch checked=editing.byok_switch() label="Count BYOK spend" description=Some(description.to_owned())/>
        // Focusable, because no control shows this problem as its own.
        <p
            class="rung__warning"
            role="status"
            tabindex="-1"
            data-problem=move || problem.with(Option::is_some).then_some("")
        >
            {move || problem.get()}
        </p>
    }
}
