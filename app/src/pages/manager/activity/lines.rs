//! The lines of the history, day by day.

use leptos::prelude::*;
use leptos_router::components::A;
use seatwise_domain::time::DAY;
use seatwise_domain::wire::{ActivityLine, EventKind, EventLine, Way};
use seatwise_domain::{Instant, Kind};

use super::{Place, filters};
use crate::routes;
use crate::words::{self, activity_texts, texts};

/// What stands in a sentence where a name is to be, until the name is put there as a link.
const HERE: char = '\u{1}';

/// The first moment of the day (in UTC) of a line.
fn day_of(line: &ActivityLine) -> Instant {
    Instant(line.event.at.0.saturating_sub(line.event.at.0.rem_euclid(DAY)))
}

/// The lines, the newest day first.
#[component]
pub(super) fn Days(lines: Memo<Vec<ActivityLine>>, place: Place) -> impl IntoView {
    let days = Memo::new(move |_| {
        lines.with(|lines| {
            let mut days: Vec<Instant> = lines.iter().map(day_of).collect();
            days.sort_unstable_by(|a, b| b.cmp(a));
            days.dedup();
            days
        })
    });
    let of = move |day: Instant| lines.with(|lines| lines.iter().filter(|line| day_of(line) == day).cloned().collect::<Vec<_>>());
    let heading = |day: Instant| {
        let date = words::iso_day(day);
        if date == words::date_in_utc(0) {
            activity_texts().today().to_owned()
        } else if date == words::date_in_utc(-1) {
            activity_texts().yesterday().to_owned()
        } else {
            words::day_in_utc(day)
        }
    };
    view! {
        <For each=move || days.get() key=|day| day.0 let(day)>
            <section>
                <header>
                    <h2><time datetime=words::iso_day(day)>{heading(day)}</time></h2>
                    {place.leads.then(|| view! { <A href=routes::history_on(&words::iso_day(day))>{activity_texts().who_held()}</A> })}
                </header>
                // A line stays as it is; only new ones are drawn.
                <ul class="log"><For each=move || of(day) key=|line| (line.event.seq, line.seal) let(line)><Line line=line place=place/></For></ul>
            </section>
        </For>
    }
}

/// Who did it: a person, the directory, or Seatwise itself.
fn actor(line: &ActivityLine, leads: bool) -> AnyView {
    let name = line.event.actor.clone();
    match (line.way, name, line.actor_id.as_deref()) {
        (Way::Sync, Some(name), _) => view! { <b>{activity_texts().sync_named(&name)}</b> }.into_any(),
        (_, Some(name), Some(id)) if leads => view! { <A href=routes::user(id)>{name}</A> }.into_any(),
        (Way::Desk, Some(name), _) => view! { <b title=texts().account_manager()>{name}</b> }.into_any(),
        (_, Some(name), _) => view! { <b>{name}</b> }.into_any(),
        (_, None, _) => view! { <b>{texts().scheduled_run()}</b> }.into_any(),
    }
}

/// What was done, with the person and the order as links.
fn sentence(line: &ActivityLine, leads: bool) -> Vec<AnyView> {
    let marked = EventLine { member: line.event.member.as_ref().map(|_| HERE.to_string()), ..line.event.clone() };
    let (_, what) = words::event(&marked);
    let order = line.event.order.zip(line.event.order_id.as_deref()).filter(|_| leads);
    let order = order.map(|(number, id)| (number.to_string(), routes::order(id)));
    let with_order = |text: &str| match order.as_ref().and_then(|(number, to)| Some((text.split_once(number)?, number, to))) {
        Some(((before, after), number, to)) => {
            let (before, after, number, to) = (before.to_owned(), after.to_owned(), number.clone(), to.clone());
            view! { {before} <A href=to>{number}</A> {after} }.into_any()
        }
        None => text.to_owned().into_any(),
    };
    let member = || match (line.event.member.clone(), line.member_id.as_deref()) {
        (Some(name), Some(id)) if leads => view! { <A href=routes::user(id)>{name}</A> }.into_any(),
        (name, _) => name.into_any(),
    };
    let mut said = Vec::new();
    for (place, text) in what.split(HERE).enumerate() {
        if place > 0 {
            said.push(member());
        }
        said.push(with_order(text));
    }
    said
}

