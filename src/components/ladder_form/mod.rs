//! The four limits of a workspace, as the pages for editing budgets and for creating a workspace both show them.
//!
//! Invariant: a conflict shows at both limits while one types; what is no amount yet shows once the field was left.

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
    /// What each interval means to this page, in words.
    meaning: Callback<Interval, String>,
    /// What stands beside each limit.
    #[prop(optional)]
    beside: Option<Callback<Interval, AnyView>>,
) -> impl IntoView {
    let rung = |interval| view! { <Rung editing=editing interval=interval meaning=meaning beside=beside/> };
    view! {
        <div class="ladder">{Interval::ALL.map(rung).map(IntoAny::into_any).collect_view()}</div>
        <FitOthers editing=editing/>
    }
}

/// The way out where no single amount helps: the others give way.
#[component]
fn FitOthers(editing: LadderEditing) -> impl IntoView {
    let stuck = Memo::new(move |_| editing.stuck_around());
    let fit = Callback::new(move |()| editing.fit_others());
    dynamic(move || {
        let Some((interval, limit)) = stuck.get() else { return ().into_any() };
        let label = format!("Fit the other limits around {} {limit}", interval.as_str());
        view! { <div class="ladder__fit"><Button icon=Icon::Check on_click=fit>{label}</Button></div> }.into_any()
    })
}

/// The switch that belongs to all limits of a workspace (rule 2).
#[component]
pub fn ByokSwitch(
    /// The form.
    editing: LadderEditing,
) -> impl IntoView {
    let problem = move || editing.problems().switch.map(|problem| problem.to_string());
    let description =
        "Spend through the organization’s own provider keys counts against every limit of this workspace.";
    view! {
        <Switch
            checked=editing.counts_byok
            label="Count BYOK spend"
            description=Some(description.to_owned())
            on_change=Callback::new(move |_| editing.switched())
        />
        <p class="rung__warning" role="status">{move || problem()}</p>
    }
}
