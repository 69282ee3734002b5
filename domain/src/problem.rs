//! What can go wrong, as types. The Worker turns each into an RFC 9457 problem document at one place.

use serde::{Deserialize, Serialize};

use crate::address::AddressProblem;
use crate::kind::Kind;
use crate::picture::PictureProblem;
use crate::text::TextProblem;
use crate::texts::problems::Problems;

/// Why a value in a request can't be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldProblem {
    /// It is not an e-mail address.
    Address(AddressProblem),
    /// It is not a text that we keep.
    Text(TextProblem),
    /// It is not a whole number between these two.
    NumberOutOfRange {
        /// The least.
        least: i64,
        /// The most.
        most: i64,
    },
    /// It is not a date, or one that can't start a term.
    Date,
    /// It is a day that is not to come.
    NotToCome,
    /// It is a day that has not begun.
    NotPast,
    /// No role was chosen.
    NoRole,
    /// It is none of the choices that there are.
    Choice,
    /// It is not a colour.
    Colour,
}

impl From<AddressProblem> for FieldProblem {
    fn from(problem: AddressProblem) -> Self {
        Self::Address(problem)
    }
}

impl From<TextProblem> for FieldProblem {
    fn from(problem: TextProblem) -> Self {
        Self::Text(problem)
    }
}

/// Everything that the API refuses, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The body is not JSON of the expected shape.
    MalformedBody,
    /// The body is larger than this route takes.
    BodyTooLarge,
    /// The body is not declared as JSON.
    NotJson,
    /// A field's value can't be taken.
    Field {
        /// The field's name in the request.
        field: &'static str,
        /// Why.
        reason: FieldProblem,
    },
    /// Nobody is signed in, or the session has ended.
    NotSignedIn,
    /// Signed in, but this is for others.
    NotAllowed,
    /// There is no such thing, or it belongs to another company.
    NotFound,
    /// The address takes other methods.
    MethodNotAllowed,
    /// The request comes from another site.
    CrossSite,
    /// Fewer licences are available than are needed (requirements B7, C2).
    NotEnoughLicences {
        /// The kind that is short.
        kind: Kind,
        /// How many were asked for.
        asked: i64,
        /// How many are available.
        available: i64,
        /// How many more are available to the members of some group alone.
        set_aside: i64,
        /// Whether a content licence is wanted because the company gives one to every new user (C5).
        because_of_setting: bool,
    },
    /// A member with this address is there already.
    AlreadyMember,
    /// Somebody with this address was a member and was removed.
    WasRemoved {
        /// The member's id.
        member: String,
    },
    /// Somebody who is to get another's licence holds one already.
    HoldsAlready,
    /// Somebody holds no licence that could be given on.
    NothingHeld,
    /// Somebody wants to remove themselves.
    OwnAccount,
    /// The company has a group of this name.
    GroupExists,
    /// The company has as many groups as there can be.
    TooManyGroups,
    /// The company has as many tokens for directory sync as there can be.
    TooManyTokens,
    /// The company's directory says that somebody is not active.
    Suspended,
    /// Something else has changed since what would be done was shown.
    PlanChanged,
    /// The import can't be used like this: it is over, or has not begun.
    ImportNotOpen,
    /// The file has more rows or groups than an import can have.
    ImportTooLarge,
    /// The body is neither CSV nor JSON rows.
    NotAFile,
    /// No column of the file has e-mail addresses.
    NoAddresses,
    /// A logo can't be taken.
    Picture(PictureProblem),
    /// The order was assigned, declined or cancelled meanwhile.
    OrderNotOpen,
    /// More was assigned of the order meanwhile, or the lot has been corrected.
    OrderChanged,
    /// The lot has changed meanwhile, or its licences are in use.
    LotChanged,
    /// A lot can only end later than it does, and no later than ten years after its start.
    EndsNoLater,
    /// Somebody with this address works at the desk already.
    AlreadyStaff,
    /// Somebody looks after companies, which need somebody else first.
    LooksAfterCompanies {
        /// How many.
        companies: i64,
    },
    /// The desk needs an administrator.
    LastAdministrator,
    /// A company needs a manager.
    LastManager,
    /// Somebody manages already.
    ManagesAlready,
    /// Somebody else has saved the settings meanwhile.
    SettingsChanged,
    /// The address of somebody who manages can't be corrected by others.
    OwnAddress,
    /// The letter can't be sent again: it hasn't failed, or is too old.
    LetterNotFailed,
    /// What the mail provider tells isn't signed as it should be.
    NotSigned,
    /// No invite has this link: it was mistyped, or a newer link has replaced it.
    InviteUnknown,
    /// The invite was accepted before.
    InviteAccepted,
    /// The invite was withdrawn, has lapsed, or the licence that it holds has ended.
    InviteEnded,
    /// The sign-in link or code is unknown, used, too old, or was replaced by a newer one.
    SignInEnded,
    /// The code is not the one that was mailed.
    WrongCode {
        /// How many tries are left.
        tries_left: i64,
    },
    /// The link was opened in another browser than the one that asked for it.
    OtherBrowser,
    /// Too many sign-in mails were asked for.
    TooManyRequests {
        /// After how many seconds to try again.
        retry_after: i64,
    },
    /// The same idempotency key came with another request.
    IdempotencyKeyReused,
    /// The idempotency key is empty or too long.
    IdempotencyKeyMalformed,
    /// Something broke on our side. The cause is in the log and not in the answer.
    Internal,
}

