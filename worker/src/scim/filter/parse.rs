//! Reads filters. Goes through the text once, from the left to the right, and down at every bracket.

use super::{DEEPEST_FILTER, Filter, LONGEST_FILTER, MOST_TERMS, Moment, Operand, Operator};
use crate::scim::error::ScimError;
use crate::scim::path::{AttributePath, Name, shown, unknown};
use crate::scim::schema::{Attribute, ResourceKind, Returned, Type};

/// Reads a filter that is the whole text.
pub(super) fn whole(text: &str, kind: ResourceKind) -> Result<Filter, ScimError> {
    let mut reader = Reader::new(text, 0, kind)?;
    let filter = reader.alternatives(0)?;
    reader.skip_spaces();
    if reader.rest.is_empty() { Ok(filter) } else { Err(reader.unexpected()) }
}

/// Reads the filter in the brackets that open at `start`, which is about single values of the attribute `path`. Also
/// gives what follows the brackets.
///
/// # Errors
/// `invalidFilter` when it can't be read.
pub(in crate::scim) fn in_brackets(
    text: &str,
    start: usize,
    path: AttributePath,
    kind: ResourceKind,
) -> Result<(Filter, &str), ScimError> {
    let mut reader = Reader::new(text, start, kind)?;
    let filter = reader.brackets(path, 0)?;
    Ok((filter, reader.rest))
}

