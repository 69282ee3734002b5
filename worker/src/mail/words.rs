//! What each letter says.

use seatwise_domain::texts::letters::Letters;
use seatwise_domain::wire::LookSettings;
use seatwise_domain::{Instant, Kind, Language};

use super::letter::{
    ImportFinished, Invite, Letter, Licence, LicenceExpiring, LicencesReady, LotEnded, LotExpiring, OrderDeclined, OrderReceived,
    Overdrawn, Written,
};
use super::line::{Id, Line};
use super::page::{Dress, Parts, page, plain};
use crate::config::Config;

impl Letter {
    /// Puts the letter into words.
    #[must_use]
    pub fn write(&self, config: &Config, receiver: Option<&str>, language: Language, look: Option<&LookSettings>) -> Written {
        let texts = Letters::of(language);
        let mut parts = self.parts(&texts, &config.origin);
        parts.subject = short(&parts.subject);
        let name = receiver.map(Line::of).filter(|name| !name.is_empty());
        let greeting = name.map_or_else(|| texts.greeting_without_name().to_owned(), |name| texts.greeting(&name));
        Written {
            text: plain(&texts, &greeting, &parts),
            html: page(&texts, &greeting, &parts, self.dress(config, look).as_ref()).into_string(),
            subject: parts.subject,
        }
    }

    /// The company's look, where the letter goes to somebody who learns there. Managers know it as Seatwise.
    fn dress<'a>(&'a self, config: &'a Config, look: Option<&'a LookSettings>) -> Option<Dress<'a>> {
        let company = match self {
            Self::Invite { data, .. } | Self::InviteReminder { data, .. } if !data.manager => &data.company,
            Self::LicenceExpiring(data) => &data.company,
            Self::LicenceExpired(data) | Self::LicenceCarried(data) | Self::LicenceGiven(data) => &data.company,
            Self::Inactive(data) => &data.company,
            _ => return None,
        };
        Some(Dress { company, look: look?, origin: &config.origin })
    }

    fn parts(&self, texts: &Letters, origin: &str) -> Parts {
        match self {
            Self::SignIn { token, code } => sign_in(texts, origin, token, code),
            Self::Invite { token, data } => invite(texts, origin, token, data),
            Self::InviteReminder { token, data } => invite_reminder(texts, origin, token, data),
            Self::OrderReceived(data) => order_received(texts, origin, data),
            Self::OrderWaiting(data) => {
                let (company, licences) = (&data.company, texts.licences(data.kind, data.quantity));
                let (number, date) = (data.number.to_string(), texts.day(data.requested_at));
                Parts {
                    subject: texts.order_waiting_subject(company, &licences),
                    lines: vec![texts.order_waiting_line(&data.person, company, &number, &licences, &date)],
                    button: (texts.order_waiting_button(), format!("{origin}/desk")),
                    note: None,
                }
            }
            Self::OrderCancelled(data) => {
                let (company, licences) = (&data.company, texts.licences(data.kind, data.quantity));
                Parts {
                    subject: texts.order_cancelled_subject(company, &licences),
                    lines: vec![texts.order_cancelled_line(&data.person, company, &data.number.to_string(), &licences)],
                    button: (texts.order_cancelled_button(), format!("{origin}/desk")),
                    note: None,
                }
            }
            Self::LicencesReady(data) => ready(texts, origin, data, false),
            Self::PartAssigned(data) => ready(texts, origin, data, true),
            Self::OrderDeclined(data) => order_declined(texts, origin, data),
            Self::LotExpiring(data) => lot_expiring(texts, origin, data),
            Self::LotEnded(data) => lot_ended(texts, origin, data),
            Self::Overdrawn(data) => overdrawn(texts, origin, data),
            Self::LowBalance(data) => {
                let (company, licences) = (&data.company, texts.licences(data.kind, data.available));
                let threshold = texts.language().number(data.threshold);
                Parts {
                    subject: texts.low_balance_subject(company, &licences),
                    lines: vec![texts.low_balance_line(company, &licences, &threshold)],
                    button: (texts.request_button(), request(origin, data.kind, None)),
                    note: None,
                }
            }
            Self::ImportFinished(data) => import_finished(texts, origin, data),
            Self::LicenceExpiring(data) => licence_expiring(texts, origin, data),
            Self::LicenceExpired(data) => {
                let (company, date) = (&data.company, texts.day(data.ends_at));
                let line = match data.kind {
                    Kind::User => texts.licence_expired_user(company, &date),
                    Kind::Content => texts.licence_expired_content(company, &date),
                };
                let lines = vec![line, texts.licence_expired_ask().to_owned()];
                my_licences(texts, origin, texts.licence_expired_subject(company), lines)
            }
            Self::LicenceCarried(data) => licence_carried(texts, origin, data),
            Self::LicenceGiven(data) => {
                let line = match data.kind {
                    Kind::User => texts.licence_given_user(&data.company),
                    Kind::Content => texts.licence_given_content(&data.company),
                };
                // An overdrawn licence gets its end with its lot.
                let until = (data.ends_at < Instant::NEVER).then(|| texts.licence_given_until(&texts.day(data.ends_at)));
                let lines = core::iter::once(line).chain(until).collect();
                my_licences(texts, origin, texts.licence_given_subject(&data.company), lines)
            }
            Self::Inactive(data) => {
                let since = texts.inactive_line(&data.company, &texts.day(data.since));
                let lines = vec![since, texts.inactive_what_to_do().to_owned()];
                my_licences(texts, origin, texts.inactive_subject(&data.company), lines)
            }
            Self::StaffInvited(data) => Parts {
                subject: texts.staff_invited_subject(&data.inviter),
                lines: vec![
                    if data.administrator {
                        texts.staff_invited_administrator(&data.inviter)
                    } else {
                        texts.staff_invited_line(&data.inviter)
                    },
                    texts.staff_invited_how().to_owned(),
                ],
                button: (texts.sign_in_button(), format!("{origin}/sign-in")),
                note: None,
            },
            Self::HandedOver(data) => Parts {
                subject: texts.handed_over_subject(&data.company),
                lines: vec![texts.handed_over_line(&data.person, &data.company)],
                button: (texts.company_button(), at_the_desk(origin, &data.company_id)),
                note: None,
            },
        }
    }
}

