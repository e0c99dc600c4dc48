//! Makes an entry of a line, with its links and facts.

use super::facts::Facts;
use super::line::{Evidence, PaperLine};
use super::links::{best_link, is_paper_label};
use super::note_links::collect_note_links;
use super::title::{is_title, unquoted};
use crate::markdown::inline_text::QUOTES;
use crate::markdown::link_kind::{kind_from_host, kind_of};
use crate::markdown::reference_text::{facts_behind_title, title_behind_year, title_in_reference};
use crate::markdown::venue::{date_in, is_year, names_in, starts_with_venue};
use crate::notebook::{
    Block, Entry, LinkKind, PaperDate, PaperLink, PaperSource, Placement, Reference, Span, TitleForm, Url,
};

impl PaperLine {
    /// Returns a line whose link is a whole reference with only the title in its link: `[Ada Brook. "Small Models." Folds,
    /// 2021](…)`.
    pub(super) fn with_title_of_reference(&self) -> Option<Self> {
        let [Span::Text(text)] = self.title.as_slice() else { return None };
        if !self.before.is_empty() || self.link.is_none() {
            return None;
        }
        let title = title_in_reference(text)?;
        let names = text.get(..title.start)?.to_owned();
        // A comma or full stop before a quotation mark is no part of the title.
        let behind = text.get(title.end..)?.trim_start_matches(['.', ',', '，', ' ']);
        let is_quoted = names.ends_with(|c| QUOTES.iter().any(|(open, _)| *open == c));
        let mut facts = if is_quoted { behind.to_owned() } else { format!(". {behind}") };
        let mut after = self.after.clone();
        if let Some(Span::Text(first)) = after.first_mut() {
            if first.starts_with(char::is_alphanumeric) {
                facts.push(' ');
            }
            first.insert_str(0, &facts);
        } else {
            if !after.is_empty() {
                facts.push(' ');
            }
            after.insert(0, Span::Text(facts));
        }
        Some(Self {
            before: vec![Span::Text(names)],
            title: vec![Span::Text(text.get(title)?.to_owned())],
            form: TitleForm::Link,
            link: self.link.clone(),
            after,
        })
    }

    /// Takes names, year and venue out of a title that is the text of a link or a heading: `[Small Models (Vidal et al., 2021)](…)`,
    /// `[Vidal et al. 2021: Small Models](…)`.
    pub(in crate::markdown) fn split_facts(&mut self) {
        let is_whole = self.title.len() == 1;
        let Some(Span::Text(title)) = self.title.last_mut() else { return };
        if is_whole
            && self.before.is_empty()
            && let Some(start) = title_behind_year(title)
        {
            let rest = title.split_off(start);
            self.before.push(Span::Text(std::mem::replace(title, rest)));
        }
        let Some(cut) = facts_behind_title(title, is_whole)
            .filter(|cut| !is_whole || is_title(title.get(..*cut).unwrap_or_default()))
        else {
            return;
        };
        let facts = title.split_off(cut);
        title.truncate(title.trim_end().len());
        let facts = facts.trim_start_matches([' ', '.', ',']).to_owned();
        self.title.retain(|span| !matches!(span, Span::Text(text) if text.is_empty()));
        self.put_after(facts);
    }

    /// Puts text before what follows the title.
    fn put_after(&mut self, mut text: String) {
        if let Some(Span::Text(first)) = self.after.first_mut() {
            text.push_str(if first.starts_with(char::is_alphanumeric) { ", " } else { " " });
            text.push_str(first.trim_start());
            *first = text;
        } else {
            if !self.after.is_empty() {
                text.push(' ');
            }
            self.after.insert(0, Span::Text(text));
        }
    }

    /// Takes the quotation marks around the text of a link out of it: `["Small Models."](…)`.
    fn unquote(&mut self) {
        let ([Span::Text(title)], Some(_)) = (self.title.as_mut_slice(), &self.link) else { return };
        let Some(inside) = unquoted(title) else { return };
        let close = title.trim_end_matches(['.', ',']).chars().next_back().unwrap_or('"').to_string();
        let open = title.chars().next().unwrap_or('"');
        *title = inside;
        match self.before.last_mut() {
            Some(Span::Text(text)) => text.push(open),
            _ => self.before.push(Span::Text(open.to_string())),
        }
        match self.after.first_mut() {
            Some(Span::Text(text)) => {
                let space = if text.starts_with(char::is_alphanumeric) { " " } else { "" };
                *text = format!("{close}{space}{text}");
            }
            Some(_) => self.after.insert(0, Span::Text(close + " ")),
            None => self.after.push(Span::Text(close)),
        }
    }

    /// Takes names and year out of a linked title: `[Small Models, Big Questions, Vidal et al., 2021](…)`.
    fn split_credit(&mut self) {
        let [Span::Text(title)] = self.title.as_mut_slice() else { return };
        let mut ends: Vec<usize> = title.match_indices(", ").map(|(at, _)| at).collect();
        let Some(last) = ends.pop() else { return };
        let piece = |from: usize, to: usize| title.get(from + 2..to).unwrap_or_default().trim();
        let year = piece(last, title.len());
        if year.len() > 24 || !(is_year(year) || (starts_with_venue(year) && date_in(year).year.is_some())) {
            return;
        }
        let mut cut = last;
        while let Some(end) = ends.pop() {
            let name = piece(end, cut);
            if name.contains("et al") {
                cut = end;
                break;
            }
            if names_in(name, true).is_none() {
                break;
            }
            cut = end;
        }
        let credit = title.split_off(cut).trim_start_matches([',', ' ']).to_owned();
        self.put_after(credit);
    }

