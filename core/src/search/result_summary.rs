//! Text form of a search result without its scores: the full-text program shares no memory with the client.

use super::inverted_index::{AcceptedWord, MatchQuality, SearchResult};

/// Serializes a result without its scores as text, for programs that share no memory.
pub fn encode_summary(found: &SearchResult) -> String {
    let how = match found.quality {
        MatchQuality::Exact => "exact",
        MatchQuality::Fuzzy => "fuzzy",
        MatchQuality::Partial => "most",
    };
    let mut note = String::from(how);
    for (of, word) in &found.corrected {
        note.extend(["\ninstead ", &of.to_string(), " ", word]);
    }
    for AcceptedWord { term, word, is_prefix } in &found.accepted {
        let how = if *is_prefix { "\nbegins " } else { "\nis " };
        note.extend([how, &term.to_string(), " ", word]);
    }
    note
}

/// Reads what [`encode_summary`] wrote; lines that it did not write are passed over.
pub fn decode_summary(note: &str, scores: Vec<u32>) -> SearchResult {
    let mut lines = note.lines();
    let how = match lines.next() {
        Some("fuzzy") => MatchQuality::Fuzzy,
        Some("most") => MatchQuality::Partial,
        _ => MatchQuality::Exact,
    };
    let mut found = SearchResult { scores, quality: how, corrected: Vec::new(), accepted: Vec::new() };
    for line in lines {
        let mut parts = line.splitn(3, ' ');
        let (Some(what), Some(Ok(of)), Some(word)) =
            (parts.next(), parts.next().map(str::parse), parts.next())
        else {
            continue;
        };
        match what {
            "instead" => found.corrected.push((of, word.to_owned())),
            _ => found.accepted.push(AcceptedWord {
                term: of,
                word: word.to_owned(),
                is_prefix: what == "begins",
            }),
        }
    }
    found
}
