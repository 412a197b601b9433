use proptest::prelude::*;

use super::align::{self, Aligner, Letters, reference};
use super::*;

fn found(query: &str, names: &[&str]) -> String {
    let candidates: Vec<Candidate> = names.iter().map(|name| Candidate::new(name, "")).collect();
    let (best, _) = Query::new(query).best(candidates.iter().map(|it| (it, 0)), 50);
    best.into_iter().map(|at| names[at]).collect::<Vec<_>>().join(", ")
}

/// The name with its matched parts in brackets.
fn marked(query: &str, name: &str) -> String {
    let mut text = name.to_owned();
    for mark in Query::new(query).marks(name).into_iter().rev() {
        text.insert(mark.end, ']');
        text.insert(mark.start, '[');
    }
    text
}

#[test]
fn letters_are_found_in_order_whatever_their_case_and_accents() {
    let names = ["Müller", "Łukasz Øster", "Straße", "Interns"];
    for (query, expected) in [
        ("muller", "Müller"),
        ("MÜLLER", "Müller"),
        ("mlr", "Müller"),
        ("lukasz o", "Łukasz Øster"),
        ("oster luk", "Łukasz Øster"),
        ("strasse", "Straße"),
        ("Inte\u{301}rns", "Interns"),
        ("snretni", ""),
    ] {
        assert_eq!(found(query, &names), expected, "{query}");
    }
    assert_eq!(found("  ", &names).split(", ").count(), 4);
}

#[test]
fn starts_of_words_and_runs_rank_higher() {
    assert_eq!(
        found("prod", &["Approved", "Reproduction", "Production", "Prod"]),
        "Prod, Production, Reproduction, Approved"
    );
    assert_eq!(found("pe", &["Copper", "Prod EU", "Pedro"]), "Pedro, Prod EU, Copper");
    assert_eq!(found("team", &["Theatrum", "Steam", "My team"]), "My team, Steam, Theatrum");
    assert_eq!(found("abc", &["Drabc", "Alpha Beta Cat"]), "Alpha Beta Cat, Drabc");
    // Among equals the shorter one.
    assert_eq!(found("a", &["Ab Cd", "Abc", "Ab"]), "Ab, Abc, Ab Cd");
}

#[test]
fn every_word_has_to_be_in_the_name_or_as_a_whole_in_the_detail() {
    let people = [("Jane Doe", "jd@example.com"), ("John Example", "john@x.com"), ("Ann Other", "ann@other.org")];
    let candidates: Vec<Candidate> = people.iter().map(|(name, email)| Candidate::new(name, email)).collect();
    let found = |query: &str| Query::new(query).best(candidates.iter().map(|it| (it, 0)), 50).0;
    assert_eq!(found("jane example.com"), [0]);
    assert_eq!(found("example"), [1, 0]);
    assert_eq!(found("@other"), [2]);
    // The detail has no gaps.
    assert_eq!(found("jdcom"), [0; 0]);
}

#[test]
fn equal_scores_go_by_rank_and_the_list_is_bounded() {
    let candidates = [Candidate::new("Alpha", ""), Candidate::new("Alpha", ""), Candidate::new("Alpha", "")];
    let ranked = |ranks: [u32; 3], most| Query::new("al").best(candidates.iter().zip(ranks), most);
    assert_eq!(ranked([1, 1, 0], 50), (vec![2, 0, 1], 3));
    assert_eq!(ranked([1, 1, 0], 2), (vec![2, 0], 3));
    assert_eq!(ranked([0, 0, 0], 0), (vec![], 3));
}

#[test]
fn what_matched_is_marked_in_the_name_as_it_is_written() {
    for (query, name, expected) in [
        ("mul", "Müller", "[Mül]ler"),
        ("pe", "Prod EU", "[P]rod [E]U"),
        ("stras", "Straße", "[Straß]e"),
        ("jose", "Jose\u{301}", "[Jose\u{301}]"),
        ("doe j", "Jane Doe", "[J]ane [Doe]"),
        ("fi", "ﬁx", "[ﬁ]x"),
        ("xyz", "Jane", "Jane"),
        ("", "Jane", "Jane"),
    ] {
        assert_eq!(marked(query, name), expected, "{query}");
    }
}

proptest! {
    /// Compares with all placements, one by one.
    #[test]
    fn the_best_placement_is_found(word in "[ab]{1,3}", text in "[abc ]{0,8}") {
        let (word_letters, letters) = (Letters::new(&word), Letters::new(&text));
        let chars: Vec<char> = text.chars().collect();
        let mut all: Vec<Vec<usize>> = vec![vec![]];
        for letter in word.chars() {
            let mut longer = Vec::new();
            for placed in &all {
                let next = placed.last().map_or(0, |last| last + 1);
                longer.extend((next..chars.len()).filter(|at| chars[*at] == letter).map(|at| [&placed[..], &[at]].concat()));
            }
            all = longer;
        }
        let expected = all.iter().map(|placed| reference::score_of(placed, &letters)).max();
        prop_assert_eq!(Aligner::default().score(&word_letters, &letters), expected);
        let placed = align::positions(&word_letters, &letters);
        prop_assert_eq!((!placed.is_empty()).then(|| reference::score_of(&placed, &letters)), expected);
    }

    #[test]
    fn a_match_is_a_subsequence(word in "\\PC{1,4}", text in "\\PC{0,20}") {
        let (word, text) = (plain(&word), plain(&text));
        let placed = align::positions(&Letters::new(&word), &Letters::new(&text));
        prop_assert!(placed.windows(2).all(|pair| pair[0] < pair[1]));
        let chars: Vec<char> = text.chars().collect();
        let spelled: String = placed.iter().map(|at| chars[*at]).collect();
        let mut rest = chars.iter();
        let is_in = word.chars().all(|c| rest.any(|other| *other == c));
        prop_assert_eq!(spelled, if is_in { word } else { String::new() });
    }

    #[test]
    fn the_order_is_total_and_does_not_depend_on_the_bound(names in prop::collection::vec("[ab ]{0,4}", 0..12), most in 0usize..12) {
        let candidates: Vec<Candidate> = names.iter().map(|name| Candidate::new(name, "")).collect();
        let query = Query::new("a");
        let (all, found) = query.best(candidates.iter().map(|it| (it, 0)), 50);
        let (some, same) = query.best(candidates.iter().map(|it| (it, 0)), most);
        prop_assert_eq!(found, same);
        prop_assert_eq!(&all[..most.min(found)], &some[..]);
        let equal = |left: &usize, right: &usize| names[*left] == names[*right];
        prop_assert!(all.windows(2).all(|pair| !equal(&pair[0], &pair[1]) || pair[0] < pair[1]));
    }

    #[test]
    fn letters_come_from_their_text(text in "\\PC{0,12}") {
        let (letters, origins) = letters::with_origins(&text);
        prop_assert_eq!(letters.chars().count(), origins.len());
        for origin in origins {
            prop_assert!(text.get(origin).is_some());
        }
        // Marks that are no accents may be in another order, as they are in the text.
        prop_assert_eq!(plain(&letters), plain(&plain(&text)));
    }

    #[test]
    fn marks_are_parts_of_the_name(query in "\\PC{0,4}", name in "\\PC{0,12}") {
        let marks = Query::new(&query).marks(&name);
        prop_assert!(marks.iter().all(|mark| name.get(mark.clone()).is_some()));
        prop_assert!(marks.windows(2).all(|pair| pair[0].end < pair[1].start));
    }
}
