//! From bytes to text, piece by piece.

use super::Encoding;

/// How much is decoded at a time, so that a file that comes in one piece doesn't stand in memory twice.
const PIECE: usize = 64 * 1024;

/// What Windows-1252 has where Latin-1 has controls. Five places are empty there and stay the controls that they are.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', //
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Turns bytes into text. What can't be read becomes U+FFFD, the same however the bytes are cut into pieces.
pub(super) struct Decoder {
    encoding: Encoding,
    /// The beginning of a character whose other bytes are still to come.
    left: Vec<u8>,
    begun: bool,
}

impl Decoder {
    pub(super) fn new(encoding: Encoding) -> Self {
        Self { encoding, left: Vec::new(), begun: false }
    }

    /// Decodes the next bytes.
    pub(super) fn push(&mut self, bytes: &[u8], each: &mut dyn FnMut(&str)) {
        for piece in bytes.chunks(PIECE) {
            if self.left.is_empty() {
                self.decode(piece, each);
            } else {
                let mut joined = std::mem::take(&mut self.left);
                joined.extend_from_slice(piece);
                self.decode(&joined, each);
            }
        }
    }

    /// Says that no more bytes come: what is left is the beginning of a character without its end.
    pub(super) fn finish(&mut self, each: &mut dyn FnMut(&str)) {
        if !std::mem::take(&mut self.left).is_empty() {
            self.pass("\u{fffd}", each);
        }
    }

    fn decode(&mut self, bytes: &[u8], each: &mut dyn FnMut(&str)) {
        match self.encoding {
            Encoding::Utf8 => self.decode_utf8(bytes, each),
            Encoding::Utf16Le => self.decode_utf16(bytes, u16::from_le_bytes, each),
            Encoding::Utf16Be => self.decode_utf16(bytes, u16::from_be_bytes, each),
            Encoding::Windows1252 => {
                let text: String = bytes.iter().map(|byte| windows_1252(*byte)).collect();
                self.pass(&text, each);
            }
        }
    }

    fn decode_utf8(&mut self, bytes: &[u8], each: &mut dyn FnMut(&str)) {
        let mut rest = bytes;
        loop {
            let error = match std::str::from_utf8(rest) {
                Ok(text) => return self.pass(text, each),
                Err(error) => error,
            };
            let (good, bad) = rest.split_at_checked(error.valid_up_to()).unwrap_or_default();
            self.pass(std::str::from_utf8(good).unwrap_or_default(), each);
            let Some(length) = error.error_len() else {
                self.left = bad.to_vec();
                return;
            };
            self.pass("\u{fffd}", each);
            rest = bad.get(length..).unwrap_or_default();
        }
    }

    fn decode_utf16(&mut self, bytes: &[u8], unit: fn([u8; 2]) -> u16, each: &mut dyn FnMut(&str)) {
        let (pairs, odd) = bytes.as_chunks::<2>();
        // The first half of a pair of surrogates waits for the second one.
        let (pairs, half) = match pairs.split_last() {
            Some((last, before)) if (0xd800..0xdc00).contains(&unit(*last)) => (before, last.as_slice()),
            _ => (pairs, &[][..]),
        };
        let units = pairs.iter().map(|pair| unit(*pair));
        let text: String = char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
        self.left = [half, odd].concat();
        self.pass(&text, each);
    }

    fn pass(&mut self, text: &str, each: &mut dyn FnMut(&str)) {
        if text.is_empty() {
            return;
        }
        let begun = std::mem::replace(&mut self.begun, true);
        let text = if begun { text } else { text.strip_prefix('\u{feff}').unwrap_or(text) };
        each(text);
    }
}

fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9f => WINDOWS_1252.get(usize::from(byte - 0x80)).copied().unwrap_or(char::REPLACEMENT_CHARACTER),
        _ => char::from(byte),
    }
}

