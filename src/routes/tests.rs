use super::*;
use crate::domain::{ActivityState, Interval, KindFilter};
use crate::search::columns::TableLayout;
use crate::search::order::{
    BudgetFilter, BudgetSort, Direction, KeysFilter, KeysSort, Order, PeopleSort, RoleFilter, SortKey,
};
use proptest::prelude::*;

fn query(search: &str, column: SortKey, direction: Direction) -> Route {
    Route::Workspaces(ListQuery {
        search: search.to_owned(),
        order: Order { column, direction, then: None },
        layout: None,
    })
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
        (
            Route::Workspaces(ListQuery {
                order: Order::by(SortKey::Month).then_by(Some((SortKey::Slug, Direction::Descending))),
                layout: TableLayout::parse(Some("month,slug".to_owned()), Some("compact")),
                ..ListQuery::default()
            }),
            "/workspaces?sort=month&then=slug&then_dir=desc&cols=month,slug&density=compact",
        ),
        (Route::home().with_layout(Some(TableLayout::default())), "/workspaces?density=comfortable"),
        (Route::home().with_layout(TableLayout::parse(Some(String::new()), None)), "/workspaces?cols="),
        (Route::CreateWorkspace, "/create-workspace"),
        (Route::activity(), "/activity"),
        (Route::files(), "/files"),
        (Route::Files { is_applying: true }, "/files?panel=apply"),
        (
            Route::Activity(ActivityQuery {
                search: "a b".to_owned(),
                kind: KindFilter::Keys,
                state: Some(ActivityState::Partly),
            }),
            "/activity?q=a%20b&kind=keys&state=partly",
        ),
        (at("research", WorkspaceView::Settings), "/workspaces/research"),
        (at("research", WorkspaceView::Delete), "/workspaces/research?panel=delete"),
        (at("research", WorkspaceView::Clone), "/workspaces/research?panel=clone"),
        (at(uuid, WorkspaceView::Settings), "/workspaces/0f8fad5b-d9cb-469f-a165-70867728950e"),
        (at("a/b?c", WorkspaceView::Settings), "/workspaces/a%2Fb%3Fc"),
        (at("research", WorkspaceView::Budgets), "/workspaces/research/budgets"),
        (Route::budgets(), "/budgets"),
        (BudgetsQuery::default().route(), "/budgets"),
        (Route::keys(), "/keys"),
        (KeysQuery::default().on_workspace(&WorkspaceRef::parse("lab").unwrap()), "/workspaces/lab/keys"),
        (
            KeysQuery {
                search: "ci".to_owned(),
                filter: KeysFilter::OwnerLeft,
                order: Order { column: KeysSort::LastUsed, direction: Direction::Ascending, then: None },
                layout: None,
                panel: Some(KeysPanel::Move),
            }
            .on_all(),
            "/keys?q=ci&show=owner-left&sort=used&dir=asc&panel=move",
        ),
        (Route::people(), "/people"),
        (PeopleQuery::default().on_people(), "/people"),
        (
            PeopleQuery::default().on_members(&WorkspaceRef::parse(uuid).unwrap()),
            &format!("/workspaces/{uuid}/members"),
        ),
        (
            PeopleQuery { search: "x".to_owned(), ..Default::default() }
                .on_members(&WorkspaceRef::parse("a/b?c").unwrap()),
            "/workspaces/a%2Fb%3Fc/members?q=x",
        ),
        (
            BudgetsQuery {
                search: "lab 1".to_owned(),
                filter: BudgetFilter::Near,
                order: Order {
                    column: BudgetSort::Interval(Interval::Weekly),
                    direction: Direction::Ascending,
                    then: None,
                },
                layout: None,
                is_changing: true,
            }
            .route(),
            "/budgets?q=lab%201&show=near&sort=weekly&dir=asc&panel=change",
        ),
        (
            BudgetsQuery { order: Order::by(BudgetSort::Name), filter: BudgetFilter::Without, ..Default::default() }
                .route(),
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
fn a_bad_percent_sign_in_an_address_is_kept_and_nothing_is_decoded_twice() {
    let search = |query: &str| match Route::parse("/workspaces", query) {
        Route::Workspaces(query) => query.search,
        other => panic!("{other:?}"),
    };
    assert_eq!(search("q=50%"), "50%");
    assert_eq!(search("q=%E0%A4%A"), "\u{fffd}%A");
    assert_eq!(search("q=%2541"), "%41");
    let named = |path: &str| Route::parse(path, "").workspace_ref().map(|workspace| workspace.as_str().to_owned());
    assert_eq!(named("/workspaces/50%"), WorkspaceRef::parse("50%").ok().map(|it| it.as_str().to_owned()));
    assert_eq!(named("/workspaces/a%252Fb"), WorkspaceRef::parse("a%2Fb").ok().map(|it| it.as_str().to_owned()));
}

#[test]
fn what_is_no_view_is_not_found() {
    for path in [
        "/workspaces/a/b",
        "/workspaces/a/members/b",
        "/people/a",
        "/workspaces/%2e%2e",
        "/workspaces/..",
        "/elsewhere",
        "/create-workspace/x",
    ] {
        assert_eq!(Route::parse(path, ""), Route::NotFound, "{path}");
    }
    assert_eq!(Route::parse("/", ""), Route::home());
    assert_eq!(Route::parse("/workspaces/", "?utm=1&sort=karma"), Route::home());
}

#[test]
fn pressing_a_header_sorts_by_it_and_pressing_again_turns_round() {
    let start = ListQuery::default().order;
    let by_time = start.pressed(SortKey::Updated);
    assert_eq!(by_time, Order { column: SortKey::Updated, direction: Direction::Descending, then: None });
    assert_eq!(by_time.pressed(SortKey::Updated).direction, Direction::Ascending);
    assert_eq!(start.pressed(SortKey::Name).direction, Direction::Descending);
}

#[test]
fn budgets_are_sorted_worst_first_and_names_from_a() {
    let start = BudgetsQuery::default();
    assert_eq!(start.order.direction, Direction::Descending);
    let turned = start.order.pressed(BudgetSort::Worst);
    assert_eq!((turned.direction, turned.pressed(BudgetSort::Worst)), (Direction::Ascending, start.order));
    assert_eq!(start.order.pressed(BudgetSort::Name).direction, Direction::Ascending);
    assert_eq!(BudgetsQuery::parse("dir=desc&sort=hourly&show=odd"), start);
}

/// Through the address and back.
fn read_back(route: &Route) -> Route {
    let address = route.href();
    let (path, query) = address.split_once('?').unwrap_or((&address, ""));
    Route::parse(path, query)
}

#[test]
fn each_query_has_one_address() {
    let budgets = "/budgets?q=lab%201&show=near&sort=weekly&dir=asc&panel=change";
    let (_, query) = budgets.split_once('?').unwrap();
    assert_eq!(BudgetsQuery::parse(query).route().href(), budgets);
    let search = PeopleQuery { search: "ü & o".to_owned(), ..Default::default() };
    let sort = |order| PeopleQuery { order, ..Default::default() };
    let by = |column, direction| Order { column, direction, then: None };
    let table = [
        (PeopleQuery::default(), ""),
        (search, "?q=%C3%BC%20%26%20o"),
        (PeopleQuery { role: RoleFilter::Admin, ..Default::default() }, "?role=admin"),
        (PeopleQuery { role: RoleFilter::Member, ..Default::default() }, "?role=member"),
        (sort(by(PeopleSort::Name, Direction::Descending)), "?dir=desc"),
        (sort(Order::by(PeopleSort::Email)), "?sort=email"),
        (sort(by(PeopleSort::Role, Direction::Descending)), "?sort=role&dir=desc"),
        (sort(Order::by(PeopleSort::Since)), "?sort=since"),
        (sort(by(PeopleSort::Workspaces, Direction::Ascending)), "?sort=workspaces&dir=asc"),
        (PeopleQuery { panel: Some(PeoplePanel::Add), ..Default::default() }, "?panel=add"),
        (PeopleQuery { panel: Some(PeoplePanel::Remove), ..Default::default() }, "?panel=remove"),
        (PeopleQuery { panel: Some(PeoplePanel::Offboard), ..Default::default() }, "?panel=offboard"),
    ];
    let workspace = WorkspaceRef::parse("research").unwrap();
    for (query, text) in table {
        assert_eq!(query.on_people().href(), format!("/people{text}"));
        assert_eq!(query.on_members(&workspace).href(), format!("/workspaces/research/members{text}"));
        assert_eq!(PeopleQuery::parse(text.trim_start_matches('?')), query, "{text}");
    }
    let odd = "role=owner&sort=karma&dir=asc&panel=other&utm=1";
    assert_eq!(PeopleQuery::parse(odd), PeopleQuery::default());
}

#[test]
fn people_are_sorted_by_name_from_a_and_times_from_the_newest() {
    let start = PeopleQuery::default().order;
    assert_eq!(start, Order { column: PeopleSort::Name, direction: Direction::Ascending, then: None });
    let turned = start.pressed(PeopleSort::Name);
    assert_eq!((turned.direction, turned.pressed(PeopleSort::Name)), (Direction::Descending, start));
    for (sort, first) in [
        (PeopleSort::Email, Direction::Ascending),
        (PeopleSort::Role, Direction::Ascending),
        (PeopleSort::Since, Direction::Descending),
        (PeopleSort::Workspaces, Direction::Descending),
    ] {
        assert_eq!((start.pressed(sort).direction, turned.pressed(sort).direction), (first, first));
    }
}

#[test]
fn a_view_tells_which_workspace_it_is_about() {
    let workspace = WorkspaceRef::parse("research").unwrap();
    let views = [WorkspaceView::Settings, WorkspaceView::Delete, WorkspaceView::Budgets];
    for route in views.map(|view| Route::Workspace(workspace.clone(), view)) {
        assert_eq!(route.workspace_ref(), Some(&workspace));
    }
    assert_eq!(PeopleQuery::default().on_members(&workspace).workspace_ref(), Some(&workspace));
    assert_eq!(KeysQuery::default().on_workspace(&workspace).workspace_ref(), Some(&workspace));
    assert_eq!(Route::people().workspace_ref(), None);
}

fn any_people() -> impl Strategy<Value = PeopleQuery> {
    let sorts =
        [PeopleSort::Name, PeopleSort::Email, PeopleSort::Role, PeopleSort::Since, PeopleSort::Workspaces].to_vec();
    let panels = std::iter::once(None).chain(PeoplePanel::ALL.map(Some)).collect::<Vec<_>>();
    let (role, sort) = (proptest::sample::select(RoleFilter::ALL.to_vec()), proptest::sample::select(sorts));
    let panel = proptest::sample::select(panels);
    (".{0,40}", role, sort, any::<bool>(), panel).prop_map(|(search, role, sort, is_turned, panel)| {
        let first = Order::by(sort);
        let order = if is_turned { first.pressed(sort) } else { first };
        PeopleQuery { search, role, panel, order, layout: None }
    })
}

proptest! {
    #[test]
    fn any_query_of_people_survives_the_address(query in any_people(), slug in "[a-z0-9/?&# -]{1,20}") {
        let route = read_back(&query.on_people());
        prop_assert_eq!(&route, &query.on_people());
        if let Ok(workspace) = WorkspaceRef::parse(&slug) {
            let route = query.on_members(&workspace);
            prop_assert_eq!(read_back(&route), route);
        }
    }

    #[test]
    fn any_search_survives_the_address(search in ".{0,40}") {
        let route = query(&search, SortKey::Created, Direction::Ascending);
        prop_assert_eq!(read_back(&route), route);
    }

    #[test]
    fn whatever_an_address_shows_is_found_at_its_own_address(
        parts in prop::collection::vec(
            prop_oneof![
                prop::sample::select(vec!["workspaces", "keys", "budgets", "members", "people", "activity", "journal", "create-workspace", ".."]).prop_map(str::to_owned),
                "[a-z0-9-]{0,8}",
                "(%[0-9a-fA-F]{0,2}|[%/?#&=+. é\u{0}]|[a-z]){0,8}",
            ],
            0..4,
        ),
        query in "((q|sort|dir|show|role|panel|)(=|)([a-z%&=+é]|%[0-9A-F]{2}){0,8}&?){0,5}",
    ) {
        let path: String = parts.iter().map(|part| format!("/{part}")).collect();
        let route = Route::parse(&path, &query);
        if route != Route::NotFound {
            let once = read_back(&route);
            prop_assert_eq!(once.href(), route.href());
            prop_assert_eq!(once, route);
        }
    }

    #[test]
    fn any_address_is_read_without_a_panic(path in ".{0,60}", query in ".{0,60}") {
        let _ = Route::parse(&path, &query);
    }
}

#[test]
fn another_workspace_is_shown_on_the_same_tab() {
    let workspace = |text: &str| WorkspaceRef::parse(text).unwrap();
    for (from, to) in [
        ("/workspaces/lab/members?q=x&panel=add", "/workspaces/ops/members"),
        ("/workspaces/lab/keys?q=x&panel=move", "/workspaces/ops/keys"),
        ("/workspaces/lab/budgets", "/workspaces/ops/budgets"),
        ("/workspaces/lab?panel=delete", "/workspaces/ops"),
        ("/budgets?show=none", "/workspaces/ops/budgets"),
        ("/keys?q=x", "/workspaces/ops/keys"),
        ("/people?q=x", "/workspaces/ops"),
    ] {
        let (path, query) = from.split_once('?').unwrap_or((from, ""));
        assert_eq!(Route::parse(path, query).same_tab(workspace("ops")).href(), to, "{from}");
    }
}
