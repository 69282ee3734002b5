//! Settings that somebody changes: what was saved, what stands in the form, and what somebody else has saved meanwhile.

use crate::words::{number, settings_texts, texts};
use leptos::prelude::*;
use leptos::task::spawn_local;
use seatwise_domain::policy::{CarryOver, DrawOrder, SyncShortage};
use seatwise_domain::wire::Settings;

use crate::client::Asked;
use crate::load::Submission;
use crate::ui::Toasts;

/// One thing that is set: what it is called, what it says, and how it goes over from one to the other.
pub(super) struct Fact {
    pub(super) name: fn() -> &'static str,
    say: fn(&Settings) -> String,
    take: fn(&mut Settings, &Settings),
}

impl Fact {
    fn differs(&self, one: &Settings, other: &Settings) -> bool {
        let mut same = one.clone();
        (self.take)(&mut same, other);
        same != *one
    }
}

fn switched(on: bool) -> String {
    if on { settings_texts().on() } else { settings_texts().off() }.to_owned()
}

fn or_nothing(text: Option<&String>) -> String {
    text.map_or_else(|| settings_texts().nothing().to_owned(), Clone::clone)
}

/// Everything that can be set.
pub(super) const FACTS: [Fact; 10] = [
    Fact {
        name: || texts().platform_url(),
        say: |settings| or_nothing(settings.platform_url.as_ref()),
        take: |mine, theirs| mine.platform_url.clone_from(&theirs.platform_url),
    },
    Fact {
        name: || settings_texts().contact_for_learners(),
        say: |settings| match (&settings.contact_email, &settings.contact_id) {
            (Some(email), _) => email.clone(),
            (None, Some(_)) => settings_texts().contact_manager().to_owned(),
            (None, None) => settings_texts().contact_inviter().to_owned(),
        },
        take: |mine, theirs| {
            mine.contact_id.clone_from(&theirs.contact_id);
            mine.contact_email.clone_from(&theirs.contact_email);
        },
    },
    Fact {
        name: || settings_texts().letters_language(),
        say: |settings| settings.language.own_name().to_owned(),
        take: |mine, theirs| mine.language = theirs.language,
    },
    Fact {
        name: || texts().content_with_user(),
        say: |settings| switched(settings.content_with_user),
        take: |mine, theirs| mine.content_with_user = theirs.content_with_user,
    },
    Fact {
        name: || texts().draw_order(),
        say: |settings| {
            match settings.draw_order {
                DrawOrder::FirstToEnd => texts().draw_first(),
                DrawOrder::LastToEnd => texts().draw_last(),
            }
            .to_owned()
        },
        take: |mine, theirs| mine.draw_order = theirs.draw_order,
    },
    Fact {
        name: || texts().carry_over(),
        say: |settings| {
            match settings.carry_over {
                CarryOver::Active => texts().carry_active(),
                CarryOver::All => texts().carry_all(),
                CarryOver::Nobody => texts().carry_nobody(),
            }
            .to_owned()
        },
        take: |mine, theirs| mine.carry_over = theirs.carry_over,
    },
    Fact {
        name: || texts().sync_shortage(),
        say: |settings| {
            match settings.sync_shortage {
                SyncShortage::Overdraw => texts().sync_overdraw(),
                SyncShortage::Wait => texts().sync_wait(),
                SyncShortage::Refuse => texts().sync_refuse(),
            }
            .to_owned()
        },
        take: |mine, theirs| mine.sync_shortage = theirs.sync_shortage,
    },
    Fact {
        name: || texts().overdraft_limit(),
        say: |settings| number(settings.overdraft_limit),
        take: |mine, theirs| mine.overdraft_limit = theirs.overdraft_limit,
    },
    Fact {
        name: || texts().inactive_days(),
        say: |settings| number(settings.inactive_days),
        take: |mine, theirs| mine.inactive_days = theirs.inactive_days,
    },
    Fact {
        name: || texts().invite_days(),
        say: |settings| number(settings.invite_days),
        take: |mine, theirs| mine.invite_days = theirs.invite_days,
    },
];

/// How settings are read and saved: the company's own way, or the desk's.
#[derive(Clone, Copy)]
pub(crate) struct Way {
    /// Reads them.
    pub(crate) read: Callback<(), Asked<Settings>>,
    /// Saves them.
    pub(crate) save: Callback<Settings, Asked<Settings>>,
}

/// Settings that somebody changes.
#[derive(Clone, Copy)]
pub(crate) struct Draft {
    way: Way,
    saved: RwSignal<Settings>,
    mine: RwSignal<Settings>,
    /// What somebody else has set otherwise, by its place among the facts.
    pub(super) theirs: RwSignal<Option<Vec<usize>>>,
    /// Counts how often the form is filled in anew.
    pub(super) round: RwSignal<u32>,
    /// The form.
    pub(super) form: Submission,
    toasts: Toasts,
}

