//! Forms, drafts and writes in a real browser: what is kept, what is said, and that no button is dead.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

#[path = "component_harness/services.rs"]
mod services;
#[expect(dead_code, reason = "each file of tests uses a part of the harness")]
mod ui_harness;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use console::api::{ApiError, Operation};
use console::components::{FormState, LadderEditing, LadderFields};
use console::data::{Topic, WorkspaceList, use_cache};
use console::domain::{ActivityKind, BudgetState, WorkspaceId};
use console::forms::{LadderForm, WorkspaceForm};
use console::navigation::UnsavedGuard;
use console::pages::create_workspace::CreateWorkspacePage;
use console::session::drafts;
use console::write::{
    ActivityLog, Message, NewActivity, Notices, Scope, StepAbout, Viewer, Write, WriteFailure, Writer, use_write,
};
use futures::channel::oneshot;
use leptos::prelude::*;
use services::{LISTED, in_app};
use ui_harness::{Stage, has_focus, text_of, type_text, until};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const ID: &str = "0f8fad5b-d9cb-469f-a165-70867728950e";

fn stage(view: impl FnOnce() -> AnyView + 'static) -> Stage {
    in_app(|| Stage::new(view))
}

fn problem_at(stage: &Stage, name: &str) -> String {
    let control = stage.get(&format!("[name={name}]"));
    control
        .closest(".field")
        .unwrap()
        .unwrap()
        .query_selector("[id$=-problem]")
        .unwrap()
        .unwrap()
        .text_content()
        .unwrap()
}

