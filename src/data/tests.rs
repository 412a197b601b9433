//! The rules of a table: who is read, when, and what is shown of it.

use super::key::{Key, Kind};
use super::table::{Counts, Start, Table};
use super::*;
use crate::api::{ApiError, Client, Operation, StatusError};
use crate::domain::WorkspaceId;
use leptos::prelude::*;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Row(u32);

impl ApiRead for Row {
    type Value = u32;
    const CONCURRENCY: usize = 2;

    fn topics(&self) -> Vec<Topic> {
        if self.0 == 1 { vec![Topic::People] } else { vec![Topic::Models] }
    }

    fn read(&self, _client: &Client) -> Snapshots<u32> {
        Box::pin(futures::stream::empty())
    }

    fn expires_at(&self, read_at: i64) -> Option<i64> {
        Some(read_at + 100)
    }
}

fn status(status: u16) -> ApiError {
    ApiError::Status(Box::new(StatusError::bare(Operation::ListKeys, status)))
}

fn key(row: u32) -> Key {
    Key::new(Row(row))
}

fn row_of(start: &Start) -> u32 {
    start.key.downcast::<Row>().unwrap().0
}

fn observe(table: &mut Table, rows: impl IntoIterator<Item = u32>) {
    rows.into_iter().for_each(|row| {
        table.observe(&key(row), 0);
    });
}

fn observing(rows: impl IntoIterator<Item = u32>) -> Table {
    let mut table = Table::new(Kind::of::<Row>());
    observe(&mut table, rows);
    table
}

fn started(table: &mut Table) -> Vec<Start> {
    std::iter::from_fn(|| table.next(0)).collect()
}

fn rows(starts: &[Start]) -> Vec<u32> {
    starts.iter().map(row_of).collect()
}

fn answer(table: &mut Table, start: &Start, value: u32) {
    table.arrived(&start.key, start.generation, Snapshot { value: Shared::new(value).erase(), progress: None });
}

fn state(table: &Table, row: u32) -> Remote<u32> {
    match table.state(&key(row)).unwrap().downcast::<u32>() {
        Remote::Ready(value, freshness) => Remote::Ready(*value, freshness),
        Remote::Loading => Remote::Loading,
        Remote::Failed(error) => Remote::Failed(error),
    }
}

#[test]
fn no_more_than_the_limit_is_read_at_once_and_rows_in_sight_come_first() {
    let mut table = observing(1..=5);
    let first = started(&mut table);
    assert_eq!(rows(&first), [1, 2]);
    table.prioritize(&key(5));
    answer(&mut table, &first[0], 10);
    assert_eq!(rows(&started(&mut table)), [5]);
    answer(&mut table, &first[1], 20);
    assert_eq!(rows(&started(&mut table)), [3]);
}

#[test]
fn a_read_that_no_view_observes_is_aborted_and_its_late_answer_is_ignored() {
    let mut table = observing([1]);
    let first = started(&mut table).remove(0);
    table.unobserve(&key(1));
    assert!(first.registration.handle().is_aborted());
    observe(&mut table, [1]);
    let second = started(&mut table).remove(0);
    answer(&mut table, &first, 1);
    assert_eq!(state(&table, 1), Remote::Loading);
    answer(&mut table, &second, 2);
    assert_eq!(state(&table, 1), Remote::Ready(2, Freshness::Fresh));
}

#[test]
fn old_data_stays_while_newer_is_read_and_when_that_fails_even_of_what_no_longer_exists() {
    let mut table = observing([1]);
    let start = started(&mut table).remove(0);
    answer(&mut table, &start, 1);
    table.refetch(&key(1));
    let start = started(&mut table).remove(0);
    assert_eq!(state(&table, 1), Remote::Ready(1, Freshness::Refreshing));
    table.failed_with(&key(1), start.generation, status(500), true);
    assert_eq!(state(&table, 1), Remote::Ready(1, Freshness::Stale(status(500))));
    table.refetch(&key(1));
    let start = started(&mut table).remove(0);
    table.failed_with(&key(1), start.generation, status(404), true);
    assert_eq!(state(&table, 1), Remote::Ready(1, Freshness::Stale(status(404))));
}

#[test]
fn another_view_of_a_failed_value_shows_the_failure_and_does_not_read_again() {
    let mut table = observing([1]);
    let start = started(&mut table).remove(0);
    table.failed_with(&key(1), start.generation, status(500), true);
    observe(&mut table, [1]);
    assert!(started(&mut table).is_empty());
    assert_eq!(state(&table, 1), Remote::Failed(status(500)));
}

/// C2: after a refused key nothing more is asked, and everything is asked again after the sign-in.
#[test]
fn reads_stop_at_a_refused_key_and_resume_after_sign_in() {
    let mut table = observing(1..=2);
    for start in started(&mut table) {
        table.failed_with(&start.key, start.generation, status(401), false);
    }
    assert!(started(&mut table).is_empty());
    assert_eq!(state(&table, 1), Remote::Loading);
    table.resume();
    assert_eq!(rows(&started(&mut table)).len(), 2);
}

/// C2: what was being read when the key was refused is not read further with it.
#[test]
fn a_refused_key_ends_what_is_being_read_until_the_next_sign_in() {
    let mut table = observing(1..=3);
    let reading = started(&mut table);
    table.suspend();
    answer(&mut table, &reading[0], 1);
    assert_eq!(state(&table, 1), Remote::Loading);
    assert!(reading[0].registration.handle().is_aborted());
    table.resume();
    assert_eq!(rows(&started(&mut table)).len(), 2);
}

