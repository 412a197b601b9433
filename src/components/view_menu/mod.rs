//! The menu that arranges the table of a view: its columns, its density and its order, a link to it, and saving it.
//!
//! Invariant: a layout that came with the address is changed in the address. What this browser remembers changes only where
//! the person says so.

mod columns;
mod export;
mod sorting;

use leptos::html;
use leptos::prelude::*;

use super::saved_views::SaveViewDialog;
use super::{Action, TableLayouts, fixed_options, offer_actions, use_table_layout};
use crate::navigation::{Navigator, use_navigator, use_route};
use crate::routes::Route;
use crate::search::columns::{Arrangement, Density, TableLayout, TableName};
use crate::ui::{Bound, Button, CopyButton, Icon, Popover, Segmented, close_popover, dynamic};

use columns::ColumnList;
use export::{ExportButton, saving};
pub(crate) use export::{TableExport, exact_time};
use sorting::SortChoice;

/// The table that a menu arranges.
#[derive(Clone, Copy)]
struct ArrangedTable {
    name: TableName,
    /// The view with the table. It keeps its last value while another page takes its place.
    view: Memo<Route>,
    layout: Memo<TableLayout>,
    layouts: TableLayouts,
    navigator: Navigator,
}

impl ArrangedTable {
    fn new(name: TableName) -> Self {
        let route = use_route();
        let view = Memo::new(move |last: Option<&Route>| {
            let shown = route.get();
            last.filter(|_| shown.table() != Some(name)).cloned().unwrap_or(shown)
        });
        let layout = use_table_layout(name, move || view.with(|view| view.layout().cloned()));
        Self { name, view, layout, layouts: expect_context(), navigator: use_navigator() }
    }

    fn arrangement(self) -> Arrangement {
        self.layout.with(|layout| Arrangement::new(self.name, layout))
    }

    /// Changes the layout where it comes from: in the address, or else in what this browser remembers.
    fn lay_out(self, layout: TableLayout) {
        let view = self.view.get_untracked();
        match view.layout() {
            Some(_) => self.navigator.replace(&view.with_layout(Some(layout))),
            None => self.layouts.remember(self.name, &layout),
        }
    }

    fn has_own_layout(self) -> bool {
        self.view.with(|view| view.layout().is_some())
    }

    /// Shows what this browser remembers.
    fn drop_own_layout(self) {
        self.navigator.replace(&self.view.get_untracked().with_layout(None));
    }

    /// The view with everything that makes it look so for others.
    fn shared(self) -> Route {
        let layout = self.arrangement().layout();
        let is_default = layout == TableLayout::default();
        self.view.get().without_panel().with_layout((!is_default).then_some(layout))
    }
}

/// The menu for the table of the current view. Nothing if the view has none.
#[component]
pub(crate) fn ViewMenu(
    /// What it exports, if the page has no export of its own.
    #[prop(optional)]
    export: Option<TableExport>,
) -> impl IntoView {
    use_route().with_untracked(Route::table).map(|name| {
        let table = ArrangedTable::new(name);
        let panel = NodeRef::<html::Div>::new();
        let is_saving = RwSignal::new(false);
        let export = export.map(|export| (export, saving(table, export)));
        // A dialog over the panel would close it and lose the focus.
        let save = Callback::new(move |()| {
            close_popover(panel);
            is_saving.set(true);
        });
        offer_actions(move || vec![Action::run(Icon::Plus, "Save this view…", save)]);
        // It is open again with the layout of the table, also of an older link.
        let saved = Signal::derive(move || {
            let layout = table.arrangement().layout();
            table.view.get().without_panel().with_layout(Some(layout))
        });
        view! {
            <Popover icon=Icon::Layout label="View" title="View" panel=panel>
                <Choices table=table save=save export=export/>
            </Popover>
            <SaveViewDialog is_open=is_saving view=saved/>
        }
    })
}

#[component]
fn Choices(table: ArrangedTable, save: Callback<()>, export: Option<(TableExport, Callback<()>)>) -> impl IntoView {
    let density = Bound::new(
        move || table.layout.with(|layout| layout.density.word().to_owned()),
        move |word: String| {
            let density = Density::parse(&word).unwrap_or_default();
            table.lay_out(TableLayout { density, ..untrack(|| table.arrangement().layout()) });
        },
    );
    let densities =
        fixed_options(&[(Density::Comfortable.word(), "Comfortable"), (Density::Compact.word(), "Compact")]);
    let link = Signal::derive(move || {
        let origin = window().location().origin().unwrap_or_default();
        [origin, table.shared().href()].concat()
    });
    let reset = move |()| table.lay_out(TableLayout::default());
    view! {
        <OwnLayout table=table/>
        <ColumnList table=table/>
        <div class="view-menu__part">
            <span class={"view-menu__title"} aria-hidden="true">{"Density"}</span>
            <Segmented legend="Density" value=density options=densities/>
        </div>
        <SortChoice table=table/>
        <div class="view-menu__actions">
            <CopyButton text=link label="Copy link to this view" has_text=true/>
            <Button icon=Icon::Plus on_click=save>"Save view…"</Button>
            {export.map(|(export, save)| view! { <ExportButton export=export save=save/> })}
            <Button icon=Icon::Undo on_click=reset>"Reset to default"</Button>
        </div>
    }
}

/// Says that the address has columns of its own, and offers to keep them.
#[component]
fn OwnLayout(table: ArrangedTable) -> impl IntoView {
    let keep = move |()| {
        table.layouts.remember(table.name, &untrack(|| table.arrangement().layout()));
        table.drop_own_layout();
    };
    let is_own = Memo::new(move |_| table.has_own_layout());
    dynamic(move || {
        is_own.get().then(|| {
            view! {
                <div class="view-menu__note">
                    <p>{"The columns and the density come from the link or the saved view. Your own stay as they are."}</p>
                    <Button on_click=keep>"Keep for this browser"</Button>
                    <Button on_click=move |()| table.drop_own_layout()>"Use my own"</Button>
                </div>
            }
        })
    })
}
