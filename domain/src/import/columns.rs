//! Which column is which.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

use super::Columns;
use crate::address::EmailAddress;

/// Headings as `plain` makes them, the best first.
const EMAIL: &[&str] = &[
    "email",
    "emailaddress",
    "mail",
    "mailaddress",
    "workemail",
    "workemailaddress",
    "primaryworkemail",
    "primaryemail",
    "businessemail",
    "companyemail",
    "useremail",
    "emailwork",
    "emailid",
    // German
    "emailadresse",
    "mailadresse",
    // French
    "courriel",
    "adresseemail",
    "adressemail",
    "adressecourriel",
    "adresseelectronique",
    "courrierelectronique",
    "mel",
    // Spanish
    "correoelectronico",
    "correo",
    "direcciondecorreoelectronico",
    "direcciondecorreo",
    "direcciondeemail",
    // Arabic
    "البريدالالكتروني",
    "البريد",
    "بريدالكتروني",
    "عنوانالبريدالالكتروني",
    "الايميل",
    "ايميل",
    // Names to sign in with, which are addresses in most companies.
    "userprincipalname",
    "upn",
    "login",
    "username",
    "userid",
];
const NAME: &[&str] = &[
    "displayname",
    "fullname",
    "preferredname",
    "name",
    "employeename",
    "workername",
    "employee",
    "worker",
    "person",
    "vollstandigername",
    "anzeigename",
    "mitarbeiter",
    "nomcomplet",
    "nometprenom",
    "prenometnom",
    "nomprenom",
    "prenomnom",
    "nomaffiche",
    "nom",
    "nombrecompleto",
    "nombreyapellidos",
    "nombreyapellido",
    "nombreparamostrar",
    "nombre",
    "الاسمالكامل",
    "اسمالعرض",
    "الاسم",
    "اسم",
];
const FIRST_NAME: &[&str] = &[
    "firstname",
    "givenname",
    "forename",
    "preferredfirstname",
    "legalfirstname",
    "vorname",
    "rufname",
    "prenom",
    "nombredepila",
    "primernombre",
    "nombres",
    "الاسمالاول",
    "الاسمالشخصي",
];
const LAST_NAME: &[&str] = &[
    "lastname",
    "surname",
    "familyname",
    "preferredlastname",
    "legallastname",
    "nachname",
    "familienname",
    "zuname",
    "nomdefamille",
    "apellidos",
    "apellido",
    "primerapellido",
    "اسمالعايلة",
    "الاسمالاخير",
    "اللقب",
];
const GROUP: &[&str] = &[
    "group",
    "groups",
    "groupname",
    "usergroup",
    "team",
    "department",
    "departmentname",
    "dept",
    "supervisoryorganization",
    "supervisoryorganisation",
    "orgunitpath",
    "orgunit",
    "organizationalunit",
    "organisationalunit",
    "division",
    "businessunit",
    "costcenter",
    "costcentre",
    "gruppe",
    "abteilung",
    "bereich",
    "kostenstelle",
    "groupe",
    "departement",
    "service",
    "equipe",
    "grupo",
    "departamento",
    "equipo",
    "المجموعة",
    "مجموعة",
    "القسم",
    "قسم",
    "الادارة",
    "الفريق",
];
/// Headings of a whole name that stand for the other part when one of the two parts has a column of its own.
const EITHER: &[&str] = &["name", "nom", "nombre", "الاسم", "اسم"];

/// A heading without what differs between exports: case, accents, spaces, punctuation, and remarks in brackets.
fn plain(heading: &str) -> String {
    let heading = heading.split(['[', '(']).next().unwrap_or_default();
    heading.to_lowercase().nfd().filter(|c| canonical_combining_class(*c) == 0 && c.is_alphanumeric()).collect()
}

fn is_address(cell: &str) -> bool {
    EmailAddress::parse(cell).is_ok()
}

/// Whether a record has an address or the heading of one.
pub(super) fn shows_address(record: &[String]) -> bool {
    record.iter().any(|cell| is_address(cell) || EMAIL.contains(&plain(cell).as_str()))
}

/// Whether a first record has headings. A row with an address is somebody, whatever words stand beside it.
pub(super) fn are_headings(record: &[String]) -> bool {
    !record.is_empty() && !record.iter().any(|cell| is_address(cell))
        // A broken address is still somebody's, if no heading says otherwise.
        && (shows_address(record) || !record.iter().any(|cell| cell.contains('@')))
}

