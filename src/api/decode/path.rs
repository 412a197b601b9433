//! Finds the path of the value at which reading JSON failed.
//!
//! `serde_json` says only the position. Tracking the path while reading would slow down every response for the few that
//! cannot be read.

/// Where a value is within the one that holds it.
enum Step {
    /// In an object, at the key that came last.
    Key(String),
    /// In an array.
    Index(usize),
}

/// Returns the path of what ends at byte `end` of a JSON text, such as `data[3].slug`; empty for the whole value. Where a
/// bracket closes there, it is the path of what this bracket closes if it is `container`, or else of the last value in it.
pub(super) fn path_at(text: &str, end: usize, container: Option<u8>) -> String {
    let mut steps = Vec::new();
    let mut is_key = false;
    let mut rest = text.bytes().enumerate();
    while let Some((at, byte)) = rest.next() {
        if at >= end {
            break;
        }
        match byte {
            b'{' if at + 1 == end => break,
            b'}' | b']' if at + 1 == end => {
                if container == Some(byte) {
                    steps.pop();
                }
                break;
            }
            b'{' => {
                steps.push(Step::Key(String::new()));
                is_key = true;
            }
            b'[' => steps.push(Step::Index(0)),
            b'}' | b']' => drop(steps.pop()),
            b',' => match steps.last_mut() {
                Some(Step::Index(index)) => *index += 1,
                _ => is_key = true,
            },
            b'"' => {
                let mut is_escaped = false;
                let last = rest.find(|(_, byte)| {
                    let is_end = *byte == b'"' && !is_escaped;
                    is_escaped = *byte == b'\\' && !is_escaped;
                    is_end
                });
                let quoted = text.get(at..=last.map_or(at, |(last, _)| last)).unwrap_or_default();
                if let Some(Step::Key(key)) = steps.last_mut().filter(|_| std::mem::take(&mut is_key)) {
                    *key = serde_json::from_str(quoted).unwrap_or_default();
                }
            }
            _ => {}
        }
    }
    written(&steps)
}

fn written(steps: &[Step]) -> String {
    let mut path = String::new();
    for step in steps {
        match step {
            Step::Key(key) => {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(key);
            }
            Step::Index(index) => path.push_str(&["[", &index.to_string(), "]"].concat()),
        }
    }
    path
}
