//! How large pictures are: a page that knows does not move when they come.

use std::fs;
use std::path::Path;

use notebook_core::notebook::Size;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// The size of a picture; none where it tells none.
pub(super) fn size(file: &Path) -> Option<Size> {
    if file.extension().is_some_and(|end| end.eq_ignore_ascii_case("svg")) {
        return drawn(&fs::read_to_string(file).ok()?);
    }
    let size = imagesize::size(file).ok()?;
    Some(Size { width: u32::try_from(size.width).ok()?, height: u32::try_from(size.height).ok()? })
}

/// What a drawing (SVG) says of its size: its width and height, else what of its plane it shows.
fn drawn(text: &str) -> Option<Size> {
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event().ok()? {
            Event::Start(root) | Event::Empty(root) => {
                let own = pixels(&root, "width").zip(pixels(&root, "height"));
                let (width, height) = own.or_else(|| view_box(&root))?;
                return Some(Size { width, height });
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

/// A length in pixels; other units depend on where it is shown.
fn pixels(root: &BytesStart<'_>, name: &str) -> Option<u32> {
    let length = attribute(root, name)?;
    whole(length.trim().strip_suffix("px").unwrap_or(length.trim()))
}

fn view_box(root: &BytesStart<'_>) -> Option<(u32, u32)> {
    let view = attribute(root, "viewBox")?;
    let mut numbers = view.split([' ', ',', '\n', '\t']).filter(|number| !number.is_empty()).skip(2);
    Some((whole(numbers.next()?)?, whole(numbers.next()?)?))
}

/// A number without its fraction, but never nothing.
fn whole(number: &str) -> Option<u32> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    fraction.parse::<u64>().ok().or(fraction.is_empty().then_some(0))?;
    Some(whole.parse::<u32>().ok()?.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_tells_its_size_in_either_way() {
        let size = |attributes: &str| {
            let text =
                format!("<?xml version=\"1.0\"?><!-- x --><svg xmlns=\"s\" {attributes}><path/></svg>");
            drawn(&text).map(|size| (size.width, size.height))
        };
        assert_eq!(size("width=\"30\" height=\"20px\" viewBox=\"0 0 3 2\""), Some((30, 20)));
        assert_eq!(size("width=\"100%\" height=\"2em\" viewBox=\"0,0, 300.5 200\""), Some((300, 200)));
        assert_eq!(size("width=\"30\""), None);
        assert_eq!(drawn("<svg"), None);
        assert_eq!(drawn("no drawing"), None);
    }

    #[test]
    fn a_picture_tells_its_size() {
        let picture = Path::new(env!("CARGO_MANIFEST_DIR")).join("public/icon-192.png");
        assert_eq!(size(&picture), Some(Size { width: 192, height: 192 }));
        assert_eq!(size(Path::new("Cargo.toml")), None);
    }
}
