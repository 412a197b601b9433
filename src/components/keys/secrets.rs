//! Hands over the secrets of the new API keys of a rotation, once, and then offers to disable the old ones.
//!
//! Invariant: a secret is in the document only while it is shown. All are dropped when the dialog closes. Closing or leaving
//! without having copied all of them asks first.

use std::collections::HashSet;
use std::sync::Arc;

use leptos::prelude::*;

use super::list::KeysList;
use super::secret::{SecretField, ask_before_leaving};
use super::ways::{KeyWays, PlacedKeys};
use crate::api::IssuedKey;
use crate::components::{JobPanels, LeaveDialog};
use crate::csv;
use crate::domain::text::{counted, format_count, verb_counted};
use crate::domain::{KeyHash, inline_text};
use crate::jobs::JobKind;
use crate::search::keys::KeyRow;
use crate::ui::{Banner, Button, ButtonVariant, CopyButton, Dialog, Tone};

/// A new key with its secret, and the one that it replaces.
#[derive(Clone)]
struct Successor {
    new: Arc<IssuedKey>,
    old: KeyHash,
}

impl Successor {
    fn name(&self) -> String {
        inline_text(&self.new.key.title())
    }

    fn hash(&self) -> KeyHash {
        self.new.key.hash.clone()
    }
}

/// The secrets of ended rotations that are still to be handed over.
#[derive(Clone, Copy)]
pub(super) struct Handover {
    all: RwSignal<Vec<Successor>>,
    /// The new keys whose secret was copied.
    copied: RwSignal<HashSet<KeyHash>>,
    /// The old keys, once the secrets were handed over.
    replaced: RwSignal<HashSet<KeyHash>>,
    pub is_open: Memo<bool>,
}

impl Handover {
    /// Takes the secrets out of the jobs of these panels.
    pub(super) fn new(panels: JobPanels) -> Self {
        let all = RwSignal::new(Vec::<Successor>::new());
        // Outside world: the job, which gives its secrets away once.
        Effect::new(move |_| {
            if panels.job.is_running.get() {
                return;
            }
            let new = panels.job.take_issued();
            let hash_at = |at: usize| {
                panels.job.snapshot.with_untracked(|job| Some(job.as_ref()?.about.get(at)?.key.as_ref()?.hash.clone()))
            };
            let successors =
                new.into_iter().filter_map(|(at, new)| Some(Successor { new: Arc::new(new), old: hash_at(at)? }));
            let successors: Vec<Successor> = successors.collect();
            if !successors.is_empty() {
                all.update(|all| all.extend(successors));
            }
        });
        Self {
            all,
            copied: RwSignal::default(),
            replaced: RwSignal::default(),
            is_open: Memo::new(move |_| all.with(|all| !all.is_empty())),
        }
    }

    /// How many secrets were not copied, of how many.
    fn uncopied(self) -> (usize, usize) {
        self.all.with(|all| {
            let uncopied =
                self.copied.with(|copied| all.iter().filter(|it| !copied.contains(&it.new.key.hash)).count());
            (uncopied, all.len())
        })
    }

    fn finish(self) {
        let all = self.all.try_update(std::mem::take).unwrap_or_default();
        self.copied.set(HashSet::new());
        self.replaced.set(all.into_iter().map(|it| it.old).collect());
    }

    /// All secrets, as a spreadsheet takes them.
    fn table(self) -> String {
        let row = |it: &Successor| vec![it.name(), it.new.key.label.clone(), it.new.secret.reveal().to_owned()];
        self.all.with(|all| csv::for_clipboard(all.iter().map(row)))
    }
}

