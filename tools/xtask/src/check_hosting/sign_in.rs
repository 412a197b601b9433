//! A person's sign-in at the host.

use anyhow::{Result, bail};
use base64::{Engine, prelude::BASE64_STANDARD};

use super::Options;
use crate::project::read;

/// A person's sign-in at the host.
pub enum SignIn {
    /// The value of `Authorization`.
    Password(String),
    /// The value of `Cookie`.
    Cookie(String),
}

/// Reads the sign-in from a file or the environment, where other users of this machine cannot read it.
pub fn sign_in(options: &Options) -> Result<Option<SignIn>> {
    let first_line = |file: &std::path::PathBuf| -> Result<String> {
        let text = read(file)?;
        Ok(text.lines().next().unwrap_or_default().trim().to_owned())
    };
    if let Some(file) = &options.cookie_file {
        return Ok(Some(SignIn::Cookie(first_line(file)?)));
    }
    let user = match &options.user_file {
        Some(file) => Some(first_line(file)?),
        None => std::env::var("CONSOLE_USER").ok(),
    };
    match user {
        Some(user) if user.contains(':') => {
            Ok(Some(SignIn::Password(format!("Basic {}", BASE64_STANDARD.encode(user)))))
        }
        Some(_) => bail!("a user has the form name:password"),
        None => Ok(None),
    }
}