/// Guesses the columns from the headings, if there are any, and the first records.
pub(super) fn guess(headings: &[String], records: &[Vec<String>]) -> Columns {
    let plain: Vec<String> = headings.iter().map(|heading| plain(heading)).collect();
    let mut taken: Vec<usize> = Vec::new();
    let mut choose = |known: &[&str], fits: fn(&str) -> bool| {
        let free = |(column, heading): (usize, &String), word: &str| heading == word && !taken.contains(&column);
        let candidates: Vec<usize> = known
            .iter()
            .flat_map(|word| plain.iter().enumerate().filter(|it| free(*it, word)).map(|(column, _)| column).collect::<Vec<_>>())
            .collect();
        // Exports have columns that nobody fills in: one with something in it is better, if there is any.
        let filled = |column: &&usize| cells(records, **column).any(fits);
        let chosen = candidates.iter().find(filled).or(candidates.first()).copied();
        taken.extend(chosen);
        chosen
    };
    let anything = |cell: &str| !cell.is_empty();
    let mut columns = Columns {
        email: choose(EMAIL, is_address),
        first_name: choose(FIRST_NAME, anything),
        last_name: choose(LAST_NAME, anything),
        name: choose(NAME, anything),
        group: choose(GROUP, anything),
    };
    let either = |column: usize| plain.get(column).is_some_and(|heading| EITHER.contains(&heading.as_str()));
    if let Some(column) = columns.name.filter(|column| either(*column)) {
        match (columns.first_name, columns.last_name) {
            (Some(_), None) => (columns.name, columns.last_name) = (None, Some(column)),
            (None, Some(_)) => (columns.name, columns.first_name) = (None, Some(column)),
            _ => {}
        }
    }
    if columns.email.is_none() {
        columns.email = most_addresses(records, &taken);
    }
    if let (true, Some(email)) = (headings.is_empty(), columns.email) {
        columns.name =
            [email.checked_add(1), email.checked_sub(1)].into_iter().flatten().find(|column| has_names(records, *column));
    }
    columns
}

fn cells(records: &[Vec<String>], column: usize) -> impl Iterator<Item = &str> {
    records.iter().filter_map(move |record| record.get(column)).map(String::as_str).filter(|cell| !cell.is_empty())
}

fn most_addresses(records: &[Vec<String>], taken: &[usize]) -> Option<usize> {
    let width = records.iter().map(Vec::len).max().unwrap_or_default();
    (0..width)
        .filter(|column| !taken.contains(column))
        .map(|column| (cells(records, column).filter(|cell| is_address(cell)).count(), column))
        .filter(|(count, _)| *count > 0)
        // Of two that have the same number, the first.
        .max_by_key(|(count, column)| (*count, std::cmp::Reverse(*column)))
        .map(|(_, column)| column)
}

/// Whether the cells look like names: words without digits, most of them two words or each different.
fn has_names(records: &[Vec<String>], column: usize) -> bool {
    let names: Vec<&str> = cells(records, column).collect();
    let letters =
        names.iter().all(|name| name.chars().any(char::is_alphabetic) && !name.contains(|c: char| c.is_numeric() || c == '@'));
    let spaced = names.iter().filter(|name| name.contains(' ')).count();
    let mut different = names.clone();
    different.sort_unstable();
    different.dedup();
    !names.is_empty() && letters && (spaced * 2 >= names.len() || different.len() == names.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_known_headings_stand_as_headings_are_compared() {
        for known in [EMAIL, NAME, FIRST_NAME, LAST_NAME, GROUP, EITHER] {
            for heading in known {
                assert_eq!(plain(heading), *heading);
            }
        }
    }

    fn columns(headings: &str) -> [Option<usize>; 5] {
        let headings: Vec<String> = headings.split(',').map(str::to_owned).collect();
        let Columns { email, name, first_name, last_name, group } = guess(&headings, &[]);
        [email, name, first_name, last_name, group]
    }

    #[test]
    fn the_headings_of_common_exports_are_known() {
        for (headings, wanted) in [
            ("userPrincipalName,displayName,surname,mail,givenName,department", [Some(3), Some(1), Some(4), Some(2), Some(5)]),
            ("User principal name,Display name,First name,Last name", [Some(0), Some(1), Some(2), Some(3), None]),
            (
                "First Name [Required],Last Name [Required],Email Address [Required],Org Unit Path [Required]",
                [Some(2), None, Some(0), Some(1), Some(3)],
            ),
            (
                "Employee ID,Preferred Name,Legal First Name,Legal Last Name,Primary Work Email,Supervisory Organization,Cost Center",
                [Some(4), Some(1), Some(2), Some(3), Some(5)],
            ),
            ("login,email,firstName,lastName", [Some(1), None, Some(2), Some(3), None]),
            ("E-Mail-Adresse,Vorname,Nachname,Abteilung", [Some(0), None, Some(1), Some(2), Some(3)]),
            ("Vorname,Name,E-Mail", [Some(2), None, Some(0), Some(1), None]),
            ("Nom,Prénom,Courriel,Service", [Some(2), None, Some(1), Some(0), Some(3)]),
            ("Nom,Adresse e-mail,Groupe", [Some(1), Some(0), None, None, Some(2)]),
            ("Nombre,Apellidos,Correo electrónico,Departamento", [Some(2), None, Some(0), Some(1), Some(3)]),
            ("البريد الإلكتروني,الاسم الأول,اسم العائلة,المجموعة", [Some(0), None, Some(1), Some(2), Some(3)]),
            ("الاسم,القسم,البريد الالكتروني", [Some(2), Some(0), None, None, Some(1)]),
            ("E_MAIL,e-mail,FULL.NAME", [Some(0), Some(2), None, None, None]),
            ("one,two", [None; 5]),
        ] {
            assert_eq!(columns(headings), wanted, "{headings}");
        }
    }

    #[test]
    fn a_column_that_nobody_fills_in_gives_way_to_one_that_is_filled() {
        let row = |text: &str| text.split(',').map(str::to_owned).collect::<Vec<_>>();
        let found = guess(&row("mail,userPrincipalName"), &[row(",ines@example.com")]);
        assert_eq!(found.email, Some(1));
    }
}
