//! What is filled in, ticked, chosen and copied.

use leptos::prelude::*;

use super::{LONG, LONG_WORD, Section, State};
use crate::ui::{Check, Choice, Choices, Copyable, Field, Select};

pub(super) fn sections() -> impl IntoView {
    view! { <Fields/> <Selects/> <Ticked/> <Copied/> }
}

fn text(text: &str) -> RwSignal<String> {
    RwSignal::new(text.to_owned())
}

#[component]
fn Fields() -> impl IntoView {
    let problem = "Not an e-mail address: the @ sign is missing.".to_owned();
    view! {
        <Section title="Field">
            <div class="halves">
                <Field name="field-empty" label="Empty" value=text("")/>
                <Field name="field-filled" label="Filled in" value=text("Northwind Learning")/>
                <Field name="field-hinted" label="With a hint" value=text("PO 4711") hint="It stands on the order and in letters about it."/>
                <Field name="field-wrong" label="Wrong" value=text("ines.example.com") kind="email" problem=problem.clone()/>
                <Field name="field-both" label="Wrong, with a hint" value=text("ines.example.com") hint="Letters go there." problem=problem/>
                <Field name="field-long" label="More than fits in" value=text(LONG_WORD) hint=LONG/>
                <Field name="field-number" label="A number" value=text("-12") kind="number" min="-100" max="1000" inputmode="numeric"/>
                <Field name="field-date" label="A day" value=text("2027-03-14") kind="date"/>
                <Field name="field-colour" label="A colour" value=text("#1f4fd1") kind="color"/>
                <div class="field"><label for="field-read">"Only to read"</label><input id="field-read" readonly prop:value="Nothing to change here"/></div>
            </div>
        </Section>
    }
}

#[component]
fn Selects() -> impl IntoView {
    let chosen = text("user");
    let options = || {
        [("user", "User licences"), ("content", "Content licences"), ("long", LONG)]
            .map(|(word, label)| (word.to_owned(), label.to_owned()))
            .to_vec()
    };
    let choose = Callback::new(move |word| chosen.set(word));
    view! {
        <Section title="Select">
            <div class="halves">
                <Select name="select-plain" label="Chosen" options=options() value=chosen on_choose=choose/>
                <Select name="select-hinted" label="With a hint" options=options() value="content".to_owned() on_choose=choose hint="Content licences open content."/>
                <Select name="select-wrong" label="Wrong" options=options() value=chosen on_choose=choose problem="There are none of these.".to_owned()/>
                <Select name="select-long" label="More than fits in" options=options() value="long".to_owned() on_choose=choose/>
            </div>
        </Section>
    }
}

#[component]
fn Ticked() -> impl IntoView {
    let chosen = RwSignal::new("wait");
    let choices = vec![
        Choice { value: "wait", label: "Wait in line", hint: "They get the next licence that comes free." },
        Choice { value: "refuse", label: "Refuse", hint: LONG },
    ];
    view! {
        <Section title="Box and choice">
            <div class="halves">
                <div>
                    <Check name="check-off" label="Off" value=RwSignal::new(false)/>
                    <Check name="check-on" label="On" value=RwSignal::new(true)/>
                    <Check name="check-hinted" label="With what follows" value=RwSignal::new(true) hint=LONG/>
                </div>
                <Choices name="choice" label="When there are none left" choices=choices value=chosen/>
            </div>
        </Section>
    }
}

#[component]
fn Copied() -> impl IntoView {
    view! {
        <Section title="Copy field">
            <Copyable name="copy-short" label="Address" value=Signal::stored("https://seatwise.example.com/scim".to_owned())/>
            <Copyable name="copy-long" label="More than fits in" value=Signal::stored(LONG_WORD.to_owned()) hint="Put it where the directory asks for it."/>
            <State name="A secret, shown once">
                <div class="secret"><Copyable name="copy-secret" label="Token" value=Signal::stored("not-a-real-token-0000-0000-0000".to_owned())/></div>
            </State>
        </Section>
    }
}
