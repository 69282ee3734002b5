//! The palette: a field, and below it what fits. The focus stays in the field; the arrows move through the list.

use leptos::html;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent, MouseEvent, ScrollIntoViewOptions, ScrollLogicalPosition};

use super::entries;
use super::find::{Act, Entry, Group, fitting, fold};
use super::search::{MOST, Search};
use crate::pages::keys::Keys;
use crate::ui::{Skeleton, open_as};
use crate::words::{palette_texts, texts};

/// How many that were used lately are offered.
const LATELY: usize = 4;

/// What is offered, under its headings.
type Offered = Vec<(Group, Vec<Entry>)>;

/// The dialogue.
#[component]
pub(super) fn Palette(keys: Keys, open: Signal<bool>, on_close: Callback<()>) -> impl IntoView {
    let element = NodeRef::<html::Dialog>::new();
    // What was used lately is forgotten with the page: names of people are kept nowhere.
    let lately = RwSignal::new(Vec::<Entry>::new());
    let search = Search::new(keys.desk);
    open_as(element, open);
    let closed = move |_| {
        if open.get_untracked() {
            on_close.run(());
        }
    };
    // A press beside it is on the dialogue itself.
    let pressed = move |event: MouseEvent| {
        if event.target().is_some_and(|target| target.has_type::<web_sys::HtmlDialogElement>()) {
            on_close.run(());
        }
    };
    view! {
        <dialog node_ref=element class="card palette" aria-label=palette_texts().palette() on:close=closed on:click=pressed>
            <Show when=move || open.get()><Field keys=keys search=search lately=lately on_close=on_close/></Show>
        </dialog>
    }
}

/// What is offered for what was typed.
fn offered(all: &[Entry], lately: &[Entry], search: Search, typed: &str) -> Offered {
    let wanted = fold(typed);
    if wanted.trim().is_empty() {
        let known: Vec<Entry> = lately.iter().take(LATELY).cloned().collect();
        let used = |entry: &Entry| known.iter().any(|known| known.key == entry.key);
        let rest: Vec<Entry> = all.iter().filter(|entry| !entry.asked && !used(entry)).cloned().collect();
        let mut groups = fitting(&rest, "", usize::MAX);
        if !known.is_empty() {
            groups.insert(0, (Group::Lately, known));
        }
        return groups;
    }
    let mut groups = fitting(all, &wanted, MOST);
    // What comes from elsewhere stands last, so that nothing moves below somebody's finger when it comes.
    let mut found = search.found.get();
    let orders: Vec<Entry> = search.orders().into_iter().filter(|order| !found.contains(order)).collect();
    let orders = fitting(&orders, &wanted, MOST).into_iter().flat_map(|(_, orders)| orders).collect::<Vec<_>>();
    found.extend(orders);
    for group in [Group::Members, Group::Companies, Group::Orders] {
        let these: Vec<Entry> = found.iter().filter(|entry| entry.group == group).cloned().collect();
        if !these.is_empty() {
            groups.push((group, these));
        }
    }
    groups
}

