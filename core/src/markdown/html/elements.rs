//! The allowed elements of HTML, by name.

/// An element inside a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::markdown) enum InlineElement {
    Sub,
    Sup,
    Mark,
    Kbd,
    Em,
    Strong,
    Strike,
    Ins,
    Code,
    Abbr,
    A,
    Picture,
    /// Has no meaning of its own: `<span>`.
    Plain,
}

/// An element that stands on its own lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::markdown) enum BlockElement {
    P,
    Div,
    Center,
    Details,
    Summary,
    Blockquote,
    Ul,
    Ol,
    Li,
    Dl,
    Dt,
    Dd,
    Table,
    /// `<thead>`, `<tbody>`, `<tfoot>`: rows are rows.
    Rows,
    Tr,
    Td,
    Th,
    Pre,
    Heading(u8),
}

/// An element without content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum VoidElement {
    Br,
    Hr,
    Img,
    Source,
    /// A place where a word may be broken.
    Wbr,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Element {
    Inline(InlineElement),
    Block(BlockElement),
    Void(VoidElement),
}

/// Returns the element of a name in small letters; `None` if it is not allowed.
pub(super) fn element(name: &str) -> Option<Element> {
    use BlockElement as B;
    use InlineElement as I;
    Some(match name {
        "sub" => Element::Inline(I::Sub),
        "sup" => Element::Inline(I::Sup),
        "mark" => Element::Inline(I::Mark),
        "kbd" => Element::Inline(I::Kbd),
        "em" | "i" | "cite" | "var" | "dfn" => Element::Inline(I::Em),
        "strong" | "b" => Element::Inline(I::Strong),
        "s" | "del" | "strike" => Element::Inline(I::Strike),
        "ins" | "u" => Element::Inline(I::Ins),
        "code" | "tt" | "samp" => Element::Inline(I::Code),
        "abbr" | "acronym" => Element::Inline(I::Abbr),
        "a" => Element::Inline(I::A),
        "picture" => Element::Inline(I::Picture),
        "span" | "font" | "small" | "big" | "nobr" => Element::Inline(I::Plain),
        "p" => Element::Block(B::P),
        "div" | "section" | "article" | "figure" | "figcaption" => Element::Block(B::Div),
        "center" => Element::Block(B::Center),
        "details" => Element::Block(B::Details),
        "summary" => Element::Block(B::Summary),
        "blockquote" => Element::Block(B::Blockquote),
        "ul" => Element::Block(B::Ul),
        "ol" => Element::Block(B::Ol),
        "li" => Element::Block(B::Li),
        "dl" => Element::Block(B::Dl),
        "dt" => Element::Block(B::Dt),
        "dd" => Element::Block(B::Dd),
        "table" => Element::Block(B::Table),
        "thead" | "tbody" | "tfoot" => Element::Block(B::Rows),
        "tr" => Element::Block(B::Tr),
        "td" => Element::Block(B::Td),
        "th" => Element::Block(B::Th),
        "pre" => Element::Block(B::Pre),
        "h1" => Element::Block(B::Heading(1)),
        "h2" => Element::Block(B::Heading(2)),
        "h3" => Element::Block(B::Heading(3)),
        "h4" => Element::Block(B::Heading(4)),
        "h5" => Element::Block(B::Heading(5)),
        "h6" => Element::Block(B::Heading(6)),
        "br" => Element::Void(VoidElement::Br),
        "hr" => Element::Void(VoidElement::Hr),
        "img" => Element::Void(VoidElement::Img),
        "source" => Element::Void(VoidElement::Source),
        "wbr" => Element::Void(VoidElement::Wbr),
        _ => return None,
    })
}

/// A start tag with the attributes that have a meaning. All others are left out.
#[derive(Clone, Debug, Default)]
pub(in crate::markdown) struct HtmlTag {
    /// The tag as the author wrote it.
    pub(super) raw: String,
    /// Name and value, in the order of the names.
    pub(super) attributes: Vec<(&'static str, String)>,
}

/// Attributes that have a meaning, on the elements where they have one.
pub(super) const ATTRIBUTES: [&str; 16] = [
    "align", "alt", "colspan", "dir", "height", "href", "id", "media", "name", "open", "rowspan", "src",
    "srcset", "start", "title", "width",
];

impl HtmlTag {
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| *known == name).map(|(_, value)| value.trim())
    }
}
