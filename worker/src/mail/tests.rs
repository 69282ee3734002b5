//! What letters say, word by word, and what hostile names can't do to them.

use core::cell::RefCell;

use futures_executor::block_on;
use proptest::prelude::*;
use seatwise_domain::letter::LetterKind;
use seatwise_domain::text::{PersonName, Reference, Remark, is_unsafe};
use seatwise_domain::wire::{Logo, Look, LookSettings};
use seatwise_domain::{Instant, Kind, Language};
use serde_json::json;

use super::letter::{Letter, Written, sample};
use super::transport::{Carrier, Mail};
use super::{line::Line, send};
use crate::auth::secret::{self, Purpose};
use crate::config::{Config, MailConfig};
use crate::store::outbox::{Due, Outcome};

const ORIGIN: &str = "https://licences.example.com";
const FOOTER: &str = "-- \nThis mail was sent by Seatwise, where organisations manage the licences of their learning platform.\n";
/// 22 November 2026.
const NOW: Instant = Instant(1_795_305_600_000);

fn config() -> Config {
    Config {
        origin: ORIGIN.into(),
        mail_from: "Seatwise <licences@example.com>".into(),
        mail: MailConfig::default(),
        token_key: "k".repeat(43),
        sync_rate: None,
        administrator: None,
    }
}

fn due(letter: &str, data: &serde_json::Value) -> Due {
    Due {
        id: 7,
        receiver: "ines@example.com".into(),
        receiver_name: Some("Ines".into()),
        letter: letter.into(),
        data: data.to_string(),
        company_id: Some("company".into()),
        member_id: Some("member".into()),
        sign_in_id: None,
        created_at: Instant(0),
        queued_at: None,
        tries: 1,
        language: Language::English,
        nonce: Some("nonce".into()),
        look: None,
    }
}

fn written(letter: &str, data: &serde_json::Value) -> Written {
    Letter::read(&due(letter, data), &config()).unwrap().unwrap().write(&config(), Some("Ines"), Language::English, None)
}

/// What a letter says: its subject, and its text without greeting and footer.
fn says(letter: &str, data: &serde_json::Value) -> (String, String) {
    let Written { subject, text, .. } = written(letter, data);
    let body = text.strip_prefix("Hello Ines,\n\n").unwrap().strip_suffix(FOOTER).unwrap();
    (subject, body.to_owned())
}

#[track_caller]
fn assert_says(letter: &str, data: &serde_json::Value, subject: &str, lines: &[&str], button: &str) {
    let (said, text) = says(letter, data);
    assert_eq!(said, subject);
    assert_eq!(text.split("\n\n").filter(|line| !line.is_empty()).collect::<Vec<_>>(), [lines, &[button]].concat());
    let (label, link) = button.split_once(": ").unwrap();
    let html = written(letter, data).html;
    let anchor = format!("<a class=\"button\" href=\"{}\">{label}</a>", link.replace('&', "&amp;"));
    assert_eq!(html.matches("class=\"button\"").count(), 1, "one button");
    assert!(html.contains(&anchor), "{html}");
}

#[test]
fn the_sign_in_letter_has_a_link_and_a_code() {
    let token = secret::derive(&config().token_key, Purpose::SignInLink, "nonce");
    let code = secret::derive_code(&config().token_key, "nonce");
    let code = format!("{} {}", &code[..4], &code[4..]);
    let (subject, text) = says("sign_in", &json!({}));
    assert_eq!(subject, format!("{code} is your sign-in code"));
    assert_eq!(
        text,
        format!(
            "Press the button in the browser in which you asked to sign in.\n\n\
             In another browser, or if the button doesn't work, type this code where you asked: {code}\n\n\
             Sign in: {ORIGIN}/sign-in#nonce{token}\n\n\
             Link and code work once, for ten minutes. If you didn't ask to sign in, you can ignore this mail; nobody gets in without it.\n\n"
        )
    );
}