/// What can be done about a problem; the app shows each as a button.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum WayOut {
    /// Request the missing user licences.
    RequestUserLicences,
    /// Request the missing content licences (C5).
    RequestContentLicences,
    /// Stop giving every new user a content licence (C5).
    ChangeContentSetting,
    /// Bring back the member who was removed.
    Reactivate,
    /// Sign in.
    SignIn,
    /// Ask for a new link.
    AskForNewLink,
}

/// A problem as it goes over the wire (RFC 9457).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ProblemDocument {
    /// A name for this sort of problem that never changes: `urn:seatwise:problem:…`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The sort of problem in a few words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What happened and what to do, in plain words.
    pub detail: String,
    /// The field that the problem is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// How many licences are missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub short_by: Option<i64>,
    /// How many licences are available.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub available: Option<i64>,
    /// The kind of licence that is short.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence_kind: Option<Kind>,
    /// How many more are available to the members of some group alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub set_aside: Option<i64>,
    /// The id of the member whom the problem is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<String>,
    /// How many tries are left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tries_left: Option<i64>,
    /// What can be done about it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ways_out: Vec<WayOut>,
}

impl Problem {
    /// A problem with the value of `field`.
    pub fn field(field: &'static str, reason: impl Into<FieldProblem>) -> Self {
        Self::Field { field, reason: reason.into() }
    }

