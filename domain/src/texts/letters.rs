//! The words of letters.

use super::texts;

texts! {
    /// What letters say.
    Letters {
        greeting(name: &str) = "Hello {name},";
        greeting_without_name = "Hello,";
        footer = "This mail was sent by Seatwise, where organisations manage the licences of their learning platform.";
        link_hint = "If the button doesn't work, copy this address into your browser:";
        months = "January February March April May June July August September October November December";
        date(day: &str, month: &str, year: &str) = "{day} {month} {year}";
        kind_user(count: i64) = "{count} user licence | {count} user licences";
        kind_content(count: i64) = "{count} content licence | {count} content licences";

        sign_in_subject(code: &str) = "{code} is your sign-in code";
        sign_in_line = "Press the button in the browser in which you asked to sign in.";
        sign_in_code(code: &str) = "In another browser, or if the button doesn't work, type this code where you asked: {code}";
        sign_in_button = "Sign in";
        sign_in_note = "Link and code work once, for ten minutes. If you didn't ask to sign in, you can ignore this mail; nobody gets in without it.";

        invite_subject(inviter: &str, company: &str) = "{inviter} invites you to {company}";
        invite_learner_line(inviter: &str, company: &str) = "{inviter} of {company} has reserved a licence of the learning platform for you.";
        invite_manager_line(inviter: &str, company: &str) = "{inviter} invites you to manage the learning licences of {company}.";
        invite_button = "Accept the invite";
        invite_note(count: i64) = "The invite is yours alone; please don't forward it. It is open for {count} day. | The invite is yours alone; please don't forward it. It is open for {count} days.";

        order_received_subject(company: &str, licences: &str) = "{company} requests {licences}";
        order_received_line(person: &str, company: &str, order: &str, licences: &str) = "{person} of {company} requests {licences} ({order}).";
        order_received_reference(reference: &str) = "Their reference: {reference}";
        order_received_message(message: &str) = "Their message: {message}";
        order_received_button = "Open the order";

        licences_ready_subject(licences: &str, company: &str) = "{licences} ready for {company}";
        licences_ready_line(licences: &str, company: &str, order: &str) = "Your account manager has assigned {licences} to {company} ({order}).";
        licences_ready_term(from: &str, until: &str) = "They run from {from} until {until} (UTC).";
        licences_ready_button = "Open the dashboard";

        licence_expired_subject(company: &str) = "Your licence from {company} has expired";
        licence_expired_user(company: &str, date: &str) = "Your user licence from {company} ended on {date} (UTC). You can no longer sign in to the learning platform with it.";
        licence_expired_content(company: &str, date: &str) = "Your content licence from {company} ended on {date} (UTC). You can no longer open the content with it.";
        licence_expired_ask = "To go on learning, ask your company's licence manager for a new licence. What you have done so far is kept.";
        licence_expired_button = "See my licences";

        licence_given_subject(company: &str) = "You have a licence from {company}";
        licence_given_user(company: &str) = "{company} has given you a user licence. You can sign in to the learning platform with it at once.";
        licence_given_content(company: &str) = "{company} has given you a content licence. You can open the content with it at once.";
        licence_given_until(date: &str) = "It ends on {date} (UTC).";

        inactive_subject(company: &str) = "Do you still use your licence from {company}?";
        inactive_line(company: &str, date: &str) = "{company} has reserved a licence of the learning platform for you. We have last seen you on {date} (UTC).";
        inactive_what_to_do = "Open your licences once and it stays yours for now. If you don't need it any more, there is nothing to do: your company may give it to somebody else. What you have learnt is kept.";

        lot_ended_subject(licences: &str, company: &str) = "{licences} of {company} expired";
        lot_ended_line(licences: &str, order: &str, date: &str) = "The {licences} of {order} ended on {date} (UTC).";
        lot_ended_held(count: i64) = "{count} learner who held one has none any more and has been told. You find who it is in the forecast, under Licences. | {count} learners who held one have none any more and have been told. You find who they are in the forecast, under Licences.";
        lot_ended_carried(count: i64) = "{count} learner moved on to other licences without a gap. | {count} learners moved on to other licences without a gap.";
        lot_ended_all_carried = "Nobody was left without one.";
        lot_ended_none_held = "Nobody held one.";
        lot_ended_renew = "You can request new licences at any time.";
        lot_ended_button = "Request licences";
    }
}

impl Letters {
    /// A calendar day in UTC in words: `14 March 2027`.
    #[must_use]
    pub fn day(&self, at: crate::Instant) -> String {
        let Some((year, month, day)) = at.calendar_day() else { return String::new() };
        let name = usize::try_from(month).ok().and_then(|month| self.months().split(' ').nth(month.saturating_sub(1)));
        self.date(&day.to_string(), name.unwrap_or_default(), &year.to_string())
    }

    /// A number of licences of a kind: `25 user licences`.
    #[must_use]
    pub fn licences(&self, kind: crate::Kind, count: i64) -> String {
        match kind {
            crate::Kind::User => self.kind_user(count),
            crate::Kind::Content => self.kind_content(count),
        }
    }
}
