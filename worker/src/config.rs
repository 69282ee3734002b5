//! What the Worker is told from outside: variables and secrets.

use js_sys::Reflect;
use seatwise_domain::wire::{MailMissing, TransportKind};
use wasm_bindgen::JsValue;
use worker::Env;

/// The Worker's configuration.
#[derive(Clone, Debug)]
pub struct Config {
    /// The origin of all links in letters. Never taken from a request.
    pub origin: String,
    /// Who letters are from: `Seatwise <licences@example.com>`.
    pub mail_from: String,
    /// How letters leave.
    pub mail: MailConfig,
    /// The key that links and codes are derived from.
    pub token_key: String,
    /// How many requests a second a directory may make; nothing: the usual.
    pub sync_rate: Option<i64>,
    /// The first account manager: made when somebody asks to sign in with this address while there is no staff.
    pub administrator: Option<FirstAdministrator>,
}

/// How letters leave, and how the provider proves that it is the provider.
#[derive(Clone, Debug, Default)]
pub struct MailConfig {
    /// The address of a provider that takes letters over HTTP.
    pub url: Option<String>,
    /// The provider's key.
    pub token: Option<String>,
    /// The address of the listener that writes letters into a folder of this machine.
    pub folder: Option<String>,
    /// Whether Cloudflare's binding is there.
    pub binding: bool,
    /// The secret with which the provider signs what it tells.
    pub webhook_secret: Option<String>,
}

impl MailConfig {
    /// The way out that letters take: a provider over HTTP before the folder, and the folder before the binding. `None`:
    /// they wait.
    #[must_use]
    pub const fn transport(&self) -> Option<TransportKind> {
        match (&self.url, &self.folder, self.binding) {
            (Some(_), ..) => Some(TransportKind::Http),
            (None, Some(_), _) => Some(TransportKind::Folder),
            (None, None, true) => Some(TransportKind::Binding),
            (None, None, false) => None,
        }
    }
}

/// The first account manager.
#[derive(Clone, Debug)]
pub struct FirstAdministrator {
    /// The e-mail address.
    pub email: String,
    /// The name.
    pub name: String,
}

/// The shortest key that links may be derived from, in characters: 32 random bytes in base64.
const SHORTEST_KEY: usize = 43;

impl Config {
    /// Reads the configuration.
    ///
    /// # Errors
    /// A sentence that says what is missing, for the log.
    pub fn read(env: &Env) -> Result<Self, String> {
        let value = |name: &str| env.var(name).map(|value| value.to_string()).ok().filter(|value| !value.is_empty());
        let needed = |name: &str| value(name).ok_or_else(|| format!("{name} is not set; the README says how"));
        let token_key = needed("TOKEN_KEY")?;
        if token_key.len() < SHORTEST_KEY {
            return Err("TOKEN_KEY is too short: it takes 32 random bytes in base64".to_owned());
        }
        Ok(Self {
            origin: needed("ORIGIN")?.trim_end_matches('/').to_owned(),
            mail_from: needed("MAIL_FROM")?,
            mail: MailConfig {
                url: value("MAIL_URL"),
                token: value("MAIL_TOKEN"),
                folder: value("MAIL_FOLDER"),
                // The binding's type can't be checked, so a missing one is looked for by hand.
                binding: Reflect::get(env, &JsValue::from_str("EMAIL")).is_ok_and(|value| !value.is_undefined()),
                webhook_secret: value("MAIL_WEBHOOK_SECRET"),
            },
            token_key,
            sync_rate: value("SYNC_REQUESTS_PER_SECOND").and_then(|rate| rate.parse().ok()),
            administrator: value("ADMINISTRATOR")
                .map(|email| FirstAdministrator { name: value("ADMINISTRATOR_NAME").unwrap_or_else(|| email.clone()), email }),
        })
    }

    /// What is missing before letters can leave as they should, or is still the example that it came with. On one's own
    /// machine, where they end in a folder, nothing is.
    #[must_use]
    pub fn mail_missing(&self) -> Vec<MailMissing> {
        let http = match self.mail.transport() {
            Some(TransportKind::Folder) => return Vec::new(),
            transport => transport == Some(TransportKind::Http),
        };
        let host = self.origin.strip_prefix("https://");
        let sender = self.mail_from.trim_end_matches('>').rsplit_once('@').map(|(_, domain)| domain);
        let missing = [
            (self.mail.transport().is_none(), MailMissing::Transport),
            (http && self.mail.token.is_none(), MailMissing::Token),
            (sender.is_none_or(is_example), MailMissing::Sender),
            (host.is_none_or(is_example), MailMissing::Origin),
            (http && self.mail.webhook_secret.is_none(), MailMissing::Webhook),
        ];
        missing.into_iter().filter_map(|(is, what)| is.then_some(what)).collect()
    }
}

/// Whether a host's name is one of those that are kept for examples (RFC 2606), so that nobody is there.
fn is_example(host: &str) -> bool {
    let host = host.trim().to_ascii_lowercase();
    ["example.com", "example.net", "example.org", "example", "invalid", "test"]
        .iter()
        .any(|kept| host.strip_suffix(kept).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(origin: &str, from: &str, mail: MailConfig) -> Config {
        Config {
            origin: origin.into(),
            mail_from: from.into(),
            mail,
            token_key: "k".repeat(43),
            sync_rate: None,
            administrator: None,
        }
    }

    #[test]
    fn a_provider_goes_before_the_folder_and_the_folder_before_the_binding() {
        let mail = |url: bool, folder: bool, binding: bool| {
            let some = |is: bool| is.then(|| "http://localhost:1".to_owned());
            MailConfig { url: some(url), folder: some(folder), binding, ..MailConfig::default() }.transport()
        };
        assert_eq!(mail(true, true, true), Some(TransportKind::Http));
        assert_eq!(mail(false, true, true), Some(TransportKind::Folder));
        assert_eq!(mail(false, false, true), Some(TransportKind::Binding));
        assert_eq!(mail(false, false, false), None);
    }

    #[test]
    fn what_is_missing_or_an_example_is_found() {
        let untouched = config("https://seatwise.example.com", "Seatwise <seatwise@example.com>", MailConfig::default());
        assert_eq!(untouched.mail_missing(), [MailMissing::Transport, MailMissing::Sender, MailMissing::Origin]);
        let http = MailConfig { url: Some("https://mail.acme.org/emails".into()), ..MailConfig::default() };
        let half = config("http://seats.acme.org", "nobody", http.clone());
        assert_eq!(half.mail_missing(), [MailMissing::Token, MailMissing::Sender, MailMissing::Origin, MailMissing::Webhook]);
        let all = MailConfig { token: Some("t".into()), webhook_secret: Some("whsec_".into()), ..http };
        assert_eq!(config("https://seats.acme.org", "Seats <seats@acme.org>", all).mail_missing(), []);
        let binding = MailConfig { binding: true, ..MailConfig::default() };
        assert_eq!(config("https://seats.acme.org", "seats@acme.org", binding).mail_missing(), []);
        let folder = MailConfig { folder: Some("http://127.0.0.1:1".into()), ..MailConfig::default() };
        assert_eq!(config("http://localhost:8787", "Seatwise <seatwise@example.com>", folder).mail_missing(), []);
    }

    #[test]
    fn a_name_that_only_looks_like_an_example_is_none() {
        assert!(is_example("example.com") && is_example("a.example.com") && is_example("seats.example") && is_example("x.test"));
        assert!(!is_example("myexample.com") && !is_example("example.com.au") && !is_example("contest"));
    }
}
