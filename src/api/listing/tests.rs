//! Whole lists, from servers that count right or wrong.

use futures::StreamExt as _;

use super::{Doubt, ListEvent, collect};
use crate::api::settle::WriteOutcome;
use crate::api::testing::{ID, Line, answer, closed, outcome, run};
use crate::api::{ApiError, Client, keys, members};
use crate::domain::{KeyHash, WorkspaceId, WorkspaceRef};

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
fn the_members_are_returned_only_if_they_are_certain() {
    let lab = WorkspaceRef::parse("lab").unwrap();
    let call = async |client: Client| members::collect(&client, &lab).await;
    let page = members_page;
    assert_eq!(run(vec![page(&["user_1", "user_2"], 2)], call).0.unwrap().len(), 2);
    // The rest of a short page is asked for, and by then there are fewer members.
    let changing = || [page(&["user_1"], 2), page(&[], 1)];
    let settled = changing().into_iter().chain([page(&["user_1"], 1)]).collect();
    assert_eq!(run(settled, call).0.unwrap().len(), 1);
    let never = changing().into_iter().chain(changing()).chain(changing()).collect();
    assert_eq!(run(never, call).0, Err(members::UncertainMembers::Unsettled));
    // The server repeats its first page, or its pages end before its count.
    let repeated = vec![page(&["user_1"], 2), page(&["user_1"], 2)];
    assert_eq!(run(repeated, call).0, Err(members::UncertainMembers::Incomplete));
    let ended = vec![page(&["user_1"], 2), page(&[], 2)];
    assert_eq!(run(ended, call).0, Err(members::UncertainMembers::Incomplete));
    let bad = answer(200, r#"{"data":[{"id":"m"}],"total_count":1}"#);
    assert!(
        matches!(run(vec![bad], call).0, Err(members::UncertainMembers::Unreadable(path)) if path.starts_with("data[0]"))
    );
    assert!(matches!(run(vec![answer(403, "")], call).0, Err(members::UncertainMembers::Failed(_))));
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
