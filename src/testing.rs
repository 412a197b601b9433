//! Mutates JSON for tests: replaces, removes, duplicates and renames its parts, and truncates or damages its text.
//!
//! Invariant: a tree is valid JSON after any [`Edit`].

use proptest::prelude::*;
use serde_json::Value;

/// JSON that may repeat a name and have any text as a leaf.
#[derive(Debug, Clone)]
pub enum Tree {
    /// The text of a value.
    Leaf(String),
    /// An array.
    Array(Vec<Tree>),
    /// An object, its names as JSON strings.
    Object(Vec<(String, Tree)>),
}

impl Tree {
    /// Parses JSON.
    pub fn of(text: &str) -> Self {
        Self::of_value(&serde_json::from_str(text).unwrap())
    }

    fn of_value(value: &Value) -> Self {
        match value {
            Value::Array(elements) => Self::Array(elements.iter().map(Self::of_value).collect()),
            Value::Object(fields) => {
                Self::Object(fields.iter().map(|(name, value)| (quoted(name), Self::of_value(value))).collect())
            }
            leaf => Self::Leaf(leaf.to_string()),
        }
    }

    /// The JSON text.
    pub fn text(&self) -> String {
        match self {
            Self::Leaf(text) => text.clone(),
            Self::Array(elements) => format!("[{}]", elements.iter().map(Self::text).collect::<Vec<_>>().join(",")),
            Self::Object(fields) => {
                let fields: Vec<String> =
                    fields.iter().map(|(name, value)| format!("{name}:{}", value.text())).collect();
                format!("{{{}}}", fields.join(","))
            }
        }
    }

    /// The rows of a list.
    pub fn rows(&mut self) -> &mut Vec<Self> {
        let Self::Object(fields) = self else { panic!("not an object") };
        match fields.iter_mut().find(|(name, _)| name == r#""data""#) {
            Some((_, Self::Array(rows))) => rows,
            _ => panic!("not a list"),
        }
    }

    fn count(&self) -> usize {
        1 + match self {
            Self::Leaf(_) => 0,
            Self::Array(elements) => elements.iter().map(Self::count).sum(),
            Self::Object(fields) => fields.iter().map(|(_, value)| value.count()).sum(),
        }
    }

    /// Edits one of its values, chosen by its number in the order of the text. 0 is the whole.
    pub fn edit(&mut self, Edit { at, what }: &Edit) {
        let at = at % self.count();
        if at == 0 {
            if let What::Replace(text) = what {
                *self = Self::Leaf(text.clone());
            }
            return;
        }
        self.edit_below(at, what);
    }

    /// Like `edit`, for a value within this one.
    fn edit_below(&mut self, mut at: usize, what: &What) {
        let count = match self {
            Self::Leaf(_) => 0,
            Self::Array(elements) => elements.len(),
            Self::Object(fields) => fields.len(),
        };
        for index in 0..count {
            let child = match self {
                Self::Array(elements) => &mut elements[index],
                Self::Object(fields) => &mut fields[index].1,
                Self::Leaf(_) => return,
            };
            let size = child.count();
            if at == 1 {
                return self.edit_child(index, what);
            }
            if at <= size {
                return child.edit_below(at - 1, what);
            }
            at -= size;
        }
    }

    fn edit_child(&mut self, index: usize, what: &What) {
        match (self, what) {
            (Self::Array(elements), What::Replace(text)) => elements[index] = Self::Leaf(text.clone()),
            (Self::Object(fields), What::Replace(text)) => fields[index].1 = Self::Leaf(text.clone()),
            (Self::Array(elements), What::Remove) => drop(elements.remove(index)),
            (Self::Object(fields), What::Remove) => drop(fields.remove(index)),
            (Self::Array(elements), What::Duplicate) => elements.push(elements[index].clone()),
            (Self::Object(fields), What::Duplicate) => fields.push(fields[index].clone()),
            (Self::Array(elements), What::Rename(_)) => elements.rotate_left(index),
            (Self::Object(fields), What::Rename(name)) => fields[index].0.clone_from(name),
            (Self::Leaf(_), _) => {}
        }
    }
}

/// A change of one value.
#[derive(Debug, Clone)]
pub struct Edit {
    at: usize,
    what: What,
}

#[derive(Debug, Clone)]
enum What {
    Replace(String),
    Remove,
    Duplicate,
    Rename(String),
}

/// Any edit.
pub fn edit() -> impl Strategy<Value = Edit> {
    let what = prop_oneof![
        6 => leaf().prop_map(What::Replace),
        2 => Just(What::Remove),
        1 => Just(What::Duplicate),
        1 => name().prop_map(What::Rename),
    ];
    (any::<prop::sample::Index>(), what).prop_map(|(at, what)| Edit { at: at.index(10_000), what })
}

