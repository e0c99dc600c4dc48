//! BM25 over fields, in whole numbers so that every machine ranks alike.

/// Number of document lengths that differ: one every quarter of a doubling, so that a length is off by 9 % at the
/// most and a document takes one byte. Chosen; the order of results hardly depends on it.
pub(super) const LENGTH_LEVELS: usize = 32;
/// The level of the mean length: half of the levels for shorter documents, half for longer ones, up to 16 times.
const MEAN_LEVEL: u32 = 16;
/// Levels in a doubling of the length.
const LEVELS_PER_DOUBLING: u32 = 4;
/// Lengths between one power of two and the next, in 256ths: powers of the fourth root of two.
const QUARTERS: [u32; 4] = [256, 304, 362, 431];

/// Number of classes: which of four fields have a word (four bits), and how often the notes have it (two bits more).
/// Classes are stored, so another layout needs a new version of the format.
pub(super) const CLASSES: usize = 64;
/// The bits of a class that are fields.
pub(super) const FIELD_MASK: u8 = TITLE | BYLINE | NOTES | HEADINGS;
/// The bits of the fields, in the order of [`super::InvertedIndexBuilder::add_document`].
pub(super) const TITLE: u8 = 1;
pub(super) const BYLINE: u8 = 2;
pub(super) const NOTES: u8 = 4;
pub(super) const HEADINGS: u8 = 8;
/// The class of a word that the notes have once: of all classes the most frequent.
pub(super) const NOTES_ONCE: u8 = NOTES;
/// Place of the two bits that say how often the notes have a word.
const TIMES_SHIFT: u8 = 4;

/// Weight of an occurrence in each field, in halves of an occurrence in the notes. A title names what an entry is about,
/// so it has to outweigh notes that mention a word often ([`TERM_FREQUENCY_WEIGHTS`]) when other words are equal. A byline has
/// authors and venue: their papers come before notes that mention the name once, and after titles with it. A heading is shared
/// by all entries below it: with as much weight as notes, every entry of a section would come before the ones about it.
/// Chosen.
const TITLE_WEIGHT: u32 = 8;
const BYLINE_WEIGHT: u32 = 4;
const HEADINGS_WEIGHT: u32 = 1;
/// Weight of the occurrences in the notes: once, twice, three or four times, and more often, in halves of one. Two bits tell
/// four cases apart; behind the fifth occurrence saturation leaves next to nothing anyway.
const TERM_FREQUENCY_WEIGHTS: [u32; 4] = [2, 4, 6, 12];

/// Saturation and length normalization of BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and
/// Beyond", 2009): `f / (f + k1 * (1 - b + b * length / mean))` with k1 = 2 and b = 1/2. That k1 is at the upper end of what is
/// usual, since a title and notes add up in `f`. Entries differ in length because authors care for some of them more,
/// so lengths count less than with the usual b of 3/4. Both are chosen, not fitted. Here in 512ths of an occurrence.
const K1_CONSTANT_PART: u32 = 512;
const K1_LENGTH_SHIFT: u32 = 3;
/// The score that a word approaches as its frequency grows: large enough for whole numbers to tell classes apart, small
/// enough that the score times the largest IDF fits 16 bits.
const SCALE: u32 = 1024;

/// Fractions of a halving in [`idf`] and [`log2`], as a shift: in 64ths.
const LOG_SHIFT: u32 = 6;
/// The least inverse document frequency (IDF): an eighth of a halving. A word that every document has still counts a
/// little, or entries with more of the words would not come first.
const MIN_IDF: u32 = 8;

/// Score of every class at every length.
pub(super) type Impacts = [u16; CLASSES * LENGTH_LEVELS];

/// Returns the class of a word that some fields have, and the notes so many times.
pub(super) const fn class(fields: u8, times: u32) -> u8 {
    let often = match times {
        0 | 1 => 0,
        2 => 1,
        3 | 4 => 2,
        _ => 3,
    };
    fields | (often << TIMES_SHIFT)
}

