//! What the settings say. Apart because few pages need it.

use super::texts;

texts! {
    /// What the settings say.
    SettingsTexts {
        company = "Company";
        people = "People";
        look = "Look";
        usual(value: &str) = "Usual: {value}.";
        company_name = "Name";
        company_name_hint = "Learners see it on their pages and in their mails. Your account manager can change it.";
        times = "When things end";
        times_hint = "Licences and invites end at midnight UTC. Days are shown in the time zone of whoever looks.";
        try_it = "Try it";
        contact_for_learners = "Whom learners ask";
        contact_hint = "Learners find this contact in their invite and with their licences, and when a licence has ended.";
        contact_inviter = "Whoever invited them";
        contact_inviter_hint = "Or the first manager, where nobody in particular did. This is the usual choice.";
        contact_manager = "One of the managers";
        contact_manager_hint = "The same person for everybody.";
        contact_address = "A mailbox";
        contact_address_hint = "Say, that of your help desk.";
        which_manager = "Which manager";
        which_address = "E-mail address of the mailbox";
        letters_language = "Language of mails";
        letters_language_hint = "For people who haven't chosen a language themselves.";

        without_content(count: i64, available: &str) = "At least {count} person holds a user licence and no content licence. That stays as it is; whoever is added from now on gets both. Content licences available: {available}. | At least {count} people hold a user licence and no content licence. That stays as it is; whoever is added from now on gets both. Content licences available: {available}.";
        all_have_content(available: &str) = "Nobody lacks a content licence as far as the totals tell. Whoever is added from now on gets both. Content licences available: {available}.";
        no_more_content = "Whoever has a content licence keeps it. New users get a user licence only.";
        would_be_inactive(count: i64) = "{count} user would count as inactive today. | {count} users would count as inactive today.";
        elsewhere = "Set elsewhere";
        groups_text = "Groups, and the days on which their licences end";
        sync_text = "Directory sync: tokens, who gets licences, dry run";

        open_keep_dates(count: i64) = "{count} open invite keeps its date. The change counts for invites that are sent from now on. | {count} open invites keep their dates. The change counts for invites that are sent from now on.";
        none_open = "No invite is open. The change counts for invites that are sent from now on.";
        reminders = "Reminders";
        reminders_twice(first: i64, second: i64) = "Whoever hasn't accepted is reminded after {first} day and again after {second}. | Whoever hasn't accepted is reminded after {first} days and again after {second}.";
        reminders_once(days: i64) = "Whoever hasn't accepted is reminded after {days} day. | Whoever hasn't accepted is reminded after {days} days.";
        reminders_never = "Nobody is reminded of an invite.";
        change_reminders = "Change the reminders";

        saved_nothing = "Nothing was different.";
        saved_change(what: &str, before: &str, after: &str) = "Saved. {what}: {before} → {after}";
        saved_changes(count: i64, what: &str) = "Saved: {what} | {count} settings saved: {what}";
        on = "on";
        off = "off";
        nothing = "none";
        leave_unsaved = "You have changed settings and not saved them. Leave all the same?";
        unsaved = "Not saved yet";
        discard = "Discard";
        saved_meanwhile = "Somebody else has saved meanwhile";
        both_kept = "They changed other settings, which stand here now. Yours are still here as well: save again.";
        differs = "Nothing is lost: yours stand in the form. Save again to keep them, or take theirs.";
        theirs_and_yours(what: &str, theirs: &str, yours: &str) = "{what}: theirs is {theirs}, yours is {yours}.";
        take_theirs = "Take theirs";
        take_theirs_of(what: &str) = "Take theirs: {what}";

        who_manages = "Who manages your licences";
        who_manages_text = "Managers see every user, request licences and hand them out. They need no licence themselves.";
        add_manager = "Add a manager";
        add_manager_lead = "Somebody who is a user already manages at once, and keeps what they have. Somebody new gets an invite by mail.";
        manager_added(person: &str) = "{person} manages your licences now.";
        manager_invited(person: &str) = "The invite for {person} is on its way.";
        you = "You";
        invited = "Invited";
        no_longer_manager = "No longer a manager";
        dismiss_of(person: &str) = "No longer a manager: {person}";
        dismiss_lead(person: &str) = "{person} stays a user and keeps every licence, but no longer sees or changes anything for others. It counts at once.";
        dismiss_invited_lead(person: &str) = "{person} has not accepted yet. The link in the mail stops working.";
        dismiss_self_lead = "This is you. You will be led out of these pages at once, and only another manager can let you in again.";
        dismissed(person: &str) = "{person} no longer manages your licences.";
        only_manager = "You are the only one who can. Add another manager before you go.";

        look_text = "Learners see your logo and colour on their pages and in their mails. Your own pages stay as they are.";
        logo = "Logo";
        logo_hint = "PNG, JPEG or WebP, at most 64 kB and 1,024 pixels wide and high. It stands 40 pixels high, on white and on black.";
        choose_logo = "Choose a logo";
        other_logo = "Choose another one";
        remove_logo = "Remove the logo";
        logo_kept = "The logo is saved.";
        logo_removed = "The logo is removed.";
        no_logo = "No logo: the first letter of your name stands in its place.";
        logo_of(company: &str) = "The logo of {company}";
        colour = "Colour";
        colour_hint = "As # and six digits, such as #1f4fd1. Left empty: the colours of Seatwise.";
        pick_colour = "Pick a colour";
        in_light = "In light";
        in_dark = "In dark";
        sample_link = "A link";
        sample_button = "A button";
        fits = "Can be read as it is.";
        too_pale = "Too pale for text on white, so we use a darker tone there.";
        too_dark = "Too dark for text on black, so we use a lighter tone there.";
        button_too_pale = "Too pale for buttons on white as well.";
        button_too_dark = "Too dark for buttons on black as well.";
        look_saved = "The colour is saved.";
    }
}