#[test]
fn the_invite_and_its_reminder_say_who_invites_to_what_and_for_how_long() {
    let token = secret::derive(&config().token_key, Purpose::Invite, "nonce");
    let data = |manager: bool, days: i64| json!({ "company": "Example Learning", "inviter": "Sam Okafor", "manager": manager, "days": days });
    let (subject, text) = says("invite", &data(false, 30));
    assert_eq!(subject, "Sam Okafor invites you to Example Learning");
    assert_eq!(
        text,
        format!(
            "Sam Okafor of Example Learning has reserved a licence of the learning platform for you.\n\n\
             Accept the invite: {ORIGIN}/invite#{token}\n\n\
             The invite is yours alone; please don't forward it. It is open for 30 days.\n\n"
        )
    );
    assert!(
        says("invite", &data(true, 1))
            .1
            .starts_with("Sam Okafor invites you to manage the learning licences of Example Learning.\n")
    );
    let (subject, text) = says("invite_reminder", &data(false, 1));
    assert_eq!(subject, "Your invite from Example Learning is still open");
    assert_eq!(
        text,
        format!(
            "Sam Okafor of Example Learning has reserved a licence of the learning platform for you. It is still yours to take.\n\n\
             Accept the invite: {ORIGIN}/invite#{token}\n\n\
             The invite is yours alone; please don't forward it. It is open for 1 more day.\n\n"
        )
    );
    let text = says("invite_reminder", &data(true, 20)).1;
    assert!(text.starts_with(
        "Sam Okafor has invited you to manage the learning licences of Example Learning. The invite is still open.\n"
    ));
    assert!(text.contains("open for 20 more days."));
}

#[test]
fn an_order_reaches_the_account_manager_with_all_that_was_said() {
    let mut data = json!({ "company": "Example Learning", "person": "Sam Okafor", "number": 12, "kind": "content", "quantity": 1,
        "reference": null, "message": null });
    let line = "Sam Okafor of Example Learning requests 1 content licence (ORD-0012).";
    let button = "Open the order: https://licences.example.com/desk";
    assert_says("order_received", &data, "Example Learning requests 1 content licence", &[line], button);
    for (field, value) in
        [("reference", json!("PO-7")), ("message", json!("Thanks")), ("group", json!("Sales")), ("renews_until", json!(NOW))]
    {
        data[field] = value;
    }
    let lines = [
        line,
        "For the group Sales.",
        "The order renews licences that end on 22 November 2026 (UTC).",
        "Their reference: PO-7",
        "Their message: Thanks",
    ];
    assert_says("order_received", &data, "Example Learning requests 1 content licence", &lines, button);
}

#[test]
fn an_order_that_waits_or_was_cancelled_is_told_to_the_account_manager() {
    let data = json!({ "company": "Example Learning", "person": "Sam Okafor", "number": 12, "kind": "user", "quantity": 1500, "requested_at": NOW });
    assert_says(
        "order_waiting",
        &data,
        "Example Learning still waits for 1,500 user licences",
        &[
            "Sam Okafor of Example Learning requested 1,500 user licences on 22 November 2026 (UTC). ORD-0012 still waits for you.",
        ],
        "Open the order: https://licences.example.com/desk",
    );
    assert_says(
        "order_cancelled",
        &data,
        "Example Learning no longer needs 1,500 user licences",
        &[
            "Sam Okafor of Example Learning has cancelled what was open of ORD-0012: 1,500 user licences. There is nothing left for you to do.",
        ],
        "Open the desk: https://licences.example.com/desk",
    );
}

