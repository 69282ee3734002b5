//! One person: what they hold and why, and what can be done about it.

use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::{use_navigate, use_params_map};
use seatwise_domain::Kind;
use seatwise_domain::licence::Status;
use seatwise_domain::wire::{InviteLine, LetterLine, LetterState, LicenceLine, MemberPage, Why};

use super::log::Log;
use super::user_actions::{Action, Actions};
use crate::client;
use crate::load::{Loaded, Submission};
use crate::pages::not_found::{Missing, is_missing};
use crate::routes;
use crate::session::Account;
use crate::ui::{Banner, Card, Day, PageHead, Pill, Since, Table, Toasts, Trouble, Waiting};
use crate::words::{self, Tone, texts};

/// The person of the address.
#[component]
pub(crate) fn User() -> impl IntoView {
    let account = Account::expect();
    let params = use_params_map();
    let id = Memo::new(move |_| params.read().get("user").unwrap_or_default());
    let page = Loaded::new(move || client::member(account.company_id(), &id.get()));
    let doing = RwSignal::new(None::<Action>);
    let toasts = Toasts::expect();
    let navigate = use_navigate();
    let done = Callback::new(move |(news, other): (String, Option<String>)| {
        doing.set(None);
        toasts.tell(news);
        match other {
            Some(id) => navigate(&routes::user(&id), Default::default()),
            None => page.reload(),
        }
    });
    let sending = Sending { account, form: Submission::new(), page, toasts };
    let name =
        Memo::new(move |_| page.value().map(|page| words::called(page.member.name.as_deref(), &page.member.email).to_owned()));
    let missing = is_missing(page);
    view! {
        <p class="crumb"><A href=routes::USERS>{texts().users()}</A></p>
        {move || name.get().map(|name| view! { <PageHead title=name/> })}
        <Trouble failure=sending.form.failure/>
        <Show when=move || !missing.get() fallback=|| view! { <Missing to=routes::USERS label=texts().users()/> }>
            <Waiting on=page show=move |page| view! { <Person page=page doing=doing sending=sending/> }/>
        </Show>
        {move || page.value().map(|page| view! { <Actions page=page doing=doing on_done=done/> })}
    }
}

#[component]
fn Person(page: MemberPage, doing: RwSignal<Option<Action>>, sending: Sending) -> impl IntoView {
    let member = page.member.clone();
    let role = words::role(member.manager, member.learner);
    let fact = |label: &'static str, value: AnyView| view! { <div><dt>{label}</dt><dd>{value}</dd></div> };
    let joined = match (page.removed_at, page.joined_at) {
        (Some(at), _) => fact(texts().removed_on(), view! { <Day at=at/> }.into_any()),
        (None, Some(at)) => fact(texts().joined_on(), view! { <Day at=at/> }.into_any()),
        (None, None) => fact(texts().added_on(), view! { <Day at=page.created_at/> }.into_any()),
    };
    let removed = page.removed_at.map(|_| {
        view! { <Banner tone=Tone::EXPIRED title=texts().was_removed_title()><p>{texts().was_removed_text()}</p></Banner> }
    });
    let suspended = (member.suspended && page.removed_at.is_none()).then(|| {
        let text = texts().suspended_text(words::called(member.name.as_deref(), &member.email));
        view! { <Banner tone=Tone::EXPIRED title=texts().suspended()><p>{text}</p></Banner> }
    });
    let can = Action::open(&page);
    let button = move |action: Action| {
        let class = if action.is_main() { "button main" } else { "button" };
        view! { <button type="button" class=class on:click=move |_| doing.set(Some(action))>{action.label()}</button> }
    };
    let own_end = page.licences_end_at.map(|at| fact(texts().own_end(), view! { <Day at=at/> }.into_any()));
    let group = member.group.clone().map(|name| fact(texts().group(), name.into_any()));
    let history = page.history.clone();
    let everything = routes::activity_of(&page.member.id);
    let all_activity = move || view! { <A href=everything.clone()>{texts().all_activity()}</A> };
    view! {
        <div class="stack">
            {removed}
            {suspended}
            <section class="card person">
                <dl class="facts">
                    {fact(texts().email(), member.email.into_any())}
                    {fact(texts().role(), role.into_any())}
                    {group}
                    {joined}
                    {own_end}
                </dl>
                <div class="do">{can.into_iter().map(button).collect_view()}</div>
            </section>
            <Card title=texts().licences()>
                <ul class="whys">
                    <Reason kind=Kind::User why=page.user/>
                    <Reason kind=Kind::Content why=page.content/>
                </ul>
            </Card>
            {page.invite.map(|invite| view! { <Invite invite=invite doing=doing sending=sending/> })}
            {(!page.licences.is_empty()).then(|| view! { <Licences licences=page.licences/> })}
            {(!page.letters.is_empty()).then(|| view! { <Letters letters=page.letters sending=sending/> })}
            <Card title=texts().history() aside=all_activity><Log events=history/></Card>
        </div>
    }
}

