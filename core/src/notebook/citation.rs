//! What is known of a paper beside its address: who wrote it, when, and where it appeared.

use serde::Serialize;

use super::tree::{Fields, Json, Read, Wrong, named};
use super::{Reference, Url};

/// Authors that a page names; of a paper with thousands the first are enough to know it by.
const NAMED: usize = 40;

/// What a bibliography says of a paper. Nothing here is invented: what it does not say is absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Citation {
    /// What kind of work it is.
    #[serde(default, skip_serializing_if = "Work::is_other")]
    pub work: Work,
    /// Its name in the bibliography: `vaswani2017attention`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// The title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Who wrote it, in the order they are named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<Name>,
    /// Who edited what it appeared in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub editors: Vec<Name>,
    /// The year it appeared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<u16>,
    /// The month, 1 to 12.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub month: Option<u8>,
    /// The day, 1 to 31.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<u8>,
    /// The journal, proceedings or book that it appeared in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub venue: Option<String>,
    /// The volume.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub volume: Option<String>,
    /// The issue, or the number of a report.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issue: Option<String>,
    /// Its pages there: `5998-6008`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<String>,
    /// The edition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edition: Option<String>,
    /// The publisher; of a thesis the university, of a report the institution.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// Where that is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// What kind of thesis or report: `PhD thesis`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub genre: Option<String>,
    /// The digital object identifier, from `10.` on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doi: Option<String>,
    /// The arXiv id, without its version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arxiv: Option<String>,
    /// Where it can be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<Url>,
    /// The number of a book.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub isbn: Option<String>,
    /// The number of a journal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issn: Option<String>,
    /// What is to be said beside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A person, or an organisation, which has a family name alone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Name {
    /// The family name, or the whole name of an organisation.
    pub family: String,
    /// What stands before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given: Option<String>,
    /// What belongs to the family name and is not sorted by: `van der`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub particle: Option<String>,
    /// What follows: `Jr.`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suffix: Option<String>,
}

/// What stands for authors that are not named: `and others`.
pub(crate) const OTHERS: &str = "others";

impl Name {
    /// The name of an organisation, or of somebody who has one name.
    pub fn whole(name: &str) -> Self {
        Self { family: name.to_owned(), ..Self::default() }
    }

    /// As people say it: `Ludwig van Beethoven`.
    pub fn said(&self) -> String {
        if *self == Self::whole(OTHERS) {
            return "et al.".into();
        }
        let mut said = String::new();
        for part in
            [&self.given, &self.particle, &Some(self.family.clone()), &self.suffix].into_iter().flatten()
        {
            if !said.is_empty() {
                said.push(' ');
            }
            said.push_str(part);
        }
        said
    }
}

/// Kinds of work that references tell apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Work {
    /// An article in a journal.
    Article,
    /// A paper in proceedings.
    Proceedings,
    /// A part of a book.
    Chapter,
    /// A book.
    Book,
    /// A thesis.
    Thesis,
    /// A report.
    Report,
    /// A paper that is not in print yet, or was never meant to be.
    Preprint,
    /// A page of the web.
    Webpage,
    /// A program.
    Software,
    /// Data.
    Dataset,
    /// What is not told, or none of these.
    #[default]
    Other,
}

impl Work {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
    fn is_other(&self) -> bool {
        *self == Self::Other
    }

    /// Every kind, each with its name in JSON.
    const NAMES: [(&str, Self); 11] = [
        ("article", Self::Article),
        ("proceedings", Self::Proceedings),
        ("chapter", Self::Chapter),
        ("book", Self::Book),
        ("thesis", Self::Thesis),
        ("report", Self::Report),
        ("preprint", Self::Preprint),
        ("webpage", Self::Webpage),
        ("software", Self::Software),
        ("dataset", Self::Dataset),
        ("other", Self::Other),
    ];
}

/// A piece of the line that says who wrote a paper and where it appeared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Credit {
    /// An author.
    Author(String),
    /// Where it appeared.
    Venue(String),
    /// What stands between them.
    Between(&'static str),
}

impl Credit {
    /// What the page shows of it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Author(text) | Self::Venue(text) => text,
            Self::Between(text) => text,
        }
    }
}

impl Citation {
    /// The authors that a page names.
    pub fn named(&self) -> impl Iterator<Item = &Name> {
        self.authors.iter().take(NAMED)
    }

    /// What of it a page shows, and no more: what is fetched with an entry.
    #[must_use]
    pub fn shown(&self) -> Self {
        let authors = self.authors.iter().take(NAMED + 1).cloned().collect();
        Self { authors, venue: self.venue.clone(), ..Self::default() }
    }
}

impl Reference {
    /// The line that a bibliography adds to the byline; empty where there is none.
    pub fn credit(&self) -> Vec<Credit> {
        let mut credit = Vec::new();
        let Some(citation) = &self.citation else { return credit };
        for name in citation.named() {
            if !credit.is_empty() {
                credit.push(Credit::Between(", "));
            }
            credit.push(Credit::Author(name.said()));
        }
        if citation.authors.len() > NAMED {
            credit.push(Credit::Between(" et al."));
        }
        if let Some(venue) = &citation.venue {
            if !credit.is_empty() {
                credit.push(Credit::Between(" · "));
            }
            credit.push(Credit::Venue(venue.clone()));
        }
        credit
    }
}

impl Read for Name {
    fn read(json: Json) -> Result<Self, Wrong> {
        let mut of = Fields::of(json)?;
        let (family, given) = (of.need("family")?, of.maybe("given")?);
        Ok(Self { family, given, particle: of.maybe("particle")?, suffix: of.maybe("suffix")? })
    }
}

impl Read for Work {
    fn read(json: Json) -> Result<Self, Wrong> {
        named(json, &Self::NAMES)
    }
}

impl Read for Citation {
    fn read(json: Json) -> Result<Self, Wrong> {
        let mut of = Fields::of(json)?;
        Ok(Self {
            work: of.maybe("work")?,
            key: of.maybe("key")?,
            title: of.maybe("title")?,
            authors: of.maybe("authors")?,
            editors: of.maybe("editors")?,
            year: of.maybe("year")?,
            month: of.maybe("month")?,
            day: of.maybe("day")?,
            venue: of.maybe("venue")?,
            volume: of.maybe("volume")?,
            issue: of.maybe("issue")?,
            pages: of.maybe("pages")?,
            edition: of.maybe("edition")?,
            publisher: of.maybe("publisher")?,
            place: of.maybe("place")?,
            genre: of.maybe("genre")?,
            doi: of.maybe("doi")?,
            arxiv: of.maybe("arxiv")?,
            url: of.maybe("url")?,
            isbn: of.maybe("isbn")?,
            issn: of.maybe("issn")?,
            note: of.maybe("note")?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_said_as_people_say_it() {
        let name = Name {
            family: "Beethoven".into(),
            given: Some("Ludwig".into()),
            particle: Some("van".into()),
            suffix: Some("Jr.".into()),
        };
        assert_eq!(name.said(), "Ludwig van Beethoven Jr.");
        assert_eq!(Name::whole("Google Research").said(), "Google Research");
        assert_eq!(Name::whole("others").said(), "et al.");
    }
}
