//! The dialogue that undoes an import.

use leptos::prelude::*;
use seatwise_domain::wire::Import;
use web_sys::SubmitEvent;

use crate::client;
use crate::load::Submission;
use crate::session::Account;
use crate::ui::{Dialog, DialogEnd, Send, Trouble};
use crate::words::{self, import_texts};

/// The dialogue, open as long as it is there.
#[component]
pub(super) fn UndoDialog(
    /// The import.
    import: Import,
    /// Called when it was closed.
    on_close: Callback<()>,
    /// Called with the import, which is being undone.
    on_done: Callback<Import>,
) -> impl IntoView {
    let account = Account::expect();
    let form = Submission::new();
    let title = import_texts().import_undo_of(&import.file);
    let until = import.undo_until.map(|until| import_texts().import_undo_until(&words::minute(until)));
    let id = StoredValue::new(import.id);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        form.send(client::undo_import(account.company_id(), &id.get_value()), move |import| on_done.run(import));
    };
    view! {
        <Dialog open=true on_close=on_close title=title lead=import_texts().import_undo_lead()>
            <form on:submit=submit novalidate>
                <p>{until.clone()}</p>
                <Trouble failure=form.failure/>
                <DialogEnd on_close=on_close><Send label=import_texts().import_undo() busy=form.busy/></DialogEnd>
            </form>
        </Dialog>
    }
}
