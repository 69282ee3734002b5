//! The choice of a kind of licence.

use leptos::prelude::*;
use seatwise_domain::Kind;

use crate::ui::Select;
use crate::words::{self, texts};

/// A choice between the kinds of licences.
#[component]
pub(crate) fn KindChoice(
    /// The kind.
    #[prop(into)]
    value: Signal<Kind>,
    /// Called with the kind that somebody chooses.
    #[prop(into)]
    on_choose: Callback<Kind>,
) -> impl IntoView {
    let options = Kind::ALL.map(|kind| (kind.as_str().to_owned(), words::kind(kind).to_owned())).to_vec();
    let choose = move |word: String| on_choose.run(if word == Kind::Content.as_str() { Kind::Content } else { Kind::User });
    let chosen = Signal::derive(move || value.get().as_str().to_owned());
    view! { <Select name="kind" label=texts().kind() options=options value=chosen on_choose=choose/> }
}
