//! Graph of the files of a crate: which file uses items of which other, by their `use` declarations and paths.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Words before the name of an item that a file defines.
const DEFINITIONS: [&str; 9] =
    ["fn", "struct", "enum", "trait", "type", "const", "static", "union", "macro_rules"];

/// Re-exports that are followed until the file that defines an item.
const MAX_REEXPORTS: usize = 8;

/// The arrows between the files of a crate.
pub(crate) struct FileGraph {
    /// For each file those that it uses, with the names that it takes from there.
    arrows: BTreeMap<String, BTreeMap<String, BTreeSet<String>>>,
}

/// A file as the module that it is.
#[derive(Default)]
struct Module {
    path: String,
    /// Names that `use` declarations bring into the module, each with the path behind it.
    imports: Vec<(String, Vec<String>)>,
    /// Modules of which everything is imported.
    globs: Vec<Vec<String>>,
    /// Paths that are written in the code itself.
    inline_paths: Vec<Vec<String>>,
    definitions: BTreeSet<String>,
}

/// The modules of a crate, by their names from its root.
type Modules = BTreeMap<Vec<String>, Module>;

impl FileGraph {
    /// Reads the files of the crate whose root is in this folder, each a path and its code without comments. Tests are left out.
    pub(crate) fn new(root: &str, files: &[(String, String)]) -> Self {
        let mut modules = Modules::new();
        for (path, code) in files {
            let names = module_name(root, path);
            if !names.iter().any(|name| name == "tests") {
                modules.insert(names, Module::new(path, code));
            }
        }
        let mut arrows = BTreeMap::new();
        for (name, module) in &modules {
            let mut used: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
            let imported = module.imports.iter().map(|(_, path)| path);
            for path in imported.chain(&module.globs).chain(&module.inline_paths) {
                let target = absolute(&modules, name, path).and_then(|path| file_of(&modules, &path, 0));
                if let Some(target) = target.filter(|target| *target != module.path) {
                    used.entry(target.to_owned()).or_default().insert(path.join("::"));
                }
            }
            arrows.insert(module.path.clone(), used);
        }
        Self { arrows }
    }

    /// Returns true if the first file uses the second.
    pub(crate) fn has(&self, from: &str, to: &str) -> bool {
        self.arrows.get(from).is_some_and(|used| used.contains_key(to))
    }

    /// Leaves an arrow out.
    pub(crate) fn remove(&mut self, from: &str, to: &str) {
        if let Some(used) = self.arrows.get_mut(from) {
            used.remove(to);
        }
    }

    /// Returns a shortest circle through each file that is on one, written as text; every circle once.
    pub(crate) fn circles(&self) -> Vec<String> {
        let mut seen = BTreeSet::new();
        let mut circles = Vec::new();
        for file in self.arrows.keys() {
            let Some(circle) = self.path(file, file) else { continue };
            let mut members: Vec<&str> = circle.clone();
            members.sort_unstable();
            if seen.insert(members) {
                let arrow = |(at, from): (usize, &&str)| {
                    let to = circle[(at + 1) % circle.len()];
                    let names: Vec<&str> = self.arrows[*from][to].iter().map(String::as_str).collect();
                    format!("{from} uses {} of {to}", names.join(", "))
                };
                let arrows: Vec<String> = circle.iter().enumerate().map(arrow).collect();
                circles.push(arrows.join("\n    "));
            }
        }
        circles
    }

    /// Returns the files on a shortest path of at least one arrow, without its end.
    pub(crate) fn path(&self, from: &str, to: &str) -> Option<Vec<&str>> {
        let (start, _) = self.arrows.get_key_value(from)?;
        let mut before: BTreeMap<&str, &str> = BTreeMap::new();
        let mut open = VecDeque::from([start.as_str()]);
        while let Some(file) = open.pop_front() {
            for next in self.arrows.get(file).into_iter().flat_map(BTreeMap::keys) {
                if next == to {
                    let mut path = vec![file];
                    while path[path.len() - 1] != from {
                        path.push(before[path[path.len() - 1]]);
                    }
                    path.reverse();
                    return Some(path);
                }
                if next != from && !before.contains_key(next.as_str()) {
                    before.insert(next, file);
                    open.push_back(next);
                }
            }
        }
        None
    }
}

impl Module {
    fn new(path: &str, code: &str) -> Self {
        let mut module = Self { path: path.to_owned(), ..Self::default() };
        let code = code.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        let tokens = tokens(code);
        let mut at = 0;
        while at < tokens.len() {
            let (word, follows) = (tokens[at], tokens.get(at + 1).copied().unwrap_or_default());
            let before = at.checked_sub(1).map_or(";", |before| tokens[before]);
            if word == "use" && is_name(follows) && ["pub", ")", ";", "{", "}", "]"].contains(&before) {
                at = module.add_use(&tokens, at + 1, &[]);
            } else if DEFINITIONS.contains(&word) && is_name(follows) {
                module.definitions.insert(follows.to_owned());
                at += 2;
            } else if word == "macro_rules" {
                module.definitions.extend(tokens.get(at + 2).map(|name| (*name).to_owned()));
                at += 3;
            } else if is_name(word) && follows == "::" {
                let mut names = vec![word.to_owned()];
                while tokens[at + 1..].starts_with(&["::"])
                    && tokens.get(at + 2).is_some_and(|next| is_name(next))
                {
                    names.push(tokens[at + 2].to_owned());
                    at += 2;
                }
                module.inline_paths.push(names);
                at += 1;
            } else {
                at += 1;
            }
        }
        module
    }

