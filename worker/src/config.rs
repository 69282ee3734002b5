//! What the Worker is told from outside: variables and secrets.

use worker::Env;

/// The Worker's configuration.
#[derive(Clone, Debug)]
pub struct Config {
    /// The origin of all links in letters. Never taken from a request.
    pub origin: String,
    /// Who letters are from: `Seatwise <licences@example.com>`.
    pub mail_from: String,
    /// The key that links and codes are derived from.
    pub token_key: String,
    /// The first account manager: made when somebody asks to sign in with this address while there is no staff.
    pub administrator: Option<FirstAdministrator>,
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
            token_key,
            administrator: value("ADMINISTRATOR")
                .map(|email| FirstAdministrator { name: value("ADMINISTRATOR_NAME").unwrap_or_else(|| email.clone()), email }),
        })
    }
}
