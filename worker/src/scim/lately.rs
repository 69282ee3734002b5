//! Directories and groups that were looked at a moment ago, in the memory of the Worker's instance: a first sync of thousands
//! of users, each with a group, then takes one trip to the database for each request instead of two. What was remembered is
//! insisted on in the same transaction, so a token that was taken away, or another decision, counts at the next request all
//! the same.

use core::cell::RefCell;
use std::collections::HashMap;

use seatwise_domain::Instant;
use seatwise_domain::policy::SyncShortage;
use seatwise_domain::time::{MINUTE, SECOND};

use crate::store::directory::groups::StoredGroup;
use crate::store::sync::Directory;

/// For how long something is remembered, in milliseconds.
const REMEMBERED: i64 = MINUTE;
/// For how long nothing is tried in one go after there was no licence, in milliseconds.
const SHORT: i64 = 10 * SECOND;
/// How many directories are remembered.
const MOST: usize = 200;
/// How many groups are.
const MOST_GROUPS: usize = 500;

thread_local! {
    static SEEN: RefCell<HashMap<String, (Directory, Instant)>> = RefCell::new(HashMap::new());
    static GROUPS: RefCell<Vec<(StoredGroup, Instant)>> = const { RefCell::new(Vec::new()) };
}

/// Remembers a directory.
pub(super) fn remember(token_hash: &str, directory: &Directory, now: Instant) {
    SEEN.with_borrow_mut(|seen| {
        if seen.len() >= MOST {
            seen.clear();
        }
        // In one go, too few licences fail the whole; what is to happen then is decided by the usual way.
        let remembered = Directory { sync_shortage: SyncShortage::Refuse, last_used_at: Some(now), ..directory.clone() };
        seen.insert(token_hash.to_owned(), (remembered, now));
    });
}

/// A directory that was looked at a moment ago and takes new users.
pub(super) fn recall(token_hash: &str, now: Instant) -> Option<Directory> {
    SEEN.with_borrow(|seen| {
        let (directory, at) = seen.get(token_hash)?;
        let fresh = (0..REMEMBERED).contains(&now.0.saturating_sub(at.0));
        (fresh && !directory.sync_paused && !directory.sync_dry_run).then(|| directory.clone())
    })
}

/// There was no licence, or something has changed: for a while nothing is tried in one go.
pub(super) fn forget(token_hash: &str, now: Instant) {
    SEEN.with_borrow_mut(|seen| {
        if let Some((_, at)) = seen.get_mut(token_hash) {
            // From the future: it isn't fresh until then.
            *at = Instant(now.0.saturating_add(SHORT));
        }
    });
}

/// Whether something may be remembered anew.
pub(super) fn may_remember(token_hash: &str, now: Instant) -> bool {
    SEEN.with_borrow(|seen| seen.get(token_hash).is_none_or(|(_, at)| now.0 >= at.0))
}

/// Remembers a group that gives nothing but itself.
pub(super) fn remember_group(group: &StoredGroup, now: Instant) {
    if group.licensed || group.manages || group.ends || group.set_aside {
        return;
    }
    GROUPS.with_borrow_mut(|groups| match groups.iter_mut().find(|(known, _)| known.id == group.id) {
        Some((_, at)) if now.0 < at.0 => {}
        Some(known) => *known = (group.clone(), now),
        None => {
            if groups.len() >= MOST_GROUPS {
                groups.clear();
            }
            groups.push((group.clone(), now));
        }
    });
}

/// A group that was looked at a moment ago.
pub(super) fn recall_group(id: &str, now: Instant) -> Option<StoredGroup> {
    GROUPS.with_borrow(|groups| {
        let (group, at) = groups.iter().find(|(group, _)| group.id == id)?;
        (0..REMEMBERED).contains(&now.0.saturating_sub(at.0)).then(|| group.clone())
    })
}

/// Something has changed, or users were in the group already: for a while nothing is tried in one go.
pub(super) fn forget_group(id: &str, now: Instant) {
    GROUPS.with_borrow_mut(|groups| {
        if let Some((_, at)) = groups.iter_mut().find(|(group, _)| group.id == id) {
            // From the future: it isn't fresh until then.
            *at = Instant(now.0.saturating_add(SHORT));
        }
    });
}