    /// The name that never changes.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::MalformedBody => "malformed-body",
            Self::BodyTooLarge => "body-too-large",
            Self::NotJson => "not-json",
            Self::Field { .. } => "invalid-field",
            Self::NotSignedIn => "not-signed-in",
            Self::NotAllowed => "not-allowed",
            Self::NotFound => "not-found",
            Self::MethodNotAllowed => "method-not-allowed",
            Self::CrossSite => "cross-site",
            Self::NotEnoughLicences { .. } => "not-enough-licences",
            Self::AlreadyMember => "already-member",
            Self::WasRemoved { .. } => "was-removed",
            Self::HoldsAlready => "holds-already",
            Self::NothingHeld => "nothing-held",
            Self::OwnAccount => "own-account",
            Self::GroupExists => "group-exists",
            Self::TooManyGroups => "too-many-groups",
            Self::TooManyTokens => "too-many-tokens",
            Self::Suspended => "suspended",
            Self::PlanChanged => "plan-changed",
            Self::ImportNotOpen => "import-not-open",
            Self::ImportTooLarge => "import-too-large",
            Self::NotAFile => "not-a-file",
            Self::NoAddresses => "no-addresses",
            Self::Picture(PictureProblem::Unreadable) => "not-a-picture",
            Self::Picture(_) => "picture-too-large",
            Self::OrderNotOpen => "order-not-open",
            Self::OrderChanged => "order-changed",
            Self::LotChanged => "lot-changed",
            Self::EndsNoLater => "ends-no-later",
            Self::AlreadyStaff => "already-staff",
            Self::LooksAfterCompanies { .. } => "looks-after-companies",
            Self::LastAdministrator => "last-administrator",
            Self::LastManager => "last-manager",
            Self::ManagesAlready => "manages-already",
            Self::SettingsChanged => "settings-changed",
            Self::OwnAddress => "own-address",
            Self::LetterNotFailed => "letter-not-failed",
            Self::NotSigned => "not-signed",
            Self::InviteUnknown => "invite-unknown",
            Self::InviteAccepted => "invite-accepted",
            Self::InviteEnded => "invite-ended",
            Self::SignInEnded => "sign-in-ended",
            Self::WrongCode { .. } => "wrong-code",
            Self::OtherBrowser => "other-browser",
            Self::TooManyRequests { .. } => "too-many-requests",
            Self::IdempotencyKeyReused => "idempotency-key-reused",
            Self::IdempotencyKeyMalformed => "idempotency-key-malformed",
            Self::Internal => "internal",
        }
    }

    /// The HTTP status.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self {
            Self::MalformedBody | Self::IdempotencyKeyMalformed => 400,
            Self::NotSignedIn | Self::NotSigned => 401,
            Self::NotAllowed | Self::CrossSite => 403,
            Self::NotFound | Self::InviteUnknown => 404,
            Self::MethodNotAllowed => 405,
            Self::NotEnoughLicences { .. }
            | Self::AlreadyMember
            | Self::WasRemoved { .. }
            | Self::HoldsAlready
            | Self::NothingHeld
            | Self::OwnAccount
            | Self::GroupExists
            | Self::TooManyGroups
            | Self::TooManyTokens
            | Self::Suspended
            | Self::PlanChanged
            | Self::ImportNotOpen
            | Self::OrderNotOpen
            | Self::OrderChanged
            | Self::LotChanged
            | Self::AlreadyStaff
            | Self::LooksAfterCompanies { .. }
            | Self::LastAdministrator
            | Self::LastManager
            | Self::ManagesAlready
            | Self::SettingsChanged
            | Self::OwnAddress
            | Self::LetterNotFailed
            | Self::InviteAccepted
            | Self::OtherBrowser => 409,
            Self::InviteEnded | Self::SignInEnded => 410,
            Self::BodyTooLarge | Self::ImportTooLarge | Self::Picture(PictureProblem::TooLarge | PictureProblem::Size) => 413,
            Self::NotJson | Self::NotAFile | Self::Picture(PictureProblem::Unreadable) => 415,
            Self::NoAddresses | Self::EndsNoLater | Self::Field { .. } | Self::WrongCode { .. } | Self::IdempotencyKeyReused => {
                422
            }
            Self::TooManyRequests { .. } => 429,
            Self::Internal => 500,
        }
    }

    /// The problem in words of the given language.
    #[must_use]
    pub fn document(&self, texts: &Problems) -> ProblemDocument {
        let (title, detail) = self.words(texts);
        let mut document = ProblemDocument {
            kind: format!("urn:seatwise:problem:{}", self.name()),
            title: title.to_owned(),
            status: self.status(),
            detail,
            field: None,
            short_by: None,
            available: None,
            licence_kind: None,
            set_aside: None,
            member: None,
            tries_left: None,
            ways_out: Vec::new(),
        };
        match self {
            Self::Field { field, .. } => document.field = Some((*field).to_owned()),
            Self::NotEnoughLicences { kind, asked, available, set_aside, because_of_setting } => {
                document.set_aside = Some(*set_aside).filter(|count| *count > 0);
                document.short_by = Some(asked.saturating_sub(*available));
                document.available = Some(*available);
                document.licence_kind = Some(*kind);
                document.ways_out = match (kind, because_of_setting) {
                    (Kind::User, _) => vec![WayOut::RequestUserLicences],
                    (Kind::Content, false) => vec![WayOut::RequestContentLicences],
                    (Kind::Content, true) => vec![WayOut::RequestContentLicences, WayOut::ChangeContentSetting],
                };
            }
            Self::AlreadyMember | Self::AlreadyStaff | Self::HoldsAlready | Self::ManagesAlready => {
                document.field = Some("email".to_owned())
            }
            Self::WasRemoved { member } => {
                document.member = Some(member.clone());
                document.ways_out = vec![WayOut::Reactivate];
            }
            Self::GroupExists => document.field = Some("name".to_owned()),
            Self::EndsNoLater => document.field = Some("ends_on".to_owned()),
            Self::WrongCode { tries_left } => {
                document.field = Some("code".to_owned());
                document.tries_left = Some(*tries_left);
            }
            Self::NotSignedIn | Self::InviteAccepted => document.ways_out = vec![WayOut::SignIn],
            Self::SignInEnded => document.ways_out = vec![WayOut::AskForNewLink],
            _ => {}
        }
        document
    }

    fn words(&self, texts: &Problems) -> (&'static str, String) {
        match self {
            Self::MalformedBody => (texts.malformed_body_title(), texts.malformed_body().to_owned()),
            Self::BodyTooLarge => (texts.body_too_large_title(), texts.body_too_large().to_owned()),
            Self::NotJson => (texts.not_json_title(), texts.not_json().to_owned()),
            Self::Field { reason, .. } => (texts.field_title(), reason.words(texts)),
            Self::NotSignedIn => (texts.not_signed_in_title(), texts.not_signed_in().to_owned()),
            Self::NotAllowed => (texts.not_allowed_title(), texts.not_allowed().to_owned()),
            Self::NotFound => (texts.not_found_title(), texts.not_found().to_owned()),
            Self::MethodNotAllowed => (texts.method_not_allowed_title(), texts.method_not_allowed().to_owned()),
            Self::CrossSite => (texts.cross_site_title(), texts.cross_site().to_owned()),
            Self::NotEnoughLicences { kind, asked, available, set_aside, because_of_setting } => {
                let short = asked.saturating_sub(*available);
                let mut detail = match (kind, because_of_setting) {
                    (Kind::User, _) => texts.short_of_user_licences(*asked, short, *available),
                    (Kind::Content, false) => texts.short_of_content_licences(*asked, short, *available),
                    (Kind::Content, true) => texts.short_of_content_by_setting(*asked, short, *available),
                };
                if *set_aside > 0 {
                    detail = format!("{detail} {}", texts.set_aside_for_groups(*set_aside));
                }
                (texts.not_enough_licences_title(), detail)
            }
            Self::AlreadyMember => (texts.already_member_title(), texts.already_member().to_owned()),
            Self::WasRemoved { .. } => (texts.was_removed_title(), texts.was_removed().to_owned()),
            Self::HoldsAlready => (texts.holds_already_title(), texts.holds_already().to_owned()),
            Self::NothingHeld => (texts.nothing_held_title(), texts.nothing_held().to_owned()),
            Self::OwnAccount => (texts.own_account_title(), texts.own_account().to_owned()),
            Self::GroupExists => (texts.group_exists_title(), texts.group_exists().to_owned()),
            Self::TooManyGroups => (texts.too_many_groups_title(), texts.too_many_groups().to_owned()),
            Self::TooManyTokens => (texts.too_many_tokens_title(), texts.too_many_tokens().to_owned()),
            Self::Suspended => (texts.suspended_title(), texts.suspended().to_owned()),
            Self::PlanChanged => (texts.plan_changed_title(), texts.plan_changed().to_owned()),
            Self::ImportNotOpen => (texts.import_not_open_title(), texts.import_not_open().to_owned()),
            Self::ImportTooLarge => (texts.import_too_large_title(), texts.import_too_large().to_owned()),
            Self::NotAFile => (texts.not_a_file_title(), texts.not_a_file().to_owned()),
            Self::NoAddresses => (texts.no_addresses_title(), texts.no_addresses().to_owned()),
            Self::Picture(problem) => match problem {
                PictureProblem::TooLarge => (texts.picture_title(), texts.picture_too_large().to_owned()),
                PictureProblem::Unreadable => (texts.picture_title(), texts.picture_unreadable().to_owned()),
                PictureProblem::Size => (texts.picture_title(), texts.picture_too_many_pixels().to_owned()),
            },
            Self::OrderNotOpen => (texts.order_not_open_title(), texts.order_not_open().to_owned()),
            Self::OrderChanged => (texts.order_changed_title(), texts.order_changed().to_owned()),
            Self::LotChanged => (texts.lot_changed_title(), texts.lot_changed().to_owned()),
            Self::EndsNoLater => (texts.ends_no_later_title(), texts.ends_no_later().to_owned()),
            Self::AlreadyStaff => (texts.already_staff_title(), texts.already_staff().to_owned()),
            Self::LooksAfterCompanies { companies } => {
                (texts.looks_after_companies_title(), texts.looks_after_companies(*companies))
            }
            Self::LastAdministrator => (texts.last_administrator_title(), texts.last_administrator().to_owned()),
            Self::LastManager => (texts.last_manager_title(), texts.last_manager().to_owned()),
            Self::ManagesAlready => (texts.already_member_title(), texts.manages_already().to_owned()),
            Self::SettingsChanged => (texts.settings_changed_title(), texts.settings_changed().to_owned()),
            Self::OwnAddress => (texts.own_address_title(), texts.own_address().to_owned()),
            Self::LetterNotFailed => (texts.letter_not_failed_title(), texts.letter_not_failed().to_owned()),
            Self::NotSigned => (texts.not_signed_title(), texts.not_signed().to_owned()),
            Self::InviteUnknown => (texts.invite_unknown_title(), texts.invite_unknown().to_owned()),
            Self::InviteAccepted => (texts.invite_accepted_title(), texts.invite_accepted().to_owned()),
            Self::InviteEnded => (texts.invite_ended_title(), texts.invite_ended().to_owned()),
            Self::SignInEnded => (texts.sign_in_ended_title(), texts.sign_in_ended().to_owned()),
            Self::WrongCode { tries_left } => (texts.wrong_code_title(), texts.wrong_code(*tries_left)),
            Self::OtherBrowser => (texts.other_browser_title(), texts.other_browser().to_owned()),
            Self::TooManyRequests { retry_after } => {
                (texts.too_many_requests_title(), texts.too_many_requests(retry_after.saturating_add(59) / 60))
            }
            Self::IdempotencyKeyReused => (texts.idempotency_title(), texts.idempotency_key_reused().to_owned()),
            Self::IdempotencyKeyMalformed => (texts.idempotency_title(), texts.idempotency_key_malformed().to_owned()),
            Self::Internal => (texts.internal_title(), texts.internal().to_owned()),
        }
    }
}

