//! What letters are called, when they are sent, and the page on which a company chooses. Apart because few pages need it, in French.

use crate::texts::notices::{Key, NoticeTexts};
use crate::texts::translation;

translation! { NoticeTexts, FRENCH, French {
    which_letters = "Quels e-mails vont à qui";
    which_letters_text = "Les invitations et les e-mails de connexion partent toujours, et votre chargé de compte est toujours informé de vos commandes.";
    learners = "Apprenants";
    letter_to = "{letter} : {receiver}";
    single_managers = "Certains gestionnaires";
    managers_left_out = "{count} gestionnaire exclu | {count} gestionnaires exclus";
    invite_reminders = "Rappels d’invitation";
    remind_first = "Premier rappel, en jours après l’invitation";
    remind_second = "Deuxième rappel, en jours après l’invitation";
    never_if_empty = "Laissé vide : jamais.";
    few_licences = "Quand il reste peu de licences";
    low_user = "Prévenir quand il reste moins de licences utilisateur que";
    low_content = "Prévenir quand il reste moins de licences de contenu que";
    notices_saved = "Vos notifications sont enregistrées.";
    letter_sign_in = "Connexion";
    letter_invite = "Invitation";
    letter_invite_reminder = "Rappel d’invitation";
    letter_order_received = "Commande reçue";
    letter_order_waiting = "Commande en attente";
    letter_order_cancelled = "Commande annulée";
    letter_licences_ready = "Licences prêtes";
    letter_part_assigned = "Partie d’une commande prête";
    letter_order_declined = "Commande refusée";
    letter_lot_expiring = "Licences bientôt expirées";
    letter_lot_ended = "Licences expirées";
    letter_overdrawn = "Licences à découvert";
    letter_low_balance = "Peu de licences disponibles";
    letter_import_finished = "Import terminé";
    letter_licence_expiring = "Propre licence bientôt expirée";
    letter_licence_expired = "Propre licence expirée";
    letter_licence_carried = "Propre licence prolongée";
    letter_licence_given = "Licence attribuée";
    letter_inactive = "Inactif depuis longtemps";
    letter_staff_invited = "Invitation au bureau";
    letter_handed_over = "Entreprise transmise";
    when_invite_reminder = "Quand quelqu’un n’a pas accepté une invitation, aux jours indiqués ci-dessous.";
    when_licences_ready = "Quand une commande est attribuée et que ses licences sont prêtes.";
    when_part_assigned = "Quand une partie d’une commande est attribuée et que le reste demeure ouvert.";
    when_order_declined = "Quand votre chargé de compte refuse une commande, avec le motif.";
    when_lot_expiring = "60, 30 et 7 jours avant l’expiration de licences.";
    when_lot_ended = "Quand des licences ont expiré.";
    when_overdrawn = "Quand une synchronisation de l’annuaire attribue plus de licences qu’il n’y en a.";
    when_low_balance = "Quand il reste moins de licences que les nombres indiqués ci-dessous.";
    when_import_finished = "Quand un import d’utilisateurs est terminé.";
    when_licence_expiring = "7 jours avant l’expiration de la licence d’une personne.";
    when_licence_expired = "Quand la licence d’une personne a expiré.";
    when_licence_carried = "Quand la licence d’une personne continue avec une autre commande.";
    when_licence_given = "Quand une personne déjà présente reçoit une licence.";
}}
