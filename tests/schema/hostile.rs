//! What somebody could do with a database console: the schema alone must refuse it.

use futures_executor::block_on;
use seatwise_domain::{Kind, Term};
use seatwise_worker::store::seals;

use crate::support::{company, learners, lot, lot_line, start, year};

/// Statements that would oversell, rewrite history or put a seat into two hands.
const HOSTILE: &[&str] = &[
    // Overselling a lot.
    "UPDATE lots SET quantity = 0 WHERE id = 'lot-a'",
    "UPDATE lots SET quantity = -1 WHERE id = 'lot-a'",
    "UPDATE lots SET pending = quantity + 1 WHERE id = 'lot-a'",
    "UPDATE lots SET in_use = quantity WHERE id = 'lot-a'",
    "UPDATE lots SET pending = -1 WHERE id = 'lot-a'",
    "UPDATE OR REPLACE lots SET quantity = 0 WHERE id = 'lot-a'",
    "UPDATE OR IGNORE lots SET quantity = 1.5 WHERE id = 'lot-a'",
    // Turning a lot into another.
    "UPDATE lots SET overdraft = 1 WHERE id = 'lot-a'",
    "UPDATE lots SET kind = 'content' WHERE id = 'lot-a'",
    "UPDATE lots SET company_id = 'other' WHERE id = 'lot-a'",
    "UPDATE lots SET starts_at = ends_at WHERE id = 'lot-a'",
    "UPDATE lots SET ends_at = starts_at WHERE id = 'lot-a'",
    "DELETE FROM lots WHERE id = 'lot-a'",
    "DELETE FROM lots",
    "INSERT OR REPLACE INTO lots (company_id, id, kind, quantity, starts_at, ends_at) SELECT company_id, id, kind, 1000, starts_at, ends_at FROM lots WHERE id = 'lot-a'",
    "REPLACE INTO lots (company_id, id, kind, quantity, starts_at, ends_at) SELECT company_id, id, kind, 0, starts_at, ends_at FROM lots WHERE id = 'lot-a'",
    "INSERT INTO lots (company_id, id, kind, quantity, starts_at, ends_at) VALUES ('company', 'lot-a', 'user', 1, 0, 1) ON CONFLICT DO UPDATE SET quantity = 1000",
    "INSERT INTO lots (company_id, id, kind, overdraft, quantity, starts_at, ends_at) VALUES ('company', 'second', 'user', 1, 0, 0, 1)",
    "INSERT INTO lots (company_id, id, kind, overdraft, quantity, starts_at, ends_at) VALUES ('company', 'second', 'user', 1, 5, 0, 1)",
    "INSERT INTO lots (company_id, id, kind, quantity, starts_at, ends_at, pending) VALUES ('company', 'full', 'user', 5, 0, 1, 5)",
    "INSERT INTO lots (company_id, id, kind, quantity, starts_at, ends_at) VALUES ('company', 'half', 'user', 2.5, 0, 1)",
    "INSERT INTO lots (company_id, id, kind, quantity, starts_at, ends_at) VALUES ('company', 'back', 'user', 2, 1, 0)",
    "INSERT INTO lots (company_id, id, kind, order_id, part, quantity, starts_at, ends_at) VALUES ('company', 'again', 'user', 'order-a', 1, 2, 0, 1)",
    // Licences that nobody drew, or that two people hold.
    "INSERT INTO licences (company_id, member_id, id, lot_id, kind, status, allocated_at, ends_at) VALUES ('company', 'member-000000', 'x', 'lot-a', 'user', 'pending', 0, 1)",
    "INSERT INTO licences (company_id, member_id, id, lot_id, kind, status, allocated_at, ends_at) VALUES ('company', 'member-000002', 'x', 'lot-a', 'user', 'pending', 0, 9999999999999)",
    "INSERT INTO licences (company_id, member_id, id, lot_id, kind, status, allocated_at, ends_at) VALUES ('company', 'member-000002', 'x', 'lot-a', 'content', 'pending', 0, 1)",
    "INSERT INTO licences (company_id, member_id, id, lot_id, kind, status, allocated_at, ends_at) VALUES ('other', 'member-000002', 'x', 'lot-a', 'user', 'pending', 0, 1)",
    "INSERT INTO licences (company_id, member_id, id, lot_id, kind, status, allocated_at, ends_at) VALUES ('company', 'nobody', 'x', 'lot-a', 'user', 'pending', 0, 1)",
    "INSERT OR REPLACE INTO licences (company_id, member_id, id, lot_id, kind, status, allocated_at, ends_at) VALUES ('company', 'member-000000', 'x', 'lot-a', 'user', 'pending', 0, 1)",
    "INSERT OR REPLACE INTO licences SELECT * FROM licences WHERE member_id = 'member-000000'",
    "REPLACE INTO licences SELECT * FROM licences",
    "INSERT INTO licences SELECT * FROM licences WHERE member_id = 'member-000000' ON CONFLICT DO UPDATE SET status = 'in_use', activated_at = 1",
    "UPDATE licences SET member_id = 'member-000002' WHERE member_id = 'member-000000'",
    "UPDATE OR REPLACE licences SET member_id = 'member-000001' WHERE member_id = 'member-000000'",
    "UPDATE licences SET kind = 'content' WHERE member_id = 'member-000000'",
    "UPDATE licences SET company_id = 'other' WHERE member_id = 'member-000000'",
    "UPDATE licences SET id = 'other' WHERE member_id = 'member-000000'",
    "UPDATE licences SET ends_at = ends_at + 1 WHERE member_id = 'member-000000'",
    "UPDATE licences SET lot_id = 'lot-b' WHERE member_id = 'member-000000'",
    "UPDATE licences SET status = 'in_use' WHERE member_id = 'member-000000'",
    "UPDATE licences SET status = 'ended' WHERE member_id = 'member-000000'",
    "UPDATE licences SET status = 'paused' WHERE member_id = 'member-000000'",
    "UPDATE licences SET status = 'pending', ended_at = NULL, ended_reason = NULL WHERE member_id = 'member-000001'",
    "DELETE FROM licences WHERE member_id = 'member-000000'",
    "DELETE FROM licences",
    // Bringing back what has ended, or moving a licence to where it doesn't fit.
    "UPDATE licences SET status = 'in_use', activated_at = 1, ended_at = NULL, ended_reason = NULL WHERE member_id = 'member-000001'",
    "UPDATE OR IGNORE licences SET lot_id = 'lot-b' WHERE member_id = 'member-000000'",
    "UPDATE licences SET lot_id = (SELECT id FROM lots WHERE overdraft = 1 AND kind = 'content') WHERE member_id = 'member-000000'",
    "UPDATE licences SET lot_id = 'lot-c', ends_at = (SELECT ends_at + 1 FROM lots WHERE id = 'lot-c') WHERE member_id = 'member-000000'",
    "UPDATE licences SET lot_id = 'lot-full' WHERE member_id = 'member-000000'",
    "UPDATE licences SET allocated_at = 0 WHERE member_id = 'member-000000'",
    "UPDATE licences SET active_on = 'yesterday' WHERE member_id = 'member-000000'",
    "UPDATE lots SET quantity = 0 WHERE id = 'lot-full'",
    "UPDATE lots SET ends_at = starts_at + 1 WHERE id = 'lot-a'",
    "UPDATE lots SET carried = NULL WHERE id = 'lot-a'",
    "UPDATE lots SET quantity = 1 WHERE overdraft = 1",
    // Sums that no licence stands behind.
    "UPDATE holdings SET pending = -1 WHERE lot_id = 'lot-a'",
    "UPDATE holdings SET lot_id = 'nowhere' WHERE lot_id = 'lot-a'",
    "INSERT INTO holdings (company_id, lot_id, ends_at, active_on, early, pending, in_use) VALUES ('company', 'lot-a', 1, 1, 2, 0, 0)",
    "INSERT INTO holdings (company_id, lot_id, ends_at, active_on, early, pending, in_use) VALUES ('other', 'lot-a', 1, 1, 0, 1, 0)",
    // Waiting twice, or for nobody.
    "INSERT INTO waiting (company_id, member_id, kind, since, licence_id, nonce, token_hash) VALUES ('company', 'nobody', 'user', 1, 'x', 'x', 'x')",
    "INSERT INTO waiting (company_id, member_id, kind, since, licence_id, nonce, token_hash) VALUES ('other', 'member-000000', 'user', 1, 'x', 'x', 'x')",
    // Settings that nobody can choose.
    "UPDATE companies SET overdraft_limit = -1",
    "UPDATE companies SET carry_over = 'some'",
    "UPDATE companies SET sync_shortage = 'oversell'",
    // Rewriting the seals on the history.
    "UPDATE seals SET hash = 'x'",
    "DELETE FROM seals",
    "INSERT INTO seals SELECT company_id, number, last_seq, events, 'x', sealed_at FROM seals",
    "INSERT OR REPLACE INTO seals SELECT company_id, number, last_seq, events, 'x', sealed_at FROM seals",
    "REPLACE INTO seals SELECT company_id, number, last_seq, events, 'x', sealed_at FROM seals",
    "INSERT INTO seals SELECT company_id, number + 2, last_seq + 1, 1, 'x', sealed_at FROM seals",
    "INSERT INTO seals SELECT company_id, number + 1, last_seq, 1, 'x', sealed_at FROM seals",
    "INSERT INTO seals SELECT company_id, 0, last_seq + 1, 1, 'x', sealed_at FROM seals",
    // Rewriting the history.
    "UPDATE events SET ends_at = 0",
    "UPDATE events SET belongs_to = 'x'",
    "UPDATE events SET actor = 'nobody'",
    "UPDATE events SET at = 0 WHERE seq = 1",
    "UPDATE OR REPLACE events SET seq = 2 WHERE seq = 1",
    "DELETE FROM events",
    "DELETE FROM events WHERE seq = 1",
    "INSERT OR REPLACE INTO events (seq, company_id, at, door, what) VALUES (1, 'company', 0, 'api', 'settings_changed')",
    "REPLACE INTO events SELECT * FROM events WHERE seq = 1",
    "INSERT INTO events (seq, company_id, at, door, what) VALUES (1, 'company', 0, 'api', 'x') ON CONFLICT DO UPDATE SET what = 'x'",
    // Taking away what the history speaks of.
    "DELETE FROM members WHERE id = 'member-000000'",
    "DELETE FROM companies",
];

