//! The words that lead to a company's history, in Arabic.

use crate::texts::leading::{Key, LeadingTexts};
use crate::texts::translation;

translation! { LeadingTexts, ARABIC, Arabic {
    activity = "النشاط";
    all_activity = "كل النشاط";
}}
