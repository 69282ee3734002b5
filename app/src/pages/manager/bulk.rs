//! What can be done with many users at once, the requests that do it, and those that undo it.

use std::collections::HashSet;

use leptos::prelude::*;
use leptos::task::spawn_local;
use seatwise_domain::Kind;
use seatwise_domain::licence::Status;
use seatwise_domain::wire::{
    Before, BulkAction, BulkEffect, HeldLicence, MOST_MEMBERS, MemberLine, Narrowed, ReplaceMember, Standing,
};

use super::roster::Roster;
use super::selection::detail;
use crate::client::{self, Failure};
use crate::routes::List;
use crate::ui::Toasts;
use crate::words::texts;

/// How many members one request is about: few enough that a bar moves, and that stopping stops soon.
const A_PART: usize = 1_000;

/// What can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bulk {
    /// Writes to those who weren't active for long.
    Remind,
    /// Brings back who was removed.
    BringBack,
    /// Sends open invites again.
    InviteAgain,
    /// Moves to a group.
    Move,
    /// Sets an end date.
    SetEnd,
    /// Gives licences.
    Give,
    /// Gives content licences.
    GiveContent,
    /// Takes content licences back.
    TakeBackContent,
    /// Takes all licences back.
    TakeBack,
    /// Withdraws open invites.
    Withdraw,
    /// Gives the licences on to others.
    Replace,
    /// Removes.
    Remove,
}

impl Bulk {
    /// All of them, in the order in which they are offered.
    pub(super) const ALL: [Self; 12] = [
        Self::Remind,
        Self::BringBack,
        Self::InviteAgain,
        Self::Move,
        Self::SetEnd,
        Self::Give,
        Self::GiveContent,
        Self::TakeBackContent,
        Self::TakeBack,
        Self::Withdraw,
        Self::Replace,
        Self::Remove,
    ];

    /// How many can be replaced at once: as many addresses as somebody writes down.
    pub(super) const MOST_REPLACED: usize = 50;

    /// Whether it is offered in a list, and there first or among more.
    pub(super) fn offered(self, narrowed: Narrowed) -> Option<bool> {
        let of = |wanted: &[Standing]| match narrowed {
            Narrowed::All => true,
            Narrowed::Inactive => wanted.contains(&Standing::InUse),
            Narrowed::To(standing) => wanted.contains(&standing),
        };
        let removed = narrowed == Narrowed::To(Standing::Removed);
        let held = [Standing::InUse, Standing::Pending, Standing::Overdrawn];
        let (offered, first) = match self {
            Self::Remind => (narrowed == Narrowed::Inactive, true),
            Self::BringBack => (removed, true),
            Self::InviteAgain => (of(&[Standing::Pending]), true),
            Self::Move | Self::SetEnd | Self::Remove => (!removed, true),
            Self::Give => (of(&[Standing::Waiting, Standing::Expired, Standing::None]), false),
            Self::Withdraw => (of(&[Standing::Pending]), false),
            Self::GiveContent | Self::TakeBackContent | Self::TakeBack | Self::Replace => (of(&held), false),
        };
        offered.then_some(first)
    }

    /// What it is called.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Remind => texts().write_to_them(),
            Self::BringBack => texts().bring_back(),
            Self::InviteAgain => texts().invite_again(),
            Self::Move => texts().move_to_group(),
            Self::SetEnd => texts().set_end_date(),
            Self::Give => texts().give_licence(),
            Self::GiveContent => texts().give_content(),
            Self::TakeBackContent => texts().take_content_back(),
            Self::TakeBack => texts().take_licences_back(),
            Self::Withdraw => texts().withdraw_invite(),
            Self::Replace => texts().replace(),
            Self::Remove => texts().remove(),
        }
    }

    /// The word that the API previews it by; replacing is told by the addresses themselves.
    pub(super) const fn previewed(self) -> Option<BulkAction> {
        Some(match self {
            Self::Remind => BulkAction::Remind,
            Self::BringBack | Self::Give => BulkAction::Give,
            Self::InviteAgain => BulkAction::InviteAgain,
            Self::Move => BulkAction::Move,
            Self::SetEnd => BulkAction::SetEnd,
            Self::GiveContent => BulkAction::GiveContent,
            Self::TakeBackContent => BulkAction::TakeBackContent,
            Self::TakeBack => BulkAction::TakeBack,
            Self::Withdraw => BulkAction::Withdraw,
            Self::Remove => BulkAction::Remove,
            Self::Replace => return None,
        })
    }

    /// What it does to so many people.
    pub(super) fn follows(self, people: i64) -> String {
        match self {
            Self::Remind => texts().bulk_reminds(people),
            Self::BringBack => texts().bulk_brings_back(people),
            Self::InviteAgain => texts().bulk_invites(people),
            Self::Move => texts().bulk_moves(people),
            Self::SetEnd => texts().bulk_ends(people),
            Self::Give => texts().bulk_gives(people),
            Self::GiveContent => texts().bulk_gives_content(people),
            Self::TakeBackContent => texts().bulk_takes_content(people),
            Self::TakeBack => texts().bulk_takes(people),
            Self::Withdraw => texts().bulk_withdraws(people),
            Self::Replace => texts().bulk_replaces(people),
            Self::Remove => texts().bulk_removes(people),
        }
    }
}