#[test]
fn licences_that_are_ready_are_told_whole_or_in_part() {
    let mut data = json!({ "company": "Example Learning", "order_id": "abc-_9", "number": 1, "kind": "user", "quantity": 25,
        "starts_at": NOW, "ends_at": 1_826_841_600_000_i64 });
    let (line, term) = (
        "Your account manager has assigned 25 user licences to Example Learning (ORD-0001).",
        "They run from 22 November 2026 until 22 November 2027 (UTC).",
    );
    let button = "Open the order: https://licences.example.com/licences/orders/abc-_9";
    assert_says("licences_ready", &data, "25 user licences ready for Example Learning", &[line, term], button);
    data["open"] = json!(1);
    data["group"] = json!("Sales");
    data["note"] = json!("Have fun.");
    assert_says(
        "part_assigned",
        &data,
        "Part of an order is ready: 25 user licences for Example Learning",
        &[
            line,
            term,
            "For the group Sales.",
            "1 more of this order is still open. You hear from us as soon as it is there.",
            "Your account manager's note: Have fun.",
        ],
        button,
    );
    // An older version didn't write which order it is.
    data.as_object_mut().unwrap().remove("order_id");
    assert!(written("licences_ready", &data).text.contains("Open the order: https://licences.example.com/licences/orders\n"));
}

#[test]
fn a_declined_order_says_why() {
    let mut data = json!({ "company": "Example Learning", "order_id": "o", "number": 3, "kind": "user", "quantity": 15, "assigned": 0,
        "person": "Robin Hale", "reason": "The contract ends." });
    let (subject, button) =
        ("ORD-0003 of Example Learning was declined", "Open the order: https://licences.example.com/licences/orders/o");
    let lines = [
        "Robin Hale has declined 15 user licences that Example Learning requested with ORD-0003.",
        "The reason: The contract ends.",
    ];
    assert_says("order_declined", &data, subject, &lines, button);
    data["assigned"] = json!(10);
    let lines = [lines[0], lines[1], "The 10 licences that were assigned before stay yours."];
    assert_says("order_declined", &data, subject, &lines, button);
}

#[test]
fn the_end_of_a_lot_is_told_to_managers_and_to_the_account_manager() {
    let mut data = json!({ "company": "Example Learning", "company_id": "c", "lot_id": "l", "kind": "content", "quantity": 20, "held": 1,
        "ends_at": NOW, "days": 7, "number": 4, "renewal": null, "staff": false });
    let subject = "20 content licences of Example Learning: 7 days left";
    let first = "Example Learning has 20 content licences until 22 November 2026 (UTC): 7 days are left.";
    let lines = [
        first,
        "From order ORD-0004.",
        "1 person holds one of them.",
        "Renew in time, and whoever holds one goes on without a gap.",
    ];
    let renew = "Renew: https://licences.example.com/licences/orders?request=content&quantity=20&renews=l";
    assert_says("lot_expiring", &data, subject, &lines, renew);
    data["held"] = json!(0);
    data["renewal"] = json!(9);
    let lines = [first, "From order ORD-0004.", "Nobody holds one of them at the moment.", "A renewal is under way (ORD-0009)."];
    assert_says("lot_expiring", &data, subject, &lines, "Open the licences: https://licences.example.com/licences");
    // SQLite's own flags are read as well.
    data["staff"] = json!(1);
    data["renewal"] = json!(null);
    let lines = [lines[0], lines[1], lines[2], "No renewal has been requested yet."];
    assert_says("lot_expiring", &data, subject, &lines, "Open the company: https://licences.example.com/desk/companies/c");
}

#[test]
fn the_end_itself_is_told_too() {
    let data = json!({ "company": "Example Learning", "number": 1, "kind": "user", "quantity": 25, "held": 3, "carried": 2, "ends_at": NOW });
    assert_says(
        "lot_ended",
        &data,
        "25 user licences of Example Learning expired",
        &[
            "The 25 user licences of ORD-0001 ended on 22 November 2026 (UTC).",
            "2 learners moved on to other licences without a gap.",
            "1 learner who held one has none any more. You find who it is in the forecast, under Licences.",
            "You can request new licences at any time.",
        ],
        "Request licences: https://licences.example.com/licences/orders?request=user&quantity=25",
    );
}

