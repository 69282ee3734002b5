//! The words that lead to a company's history, in French.

use crate::texts::leading::{Key, LeadingTexts};
use crate::texts::translation;

translation! { LeadingTexts, FRENCH, French {
    activity = "Activité";
    all_activity = "Toute l’activité";
}}
