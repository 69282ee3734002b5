//! Values of the domain in words.

use core::cell::{Cell, RefCell};

use js_sys::{Date, Function, Intl, Object, Reflect};
use seatwise_domain::letter::LetterKind;
use seatwise_domain::licence::Status;
use seatwise_domain::order::OrderStatus;
use seatwise_domain::texts::activity::ActivityTexts;
use seatwise_domain::texts::desk::Desk;
use seatwise_domain::texts::entrance::EntranceTexts;
use seatwise_domain::texts::help::HelpTexts;
use seatwise_domain::texts::importing::Importing;
use seatwise_domain::texts::look::LookTexts;
use seatwise_domain::texts::notices::NoticeTexts;
use seatwise_domain::texts::palette::PaletteTexts;
use seatwise_domain::texts::problems::Problems;
use seatwise_domain::texts::screens::Screens;
use seatwise_domain::texts::settings::SettingsTexts;
use seatwise_domain::texts::syncing::SyncTexts;
use seatwise_domain::texts::{BETWEEN, Table};
use seatwise_domain::time::{DAY, HOUR, MINUTE};
use seatwise_domain::wire::{
    EventKind, EventLine, LetterLine, LetterState, Movement, NotCarriedBecause, OrderLine, Standing, Why,
};
use seatwise_domain::{Instant, Kind, Language};
use wasm_bindgen::JsValue;

