//! Facts about a paper from its address: their types.

use serde::Serialize;

/// Facts about a paper from its address alone. Nothing here is guessed: what the address does
/// not tell is absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Source"))]
pub struct PaperSource {
    /// The host, without `www.`; empty for a link on the author's own site.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub host: String,
    /// Kind of the address.
    #[serde(default, skip_serializing_if = "SourceKind::is_web")]
    pub kind: SourceKind,
    /// The paper's id: `1706.03762`, `10.1145/3582099.3582122`, `SkeJ6iR9Km`, `P18-1001`, `PMC3531190`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The version the address asks for: 2 in `2010.11929v2`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u16>,
    /// The year it appeared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<u16>,
    /// The month it appeared, 1 to 12.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub month: Option<u8>,
    /// Access to its text.
    #[serde(default, skip_serializing_if = "Access::is_unknown")]
    pub access: Access,
}

/// Kind of a paper's address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum SourceKind {
    /// arXiv.
    Arxiv,
    /// A digital object identifier, at doi.org or inside a publisher's address.
    Doi,
    /// `OpenReview`.
    Openreview,
    /// A publisher's or proceedings page without one of the ids above.
    Publisher,
    /// Any other page.
    #[default]
    Web,
}

impl SourceKind {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
    fn is_web(&self) -> bool {
        *self == Self::Web
    }
}

/// Access to a text: free, or for payment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Access {
    /// Free to read.
    Open,
    /// Behind a subscription, as a rule.
    Paywalled,
    /// The host does not tell.
    #[default]
    Unknown,
}

impl Access {
    /// Returns this value, or the other where this is unknown.
    pub(super) fn or(self, other: Self) -> Self {
        if self == Self::Unknown { other } else { self }
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
    fn is_unknown(&self) -> bool {
        *self == Self::Unknown
    }
}

impl PaperSource {
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Returns the id as people cite it: `arXiv:1706.03762`, `doi:10.1145/...`.
    pub fn cited_id(&self) -> Option<String> {
        let id = self.id.as_deref()?;
        Some(match self.kind {
            SourceKind::Arxiv => format!("arXiv:{id}"),
            SourceKind::Doi => format!("doi:{id}"),
            SourceKind::Openreview => format!("OpenReview:{id}"),
            SourceKind::Publisher | SourceKind::Web => id.to_owned(),
        })
    }
}