/// One sort of request about some members.
#[derive(Clone, Debug)]
pub(super) enum Step {
    InviteAgain,
    Remind,
    Move(Option<String>),
    End(Option<String>),
    Give(Option<Kind>),
    TakeBack(Option<Kind>),
    Withdraw,
    /// With an address and a key for each.
    Replace(Vec<(String, String)>),
    Remove,
}

impl Step {
    /// How many members one request is about.
    const fn part(&self) -> usize {
        if matches!(self, Self::Replace(_)) { 1 } else { A_PART }
    }

    /// Does it for one part; `from` is how many came before.
    async fn ask(&self, company: String, part: Vec<String>, from: usize) -> Result<Done, Failure> {
        let changed = match self {
            Self::InviteAgain => client::invite_again(company, part).await?,
            Self::Remind => client::remind_members(company, part).await?,
            Self::Move(group) => client::move_members(company, part, group.clone()).await?,
            Self::End(day) => client::end_members(company, part, day.clone()).await?,
            Self::Give(kind) => return client::give_licences(company, part, *kind).await.map(|_| Done::default()),
            Self::TakeBack(kind) => return client::take_back(company, part, *kind).await.map(|_| Done::default()),
            Self::Withdraw => return client::withdraw(company, part).await.map(|_| Done::default()),
            Self::Remove => return client::remove_members(company, part, true).await.map(|_| Done::default()),
            Self::Replace(others) => {
                if let (Some(id), Some((email, key))) = (part.first(), others.get(from)) {
                    let other = ReplaceMember { email: email.clone(), name: None };
                    client::replace_member(company, id, other, key.clone()).await?;
                }
                return Ok(Done::default());
            }
        };
        Ok(Done { people: Some(changed.people), before: changed.before })
    }
}

/// What a part has changed, as far as the API says.
#[derive(Default)]
struct Done {
    people: Option<i64>,
    before: Vec<Before>,
}

/// Something that is done part by part, and how far it came. It goes on where it was stopped or failed.
#[derive(Clone, Debug, Default)]
pub(super) struct Course {
    /// Whom it is about.
    pub(super) members: Vec<String>,
    /// How many of them are done.
    pub(super) done: usize,
    /// For how many it has changed something, if the API says.
    pub(super) people: Option<i64>,
    before: Vec<(Option<String>, Vec<String>)>,
}

impl Course {
    /// Nothing is done yet.
    pub(super) fn of(members: Vec<String>) -> Self {
        Self { members, ..Self::default() }
    }

    /// Does part after part while `go_on` says so, which hears how far it is.
    pub(super) async fn run(&mut self, company: &str, step: &Step, go_on: impl Fn(usize) -> bool) -> Result<(), Failure> {
        while self.done < self.members.len() && go_on(self.done) {
            let part: Vec<String> = self.members.iter().skip(self.done).take(step.part()).cloned().collect();
            let size = part.len();
            let done = step.ask(company.to_owned(), part, self.done).await?;
            self.done += size;
            if let Some(people) = done.people {
                self.people = Some(self.people.unwrap_or_default().saturating_add(people));
            }
            for Before { was, members } in done.before {
                match self.before.iter_mut().find(|(known, _)| *known == was) {
                    Some((_, known)) => known.extend(members),
                    None => self.before.push((was, members)),
                }
            }
        }
        Ok(())
    }

    /// The requests that undo what was done, where it is known how it was before; nothing where it isn't.
    pub(super) fn undone_by(&self, bulk: Bulk, roster: Roster) -> Vec<(Step, Vec<String>)> {
        match bulk {
            Bulk::Move => self.before.iter().map(|(was, members)| (Step::Move(was.clone()), members.clone())).collect(),
            Bulk::SetEnd => self.before.iter().map(|(was, members)| (Step::End(was.clone()), members.clone())).collect(),
            Bulk::Remind | Bulk::InviteAgain | Bulk::Replace => Vec::new(),
            _ => {
                // Whoever had a licence before must not lose it by undoing, and whoever had none must not get one: so
                // all of them have to be known.
                let lines = self.members.iter().take(self.done).map(|id| roster.line(id));
                let lines: Option<Vec<MemberLine>> = if self.done > KNOWN { None } else { lines.collect() };
                let steps = lines.map(|lines| undo(bulk, &lines)).unwrap_or_default();
                steps.into_iter().filter(|(_, members)| !members.is_empty()).collect()
            }
        }
    }
}

/// Up to how many it is looked up how they stood before.
const KNOWN: usize = 2_000;

fn held(licence: Option<&HeldLicence>) -> bool {
    licence.is_some_and(|held| matches!(held.status, Status::InUse | Status::Pending))
}

