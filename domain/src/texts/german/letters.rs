//! The words of letters, in German.

use crate::texts::letters::{Key, Letters};
use crate::texts::translation;

translation! { Letters, GERMAN, German {
    greeting = "Guten Tag {name}";
    greeting_without_name = "Guten Tag";
    footer = "Diese E-Mail kommt von Seatwise. Damit verwalten Unternehmen die Lizenzen ihrer Lernplattform.";
    link_hint = "Wenn die Schaltfläche nicht funktioniert, kopieren Sie diese Adresse in Ihren Browser:";
    months = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember";
    date = "{day}. {month} {year}";
    kind_user = "{count} Nutzerlizenz | {count} Nutzerlizenzen";
    kind_content = "{count} Inhaltslizenz | {count} Inhaltslizenzen";

    sign_in_subject = "{code} ist Ihr Anmeldecode";
    sign_in_line = "Klicken Sie auf die Schaltfläche, und zwar in dem Browser, in dem Sie sich anmelden wollten.";
    sign_in_code = "In einem anderen Browser, oder wenn die Schaltfläche nicht funktioniert, geben Sie dort diesen Code ein: {code}";
    sign_in_button = "Anmelden";
    sign_in_note = "Link und Code gelten einmal und zehn Minuten lang. Wenn Sie sich nicht anmelden wollten, können Sie diese E-Mail ignorieren; ohne sie kommt niemand hinein.";

    invite_subject = "{inviter} lädt Sie zu {company} ein";
    invite_subject_company = "Sie sind zu {company} eingeladen";
    invite_learner_company = "{company} hat für Sie eine Lizenz für die Lernplattform reserviert.";
    invite_manager_company = "{company} lädt Sie ein, die Lernlizenzen des Unternehmens zu verwalten.";
    invite_learner_line = "{inviter} von {company} hat für Sie eine Lizenz für die Lernplattform reserviert.";
    invite_manager_line = "{inviter} lädt Sie ein, die Lernlizenzen von {company} zu verwalten.";
    invite_button = "Einladung annehmen";
    invite_note = "Die Einladung gilt nur für Sie; bitte leiten Sie sie nicht weiter. Sie ist {count} Tag gültig. | Die Einladung gilt nur für Sie; bitte leiten Sie sie nicht weiter. Sie ist {count} Tage gültig.";

    invite_reminder_subject = "Ihre Einladung von {company} ist noch offen";
    invite_reminder_learner_company = "{company} hat für Sie eine Lizenz für die Lernplattform reserviert. Sie können sie noch annehmen.";
    invite_reminder_learner = "{inviter} von {company} hat für Sie eine Lizenz für die Lernplattform reserviert. Sie können sie noch annehmen.";
    invite_reminder_manager = "{inviter} hat Sie eingeladen, die Lernlizenzen von {company} zu verwalten. Die Einladung ist noch offen.";
    invite_reminder_note = "Die Einladung gilt nur für Sie; bitte leiten Sie sie nicht weiter. Sie ist noch {count} Tag gültig. | Die Einladung gilt nur für Sie; bitte leiten Sie sie nicht weiter. Sie ist noch {count} Tage gültig.";

    order_received_subject = "{company} bestellt {licences}";
    order_received_line = "{person} von {company} bestellt {licences} ({order}).";
    order_received_group = "Für die Gruppe {group}.";
    order_received_renews = "Die Bestellung verlängert Lizenzen, die am {date} (UTC) enden.";
    order_received_reference = "Referenz des Unternehmens: {reference}";
    order_received_message = "Nachricht: {message}";
    order_received_button = "Bestellung öffnen";

    order_waiting_subject = "{company} wartet noch auf {licences}";
    order_waiting_line = "{person} von {company} hat am {date} (UTC) {licences} bestellt. {order} wartet noch auf Sie.";
    order_waiting_button = "Bestellung öffnen";

    order_cancelled_subject = "{company} benötigt {licences} nicht mehr";
    order_cancelled_line = "{person} von {company} hat storniert, was von {order} noch offen war: {licences}. Für Sie ist nichts mehr zu tun.";
    order_cancelled_button = "Zur Kundenbetreuung";

    licences_ready_subject = "{licences} für {company} bereit";
    licences_ready_line = "Ihre Kundenbetreuung hat {licences} für {company} zugeteilt ({order}).";
    licences_ready_term = "Die Laufzeit geht vom {from} bis zum {until} (UTC).";
    licences_ready_group = "Für die Gruppe {group}.";
    licences_ready_note = "Notiz Ihrer Kundenbetreuung: {note}";
    licences_ready_button = "Bestellung öffnen";

    part_assigned_subject = "Teil einer Bestellung bereit: {licences} für {company}";
    part_assigned_open = "Aus dieser Bestellung ist noch {count} Lizenz offen. Sie hören von uns, sobald sie da ist. | Aus dieser Bestellung sind noch {count} Lizenzen offen. Sie hören von uns, sobald sie da sind.";

    order_declined_subject = "{order} von {company} wurde abgelehnt";
    order_declined_line = "{person} hat {licences} abgelehnt, die {company} mit {order} bestellt hatte.";
    order_declined_assigned = "{count} bereits zugeteilte Lizenz bleibt Ihnen. | Die {count} bereits zugeteilten Lizenzen bleiben Ihnen.";
    order_declined_reason = "Der Grund: {reason}";
    order_declined_button = "Bestellung öffnen";

    lot_expiring_subject = "{licences} von {company}: noch {count} Tag | {licences} von {company}: noch {count} Tage";
    lot_expiring_line = "{company} hat {licences} bis zum {date} (UTC): noch {count} Tag. | {company} hat {licences} bis zum {date} (UTC): noch {count} Tage.";
    lot_expiring_order = "Aus der Bestellung {order}.";
    lot_expiring_held = "{count} Person hat eine davon. | {count} Personen haben eine davon.";
    lot_expiring_none_held = "Im Moment hat niemand eine davon.";
    lot_expiring_renew = "Verlängern Sie rechtzeitig, dann geht es für alle, die eine haben, lückenlos weiter.";
    lot_expiring_renewal = "Eine Verlängerung ist in Arbeit ({order}).";
    lot_expiring_no_renewal = "Eine Verlängerung wurde noch nicht bestellt.";
    lot_expiring_button = "Verlängern";
    lot_expiring_button_renewal = "Lizenzen öffnen";

    overdrawn_subject = "{company} hat {licences} zu wenig";
    overdrawn_line = "Bei {company} kamen Nutzer hinzu, als nichts mehr verfügbar war. Damit hat {company} {licences} zu wenig.";
    overdrawn_managers = "Niemand verliert dadurch etwas. Lizenzen, die Sie bestellen, gleichen es automatisch aus.";
    overdrawn_staff = "Lizenzen, die Sie zuteilen, gleichen es automatisch aus.";

    low_balance_subject = "{company} hat noch {licences} frei";
    low_balance_line = "{company} kann noch {licences} vergeben. Sie wollten es erfahren, wenn es weniger als {threshold} sind.";

    request_button = "Lizenzen bestellen";
    company_button = "Unternehmen öffnen";

    import_finished_subject = "{file} ist für {company} importiert";
    import_stopped_subject = "Der Import von {file} für {company} wurde gestoppt";
    import_finished_line = "Der Import von {file} für {company} ist fertig.";
    import_stopped_line = "Der Import von {file} für {company} wurde vorzeitig gestoppt. Was bis dahin geschehen ist, bleibt.";
    import_added = "{count} Nutzer wurde hinzugefügt. | {count} Nutzer wurden hinzugefügt.";
    import_brought_back = "{count} Nutzer wurde zurückgeholt. | {count} Nutzer wurden zurückgeholt.";
    import_moved = "{count} Nutzer wurde in eine andere Gruppe verschoben. | {count} Nutzer wurden in eine andere Gruppe verschoben.";
    import_left_out = "{count} Zeile wurde ausgelassen. | {count} Zeilen wurden ausgelassen.";
    import_unreadable = "{count} Zeile war nicht lesbar. | {count} Zeilen waren nicht lesbar.";
    import_button = "Import ansehen";

    licence_expiring_subject = "Ihre Lizenz von {company} endet am {date}";
    licence_expiring_user = "Ihre Nutzerlizenz von {company} endet am {date} (UTC). Bis dahin können Sie sich wie bisher bei der Lernplattform anmelden.";
    licence_expiring_content = "Ihre Inhaltslizenz von {company} endet am {date} (UTC). Bis dahin können Sie die Inhalte wie bisher öffnen.";
    licence_expiring_ask = "Möchten Sie weiterlernen? Wenden Sie sich an die Lizenzverwaltung Ihres Unternehmens.";
    licence_expiring_ask_whom = "Möchten Sie weiterlernen? Wenden Sie sich an die Lizenzverwaltung Ihres Unternehmens: {managers}.";

    licence_carried_subject = "Ihre Lizenz von {company} läuft weiter";
    licence_carried_user = "{company} hat Ihre Nutzerlizenz verlängert. Sie endet jetzt am {date} (UTC).";
    licence_carried_content = "{company} hat Ihre Inhaltslizenz verlängert. Sie endet jetzt am {date} (UTC).";
    licence_carried_open_user = "{company} hat Ihre Nutzerlizenz verlängert.";
    licence_carried_open_content = "{company} hat Ihre Inhaltslizenz verlängert.";
    licence_carried_nothing_to_do = "Sie müssen nichts tun.";

    staff_invited_subject = "{inviter} lädt Sie in die Kundenbetreuung ein";
    staff_invited_line = "{inviter} hat Sie bei Seatwise in die Kundenbetreuung aufgenommen: Sie sehen die Bestellungen der Unternehmen, die Sie betreuen, und teilen deren Lizenzen zu.";
    staff_invited_administrator = "{inviter} hat Sie bei Seatwise in die Administration aufgenommen: Sie betreuen Unternehmen und bestimmen, wer in der Kundenbetreuung arbeitet.";
    staff_invited_how = "Ein Passwort brauchen Sie nicht. Geben Sie die Adresse ein, an die diese E-Mail ging; der Link zum Anmelden kommt per E-Mail.";

    handed_over_subject = "Sie betreuen jetzt {company}";
    handed_over_line = "{person} hat Ihnen {company} übergeben. Die Bestellungen kommen ab jetzt zu Ihnen.";

    licence_expired_subject = "Ihre Lizenz von {company} ist abgelaufen";
    licence_expired_user = "Ihre Nutzerlizenz von {company} endete am {date} (UTC). Damit können Sie sich nicht mehr bei der Lernplattform anmelden.";
    licence_expired_content = "Ihre Inhaltslizenz von {company} endete am {date} (UTC). Damit können Sie die Inhalte nicht mehr öffnen.";
    licence_expired_ask = "Um weiterzulernen, bitten Sie die Lizenzverwaltung Ihres Unternehmens um eine neue Lizenz. Ihr bisheriger Lernstand bleibt erhalten.";
    licence_expired_button = "Meine Lizenzen ansehen";

    licence_given_subject = "Sie haben eine Lizenz von {company}";
    licence_given_user = "{company} hat Ihnen eine Nutzerlizenz gegeben. Damit können Sie sich sofort bei der Lernplattform anmelden.";
    licence_given_content = "{company} hat Ihnen eine Inhaltslizenz gegeben. Damit können Sie die Inhalte sofort öffnen.";
    licence_given_until = "Sie endet am {date} (UTC).";

    inactive_subject = "Nutzen Sie Ihre Lizenz von {company} noch?";
    inactive_line = "{company} hat für Sie eine Lizenz für die Lernplattform reserviert. Zuletzt waren Sie am {date} (UTC) aktiv.";
    inactive_what_to_do = "Öffnen Sie Ihre Lizenzen einmal, dann behalten Sie sie vorerst. Wenn Sie sie nicht mehr brauchen, müssen Sie nichts tun: Ihr Unternehmen gibt sie dann vielleicht jemand anderem. Ihr Lernstand bleibt erhalten.";

    lot_ended_subject = "Abgelaufen bei {company}: {licences}";
    lot_ended_line = "Die Laufzeit von {order} endete am {date} (UTC): {licences}.";
    lot_ended_held = "{count} Person, die eine davon hatte, hat jetzt keine mehr. Wer das ist, sehen Sie unter „Lizenzen“ bei den Abläufen. | {count} Personen, die eine davon hatten, haben jetzt keine mehr. Wer das ist, sehen Sie unter „Lizenzen“ bei den Abläufen.";
    lot_ended_carried = "{count} Person hat lückenlos eine Anschlusslizenz erhalten. | {count} Personen haben lückenlos eine Anschlusslizenz erhalten.";
    lot_ended_all_carried = "Niemand steht ohne Lizenz da.";
    lot_ended_none_held = "Niemand hatte eine davon.";
    lot_ended_renew = "Sie können jederzeit neue Lizenzen bestellen.";
    lot_ended_button = "Lizenzen bestellen";

    failure_refused = "Antwort {status}";
    failure_refused_because = "Antwort {status}, {why}";
    failure_unreachable = "nicht erreichbar";
    failure_no_answer = "keine rechtzeitige Antwort";
    failure_receiver_suppressed = "diese Adresse steht dort auf der Liste der Adressen, von denen E-Mails zurückkamen";
    failure_receiver_not_allowed = "an diese Adresse darf nicht gesendet werden";
    failure_limit = "die Obergrenze ist erreicht";
    failure_unreadable = "die E-Mail konnte nicht formuliert werden";
    failure_no_address = "an diese Adresse lassen sich keine E-Mails senden";
    failure_unsaid = "ohne Angabe von Gründen";
}}
