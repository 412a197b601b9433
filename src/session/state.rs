//! Who is signed in, or why no one is. Pure.

use crate::api::ApiError;
use crate::domain::CurrentKey;

/// Who holds the management key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyHolder {
    /// This page. The person pasted it here.
    Page,
    /// The proxy in front of the API. This page never sees it.
    Proxy,
}

/// Who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Who holds the key.
    pub holder: KeyHolder,
    /// The key, as the API describes it.
    pub key: CurrentKey,
}

/// The state of the session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SessionState {
    /// `GET /key` is in flight.
    Checking,
    /// `GET /key` failed.
    Unreachable(ApiError),
    /// A management key is needed. With the reason, if there was a session or a key before.
    SignedOut(Option<SignInProblem>),
    /// Signed in.
    SignedIn(Identity),
    /// The API no longer accepts the key. Another is asked for in place, and the view stays.
    KeyExpired(Identity),
    /// The person signed out in another tab. A key is asked for in place, because this view has unsaved changes.
    SignedOutElsewhere(Identity),
    /// The sign-in of a proxy answers instead of the API. The key and the view stay until the person has signed in there.
    ProxySignInEnded(Identity),
}

impl SessionState {
    /// Who is signed in, also while the person has to sign in again.
    pub fn identity(&self) -> Option<&Identity> {
        match self {
            Self::SignedIn(identity)
            | Self::KeyExpired(identity)
            | Self::SignedOutElsewhere(identity)
            | Self::ProxySignInEnded(identity) => Some(identity),
            Self::Checking | Self::Unreachable(_) | Self::SignedOut(_) => None,
        }
    }

    /// Whether the account is certainly no organization.
    pub fn is_individual(&self) -> bool {
        self.identity().is_some_and(|identity| identity.key.is_individual())
    }

    /// Whether the person has to sign in again, in place.
    pub fn asks_in_place(&self) -> bool {
        matches!(self, Self::KeyExpired(_) | Self::SignedOutElsewhere(_) | Self::ProxySignInEnded(_))
    }

    /// Whether a sign-out in another tab changes nothing any more.
    pub(super) fn is_over(&self) -> bool {
        matches!(self, Self::SignedOut(_) | Self::SignedOutElsewhere(_))
    }

    /// Whether the page goes on by itself once the person has signed in at the proxy.
    pub(super) fn waits_for_proxy(&self) -> bool {
        matches!(self, Self::ProxySignInEnded(_) | Self::SignedOut(Some(SignInProblem::ProxySignedOut)))
    }

    /// Who holds the key of the session, or held it until it ended. `None` if that is not known.
    pub(super) fn holder(&self) -> Option<KeyHolder> {
        match self {
            Self::SignedOut(problem) => problem.as_ref().and_then(SignInProblem::holder),
            state => state.identity().map(|identity| identity.holder),
        }
    }
}

/// Why a key does not open the console, or what ended the session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignInProblem {
    /// The API does not know the key.
    NotAccepted,
    /// The key is no management key, so the API would answer 403 to every call.
    NotManagementKey {
        holder: KeyHolder,
        /// Its first and last characters.
        label: String,
    },
    Failed(ApiError),
    Idle(KeyHolder),
    /// The sign-in of a proxy answers instead of the API.
    ProxySignedOut,
    /// A 401 without a key, which nothing shows to be the API's. [`problem_at_start`] judges it.
    Unsigned,
    /// The person has signed out of a page whose key a proxy holds.
    SignedOutHere,
}

impl SignInProblem {
    /// Who held the key, as far as the problem says.
    pub(super) fn holder(&self) -> Option<KeyHolder> {
        match self {
            Self::Idle(holder) | Self::NotManagementKey { holder, .. } => Some(*holder),
            Self::ProxySignedOut | Self::SignedOutHere => Some(KeyHolder::Proxy),
            Self::NotAccepted | Self::Unsigned | Self::Failed(_) => None,
        }
    }
}

pub(super) fn judge_key(holder: KeyHolder, answer: Result<CurrentKey, ApiError>) -> Result<CurrentKey, SignInProblem> {
    match answer {
        Ok(key) if key.is_management_key => Ok(key),
        Ok(key) => Err(SignInProblem::NotManagementKey { holder, label: key.label }),
        Err(error) if error.is_proxy_sign_in() => Err(SignInProblem::ProxySignedOut),
        // A proxy that holds the key answers for itself: what it refuses never reaches the API.
        Err(error) if error.is_unauthorized() && holder == KeyHolder::Proxy && !error.is_from_api() => {
            Err(SignInProblem::Unsigned)
        }
        Err(error) if error.is_unauthorized() => Err(SignInProblem::NotAccepted),
        Err(error) => Err(SignInProblem::Failed(error)),
    }
}