/// The most characters of a subject: no mail program shows more, and no header holds very much more.
const LONGEST_SUBJECT: usize = 200;

fn short(subject: &str) -> String {
    if subject.chars().count() <= LONGEST_SUBJECT {
        return subject.to_owned();
    }
    subject.chars().take(LONGEST_SUBJECT.saturating_sub(1)).chain(['…']).collect()
}

/// The address of a page that requests licences.
fn request(origin: &str, kind: Kind, quantity: Option<i64>) -> String {
    let quantity = quantity.map_or_else(String::new, |quantity| format!("&quantity={quantity}"));
    format!("{origin}/licences/orders?request={}{quantity}", kind.as_str())
}

/// The address of a company's page at the desk.
fn at_the_desk(origin: &str, company_id: &Id) -> String {
    format!("{origin}/desk/companies/{company_id}")
}

fn my_licences(texts: &Letters, origin: &str, subject: String, lines: Vec<String>) -> Parts {
    Parts { subject, lines, button: (texts.licence_expired_button(), format!("{origin}/my-licences")), note: None }
}

fn sign_in(texts: &Letters, origin: &str, token: &str, code: &str) -> Parts {
    let code = spaced(code);
    Parts {
        subject: texts.sign_in_subject(&code),
        lines: vec![texts.sign_in_line().to_owned(), texts.sign_in_code(&code)],
        button: (texts.sign_in_button(), format!("{origin}/sign-in#{token}")),
        note: Some(texts.sign_in_note().to_owned()),
    }
}

/// A code in two groups, easier to type.
fn spaced(code: &str) -> String {
    match code.split_at_checked(code.len() / 2) {
        Some((left, right)) => format!("{left} {right}"),
        None => code.to_owned(),
    }
}