impl FieldProblem {
    /// The reason in words of the given language.
    #[must_use]
    pub fn words(&self, texts: &Problems) -> String {
        match self {
            Self::Address(problem) => match problem {
                AddressProblem::Empty => texts.address_empty(),
                AddressProblem::TooLong => texts.address_too_long(),
                AddressProblem::NoAt => texts.address_no_at(),
                AddressProblem::ManyAts => texts.address_many_ats(),
                AddressProblem::NoLocalPart => texts.address_no_local_part(),
                AddressProblem::BadDomain => texts.address_bad_domain(),
                AddressProblem::BadCharacter => texts.address_bad_character(),
            }
            .to_owned(),
            Self::Text(problem) => match problem {
                TextProblem::Empty => texts.text_empty().to_owned(),
                TextProblem::TooLong { most } => texts.text_too_long(i64::try_from(*most).unwrap_or(i64::MAX)),
                TextProblem::BadCharacter => texts.text_bad_character().to_owned(),
                TextProblem::NotAWebAddress => texts.text_not_a_web_address().to_owned(),
            },
            Self::NumberOutOfRange { least, most } => texts.number_out_of_range(*least, *most),
            Self::Date => texts.date_unreadable().to_owned(),
            Self::NotToCome => texts.date_not_to_come().to_owned(),
            Self::NotPast => texts.date_not_past().to_owned(),
            Self::NoRole => texts.no_role().to_owned(),
            Self::Choice => texts.no_such_choice().to_owned(),
            Self::Colour => texts.colour_unreadable().to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shortfall_says_how_short_and_what_to_do() {
        let problem =
            Problem::NotEnoughLicences { kind: Kind::Content, asked: 1, available: -12, set_aside: 0, because_of_setting: true };
        let document = problem.document(&Problems::ENGLISH);
        assert_eq!((document.status, document.short_by, document.available), (409, Some(13), Some(-12)));
        assert_eq!(document.ways_out, [WayOut::RequestContentLicences, WayOut::ChangeContentSetting]);
        assert!(document.detail.contains("\u{2212}12"), "{}", document.detail);
    }

    #[test]
    fn a_document_has_only_the_members_that_it_needs() {
        let text = serde_json::to_string(&Problem::NotFound.document(&Problems::ENGLISH)).expect("json");
        assert!(
            !text.contains("short_by") && !text.contains("ways_out") && text.contains("urn:seatwise:problem:not-found"),
            "{text}"
        );
    }
}
