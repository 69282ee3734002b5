//! The words that lead to a company's history, in Spanish.

use crate::texts::leading::{Key, LeadingTexts};
use crate::texts::translation;

translation! { LeadingTexts, SPANISH, Spanish {
    activity = "Actividad";
    all_activity = "Toda la actividad";
}}
