use super::*;
use crate::domain::Interval;
use proptest::prelude::*;

fn query(search: &str, sort: SortKey, direction: Direction) -> Route {
    Route::Workspaces(ListQuery { search: search.to_owned(), sort, direction })
}

#[test]
fn every_view_has_one_address() {
    let uuid = "0f8fad5b-d9cb-469f-a165-70867728950e";
    let at = |text: &str, view| Route::Workspace(WorkspaceRef::parse(text).unwrap(), view);
    let table = [
        (Route::home(), "/workspaces"),
        (query("a b&c", SortKey::Name, Direction::Ascending), "/workspaces?q=a%20b%26c"),
        (query("", SortKey::Name, Direction::Descending), "/workspaces?dir=desc"),
        (query("", SortKey::Updated, Direction::Descending), "/workspaces?sort=updated"),
        (query("", SortKey::Updated, Direction::Ascending), "/workspaces?sort=updated&dir=asc"),
        (query("ü", SortKey::Slug, Direction::Descending), "/workspaces?q=%C3%BC&sort=slug&dir=desc"),
        (Route::CreateWorkspace, "/create-workspace"),
        (Route::Journal, "/journal"),
        (at("research", WorkspaceView::Settings), "/workspaces/research"),
        (at("research", WorkspaceView::Delete), "/workspaces/research?panel=delete"),
        (at(uuid, WorkspaceView::Settings), "/workspaces/0f8fad5b-d9cb-469f-a165-70867728950e"),
        (at("a/b?c", WorkspaceView::Settings), "/workspaces/a%2Fb%3Fc"),
        (at("research", WorkspaceView::Budgets), "/workspaces/research/budgets"),
        (Route::Budgets(BudgetsQuery::default()), "/budgets"),
        (
            Route::Budgets(BudgetsQuery {
                search: "lab 1".to_owned(),
                filter: BudgetFilter::Near,
                sort: BudgetSort::Interval(Interval::Weekly),
                direction: Some(Direction::Ascending),
                is_changing: true,
            }),
            "/budgets?q=lab%201&show=near&sort=weekly&dir=asc&panel=change",
        ),
        (
            Route::Budgets(BudgetsQuery {
                sort: BudgetSort::Name,
                filter: BudgetFilter::Without,
                ..Default::default()
            }),
            "/budgets?show=none&sort=name",
        ),
    ];
    for (route, address) in table {
        assert_eq!(route.href(), address);
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        assert_eq!(Route::parse(path, query), route, "{address}");
    }
}

#[test]
fn what_is_no_view_is_not_found() {
    for path in ["/workspaces/a/b", "/workspaces/%2e%2e", "/workspaces/..", "/elsewhere", "/create-workspace/x"] {
        assert_eq!(Route::parse(path, ""), Route::NotFound, "{path}");
    }
    assert_eq!(Route::parse("/", ""), Route::home());
    assert_eq!(Route::parse("/workspaces/", "?utm=1&sort=karma"), Route::home());
}

#[test]
fn pressing_a_header_sorts_by_it_and_pressing_again_turns_round() {
    let start = ListQuery::default();
    let by_time = start.sorted_by(SortKey::Updated);
    assert_eq!((by_time.sort, by_time.direction), (SortKey::Updated, Direction::Descending));
    assert_eq!(by_time.sorted_by(SortKey::Updated).direction, Direction::Ascending);
    assert_eq!(start.sorted_by(SortKey::Name).direction, Direction::Descending);
}

#[test]
fn budgets_are_sorted_worst_first_and_names_from_a() {
    let start = BudgetsQuery::default();
    assert_eq!(start.direction(), Direction::Descending);
    let turned = start.sorted_by(BudgetSort::Worst);
    assert_eq!((turned.direction(), turned.sorted_by(BudgetSort::Worst)), (Direction::Ascending, start.clone()));
    assert_eq!(start.sorted_by(BudgetSort::Name).direction(), Direction::Ascending);
    assert_eq!(BudgetsQuery::parse("dir=desc&sort=hourly&show=odd"), start);
}

proptest! {
    #[test]
    fn any_search_survives_the_address(search in ".{0,40}") {
        let route = query(&search, SortKey::Created, Direction::Ascending);
        let address = route.href();
        let (path, query) = address.split_once('?').unwrap_or((&address, ""));
        prop_assert_eq!(Route::parse(path, query), route);
    }

    #[test]
    fn any_address_is_read_without_a_panic(path in ".{0,60}", query in ".{0,60}") {
        let _ = Route::parse(&path, &query);
    }
}
