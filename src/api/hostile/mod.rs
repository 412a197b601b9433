//! Tests every operation of the client with responses that are wrong in every way.

pub(super) mod answers;

use std::fmt::Debug;
use std::sync::Arc;
use std::time::{Duration, Instant};

use futures::executor::block_on;
use futures::future::{LocalBoxFuture, ready};
use futures::{FutureExt as _, StreamExt as _};
use proptest::prelude::*;

use super::client::{Client, Exchange};
use super::decode::Answer;
use super::request::Request;
use super::testing::create_body;
use super::{
    ApiError, Operation, WriteError, activity, analytics, budgets, credits, keys, members, models, organization,
    workspaces,
};
use crate::domain::{
    BadRow, Interval, KeyHash, Page, PageRequest, SetBudget, UpdateWorkspace, Usd, UserId, UserIds, WorkspaceId,
    WorkspaceRef,
};
use crate::testing::{Tree, damage, edit, nested};

const FIRST: PageRequest = PageRequest { offset: 0, limit: 100 };

/// A server that sends the same response to every request.
struct Same(Answer);

impl Exchange for Same {
    fn exchange(&self, _: Request, _: Duration) -> LocalBoxFuture<'static, Result<Answer, ApiError>> {
        ready(Ok(self.0.clone())).boxed_local()
    }

    fn sleep(&self, _: Duration) -> LocalBoxFuture<'static, ()> {
        ready(()).boxed_local()
    }

    fn jitter(&self) -> f64 {
        1.0
    }

    fn elapsed(&self) -> Duration {
        Duration::ZERO
    }
}

/// The result of a call: the rows of a list as text, or none.
type Given = Result<(Vec<String>, Vec<BadRow>), ApiError>;

fn page<T: Debug>(page: Page<T>) -> (Vec<String>, Vec<BadRow>) {
    (page.rows.iter().map(|row| format!("{row:?}")).collect(), page.bad)
}

fn nothing<T>(_: T) -> (Vec<String>, Vec<BadRow>) {
    Default::default()
}

fn error(failure: WriteError) -> ApiError {
    assert!(!failure.message().is_empty());
    failure.error
}

/// Calls the operation.
fn ask(operation: Operation, answer: Answer) -> Given {
    let client = Client::new(Arc::new(Same(answer)), Arc::new(|_| ()));
    block_on(call(operation, &client))
}

async fn call(operation: Operation, client: &Client) -> Given {
    let id = WorkspaceId::parse("371153e8-0555-40e1-9335-d2d75f14df5b").unwrap();
    let lab = WorkspaceRef::from(&id);
    let hash = KeyHash::parse("6c14").unwrap();
    let people = UserIds::new(["user_1", "user_2", "user_3"].map(|id| UserId::parse(id).unwrap())).unwrap();
    let limit = SetBudget { limit_usd: Usd::parse("15001.5").unwrap(), include_byok_in_budgets: Some(true) };
    match operation {
        Operation::ListWorkspaces => workspaces::list(client, FIRST).await.map(page),
        Operation::CreateWorkspace => workspaces::create(client, &create_body()).await.map(nothing).map_err(error),
        Operation::GetWorkspace => workspaces::get(client, &lab).await.map(nothing),
        Operation::UpdateWorkspace => {
            let before = super::decode::single(operation, &answers::of(operation)).unwrap();
            workspaces::update(client, &before, &UpdateWorkspace::default()).await.map(nothing).map_err(error)
        }
        Operation::DeleteWorkspace => workspaces::delete(client, &id).await.map(nothing).map_err(error),
        Operation::ListBudgets => budgets::list(client, &lab)
            .await
            .map(|all| (all.budgets.iter().map(|budget| format!("{budget:?}")).collect(), all.unread)),
        Operation::GetBudget => budgets::get(client, &lab, Interval::Monthly).await.map(nothing),
        Operation::SetBudget => {
            budgets::write(client, &id, Interval::Monthly, None, Some(&limit)).await.map(nothing).map_err(error)
        }
        Operation::DeleteBudget => {
            budgets::write(client, &id, Interval::Monthly, None, None).await.map(nothing).map_err(error)
        }
        Operation::ListMembers => members::list(client, &lab, FIRST).await.map(page),
        Operation::BulkAddMembers => members::bulk_add(client, &lab, &people).await.map(nothing),
        Operation::BulkRemoveMembers => members::bulk_remove(client, &lab, &people).await.map(nothing),
        Operation::GetCurrentKey => keys::get_current(client).await.map(nothing),
        Operation::ListOrganizationMembers => organization::list_members(client, FIRST).await.map(page),
        Operation::ListKeys => keys::list(client, &id, 0).await.map(page),
        Operation::CreateKey => keys::create(client, &answers::new_key()).await.map(nothing).map_err(error),
        Operation::GetKey => keys::get(client, &hash).await.map(nothing),
        Operation::UpdateKey => keys::disable(client, &id, &hash).await.map(nothing).map_err(error),
        Operation::DeleteKey => keys::delete(client, &id, &hash).await.map(nothing).map_err(error),
        Operation::ListActivity => activity::list(client, &id).await.map(nothing),
        Operation::GetAnalyticsMeta => analytics::meta(client).await.map(nothing),
        Operation::QueryAnalytics => analytics::today(client, &id, 1_790_000_000).await.map(nothing),
        Operation::GetCredits => credits::get(client).await.map(nothing),
        Operation::ListModels => models::list(client, FIRST).await.map(page),
    }
}

