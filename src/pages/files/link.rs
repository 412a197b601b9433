//! A file as the fragment of a link: a colleague opens it and sees the plan against the present workspaces.
//!
//! Invariant: what a link has is text of others. It is bounded, and read as any other file. Nothing is applied by opening it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::file_text::FileText;
use crate::navigation::use_navigator;
use crate::routes::{FILE_FRAGMENT, Route};
use crate::ui::{Banner, Tone, dynamic};

/// The most characters of a link. Longer ones are cut off on their way through mails and chats.
pub(super) const MOST_CHARACTERS: usize = 30_000;
/// The most bytes of the file in a link.
const MOST_BYTES: usize = 1_000_000;
/// What begins a text that is compressed, and one that is not.
const COMPRESSED: &str = "z";
const PLAIN: &str = "t";

/// Why a link has no file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LinkProblem {
    Damaged,
    TooLarge,
    /// The browser can't decompress.
    Unsupported,
}

impl LinkProblem {
    fn text(self) -> &'static str {
        match self {
            Self::Damaged => {
                "The link is damaged or was cut off. Nothing was changed. Ask for the link again, or for the file."
            }
            Self::Unsupported => {
                "Your browser can’t read compressed links. Nothing was changed. Ask for the file instead."
            }
            Self::TooLarge => {
                "The file in the link is larger than 1 MB. Nothing was changed. Ask for the file instead."
            }
        }
    }
}

/// The link to a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ReviewLink {
    /// Without a file, or while it is made.
    None,
    /// With the number of characters that it would have, or of bytes that the file has.
    TooLong(usize),
    Ready(String),
}

/// The link to a text, once it is made.
pub(super) fn review_link(text: RwSignal<String>) -> RwSignal<ReviewLink> {
    let link = RwSignal::new(ReviewLink::None);
    // Outside world: the browser compresses.
    Effect::new(move |_| {
        let content = text.get();
        spawn_local(async move {
            let made = link_to(&content).await;
            if text.try_with_untracked(|now| *now == content) == Some(true) {
                link.try_set(made);
            }
        });
    });
    link
}

async fn link_to(text: &str) -> ReviewLink {
    if text.trim().is_empty() {
        return ReviewLink::None;
    }
    if text.len() > MOST_BYTES {
        return ReviewLink::TooLong(text.len());
    }
    let compressed = match stream("CompressionStream") {
        Some(stream) => through(text.as_bytes(), &stream, MOST_BYTES).await.ok(),
        // An older browser.
        None => None,
    };
    let (kind, bytes) = match &compressed {
        Some(bytes) => (COMPRESSED, bytes.as_slice()),
        None => (PLAIN, text.as_bytes()),
    };
    let origin = window().location().origin().unwrap_or_default();
    let link = [&origin, &Route::files().href(), FILE_FRAGMENT, kind, &encode(bytes)].concat();
    if link.len() > MOST_CHARACTERS { ReviewLink::TooLong(link.len()) } else { ReviewLink::Ready(link) }
}

