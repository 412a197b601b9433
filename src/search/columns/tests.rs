use super::*;
use crate::search::order::{BudgetSort, KeysSort, PeopleSort, SortKey};
use proptest::prelude::*;

fn layout(columns: &str) -> TableLayout {
    TableLayout::parse(Some(columns.to_owned()), None).unwrap()
}

fn words(columns: &[Column]) -> String {
    columns.iter().map(|column| column.word).collect::<Vec<_>>().join(",")
}

#[test]
fn columns_are_shown_in_the_order_of_the_layout() {
    let shown = |columns: &str| words(&TableName::Workspaces.shown(&layout(columns)));
    assert_eq!(shown("updated,slug"), "updated,slug");
    // Twice, unknown, and of another table.
    assert_eq!(shown("updated,slug,updated,email,karma"), "updated,slug");
    // Only the name.
    assert_eq!(shown(""), "");
    // Nothing of it is known.
    for odd in ["default", "<script>", "SLUG", "slug;month", "\u{202e}", ","] {
        let odd = TableLayout::parse(Some(odd.to_owned()), None).unwrap_or_default();
        assert_eq!(words(&TableName::Workspaces.shown(&odd)), "slug,month,created,updated", "{odd:?}");
    }
    assert_eq!(words(&TableName::Workspaces.shown(&TableLayout::default())), "slug,month,created,updated");
}

#[test]
fn a_layout_is_read_back_from_its_words() {
    let compact = TableLayout { density: Density::Compact, ..TableLayout::default() };
    for (layout, columns, density) in [
        (TableLayout::default(), None, Some("comfortable")),
        (compact.clone(), None, Some("compact")),
        (layout("slug,month"), Some("slug,month"), None),
        (TableLayout { columns: Some(String::new()), ..compact }, Some(""), Some("compact")),
    ] {
        let found = layout.words();
        assert_eq!(found, (columns, density));
        assert_eq!(TableLayout::parse(columns.map(str::to_owned), density), Some(layout));
    }
    assert_eq!(TableLayout::parse(None, None), None);
    assert_eq!(TableLayout::parse(None, Some("tiny")), None);
}

#[test]
fn a_hidden_column_keeps_its_place_among_the_others() {
    let mut arrangement = Arrangement::new(TableName::Workspaces, &TableLayout::default());
    arrangement.show("month", false);
    assert_eq!(arrangement.layout(), layout("slug,created,updated"));
    arrangement = Arrangement::new(TableName::Workspaces, &arrangement.layout());
    let columns: Vec<Column> = arrangement.columns.iter().map(|(column, _)| *column).collect();
    assert_eq!(words(&columns), "slug,month,created,updated");
    arrangement.show("month", true);
    assert_eq!(arrangement.layout(), TableLayout::default());
    assert_eq!(arrangement.move_by_one("slug", false), None);
    assert_eq!(arrangement.move_by_one("slug", true), Some(1));
    assert_eq!(arrangement.move_by_one("updated", true), None);
    assert_eq!(arrangement.move_by_one("karma", true), None);
    assert_eq!(arrangement.layout(), layout("month,slug,created,updated"));
    assert!(TableName::Workspaces.is_changed(&arrangement.layout()));
    // The last one stays where it is when it is hidden.
    let hidden = Arrangement::new(TableName::People, &layout("role,email"));
    let columns: Vec<Column> = hidden.columns.iter().map(|(column, _)| *column).collect();
    assert_eq!(words(&columns), "role,email,workspaces");
}

#[test]
fn columns_that_sort_have_the_word_of_their_order() {
    for table in TableName::ALL {
        for Column { word, .. } in table.columns() {
            let sorts = match table {
                TableName::Workspaces => SortKey::parse(word).is_some(),
                TableName::Budgets => BudgetSort::parse(word).is_some(),
                TableName::People => PeopleSort::parse(word).is_some(),
                TableName::Members => PeopleSort::parse(word).is_some() || *word == "keys",
                TableName::Keys | TableName::WorkspaceKeys => KeysSort::parse(word).is_some(),
            };
            assert!(sorts, "{word} of {table:?}");
        }
    }
}

proptest! {
    #[test]
    fn any_stored_layout_shows_each_column_at_most_once(
        columns in prop::option::of("([a-z<,é-]|slug|month){0,40}"),
        density in prop::option::of("compact|.{0,9}"),
        table in prop::sample::select(TableName::ALL.to_vec()),
    ) {
        let layout = TableLayout::parse(columns, density.as_deref()).unwrap_or_default();
        let shown = table.shown(&layout);
        prop_assert!(shown.iter().all(|column| table.columns().contains(column)));
        prop_assert!((1..shown.len()).all(|at| !shown[..at].contains(&shown[at])));
        let arrangement = Arrangement::new(table, &layout);
        prop_assert_eq!(arrangement.columns.len(), table.columns().len());
        prop_assert_eq!(table.shown(&arrangement.layout()), shown);
        let (columns, density) = layout.words();
        prop_assert_eq!(TableLayout::parse(columns.map(str::to_owned), density), Some(layout.clone()));
    }
}
