//! Sorting rows of any type.

use std::cmp::Ordering;

/// Sorts rows, and keeps the order of equal ones.
///
/// All types share one sort of positions: each type that the standard library sorts adds 4 kB to the wasm.
pub fn sort_rows<T>(rows: &mut Vec<T>, compare: impl Fn(&T, &T) -> Ordering) {
    let order = positions(rows.len(), &|left, right| match (rows.get(left), rows.get(right)) {
        (Some(left), Some(right)) => compare(left, right),
        _ => Ordering::Equal,
    });
    let mut unsorted: Vec<Option<T>> = rows.drain(..).map(Some).collect();
    rows.extend(order.into_iter().filter_map(|at| unsorted.get_mut(at as usize)?.take()));
}

/// The positions of `count` rows in order. Equal rows keep their order.
pub fn positions(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<u32> {
    let mut order: Vec<u32> = (0u32..).take(count).collect();
    order.sort_unstable_by(|left, right| compare(*left as usize, *right as usize).then(left.cmp(right)));
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn rows_are_sorted_as_the_standard_library_does(rows in prop::collection::vec((0u8..4, any::<u8>()), 0..40)) {
            let (mut sorted, mut expected) = (rows.clone(), rows);
            sort_rows(&mut sorted, |left, right| left.0.cmp(&right.0));
            expected.sort_by_key(|row| row.0);
            prop_assert_eq!(sorted, expected);
        }
    }
}
