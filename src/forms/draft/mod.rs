//! Drafts: forms as JSON, keyed by the names of their fields.
//!
//! Invariant: a draft of another release is still read. A field that the draft does not hold is taken from the present
//! form, and a field that the form does not have is ignored.

mod positional;
mod undo;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use super::{Form, FormField as _, NewWorkspace, Value, WorkspaceField};
use crate::domain::SamplingRate;

pub use positional::Positional;
pub use undo::{read_undo, undo_draft};

/// The format that is written. Version 1 was a list of texts without names, see [`Positional`]. Version 2 had the sampling
/// rate as a fraction.
const VERSION: u32 = 3;

pub type Fields = Map<String, Json>;

/// What can be kept as a draft.
pub trait Draft: Clone + Positional {
    fn write_fields(&self, fields: &mut Fields);
    fn read_fields(&mut self, fields: &Fields);
}

impl<F: Form> Draft for F {
    fn write_fields(&self, fields: &mut Fields) {
        for field in F::Field::ALL {
            // A value of texts and switches always has a JSON form.
            let value = serde_json::to_value(self.get(*field)).unwrap_or_default();
            fields.insert(field.wire_name().to_owned(), value);
        }
    }

    fn read_fields(&mut self, fields: &Fields) {
        for field in F::Field::ALL {
            if let Some(value) = fields.get(field.wire_name()).and_then(|json| Value::deserialize(json).ok()) {
                self.set(*field, value);
            }
        }
    }
}

impl Draft for NewWorkspace {
    fn write_fields(&self, fields: &mut Fields) {
        self.workspace.write_fields(fields);
        self.ladder.write_fields(fields);
    }

    fn read_fields(&mut self, fields: &Fields) {
        self.workspace.read_fields(fields);
        self.ladder.read_fields(fields);
    }
}

#[derive(Serialize, Deserialize)]
struct Kept {
    version: u32,
    form: Fields,
    base: Fields,
}

/// A form, and the form that the editing began with, as text.
pub fn write<T: Draft>(form: &T, base: &T) -> String {
    let fields = |form: &T| {
        let mut fields = Fields::new();
        form.write_fields(&mut fields);
        fields
    };
    let kept = Kept { version: VERSION, form: fields(form), base: fields(base) };
    serde_json::to_string(&kept).unwrap_or_default()
}

/// Reads what [`write`] wrote: the form, and the form that the editing began with. `current` gives the fields that the
/// draft does not hold. `None` for a text that is no draft.
pub fn read<T: Draft>(kept: &str, current: &T) -> Option<(T, T)> {
    let Kept { version, mut form, mut base } = match serde_json::from_str(kept).ok()? {
        Json::Array(texts) => {
            let mut texts = texts.into_iter().map(|text| text.as_str().unwrap_or_default().to_owned());
            Kept { version: 1, form: T::read_positional(&mut texts)?, base: T::read_positional(&mut texts)? }
        }
        named => Kept::deserialize(named).ok()?,
    };
    if version < 3 {
        [&mut form, &mut base].into_iter().for_each(write_rate_as_percentage);
    }
    let mut began = current.clone();
    began.read_fields(&base);
    let mut edited = began.clone();
    edited.read_fields(&form);
    Some((edited, began))
}

/// A rate that could not be read stays as it was typed.
fn write_rate_as_percentage(fields: &mut Fields) {
    if let Some(Json::String(rate)) = fields.get_mut(WorkspaceField::SamplingRate.wire_name())
        && let Ok(read) = SamplingRate::parse(rate)
    {
        *rate = read.percent_digits();
    }
}

#[cfg(test)]
mod tests;