/// What the line says, for those who listen.
fn whole(event: &EventLine) -> String {
    let (actor, what) = words::event(event);
    format!("{actor} {what}")
}

#[component]
fn Line(line: ActivityLine, place: Place) -> impl IntoView {
    let at = line.event.at;
    let says = activity_texts().details_of(&whole(&line.event));
    view! {
        <li>
            <time datetime=words::iso(at) title=words::moment(at)>{words::time_in_utc(at)}</time>
            <span>{actor(&line, place.leads)} " " {sentence(&line, place.leads)}</span>
            <details>
                <summary aria-label=says>{activity_texts().details()}</summary>
                {facts(&line, place.leads)}
            </details>
        </li>
    }
}

/// All that is known.
fn facts(line: &ActivityLine, leads: bool) -> impl IntoView + use<> {
    let texts_here = activity_texts();
    let fact = |label: &'static str, value: AnyView| view! { <div><dt>{label}</dt><dd>{value}</dd></div> };
    let person = move |name: &Option<String>, id: &Option<String>| {
        let name = name.clone()?;
        Some(match id {
            Some(id) if leads => view! { <A href=routes::user(id)>{name}</A> }.into_any(),
            _ => name.into_any(),
        })
    };
    let event = &line.event;
    let order = event.order.zip(event.order_id.clone()).or(line.lot_order.zip(line.lot_order_id.clone()));
    let order = order.map(|(number, id)| match leads {
        true => view! { <A href=routes::order(&id)>{number.to_string()}</A> }.into_any(),
        false => number.to_string().into_any(),
    });
    let some = event.kind.map(|kind: Kind| words::licences(kind, event.quantity.unwrap_or(1)));
    // What is before and since is a name there, and the database's word for a state elsewhere.
    let named = matches!(event.what, EventKind::MemberGroupChanged | EventKind::GroupRenamed | EventKind::GroupRemoved);
    let change = named.then(|| {
        let called = |name: &Option<String>| name.clone().unwrap_or_else(|| "–".to_owned());
        format!("{}{}{}", called(&line.from), words::arrow(), called(&line.to))
    });
    let import = line.import_id.as_ref().map(|id| {
        let file = line.file.clone().unwrap_or_default();
        match leads {
            true => view! { <A href=routes::import(id)>{file}</A> }.into_any(),
            false => file.into_any(),
        }
    });
    let entry = event.seq.to_string();
    let seal = match line.seal {
        Some(number) => texts_here.sealed_in(&number.to_string(), &entry),
        None => texts_here.not_sealed(&entry),
    };
    let ends_at = line.ends_at.and_then(words::known_end).map(words::day_in_utc);
    view! {
        <dl class="facts">
            {fact(texts_here.exact_time(), words::moment(event.at).into_any())}
            {fact(texts_here.done_by(), actor(line, leads))}
            {fact(texts_here.way_in(), filters::way(line.way).into_any())}
            {person(&event.member, &line.member_id).map(|value| fact(texts_here.to_whom(), value))}
            {person(&line.other, &line.other_id).map(|value| fact(texts_here.other_person(), value))}
            {some.map(|some| fact(texts().licences(), some.into_any()))}
            {order.map(|order| fact(texts().order(), order))}
            {change.map(|change| fact(texts_here.before_and_since(), change.into_any()))}
            {ends_at.map(|at| fact(texts_here.new_end(), at.into_any()))}
            {import.map(|import| fact(texts_here.import_file(), import))}
            {fact(texts_here.seal(), seal.into_any())}
        </dl>
    }
}