#[component]
pub(super) fn SecretsDialog(handover: Handover) -> impl IntoView {
    let is_asked = RwSignal::new(false);
    let is_kept = Memo::new(move |_| handover.uncopied().0 != 0);
    ask_before_leaving(move || is_kept.get());
    let finish = move || {
        is_asked.set(false);
        handover.finish();
    };
    let close = Callback::new(move |()| if is_kept.get_untracked() { is_asked.set(true) } else { finish() });
    let question = move || {
        let (uncopied, all) = handover.uncopied();
        format!(
            "You haven’t copied {} of {}. You can’t see them again.",
            format_count(uncopied),
            counted(all, "secret", "secrets")
        )
    };
    let footer = move || match is_asked.get() && is_kept.get() {
        false => view! { <Button variant=ButtonVariant::Primary on_click=close>"Done"</Button> }.into_any(),
        true => view! {
            <span role="alert">{question()}</span>
            <Button on_click=move |()| is_asked.set(false) autofocus=true>"Keep open"</Button>
            <Button variant=ButtonVariant::Danger on_click=move |()| finish()>"Close without copying"</Button>
        }
        .into_any(),
    };
    let title = move || {
        let (_, count) = handover.uncopied();
        format!("{} created", counted(count, "new API key was", "new API keys were"))
    };
    view! {
        <Dialog
            open=handover.is_open
            on_close=close
            title=Signal::derive(title)
            footer=move || view! { <div class="secret__footer">{move || footer()}</div> }.into_any()
        >
            <Secrets handover=handover/>
        </Dialog>
        // Another view asks for itself, so this question is there only with the secrets.
        <Show when=move || handover.is_open.get()>
            <LeaveDialog
                title="Leave without copying the secrets?"
                what="The secrets of the new API keys are shown only here, and only once. If you leave, those that you haven’t copied are lost."
                leave_words="Leave without copying"
                stay_words="Stay on page"
            />
        </Show>
    }
}

#[component]
fn Secrets(handover: Handover) -> impl IntoView {
    let all = handover.all.get_untracked();
    let copied_all = Callback::new(move |()| {
        let hashes = handover.all.with_untracked(|all| all.iter().map(Successor::hash).collect());
        handover.copied.set(hashes);
    });
    let item = move |it: Successor| {
        let (name, note, hash) = (it.name(), inline_text(&it.new.key.label), it.hash());
        let secret = Signal::derive(move || it.new.secret.reveal().to_owned());
        let copied = Callback::new(move |()| {
            handover.copied.update(|copied| {
                copied.insert(hash.clone());
            });
        });
        view! { <li><SecretField secret=secret label=name note=note on_copied=copied/></li> }
    };
    let is_several = all.len() > 1;
    view! {
        <Banner tone=Tone::Warning title="Copy the secrets now">
            <p>{"The API tells them only once. Store them where the people and programs that need them find them, such as a password manager."}</p>
            {is_several.then(|| view! {
                <div class="secret__buttons">
                    <CopyButton text=Signal::derive(move || handover.table()) label="Copy all secrets" has_text=true on_copied=copied_all/>
                </div>
            })}
        </Banner>
        <ul class="secrets">{all.into_iter().map(item).collect_view()}</ul>
    }
}

/// The last step of a rotation: the old keys are disabled, now or later.
#[component]
pub(super) fn OldKeysDialog(list: KeysList, handover: Handover, ways: KeyWays) -> impl IntoView {
    // As they are now, without those that no longer work.
    let old = Memo::new(move |_| {
        let replaced = handover.replaced.get();
        let is_old = |row: &&Arc<KeyRow>| replaced.contains(&row.key.hash) && !row.key.disabled;
        let placed = |row: &Arc<KeyRow>| (row.workspace.clone(), row.key.clone());
        list.all.with(|all| all.iter().filter(is_old).map(placed).collect::<PlacedKeys>())
    });
    let close = Callback::new(move |()| handover.replaced.set(HashSet::new()));
    let count = move || old.with(Vec::len);
    let disable = move |()| {
        let keys = old.get_untracked();
        close.run(());
        ways.open(JobKind::DisableKeys, keys);
    };
    view! {
        <Dialog
            open=Signal::derive(move || count() != 0)
            on_close=close
            title=Signal::derive(move || verb_counted("Disable", count(), "old API key", "old API keys") + "?")
            footer=move || view! {
                <Button on_click=close autofocus=true>"Later"</Button>
                <Button variant=ButtonVariant::Primary on_click=disable>
                    {move || verb_counted("Disable", count(), "old API key", "old API keys") + "…"}
                </Button>
            }
            .into_any()
        >
            <p>{"When the new secrets are in use everywhere, disable the old API keys. Until then, both work. You can also do it later, in the list."}</p>
        </Dialog>
    }
}
