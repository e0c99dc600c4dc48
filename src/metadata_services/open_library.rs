//! Books of Open Library, which knows more ISBNs than Crossref: <https://openlibrary.org/dev/docs/api/books>.

use serde_json::{Value, json};

use super::requests::json_body;
use super::work::{Work, from_csl};

pub(super) const NAME: &str = "Open Library";
pub(super) const ADDRESS: &str = "https://openlibrary.org";

/// Returns the address of the record of a book.
pub(super) fn query(base: &str, isbn: &str) -> String {
    format!("{base}/api/books?bibkeys=ISBN:{isbn}&format=json&jscmd=data")
}

/// Reads an answer; `None` if the book is not known.
///
/// # Errors
/// Fails if it is not a JSON object.
pub(super) fn read(body: &[u8], isbn: &str) -> Result<Option<Work>, String> {
    let answer = json_body(body)?;
    let books = answer.as_object().ok_or("it is not an object")?;
    let Some(book) = books.get(&format!("ISBN:{isbn}")) else { return Ok(None) };
    let text = |path: &str| book.pointer(path).and_then(Value::as_str).filter(|text| !text.is_empty());
    let title = text("/title").ok_or("the book has no `title`")?;
    let title = text("/subtitle").map_or(title.to_owned(), |subtitle| format!("{title}: {subtitle}"));
    let authors = book.get("authors").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let item = json!({
        "type": "book",
        "title": title,
        "author": authors.iter().filter_map(|author| author.get("name")?.as_str()).collect::<Vec<_>>(),
        "issued": { "raw": text("/publish_date") },
        "publisher": text("/publishers/0/name"),
        "publisher-place": text("/publish_places/0/name"),
        "ISBN": isbn,
        "URL": text("/url"),
    });
    Ok(Some(from_csl(item)))
}

#[cfg(test)]
mod tests {
    use notebook_core::notebook::WorkType;

    use super::*;

    #[test]
    fn a_book_is_read() {
        let answer = json!({ "ISBN:9780000000002": { "title": "Quiet", "subtitle": "A Book", "publish_date": "May 2, 2016",
            "authors": [{ "name": "Ada One", "url": "x" }], "publishers": [{ "name": "Made Press" }],
            "url": "https://openlibrary.org/books/OL9M/Quiet" } });
        let work = read(answer.to_string().as_bytes(), "9780000000002").unwrap().unwrap();
        let citation = &work.entry.citation;
        assert_eq!((citation.work_type, citation.year), (WorkType::Book, Some(2016)));
        assert_eq!(citation.title.as_deref(), Some("Quiet: A Book"));
        assert_eq!(citation.authors[0].display_name(), "Ada One");
        assert_eq!(citation.isbn.as_deref(), Some("9780000000002"));
        assert_eq!(read(b"{}", "9780000000002"), Ok(None));
        assert!(read(b"[]", "9780000000002").is_err());
    }
}
