//! What newcomers and learners read, in the look of their company. Apart because they load nothing else.

use super::texts;

texts! {
    /// What the pages of newcomers and learners say.
    LookTexts {
        invite_from(company: &str) = "Your invite from {company}";
        hello = "Hello,";
        hello_name(name: &str) = "Hello {name},";
        invites_to_learn(person: &str) = "{person} has reserved a licence of the learning platform for you.";
        invites_to_manage(person: &str) = "{person} invites you to manage the company's learning licences.";
        reserved_until = "until";
        what_happens = "What happens then";
        happens_at_once = "Your licence is in use at once.";
        happens_managing = "You see the company's licences and can hand them out.";
        happens_signed_in = "You are signed in here. You need no password: we mail you a code whenever you come back.";
        happens_platform = "You go on to the learning platform.";
        accept_invite = "Accept the invite";
        invite_for(email: &str) = "This invite is for {email}.";
        open_until = "It is open until";
        open_for(count: i64) = "({count} more day) | ({count} more days)";
        open_today = "(today)";
        questions = "Questions?";
        unknown_title = "This invite link doesn't work";
        unknown = "It may be incomplete, or a newer one has replaced it. Look for the newest invite in your mail and open it from there, or ask whoever invited you.";
        accepted_title = "You have accepted this invite already";
        accepted = "Sign in with your e-mail address to see your licences. If it wasn't you who accepted, say so.";
        lapsed_title = "This invite has ended";
        lapsed = "It was open until";
        lapsed_then = "The licence went back, and can be reserved for you again. Ask for a new invite; it takes a minute.";
        withdrawn_title = "This invite was withdrawn";
        withdrawn = "The licence isn't reserved for you any more. If that surprises you, ask.";
        over_title = "The licence of this invite has ended";
        over = "Its term was over before you came. Ask for a new one.";
        suspended_title = "You are listed as inactive";
        suspended = "The company's directory says that you are not active, so nothing can be accepted at the moment. Ask to be made active; then this invite works.";

        back_to_managing = "Back to managing";
        staff_hold_none = "You work at the desk and hold no licences yourself.";
        you_are_in = "You're in";
        welcome(name: &str) = "Welcome, {name}. This is what you have from now on.";
        go_to_platform = "Go to the learning platform";
        no_address_yet = "Your company will tell you where to learn. The way there appears here as well, as soon as it is known.";
        user_opens = "Lets you sign in to the learning platform.";
        content_opens = "Opens the content of the learning platform.";
        user_reserved = "Reserved for you. Accept the invite in your mail, and you can start.";
        days_left(count: i64) = "{count} day left | {count} days left";
        ends_today = "Ends today";
        renewed(person: &str) = "Renewed by {person}. It goes on by itself on";
        renewal_requested(person: &str) = "{person} has asked for a renewal. If it comes in time, your licence goes on by itself.";
        user_ended = "You can no longer sign in to the learning platform. It ended on";
        content_ended = "You can no longer open content. It ended on";
        user_taken_back = "You can no longer sign in to the learning platform. It was taken back on";
        content_taken_back = "You can no longer open content. It was taken back on";
        kept = "What you have learnt so far is kept.";
        every_user_taken = "Every user licence is taken at the moment.";
        every_content_taken = "Every content licence is taken at the moment.";
        you_are_next = "You are next.";
        ahead(count: i64) = "{count} person comes before you. | {count} people come before you.";
        then_by_itself = "As soon as one is free you get it by itself, and a mail that says so. There is nothing to do until then.";
        waiting_since = "In line since";
        no_licence_yet = "No licence yet";
        no_licence_yet_text = "You have an account, and no licence so far. Ask for one.";
        ask_for_one = "Ask for a new one";
        whom_to_ask = "Whom to ask";
        ask_about(company: &str) = "My licence at {company}";
        also_at = "You are also here";
    }
}
