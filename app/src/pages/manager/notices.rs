//! Which letters go to whom, and when few licences are few.

use leptos::prelude::*;
use seatwise_domain::letter::{Audience, LetterKind};
use seatwise_domain::wire::{NoticeOff, NoticeReceiver, Notices};
use web_sys::SubmitEvent;

use super::settings::{SettingsHead, keep};
use crate::client;
use crate::load::{Loaded, Submission};
use crate::session::Account;
use crate::ui::{Card, Field, Send, Table, Toasts, Trouble, Waiting};
use crate::words::{self, notice_texts, texts};

/// The notices.
#[component]
pub(crate) fn NoticesPage() -> impl IntoView {
    let account = Account::expect();
    let notices = Loaded::new(move || client::notices(account.company_id()));
    // A form that somebody fills in isn't drawn again because the window was looked at.
    let first = Memo::new(move |before: Option<&Option<Notices>>| match before {
        Some(Some(before)) => Some(before.clone()),
        _ => notices.value(),
    });
    view! {
        <SettingsHead page=texts().notices()/>
        {move || match first.get() {
            Some(notices) => view! { <NoticesForm notices=notices/> }.into_any(),
            None => view! { <Waiting on=notices show=|_| ()/> }.into_any(),
        }}
    }
}

/// The letters that aren't wanted.
type Off = RwSignal<Vec<NoticeOff>>;

#[component]
fn NoticesForm(notices: Notices) -> impl IntoView {
    let account = Account::expect();
    let off: Off = RwSignal::new(notices.off.clone());
    let saved = RwSignal::new(in_order(Notices { managers: Vec::new(), ..notices.clone() }));
    let field = |number: Option<i64>| RwSignal::new(number.map(|number| number.to_string()).unwrap_or_default());
    let (first, second) = (field(notices.remind_first), field(notices.remind_second));
    let (user, content) = (field(notices.low_user), field(notices.low_content));
    let mut managers = notices.managers;
    managers.sort_by_key(|manager| manager.name.to_lowercase());
    let managers = StoredValue::new(managers);
    let form = Submission::new();
    let toasts = Toasts::expect();
    let chosen = Memo::new(move |_| {
        in_order(Notices {
            off: off.get(),
            remind_first: number_in(first),
            remind_second: number_in(second),
            low_user: number_in(user),
            low_content: number_in(content),
            managers: Vec::new(),
        })
    });
    keep(Memo::new(move |_| chosen.get() != saved.get()));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let notices = chosen.get_untracked();
        form.send(client::change_notices(account.company_id(), &notices), move |_| {
            saved.set(notices);
            toasts.tell(notice_texts().notices_saved().to_owned())
        });
    };
    let head = vec![
        (texts().letter(), false),
        (texts().managers(), false),
        (texts().account_manager(), false),
        (notice_texts().learners(), false),
    ];
    // Letters to managers first: they are who chooses.
    let to_managers = |letter: &LetterKind| letter.chosen_for().contains(&Audience::Managers);
    let (ours, theirs): (Vec<LetterKind>, Vec<LetterKind>) =
        LetterKind::ALL.iter().copied().filter(|letter| !letter.chosen_for().is_empty()).partition(to_managers);
    let rows = ours.into_iter().chain(theirs).map(|letter| row(letter, off, managers)).collect_view();
    view! {
        <form class="stack" on:submit=submit novalidate>
            <section class="card notices">
                <header><h2>{notice_texts().which_letters()}</h2></header>
                <p class="inset calm">{notice_texts().which_letters_text()}</p>
                <p class="problem inset" role="alert">{form.about("off")}</p>
                <Table label=notice_texts().which_letters() head=head>{rows}</Table>
            </section>
            <div class="pair">
                <Card title=notice_texts().invite_reminders()>
                    <Field name="remind_first" label=notice_texts().remind_first() value=first inputmode="numeric" hint=notice_texts().never_if_empty() problem=form.about("remind_first")/>
                    <Field name="remind_second" label=notice_texts().remind_second() value=second inputmode="numeric" hint=notice_texts().never_if_empty() problem=form.about("remind_second")/>
                </Card>
                <Card title=notice_texts().few_licences()>
                    <Field name="low_user" label=notice_texts().low_user() value=user inputmode="numeric" hint=notice_texts().never_if_empty() problem=form.about("low_user")/>
                    <Field name="low_content" label=notice_texts().low_content() value=content inputmode="numeric" hint=notice_texts().never_if_empty() problem=form.about("low_content")/>
                </Card>
            </div>
            <Trouble failure=form.failure/>
            <p class="do"><Send label=texts().save() busy=form.busy/></p>
        </form>
    }
}