/// What undoes something, by how everybody stood before.
fn undo(bulk: Bulk, lines: &[MemberLine]) -> Vec<(Step, Vec<String>)> {
    let those = |wanted: &dyn Fn(&MemberLine, bool, bool) -> bool| -> Vec<String> {
        let wanted = |line: &&MemberLine| wanted(line, held(line.user.as_ref()), held(line.content.as_ref()));
        lines.iter().filter(wanted).map(|line| line.id.clone()).collect()
    };
    match bulk {
        Bulk::BringBack => vec![(Step::Remove, those(&|line, _, _| line.standing == Standing::Removed && !line.manager))],
        Bulk::Give => vec![
            (Step::TakeBack(None), those(&|_, user, content| !user && !content)),
            (Step::TakeBack(Some(Kind::User)), those(&|_, user, content| !user && content)),
        ],
        Bulk::GiveContent => vec![(Step::TakeBack(Some(Kind::Content)), those(&|_, _, content| !content))],
        Bulk::TakeBackContent => vec![(Step::Give(Some(Kind::Content)), those(&|_, _, content| content))],
        Bulk::TakeBack | Bulk::Withdraw => vec![
            (Step::Give(Some(Kind::User)), those(&|_, user, _| user)),
            (Step::Give(Some(Kind::Content)), those(&|_, _, content| content)),
        ],
        // Coming back means a licence; who had none is without one again afterwards.
        Bulk::Remove => vec![
            (Step::Give(Some(Kind::User)), those(&|line, _, _| !line.manager)),
            (Step::Give(Some(Kind::Content)), those(&|line, _, content| !line.manager && content)),
            (Step::TakeBack(None), those(&|line, user, content| !line.manager && !user && !content)),
        ],
        _ => Vec::new(),
    }
}

/// Undoes something and says so.
pub(super) fn undo_all(company: String, steps: Vec<(Step, Vec<String>)>, toasts: Toasts, then: Callback<()>) {
    spawn_local(async move {
        let mut said = texts().undone().to_owned();
        for (step, members) in steps {
            let mut course = Course::of(members);
            if let Err(failure) = course.run(&company, &step, |_| true).await {
                said = texts().not_undone(&detail(&failure));
                break;
            }
        }
        toasts.tell(said);
        let _ = then.try_run(());
    });
}

/// What something would change, asked part by part and added up.
pub(super) async fn preview(company: &str, action: BulkAction, members: &[String]) -> Result<BulkEffect, Failure> {
    let mut sum = BulkEffect::default();
    for part in members.chunks(MOST_MEMBERS) {
        let effect = client::preview_bulk(company.to_owned(), action, part.to_vec()).await?;
        sum = BulkEffect {
            people: sum.people.saturating_add(effect.people),
            left_alone: sum.left_alone.saturating_add(effect.left_alone),
            managers: sum.managers.saturating_add(effect.managers),
            user: sum.user.saturating_add(effect.user),
            content: sum.content.saturating_add(effect.content),
        };
    }
    Ok(sum)
}

/// How many of the first there are licences for, when so many are available.
pub(super) async fn how_many_fit(
    company: &str,
    action: BulkAction,
    members: &[String],
    user: i64,
    content: i64,
) -> Result<usize, Failure> {
    let (mut user, mut content, mut all) = (user, content, 0);
    for part in members.chunks(MOST_MEMBERS) {
        let fits = |effect: &BulkEffect| {
            let fits = |available: i64, change: i64| change >= 0 || available.saturating_add(change) >= 0;
            fits(user, effect.user) && fits(content, effect.content)
        };
        let effect = preview(company, action, part).await?;
        if fits(&effect) {
            user = user.saturating_add(effect.user);
            content = content.saturating_add(effect.content);
            all += part.len();
            continue;
        }
        // Between `low`, which fits, and `high`, which doesn't.
        let (mut low, mut high) = (0, part.len());
        while high - low > 1 {
            let middle = low.midpoint(high);
            let effect = preview(company, action, part.get(..middle).unwrap_or_default()).await?;
            if fits(&effect) { low = middle } else { high = middle }
        }
        return Ok(all + low);
    }
    Ok(all)
}

/// Those of a selection whose invite is open: withdrawing must not touch a licence that is in use.
pub(super) async fn only_pending(
    company: &str,
    list: &List,
    roster: Roster,
    members: Vec<String>,
) -> Result<Vec<String>, Failure> {
    let pending = Narrowed::To(Standing::Pending);
    if members.len() <= KNOWN {
        let lines: Option<Vec<MemberLine>> = members.iter().map(|id| roster.line(id)).collect();
        if let Some(lines) = lines {
            return Ok(lines.into_iter().filter(|line| line.standing == Standing::Pending).map(|line| line.id).collect());
        }
    }
    let query = List { narrowed: pending, ..list.clone() }.query();
    let (mut found, mut after) = (HashSet::new(), None);
    loop {
        let part = client::member_ids(company.to_owned(), &query, after.as_deref()).await?;
        found.extend(part.ids);
        after = part.next;
        if after.is_none() {
            return Ok(members.into_iter().filter(|id| found.contains(id)).collect());
        }
    }
}