/// The languages' words as the page has fetched them: a function for each catalogue. `pieces.js` fetches the files that a
/// page needs together with its code: the build finds by the functions' names which code needs what, so they stay functions.
macro_rules! catalogues {
    ($( $(#[$doc:meta])* $function:ident: $catalogue:ident in $($file:literal),+; )+) => {
        $(
            $(#[$doc])*
            #[inline(never)]
            pub(crate) fn $function() -> $catalogue {
                thread_local! {
                    static TEXTS: Cell<(usize, Option<$catalogue>)> = const { Cell::new((0, None)) };
                }
                TEXTS.with(|texts| match texts.get() {
                    (as_of, Some(known)) if as_of == ARRIVED.get() => known,
                    _ => {
                        let read = $catalogue::read(fetched(&[$( $file ),+]));
                        texts.set((ARRIVED.get(), Some(read)));
                        read
                    }
                })
            }
        )+
    };
}

catalogues! {
    /// What screens say.
    texts: Screens in "screens", "screens-dashboard", "screens-later";
    /// What is said of the history.
    activity_texts: ActivityTexts in "activity";
    /// The words of the import.
    import_texts: Importing in "importing";
    /// What is said of letters.
    notice_texts: NoticeTexts in "notices";
    /// What is said of directory sync.
    sync_texts: SyncTexts in "syncing";
    /// The words of the desk's screens.
    desk_texts: Desk in "desk";
    /// What the sign-in page says.
    entrance_texts: EntranceTexts in "entrance";
    /// What newcomers and learners read.
    look_texts: LookTexts in "look";
    /// What the settings say.
    settings_texts: SettingsTexts in "settings";
    /// Why a row can't be taken.
    problem_texts: Problems in "problems";
    /// What the command palette says, and how the help is divided.
    palette_texts: PaletteTexts in "palette";
    /// What the help says.
    help_texts: HelpTexts in "help";
}

thread_local! {
    /// How often code has arrived: words come with it.
    static ARRIVED: Cell<usize> = const { Cell::new(0) };
    /// The language of this page load.
    static LANGUAGE: Cell<Option<Language>> = const { Cell::new(None) };
}

/// Says that code has arrived, and with it perhaps more words.
pub(crate) fn arrived() {
    ARRIVED.set(ARRIVED.get().wrapping_add(1));
}

/// The language of this page load: what `boot.js` has chosen and written on the document.
pub(crate) fn language() -> Language {
    LANGUAGE.get().unwrap_or_else(|| {
        let written = web_sys::window()
            .and_then(|window| window.document())
            .and_then(|document| document.document_element())
            .and_then(|root| root.get_attribute("lang"));
        let language = written.and_then(|tag| Language::parse(&tag)).unwrap_or_default();
        LANGUAGE.set(Some(language));
        language
    })
}

/// Under which name the browser keeps the choice; `pieces.js` reads it.
const KEPT_AS: &str = "language";

/// What was chosen in this browser.
pub(crate) fn chosen_language() -> Option<Language> {
    let storage = web_sys::window()?.local_storage().ok().flatten()?;
    Language::parse(&storage.get_item(KEPT_AS).ok().flatten()?)
}

/// Keeps a choice, and shows everything in that language. A browser that keeps nothing goes on as it is.
pub(crate) fn choose_language(language: Language) {
    let Some(window) = web_sys::window() else { return };
    if let Ok(Some(storage)) = window.local_storage() {
        let _ = storage.set_item(KEPT_AS, language.as_str());
    }
    if chosen_language() == Some(language) && self::language() != language {
        let _ = window.location().reload();
    }
}

/// A whole number as the reader's language writes it.
pub(crate) fn number(value: i64) -> String {
    language().number(value)
}

/// The texts of some files, one after the other, as far as they are there. They stay for as long as the page does.
fn fetched(files: &[&str]) -> &'static Table {
    let words = Reflect::get(&js_sys::global(), &JsValue::from_str("words")).unwrap_or_default();
    let mut all: Vec<&'static str> = Vec::new();
    for file in files {
        let Some(text) = Reflect::get(&words, &JsValue::from_str(file)).ok().and_then(|text| text.as_string()) else { break };
        all.extend(String::leak(text).split(BETWEEN));
    }
    Box::leak(Box::new(Table { language: language(), templates: all.leak() }))
}

/// This moment, by the reader's clock: for ages only, never for what holds.
pub(crate) fn now() -> Instant {
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970 fit")]
    Instant(Date::now() as i64)
}

/// What one colour and one word say: the colour's name is the style sheet's.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tone(pub(crate) &'static str);

/// Status and order states by colour and by word, never by colour alone.
impl Tone {
    pub(crate) const IN_USE: Self = Self("in-use");
    pub(crate) const PENDING: Self = Self("pending");
    pub(crate) const AVAILABLE: Self = Self("available");
    pub(crate) const OVERDRAWN: Self = Self("overdrawn");
    pub(crate) const EXPIRED: Self = Self("expired");
}

pub(crate) fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::User => texts().user_licences(),
        Kind::Content => texts().content_licences(),
    }
}

pub(crate) fn one_of(kind: Kind) -> &'static str {
    match kind {
        Kind::User => texts().user_licence(),
        Kind::Content => texts().content_licence(),
    }
}

/// A number of licences of a kind.
pub(crate) fn licences(kind: Kind, count: i64) -> String {
    match kind {
        Kind::User => texts().count_user(count),
        Kind::Content => texts().count_content(count),
    }
}

pub(crate) fn status(status: Status) -> (&'static str, Tone) {
    match status {
        Status::Pending => (texts().pending_invite(), Tone::PENDING),
        Status::InUse => (texts().in_use(), Tone::IN_USE),
        Status::Expired => (texts().expired(), Tone::EXPIRED),
        Status::TakenBack => (texts().taken_back(), Tone::EXPIRED),
    }
}

/// Where a member stands with regard to the user licence.
pub(crate) fn standing(standing: Standing) -> (&'static str, Tone) {
    match standing {
        Standing::InUse => (texts().in_use(), Tone::IN_USE),
        Standing::Pending => (texts().pending_invite(), Tone::PENDING),
        Standing::Waiting => (texts().in_line(), Tone::PENDING),
        Standing::Overdrawn => (texts().overdrawn(), Tone::OVERDRAWN),
        Standing::Expired => (texts().expired(), Tone::EXPIRED),
        Standing::None => (texts().none(), Tone::EXPIRED),
        Standing::Removed => (texts().removed(), Tone::EXPIRED),
    }
}

