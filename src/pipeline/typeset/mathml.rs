//! Parsing of the `MathML` that pulldown-latex writes into a formula. Elements and attributes that a formula does not allow are
//! rejected.

use notebook_core::notebook::{Formula, MathAttribute, MathContent, MathElement, MathNode};

/// Nesting depth of elements: more than formulas need, and not enough to overflow the stack of this recursive parser.
const MAX_DEPTH: usize = 100;

const TOO_DEEP: &str = "it is nested too deeply";

/// An element with its content.
struct MathTree {
    element: MathElement,
    attributes: Vec<(MathAttribute, String)>,
    text: String,
    children: Vec<MathTree>,
}

/// Parses `<math ...>...</math>`.
///
/// # Errors
/// Names the element or attribute that is not allowed.
pub(super) fn parse_formula(mathml: &str) -> Result<Formula, String> {
    let (_, inside) = mathml.split_once('>').ok_or("the converter wrote no MathML")?;
    let inside = inside.strip_suffix("</math>").ok_or("the converter wrote no MathML")?;
    let mut reader = MathmlParser { rest: inside, depth: 0 };
    let trees = reader.trees()?;
    if !reader.rest.is_empty() {
        return Err("its elements are not properly nested".into());
    }
    let mut nodes = Vec::new();
    for tree in trees {
        flatten(tree, &mut nodes);
    }
    Formula::new(nodes).ok_or_else(|| TOO_DEEP.into())
}

/// Appends an element and its descendants in document order.
fn flatten(tree: MathTree, nodes: &mut Vec<MathNode>) {
    let MathTree { element, attributes, text, children } = tree;
    let content = if holds_text(element) {
        MathContent::Text(text)
    } else {
        MathContent::Nodes(u32::try_from(children.len()).unwrap_or(u32::MAX))
    };
    nodes.push(MathNode { element, attributes, content });
    for tree in children {
        flatten(tree, nodes);
    }
}

fn holds_text(element: MathElement) -> bool {
    matches!(
        element,
        MathElement::Identifier | MathElement::Number | MathElement::Operator | MathElement::Text
    )
}

/// Returns the number of children that an element must have; `None` if any number is allowed.
fn arity(element: MathElement) -> Option<usize> {
    match element {
        MathElement::Frac
        | MathElement::Root
        | MathElement::Sub
        | MathElement::Sup
        | MathElement::Over
        | MathElement::Under => Some(2),
        MathElement::SubSup | MathElement::UnderOver => Some(3),
        MathElement::Space => Some(0),
        _ => None,
    }
}

struct MathmlParser<'a> {
    rest: &'a str,
    depth: usize,
}

impl<'a> MathmlParser<'a> {
    /// Parses everything up to the next end tag.
    fn trees(&mut self) -> Result<Vec<MathTree>, String> {
        let mut trees: Vec<MathTree> = Vec::new();
        while let Some(rest) = self.rest.strip_prefix('<').filter(|rest| !rest.starts_with('/')) {
            self.rest = rest;
            let mut tree = self.element()?;
            if let Some(wanted) = arity(tree.element).filter(|wanted| *wanted != tree.children.len()) {
                // pulldown-latex puts the space before a name such as `lim` inside the element around it.
                let has_space =
                    tree.children.first().is_some_and(|first| first.element == MathElement::Space);
                if !has_space || tree.children.len() != wanted + 1 {
                    return Err(format!("`{}` does not have {wanted} children", tree.element.name()));
                }
                trees.push(tree.children.remove(0));
            }
            trees.push(mark_accent(tree));
        }
        Ok(trees)
    }

