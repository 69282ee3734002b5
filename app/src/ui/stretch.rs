//! Long lists: only the rows near the window stand in the document. What is above and below is as high as it was, or as rows
//! usually are.

use core::ops::Range;

use leptos::html;
use leptos::prelude::*;

/// How many rows come and go together.
const TOGETHER: usize = 30;
/// How many such parts stand in the document, at most.
const MOST_PARTS: usize = 6;
/// How far from the window rows still stand in the document, in pixels: further than one scrolls within a frame.
const NEAR: f64 = 1000.0;
/// How high a part is as long as none was measured, in pixels.
const USUAL: f64 = 1770.0;

/// What a list looked like: which parts stood in the document, how high each was, and what was left free.
pub(crate) struct Stretched {
    parts: (usize, usize),
    heights: Vec<Option<f64>>,
    free: (f64, f64),
}

/// The rows of a long list that stand in the document.
#[derive(Clone, Copy)]
pub(crate) struct Stretch {
    /// The rows' parent: a block that has rows only.
    pub(crate) body: NodeRef<html::Tbody>,
    /// How many rows there are.
    rows: Signal<usize>,
    /// Which parts stand in the document.
    parts: RwSignal<(usize, usize)>,
    /// How high each part was when it stood there last, in pixels.
    heights: StoredValue<Vec<Option<f64>>>,
    /// How much is left free above and below, in pixels.
    free: RwSignal<(f64, f64)>,
    /// Whether the next frame looks.
    asked: StoredValue<bool>,
}

impl Stretch {
    /// Follows the window over so many rows.
    pub(crate) fn new(rows: Signal<usize>) -> Self {
        let stretch = Self {
            body: NodeRef::new(),
            rows,
            parts: RwSignal::new((0, 2)),
            heights: StoredValue::new(Vec::new()),
            free: RwSignal::new((0.0, 0.0)),
            asked: StoredValue::new(false),
        };
        Effect::new(move |_| {
            stretch.rows.track();
            stretch.parts.track();
            stretch.body.track();
            stretch.ask();
        });
        for event in ["scroll", "resize"] {
            let listening = window_event_listener_untyped(event, move |_| stretch.ask());
            on_cleanup(move || listening.remove());
        }
        stretch
    }

    /// What the list looks like.
    pub(crate) fn state(self) -> Option<Stretched> {
        Some(Stretched {
            parts: self.parts.try_get_untracked()?,
            heights: self.heights.try_get_value()?,
            free: self.free.try_get_untracked()?,
        })
    }

    /// Lets it look as it did, so that it is as high as then from the first moment.
    pub(crate) fn restore(self, state: Stretched) {
        self.heights.set_value(state.heights);
        self.free.set(state.free);
        self.parts.set(state.parts);
    }

    /// Which rows stand in the document.
    pub(crate) fn shown(self) -> Range<usize> {
        let ((first, end), rows) = (self.parts.get(), self.rows.get());
        first.saturating_mul(TOGETHER).min(rows)..end.saturating_mul(TOGETHER).min(rows)
    }

    /// How much is left free above the rows, in pixels.
    pub(crate) fn above(self) -> String {
        pixels(self.free.get().0)
    }

    /// How much is left free below them, in pixels.
    pub(crate) fn below(self) -> String {
        pixels(self.free.get().1)
    }

    /// Looks with the next frame.
    fn ask(self) {
        if self.asked.try_get_value() == Some(false) {
            self.asked.set_value(true);
            request_animation_frame(move || {
                if self.asked.try_set_value(false).is_none() {
                    self.look();
                }
            });
        }
    }

    fn look(self) {
        let Some(body) = self.body.try_get_untracked().flatten() else { return };
        let Some(window) = web_sys::window().and_then(|window| window.inner_height().ok()?.as_f64()) else { return };
        let Some(rows) = self.rows.try_get_untracked() else { return };
        self.measure(&body, rows);
        let top = body.get_bounding_client_rect().top();
        let (from, to) = (-top - NEAR, window - top + NEAR);
        let count = rows.div_ceil(TOGETHER);
        let heights = self.heights.with_value(|heights| heights_of(heights, rows));
        let (mut first, mut end, mut above, mut below, mut at) = (0, 0, 0.0, 0.0, 0.0);
        for (part, height) in heights.into_iter().enumerate() {
            let until = at + height;
            // Where the window has left the list behind, its last part stays.
            if until < from && part.saturating_add(1) < count {
                first = part.saturating_add(1);
                above = until;
            } else if part == first || (at < to && part < first.saturating_add(MOST_PARTS)) {
                end = part.saturating_add(1);
            } else {
                below += height;
            }
            at = until;
        }
        if self.free.get_untracked() != (above, below) {
            self.free.set((above, below));
        }
        if self.parts.get_untracked() != (first, end) {
            self.parts.set((first, end));
        }
    }

    /// Notes how high the parts are that stand in the document whole.
    fn measure(self, body: &web_sys::Element, rows: usize) {
        let shown = untrack(|| self.shown());
        let children = body.children();
        if usize::try_from(children.length()) != Ok(shown.len()) {
            return;
        }
        let rect = |row: usize| {
            let row = u32::try_from(row.checked_sub(shown.start)?).ok()?;
            children.item(row).map(|row| row.get_bounding_client_rect())
        };
        self.heights.update_value(|heights| {
            heights.resize(rows.div_ceil(TOGETHER), None);
            for (part, height) in heights.iter_mut().enumerate().skip(shown.start / TOGETHER) {
                let first = part.saturating_mul(TOGETHER);
                let last = first.saturating_add(TOGETHER - 1);
                if last >= shown.end {
                    // A part that isn't full yet grows.
                    *height = height.filter(|_| last < rows);
                    break;
                }
                if let (Some(first), Some(last)) = (rect(first), rect(last)) {
                    *height = Some(last.bottom() - first.top());
                }
            }
        });
    }
}

/// A length as styles say it. Browsers measure in 64ths of a pixel, which have six places; writing any fraction there is
/// would take more code than all of this.
fn pixels(length: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "what is too long for a list is cut off")]
    let millionths = (length * 1_000_000.0).round() as u64;
    format!("{}.{:06}px", millionths / 1_000_000, millionths % 1_000_000)
}

/// The height of each part: as measured, or as the others on average.
fn heights_of(measured: &[Option<f64>], rows: usize) -> Vec<f64> {
    let known: Vec<f64> = measured.iter().filter_map(|height| *height).collect();
    #[expect(clippy::cast_precision_loss, reason = "lists are short of 2^52 rows")]
    let usual = if known.is_empty() { USUAL } else { known.iter().sum::<f64>() / known.len() as f64 };
    let part = |part: usize| {
        let full = part.saturating_add(1).saturating_mul(TOGETHER) <= rows;
        #[expect(clippy::cast_precision_loss, reason = "a part has few rows")]
        let share = if full { 1.0 } else { (rows % TOGETHER) as f64 / TOGETHER as f64 };
        measured.get(part).copied().flatten().unwrap_or(usual * share)
    };
    (0..rows.div_ceil(TOGETHER)).map(part).collect()
}
