//! One member: what they hold and held, and why they have or haven't a licence.

use seatwise_domain::licence::{EndedReason, Recorded, Status};
use seatwise_domain::order::OrderNumber;
use seatwise_domain::policy::CarryOver;
use seatwise_domain::wire::{InviteLine, LetterLine, LicenceLine, MemberLine, MemberPage, NotCarriedBecause, Why};
use seatwise_domain::{Instant, Kind};
use serde::Deserialize;

use super::{Database, StoreError, decode_at, events, flag, members, outbox, statement, statements};

statements! {
    /// What else there is to know of a member.
    REST = "
        SELECT m.group_id, m.licences_end_at, m.created_at, m.joined_at, m.removed_at, c.carry_over,
          (SELECT i.open_until FROM invites i WHERE i.company_id = m.company_id AND i.member_id = m.id AND i.state = 'open') AS open_until
        FROM members m JOIN companies c ON c.id = m.company_id
        WHERE m.company_id = ?1 AND m.id = ?2";
    /// Every licence that a member holds or held, with the lot that it is or was drawn from, and who ended it.
    LICENCES = "
        SELECT l.kind, l.status, l.allocated_at, l.activated_at, l.ends_at, l.ended_at, l.ended_reason, l.active_on,
          lots.overdraft, lots.ends_at AS lot_ends_at, o.number AS order_number, e.actor AS ended_by,
          coalesce(other.name, other.email_typed) AS successor
        FROM licences l
        CROSS JOIN lots ON lots.company_id = l.company_id AND lots.id = l.lot_id
        LEFT JOIN orders o ON o.company_id = lots.company_id AND o.id = lots.order_id
        LEFT JOIN events e ON e.company_id = l.company_id AND e.member_id = l.member_id AND e.licence_id = l.id AND e.what = 'licence_taken_back'
        LEFT JOIN members other ON other.company_id = l.company_id AND other.id = e.other_member_id
        WHERE l.company_id = ?1 AND l.member_id = ?2
        ORDER BY l.status = 'ended', l.allocated_at DESC, l.kind DESC
        LIMIT 100";
    /// The newest invite, with what became of the newest letter that brought it.
    INVITE = "
        SELECT i.state, i.created_at AS sent_at, i.open_until
        FROM invites i
        WHERE i.company_id = ?1 AND i.member_id = ?2
        LIMIT 1";
    /// What a member waits for.
    WAITING = "
        SELECT w.kind, w.since,
          (SELECT count(*) FROM waiting before WHERE before.company_id = w.company_id AND before.kind = w.kind AND before.place < w.place) AS ahead
        FROM waiting w WHERE w.company_id = ?1 AND w.member_id = ?2";
}

#[derive(Deserialize)]
struct Rest {
    group_id: Option<String>,
    licences_end_at: Option<Instant>,
    created_at: Instant,
    joined_at: Option<Instant>,
    removed_at: Option<Instant>,
    carry_over: CarryOver,
    open_until: Option<Instant>,
}

#[derive(Deserialize)]
struct LicenceRow {
    kind: Kind,
    status: Recorded,
    allocated_at: Instant,
    activated_at: Option<Instant>,
    ends_at: Instant,
    ended_at: Option<Instant>,
    ended_reason: Option<EndedReason>,
    active_on: i64,
    #[serde(deserialize_with = "flag")]
    overdraft: bool,
    lot_ends_at: Instant,
    order_number: Option<OrderNumber>,
    ended_by: Option<String>,
    successor: Option<String>,
}

#[derive(Deserialize)]
struct InviteRow {
    state: String,
    sent_at: Instant,
    open_until: Instant,
}

impl InviteRow {
    /// `reserved_until`: the end of the licence that it reserves, behind which nothing can be accepted.
    fn line(self, mail: Option<LetterLine>, reserved_until: Instant) -> InviteLine {
        InviteLine { state: self.state, sent_at: self.sent_at, open_until: self.open_until.min(reserved_until), mail }
    }
}

#[derive(Deserialize)]
struct WaitingRow {
    kind: Kind,
    since: Instant,
    ahead: i64,
}

impl LicenceRow {
    fn status(&self, now: Instant) -> Status {
        Status::at(now, self.status, self.ends_at, self.ended_reason)
    }

    /// Until when it lasts or lasted; nothing where no lot says so.
    fn until(&self) -> Option<Instant> {
        Some(self.ended_at.unwrap_or(self.ends_at)).filter(|end| *end < Instant::NEVER)
    }

    fn line(&self, now: Instant) -> LicenceLine {
        LicenceLine {
            kind: self.kind,
            status: self.status(now),
            from: self.allocated_at,
            until: self.until(),
            order: self.order_number,
        }
    }

