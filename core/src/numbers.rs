//! Places in lists as short numbers: half as wide, and what is written to files.

/// A number as a place.
#[expect(clippy::inline_always, reason = "the full-text search spends its time in loops of it")]
#[inline(always)]
pub(crate) fn place(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// A place, or a size, as a number: no notebook has more than four billion of anything.
#[inline]
pub(crate) fn short(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
