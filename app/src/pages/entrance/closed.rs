//! Invites that can't be accepted: why, what to do, and whom to ask.

use leptos::prelude::*;
use seatwise_domain::wire::{ClosedInvite, InviteClosed};

use super::ToSignIn;
use crate::client::Failure;
use crate::pages::look::Ask;
use crate::ui::{Day, PageHead};
use crate::words::{look_texts, texts};

/// An invite that was accepted, has ended, or was withdrawn.
#[component]
pub(super) fn Closed(
    /// The invite.
    closed: ClosedInvite,
) -> impl IntoView {
    let words = look_texts();
    let (title, text) = match closed.closed {
        InviteClosed::Accepted => (words.accepted_title(), words.accepted()),
        InviteClosed::Lapsed => (words.lapsed_title(), words.lapsed_then()),
        InviteClosed::Withdrawn => (words.withdrawn_title(), words.withdrawn()),
        InviteClosed::Over => (words.over_title(), words.over()),
        InviteClosed::Suspended => (words.suspended_title(), words.suspended()),
    };
    let lapsed = closed.closed == InviteClosed::Lapsed;
    let accepted = closed.closed == InviteClosed::Accepted;
    let about = words.invite_from(&closed.company);
    view! {
        <PageHead title=title/>
        <p class="lead">{lapsed.then(|| view! { {words.lapsed()} " " <Day at=closed.open_until/> ". " })} {text}</p>
        {accepted.then(|| view! { <p class="do"><ToSignIn main=true/></p> })}
        {closed.contact.map(|contact| view! { <p class="note">{words.whom_to_ask()} <Ask contact=contact about=about/></p> })}
    }
}

/// A link that no invite has, or no answer.
#[component]
pub(super) fn Unknown(
    /// Why.
    failure: Failure,
) -> impl IntoView {
    let (title, text) = match failure {
        Failure::Offline => (texts().no_answer_title(), texts().no_answer()),
        Failure::Problem(_) => (look_texts().unknown_title(), look_texts().unknown()),
    };
    view! {
        <PageHead title=title/>
        <p class="lead">{text}</p>
        <p class="do"><ToSignIn/></p>
    }
}
