//! Text that stays true when something else changes the page, such as a translator that ignores `translate="no"`.
//!
//! Such programs take text nodes out of the page and put others in their place. Leptos goes on writing into its own nodes,
//! which no one sees any more, and it puts new views beside them, which then get lost.
//!
//! Invariant: a text node of Leptos is in the page until Leptos removes it, and an [`exact`] text reads as it was given.

use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Element, MutationObserver, MutationRecord, Node, NodeList};

/// The attribute with the text that an element has to show.
const TRUTH: &str = "data-exact";

/// How often a text is put back in place. After that it moves to a shadow root, which translators do not enter.
const MOST_REPAIRS: u32 = 3;

/// Text that is drawn again when something else changes it: counts, amounts, and names in confirmations.
pub(crate) fn exact<M>(text: impl IntoReactiveValue<Signal<String>, M>) -> AnyView {
    // Not generic, so that it is compiled once.
    fn view(text: Signal<String>) -> AnyView {
        view! { <span translate="no" data-exact=move || text.get() prop:textContent=move || text.get()></span> }
            .into_any()
    }
    view(text.into_reactive_value())
}

/// An [`exact`] text that does not change.
pub(crate) fn exact_text(text: String) -> AnyView {
    view! { <span translate="no" data-exact=text.clone() prop:textContent=text></span> }.into_any()
}

/// Repairs text for as long as the page lives. What is outside of the elements that match `ours` is left alone.
///
/// Leptos never replaces a node in one step, and never makes a `<font>`. This tells its changes from those of others.
pub(crate) fn keep_text_true(ours: &'static str) {
    let repairs = Repairs { ours, counts: js_sys::WeakMap::new(), truths: js_sys::WeakMap::new() };
    // What was changed before.
    let texts = document().query_selector_all("[data-exact]").map(|texts| nodes(&texts)).unwrap_or_default();
    texts.iter().filter_map(JsCast::dyn_ref).for_each(|text| repairs.redraw(text));
    let on_change = Closure::<dyn Fn(js_sys::Array, MutationObserver)>::new(
        move |records: js_sys::Array, observer: MutationObserver| {
            records.iter().for_each(|record| repairs.check(record.unchecked_ref()));
            // The repairs themselves.
            observer.take_records();
        },
    );
    let observer = MutationObserver::new(on_change.as_ref().unchecked_ref());
    if let (Ok(observer), Some(body)) = (observer, document().body()) {
        let watched = web_sys::MutationObserverInit::new();
        watched.set_subtree(true);
        watched.set_child_list(true);
        watched.set_character_data(true);
        watched.set_attribute_filter(&js_sys::Array::of1(&JsValue::from_str(TRUTH)));
        // Observing an element of the page cannot fail.
        drop(observer.observe_with_options(&body, &watched));
    }
    on_change.forget();
}

struct Repairs {
    ours: &'static str,
    /// How often each node was repaired.
    counts: js_sys::WeakMap,
    /// The text that an element had to show when it was repaired last.
    truths: js_sys::WeakMap,
}

impl Repairs {
    fn check(&self, record: &MutationRecord) {
        let Some(target) = record.target() else { return };
        let element = target.dyn_ref().cloned().or_else(|| target.parent_element());
        let closest = |selector| element.as_ref().and_then(|it: &Element| it.closest(selector).ok().flatten());
        if let Some(exact) = closest("[data-exact]") {
            self.redraw(&exact);
        } else if closest(self.ours).is_some() {
            self.restore(&target, record);
        }
    }

    /// Counts a repair of a node. Returns how many there were, with this one.
    fn count(&self, node: &Node) -> u32 {
        let count = self.count_of(node) + 1;
        self.counts.set(node, &JsValue::from(count));
        count
    }

    fn count_of(&self, node: &Node) -> u32 {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small count")]
        let count = self.counts.get(node).as_f64().unwrap_or_default() as u32;
        count
    }

