//! What letters are called, when they are sent, and the page on which a company chooses. Apart because few pages need it, in German.

use crate::texts::notices::{Key, NoticeTexts};
use crate::texts::translation;

translation! { NoticeTexts, GERMAN, German {
    which_letters = "Wer welche E-Mails erhält";
    which_letters_text = "Einladungen und Anmelde-E-Mails werden immer gesendet, und Ihre Kundenbetreuung erfährt immer von Ihren Bestellungen.";
    learners = "Lernende";
    letter_to = "{letter}: {receiver}";
    single_managers = "Einzelne Personen";
    managers_left_out = "{count} Person ausgenommen | {count} Personen ausgenommen";
    invite_reminders = "Erinnerungen an Einladungen";
    remind_first = "Erste Erinnerung, in Tagen nach der Einladung";
    remind_second = "Zweite Erinnerung, in Tagen nach der Einladung";
    never_if_empty = "Leer: nie.";
    few_licences = "Wenn nur noch wenige Lizenzen verfügbar sind";
    low_user = "Melden bei weniger verfügbaren Nutzerlizenzen als";
    low_content = "Melden bei weniger verfügbaren Inhaltslizenzen als";
    notices_saved = "Ihre Auswahl ist gespeichert.";
    letter_sign_in = "Anmeldung";
    letter_invite = "Einladung";
    letter_invite_reminder = "Erinnerung an eine Einladung";
    letter_order_received = "Bestellung eingegangen";
    letter_order_waiting = "Bestellung wartet";
    letter_order_cancelled = "Bestellung storniert";
    letter_licences_ready = "Lizenzen bereit";
    letter_part_assigned = "Teil einer Bestellung bereit";
    letter_order_declined = "Bestellung abgelehnt";
    letter_lot_expiring = "Lizenzen laufen bald ab";
    letter_lot_ended = "Lizenzen abgelaufen";
    letter_overdrawn = "Lizenzen überzogen";
    letter_low_balance = "Wenige Lizenzen verfügbar";
    letter_import_finished = "Import fertig";
    letter_licence_expiring = "Eigene Lizenz läuft bald ab";
    letter_licence_expired = "Eigene Lizenz abgelaufen";
    letter_licence_carried = "Eigene Lizenz läuft weiter";
    letter_licence_given = "Lizenz erhalten";
    letter_inactive = "Lange nicht aktiv";
    letter_staff_invited = "Einladung in die Kundenbetreuung";
    letter_handed_over = "Unternehmen übergeben";
    when_invite_reminder = "Wenn jemand eine Einladung noch nicht angenommen hat, an den unten festgelegten Tagen.";
    when_licences_ready = "Wenn eine Bestellung zugeteilt ist und die Lizenzen bereit sind.";
    when_part_assigned = "Wenn ein Teil einer Bestellung zugeteilt ist und der Rest offen bleibt.";
    when_order_declined = "Wenn Ihre Kundenbetreuung eine Bestellung ablehnt, mit dem Grund.";
    when_lot_expiring = "60, 30 und 7 Tage, bevor Lizenzen ablaufen.";
    when_lot_ended = "Wenn Lizenzen abgelaufen sind.";
    when_overdrawn = "Wenn ein Verzeichnisabgleich mehr Lizenzen vergibt, als da sind.";
    when_low_balance = "Wenn weniger Lizenzen verfügbar sind als unten festgelegt.";
    when_import_finished = "Wenn ein Import von Nutzern vorbei ist.";
    when_licence_expiring = "7 Tage, bevor die Lizenz einer Person abläuft.";
    when_licence_expired = "Wenn die Lizenz einer Person abgelaufen ist.";
    when_licence_carried = "Wenn die Lizenz einer Person mit einer anderen Bestellung weiterläuft.";
    when_licence_given = "Wenn jemand, der schon einmal dabei war, eine Lizenz erhält.";
}}