fn ok(body: String) -> Answer {
    Answer { status: 200, body, ..Answer::default() }
}

/// The most bytes that an error quotes of a response, except the server's message.
const MAX_QUOTE: usize = 200;

/// Checks what holds for every failure.
fn check_error(error: &ApiError) {
    assert!(!error.sentence().is_empty() && !error.advice().is_empty() && !error.details().is_empty());
    match error {
        ApiError::Decode { path, detail, .. } => {
            assert!(!path.is_empty() && path.len() <= MAX_QUOTE, "{path}");
            assert!(!detail.is_empty() && detail.len() <= MAX_QUOTE, "{detail}");
        }
        ApiError::Status(error) => {
            let words = [error.message.as_str(), error.metadata.as_deref().unwrap_or_default()];
            assert!(words.iter().all(|words| words.len() <= 10_010) && !error.message.trim().is_empty());
        }
        other => panic!("{other:?} is not from a response"),
    }
}

fn check_bad(bad: &BadRow) {
    assert!(bad.path.starts_with("data[") && bad.path.len() <= MAX_QUOTE, "{bad:?}");
    assert!(!bad.detail.is_empty() && bad.detail.len() <= MAX_QUOTE, "{bad:?}");
    assert!(bad.id.as_ref().is_none_or(|id| id.len() <= MAX_QUOTE), "{bad:?}");
}

fn check(given: &Given) {
    match given {
        Ok((_, bad)) => bad.iter().for_each(check_bad),
        Err(error) => check_error(error),
    }
}

#[test]
fn a_correct_response_of_every_operation_is_read() {
    for operation in answers::ALL {
        let given = ask(operation, ok(answers::of(operation)));
        // The created workspace is not the requested one, but a confirmed creation is not compared.
        let (rows, bad) = given.unwrap_or_else(|error| panic!("{}: {}", operation.name(), error.details()));
        assert!(bad.is_empty(), "{bad:?}");
        assert_eq!(rows.len(), if answers::LISTS.contains(&operation) { 3 } else { 0 }, "{}", operation.name());
    }
}

/// WebAssembly has a stack of a megabyte. Without optimization a quarter of that is given here.
fn on_a_small_stack(work: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new().stack_size(256 * 1024).spawn(work).unwrap().join().unwrap();
}

