//! The words of screens.

use super::texts;

texts! {
    /// What screens say.
    Screens {
        product = "Seatwise";
    }
}
