//! What names and titles are searched for and sorted by: without capitals and accents, by the words that are typed.

use unicode_normalization::UnicodeNormalization;

/// A text without capitals and accents, as names are searched for and sorted: who types "zoe" finds Zoë.
#[must_use]
#[inline(never)]
pub fn fold(text: &str) -> String {
    unmarked(text.to_lowercase().nfd())
}

/// What is called by names, in the order of the alphabet, whatever the capitals and accents.
#[must_use]
pub fn by_name<T>(items: Vec<T>, name: impl Fn(&T) -> &str) -> Vec<T> {
    let places = order(items.iter().map(|item| fold(name(item))).collect());
    let mut items: Vec<Option<T>> = items.into_iter().map(Some).collect();
    places.into_iter().filter_map(|place| items.get_mut(place).and_then(Option::take)).collect()
}

/// Where the first of some texts stands, where the second, and so on; of equal ones, the first goes first.
fn order(texts: Vec<String>) -> Vec<usize> {
    let mut placed: Vec<(String, usize)> = texts.into_iter().enumerate().map(|(place, text)| (text, place)).collect();
    placed.sort_unstable();
    placed.into_iter().map(|(_, place)| place).collect()
}

/// What is left of lower-case letters, taken apart from their marks (Unicode's form D), without the marks: those of Latin,
/// Greek and Cyrillic letters, and the points of Hebrew and Arabic. Letters that Unicode doesn't take apart become those
/// that are typed for them.
#[must_use]
pub fn unmarked(letters: impl Iterator<Item = char>) -> String {
    let mut plain = String::with_capacity(letters.size_hint().0);
    for letter in letters {
        match letter {
            '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5bd}' | '\u{64b}'..='\u{65f}' | '\u{670}' => {}
            'ß' => plain.push_str("ss"),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            'þ' => plain.push_str("th"),
            'ø' => plain.push('o'),
            'ł' => plain.push('l'),
            'đ' | 'ð' => plain.push('d'),
            'ħ' => plain.push('h'),
            'ŧ' => plain.push('t'),
            'ı' => plain.push('i'),
            _ => plain.push(letter),
        }
    }
    plain
}

/// How well one word fits: the fewer the better.
const AT_THE_START: u32 = 0;
const AT_A_WORD: u32 = 1;
const INSIDE: u32 = 2;
const BESIDE: u32 = 4;

/// How well `title`, and what is also known by `beside`, fits every word of `wanted`: 0 best. Nothing where a word is
/// nowhere in it. All three are compared as they are given: folded.
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

    #[test]
    fn names_are_found_without_their_accents() {
        let names = ["Zoë", "ZOË", "Łukasz", "Ærø", "Strauß", "Nguyễn", "İpek", "Işık", "Đorđe", "Þórr", "Œuvre"];
        let folded = ["zoe", "zoe", "lukasz", "aero", "strauss", "nguyen", "ipek", "isik", "dorde", "thorr", "oeuvre"];
        assert_eq!(names.map(fold), folded);
        assert_eq!(fold("مُحَمَّد"), fold("محمد"));
        assert_eq!(fold("Ж Ω 山田"), "ж ω 山田");
    }

    #[test]
    fn names_are_sorted_by_the_alphabet() {
        let names = ["Zürich", "aarau", "Ägypten", "basel", "Aarau"];
        assert_eq!(by_name(names.to_vec(), |name| name), ["aarau", "Aarau", "Ägypten", "basel", "Zürich"]);
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in "\\PC{0,30}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn it_makes_no_difference_how_a_name_is_written(text in "[A-Za-zÀ-ɏḀ-ỿ ]{0,30}") {
            let composed: String = text.nfc().collect();
            let apart: String = text.nfd().collect();
            prop_assert_eq!(fold(&composed), fold(&apart));
            prop_assert_eq!(fold(&text.to_lowercase()), fold(&text));
        }

        #[test]
        fn what_is_typed_whole_is_found_at_its_start(title in "[a-zä]{1,10}", more in "\\PC{0,20}") {
            prop_assert_eq!(rank(&format!("{title} {more}"), "", &title), Some(0));
        }
    }
}
