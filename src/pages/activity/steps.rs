//! What an action sent: one item for each request. Long lists are drawn a page at a time.

use leptos::prelude::*;

use super::rows::ActivityRows;
use crate::activity::{
    ActivityRecord, ActivityStep, FieldChange, NamedWorkspace, RecordId, SentRequest, StepOutcome, curl, outcome_label,
};
use crate::api::transport::DEFAULT_BASE;
use crate::browser::setting;
use crate::domain::text::counted;
use crate::domain::{UserId, inline_text};
use crate::ui::{Badge, BadgeTone, Button, CopyButton, Disclosure, dynamic, exact, exact_text};

/// How many more steps are drawn at a time.
const PAGE: usize = 20;
/// The most people that are named before the rest is folded.
const NAMED: usize = 10;

/// The part of a record that is drawn.
#[derive(Clone, PartialEq, Default)]
struct Drawn {
    steps: Vec<ActivityStep>,
    /// How many steps follow.
    rest: usize,
    dropped: usize,
    workspaces: Vec<NamedWorkspace>,
}

impl Drawn {
    fn of(record: &ActivityRecord, count: usize) -> Self {
        Self {
            steps: record.steps.iter().take(count).cloned().collect(),
            rest: record.steps.len().saturating_sub(count),
            dropped: record.dropped,
            workspaces: record.workspaces.clone(),
        }
    }
}

#[component]
pub(super) fn Steps(rows: ActivityRows, id: RecordId) -> impl IntoView {
    let count = RwSignal::new(PAGE);
    let drawn = Memo::new(move |_| {
        let count = count.get();
        rows.log.with_record(&id, |record| Drawn::of(record, count)).unwrap_or_default()
    });
    let rest = Memo::new(move |_| drawn.with(|drawn| drawn.rest));
    let dropped = move || match drawn.with(|drawn| drawn.dropped) {
        0 => None,
        dropped => Some(format!("The first {} no longer kept.", counted(dropped, "request is", "requests are"))),
    };
    let is_empty = move || drawn.with(|drawn| drawn.steps.is_empty());
    view! {
        {move || dropped().map(|text| view! { <p class="muted">{text}</p> })}
        {move || is_empty().then(|| view! { <p class={"muted"}>{"No request was sent."}</p> })}
        <ol class="activity__steps">
            <For
                each=move || 0..drawn.with(|drawn| drawn.steps.len())
                key=|at| *at
                children=move |at| {
                    let step = Memo::new(move |_| drawn.with(|drawn| drawn.steps.get(at).cloned()));
                    dynamic(move || step.get().map(|step| view! { <StepItem rows=rows step=step drawn=drawn/> }))
                }
            />
        </ol>
        <Show when=move || rest.get() != 0>
            <Button on_click=move |()| count.update(|count| *count += PAGE)>
                {exact(move || format!("Show {} more", counted(rest.get().min(PAGE), "request", "requests")))}
            </Button>
        </Show>
    }
}

#[component]
fn StepItem(rows: ActivityRows, step: ActivityStep, drawn: Memo<Drawn>) -> impl IntoView {
    let ActivityStep { workspace, people, changes, request, status, outcome, message } = step;
    let named = drawn.with_untracked(|drawn| match &drawn.workspaces[..] {
        [one] => Some(one.clone()),
        many => many.iter().find(|it| it.id == workspace).cloned(),
    });
    let place = named.map(|it| {
        let id = workspace.as_ref().or(it.id.as_ref()).map(ToString::to_string).unwrap_or_default();
        view! {
            <span class="activity__place">
                <bdi>{exact_text(inline_text(&it.name))}</bdi>
                " "
                <bdi class="mono muted">{exact_text(id)}</bdi>
            </span>
        }
        .into_any()
    });
    let sent = request.as_ref().map(|it| {
        view! { <code class="activity__request"><bdi>{format!("{} {}", it.operation.method(), it.target)}</bdi></code> }
    });
    let operation = request.as_ref().map(|it| it.operation.name());
    let status = status.map(|status| view! { <span class="muted">{format!("HTTP {status}")}</span> });
    view! {
        <li class="activity__step">
            <div class="activity__line">
                <Badge tone=tone(outcome)>{outcome_label(outcome)}</Badge>
                {status}
                {place}
            </div>
            {(!message.is_empty()).then(|| view! { <p class="activity__message"><bdi>{exact_text(message)}</bdi></p> })}
            {(!changes.is_empty()).then(|| changes_list(changes))}
            {(!people.is_empty()).then(|| view! { <People rows=rows people=people/> })}
            <div class="activity__line">
                <span class="mono muted">{operation}</span>
                {sent}
            </div>
            {request.map(|request| view! { <Curl request=request/> })}
        </li>
    }
}

