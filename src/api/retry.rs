//! Decides whether and when a failed call is retried.

use std::time::Duration;

use super::ApiError;
use super::operation::{Policy, RetryOn};

/// The longest wait before a retry. If the server asks for more, the person decides.
const MAX_WAIT: Duration = Duration::from_secs(60);
const BASE: Duration = Duration::from_millis(500);
/// The most attempts after the first.
const MAX_RETRIES: u32 = 2;

/// How long to wait before attempt number `attempt` (the first is 0) is repeated after `error`. `None` to give up. `jitter` is
/// uniform in 0..1.
///
/// Honours `Retry-After` up to [`MAX_WAIT`]. Otherwise waits a random time of up to 0.5 s, doubled with each attempt.
pub(super) fn wait_before_retry(policy: Policy, attempt: u32, error: &ApiError, jitter: f64) -> Option<Duration> {
    if attempt >= MAX_RETRIES || !may_repeat(policy.retry_on, error) {
        return None;
    }
    if let Some(wait) = error.retry_after() {
        return Some(wait).filter(|wait| *wait <= MAX_WAIT);
    }
    Some((BASE * 2u32.pow(attempt)).mul_f64(jitter.clamp(0.0, 1.0)))
}

fn may_repeat(retry_on: RetryOn, error: &ApiError) -> bool {
    match error {
        ApiError::Network { .. } => retry_on == RetryOn::Transient,
        ApiError::Timeout { .. } | ApiError::Aborted { .. } | ApiError::Decode { .. } => false,
        ApiError::Status(error) => match retry_on {
            RetryOn::Nothing => false,
            RetryOn::BusyOrUnavailable => matches!(error.status, 429 | 503),
            RetryOn::Transient => matches!(error.status, 429 | 502..=504),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::{Operation, StatusError};
    use proptest::prelude::*;

    fn status(operation: Operation, status: u16, retry_after: Option<u64>) -> ApiError {
        let retry_after = retry_after.map(Duration::from_secs);
        ApiError::Status(Box::new(StatusError { retry_after, ..StatusError::bare(operation, status) }))
    }

    fn repeats(operation: Operation, error: &ApiError) -> u32 {
        (0..10).take_while(|attempt| wait_before_retry(operation.policy(), *attempt, error, 0.5).is_some()).count()
            as u32
    }

    /// How often each failure of an operation is retried.
    #[test]
    fn each_operation_is_retried_only_after_the_failures_in_the_table() {
        let network = |operation| ApiError::Network { operation, detail: String::new() };
        let table = [
            //                                 network 400 401 403 404 429 500 502 503 504
            (Operation::ListWorkspaces, [2, 0, 0, 0, 0, 2, 0, 2, 2, 2]),
            (Operation::GetBudget, [2, 0, 0, 0, 0, 2, 0, 2, 2, 2]),
            (Operation::SetBudget, [0, 0, 0, 0, 0, 2, 0, 0, 2, 0]),
            (Operation::DeleteBudget, [0, 0, 0, 0, 0, 2, 0, 0, 2, 0]),
            (Operation::DeleteWorkspace, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
            (Operation::UpdateWorkspace, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
            (Operation::CreateWorkspace, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
            (Operation::BulkAddMembers, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
            (Operation::BulkRemoveMembers, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
        ];
        for (operation, expected) in table {
            let statuses = [400, 401, 403, 404, 429, 500, 502, 503, 504];
            let found: Vec<u32> = std::iter::once(network(operation))
                .chain(statuses.map(|code| status(operation, code, None)))
                .map(|error| repeats(operation, &error))
                .collect();
            assert_eq!(found, expected, "{}", operation.name());
        }
    }

    #[test]
    fn retry_after_is_honoured_up_to_a_minute() {
        let policy = Operation::ListWorkspaces.policy();
        let wait = |seconds| wait_before_retry(policy, 0, &status(Operation::ListWorkspaces, 429, Some(seconds)), 0.0);
        assert_eq!(wait(7), Some(Duration::from_secs(7)));
        assert_eq!(wait(60), Some(MAX_WAIT));
        assert_eq!(wait(61), None);
    }

    proptest! {
        #[test]
        fn a_wait_never_exceeds_its_span(attempt in 0u32..2, jitter in 0.0..1.0f64) {
            let error = status(Operation::ListWorkspaces, 503, None);
            let Some(wait) = wait_before_retry(Operation::ListWorkspaces.policy(), attempt, &error, jitter) else {
                return Err(TestCaseError::fail("gave up"));
            };
            prop_assert!(wait <= BASE * 2u32.pow(attempt));
        }
    }
}
