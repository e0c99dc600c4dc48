//! Numbers in few bits: how lists are written and read.

/// Writes bits, lowest first.
#[derive(Default)]
pub(super) struct BitWriter {
    bytes: Vec<u8>,
    held: u64,
    count: u32,
}

impl BitWriter {
    /// Bits written so far.
    pub(super) fn len(&self) -> usize {
        self.bytes.len() * 8 + usize::try_from(self.count).unwrap_or_default()
    }

    /// Writes the low bits of a value, 32 at most.
    pub(super) fn put(&mut self, value: u32, bits: u32) {
        self.held |= u64::from(value) << self.count;
        self.count += bits;
        while self.count >= 8 {
            let [first, ..] = self.held.to_le_bytes();
            self.bytes.push(first);
            self.held >>= 8;
            self.count -= 8;
        }
    }

    /// Writes a number in a Rice code with `low` low bits: the quotient in unary, then the low bits.
    pub(super) fn rice(&mut self, value: u32, low: u32) {
        let mut ones = value >> low;
        while ones >= 16 {
            self.put(0xffff, 16);
            ones -= 16;
        }
        self.put((1 << ones) - 1, ones + 1);
        self.put(value & mask(low), low);
    }

    /// Returns the bytes, padded so that a reader can take eight at any place.
    pub(super) fn finish(mut self) -> Vec<u8> {
        self.put(0, 8);
        self.bytes.extend([0; 8]);
        self.bytes
    }
}

/// Bits that are looked at together.
pub(super) const WINDOW_BITS: u32 = 56;

/// Reads what a [`BitWriter`] wrote; zeros after the end.
#[derive(Clone)]
pub(super) struct BitReader<'a> {
    bytes: &'a [u8],
    pub(super) at: usize,
}

impl<'a> BitReader<'a> {
    pub(super) fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    /// Returns the next 57 bits or more.
    #[inline(always)]
    fn window(&self) -> u64 {
        let bytes = self.bytes.get(self.at >> 3..).and_then(<[u8]>::first_chunk).copied().unwrap_or_default();
        u64::from_le_bytes(bytes) >> (self.at & 7)
    }

    #[inline(always)]
    pub(super) fn take(&mut self, bits: u32) -> u32 {
        let value = low(self.window()) & mask(bits);
        self.skip(bits);
        value
    }

    #[inline(always)]
    fn skip(&mut self, bits: u32) {
        self.at = self.at.saturating_add(usize::try_from(bits).unwrap_or_default());
    }

    /// Reads up to `most` ones, and the zero that ends a shorter run. Returns the number of ones.
    #[inline(always)]
    pub(super) fn ones(&mut self, most: u32) -> u32 {
        let ones = self.window().trailing_ones().min(most);
        self.skip(most.min(ones + 1));
        ones
    }

    #[inline(always)]
    pub(super) fn rice(&mut self, bits: u32) -> u32 {
        let window = self.window();
        let ones = window.trailing_ones();
        let all = ones + 1 + bits;
        if all > 57 {
            return self.long_rice(bits);
        }
        self.skip(all);
        (low(window >> (ones + 1)) & mask(bits)) | (ones << bits)
    }

    /// Reads [`WINDOW_BITS`] bits and returns them inverted: a one for each zero.
    #[inline]
    pub(super) fn zeros(&mut self) -> u64 {
        let zeros = !self.window() & ((1 << WINDOW_BITS) - 1);
        self.skip(WINDOW_BITS);
        zeros
    }

    #[cold]
    fn long_rice(&mut self, bits: u32) -> u32 {
        let mut ones: u32 = 0;
        loop {
            let here = self.window().trailing_ones().min(32);
            self.skip(here);
            ones = ones.saturating_add(here);
            if here < 32 {
                break;
            }
        }
        self.skip(1);
        self.take(bits) | ones.wrapping_shl(bits)
    }
}

#[inline(always)]
fn low(window: u64) -> u32 {
    u32::try_from(window & 0xffff_ffff).unwrap_or_default()
}

#[inline(always)]
fn mask(bits: u32) -> u32 {
    1_u32.checked_shl(bits).map_or(u32::MAX, |bit| bit - 1)
}

/// ln of the golden ratio, in 1000ths: the rule of Kiely ("Selecting the Golomb Parameter in Rice Coding", 2004) takes as many
/// low bits as the binary logarithm of the mean distance times this. Another value costs bytes; readers compute the same
/// parameter, so it is part of the format.
const LN_GOLDEN_RATIO: u64 = 481;

/// Returns the Rice parameter for the distances between `count` of `all` places.
pub(super) fn rice_bits(all: u32, count: u32) -> u32 {
    let (all, count) = (u64::from(all), u64::from(count));
    ((all * 2).saturating_sub(count) * LN_GOLDEN_RATIO / ((count + 1) * 1000))
        .checked_ilog2()
        .unwrap_or_default()
}

/// Maps a difference to a number so that small ones of either sign stay small: 0, -1, 1, -2 ... to 0, 1, 2, 3 ...
pub(super) fn zigzag(difference: i64) -> u32 {
    u32::try_from((difference << 1) ^ (difference >> 63)).unwrap_or(u32::MAX)
}

/// Reverses [`zigzag`].
pub(super) fn unzigzag(value: u32) -> i64 {
    i64::from(value >> 1) ^ -i64::from(value & 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rice_codes_round_trip() {
        let values = [(0, 0), (1, 0), (900, 0), (70_000, 3), (5, 12), (99_999, 16)];
        let mut writer = BitWriter::default();
        for (value, bits) in values {
            writer.rice(value, bits);
            writer.put(5, 3);
        }
        let bytes = writer.finish();
        let mut reader = BitReader::new(&bytes, 0);
        for (value, bits) in values {
            assert_eq!((reader.rice(bits), reader.take(3)), (value, 5));
        }
    }

    #[test]
    fn differences_round_trip() {
        for difference in [0, -1, 1, -1000, 1000] {
            assert_eq!(unzigzag(zigzag(difference)), difference);
        }
    }
}
