//! A request as a command for curl. The key is a variable of the shell.

use super::SentRequest;

/// The command that sends a request to the API at `base`, an absolute address. `is_own_host` adds the header that the
/// console's own host demands.
pub fn curl(base: &str, is_own_host: bool, request: &SentRequest) -> String {
    let SentRequest { operation, target, body } = request;
    let url = quoted(&[base.trim_end_matches('/'), target].concat());
    let mut command =
        format!("curl -X {} {url} \\\n  -H \"Authorization: Bearer $OPENROUTER_KEY\"", operation.method());
    if is_own_host {
        command.push_str(" \\\n  -H 'X-Workspace-Console: 1'");
    }
    if let Some(body) = body {
        command.push_str(" \\\n  -H 'Content-Type: application/json' \\\n  --data ");
        command.push_str(&quoted(body));
    }
    command
}

/// A text as one word of a POSIX shell. Within single quotes, only the single quote itself has a meaning.
fn quoted(text: &str) -> String {
    ["'", &text.replace('\'', r"'\''"), "'"].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Operation;
    use proptest::prelude::*;

    /// The words of a command line, as a POSIX shell splits and unquotes it with this variable.
    fn words(command: &str) -> Vec<String> {
        let (mut words, mut word, mut chars) = (Vec::new(), None::<String>, command.chars());
        while let Some(c) = chars.next() {
            match c {
                '\'' => {
                    let word = word.get_or_insert_default();
                    word.extend(chars.by_ref().take_while(|c| *c != '\''));
                }
                '"' => {
                    let inside: String = chars.by_ref().take_while(|c| *c != '"').collect();
                    word.get_or_insert_default().push_str(&inside.replace("$OPENROUTER_KEY", "KEY"));
                }
                '\\' => match chars.next() {
                    Some('\n') => {}
                    Some(escaped) => word.get_or_insert_default().push(escaped),
                    None => panic!("a backslash at the end"),
                },
                ' ' | '\n' => words.extend(word.take()),
                other => {
                    assert!(other.is_ascii_alphanumeric() || "-".contains(other), "{other:?} is not quoted");
                    word.get_or_insert_default().push(other);
                }
            }
        }
        words.extend(word);
        words
    }

    fn request(target: &str, body: Option<&str>) -> SentRequest {
        SentRequest {
            operation: Operation::UpdateWorkspace,
            target: target.to_owned(),
            body: body.map(ToOwned::to_owned),
        }
    }

    #[test]
    fn a_request_is_one_command() {
        let request = request("/workspaces/a", Some(r#"{"name":"Zoë's $HOME"}"#));
        assert_eq!(
            curl("https://openrouter.ai/api/v1/", false, &request),
            "curl -X PATCH 'https://openrouter.ai/api/v1/workspaces/a' \\\n  \
             -H \"Authorization: Bearer $OPENROUTER_KEY\" \\\n  \
             -H 'Content-Type: application/json' \\\n  \
             --data '{\"name\":\"Zoë'\\''s $HOME\"}'"
        );
        let own = curl("https://console.example/api/v1", true, &super::tests::request("/x", None));
        assert!(own.ends_with("-H 'X-Workspace-Console: 1'"), "{own}");
    }

    #[test]
    fn a_real_shell_reads_the_same_words() {
        let body = "{\"a\":\"' \\\" $HOME `id` \\\\ ! * \\n é\"}";
        let command = curl("https://h/api", true, &request("/x?a=%27", Some(body)));
        let script = format!("curl() {{ printf '%s\\0' \"$@\"; }}\nOPENROUTER_KEY=KEY\n{command}");
        let Ok(output) = std::process::Command::new("sh").args(["-c", &script]).output() else { return };
        let text = String::from_utf8(output.stdout).unwrap();
        let found: Vec<&str> = text.split_terminator('\0').collect();
        assert_eq!(found, words(&command)[1..]);
        assert_eq!(found.last(), Some(&body));
    }

    proptest! {
        #[test]
        fn any_body_stays_one_word(body in "(?s)\\{.{0,60}", target in "/[!-~]{0,30}") {
            let words = words(&curl("https://h", false, &request(&target, Some(&body))));
            let expected = [
                "curl", "-X", "PATCH", &format!("https://h{target}"), "-H", "Authorization: Bearer KEY", "-H",
                "Content-Type: application/json", "--data", &body,
            ];
            prop_assert_eq!(words, expected);
        }
    }
}
