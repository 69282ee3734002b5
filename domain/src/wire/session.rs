//! Signing in, invites and sessions.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

use crate::kind::Kind;
use crate::language::Language;
use crate::time::Instant;
use crate::wire::{Contact, Look};

/// Asks for a sign-in link.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AskToSignIn {
    /// Whose address, as typed.
    pub email: String,
}

/// What was mailed: the link's token, or the code.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SignIn {
    /// From the link.
    Token(String),
    /// Typed by hand; spaces don't matter.
    Code(String),
}

/// The secret of an invite's link.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct InviteToken {
    /// What follows the # in the link.
    pub token: String,
}

/// What an invite says before it is accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct InviteView {
    /// The company that invites.
    pub company: String,
    /// How it looks.
    pub look: Look,
    /// Who can be asked about it.
    pub contact: Option<Contact>,
    /// Who invites.
    pub invited_by: String,
    /// The invited person's name, if it is known.
    pub name: Option<String>,
    /// The invited address, as typed.
    pub email: String,
    /// Whether the person will manage the company's licences.
    pub manager: bool,
    /// The licences that are reserved, with their ends.
    pub licences: Vec<ReservedLicence>,
    /// Until when the invite can be accepted.
    pub open_until: Instant,
}

/// Why an invite can't be accepted any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum InviteClosed {
    /// It was accepted before.
    Accepted,
    /// Nobody accepted it in time.
    Lapsed,
    /// It was withdrawn, or the invited person removed.
    Withdrawn,
    /// The licence that it held has ended.
    Over,
    /// The company's directory says that the invited person is not active.
    Suspended,
}

/// What the problem document of an invite that can't be accepted says besides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ClosedInvite {
    /// Why.
    pub closed: InviteClosed,
    /// The company that invited.
    pub company: String,
    /// How it looks.
    pub look: Look,
    /// Who can be asked.
    pub contact: Option<Contact>,
    /// Until when it could be accepted.
    pub open_until: Instant,
}

/// A licence that waits for its invite to be accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReservedLicence {
    /// What it opens.
    pub kind: Kind,
    /// When it ends.
    pub ends_at: Instant,
}

/// Who is signed in, if anybody is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SessionState {
    /// The session; nothing when nobody is signed in.
    pub session: Option<Session>,
}

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Session {
    /// As whom.
    pub identity: Identity,
    /// The other identities of the same address, to switch to.
    pub others: Vec<Identity>,
    /// The company's account manager (requirement B3); nothing at the desk.
    pub account_manager: Option<Contact>,
    /// The language that the person has chosen; nothing where none was.
    pub language: Option<Language>,
}

/// One role of one person: an account manager, or a member of one company.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Identity {
    /// The staff's or member's id.
    pub id: String,
    /// The person's name; the address where no name is known.
    pub name: String,
    /// The person's address, as typed.
    pub email: String,
    /// What the identity may do.
    pub role: Role,
}

/// What an identity may do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", tag = "area")]
pub enum Role {
    /// Works at the desk.
    Staff {
        /// Whether the person looks after the desk itself.
        administrator: bool,
    },
    /// Belongs to a company.
    Member {
        /// The company's id.
        company_id: String,
        /// The company's name.
        company: String,
        /// Whether the person manages its licences.
        manager: bool,
        /// Whether the person learns.
        learner: bool,
    },
}

/// Keeps the language that the person reads.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ChooseLanguage {
    /// The language.
    pub language: Language,
}

/// Read by hand, because a derived reader of tagged choices keeps whatever JSON can be until it has found the tag: code that
/// every first page would carry for this one type.
impl<'de> Deserialize<'de> for Role {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Flat {
            area: String,
            #[serde(default)]
            administrator: bool,
            #[serde(default)]
            company_id: String,
            #[serde(default)]
            company: String,
            #[serde(default)]
            manager: bool,
            #[serde(default)]
            learner: bool,
        }
        let Flat { area, administrator, company_id, company, manager, learner } = Flat::deserialize(deserializer)?;
        match area.as_str() {
            "staff" => Ok(Self::Staff { administrator }),
            "member" => Ok(Self::Member { company_id, company, manager, learner }),
            _ => Err(D::Error::custom("unknown area")),
        }
    }
}

/// Goes on as another identity.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SwitchIdentity {
    /// The identity's id.
    pub id: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_is_read_as_it_is_written() {
        let member = |manager, learner| Role::Member { company_id: "c".into(), company: "Example".into(), manager, learner };
        for role in [
            Role::Staff { administrator: true },
            Role::Staff { administrator: false },
            member(true, false),
            member(false, true),
            member(true, true),
        ] {
            let text = serde_json::to_string(&role).expect("json");
            assert_eq!(serde_json::from_str::<Role>(&text).expect("a role"), role, "{text}");
        }
        assert!(serde_json::from_str::<Role>(r#"{"area":"other"}"#).is_err());
    }
}
