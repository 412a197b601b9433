//! How rows of people are found and ordered, and what the directory does with changed people.

use super::*;

fn id(text: &str) -> UserId {
    UserId::parse(text).unwrap()
}

fn person(id: &str, first: &str, last: &str, email: &str) -> Person {
    let json = serde_json::json!({
        "id": id, "email": email, "first_name": first, "last_name": last, "role": "org:member",
    });
    serde_json::from_value(json).unwrap()
}

#[test]
fn every_word_has_to_be_in_the_name_the_address_or_the_id() {
    let jane = Entry::known(&person("user_Ab1", "Jane", "Doe", "JD@x.com"));
    let is_found = |search: &str| jane.matches(&words(search));
    assert!(["", "jane", "DOE  jane", "jd@X", "user_ab1 doe"].into_iter().all(is_found));
    assert!(!is_found("jane roe"));
    // No word matches across two of them.
    assert!(!is_found("doejd"));
    assert!(jane.matches(&["jane", "doe"]));
}

#[test]
fn an_unknown_person_is_shown_by_the_id() {
    let entry = Entry::unknown(&id("user_X"));
    assert_eq!((entry.name.as_str(), entry.email.as_str(), entry.is_known), ("user_X", "", false));
    assert!(entry.matches(&["user_x"]));
}

#[test]
fn equal_names_are_in_the_order_of_their_ids() {
    let entry = |id, first, email| Entry::known(&person(id, first, "", email));
    let (ann, bob, other_bob) = (entry("3", "ann", "z@x"), entry("1", "Bob", "B@x"), entry("2", "bob", ""));
    let [ann, bob, other_bob] = [ann, bob, other_bob].map(Arc::new);
    let mut rows = vec![other_bob.clone(), bob.clone(), ann.clone()];
    sort_by_name(&mut rows);
    assert_eq!(rows, [ann, bob, other_bob]);
}

#[test]
fn a_changed_person_is_found_only_by_the_new_address_and_name() {
    let mut people = People::default();
    people.extend(&[person("1", "Jane", "Doe", "jane@x.com"), person("2", "Jane", " Doe", "")]);
    people.extend(&[person("1", "Jane", "Roe", "Roe@x.com")]);
    assert_eq!(people.iter().count(), 2);
    assert_eq!(people.get(&id("1")).map(|entry| entry.name.as_str()), Some("Jane Roe"));
    assert_eq!((people.by_name("jane doe"), people.by_name("jane roe")), (&[id("2")][..], &[id("1")][..]));
    assert_eq!((people.by_email("jane@x.com"), people.by_email("roe@x.com")), (&[][..], &[id("1")][..]));
    assert!(people.by_email("").is_empty());
    assert_eq!((people.id("1"), people.id("3")), (Some(&id("1")), None));
}
