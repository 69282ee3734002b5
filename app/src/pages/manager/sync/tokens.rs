//! What belongs into the directory: the address, and the tokens with which it signs in.

use leptos::prelude::*;
use seatwise_domain::time::DAY;
use seatwise_domain::wire::{MOST_TOKENS, MadeSyncToken, NewSyncToken, SyncToken};
use web_sys::SubmitEvent;

use super::{Shared, guide};
use crate::client;
use crate::load::Submission;
use crate::ui::{Age, Copyable, Day, Dialog, DialogEnd, Field, Pill, Select, Send, Table, Trouble};
use crate::words::{self, Tone, sync_texts, texts};

/// For how many days before its end a token stands out.
const SOON: i64 = 30 * DAY;

/// For how many months a token can work; nothing: until it is taken away.
const TERMS: [Option<i64>; 4] = [Some(12), Some(24), Some(36), None];

/// The address, the tokens, and how they are put into a directory.
#[component]
pub(super) fn Connect(shared: Shared) -> impl IntoView {
    let address = shared.part(|page| page.address.clone());
    let tokens = shared.part(|page| page.tokens.clone());
    let full = Memo::new(move |_| tokens.with(Vec::len) >= MOST_TOKENS);
    let revoking = RwSignal::new(None::<SyncToken>);
    let close = Callback::new(move |()| revoking.set(None));
    let make = move || {
        let most = i64::try_from(MOST_TOKENS).unwrap_or_default();
        if full.get() {
            return view! { <p>{sync_texts().too_many_tokens(most)}</p> }.into_any();
        }
        view! { <button type="button" class="button" on:click=move |_| shared.making.set(true)>{sync_texts().make_token()}</button> }
            .into_any()
    };
    let head = || {
        vec![
            (sync_texts().token(), false),
            (sync_texts().expires(), false),
            (sync_texts().last_used(), false),
            (texts().change(), false),
        ]
    };
    let table = move || {
        let tokens = tokens.get();
        if tokens.is_empty() {
            return view! { <p class="body calm">{sync_texts().no_tokens()}</p> }.into_any();
        }
        let row = move |token: SyncToken| view! { <Row shared=shared token=token revoking=revoking/> };
        view! { <Table label=sync_texts().tokens() head=head()>{tokens.into_iter().map(row).collect_view()}</Table> }.into_any()
    };
    view! {
        <section class="card connect">
            <header><h2>{sync_texts().connect()}</h2></header>
            <div class="body"><Copyable name="sync_address" label=sync_texts().address() value=address hint=sync_texts().address_hint()/></div>
            <header><h3>{sync_texts().tokens()}</h3><span class="end">{make}</span></header>
            <p class="body calm">{sync_texts().tokens_text()}</p>
            {table}
            <div class="body"><guide::Guides/></div>
        </section>
        {move || revoking.get().map(|token| {
            let name = token.name.clone();
            let lead = sync_texts().take_away_lead(&name);
            view! {
                <Dialog open=true on_close=close title=sync_texts().take_away_named(&name) lead=lead>
                    <RevokeForm shared=shared token=token.clone() on_close=close/>
                </Dialog>
            }
        })}
    }
}

#[component]
fn Row(shared: Shared, token: SyncToken, revoking: RwSignal<Option<SyncToken>>) -> impl IntoView {
    let now = shared.now;
    let made = words::day(token.created_at);
    let made = match token.created_by.as_deref() {
        Some(person) => sync_texts().made_by(&made, person),
        None => sync_texts().made_on(&made),
    };
    let expires = match token.expires_at {
        None => sync_texts().never().into_any(),
        Some(at) => {
            let state = move || match at.0.saturating_sub(now.get().0) {
                left if left <= 0 => Some(view! { <Pill of=(texts().expired().to_owned(), Tone::OVERDRAWN)/> }),
                left if left <= SOON => {
                    Some(view! { <Pill of=(texts().days(words::days_until(at, now.get())), Tone::PENDING)/> })
                }
                _ => None,
            };
            view! { <span><Day at=at/> " " {state}</span> }.into_any()
        }
    };
    let used = match token.last_used_at {
        Some(at) => view! { <Age at=at now=now.into()/> }.into_any(),
        None => sync_texts().not_used_yet().into_any(),
    };
    let (name, full) = (token.name.clone(), sync_texts().take_away_named(&token.name));
    view! {
        <tr>
            <td data-label=sync_texts().token()>{name}<small>{made}</small></td>
            <td data-label=sync_texts().expires()>{expires}</td>
            <td data-label=sync_texts().last_used()>{used}</td>
            <td><div class="do"><button type="button" class="button quiet" aria-label=full on:click=move |_| revoking.set(Some(token.clone()))>{sync_texts().take_away()}</button></div></td>
        </tr>
    }
}