#[test]
fn a_negative_or_low_balance_is_told() {
    let mut data = json!({ "company": "Example Learning", "company_id": "c", "kind": "user", "overdrawn": 3, "staff": false });
    let (subject, line) = (
        "Example Learning is short of 3 user licences",
        "Users were added to Example Learning when nothing was available, so Example Learning is short of 3 user licences.",
    );
    let lines = [line, "Nobody loses anything by it. Licences that you request settle it by themselves."];
    assert_says(
        "overdrawn",
        &data,
        subject,
        &lines,
        "Request licences: https://licences.example.com/licences/orders?request=user&quantity=3",
    );
    data["staff"] = json!(true);
    let lines = [line, "Licences that you assign settle it by themselves."];
    assert_says("overdrawn", &data, subject, &lines, "Open the company: https://licences.example.com/desk/companies/c");
    assert_says(
        "low_balance",
        &json!({ "company": "Example Learning", "kind": "content", "available": 0, "threshold": 1000 }),
        "Example Learning has 0 content licences left",
        &["Example Learning has 0 content licences left to give. You asked to be told when there are fewer than 1,000."],
        "Request licences: https://licences.example.com/licences/orders?request=content",
    );
}

#[test]
fn an_import_that_is_over_is_told_with_its_figures() {
    let mut data = json!({ "company": "Example Learning", "file": "people.csv", "import_id": "i", "added": 1, "brought_back": 0, "moved": 0,
        "left_out": 0, "unreadable": 0, "stopped": false });
    let button = "See the import: https://licences.example.com/users/import/i";
    let lines = ["The import of people.csv into Example Learning is finished.", "1 user was added."];
    assert_says("import_finished", &data, "people.csv is imported into Example Learning", &lines, button);
    for (field, count) in [("added", 0), ("brought_back", 2), ("moved", 3), ("left_out", 4), ("unreadable", 5)] {
        data[field] = json!(count);
    }
    data["stopped"] = json!(true);
    let lines = [
        "The import of people.csv into Example Learning was stopped before its end. What was done until then stays.",
        "0 users were added.",
        "2 users were brought back.",
        "3 users were moved to another group.",
        "4 rows were left out.",
        "5 rows could not be read.",
    ];
    assert_says("import_finished", &data, "The import of people.csv into Example Learning was stopped", &lines, button);
}

#[test]
fn learners_are_told_what_becomes_of_their_licence() {
    let data = |kind: &str| json!({ "company": "Example Learning", "kind": kind, "ends_at": NOW });
    let button = "See my licences: https://licences.example.com/my-licences";
    let subject = "Your licence from Example Learning ends on 22 November 2026";
    let (user, content) = (
        "Your user licence from Example Learning ends on 22 November 2026 (UTC). Until then you can sign in to the learning platform as before.",
        "Your content licence from Example Learning ends on 22 November 2026 (UTC). Until then you can open the content as before.",
    );
    let ask = "Would you like to go on learning? Ask your company's licence manager.";
    assert_says("licence_expiring", &data("user"), subject, &[user, ask], button);
    let mut with_managers = data("content");
    with_managers["managers"] = json!(["Sam Okafor", "Ana Silva"]);
    let ask = "Would you like to go on learning? Ask your company's licence manager: Sam Okafor, Ana Silva.";
    assert_says("licence_expiring", &with_managers, subject, &[content, ask], button);
    with_managers["managers"] = json!("Sam Okafor");
    assert!(written("licence_expiring", &with_managers).text.contains("licence manager: Sam Okafor.\n"));

    let lines = [
        "Your user licence from Example Learning ended on 22 November 2026 (UTC). You can no longer sign in to the learning platform with it.",
        "To go on learning, ask your company's licence manager for a new licence. What you have done so far is kept.",
    ];
    assert_says("licence_expired", &data("user"), "Your licence from Example Learning has expired", &lines, button);
    let lines = [
        "Example Learning has renewed your content licence. It now ends on 22 November 2026 (UTC).",
        "There is nothing that you have to do.",
    ];
    assert_says("licence_carried", &data("content"), "Your licence from Example Learning goes on", &lines, button);
    let lines = [
        "Example Learning has given you a user licence. You can sign in to the learning platform with it at once.",
        "It ends on 22 November 2026 (UTC).",
    ];
    assert_says("licence_given", &data("user"), "You have a licence from Example Learning", &lines, button);
    let lines = [
        "Example Learning has reserved a licence of the learning platform for you. We have last seen you on 22 November 2026 (UTC).",
        "Open your licences once and it stays yours for now. If you don't need it any more, there is nothing to do: your company may give it to somebody else. What you have learnt is kept.",
    ];
    assert_says(
        "inactive",
        &json!({ "company": "Example Learning", "since": NOW }),
        "Do you still use your licence from Example Learning?",
        &lines,
        button,
    );
}

