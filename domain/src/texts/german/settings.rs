//! What the settings say. Apart because few pages need it, in German.

use crate::texts::settings::{Key, SettingsTexts};
use crate::texts::translation;

translation! { SettingsTexts, GERMAN, German {
    company = "Unternehmen";
    people = "Personen";
    look = "Aussehen";
    usual = "Üblich: {value}.";
    company_name = "Name";
    company_name_hint = "Lernende sehen ihn auf ihren Seiten und in ihren E-Mails. Ihre Kundenbetreuung kann ihn ändern.";
    times = "Wann etwas endet";
    times_hint = "Lizenzen und Einladungen enden um Mitternacht UTC. Tage werden in der Zeitzone der Person gezeigt, die sie ansieht.";
    try_it = "Ausprobieren";
    contact_for_learners = "Wen Lernende fragen";
    contact_hint = "Lernende finden diesen Kontakt in ihrer Einladung, bei ihren Lizenzen und wenn eine Lizenz abgelaufen ist.";
    contact_inviter = "Wer sie eingeladen hat";
    contact_inviter_hint = "Oder die erste Person der Lizenzverwaltung, wo niemand Bestimmtes eingeladen hat. Das ist die übliche Wahl.";
    contact_manager = "Eine Person der Lizenzverwaltung";
    contact_manager_hint = "Dieselbe Person für alle.";
    contact_address = "Ein Postfach";
    contact_address_hint = "Zum Beispiel das Ihres Supports.";
    which_manager = "Welche Person";
    which_address = "E-Mail-Adresse des Postfachs";
    letters_language = "Sprache der E-Mails";
    letters_language_hint = "Für alle, die selbst keine Sprache gewählt haben.";

    without_content = "Mindestens {count} Person hat eine Nutzerlizenz und keine Inhaltslizenz. Das bleibt so; wer ab jetzt dazukommt, bekommt beides. Verfügbare Inhaltslizenzen: {available}. | Mindestens {count} Personen haben eine Nutzerlizenz und keine Inhaltslizenz. Das bleibt so; wer ab jetzt dazukommt, bekommt beides. Verfügbare Inhaltslizenzen: {available}.";
    all_have_content = "Soweit die Summen es zeigen, fehlt niemandem eine Inhaltslizenz. Wer ab jetzt dazukommt, bekommt beides. Verfügbare Inhaltslizenzen: {available}.";
    no_more_content = "Wer eine Inhaltslizenz hat, behält sie. Neue bekommen nur eine Nutzerlizenz.";
    would_be_inactive = "{count} Person würde heute als inaktiv gelten. | {count} Personen würden heute als inaktiv gelten.";
    elsewhere = "An anderer Stelle einzustellen";
    groups_text = "Gruppen und die Tage, an denen ihre Lizenzen enden";
    sync_text = "Verzeichnisabgleich: Tokens, wer Lizenzen bekommt, Probelauf";

    open_keep_dates = "{count} offene Einladung behält ihr Datum. Die Änderung gilt für Einladungen ab jetzt. | {count} offene Einladungen behalten ihr Datum. Die Änderung gilt für Einladungen ab jetzt.";
    none_open = "Keine Einladung ist offen. Die Änderung gilt für Einladungen ab jetzt.";
    reminders = "Erinnerungen";
    reminders_twice = "Wer nicht angenommen hat, wird nach {first} Tag und noch einmal nach {second} erinnert. | Wer nicht angenommen hat, wird nach {first} Tagen und noch einmal nach {second} erinnert.";
    reminders_once = "Wer nicht angenommen hat, wird nach {days} Tag erinnert. | Wer nicht angenommen hat, wird nach {days} Tagen erinnert.";
    reminders_never = "Niemand wird an eine Einladung erinnert.";
    change_reminders = "Erinnerungen ändern";

    saved_nothing = "Es war nichts anders.";
    saved_change = "Gespeichert. {what}: {before} → {after}";
    saved_changes = "Gespeichert: {what} | {count} Einstellungen gespeichert: {what}";
    on = "an";
    off = "aus";
    nothing = "nichts";
    leave_unsaved = "Sie haben Einstellungen geändert und nicht gespeichert. Trotzdem weggehen?";
    unsaved = "Noch nicht gespeichert";
    discard = "Verwerfen";
    saved_meanwhile = "Inzwischen hat jemand anderes gespeichert";
    both_kept = "Geändert wurden andere Einstellungen, die jetzt hier stehen. Auch Ihre stehen noch da: Speichern Sie noch einmal.";
    differs = "Nichts ist verloren: Ihre Werte stehen im Formular. Speichern Sie noch einmal, um sie zu behalten, oder übernehmen Sie die anderen.";
    theirs_and_yours = "{what}: gespeichert ist {theirs}, bei Ihnen steht {yours}.";
    take_theirs = "Andere übernehmen";
    take_theirs_of = "Andere übernehmen: {what}";

    who_manages = "Wer Ihre Lizenzen verwaltet";
    who_manages_text = "Die Lizenzverwaltung sieht alle Personen, bestellt Lizenzen und vergibt sie. Eine eigene Lizenz braucht sie dafür nicht.";
    add_manager = "Person hinzufügen";
    add_manager_lead = "Wer schon dabei ist, verwaltet sofort und behält alles. Wer neu ist, bekommt eine Einladung per E-Mail.";
    manager_added = "{person} verwaltet jetzt Ihre Lizenzen.";
    manager_invited = "Die Einladung für {person} ist unterwegs.";
    you = "Sie";
    invited = "Eingeladen";
    no_longer_manager = "Verwaltung beenden";
    dismiss_of = "Verwaltung beenden: {person}";
    dismiss_lead = "{person} bleibt dabei und behält alle Lizenzen, sieht und ändert aber nichts mehr für andere. Das gilt sofort.";
    dismiss_invited_lead = "{person} hat noch nicht angenommen. Der Link in der E-Mail funktioniert dann nicht mehr.";
    dismiss_self_lead = "Das sind Sie. Sie verlassen diese Seiten sofort, und nur eine andere Person der Lizenzverwaltung kann Sie wieder hereinlassen.";
    dismissed = "{person} verwaltet Ihre Lizenzen nicht mehr.";
    only_manager = "Sie sind die einzige Person, die das kann. Fügen Sie eine weitere hinzu, bevor Sie gehen.";

    look_text = "Lernende sehen Ihr Logo und Ihre Farbe auf ihren Seiten und in ihren E-Mails. Ihre eigenen Seiten bleiben, wie sie sind.";
    logo = "Logo";
    logo_hint = "PNG, JPEG oder WebP, höchstens 64 kB und 1.024 Pixel breit und hoch. Es wird 40 Pixel hoch gezeigt, auf Weiß und auf Schwarz.";
    choose_logo = "Logo auswählen";
    other_logo = "Anderes auswählen";
    remove_logo = "Logo entfernen";
    logo_kept = "Das Logo ist gespeichert.";
    logo_removed = "Das Logo ist entfernt.";
    no_logo = "Kein Logo: An seiner Stelle steht der erste Buchstabe Ihres Namens.";
    logo_of = "Das Logo von {company}";
    colour = "Farbe";
    colour_hint = "Als # und sechs Ziffern, etwa #1f4fd1. Leer gelassen: die Farben von Seatwise.";
    pick_colour = "Farbe wählen";
    in_light = "Hell";
    in_dark = "Dunkel";
    sample_link = "Ein Link";
    sample_button = "Eine Schaltfläche";
    fits = "So lesbar.";
    too_pale = "Zu blass für Text auf Weiß, deshalb nehmen wir dort einen dunkleren Ton.";
    too_dark = "Zu dunkel für Text auf Schwarz, deshalb nehmen wir dort einen helleren Ton.";
    button_too_pale = "Auch für Schaltflächen auf Weiß zu blass.";
    button_too_dark = "Auch für Schaltflächen auf Schwarz zu dunkel.";
    look_saved = "Die Farbe ist gespeichert.";
}}
