//! What a file of a picture says of itself: a logo is looked at before it is kept. Only the header is read; nothing is
//! unpacked.

/// The most bytes of a logo.
pub const MOST_BYTES: usize = 64 * 1024;
/// The most pixels of a logo's side.
pub const MOST_PIXELS: u32 = 1024;

/// The sorts of pictures that are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureKind {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
    /// WebP.
    Webp,
}

impl PictureKind {
    /// The content type under which it is served.
    #[must_use]
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Webp => "image/webp",
        }
    }
}

/// A picture that can be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Its sort, by what is in the file.
    pub kind: PictureKind,
    /// How wide it is, in pixels.
    pub width: u32,
    /// How high it is.
    pub height: u32,
}

/// Why a picture isn't taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureProblem {
    /// The file has too many bytes.
    TooLarge,
    /// It is neither PNG nor JPEG nor WebP, or its header is broken.
    Unreadable,
    /// It is too wide or too high, or has no size at all.
    Size,
}

impl Picture {
    /// Looks at a file.
    ///
    /// # Errors
    /// When it is too large, none of the sorts that are taken, or has too many pixels.
    pub fn read(file: &[u8]) -> Result<Self, PictureProblem> {
        if file.len() > MOST_BYTES {
            return Err(PictureProblem::TooLarge);
        }
        let (kind, (width, height)) = png(file)
            .map(|size| (PictureKind::Png, size))
            .or_else(|| jpeg(file).map(|size| (PictureKind::Jpeg, size)))
            .or_else(|| webp(file).map(|size| (PictureKind::Webp, size)))
            .ok_or(PictureProblem::Unreadable)?;
        let fits = |pixels: u32| (1..=MOST_PIXELS).contains(&pixels);
        if fits(width) && fits(height) { Ok(Self { kind, width, height }) } else { Err(PictureProblem::Size) }
    }
}

fn bytes<const N: usize>(file: &[u8], at: usize) -> Option<[u8; N]> {
    file.get(at..at.checked_add(N)?)?.try_into().ok()
}

fn big(file: &[u8], at: usize) -> Option<u32> {
    bytes(file, at).map(u32::from_be_bytes)
}

fn short(file: &[u8], at: usize) -> Option<u32> {
    bytes(file, at).map(u16::from_be_bytes).map(u32::from)
}

