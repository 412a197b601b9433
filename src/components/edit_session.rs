//! A form for something on the server that other people may change too.
//!
//! Invariant: fields that are not edited follow the server. What was edited stays, and a field that someone else has changed
//! to another value waits for the person's decision.

use super::FormState;
use crate::forms::{Comparison, Form};
use crate::session::drafts;
use crate::ui::Bound;
use leptos::prelude::*;

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

pub struct EditSession<F: Form> {
    pub state: FormState<F>,
    pub is_dirty: Memo<bool>,
    /// The last known state of the server: as loaded, or as a later write left it.
    pub known: Memo<F::Server>,
    /// What was sent so far, while someone else's change is compared with this form.
    pub compared: RwSignal<Option<String>>,
    /// The fields that someone else changed since the restored draft was started; `None` if no draft was restored.
    pub restored: RwSignal<Option<Vec<&'static str>>>,
    data: Signal<F::Server>,
    edit: RwSignal<Edit<F>>,
    current: Memo<Edit<F>>,
    written: RwSignal<Option<Written<F>>>,
}

copy_handle!(EditSession<F> where F: Form);

impl<F: Form> EditSession<F> {
    pub fn new(data: Signal<F::Server>) -> Self {
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
        let current = Memo::new(move |_| {
            let (known, is_compared) = (known.get(), compared.with(Option::is_some));
            edit.with(|edit| {
                if is_compared || edit.base == known || edit.form.overlaps(&edit.base, &known) {
                    edit.clone()
                } else {
                    Edit { form: edit.form.rebased(&edit.base, &known), base: known }
                }
            })
        });
        let form = Bound::new(Memo::new(move |_| current.with(|edit| edit.form.clone())), move |form: F| {
            edit.set(Edit { form, base: current.with_untracked(|edit| edit.base.clone()) })
        });
        let is_dirty = Memo::new(move |_| current.with(Edit::is_dirty));
        let (state, restored) = (FormState::new(form), RwSignal::new(None));
        Self { state, is_dirty, known, compared, restored, data, edit, current, written }
    }

    /// Restores the draft of that name, and saves it from now on.
    pub fn keep_draft(&self, name: String) {
        let today = untrack(|| F::of(&self.base()));
        if let Some((draft, began)) = drafts::restore(&name, &today) {
            self.restore(&draft, &began);
        }
        let current = self.current;
        drafts::follow(name, self.is_dirty, move || current.with(|edit| (edit.form.clone(), F::of(&edit.base))));
    }

    /// Restores a draft. What it did not change since `began`, the form that it started from, follows the server.
    fn restore(&self, draft: &F, began: &F) {
        let today = untrack(|| F::of(&self.base()));
        let changes = draft.compare(began, &today).into_iter();
        let changed = changes.filter(|it| it.theirs.is_some()).map(|it| it.label).collect();
        self.restored.set(Some(changed));
        self.state.fill(draft.following(began, &today));
        self.state.touch_all();
    }

    /// The server's state that the form is compared with; tracked.
    pub fn base(&self) -> F::Server {
        self.current.with(|edit| edit.base.clone())
    }

    /// What someone else changed, and what this person edited; tracked.
    pub fn differences(&self) -> Vec<Comparison> {
        let known = self.known.get();
        self.current.with(|edit| edit.form.differences(&edit.base, &known))
    }

    /// How many fields are edited; tracked.
    pub fn edited(&self) -> usize {
        self.current.with(|edit| edit.form.differences(&edit.base, &edit.base).len())
    }

    /// Records what the server holds now, after this form has written or read it.
    pub fn learn(&self, known: F::Server) {
        self.written.set(Some((known, self.data.get_untracked())));
    }

    pub fn reset(&self, form: F, base: F::Server) {
        self.state.untouch();
        self.edit.set(Edit { form, base });
    }

    pub fn set_base(&self, base: F::Server) {
        self.edit.set(Edit { form: untrack(|| self.state.get()), base });
    }

    /// Adopts what the server holds after this form's own writes. What was typed since `sent` stays.
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