/// What the sign-in page says when a check without the form fails. A 401 without a key only means that one is needed,
/// unless a proxy has held it before: in this page (`last`), or in this browser and the 401 is not the API's own.
pub(super) fn problem_at_start(
    holder: KeyHolder,
    last: Option<KeyHolder>,
    was_proxy: bool,
    problem: SignInProblem,
) -> Option<SignInProblem> {
    let is_proxy = match problem {
        SignInProblem::NotAccepted if holder == KeyHolder::Proxy => last == Some(KeyHolder::Proxy),
        SignInProblem::Unsigned => last == Some(KeyHolder::Proxy) || was_proxy,
        problem => return Some(problem),
    };
    is_proxy.then_some(SignInProblem::ProxySignedOut)
}

/// What tells accounts apart, as far as the API says: the organization, or the creator of an individual account's key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountId(Option<String>);

impl AccountId {
    pub fn of(key: &CurrentKey) -> Self {
        let creator = || key.creator_user_id.as_ref().map(|id| id.as_str().to_owned());
        Self(key.organization().cloned().or_else(creator))
    }

    /// Its ID, if the API tells it.
    pub fn name(&self) -> Option<&str> {
        self.0.as_deref()
    }

    /// The account that is signed in.
    pub fn signed_in(state: &SessionState) -> Option<Self> {
        match state {
            SessionState::SignedIn(identity) => Some(Self::of(&identity.key)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::{Operation, Responder, StatusError};

    fn key(json: &str) -> CurrentKey {
        serde_json::from_str(json).unwrap()
    }

    fn refused(status: u16) -> ApiError {
        refused_by(Responder::Unknown, status)
    }

    fn refused_by(by: Responder, status: u16) -> ApiError {
        let bare = StatusError::bare(Operation::ListWorkspaces, status);
        ApiError::Status(Box::new(StatusError { by, ..bare }))
    }

    #[test]
    fn only_a_management_key_opens_the_console() {
        let judged = |answer| judge_key(KeyHolder::Page, answer);
        assert!(judged(Ok(key(r#"{"is_management_key":true}"#))).is_ok());
        let plain = judged(Ok(key(r#"{"label":"sk-…1","is_management_key":false}"#))).unwrap_err();
        assert_eq!(plain, SignInProblem::NotManagementKey { holder: KeyHolder::Page, label: "sk-…1".to_owned() });
        assert_eq!(judged(Err(refused(401))).unwrap_err(), SignInProblem::NotAccepted);
        assert_eq!(judged(Err(refused(500))).unwrap_err(), SignInProblem::Failed(refused(500)));
    }

    #[test]
    fn a_page_behind_a_proxy_is_not_asked_for_a_key_of_its_own() {
        let problem = |holder, last| problem_at_start(holder, last, false, SignInProblem::NotAccepted);
        assert_eq!(problem(KeyHolder::Proxy, Some(KeyHolder::Proxy)), Some(SignInProblem::ProxySignedOut));
        assert_eq!(problem(KeyHolder::Proxy, None), None);
        assert_eq!(problem(KeyHolder::Page, None), Some(SignInProblem::NotAccepted));
    }

    #[test]
    fn a_key_is_asked_for_only_where_it_can_reach_the_api() {
        let by_proxy = judge_key(KeyHolder::Proxy, Err(refused(401))).unwrap_err();
        let by_api = judge_key(KeyHolder::Proxy, Err(refused_by(Responder::Api, 401))).unwrap_err();
        let problem = |was_proxy, problem| problem_at_start(KeyHolder::Proxy, None, was_proxy, problem);
        // The proxy that held the key refuses this page before the API is asked: another key would not get further.
        assert_eq!(problem(true, by_proxy.clone()), Some(SignInProblem::ProxySignedOut));
        assert_eq!(problem(false, by_proxy), None);
        // The API itself has got no key: there is no such proxy any more.
        assert_eq!(problem(true, by_api), None);
    }

    #[test]
    fn the_sign_in_of_a_proxy_is_told_from_the_first_visit_on_and_leaves_a_key_alone() {
        for holder in [KeyHolder::Page, KeyHolder::Proxy] {
            for status in [0, 200, 401, 403] {
                let judged = judge_key(holder, Err(refused_by(Responder::SignIn, status))).unwrap_err();
                assert_eq!(judged, SignInProblem::ProxySignedOut);
                assert_eq!(problem_at_start(holder, None, false, judged), Some(SignInProblem::ProxySignedOut));
            }
        }
    }

    #[test]
    fn another_account_is_told_by_its_organization() {
        let account = |json: &str| AccountId::of(&key(json));
        let one = account(r#"{"organization_id":"org_1","creator_user_id":"user_a"}"#);
        assert_ne!(one, account(r#"{"organization_id":"org_2"}"#));
        assert_eq!(one, account(r#"{"organization_id":"org_1","creator_user_id":"user_b"}"#));
        assert_ne!(one, account(r#"{"creator_user_id":"user_a"}"#));
    }
}