/// Where an invite stands.
pub(crate) fn invite(state: &str) -> (&'static str, Tone) {
    match state {
        "open" => (texts().invite_open(), Tone::PENDING),
        "accepted" => (texts().invite_accepted(), Tone::IN_USE),
        "withdrawn" => (texts().invite_withdrawn(), Tone::EXPIRED),
        _ => (texts().invite_lapsed(), Tone::EXPIRED),
    }
}

/// What became of a letter, in a sentence.
pub(crate) fn mail(line: &LetterLine) -> String {
    let at = minute(line.at);
    match (line.state, line.reason.as_deref()) {
        (LetterState::Queued, _) => texts().mail_queued(&at),
        (LetterState::Sent, _) => texts().mail_sent(&at),
        (LetterState::Delivered, _) => texts().mail_delivered(&at),
        (LetterState::Delayed, _) => texts().mail_delayed(&at),
        (LetterState::Bounced, Some(why)) => texts().mail_bounced_because(&at, why),
        (LetterState::Bounced, None) => texts().mail_bounced(&at),
        (LetterState::Complained, _) => texts().mail_complained(&at),
        (LetterState::Failed, Some(why)) => texts().mail_failed_because(&at, why),
        (LetterState::Failed, None) => texts().mail_failed(&at),
        (LetterState::Dropped, _) => texts().mail_dropped().to_owned(),
    }
}

/// What a letter is called in a list.
pub(crate) fn letter(kind: LetterKind) -> &'static str {
    let texts = notice_texts();
    match kind {
        LetterKind::SignIn => texts.letter_sign_in(),
        LetterKind::Invite => texts.letter_invite(),
        LetterKind::InviteReminder => texts.letter_invite_reminder(),
        LetterKind::OrderReceived => texts.letter_order_received(),
        LetterKind::OrderWaiting => texts.letter_order_waiting(),
        LetterKind::OrderCancelled => texts.letter_order_cancelled(),
        LetterKind::LicencesReady => texts.letter_licences_ready(),
        LetterKind::PartAssigned => texts.letter_part_assigned(),
        LetterKind::OrderDeclined => texts.letter_order_declined(),
        LetterKind::LotExpiring => texts.letter_lot_expiring(),
        LetterKind::LotEnded => texts.letter_lot_ended(),
        LetterKind::Overdrawn => texts.letter_overdrawn(),
        LetterKind::LowBalance => texts.letter_low_balance(),
        LetterKind::ImportFinished => texts.letter_import_finished(),
        LetterKind::LicenceExpiring => texts.letter_licence_expiring(),
        LetterKind::LicenceExpired => texts.letter_licence_expired(),
        LetterKind::LicenceCarried => texts.letter_licence_carried(),
        LetterKind::LicenceGiven => texts.letter_licence_given(),
        LetterKind::Inactive => texts.letter_inactive(),
        LetterKind::StaffInvited => texts.letter_staff_invited(),
        LetterKind::HandedOver => texts.letter_handed_over(),
    }
}

/// When a letter is sent that a company can choose; nothing for those that always go out.
pub(crate) fn when_letter(kind: LetterKind) -> &'static str {
    let texts = notice_texts();
    match kind {
        LetterKind::InviteReminder => texts.when_invite_reminder(),
        LetterKind::LicencesReady => texts.when_licences_ready(),
        LetterKind::PartAssigned => texts.when_part_assigned(),
        LetterKind::OrderDeclined => texts.when_order_declined(),
        LetterKind::LotExpiring => texts.when_lot_expiring(),
        LetterKind::LotEnded => texts.when_lot_ended(),
        LetterKind::Overdrawn => texts.when_overdrawn(),
        LetterKind::LowBalance => texts.when_low_balance(),
        LetterKind::ImportFinished => texts.when_import_finished(),
        LetterKind::LicenceExpiring => texts.when_licence_expiring(),
        LetterKind::LicenceExpired => texts.when_licence_expired(),
        LetterKind::LicenceCarried => texts.when_licence_carried(),
        LetterKind::LicenceGiven => texts.when_licence_given(),
        _ => "",
    }
}

