//! Feeds of new entries: Atom (RFC 4287) and JSON Feed 1.1.

use std::io;

use jiff::Timestamp;
use notebook_core::notebook::Entry;
use notebook_core::search::{Field, field_text};
use serde_json::json;

use super::site_metadata::{ATOM_FEED, JSON_FEED, SiteMetadata, title_text};
use super::xml::Xml;
use crate::site::Failure;

/// Entries in a feed, so that a subscriber who checks it now and then misses none.
const MAX_ITEMS: usize = 30;

/// An entry in a feed.
struct FeedItem {
    title: String,
    address: String,
    text: String,
    date: Timestamp,
}

/// Returns the newest entries that have a title, newest first.
fn items(site: &SiteMetadata) -> Vec<FeedItem> {
    let named = site.notebook.walk().filter(|(_, entry)| !matches!(entry, Entry::Prose(_)));
    let mut items: Vec<FeedItem> = named
        .filter_map(|(_, entry)| {
            let id = entry.id().as_str();
            let text = field_text(entry, Field::Notes).lines().join("\n\n");
            let (date, address) = (site.dates.of_entry(id)?, site.url_of(&format!("#{id}"))?);
            Some(FeedItem { title: title_text(entry), address, text, date })
        })
        .collect();
    items.sort_by_key(|item| std::cmp::Reverse(item.date));
    items.truncate(MAX_ITEMS);
    items
}

pub(super) fn json(site: &SiteMetadata) -> String {
    let authors = site.notebook.author.as_ref().map(|name| vec![json!({ "name": name })]);
    let items = items(site).into_iter().map(|item| {
        json!({
            "id": item.address, "url": item.address, "title": item.title, "content_text": item.text,
            "date_modified": item.date.to_string(),
        })
    });
    let mut feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": site.notebook.title,
        "home_page_url": site.url_of(""),
        "feed_url": site.url_of(JSON_FEED),
        "language": site.notebook.language(),
        "items": items.collect::<Vec<_>>(),
    });
    if let Some(feed) = feed.as_object_mut() {
        // Unknown fields are left out: JSON Feed does not allow null.
        feed.extend(site.notebook.description.as_ref().map(|text| ("description".into(), json!(text))));
        feed.extend(authors.map(|authors| ("authors".into(), json!(authors))));
    }
    format!("{feed:#}\n")
}

pub(super) fn atom(site: &SiteMetadata) -> Result<String, Failure> {
    Xml::document(|xml| write_atom(site, xml)).map_err(|error| format!("the feed cannot be written: {error}"))
}

fn write_atom(site: &SiteMetadata, xml: &mut Xml) -> io::Result<()> {
    let address = site.url_of("").unwrap_or_default();
    let feed_url = site.url_of(ATOM_FEED).unwrap_or_default();
    let updated = site.dates.newest().unwrap_or_default().to_string();
    let lang = site.notebook.language();
    xml.begin("feed", &[("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", lang)])?;
    xml.text("id", &[], &address)?;
    xml.text("title", &[], &site.notebook.title)?;
    if let Some(described) = &site.notebook.description {
        xml.text("subtitle", &[], described)?;
    }
    xml.text("updated", &[], &updated)?;
    xml.begin("author", &[])?;
    // RFC 4287 requires an author; without one, the title of the notebook takes that place.
    xml.text("name", &[], site.notebook.author.as_ref().unwrap_or(&site.notebook.title))?;
    xml.end("author")?;
    xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &address)])?;
    xml.empty("link", &[("rel", "self"), ("type", "application/atom+xml"), ("href", &feed_url)])?;
    for item in items(site) {
        xml.begin("entry", &[])?;
        xml.text("id", &[], &item.address)?;
        xml.text("title", &[], &item.title)?;
        xml.text("updated", &[], &item.date.to_string())?;
        xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &item.address)])?;
        xml.text("content", &[("type", "text")], &item.text)?;
        xml.end("entry")?;
    }
    xml.end("feed")
}
