//! How a letter leaves: by a mail provider over HTTP, by Cloudflare's `send_email` binding, or into a folder of this machine.
//! Chosen by configuration.

mod binding;
mod http;

use seatwise_domain::texts::letters::Letters;
use seatwise_domain::wire::TransportKind;
use worker::Env;

use self::binding::Binding;
use self::http::Http;
pub use self::http::TAG;
use super::letter::Written;
use crate::config::Config;
use crate::store::outbox::Outcome;

/// A letter on its way.
pub struct Mail<'a> {
    /// Who it is from.
    pub from: &'a str,
    /// The one address that it goes to.
    pub to: &'a str,
    /// Its name: should an answer get lost, the provider recognises the repeated letter by this.
    pub stamp: &'a str,
    /// What it says.
    pub written: &'a Written,
}

/// Whoever carries letters.
#[expect(async_fn_in_trait, reason = "a Worker has one thread; its futures need not be Send")]
pub trait Carrier {
    /// Takes one letter.
    async fn send(&self, mail: &Mail<'_>) -> Outcome;
}

/// The way out that the configuration names.
pub enum Transport {
    /// A provider, or the listener of this machine: both take `POST` with JSON.
    Http(Http),
    /// Cloudflare's binding.
    Binding(Binding),
}

impl Transport {
    /// Reads the way out. `None`: letters wait.
    #[must_use]
    pub fn read(env: &Env) -> Option<Self> {
        let config = Config::read(env).ok()?.mail;
        match config.transport()? {
            TransportKind::Http => config.url.map(|url| Self::Http(Http { url, token: config.token })),
            TransportKind::Folder => config.folder.map(|url| Self::Http(Http { url, token: None })),
            TransportKind::Binding => Binding::read(env).map(Self::Binding),
        }
    }
}

impl Carrier for Transport {
    async fn send(&self, mail: &Mail<'_>) -> Outcome {
        match self {
            Self::Http(http) => http.send(mail).await,
            Self::Binding(binding) => binding.send(mail).await,
        }
    }
}

/// How long a provider may take to answer, in milliseconds. It is asked after our own answer has left, and a handful of
/// letters must be through within the 30 seconds that a Worker has then.
const PATIENCE: u32 = 5_000;

/// A letter that didn't leave because the provider, or the way to it, has trouble that every letter would have.
fn trouble(reason: &str) -> Outcome {
    Outcome::Later { reason: reason.to_owned(), retry_after: None, trouble: true }
}

/// The words for failures.
const TEXTS: Letters = Letters::ENGLISH;
