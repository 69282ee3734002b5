//! The words of problem documents.

use super::texts;

texts! {
    /// What went wrong, and what to do about it.
    Problems {
        malformed_body_title = "The request can't be read";
        malformed_body = "The request isn't JSON of the expected shape. Nothing was changed.";
        body_too_large_title = "The request is too large";
        body_too_large = "The request is larger than this address takes. Nothing was changed.";
        not_json_title = "The request must be JSON";
        not_json = "Send the request with the content type application/json. Nothing was changed.";
        field_title = "A value needs another look";
        not_signed_in_title = "Please sign in";
        not_signed_in = "You aren't signed in, or your session has ended.";
        not_allowed_title = "This isn't open to you";
        not_allowed = "Your role doesn't include this. A company manager or your account manager can help.";
        not_found_title = "Not found";
        not_found = "There is nothing at this address.";
        method_not_allowed_title = "This address works differently";
        method_not_allowed = "The address exists, but not for this method.";
        cross_site_title = "The request comes from another site";
        cross_site = "Changes are taken from Seatwise's own pages only. Nothing was changed.";
        not_enough_licences_title = "Not enough licences";
        short_of_user_licences(short: i64, asked: i64, available: i64) = "Needed: {asked} user licence. Available: {available}. You are {short} short; request more, or take one back from somebody. | Needed: {asked} user licences. Available: {available}. You are {short} short; request more, or take some back.";
        short_of_content_licences(short: i64, asked: i64, available: i64) = "Needed: {asked} content licence. Available: {available}. You are {short} short. | Needed: {asked} content licences. Available: {available}. You are {short} short.";
        short_of_content_by_setting(short: i64, asked: i64, available: i64) = "Every new user also gets a content licence. Needed: {asked}. Available: {available}. You are {short} short; request content licences, or change that setting. | Every new user also gets a content licence. Needed: {asked}. Available: {available}. You are {short} short; request content licences, or change that setting.";
        already_member_title = "Already here";
        already_member = "Somebody with this e-mail address is a user already.";
        set_aside_for_groups(count: i64) = "{count} more is set aside for a group. | {count} more are set aside for groups.";
        was_removed_title = "Was here before";
        was_removed = "Somebody with this e-mail address was removed. Bring them back: their history goes on, and they get a licence anew.";
        holds_already_title = "Holds a licence already";
        holds_already = "This person holds a licence. Choose somebody without one.";
        nothing_held_title = "There is nothing to give on";
        nothing_held = "This person holds no licence any more. Nothing was changed.";
        own_account_title = "You can't remove yourself";
        own_account = "Ask another manager of your company, or your account manager.";
        group_exists_title = "This group exists";
        group_exists = "Your company has a group of this name.";
        too_many_groups_title = "Too many groups";
        too_many_groups = "A company can have 200 groups. Nothing was changed.";
        order_not_open_title = "This order is settled";
        order_not_open = "The order was assigned, declined or cancelled meanwhile. Nothing was changed.";
        invite_unknown_title = "This invite link doesn't work";
        invite_unknown = "The link may be incomplete, or a newer one has replaced it. Look for the newest invite in your mail, or ask the person who invited you.";
        invite_accepted_title = "You have accepted this invite already";
        invite_accepted = "Sign in with your e-mail address to see your licences.";
        invite_ended_title = "This invite has ended";
        invite_ended = "It was withdrawn, it has lapsed, or its licence is over. Ask the person who invited you for a new one.";
        sign_in_ended_title = "This sign-in has ended";
        sign_in_ended = "The link or code was used, is older than ten minutes, or a newer one has replaced it. Ask for a new one.";
        wrong_code_title = "That isn't the code";
        wrong_code(count: i64) = "Compare it with the newest mail. One try is left ({count}). | Compare it with the newest mail. {count} tries are left.";
        other_browser_title = "Another browser asked for this link";
        other_browser = "For your safety the link works only in the browser that asked for it. Go back to that one and type the code from the mail, or ask for a new link here.";
        too_many_requests_title = "Too many sign-in mails";
        too_many_requests(minutes: i64) = "Use the newest mail, or try again in {minutes} minute. | Use the newest mail, or try again in {minutes} minutes.";
        idempotency_title = "The idempotency key can't be used";
        idempotency_key_reused = "This key was sent before with another request. Use a new key for a new request.";
        idempotency_key_malformed = "A key has 1 to 100 visible ASCII characters.";
        internal_title = "Something went wrong on our side";
        internal = "Nothing was changed. Please try again; if it stays, tell your account manager.";
        address_empty = "Enter an e-mail address.";
        address_too_long = "Not an e-mail address: it is too long.";
        address_no_at = "Not an e-mail address: the @ sign is missing.";
        address_many_ats = "Not an e-mail address: more than one @ sign.";
        address_no_local_part = "Not an e-mail address: nothing stands before the @ sign.";
        address_bad_domain = "Not an e-mail address: what follows the @ sign isn't a domain name such as example.com.";
        address_bad_character = "Not an e-mail address: it has a space or another character that addresses don't have.";
        text_empty = "Fill this in.";
        text_too_long(most: i64) = "Use at most {most} character. | Use at most {most} characters.";
        text_bad_character = "Use one line, without hidden characters.";
        text_not_a_web_address = "Enter a web address that starts with https://.";
        number_out_of_range(least: i64, most: i64) = "Enter a whole number from {least} to {most}. | Enter a whole number from {least} to {most}.";
        date_unreadable = "Enter a date, as year, month and day.";
        date_not_to_come = "Choose a day after today. To end a licence now, take it back.";
        date_not_past = "Choose today or a day before.";
        no_role = "Choose at least one role.";
    }
}