    /// Drops what was edited since the form last agreed with the server.
    pub fn discard(&self) {
        self.state.fill(untrack(|| F::of(&self.base())));
        self.restored.set(None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{BudgetState, Interval, Ladder, Usd};
    use crate::forms::{LadderForm, LimitInput};

    fn state(monthly: &str, weekly: &str) -> BudgetState {
        let limits = [(Interval::Monthly, monthly), (Interval::Weekly, weekly)];
        let set = |ladder: Ladder, (at, limit): (Interval, &str)| ladder.with(at, Usd::parse(limit).ok());
        BudgetState { ladder: limits.into_iter().fold(Ladder::default(), set), counts_byok: Some(false) }
    }

    fn form(monthly: &str, weekly: &str) -> LadderForm {
        LadderForm::of(&state(monthly, weekly))
    }

    /// Edits what a signal holds, at first a monthly limit of $500.
    fn edit(test: impl FnOnce(EditSession<LadderForm>, RwSignal<BudgetState>)) {
        Owner::new().with(|| {
            let data = RwSignal::new(state("500", ""));
            test(EditSession::new(data.into()), data);
        });
    }

    fn type_monthly(session: EditSession<LadderForm>, amount: &str) {
        session.state.update(|form| form.limits[1] = LimitInput { is_on: true, amount: amount.to_owned() });
    }

    #[test]
    fn a_form_that_was_not_edited_follows_the_server() {
        edit(|session, data| {
            data.set(state("600", "20"));
            assert_eq!(session.state.get(), form("600", "20"));
            assert!(!session.is_dirty.get());
            // An edit that was taken back is none.
            type_monthly(session, "700.00");
            type_monthly(session, "600.00");
            data.set(state("800", ""));
            assert_eq!(session.state.get(), form("800", ""));
        });
    }

    #[test]
    fn what_was_edited_stays_and_is_compared_with_the_server() {
        edit(|session, data| {
            type_monthly(session, "700.00");
            data.set(state("600", "20"));
            assert_eq!(session.state.get(), form("700", ""));
            let labels: Vec<_> = session.differences().iter().map(|it| (it.label, it.mine.clone())).collect();
            assert_eq!(labels, [("Monthly", Some("$700.00".to_owned())), ("Weekly", None)]);
            session.keep_mine();
            assert_eq!((session.state.get(), session.base()), (form("700", "20"), state("600", "20")));
            session.discard();
            assert_eq!(session.state.get(), form("600", "20"));
            assert!(session.differences().is_empty());
        });
    }

    #[test]
    fn changes_that_do_not_overlap_are_merged_without_a_question() {
        edit(|session, data| {
            type_monthly(session, "700.00");
            data.set(state("500", "20"));
            assert_eq!((session.state.get().limits[1].amount.as_str(), session.base()), ("700.00", state("500", "20")));
            assert_eq!(session.state.get().limits[2].amount, "20.00");
            assert!(session.is_dirty.get() && session.differences().iter().all(|it| !it.is_overlap));
            // The same change by both is none that either would lose.
            data.set(state("700", "20"));
            assert!(!session.is_dirty.get() && session.differences().is_empty());
        });
    }

    #[test]
    fn mine_can_be_discarded_for_a_change_that_was_only_read_before_saving() {
        edit(|session, _data| {
            type_monthly(session, "700.00");
            session.learn(state("600", ""));
            session.compare(String::new());
            assert_eq!(session.differences().len(), 1);
            session.discard_mine();
            assert_eq!((session.state.get(), session.base()), (form("600", ""), state("600", "")));
            assert!(session.compared.get().is_none());
        });
    }

    #[test]
    fn a_write_counts_until_newer_data_is_loaded() {
        edit(|session, data| {
            type_monthly(session, "700.00");
            session.follow_write(&form("700", ""), state("700", ""));
            assert!(!session.is_dirty.get() && session.differences().is_empty());
            assert_eq!(session.known.get(), state("700", ""));
            data.set(state("700", "20"));
            assert_eq!(session.state.get(), form("700", "20"));
        });
    }

    #[test]
    fn what_was_typed_during_a_write_stays() {
        edit(|session, _data| {
            type_monthly(session, "700.00");
            let sent = session.state.get();
            session.state.update(|form| form.limits[2] = LimitInput { is_on: true, amount: "30.00".to_owned() });
            session.follow_write(&sent, state("700", ""));
            assert_eq!(session.state.get(), form("700", "30"));
            assert!(session.is_dirty.get());
        });
    }

    #[test]
    fn a_change_that_is_shown_waits_for_a_decision_even_if_nothing_is_edited() {
        edit(|session, _data| {
            session.learn(state("600", ""));
            session.compare(String::new());
            session.set_base(state("500", ""));
            assert_eq!(session.differences().len(), 1);
        });
    }

    #[test]
    fn a_draft_does_not_undo_what_others_changed_since() {
        edit(|session, data| {
            data.set(state("500", "40"));
            session.restore(&form("700", "20"), &form("500", "20"));
            assert_eq!(session.state.get(), form("700", "40"));
            assert_eq!(session.restored.get(), Some(vec!["Weekly"]));
        });
    }
}
