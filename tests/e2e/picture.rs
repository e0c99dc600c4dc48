//! Pictures of the page, and how much two of them differ.

use std::collections::BTreeMap;

use crate::problem::{Outcome, Problem};

/// Levels of a color channel in a picture that is kept. Chosen: differences of one level cannot be seen, and files are half as large.
const LEVELS: u16 = 15;

/// A picture without transparency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Picture {
    width: usize,
    height: usize,
    pixels: Vec<[u8; 3]>,
}

/// The tolerance of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tolerance {
    /// The edges of letters may differ a little: for pictures from one version of a browser.
    Edges,
    /// Letters may differ, but not what is where: versions of a browser draw letters differently, and break a few lines elsewhere.
    Letters,
}

impl Tolerance {
    /// Pixels in a square whose average color is compared.
    fn block(self) -> usize {
        match self {
            Self::Edges => 1,
            Self::Letters => 8,
        }
    }

    /// Difference of a color channel that counts.
    fn channel(self) -> u8 {
        match self {
            Self::Edges => 40,
            Self::Letters => 24,
        }
    }

    /// Permitted share of squares that differ.
    pub(crate) fn share(self) -> f64 {
        match self {
            Self::Edges => 0.0005,
            Self::Letters => 0.02,
        }
    }
}

/// The difference of two pictures.
#[derive(Debug)]
pub(crate) struct Difference {
    /// Share of the picture that differs, from 0 to 1.
    pub(crate) share: f64,
    /// The first picture, faded, with what differs in red.
    pub(crate) picture: Picture,
}

impl Picture {
    /// Decodes a PNG.
    pub(crate) fn decode(png: &[u8]) -> Outcome<Self> {
        let mut decoder = png::Decoder::new(std::io::Cursor::new(png));
        decoder.set_transformations(png::Transformations::normalize_to_color8());
        let mut reader = decoder.read_info().map_err(unreadable)?;
        let mut bytes = vec![0; reader.output_buffer_size().ok_or("a picture is too large")?];
        let frame = reader.next_frame(&mut bytes).map_err(unreadable)?;
        let samples = frame.color_type.samples();
        let color = |pixel: &[u8]| match *pixel {
            [red, green, blue, ..] => [red, green, blue],
            [gray, ..] => [gray; 3],
            [] => [0; 3],
        };
        let pixels = bytes.chunks_exact(samples).map(color).collect();
        let (width, height) = (frame.width as usize, frame.height as usize);
        Ok(Self { width, height, pixels })
    }

    /// Returns the picture at half its size, in colors of which few are enough: as it is kept and compared.
    pub(crate) fn reduced(&self) -> Self {
        let half = self.averaged(2);
        let level = |channel: u8| (u16::from(channel) * LEVELS + 127) / 255 * (255 / LEVELS);
        let pixels = half.pixels.iter().map(|pixel| pixel.map(|channel| to_u8(level(channel)))).collect();
        Self { pixels, ..half }
    }

    /// Encodes the picture as a PNG, with a palette if it has few colors.
    pub(crate) fn encode(&self) -> Outcome<Vec<u8>> {
        let mut palette = BTreeMap::new();
        for pixel in &self.pixels {
            palette.insert(*pixel, 0);
        }
        let mut png = Vec::new();
        let (width, height) = (u32::try_from(self.width), u32::try_from(self.height));
        let (Ok(width), Ok(height)) = (width, height) else { return Err("a picture is too large".into()) };
        let mut encoder = png::Encoder::new(&mut png, width, height);
        encoder.set_compression(png::Compression::High);
        encoder.set_depth(png::BitDepth::Eight);
        let data: Vec<u8> = if palette.len() <= 256 {
            palette.values_mut().zip(0..=u8::MAX).for_each(|(index, number)| *index = number);
            encoder.set_color(png::ColorType::Indexed);
            encoder.set_palette(palette.keys().flatten().copied().collect::<Vec<u8>>());
            // Indices of a palette are no amounts: filters, which subtract neighbors, would make the file larger.
            encoder.set_filter(png::Filter::NoFilter);
            self.pixels.iter().map(|pixel| palette[pixel]).collect()
        } else {
            encoder.set_color(png::ColorType::Rgb);
            self.pixels.iter().flatten().copied().collect()
        };
        let mut writer = encoder.write_header().map_err(unwritable)?;
        writer.write_image_data(&data).map_err(unwritable)?;
        writer.finish().map_err(unwritable)?;
        Ok(png)
    }