/// What stands for an order's state, by the order as a whole: one that is assigned in part says how far.
pub(crate) fn order_status(order: &OrderLine) -> (String, Tone) {
    match order.status {
        OrderStatus::Requested if order.assigned > 0 => {
            (texts().partly_assigned(&number(order.assigned), &number(order.quantity)), Tone::AVAILABLE)
        }
        OrderStatus::Requested => (texts().requested().to_owned(), Tone::PENDING),
        OrderStatus::Assigned => (texts().assigned().to_owned(), Tone::IN_USE),
        OrderStatus::Declined => (texts().declined().to_owned(), Tone::OVERDRAWN),
        OrderStatus::Cancelled => (texts().cancelled().to_owned(), Tone::EXPIRED),
    }
}

/// How many licences of a kind, where the column says that they are licences.
pub(crate) fn short(kind: Kind, count: i64) -> String {
    match kind {
        Kind::User => texts().number_user(&number(count)),
        Kind::Content => texts().number_content(&number(count)),
    }
}

/// An event as who did it, and what it was.
pub(crate) fn event(line: &EventLine) -> (String, String) {
    let texts = texts();
    let actor = line.actor.clone().unwrap_or_else(|| texts.scheduled_run().to_owned());
    let member = line.member.clone().unwrap_or_default();
    let some = match (line.kind, line.quantity) {
        (Some(of), Some(count)) => licences(of, count),
        (Some(of), None) => one_of(of).to_owned(),
        (None, _) => String::new(),
    };
    let order = line.order.map(|number| number.to_string()).unwrap_or_default();
    let what = match line.what {
        EventKind::CompanyCreated => texts.did_create_company().to_owned(),
        EventKind::SettingsChanged => texts.did_change_settings().to_owned(),
        EventKind::OrderRequested => texts.did_request(&some, &order),
        EventKind::OrderAssigned => texts.did_assign(&some, &order),
        EventKind::OrderDeclined => texts.did_decline(&some, &order),
        EventKind::OrderCancelled => texts.did_cancel(&some, &order),
        EventKind::LotReduced => texts.did_reduce_lot(&some, &order),
        EventKind::LotExtended => texts.did_extend_lot(&order),
        EventKind::AccountManagerChanged => texts.did_change_account_manager().to_owned(),
        EventKind::CompanyRenamed => texts.did_rename_company().to_owned(),
        EventKind::InviteReminded => texts.did_remind_of_invite(&member),
        EventKind::LetterFailed => texts.did_give_letter_up(&member),
        EventKind::LetterBounced => texts.did_get_letter_back(&member),
        EventKind::MemberAddressChanged => texts.did_correct_address(&member),
        EventKind::LotEnded => texts.did_end_lot(&some, &order),
        EventKind::MemberAdded => texts.did_add(&member),
        EventKind::LicenceDrawn => texts.did_draw(&some, &member),
        EventKind::InviteAccepted => texts.did_accept().to_owned(),
        EventKind::LicenceActivated => texts.did_activate(&some, &member),
        EventKind::LicenceExpired => texts.did_expire(&some, &member),
        EventKind::InviteLapsed => texts.did_lapse(&member),
        EventKind::LotStarted => texts.did_start_lot(&some, &order),
        EventKind::LicenceTakenBack => texts.did_take_back(&some, &member),
        EventKind::LicenceAwaited => texts.did_await(&some, &member),
        EventKind::LicenceSettled => texts.did_settle(&some, &member),
        EventKind::LicenceCarriedOver => texts.did_carry_over(&some, &member),
        EventKind::LicenceEndChanged => texts.did_change_end(&some, &member),
        EventKind::InviteWithdrawn => texts.did_withdraw(&member),
        EventKind::InviteSent => texts.did_invite_again(&member),
        EventKind::MemberRemoved => texts.did_remove(&member),
        EventKind::MemberReactivated => texts.did_reactivate(&member),
        EventKind::MemberReplaced => texts.did_replace(&member),
        EventKind::MemberGroupChanged => texts.did_change_group(&member),
        EventKind::MemberEndChanged => texts.did_change_own_end(&member),
        EventKind::GroupCreated => texts.did_create_group().to_owned(),
        EventKind::GroupEndChanged => texts.did_change_group_end().to_owned(),
        EventKind::GroupRenamed => texts.did_rename_group().to_owned(),
        EventKind::GroupRemoved => texts.did_remove_group().to_owned(),
        EventKind::UsersImported => texts.did_import(line.quantity.unwrap_or_default()),
        EventKind::ImportUndone => texts.did_undo_import(line.quantity.unwrap_or_default()),
        EventKind::MemberReminded => texts.did_remind(&member),
        EventKind::MemberSuspended => texts.did_suspend(&member),
        EventKind::MemberResumed => texts.did_resume(&member),
        EventKind::MemberRoleChanged => texts.did_change_role(&member),
        EventKind::SyncChanged => texts.did_change_sync().to_owned(),
        EventKind::SyncTokenMade => texts.did_make_token().to_owned(),
        EventKind::SyncTokenRevoked => texts.did_revoke_token().to_owned(),
        EventKind::CountersRepaired => texts.did_repair().to_owned(),
    };
    // What a mail provider answered is for whoever looks at the person.
    let note = line.note.as_deref().filter(|_| !matches!(line.what, EventKind::LetterFailed | EventKind::LetterBounced));
    let what = note.map_or(what.clone(), |note| texts.with_note(&what, note));
    (actor, what)
}

