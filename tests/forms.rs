//! Forms, drafts and writes in a real browser: what is kept, what is said, and that no button is dead.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

#[expect(dead_code, reason = "each file of tests uses a part of the harness")]
mod ui_harness;

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

use console::api::{ApiError, Operation};
use console::components::{FirstView, FormState, LadderEditing, LadderFields};
use console::data::{Topic, WorkspaceList, use_cache};
use console::domain::{BudgetState, WorkspaceId};
use console::forms::{LadderForm, WorkspaceForm};
use console::navigation::UnsavedGuard;
use console::pages::create_workspace::CreateWorkspacePage;
use console::session::drafts;
use console::write::{Journal, Message, Notices, Scope, Viewer, Write, WriteFailure, Writer, use_write};
use futures::channel::oneshot;
use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsValue;
use leptos::wasm_bindgen::closure::Closure;
use ui_harness::{Stage, has_focus, text_of, type_text, until};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const ID: &str = "0f8fad5b-d9cb-469f-a165-70867728950e";

thread_local! {
    static WORLD: OnceCell<Owner> = const { OnceCell::new() };
    /// The workspaces that the API lists. Until they are set, it does not answer.
    static LISTED: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Answers requests in place of the API.
async fn answer(url: String) -> Result<JsValue, JsValue> {
    let body = if url.contains("/workspaces") {
        until("the list is to be answered", || LISTED.with_borrow(Option::is_some)).await;
        LISTED
            .with_borrow(|listed| format!(r#"{{"data":[{}],"total_count":1}}"#, listed.as_deref().unwrap_or_default()))
    } else if url.ends_with("/key") {
        r#"{"data":{"label":"sk-...","is_management_key":true}}"#.to_owned()
    } else {
        r#"{"data":[]}"#.to_owned()
    };
    let headers = web_sys::Headers::new()?;
    headers.append("content-type", "application/json")?;
    let init = web_sys::ResponseInit::new();
    init.set_headers(&headers);
    Ok(web_sys::Response::new_with_opt_str_and_init(Some(&body), &init)?.into())
}

fn replace_fetch() {
    let fetch = Closure::<dyn Fn(JsValue) -> js_sys::Promise>::new(|request: JsValue| {
        let url = js_sys::Reflect::get(&request, &"url".into()).unwrap().as_string().unwrap();
        wasm_bindgen_futures::future_to_promise(answer(url))
    });
    js_sys::Reflect::set(&window(), &"fetch".into(), fetch.as_ref()).unwrap();
    fetch.forget();
}

/// Runs something with the services of the page. They live as long as the page: its listeners are never removed.
fn in_world<T>(run: impl FnOnce() -> T) -> T {
    WORLD.with(|world| {
        let world = world.get_or_init(|| {
            replace_fetch();
            let owner = Rc::new(RefCell::new(None));
            let made = owner.clone();
            mount_to(document().body().unwrap(), move || {
                provide_context(FirstView(StoredValue::new(true)));
                console::app::provide_services();
                *made.borrow_mut() = Owner::current();
            })
            .forget();
            owner.take().unwrap()
        });
        world.with(run)
    })
}

fn stage(view: impl FnOnce() -> AnyView + 'static) -> Stage {
    in_world(|| Stage::new(view))
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
    until("the list is read", || {
        in_world(|| use_cache().peek(&WorkspaceList).is_some_and(|list| !list.rows.is_empty()))
    })
    .await;
    stage.get("[type=submit]").click();
    until("the problem is shown", || problem_at(&stage, "slug").contains("is taken by another workspace")).await;
    until("the slug has the focus", || has_focus(&stage.get("[name=slug]"))).await;
    in_world(|| use_cache().remove_workspace(&id));
    until("the problem is gone with its cause", || problem_at(&stage, "slug").is_empty()).await;
}

#[wasm_bindgen_test]
async fn create_leads_to_a_problem_that_no_field_shows() {
    let stage = stage(|| view! { <CreateWorkspacePage/> }.into_any());
    type_text(&stage.get("[name=name]"), "Research");
    let switches = stage.all("[role=switch]");
    let byok = switches.last().unwrap();
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
    let again = stage.all("button").into_iter().find(|it| it.inner_text() == "Start anew").unwrap();
    again.click();
    until("the form is empty", || text_of(&stage.get("[name=name]")).is_empty()).await;
    type_text(&stage.get("[name=name]"), "Night Shift");
    until("the slug is suggested", || text_of(&stage.get("[name=slug]")) == "night-shift").await;
}

#[wasm_bindgen_test]
async fn a_limit_that_is_switched_off_and_on_again_has_its_amount() {
    let form = RwSignal::new(LadderForm::default());
    let stage = stage(move || {
        let editing = LadderEditing::new(FormState::new(form), Signal::stored(BudgetState::default()));
        view! { <LadderFields editing=editing meaning=Callback::new(|_| String::new())/> }.into_any()
    });
    let switch = stage.get("[role=switch]");
    switch.click();
    type_text(&stage.appears("[name=limit-lifetime]").await, "12.50");
    switch.click();
    until("the amount is gone", || stage.all("[name=limit-lifetime]").is_empty()).await;
    switch.click();
    assert_eq!(text_of(&stage.appears("[name=limit-lifetime]").await), "12.50");
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
    assert!(!in_world(|| untrack(|| expect_context::<UnsavedGuard>().is_up())), "there is nothing left to ask about");
    drafts::forget("failed");
}

#[wasm_bindgen_test]
async fn a_draft_goes_where_the_person_leaves_on_purpose() {
    let stage = stage(|| edited("left"));
    until("the draft is kept", || restored("left").is_some()).await;
    // As the answer to the guard's question does.
    in_world(|| expect_context::<UnsavedGuard>().set(false));
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
            scope.record("Rename", "Lab".to_owned(), async { Ok(()) }).await?;
        }
        answer
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
    let notices: Notices = in_world(expect_context);
    notices.list.with_untracked(|list| list.iter().map(|it| (it.title.clone(), it.detail.clone())).collect())
}

/// A view with a writer, a write and its answer. Results that reach the view are counted.
fn writing() -> (Stage, Writer<Rename>, Rename, oneshot::Sender<Answer>, RwSignal<u32>) {
    let ended = in_world(|| RwSignal::new(0));
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
    in_world(|| expect_context::<Notices>().list.set(Vec::new()));
    (stage, writer.take().unwrap(), write, answer, ended)
}

#[wasm_bindgen_test]
async fn a_write_is_pending_until_it_ends_and_is_sent_once() {
    let (stage, writer, write, answer, ended) = writing();
    writer.run(write.clone());
    writer.run(write.clone());
    until("it is sent", || write.sent.get() == 1).await;
    assert!(writer.pending.get_untracked());
    let journal: Journal = in_world(expect_context);
    let entries = journal.0.with_untracked(Vec::len);
    answer.send(Ok("Lab 2")).unwrap();
    until("it has ended", || ended.get_untracked() == 1).await;
    assert!(!writer.pending.get_untracked() && writer.failure.get_untracked().is_none());
    assert_eq!(notices(), [("Renamed to Lab 2".to_owned(), None)]);
    assert_eq!(journal.0.with_untracked(Vec::len), entries + 1);
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
