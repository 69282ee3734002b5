//! How a directory is connected, step by step.

use leptos::prelude::*;

use crate::ui::Table;
use crate::words::sync_texts;

/// An attribute of the directory, the attribute that it is sent as, and what is good to know about it.
type Mapping = (&'static str, &'static str, &'static str);

/// The steps for each directory.
#[component]
pub(super) fn Guides() -> impl IntoView {
    let texts = sync_texts();
    let entra =
        [texts.entra_1(), texts.entra_2(), texts.entra_3(), texts.entra_4(), texts.entra_5(), texts.entra_6(), texts.entra_7()];
    let okta = [texts.okta_1(), texts.okta_2(), texts.okta_3(), texts.okta_4(), texts.okta_5(), texts.okta_6(), texts.okta_7()];
    view! {
        <div class="guides" id="guides">
            <details class="more-ways">
                <summary>{texts.guide_entra()}</summary>
                <div class="stack">
                    {steps(&entra)}
                    {mappings(texts.mapping_users(), texts.in_entra(), user_mappings())}
                    {mappings(texts.mapping_groups(), texts.in_entra(), group_mappings())}
                    <p class="calm">{texts.entra_flag()}</p>
                </div>
            </details>
            <details class="more-ways">
                <summary>{texts.guide_okta()}</summary>
                <div class="stack">
                    {steps(&okta)}
                    {mappings(texts.mapping_okta(), texts.in_okta(), okta_mappings())}
                    <p class="calm">{texts.okta_tasks()}</p>
                </div>
            </details>
            <details class="more-ways">
                <summary>{texts.guide_other()}</summary>
                <p class="calm">{texts.other_text()}</p>
            </details>
        </div>
    }
}

/// Opens the first guide, which has the mappings.
pub(super) fn open_first() {
    if let Some(guide) = document().query_selector("#guides > details").ok().flatten() {
        let _ = guide.set_attribute("open", "");
    }
}

fn steps(steps: &[&'static str]) -> impl IntoView + use<> {
    view! { <ol>{steps.iter().map(|step| view! { <li>{*step}</li> }).collect_view()}</ol> }
}

fn mappings(label: &'static str, there: &'static str, mappings: Vec<Mapping>) -> impl IntoView {
    let head = vec![(there, false), (sync_texts().in_seatwise(), false), (sync_texts().mapping_note(), false)];
    let row = move |(from, to, note): Mapping| {
        let note = (!note.is_empty()).then(|| view! { <td data-label=sync_texts().mapping_note()>{note}</td> });
        view! {
            <tr>
                <td data-label=there><code>{from}</code></td>
                <td data-label=sync_texts().in_seatwise()><code>{to}</code></td>
                {note.map_or_else(|| view! { <td></td> }.into_any(), IntoAny::into_any)}
            </tr>
        }
    };
    view! {
        <section>
            <h3>{label}</h3>
            <Table label=label head=head>{mappings.into_iter().map(row).collect_view()}</Table>
        </section>
    }
}

/// What Entra ID sends of a user, by its own names.
fn user_mappings() -> Vec<Mapping> {
    let texts = sync_texts();
    vec![
        ("userPrincipalName", "userName", texts.note_user_name()),
        (r#"Switch([IsSoftDeleted], , "False", "True", "True", "False")"#, "active", texts.note_active()),
        ("mail", r#"emails[type eq "work"].value"#, texts.note_mail()),
        ("displayName", "displayName", ""),
        ("givenName", "name.givenName", ""),
        ("surname", "name.familyName", ""),
        ("objectId", "externalId", texts.note_object_id()),
        ("department", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department", texts.note_department()),
    ]
}

/// What Okta sends of a user, by its own names.
fn okta_mappings() -> Vec<Mapping> {
    let texts = sync_texts();
    vec![
        ("user.login", "userName", texts.note_user_name()),
        ("user.email", "emails[primary eq true].value", texts.note_mail()),
        ("user.displayName", "displayName", ""),
        ("user.firstName", "name.givenName", ""),
        ("user.lastName", "name.familyName", ""),
        ("user.department", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department", texts.note_department()),
    ]
}

/// What Entra ID sends of a group.
fn group_mappings() -> Vec<Mapping> {
    vec![
        ("displayName", "displayName", ""),
        ("objectId", "externalId", sync_texts().note_object_id_group()),
        ("members", "members", ""),
    ]
}
