use super::*;
use crate::domain::WorkspaceRef;
use crate::routes::{BudgetsQuery, KeysPanel, KeysQuery, PeopleQuery};

#[test]
fn the_second_column_of_an_order_is_in_the_address() {
    let order = |text: &str| BudgetsQuery::parse(text).order;
    let both = order("sort=name&then=worst&then_dir=asc");
    assert_eq!((both.column, both.then), (BudgetSort::Name, Some((BudgetSort::Worst, Direction::Ascending))));
    assert_eq!(order("then=name").then, Some((BudgetSort::Name, Direction::Ascending)));
    // One column can't be both, and an unknown one is left out.
    for odd in ["then=worst", "sort=name&then=name", "then=karma", "then_dir=asc"] {
        assert_eq!(order(odd).then, None, "{odd}");
    }
}

#[test]
fn every_arranged_table_has_a_layout_and_an_order_in_its_address() {
    let workspace = WorkspaceRef::parse("lab").unwrap();
    let routes = [
        Route::home(),
        Route::budgets(),
        Route::people(),
        PeopleQuery::default().on_members(&workspace),
        Route::keys(),
        KeysQuery::default().on_workspace(&workspace),
    ];
    assert_eq!(routes.clone().map(|route| route.table().unwrap()), TableName::ALL);
    for route in routes {
        let layout = TableLayout::parse(Some("role,state".to_owned()), Some("compact"));
        let laid_out = route.clone().with_layout(layout.clone());
        assert_eq!(Route::at_address(&laid_out.address()).layout(), layout.as_ref());
        assert_eq!(laid_out.with_layout(None), route);
        assert_eq!(Route::at_address(&route.address()), route);
        let words = SortWords { first: ("name", Direction::Descending), then: None };
        let sorted = route.clone().with_sort(words);
        assert_eq!(sorted.sort_words(), Some(words));
        assert_eq!(route.first_direction_of("name"), Some(Direction::Ascending));
        assert_eq!(route.first_direction_of("karma"), None);
    }
    assert_eq!(
        KeysQuery { panel: Some(KeysPanel::Move), ..Default::default() }.on_all().without_panel(),
        Route::keys()
    );
    assert_eq!((Route::files().table(), Route::files().sort_words()), (None, None));
}

#[test]
fn a_stored_layout_is_read_back_and_anything_else_is_none() {
    for text in ["cols=slug,month&density=compact", "cols=", "density=comfortable"] {
        assert_eq!(parse_layout(text).as_ref().map(layout_text).as_deref(), Some(text));
    }
    for odd in ["", "null", "{\"cols\":1}", "cols", "density=9", "slug,month"] {
        let found = parse_layout(odd);
        assert!(
            found.is_none() || found.as_ref().is_some_and(|it| it.columns.as_deref() == Some("")),
            "{odd}: {found:?}"
        );
    }
}
