//! The editing of something that the server holds, while other people may change it too.
//!
//! Invariant: as long as nothing was edited the form follows the server. What was edited stays until the person decides.

use leptos::prelude::*;

use super::FormState;
use crate::forms::{Comparison, Form};
use crate::state::drafts;
use crate::ui::Bound;

/// A form, and the server's state that it is compared with.
#[derive(Clone, PartialEq)]
struct Edit<F: Form> {
    form: F,
    base: F::Server,
}

impl<F: Form> Edit<F> {
    fn of(server: F::Server) -> Self {
        Self { form: F::of(&server), base: server }
    }

    fn is_dirty(&self) -> bool {
        self.form.differs_from(&self.base)
    }
}

/// The state of the server after a write of this form, and the data that was loaded by then.
type Written<F> = (<F as Form>::Server, <F as Form>::Server);

/// One form that is edited by one person.
pub struct EditSession<F: Form> {
    /// The form.
    pub state: FormState<F>,
    /// Whether anything was edited.
    pub is_dirty: Memo<bool>,
    /// The server's state as far as it is known: as loaded, or as a later write left it.
    pub known: Memo<F::Server>,
    /// What was sent so far, while someone else's change is compared with this form.
    pub compared: RwSignal<Option<String>>,
    /// The fields that someone else changed since the restored draft was begun; `None` where no draft was restored.
    pub restored: RwSignal<Option<Vec<&'static str>>>,
    data: Signal<F::Server>,
    edit: RwSignal<Edit<F>>,
    current: Memo<Edit<F>>,
    written: RwSignal<Option<Written<F>>>,
}

impl<F: Form> Clone for EditSession<F> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<F: Form> Copy for EditSession<F> {}

impl<F: Form> EditSession<F> {
    /// Edits what `data` holds. A draft of that name is restored, and kept from now on.
    pub fn new(data: Signal<F::Server>, draft: String) -> Self {
        let edit = RwSignal::new(Edit::<F>::of(data.get_untracked()));
        let written = RwSignal::new(None::<Written<F>>);
        let compared = RwSignal::new(None);
        // A write counts until newer data is loaded.
        let known = Memo::new(move |_| {
            let data = data.get();
            written.with(|written| match written {
                Some((now, seen)) if *seen == data => now.clone(),
                _ => data,
            })
        });
        let current =
            Memo::new(move |_| {
                let (known, is_compared) = (known.get(), compared.with(Option::is_some));
                edit.with(|edit| {
                    if is_compared || edit.base == known || edit.is_dirty() { edit.clone() } else { Edit::of(known) }
                })
            });
        let form = Bound::new(Memo::new(move |_| current.with(|edit| edit.form.clone())), move |form: F| {
            edit.set(Edit { form, base: current.with_untracked(|edit| edit.base.clone()) })
        });
        let is_dirty = Memo::new(move |_| current.with(Edit::is_dirty));
        let (state, restored) = (FormState::new(form), RwSignal::new(None));
        let session = Self { state, is_dirty, known, compared, restored, data, edit, current, written };
        session.restore(&draft);
        drafts::follow(draft, is_dirty, move || current.with(|edit| (edit.form.clone(), F::of(&edit.base))));
        session
    }

    fn restore(&self, name: &str) {
        let today = untrack(|| F::of(&self.base()));
        if let Some((draft, began)) = drafts::restore(name, &today) {
            let changed = draft.compare(&began, &today).into_iter().map(|it| it.label).collect();
            self.restored.set(Some(changed));
            // What was not edited then is as the server has it today.
            self.state.fill(draft.following(&began, &today));
            self.state.touch_all();
        }
    }

    /// The server's state that the form is compared with; tracked.
    pub fn base(&self) -> F::Server {
        self.current.with(|edit| edit.base.clone())
    }

    /// What someone else changed, beside what this person edited; tracked.
    pub fn differences(&self) -> Vec<Comparison> {
        let known = self.known.get();
        self.current.with(|edit| edit.form.differences(&edit.base, &known))
    }

    /// Says what the server holds now, by this form's own write or by a look at it.
    pub fn learn(&self, known: F::Server) {
        self.written.set(Some((known, self.data.get_untracked())));
    }

    /// Replaces the form and the state that it is compared with.
    pub fn reset(&self, form: F, base: F::Server) {
        self.state.untouch();
        self.edit.set(Edit { form, base });
    }

    /// Compares the form with `base` from now on.
    pub fn set_base(&self, base: F::Server) {
        self.edit.set(Edit { form: untrack(|| self.state.get()), base });
    }

    /// Takes over what the server holds after this form's own writes. What was typed since `sent` stays.
    pub fn follow_write(&self, sent: &F, now: F::Server) {
        let form = untrack(|| self.state.get()).following(sent, &F::of(&now));
        self.learn(now.clone());
        self.reset(form, now);
    }

    /// Shows someone else's change beside the form. `sent` says what this form has sent so far.
    pub fn compare(&self, sent: String) {
        self.compared.set(Some(sent));
    }

    /// Keeps what was edited, on top of what the server holds now.
    pub fn keep_mine(&self) {
        let (known, edit) = (self.known.get_untracked(), self.current.get_untracked());
        self.reset(edit.form.rebased(&edit.base, &known), known);
        self.compared.set(None);
    }

    /// Drops what was edited for what the server holds now.
    pub fn discard_mine(&self) {
        let known = self.known.get_untracked();
        self.reset(F::of(&known), known);
        self.compared.set(None);
    }

    /// Drops what was edited since the form was last in agreement with the server.
    pub fn discard(&self) {
        self.state.fill(untrack(|| F::of(&self.base())));
        self.restored.set(None);
    }
}