/// The first chunk of a PNG is its header.
fn png(file: &[u8]) -> Option<(u32, u32)> {
    let header = file.starts_with(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    header.then(|| Some((big(file, 16)?, big(file, 20)?))).flatten()
}

/// A JPEG is a row of segments; the one that begins a frame says how large it is.
fn jpeg(file: &[u8]) -> Option<(u32, u32)> {
    if !file.starts_with(b"\xff\xd8\xff") {
        return None;
    }
    let mut at = 2_usize;
    loop {
        let [0xff, marker] = bytes(file, at)? else { return None };
        match marker {
            // Filling before a marker.
            0xff => at = at.checked_add(1)?,
            // Between the frames' own markers stand tables: of codes, of arithmetic, and an extension that nobody uses.
            0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => {
                return Some((short(file, at.checked_add(7)?)?, short(file, at.checked_add(5)?)?));
            }
            // The picture itself, or the end, before any size was said.
            0xd0..=0xda | 0x00 | 0x01 => return None,
            _ => {
                let length = usize::try_from(short(file, at.checked_add(2)?)?).ok().filter(|length| *length >= 2)?;
                at = at.checked_add(2)?.checked_add(length)?;
            }
        }
    }
}

/// A WebP is lossy, lossless, or extended; each says its size in its own way.
fn webp(file: &[u8]) -> Option<(u32, u32)> {
    if !file.starts_with(b"RIFF") || bytes(file, 8)? != *b"WEBP" {
        return None;
    }
    let little = |at| bytes(file, at).map(u16::from_le_bytes).map(u32::from);
    match &bytes(file, 12)? {
        b"VP8 " if bytes(file, 23)? == [0x9d, 0x01, 0x2a] => Some((little(26)? & 0x3fff, little(28)? & 0x3fff)),
        b"VP8L" if bytes(file, 20)? == [0x2f] => {
            let bits = bytes(file, 21).map(u32::from_le_bytes)?;
            Some(((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1))
        }
        b"VP8X" => {
            let side = |at| bytes(file, at).map(|[low, middle, high]: [u8; 3]| u32::from_le_bytes([low, middle, high, 0]) + 1);
            Some((side(24)?, side(27)?))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn png_of(width: u32, height: u32) -> Vec<u8> {
        [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(), &width.to_be_bytes(), &height.to_be_bytes(), b"\x08\x06\0\0\0"].concat()
    }

    fn jpeg_of(width: u16, height: u16) -> Vec<u8> {
        // A comment, filling, a table of codes, and the frame.
        let start: &[u8] = b"\xff\xd8\xff\xfe\0\x04hi\xff\xff\xc4\0\x03x\xff\xc2\0\x0b\x08";
        [start, &height.to_be_bytes(), &width.to_be_bytes(), b"\x03"].concat()
    }

    fn webp_of(chunk: &[u8; 4], rest: &[u8]) -> Vec<u8> {
        [b"RIFF\0\0\0\0WEBP".as_slice(), chunk, b"\0\0\0\0", rest].concat()
    }

    fn size(file: &[u8]) -> Option<(PictureKind, u32, u32)> {
        Picture::read(file).ok().map(|picture| (picture.kind, picture.width, picture.height))
    }

    #[test]
    fn each_sort_says_how_large_it_is() {
        assert_eq!(size(&png_of(240, 80)), Some((PictureKind::Png, 240, 80)));
        assert_eq!(size(&jpeg_of(640, 480)), Some((PictureKind::Jpeg, 640, 480)));
        let lossy = webp_of(b"VP8 ", b"\0\0\0\x9d\x01\x2a\x40\x01\xf0\x00");
        assert_eq!(size(&lossy), Some((PictureKind::Webp, 320, 240)));
        let lossless = webp_of(b"VP8L", &[&[0x2f][..], &((239 << 14 | 319_u32).to_le_bytes())].concat());
        assert_eq!(size(&lossless), Some((PictureKind::Webp, 320, 240)));
        let extended = webp_of(b"VP8X", b"\0\0\0\0\x3f\x01\0\xef\0\0");
        assert_eq!(size(&extended), Some((PictureKind::Webp, 320, 240)));
    }

    #[test]
    fn what_is_none_of_them_is_refused() {
        for file in [
            b"".as_slice(),
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            b"<?xml version='1.0'?><svg/>",
            b"GIF89a\x01\0\x01\0",
            b"\xff\xd8\xff",
            b"\xff\xd8\xff\xda\0\x08",
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0",
            b"RIFF\0\0\0\0WEBPVP8 ",
            b"RIFF\0\0\0\0WAVEfmt ",
        ] {
            assert_eq!(Picture::read(file), Err(PictureProblem::Unreadable), "{}", String::from_utf8_lossy(file));
        }
    }

    #[test]
    fn too_much_is_refused() {
        assert_eq!(size(&png_of(1024, 1024)), Some((PictureKind::Png, 1024, 1024)));
        for (width, height) in [(1025, 10), (10, 1025), (0, 10), (10, 0), (u32::MAX, u32::MAX)] {
            assert_eq!(Picture::read(&png_of(width, height)), Err(PictureProblem::Size), "{width} × {height}");
        }
        let padded = |length| {
            let mut file = png_of(10, 10);
            file.resize(length, 0);
            file
        };
        assert!(Picture::read(&padded(MOST_BYTES)).is_ok());
        assert_eq!(Picture::read(&padded(MOST_BYTES + 1)), Err(PictureProblem::TooLarge));
    }

    proptest! {
        #[test]
        fn any_file_is_looked_at_without_a_panic(
            start in prop::sample::select(vec![
                b"".to_vec(), b"\xff\xd8\xff".to_vec(), b"RIFF\0\0\0\0WEBPVP8L".to_vec(), b"RIFF\0\0\0\0WEBPVP8X".to_vec(),
                b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(),
            ]),
            rest in prop::collection::vec(any::<u8>(), 0..200),
        ) {
            if let Ok(picture) = Picture::read(&[start, rest].concat()) {
                prop_assert!(picture.width <= MOST_PIXELS && picture.height <= MOST_PIXELS);
            }
        }
    }
}
