//! The headers of every response. Names are lowercase, as in HTTP/2.

/// Headers that every response carries.
pub const ALWAYS: [(&str, &str); 5] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "permissions-policy",
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), \
         microphone=(), midi=(), payment=(), publickey-credentials-get=(), screen-wake-lock=(), usb=(), \
         xr-spatial-tracking=()",
    ),
];

/// The shortest `max-age` of `Strict-Transport-Security` over TLS, in seconds.
pub const MIN_HSTS_SECONDS: u64 = 31_536_000;
