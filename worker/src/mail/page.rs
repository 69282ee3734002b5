//! What a letter looks like, as plain text and as HTML.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use seatwise_domain::colour::{Colour, Tone, Tones};
use seatwise_domain::texts::letters::Letters;
use seatwise_domain::wire::LookSettings;

/// A letter's parts before they become text and HTML: each is one line.
pub(super) struct Parts {
    pub(super) subject: String,
    pub(super) lines: Vec<String>,
    pub(super) button: (&'static str, String),
    pub(super) note: Option<String>,
}

/// The look of the company that a letter comes from.
pub(super) struct Dress<'a> {
    /// Its name.
    pub(super) company: &'a str,
    /// How it looks.
    pub(super) look: &'a LookSettings,
    /// Where its logo is.
    pub(super) origin: &'a str,
}

/// How high a logo stands in a letter, in pixels.
const LOGO_HEIGHT: i64 = 40;

impl Dress<'_> {
    /// The colours of the button, instead of the usual ones. Each is six digits behind a hash and nothing else.
    fn style(&self) -> Option<String> {
        let tones = Tones::of(Colour::parse(self.look.accent.as_deref()?)?);
        let button = |tone: &Tone| format!("a.button{{background:{};color:{}}}", tone.button, tone.ink);
        Some(format!("{}@media (prefers-color-scheme:dark){{{}}}", button(&tones.light), button(&tones.dark)))
    }

    /// The logo. Where pictures aren't shown, the company's name stands there.
    fn logo(&self) -> Option<Markup> {
        let logo = self.look.look.logo.as_ref()?;
        let width = logo.width.saturating_mul(LOGO_HEIGHT) / logo.height.max(1);
        Some(
            html! { p { img src=(format!("{}{}", self.origin, logo.address)) alt=(self.company) height=(LOGO_HEIGHT) width=(width.max(1)); } },
        )
    }
}

/// The plain text.
pub(super) fn plain(texts: &Letters, greeting: &str, parts: &Parts) -> String {
    let mut text = format!("{greeting}\n\n");
    for line in &parts.lines {
        text.push_str(line);
        text.push_str("\n\n");
    }
    let (label, link) = &parts.button;
    text.push_str(&format!("{label}: {link}\n\n"));
    if let Some(note) = &parts.note {
        text.push_str(note);
        text.push_str("\n\n");
    }
    text.push_str("-- \n");
    text.push_str(texts.footer());
    text.push('\n');
    text
}

/// Mail programs know little CSS: this is all, with a dark side for those that have one.
const STYLE: &str = "
body{margin:0;background:#f6f6f3;color:#16202f;font:16px/1.5 Inter,-apple-system,'Segoe UI',Roboto,sans-serif}
main{max-width:520px;margin:24px auto;padding:28px;background:#fff;border:1px solid #e3e2dc;border-radius:10px;overflow-wrap:anywhere}
a.button{display:inline-block;padding:11px 20px;background:#1f4fd1;color:#fff;border-radius:7px;text-decoration:none;font-weight:600}
small{color:#5a6475;font-size:13px}
img{max-width:100%;object-fit:contain}
@media (max-width:560px){main{margin:0;padding:22px 18px;border-width:0;border-radius:0}}
@media (prefers-color-scheme:dark){body{background:#101319;color:#e8eaf0}main{background:#181c25;border-color:#2a303d}
a.button{background:#8aa8ff;color:#0d1424}small,small a{color:#9aa3b5}}";

/// The HTML. What people have typed is escaped by the template.
pub(super) fn page(texts: &Letters, greeting: &str, parts: &Parts, dress: Option<&Dress<'_>>) -> Markup {
    let (label, link) = &parts.button;
    html! {
        (DOCTYPE)
        html lang=(texts.language().as_str()) dir=(if texts.language().right_to_left() { "rtl" } else { "ltr" }) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (parts.subject) }
                style { (PreEscaped(STYLE)) @if let Some(style) = dress.and_then(Dress::style) { (PreEscaped(style)) } }
            }
            body {
                main {
                    @if let Some(logo) = dress.and_then(Dress::logo) { (logo) }
                    p { (greeting) }
                    @for line in &parts.lines { p { (line) } }
                    p { a.button href=(link) { (label) } }
                    p { small { (texts.link_hint()) br; a href=(link) { (link) } } }
                    @if let Some(note) = &parts.note { p { small { (note) } } }
                    p { small { (texts.footer()) } }
                }
            }
        }
    }
}
