//! How the database would run every statement of the store.

use seatwise_tests::Sqlite;
use seatwise_worker::store::STATEMENTS;

/// Tables that grow with learners or with time: no statement may walk through one of them whole.
const LARGE: [&str; 11] = [
    "members",
    "licences",
    "events",
    "invites",
    "outbox",
    "orders",
    "sessions",
    "directory_users",
    "directory_addresses",
    "directory_memberships",
    "sync_log",
];

/// Indexes that hold a company's few open rows, or of which a LIMIT or a max() reads one end.
const SMALL: [&str; 9] = [
    "members_who_manage",
    "orders_waiting_by_company",
    "events_headlines",
    "COVERING INDEX sqlite_autoindex_orders_3",
    "directory_users_by_place",
    "sqlite_autoindex_directory_users_2",
    "directory_users_to_settle",
    "sync_log_by_company",
    "sync_log_problems",
];

#[test]
fn no_statement_walks_through_a_large_table() {
    let database = Sqlite::with_schema();
    let mut walks = Vec::new();
    let mut statements = 0;
    // The audit recomputes a company as a whole: that is what it is for. It must not walk through others.
    for (file, listed) in STATEMENTS {
        for (name, sql) in *listed {
            statements += 1;
            let plan = database.plan(sql).unwrap_or_else(|error| panic!("{file}::{name}: {error:?}"));
            let one_company = *file == "audit" || (*file, *name) == ("seals", "UNSEALED");
            walks.extend(
                plan.iter()
                    .filter(|step| is_walk(sql, step) && !(one_company && step.starts_with("SEARCH")))
                    .map(|step| format!("{file}::{name}: {step}")),
            );
        }
    }
    assert!(statements > 60, "only {statements} statements are listed");
    assert!(walks.is_empty(), "{}", walks.join("\n"));
}

/// Whether a step reads a large table whole, or all that one company has in it.
fn is_walk(sql: &str, step: &str) -> bool {
    let mut words = step.split(' ');
    let (Some(verb), Some(table)) = (words.next(), words.next()) else { return false };
    let table = aliases(sql).into_iter().find(|(alias, _)| *alias == table).map_or(table, |(_, table)| table);
    let small = SMALL.iter().any(|index| step.contains(index));
    let whole = verb == "SCAN" && !step.contains(" INDEX ");
    let company = verb == "SEARCH" && step.contains("(company_id=?)");
    // A plan also lists the look-ups of foreign keys, which run only while one is violated.
    let named =
        sql.split_whitespace().collect::<Vec<_>>().windows(2).any(
            |pair| matches!(pair, ["FROM" | "JOIN" | "UPDATE" | "(FROM", name] if name.trim_matches(['(', ')', ',']) == table),
        );
    LARGE.contains(&table) && named && !small && (whole || company)
}

#[test]
fn a_walk_is_recognised() {
    let sql = "SELECT 1 FROM licences l JOIN members m ON true";
    assert!(is_walk(sql, "SCAN l") && is_walk(sql, "SCAN licences"));
    assert!(is_walk(sql, "SEARCH m USING PRIMARY KEY (company_id=?)"));
    assert!(!is_walk(sql, "SEARCH m USING PRIMARY KEY (company_id=? AND id=?)"));
    assert!(!is_walk(sql, "SCAN person VIRTUAL TABLE INDEX 1:"));
}

/// The short names that a statement gives to tables: `FROM licences l`.
fn aliases(sql: &str) -> Vec<(&str, &str)> {
    let words: Vec<&str> = sql.split_whitespace().collect();
    words
        .windows(3)
        .filter(|window| matches!(window[0], "FROM" | "JOIN"))
        .map(|window| (window[2].trim_end_matches([')', ',']), window[1]))
        .collect()
}
