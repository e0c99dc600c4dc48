//! What no exact index falls below.

use std::collections::HashMap;
use std::f64::consts::TAU;

/// Bytes that an index takes at the least which tells of every word which documents have it: as many as it takes to
/// say in which of all ways the documents of each word were chosen. Made-up texts have nothing else that would help,
/// for their words fall as they like; where words keep together, an index can be smaller. O(text).
///
/// `documents` has one on each line, as `notebook export documents` writes them.
pub(super) fn least_bytes(documents: &str) -> f64 {
    let text = documents.to_lowercase().replace("\\n", " ");
    let (mut counts, mut all) = (HashMap::<&str, (u32, u32)>::new(), 0);
    for document in text.lines() {
        all += 1;
        for word in document.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            let (count, last) = counts.entry(word).or_default();
            *count += u32::from(*last != all);
            *last = all;
        }
    }
    counts.values().map(|(count, _)| ways(all, *count)).sum::<f64>() / 8.0
}

/// How many bits say which `some` of `all` were chosen: the logarithm of the binomial coefficient, by Stirling's formula.
fn ways(all: u32, some: u32) -> f64 {
    if some == 0 || some == all {
        return 0.0;
    }
    let (n, k) = (f64::from(all), f64::from(some));
    let others = n - k;
    k * (n / k).log2() + others * (n / others).log2() - (TAU * k * others / n).log2() / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_logarithm_of_how_many_ways_there_are() {
        // 2,598,960 hands of five from 52 cards.
        assert!((ways(52, 5) - 2_598_960_f64.log2()).abs() < 0.05);
        assert!((ways(100_000, 1) - 100_000_f64.log2()).abs() < 0.15);
    }

    #[test]
    fn a_word_counts_once_for_a_document_and_what_all_have_tells_nothing() {
        let documents = "{\"title\":\"A b\\nb\"}\n{\"title\":\"A\"}\n{\"title\":\"a\"}\n";
        assert!((least_bytes(documents) - ways(3, 1) / 8.0).abs() < 1e-9);
    }
}
