//! The secret of a new API key, which the API tells once.
//!
//! Invariant: [`KeySecret`] has no `Debug`, no `Display` and no `Serialize`, so it cannot get into a log, an address, an
//! error or a record. Only the dialog that hands it over reads it.

use serde::Deserialize;

use super::{ApiError, Operation, decode};
use crate::domain::ApiKey;

/// The secret of a new key.
#[derive(Deserialize)]
#[serde(transparent)]
pub struct KeySecret(String);

impl KeySecret {
    /// The secret itself, to be shown or copied.
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

/// A new key with its secret.
pub struct IssuedKey {
    pub key: ApiKey,
    pub secret: KeySecret,
}

/// A created key.
pub enum CreatedKey {
    /// The key with its secret.
    Issued(Box<ApiKey>, KeySecret),
    /// No usable response came. These keys have the requested name and were created since it was sent. Their secrets are
    /// lost.
    SecretLost(Vec<ApiKey>),
}

#[derive(Deserialize)]
struct Issued {
    data: ApiKey,
    key: KeySecret,
}

/// Reads `{"data": {…}, "key": "…"}`. The error quotes nothing of the response.
pub(super) fn issued(body: &str) -> Result<CreatedKey, ApiError> {
    let operation = Operation::CreateKey;
    let read = decode::object::<Issued>(operation, body);
    let Issued { data, key } = read.map_err(|_| ApiError::Decode {
        operation,
        path: "response".to_owned(),
        detail: "no API key with its secret".to_owned(),
    })?;
    Ok(CreatedKey::Issued(Box::new(data), key))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::hostile::answers::new_key;
    use crate::api::testing::{answer, closed, refused, run};
    use crate::api::{Answer, Client, WriteOutcome, keys};

    fn created(script: Vec<crate::api::testing::Line>) -> (Result<Vec<String>, WriteOutcome>, Vec<String>) {
        let body = new_key();
        let (result, log, _) = run(script, async |client: Client| keys::create(&client, &body).await);
        let lost = |created| match created {
            CreatedKey::Issued(key, secret) => vec![key.hash.to_string(), secret.reveal().to_owned()],
            CreatedKey::SecretLost(keys) => keys.iter().map(|key| key.hash.to_string()).collect(),
        };
        (result.map(lost).map_err(|failure| failure.outcome), log)
    }

    /// Keys of the workspace, as of one minute past midnight.
    fn listed(rows: &str) -> crate::api::testing::Line {
        let date = Some("Sun, 29 Nov 2026 00:01:00 GMT".to_owned());
        Ok(Answer { status: 200, body: format!(r#"{{"data":[{rows}]}}"#), date, ..Answer::default() })
    }

    #[test]
    fn the_secret_comes_with_the_answer() {
        let (created, log) = created(vec![answer(201, r#"{"data":{"hash":"a"},"key":"sk-or-v1-s"}"#)]);
        assert_eq!(created, Ok(vec!["a".to_owned(), "sk-or-v1-s".to_owned()]));
        assert_eq!(log, ["POST /KEYS"]);
    }

    #[test]
    fn a_lost_answer_is_looked_for_by_name_and_time() {
        let name = r#""name":"Evaluation harness""#;
        let old = format!(r#"{{"hash":"old",{name},"created_at":"2026-11-28T23:00:00Z"}}"#);
        let new = format!(r#"{{"hash":"new",{name},"created_at":"2026-11-29T00:00:58Z"}}"#);
        let other = r#"{"hash":"other","name":"CI","created_at":"2026-11-29T00:00:59Z"}"#;
        let found = |rows: &str| created(vec![closed(), listed(rows), listed("")]).0;
        assert_eq!(found(&format!("{old},{new},{other}")), Ok(vec!["new".to_owned()]));
        assert_eq!(found(&format!("{old},{other}")), Err(WriteOutcome::NotApplied));
        let unlisted = created(vec![closed(), refused(403)]);
        assert_eq!(unlisted.0, Err(WriteOutcome::Unknown));
        assert_eq!(unlisted.1.iter().filter(|line| line.starts_with("POST")).count(), 1);
        assert_eq!(created(vec![refused(403)]).0, Err(WriteOutcome::Refused));
    }

    #[test]
    fn an_error_quotes_nothing_of_the_response() {
        for body in [
            r#"{"data":"sk-or-v1-canary","key":"sk-or-v1-canary"}"#,
            r#"{"data":{"hash":"a"},"key":["sk-or-v1-canary"]}"#,
            r#"{"data":{"hash":"a","disabled":"sk-or-v1-canary"},"key":"sk-or-v1-canary"}"#,
            "sk-or-v1-canary",
        ] {
            let Err(error) = issued(body) else { panic!("{body} was read") };
            assert!(error.is_unclear());
            let texts = [error.details(), error.sentence(), error.to_string(), format!("{error:?}")];
            assert!(texts.iter().all(|text| !text.contains("canary")), "{texts:?}");
        }
    }
}