/// How a moment is shown: the options of `Intl.DateTimeFormat`.
type Shown = &'static [(&'static str, &'static str)];

fn formatter(language: &str, shown: Shown) -> Function {
    let object = Object::new();
    for (name, value) in shown {
        let _ = Reflect::set(&object, &JsValue::from_str(name), &JsValue::from_str(value));
    }
    let languages = js_sys::Array::of1(&JsValue::from_str(language));
    Intl::DateTimeFormat::new(&languages, &object).format()
}

fn format(at: Instant, shown: Shown) -> String {
    thread_local! {
        // To make one takes the browser longer than to draw the row that shows the date.
        static MADE: RefCell<Vec<(&'static str, Shown, Function)>> = const { RefCell::new(Vec::new()) };
    }
    let language = language().for_dates();
    let formatter = MADE.with_borrow_mut(|made| {
        if let Some((.., known)) = made.iter().find(|known| (known.0, known.1) == (language, shown)) {
            return known.clone();
        }
        let new = formatter(language, shown);
        made.push((language, shown, new.clone()));
        new
    });
    #[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 fit")]
    let date = Date::new(&JsValue::from_f64(at.0 as f64));
    let formatted = formatter.call1(&JsValue::UNDEFINED, &date);
    formatted.ok().and_then(|text| text.as_string()).unwrap_or_default()
}

/// A day in the reader's time zone: `14 Mar 2027`.
pub(crate) fn day(at: Instant) -> String {
    format(at, &[("day", "numeric"), ("month", "short"), ("year", "numeric")])
}

/// A day and the time to the minute, in the reader's time zone: `14 Mar 2027, 09:30`.
pub(crate) fn minute(at: Instant) -> String {
    format(at, &[("dateStyle", "medium"), ("timeStyle", "short")])
}

/// A day in UTC, for dates that were typed as days in UTC.
pub(crate) fn day_in_utc(at: Instant) -> String {
    format(at, &[("day", "numeric"), ("month", "short"), ("year", "numeric"), ("timeZone", "UTC")])
}

/// The time of a moment in UTC, to the minute.
pub(crate) fn time_in_utc(at: Instant) -> String {
    format(at, &[("hour", "2-digit"), ("minute", "2-digit"), ("timeZone", "UTC")])
}

/// The first moment of a day in UTC, from `YYYY-MM-DD`.
pub(crate) fn midnight(date: &str) -> Option<Instant> {
    let milliseconds = Date::parse(date);
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970 fit")]
    milliseconds.is_finite().then_some(Instant(milliseconds as i64))
}

/// Whether a text is a day that can be asked for, as `YYYY-MM-DD`.
pub(crate) fn is_day(text: &str) -> bool {
    // Some browsers take the 30th of February for a day in March.
    midnight(text).is_some_and(|at| at.0 >= 0 && iso_day(at) == text)
}

/// The exact moment in the reader's time zone.
pub(crate) fn moment(at: Instant) -> String {
    format(at, &[("dateStyle", "full"), ("timeStyle", "long")])
}

/// A calendar month, counted in UTC, as the forecast is.
pub(crate) fn month(at: Instant) -> String {
    format(at, &[("month", "short"), ("timeZone", "UTC")])
}

/// A calendar month with its year, counted in UTC.
pub(crate) fn month_and_year(at: Instant) -> String {
    format(at, &[("month", "long"), ("year", "numeric"), ("timeZone", "UTC")])
}

/// How long ago something was, in a few words; a date when it is long ago.
pub(crate) fn ago(at: Instant, now: Instant) -> String {
    let texts = texts();
    match now.0.saturating_sub(at.0) {
        age if age < MINUTE => texts.just_now().to_owned(),
        age if age < HOUR => texts.minutes_ago(age / MINUTE),
        age if age < DAY => texts.hours_ago(age / HOUR),
        age if age < 7 * DAY => texts.days_ago(age / DAY),
        _ => day(at),
    }
}

/// How many days are left until a moment, a begun day counted.
pub(crate) fn days_until(at: Instant, now: Instant) -> i64 {
    at.0.saturating_sub(now.0).max(0).saturating_add(DAY - 1) / DAY
}

/// The day on which something ends, or nothing where no lot says so yet: an overdrawn licence gets its end with its lot.
pub(crate) fn known_end(at: Instant) -> Option<Instant> {
    Some(at).filter(|at| *at < Instant::NEVER)
}

/// Today in UTC, moved by some days, as `YYYY-MM-DD`.
pub(crate) fn date_in_utc(days: i64) -> String {
    iso(now().plus(days.saturating_mul(DAY))).split('T').next().unwrap_or_default().to_owned()
}

/// The machine-readable form of a moment.
pub(crate) fn iso(at: Instant) -> String {
    #[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 fit")]
    let date = Date::new(&JsValue::from_f64(at.0 as f64));
    date.to_iso_string().into()
}

/// The day of a moment in UTC, as `YYYY-MM-DD`.
pub(crate) fn iso_day(at: Instant) -> String {
    iso(at).split('T').next().unwrap_or_default().to_owned()
}

/// What somebody is in a company.
pub(crate) fn role(manager: bool, learner: bool) -> &'static str {
    match (manager, learner) {
        (true, true) => texts().manager_and_learner(),
        (true, false) => texts().manager(),
        (false, _) => texts().learner(),
    }
}

