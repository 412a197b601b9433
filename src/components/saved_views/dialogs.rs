//! The dialogs that save, rename and delete a view.

use leptos::prelude::*;

use super::{SavedViewStore, use_saved_views};
use crate::domain::inline_text;
use crate::forms::saved_views::ViewNameProblem;
use crate::routes::Route;
use crate::ui::{Button, ButtonVariant, Dialog, Field, Icon, TextInput};
use crate::write::Notices;

/// A name that is being typed. Its problem is shown once the person has tried to save.
#[derive(Clone, Copy)]
struct NewName {
    text: RwSignal<String>,
    is_tried: RwSignal<bool>,
    problem: Memo<Option<ViewNameProblem>>,
}

impl NewName {
    fn new(store: SavedViewStore, former: Option<String>) -> Self {
        let text = RwSignal::new(former.clone().unwrap_or_default());
        let problem = Memo::new(move |_| text.with(|text| store.problem(text, former.as_deref())));
        Self { text, is_tried: RwSignal::new(false), problem }
    }

    /// Whether the name can be saved. Shows its problem otherwise.
    fn is_ready(self) -> bool {
        self.is_tried.set(true);
        self.problem.with_untracked(Option::is_none)
    }

    fn field(self) -> AnyView {
        let problem = Signal::derive(move || {
            self.problem.get().filter(|_| self.is_tried.get()).map(|problem| problem.to_string())
        });
        view! {
            <Field label="Name" required=true problem=problem>
                <TextInput value=self.text name="view-name" autofocus=true/>
            </Field>
        }
        .into_any()
    }
}

/// Asks for a name, and saves `view` under it.
#[component]
pub(crate) fn SaveViewDialog(is_open: RwSignal<bool>, view: Signal<Route>) -> impl IntoView {
    let (store, notices) = (use_saved_views(), expect_context::<Notices>());
    let close = Callback::new(move |()| is_open.set(false));
    let name = Memo::new(move |_| is_open.get().then(|| StoredValue::new(untrack(|| NewName::new(store, None)))));
    let save = move || {
        let Some(name) = name.get_untracked().map(|name| name.get_value()).filter(|name| name.is_ready()) else {
            return;
        };
        let text = name.text.get_untracked();
        if store.save(&text, &view.get_untracked()).is_ok() {
            is_open.set(false);
            notices.success(format!("Saved the view “{}”", inline_text(text.trim())));
        }
    };
    let footer = move || {
        view! {
            <Button on_click=close>"Cancel"</Button>
            <Button variant=ButtonVariant::Primary on_click=move |()| save()>"Save view"</Button>
        }
        .into_any()
    };
    view! {
        <Dialog open=is_open on_close=close title="Save view" footer=footer>
            <form on:submit=move |event| { event.prevent_default(); save(); }>
                <p class="muted">{"It keeps the search, the filters, the order and the columns of this table in this browser."}</p>
                {move || name.get().map(|name| name.get_value().field())}
            </form>
        </Dialog>
    }
}

/// Renames or deletes the saved view that was chosen in the side bar.
#[component]
pub(crate) fn EditViewDialog() -> impl IntoView {
    let (store, notices) = (use_saved_views(), expect_context::<Notices>());
    let SavedViewStore { editing, .. } = store;
    let close = Callback::new(move |()| editing.set(None));
    let name =
        Memo::new(move |_| editing.get().map(|former| StoredValue::new(untrack(|| NewName::new(store, Some(former))))));
    let title = Signal::derive(move || {
        editing
            .with(|name| name.as_ref().map(|name| format!("Edit the saved view “{}”", inline_text(name))))
            .unwrap_or_default()
    });
    let save = move || {
        let (Some(former), Some(name)) = (editing.get_untracked(), name.get_untracked()) else { return };
        let name = name.get_value();
        if name.is_ready() && store.rename(&former, &name.text.get_untracked()).is_ok() {
            editing.set(None);
        }
    };
    let delete = move |()| {
        if let Some(name) = editing.get_untracked() {
            store.delete(&name);
            editing.set(None);
            notices.success(format!("Deleted the saved view “{}”", inline_text(&name)));
        }
    };
    let footer = move || {
        view! {
            <Button variant=ButtonVariant::Danger icon=Icon::Trash on_click=delete>"Delete view"</Button>
            <Button on_click=close>"Cancel"</Button>
            <Button variant=ButtonVariant::Primary on_click=move |()| save()>"Save name"</Button>
        }
        .into_any()
    };
    view! {
        <Dialog open=Signal::derive(move || editing.with(Option::is_some)) on_close=close title=title footer=footer>
            <form on:submit=move |event| { event.prevent_default(); save(); }>
                {move || name.get().map(|name| name.get_value().field())}
            </form>
        </Dialog>
    }
}
