//! What is said where a company's history is looked through, in French.

use crate::texts::activity::{ActivityTexts, Key};
use crate::texts::translation;

translation! { ActivityTexts, FRENCH, French {
    activity_lead = "Tout ce qui s’est passé ici, à la main et automatiquement. Les jours et les heures sont en UTC.";
    person = "Personne";
    person_hint = "Nom ou adresse";
    about = "Sujet";
    everything = "Tout";
    way_in = "Voie";
    all_ways = "Toutes les voies";
    about_licences = "Licences attribuées et reprises";
    about_invites = "Invitations";
    about_people = "Personnes et groupes";
    about_orders = "Commandes";
    about_expiry = "Expirations et dates de fin";
    way_hand = "À la main";
    way_import = "Importation";
    way_rule = "Règle automatique";
    filters = "Filtres";
    from_chip = "Depuis le {day}";
    until_chip = "Jusqu’au {day}";
    take_off = "Retirer le filtre : {filter}";
    clear_filters = "Effacer les filtres";
    somebody = "Quelqu’un";
    nothing_yet = "Il ne s’est encore rien passé";
    nothing_yet_text = "Dès que quelqu’un fera quelque chose ici, cette page en gardera la trace.";
    nothing_found = "Aucun résultat";
    nothing_found_text = "Rien dans l’historique ne correspond à tous ces filtres.";
    today = "Aujourd’hui";
    yesterday = "Hier";
    who_held = "Qui avait une licence ce jour-là";
    what_happened = "Ce qui s’est passé ce jour-là";
    sync_named = "Synchronisation de l’annuaire {name}";
    looked_until = "Parcouru jusqu’au {day}. Il y en a d’autres avant.";
    lines_first = "{count} ligne est affichée ; il y en a d’autres. | {count} lignes sont affichées ; il y en a d’autres.";
    lines_all = "{count} ligne est affichée. | {count} lignes sont affichées.";
    details = "Détails";
    details_of = "Détails : {what}";
    exact_time = "Heure exacte";
    done_by = "Fait par";
    to_whom = "Pour qui";
    other_person = "Autre personne";
    before_and_since = "Avant et depuis";
    new_end = "Fin";
    import_file = "Importation";
    seal = "Sceau";
    sealed_in = "Entrée {entry}, scellée sous le numéro {number}";
    not_sealed = "Entrée {entry}, scellée dans quelques minutes";
}}
