//! The words that lead to a company's history, in German.

use crate::texts::leading::{Key, LeadingTexts};
use crate::texts::translation;

translation! { LeadingTexts, GERMAN, German {
    activity = "Aktivitäten";
    all_activity = "Alle Aktivitäten";
}}
