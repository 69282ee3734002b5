//! Reading a file and sending it on in parts, both at once: neither the file nor what was read of it is ever in memory
//! as a whole.

use core::cell::{Cell, RefCell};
use core::future::poll_fn;
use core::task::{Poll, Waker};
use std::rc::Rc;

use js_sys::futures::JsFuture;
use js_sys::{Function, Promise, Uint8Array};
use leptos::prelude::*;
use leptos::task::spawn_local;
use seatwise_domain::import::{Found, Look, Reader, Reason};
use seatwise_domain::wire::{DraftImport, Import, ImportPart, ImportRow, MOST_ROWS, RefusedRow};
use web_sys::{Blob, MessageChannel};

use crate::client::{self, Failure};

/// How much of a file is looked at to know how it is to be read.
const HEAD: f64 = 65_536.0;
/// How much of a file is read at once, at most and at least.
const MOST_READ: f64 = 262_144.0;
const LEAST_READ: f64 = 16_384.0;
/// How long one piece may take, in milliseconds, before the next one is made smaller; and larger.
const SLOW: f64 = 30.0;
const QUICK: f64 = 12.0;
/// How many bytes a part has at most, by an estimate of its JSON that leaves room below what the API takes.
const FULL: usize = 500_000;
/// How many parts are under way at once.
const UNDER_WAY: usize = 3;
/// How many rows that can't be read are shown.
const SHOWN: usize = 50;
/// How much of each cell stays where a refused row would fill a part of its own.
const SHORT_CELL: usize = 200;
/// How long to wait before a part is sent again, in milliseconds: the last counts for all after it.
const PAUSES: [i32; 5] = [500, 1_000, 2_000, 5_000, 10_000];

/// How far a file is read.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Progress {
    /// How many bytes are read.
    pub(super) read: f64,
    /// How many there are.
    pub(super) size: f64,
    /// Whether the connection is lost.
    pub(super) offline: bool,
}

impl Progress {
    /// The beginning.
    pub(super) fn of(blob: &Blob) -> Self {
        Self { read: 0.0, size: blob.size(), offline: false }
    }
}

/// A row that can't be read, as it is shown.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Unreadable {
    /// Its line.
    pub(super) line: u32,
    /// What stands where the e-mail address is expected.
    pub(super) email: String,
    /// Why it can't be read.
    pub(super) reason: String,
}

/// A file that was read and sent.
pub(super) struct Outcome {
    /// The draft that it became.
    pub(super) import: Import,
    /// The first of the rows that can't be read.
    pub(super) unreadable: Vec<Unreadable>,
}

/// Why reading ended before the end.
pub(super) enum Halt {
    /// The API refused.
    Refused(Failure),
    /// There is no row.
    Empty,
    /// The browser can't read the file.
    Unreadable,
    /// Somebody chose another file or left.
    Left,
}

/// The beginning of a file, and whether that is all of it.
pub(super) async fn head(blob: &Blob) -> Result<(Vec<u8>, bool), Halt> {
    Ok((bytes(blob, 0.0, HEAD).await?, blob.size() <= HEAD))
}

/// Reads a file as `look` says and sends it, part by part, into a new draft.
pub(super) async fn read(
    company: String,
    blob: Blob,
    file: String,
    look: Look,
    progress: RwSignal<Option<Progress>>,
    alive: impl Fn() -> bool + Copy + 'static,
) -> Result<Outcome, Halt> {
    let size = blob.size();
    let email = look.format.columns.email;
    let mut reader = Reader::new(&look.format);
    let columns = look.format.columns.clone();
    let draft = DraftImport { file, separator: look.format.separator, header: look.header, columns };
    let sending = Sending::new(company, draft, progress, alive);
    let (mut found, mut part, mut unreadable) = (Vec::new(), Part::default(), Vec::new());
    let (mut at, mut step) = (0.0, MOST_READ);
    loop {
        // Each read ends a task of the browser's, which then draws and listens before the next one.
        let piece = bytes(&blob, at, step).await?;
        if !alive() {
            return Err(Halt::Left);
        }
        let began = js_sys::Date::now();
        let last = at + step >= size;
        reader.push(&piece, &mut found);
        if last {
            reader.finish(&mut found);
        }
        at += step;
        let took = js_sys::Date::now() - began;
        for one in found.drain(..) {
            if let Found::Refused(refused) = &one
                && unreadable.len() < SHOWN
                && !matches!(refused.reason, Reason::Repeated { .. })
            {
                unreadable.push(Unreadable {
                    line: refused.line,
                    email: email.and_then(|column| refused.cells.get(column)).cloned().unwrap_or_default(),
                    reason: refused.reason.words(&crate::words::problem_texts()),
                });
            }
            if let Some(full) = part.add(one) {
                sending.send(full).await?;
                // Making a part into JSON takes its time, too.
                breath().await;
            }
        }
        if took > SLOW {
            step = (step / 2.0).max(LEAST_READ);
        } else if took < QUICK {
            step = (step * 2.0).min(MOST_READ);
        }
        let _ = progress.try_update(|progress| {
            if let Some(progress) = progress {
                progress.read = at.min(size);
            }
        });
        if last {
            break;
        }
    }
    if !part.is_empty() {
        sending.send(ImportPart { last: true, ..part.whole() }).await?;
    }
    let import = sending.finish().await?;
    Ok(Outcome { import, unreadable })
}

