//! What is said where a company's history is looked through. Apart because few pages need it.

use super::texts;

texts! {
    /// What the activity page says.
    ActivityTexts {
        activity_lead = "Everything that was done here, by people and by itself. Days and times are in UTC.";
        person = "Person";
        person_hint = "Name or address";
        about = "About";
        everything = "Everything";
        way_in = "Way in";
        all_ways = "All ways in";
        about_licences = "Licences given and taken";
        about_invites = "Invites";
        about_people = "People and groups";
        about_orders = "Orders";
        about_expiry = "Expiry and end dates";
        way_hand = "By hand";
        way_import = "Import";
        way_rule = "Automatic rule";
        filters = "Filters";
        from_chip(day: &str) = "From {day}";
        until_chip(day: &str) = "Until {day}";
        take_off(filter: &str) = "Remove filter: {filter}";
        clear_filters = "Clear filters";
        somebody = "Somebody";
        nothing_yet = "Nothing has happened yet";
        nothing_yet_text = "As soon as somebody does something here, it is written down on this page.";
        nothing_found = "Nothing found";
        nothing_found_text = "Nothing in the history fits all these filters.";
        today = "Today";
        yesterday = "Yesterday";
        who_held = "Who held a licence on this day";
        what_happened = "What happened on this day";
        sync_named(name: &str) = "Directory sync {name}";
        looked_until(day: &str) = "Looked through until {day}. There is more before that.";
        lines_first(count: i64) = "{count} line is shown; there are more. | {count} lines are shown; there are more.";
        lines_all(count: i64) = "{count} line is shown. | {count} lines are shown.";
        details = "Details";
        details_of(what: &str) = "Details: {what}";
        exact_time = "Exact time";
        done_by = "Done by";
        to_whom = "To whom";
        other_person = "Other person";
        before_and_since = "Before and since";
        new_end = "Ends";
        import_file = "Import";
        seal = "Seal";
        sealed_in(number: &str, entry: &str) = "Entry {entry}, sealed with number {number}";
        not_sealed(entry: &str) = "Entry {entry}, sealed within minutes";
    }
}
