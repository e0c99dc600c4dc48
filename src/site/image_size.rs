//! Sizes of pictures, so that the page can reserve their place before they load.

use std::fs;
use std::path::Path;

use notebook_core::notebook::ImageSize;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Returns the size of a picture; `None` if its format is unknown or it has no size in pixels.
pub(super) fn image_size(file: &Path) -> Option<ImageSize> {
    if file.extension().is_some_and(|end| end.eq_ignore_ascii_case("svg")) {
        return svg_size(&fs::read_to_string(file).ok()?);
    }
    let size = imagesize::size(file).ok()?;
    Some(ImageSize { width: u32::try_from(size.width).ok()?, height: u32::try_from(size.height).ok()? })
}

/// Returns the size of an SVG: its width and height, or else that of its view box.
fn svg_size(text: &str) -> Option<ImageSize> {
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event().ok()? {
            Event::Start(root) | Event::Empty(root) => {
                let own = pixel_length(&root, "width").zip(pixel_length(&root, "height"));
                let (width, height) = own.or_else(|| view_box(&root))?;
                return Some(ImageSize { width, height });
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}

fn attribute(root: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = root.attributes().flatten().find(|attribute| attribute.key.as_ref() == name.as_bytes())?;
    Some(String::from_utf8_lossy(&found.value).into_owned())
}

/// Returns a length in pixels; other units depend on where the picture is shown.
fn pixel_length(root: &BytesStart<'_>, name: &str) -> Option<u32> {
    let length = attribute(root, name)?;
    parse_integer_part(length.trim().strip_suffix("px").unwrap_or(length.trim()))
}

fn view_box(root: &BytesStart<'_>) -> Option<(u32, u32)> {
    let view = attribute(root, "viewBox")?;
    let mut numbers = view.split([' ', ',', '\n', '\t']).filter(|number| !number.is_empty()).skip(2);
    Some((parse_integer_part(numbers.next()?)?, parse_integer_part(numbers.next()?)?))
}

/// Parses a number without its fraction, as at least 1.
fn parse_integer_part(number: &str) -> Option<u32> {
    let (integer, fraction) = number.split_once('.').unwrap_or((number, ""));
    fraction.parse::<u64>().ok().or(fraction.is_empty().then_some(0))?;
    Some(integer.parse::<u32>().ok()?.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn size_of_svg_comes_from_attributes_or_view_box() {
        let size = |attributes: &str| {
            let text =
                format!("<?xml version=\"1.0\"?><!-- x --><svg xmlns=\"s\" {attributes}><path/></svg>");
            svg_size(&text).map(|size| (size.width, size.height))
        };
        assert_eq!(size("width=\"30\" height=\"20px\" viewBox=\"0 0 3 2\""), Some((30, 20)));
        assert_eq!(size("width=\"100%\" height=\"2em\" viewBox=\"0,0, 300.5 200\""), Some((300, 200)));
        assert_eq!(size("width=\"30\""), None);
        assert_eq!(svg_size("<svg"), None);
        assert_eq!(svg_size("no svg"), None);
    }

    #[test]
    fn reads_size_of_png() {
        let picture = Path::new(env!("CARGO_MANIFEST_DIR")).join("public/icon-192.png");
        assert_eq!(image_size(&picture), Some(ImageSize { width: 192, height: 192 }));
        assert_eq!(image_size(Path::new("Cargo.toml")), None);
    }
}