#[test]
fn the_desk_tells_its_own_people() {
    let how = "There is no password. Enter this mail's address, and the link to sign in with comes by mail.";
    for (administrator, line) in [
        (
            false,
            "Robin Hale has made you an account manager in Seatwise: you see the orders of the companies that you look after, and assign their licences.",
        ),
        (
            true,
            "Robin Hale has made you an administrator in Seatwise: you look after companies, and after who works at the desk.",
        ),
    ] {
        let data = json!({ "inviter": "Robin Hale", "administrator": administrator });
        let subject = "Robin Hale invites you to the account managers' desk";
        assert_says("staff_invited", &data, subject, &[line, how], "Sign in: https://licences.example.com/sign-in");
    }
    assert_says(
        "handed_over",
        &json!({ "company": "Example Learning", "company_id": "c", "person": "Robin Hale" }),
        "Example Learning is now yours to look after",
        &["Robin Hale has handed Example Learning over to you. Its orders come to you from now on."],
        "Open the company: https://licences.example.com/desk/companies/c",
    );
}

/// The look of a company that has chosen everything.
fn dressed() -> LookSettings {
    let logo = Some(Logo { address: "/api/logos/abc".into(), width: 240, height: 80 });
    LookSettings { accent: Some("#ffe000".into()), look: Look { logo, colours: None } }
}

#[test]
fn letters_to_learners_come_in_the_look_of_their_company() {
    let to_learners = [
        LetterKind::Invite,
        LetterKind::InviteReminder,
        LetterKind::LicenceExpiring,
        LetterKind::LicenceExpired,
        LetterKind::LicenceCarried,
        LetterKind::LicenceGiven,
        LetterKind::Inactive,
    ];
    for kind in LetterKind::ALL.iter().copied() {
        let html = sample(kind, NOW).write(&config(), None, Language::English, Some(&dressed())).html;
        let logo = r#"<img src="https://licences.example.com/api/logos/abc" alt="Northwind Learning" height="40" width="120">"#;
        let learns = to_learners.contains(&kind);
        assert_eq!(html.contains(logo), learns, "{kind:?}");
        // Too pale for a button on white, so a darker tone stands there; in the dark it is itself.
        let dark = "@media (prefers-color-scheme:dark){a.button{background:#ffe000;color:#000000}}";
        assert_eq!(html.contains(dark), learns, "{kind:?}");
        assert_eq!(html.matches("a.button{background:#").count(), if learns { 3 } else { 1 }, "{kind:?}");
    }
    let manager = json!({ "company": "Example Learning", "inviter": "Sam", "manager": true, "days": 30 });
    let letter = Letter::read(&due("invite", &manager), &config()).unwrap().unwrap().write(
        &config(),
        None,
        Language::English,
        Some(&dressed()),
    );
    assert!(!letter.html.contains("<img"), "managers know it as Seatwise");
}

#[test]
fn there_is_a_sample_of_every_letter() {
    for kind in LetterKind::ALL.iter().copied() {
        let letter = sample(kind, NOW).write(&config(), Some("Ines Carvalho"), Language::English, None);
        assert!(letter.text.starts_with("Hello Ines Carvalho,\n\n") && letter.text.ends_with(FOOTER), "{}", letter.text);
        assert_eq!(letter.html.matches("class=\"button\"").count(), 1, "{kind:?}");
        for not_in_it in ["<img", "<script", "<link", "src=", "url(", "@import"] {
            assert!(!letter.html.contains(not_in_it), "{kind:?} fetches or runs nothing: {not_in_it}");
        }
        for also in ["width=device-width", "light dark", "prefers-color-scheme:dark"] {
            assert!(letter.html.contains(also), "{kind:?}: {also}");
        }
        let desk = matches!(kind, LetterKind::SignIn | LetterKind::StaffInvited);
        let named = format!("{} {}", letter.subject, letter.text).contains("Northwind Learning");
        assert!(desk || named, "{kind:?} names the company");
    }
}

