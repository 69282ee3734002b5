//! What a learner holds, since when and until when, and the way to the learning platform.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use seatwise_domain::Kind;
use seatwise_domain::licence::Status;
use seatwise_domain::wire::{MyLicences as Held, Role};

use super::licence::{InLine, Licence, NeverGiven};
use crate::client;
use crate::load::Loaded;
use crate::pages::frame::{LeadToSignIn, Me, place};
use crate::pages::look::{Ask, Brand, BrandMark, dress};
use crate::session::Account;
use crate::ui::{PageHead, Waiting, WayOn};
use crate::words::{look_texts, texts};

/// The learner's own page.
#[component]
pub(crate) fn MyLicences() -> impl IntoView {
    let account = Account::expect();
    let role = Memo::new(move |_| account.session().map(|session| session.identity.role));
    move || match role.get() {
        None => view! { <LeadToSignIn/> }.into_any(),
        Some(Role::Staff { .. }) => view! { <NoMember/> }.into_any(),
        Some(Role::Member { manager, .. }) => view! { <Mine manager=manager/> }.into_any(),
    }
}

/// The desk's people hold no licences.
#[component]
fn NoMember() -> impl IntoView {
    let account = Account::expect();
    view! {
        <main class="alone">
            <PageHead title=texts().my_licences()/>
            <p>{look_texts().staff_hold_none()}</p>
            <p class="do"><WayOn to=account.home() label=texts().go_home() main=true/></p>
        </main>
    }
}

#[component]
fn Mine(manager: bool) -> impl IntoView {
    let held = Loaded::new(client::my_licences);
    view! { <Waiting on=held show=move |held| view! { <Shown held=held manager=manager/> }/> }
}

#[component]
fn Shown(held: Held, manager: bool) -> impl IntoView {
    let (account, words) = (Account::expect(), look_texts());
    let query = use_query_map();
    let welcome = query.read_untracked().get_str("welcome").is_some();
    let name = account.session().map(|session| session.identity.name).unwrap_or_default();
    let now = held.now;
    let holds = |kind| held.licences.iter().any(|licence| licence.kind == kind && licence.status == Status::InUse);
    let awaited: Vec<Kind> = held.waiting.iter().map(|place| place.kind).collect();
    let in_use = holds(Kind::User);
    let way = match held.platform_url {
        Some(url) if in_use => {
            Some(view! { <a class="button main wide" href=url rel="noopener">{words.go_to_platform()}</a> }.into_any())
        }
        None if in_use => Some(view! { <p class="calm">{words.no_address_yet()}</p> }.into_any()),
        _ => None,
    };
    let nothing = held.licences.is_empty() && held.waiting.is_empty();
    let over = held
        .licences
        .iter()
        .any(|licence| matches!(licence.status, Status::Expired | Status::TakenBack) && !awaited.contains(&licence.kind));
    let licences = held.licences.into_iter().filter(move |licence| !awaited.contains(&licence.kind));
    let about = words.ask_about(&held.company);
    dress(&held.look);
    let brand = Brand { company: held.company, look: held.look };
    view! {
            <div class="alone">
                <header><BrandMark brand=brand/></header>
                <main>
                    <PageHead title=if welcome { words.you_are_in() } else { texts().my_licences() }>
                        {manager.then(|| view! { <WayOn to=account.home() label=words.back_to_managing()/> })}
                    </PageHead>
                    {welcome.then(|| view! { <p class="lead">{words.welcome(&name)}</p> })}
                    <div class="stack">
                        {way}
                        {nothing.then(|| view! { <NeverGiven/> })}
                        {held.waiting.into_iter().map(|place| view! { <InLine place=place/> }).collect_view()}
                        {licences.map(|licence| view! { <Licence licence=licence now=now/> }).collect_view()}
                        {held.contact.map(|contact| {
                            let title = if over || nothing { words.ask_for_one() } else { words.whom_to_ask() };
                            view! { <section class="card asking"><header><h2>{title}</h2></header><p class="body"><Ask contact=contact about=about/></p></section> }
                        })}
                        <Elsewhere/>
                    </div>
                </main>
                <footer><Me others=false/></footer>
            </div>
    }
}

/// The other companies, and whatever else the same address is.
#[component]
fn Elsewhere() -> impl IntoView {
    let account = Account::expect();
    let navigate = use_navigate();
    let go = Callback::new(move |id: String| {
        let navigate = navigate.clone();
        spawn_local(async move {
            if let Ok(state) = client::switch_identity(id).await {
                account.set(state.session);
                navigate(account.home(), NavigateOptions::default());
            }
        });
    });
    let others = account.session().map(|session| session.others).unwrap_or_default();
    (!others.is_empty()).then(|| {
        let other = others.into_iter().map(|identity| {
            let (name, role) = place(&identity);
            view! {
                <li><button type="button" class="button wide" on:click=move |_| go.run(identity.id.clone())>{texts().go_on_as(&name, role)}</button></li>
            }
        });
        view! {
            <section class="elsewhere"><h2>{look_texts().also_at()}</h2><ul class="stack">{other.collect_view()}</ul></section>
        }
    })
}