fn invite(texts: &Letters, origin: &str, token: &str, data: &Invite) -> Parts {
    let (inviter, company) = (&data.inviter, &data.company);
    // Where nobody in particular invites, but a directory or the next free licence, the company does.
    let somebody = inviter != company;
    Parts {
        subject: if somebody { texts.invite_subject(inviter, company) } else { texts.invite_subject_company(company) },
        lines: vec![match (data.manager, somebody) {
            (true, true) => texts.invite_manager_line(inviter, company),
            (true, false) => texts.invite_manager_company(company),
            (false, true) => texts.invite_learner_line(inviter, company),
            (false, false) => texts.invite_learner_company(company),
        }],
        button: (texts.invite_button(), format!("{origin}/invite#{token}")),
        note: Some(texts.invite_note(data.days)),
    }
}

fn invite_reminder(texts: &Letters, origin: &str, token: &str, data: &Invite) -> Parts {
    let (inviter, company) = (&data.inviter, &data.company);
    Parts {
        subject: texts.invite_reminder_subject(company),
        lines: vec![match (data.manager, inviter != company) {
            (true, _) => texts.invite_reminder_manager(inviter, company),
            (false, true) => texts.invite_reminder_learner(inviter, company),
            (false, false) => texts.invite_reminder_learner_company(company),
        }],
        button: (texts.invite_button(), format!("{origin}/invite#{token}")),
        note: Some(texts.invite_reminder_note(data.days)),
    }
}

fn order_received(texts: &Letters, origin: &str, data: &OrderReceived) -> Parts {
    let licences = texts.licences(data.kind, data.quantity);
    let mut lines = vec![texts.order_received_line(&data.person, &data.company, &data.number.to_string(), &licences)];
    lines.extend(data.group.as_deref().map(|group| texts.order_received_group(group)));
    lines.extend(data.renews_until.map(|until| texts.order_received_renews(&texts.day(until))));
    lines.extend(data.reference.as_deref().map(|reference| texts.order_received_reference(reference)));
    lines.extend(data.message.as_deref().map(|message| texts.order_received_message(message)));
    Parts {
        subject: texts.order_received_subject(&data.company, &licences),
        lines,
        button: (texts.order_received_button(), format!("{origin}/desk")),
        note: None,
    }
}

fn ready(texts: &Letters, origin: &str, data: &LicencesReady, in_part: bool) -> Parts {
    let licences = texts.licences(data.kind, data.quantity);
    let mut lines = vec![
        texts.licences_ready_line(&licences, &data.company, &data.number.to_string()),
        texts.licences_ready_term(&texts.day(data.starts_at), &texts.day(data.ends_at)),
    ];
    lines.extend(data.group.as_deref().map(|group| texts.licences_ready_group(group)));
    lines.extend((in_part && data.open > 0).then(|| texts.part_assigned_open(data.open)));
    lines.extend(data.note.as_deref().map(|note| texts.licences_ready_note(note)));
    Parts {
        subject: if in_part {
            texts.part_assigned_subject(&licences, &data.company)
        } else {
            texts.licences_ready_subject(&licences, &data.company)
        },
        lines,
        button: (texts.licences_ready_button(), order(origin, &data.order_id)),
        note: None,
    }
}

/// The address of an order's page; of all orders for a letter that an older version wrote.
fn order(origin: &str, order_id: &Id) -> String {
    format!("{origin}/licences/orders/{order_id}").trim_end_matches('/').to_owned()
}

fn order_declined(texts: &Letters, origin: &str, data: &OrderDeclined) -> Parts {
    let number = data.number.to_string();
    let licences = texts.licences(data.kind, data.quantity);
    let mut lines = vec![
        texts.order_declined_line(&data.person, &data.company, &number, &licences),
        texts.order_declined_reason(&data.reason),
    ];
    lines.extend((data.assigned > 0).then(|| texts.order_declined_assigned(data.assigned)));
    Parts {
        subject: texts.order_declined_subject(&number, &data.company),
        lines,
        button: (texts.order_declined_button(), order(origin, &data.order_id)),
        note: None,
    }
}

