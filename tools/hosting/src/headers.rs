//! The headers that every answer carries.
//!
//! Invariant: names are in small letters, as HTTP/2 has them.

/// With every answer, whatever it is.
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

/// Over TLS also this one: for so many seconds at least the browser comes back over nothing else.
pub const LEAST_HSTS_SECONDS: u64 = 31_536_000;
