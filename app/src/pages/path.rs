//! The addresses in the table of pages, as the router matches them.

use std::borrow::Cow;

use leptos_router::{PartialPathMatch, PathSegment, PossibleRouteMatch};

/// A part of an address, such as `users/:user`: words, and names for what stands in their place; `:topic?` may be missing.
/// One type for all, where
/// the router's own has another one for every shape, each with its code.
#[derive(Clone, Copy)]
pub(crate) struct Path(pub(crate) &'static str);

impl Path {
    fn parts(self) -> impl Iterator<Item = &'static str> {
        self.0.split('/').filter(|part| !part.is_empty())
    }
}

impl PossibleRouteMatch for Path {
    fn optional(&self) -> bool {
        false
    }

    fn test<'a>(&self, path: &'a str) -> Option<PartialPathMatch<'a>> {
        let mut rest = path;
        let mut values = Vec::new();
        for part in self.parts() {
            let part = match part.strip_suffix('?') {
                Some(_) if rest.is_empty() => continue,
                Some(part) => part,
                None => part,
            };
            let inner = rest.strip_prefix('/')?;
            let (word, after) = inner.find('/').map_or((inner, ""), |at| inner.split_at(at));
            match part.strip_prefix(':') {
                Some(name) if !word.is_empty() => values.push((Cow::Borrowed(name), word.to_owned())),
                None if word == part => {}
                _ => return None,
            }
            rest = after;
        }
        let matched = path.strip_suffix(rest).unwrap_or_default();
        Some(PartialPathMatch::new(rest, values, matched))
    }

    fn generate_path(&self, path: &mut Vec<PathSegment>) {
        path.extend(self.parts().map(|part| match part.strip_prefix(':') {
            Some(name) => PathSegment::Param(Cow::Borrowed(name.trim_end_matches('?'))),
            None => PathSegment::Static(Cow::Borrowed(part)),
        }));
    }
}
