//! `cargo xtask style`: a report on naming and documentation of the Rust code, with limits.
//!
//! It measures three habits that a reviewer cannot see in one change: doc comments that begin without a subject
//! ("Whether there is none."), type names that are defined more than once, and long functions without a reason.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use crate::files::files_in;
use crate::root;

/// Share of doc comments, in percent, that may begin with a word of [`HEADLESS`]. Well-kept crates of the field have 0 to 5.
const MAX_HEADLESS_PERCENT: f64 = 5.0;

/// Share of type names, in percent, that may be defined more than once. Paths such as `json::Error` make some natural.
const MAX_REPEATED_PERCENT: f64 = 6.0;

/// Lines of a function, comments included, beyond which it needs a reason: `#[allow(clippy::too_many_lines, reason = "…")]`.
const LONG_FUNCTION: usize = 60;

/// Words that open a clause instead of naming the item or its action.
const HEADLESS: [&str; 10] =
    ["What", "Whether", "How", "Which", "Where", "When", "Who", "Whose", "Why", "Whatever"];

/// Folders that are measured.
const FOLDERS: [&str; 5] = ["bench", "core", "src", "tests", "xtask"];

/// Prints the report.
///
/// # Errors
/// Fails if a limit is exceeded, or if a file cannot be read or parsed.
pub fn run() -> Result<(), String> {
    let mut report = Report::default();
    for file in rust_files()? {
        let text = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        let parsed = syn::parse_file(&text).map_err(|error| format!("{}: {error}", file.display()))?;
        report.file = file.strip_prefix(root()).unwrap_or(&file).display().to_string();
        report.visit_file(&parsed);
    }
    println!("{report}");
    report.check()
}

/// Every Rust file of the workspace, without build output.
fn rust_files() -> Result<Vec<PathBuf>, String> {
    let mut files = Vec::new();
    for folder in FOLDERS.map(|folder| root().join(folder)).iter().filter(|folder| folder.is_dir()) {
        files.extend(files_in(folder).map_err(|error| format!("{}: {error}", folder.display()))?);
    }
    let is_source = |file: &PathBuf| {
        file.extension().is_some_and(|extension| extension == "rs")
            && !file.components().any(|part| part.as_os_str() == "target")
    };
    files.retain(is_source);
    files.sort();
    Ok(files)
}

/// A place in a file: its path from the root of the workspace, and a line counted from 1.
type Position = (String, usize);

/// Counts collected from all files.
#[derive(Default)]
struct Report {
    /// The file that is being visited.
    file: String,
    /// The line of a doc comment that was visited last.
    last_doc_line: Option<Position>,
    doc_comments: usize,
    headless: Vec<(Position, String)>,
    types: BTreeMap<String, Vec<Position>>,
    /// Functions longer than [`LONG_FUNCTION`]: position, name, lines, reason.
    long_functions: Vec<(Position, String, usize, Option<String>)>,
}

impl Report {
    fn position(&self, span: proc_macro2::Span) -> Position {
        (self.file.clone(), span.start().line)
    }

    fn add_type(&mut self, name: &syn::Ident) {
        let position = self.position(name.span());
        self.types.entry(name.to_string()).or_default().push(position);
    }

    /// Records a function that is longer than the limit. Its lines are counted from the signature to the last one.
    fn add_function(&mut self, attributes: &[syn::Attribute], signature: &syn::Signature, body: &syn::Block) {
        let lines = 1 + body.span().end().line - signature.span().start().line;
        if lines > LONG_FUNCTION {
            let reason = attributes.iter().find_map(length_reason);
            let position = self.position(signature.ident.span());
            self.long_functions.push((position, signature.ident.to_string(), lines, reason));
        }
    }

    fn repeated(&self) -> impl Iterator<Item = (&String, &Vec<Position>)> {
        self.types.iter().filter(|(_, positions)| positions.len() > 1)
    }

    fn headless_share(&self) -> f64 {
        percent(self.headless.len(), self.doc_comments)
    }

    fn repeated_share(&self) -> f64 {
        percent(self.repeated().count(), self.types.len())
    }

    fn check(&self) -> Result<(), String> {
        let mut exceeded = Vec::new();
        if self.headless_share() > MAX_HEADLESS_PERCENT {
            exceeded.push(format!(
                "more than {MAX_HEADLESS_PERCENT} % of the doc comments begin without a subject"
            ));
        }
        if self.repeated_share() > MAX_REPEATED_PERCENT {
            exceeded.push(format!(
                "more than {MAX_REPEATED_PERCENT} % of the type names are defined more than once"
            ));
        }
        if self.long_functions.iter().any(|(.., reason)| reason.is_none()) {
            exceeded.push(format!("a function of more than {LONG_FUNCTION} lines has no reason"));
        }
        if exceeded.is_empty() { Ok(()) } else { Err(format!("{}.", exceeded.join("; "))) }
    }
}

