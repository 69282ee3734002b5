//! Signing in and out.

use seatwise_domain::wire::{AskToSignIn, ChooseLanguage, Session, SessionState, SignIn, SwitchIdentity};
use seatwise_domain::{EmailAddress, Problem};

use super::answer::{Answer, Failure};
use super::ask::Ask;
use crate::auth::{cookies, secret};
use crate::store::sessions::{self, Who};
use crate::store::sign_in::{self, Request};
use crate::store::{Database, companies};

/// The length of an id in a link's token; the rest is its secret.
const ID_LENGTH: usize = 22;
/// For how long the browser that asks is recognised, in seconds: a little longer than a link works.
const ASKING_SECONDS: i64 = 3_600;

/// Asks for a link. The answer is the same whether or not the address is known, and so is the work.
pub(super) async fn ask_to_sign_in(ask: &mut Ask<'_>) -> Result<Answer, Failure> {
    let wanted: AskToSignIn = ask.body().await?;
    let email = EmailAddress::parse(&wanted.email).map_err(|problem| Problem::field("email", problem))?;
    if let Some(again_at) = sign_in::may_ask_at(ask.database, &email, ask.now).await? {
        let seconds = (again_at.0 - ask.now.0).max(0) / 1_000 + 1;
        return Err(Problem::TooManyRequests { retry_after: seconds }.into());
    }
    let browser = match ask.cookie(cookies::ASKING) {
        Some(browser) => browser,
        None => secret::new_token()?,
    };
    let first = match &ask.config.administrator {
        Some(first) if EmailAddress::parse(&first.email).is_ok_and(|address| address.compared() == email.compared()) => {
            Some(sign_in::bootstrap(&email, &first.name, ask.now)?)
        }
        _ => None,
    };
    sign_in::ask(ask.database, &email, &secret::hash(&browser), ask.said_language(), ask.now, first).await?;
    Ok(Answer::empty(202).with("Set-Cookie", cookies::set(cookies::ASKING, &browser, ASKING_SECONDS)))
}

/// Signs in with the link or the code, in the browser that asked for it.
pub(super) async fn sign_in(ask: &mut Ask<'_>) -> Result<Answer, Failure> {
    let proof: SignIn = ask.body().await?;
    let browser = ask.cookie(cookies::ASKING).map(|browser| secret::hash(&browser));
    let request = match proof {
        SignIn::Token(token) => by_link(ask, &token, browser.as_deref()).await?,
        SignIn::Code(code) => by_code(ask, &code, browser.as_deref()).await?,
    };
    let identities = sessions::identities(ask.database, &request.email).await?;
    let Some((who, _)) = identities.first() else { return Err(Problem::SignInEnded.into()) };
    let token = secret::new_token()?;
    let mut batch = sign_in::use_up(&request.id, ask.now).to_vec();
    // The session that this browser had before is over: a sign-in always starts a new one.
    batch.extend(ask.session.take().map(|(old, _)| sessions::end(&old)));
    batch.push(sessions::start(&secret::hash(&token), &request.email, who, ask.now));
    match ask.database.batch(batch).await {
        Ok(_) => started(ask, &token).await,
        Err(error) if error.asserts("sign_in_ended") => Err(Problem::SignInEnded.into()),
        Err(error) => Err(error.into()),
    }
}

async fn by_link(ask: &Ask<'_>, token: &str, browser: Option<&str>) -> Result<Request, Failure> {
    let (id, given) = token.split_at_checked(ID_LENGTH).ok_or(Problem::SignInEnded)?;
    let expected = secret::derive(&ask.config.token_key, secret::Purpose::SignInLink, id);
    if !secret::same(given, &expected) {
        return Err(Problem::SignInEnded.into());
    }
    let request = sign_in::by_id(ask.database, id).await?.filter(|request| request.open(ask.now)).ok_or(Problem::SignInEnded)?;
    if browser.is_some_and(|browser| secret::same(browser, &request.browser_hash)) {
        Ok(request)
    } else {
        Err(Problem::OtherBrowser.into())
    }
}

