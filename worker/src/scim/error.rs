//! Errors as SCIM says them (RFC 7644 §3.12).

use serde_json::{Value, json};

/// The name of the form that errors come in.
pub const ERROR_SCHEMA: &str = "urn:ietf:params:scim:api:messages:2.0:Error";

/// Why a request can't be done. The detail is shown to the administrator of the directory, word by word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScimError {
    /// The HTTP status.
    pub status: u16,
    /// The keyword of RFC 7644 table 9, where there is one.
    pub scim_type: Option<&'static str>,
    /// One sentence for people.
    pub detail: String,
}

impl ScimError {
    fn new(status: u16, scim_type: Option<&'static str>, detail: impl Into<String>) -> Self {
        Self { status, scim_type, detail: detail.into() }
    }

    /// The filter can't be read, or asks for something that can't be compared (400).
    #[must_use]
    pub fn invalid_filter(detail: impl Into<String>) -> Self {
        Self::new(400, Some("invalidFilter"), detail)
    }

    /// The path of a change, or of an order, leads nowhere (400).
    #[must_use]
    pub fn invalid_path(detail: impl Into<String>) -> Self {
        Self::new(400, Some("invalidPath"), detail)
    }

    /// A value is missing, or isn't of the kind that the attribute holds (400).
    #[must_use]
    pub fn invalid_value(detail: impl Into<String>) -> Self {
        Self::new(400, Some("invalidValue"), detail)
    }

    /// The body isn't of the form that the request needs (400).
    #[must_use]
    pub fn invalid_syntax(detail: impl Into<String>) -> Self {
        Self::new(400, Some("invalidSyntax"), detail)
    }

    /// The path of a change is missing, or there is nothing where it leads (400).
    #[must_use]
    pub fn no_target(detail: impl Into<String>) -> Self {
        Self::new(400, Some("noTarget"), detail)
    }

    /// The attribute can't be changed in this way (400).
    #[must_use]
    pub fn mutability(detail: impl Into<String>) -> Self {
        Self::new(400, Some("mutability"), detail)
    }

    /// Somebody else has this value already (409).
    #[must_use]
    pub fn uniqueness(detail: impl Into<String>) -> Self {
        Self::new(409, Some("uniqueness"), detail)
    }

    /// The request asks for more than is done at once (400).
    #[must_use]
    pub fn too_many(detail: impl Into<String>) -> Self {
        Self::new(400, Some("tooMany"), detail)
    }

    /// What the request is about isn't there (404).
    #[must_use]
    pub fn not_found(detail: impl Into<String>) -> Self {
        Self::new(404, None, detail)
    }

    /// What the request is about has changed since it was read (412).
    #[must_use]
    pub fn precondition_failed(detail: impl Into<String>) -> Self {
        Self::new(412, None, detail)
    }

    /// The body is too long (413).
    #[must_use]
    pub fn too_large(detail: impl Into<String>) -> Self {
        Self::new(413, None, detail)
    }

    /// The request isn't allowed to whoever sent it (403).
    #[must_use]
    pub fn forbidden(detail: impl Into<String>) -> Self {
        Self::new(403, None, detail)
    }

    /// The request asks for something that Seatwise doesn't do (501).
    #[must_use]
    pub fn not_implemented(detail: impl Into<String>) -> Self {
        Self::new(501, None, detail)
    }

    /// The body isn't of a kind that is read here (415).
    #[must_use]
    pub fn unsupported(detail: impl Into<String>) -> Self {
        Self::new(415, None, detail)
    }

    /// The address doesn't take this method (405).
    #[must_use]
    pub fn method_not_allowed(detail: impl Into<String>) -> Self {
        Self::new(405, None, detail)
    }

    /// The body of the answer. The status is a text there, as RFC 7644 §3.12 wants it.
    #[must_use]
    pub fn body(&self) -> Value {
        let mut body = json!({ "schemas": [ERROR_SCHEMA], "status": self.status.to_string(), "detail": self.detail });
        if let (Some(scim_type), Some(fields)) = (self.scim_type, body.as_object_mut()) {
            fields.insert("scimType".into(), scim_type.into());
        }
        body
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_status_is_a_text_and_nothing_is_null() {
        let body = ScimError::uniqueness("Somebody has this userName already.").body();
        let expected = json!({
            "schemas": [ERROR_SCHEMA], "status": "409", "scimType": "uniqueness", "detail": "Somebody has this userName already."
        });
        assert_eq!(body, expected);
        assert_eq!(ScimError::not_found("No.").body(), json!({ "schemas": [ERROR_SCHEMA], "status": "404", "detail": "No." }));
    }
}