/// The field and the list.
#[component]
fn Field(keys: Keys, search: Search, lately: RwSignal<Vec<Entry>>, on_close: Callback<()>) -> impl IntoView {
    let words = palette_texts();
    search.open();
    let all = StoredValue::new(entries::all(keys));
    let text = RwSignal::new(keys.ahead.try_update_value(core::mem::take).unwrap_or_default());
    if text.with_untracked(|text| !text.is_empty()) {
        text.with_untracked(|text| search.typed(text));
    }
    let chosen = RwSignal::new(None::<String>);
    let groups =
        Memo::new(move |_| text.with(|text| lately.with(|lately| all.with_value(|all| offered(all, lately, search, text)))));
    let each = move || groups.with(|groups| groups.iter().flat_map(|(_, entries)| entries).cloned().collect::<Vec<Entry>>());
    // What was chosen may be gone, or nothing was chosen yet: then it is the first.
    let current = Memo::new(move |_| {
        let each = each();
        let place = chosen.with(|chosen| each.iter().position(|entry| Some(&entry.key) == chosen.as_ref()));
        (!each.is_empty()).then(|| place.unwrap_or_default())
    });
    let go = move |place: usize| {
        chosen.set(each().get(place).map(|entry| entry.key.clone()));
        if let Some(option) = document().get_element_by_id(&id(place)) {
            let near = ScrollIntoViewOptions::new();
            near.set_block(ScrollLogicalPosition::Nearest);
            option.scroll_into_view_with_scroll_into_view_options(&near);
        }
    };
    let typed = move |event| {
        let what = event_target_value(&event);
        chosen.set(None);
        search.typed(&what);
        text.set(what);
    };
    let pressed = move |event: KeyboardEvent| {
        if event.is_composing() {
            return;
        }
        let (last, here) = (each().len().saturating_sub(1), current.get_untracked().unwrap_or_default());
        match event.key().as_str() {
            "ArrowDown" => go(if here == last { 0 } else { here.saturating_add(1) }),
            "ArrowUp" => go(here.checked_sub(1).unwrap_or(last)),
            "PageDown" => go(here.saturating_add(MOST).min(last)),
            "PageUp" => go(here.saturating_sub(MOST)),
            "Home" => go(0),
            "End" => go(last),
            "Enter" => {
                if let Some(option) = document().get_element_by_id(&id(here)) {
                    option.unchecked_into::<HtmlElement>().click();
                }
            }
            _ => return,
        }
        event.prevent_default();
    };
    let navigate = use_navigate();
    let take = Callback::new(move |entry: Entry| {
        lately.update(|lately| {
            lately.retain(|known| known.key != entry.key);
            lately.insert(0, entry.clone());
            lately.truncate(LATELY);
        });
        // Closed first, so that the page that comes can take the focus.
        on_close.run(());
        match entry.act {
            Act::Go(to) => navigate(&to, NavigateOptions::default()),
            Act::Do(act) => act.run(()),
        }
    });
    let some = move || groups.with(|groups| !groups.is_empty());
    let told = move || {
        let count = i64::try_from(each().len()).unwrap_or_default();
        let typed = text.with(|text| !text.trim().is_empty());
        (typed && count > 0 && !search.waits.get()).then(|| words.count_results(count))
    };
    let list = move || {
        let mut place = 0;
        let mut group = |(group, entries): (Group, Vec<Entry>)| {
            let heading = format!("palette-group-{place}");
            let labelled = heading.clone();
            let options = entries.into_iter().map(|entry| {
                let here = place;
                place += 1;
                option(entry, here, current, chosen, take)
            });
            let options = options.collect_view();
            view! {
                <div role="group" aria-labelledby=labelled>
                    <h3 id=heading role="presentation">{group.heading(keys)}</h3>
                    {options}
                </div>
            }
        };
        groups.get().into_iter().map(&mut group).collect_view()
    };
    let nothing = move || {
        let what = text.with(|text| text.trim().to_owned());
        let text = if keys.desk { words.nothing_found_desk() } else { words.nothing_found_text() };
        view! { <div class="empty"><h2>{words.nothing_found(&what)}</h2><p>{text}</p></div> }
    };
    let hint = |key: &'static str, does: &'static str| view! { <span><kbd>{key}</kbd> " " {does}</span> };
    view! {
        <input
            type="text"
            role="combobox"
            aria-label=words.palette()
            aria-expanded=move || some().to_string()
            aria-controls="palette-list"
            aria-autocomplete="list"
            aria-activedescendant=move || current.get().map(id)
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            enterkeyhint="go"
            autofocus=true
            placeholder=if keys.desk { words.palette_hint_desk() } else { words.palette_hint() }
            prop:value=text.get_untracked()
            on:input=typed
            on:keydown=pressed
        />
        <div class="found">
            <div id="palette-list" role="listbox" aria-label=words.results()>{list}</div>
            {move || match (some(), search.waits.get()) {
                (true, _) => ().into_any(),
                (false, true) => view! { <Skeleton/> }.into_any(),
                (false, false) => nothing().into_any(),
            }}
            <Show when=move || search.lost.get()><p class="lost" role="status">{words.not_reached()}</p></Show>
        </div>
        <p class="told" role="status">{told}</p>
        <footer aria-hidden="true">{hint("↑ ↓", words.key_choose())}{hint("Enter", words.key_open())}{hint("Esc", words.key_close())}</footer>
        <button type="button" class="button quiet away" on:click=move |_| on_close.run(())>{texts().close()}</button>
    }
}

/// The id of the option at a place.
fn id(place: usize) -> String {
    format!("palette-{place}")
}

/// One that can be chosen: a link where it leads to a page, so that it can be opened beside this one too.
fn option(
    entry: Entry,
    place: usize,
    current: Memo<Option<usize>>,
    chosen: RwSignal<Option<String>>,
    take: Callback<Entry>,
) -> impl IntoView {
    let selected = move || (current.get() == Some(place)).to_string();
    let key = entry.key.clone();
    let point = move |_| {
        if current.get_untracked() != Some(place) {
            chosen.set(Some(key.clone()));
        }
    };
    let to = match &entry.act {
        Act::Go(to) => Some(to.clone()),
        Act::Do(_) => None,
    };
    let beside = (!entry.beside.is_empty()).then(|| view! { <small>{entry.beside.clone()}</small> });
    let inner = view! { <span>{entry.title.clone()}</span> {beside} };
    let press = move |event: MouseEvent| {
        // Whoever wants it in another tab gets it there.
        if !(event.ctrl_key() || event.meta_key() || event.shift_key()) {
            event.prevent_default();
            take.run(entry.clone());
        }
    };
    match to {
        Some(to) => view! {
            <a id=id(place) role="option" tabindex="-1" aria-selected=selected href=to on:mousemove=point on:click=press>{inner}</a>
        }
        .into_any(),
        None => view! {
            <div id=id(place) role="option" aria-selected=selected on:mousemove=point on:click=press>{inner}</div>
        }
        .into_any(),
    }
}
