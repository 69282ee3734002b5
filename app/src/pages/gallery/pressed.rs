//! What is pressed: buttons, links, menus, tabs and dialogues.

use leptos::prelude::*;

use super::{LONG, Section, State};
use crate::ui::{Dialog, DialogEnd, Field, Menu, More, Onward, Send, Tabs, WayOn};

pub(super) fn sections() -> impl IntoView {
    view! { <Buttons/> <Menus/> <TabsOfASection/> <Dialogues/> <LongLists/> }
}

#[component]
fn Buttons() -> impl IntoView {
    view! {
        <Section title="Button">
            <State name="What the page is for">
                <p class="do"><Send label="Save" busy=false/><button type="button" class="button main">"Add"</button><WayOn to="/ui" label="A link" main=true/></p>
            </State>
            <State name="Anything else"><p class="do"><button type="button" class="button">"Cancel"</button><WayOn to="/ui" label="A link"/></p></State>
            <State name="Quiet"><p class="do"><button type="button" class="button quiet">"Show all"</button></p></State>
            <State name="What can't be undone"><p class="do"><button type="button" class="button" data-danger="">"Remove"</button></p></State>
            <State name="On its way: keeps the focus, does nothing">
                <p class="do"><Send label="Save" busy=true/><button type="button" class="button" aria-disabled="true">"Undo"</button></p>
            </State>
            <State name="More words than a line"><p class="do"><button type="button" class="button">{LONG}</button></p></State>
            <State name="On a phone, in a page with one thing to do"><button type="button" class="button main wide">"Accept the invite"</button></State>
        </Section>
    }
}

#[component]
fn Menus() -> impl IntoView {
    let items = || view! { <a href="/ui">"A link"</a><button type="button">"A button"<small>"What follows from it"</small></button><a href="/ui">{LONG}</a> };
    view! {
        <Section title="Menu">
            <p class="do">
                <Menu id="menu-plain" label="Export">{items()}</Menu>
                <Menu id="menu-main" label="Add users" main=true>{items()}</Menu>
                <Menu id="menu-quiet" label="More" full="More about this user" quiet=true>{items()}</Menu>
            </p>
        </Section>
    }
}

#[component]
fn TabsOfASection() -> impl IntoView {
    view! {
        <Section title="Tabs">
            <Tabs label="Few tabs" pages=[("/ui", "Overview"), ("/ui/orders", "Orders"), ("/ui/expiries", "Expiries")]/>
            <Tabs label="More tabs than a phone is wide" pages=[
                ("/ui/company", "Company"), ("/ui", "Licences and automatic rules"), ("/ui/invites", "Invites"), ("/ui/notices", "Notices"), ("/ui/people", "People who manage"),
            ]/>
        </Section>
    }
}

#[component]
fn Dialogues() -> impl IntoView {
    let (question, panel) = (RwSignal::new(false), RwSignal::new(false));
    let name = RwSignal::new("Team North".to_owned());
    let close = Callback::new(move |()| {
        question.set(false);
        panel.set(false);
    });
    view! {
        <Section title="Dialogue">
            <p class="do">
                <button type="button" class="button" on:click=move |_| question.set(true)>"Open a question"</button>
                <button type="button" class="button" on:click=move |_| panel.set(true)>"Open a panel"</button>
            </p>
            <Dialog open=question on_close=close title="Rename the group" lead="Its members keep their licences.">
                <form on:submit=move |event| { event.prevent_default(); close.run(()); }>
                    <Field name="dialogue-name" label="Name" value=name first=true/>
                    <DialogEnd on_close=close><Send label="Save" busy=false/></DialogEnd>
                </form>
            </Dialog>
            <Dialog open=panel on_close=close title="Why is this −12?" lead="What stands at the side has more in it than a question." panel=true>
                <div class="stack">
                    <h3>"A part of it"</h3>
                    <p>{LONG}</p>
                    <p class="do"><button type="button" class="button" on:click=move |_| close.run(())>"Close"</button></p>
                </div>
            </Dialog>
        </Section>
    }
}

#[component]
fn LongLists() -> impl IntoView {
    let nothing = Callback::new(|_: String| ());
    let onward = |busy: bool| view! { <Onward busy=busy by_itself=false on_more=Callback::new(|()| ())/> };
    view! {
        <Section title="Pages of a list">
            <State name="There is more"><More next=Some("next".to_owned()) more=nothing/></State>
            <State name="There is no more"><More next=None more=nothing/></State>
            <State name="Goes on by itself">{onward(false)}</State>
            <State name="More is on its way">{onward(true)}</State>
        </Section>
    }
}