#[test]
fn a_letter_whose_link_is_gone_is_dropped() {
    for letter in ["sign_in", "invite", "invite_reminder"] {
        let mut due = due(letter, &json!({ "company": "x", "inviter": "x", "manager": false, "days": 1 }));
        due.nonce = None;
        assert!(Letter::read(&due, &config()).unwrap().is_none(), "{letter}");
    }
}

#[test]
fn a_row_that_cannot_be_read_says_so_without_what_is_in_it() {
    assert_eq!(Letter::read(&due("nonsense", &json!({})), &config()).unwrap_err(), "unknown letter");
    let error = Letter::read(&due("invite", &json!({ "company": "Example Learning" })), &config()).unwrap_err();
    assert!(!error.contains("Example"), "{error}");
}

/// A provider that takes everything and remembers it.
#[derive(Default)]
struct Memory(RefCell<Vec<(String, String)>>);

impl Carrier for Memory {
    async fn send(&self, mail: &Mail<'_>) -> Outcome {
        self.0.borrow_mut().push((mail.to.to_owned(), mail.written.subject.clone()));
        Outcome::Sent { provider_id: None }
    }
}

#[test]
fn only_one_address_ever_reaches_the_provider() {
    let memory = Memory::default();
    let data = json!({ "company": "x", "inviter": "x", "manager": false, "days": 1 });
    let sent = |receiver: &str| block_on(send(&config(), &memory, &Due { receiver: receiver.into(), ..due("invite", &data) }));
    assert_eq!(sent("ines@example.com"), Outcome::Sent { provider_id: None });
    for receiver in [
        "a@example.com, b@example.com",
        "a@example.com\r\nBcc: b@example.com",
        "Ines <a@example.com>",
        "a@example.com;b@example.com",
        "a@example.com\0",
        "",
    ] {
        assert!(matches!(sent(receiver), Outcome::Refused { .. }), "{receiver:?}");
    }
    assert_eq!(memory.0.borrow().len(), 1);
}

/// The tags of a page with the names of their attributes, and where its links lead.
fn skeleton(html: &str) -> (Vec<String>, Vec<String>) {
    let (mut tags, mut links) = (Vec::new(), Vec::new());
    // The style sheet is ours, and has no tags in it.
    for part in html.split('<').skip(1) {
        let (tag, _) = part.split_once('>').expect("a tag ends");
        let mut rest = tag;
        let mut outline = String::new();
        while let Some((name, value)) = rest.split_once("=\"") {
            let (value, behind) = value.split_once('"').expect("a value ends");
            outline.push_str(name);
            if name.trim().ends_with("href") {
                links.push(value.to_owned());
            }
            rest = behind;
        }
        tags.push(outline + rest);
    }
    (tags, links)
}

/// One data for all letters: each reads what it knows.
fn data_of(text: &str, id: &str) -> serde_json::Value {
    json!({
        "company": text, "inviter": text, "person": text, "reason": text, "reference": text, "message": text, "group": text, "note": text,
        "file": text, "managers": [text, text], "company_id": id, "order_id": id, "lot_id": id, "import_id": id, "manager": false, "staff": false,
        "administrator": false, "stopped": false, "days": 7, "number": 12, "kind": Kind::User, "quantity": 25, "open": 1, "assigned": 1, "held": 2,
        "carried": 1, "overdrawn": 3, "available": 4, "threshold": 10, "added": 1, "brought_back": 1, "moved": 1, "left_out": 1, "unreadable": 1,
        "requested_at": NOW, "renews_until": NOW, "starts_at": NOW, "ends_at": NOW, "since": NOW, "renewal": null,
    })
}