    /// Makes the entry: `rest` are the blocks below the line.
    #[allow(clippy::too_many_lines, reason = "the steps from a line to an entry, which share its parts")]
    pub(in crate::markdown) fn into_reference(mut self, notes: Vec<Block>) -> Reference {
        if self.form == TitleForm::Link {
            // An export is read without the section around it: the line by itself has to be that of a paper.
            if let Some(line) =
                self.with_title_of_reference().filter(|line| line.evidence() == Evidence::Link)
            {
                self = line;
            }
            self.unquote();
            self.split_credit();
            self.split_facts();
        }
        let mut links = self.links();
        let mut facts = Facts::default();
        facts.read_before(&self.before);
        facts.read_after(&self.after);
        let own = self.link.as_ref().map(|(url, _)| url.clone());
        let url = best_link(&links, own.as_ref());
        let (title_url, hint) = match self.link {
            Some((own, hint)) => (Some(own).filter(|own| Some(own) != url.as_ref()), hint),
            None => (None, None),
        };
        let source = source_of(url.as_ref(), facts.date);
        if links.len() == 1 && self.form == TitleForm::Link && title_url.is_none() {
            links.clear();
        }
        let (mut before, mut after) = (self.before, self.after);
        if let Some(Span::Text(last)) = before.last_mut() {
            last.truncate(last.trim_end().len());
        }
        if let Some(Span::Text(first)) = after.first_mut() {
            first.drain(..first.len() - first.trim_start().len());
        }
        let is_blank = |span: &Span| matches!(span, Span::Text(text) if text.is_empty());
        before.retain(|span| !is_blank(span));
        after.retain(|span| !is_blank(span));
        // Shown side by side, they are two words.
        if !before.is_empty() {
            match after.first_mut() {
                Some(Span::Text(first)) => first.insert(0, ' '),
                Some(_) => after.insert(0, Span::Text(" ".into())),
                None => {}
            }
        }
        let before_title = before.len();
        let mut byline = before;
        byline.extend(after);
        Reference {
            title: self.title,
            url,
            title_url,
            title_form: self.form,
            placement: Placement::Item,
            source,
            hint,
            byline,
            before_title,
            links,
            authors: facts.authors,
            venue: facts.venue,
            date: facts.date,
            keywords: facts.keywords,
            notes,
            ..Reference::default()
        }
    }
}

/// Returns what an address tells; the year that is written wins over that of the address.
pub(in crate::markdown) fn source_of(url: Option<&Url>, date: PaperDate) -> PaperSource {
    let mut source = url.map(PaperSource::from_url).unwrap_or_default();
    if let Some(year) = date.year {
        let is_same = source.year == Some(year);
        source.month = date.month.or(source.month.filter(|_| is_same));
        source.year = Some(year);
    }
    source
}

/// Adds what the notes of an entry tell: links, authors, venue, date. Called once, when all notes are known.
pub(in crate::markdown) fn add_details(paper: &mut Reference) {
    if paper.placement == Placement::Row || paper.notes.is_empty() {
        return;
    }
    let own = match paper.title_form {
        TitleForm::Link => paper.title_url.clone().or_else(|| paper.url.clone()),
        TitleForm::Text | TitleForm::Quoted => None,
    };
    let mut facts = Facts {
        authors: std::mem::take(&mut paper.authors),
        venue: paper.venue.take(),
        date: paper.date,
        keywords: std::mem::take(&mut paper.keywords),
        ..Facts::default()
    };
    facts.read_notes(&paper.notes);
    let mut links = std::mem::take(&mut paper.links);
    let is_left_out = links.is_empty();
    if is_left_out && let Some(own) = &own {
        links.push(PaperLink { kind: kind_of("", own), text: String::new(), url: own.clone() });
    }
    let known = links.len();
    collect_note_links(&paper.notes, &mut links);
    if links.len() > known {
        paper.url = best_link(&links, own.as_ref());
        paper.title_url = own.filter(|own| Some(own) != paper.url.as_ref());
        paper.links = links;
    } else if !is_left_out {
        paper.links = links;
    }
    let published = source_of(paper.url.as_ref(), PaperDate::default()).year;
    if facts.date.is_empty() && published.is_some() && facts.lone_date.year == published {
        facts.date = facts.lone_date;
    }
    paper.source = source_of(paper.url.as_ref(), facts.date);
    (paper.authors, paper.venue, paper.date, paper.keywords) =
        (facts.authors, facts.venue, facts.date, facts.keywords);
}

/// Returns true if an entry is no paper, or one by its own links and not only by its section.
pub(in crate::markdown) fn says_it_is_a_paper(entry: &Entry) -> bool {
    let Entry::Paper(paper) = entry else { return true };
    let is_paper = |url: &Url| matches!(kind_from_host(url), Some(LinkKind::Paper | LinkKind::Pdf));
    paper.url.as_ref().is_some_and(is_paper)
        || paper
            .links
            .iter()
            .any(|link| matches!(link.kind, LinkKind::Paper | LinkKind::Pdf) && is_paper_label(&link.text))
}