async fn bytes(blob: &Blob, from: f64, length: f64) -> Result<Vec<u8>, Halt> {
    let to = (from + length).min(blob.size());
    let piece = blob.slice_with_f64_and_f64(from, to).map_err(|_| Halt::Unreadable)?;
    let buffer = JsFuture::from(piece.array_buffer()).await.map_err(|_| Halt::Unreadable)?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// Lets the browser draw and listen. A message comes sooner than the shortest timeout.
async fn breath() {
    let Ok(channel) = MessageChannel::new() else { return };
    let (sends, hears) = (channel.port1(), channel.port2());
    let heard = Promise::new(&mut |done: Function, _| hears.set_onmessage(Some(&done)));
    if sends.post_message(&wasm_bindgen::JsValue::NULL).is_ok() {
        let _ = JsFuture::from(heard).await;
    }
    sends.close();
}

/// Waits.
pub(super) async fn pause(milliseconds: i32) {
    let waited = Promise::new(&mut |done, _| {
        if let Some(window) = web_sys::window() {
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&done, milliseconds);
        }
    });
    let _ = JsFuture::from(waited).await;
}

/// How long to wait before trying for the so-manieth time.
pub(super) fn pause_before(attempt: usize) -> i32 {
    PAUSES.get(attempt).or(PAUSES.last()).copied().unwrap_or_default()
}

/// A part that fills up.
#[derive(Default)]
struct Part {
    of: ImportPart,
    bytes: usize,
}

impl Part {
    /// Adds what was found. Where it is too much, what was there before is handed back as a part of its own.
    fn add(&mut self, found: Found) -> Option<ImportPart> {
        let (bytes, full) = match found {
            Found::Row(row) => {
                let row = ImportRow { line: row.line, email: row.email.typed().to_owned(), name: row.name, group: row.group };
                let bytes =
                    60 + written(&row.email) + row.name.as_deref().map_or(4, written) + row.group.as_deref().map_or(4, written);
                let full = self.make_room(bytes);
                self.of.rows.push(row);
                (bytes, full)
            }
            Found::Refused(refused) => {
                let mut row = RefusedRow { line: refused.line, cells: refused.cells, reason: refused.reason };
                let size = |row: &RefusedRow| 120 + row.cells.iter().map(|cell| written(cell) + 3).sum::<usize>();
                if size(&row) > FULL {
                    for cell in &mut row.cells {
                        cell.truncate(cell.floor_char_boundary(SHORT_CELL));
                    }
                }
                let bytes = size(&row);
                let full = self.make_room(bytes);
                self.of.refused.push(row);
                (bytes, full)
            }
        };
        self.bytes += bytes;
        full
    }

    fn make_room(&mut self, bytes: usize) -> Option<ImportPart> {
        let full = self.of.rows.len() + self.of.refused.len() >= MOST_ROWS || self.bytes + bytes > FULL;
        (full && !self.is_empty()).then(|| self.whole())
    }

    fn is_empty(&self) -> bool {
        self.of.rows.is_empty() && self.of.refused.is_empty()
    }

    fn whole(&mut self) -> ImportPart {
        self.bytes = 0;
        core::mem::take(&mut self.of)
    }
}