    /// Why its holder didn't move on when its lot ended; nothing where it ended before its lot.
    fn not_carried(&self, policy: CarryOver) -> Option<NotCarriedBecause> {
        match policy.active_since(self.lot_ends_at) {
            _ if self.ends_at < self.lot_ends_at => None,
            None => Some(NotCarriedBecause::Policy),
            Some(since) if self.active_on < since => Some(NotCarriedBecause::Inactive),
            Some(_) => Some(NotCarriedBecause::NoRoom),
        }
    }

    fn why(&self, rest: &Rest, now: Instant) -> Why {
        let (at, by) = (self.ended_at.unwrap_or(self.ends_at), self.ended_by.clone());
        match (self.status(now), self.ended_reason) {
            (Status::InUse, _) => {
                let since = self.activated_at.unwrap_or(self.allocated_at);
                Why::InUse { since, until: self.until(), order: self.order_number }
            }
            (Status::Pending, _) => {
                let open_until = rest.open_until.map(|until| until.min(self.ends_at));
                Why::Pending { since: self.allocated_at, open_until, order: self.order_number }
            }
            (Status::TakenBack, Some(EndedReason::Replaced)) => Why::Replaced { at, by, successor: self.successor.clone() },
            (Status::TakenBack, Some(EndedReason::InviteLapsed)) => Why::InviteLapsed { at },
            (Status::TakenBack, Some(EndedReason::InviteWithdrawn)) => Why::InviteWithdrawn { at, by },
            (Status::TakenBack, _) => Why::TakenBack { at, by },
            (Status::Expired, _) if self.overdraft => Why::Expired { at, not_carried: None },
            (Status::Expired, _) => Why::Expired { at, not_carried: self.not_carried(rest.carry_over) },
        }
    }
}

/// One member with what there is to know, removed or not.
///
/// # Errors
/// When the database can't be asked.
pub async fn page(database: &impl Database, company_id: &str, id: &str, now: Instant) -> Result<Option<MemberPage>, StoreError> {
    let results = database
        .batch(vec![
            members::ask(company_id, now, id),
            statement!(REST, company_id, id),
            statement!(LICENCES, company_id, id),
            statement!(WAITING, company_id, id),
            events::of_member(company_id, id),
            statement!(INVITE, company_id, id),
            outbox::letters_to(company_id, id),
            outbox::letter_of_invite(company_id, id),
        ])
        .await?;
    let member = decode_at(&results, 0)?.into_iter().next().map(|row| members::line(row, now)).transpose()?;
    let (Some(member), Some(rest)) = (member, decode_at::<Rest>(&results, 1)?.into_iter().next()) else { return Ok(None) };
    let licences: Vec<LicenceRow> = decode_at(&results, 2)?;
    let waiting: Vec<WaitingRow> = decode_at(&results, 3)?;
    let letters = outbox::lines(decode_at(&results, 6)?);
    let mail = outbox::lines(decode_at(&results, 7)?).into_iter().next();
    let reserved = licences.iter().find(|licence| licence.kind == Kind::User && licence.status(now) == Status::Pending);
    let reserved_until = reserved.map_or(Instant::NEVER, |licence| licence.ends_at);
    let invite = decode_at::<InviteRow>(&results, 5)?.into_iter().next().map(|row| row.line(mail, reserved_until));
    let why = |kind| why(&member, &rest, &licences, &waiting, kind, now);
    Ok(Some(MemberPage {
        user: why(Kind::User),
        content: why(Kind::Content),
        now,
        licences: licences.iter().map(|licence| licence.line(now)).collect(),
        history: events::read_newest(decode_at(&results, 4)?),
        group_id: rest.group_id,
        licences_end_at: rest.licences_end_at,
        created_at: rest.created_at,
        joined_at: rest.joined_at,
        removed_at: rest.removed_at,
        invite,
        letters,
        member,
    }))
}

fn why(member: &MemberLine, rest: &Rest, licences: &[LicenceRow], waiting: &[WaitingRow], kind: Kind, now: Instant) -> Why {
    // A live licence stands first.
    let newest = licences.iter().find(|licence| licence.kind == kind);
    let live = newest.filter(|licence| matches!(licence.status(now), Status::InUse | Status::Pending));
    match (live, waiting.iter().find(|row| row.kind == kind), newest) {
        (Some(licence), ..) => licence.why(rest, now),
        (None, Some(row), _) => Why::Waiting { since: row.since, ahead: row.ahead },
        (None, None, Some(licence)) => licence.why(rest, now),
        (None, None, None) if !member.learner => Why::OnlyManages,
        (None, None, None) => Why::NeverGiven,
    }
}
