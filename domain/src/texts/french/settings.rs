//! What the settings say. Apart because few pages need it, in French.

use crate::texts::settings::{Key, SettingsTexts};
use crate::texts::translation;

translation! { SettingsTexts, FRENCH, French {
    company = "Entreprise";
    people = "Personnes";
    look = "Apparence";
    usual = "Habituel : {value}.";
    company_name = "Nom";
    company_name_hint = "Les apprenants le voient sur leurs pages et dans leurs e-mails. Votre chargé de compte peut le modifier.";
    times = "Quand les choses prennent fin";
    times_hint = "Les licences et les invitations prennent fin à minuit UTC. Les jours s’affichent dans le fuseau horaire de la personne qui les consulte.";
    try_it = "Essayer";
    contact_for_learners = "À qui les apprenants s’adressent";
    contact_hint = "Les apprenants trouvent ce contact dans leur invitation, avec leurs licences et lorsqu’une licence a pris fin.";
    contact_inviter = "La personne qui les a invités";
    contact_inviter_hint = "Ou le premier gestionnaire, si personne en particulier ne l’a fait. C’est le choix habituel.";
    contact_manager = "L’un des gestionnaires";
    contact_manager_hint = "La même personne pour tout le monde.";
    contact_address = "Une boîte aux lettres";
    contact_address_hint = "Par exemple celle de votre assistance.";
    which_manager = "Quel gestionnaire";
    which_address = "Adresse e-mail de la boîte";
    letters_language = "Langue des e-mails";
    letters_language_hint = "Pour les personnes qui n’ont pas choisi de langue elles-mêmes.";

    without_content = "Au moins {count} personne a une licence utilisateur sans licence de contenu. Rien ne change pour elle ; les personnes ajoutées désormais reçoivent les deux. Licences de contenu disponibles : {available}. | Au moins {count} personnes ont une licence utilisateur sans licence de contenu. Rien ne change pour elles ; les personnes ajoutées désormais reçoivent les deux. Licences de contenu disponibles : {available}.";
    all_have_content = "D’après les totaux, il ne manque de licence de contenu à personne. Les personnes ajoutées désormais reçoivent les deux. Licences de contenu disponibles : {available}.";
    no_more_content = "Qui a une licence de contenu la garde. Les nouveaux ne reçoivent qu’une licence utilisateur.";
    would_be_inactive = "{count} utilisateur serait considéré comme inactif aujourd’hui. | {count} utilisateurs seraient considérés comme inactifs aujourd’hui.";
    elsewhere = "À régler ailleurs";
    groups_text = "Les groupes, et les jours où leurs licences prennent fin";
    sync_text = "Synchronisation d’annuaire : jetons, qui reçoit des licences, essai à blanc";

    open_keep_dates = "{count} invitation ouverte garde sa date. Le changement vaut pour celles envoyées désormais. | {count} invitations ouvertes gardent leur date. Le changement vaut pour celles envoyées désormais.";
    none_open = "Aucune invitation n’est ouverte. Le changement vaut pour celles envoyées désormais.";
    reminders = "Rappels";
    reminders_twice = "Qui n’a pas accepté reçoit un rappel après {first} jour, puis un autre après {second}. | Qui n’a pas accepté reçoit un rappel après {first} jours, puis un autre après {second}.";
    reminders_once = "Qui n’a pas accepté reçoit un rappel après {days} jour. | Qui n’a pas accepté reçoit un rappel après {days} jours.";
    reminders_never = "Aucun rappel n’est envoyé pour les invitations.";
    change_reminders = "Modifier les rappels";

    saved_nothing = "Rien n’avait changé.";
    saved_change = "Enregistré. {what} : {before} → {after}";
    saved_changes = "Enregistré : {what} | {count} réglages enregistrés : {what}";
    on = "oui";
    off = "non";
    nothing = "rien";
    leave_unsaved = "Des réglages modifiés ne sont pas enregistrés. Quitter quand même ?";
    unsaved = "Pas encore enregistré";
    discard = "Abandonner";
    saved_meanwhile = "Quelqu’un d’autre a enregistré entre-temps";
    both_kept = "D’autres réglages ont été modifiés et figurent maintenant ici. Les vôtres y sont toujours : enregistrez de nouveau.";
    differs = "Rien n’est perdu : vos valeurs sont dans le formulaire. Enregistrez de nouveau pour les garder, ou reprenez les autres.";
    theirs_and_yours = "{what} : la valeur enregistrée est {theirs}, la vôtre est {yours}.";
    take_theirs = "Reprendre l’autre";
    take_theirs_of = "Reprendre l’autre : {what}";

    who_manages = "Qui gère vos licences";
    who_manages_text = "Les gestionnaires voient tous les utilisateurs, demandent des licences et les attribuent. Ils n’ont pas besoin de licence eux-mêmes.";
    add_manager = "Ajouter un gestionnaire";
    add_manager_lead = "Une personne déjà présente gère aussitôt et garde ce qu’elle a. Une nouvelle personne reçoit une invitation par e-mail.";
    manager_added = "{person} gère maintenant vos licences.";
    manager_invited = "L’invitation de {person} est en route.";
    you = "Vous";
    invited = "Invitation envoyée";
    no_longer_manager = "Retirer la gestion";
    dismiss_of = "Retirer la gestion : {person}";
    dismiss_lead = "{person} reste dans l’entreprise et garde toutes ses licences, mais ne voit et ne modifie plus rien pour les autres. Effet immédiat.";
    dismiss_invited_lead = "{person} n’a pas encore accepté. Le lien de l’e-mail cessera de fonctionner.";
    dismiss_self_lead = "Il s’agit de vous. Vous quitterez ces pages aussitôt, et seul un autre gestionnaire pourra vous y laisser revenir.";
    dismissed = "{person} ne gère plus vos licences.";
    only_manager = "Vous êtes la seule personne à pouvoir le faire. Ajoutez un autre gestionnaire avant de partir.";

    look_text = "Les apprenants voient votre logo et votre couleur sur leurs pages et dans leurs e-mails. Vos propres pages restent telles quelles.";
    logo = "Logo";
    logo_hint = "PNG, JPEG ou WebP, 64 ko et 1 024 pixels de large et de haut au plus. Il s’affiche sur 40 pixels de haut, sur blanc et sur noir.";
    choose_logo = "Choisir un logo";
    other_logo = "En choisir un autre";
    remove_logo = "Supprimer le logo";
    logo_kept = "Le logo est enregistré.";
    logo_removed = "Le logo est supprimé.";
    no_logo = "Pas de logo : la première lettre de votre nom le remplace.";
    logo_of = "Le logo de {company}";
    colour = "Couleur";
    colour_hint = "Un # suivi de six chiffres, comme #1f4fd1. Vide : les couleurs de Seatwise.";
    pick_colour = "Choisir une couleur";
    in_light = "En clair";
    in_dark = "En sombre";
    sample_link = "Un lien";
    sample_button = "Un bouton";
    fits = "Lisible telle quelle.";
    too_pale = "Trop pâle pour du texte sur blanc : nous y prenons un ton plus foncé.";
    too_dark = "Trop sombre pour du texte sur noir : nous y prenons un ton plus clair.";
    button_too_pale = "Trop pâle aussi pour les boutons sur blanc.";
    button_too_dark = "Trop sombre aussi pour les boutons sur noir.";
    look_saved = "La couleur est enregistrée.";
}}