async fn by_code(ask: &Ask<'_>, code: &str, browser: Option<&str>) -> Result<Request, Failure> {
    let browser = browser.ok_or(Problem::SignInEnded)?;
    let request =
        sign_in::by_browser(ask.database, browser).await?.filter(|request| request.open(ask.now)).ok_or(Problem::SignInEnded)?;
    let tries_left = sign_in::try_code(ask.database, &request.id).await?.ok_or(Problem::SignInEnded)?;
    let typed: String = code.chars().filter(|c| !c.is_whitespace() && *c != '-').take(secret::CODE_DIGITS + 1).collect();
    if secret::same(&typed, &secret::derive_code(&ask.config.token_key, &request.id)) {
        Ok(request)
    } else {
        Err(Problem::WrongCode { tries_left }.into())
    }
}

/// The answer that starts a session in the browser.
pub(super) async fn started(ask: &mut Ask<'_>, token: &str) -> Result<Answer, Failure> {
    let token_hash = secret::hash(token);
    let open = sessions::find(ask.database, &token_hash, ask.now).await?.ok_or(Problem::SignInEnded)?;
    ask.session = Some((token_hash, open));
    let answer = Answer::json(200, &SessionState { session: Some(describe(ask).await?) })?;
    Ok(answer.with("Set-Cookie", cookies::set(cookies::SESSION, token, sessions::OPEN_FOR / 1_000)))
}

async fn describe(ask: &Ask<'_>) -> Result<Session, Failure> {
    let open = ask.open()?;
    let (others, language) = sessions::of_address(ask.database, &open.email).await?;
    let account_manager = match &open.who {
        Who::Member { company_id, .. } => companies::one(ask.database, company_id).await?.map(|company| company.account_manager),
        Who::Staff { .. } => None,
    };
    Ok(Session {
        identity: open.identity.clone(),
        others: others.into_iter().filter(|(who, _)| *who != open.who).map(|(_, identity)| identity).collect(),
        account_manager,
        language,
    })
}

/// Says who is signed in. Nobody is an answer too, and no error.
pub(super) async fn show(ask: &Ask<'_>) -> Result<Answer, Failure> {
    let session = if ask.session.is_some() { Some(describe(ask).await?) } else { None };
    Answer::json(200, &SessionState { session })
}

/// Signs out: the session is over on the server at once.
pub(super) async fn sign_out(ask: &Ask<'_>) -> Result<Answer, Failure> {
    if let Some((token_hash, _)) = &ask.session {
        ask.database.batch(vec![sessions::end(token_hash)]).await?;
    }
    Ok(Answer::empty(204).with("Set-Cookie", cookies::set(cookies::SESSION, "", 0)))
}

/// Goes on as another identity of the same address.
pub(super) async fn switch(ask: &mut Ask<'_>) -> Result<Answer, Failure> {
    let wanted: SwitchIdentity = ask.body().await?;
    let (token_hash, open) = ask.session.as_ref().ok_or(Problem::NotSignedIn)?;
    let identities = sessions::identities(ask.database, &open.email).await?;
    let (who, _) = identities.into_iter().find(|(who, _)| who.id() == wanted.id).ok_or(Problem::NotFound)?;
    sessions::switch(ask.database, token_hash, &who).await?;
    let token_hash = token_hash.clone();
    let open = sessions::find(ask.database, &token_hash, ask.now).await?.ok_or(Problem::NotSignedIn)?;
    ask.session = Some((token_hash, open));
    show(ask).await
}

/// Keeps the language that a person reads, for letters and for other browsers.
pub(super) async fn choose_language(ask: &mut Ask<'_>) -> Result<Answer, Failure> {
    let wanted: ChooseLanguage = ask.body().await?;
    sessions::choose_language(ask.database, &ask.open()?.email, wanted.language).await?;
    Ok(Answer::empty(204))
}
