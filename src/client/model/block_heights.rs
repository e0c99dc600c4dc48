//! The heights of the blocks of a virtual list, and the blocks that are in view.

use std::ops::Range;

/// Rows in a block. A block is added and removed as a whole: smaller ones cost more layout passes while scrolling, larger
/// ones draw more rows than the window shows.
pub const ROWS_PER_BLOCK: usize = 8;
/// Blocks in view at most, whatever the height of the window: nobody reads 96 rows at a time, and a window that reports a
/// height without limit would draw the whole notebook.
const MAX_BLOCKS_IN_VIEW: usize = 12;
/// Differences in pixels up to which a block counts as unchanged: browsers round to fractions of a pixel.
const TOLERANCE: f64 = 0.5;

/// The height of every block in pixels: measured, or estimated for one that was never drawn.
#[derive(Debug, Default)]
pub struct BlockHeights(Vec<f64>);

impl BlockHeights {
    /// Estimates the heights of the blocks of a list with `rows` rows of `row_height` pixels, after those of its first `kept`
    /// blocks. O(blocks).
    pub fn estimate(&mut self, kept: usize, rows: usize, row_height: f64) {
        self.0.truncate(kept);
        let blocks = (0..rows).step_by(ROWS_PER_BLOCK).skip(self.0.len());
        let in_block = |first: usize| u8::try_from(ROWS_PER_BLOCK.min(rows - first)).map_or(0.0, f64::from);
        self.0.extend(blocks.map(|first| in_block(first) * row_height));
    }

    /// Number of blocks.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns true if the list has no rows.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Height in pixels of all blocks before one. O(blocks).
    pub fn before(&self, block: usize) -> f64 {
        self.0.iter().take(block).sum()
    }

    /// Height in pixels of a block and all after it. O(blocks).
    pub fn from(&self, block: usize) -> f64 {
        self.0.iter().skip(block).sum()
    }

    /// Returns the blocks between two distances in pixels from the top of the list. Above the list it is empty; below it, it
    /// is the last block. O(blocks).
    pub fn between(&self, top: f64, bottom: f64) -> Range<usize> {
        let mut offset = 0.0;
        let (mut first, mut end) = (None, 0);
        for (block, height) in self.0.iter().enumerate() {
            if offset + height > top && first.is_none() {
                first = Some(block);
            }
            if offset < bottom {
                end = block + 1;
            }
            offset += height;
        }
        let first = first.unwrap_or_default().min(end);
        first..end.min(first + MAX_BLOCKS_IN_VIEW)
    }

    /// Records the measured height of a block. Returns by how many pixels it differs from the height before; 0 if it is the
    /// same or the block does not exist.
    pub fn record(&mut self, block: usize, height: f64) -> f64 {
        let Some(known) = self.0.get_mut(block) else { return 0.0 };
        let difference = height - *known;
        if difference.abs() <= TOLERANCE {
            return 0.0;
        }
        *known = height;
        difference
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Blocks of 960 pixels, the last of 240.
    fn heights() -> BlockHeights {
        estimate(3 * ROWS_PER_BLOCK + 2)
    }

    fn estimate(rows: usize) -> BlockHeights {
        let mut heights = BlockHeights::default();
        heights.estimate(0, rows, 120.0);
        heights
    }

    #[test]
    fn estimates_last_block_by_its_rows() {
        assert_eq!(heights().0, [960.0, 960.0, 960.0, 240.0]);
        assert!(estimate(0).is_empty());
        assert_eq!(estimate(ROWS_PER_BLOCK).len(), 1);
    }

    #[test]
    fn finds_blocks_that_touch_the_view() {
        let heights = heights();
        assert_eq!(heights.between(0.0, 800.0), 0..1);
        assert_eq!(heights.between(0.0, 961.0), 0..2);
        assert_eq!(heights.between(960.0, 1_000.0), 1..2, "a block that ends at the top edge is not in view");
        assert_eq!(
            heights.between(959.0, 960.0),
            0..1,
            "a block that begins at the bottom edge is not in view"
        );
        assert_eq!(heights.between(-500.0, 3_200.0), 0..4);
    }

    #[test]
    fn shows_nothing_above_the_list() {
        assert_eq!(heights().between(-900.0, -100.0), 0..0);
        assert_eq!(BlockHeights::default().between(0.0, 800.0), 0..0);
    }

    #[test]
    fn limits_blocks_in_view() {
        let heights = estimate(1_000);
        assert_eq!(heights.between(960.0, 1e9), 1..1 + MAX_BLOCKS_IN_VIEW);
    }

    #[test]
    fn measured_height_moves_blocks_after_it() {
        let mut heights = heights();
        assert!((heights.record(1, 1_000.0) - 40.0).abs() < 1e-9);
        assert!((heights.before(2) - 1_960.0).abs() < 1e-9);
        assert!((heights.from(2) - 1_200.0).abs() < 1e-9);
        assert!((heights.before(1) - 960.0).abs() < 1e-9, "blocks before it stay");
    }

    #[test]
    fn keeps_measured_blocks_of_a_list_that_became_shorter() {
        let mut heights = heights();
        heights.record(0, 700.0);
        heights.record(1, 800.0);
        heights.estimate(1, 2 * ROWS_PER_BLOCK, 10.0);
        assert_eq!(heights.0, [700.0, 80.0]);
        heights.estimate(9, 3, 10.0);
        assert_eq!(heights.0, [700.0, 80.0], "there is nothing behind the blocks that are kept");
    }

    #[test]
    fn ignores_rounding_and_unknown_blocks() {
        let mut heights = heights();
        assert!(heights.record(0, 960.4) == 0.0 && heights.record(9, 5.0) == 0.0);
        assert_eq!(heights.0, [960.0, 960.0, 960.0, 240.0]);
    }
}
