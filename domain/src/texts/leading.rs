//! The words that lead to a company's history. Apart from those that are said there, because more pages show them.

use super::texts;

texts! {
    /// What links to the history say.
    LeadingTexts {
        activity = "Activity";
        all_activity = "All activity";
    }
}