    /// Parses an element behind its `<`.
    fn element(&mut self) -> Result<MathTree, String> {
        let name_end = self.rest.find([' ', '>', '/']).unwrap_or(self.rest.len());
        let name = self.take(name_end);
        let element = MathElement::from_name(name)
            .ok_or_else(|| format!("it needs `{name}`, which is not supported"))?;
        let mut tree =
            MathTree { element, attributes: Vec::new(), text: String::new(), children: Vec::new() };
        let mut row_height = None;
        while !self.skip(">") {
            if self.skip(" ") {
                continue;
            }
            if self.skip("/>") {
                return Ok(tree);
            }
            let (name, behind) = self.rest.split_once("=\"").ok_or("the converter wrote no MathML")?;
            let (value, behind) = behind.split_once('"').ok_or("the converter wrote no MathML")?;
            self.rest = behind;
            match name {
                "class" => tree.attributes.append(&mut classes(value)?),
                "style" => row_height = style(value, &mut tree)?,
                _ => {
                    let name = MathAttribute::from_name(name)
                        .ok_or_else(|| format!("it needs `{name}`, which is not supported"))?;
                    tree.attributes.push((name, in_em(value)));
                }
            }
        }
        let end = format!("</{name}>");
        if holds_text(element) {
            // pulldown-latex escapes only the content of `mtext`.
            let (text, behind) = self.rest.split_once(&end).ok_or("the converter wrote no MathML")?;
            self.rest = behind;
            tree.text = element_text(element, text)?;
            return Ok(tree);
        }
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(TOO_DEEP.into());
        }
        tree.children = self.trees()?;
        self.depth -= 1;
        if !self.skip(&end) {
            return Err("its elements are not properly nested".into());
        }
        if arity(element).is_none() {
            tree.children = join_letters(tree.children);
        }
        if let (Some(height), Some(cell)) = (row_height, tree.children.first_mut()) {
            let attributes = vec![(MathAttribute::Height, height)];
            cell.children.push(MathTree {
                element: MathElement::Space,
                attributes,
                text: String::new(),
                children: Vec::new(),
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

/// Joins adjacent upright letters into one name, such as `softmax`.
fn join_letters(trees: Vec<MathTree>) -> Vec<MathTree> {
    let is_letter = |tree: &MathTree| {
        let is_upright =
            matches!(tree.attributes.as_slice(), [(MathAttribute::Variant, value)] if value == "normal");
        tree.element == MathElement::Identifier
            && is_upright
            && tree.text.bytes().all(|b| b.is_ascii_alphabetic())
    };
    let mut joined: Vec<MathTree> = Vec::with_capacity(trees.len());
    for tree in trees {
        match joined.last_mut().filter(|last| is_letter(last) && is_letter(&tree)) {
            Some(last) => last.text.push_str(&tree.text),
            None => joined.push(tree),
        }
    }
    joined
}

/// Returns the text of an element.
fn element_text(element: MathElement, text: &str) -> Result<String, String> {
    if element == MathElement::Text {
        let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
        return Ok(text.replace("&nbsp;", "\u{a0}"));
    }
    // Names of functions are not converted: they contain TeX.
    let text = text.replace("\\,", "\u{2009}").replace("\\ ", "\u{a0}");
    if text.len() > 1 && text.contains(['\\', '{', '}', '^', '_']) {
        return Err(format!("`{text}` is not a name"));
    }
    // A low line is kept from being read as a subscript by its wide form.
    Ok(text.replace('\u{ff3f}', "_"))
}

/// Returns the value of an attribute with a unit of `MathML`. pulldown-latex 0.8 converts a width in TeX's `mu`, of which 18 are one
/// em, to em, but writes `mu` behind it.
fn in_em(value: &str) -> String {
    match value.strip_suffix("mu").filter(|number| number.parse::<f32>().is_ok()) {
        Some(number) => format!("{number}em"),
        None => value.to_owned(),
    }
}

/// Converts the converter's classes to attributes, for which the page has styles.
fn classes(value: &str) -> Result<Vec<(MathAttribute, String)>, String> {
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
            // Equations are not numbered, because nothing can refer to them.
            "menv-with-eqn" | "menv-nonumber" | "menv-border-only" => continue,
            "cell-left" => (MathAttribute::Align, "left"),
            "cell-right" => (MathAttribute::Align, "right"),
            "menv-left-solid" => (MathAttribute::Before, "solid"),
            "menv-left-dashed" => (MathAttribute::Before, "dashed"),
            "menv-right-solid" => (MathAttribute::After, "solid"),
            "menv-right-dashed" => (MathAttribute::After, "dashed"),
            "menv-hline" => (MathAttribute::Above, "solid"),
            "menv-hdashline" => (MathAttribute::Above, "dashed"),
            "small" => (MathAttribute::Small, ""),
            "mop-negated" => return Err("it strikes a group through, which is not supported".into()),
            _ => return Err(format!("it needs `{class}`, which is not supported")),
        };
        attributes.push((attribute, value.to_owned()));
    }
    if !columns.is_empty() {
        attributes.push((MathAttribute::Columns, columns.join(" ")));
    }
    Ok(attributes)
}

/// Converts style declarations to attributes. Returns the height of a row that is only vertical space.
fn style(value: &str, tree: &mut MathTree) -> Result<Option<String>, String> {
    let mut row_height = None;
    for declaration in value.split("; ") {
        match declaration.split_once(": ") {
            Some(("color", color)) => tree.attributes.push((MathAttribute::Color, hex(color)?)),
            Some(("background-color", color)) => {
                tree.attributes.push((MathAttribute::Background, hex(color)?));
            }
            Some(("height", height)) if tree.element == MathElement::Line => {
                row_height = Some(height.to_owned());
            }
            // A negative space: the page's styles recognize it by its width.
            Some(("margin-left", _)) if tree.element == MathElement::Space => {}
            _ => return Err(format!("it needs `{declaration}`, which is not supported")),
        }
    }
    Ok(row_height)
}

/// Converts `rgb(255 0 0)` to `#ff0000`.
fn hex(color: &str) -> Result<String, String> {
    let numbers = color.strip_prefix("rgb(").and_then(|rest| rest.strip_suffix(')'));
    let numbers =
        numbers.map(|numbers| numbers.split(' ').map(str::parse::<u8>).collect::<Result<Vec<_>, _>>());
    match numbers {
        Some(Ok(numbers)) if numbers.len() == 3 => {
            Ok(numbers.iter().fold("#".to_owned(), |hex, number| format!("{hex}{number:02x}")))
        }
        _ => Err(format!("`{color}` is not a color")),
    }
}

/// Marks an accent as one, so that browsers draw it close to its letter and in its own size.
fn mark_accent(mut tree: MathTree) -> MathTree {
    let is_over = tree.element == MathElement::Over;
    if !is_over && tree.element != MathElement::Under {
        return tree;
    }
    let Some(accent) = tree.children.get_mut(1) else { return tree };
    let mark = accent.text.as_str();
    let is_mark = matches!(mark, "‾" | "˘" | "ˇ" | "˙" | "¨" | "`" | "´" | "^" | "~" | "→" | "˚" | "_");
    if is_mark && accent.element == MathElement::Identifier {
        let is_line = matches!(mark, "‾" | "_");
        accent.element = MathElement::Operator;
        accent.attributes = vec![(MathAttribute::Stretchy, is_line.to_string())];
        tree.attributes
            .push((if is_over { MathAttribute::Accent } else { MathAttribute::AccentUnder }, "true".into()));
    }
    tree
}
