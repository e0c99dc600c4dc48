//! The position of a popover beside the link that it belongs to.

/// Pixels between a link and its popover, and between the popover and the edge of the window.
const GAP: f64 = 6.0;

/// A rectangle in the window, in pixels.
#[derive(Clone, Copy, Debug)]
pub struct Rect {
    /// Distance of its top edge from the top of the window.
    pub top: f64,
    /// Distance of its bottom edge from the top of the window.
    pub bottom: f64,
    /// Distance of its left edge from the left of the window.
    pub left: f64,
}

/// Returns top and left of a popover: below its link; above, where only there or more is room. Sizes are width and height.
pub fn popover_position(link: Rect, popover: (f64, f64), window: (f64, f64)) -> (f64, f64) {
    let (width, height) = popover;
    let room_below = window.1 - link.bottom - GAP;
    let is_below = height <= room_below - GAP || room_below > link.top;
    let top = if is_below { link.bottom + GAP } else { (link.top - GAP - height).max(GAP) };
    let left = link.left.min(window.0 - width - GAP).max(GAP);
    (top, left)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOW: (f64, f64) = (400.0, 600.0);

    fn link(top: f64, left: f64) -> Rect {
        Rect { top, bottom: top + 20.0, left }
    }

    #[track_caller]
    fn check(link: Rect, popover: (f64, f64), expected: (f64, f64)) {
        let (top, left) = popover_position(link, popover, WINDOW);
        assert!((top - expected.0).abs() < 1e-9 && (left - expected.1).abs() < 1e-9, "{top}, {left}");
    }

    #[test]
    fn opens_below_where_there_is_room() {
        check(link(100.0, 50.0), (200.0, 100.0), (126.0, 50.0));
    }

    #[test]
    fn opens_above_near_the_bottom_of_the_window() {
        check(link(500.0, 50.0), (200.0, 100.0), (394.0, 50.0));
    }

    #[test]
    fn opens_on_the_larger_side_if_it_fits_on_neither() {
        check(link(200.0, 50.0), (200.0, 590.0), (226.0, 50.0));
        check(link(400.0, 50.0), (200.0, 590.0), (6.0, 50.0));
    }

    #[test]
    fn stays_inside_the_window() {
        check(link(100.0, 350.0), (200.0, 100.0), (126.0, 194.0));
        check(link(100.0, -20.0), (200.0, 100.0), (126.0, 6.0));
        check(link(100.0, 50.0), (500.0, 100.0), (126.0, 6.0));
    }
}
