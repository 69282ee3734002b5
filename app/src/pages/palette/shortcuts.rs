//! The list of shortcuts, and the switch for those of one key (WCAG 2.1.4).

use leptos::prelude::*;

use super::reader;
use crate::pages::keys::{Keys, palette_keys};
use crate::ui::{Check, Dialog};
use crate::words::{palette_texts, texts};

/// The dialogue.
#[component]
pub(super) fn Shortcuts(keys: Keys, open: Signal<bool>, on_close: Callback<()>) -> impl IntoView {
    view! {
        <Dialog open=open on_close=on_close title=palette_texts().shortcuts() lead=palette_texts().shortcuts_lead()>
            <ShortcutList keys=keys/>
            <div class="end"><button type="button" class="button" on:click=move |_| on_close.run(())>{texts().close()}</button></div>
        </Dialog>
    }
}

/// One shortcut: its keys, and what they do.
fn line(keys: &[&str], does: &'static str) -> impl IntoView + use<> {
    let keys = keys.iter().map(|key| view! { <kbd>{(*key).to_owned()}</kbd> " " }).collect_view();
    view! { <div><dt>{keys}</dt><dd>{does}</dd></div> }
}

/// All shortcuts, and the switch.
#[component]
pub(crate) fn ShortcutList(keys: Keys) -> impl IntoView {
    let words = palette_texts();
    let single = RwSignal::new(reader::single());
    Effect::new(move |_| reader::choose_single(single.get()));
    let new = if keys.desk { words.key_new_desk() } else { words.key_new() };
    let (request, tick) =
        ((!keys.desk).then(|| line(&["r"], words.key_request())), (!keys.desk).then(|| line(&["x"], words.key_tick())));
    let settle = keys.desk.then(|| view! { {line(&["a"], words.key_assign())} {line(&["d"], words.key_decline())} });
    let pages = reader::pages(keys.desk)
        .iter()
        .map(|(key, page)| line(&["g", key], keys.called(page).unwrap_or_else(|| texts().orders())))
        .collect_view();
    view! {
        <div class="shortcuts">
            <section>
                <h3>{words.everywhere()}</h3>
                <dl>
                    {line(&[&palette_keys()], words.key_palette())}
                    {line(&["?"], words.key_list())}
                    {line(&["/"], words.key_search())}
                    {line(&["n"], new)}
                    {request}
                    {line(&["Esc"], words.key_escape())}
                </dl>
            </section>
            <section>
                <h3>{words.going()}</h3>
                <dl>{pages}</dl>
            </section>
            <section>
                <h3>{words.in_lists()}</h3>
                <dl>
                    {line(&["j", "k"], words.key_row())}
                    {line(&["Enter"], words.key_enter())}
                    {tick}
                    {settle}
                </dl>
            </section>
            <Check name="single-keys" label=words.single_keys() value=single hint=words.single_keys_hint()/>
        </div>
    }
}