struct Reader<'a> {
    /// What hasn't been read yet.
    rest: &'a str,
    kind: ResourceKind,
    /// How many comparisons have been read.
    terms: usize,
    /// The attribute in whose brackets the reader is.
    within: Option<AttributePath>,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, start: usize, kind: ResourceKind) -> Result<Self, ScimError> {
        if text.len() > LONGEST_FILTER {
            return Err(ScimError::invalid_filter(format!("The filter is too long: {LONGEST_FILTER} bytes are the most.")));
        }
        Ok(Self { rest: text.get(start..).unwrap_or_default(), kind, terms: 0, within: None })
    }

    /// Terms with `or` between them.
    fn alternatives(&mut self, depth: usize) -> Result<Filter, ScimError> {
        let mut filter = self.conjunction(depth)?;
        while self.word_is("or") {
            filter = Filter::Or(Box::new(filter), Box::new(self.conjunction(depth)?));
        }
        Ok(filter)
    }

    /// Terms with `and` between them, which binds closer than `or` (RFC 7644 §3.4.2.2).
    fn conjunction(&mut self, depth: usize) -> Result<Filter, ScimError> {
        let mut filter = self.single(depth)?;
        while self.word_is("and") {
            filter = Filter::And(Box::new(filter), Box::new(self.single(depth)?));
        }
        Ok(filter)
    }

    /// One term, or what stands in parentheses, with or without `not` before it.
    fn single(&mut self, depth: usize) -> Result<Filter, ScimError> {
        if depth > DEEPEST_FILTER {
            return Err(ScimError::invalid_filter("The filter has too many brackets in brackets."));
        }
        if self.word_is("not") {
            return Ok(Filter::Not(Box::new(self.single(depth + 1)?)));
        }
        if self.mark('(') {
            let filter = self.alternatives(depth + 1)?;
            return if self.mark(')') { Ok(filter) } else { Err(self.expected("a closing parenthesis")) };
        }
        self.term(depth)
    }

    fn term(&mut self, depth: usize) -> Result<Filter, ScimError> {
        let name = self.take_while(|c| !is_space(c) && !is_mark(c));
        if name.is_empty() {
            return Err(self.expected("an attribute"));
        }
        let path = self.attribute(name)?;
        self.skip_spaces();
        if !self.rest.starts_with('[') {
            return self.comparison(path);
        }
        let whole = path.definition().is_some_and(|attribute| attribute.kind == Type::Complex);
        if !whole || self.within.is_some() {
            return Err(ScimError::invalid_filter(format!("{path} has no parts to look into.")));
        }
        let inner = self.brackets(path, depth)?;
        if !self.mark('.') {
            return Ok(Filter::Has { path, inner: Box::new(inner) });
        }
        // RFC 7644 has no comparison after brackets, but Entra's documents do: one value has it all.
        let part = self.take_while(|c| !is_space(c) && !is_mark(c));
        let Some(part) = path.whole().and_then(|attribute| attribute.sub_attribute(part)) else {
            return Err(ScimError::invalid_filter(format!("{path} has no part {}.", shown(part))));
        };
        let comparison = self.comparison(path.part(Some(part.name)))?;
        Ok(Filter::Has { path, inner: Box::new(Filter::And(Box::new(inner), Box::new(comparison))) })
    }

    /// A filter in square brackets about single values of an attribute.
    fn brackets(&mut self, path: AttributePath, depth: usize) -> Result<Filter, ScimError> {
        if !self.mark('[') {
            return Err(self.expected("an opening bracket"));
        }
        self.within = Some(path);
        let filter = self.alternatives(depth + 1)?;
        self.within = None;
        if self.mark(']') { Ok(filter) } else { Err(self.expected("a closing bracket")) }
    }

    /// Finds the attribute of a name: inside brackets a part of the attribute before them.
    fn attribute(&self, name: &str) -> Result<AttributePath, ScimError> {
        if let Some(path) = self.within {
            let part = path.whole().and_then(|attribute| attribute.sub_attribute(name));
            let part = part.ok_or_else(|| ScimError::invalid_filter(format!("{path} has no part {}.", shown(name))))?;
            return Ok(path.part(Some(part.name)));
        }
        match Name::find(name, self.kind) {
            Some(Name::Attribute(path)) if path.whole().is_some_and(|attribute| attribute.returned != Returned::Never) => {
                Ok(path)
            }
            _ => Err(ScimError::invalid_filter(unknown(name, self.kind))),
        }
    }

    /// An operator and, unless it is `pr`, a value.
    fn comparison(&mut self, path: AttributePath) -> Result<Filter, ScimError> {
        self.terms += 1;
        if self.terms > MOST_TERMS {
            return Err(ScimError::invalid_filter(format!("The filter is too long: {MOST_TERMS} comparisons are the most.")));
        }
        self.skip_spaces();
        let word = self.take_while(|c| !is_space(c) && !is_mark(c));
        let operator = match word.to_ascii_lowercase().as_str() {
            "pr" => return Ok(Filter::Present(path)),
            "eq" => Operator::Equal,
            "ne" => Operator::NotEqual,
            "co" => Operator::Contains,
            "sw" => Operator::StartsWith,
            "ew" => Operator::EndsWith,
            "gt" => Operator::Greater,
            "ge" => Operator::GreaterOrEqual,
            "lt" => Operator::Less,
            "le" => Operator::LessOrEqual,
            "" => return Err(self.expected("an operator such as eq")),
            _ => return Err(ScimError::invalid_filter(format!("There is no operator {}.", shown(word)))),
        };
        let value = self.value()?;
        let path = path.comparable();
        let definition = path.definition().ok_or_else(|| ScimError::invalid_filter(unknown(path.attribute, self.kind)))?;
        let value = operand(path, definition, operator, value)?;
        Ok(Filter::Compare { path, operator, value })
    }

    /// A value as it was sent: in double quotes as JSON has it, in single ones, or as a bare word.
    fn value(&mut self) -> Result<Sent, ScimError> {
        self.skip_spaces();
        let Some(quote) = self.rest.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
            let word = self.take_while(|c| !is_space(c) && !matches!(c, '(' | ')' | '[' | ']'));
            return if word.is_empty() { Err(self.expected("a value")) } else { Ok(Sent::Word(word.to_owned())) };
        };
        let mut escaped = false;
        let mut closing = |(_, c): &(usize, char)| {
            let closes = *c == quote && !escaped;
            escaped = *c == '\\' && !escaped;
            closes
        };
        let end = self.rest.char_indices().skip(1).find(|at| closing(at)).map(|(at, _)| at + 1);
        let Some((quoted, rest)) = end.and_then(|end| self.rest.split_at_checked(end)) else {
            return Err(ScimError::invalid_filter("A value has no closing quotation mark."));
        };
        self.rest = rest;
        if quote == '"' {
            let text = serde_json::from_str(quoted);
            return text.map(Sent::Quoted).map_err(|_| ScimError::invalid_filter(format!("{} can't be read.", shown(quoted))));
        }
        let inner = quoted.strip_prefix('\'').and_then(|inner| inner.strip_suffix('\'')).unwrap_or_default();
        let mut escaped = false;
        let unescaped = inner.chars().filter(|c| {
            escaped = *c == '\\' && !escaped;
            !escaped
        });
        Ok(Sent::Quoted(unescaped.collect()))
    }

    fn skip_spaces(&mut self) {
        self.rest = self.rest.trim_start_matches(is_space);
    }

    /// Goes past a mark, and past spaces before it, if it comes next.
    fn mark(&mut self, mark: char) -> bool {
        self.skip_spaces();
        let rest = self.rest.strip_prefix(mark);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// Goes past a word in any case, and past spaces before it, if it comes next.
    fn word_is(&mut self, word: &str) -> bool {
        self.skip_spaces();
        let Some((next, rest)) = self.rest.split_at_checked(word.len()) else { return false };
        let ends = rest.chars().next().is_none_or(|c| is_space(c) || is_mark(c));
        let is = ends && next.eq_ignore_ascii_case(word);
        if is {
            self.rest = rest;
        }
        is
    }

    fn take_while(&mut self, belongs: impl Fn(char) -> bool) -> &'a str {
        let end = self.rest.find(|c| !belongs(c)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at_checked(end).unwrap_or_default();
        self.rest = rest;
        taken
    }

    fn expected(&self, what: &str) -> ScimError {
        if self.rest.is_empty() {
            ScimError::invalid_filter(format!("The filter ends where {what} should be."))
        } else {
            ScimError::invalid_filter(format!("The filter has {} where {what} should be.", shown(self.rest)))
        }
    }

    fn unexpected(&self) -> ScimError {
        ScimError::invalid_filter(format!("The filter goes on with {} after its end.", shown(self.rest)))
    }
}