impl std::fmt::Display for Report {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(
            to,
            "doc comments without a subject: {} of {} = {:.1} % (limit {MAX_HEADLESS_PERCENT} %)",
            self.headless.len(),
            self.doc_comments,
            self.headless_share()
        )?;
        for ((file, line), text) in &self.headless {
            writeln!(to, "    {file}:{line}: {text}")?;
        }
        writeln!(
            to,
            "type names defined more than once: {} of {} = {:.1} % (limit {MAX_REPEATED_PERCENT} %)",
            self.repeated().count(),
            self.types.len(),
            self.repeated_share()
        )?;
        for (name, positions) in self.repeated() {
            let positions: Vec<String> =
                positions.iter().map(|(file, line)| format!("{file}:{line}")).collect();
            writeln!(to, "    {name}: {}", positions.join(", "))?;
        }
        write!(to, "functions over {LONG_FUNCTION} lines: {}", self.long_functions.len())?;
        for ((file, line), name, lines, reason) in &self.long_functions {
            let reason = reason.as_deref().unwrap_or("NO REASON");
            write!(to, "\n    {file}:{line}: {name}, {lines} lines: {reason}")?;
        }
        Ok(())
    }
}

impl<'ast> Visit<'ast> for Report {
    /// Sees the doc comment of every documented item: attributes come one by one, in order, for each item.
    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        let Some(text) = doc_line(attribute) else { return };
        let position = self.position(attribute.span());
        // Each line of a comment is an attribute of its own; only the first begins the comment.
        let continues = self.last_doc_line.as_ref() == Some(&(position.0.clone(), position.1 - 1));
        self.last_doc_line = Some(position.clone());
        if continues {
            return;
        }
        self.doc_comments += 1;
        let first = text.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty());
        if first.is_some_and(|word| HEADLESS.contains(&word)) {
            self.headless.push((position, text));
        }
    }

    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        self.add_type(&item.ident);
        visit::visit_item_struct(self, item);
    }

    fn visit_item_enum(&mut self, item: &'ast syn::ItemEnum) {
        self.add_type(&item.ident);
        visit::visit_item_enum(self, item);
    }

    fn visit_item_trait(&mut self, item: &'ast syn::ItemTrait) {
        self.add_type(&item.ident);
        visit::visit_item_trait(self, item);
    }

    fn visit_item_type(&mut self, item: &'ast syn::ItemType) {
        self.add_type(&item.ident);
        visit::visit_item_type(self, item);
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.add_function(&item.attrs, &item.sig, &item.block);
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.add_function(&item.attrs, &item.sig, &item.block);
        visit::visit_impl_item_fn(self, item);
    }
}

/// The text of one line of a doc comment.
fn doc_line(attribute: &syn::Attribute) -> Option<String> {
    let syn::Meta::NameValue(pair) = &attribute.meta else { return None };
    if !pair.path.is_ident("doc") {
        return None;
    }
    string(&pair.value).map(|text| text.trim().to_owned())
}

/// The reason of `#[allow(clippy::too_many_lines, reason = "…")]`, or of `expect`.
fn length_reason(attribute: &syn::Attribute) -> Option<String> {
    if !attribute.path().is_ident("expect") && !attribute.path().is_ident("allow") {
        return None;
    }
    let arguments = attribute
        .parse_args_with(syn::punctuated::Punctuated::<syn::Meta, syn::Token![,]>::parse_terminated)
        .ok()?;
    let is_length =
        |meta: &syn::Meta| meta.path().segments.last().is_some_and(|last| last.ident == "too_many_lines");
    let reason = |meta: &syn::Meta| match meta {
        syn::Meta::NameValue(pair) if pair.path.is_ident("reason") => string(&pair.value),
        _ => None,
    };
    arguments.iter().any(is_length).then(|| arguments.iter().find_map(reason)).flatten()
}

/// The value of a string literal.
fn string(expression: &syn::Expr) -> Option<String> {
    match expression {
        syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => Some(text.value()),
        _ => None,
    }
}

/// `part` of `whole` in percent.
fn percent(part: usize, whole: usize) -> f64 {
    let number = |count: usize| u32::try_from(count).map_or(f64::INFINITY, f64::from);
    if whole == 0 { 0.0 } else { 100.0 * number(part) / number(whole) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(source: &str) -> Report {
        let mut report = Report { file: "a.rs".to_owned(), ..Report::default() };
        report.visit_file(&syn::parse_file(source).unwrap());
        report
    }

    #[test]
    fn counts_doc_comments_by_their_first_line() {
        let report = report(
            "//! A module.\n//! How it works.\n\n/// Whether it is.\nfn is() {}\n\n/// Parses.\nfn parse() {}\n",
        );
        assert_eq!((report.doc_comments, report.headless.len()), (3, 1));
        assert_eq!(report.headless[0].0, ("a.rs".to_owned(), 4));
    }

    #[test]
    fn counts_names_that_are_defined_twice() {
        let report = report("struct A; mod b { enum A {} trait B {} } type C = u8;");
        assert_eq!((report.types.len(), report.repeated().count()), (3, 1));
        assert!(report.check().is_err());
    }

    #[test]
    fn asks_a_long_function_for_a_reason() {
        let body = "    work();\n".repeat(LONG_FUNCTION);
        assert!(report(&format!("fn long() {{\n{body}}}\n")).check().is_err());
        let excused = "#[expect(clippy::too_many_lines, reason = \"a table\")]\n";
        let excused = report(&format!("{excused}fn long() {{\n{body}}}\n"));
        assert_eq!(excused.long_functions[0].3.as_deref(), Some("a table"));
        assert!(excused.check().is_ok());
    }
}
