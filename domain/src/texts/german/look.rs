//! What newcomers and learners read, in the look of their company. Apart because they load nothing else, in German.

use crate::texts::look::{Key, LookTexts};
use crate::texts::translation;

translation! { LookTexts, GERMAN, German {
    invite_from = "Ihre Einladung von {company}";
    hello = "Guten Tag";
    hello_name = "Guten Tag {name}";
    invites_to_learn = "{person} hat eine Lizenz der Lernplattform für Sie reserviert.";
    invites_to_manage = "{person} lädt Sie ein, die Lernlizenzen des Unternehmens zu verwalten.";
    reserved_until = "bis";
    what_happens = "Was dann geschieht";
    happens_at_once = "Ihre Lizenz ist sofort in Nutzung.";
    happens_managing = "Sie sehen die Lizenzen des Unternehmens und können sie vergeben.";
    happens_signed_in = "Sie sind hier angemeldet. Ein Passwort brauchen Sie nicht: Wenn Sie wiederkommen, schicken wir Ihnen einen Code.";
    happens_platform = "Weiter geht es auf der Lernplattform.";
    accept_invite = "Einladung annehmen";
    invite_for = "Diese Einladung ist für {email}.";
    open_until = "Sie ist offen bis";
    open_for = "(noch {count} Tag) | (noch {count} Tage)";
    open_today = "(heute)";
    questions = "Fragen?";
    unknown_title = "Dieser Einladungslink funktioniert nicht";
    unknown = "Vielleicht ist er unvollständig, oder ein neuerer hat ihn ersetzt. Öffnen Sie die neueste Einladung in Ihren E-Mails, oder fragen Sie die Person, die Sie eingeladen hat.";
    accepted_title = "Sie haben diese Einladung schon angenommen";
    accepted = "Melden Sie sich mit Ihrer E-Mail-Adresse an, um Ihre Lizenzen zu sehen. Wenn nicht Sie angenommen haben, sagen Sie bitte Bescheid.";
    lapsed_title = "Diese Einladung ist verfallen";
    lapsed = "Sie war offen bis";
    lapsed_then = "Die Lizenz wurde frei und kann wieder für Sie reserviert werden. Bitten Sie um eine neue Einladung; das dauert nur eine Minute.";
    withdrawn_title = "Diese Einladung wurde zurückgezogen";
    withdrawn = "Die Lizenz ist nicht mehr für Sie reserviert. Wenn Sie das überrascht, fragen Sie nach.";
    over_title = "Die Lizenz dieser Einladung ist abgelaufen";
    over = "Ihre Laufzeit war vorbei, bevor Sie kamen. Bitten Sie um eine neue.";
    suspended_title = "Sie sind als inaktiv geführt";
    suspended = "Laut dem Verzeichnis des Unternehmens sind Sie nicht aktiv, deshalb lässt sich im Moment nichts annehmen. Bitten Sie darum, aktiviert zu werden; dann funktioniert diese Einladung.";

    back_to_managing = "Zurück zur Verwaltung";
    staff_hold_none = "Sie arbeiten in der Kundenbetreuung und haben selbst keine Lizenzen.";
    you_are_in = "Sie sind dabei";
    welcome = "Willkommen, {name}. Das haben Sie ab jetzt.";
    go_to_platform = "Zur Lernplattform";
    no_address_yet = "Ihr Unternehmen sagt Ihnen, wo Sie lernen. Sobald der Weg dorthin bekannt ist, steht er auch hier.";
    user_opens = "Damit melden Sie sich an der Lernplattform an.";
    content_opens = "Öffnet die Inhalte der Lernplattform.";
    user_reserved = "Für Sie reserviert. Nehmen Sie die Einladung in Ihrer E-Mail an, dann kann es losgehen.";
    days_left = "Noch {count} Tag | Noch {count} Tage";
    ends_today = "Endet heute";
    renewed = "Verlängert von {person}. Sie läuft von selbst weiter ab";
    renewal_requested = "{person} hat um eine Verlängerung gebeten. Kommt sie rechtzeitig, läuft Ihre Lizenz von selbst weiter.";
    user_ended = "Sie können sich nicht mehr an der Lernplattform anmelden. Ihre Lizenz lief ab am";
    content_ended = "Sie können keine Inhalte mehr öffnen. Ihre Lizenz lief ab am";
    user_taken_back = "Sie können sich nicht mehr an der Lernplattform anmelden. Ihre Lizenz wurde zurückgenommen am";
    content_taken_back = "Sie können keine Inhalte mehr öffnen. Ihre Lizenz wurde zurückgenommen am";
    kept = "Was Sie bisher gelernt haben, bleibt erhalten.";
    every_user_taken = "Im Moment sind alle Nutzerlizenzen vergeben.";
    every_content_taken = "Im Moment sind alle Inhaltslizenzen vergeben.";
    you_are_next = "Sie sind als Nächstes dran.";
    ahead = "{count} Person ist vor Ihnen dran. | {count} Personen sind vor Ihnen dran.";
    then_by_itself = "Sobald eine frei wird, bekommen Sie sie von selbst, und dazu eine E-Mail. Bis dahin gibt es nichts zu tun.";
    waiting_since = "Auf der Warteliste seit";
    no_licence_yet = "Noch keine Lizenz";
    no_licence_yet_text = "Sie haben ein Konto, aber bisher keine Lizenz. Bitten Sie um eine.";
    ask_for_one = "Um eine neue bitten";
    whom_to_ask = "Wen Sie fragen können";
    ask_about = "Meine Lizenz bei {company}";
    also_at = "Sie sind auch hier";
}}
