//! Libraries keep their records when they are imported, exported in any format, and imported again. All records are invented.

use proptest::collection::vec;
use proptest::option;
use proptest::sample::{select, subsequence};

use super::*;
use crate::notebook::ExportFormat;

/// Formats of an export that are read again.
const FORMATS: [ExportFormat; 3] = [ExportFormat::Bibtex, ExportFormat::CslJson, ExportFormat::Ris];

/// Exports entries to a file.
fn export(entries: &[BibliographyEntry], format: ExportFormat) -> String {
    let write = match format {
        ExportFormat::CslJson => write_csl,
        ExportFormat::Ris => write_ris,
        _ => write_bibtex,
    };
    let records: Vec<_> =
        entries.iter().enumerate().map(|(at, entry)| write(&entry.citation, &format!("entry{at}"))).collect();
    let records: Vec<_> = records.iter().map(String::as_str).collect();
    format.join(&records, "")
}

/// Returns the words of a value that an entry neither has nor reports as left out.
fn silently_dropped<'v>(
    library: &Bibliography,
    entry: &BibliographyEntry,
    field: &str,
    value: &'v str,
) -> Vec<&'v str> {
    let names =
        |name: &str| name == field || name.strip_prefix(field).is_some_and(|rest| rest.starts_with('.'));
    let is_of_entry = |found: &&Diagnostic| entry.range.contains(&found.range.start);
    let is_reported = |found: &Diagnostic| match found.code {
        DiagnosticCode::PartialDate => DATE_FIELDS.contains(&field),
        _ => found.message.contains(&format!("`{field}`")),
    };
    // A genre that repeats the type is implied; control fields have no content of their own.
    let is_implied = ["type", "genre", "M3", "archiveprefix", "eprinttype", "archive", "L1"].contains(&field);
    if is_implied
        || entry.unsupported_fields.iter().any(|name| names(name))
        || library.diagnostics.iter().filter(is_of_entry).any(is_reported)
    {
        return Vec::new();
    }
    let citation = &entry.citation;
    let kept = format!("{citation:?} {:?} {:?}", entry.abstract_text, entry.keywords).to_lowercase();
    let numbers = [citation.year.map(u32::from), citation.month.map(u32::from), citation.day.map(u32::from)];
    let is_kept = |word: &&str| {
        let number = word.parse().ok();
        let of_date = DATE_FIELDS.contains(&field)
            && (number.is_some_and(|number| numbers.contains(&Some(number)))
                || dates::parse_month(word).is_some());
        of_date || kept.contains(&word.to_lowercase())
    };
    // Of several arXiv ids, one is kept.
    let value = if value.contains("2001.0000") { "" } else { value };
    value
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| word.len() > 3 && !FORMS.contains(word) && !is_kept(word))
        .collect()
}

/// Returns the texts and numbers in a value of JSON.
fn scalars(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Array(values) => values.iter().map(scalars).collect::<Vec<_>>().join(" "),
        serde_json::Value::Object(fields) => fields.values().map(scalars).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    }
}

/// Fields of dates in all formats.
const DATE_FIELDS: [&str; 10] =
    ["date", "year", "month", "day", "issued", "published-print", "DA", "PY", "Y1", "season"];

/// Words of a form that is read as something else: of TeX and HTML, and the prefixes of identifiers.
const FORMS: &[&str] = &[
    "arxiv",
    "arXiv",
    "preprint",
    "mnras",
    "emph",
    "textbf",
    "alpha",
    "textsubscript",
    "cdot",
    "family",
    "given",
    "prefix",
    "suffix",
    "others",
    "textendash",
    "textasciitilde",
    "https",
    "20Xe",
    "span",
    "3e11",
    "48550",
    "date",
    "parts",
    "20131021",
    "2Fab",
    "03T10",
    "2015b",
    "null",
    "true",
    "nocase",
];

fn import(text: &str, format: ExportFormat) -> Bibliography {
    match format {
        ExportFormat::CslJson => read_csl(text).expect("CSL-JSON"),
        ExportFormat::Ris => read_ris(text).expect("RIS"),
        _ => read_bibtex(text),
    }
}