#[component]
fn RevokeForm(shared: Shared, token: SyncToken, on_close: Callback<()>) -> impl IntoView {
    let form = Submission::new();
    let used = token.last_used_at.map(|at| sync_texts().in_use_lately(&words::ago(at, words::now())));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let name = token.name.clone();
        form.send(client::revoke_sync_token(shared.account.company_id(), &token.id), move |whole| {
            on_close.run(());
            shared.take(whole);
            shared.toasts.tell(sync_texts().taken_away_toast(&name));
        });
    };
    view! {
        <form on:submit=submit>
            {used.map(|used| view! { <p class="effect">{used}</p> })}
            <Trouble failure=form.failure/>
            <DialogEnd on_close=on_close><Send label=sync_texts().take_away() busy=form.busy/></DialogEnd>
        </form>
    }
}

/// The dialogue that makes a token, and the one that shows its secret this once.
#[component]
pub(super) fn Dialogues(shared: Shared) -> impl IntoView {
    let made = RwSignal::new(None::<MadeSyncToken>);
    let (close, forget) = (Callback::new(move |()| shared.making.set(false)), Callback::new(move |()| made.set(None)));
    let done = Callback::new(move |token: MadeSyncToken| {
        close.run(());
        made.set(Some(token));
        shared.page.reload();
    });
    let shown = move || {
        made.get().map(|made| {
            let label = sync_texts().secret_of(&made.token.name);
            let secret = StoredValue::new(made.secret);
            view! {
                <div class="secret">
                    <Copyable name="secret" label=label value=Signal::derive(move || secret.get_value())/>
                </div>
            }
        })
    };
    view! {
        <Dialog open=shared.making on_close=close title=sync_texts().make_token() lead=sync_texts().make_token_lead()>
            <MakeForm shared=shared on_close=close on_done=done/>
        </Dialog>
        <Dialog open=Signal::derive(move || made.with(Option::is_some)) on_close=forget title=sync_texts().token_made() lead=sync_texts().token_made_lead()>
            {shown}
            <div class="end"><button type="button" class="button main" on:click=move |_| forget.run(())>{sync_texts().i_have_it()}</button></div>
        </Dialog>
    }
}

#[component]
fn MakeForm(shared: Shared, on_close: Callback<()>, on_done: Callback<MadeSyncToken>) -> impl IntoView {
    let name = RwSignal::new(String::new());
    let term = RwSignal::new(0_usize);
    let form = Submission::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let months = TERMS.get(term.get_untracked()).copied().flatten();
        let token = NewSyncToken { name: name.get_untracked().trim().to_owned(), months };
        form.send(client::make_sync_token(shared.account.company_id(), &token), move |made| on_done.run(made));
    };
    let option = |(place, months): (usize, Option<i64>)| {
        let label = months.map_or_else(|| sync_texts().until_taken_away().to_owned(), |months| sync_texts().months(months));
        (place.to_string(), label)
    };
    let chosen = Signal::derive(move || term.get().to_string());
    let choose = move |place: String| term.set(place.parse().unwrap_or_default());
    view! {
        <form on:submit=submit novalidate>
            <Field name="name" label=sync_texts().token_name() value=name hint=sync_texts().token_name_hint() first=true problem=form.about("name")/>
            <Select
                name="months"
                label=sync_texts().works_for()
                options=TERMS.into_iter().enumerate().map(option).collect()
                value=chosen
                on_choose=choose
                hint=sync_texts().works_for_hint()
                problem=form.about("months")
            />
            <Trouble failure=form.failure/>
            <DialogEnd on_close=on_close><Send label=sync_texts().make_token() busy=form.busy/></DialogEnd>
        </form>
    }
}