/// Unexpected values.
fn leaf() -> impl Strategy<Value = String> {
    let odd = vec![
        "null",
        "true",
        "false",
        "{}",
        "[]",
        "[[]]",
        r#"[{"id":null}]"#,
        r#""""#,
        r#"".""#,
        r#""%2e%2E""#,
        r#""default""#,
        "0",
        "-0",
        "-1",
        "1.0",
        "1e3",
        "-1e-40",
        "1e400",
        "-1E+400",
        "1e-400",
        "1e99999999999999999999",
        "1e-2147483648",
        "18446744073709551615",
        "18446744073709551616",
        "-9223372036854775809",
        "340282366920938463463374607431768211456",
        "0.1000000000000000055511151231257827021181583404541015625",
        "3.469446951953614e-18",
        r#""NaN""#,
        r#""Infinity""#,
        r#""1""#,
        r#""\ud83d""#,
        r#""\ude00\ud83d""#,
        r#""\ud83d\u0041\\""#,
        r#""\u0000""#,
        r#""karma""#,
        r#""fortnightly""#,
        r#""org:owner""#,
        r#""+026-13-45T99:99:99Z""#,
        r#""2026-11-24T09:05:07.é""#,
        "\"\u{feff}\u{202e}\u{10ffff}\"",
    ];
    let long = |text: &'static str| Just(quoted(text.repeat(10_000 / text.len())));
    prop_oneof![
        12 => prop::sample::select(odd).prop_map(str::to_owned),
        1 => long("x"),
        1 => long("é\u{0}\""),
        1 => Just("9".repeat(10_000)),
        1 => Just(format!("0.{}1e-9", "0".repeat(10_000))),
        1 => (1usize..60).prop_map(nested),
        2 => any::<String>().prop_map(|text| quoted(&text)),
        1 => any::<f64>().prop_filter("JSON has no such number", |it| it.is_finite()).prop_map(|it| it.to_string()),
    ]
}

fn name() -> impl Strategy<Value = String> {
    let known = ["data", "id", "slug", "limit_usd", "usage", "error", "message", "metadata", "d\u{430}ta", ""];
    prop_oneof![
        prop::sample::select(known.to_vec()).prop_map(quoted),
        Just(r#""\u0064\u0061\u0074\u0061""#.to_owned()),
        any::<String>().prop_map(|text| quoted(&text)),
    ]
}

fn quoted(text: impl AsRef<str>) -> String {
    serde_json::to_string(text.as_ref()).unwrap()
}

/// Nested arrays and objects of this depth.
pub fn nested(depth: usize) -> String {
    let open = r#"[{"data":"#.repeat(depth / 2);
    format!("{open}0{}", "}]".repeat(depth / 2))
}

/// Damage to a text.
#[derive(Debug, Clone)]
pub enum Damage {
    /// None.
    None,
    /// It is truncated at any byte.
    Cut(prop::sample::Index),
    /// Bytes in it are replaced.
    Bytes(prop::sample::Index, Vec<u8>),
    /// A byte order mark is added before it.
    Mark,
    /// A text is added after it.
    Tail(String),
}

impl Damage {
    /// The damaged text. Invalid UTF-8 becomes U+FFFD, as in a browser.
    pub fn to(&self, text: String) -> String {
        match self {
            Self::None => text,
            Self::Cut(at) => String::from_utf8_lossy(&text.as_bytes()[..at.index(text.len() + 1)]).into_owned(),
            Self::Bytes(at, bytes) => {
                let at = at.index(text.len() + 1);
                let (before, after) = text.as_bytes().split_at(at);
                let after = after.get(bytes.len() / 2..).unwrap_or_default();
                String::from_utf8_lossy(&[before, bytes, after].concat()).into_owned()
            }
            Self::Mark => format!("\u{feff}{text}"),
            Self::Tail(tail) => text + tail,
        }
    }
}

/// Any damage, mostly none.
pub fn damage() -> impl Strategy<Value = Damage> {
    prop_oneof![
        6 => Just(Damage::None),
        3 => any::<prop::sample::Index>().prop_map(Damage::Cut),
        3 => (any::<prop::sample::Index>(), prop::collection::vec(any::<u8>(), 1..8)).prop_map(|(at, it)| Damage::Bytes(at, it)),
        1 => Just(Damage::Mark),
        1 => any::<String>().prop_map(Damage::Tail),
    ]
}
