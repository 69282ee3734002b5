//! Statements in a form that SQLite keeps.
//!
//! While it plans, SQLite (3.54, `whereLoopOutputAdjust` and `computeLimitRegisters`) peeks at a bare parameter that a
//! column is compared with, or that a `LIMIT` has. A statement that it has peeked for is planned anew every time it
//! runs with new values, which costs more than running it: a quarter of what adding a user took. A unary plus changes
//! no value, index or type, and hides the parameter from the peek.

#![expect(clippy::indexing_slicing, reason = "all of it runs while the Worker is compiled, where a wrong index is an error")]

/// How long a statement gets: spaces folded, a plus before each parameter that would be peeked at.
#[must_use]
pub const fn length(sql: &str) -> usize {
    walk::<0>(sql).1
}

/// The statement in that form.
#[must_use]
pub const fn text<const LENGTH: usize>(sql: &str) -> [u8; LENGTH] {
    walk::<LENGTH>(sql).0
}

/// One pass over a statement: writes as much as there is room for, and says how much there would be.
const fn walk<const ROOM: usize>(sql: &str) -> ([u8; ROOM], usize) {
    let bytes = sql.as_bytes();
    let mut written = [0; ROOM];
    let mut length = 0;
    let mut index = 0;
    let mut quoted = false;
    while index < bytes.len() {
        let byte = bytes[index];
        if byte == b'\'' {
            quoted = !quoted;
        }
        let blank = !quoted && byte.is_ascii_whitespace();
        // Blanks that follow a blank go, and those at both ends.
        let superfluous = blank && (index + 1 == bytes.len() || bytes[index + 1].is_ascii_whitespace() || length == 0);
        if !superfluous {
            if !quoted && byte == b'?' && is_peeked_at(bytes, index) {
                if length < ROOM {
                    written[length] = b'+';
                }
                length += 1;
            }
            if length < ROOM {
                written[length] = if blank { b' ' } else { byte };
            }
            length += 1;
        }
        index += 1;
    }
    (written, length)
}

/// Whether ` = `, ` IS ` or `LIMIT ` stands right before.
const fn is_peeked_at(bytes: &[u8], at: usize) -> bool {
    follows(bytes, at, b" = ") || follows(bytes, at, b" IS ") || follows(bytes, at, b"LIMIT ")
}

const fn follows(bytes: &[u8], at: usize, word: &[u8]) -> bool {
    if at < word.len() {
        return false;
    }
    let mut index = 0;
    while index < word.len() {
        if bytes[at - word.len() + index] != word[index] {
            return false;
        }
        index += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQL: &str = "
        SELECT a, '  = ?1  ' FROM t
        WHERE a = ?1 AND b IS ?2 AND c IS NOT ?3 AND d <= ?4
        LIMIT ?5 ";
    const KEPT: [u8; length(SQL)] = text(SQL);

    #[test]
    fn a_plus_stands_where_sqlite_would_peek_and_nothing_else_changes() {
        let kept = core::str::from_utf8(&KEPT).expect("text");
        assert_eq!(kept, "SELECT a, '  = ?1  ' FROM t WHERE a = +?1 AND b IS +?2 AND c IS NOT ?3 AND d <= ?4 LIMIT +?5");
    }
}