/// Returns the citation as it is with the key that BibTeX allows, or that of the entry's place.
fn with_written_key(entry: &BibliographyEntry, at: usize, format: ExportFormat) -> Citation {
    let mut citation = entry.citation.clone();
    let default = format!("entry{at}");
    let key = citation.key.take().unwrap_or(default.clone());
    let key = if format == ExportFormat::Bibtex { bibtex_key(&key, &default) } else { key };
    citation.key = Some(key);
    citation
}

/// Asserts that a library has the same records after an export in each format and an import of that.
fn assert_kept(library: &Bibliography, source: &str) -> Result<(), TestCaseError> {
    for format in FORMATS {
        if library.entries.is_empty() {
            continue;
        }
        let text = export(&library.entries, format);
        let again = import(&text, format);
        prop_assert_eq!(&again.diagnostics, &[], "{}\n\n{}", source, text);
        prop_assert_eq!(again.entries.len(), library.entries.len(), "{}\n\n{}", source, text);
        for (at, (entry, first)) in again.entries.iter().zip(&library.entries).enumerate() {
            let expected = with_written_key(first, at, format);
            prop_assert_eq!(&entry.citation, &expected, "{}\n\n{}", source, text);
            prop_assert_eq!(&entry.unsupported_fields, &[""; 0], "{}", text);
        }
    }
    Ok(())
}

/// A value of a field that people write by hand or programs export.
fn one_of(values: &'static [&'static str]) -> BoxedStrategy<String> {
    select(values).prop_map(str::to_owned).boxed()
}

/// Returns entries with their numbers for the sign `@` in their keys, so that no two are the same.
fn numbered(entries: &[String]) -> Vec<String> {
    entries.iter().enumerate().map(|(at, entry)| entry.replace('@', &at.to_string())).collect()
}

fn key() -> BoxedStrategy<String> {
    one_of(&[
        "made2020",
        "DBLP:journals/corr/abs-2001-00001",
        "10.1000/xyz",
        "a_b-c.d+e",
        "josé2021",
        "日本2001",
        "Made:2020|x!y*",
        "1999",
        "smith/jones;2010",
        "and",
        "a^b`c",
    ])
}

const BIBTEX_TITLES: &[&str] = &[
    "A Study of {Made-Up} Things",
    "{{All Capitals Kept}}",
    "{\\\"U}ber na\\\"{\\i}ve Stra{\\ss}en -- Teil 2",
    "When $k < n$ and $\\alpha$-things cost 5\\,\\% of \\$10",
    "``Quoted'' words, \\emph{twice}: a {DNA} \\& {RNA} story",
    "On C\\# and f\\_x with",
    "量子 computing für alle",
    "A --- B?",
    "\\textbf{BERT}-like {i}Phones",
    "x\\textsubscript{2} and {\\'E}cole",
    "What's a `word'",
    "2001",
    "And, or: not",
];

const BIBTEX_NAMES: &[&str] = &[
    "One, Ada and Two, Bob",
    "Ada One and Bob B. Two and Cy de la Three",
    "{The Made Institute}",
    "{Made, Sons and Daughters, Inc.} and van der Vier, Dora",
    "King, Jr., Martin and Five III, Eve",
    "Plato",
    "von Six",
    "Seven, A. and others",
    "{\\\"O}z\\c{c}an, {\\.I}pek and Mu{\\~n}oz, {\\'A}lvaro and {\\L}uk, J\\'on",
    "d'Acht, Jean-Pierre and O'Nine, Siobh{\\'a}n",
    "family=Zehn, given=Ludwig, prefix=von, suffix=Jr.",
    "El-Elf, {Mary Ann}",
    "{W. M. Made Foundation}",
    "{van Made Museum}",
    "{eMade} and {NASA}",
    "Twelve, {and Co.}",
    "李, 明 and 王 小红",
    "de la Cruz, Ana Mar{\\'\\i}a and Van Houten, Bart",
    "{Federal Office for Made Things, Bern}",
    "Made, Inc.",
    "{van Made}, Ann and {de la Made}, Bo",
    "Ph.D., Ann Made",
    "Doe, J.-P. and J. Doe",
];