/// Whether a letter didn't reach its receiver.
const fn is_lost(letter: &LetterLine) -> bool {
    matches!(letter.state, LetterState::Failed | LetterState::Bounced | LetterState::Complained)
}

/// The newest invite, and what became of the letter with it.
#[component]
fn Invite(invite: InviteLine, doing: RwSignal<Option<Action>>, sending: Sending) -> impl IntoView {
    let state = words::invite(&invite.state);
    let open = invite.state == "open";
    let lost = invite.mail.clone().filter(is_lost);
    let mail = invite.mail.as_ref().map(|mail| {
        view! { <div><dt>{texts().mail()}</dt><dd data-below=lost.is_some().then_some("zero")>{words::mail(mail)}</dd></div> }
    });
    let until = open.then(|| {
        view! { <div><dt>{texts().invite_open_until()}</dt><dd><Day at=invite.open_until/></dd></div> }
    });
    let ways_out = lost.filter(|_| open).map(|mail| {
        // A letter that can't be sent once more is written anew.
        let again = move |_| if mail.again { sending.send(mail.id) } else { doing.set(Some(Action::InviteAgain)) };
        let ways = move || {
            view! {
                <button type="button" class="button" on:click=again>{texts().send_again()}</button>
                <button type="button" class="button" on:click=move |_| doing.set(Some(Action::CorrectAddress))>{texts().correct_address()}</button>
            }
        };
        view! { <Banner tone=Tone::OVERDRAWN title=texts().invite_not_arrived() ways=ways><p>{texts().invite_not_arrived_text()}</p></Banner> }
    });
    view! {
        <Card title=texts().invite() aside=move || view! { <Pill of=state/> }>
            {ways_out}
            <dl class="facts">
                <div><dt>{texts().invite_sent()}</dt><dd><Day at=invite.sent_at/></dd></div>
                {until}
                {mail}
            </dl>
        </Card>
    }
}

/// Sends a letter once more.
#[derive(Clone, Copy)]
struct Sending {
    account: Account,
    form: Submission,
    page: Loaded<MemberPage>,
    toasts: Toasts,
}

impl Sending {
    fn send(self, letter: i64) {
        let Self { account, form, page, toasts } = self;
        form.send(client::send_letter_again(account.company_id(), letter), move |_| {
            toasts.tell(texts().sent_again_toast().to_owned());
            page.reload();
        });
    }
}

/// The newest letters to the person, and what became of each.
#[component]
fn Letters(letters: Vec<LetterLine>, sending: Sending) -> impl IntoView {
    let line = move |letter: LetterLine| {
        let name = words::letter(letter.letter);
        let again = letter.again.then(|| {
            let press = move |_| sending.send(letter.id);
            view! { <button type="button" class="button quiet" aria-label=texts().send_letter_again(name) on:click=press>{texts().send_again()}</button> }
        });
        view! {
            <li>
                <span>{name}<small data-below=is_lost(&letter).then_some("zero")>{words::mail(&letter)}</small></span>
                {again}
                <Since at=letter.written_at now=words::now()/>
            </li>
        }
    };
    view! { <Card title=texts().letters()><ul class="people letters">{letters.into_iter().map(line).collect_view()}</ul></Card> }
}

/// Why the person has or hasn't a licence of a kind.
#[component]
fn Reason(kind: Kind, why: Why) -> impl IntoView {
    let status = match why {
        Why::InUse { order: None, .. } | Why::Pending { order: None, .. } => (texts().overdrawn(), words::Tone::OVERDRAWN),
        Why::InUse { .. } => words::status(Status::InUse),
        Why::Pending { .. } => words::status(Status::Pending),
        Why::Waiting { .. } => (texts().in_line(), words::Tone::PENDING),
        Why::Expired { .. } => words::status(Status::Expired),
        _ => (texts().none(), words::Tone::EXPIRED),
    };
    view! { <li><div><b>{words::one_of(kind)}</b><p>{words::why(&why)}</p></div><Pill of=status/></li> }
}

/// Every licence that the person holds or held.
#[component]
fn Licences(licences: Vec<LicenceLine>) -> impl IntoView {
    let head = vec![
        (texts().kind(), false),
        (texts().order(), false),
        (texts().from(), false),
        (texts().until(), false),
        (texts().status(), false),
    ];
    let row = |licence: LicenceLine| {
        let until = licence.until.map_or_else(|| "—".into_any(), |at| view! { <Day at=at/> }.into_any());
        let order = licence.order.map_or_else(|| texts().overdrawn().to_owned(), |order| order.to_string());
        view! {
            <tr>
                <td data-label=texts().kind()>{words::one_of(licence.kind)}</td>
                <td class="whole" data-label=texts().order()>{order}</td>
                <td data-label=texts().from()><Day at=licence.from/></td>
                <td data-label=texts().until()>{until}</td>
                <td data-label=texts().status()><Pill of=words::status(licence.status)/></td>
            </tr>
        }
    };
    view! {
        <Card title=texts().held_licences()>
            <Table label=texts().held_licences() head=head>{licences.into_iter().map(row).collect_view()}</Table>
        </Card>
    }
}
