//! What the sign-in page says. Apart because nobody else needs it.

use super::texts;

texts! {
    /// What the sign-in page says.
    EntranceTexts {
        sign_in_lead = "We send you a link and a code. There is no password.";
        send_link = "Send me a link";
        check_your_mail = "Check your e-mail";
        mailed_lead(email: &str) = "If {email} is known here, a link and a code are on their way. They work for ten minutes.";
        code = "Code from the mail";
        code_hint = "Eight digits. Or press the button in the mail, in this browser.";
        other_address = "Use another address";
        by_link_lead = "Press the button to sign in to Seatwise.";
        ask_for_new_link = "Ask for a new link";
        signed_out = "You were signed out. Sign in and go on.";
    }
}
