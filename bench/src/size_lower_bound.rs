//! A lower bound for the size of an exact index.

use std::collections::HashMap;
use std::f64::consts::TAU;

/// Returns the least bytes of an index that lists the documents of every word: those needed to select the documents of
/// each word among all. Words of generated texts are independent, so no index of them can be smaller; words of real texts
/// are correlated, which an index can use. O(text).
///
/// `documents` has one on each line, as `notebook export documents` writes them.
pub(crate) fn lower_bound_bytes(documents: &str) -> f64 {
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
    counts.values().map(|(count, _)| log2_binomial(all, *count)).sum::<f64>() / 8.0
}

/// Returns the bits needed to select `some` of `all`: the logarithm of the binomial coefficient, by Stirling's formula.
fn log2_binomial(all: u32, some: u32) -> f64 {
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
    fn computes_the_logarithm_of_a_binomial_coefficient() {
        // 2,598,960 hands of five from 52 cards.
        assert!((log2_binomial(52, 5) - 2_598_960_f64.log2()).abs() < 0.05);
        assert!((log2_binomial(100_000, 1) - 100_000_f64.log2()).abs() < 0.15);
    }

    #[test]
    fn counts_a_word_once_a_document() {
        let documents = "{\"title\":\"A b\\nb\"}\n{\"title\":\"A\"}\n{\"title\":\"a\"}\n";
        assert!((lower_bound_bytes(documents) - log2_binomial(3, 1) / 8.0).abs() < 1e-9);
    }
}
