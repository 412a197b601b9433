//! A list from a file, chosen or dropped on the field.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

use crate::domain::inline_text;
use crate::search::list::decode;
use crate::ui::{Banner, Tone, dynamic, unique_id};

/// Larger files are no lists of people.
const MOST_BYTES: f64 = 5_000_000.0;

/// Why a file is not read. Nothing of it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FileProblem {
    TooLarge,
    Workbook,
    Unreadable,
}

impl FileProblem {
    fn text(self) -> &'static str {
        match self {
            Self::TooLarge => "The file is larger than 5 MB. Split it, or paste the part you need.",
            Self::Workbook => "This is a workbook or an archive. Save the sheet as CSV and choose that file.",
            Self::Unreadable => "Your browser couldn’t read the file. Choose it again.",
        }
    }
}

/// The text of a file.
async fn read_file(file: &web_sys::File) -> Result<String, FileProblem> {
    if file.size() > MOST_BYTES {
        return Err(FileProblem::TooLarge);
    }
    let buffer = JsFuture::from(file.array_buffer()).await.map_err(|_| FileProblem::Unreadable)?;
    let bytes = js_sys::Uint8Array::new(&buffer).to_vec();
    // Workbooks are ZIP archives. Older ones are compound files.
    let is_workbook = bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0");
    if is_workbook { Err(FileProblem::Workbook) } else { Ok(decode(&bytes)) }
}

/// The field inside takes dropped files. Below it a file can be chosen. The file replaces the text.
#[component]
pub(crate) fn ListFile(
    text: RwSignal<String>,
    label: &'static str,
    /// The endings of files that can be chosen.
    accept: &'static str,
    children: Children,
) -> impl IntoView {
    let problem = RwSignal::new(None::<(String, FileProblem)>);
    let is_over = RwSignal::new(false);
    let open = move |files: Option<web_sys::FileList>| {
        let Some(file) = files.and_then(|files| files.get(0)) else { return };
        spawn_local(async move {
            match read_file(&file).await {
                Ok(content) => {
                    problem.set(None);
                    text.set(content);
                }
                Err(why) => problem.set(Some((inline_text(&file.name()), why))),
            }
        });
    };
    let drop = move |event: web_sys::DragEvent| {
        is_over.set(false);
        if let Some(files) = event.data_transfer().and_then(|data| data.files()).filter(|files| files.length() != 0) {
            event.prevent_default();
            open(Some(files));
        }
    };
    let drag = move |event: web_sys::DragEvent| {
        event.prevent_default();
        is_over.set(true);
    };
    let id = unique_id("file");
    let choose = move |event: web_sys::Event| {
        let input: web_sys::HtmlInputElement = event_target(&event);
        open(input.files());
        // The same file can be chosen again.
        input.set_value("");
    };
    view! {
        <div class="list-file" class:is-over=move || is_over.get() on:dragover=drag on:dragleave=move |_| is_over.set(false) on:drop=drop>
            {children()}
            <label class="list-file__label" for=id.clone()>{label}</label>
            <input class="list-file__input" type="file" id=id accept=accept on:change=choose/>
        </div>
        {dynamic(move || problem.get().map(|(name, why)| view! {
            <Banner tone=Tone::Danger title=format!("Couldn’t read “{name}”")><p>{why.text()}</p></Banner>
        }))}
    }
}
