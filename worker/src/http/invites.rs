//! Invites: looked at by anybody who has the link, accepted by a press of a button.

use seatwise_domain::Problem;
use seatwise_domain::wire::{ClosedInvite, InviteClosed, InviteToken};

use super::answer::{Answer, Failure};
use super::ask::Ask;
use super::sessions::started;
use crate::auth::secret;
use crate::store::sessions::{self, Who};
use crate::store::{Actor, Door, invites};

/// Says who invites to what. It is a POST because the token must not stand in an address; it changes nothing.
pub(super) async fn look(ask: &mut Ask<'_>) -> Result<Answer, Failure> {
    let wanted: InviteToken = ask.body().await?;
    match invites::find(ask.database, &secret::hash(&wanted.token), ask.now).await?.ok_or(Problem::InviteUnknown)? {
        Ok(invite) => Answer::json(200, &invite.view),
        // Whoever has the link learns why it works no longer, and whom to ask.
        Err(closed) => Answer::problem_with(&problem(&closed), &closed, ask.language()),
    }
}

fn problem(closed: &ClosedInvite) -> Problem {
    if closed.closed == InviteClosed::Accepted { Problem::InviteAccepted } else { Problem::InviteEnded }
}

/// Accepts an invite and signs its member in: whoever has the link has the mailbox.
pub(super) async fn accept(ask: &mut Ask<'_>) -> Result<Answer, Failure> {
    let wanted: InviteToken = ask.body().await?;
    let token_hash = secret::hash(&wanted.token);
    let found = invites::find(ask.database, &token_hash, ask.now).await?.ok_or(Problem::InviteUnknown)?;
    let invite = found.map_err(|closed| problem(&closed))?;
    let who = Who::Member { company_id: invite.company_id.clone(), member_id: invite.member_id.clone() };
    let name = invite.view.name.clone().unwrap_or_else(|| invite.view.email.clone());
    let actor = Actor { door: Door::Invite, id: Some(invite.member_id.clone()), name: Some(name) };
    let token = secret::new_token()?;
    let mut session: Vec<_> = ask.session.take().map(|(old, _)| sessions::end(&old)).into_iter().collect();
    session.push(sessions::start(&secret::hash(&token), &invite.email, &who, ask.now));
    match invites::accept(ask.database, &invite, &token_hash, ask.now, &actor, session).await {
        Ok(()) => started(ask, &token).await,
        // Two tabs at once: the other was first.
        Err(error) if error.asserts("invite_closed") => Err(Problem::InviteAccepted.into()),
        Err(error) => Err(error.into()),
    }
}