fn check(kind: LetterKind, text: &str, id: &str, name: &str) {
    let read = |data: &serde_json::Value| Letter::read(&due(kind.as_str(), data), &config()).unwrap().unwrap();
    let harmless = read(&data_of("x", "x")).write(&config(), Some("x"), Language::English, Some(&dressed()));
    let letter = read(&data_of(text, id)).write(&config(), Some(name), Language::English, Some(&dressed()));

    assert!(!letter.subject.chars().any(is_unsafe) && letter.subject.chars().count() <= 200, "{:?}", letter.subject);
    let (tags, links) = skeleton(&letter.html);
    let (harmless_tags, _) = skeleton(&harmless.html);
    assert_eq!(tags, harmless_tags, "no markup alive: {text:?}");
    for link in &links {
        assert!(link.strip_prefix(ORIGIN).is_some_and(|path| path.starts_with('/')), "{link}");
        assert!(link.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>'`\\".contains(&byte)), "{link}");
    }
    // Only the names of people in the first line may be missing, where nothing is left of them.
    let lines = |letter: &Written| letter.text.lines().count();
    assert_eq!(lines(&letter), lines(&harmless), "{:?}", letter.text);
    assert_eq!(letter.text.lines().filter(|line| *line == "-- ").count(), 1, "{:?}", letter.text);
    assert!(letter.text.ends_with(FOOTER));
    assert!(!letter.text.chars().any(|c| c != '\n' && is_unsafe(c)), "{:?}", letter.text);
    let buttons = |letter: &Written| letter.text.lines().filter(|line| line.contains(&format!(": {ORIGIN}/"))).count();
    assert!(buttons(&letter) >= 1);
}

/// What people, scanners of other people's forms, and broken programs have put into names.
fn hostile() -> impl Strategy<Value = String> {
    const PIECES: [&str; 48] = [
        "\r\n",
        "\n",
        "\r",
        "\0",
        "\t",
        "\u{b}",
        "\u{c}",
        "\u{1b}[31m",
        "\u{7f}",
        "\u{85}",
        "\u{2028}",
        "\u{2029}",
        "\u{202a}",
        "\u{202e}",
        "\u{2066}",
        "\u{2069}",
        "\u{200e}",
        "\u{200f}",
        "\u{61c}",
        "\u{200b}",
        "\u{feff}",
        "\u{fffd}",
        "\u{d7ff}\u{e000}",
        "\\ud800",
        "&#55296;",
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "</p></main>",
        "<!--",
        "-->",
        "\"",
        "'",
        "`",
        "&",
        "&lt;b&gt;",
        "<b",
        ">",
        "-- ",
        "-- \n",
        "\nBcc: eve@example.com\n",
        "https://evil.example/",
        "javascript:alert(1)",
        "{company}",
        " | ",
        "=?utf-8?q?=0d=0aBcc:?=",
        "Ines",
        "Søren ",
        "日本",
    ];
    let piece = prop_oneof![4 => proptest::sample::select(&PIECES[..]).prop_map(str::to_owned), 1 => any::<String>()];
    proptest::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn hostile_names_and_notes_stay_text(text in hostile(), id in hostile(), name in hostile(), turn in 0_usize..1_000) {
        // As the database might hold it, whoever put it there.
        check(LetterKind::ALL[turn % LetterKind::ALL.len()], &text, &id, &name);
        // And as the types let it through, which is then said as it was typed.
        let typed = [PersonName::parse(&text).map(|it| it.as_str().to_owned()), Remark::parse(&text).map(|it| it.as_str().to_owned()),
            Reference::parse(&text).map(|it| it.as_str().to_owned())];
        for taken in typed.into_iter().flatten() {
            prop_assert!(!taken.chars().any(is_unsafe));
            check(LetterKind::OrderReceived, &taken, "id", &taken);
            let letter = written("order_received", &data_of(&taken, "id"));
            prop_assert!(letter.text.contains(&format!("Their message: {}\n", &*Line::of(&taken))), "{taken:?}");
        }
    }
}
