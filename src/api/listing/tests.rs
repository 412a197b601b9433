//! Whole lists, from servers that count right or wrong.

use std::task::Poll;

use futures::StreamExt as _;
use futures::executor::block_on;
use futures::future::poll_fn;

use super::{Doubt, ListEvent, PageResponse, Pager, collect};
use crate::api::settle::WriteOutcome;
use crate::api::testing::{ID, Line, answer, closed, outcome, run};
use crate::api::{Answer, ApiError, Client, Operation, keys, members};
use crate::domain::{KeyHash, Page, PageRequest, Timestamp, WorkspaceId, WorkspaceRef};

/// One page of the members of a workspace.
fn members_page(ids: &[&str], total: u8) -> Line {
    let row = |id: &&str| format!(r#"{{"id":"m","workspace_id":"{ID}","user_id":"{id}","role":"member"}}"#);
    let rows: Vec<String> = ids.iter().map(row).collect();
    answer(200, &format!(r#"{{"data":[{}],"total_count":{total}}}"#, rows.join(",")))
}

#[test]
fn all_keys_are_read_until_an_empty_page() {
    let id = WorkspaceId::parse(ID).unwrap();
    let page = |hashes: &[&str]| {
        let keys: Vec<String> = hashes.iter().map(|hash| format!(r#"{{"hash":"{hash}"}}"#)).collect();
        answer(200, &format!(r#"{{"data":[{}]}}"#, keys.join(",")))
    };
    let call = async |client: Client| collect(keys::read_all(&client, &id)).await.unwrap();
    let (all, log, _) = run(vec![page(&["a", "b"]), page(&["c"]), page(&[])], call);
    assert_eq!(all.rows.iter().map(|key| key.hash.as_str()).collect::<String>(), "abc");
    assert_eq!(all.doubt, None);
    assert!(log[1].ends_with("OFFSET=2") && log[2].ends_with("OFFSET=3"));
    // It is not known what a key that cannot be read spent or blocks.
    let unreadable = || answer(200, r#"{"data":[{"hash":7}]}"#);
    let (read, ..) = run(vec![page(&["a"]), unreadable()], call);
    assert_eq!((read.rows.len(), read.bad.len()), (1, 1));
    let all = async |client: Client| keys::collect_all(&client, &id).await;
    let (given, ..) = run(vec![page(&["a"]), unreadable()], all);
    assert!(matches!(given, Err(ApiError::Decode { path, .. }) if path == "data[0].hash"));
    let hash = KeyHash::parse("a").unwrap();
    let delete = async |client: Client| keys::delete(&client, &id, &hash).await;
    assert_eq!(outcome(run(vec![closed(), unreadable()], delete).0), WriteOutcome::Unknown);
    assert!(run(vec![closed(), page(&["b"]), page(&[])], delete).0.is_ok());
    // A server that ignores the offset is left after one repeat, and the key may be on a page that did not come.
    let repeated = || vec![page(&["b"]), page(&["b"])];
    let (read, ..) = run(repeated(), call);
    assert_eq!((read.rows.len(), read.doubt), (1, Some(Doubt::Incomplete(1))));
    assert!(run(repeated(), all).0.is_err());
    let after_loss = std::iter::once(closed()).chain(repeated()).collect();
    assert_eq!(outcome(run(after_loss, delete).0), WriteOutcome::Unknown);
}

#[test]
fn a_list_of_members_that_is_not_certain_says_why() {
    let lab = WorkspaceRef::parse("lab").unwrap();
    let call = async |client: Client| collect(members::read_all(&client, &lab)).await;
    let page = members_page;
    assert_eq!(run(vec![page(&["user_1", "user_2"], 2)], call).0.unwrap().rows.len(), 2);
    // The rest of a short page is asked for, and by then there are fewer members.
    let changing = || [page(&["user_1"], 2), page(&[], 1)];
    let settled = changing().into_iter().chain([page(&["user_1"], 1)]).collect();
    let read = run(settled, call).0.unwrap();
    assert_eq!((read.rows.len(), read.doubt), (1, None));
    let never = changing().into_iter().chain(changing()).chain(changing()).collect();
    let doubt = |script| run(script, call).0.unwrap().doubt;
    assert_eq!(doubt(never), Some(Doubt::Changed));
    // The server repeats its first page, or its pages end before its count.
    let repeated = vec![page(&["user_1"], 2), page(&["user_1"], 2)];
    assert_eq!(doubt(repeated), Some(Doubt::Incomplete(1)));
    let ended = vec![page(&["user_1"], 2), page(&[], 2)];
    assert_eq!(doubt(ended), Some(Doubt::Incomplete(1)));
    let bad = answer(200, r#"{"data":[{"id":"m"}],"total_count":1}"#);
    assert!(matches!(doubt(vec![bad]), Some(Doubt::Unreadable(path)) if path.starts_with("data[0]")));
    assert!(run(vec![answer(403, "")], call).0.is_err());
}

#[test]
fn members_are_listed_with_the_time_of_their_membership() {
    let lab = WorkspaceRef::parse("lab").unwrap();
    let call = async |client: Client| (collect(members::read_all(&client, &lab)).await.unwrap(), client.server_time());
    let row = |id: &str, created: &str| {
        format!(r#"{{"id":"m","workspace_id":"{ID}","user_id":"{id}","role":"member"{created}}}"#)
    };
    let rows = [
        row("user_1", r#","created_at":"2026-11-28T10:00:08.999999Z""#),
        row("user_2", ""),
        row("user_3", r#","created_at":null"#),
    ];
    let body = format!(r#"{{"data":[{}],"total_count":3}}"#, rows.join(","));
    let date = Some("Sat, 28 Nov 2026 10:00:09 GMT".to_owned());
    let ((list, time), ..) = run(vec![answer(200, &body).map(|answer| Answer { date, ..answer })], call);
    let created = list.rows.iter().map(|member| member.created_at.as_ref().and_then(Timestamp::unix_seconds));
    assert_eq!(created.collect::<Vec<_>>(), [Some(1_795_860_008), None, None]);
    assert_eq!(time, Some(1_795_860_009));
}

#[test]
fn a_list_that_changes_while_it_is_read_is_read_again() {
    let lab = WorkspaceRef::parse("lab").unwrap();
    let page = members_page;
    let call = async |client: Client| {
        let name = |event| match event {
            Ok(ListEvent::Rows(chunk)) => format!("{} of {:?}", chunk.loaded, chunk.total.unwrap()),
            Ok(ListEvent::Restarted) => "restarted".to_owned(),
            Ok(ListEvent::Ended(doubt)) => format!("{doubt:?}"),
            Err(error) => format!("{error:?}"),
        };
        members::read_all(&client, &lab).map(name).collect::<Vec<_>>().await
    };
    let changing = vec![page(&["a"], 2), page(&["b"], 3), page(&["c"], 3), page(&["a", "b", "c"], 3)];
    let events = run(changing, call).0;
    assert_eq!(events, ["1 of 2", "2 of 3", "3 of 3", "restarted", "3 of 3", "None"]);
}

/// Lets whatever else is ready go first.
async fn wait_once() {
    let mut has_waited = false;
    poll_fn(|context| {
        context.waker().wake_by_ref();
        if std::mem::replace(&mut has_waited, true) { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
}

#[test]
fn a_page_that_fails_does_not_lose_the_pages_that_come_after_it() {
    let fetch = |page: PageRequest| -> PageResponse<u64> {
        Box::pin(async move {
            match page.offset {
                100 => wait_once().await,
                200 => return Err(ApiError::Aborted { operation: Operation::ListMembers }),
                _ => {}
            }
            Ok(Page { rows: (page.offset..page.offset + 100).collect(), bad: vec![], total: Some(250) })
        })
    };
    let list = super::read(Pager::counted, fetch, u64::to_string);
    let (mut rows, mut errors) = (0, 0);
    for event in block_on(list.collect::<Vec<_>>()) {
        match event {
            Ok(ListEvent::Rows(chunk)) => rows += chunk.rows.len(),
            Ok(other) => panic!("{other:?}"),
            Err(_) => errors += 1,
        }
    }
    assert_eq!((rows, errors), (200, 1));
}
