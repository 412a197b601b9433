//! The services of the page, with an API that the tests answer for.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use console::components::FirstView;
use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsValue;
use leptos::wasm_bindgen::closure::Closure;

use super::ui_harness::until;

thread_local! {
    static WORLD: OnceCell<Owner> = const { OnceCell::new() };
    /// The workspaces that the API lists. Until they are set, it does not answer.
    pub static LISTED: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Answers requests in place of the API.
async fn answer(url: String) -> Result<JsValue, JsValue> {
    let body = if url.contains("/workspaces") {
        until("the list is to be answered", || LISTED.with_borrow(Option::is_some)).await;
        LISTED
            .with_borrow(|listed| format!(r#"{{"data":[{}],"total_count":1}}"#, listed.as_deref().unwrap_or_default()))
    } else if url.ends_with("/key") {
        r#"{"data":{"label":"sk-...","is_management_key":true}}"#.to_owned()
    } else {
        r#"{"data":[]}"#.to_owned()
    };
    let headers = web_sys::Headers::new()?;
    headers.append("content-type", "application/json")?;
    let init = web_sys::ResponseInit::new();
    init.set_headers(&headers);
    Ok(web_sys::Response::new_with_opt_str_and_init(Some(&body), &init)?.into())
}

fn replace_fetch() {
    let fetch = Closure::<dyn Fn(JsValue) -> js_sys::Promise>::new(|request: JsValue| {
        let url = js_sys::Reflect::get(&request, &"url".into()).unwrap().as_string().unwrap();
        wasm_bindgen_futures::future_to_promise(answer(url))
    });
    js_sys::Reflect::set(&window(), &"fetch".into(), fetch.as_ref()).unwrap();
    fetch.forget();
}

/// Runs something with the services of the page. They live as long as the page: its listeners are never removed.
pub fn in_app<T>(run: impl FnOnce() -> T) -> T {
    WORLD.with(|world| {
        let world = world.get_or_init(|| {
            replace_fetch();
            let owner = Rc::new(RefCell::new(None));
            let made = owner.clone();
            mount_to(document().body().unwrap(), move || {
                provide_context(FirstView(StoredValue::new(true)));
                console::app::provide_services();
                *made.borrow_mut() = Owner::current();
            })
            .forget();
            owner.take().unwrap()
        });
        world.with(run)
    })
}
