//! What letters are called, when they are sent, and the page on which a company chooses. Apart because few pages need it, in French.

use crate::texts::notices::{Key, NoticeTexts};
use crate::texts::translation;

translation! { NoticeTexts, FRENCH, French {
    which_letters = "Which letters go to whom";
    which_letters_text = "Invites and sign-in letters always go out, and your account manager always hears of your orders.";
    learners = "Learners";
    letter_to = "{letter}: {receiver}";
    single_managers = "Single managers";
    managers_left_out = "{count} manager left out | {count} managers left out";
    invite_reminders = "Reminders of invites";
    remind_first = "First reminder, in days after the invite";
    remind_second = "Second reminder, in days after the invite";
    never_if_empty = "Left empty: never.";
    few_licences = "When few licences are available";
    low_user = "Tell when fewer user licences are available than";
    low_content = "Tell when fewer content licences are available than";
    notices_saved = "Your notices are saved.";
    letter_sign_in = "Sign-in";
    letter_invite = "Invite";
    letter_invite_reminder = "Reminder of an invite";
    letter_order_received = "Order received";
    letter_order_waiting = "Order waiting";
    letter_order_cancelled = "Order cancelled";
    letter_licences_ready = "Licences ready";
    letter_part_assigned = "Part of an order ready";
    letter_order_declined = "Order declined";
    letter_lot_expiring = "Licences about to expire";
    letter_lot_ended = "Licences expired";
    letter_overdrawn = "Licences overdrawn";
    letter_low_balance = "Few licences available";
    letter_import_finished = "Import finished";
    letter_licence_expiring = "Own licence about to expire";
    letter_licence_expired = "Own licence expired";
    letter_licence_carried = "Own licence goes on";
    letter_licence_given = "Licence given";
    letter_inactive = "Not active for long";
    letter_staff_invited = "Invite to the desk";
    letter_handed_over = "Company handed over";
    when_invite_reminder = "When somebody hasn't accepted an invite, on the days set below.";
    when_licences_ready = "When an order is assigned and its licences are ready.";
    when_part_assigned = "When a part of an order is assigned and the rest stays open.";
    when_order_declined = "When your account manager declines an order, with the reason.";
    when_lot_expiring = "60, 30 and 7 days before licences expire.";
    when_lot_ended = "When licences have expired.";
    when_overdrawn = "When a directory sync gives out more licences than there are.";
    when_low_balance = "When fewer licences are available than the numbers set below.";
    when_import_finished = "When an import of users is over.";
    when_licence_expiring = "7 days before somebody's licence expires.";
    when_licence_expired = "When somebody's licence has expired.";
    when_licence_carried = "When somebody's licence goes on with another order.";
    when_licence_given = "When somebody who had joined before gets a licence.";
}}