fn lot_expiring(texts: &Letters, origin: &str, data: &LotExpiring) -> Parts {
    let licences = texts.licences(data.kind, data.quantity);
    let mut lines = vec![texts.lot_expiring_line(data.days, &licences, &data.company, &texts.day(data.ends_at))];
    lines.extend(data.number.map(|number| texts.lot_expiring_order(&number.to_string())));
    lines.push(if data.held > 0 { texts.lot_expiring_held(data.held) } else { texts.lot_expiring_none_held().to_owned() });
    lines.push(match (data.renewal, data.staff) {
        (Some(renewal), _) => texts.lot_expiring_renewal(&renewal.to_string()),
        (None, true) => texts.lot_expiring_no_renewal().to_owned(),
        (None, false) => texts.lot_expiring_renew().to_owned(),
    });
    let button = match (data.staff, data.renewal) {
        (true, _) => (texts.company_button(), at_the_desk(origin, &data.company_id)),
        (false, Some(_)) => (texts.lot_expiring_button_renewal(), format!("{origin}/licences")),
        (false, None) => {
            let link = request(origin, data.kind, Some(data.quantity));
            (texts.lot_expiring_button(), format!("{link}&renews={}", data.lot_id))
        }
    };
    Parts { subject: texts.lot_expiring_subject(data.days, &licences, &data.company), lines, button, note: None }
}

fn lot_ended(texts: &Letters, origin: &str, data: &LotEnded) -> Parts {
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
    Parts {
        subject: texts.lot_ended_subject(&licences, &data.company),
        lines,
        button: (texts.lot_ended_button(), request(origin, data.kind, Some(data.quantity))),
        note: None,
    }
}

fn overdrawn(texts: &Letters, origin: &str, data: &Overdrawn) -> Parts {
    let licences = texts.licences(data.kind, data.overdrawn);
    let (how, button) = if data.staff {
        (texts.overdrawn_staff(), (texts.company_button(), at_the_desk(origin, &data.company_id)))
    } else {
        (texts.overdrawn_managers(), (texts.request_button(), request(origin, data.kind, Some(data.overdrawn))))
    };
    Parts {
        subject: texts.overdrawn_subject(&data.company, &licences),
        lines: vec![texts.overdrawn_line(&data.company, &licences), how.to_owned()],
        button,
        note: None,
    }
}

fn import_finished(texts: &Letters, origin: &str, data: &ImportFinished) -> Parts {
    let (file, company) = (&data.file, &data.company);
    let (subject, line) = if data.stopped {
        (texts.import_stopped_subject(file, company), texts.import_stopped_line(file, company))
    } else {
        (texts.import_finished_subject(file, company), texts.import_finished_line(file, company))
    };
    let mut lines = vec![line, texts.import_added(data.added)];
    lines.extend((data.brought_back > 0).then(|| texts.import_brought_back(data.brought_back)));
    lines.extend((data.moved > 0).then(|| texts.import_moved(data.moved)));
    lines.extend((data.left_out > 0).then(|| texts.import_left_out(data.left_out)));
    lines.extend((data.unreadable > 0).then(|| texts.import_unreadable(data.unreadable)));
    Parts { subject, lines, button: (texts.import_button(), format!("{origin}/users/import/{}", data.import_id)), note: None }
}

fn licence_expiring(texts: &Letters, origin: &str, data: &LicenceExpiring) -> Parts {
    let date = texts.day(data.ends_at);
    let line = match data.kind {
        Kind::User => texts.licence_expiring_user(&data.company, &date),
        Kind::Content => texts.licence_expiring_content(&data.company, &date),
    };
    let ask = data
        .managers
        .as_ref()
        .and_then(super::letter::Names::text)
        .map_or_else(|| texts.licence_expiring_ask().to_owned(), |managers| texts.licence_expiring_ask_whom(&managers));
    my_licences(texts, origin, texts.licence_expiring_subject(&data.company, &date), vec![line, ask])
}

fn licence_carried(texts: &Letters, origin: &str, data: &Licence) -> Parts {
    let (company, date) = (&data.company, texts.day(data.ends_at));
    let line = match (data.kind, data.ends_at < Instant::NEVER) {
        (Kind::User, true) => texts.licence_carried_user(company, &date),
        (Kind::Content, true) => texts.licence_carried_content(company, &date),
        (Kind::User, false) => texts.licence_carried_open_user(company),
        (Kind::Content, false) => texts.licence_carried_open_content(company),
    };
    let lines = vec![line, texts.licence_carried_nothing_to_do().to_owned()];
    my_licences(texts, origin, texts.licence_carried_subject(company), lines)
}