    /// Compares the picture with another one; `None` if their sizes differ.
    pub(crate) fn difference(&self, other: &Self, tolerance: Tolerance) -> Option<Difference> {
        if (self.width, self.height) != (other.width, other.height) {
            return None;
        }
        let side = tolerance.block();
        let (before, after) = (self.averaged(side), other.averaged(side));
        let differs = |(one, two): (&[u8; 3], &[u8; 3])| {
            one.iter().zip(two).any(|(one, two)| one.abs_diff(*two) > tolerance.channel())
        };
        let differing: Vec<bool> = before.pixels.iter().zip(&after.pixels).map(differs).collect();
        let count = differing.iter().filter(|differs| **differs).count();
        let paint = |(at, pixel): (usize, &[u8; 3])| {
            let block = at / self.width / side * before.width + at % self.width / side;
            // An incomplete block at the edge is not compared.
            if differing.get(block) == Some(&true) {
                [220, 0, 40]
            } else {
                pixel.map(|channel| 170 + channel / 3)
            }
        };
        let pixels = self.pixels.iter().enumerate().map(paint).collect();
        let share = share(count, differing.len());
        Some(Difference { share, picture: Self { pixels, ..*self } })
    }

    /// Returns the picture with one pixel for each square of `side` pixels.
    fn averaged(&self, side: usize) -> Self {
        let (width, height) = (self.width / side, self.height / side);
        let average = |at: usize| {
            let (left, top) = (at % width * side, at / width * side);
            let mut sums = [0_usize; 3];
            for y in top..top + side {
                let row = y * self.width + left;
                for pixel in &self.pixels[row..row + side] {
                    sums.iter_mut().zip(pixel).for_each(|(sum, channel)| *sum += usize::from(*channel));
                }
            }
            sums.map(|sum| u8::try_from(sum / (side * side)).unwrap_or(u8::MAX))
        };
        Self { width, height, pixels: (0..width * height).map(average).collect() }
    }
}

#[allow(clippy::cast_precision_loss, reason = "pictures have a few million pixels")]
fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

fn to_u8(channel: u16) -> u8 {
    u8::try_from(channel).unwrap_or(u8::MAX)
}

fn unreadable(error: png::DecodingError) -> Problem {
    format!("a picture cannot be read: {error}").into()
}

fn unwritable(error: png::EncodingError) -> Problem {
    format!("a picture cannot be written: {error}").into()
}

/// Tests the comparison itself.
pub(crate) fn check() -> Outcome {
    let page = |mark: usize, shade: u8| {
        let color = |at: usize| {
            let is_mark = (mark..mark + 40).contains(&(at % 320)) && (40..80).contains(&(at / 320));
            if is_mark { [shade; 3] } else { [250, 250, 248] }
        };
        Picture { width: 320, height: 200, pixels: (0..320 * 200).map(color).collect() }.reduced()
    };
    let before = page(40, 20);
    assert_eq!((before.width, before.height), (160, 100));
    assert_eq!(Picture::decode(&before.encode()?)?, before, "encoded and decoded again");
    let is_alike = |after: &Picture, tolerance: Tolerance| {
        before.difference(after, tolerance).is_some_and(|found| found.share <= tolerance.share())
    };
    let both = [Tolerance::Edges, Tolerance::Letters];
    assert_eq!(both.map(|tolerance| is_alike(&page(40, 35), tolerance)), [true, true], "a shade lighter");
    assert_eq!(both.map(|tolerance| is_alike(&page(42, 20), tolerance)), [false, true], "two pixels aside");
    assert_eq!(both.map(|tolerance| is_alike(&page(240, 20), tolerance)), [false, false], "elsewhere");
    assert_eq!(both.map(|tolerance| is_alike(&page(40, 250), tolerance)), [false, false], "gone");
    Ok(())
}