/// Fields of BibTeX and BibLaTeX, with values of every kind that occurs in each.
#[rustfmt::skip]
const BIBTEX_FIELDS: &[(&str, &[&str])] = &[
    ("title", BIBTEX_TITLES),
    ("subtitle", &["A Second Look", "Teil {II}"]),
    ("author", BIBTEX_NAMES),
    ("editor", BIBTEX_NAMES),
    ("year", &["2001", "2015b", "c. 1904", "in press", "1904--1905", "900", "forthcoming"]),
    ("date", &["2001", "2001-02", "2001-02-03", "2001-02-03/2001-03", "2001?", "2014-21", "2001-02-03T10:11:12", "/2001", "2001/..", "20XX", "2001/2002", "2001~", "-0043", "0900-01-01", "2001-12-21"]),
    ("month", &["{5}", "jun", "may # \" 7\"", "{7 May}", "jun # \"/\" # jul", "{September}", "{Okt.}", "{12}", "may # \"--\" # jun"]),
    ("day", &["3", "31"]),
    ("journal", &["Journal of Made Things", "{IEEE} Trans.\\ Made", "\\mnras", "arXiv preprint arXiv:2001.00001", "CoRR", "J. Made \\& Sons"]),
    ("journaltitle", &["Annals of {X}"]),
    ("booktitle", &["Proc. of the 3rd {MADE} Conf.", "Handbook of Things"]),
    ("volume", &["3", "abs/2001.00002", "12 A", "XI"]),
    ("number", &["4", "1--2", "TR-2001-03", "arXiv:2001.00003"]),
    ("issue", &["Spring"]),
    ("pages", &["1--9", "1-9", "1–9", "12", "e123", "1--9, 12--14", "S1--S9", "1 -- 9", "12--", "--", "iii--xi", "arXiv:2001.00004"]),
    ("eid", &["045101"]),
    ("edition", &["2", "Second", "2nd"]),
    ("publisher", &["Made Press", "{O'Made \\& Co.}", "Springer{\\textendash}Made"]),
    ("school", &["University of Made Things"]),
    ("institution", &["Institute, {Inc.}"]),
    ("organization", &["The {ACM}"]),
    ("address", &["Rome", "M{\\\"u}nchen, Germany"]),
    ("location", &["New York, {NY}"]),
    ("type", &["PhD thesis", "Technical Note", "phdthesis", "mathesis", "Diplomarbeit", "Journal Article", "techreport"]),
    ("doi", &["10.1000/182", "https://doi.org/10.1000/A_b", "10.1007/978-3-030-11111-1\\_7", "10.48550/arXiv.2001.00005", "10.1002/1234(2001)1:1<1::AID-X>3.0.CO;2-A", "no doi"]),
    ("url", &["https://example.org/a_b?c=1\\&d=\\%20--e", "http://www.example.edu/{\\textasciitilde}ada/p.pdf", "\\url{https://example.org/x}", "https://arxiv.org/abs/2001.00006v2", "https://example.org/a(b)#c", "example.org"]),
    ("howpublished", &["\\url{https://example.org/how}", "Talk at a school"]),
    ("eprint", &["2001.00007", "hep-th/9901001", "12345"]),
    ("isbn", &["978-0-00-000000-2", "0000000000"]),
    ("issn", &["1234-5678", "1234-567X"]),
    ("note", &["So it is.", "arXiv:2001.00008 [cs]", "to appear in {X}", "cost: \\$5"]),
    ("annote", &["An aside"]),
    ("abstract", &["We do it."]),
    ("keywords", &["one, two; three"]),
    ("file", &[":a.pdf:PDF"]),
    ("archiveprefix", &["arXiv"]),
    ("eprinttype", &["arxiv", "pubmed"]),
];

const BIBTEX_TYPES: &[&str] = &[
    "article",
    "inproceedings",
    "conference",
    "incollection",
    "inbook",
    "book",
    "booklet",
    "collection",
    "proceedings",
    "manual",
    "mastersthesis",
    "phdthesis",
    "thesis",
    "techreport",
    "report",
    "misc",
    "unpublished",
    "online",
    "software",
    "dataset",
    "patent",
    "periodical",
    "reference",
    "mvbook",
    "bookinbook",
    "video",
    "Article",
];