/// Reads the text that a link has after its prefix.
async fn unpack(packed: &str) -> Result<String, LinkProblem> {
    // A sentence around the link may have left its marks at the end.
    let packed = packed.trim_end_matches(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'));
    if packed.len() > MOST_CHARACTERS {
        return Err(LinkProblem::TooLarge);
    }
    let bytes = match (packed.strip_prefix(COMPRESSED), packed.strip_prefix(PLAIN)) {
        (Some(compressed), _) => {
            let bytes = decode(compressed).ok_or(LinkProblem::Damaged)?;
            let stream = stream("DecompressionStream").ok_or(LinkProblem::Unsupported)?;
            through(&bytes, &stream, MOST_BYTES).await?
        }
        (_, Some(plain)) => decode(plain).ok_or(LinkProblem::Damaged)?,
        (None, None) => return Err(LinkProblem::Damaged),
    };
    String::from_utf8(bytes).map_err(|_| LinkProblem::Damaged)
}

/// Calls a method by its name. Bindings of their own would be in the script of the first load.
fn call(object: &JsValue, method: &str, arguments: &[&JsValue]) -> Result<JsValue, JsValue> {
    let method: js_sys::Function = js_sys::Reflect::get(object, &method.into())?.dyn_into()?;
    method.apply(object, &arguments.iter().copied().collect::<js_sys::Array>())
}

/// Makes an object of a class, where the browser has it.
fn construct(class: &str, argument: &JsValue) -> Option<JsValue> {
    let class: js_sys::Function = js_sys::Reflect::get(&window(), &class.into()).ok()?.dyn_into().ok()?;
    js_sys::Reflect::construct(&class, &js_sys::Array::of1(argument)).ok()
}

/// A stream that compresses or decompresses.
fn stream(class: &str) -> Option<JsValue> {
    construct(class, &"deflate-raw".into())
}

/// Bytes in base 64 for an address.
fn encode(bytes: &[u8]) -> String {
    let binary: String = bytes.iter().copied().map(char::from).collect();
    let encoded = call(&window(), "btoa", &[&binary.into()]).ok().and_then(|encoded| encoded.as_string());
    encoded.unwrap_or_default().trim_end_matches('=').replace('+', "-").replace('/', "_")
}

fn decode(text: &str) -> Option<Vec<u8>> {
    let text = text.replace('-', "+").replace('_', "/");
    let binary = call(&window(), "atob", &[&text.into()]).ok()?.as_string()?;
    binary.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect()
}

/// Sends bytes through a stream, and reads no more than `most` of what comes out.
async fn through(bytes: &[u8], stream: &JsValue, most: usize) -> Result<Vec<u8>, LinkProblem> {
    let damaged = |_: JsValue| LinkProblem::Damaged;
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    let blob = construct("Blob", &parts).ok_or(LinkProblem::Unsupported)?;
    let read = call(&blob, "stream", &[]).and_then(|it| call(&it, "pipeThrough", &[stream])).map_err(damaged)?;
    let reader = call(&read, "getReader", &[]).map_err(damaged)?;
    let mut all = Vec::new();
    loop {
        let part: js_sys::Promise = call(&reader, "read", &[]).map_err(damaged)?.unchecked_into();
        let part = JsFuture::from(part).await.map_err(damaged)?;
        let of = |name: &str| js_sys::Reflect::get(&part, &name.into()).map_err(damaged);
        if of("done")?.is_truthy() {
            return Ok(all);
        }
        let part = js_sys::Uint8Array::new(&of("value")?).to_vec();
        if all.len() + part.len() > most {
            // The rest is not wanted, so it does not matter how the stream ends.
            let _ = call(&reader, "cancel", &[]);
            return Err(LinkProblem::TooLarge);
        }
        all.extend(part);
    }
}

/// Reads the file of a link that is opened, and says where it came from.
#[component]
pub(super) fn LinkedFile(file: FileText) -> impl IntoView {
    let navigator = use_navigator();
    let linked = RwSignal::new(None::<Result<String, LinkProblem>>);
    let take = move || {
        let hash = window().location().hash().unwrap_or_default();
        let Some(packed) = hash.strip_prefix(FILE_FRAGMENT).map(ToOwned::to_owned) else { return };
        navigator.replace(&Route::files());
        spawn_local(async move {
            let read = unpack(&packed).await;
            if let (Ok(text), false) = (&read, file.text.is_disposed()) {
                file.replace(text.clone());
            }
            linked.try_set(Some(read));
        });
    };
    take();
    // A link that is pasted into the address bar of this page.
    let pasted = window_event_listener_untyped("hashchange", move |_| take());
    on_cleanup(move || pasted.remove());
    dynamic(move || match linked.get()? {
        Err(problem) => Some(
            view! { <Banner tone=Tone::Danger title="Couldn’t read the link"><p>{problem.text()}</p></Banner> }
                .into_any(),
        ),
        Ok(linked) => file.text.with(|text| *text == linked).then(|| {
            view! {
                <Banner tone=Tone::Info title="This file came from a link">
                    <p>{"Nothing was changed. Check the plan before you apply it."}</p>
                </Banner>
            }
            .into_any()
        }),
    })
}
