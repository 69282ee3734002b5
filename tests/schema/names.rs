//! What was written down before names were folded is found like what is written since.

use seatwise_domain::matching::fold;
use seatwise_tests::Sqlite;
use serde_json::json;

/// Before migration 11 names stood in lower case.
const BEFORE_FOLDING: usize = 10;

/// Names with all letters that keyboards of Europe, Vietnam and the Arab countries have, and with loose marks.
fn names() -> Vec<String> {
    let ranges = ['A'..='z', 'À'..='ɏ', 'Ḁ'..='ỿ', 'Ά'..='ώ', 'Ѐ'..='џ', 'آ'..='ي'];
    let letters: Vec<char> = ranges.into_iter().flatten().filter(|letter| letter.is_alphabetic()).collect();
    // Letters that Unicode takes apart or that stand for others; what has its own place in an alphabet isn't touched.
    let kept = |letter: &char| fold(&letter.to_string()).is_ascii() || !matches!(letter, 'À'..='ɏ' | 'Ḁ'..='ỿ');
    let letters: Vec<char> = letters.into_iter().filter(kept).collect();
    let mut names: Vec<String> = letters
        .chunks(7)
        .map(|some| some.iter().collect::<String>() + " and " + &some.iter().rev().collect::<String>())
        .collect();
    names.extend(["Zoe\u{308} Strauß", "مُحَمَّد علي", "Plain Name", "One"].map(str::to_owned));
    names
}

#[test]
fn names_that_were_there_before_are_folded_like_new_ones() {
    let (database, later) = Sqlite::after(BEFORE_FOLDING);
    database
        .execute(
            "INSERT INTO staff (id, email, email_typed, name, created_at) VALUES ('staff', 'desk@example.com', 'desk@example.com', 'Dana Petrov', 0);
             INSERT INTO companies (id, name, account_manager_id, created_at) VALUES ('company', 'Company', 'staff', 0);
             INSERT INTO members (company_id, id, email, email_typed, sort_name, is_learner, is_manager, created_at)
             VALUES ('company', 'unnamed', 'müller@example.com', 'müller@example.com', 'müller@example.com', 1, 0, 0)",
        )
        .unwrap();
    let names = names();
    for (number, name) in names.iter().enumerate() {
        let sorted = name.to_lowercase();
        let last = sorted.rsplit_once(' ').map_or("NULL".to_owned(), |(rest, last)| format!("'{last} {rest}'"));
        database
            .execute(&format!(
                "INSERT INTO members (company_id, id, email, email_typed, name, sort_name, last_name_first, is_learner, is_manager, created_at)
                 VALUES ('company', 'm{number}', 'm{number}@example.com', 'm{number}@example.com', '{name}', '{sorted}', {last}, 1, 0, 0);
                 INSERT INTO companies (id, name, account_manager_id, created_at) VALUES ('c{number}', '{name}', 'staff', 0);
                 INSERT INTO company_words VALUES ('{sorted}', 'c{number}', 'staff')"
            ))
            .unwrap();
    }
    for migration in later {
        database.execute(&migration).unwrap();
    }
    for (number, name) in names.iter().enumerate() {
        let folded = fold(name);
        let last = folded.rsplit_once(' ').map(|(rest, last)| format!("{last} {rest}"));
        let member = database.query(&format!("SELECT sort_name, last_name_first FROM members WHERE id = 'm{number}'")).unwrap();
        assert_eq!(member, [json!({ "sort_name": folded, "last_name_first": last })], "{name}");
        let company = database.query(&format!(
            "SELECT c.sort_name, w.words FROM companies c JOIN company_words w ON w.company_id = c.id WHERE c.id = 'c{number}'"
        ));
        assert_eq!(company.unwrap(), [json!({ "sort_name": folded, "words": folded })], "{name}");
    }
    let unnamed = database.query("SELECT sort_name FROM members WHERE id = 'unnamed'").unwrap();
    assert_eq!(unnamed, [json!({ "sort_name": "müller@example.com" })], "an address is what it is");
}
