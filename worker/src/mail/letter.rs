//! What each letter says, as plain text and as HTML.
//!
//! A letter is a greeting, a few lines, at most one button, and a note. Names and remarks come from people: the text
//! types of `domain` keep line breaks out of subjects, and the HTML is escaped by the template.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use seatwise_domain::order::OrderNumber;
use seatwise_domain::texts::letters::Letters;
use seatwise_domain::{Instant, Kind};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::auth::secret::{self, Purpose};
use crate::config::Config;
use crate::store::outbox::Due;

/// A letter, with what goes into it.
#[derive(Clone, Debug)]
pub enum Letter {
    /// A link and a code to sign in with.
    SignIn {
        /// The link's token.
        token: String,
        /// The code.
        code: String,
    },
    /// An invite.
    Invite {
        /// The link's token.
        token: String,
        /// What else.
        data: Invite,
    },
    /// To the account manager: an order came in.
    OrderReceived(OrderReceived),
    /// To every manager: licences are ready (requirement B4).
    LicencesReady(LicencesReady),
    /// To a learner: a licence has expired.
    LicenceExpired(LicenceExpired),
    /// To a learner who has joined before: there is a licence again.
    LicenceGiven(LicenceGiven),
    /// To every manager: a lot has ended.
    LotEnded(LotEnded),
    /// To a learner who wasn't active for long.
    Inactive(Inactive),
}

/// What goes into an invite.
#[derive(Clone, Debug, Deserialize)]
pub struct Invite {
    company: String,
    inviter: String,
    manager: bool,
    days: i64,
}

/// What goes into the letter about an order.
#[derive(Clone, Debug, Deserialize)]
pub struct OrderReceived {
    company: String,
    person: String,
    number: OrderNumber,
    kind: Kind,
    quantity: i64,
    reference: Option<String>,
    message: Option<String>,
}

/// What goes into the letter about licences that are ready.
#[derive(Clone, Debug, Deserialize)]
pub struct LicencesReady {
    company: String,
    number: OrderNumber,
    kind: Kind,
    quantity: i64,
    starts_at: Instant,
    ends_at: Instant,
}

/// What goes into the letter about a licence that has expired.
#[derive(Clone, Debug, Deserialize)]
pub struct LicenceExpired {
    company: String,
    kind: Kind,
    ends_at: Instant,
}

/// What goes into the letter about a licence that somebody was given.
#[derive(Clone, Debug, Deserialize)]
pub struct LicenceGiven {
    company: String,
    kind: Kind,
    ends_at: Instant,
}

/// What goes into the letter about a lot that has ended.
#[derive(Clone, Debug, Deserialize)]
pub struct LotEnded {
    company: String,
    number: OrderNumber,
    kind: Kind,
    quantity: i64,
    held: i64,
    #[serde(default)]
    carried: i64,
    ends_at: Instant,
}

/// What goes into the letter to somebody who wasn't active for long.
#[derive(Clone, Debug, Deserialize)]
pub struct Inactive {
    company: String,
    since: Instant,
}

/// A letter in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The subject: one line.
    pub subject: String,
    /// The plain text.
    pub text: String,
    /// The HTML.
    pub html: String,
}

/// A letter's parts before they become text and HTML.
struct Parts {
    subject: String,
    lines: Vec<String>,
    button: Option<(&'static str, String)>,
    note: Option<String>,
}

impl Letter {
    /// Reads a letter from its row. `None`: it has lost its point, because its invite or code no longer works.
    ///
    /// # Errors
    /// When the row is not one that this version writes; the text says so without what is in it.
    pub fn read(due: &Due, config: &Config) -> Result<Option<Self>, String> {
        let letter = match due.letter.as_str() {
            "sign_in" => {
                let Some(id) = &due.nonce else { return Ok(None) };
                let token = format!("{id}{}", secret::derive(&config.token_key, Purpose::SignInLink, id));
                Self::SignIn { token, code: secret::derive_code(&config.token_key, id) }
            }
            "invite" => {
                let Some(nonce) = &due.nonce else { return Ok(None) };
                Self::Invite { token: secret::derive(&config.token_key, Purpose::Invite, nonce), data: data(due)? }
            }
            "order_received" => Self::OrderReceived(data(due)?),
            "licences_ready" => Self::LicencesReady(data(due)?),
            "licence_expired" => Self::LicenceExpired(data(due)?),
            "licence_given" => Self::LicenceGiven(data(due)?),
            "lot_ended" => Self::LotEnded(data(due)?),
            "inactive" => Self::Inactive(data(due)?),
            _ => return Err("unknown letter".to_owned()),
        };
        Ok(Some(letter))
    }

