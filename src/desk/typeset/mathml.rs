//! `MathML` as pulldown-latex writes it, taken for a formula: what it has and a formula cannot have is refused.

use notebook_core::notebook::{Attribute, Content, Element, Formula, Node};

/// Elements inside each other at the most: more than a formula can have, and less than would be too many calls.
const DEEPEST: usize = 100;

const TOO_DEEP: &str = "it is too deep";

/// An element with what stands in it.
struct Tree {
    element: Element,
    attributes: Vec<(Attribute, String)>,
    text: String,
    inside: Vec<Tree>,
}

/// Reads `<math ...>...</math>`.
///
/// # Errors
/// What is not known.
pub(super) fn formula(mathml: &str) -> Result<Formula, String> {
    let (_, inside) = mathml.split_once('>').ok_or("it is no MathML")?;
    let inside = inside.strip_suffix("</math>").ok_or("it is no MathML")?;
    let mut reader = Reader { rest: inside, depth: 0 };
    let trees = reader.trees()?;
    if !reader.rest.is_empty() {
        return Err("its elements do not fit into each other".into());
    }
    let mut nodes = Vec::new();
    for tree in trees {
        put(tree, &mut nodes);
    }
    Formula::of(nodes).ok_or_else(|| TOO_DEEP.into())
}

fn put(tree: Tree, to: &mut Vec<Node>) {
    let Tree { element, attributes, text, inside } = tree;
    let content = if holds_text(element) {
        Content::Text(text)
    } else {
        Content::Nodes(u32::try_from(inside.len()).unwrap_or(u32::MAX))
    };
    to.push(Node { element, attributes, content });
    for tree in inside {
        put(tree, to);
    }
}

fn holds_text(element: Element) -> bool {
    matches!(element, Element::Identifier | Element::Number | Element::Operator | Element::Text)
}

/// How many elements have to stand in one; none where any number may.
fn arity(element: Element) -> Option<usize> {
    match element {
        Element::Frac | Element::Root | Element::Sub | Element::Sup | Element::Over | Element::Under => {
            Some(2)
        }
        Element::SubSup | Element::UnderOver => Some(3),
        Element::Space => Some(0),
        _ => None,
    }
}

struct Reader<'a> {
    rest: &'a str,
    depth: usize,
}

impl<'a> Reader<'a> {
    /// What comes up to an end tag or the end.
    fn trees(&mut self) -> Result<Vec<Tree>, String> {
        let mut trees: Vec<Tree> = Vec::new();
        while let Some(rest) = self.rest.strip_prefix('<').filter(|rest| !rest.starts_with('/')) {
            self.rest = rest;
            let mut tree = self.element()?;
            if let Some(wanted) = arity(tree.element).filter(|wanted| *wanted != tree.inside.len()) {
                // The room before a name such as `lim` has got into what stands around it.
                let is_room = tree.inside.first().is_some_and(|first| first.element == Element::Space);
                if !is_room || tree.inside.len() != wanted + 1 {
                    return Err(format!("`{}` does not hold {wanted} things", tree.element.name()));
                }
                trees.push(tree.inside.remove(0));
            }
            trees.push(accented(tree));
        }
        Ok(trees)
    }

    /// An element behind its `<`.
    fn element(&mut self) -> Result<Tree, String> {
        let name_end = self.rest.find([' ', '>', '/']).unwrap_or(self.rest.len());
        let name = self.take(name_end);
        let element =
            Element::named(name).ok_or_else(|| format!("it needs `{name}`, which is not known here"))?;
        let mut tree = Tree { element, attributes: Vec::new(), text: String::new(), inside: Vec::new() };
        let mut room = None;
        while !self.skip(">") {
            if self.skip(" ") {
                continue;
            }
            if self.skip("/>") {
                return Ok(tree);
            }
            let (name, behind) = self.rest.split_once("=\"").ok_or("it is no MathML")?;
            let (value, behind) = behind.split_once('"').ok_or("it is no MathML")?;
            self.rest = behind;
            match name {
                "class" => tree.attributes.append(&mut classes(value)?),
                "style" => room = style(value, &mut tree)?,
                _ => {
                    let name = Attribute::named(name)
                        .ok_or_else(|| format!("it needs `{name}`, which is not known here"))?;
                    tree.attributes.push((name, value.to_owned()));
                }
            }
        }
        let end = format!("</{name}>");
        if holds_text(element) {
            // As it is: only text among formulas is escaped.
            let (text, behind) = self.rest.split_once(&end).ok_or("it is no MathML")?;
            self.rest = behind;
            tree.text = said(element, text)?;
            return Ok(tree);
        }
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(TOO_DEEP.into());
        }
        tree.inside = self.trees()?;
        self.depth -= 1;
        if !self.skip(&end) {
            return Err("its elements do not fit into each other".into());
        }
        if arity(element).is_none() {
            tree.inside = joined(tree.inside);
        }
        if let (Some(height), Some(cell)) = (room, tree.inside.first_mut()) {
            let attributes = vec![(Attribute::Height, height)];
            cell.inside.push(Tree {
                element: Element::Space,
                attributes,
                text: String::new(),
                inside: Vec::new(),
            });
        }
        Ok(tree)
    }

    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        taken
    }

    fn skip(&mut self, expected: &str) -> bool {
        let rest = self.rest.strip_prefix(expected);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }
}