/// How many bytes a text has as JSON.
fn written(text: &str) -> usize {
    text.bytes()
        .map(|byte| match byte {
            b'"' | b'\\' | b'\n' | b'\r' | b'\t' => 2,
            0..0x20 => 6,
            _ => 1,
        })
        .sum()
}

/// Parts on their way, a few at once.
struct Sending<A> {
    company: String,
    draft: DraftImport,
    /// The draft, once it is there: it is begun with the first part, so that an empty file leaves none behind.
    import: RefCell<Option<Import>>,
    sent: Cell<usize>,
    progress: RwSignal<Option<Progress>>,
    alive: A,
    state: Rc<State>,
}

#[derive(Default)]
struct State {
    under_way: Cell<usize>,
    failed: RefCell<Option<Failure>>,
    waker: RefCell<Option<Waker>>,
}

impl<A: Fn() -> bool + Copy + 'static> Sending<A> {
    fn new(company: String, draft: DraftImport, progress: RwSignal<Option<Progress>>, alive: A) -> Self {
        Self { company, draft, import: RefCell::default(), sent: Cell::new(0), progress, alive, state: Rc::default() }
    }

    /// Sends a part as soon as few enough are under way.
    async fn send(&self, part: ImportPart) -> Result<(), Halt> {
        let id = self.begun().await?;
        self.until_under_way(UNDER_WAY - 1).await?;
        let number = self.sent.get();
        self.sent.set(number + 1);
        self.state.under_way.set(self.state.under_way.get() + 1);
        let (company, state, progress, alive) = (self.company.clone(), Rc::clone(&self.state), self.progress, self.alive);
        // Made now, not when it is first polled: what is under way is in memory only once, as JSON.
        spawn_local(async move {
            let ask = || client::import_part(company.clone(), &id, number, &part);
            let answer = patiently(ask, progress, alive).await;
            if let Err(Halt::Refused(failure)) = answer {
                state.failed.replace(Some(failure));
            }
            state.under_way.set(state.under_way.get() - 1);
            if let Some(waker) = state.waker.take() {
                waker.wake();
            }
        });
        Ok(())
    }

    /// The draft's id; begins it if it isn't begun.
    async fn begun(&self) -> Result<String, Halt> {
        let known = self.import.borrow().as_ref().map(|import| import.id.clone());
        if let Some(id) = known {
            return Ok(id);
        }
        let key = client::new_key();
        let ask = || client::draft_import(self.company.clone(), &self.draft, key.clone());
        let import = patiently(ask, self.progress, self.alive).await?;
        let id = import.id.clone();
        self.import.replace(Some(import));
        Ok(id)
    }

    /// Waits until no more than so many parts are under way, and tells if one failed.
    async fn until_under_way(&self, most: usize) -> Result<(), Halt> {
        poll_fn(|context| {
            if self.state.under_way.get() <= most || self.state.failed.borrow().is_some() {
                return Poll::Ready(());
            }
            self.state.waker.replace(Some(context.waker().clone()));
            Poll::Pending
        })
        .await;
        if !(self.alive)() {
            return Err(Halt::Left);
        }
        self.state.failed.take().map_or(Ok(()), |failure| Err(Halt::Refused(failure)))
    }

    /// Waits for all parts.
    async fn finish(self) -> Result<Import, Halt> {
        self.until_under_way(0).await?;
        self.import.take().ok_or(Halt::Empty)
    }
}

/// Asks again and again, with growing pauses, as long as no answer comes.
async fn patiently<T>(
    ask: impl Fn() -> client::Asked<T>,
    progress: RwSignal<Option<Progress>>,
    alive: impl Fn() -> bool,
) -> Result<T, Halt> {
    let tell = |offline: bool| {
        let _ = progress.try_update(|progress| {
            if let Some(progress) = progress {
                progress.offline = offline;
            }
        });
    };
    let mut attempt = 0;
    loop {
        let answer = ask().await;
        if !alive() {
            return Err(Halt::Left);
        }
        match answer {
            Ok(value) => {
                if attempt > 0 {
                    tell(false);
                }
                return Ok(value);
            }
            Err(Failure::Offline) => {
                tell(true);
                pause(pause_before(attempt)).await;
                attempt += 1;
            }
            Err(failure) => return Err(Halt::Refused(failure)),
        }
        if !alive() {
            return Err(Halt::Left);
        }
    }
}