#[test]
fn the_schema_alone_refuses_hostile_statements() {
    let database = company();
    database
        .execute("INSERT INTO companies (id, name, account_manager_id, created_at) VALUES ('other', 'Other', 'staff', 0)")
        .unwrap();
    lot(&database, "a", Kind::User, 3, year());
    lot(&database, "b", Kind::Content, 3, year());
    lot(&database, "c", Kind::User, 3, Term::new(start(), 24).unwrap());
    lot(&database, "full", Kind::User, 1, Term::new(start(), 1).unwrap());
    learners(&database, 10..11, false, start()).unwrap();
    learners(&database, 0..3, false, start()).unwrap();
    // One licence has ended, so that it can't be brought back either; its holder stands without one.
    for member in ["member-000001", "member-000002"] {
        let end =
            format!("UPDATE licences SET status = 'ended', ended_at = 1, ended_reason = 'removed' WHERE member_id = '{member}'");
        database.execute(&end).unwrap();
    }
    block_on(seals::seal(&database, "company", start(), 1)).unwrap();
    // Two of three licences are free, so the full lot is not what refuses.
    assert_eq!(lot_line(&database, "lot-a").pending, 1);
    assert_eq!(lot_line(&database, "lot-full").pending, 1);
    let before = dump(&database);
    let taken: Vec<&&str> = HOSTILE.iter().filter(|sql| database.execute(sql).is_ok() && dump(&database) != before).collect();
    assert!(HOSTILE.len() >= 40);
    assert!(taken.is_empty(), "{taken:#?}");
    assert_eq!(dump(&database), before, "what was refused has changed nothing");
}

fn dump(database: &seatwise_tests::Sqlite) -> Vec<Vec<serde_json::Value>> {
    ["lots", "licences", "events", "members", "companies", "holdings", "waiting", "seals"]
        .map(|table| database.query(&format!("SELECT * FROM {table} ORDER BY 1, 2, 3")).unwrap())
        .to_vec()
}