    /// Shows the true text of an element again.
    fn redraw(&self, element: &Element) {
        let truth = element.get_attribute(TRUTH).unwrap_or_default();
        let shown = element.text_content().unwrap_or_default();
        if let Some(shadow) = element.shadow_root() {
            if let Some(inner) = shadow.first_child().filter(|_| shadow.text_content().as_ref() != Some(&truth)) {
                inner.set_text_content(Some(&truth));
            }
            if !shown.is_empty() {
                element.set_text_content(None);
            }
        } else if shown != truth {
            let new_truth = JsValue::from_str(&truth);
            if self.truths.get(element) != new_truth {
                self.truths.set(element, &new_truth);
                self.counts.delete(element);
            }
            if self.count(element) > MOST_REPAIRS && sheltered(element).is_some() {
                return self.redraw(element);
            }
            // A changed text is noticed by fewer programs than a new node.
            let place = innermost(element);
            let text = place.first_child().filter(|_| place.text_content().as_ref() == Some(&shown));
            match text.filter(|text| is_text(text) && text.next_sibling().is_none()) {
                Some(text) => text.set_node_value(Some(&truth)),
                None => element.set_text_content(Some(&truth)),
            }
        }
    }

    /// Puts text nodes back that were replaced. The first time they go into the element that replaced them, because
    /// translators leave their own elements alone.
    fn restore(&self, target: &Node, record: &MutationRecord) {
        let removed = nodes(&record.removed_nodes());
        if !removed.iter().any(|node| is_text(node) && !node.is_connected()) {
            return;
        }
        let is_known = removed.iter().any(|node| self.count_of(node) != 0);
        let is_foreign = target.dyn_ref::<Element>().is_some_and(|it| it.closest("font").is_ok_and(|it| it.is_some()));
        if is_foreign && !is_known {
            return;
        }
        let added = nodes(&record.added_nodes());
        let replacements: Vec<Node> = match added.is_empty() {
            // Some insert first, and remove in a second step.
            true => [record.previous_sibling(), record.next_sibling()].into_iter().flatten().filter(is_font).collect(),
            false => added,
        };
        let mut replacements = replacements.into_iter().filter(|node| node.parent_node().as_ref() == Some(target));
        let Some(place) = replacements.next() else { return remove_empty(target) };
        let counts: Vec<u32> = removed.iter().map(|node| self.count(node)).collect();
        match (removed.as_slice(), place.dyn_ref::<Element>()) {
            ([text], Some(wrapper)) if counts == [1] => innermost(wrapper).replace_children_with_node_1(text),
            _ => {
                for (node, count) in removed.iter().zip(counts) {
                    let sheltered = (is_text(node) && count > MOST_REPAIRS).then(|| shelter(node)).flatten();
                    drop(target.insert_before(sheltered.as_ref().unwrap_or(node), Some(&place)));
                }
                drop(target.remove_child(&place));
            }
        }
        for rest in replacements {
            drop(target.remove_child(&rest));
        }
    }
}

/// Removes the elements of a translator around a text that has gone.
fn remove_empty(target: &Node) {
    let mut empty = Some(target.clone());
    while let Some(node) = empty.filter(|node| is_font(node) && !node.has_child_nodes()) {
        empty = node.parent_node();
        node.unchecked_ref::<Element>().remove();
    }
}

/// Puts a text node into an element of a shadow root of its own. Returns the host.
fn shelter(text: &Node) -> Option<Node> {
    let host = document().create_element("span").ok()?;
    drop(sheltered(&host)?.append_child(text));
    Some(host.into())
}

/// An empty element in a new shadow root of this one.
fn sheltered(host: &Element) -> Option<Element> {
    let inner = document().create_element("span").ok()?;
    let shadow = host.attach_shadow(&web_sys::ShadowRootInit::new(web_sys::ShadowRootMode::Open)).ok()?;
    drop(shadow.append_child(&inner));
    Some(inner)
}

/// The first element inside that has no element in it.
fn innermost(element: &Element) -> Element {
    let inside = std::iter::successors(Some(element.clone()), Element::first_element_child);
    inside.last().unwrap_or_else(|| element.clone())
}

fn nodes(list: &NodeList) -> Vec<Node> {
    (0..list.length()).filter_map(|at| list.item(at)).collect()
}

fn is_text(node: &Node) -> bool {
    node.node_type() == Node::TEXT_NODE
}

fn is_font(node: &Node) -> bool {
    node.node_name() == "FONT"
}
