//! A request on its way to its handler: who asks, from where, and what.

use futures_util::StreamExt as _;
use seatwise_domain::access::{Action, Caller, Method};
use seatwise_domain::{Instant, Language, Problem};
use serde::de::DeserializeOwned;
use worker::Request;

use super::answer::Failure;
use crate::auth::{cookies, secret};
use crate::config::Config;
use crate::store::d1::D1;
use crate::store::sessions::{self, Open, Who};
use crate::store::{Actor, Door, due};

/// The largest body that a request may have, in bytes: 5,000 ids and some more.
const LARGEST_BODY: usize = 192 * 1024;
/// The largest part of an import, in bytes.
const LARGEST_PART: usize = 1_000_000;

/// The language that whoever sends a request reads, as far as we speak it.
pub(super) fn language_of(request: &Request) -> Language {
    let accepted = request.headers().get("Accept-Language").ok().flatten();
    accepted.and_then(|accepted| Language::best(&accepted)).unwrap_or_default()
}

/// A request on its way to its handler.
pub(super) struct Ask<'a> {
    pub(super) request: Request,
    pub(super) config: &'a Config,
    pub(super) database: &'a D1,
    pub(super) now: Instant,
    pub(super) action: Action,
    /// The ids in the address, in order.
    pub(super) ids: Vec<String>,
    pub(super) session: Option<(String, Open)>,
    /// Whether more of the same follows at once, so that what can wait until the answer has left waits for the last.
    pub(super) goes_on: bool,
}

