//! What a word in a document is worth: BM25 over fields, in whole numbers so that every machine agrees.

/// Lengths of documents are told apart in quarters of a doubling, this one being the mean.
pub(super) const MEAN: u32 = 16;
/// How many lengths are told apart.
pub(super) const LEVELS: usize = 32;
/// Fields (four bits) and how often the notes have the word (two bits more).
pub(super) const CLASSES: usize = 64;
/// The bits of a class that are fields.
pub(super) const FIELDS: u8 = 15;
/// The class of a word that stands in the notes once.
pub(super) const PLAIN: u8 = 4;

/// Worth of every class at every length.
pub(super) type Worth = [u16; CLASSES * LEVELS];

/// The class of a word that stands in some fields, in the notes so many times.
pub(super) fn class(fields: u8, times: u32) -> u8 {
    let often = match times {
        0 | 1 => 0,
        2 => 1,
        3 | 4 => 2,
        _ => 3,
    };
    fields | (often << 4)
}

/// Place of a class and length in [`Worth`].
#[inline(always)]
pub(super) fn worth_at(class: u8, level: u8) -> usize {
    (usize::from(class & 63) << 5) | usize::from(level & 31)
}

/// Computes the worth of all there is: titles count 4, bylines 2, notes as often as they have the word,
/// headings a half.
pub(super) fn worth() -> Worth {
    let mut worth = [0; CLASSES * LEVELS];
    let cases = (0_u8..64).flat_map(|class| (0_u8..32).map(move |level| (class, level)));
    for (slot, (class, level)) in worth.iter_mut().zip(cases) {
        let times = match class >> 4 {
            0 => 2,
            1 => 4,
            2 => 6,
            _ => 12,
        };
        let fields = [(1, 8), (2, 4), (4, times), (8, 1)];
        let weight: u32 = fields.iter().map(|(bit, weight)| if class & bit == 0 { 0 } else { *weight }).sum();
        let length: u32 =
            [256, 304, 362, 431].get(usize::from(level & 3)).map_or(256, |part| part << (level >> 2));
        *slot = u16::try_from(1024 * 256 * weight / (256 * weight + 512 + (length >> 3))).unwrap_or(u16::MAX);
    }
    worth
}

/// How rare a word is that `count` of all documents have: in 64ths of a halving.
pub(super) fn rarity(all: u32, count: u32) -> u32 {
    let (all, count) = (u64::from(all), u64::from(count.min(all)));
    log2((128 * (all + 1)) / (2 * count + 1)).saturating_sub(6 * 64).max(8)
}

/// The length of a document against the mean of all.
pub(super) fn level(length: u32, mean: u32) -> u8 {
    let of = |length: u32| log2(u64::from(length.max(1)) * 64);
    let level = (MEAN * 16 + 8 + of(length)).saturating_sub(of(mean)) / 16;
    u8::try_from(level.min(31)).unwrap_or(31)
}

/// In 64ths, near enough.
fn log2(value: u64) -> u32 {
    let whole = value.max(1).ilog2();
    let part = ((u128::from(value.max(1)) << 6) >> whole) - 64;
    whole * 64 + u32::try_from(part).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_worth_more_than_notes_and_a_short_document_more_than_a_long_one() {
        let worth = worth();
        let of = |class, level| worth[worth_at(class, level)];
        assert!(of(1, 16) > of(2, 16) && of(2, 16) > of(PLAIN, 16) && of(5, 16) > of(1, 16));
        assert!(of(PLAIN, 8) > of(PLAIN, 16) && of(PLAIN, 16) > of(PLAIN, 24));
        assert!(of(class(4, 3), 16) > of(class(4, 2), 16));
        assert!(of(8, 16) < of(PLAIN, 16) && of(8 | PLAIN, 16) > of(PLAIN, 16));
    }

    #[test]
    fn a_rare_word_is_worth_more() {
        let rarities = [1, 2, 10, 1000, 100_000].map(|count| rarity(100_000, count));
        assert!(rarities.is_sorted_by(|a, b| a > b), "{rarities:?}");
        assert_eq!(rarity(100, 100), 8);
        assert_eq!([level(100, 100), level(200, 100), level(50, 100), level(0, 100)], [16, 20, 12, 0]);
    }
}