const fn is_space(c: char) -> bool {
    c.is_ascii_whitespace()
}

const fn is_mark(c: char) -> bool {
    matches!(c, '(' | ')' | '[' | ']' | '"' | '\'')
}

/// A value before it is known what the attribute holds.
enum Sent {
    /// It had quotation marks.
    Quoted(String),
    /// It had none: a number, `true`, `false`, `null`, or a text from somebody who forgot them.
    Word(String),
}

/// Makes of a value what the attribute holds.
fn operand(path: AttributePath, definition: &Attribute, operator: Operator, sent: Sent) -> Result<Operand, ScimError> {
    let equality = matches!(operator, Operator::Equal | Operator::NotEqual);
    let within = matches!(operator, Operator::Contains | Operator::StartsWith | Operator::EndsWith);
    let refused = |why: &str| Err(ScimError::invalid_filter(format!("{path} {why}.")));
    let text = match sent {
        Sent::Word(word) if word.eq_ignore_ascii_case("null") => {
            return if equality { Ok(Operand::Null) } else { refused("can only be eq or ne null") };
        }
        Sent::Word(text) | Sent::Quoted(text) => text,
    };
    match definition.kind {
        Type::Complex => refused("has parts: say which of them"),
        Type::Boolean if !equality => refused("is true or false: it can only be compared with eq and ne"),
        Type::Boolean => match text.to_ascii_lowercase().as_str() {
            "true" => Ok(Operand::Boolean(true)),
            "false" => Ok(Operand::Boolean(false)),
            _ => refused("is true or false"),
        },
        Type::DateTime if !within => match Moment::parse(&text) {
            Some(moment) => Ok(Operand::Moment(moment)),
            None => refused("is a moment, such as \"2026-11-23T09:30:00Z\""),
        },
        Type::Binary if !equality && !within => refused("has no order"),
        _ => Ok(Operand::Text(text)),
    }
}