/// Upright letters side by side are one name: `softmax`.
fn joined(trees: Vec<Tree>) -> Vec<Tree> {
    let is_letter = |tree: &Tree| {
        let is_upright =
            matches!(tree.attributes.as_slice(), [(Attribute::Variant, value)] if value == "normal");
        tree.element == Element::Identifier
            && is_upright
            && tree.text.bytes().all(|b| b.is_ascii_alphabetic())
    };
    let mut joined: Vec<Tree> = Vec::with_capacity(trees.len());
    for tree in trees {
        match joined.last_mut().filter(|last| is_letter(last) && is_letter(&tree)) {
            Some(last) => last.text.push_str(&tree.text),
            None => joined.push(tree),
        }
    }
    joined
}

/// What an element says.
fn said(element: Element, text: &str) -> Result<String, String> {
    if element == Element::Text {
        let text = text.replace("&nbsp;", "\u{a0}").replace("&lt;", "<").replace("&gt;", ">");
        return Ok(text.replace("&amp;", "&"));
    }
    // Names of functions come as they were written.
    let text = text.replace("\\,", "\u{2009}").replace("\\ ", "\u{a0}");
    if text.len() > 1 && text.contains(['\\', '{', '}', '^', '_']) {
        return Err(format!("`{text}` cannot be a name"));
    }
    Ok(text)
}

/// Classes for styles of its own, as attributes for ours.
fn classes(value: &str) -> Result<Vec<(Attribute, String)>, String> {
    let mut columns = Vec::new();
    let mut attributes = Vec::new();
    for class in value.split(' ') {
        let (attribute, value) = match class {
            "menv-alignlike" => {
                columns.push("pairs");
                continue;
            }
            "menv-align" => {
                columns.push("apart");
                continue;
            }
            "menv-arraylike" => {
                columns.push("matrix");
                continue;
            }
            "menv-cells-left" => {
                columns.push("left");
                continue;
            }
            "menv-cells-right" => {
                columns.push("right");
                continue;
            }
            "menv-cases" => {
                columns.push("cases");
                continue;
            }
            "menv-multline" => {
                columns.push("ends");
                continue;
            }
            // Lines are not numbered: nothing could refer to them.
            "menv-with-eqn" | "menv-nonumber" | "menv-border-only" => continue,
            "cell-left" => (Attribute::Align, "left"),
            "cell-right" => (Attribute::Align, "right"),
            "menv-left-solid" => (Attribute::Before, "solid"),
            "menv-left-dashed" => (Attribute::Before, "dashed"),
            "menv-right-solid" => (Attribute::After, "solid"),
            "menv-right-dashed" => (Attribute::After, "dashed"),
            "menv-hline" => (Attribute::Above, "solid"),
            "menv-hdashline" => (Attribute::Above, "dashed"),
            "small" => (Attribute::Small, ""),
            _ => return Err(format!("it needs `{class}`, which is not known here")),
        };
        attributes.push((attribute, value.to_owned()));
    }
    if !columns.is_empty() {
        attributes.push((Attribute::Columns, columns.join(" ")));
    }
    Ok(attributes)
}

/// Declarations of style as attributes; gives back the height of a row that is only room.
fn style(value: &str, tree: &mut Tree) -> Result<Option<String>, String> {
    let mut room = None;
    for declaration in value.split("; ") {
        match declaration.split_once(": ") {
            Some(("color", colour)) => tree.attributes.push((Attribute::Colour, hex(colour)?)),
            Some(("background-color", colour)) => tree.attributes.push((Attribute::Background, hex(colour)?)),
            Some(("height", height)) if tree.element == Element::Line => room = Some(height.to_owned()),
            // Room that is less than none: the page's styles know it by its width.
            Some(("margin-left", _)) if tree.element == Element::Space => {}
            _ => return Err(format!("it needs `{declaration}`, which is not known here")),
        }
    }
    Ok(room)
}

/// `rgb(255 0 0)` as `#ff0000`.
fn hex(colour: &str) -> Result<String, String> {
    let numbers = colour.strip_prefix("rgb(").and_then(|rest| rest.strip_suffix(')'));
    let numbers =
        numbers.map(|numbers| numbers.split(' ').map(str::parse::<u8>).collect::<Result<Vec<_>, _>>());
    match numbers {
        Some(Ok(numbers)) if numbers.len() == 3 => {
            Ok(numbers.iter().fold("#".to_owned(), |hex, number| format!("{hex}{number:02x}")))
        }
        _ => Err(format!("`{colour}` is no colour")),
    }
}

/// A letter with an accent: the accent sits close to it, in its own size.
fn accented(mut tree: Tree) -> Tree {
    let is_over = tree.element == Element::Over;
    if !is_over && tree.element != Element::Under {
        return tree;
    }
    let Some(accent) = tree.inside.get_mut(1) else { return tree };
    let mark = accent.text.as_str();
    let is_mark = matches!(mark, "‾" | "˘" | "ˇ" | "˙" | "¨" | "`" | "´" | "^" | "~" | "→" | "˚" | "_");
    if is_mark && accent.element == Element::Identifier {
        let is_line = matches!(mark, "‾" | "_");
        accent.element = Element::Operator;
        accent.attributes = vec![(Attribute::Stretchy, is_line.to_string())];
        tree.attributes
            .push((if is_over { Attribute::Accent } else { Attribute::AccentUnder }, "true".into()));
    }
    tree
}