impl Draft {
    /// Nothing is changed yet.
    pub(crate) fn new(settings: Settings, way: Way) -> Self {
        let draft = Self {
            way,
            saved: RwSignal::new(settings.clone()),
            mine: RwSignal::new(settings),
            theirs: RwSignal::new(None),
            round: RwSignal::new(0),
            form: Submission::new(),
            toasts: Toasts::expect(),
        };
        Effect::new(move |_| {
            if draft.form.failure.with(|failure| failure.as_ref().is_some_and(|failure| failure.is("settings-changed"))) {
                draft.form.failure.set(None);
                draft.meet();
            }
        });
        draft
    }

    /// A field of the form, which is filled in with what stands in the draft and writes into it.
    pub(super) fn bind<T: Clone + Send + Sync + 'static>(
        self,
        read: impl Fn(&Settings) -> T,
        write: impl Fn(&mut Settings, T) + 'static,
    ) -> RwSignal<T> {
        let field = RwSignal::new(self.mine.with_untracked(read));
        Effect::new(move |_| {
            let value = field.get();
            let _ = self.mine.try_update(|mine| write(mine, value));
        });
        field
    }

    /// A number in the form. What is no number is told by the API.
    pub(super) fn number(self, read: fn(&Settings) -> i64, write: fn(&mut Settings, i64)) -> RwSignal<String> {
        self.bind(move |mine| read(mine).to_string(), move |mine, typed: String| write(mine, typed.trim().parse().unwrap_or(-1)))
    }

    /// The settings as they stand in the form.
    pub(super) fn with<T>(self, read: impl FnOnce(&Settings) -> T) -> T {
        self.mine.with(read)
    }

    /// The same as they were saved.
    pub(super) fn saved<T>(self, read: impl FnOnce(&Settings) -> T) -> T {
        self.saved.with(read)
    }

    /// Whether anything stands in the form that isn't saved.
    pub(super) fn changed(self) -> bool {
        self.saved.with(|saved| self.mine.with(|mine| saved != mine))
    }

    /// Fills the form in with what is saved.
    pub(super) fn discard(self) {
        self.mine.set(self.saved.get_untracked());
        self.theirs.set(None);
        self.form.failure.set(None);
        self.draw_anew();
    }

    fn draw_anew(self) {
        self.round.update(|round| *round = round.wrapping_add(1));
    }

    /// Saves what stands in the form, and says what is different now.
    pub(super) fn save(self) {
        let before = self.saved.get_untracked();
        self.form.send(self.way.save.run(self.mine.get_untracked()), move |saved| {
            self.toasts.tell(told(&before, &saved));
            self.theirs.set(None);
            self.saved.set(saved.clone());
            self.mine.set(saved);
            self.draw_anew();
        });
    }

    /// Somebody else has saved: what only they have changed is taken over, what only I have changed stays, and what both
    /// have changed is said.
    fn meet(self) {
        let asked = self.way.read.run(());
        spawn_local(async move {
            let Ok(theirs) = asked.await else { return };
            let (Some(before), Some(mut mine)) = (self.saved.try_get_untracked(), self.mine.try_get_untracked()) else { return };
            let mut both = Vec::new();
            for (place, fact) in FACTS.iter().enumerate() {
                if !fact.differs(&mine, &before) {
                    (fact.take)(&mut mine, &theirs);
                } else if fact.differs(&theirs, &before) && fact.differs(&theirs, &mine) {
                    both.push(place);
                }
            }
            mine.version = theirs.version;
            // What was meant stands there already: only the answer to an earlier try was lost.
            let done = mine == theirs;
            if done {
                self.toasts.tell(told(&before, &theirs));
            }
            self.saved.set(theirs);
            self.mine.set(mine);
            self.theirs.set((!done).then_some(both));
            self.draw_anew();
        });
    }

    /// What somebody else has set, and what stands in the form.
    pub(super) fn both(self, place: usize) -> Option<(&'static str, String, String)> {
        let fact = FACTS.get(place)?;
        Some(((fact.name)(), self.saved.with_untracked(fact.say), self.mine.with_untracked(fact.say)))
    }

    /// Takes what somebody else has set.
    pub(super) fn take_theirs(self, place: usize) {
        let Some(fact) = FACTS.get(place) else { return };
        self.saved.with_untracked(|theirs| self.mine.update(|mine| (fact.take)(mine, theirs)));
        self.theirs.update(|places| {
            if let Some(places) = places {
                places.retain(|other| *other != place);
            }
        });
        self.draw_anew();
    }
}

/// What is different, in a sentence.
fn told(before: &Settings, after: &Settings) -> String {
    let changed: Vec<&Fact> = FACTS.iter().filter(|fact| fact.differs(before, after)).collect();
    match changed.as_slice() {
        [] => settings_texts().saved_nothing().to_owned(),
        [fact] => settings_texts().saved_change((fact.name)(), &(fact.say)(before), &(fact.say)(after)),
        several => {
            let names: Vec<&str> = several.iter().map(|fact| (fact.name)()).collect();
            settings_texts().saved_changes(i64::try_from(several.len()).unwrap_or_default(), &names.join(", "))
        }
    }
}