/// Returns the index of a class and length in [`Impacts`].
#[inline(always)]
pub(super) fn impact_index(class: u8, level: u8) -> usize {
    (usize::from(class & 63) << 5) | usize::from(level & 31)
}

/// Computes the score of every class at every length.
pub(super) fn impacts() -> Impacts {
    let mut impacts = [0; CLASSES * LENGTH_LEVELS];
    let cases = (0_u8..64).flat_map(|class| (0_u8..32).map(move |level| (class, level)));
    for (slot, (class, level)) in impacts.iter_mut().zip(cases) {
        let [once, twice, some, many] = TERM_FREQUENCY_WEIGHTS;
        let times = match class >> TIMES_SHIFT {
            0 => once,
            1 => twice,
            2 => some,
            _ => many,
        };
        let fields =
            [(TITLE, TITLE_WEIGHT), (BYLINE, BYLINE_WEIGHT), (NOTES, times), (HEADINGS, HEADINGS_WEIGHT)];
        let weight: u32 = fields.iter().map(|(bit, weight)| if class & bit == 0 { 0 } else { *weight }).sum();
        let length: u32 = QUARTERS.get(usize::from(level & 3)).map_or(256, |quarter| quarter << (level >> 2));
        // A weight is in halves, so 256 is one of 512ths.
        let saturation = K1_CONSTANT_PART + (length >> K1_LENGTH_SHIFT);
        *slot = u16::try_from(SCALE * 256 * weight / (256 * weight + saturation)).unwrap_or(u16::MAX);
    }
    impacts
}

/// Returns the inverse document frequency of a word that `count` of all documents have: log2((all + 1) / (count + 1/2)), in
/// 64ths.
pub(super) fn idf(all: u32, count: u32) -> u32 {
    let (all, count) = (u64::from(all), u64::from(count.min(all)));
    log2((128 * (all + 1)) / (2 * count + 1)).saturating_sub(LOG_SHIFT * 64).max(MIN_IDF)
}

/// Returns the level of a document's length against the mean of all.
pub(super) fn level(length: u32, mean: u32) -> u8 {
    let of = |length: u32| log2(u64::from(length.max(1)) << LOG_SHIFT);
    let step = 64 / LEVELS_PER_DOUBLING;
    let level = (MEAN_LEVEL * step + step / 2 + of(length)).saturating_sub(of(mean)) / step;
    u8::try_from(level.min(31)).unwrap_or(31)
}

/// Returns the binary logarithm in 64ths, linear between powers of two: off by 6 of them at the most, which is the same on
/// every machine, unlike floating point.
fn log2(value: u64) -> u32 {
    let whole = value.max(1).ilog2();
    let part = ((u128::from(value.max(1)) << 6) >> whole) - 64;
    whole * 64 + u32::try_from(part).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_outweigh_notes_and_short_documents_outweigh_long_ones() {
        let impacts = impacts();
        let of = |class, level| impacts[impact_index(class, level)];
        assert!(of(1, 16) > of(2, 16) && of(2, 16) > of(NOTES_ONCE, 16) && of(5, 16) > of(1, 16));
        assert!(of(NOTES_ONCE, 8) > of(NOTES_ONCE, 16) && of(NOTES_ONCE, 16) > of(NOTES_ONCE, 24));
        assert!(of(class(4, 3), 16) > of(class(4, 2), 16));
        assert!(of(8, 16) < of(NOTES_ONCE, 16) && of(8 | NOTES_ONCE, 16) > of(NOTES_ONCE, 16));
    }

    #[test]
    fn rare_words_outweigh_frequent_ones() {
        let idfs = [1, 2, 10, 1000, 100_000].map(|count| idf(100_000, count));
        assert!(idfs.is_sorted_by(|a, b| a > b), "{idfs:?}");
        assert_eq!(idf(100, 100), 8);
        assert_eq!([level(100, 100), level(200, 100), level(50, 100), level(0, 100)], [16, 20, 12, 0]);
    }
}