    /// Puts the letter into words.
    #[must_use]
    pub fn write(&self, config: &Config, receiver: Option<&str>) -> Written {
        let texts = Letters::ENGLISH;
        let parts = self.parts(&texts, &config.origin);
        let greeting = receiver.map_or_else(|| texts.greeting_without_name().to_owned(), |name| texts.greeting(name));
        Written {
            text: plain(&texts, &greeting, &parts),
            html: page(&texts, &greeting, &parts).into_string(),
            subject: parts.subject,
        }
    }

    fn parts(&self, texts: &Letters, origin: &str) -> Parts {
        match self {
            Self::SignIn { token, code } => {
                let code = spaced(code);
                Parts {
                    subject: texts.sign_in_subject(&code),
                    lines: vec![texts.sign_in_line().to_owned(), texts.sign_in_code(&code)],
                    button: Some((texts.sign_in_button(), format!("{origin}/sign-in#{token}"))),
                    note: Some(texts.sign_in_note().to_owned()),
                }
            }
            Self::Invite { token, data } => {
                let line = if data.manager {
                    texts.invite_manager_line(&data.inviter, &data.company)
                } else {
                    texts.invite_learner_line(&data.inviter, &data.company)
                };
                Parts {
                    subject: texts.invite_subject(&data.inviter, &data.company),
                    lines: vec![line],
                    button: Some((texts.invite_button(), format!("{origin}/invite#{token}"))),
                    note: Some(texts.invite_note(data.days)),
                }
            }
            Self::OrderReceived(data) => order_received(texts, origin, data),
            Self::LicencesReady(data) => {
                let licences = texts.licences(data.kind, data.quantity);
                Parts {
                    subject: texts.licences_ready_subject(&licences, &data.company),
                    lines: vec![
                        texts.licences_ready_line(&licences, &data.company, &data.number.to_string()),
                        texts.licences_ready_term(&texts.day(data.starts_at), &texts.day(data.ends_at)),
                    ],
                    button: Some((texts.licences_ready_button(), format!("{origin}/dashboard"))),
                    note: None,
                }
            }
            Self::LicenceExpired(data) => {
                let date = texts.day(data.ends_at);
                let line = match data.kind {
                    Kind::User => texts.licence_expired_user(&data.company, &date),
                    Kind::Content => texts.licence_expired_content(&data.company, &date),
                };
                Parts {
                    subject: texts.licence_expired_subject(&data.company),
                    lines: vec![line, texts.licence_expired_ask().to_owned()],
                    button: Some((texts.licence_expired_button(), format!("{origin}/my-licences"))),
                    note: None,
                }
            }
            Self::LicenceGiven(data) => {
                let line = match data.kind {
                    Kind::User => texts.licence_given_user(&data.company),
                    Kind::Content => texts.licence_given_content(&data.company),
                };
                // An overdrawn licence gets its end with its lot.
                let until = (data.ends_at < Instant::NEVER).then(|| texts.licence_given_until(&texts.day(data.ends_at)));
                Parts {
                    subject: texts.licence_given_subject(&data.company),
                    lines: core::iter::once(line).chain(until).collect(),
                    button: Some((texts.licence_expired_button(), format!("{origin}/my-licences"))),
                    note: None,
                }
            }
            Self::Inactive(data) => Parts {
                subject: texts.inactive_subject(&data.company),
                lines: vec![texts.inactive_line(&data.company, &texts.day(data.since)), texts.inactive_what_to_do().to_owned()],
                button: Some((texts.licence_expired_button(), format!("{origin}/my-licences"))),
                note: None,
            },
            Self::LotEnded(data) => {
                let licences = texts.licences(data.kind, data.quantity);
                let left = data.held.saturating_sub(data.carried);
                let mut lines = vec![texts.lot_ended_line(&licences, &data.number.to_string(), &texts.day(data.ends_at))];
                if data.carried > 0 {
                    lines.push(texts.lot_ended_carried(data.carried));
                }
                match (left, data.carried) {
                    (0, 0) => lines.push(texts.lot_ended_none_held().to_owned()),
                    (0, _) => lines.push(texts.lot_ended_all_carried().to_owned()),
                    _ => lines.push(texts.lot_ended_held(left)),
                }
                lines.push(texts.lot_ended_renew().to_owned());
                let kind = data.kind.as_str();
                Parts {
                    subject: texts.lot_ended_subject(&licences, &data.company),
                    lines,
                    button: Some((
                        texts.lot_ended_button(),
                        format!("{origin}/licences/orders?request={kind}&quantity={}", data.quantity),
                    )),
                    note: None,
                }
            }
        }
    }
}

fn data<T: DeserializeOwned>(due: &Due) -> Result<T, String> {
    serde_json::from_str(&due.data).map_err(|_| format!("the data of a letter {} can't be read", due.letter))
}

fn order_received(texts: &Letters, origin: &str, data: &OrderReceived) -> Parts {
    let licences = texts.licences(data.kind, data.quantity);
    let mut lines = vec![texts.order_received_line(&data.person, &data.company, &data.number.to_string(), &licences)];
    lines.extend(data.reference.as_deref().map(|reference| texts.order_received_reference(reference)));
    lines.extend(data.message.as_deref().map(|message| texts.order_received_message(message)));
    Parts {
        subject: texts.order_received_subject(&data.company, &licences),
        lines,
        button: Some((texts.order_received_button(), format!("{origin}/desk"))),
        note: None,
    }
}

/// A code in two groups, easier to type.
fn spaced(code: &str) -> String {
    match code.split_at_checked(code.len() / 2) {
        Some((left, right)) => format!("{left} {right}"),
        None => code.to_owned(),
    }
}

fn plain(texts: &Letters, greeting: &str, parts: &Parts) -> String {
    let mut text = format!("{greeting}\n\n");
    for line in &parts.lines {
        text.push_str(line);
        text.push_str("\n\n");
    }
    if let Some((label, link)) = &parts.button {
        text.push_str(&format!("{label}: {link}\n\n"));
    }
    if let Some(note) = &parts.note {
        text.push_str(note);
        text.push_str("\n\n");
    }
    text.push_str("-- \n");
    text.push_str(texts.footer());
    text.push('\n');
    text
}

/// Mail programs know little CSS: this is all, with a dark side for those that have one.
const STYLE: &str = "
body{margin:0;background:#f6f6f3;color:#16202f;font:16px/1.5 Inter,-apple-system,'Segoe UI',Roboto,sans-serif}
main{max-width:520px;margin:24px auto;padding:28px;background:#fff;border:1px solid #e3e2dc;border-radius:10px}
a.button{display:inline-block;padding:11px 20px;background:#1f4fd1;color:#fff;border-radius:7px;text-decoration:none;font-weight:600}
small{color:#5a6475;font-size:13px;overflow-wrap:anywhere}
@media (prefers-color-scheme:dark){body{background:#101319;color:#e8eaf0}main{background:#181c25;border-color:#2a303d}
a.button{background:#8aa8ff;color:#0d1424}small,small a{color:#9aa3b5}}";

fn page(texts: &Letters, greeting: &str, parts: &Parts) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (parts.subject) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                main {
                    p { (greeting) }
                    @for line in &parts.lines { p { (line) } }
                    @if let Some((label, link)) = &parts.button {
                        p { a.button href=(link) { (label) } }
                        p { small { (texts.link_hint()) br; a href=(link) { (link) } } }
                    }
                    @if let Some(note) = &parts.note { p { small { (note) } } }
                    p { small { (texts.footer()) } }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config() -> Config {
        Config {
            origin: "https://licences.example.com".into(),
            mail_from: "Seatwise <licences@example.com>".into(),
            token_key: "k".repeat(43),
            administrator: None,
        }
    }

    fn due(letter: &str, data: &str) -> Due {
        Due {
            id: 7,
            receiver: "ines@example.com".into(),
            receiver_name: Some("Ines".into()),
            letter: letter.into(),
            data: data.into(),
            member_id: Some("member".into()),
            sign_in_id: None,
            created_at: Instant(0),
            tries: 1,
            nonce: Some("nonce".into()),
        }
    }

    fn written(letter: &str, data: &str) -> Written {
        Letter::read(&due(letter, data), &config()).unwrap().unwrap().write(&config(), Some("Ines"))
    }

    const FOOTER: &str =
        "-- \nThis mail was sent by Seatwise, where organisations manage the licences of their learning platform.\n";

    #[test]
    fn the_invite_says_who_invites_to_what_and_for_how_long() {
        let letter = written("invite", r#"{"company":"Example Learning","inviter":"Sam Okafor","manager":false,"days":30}"#);
        let token = secret::derive(&config().token_key, Purpose::Invite, "nonce");
        assert_eq!(letter.subject, "Sam Okafor invites you to Example Learning");
        assert_eq!(
            letter.text,
            format!(
                "Hello Ines,\n\nSam Okafor of Example Learning has reserved a licence of the learning platform for you.\n\n\
                 Accept the invite: https://licences.example.com/invite#{token}\n\n\
                 The invite is yours alone; please don't forward it. It is open for 30 days.\n\n{FOOTER}"
            )
        );
        assert!(letter.html.contains(&format!("href=\"https://licences.example.com/invite#{token}\"")));
    }

    #[test]
    fn the_sign_in_letter_has_a_link_and_a_code() {
        let letter = written("sign_in", "{}");
        let code = secret::derive_code(&config().token_key, "nonce");
        assert_eq!(letter.subject, format!("{} {} is your sign-in code", &code[..4], &code[4..]));
        assert!(letter.text.contains("https://licences.example.com/sign-in#nonce"), "{}", letter.text);
    }

    #[test]
    fn licences_ready_says_how_many_and_from_when_until_when() {
        let letter = written(
            "licences_ready",
            r#"{"company":"Example Learning","number":1,"kind":"user","quantity":25,"starts_at":1795305600000,"ends_at":1826841600000}"#,
        );
        assert_eq!(letter.subject, "25 user licences ready for Example Learning");
        assert_eq!(
            letter.text,
            format!(
                "Hello Ines,\n\nYour account manager has assigned 25 user licences to Example Learning (ORD-0001).\n\n\
                 They run from 22 November 2026 until 22 November 2027 (UTC).\n\n\
                 Open the dashboard: https://licences.example.com/dashboard\n\n{FOOTER}"
            )
        );
    }

    #[test]
    fn an_expiry_is_told_to_learners_and_managers() {
        let learner = written("licence_expired", r#"{"company":"Example Learning","kind":"user","ends_at":1826841600000}"#);
        assert_eq!(learner.subject, "Your licence from Example Learning has expired");
        assert!(learner.text.contains("ended on 22 November 2027 (UTC)"), "{}", learner.text);
        let manager = written(
            "lot_ended",
            r#"{"company":"Example Learning","number":1,"kind":"user","quantity":25,"held":1,"ends_at":1826841600000}"#,
        );
        assert_eq!(manager.subject, "25 user licences of Example Learning expired");
        assert!(manager.text.contains("/licences/orders?request=user&quantity=25"), "{}", manager.text);
    }

    #[test]
    fn an_order_reaches_the_account_manager_with_reference_and_message() {
        let letter = written(
            "order_received",
            r#"{"company":"Example Learning","person":"Sam Okafor","number":12,"kind":"content","quantity":1,"reference":"PO-7","message":"Thanks"}"#,
        );
        assert_eq!(letter.subject, "Example Learning requests 1 content licence");
        for line in [
            "Sam Okafor of Example Learning requests 1 content licence (ORD-0012).",
            "Their reference: PO-7",
            "Their message: Thanks",
        ] {
            assert!(letter.text.contains(line), "{}", letter.text);
        }
    }

    #[test]
    fn markup_in_names_stays_text() {
        let letter = written(
            "invite",
            r#"{"company":"<script>alert(1)</script>","inviter":"\"><img src=x onerror=alert(1)>","manager":true,"days":1}"#,
        );
        assert!(!letter.html.contains("<script>") && !letter.html.contains("<img"), "{}", letter.html);
    }

    #[test]
    fn a_letter_whose_invite_is_gone_is_dropped() {
        let mut due = due("invite", "{}");
        due.nonce = None;
        assert!(Letter::read(&due, &config()).unwrap().is_none());
    }
}