/// Why somebody has or hasn't a licence, in a sentence.
pub(crate) fn why(why: &Why) -> String {
    let texts = texts();
    let by = |by: &Option<String>| by.clone().unwrap_or_else(|| texts.scheduled_run().to_owned());
    match why {
        Why::InUse { since, until: Some(until), order: Some(order) } => {
            texts.why_in_use(&day(*since), &day(*until), &order.to_string())
        }
        Why::InUse { since, .. } => texts.why_overdrawn(&day(*since)),
        Why::Pending { since, open_until: Some(until), .. } => texts.why_pending(&day(*since), &day(*until)),
        Why::Pending { since, open_until: None, .. } => texts.why_reserved(&day(*since)),
        Why::Waiting { since, ahead } => texts.why_waiting(*ahead, &day(*since)),
        Why::Expired { at, not_carried } => {
            let at = day(*at);
            match not_carried {
                None => texts.why_ended_early(&at),
                Some(NotCarriedBecause::Policy) => texts.why_expired(&at),
                Some(NotCarriedBecause::Inactive) => texts.why_expired_inactive(&at),
                Some(NotCarriedBecause::NoRoom) => texts.why_expired_no_room(&at),
            }
        }
        Why::TakenBack { at, by: who } => texts.why_taken_back(&by(who), &day(*at)),
        Why::Replaced { at, by: who, successor } => {
            texts.why_replaced(&by(who), successor.as_deref().unwrap_or_default(), &day(*at))
        }
        Why::InviteLapsed { at } => texts.why_lapsed(&day(*at)),
        Why::InviteWithdrawn { at, by: who } => texts.why_withdrawn(&by(who), &day(*at)),
        Why::OnlyManages => texts.why_only_manages().to_owned(),
        Why::NeverGiven => texts.why_never_given().to_owned(),
    }
}

