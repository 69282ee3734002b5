//! Lists as they were left: Back and Forward show them again, with all that was loaded.

use core::cell::RefCell;

use leptos::prelude::*;
use wasm_bindgen::JsValue;

use crate::session::Account;

/// How many lists are kept of a sort.
const MOST: usize = 4;

/// Whose lists they are. Whoever comes next, or signs in once more, finds nothing.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Whose {
    id: String,
    ended: u32,
}

impl Whose {
    /// Of the identity that is signed in.
    pub(super) fn now(account: Account) -> Option<Self> {
        let id = untrack(|| account.session())?.identity.id;
        Some(Self { id, ended: Account::ended() })
    }
}

/// Lists of a sort, by what says which list it is; the newest is the last.
pub(super) struct Kept<K, T>(RefCell<Vec<(Whose, K, T)>>);

impl<K: PartialEq, T> Kept<K, T> {
    /// None yet.
    pub(super) const fn new() -> Self {
        Self(RefCell::new(Vec::new()))
    }

    /// Keeps a list for whoever has looked at it, if that is still who is signed in.
    pub(super) fn keep(&self, account: Account, whose: Whose, which: K, list: T) {
        let still = Whose::now(account).as_ref() == Some(&whose);
        let mut kept = self.0.borrow_mut();
        kept.retain(|(of, other, _)| still && *of == whose && *other != which);
        if still {
            if kept.len() == MOST {
                kept.remove(0);
            }
            kept.push((whose, which, list));
        }
    }

    /// Hands out a list that is come back to by Back or Forward. By a link a list is opened anew.
    pub(super) fn take(&self, whose: &Whose, which: &K) -> Option<T> {
        // `boot.js` knows.
        let back = js_sys::Reflect::get(&js_sys::global(), &JsValue::from_str("cameBack")).ok()?;
        let mut kept = self.0.borrow_mut();
        kept.retain(|(of, ..)| of == whose);
        let place = kept.iter().position(|(_, other, _)| back.is_truthy() && other == which)?;
        Some(kept.remove(place).2)
    }
}
