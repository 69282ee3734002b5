//! How well something fits what is searched for: by the words that are typed, in any order.
//!
//! Texts are compared as they are given; whoever calls has folded capitals and accents before.

/// How well one word fits: the fewer the better.
const AT_THE_START: u32 = 0;
const AT_A_WORD: u32 = 1;
const INSIDE: u32 = 2;
const BESIDE: u32 = 4;

/// How well `title`, and what is also known by `beside`, fits every word of `wanted`: 0 best. Nothing where a word is
/// nowhere in it.
#[must_use]
pub fn rank(title: &str, beside: &str, wanted: &str) -> Option<u32> {
    wanted.split_whitespace().try_fold(0_u32, |sum, word| {
        // What is only beside it counts by whole beginnings: the middle of some word there says nothing.
        let known = || place(beside, word).filter(|found| *found < INSIDE).map(|found| found.saturating_add(BESIDE));
        let found = place(title, word).or_else(known);
        found.map(|found| sum.saturating_add(found))
    })
}

/// Where a word stands in a text.
fn place(text: &str, word: &str) -> Option<u32> {
    let mut best = None;
    for (at, _) in text.match_indices(word) {
        if at == 0 {
            return Some(AT_THE_START);
        }
        let within = text.get(..at).and_then(|before| before.chars().next_back()).is_some_and(char::is_alphanumeric);
        if !within {
            return Some(AT_A_WORD);
        }
        best = Some(INSIDE);
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_start_of_a_title_goes_before_the_start_of_a_word_and_that_before_its_middle() {
        let ranks = ["licences", "request licences", "sublicences", "renewals"].map(|title| rank(title, "licence", "licence"));
        assert_eq!(ranks, [Some(0), Some(1), Some(2), Some(4)]);
    }

    #[test]
    fn every_word_must_be_somewhere_in_any_order() {
        assert!(rank("request licences", "", "lic req").is_some());
        assert_eq!(rank("request licences", "", "lic users"), None);
        assert_eq!(rank("ord-0012", "12 user licences", "users"), None);
        assert!(rank("ord-0012", "12 user licences", "12 user").is_some());
        assert_eq!(rank("invites", "settings", "ting"), None);
        assert_eq!(rank("anything", "", "  "), Some(0));
    }

    #[test]
    fn letters_of_every_alphabet_make_words() {
        assert_eq!(rank("طلب تراخيص", "", "تراخيص"), Some(1));
        assert_eq!(rank("الإعدادات", "", "عداد"), Some(2));
    }

    proptest! {
        #[test]
        fn what_is_typed_whole_is_found_at_its_start(title in "[a-zä]{1,10}", more in "\\PC{0,20}") {
            prop_assert_eq!(rank(&format!("{title} {more}"), "", &title), Some(0));
        }
    }
}