#[test]
fn what_a_sign_out_has_forgotten_is_read_after_the_next_sign_in_where_it_is_observed() {
    let mut table = observing([1]);
    let start = started(&mut table).remove(0);
    answer(&mut table, &start, 1);
    table.clear();
    table.resume();
    assert_eq!(rows(&started(&mut table)), [1]);
}

/// C5: a read that began before midnight is of the day before, whenever its response arrives.
#[test]
fn the_age_of_a_value_counts_from_the_start_of_its_read() {
    let mut table = observing([1]);
    let start = table.next(50).unwrap();
    table.expire(160);
    answer(&mut table, &start, 1);
    table.expire(160);
    assert_eq!(rows(&started(&mut table)), [1]);
}

#[test]
fn a_late_refusal_of_a_former_key_asks_again_at_once_but_not_for_ever() {
    let mut table = observing([1]);
    let mut asked = 0;
    while let Some(start) = table.next(0) {
        asked += 1;
        table.failed_with(&start.key, start.generation, status(401), true);
    }
    assert_eq!((asked, state(&table, 1)), (3, Remote::Failed(status(401))));
}

#[test]
fn a_topic_is_read_again_where_it_is_observed() {
    let mut table = observing(1..=2);
    for start in started(&mut table) {
        answer(&mut table, &start, 0);
    }
    table.invalidate(Some(&[Topic::People].into()));
    assert_eq!(rows(&started(&mut table)), [1]);
    let lab = WorkspaceId::parse("0f8fad5b-d9cb-469f-a165-70867728950e").unwrap();
    table.invalidate(Some(&[Topic::Keys(lab)].into()));
    assert!(started(&mut table).is_empty());
}

/// C5: what belongs to a day is read again when the day has ended.
#[test]
fn what_is_out_of_date_by_itself_is_read_again_once() {
    let mut table = observing([1]);
    let start = table.next(50).unwrap();
    answer(&mut table, &start, 1);
    table.expire(149);
    assert!(started(&mut table).is_empty());
    table.expire(150);
    let again = started(&mut table);
    assert_eq!(rows(&again), [1]);
    table.expire(165);
    assert!(started(&mut table).is_empty());
    // A failure is left to the person, who can try again.
    table.failed_with(&key(1), again[0].generation, status(500), true);
    table.expire(180);
    assert!(started(&mut table).is_empty());
}

#[test]
fn a_value_of_the_future_is_read_again_after_the_clock_was_set_back() {
    let mut table = observing([1]);
    let start = table.next(5_000).unwrap();
    answer(&mut table, &start, 1);
    table.expire(1_400);
    assert_eq!(rows(&started(&mut table)), [1]);
}

#[test]
fn the_first_rows_of_a_list_are_shown_until_it_is_whole_and_never_in_place_of_a_whole_one() {
    let mut table = observing([1]);
    let start = started(&mut table).remove(0);
    let progress = Progress { loaded: 1, total: Some(2) };
    let part = |value: u32| Snapshot { value: Shared::new(value).erase(), progress: Some(progress) };
    table.arrived(&key(1), start.generation, part(1));
    assert_eq!(state(&table, 1), Remote::Ready(1, Freshness::Partial(progress)));
    answer(&mut table, &start, 2);
    table.refetch(&key(1));
    let start = started(&mut table).remove(0);
    table.arrived(&key(1), start.generation, part(3));
    assert_eq!(state(&table, 1), Remote::Ready(2, Freshness::Refreshing));
}

#[test]
fn sign_out_forgets_everything() {
    let mut table = observing(1..=3);
    let starts = started(&mut table);
    answer(&mut table, &starts[0], 1);
    table.clear();
    assert_eq!(state(&table, 1), Remote::Loading);
    assert!(started(&mut table).is_empty());
    table.invalidate(None);
    assert_eq!(rows(&started(&mut table)).len(), 2);
}

#[test]
fn counts_and_values_follow_the_reads() {
    let mut table = observing(1..=3);
    let starts = started(&mut table);
    answer(&mut table, &starts[0], 1);
    table.failed_with(&starts[1].key, starts[1].generation, status(500), true);
    table.publish(0.0);
    assert_eq!(table.published().0.get_untracked(), Counts { done: 2, failed: 1 });
    let last = started(&mut table).remove(0);
    answer(&mut table, &last, 3);
    table.publish(0.0);
    assert_eq!(table.published().0.get_untracked(), Counts { done: 3, failed: 1 });
    assert_eq!(table.published().1.get_untracked().len(), 2);
    (1..=3).for_each(|row| table.unobserve(&key(row)));
    table.publish(0.0);
    assert_eq!(table.published().0.get_untracked(), Counts::default());
    assert!(table.published().1.get_untracked().is_empty());
}

#[test]
fn the_values_of_few_keys_are_published_once_a_second_while_others_are_read() {
    let mut table = observing(1..=3);
    let starts = started(&mut table);
    table.publish(0.0);
    answer(&mut table, &starts[0], 1);
    table.publish(500.0);
    assert!(table.published().1.get_untracked().is_empty());
    table.publish(1000.0);
    assert_eq!(table.published().1.get_untracked().len(), 1);
}

#[test]
fn values_are_read_again_in_the_order_in_which_they_were_observed() {
    let mut table = observing(1..=4);
    let read_all = |table: &mut Table| {
        let mut order = Vec::new();
        while let Some(start) = table.next(0) {
            order.push(row_of(&start));
            answer(table, &start, 0);
        }
        order
    };
    assert_eq!(read_all(&mut table), [1, 2, 3, 4]);
    table.invalidate(None);
    assert_eq!(read_all(&mut table), [1, 2, 3, 4]);
}