/// The same, whatever the order in which letters were switched off.
fn in_order(mut notices: Notices) -> Notices {
    notices.off.sort_by(|one, other| (one.letter.as_str(), &one.receiver).cmp(&(other.letter.as_str(), &other.receiver)));
    notices
}

/// The number in a field; nothing where it is empty. What is no number is told by the API.
fn number_in(field: RwSignal<String>) -> Option<i64> {
    let text = field.get();
    Some(text.trim()).filter(|text| !text.is_empty()).map(|text| text.parse().unwrap_or(-1))
}

fn row(letter: LetterKind, off: Off, managers: StoredValue<Vec<NoticeReceiver>>) -> impl IntoView {
    let cell = move |audience: Audience| {
        let label = match audience {
            Audience::Managers => texts().managers(),
            Audience::AccountManager => texts().account_manager(),
            Audience::Learners => notice_texts().learners(),
        };
        let tick = letter.chosen_for().contains(&audience).then(|| {
            let name = notice_texts().letter_to(words::letter(letter), label);
            view! { <label class="tick">{tick(letter, audience.as_str().to_owned(), off, Some(name))}</label> }
        });
        view! { <td data-label=label>{tick.map_or_else(|| "—".into_any(), IntoAny::into_any)}</td> }
    };
    let told = letter.chosen_for().contains(&Audience::Managers) && managers.with_value(|managers| managers.len() > 1);
    let single = told.then(|| view! { <Single letter=letter off=off managers=managers/> });
    view! {
        <tr>
            <td>{words::letter(letter)}<small>{words::when_letter(letter)}</small>{single}</td>
            {cell(Audience::Managers)}
            {cell(Audience::AccountManager)}
            {cell(Audience::Learners)}
        </tr>
    }
}

/// A box that is ticked while the letter is wanted.
fn tick(letter: LetterKind, receiver: String, off: Off, name: Option<String>) -> impl IntoView {
    let this = NoticeOff { letter, receiver };
    let wanted = {
        let this = this.clone();
        move || off.with(|off| !off.contains(&this))
    };
    let change = move |event| {
        let wanted = event_target_checked(&event);
        off.update(|off| {
            off.retain(|other| *other != this);
            if !wanted {
                off.push(this.clone());
            }
        });
    };
    view! { <input type="checkbox" aria-label=name prop:checked=wanted on:change=change/> }
}

/// The managers one by one, while they are told at all.
#[component]
fn Single(letter: LetterKind, off: Off, managers: StoredValue<Vec<NoticeReceiver>>) -> impl IntoView {
    let count = move |receiver: &str| {
        off.with(|off| off.iter().filter(|other| other.letter == letter && other.receiver == receiver).count())
    };
    let told = Memo::new(move |_| count(Audience::Managers.as_str()) == 0);
    let left_out = move || {
        let all: usize = managers.with_value(|managers| managers.iter().map(|manager| count(&manager.id)).sum());
        let all = i64::try_from(all).unwrap_or_default();
        (all > 0).then(|| notice_texts().managers_left_out(all))
    };
    let manager = move |manager: NoticeReceiver| {
        let name = notice_texts().letter_to(words::letter(letter), &manager.name);
        view! { <li><label>{tick(letter, manager.id, off, Some(name))}<span aria-hidden="true">{manager.name}</span></label></li> }
    };
    view! {
        <Show when=move || told.get()>
            <details class="more-ways">
                <summary>{notice_texts().single_managers()} " " <small>{left_out}</small></summary>
                <ul class="ticks">{managers.get_value().into_iter().map(manager).collect_view()}</ul>
            </details>
        </Show>
    }
}
