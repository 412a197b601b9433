//! A workspace form that is being edited: its values, what was touched, and what is wrong.
//!
//! Invariant: the values are signals only here; everything else works on a plain [`WorkspaceForm`].

use crate::effect::watch;
use leptos::prelude::*;

use crate::api::WriteError;
use crate::forms::{Field, KeyScope, Problems, WorkspaceForm};

/// The form's signals.
#[derive(Clone, Copy)]
#[expect(missing_docs, reason = "the fields are those of `WorkspaceForm`")]
pub struct Editing {
    pub name: RwSignal<String>,
    pub slug: RwSignal<String>,
    pub description: RwSignal<String>,
    pub text_model: RwSignal<String>,
    pub image_model: RwSignal<String>,
    pub provider_sort: RwSignal<String>,
    pub is_io_logging: RwSignal<bool>,
    pub sampling_rate: RwSignal<String>,
    /// `all` or `listed`.
    pub key_scope: RwSignal<String>,
    pub api_key_ids: RwSignal<Vec<String>>,
    pub is_broadcast: RwSignal<bool>,
    pub is_data_discount: RwSignal<bool>,
    pub disabled_tools: RwSignal<Vec<String>>,
    touched: RwSignal<Vec<Field>>,
    own: RwSignal<Problems>,
    server: RwSignal<Vec<(Field, String, String)>>,
}

const LISTED: &str = "listed";

impl Editing {
    /// Starts from a form, with nothing touched.
    pub fn new(form: WorkspaceForm) -> Self {
        let editing = Self {
            name: RwSignal::new(String::new()),
            slug: RwSignal::new(String::new()),
            description: RwSignal::new(String::new()),
            text_model: RwSignal::new(String::new()),
            image_model: RwSignal::new(String::new()),
            provider_sort: RwSignal::new(String::new()),
            is_io_logging: RwSignal::new(false),
            sampling_rate: RwSignal::new(String::new()),
            key_scope: RwSignal::new(String::new()),
            api_key_ids: RwSignal::new(Vec::new()),
            is_broadcast: RwSignal::new(false),
            is_data_discount: RwSignal::new(false),
            disabled_tools: RwSignal::new(Vec::new()),
            touched: RwSignal::default(),
            own: RwSignal::default(),
            server: RwSignal::default(),
        };
        editing.fill(form);
        editing
    }

    /// Puts other values in; nothing counts as touched afterwards.
    pub fn fill(&self, form: WorkspaceForm) {
        self.touched.set(Vec::new());
        self.server.set(Vec::new());
        self.name.set(form.name);
        self.slug.set(form.slug);
        self.description.set(form.description);
        self.text_model.set(form.text_model);
        self.image_model.set(form.image_model);
        self.provider_sort.set(form.provider_sort);
        self.is_io_logging.set(form.is_io_logging);
        self.sampling_rate.set(form.sampling_rate);
        self.key_scope.set(if form.key_scope == KeyScope::Listed { LISTED } else { "all" }.to_owned());
        self.api_key_ids.set(form.api_key_ids);
        self.is_broadcast.set(form.is_broadcast);
        self.is_data_discount.set(form.is_data_discount);
        self.disabled_tools.set(form.disabled_tools);
    }

    /// The values as they stand; read reactively.
    pub fn form(&self) -> WorkspaceForm {
        WorkspaceForm {
            name: self.name.get(),
            slug: self.slug.get(),
            description: self.description.get(),
            text_model: self.text_model.get(),
            image_model: self.image_model.get(),
            provider_sort: self.provider_sort.get(),
            is_io_logging: self.is_io_logging.get(),
            sampling_rate: self.sampling_rate.get(),
            key_scope: if self.is_listed() { KeyScope::Listed } else { KeyScope::All },
            api_key_ids: self.api_key_ids.get(),
            is_broadcast: self.is_broadcast.get(),
            is_data_discount: self.is_data_discount.get(),
            disabled_tools: self.disabled_tools.get(),
        }
    }

    /// Whether only the listed keys are logged.
    pub fn is_listed(&self) -> bool {
        self.key_scope.with(|scope| scope == LISTED)
    }

    /// Judges the form, now and whenever it changes.
    pub fn judge(&self, problems: impl Fn(&WorkspaceForm) -> Problems + 'static) {
        let editing = *self;
        watch(move || editing.own.set(problems(&editing.form())));
    }

    /// A handler that marks a field as touched.
    pub fn touch(&self, field: Field) -> Callback<String> {
        let touched = self.touched;
        Callback::new(move |_| {
            touched.update(|touched| {
                if !touched.contains(&field) {
                    touched.push(field);
                }
            });
        })
    }

    /// A handler for when a field was left: from then on it shows that it is empty.
    pub fn leave(&self, field: Field) -> Callback<()> {
        let touch = self.touch(field);
        Callback::new(move |()| touch.run(String::new()))
    }

    /// Shows every problem, as a try to save does.
    pub fn touch_all(&self) {
        self.touched.set(Field::ALL.to_vec());
    }

    /// Puts a refusal at the field that it names, with the focus; answers it where it names none.
    pub fn place(&self, refused: WriteError) -> Option<WriteError> {
        let Some(field) = Field::named_in(&refused.error) else { return Some(refused) };
        self.refuse(field, refused.error.to_string());
        focus_first_problem();
        None
    }

    /// Puts a problem that the server found at its field, until the field's value changes.
    fn refuse(&self, field: Field, message: String) {
        let value = untrack(|| self.form().text_of(field));
        self.server.set(vec![(field, message, value)]);
    }

    /// The problem that a field shows.
    pub fn problem(&self, field: Field) -> Signal<Option<String>> {
        let editing = *self;
        Signal::derive(move || {
            let is_touched = editing.touched.with(|touched| touched.contains(&field));
            let own = editing.own.with(|problems| problems.of(field).map(str::to_owned)).filter(|_| is_touched);
            own.or_else(|| {
                editing.server.with(|refused| {
                    let (_, message, value) = refused.iter().find(|(at, ..)| *at == field)?;
                    (editing.form().text_of(field) == *value).then(|| message.clone())
                })
            })
        })
    }
}

/// Puts the focus on the first field that shows a problem.
pub fn focus_first_problem() {
    use wasm_bindgen::JsCast as _;
    request_animation_frame(|| {
        let invalid = document().query_selector("[aria-invalid=true]").ok().flatten();
        if let Some(control) = invalid.and_then(|control| control.dyn_into::<web_sys::HtmlElement>().ok()) {
            // A control that is shown cannot refuse focus.
            let _ = control.focus();
        }
    });
}