/// Guesses the encoding from the beginning of a file, or from all of it (`whole`).
pub(super) fn guess(head: &[u8], whole: bool) -> Encoding {
    match head {
        [0xef, 0xbb, 0xbf, ..] => return Encoding::Utf8,
        [0xff, 0xfe, ..] => return Encoding::Utf16Le,
        [0xfe, 0xff, ..] => return Encoding::Utf16Be,
        _ => {}
    }
    // Addresses and separators are ASCII in every script: in UTF-16, every other byte of theirs is zero.
    let (pairs, _) = head.as_chunks::<2>();
    let zeros = |place: usize| pairs.iter().filter(|pair| pair.get(place) == Some(&0)).count();
    let (first, second) = (zeros(0), zeros(1));
    if second > pairs.len() / 8 && first <= second / 16 {
        return Encoding::Utf16Le;
    }
    if first > pairs.len() / 8 && second <= first / 16 {
        return Encoding::Utf16Be;
    }
    match std::str::from_utf8(head) {
        Ok(_) => Encoding::Utf8,
        Err(error) => {
            let good = head.get(..error.valid_up_to()).unwrap_or_default();
            // A character that the end of the head cuts is no error; and a download that broke off in the middle of
            // one is still UTF-8 if it had others before.
            if error.error_len().is_none() && (!whole || !good.is_ascii()) { Encoding::Utf8 } else { Encoding::Windows1252 }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_of(encoding: Encoding, bytes: &[u8], step: usize) -> String {
        let mut text = String::new();
        let mut decoder = Decoder::new(encoding);
        for piece in bytes.chunks(step) {
            decoder.push(piece, &mut |more| text.push_str(more));
        }
        decoder.finish(&mut |more| text.push_str(more));
        text
    }

    #[test]
    fn every_encoding_is_read_however_it_is_cut() {
        let wanted = "Zoë,😀\u{fffd}";
        let utf16 = |order: fn(u16) -> [u8; 2]| -> Vec<u8> {
            "\u{feff}Zoë,😀".encode_utf16().chain([0xd83d]).flat_map(order).collect()
        };
        for step in 1..9 {
            assert_eq!(text_of(Encoding::Utf8, b"\xef\xbb\xbfZo\xc3\xab,\xf0\x9f\x98\x80\xf0\x9f", step), wanted, "{step}");
            assert_eq!(text_of(Encoding::Utf16Le, &utf16(u16::to_le_bytes), step), wanted, "{step}");
            assert_eq!(text_of(Encoding::Utf16Be, &utf16(u16::to_be_bytes), step), wanted, "{step}");
            assert_eq!(text_of(Encoding::Windows1252, b"\x80 Zo\xeb \x9f\xff", step), "€ Zoë Ÿÿ", "{step}");
            assert_eq!(
                text_of(Encoding::Utf8, b"a\xffb\xc3(c\xed\xa0\x80", step),
                "a\u{fffd}b\u{fffd}(c\u{fffd}\u{fffd}\u{fffd}"
            );
        }
    }

    #[test]
    fn encodings_are_guessed() {
        let utf16: Vec<u8> = "e-mail,name\nines@example.com,البريد".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = "e-mail,name\nines@example.com,البريد".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(guess(&utf16, true), Encoding::Utf16Le);
        assert_eq!(guess(&big, true), Encoding::Utf16Be);
        assert_eq!(guess(b"", true), Encoding::Utf8);
        assert_eq!(guess("Zoë".as_bytes(), true), Encoding::Utf8);
        assert_eq!(guess(b"Zo\xeb", true), Encoding::Windows1252);
        assert_eq!(guess(b"Zo\xeb", false), Encoding::Utf8, "it may go on");
        assert_eq!(guess(b"Zo\xc3\xab Zo\xc3", true), Encoding::Utf8, "broken off");
        assert_eq!(guess(b"Zo\xeb,x", false), Encoding::Windows1252);
    }
}
