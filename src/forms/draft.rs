//! Forms that outlive a reload, as texts.
//!
//! Invariant: what was written is read back as it was, or not at all.

/// A form that can be kept.
pub trait Draft: Sized {
    /// All values as texts, in the fields' order.
    fn to_texts(&self) -> Vec<String>;
    /// The form that [`Self::to_texts`] wrote; `None` where a text is missing.
    fn from_texts(texts: &mut std::vec::IntoIter<String>) -> Option<Self>;
}
