//! What the sign-in page says, in German.

use crate::texts::entrance::{EntranceTexts, Key};
use crate::texts::translation;

translation! { EntranceTexts, GERMAN, German {
    sign_in_lead = "Wir senden Ihnen einen Link und einen Code. Ein Passwort brauchen Sie nicht.";
    send_link = "Link anfordern";
    check_your_mail = "Prüfen Sie Ihr Postfach";
    mailed_lead = "Wenn {email} hier bekannt ist, sind ein Link und ein Code unterwegs. Beide gelten zehn Minuten.";
    code = "Code aus der E-Mail";
    code_hint = "Acht Ziffern. Oder klicken Sie in diesem Browser auf die Schaltfläche in der E-Mail.";
    other_address = "Andere Adresse verwenden";
    by_link_lead = "Mit der Schaltfläche melden Sie sich bei Seatwise an.";
    ask_for_new_link = "Neuen Link anfordern";
    signed_out = "Sie wurden abgemeldet. Melden Sie sich an und machen Sie weiter.";
}}