/// An arrow from what was to what will be. No line begins with it.
pub(crate) fn arrow() -> &'static str {
    if language().right_to_left() { "\u{a0}← " } else { "\u{a0}→ " }
}

/// A number with its sign, as a change.
pub(crate) fn signed(value: i64) -> String {
    match value {
        0 => "–".to_owned(),
        value if value > 0 => format!("+{}", number(value)),
        value => number(value),
    }
}

/// What can move a balance, in the order in which it is told: what brings licences, what hands them out, what takes them.
pub(crate) const MOVEMENTS: [fn() -> &'static str; 10] = [
    || texts().moved_by_start(),
    || texts().moved_by_invites(),
    || texts().moved_by_giving(),
    || texts().moved_by_accepting(),
    || texts().moved_by_taking_back(),
    || texts().moved_by_replacing(),
    || texts().moved_by_withdrawal(),
    || texts().moved_by_lapse(),
    || texts().moved_by_expiry(),
    || texts().moved_by_end(),
];

/// What moved a balance, in a few words.
pub(crate) fn movement(movement: &Movement) -> &'static str {
    let texts = texts();
    match (movement.what, movement.to.as_str()) {
        (EventKind::LotStarted, _) => texts.moved_by_start(),
        (EventKind::LotEnded, _) => texts.moved_by_end(),
        (EventKind::LotReduced, _) => texts.moved_by_reducing(),
        (EventKind::LicenceDrawn, "in_use") => texts.moved_by_giving(),
        (EventKind::LicenceDrawn, _) => texts.moved_by_invites(),
        (EventKind::LicenceActivated, _) => texts.moved_by_accepting(),
        (EventKind::LicenceExpired, _) => texts.moved_by_expiry(),
        (_, "replaced") => texts.moved_by_replacing(),
        (_, "invite_lapsed") => texts.moved_by_lapse(),
        (_, "invite_withdrawn") => texts.moved_by_withdrawal(),
        _ => texts.moved_by_taking_back(),
    }
}

/// The way in that somebody came through, and the import or sync that it belongs to.
pub(crate) fn door(door: &str, belongs_to: Option<&str>) -> String {
    let texts = texts();
    let way = match door {
        "directory_sync" => texts.door_sync(),
        "import" => texts.door_import(),
        _ => texts.door_hand(),
    };
    belongs_to.map_or_else(|| way.to_owned(), |name| format!("{way} · {name}"))
}

/// How a person is called: the name, or the address where none is known.
pub(crate) fn called<'a>(name: Option<&'a str>, email: &'a str) -> &'a str {
    name.unwrap_or(email)
}