#[test]
fn no_depth_of_nesting_exhausts_the_stack() {
    // Recursion would fit the stack only with less than 52 bytes for each level.
    const DEEP: usize = 5_000;
    on_a_small_stack(|| {
        let deep = [
            "[".repeat(DEEP),
            r#"{"data":"#.repeat(DEEP),
            nested(DEEP),
            format!(r#"{{"data":{}}}"#, nested(DEEP)),
            format!(r#"{{"data":[{{"id":{}}}]}}"#, nested(DEEP)),
            format!(r#"{{"error":{{"message":"no","metadata":{}}}}}"#, nested(DEEP)),
            format!(r#"{{"data":[{{"from_the_future":{}}}]}}"#, nested(96)),
            format!(r#"{{"error":{{"message":"no","metadata":{}}}}}"#, nested(96)),
        ];
        for (operation, body) in
            answers::ALL.into_iter().flat_map(|operation| deep.iter().map(move |it| (operation, it)))
        {
            for status in [200, 400] {
                check(&ask(operation, Answer { status, body: body.clone(), ..Answer::default() }));
            }
        }
    });
}

/// Bodies of half a megabyte that repeat one thing.
fn endless() -> Vec<String> {
    const SIZE: usize = 1 << 19;
    let of = |part: &str| part.repeat(SIZE / part.len());
    vec![
        of("["),
        of(" "),
        format!("\"{}\"", of("\\\\")),
        format!(r#"{{"data":"{}"}}"#, of("\\ud83d")),
        format!(r#"{{"data":{}}}"#, of("9")),
        format!(r#"{{"data":[{}0]}}"#, of("{},")),
        format!(r#"{{"data":[{{{}"id":1}}]}}"#, of(r#""id":1,"#)),
        format!(r#"{{"data":[{{{}"id":"{}"}}]}}"#, of(r#""x":1,"#), of("é")),
        format!(r#"{{"data":[{}0]}}"#, of(&(nested(96) + ","))),
        format!(r#"{{{}"data":[]}}"#, of(r#""data":1,"#)),
        format!(r#"{{"error":{{{}"message":"{}"}}}}"#, of(r#""message":1,"#), of("\\n")),
    ]
}

/// Quadratic time would take hours.
#[test]
fn the_time_to_read_is_linear() {
    for body in endless() {
        for (operation, status) in
            [(Operation::ListWorkspaces, 200), (Operation::GetWorkspace, 200), (Operation::ListKeys, 400)]
        {
            let started = Instant::now();
            check(&ask(operation, Answer { status, body: body.clone(), ..Answer::default() }));
            assert!(started.elapsed() < Duration::from_secs(20), "{} {:.40}", operation.name(), body);
        }
    }
}

#[test]
fn reading_a_list_ends_for_every_server() {
    for body in [answers::of(Operation::ListMembers), r#"{"data":[1],"total_count":18446744073709551615}"#.to_owned()] {
        let client = Client::new(Arc::new(Same(ok(body))), Arc::new(|_| ()));
        let lab = WorkspaceRef::parse("lab").unwrap();
        assert!(block_on(members::read_all(&client, &lab).take(2_000).count()) < 2_000);
        assert!(block_on(organization::read_all_members(&client).take(2_000).count()) < 2_000);
        assert!(block_on(workspaces::read_all(&client).take(2_000).count()) < 2_000);
        let id = WorkspaceId::parse("lab").unwrap();
        assert!(block_on(keys::read_all(&client, &id).take(2_000).count()) < 2_000);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn no_answer_breaks_any_operation(
        operation in prop::sample::select(answers::ALL.to_vec()),
        edits in prop::collection::vec(edit(), 0..4),
        damage in damage(),
        status in prop_oneof![3 => Just(200u16), 1 => 100u16..600],
        retry_after in prop::option::of(prop_oneof!["[-+0-9.eE ]{0,12}", any::<String>()]),
    ) {
        let mut tree = Tree::of(&if status == 200 { answers::of(operation) } else { answers::ENVELOPE.to_owned() });
        edits.iter().for_each(|edit| tree.edit(edit));
        let body = damage.to(tree.text());
        check(&ask(operation, Answer { status, body, retry_after, ..Answer::default() }));
    }

    #[test]
    fn any_text_is_an_answer_or_an_error(
        operation in prop::sample::select(answers::ALL.to_vec()), body: Vec<u8>, status in 100u16..600,
    ) {
        let body = String::from_utf8_lossy(&body).into_owned();
        check(&ask(operation, Answer { status, body, ..Answer::default() }));
    }

    #[test]
    fn one_bad_row_costs_one_row(
        operation in prop::sample::select(answers::LISTS.to_vec()),
        place in 0usize..3,
        edits in prop::collection::vec(edit(), 1..4),
    ) {
        let mut tree = Tree::of(&answers::of(operation));
        let (whole, _) = ask(operation, ok(tree.text())).unwrap();
        edits.iter().for_each(|edit| tree.rows()[place].edit(edit));
        let given = ask(operation, ok(tree.text()));
        check(&given);
        let (rows, bad) = given.unwrap();
        prop_assert_eq!(rows.len() + bad.len(), 3);
        let is_kept = |at: usize| at == place || rows.contains(&whole[at]);
        prop_assert!((0..3).all(is_kept), "{}", tree.text());
        prop_assert!(bad.iter().all(|bad| bad.path.starts_with(&format!("data[{place}]"))), "{:?}", bad);
    }
}
