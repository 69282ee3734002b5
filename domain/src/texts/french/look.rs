//! What newcomers and learners read, in the look of their company. Apart because they load nothing else, in French.

use crate::texts::look::{Key, LookTexts};
use crate::texts::translation;

translation! { LookTexts, FRENCH, French {
    invite_from = "Votre invitation de {company}";
    hello = "Bonjour,";
    hello_name = "Bonjour {name},";
    invites_to_learn = "{person} vous a réservé une licence de la plateforme de formation.";
    invites_to_manage = "{person} vous invite à gérer les licences de formation de l’entreprise.";
    reserved_until = "jusqu’au";
    what_happens = "Ce qui se passe ensuite";
    happens_at_once = "Votre licence est utilisée aussitôt.";
    happens_managing = "Vous voyez les licences de l’entreprise et pouvez les attribuer.";
    happens_signed_in = "Vous êtes connecté ici, sans mot de passe : à chaque retour, nous vous envoyons un code par e-mail.";
    happens_platform = "Vous continuez sur la plateforme de formation.";
    accept_invite = "Accepter l’invitation";
    invite_for = "Cette invitation est pour {email}.";
    open_until = "Elle est ouverte jusqu’au";
    open_for = "(encore {count} jour) | (encore {count} jours)";
    open_today = "(aujourd’hui)";
    questions = "Des questions ?";
    unknown_title = "Ce lien d’invitation ne fonctionne pas";
    unknown = "Il est peut-être incomplet, ou un lien plus récent l’a remplacé. Cherchez la dernière invitation dans vos e-mails et ouvrez-la, ou demandez à la personne qui vous a invité.";
    accepted_title = "Vous avez déjà accepté cette invitation";
    accepted = "Connectez-vous avec votre adresse e-mail pour voir vos licences. Si ce n’est pas vous qui avez accepté, signalez-le.";
    lapsed_title = "Cette invitation a pris fin";
    lapsed = "Elle était ouverte jusqu’au";
    lapsed_then = "La licence a été libérée et peut à nouveau vous être réservée. Demandez une nouvelle invitation : cela prend une minute.";
    withdrawn_title = "Cette invitation a été retirée";
    withdrawn = "La licence ne vous est plus réservée. Si cela vous surprend, posez la question.";
    over_title = "La licence de cette invitation a expiré";
    over = "Elle était arrivée à son terme avant votre venue. Demandez-en une nouvelle.";
    suspended_title = "Vous figurez comme inactif";
    suspended = "D’après l’annuaire de l’entreprise, vous n’êtes pas actif ; rien ne peut être accepté pour le moment. Demandez à être activé : cette invitation fonctionnera alors.";

    back_to_managing = "Retour à la gestion";
    staff_hold_none = "Vous travaillez à la gestion des comptes et n’avez pas de licence vous-même.";
    you_are_in = "C’est fait";
    welcome = "Bienvenue, {name}. Voici ce que vous avez désormais.";
    go_to_platform = "Aller à la plateforme de formation";
    no_address_yet = "Votre entreprise vous dira où vous former. Le chemin s’affichera aussi ici dès qu’il sera connu.";
    user_opens = "Vous permet de vous connecter à la plateforme de formation.";
    content_opens = "Ouvre les contenus de la plateforme de formation.";
    user_reserved = "Réservée pour vous. Acceptez l’invitation reçue par e-mail et vous pourrez commencer.";
    days_left = "Encore {count} jour | Encore {count} jours";
    ends_today = "Se termine aujourd’hui";
    renewed = "Renouvelée par {person}. Elle se poursuit d’elle-même le";
    renewal_requested = "{person} a demandé un renouvellement. S’il arrive à temps, votre licence se poursuit d’elle-même.";
    user_ended = "Vous ne pouvez plus vous connecter à la plateforme de formation. Votre licence a pris fin le";
    content_ended = "Vous ne pouvez plus ouvrir les contenus. Votre licence a pris fin le";
    user_taken_back = "Vous ne pouvez plus vous connecter à la plateforme de formation. Votre licence a été reprise le";
    content_taken_back = "Vous ne pouvez plus ouvrir les contenus. Votre licence a été reprise le";
    kept = "Ce que vous avez appris jusqu’ici est conservé.";
    every_user_taken = "Toutes les licences utilisateur sont prises pour le moment.";
    every_content_taken = "Toutes les licences de contenu sont prises pour le moment.";
    you_are_next = "Vous êtes la prochaine personne.";
    ahead = "{count} personne passe avant vous. | {count} personnes passent avant vous.";
    then_by_itself = "Dès qu’une licence se libère, vous la recevez automatiquement, avec un e-mail. D’ici là, vous n’avez rien à faire.";
    waiting_since = "En attente depuis le";
    no_licence_yet = "Pas encore de licence";
    no_licence_yet_text = "Vous avez un compte, mais pas encore de licence. Demandez-en une.";
    ask_for_one = "En demander une nouvelle";
    whom_to_ask = "À qui demander";
    ask_about = "Ma licence chez {company}";
    also_at = "Vous êtes aussi ici";
}}