/// Values before and after.
fn changes_list(changes: Vec<FieldChange>) -> AnyView {
    let shown = |text: String| if text.is_empty() { "empty".to_owned() } else { text };
    let item = |FieldChange { field, from, to }| {
        view! {
            <div class="activity__change">
                <dt>{exact_text(field)}</dt>
                <dd>
                    <span class="visually-hidden">{"from "}</span>
                    <del><bdi>{exact_text(shown(from))}</bdi></del>
                    <span aria-hidden="true">{" → "}</span>
                    <span class="visually-hidden">{" to "}</span>
                    <ins><bdi>{exact_text(shown(to))}</bdi></ins>
                </dd>
            </div>
        }
        .into_any()
    };
    view! { <dl class="activity__changes">{changes.into_iter().map(item).collect_view()}</dl> }.into_any()
}

/// The people of a step, by name and ID.
#[component]
fn People(rows: ActivityRows, people: Vec<UserId>) -> impl IntoView {
    let count = people.len();
    let item = move |id: &UserId| {
        let (person, text) = (id.clone(), id.to_string());
        let name = move || match rows.name_of(&person) {
            name if name == person.as_str() => None,
            name => Some(view! { <bdi>{exact_text(inline_text(&name))}</bdi>" " }),
        };
        view! { <li>{move || name()}<bdi class="mono muted">{exact_text(text)}</bdi></li> }.into_any()
    };
    let list = move || {
        let items = people.iter().map(item).collect_view();
        view! { <ul class="activity__people">{items}</ul> }.into_any()
    };
    if count <= NAMED {
        list()
    } else {
        let summary = counted(count, "person", "people");
        view! { <Disclosure summary=summary>{list()}</Disclosure> }.into_any()
    }
}

#[component]
fn Curl(request: SentRequest) -> impl IntoView {
    let (base, is_own_host) = base();
    let command = curl(&base, is_own_host, &request);
    let copied = command.clone();
    view! {
        <Disclosure summary="Request as curl">
            <div class="activity__curl">
                <pre class="activity__command" tabindex="0"><code>{exact_text(command)}</code></pre>
                <CopyButton text=Signal::stored(copied) label="Copy curl command"/>
            </div>
        </Disclosure>
    }
}

/// The absolute address of the API, and whether the console's own host has it.
fn base() -> (String, bool) {
    let base = setting("api-base").unwrap_or_else(|| DEFAULT_BASE.to_owned());
    let is_own_host = base.starts_with('/');
    let origin = if is_own_host { window().location().origin().unwrap_or_default() } else { String::new() };
    ([origin, base].concat(), is_own_host)
}

fn tone(outcome: StepOutcome) -> BadgeTone {
    match outcome {
        StepOutcome::Running => BadgeTone::Info,
        StepOutcome::Done => BadgeTone::Success,
        StepOutcome::Refused | StepOutcome::NotApplied | StepOutcome::Conflict => BadgeTone::Danger,
        StepOutcome::Unknown => BadgeTone::Warning,
    }
}