impl Ask<'_> {
    /// A header's value.
    pub(super) fn header(&self, name: &str) -> Option<String> {
        self.request.headers().get(name).ok().flatten()
    }

    /// The language that the caller reads.
    pub(super) fn language(&self) -> Language {
        language_of(&self.request)
    }

    /// The same, where the caller says one that we speak.
    pub(super) fn said_language(&self) -> Option<Language> {
        self.header("Accept-Language").and_then(|accepted| Language::best(&accepted))
    }

    /// A cookie's value.
    pub(super) fn cookie(&self, name: &str) -> Option<String> {
        cookies::read(&self.header("Cookie")?, name).filter(|value| !value.is_empty()).map(str::to_owned)
    }

    /// Refuses what another site makes a browser send. A browser tells by `Sec-Fetch-Site` and `Origin`; what is no
    /// browser has no cookie that could be abused.
    pub(super) fn refuse_other_sites(&self) -> Result<(), Failure> {
        if self.action.route().method == Method::Get {
            return Ok(());
        }
        let foreign_fetch = self.header("Sec-Fetch-Site").is_some_and(|site| site != "same-origin");
        let own = self.request.url().map(|url| url.origin().ascii_serialization()).unwrap_or_default();
        let foreign_origin = self.header("Origin").is_some_and(|origin| origin != self.config.origin && origin != own);
        if foreign_fetch || foreign_origin { Err(Problem::CrossSite.into()) } else { Ok(()) }
    }

    /// Looks the session up, if the request brings one.
    pub(super) async fn open_session(&mut self) -> Result<(), Failure> {
        let Some(token) = self.cookie(cookies::SESSION) else { return Ok(()) };
        let token_hash = secret::hash(&token);
        if let Some(open) = sessions::find(self.database, &token_hash, self.now).await? {
            sessions::seen(self.database, &token_hash, &open, self.now).await?;
            self.session = Some((token_hash, open));
        }
        Ok(())
    }

    /// Asks the table whether the caller may do this.
    pub(super) fn authorise(&self) -> Result<(), Failure> {
        let caller = self.session.as_ref().map_or(Caller::Nobody, |(_, open)| open.caller());
        let route = self.action.route();
        let company = if route.path.contains("{company}") { self.ids.first().map(String::as_str) } else { None };
        Ok(route.who.check(&caller, company)?)
    }

    /// Lets time catch up with the company whose licences the request is about, so that whatever is read or changed
    /// stands as it should at this moment.
    pub(super) async fn catch_up(&self) -> Result<(), Failure> {
        let Some((_, open)) = &self.session else { return Ok(()) };
        let company_id = match &open.who {
            Who::Member { company_id, .. } if open.due => company_id,
            Who::Staff { .. } if self.action.route().path.contains("{company}") => {
                let Some(company_id) = self.ids.first() else { return Ok(()) };
                if !due::is_due(self.database, company_id, self.now).await? {
                    return Ok(());
                }
                company_id
            }
            Who::Member { .. } | Who::Staff { .. } => return Ok(()),
        };
        Ok(due::catch_up(self.database, company_id, self.now).await?)
    }

    /// The first id in the address.
    pub(super) fn id(&self) -> Result<&str, Failure> {
        Ok(self.ids.first().ok_or(Problem::NotFound)?)
    }

    /// The second id in the address.
    pub(super) fn second_id(&self) -> Result<&str, Failure> {
        Ok(self.ids.get(1).ok_or(Problem::NotFound)?)
    }

    /// The session; for routes that need one.
    pub(super) fn open(&self) -> Result<&Open, Failure> {
        Ok(&self.session.as_ref().ok_or(Problem::NotSignedIn)?.1)
    }

    /// The member who asks, as company and id; for routes that members use.
    pub(super) fn member(&self) -> Result<(&str, &str), Failure> {
        match &self.open()?.who {
            Who::Member { company_id, member_id } => Ok((company_id, member_id)),
            Who::Staff { .. } => Err(Problem::NotAllowed.into()),
        }
    }

    /// Who the history will name.
    pub(super) fn actor(&self, door: Door) -> Result<Actor, Failure> {
        let open = self.open()?;
        Ok(Actor { door, id: Some(open.who.id().to_owned()), name: Some(open.identity.name.clone()) })
    }

    /// A value in the address's query.
    pub(super) fn query(&self, name: &str) -> Result<Option<String>, Failure> {
        let url = self.request.url()?;
        let value = url.query_pairs().find(|(known, _)| known == name).map(|(_, value)| value.into_owned());
        Ok(value)
    }

    /// At the desk, with `own=true` in the query: whose companies a list is about.
    pub(super) fn own(&self) -> Result<Option<&str>, Failure> {
        let own = self.query("own")?.is_some_and(|own| own == "true");
        Ok(if own { Some(self.open()?.who.id()) } else { None })
    }

    /// The body as text: JSON, and not too large.
    pub(super) async fn text(&mut self) -> Result<String, Failure> {
        if !self.media_type().eq_ignore_ascii_case("application/json") {
            return Err(Problem::NotJson.into());
        }
        let largest = if self.action == Action::ImportPart { LARGEST_PART } else { LARGEST_BODY };
        if self.request.inner().body().is_none() {
            return Err(Problem::MalformedBody.into());
        }
        Ok(String::from_utf8(self.bytes(largest).await?).map_err(|_| Problem::MalformedBody)?)
    }

    /// What the body is said to be.
    pub(super) fn media_type(&self) -> String {
        let content_type = self.header("Content-Type").unwrap_or_default();
        content_type.split(';').next().unwrap_or_default().trim().to_owned()
    }

    /// The body as it is, if it is no larger than `largest`.
    pub(super) async fn bytes(&mut self, largest: usize) -> Result<Vec<u8>, Failure> {
        let declared = self.header("Content-Length").and_then(|length| length.parse::<usize>().ok());
        if declared.is_some_and(|length| length > largest) {
            return Err(Problem::BodyTooLarge.into());
        }
        if self.request.inner().body().is_none() {
            return Ok(Vec::new());
        }
        let mut stream = self.request.stream()?;
        let mut body = Vec::new();
        while let Some(chunk) = stream.next().await {
            body.extend(chunk?);
            if body.len() > largest {
                return Err(Problem::BodyTooLarge.into());
            }
        }
        Ok(body)
    }

    /// The body, read as a `T`.
    pub(super) async fn body<T: DeserializeOwned>(&mut self) -> Result<T, Failure> {
        read(&self.text().await?)
    }
}

/// Reads a `T` from JSON.
pub(super) fn read<T: DeserializeOwned>(text: &str) -> Result<T, Failure> {
    Ok(serde_json::from_str(text).map_err(|_| Problem::MalformedBody)?)
}