#[wasm_bindgen_test]
async fn create_shows_the_problem_where_a_slug_turns_out_to_be_taken() {
    let stage = stage(|| view! { <CreateWorkspacePage/> }.into_any());
    type_text(&stage.get("[name=name]"), "Lab");
    until("the slug is suggested", || text_of(&stage.get("[name=slug]")) == "lab").await;
    assert_eq!(problem_at(&stage, "slug"), "");
    // The list is answered only now.
    LISTED.set(Some(format!(r#"{{"id":"{ID}","name":"Theirs","slug":"lab"}}"#)));
    let id = WorkspaceId::parse(ID).unwrap();
    until("the list is read", || in_app(|| use_cache().peek(&WorkspaceList).is_some_and(|list| !list.rows.is_empty())))
        .await;
    stage.get("[type=submit]").click();
    until("the problem is shown", || problem_at(&stage, "slug").contains("Another workspace uses")).await;
    until("the slug has the focus", || has_focus(&stage.get("[name=slug]"))).await;
    in_app(|| use_cache().remove_workspace(&id));
    until("the problem is gone with its cause", || problem_at(&stage, "slug").is_empty()).await;
}

#[wasm_bindgen_test]
async fn create_leads_to_a_problem_that_no_field_shows() {
    let stage = stage(|| view! { <CreateWorkspacePage/> }.into_any());
    type_text(&stage.get("[name=name]"), "Research");
    let byok = stage.get(".form [role=switch]");
    byok.click();
    stage.get("[type=submit]").click();
    until("the text at the switch has the focus", || stage.all("[data-problem]").iter().any(has_focus)).await;
    byok.click();
}

#[wasm_bindgen_test]
async fn after_start_anew_the_slug_is_suggested_again() {
    let kept = r#"{"version":2,"form":{"name":"Half a thought","slug":"my-own","later":[1]},"base":{}}"#;
    let storage = window().session_storage().unwrap().unwrap();
    storage.set_item("workspace-console.draft.create-workspace", kept).unwrap();
    let stage = stage(|| view! { <CreateWorkspacePage/> }.into_any());
    until("the draft is restored", || text_of(&stage.get("[name=slug]")) == "my-own").await;
    let again = stage.all("button").into_iter().find(|it| it.inner_text() == "Start over").unwrap();
    again.click();
    until("the form is empty", || text_of(&stage.get("[name=name]")).is_empty()).await;
    type_text(&stage.get("[name=name]"), "Night Shift");
    until("the slug is suggested", || text_of(&stage.get("[name=slug]")) == "night-shift").await;
}

#[wasm_bindgen_test]
async fn a_limit_that_is_removed_and_added_again_has_its_amount() {
    let form = RwSignal::new(LadderForm::default());
    let stage = stage(move || {
        let editing = LadderEditing::new(FormState::new(form), Signal::stored(BudgetState::default()));
        view! { <LadderFields editing=editing meaning=Callback::new(|_| String::new())/> }.into_any()
    });
    stage.get(".rung__add").click();
    type_text(&stage.appears("[name=limit-lifetime]").await, "12.50");
    stage.get("[aria-label='Remove lifetime limit']").click();
    until("the amount is gone", || stage.all("[name=limit-lifetime]").is_empty()).await;
    stage.get(".rung__add").click();
    assert_eq!(text_of(&stage.appears("[name=limit-lifetime]").await), "12.50");
    until("it takes what is typed next", || has_focus(&stage.get("[name=limit-lifetime]"))).await;
}

/// A view that keeps a draft of a form that was edited.
fn edited(name: &'static str) -> AnyView {
    let form = WorkspaceForm { name: "Mine".to_owned(), ..WorkspaceForm::default() };
    drafts::follow(name.to_owned(), Memo::new(|_| true), move || (form.clone(), WorkspaceForm::default()));
    ().into_any()
}

fn restored(name: &str) -> Option<String> {
    drafts::restore(name, &WorkspaceForm::default()).map(|(form, _)| form.name)
}

#[wasm_bindgen_test]
async fn a_draft_stays_where_the_form_is_gone_because_its_data_failed() {
    let stage = stage(|| edited("failed"));
    until("the draft is kept", || restored("failed").is_some()).await;
    drop(stage);
    assert_eq!(restored("failed").as_deref(), Some("Mine"));
    assert!(!in_app(|| untrack(|| expect_context::<UnsavedGuard>().is_up())), "there is nothing left to ask about");
    drafts::forget("failed");
}

#[wasm_bindgen_test]
async fn a_draft_goes_where_the_person_leaves_on_purpose() {
    let stage = stage(|| edited("left"));
    until("the draft is kept", || restored("left").is_some()).await;
    // As the answer to the guard's question does.
    in_app(|| expect_context::<UnsavedGuard>().set(false));
    drop(stage);
    assert_eq!(restored("left"), None);
}

type Answer = Result<&'static str, WriteFailure>;

/// A write whose answer the test gives.
#[derive(Clone, Default)]
struct Rename {
    sent: Rc<Cell<u32>>,
    answer: Rc<RefCell<Option<oneshot::Receiver<Answer>>>>,
}

impl Write for Rename {
    type Output = &'static str;

    async fn send(&self, scope: &Scope) -> Answer {
        self.sent.set(self.sent.get() + 1);
        let answer = self.answer.borrow_mut().take().unwrap();
        let answer = answer.await.unwrap();
        if answer.is_ok() {
            scope.record(StepAbout::default(), async |_| Ok(())).await?;
        }
        answer
    }

    fn activity(&self) -> NewActivity {
        NewActivity::new(ActivityKind::ChangeSettings, WorkspaceId::parse(ID).unwrap())
    }

    fn topics(&self, _result: &Answer) -> Vec<Topic> {
        vec![Topic::Workspaces]
    }

    fn message(&self, name: &&'static str, _viewer: Viewer) -> Option<Message> {
        Some(Message::Success(format!("Renamed to {name}")))
    }

    fn failure_title(&self) -> String {
        "Not renamed".to_owned()
    }
}

fn refused() -> WriteFailure {
    WriteFailure::Unread(ApiError::Aborted { operation: Operation::UpdateWorkspace })
}

fn notices() -> Vec<(String, Option<String>)> {
    let notices: Notices = in_app(expect_context);
    notices.list.with_untracked(|list| list.iter().map(|it| (it.title.clone(), it.detail.clone())).collect())
}

/// A view with a writer, a write and its answer. Results that reach the view are counted.
fn writing() -> (Stage, Writer<Rename>, Rename, oneshot::Sender<Answer>, RwSignal<u32>) {
    let ended = in_app(|| RwSignal::new(0));
    let writer = Rc::new(Cell::new(None));
    let made = writer.clone();
    let stage = stage(move || {
        made.set(Some(use_write(move |_: Rename, result: Answer| {
            ended.update(|ended| *ended += 1);
            result.err()
        })));
        ().into_any()
    });
    let (answer, receiver) = oneshot::channel();
    let write = Rename::default();
    *write.answer.borrow_mut() = Some(receiver);
    in_app(|| expect_context::<Notices>().list.set(Vec::new()));
    (stage, writer.take().unwrap(), write, answer, ended)
}

#[wasm_bindgen_test]
async fn a_write_is_pending_until_it_ends_and_is_sent_once() {
    let (stage, writer, write, answer, ended) = writing();
    writer.run(write.clone());
    writer.run(write.clone());
    until("it is sent", || write.sent.get() == 1).await;
    assert!(writer.pending.get_untracked());
    let log: ActivityLog = in_app(expect_context);
    let before = in_app(|| untrack(|| log.count()));
    answer.send(Ok("Lab 2")).unwrap();
    until("it has ended", || ended.get_untracked() == 1).await;
    assert!(!writer.pending.get_untracked() && writer.failure.get_untracked().is_none());
    assert_eq!(notices(), [("Renamed to Lab 2".to_owned(), None)]);
    assert_eq!(in_app(|| untrack(|| log.count())), before + 1);
    assert_eq!(write.sent.get(), 1);
    drop(stage);
}

#[wasm_bindgen_test]
async fn a_failure_is_shown_in_its_view_and_not_as_a_notice() {
    let (stage, writer, write, answer, ended) = writing();
    writer.run(write);
    answer.send(Err(refused())).unwrap();
    until("it has ended", || ended.get_untracked() == 1).await;
    assert_eq!(writer.failure.get_untracked(), Some(refused()));
    assert_eq!(notices(), []);
    drop(stage);
}

#[wasm_bindgen_test]
async fn a_person_who_has_left_is_told_how_a_write_ended() {
    for (answer_given, title) in [(Ok("Lab 2"), "Renamed to Lab 2"), (Err(refused()), "Not renamed")] {
        let (stage, writer, write, answer, ended) = writing();
        writer.run(write.clone());
        until("it is sent", || write.sent.get() == 1).await;
        drop(stage);
        answer.send(answer_given).unwrap();
        until("the notice is shown", || notices().first().is_some_and(|(shown, _)| shown == title)).await;
        assert_eq!(ended.get_untracked(), 0, "the view is gone");
    }
}
