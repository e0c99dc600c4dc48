//! Conversion between indices and the 32-bit numbers that are stored in memory and files.

/// Converts a stored number to an index.
#[expect(clippy::inline_always, reason = "the full-text search spends its time in loops of it")]
#[inline(always)]
pub(crate) fn to_usize(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// Converts an index or length to a stored number. Saturates, but no notebook has four billion entries.
#[inline]
pub(crate) fn to_u32(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
