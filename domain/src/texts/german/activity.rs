//! What is said where a company's history is looked through, in German.

use crate::texts::activity::{ActivityTexts, Key};
use crate::texts::translation;

translation! { ActivityTexts, GERMAN, German {
    activity_lead = "Alles, was hier geschehen ist, von Hand und von selbst. Tage und Uhrzeiten in UTC.";
    person = "Person";
    person_hint = "Name oder Adresse";
    about = "Thema";
    everything = "Alles";
    way_in = "Weg";
    all_ways = "Alle Wege";
    about_licences = "Lizenzen vergeben und zurückgenommen";
    about_invites = "Einladungen";
    about_people = "Personen und Gruppen";
    about_orders = "Bestellungen";
    about_expiry = "Ablauf und Enddaten";
    way_hand = "Von Hand";
    way_import = "Import";
    way_rule = "Automatisch";
    filters = "Filter";
    from_chip = "Von {day}";
    until_chip = "Bis {day}";
    take_off = "Filter entfernen: {filter}";
    clear_filters = "Filter aufheben";
    somebody = "Jemand";
    nothing_yet = "Noch ist nichts geschehen";
    nothing_yet_text = "Sobald hier jemand etwas tut, steht es auf dieser Seite.";
    nothing_found = "Nichts gefunden";
    nothing_found_text = "Nichts im Verlauf passt zu allen diesen Filtern.";
    today = "Heute";
    yesterday = "Gestern";
    who_held = "Wer an diesem Tag eine Lizenz hatte";
    what_happened = "Was an diesem Tag geschah";
    sync_named = "Verzeichnisabgleich {name}";
    looked_until = "Durchgesehen bis {day}. Davor gibt es noch mehr.";
    lines_first = "{count} Eintrag wird angezeigt; es gibt noch mehr. | {count} Einträge werden angezeigt; es gibt noch mehr.";
    lines_all = "{count} Eintrag wird angezeigt. | {count} Einträge werden angezeigt.";
    details = "Details";
    details_of = "Details: {what}";
    exact_time = "Genaue Zeit";
    done_by = "Durch";
    to_whom = "Betrifft";
    other_person = "Andere Person";
    before_and_since = "Vorher und seither";
    new_end = "Endet";
    import_file = "Import";
    seal = "Siegel";
    sealed_in = "Eintrag {entry}, versiegelt mit Nummer {number}";
    not_sealed = "Eintrag {entry}, wird in wenigen Minuten versiegelt";
}}
