//! The headers of every response. Names are lowercase, as in HTTP/2.

/// Headers that every response carries.
pub const ALWAYS: [(&str, &str); 5] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "permissions-policy",
        "accelerometer=(), autoplay=(), camera=(), captured-surface-control=(), clipboard-read=(), \
         compute-pressure=(), digital-credentials-create=(), digital-credentials-get=(), \
         display-capture=(), encrypted-media=(), fullscreen=(), gamepad=(), geolocation=(), gyroscope=(), \
         hid=(), identity-credentials-get=(), idle-detection=(), keyboard-map=(), language-detector=(), \
         local-fonts=(), magnetometer=(), microphone=(), midi=(), on-device-speech-recognition=(), \
         otp-credentials=(), payment=(), picture-in-picture=(), publickey-credentials-create=(), \
         publickey-credentials-get=(), screen-wake-lock=(), serial=(), speaker-selection=(), \
         storage-access=(), summarizer=(), sync-xhr=(), translator=(), usb=(), window-management=(), \
         xr-spatial-tracking=()",
    ),
];

/// The shortest `max-age` of `Strict-Transport-Security` over TLS, in seconds.
pub const MIN_HSTS_SECONDS: u64 = 31_536_000;