    /// Reads a tree of imports up to the `,`, `}` or `;` after it. Returns where that is.
    fn add_use(&mut self, tokens: &[&str], mut at: usize, parents: &[String]) -> usize {
        let mut path = parents.to_vec();
        while let Some(token) = tokens.get(at) {
            match *token {
                "{" => {
                    at += 1;
                    while tokens.get(at).is_some_and(|token| *token != "}") {
                        at = self.add_use(tokens, at, &path);
                        at += usize::from(tokens.get(at) == Some(&","));
                    }
                    return at + 1;
                }
                "*" => {
                    self.globs.push(path);
                    return at + 1;
                }
                "as" => {
                    let alias = tokens.get(at + 1).copied().unwrap_or_default();
                    self.imports.push((alias.to_owned(), path));
                    return at + 2;
                }
                "self" if !path.is_empty() => {}
                "::" => {}
                name if is_name(name) => path.push(name.to_owned()),
                _ => break,
            }
            at += 1;
        }
        if let Some(name) = path.last().cloned() {
            self.imports.push((name, path));
        }
        at
    }
}

/// Returns the names that lead from the root of a crate to the module of a file.
fn module_name(root: &str, path: &str) -> Vec<String> {
    let inside = path.strip_prefix(root).unwrap_or(path).trim_matches('/').trim_end_matches(".rs");
    let mut names: Vec<String> = inside.split('/').map(str::to_owned).collect();
    if names.last().is_some_and(|last| last == "mod" || last == "lib") {
        names.pop();
    }
    names
}

/// Returns a path as it is from the root of the crate, if it leads into the crate.
fn absolute(modules: &Modules, module: &[String], path: &[String]) -> Option<Vec<String>> {
    let mut base = module.to_vec();
    let mut rest = path;
    match path.first()?.as_str() {
        "crate" => (base, rest) = (Vec::new(), &path[1..]),
        "self" => rest = &path[1..],
        "super" => {
            while rest.first().is_some_and(|name| name == "super") {
                base.pop();
                rest = &rest[1..];
            }
        }
        name => {
            base.push(name.to_owned());
            if !modules.contains_key(&base) {
                let imports = &modules.get(module)?.imports;
                let (_, imported) = imports.iter().find(|(alias, path)| alias == name && path[0] != name)?;
                base = absolute(modules, module, imported)?;
            }
            rest = &path[1..];
        }
    }
    base.extend_from_slice(rest);
    Some(base)
}

/// Returns the file of the item at an absolute path: the one that defines it, however often it is exported again. A module alone is
/// no item: what is taken from it has a path of its own.
fn file_of<'a>(modules: &'a Modules, path: &[String], followed: usize) -> Option<&'a str> {
    let length = module_length(modules, path);
    let (name, module) = (&path[..length], &modules[&path[..length]]);
    let item = path.get(length)?;
    let imported = module.imports.iter().find(|(alias, _)| alias == item && followed < MAX_REEXPORTS);
    let through = imported.and_then(|(_, imported)| {
        let mut target = absolute(modules, name, imported)?;
        target.extend_from_slice(&path[length + 1..]);
        file_of(modules, &target, followed + 1)
    });
    let through_glob = || {
        let mut globs = module.globs.iter().filter_map(|glob| absolute(modules, name, glob));
        globs.find_map(|glob| {
            let target = modules.get(&glob).filter(|target| target.definitions.contains(item));
            target.map(|target| target.path.as_str())
        })
    };
    through.or_else(through_glob).or(Some(&module.path))
}

/// Returns the number of names at the beginning of an absolute path that are those of modules.
fn module_length(modules: &Modules, path: &[String]) -> usize {
    (0..=path.len()).rev().find(|length| modules.contains_key(&path[..*length])).unwrap_or_default()
}

fn is_name(token: &str) -> bool {
    token.starts_with(|first: char| first.is_alphabetic() || first == '_')
}

/// Splits code into names and signs.
fn tokens(code: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = code;
    while let Some(first) = rest.chars().next() {
        let length = if first.is_alphanumeric() || first == '_' {
            rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len())
        } else if rest.starts_with("::") {
            2
        } else {
            first.len_utf8()
        };
        if !first.is_whitespace() {
            tokens.push(&rest[..length]);
        }
        rest = &rest[length..];
    }
    tokens
}
