//! When the browser has painted.

use std::time::Duration;

use futures::channel::oneshot;
use futures::future::select;
use gloo_timers::future::sleep;
use leptos::prelude::request_animation_frame;

/// How long a paint is waited for. A page in the background is not painted.
const LONGEST: Duration = Duration::from_millis(200);

/// Waits until the present document has been painted.
pub async fn painted() {
    let (at_frame, frame) = oneshot::channel();
    request_animation_frame(move || {
        let _ = at_frame.send(());
    });
    let after_frame = async {
        let _ = frame.await;
        // A frame's callbacks run before its paint.
        sleep(Duration::ZERO).await;
    };
    select(Box::pin(after_frame), sleep(LONGEST)).await;
}