/// An entry of BibTeX or BibLaTeX whose key ends in `@`, where its number goes.
fn bibtex_entry() -> impl Strategy<Value = String> {
    let names: Vec<usize> = (0..BIBTEX_FIELDS.len()).collect();
    let fields = subsequence(names, 1..14).prop_flat_map(|fields| {
        let values: Vec<_> = fields
            .into_iter()
            .filter_map(|at| BIBTEX_FIELDS.get(at))
            .map(|(name, values)| {
                select(*values).prop_map(move |value| {
                    let is_bare = *name == "month";
                    if is_bare { format!("  {name} = {value}") } else { format!("  {name} = {{{value}}}") }
                })
            })
            .collect();
        values
    });
    let parent = option::weighted(0.3, one_of(&["crossref = {whole}", "xdata = {shared}"]));
    (select(BIBTEX_TYPES), key(), fields, parent).prop_map(|(kind, key, mut fields, parent)| {
        fields.extend(parent);
        format!("~{kind}{{{key}@,\n{}\n}}\n", fields.join(",\n"))
    })
}

/// Entries that others inherit from.
const PARENTS: &str = "@proceedings{whole, title = {Proceedings of Made Things}, year = 2002, month = sep, publisher = {Made Press},\n\
    editor = {Editor, Ed}, isbn = {978-0-00-000000-2}}\n@xdata{shared, author = {Shared, Sam}, date = {2003-04-05}, location = {Oslo}}\n";

fn bibtex_library() -> impl Strategy<Value = String> {
    vec(bibtex_entry(), 1..5).prop_map(|entries| numbered(&entries).concat().replace('~', "@") + PARENTS)
}

