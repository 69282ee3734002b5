//! A company's colour, and what becomes of it where people have to read: contrast by WCAG 2.2.

/// A colour in sRGB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour([u8; 3]);

/// The contrast that text needs with what is behind it.
pub const TEXT: f64 = 4.5;
/// The contrast that the parts of a page need with what is around them.
pub const PARTS: f64 = 3.0;

/// What text stands on in light and in dark: the style sheet's ground, surface, and wash below a pointer.
const LIGHT: [Colour; 3] = [Colour([0xf6, 0xf6, 0xf3]), Colour([0xff, 0xff, 0xff]), Colour([0xee, 0xf0, 0xf3])];
const DARK: [Colour; 3] = [Colour([0x10, 0x13, 0x19]), Colour([0x18, 0x1c, 0x25]), Colour([0x23, 0x28, 0x35])];

const BLACK: Colour = Colour([0; 3]);
const WHITE: Colour = Colour([255; 3]);
/// In how many steps a colour becomes black or white.
const STEPS: u16 = 64;

impl Colour {
    /// Reads a colour as `#rrggbb`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.trim().strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
        let part = |at| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
        // A sign is no digit, although numbers can have one.
        let plain = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        if plain { Some(Self([part(0)?, part(2)?, part(4)?])) } else { None }
    }

    /// How bright it is to the eye, from 0 to 1.
    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// The contrast between two colours, from 1 to 21.
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// The colour with so many of [`STEPS`] parts of another one in it.
    fn with(self, other: Self, parts: u16) -> Self {
        let [mut red, mut green, mut blue] = self.0;
        for (mine, theirs) in [&mut red, &mut green, &mut blue].into_iter().zip(other.0) {
            let sum = u16::from(*mine) * (STEPS - parts) + u16::from(theirs) * parts;
            *mine = u8::try_from(sum / STEPS).unwrap_or(u8::MAX);
        }
        Self([red, green, blue])
    }

    /// The first tone on the way to `end` that has at least this contrast with all of `grounds`.
    fn towards(self, end: Self, grounds: [Self; 3], contrast: f64) -> Self {
        let reaches = |tone: &Self| grounds.iter().all(|ground| tone.contrast(*ground) >= contrast);
        (0..=STEPS).map(|parts| self.with(end, parts)).find(reaches).unwrap_or(end)
    }
}

impl core::fmt::Display for Colour {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let [red, green, blue] = self.0;
        write!(formatter, "#{red:02x}{green:02x}{blue:02x}")
    }
}

/// What a company's colour becomes in light or in dark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tone {
    /// Of links, and of what has the focus: `#rrggbb`.
    pub text: String,
    /// Of the buttons that are what a page is for.
    pub button: String,
    /// Of the words on them.
    pub ink: String,
}

/// What a company's colour becomes in light and in dark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tones {
    /// In light.
    pub light: Tone,
    /// In dark.
    pub dark: Tone,
}

impl Tones {
    /// The tones of a colour: itself where it can be read, and otherwise the nearest darker or lighter tone that can.
    #[must_use]
    pub fn of(accent: Colour) -> Self {
        Self { light: Tone::of(accent, BLACK, LIGHT), dark: Tone::of(accent, WHITE, DARK) }
    }
}

impl Tones {
    /// The tones as declarations, by the names that the style sheet knows. Each is six digits behind a hash, so that nothing
    /// else can come in with them.
    #[must_use]
    pub fn declarations(&self) -> String {
        let side = |name: &str, tone: &Tone| {
            format!("--text-{name}:{};--button-{name}:{};--ink-{name}:{};", tone.text, tone.button, tone.ink)
        };
        format!("{}{}", side("light", &self.light), side("dark", &self.dark))
    }
}

impl Tone {
    fn of(accent: Colour, end: Colour, grounds: [Colour; 3]) -> Self {
        let button = accent.towards(end, grounds, PARTS);
        // One of the two always has the contrast that text needs.
        let ink = if button.contrast(WHITE) >= button.contrast(BLACK) { WHITE } else { BLACK };
        let text = accent.towards(end, grounds, TEXT);
        Self { text: text.to_string(), button: button.to_string(), ink: ink.to_string() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn colour(text: &str) -> Colour {
        Colour::parse(text).expect("a colour")
    }

    #[test]
    fn contrast_is_what_wcag_says() {
        assert!((WHITE.contrast(BLACK) - 21.0).abs() < 1e-9);
        // The grey that just reaches the contrast of text on white, and the one that just doesn't.
        assert!(colour("#767676").contrast(WHITE) >= TEXT && colour("#777777").contrast(WHITE) < TEXT);
        assert!(colour("#949494").contrast(WHITE) >= PARTS && colour("#959595").contrast(WHITE) < PARTS);
    }

    #[test]
    fn only_six_digits_behind_a_hash_are_a_colour() {
        assert_eq!(colour(" #1F4fd1 ").to_string(), "#1f4fd1");
        for text in ["", "#", "1f4fd1", "#1f4fd", "#1f4fd12", "#1f4fdg", "#+f4fd1", "#é4fd1", "red", "#fff", "#1f4fd1;}"] {
            assert_eq!(Colour::parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_grounds_are_those_of_the_style_sheet() {
        let tokens = include_str!("../../style/tokens.css");
        for (name, index) in [("--ground", 0), ("--surface", 1), ("--neutral-wash", 2)] {
            let (light, dark) = (LIGHT[index], DARK[index]);
            assert!(tokens.contains(&format!("{name}: light-dark({light}, {dark})")), "{name}: {light}, {dark}");
        }
    }

    #[test]
    fn a_colour_that_can_be_read_stays_as_it_is() {
        let tones = Tones::of(colour("#1f4fd1"));
        assert_eq!(
            (tones.light.text.as_str(), tones.light.button.as_str(), tones.light.ink.as_str()),
            ("#1f4fd1", "#1f4fd1", "#ffffff")
        );
        assert_ne!(tones.dark.text, "#1f4fd1", "too dark for text on black");
        let yellow = Tones::of(colour("#ffe000"));
        assert_ne!(yellow.light.text, "#ffe000", "too pale for text on white");
        assert_eq!((yellow.dark.button.as_str(), yellow.dark.ink.as_str()), ("#ffe000", "#000000"));
    }

    fn check(accent: Colour) {
        let tones = Tones::of(accent);
        for (tone, grounds) in [(&tones.light, LIGHT), (&tones.dark, DARK)] {
            for ground in grounds {
                assert!(colour(&tone.text).contrast(ground) >= TEXT, "{accent}: links {} on {ground}", tone.text);
                assert!(colour(&tone.button).contrast(ground) >= PARTS, "{accent}: buttons {} on {ground}", tone.button);
            }
            assert!(colour(&tone.button).contrast(colour(&tone.ink)) >= TEXT, "{accent}: {} on {}", tone.ink, tone.button);
        }
    }

    #[test]
    fn corners_and_greys_can_be_read() {
        (0..=255).for_each(|part| check(Colour([part; 3])));
        for bits in 0..8_u8 {
            check(Colour([0, 1, 2].map(|bit| if bits >> bit & 1 == 1 { 255 } else { 0 })));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        #[test]
        fn whatever_the_colour_its_tones_can_be_read(parts: [u8; 3]) {
            check(Colour(parts));
        }

        #[test]
        fn any_text_is_read_without_a_panic(text in "#?\\PC{0,8}") {
            if let Some(colour) = Colour::parse(&text) {
                prop_assert_eq!(colour.to_string(), text.trim().to_lowercase());
            }
        }
    }
}
