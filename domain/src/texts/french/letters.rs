//! The words of letters, in French.

use crate::texts::letters::{Key, Letters};
use crate::texts::translation;

translation! { Letters, FRENCH, French {
    greeting = "Bonjour {name},";
    greeting_without_name = "Bonjour,";
    footer = "Cet e-mail a été envoyé par Seatwise, où les organisations gèrent les licences de leur plateforme de formation.";
    link_hint = "Si le bouton ne fonctionne pas, copiez cette adresse dans votre navigateur :";
    months = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre";
    date = "{day} {month} {year}";
    kind_user = "{count} licence utilisateur | {count} licences utilisateur";
    kind_content = "{count} licence de contenu | {count} licences de contenu";

    sign_in_subject = "{code} est votre code de connexion";
    sign_in_line = "Appuyez sur le bouton dans le navigateur où vous avez demandé à vous connecter.";
    sign_in_code = "Dans un autre navigateur, ou si le bouton ne fonctionne pas, saisissez ce code là où vous l’avez demandé : {code}";
    sign_in_button = "Se connecter";
    sign_in_note = "Le lien et le code servent une fois, pendant dix minutes. Si vous n’avez pas demandé à vous connecter, vous pouvez ignorer cet e-mail ; personne n’entre sans lui.";

    invite_subject = "{inviter} vous invite chez {company}";
    invite_subject_company = "Votre invitation de {company}";
    invite_learner_company = "{company} vous a réservé une licence de la plateforme de formation.";
    invite_manager_company = "{company} vous invite à gérer ses licences de formation.";
    invite_learner_line = "{inviter}, de {company}, vous a réservé une licence de la plateforme de formation.";
    invite_manager_line = "{inviter} vous invite à gérer les licences de formation de {company}.";
    invite_button = "Accepter l’invitation";
    invite_note = "L’invitation vous est personnelle ; ne la transférez pas. Elle est ouverte pendant {count} jour. | L’invitation vous est personnelle ; ne la transférez pas. Elle est ouverte pendant {count} jours.";

    invite_reminder_subject = "Votre invitation de {company} est toujours ouverte";
    invite_reminder_learner_company = "{company} vous a réservé une licence de la plateforme de formation. Elle vous attend toujours.";
    invite_reminder_learner = "{inviter}, de {company}, vous a réservé une licence de la plateforme de formation. Elle vous attend toujours.";
    invite_reminder_manager = "{inviter} vous a invité à gérer les licences de formation de {company}. L’invitation est toujours ouverte.";
    invite_reminder_note = "L’invitation vous est personnelle ; ne la transférez pas. Elle est encore ouverte {count} jour. | L’invitation vous est personnelle ; ne la transférez pas. Elle est encore ouverte {count} jours.";

    order_received_subject = "{company} demande {licences}";
    order_received_line = "{person}, de {company}, demande {licences} ({order}).";
    order_received_group = "Pour le groupe {group}.";
    order_received_renews = "La commande renouvelle des licences qui prennent fin le {date} (UTC).";
    order_received_reference = "Leur référence : {reference}";
    order_received_message = "Leur message : {message}";
    order_received_button = "Ouvrir la commande";

    order_waiting_subject = "{company} attend toujours {licences}";
    order_waiting_line = "{person}, de {company}, a demandé {licences} le {date} (UTC). La commande {order} vous attend toujours.";
    order_waiting_button = "Ouvrir la commande";

    order_cancelled_subject = "{company} n’a plus besoin de {licences}";
    order_cancelled_line = "{person}, de {company}, a annulé ce qui restait ouvert de la commande {order} : {licences}. Vous n’avez plus rien à faire.";
    order_cancelled_button = "Ouvrir le bureau";

    licences_ready_subject = "{licences} : c’est prêt pour {company}";
    licences_ready_line = "Votre chargé de compte a attribué {licences} à {company} ({order}).";
    licences_ready_term = "Période : du {from} au {until} (UTC).";
    licences_ready_group = "Pour le groupe {group}.";
    licences_ready_note = "Note de votre chargé de compte : {note}";
    licences_ready_button = "Ouvrir la commande";

    part_assigned_subject = "Une partie d’une commande est prête : {licences} pour {company}";
    part_assigned_open = "{count} licence de cette commande reste ouverte. Nous vous prévenons dès qu’elle est là. | {count} licences de cette commande restent ouvertes. Nous vous prévenons dès qu’elles sont là.";

    order_declined_subject = "La commande {order} de {company} a été refusée";
    order_declined_line = "{person} a refusé {licences} que {company} avait demandées avec la commande {order}.";
    order_declined_assigned = "La licence attribuée auparavant ({count}) reste à vous. | Les {count} licences attribuées auparavant restent à vous.";
    order_declined_reason = "Le motif : {reason}";
    order_declined_button = "Ouvrir la commande";

    lot_expiring_subject = "{licences} de {company} : encore {count} jour | {licences} de {company} : encore {count} jours";
    lot_expiring_line = "{company} dispose de {licences} jusqu’au {date} (UTC) : il reste {count} jour. | {company} dispose de {licences} jusqu’au {date} (UTC) : il reste {count} jours.";
    lot_expiring_order = "De la commande {order}.";
    lot_expiring_held = "{count} personne en utilise une. | {count} personnes en utilisent une.";
    lot_expiring_none_held = "Personne n’en utilise une pour le moment.";
    lot_expiring_renew = "Renouvelez à temps, et les personnes concernées continuent sans interruption.";
    lot_expiring_renewal = "Un renouvellement est en cours ({order}).";
    lot_expiring_no_renewal = "Aucun renouvellement n’a encore été demandé.";
    lot_expiring_button = "Renouveler";
    lot_expiring_button_renewal = "Ouvrir les licences";

    overdrawn_subject = "Il manque {licences} à {company}";
    overdrawn_line = "Des utilisateurs ont été ajoutés à {company} alors que rien n’était disponible : il manque donc {licences} à {company}.";
    overdrawn_managers = "Personne n’y perd rien. Les licences que vous demandez le compensent d’elles-mêmes.";
    overdrawn_staff = "Les licences que vous attribuez le compensent d’elles-mêmes.";

    low_balance_subject = "Il reste {licences} à {company}";
    low_balance_line = "Il reste {licences} à attribuer à {company}. Vous avez demandé à être prévenu quand il y en a moins de {threshold}.";

    request_button = "Demander des licences";
    company_button = "Ouvrir l’entreprise";

    import_finished_subject = "{file} est importé dans {company}";
    import_stopped_subject = "L’import de {file} dans {company} a été arrêté";
    import_finished_line = "L’import de {file} dans {company} est terminé.";
    import_stopped_line = "L’import de {file} dans {company} a été arrêté avant sa fin. Ce qui a été fait jusque-là reste.";
    import_added = "{count} utilisateur a été ajouté. | {count} utilisateurs ont été ajoutés.";
    import_brought_back = "{count} utilisateur est revenu. | {count} utilisateurs sont revenus.";
    import_moved = "{count} utilisateur est passé dans un autre groupe. | {count} utilisateurs sont passés dans un autre groupe.";
    import_left_out = "{count} ligne a été laissée de côté. | {count} lignes ont été laissées de côté.";
    import_unreadable = "{count} ligne était illisible. | {count} lignes étaient illisibles.";
    import_button = "Voir l’import";

    licence_expiring_subject = "Votre licence de {company} prend fin le {date}";
    licence_expiring_user = "Votre licence utilisateur de {company} prend fin le {date} (UTC). D’ici là, vous pouvez vous connecter à la plateforme de formation comme avant.";
    licence_expiring_content = "Votre licence de contenu de {company} prend fin le {date} (UTC). D’ici là, vous pouvez ouvrir les contenus comme avant.";
    licence_expiring_ask = "Vous souhaitez continuer à apprendre ? Adressez-vous au gestionnaire des licences de votre entreprise.";
    licence_expiring_ask_whom = "Vous souhaitez continuer à apprendre ? Adressez-vous au gestionnaire des licences de votre entreprise : {managers}.";

    licence_carried_subject = "Votre licence de {company} continue";
    licence_carried_user = "{company} a renouvelé votre licence utilisateur. Elle prend désormais fin le {date} (UTC).";
    licence_carried_content = "{company} a renouvelé votre licence de contenu. Elle prend désormais fin le {date} (UTC).";
    licence_carried_open_user = "{company} a renouvelé votre licence utilisateur.";
    licence_carried_open_content = "{company} a renouvelé votre licence de contenu.";
    licence_carried_nothing_to_do = "Vous n’avez rien à faire.";

    staff_invited_subject = "{inviter} vous invite au bureau des chargés de compte";
    staff_invited_line = "{inviter} vous a nommé chargé de compte dans Seatwise : vous voyez les commandes des entreprises que vous suivez, et attribuez leurs licences.";
    staff_invited_administrator = "{inviter} vous a nommé administrateur dans Seatwise : vous suivez des entreprises, et décidez qui travaille au bureau.";
    staff_invited_how = "Il n’y a pas de mot de passe. Saisissez l’adresse de cet e-mail, et le lien de connexion arrive par e-mail.";

    handed_over_subject = "Vous suivez désormais {company}";
    handed_over_line = "{person} vous a transmis {company}. Ses commandes vous parviennent désormais.";

    licence_expired_subject = "Votre licence de {company} a expiré";
    licence_expired_user = "Votre licence utilisateur de {company} a pris fin le {date} (UTC). Vous ne pouvez plus vous connecter avec elle à la plateforme de formation.";
    licence_expired_content = "Votre licence de contenu de {company} a pris fin le {date} (UTC). Vous ne pouvez plus ouvrir les contenus avec elle.";
    licence_expired_ask = "Pour continuer à apprendre, demandez une nouvelle licence au gestionnaire des licences de votre entreprise. Ce que vous avez fait jusqu’ici est conservé.";
    licence_expired_button = "Voir mes licences";

    licence_given_subject = "Vous avez une licence de {company}";
    licence_given_user = "{company} vous a attribué une licence utilisateur. Vous pouvez aussitôt vous connecter avec elle à la plateforme de formation.";
    licence_given_content = "{company} vous a attribué une licence de contenu. Vous pouvez aussitôt ouvrir les contenus avec elle.";
    licence_given_until = "Elle prend fin le {date} (UTC).";

    inactive_subject = "Utilisez-vous encore votre licence de {company} ?";
    inactive_line = "{company} vous a réservé une licence de la plateforme de formation. Votre dernière visite remonte au {date} (UTC).";
    inactive_what_to_do = "Ouvrez vos licences une fois, et la vôtre vous reste pour le moment. Si vous n’en avez plus besoin, il n’y a rien à faire : votre entreprise pourra l’attribuer à quelqu’un d’autre. Ce que vous avez appris est conservé.";

    lot_ended_subject = "{licences} de {company} : expiration";
    lot_ended_line = "{licences} de la commande {order} : fin le {date} (UTC).";
    lot_ended_held = "{count} apprenant qui en avait une n’en a plus. Vous voyez de qui il s’agit dans la prévision, sous Licences. | {count} apprenants qui en avaient une n’en ont plus. Vous voyez de qui il s’agit dans la prévision, sous Licences.";
    lot_ended_carried = "{count} apprenant est passé à une autre licence sans interruption. | {count} apprenants sont passés à d’autres licences sans interruption.";
    lot_ended_all_carried = "Personne n’est resté sans licence.";
    lot_ended_none_held = "Personne n’en avait une.";
    lot_ended_renew = "Vous pouvez demander de nouvelles licences à tout moment.";
    lot_ended_button = "Demander des licences";

    failure_refused = "réponse {status}";
    failure_refused_because = "réponse {status}, {why}";
    failure_unreachable = "il était injoignable";
    failure_no_answer = "pas de réponse à temps";
    failure_receiver_suppressed = "cette adresse est sur sa liste d’adresses dont des e-mails sont revenus";
    failure_receiver_not_allowed = "il n’a pas le droit d’écrire à cette adresse";
    failure_limit = "sa limite est atteinte";
    failure_unreadable = "l’e-mail n’a pas pu être rédigé";
    failure_no_address = "ce n’est pas une adresse à laquelle un e-mail peut être envoyé";
    failure_unsaid = "il ne dit pas pourquoi";
}}
