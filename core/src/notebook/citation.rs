//! Bibliographic data of a paper: authors, date, venue, identifiers.

use serde::Serialize;

use super::Url;

/// Number of authors that a page names. Papers of large collaborations have thousands: their names would make up most
/// of the data file and push the title off the screen.
const MAX_DISPLAYED_AUTHORS: usize = 40;

/// Bibliographic data of a paper, as its bibliography gives it. Missing data is `None`, never guessed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Citation {
    /// Type of the work.
    #[serde(default, skip_serializing_if = "WorkType::is_other", rename = "work")]
    pub work_type: WorkType,
    /// Citation key: `vaswani2017attention`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// The title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Authors in the order of the byline.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<PersonName>,
    /// Editors of the containing work.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub editors: Vec<PersonName>,
    /// Year of publication.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<u16>,
    /// Month of publication, 1 to 12.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub month: Option<u8>,
    /// Day of publication, 1 to 31.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<u8>,
    /// Title of the containing journal, proceedings or book.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub venue: Option<String>,
    /// The volume.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub volume: Option<String>,
    /// The issue, or the number of a report.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issue: Option<String>,
    /// Page range with a plain hyphen: `5998-6008`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<String>,
    /// The edition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edition: Option<String>,
    /// The publisher; the university of a thesis, the institution of a report.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// City of the publisher.
    #[serde(default, skip_serializing_if = "Option::is_none", rename = "place")]
    pub publisher_place: Option<String>,
    /// Kind of thesis or report: `PhD thesis`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub genre: Option<String>,
    /// Digital object identifier, from `10.` on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doi: Option<String>,
    /// arXiv id without the version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arxiv: Option<String>,
    /// Address of the work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<Url>,
    /// International standard book number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub isbn: Option<String>,
    /// International standard serial number of the journal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issn: Option<String>,
    /// A remark for the reader.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// Name of a person or an organization. An organization has a family name only.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PersonName {
    /// The family name, or the name of an organization.
    pub family: String,
    /// The given names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given: Option<String>,
    /// Part of the family name that sorting ignores: `van der`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub particle: Option<String>,
    /// Suffix of the family name: `Jr.`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suffix: Option<String>,
}

/// Family name that stands for further, unnamed authors. BibTeX writes `and others`.
pub(crate) const OTHER_AUTHORS: &str = "others";

impl PersonName {
    /// Returns a name that is never split: that of an organization, or of a person with one name.
    pub fn literal(name: &str) -> Self {
        Self { family: name.to_owned(), ..Self::default() }
    }

    /// Returns the name in reading order: `Ludwig van Beethoven`. Further, unnamed authors are `et al.`
    pub fn display_name(&self) -> String {
        if *self == Self::literal(OTHER_AUTHORS) {
            return "et al.".into();
        }
        let given_and_particle = [&self.given, &self.particle].into_iter().flatten();
        let parts = given_and_particle.chain([&self.family]).chain(&self.suffix);
        parts.filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" ")
    }
}

/// Type of a cited work.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum WorkType {
    /// A journal article.
    Article,
    /// A paper in conference proceedings.
    Proceedings,
    /// A chapter of a book.
    Chapter,
    /// A book.
    Book,
    /// A thesis.
    Thesis,
    /// A report.
    Report,
    /// A manuscript that is not formally published, such as an arXiv paper.
    Preprint,
    /// A web page.
    Webpage,
    /// A piece of software.
    Software,
    /// A data set.
    Dataset,
    /// An unknown type, or none of the above.
    #[default]
    Other,
}

impl WorkType {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
    fn is_other(&self) -> bool {
        *self == Self::Other
    }
}

/// A part of the byline that a bibliography provides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BylinePart {
    /// An author.
    Author(String),
    /// The venue.
    Venue(String),
    /// Punctuation between authors and venue.
    Separator(&'static str),
}

impl BylinePart {
    /// Returns the text of the part.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Author(text) | Self::Venue(text) => text,
            Self::Separator(text) => text,
        }
    }
}

impl Citation {
    /// Returns the authors that a page names, at most 40.
    pub fn displayed_authors(&self) -> impl Iterator<Item = &PersonName> {
        self.authors.iter().take(MAX_DISPLAYED_AUTHORS)
    }

    /// Returns a copy with authors and venue only: the part of a citation that the data files of a page contain.
    #[must_use]
    pub fn for_display(&self) -> Self {
        // One more than is displayed, so that the page can tell that there are more.
        let authors = self.authors.iter().take(MAX_DISPLAYED_AUTHORS + 1).cloned().collect();
        Self { authors, venue: self.venue.clone(), ..Self::default() }
    }

    /// Returns authors and venue with punctuation.
    pub fn byline(&self) -> Vec<BylinePart> {
        let mut parts = Vec::new();
        for name in self.displayed_authors() {
            if !parts.is_empty() {
                parts.push(BylinePart::Separator(", "));
            }
            parts.push(BylinePart::Author(name.display_name()));
        }
        if self.authors.len() > MAX_DISPLAYED_AUTHORS {
            parts.push(BylinePart::Separator(" et al."));
        }
        if let Some(venue) = &self.venue {
            if !parts.is_empty() {
                parts.push(BylinePart::Separator(" · "));
            }
            parts.push(BylinePart::Venue(venue.clone()));
        }
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn displays_names_in_reading_order() {
        let name = PersonName {
            family: "Beethoven".into(),
            given: Some("Ludwig".into()),
            particle: Some("van".into()),
            suffix: Some("Jr.".into()),
        };
        assert_eq!(name.display_name(), "Ludwig van Beethoven Jr.");
        assert_eq!(PersonName::literal("Google Research").display_name(), "Google Research");
        assert_eq!(PersonName::literal("others").display_name(), "et al.");
    }
}
