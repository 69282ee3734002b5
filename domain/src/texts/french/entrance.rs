//! What the sign-in page says, in French.

use crate::texts::entrance::{EntranceTexts, Key};
use crate::texts::translation;

translation! { EntranceTexts, FRENCH, French {
    sign_in_lead = "Nous vous envoyons un lien et un code. Il n’y a pas de mot de passe.";
    send_link = "Recevoir un lien";
    check_your_mail = "Consultez vos e-mails";
    mailed_lead = "Si l’adresse {email} est connue ici, un lien et un code sont en route. Ils sont valables dix minutes.";
    code = "Code reçu par e-mail";
    code_hint = "Huit chiffres. Ou utilisez le bouton de l’e-mail, dans ce navigateur.";
    other_address = "Utiliser une autre adresse";
    by_link_lead = "Utilisez le bouton pour vous connecter à Seatwise.";
    ask_for_new_link = "Demander un nouveau lien";
    signed_out = "Vous avez été déconnecté. Connectez-vous et continuez.";
}}
