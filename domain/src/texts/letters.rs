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
        invite_subject_company(company: &str) = "You are invited to {company}";
        invite_learner_company(company: &str) = "{company} has reserved a licence of the learning platform for you.";
        invite_manager_company(company: &str) = "{company} invites you to manage its learning licences.";
        invite_learner_line(inviter: &str, company: &str) = "{inviter} of {company} has reserved a licence of the learning platform for you.";
        invite_manager_line(inviter: &str, company: &str) = "{inviter} invites you to manage the learning licences of {company}.";
        invite_button = "Accept the invite";
        invite_note(count: i64) = "The invite is yours alone; please don't forward it. It is open for {count} day. | The invite is yours alone; please don't forward it. It is open for {count} days.";

        invite_reminder_subject(company: &str) = "Your invite from {company} is still open";
        invite_reminder_learner_company(company: &str) = "{company} has reserved a licence of the learning platform for you. It is still yours to take.";
        invite_reminder_learner(inviter: &str, company: &str) = "{inviter} of {company} has reserved a licence of the learning platform for you. It is still yours to take.";
        invite_reminder_manager(inviter: &str, company: &str) = "{inviter} has invited you to manage the learning licences of {company}. The invite is still open.";
        invite_reminder_note(count: i64) = "The invite is yours alone; please don't forward it. It is open for {count} more day. | The invite is yours alone; please don't forward it. It is open for {count} more days.";

        order_received_subject(company: &str, licences: &str) = "{company} requests {licences}";
        order_received_line(person: &str, company: &str, order: &str, licences: &str) = "{person} of {company} requests {licences} ({order}).";
        order_received_group(group: &str) = "For the group {group}.";
        order_received_renews(date: &str) = "The order renews licences that end on {date} (UTC).";
        order_received_reference(reference: &str) = "Their reference: {reference}";
        order_received_message(message: &str) = "Their message: {message}";
        order_received_button = "Open the order";

        order_waiting_subject(company: &str, licences: &str) = "{company} still waits for {licences}";
        order_waiting_line(person: &str, company: &str, order: &str, licences: &str, date: &str) = "{person} of {company} requested {licences} on {date} (UTC). {order} still waits for you.";
        order_waiting_button = "Open the order";

        order_cancelled_subject(company: &str, licences: &str) = "{company} no longer needs {licences}";
        order_cancelled_line(person: &str, company: &str, order: &str, licences: &str) = "{person} of {company} has cancelled what was open of {order}: {licences}. There is nothing left for you to do.";
        order_cancelled_button = "Open the desk";

        licences_ready_subject(licences: &str, company: &str) = "{licences} ready for {company}";
        licences_ready_line(licences: &str, company: &str, order: &str) = "Your account manager has assigned {licences} to {company} ({order}).";
        licences_ready_term(from: &str, until: &str) = "They run from {from} until {until} (UTC).";
        licences_ready_group(group: &str) = "For the group {group}.";
        licences_ready_note(note: &str) = "Your account manager's note: {note}";
        licences_ready_button = "Open the order";

        part_assigned_subject(licences: &str, company: &str) = "Part of an order is ready: {licences} for {company}";
        part_assigned_open(count: i64) = "{count} more of this order is still open. You hear from us as soon as it is there. | {count} more of this order are still open. You hear from us as soon as they are there.";

        order_declined_subject(order: &str, company: &str) = "{order} of {company} was declined";
        order_declined_line(person: &str, company: &str, order: &str, licences: &str) = "{person} has declined {licences} that {company} requested with {order}.";
        order_declined_assigned(count: i64) = "The {count} licence that was assigned before stays yours. | The {count} licences that were assigned before stay yours.";
        order_declined_reason(reason: &str) = "The reason: {reason}";
        order_declined_button = "Open the order";

        lot_expiring_subject(count: i64, licences: &str, company: &str) = "{licences} of {company}: {count} day left | {licences} of {company}: {count} days left";
        lot_expiring_line(count: i64, licences: &str, company: &str, date: &str) = "{company} has {licences} until {date} (UTC): {count} day is left. | {company} has {licences} until {date} (UTC): {count} days are left.";
        lot_expiring_order(order: &str) = "From order {order}.";
        lot_expiring_held(count: i64) = "{count} person holds one of them. | {count} people hold one of them.";
        lot_expiring_none_held = "Nobody holds one of them at the moment.";
        lot_expiring_renew = "Renew in time, and whoever holds one goes on without a gap.";
        lot_expiring_renewal(order: &str) = "A renewal is under way ({order}).";
        lot_expiring_no_renewal = "No renewal has been requested yet.";
        lot_expiring_button = "Renew";
        lot_expiring_button_renewal = "Open the licences";

        overdrawn_subject(company: &str, licences: &str) = "{company} is short of {licences}";
        overdrawn_line(company: &str, licences: &str) = "Users were added to {company} when nothing was available, so {company} is short of {licences}.";
        overdrawn_managers = "Nobody loses anything by it. Licences that you request settle it by themselves.";
        overdrawn_staff = "Licences that you assign settle it by themselves.";

        low_balance_subject(company: &str, licences: &str) = "{company} has {licences} left";
        low_balance_line(company: &str, licences: &str, threshold: &str) = "{company} has {licences} left to give. You asked to be told when there are fewer than {threshold}.";

        request_button = "Request licences";
        company_button = "Open the company";

        import_finished_subject(file: &str, company: &str) = "{file} is imported into {company}";
        import_stopped_subject(file: &str, company: &str) = "The import of {file} into {company} was stopped";
        import_finished_line(file: &str, company: &str) = "The import of {file} into {company} is finished.";
        import_stopped_line(file: &str, company: &str) = "The import of {file} into {company} was stopped before its end. What was done until then stays.";
        import_added(count: i64) = "{count} user was added. | {count} users were added.";
        import_brought_back(count: i64) = "{count} user was brought back. | {count} users were brought back.";
        import_moved(count: i64) = "{count} user was moved to another group. | {count} users were moved to another group.";
        import_left_out(count: i64) = "{count} row was left out. | {count} rows were left out.";
        import_unreadable(count: i64) = "{count} row could not be read. | {count} rows could not be read.";
        import_button = "See the import";

        licence_expiring_subject(company: &str, date: &str) = "Your licence from {company} ends on {date}";
        licence_expiring_user(company: &str, date: &str) = "Your user licence from {company} ends on {date} (UTC). Until then you can sign in to the learning platform as before.";
        licence_expiring_content(company: &str, date: &str) = "Your content licence from {company} ends on {date} (UTC). Until then you can open the content as before.";
        licence_expiring_ask = "Would you like to go on learning? Ask your company's licence manager.";
        licence_expiring_ask_whom(managers: &str) = "Would you like to go on learning? Ask your company's licence manager: {managers}.";

        licence_carried_subject(company: &str) = "Your licence from {company} goes on";
        licence_carried_user(company: &str, date: &str) = "{company} has renewed your user licence. It now ends on {date} (UTC).";
        licence_carried_content(company: &str, date: &str) = "{company} has renewed your content licence. It now ends on {date} (UTC).";
        licence_carried_open_user(company: &str) = "{company} has renewed your user licence.";
        licence_carried_open_content(company: &str) = "{company} has renewed your content licence.";
        licence_carried_nothing_to_do = "There is nothing that you have to do.";

        staff_invited_subject(inviter: &str) = "{inviter} invites you to the account managers' desk";
        staff_invited_line(inviter: &str) = "{inviter} has made you an account manager in Seatwise: you see the orders of the companies that you look after, and assign their licences.";
        staff_invited_administrator(inviter: &str) = "{inviter} has made you an administrator in Seatwise: you look after companies, and after who works at the desk.";
        staff_invited_how = "There is no password. Enter this mail's address, and the link to sign in with comes by mail.";

        handed_over_subject(company: &str) = "{company} is now yours to look after";
        handed_over_line(person: &str, company: &str) = "{person} has handed {company} over to you. Its orders come to you from now on.";

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
        lot_ended_held(count: i64) = "{count} learner who held one has none any more. You find who it is in the forecast, under Licences. | {count} learners who held one have none any more. You find who they are in the forecast, under Licences.";
        lot_ended_carried(count: i64) = "{count} learner moved on to other licences without a gap. | {count} learners moved on to other licences without a gap.";
        lot_ended_all_carried = "Nobody was left without one.";
        lot_ended_none_held = "Nobody held one.";
        lot_ended_renew = "You can request new licences at any time.";
        lot_ended_button = "Request licences";

        failure_refused(status: &str) = "answer {status}";
        failure_refused_because(status: &str, why: &str) = "answer {status}, {why}";
        failure_unreachable = "it could not be reached";
        failure_no_answer = "no answer in time";
        failure_receiver_suppressed = "this address is on its list of addresses that letters came back from";
        failure_receiver_not_allowed = "it is not allowed to write to this address";
        failure_limit = "its limit is reached";
        failure_unreadable = "the letter could not be put into words";
        failure_no_address = "this is no address that mail can be sent to";
        failure_unsaid = "it does not say why";
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