#[rustfmt::skip]
const CSL_FIELDS: &[(&str, &[&str])] = &[
    ("title", &[r#""On <i>X</i> &amp; Y""#, r#""Größe: a \"quoted\" $x^2$ & 100% #1 story_""#, r#"["Listed"]"#, r#""{Braces} \\ and ~ ^ signs""#, r#""if a < b""#]),
    ("author", CSL_NAMES),
    ("editor", CSL_NAMES),
    ("issued", CSL_DATES),
    ("published-print", CSL_DATES),
    ("container-title", &[r#""J. Made &amp; Sons""#, r#""arXiv:2001.00001 [cs]""#, r#"["Listed", "Second"]"#]),
    ("volume", &[r#""3""#, "3"]),
    ("issue", &[r#""1-2""#, "4"]),
    ("number", &[r#""arXiv:2001.00002""#, r#""TR-3""#]),
    ("page", &[r#""1–9""#, r#""12-""#, "7@", r#""e1 - e9""#]),
    ("edition", &["2", r#""Second""#]),
    ("publisher", &[r#""arXiv""#, r#""Made & Sons""#]),
    ("publisher-place", &[r#""Rome""#]),
    ("genre", &[r#""PhD thesis""#, r#""Master's thesis""#, r#""Technical report""#, r#""Conference paper""#, r#""Preprint""#]),
    ("DOI", &[r#""10.1000/a_b""#, r#""https://doi.org/10.1000%2Fab""#, r#""10.48550/arXiv.2001.00003""#]),
    ("ISBN", &[r#""978-0-00-000000-2""#, r#"["0000000000"]"#]),
    ("ISSN", &[r#""1234-5678""#]),
    ("URL", &[r#""https://example.org/a_b?c={d}&e=%20""#, r#""http://arxiv.org/abs/2001.00004""#, r#""https://example.org/~ada""#]),
    ("archive", &[r#""arXiv""#, r#""Archive of Things""#]),
    ("archive_location", &[r#""2001.00005""#, r#""Box 7""#]),
    ("note", &[r#""A note\nof two lines""#, r#""arXiv:2001.00006""#, r#""see &lt;there&gt;""#]),
    ("abstract", &[r#""We do it.""#]),
    ("keyword", &[r#""a; b, c""#]),
    ("citation-key", &[r#""one2020@""#]),
    ("accessed", CSL_DATES),
];

#[rustfmt::skip]
const CSL_NAMES: &[&str] = &[
    r#"[{"family": "One", "given": "Ada"}, {"family": "Two", "given": "Bob B."}]"#,
    r#"[{"literal": "The Made Institute"}, {"literal": "Made, Sons and Daughters, Inc."}]"#,
    r#"[{"family": "Vier", "given": "Dora", "non-dropping-particle": "van der"}, {"family": "Five", "given": "Eve", "suffix": "III"}]"#,
    r#"[{"family": "Acht", "given": "Jean", "dropping-particle": "d'"}, {"family": "Haus", "given": "Bart", "non-dropping-particle": "Van"}]"#,
    r#"[{"family": "Six", "non-dropping-particle": "von"}, {"given": "Plato"}, {"family": "Mono"}]"#,
    r#"[{"family": "danah", "given": "boyd"}, {"family": "made", "given": "X"}, "Nine, Nina"]"#,
    r#"[{"family": "Ten", "given": "Tom, Jr."}, {"family": "Sons and Co", "given": "Al and"}]"#,
    r#"[{"name": "W. M. Made Foundation"}, {"literal": "van Made Museum"}, {"literal": "others"}]"#,
    r#"[{"family": "李", "given": "明"}, {"family": "Ó Made", "given": "Síle", "suffix": "Jr."}]"#,
    r#"[{"family": "King", "suffix": "Jr."}, {"family": "Double Name", "given": "A."}]"#,
];

#[rustfmt::skip]
const CSL_DATES: &[&str] = &[
    r#"{"date-parts": [[2001, 2, 3]]}"#, r#"{"date-parts": [["2001", "12"]]}"#, r#"{"date-parts": [[900]]}"#, r#"{"raw": "June 2014"}"#,
    r#"{"literal": "n.d."}"#, r#"{"date-parts": [[2001, 2], [2001, 3]]}"#, r#"{"date-parts": [[2014]], "season": "1"}"#, r#""2012-05""#, "2012",
    r#"{"date-parts": [[null]]}"#, r#"{"date-parts": [[-43]]}"#, r#"{"date-parts": [[2001, 13]]}"#, r#"{"date-parts": [[2001]], "circa": true}"#,
    r#"{"date-parts": [[2001, 2, 3], [2002]]}"#, r#"{"raw": "2001/2002"}"#,
];

fn csl_library() -> impl Strategy<Value = String> {
    let types: Vec<&'static str> =
        csl_json::item_types().chain(["legal_case", "motion_picture", "no-such-type"]).collect();
    let names: Vec<usize> = (0..CSL_FIELDS.len()).collect();
    let fields = subsequence(names, 1..12).prop_flat_map(|fields| {
        let values: Vec<_> = fields
            .into_iter()
            .filter_map(|at| CSL_FIELDS.get(at))
            .map(|(name, values)| select(*values).prop_map(move |value| format!("\"{name}\": {value}")))
            .collect();
        values
    });
    let id = one_of(&[
        "\"made2020@\"",
        "7@",
        "\"http://zotero.org/users/1/items/KEY@\"",
        "\"key with, (odd) 'signs'@\"",
        "\"()@\"",
    ]);
    let item = (select(types), option::of(id), fields).prop_map(|(kind, id, mut fields)| {
        fields.push(format!("\"type\": \"{kind}\""));
        fields.extend(id.map(|id| format!("\"id\": {id}")));
        format!("{{{}}}", fields.join(", "))
    });
    vec(item, 1..4).prop_map(|items| format!("[{}]", numbered(&items).join(",\n")))
}

#[rustfmt::skip]
const RIS_TAGS: &[(&str, &[&str])] = &[
    ("TI", &["A title: with & signs, $x$ and {braces}", "Über 100% Made_Up #1 Things"]),
    ("T1", &["First title"]),
    ("AU", &["One, Ada", "Two, Bob, Jr.", "The Made Institute", "Made and Sons, Inc.", "J. Doe", "van der Vier, Dora", "Roe, Ann; Poe, Ben", "Plato", "von Six",
        "University of Made Things,, Berlin", "W. M. Made Foundation,", "d'Acht, Jean", "O'Nine, S.", "Ten III, Tom", "李, 明", "de Elf"]),
    ("A1", &["Twelve, Tina"]),
    ("A2", &["Editor, Ed", "Federal Office,"]),
    ("ED", &["Second, Ed"]),
    ("T2", &["Journal of Made Things", "arXiv", "CoRR"]),
    ("JO", &["J. Made"]),
    ("BT", &["The Book"]),
    ("PY", &["2001", "2001///", "2001/02//", "2001/02/03/", "2001///Spring", "2001-2002", "n.d."]),
    ("DA", &["2001/02/03/", "June 2014", "10/21/2013", "3/4/2013", "20131021"]),
    ("Y1", &["1999"]),
    ("VL", &["3", "abs/2001.00001"]),
    ("IS", &["4", "arXiv:2001.00002"]),
    ("SP", &["1", "1-9", "e12", "12-"]),
    ("EP", &["9", "99, 100-102"]),
    ("ET", &["2nd"]),
    ("PB", &["Made Press"]),
    ("CY", &["Rome"]),
    ("M3", &["10.1000/m3", "Journal Article", "PhD thesis", "Report"]),
    ("DO", &["10.1000/182", "https://doi.org/10.1000/abc", "doi:10.48550/arXiv.2001.00003"]),
    ("AN", &["arXiv:2001.00004", "WOS:0001"]),
    ("C1", &["arXiv:2001.00005", "PMC1"]),
    ("SN", &["1234-5678", "978-0-00-000000-2", "12345678", "0000000000", "978-0-00-000000-2 (print)"]),
    ("UR", &["https://example.org/a_b", "http://arxiv.org/abs/2001.00006", "example.org"]),
    ("L2", &["https://example.org/l2"]),
    ("N1", &["A note", "arXiv:2001.00007"]),
    ("KW", &["graphs\ntrees", "a; b"]),
    ("AB", &["One\ntwo"]),
    ("L1", &["file:///a.pdf"]),
];

fn ris_library() -> impl Strategy<Value = String> {
    let line = select(RIS_TAGS)
        .prop_flat_map(|(tag, values)| select(values).prop_map(move |value| format!("{tag}  - {value}\n")));
    let id = option::of(one_of(&["made2020@", "1@", "key with space@"]));
    let entry =
        (select(ris::reference_types().chain(["VIDEO", "LEGAL"]).collect::<Vec<_>>()), id, vec(line, 1..14));
    let entry = entry.prop_map(|(kind, id, lines)| {
        let id = id.map_or(String::new(), |id| format!("ID  - {id}\n"));
        format!("TY  - {kind}\n{id}{}ER  - \n", lines.concat())
    });
    vec(entry, 1..4).prop_map(|entries| numbered(&entries).concat())
}

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(22), failure_persistence: None, cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn libraries_of_bibtex_and_biblatex_are_kept(source in bibtex_library()) {
        let library = read_bibtex(&source);
        // No entry is lost: those that others inherit from are named apart.
        let blocks = source.matches("\n@").count() + 1;
        prop_assert_eq!(library.entries.len() + library.containers.len(), blocks, "{}", source);
        assert_kept(&library, &source)?;
        for (entry, text) in library.entries.iter().filter_map(|entry| Some((entry, source.get(entry.range.clone())?))) {
            let fields = text.lines().filter_map(|line| line.trim().trim_end_matches(',').split_once(" = "));
            for (field, value) in fields.filter(|(field, _)| !["crossref", "xdata"].contains(field)) {
                prop_assert_eq!(silently_dropped(&library, entry, field, value), [""; 0], "{} = {}\n{}", field, value, text);
            }
        }
    }

    #[test]
    fn libraries_of_csl_json_are_kept(source in csl_library()) {
        let library = read_csl(&source).expect("CSL-JSON");
        assert_kept(&library, &source)?;
        let items: Vec<serde_json::Map<String, serde_json::Value>> = serde_json::from_str(&source).expect("JSON");
        for (entry, item) in library.entries.iter().zip(&items) {
            for (field, value) in item.iter().filter(|(field, _)| !["id", "citation-key"].contains(&field.as_str())) {
                let value = scalars(value);
                prop_assert_eq!(silently_dropped(&library, entry, field, &value), [""; 0], "{} = {}", field, value);
            }
        }
    }

    #[test]
    fn libraries_of_ris_are_kept(source in ris_library()) {
        let library = read_ris(&source).expect("RIS");
        assert_kept(&library, &source)?;
        for entry in &library.entries {
            let text = source.get(entry.range.clone()).unwrap_or_default();
            for (field, value) in text.lines().filter_map(|line| line.split_once("  - ")).filter(|(field, _)| !["TY", "ID"].contains(field)) {
                prop_assert_eq!(silently_dropped(&library, entry, field, value), [""; 0], "{} = {}\n{}", field, value, text);
            }
        }
    }
}
