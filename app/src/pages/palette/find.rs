//! What can be found, and how it is compared with what is typed.

use js_sys::JsString;
use leptos::prelude::*;
use seatwise_domain::matching;

use crate::pages::keys::Keys;
use crate::routes;
use crate::words::{palette_texts, texts};

/// Under which heading something stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Group {
    Lately,
    Actions,
    Pages,
    Help,
    Members,
    Companies,
    Orders,
}

impl Group {
    pub(super) fn heading(self, keys: Keys) -> &'static str {
        match self {
            Self::Lately => palette_texts().used_lately(),
            Self::Actions => palette_texts().actions(),
            Self::Pages => palette_texts().pages(),
            Self::Help => palette_texts().help_topics(),
            Self::Members => texts().users(),
            Self::Companies => keys.called(routes::COMPANIES).unwrap_or_default(),
            Self::Orders => texts().orders(),
        }
    }
}

/// What choosing something does.
#[derive(Clone)]
pub(super) enum Act {
    /// Goes to a page.
    Go(String),
    /// Does something at once.
    Do(Callback<()>),
}

/// Something that can be chosen.
#[derive(Clone)]
pub(super) struct Entry {
    /// What tells it from all others.
    pub(super) key: String,
    pub(super) group: Group,
    pub(super) title: String,
    /// What is said beside it.
    pub(super) beside: String,
    pub(super) act: Act,
    /// Whether it is only there for those who ask for it.
    pub(super) asked: bool,
    /// Title and all else that it is found by, folded.
    folded: (String, String),
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        (&self.key, self.group, &self.title, &self.beside) == (&other.key, other.group, &other.title, &other.beside)
    }
}

impl Entry {
    /// Something that is found by its title and by what is said beside it.
    pub(super) fn new(group: Group, title: impl Into<String>, beside: impl Into<String>, act: Act) -> Self {
        let (title, beside) = (title.into(), beside.into());
        let key = match &act {
            Act::Go(to) => to.clone(),
            Act::Do(_) => title.clone(),
        };
        let folded = (fold(&title), fold(&beside));
        Self { key, group, title, beside, act, asked: group == Group::Help, folded }
    }

    /// A page.
    pub(super) fn page(group: Group, title: impl Into<String>, beside: impl Into<String>, to: impl Into<String>) -> Self {
        Self::new(group, title, beside, Act::Go(to.into()))
    }

    /// The same, found by other words too.
    pub(super) fn also(mut self, words: &str) -> Self {
        self.folded.1 = format!("{} {}", self.folded.1, fold(words));
        self
    }

    /// The same, only where it is asked for.
    pub(super) fn when_asked(mut self) -> Self {
        self.asked = true;
        self
    }

    /// How well it fits what was folded.
    pub(super) fn rank(&self, wanted: &str) -> Option<u32> {
        matching::rank(&self.folded.0, &self.folded.1, wanted)
    }
}

/// A text without capitals and accents. The browser knows all alphabets.
pub(super) fn fold(text: &str) -> String {
    matching::unmarked(String::from(JsString::from(text).to_lower_case().normalize("NFD")).chars())
}

/// What fits, under its headings: those with the best of it first, except that what has to be asked for comes last, so
/// that nothing moves when it comes. Each heading has `most` at most.
pub(super) fn fitting(entries: &[Entry], wanted: &str, most: usize) -> Vec<(Group, Vec<Entry>)> {
    let mut found: Vec<(u32, &Entry)> = entries.iter().filter_map(|entry| Some((entry.rank(wanted)?, entry))).collect();
    found.sort_by_key(|(rank, _)| *rank);
    let mut groups: Vec<(Group, Vec<Entry>)> = Vec::new();
    for (_, entry) in found {
        match groups.iter_mut().find(|(group, _)| *group == entry.group) {
            Some((_, members)) if members.len() < most => members.push(entry.clone()),
            Some(_) => {}
            None => groups.push((entry.group, vec![entry.clone()])),
        }
    }
    groups
}
