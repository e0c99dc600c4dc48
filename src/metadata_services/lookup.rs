//! The order of requests to services about a work, and requests about several works at once.

use std::collections::HashMap;
use std::time::Duration;

use super::http_client::{HttpClient, Request};
use super::response_cache::ResponseCache;
use super::service_error::{LookupError, ServiceError};
use super::work::Work;
use super::work_id::WorkId;
use super::{arxiv, crossref, datacite, open_library, openalex, pubmed, web_page};

/// Environment variable with an address that replaces those of all services, whose names follow it: `{address}/crossref`.
const SERVICES: &str = "NOTEBOOK_METADATA_SERVICES";
/// Environment variable with the key of an account at `OpenAlex`, which allows more requests than without one.
const OPENALEX_KEY: &str = "OPENALEX_API_KEY";
/// Records change rarely: a response of this month is used again.
const MAX_RECORD_AGE: Duration = Duration::from_hours(30 * 24);

const JSON: &str = "application/json";
const XML: &str = "application/atom+xml, application/xml;q=0.9, text/xml;q=0.9";
const HTML: &str = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1";

/// The services, with the client that asks them.
#[derive(Debug)]
pub(crate) struct MetadataServices {
    pub(super) client: HttpClient,
    /// Replaces the addresses of all services.
    base: Option<String>,
    openalex_key: Option<String>,
    max_age: Duration,
}

impl MetadataServices {
    /// Sets up the client with the settings of the environment.
    ///
    /// # Errors
    /// Fails if a setting is invalid.
    pub(crate) fn from_environment() -> Result<Self, String> {
        let client = HttpClient::from_environment(ResponseCache::of_user())?;
        let variable = |name| std::env::var(name).ok().filter(|value: &String| !value.trim().is_empty());
        let base = variable(SERVICES).map(|base| base.trim().trim_end_matches('/').to_owned());
        if let Some(base) = &base
            && !base.starts_with("http://")
            && !base.starts_with("https://")
        {
            return Err(format!("{SERVICES} is `{base}`: it must begin with https:// or http://"));
        }
        let openalex_key = variable(OPENALEX_KEY).map(|key| key.trim().to_owned());
        Ok(Self { client, base, openalex_key, max_age: MAX_RECORD_AGE })
    }

    /// Uses answers only if they are younger than this.
    #[must_use]
    pub(crate) fn with_max_age(mut self, max_age: Duration) -> Self {
        self.max_age = max_age;
        self
    }

    /// Looks up a work.
    ///
    /// # Errors
    /// Fails if no service knows it, or none can be asked.
    pub(crate) async fn find(&self, id: &WorkId) -> Result<Work, LookupError> {
        let mut failures = Vec::new();
        match id {
            WorkId::Page(url) => match self.page(url.as_str()).await {
                Ok(record) => {
                    // A service has more complete data than the page; if it fails, the page's will do.
                    if let Some(id) = &record.id
                        && let Ok(work) = self.by_identifier(id, &mut failures).await
                    {
                        return Ok(work);
                    }
                    return Ok(record.work);
                }
                Err(error) => failures.push((web_page::NAME, error)),
            },
            id => {
                if let Ok(work) = self.by_identifier(id, &mut failures).await {
                    return Ok(work);
                }
            }
        }
        Err(LookupError { work: id.to_string(), failures })
    }

    /// Looks up several works with as few requests as the services allow. `progress` receives the number of works that are
    /// done. A work that no answer about several contains is looked up by itself.
    pub(crate) async fn find_all(
        &self,
        ids: &[WorkId],
        progress: &mut dyn FnMut(usize),
    ) -> HashMap<WorkId, Result<Work, LookupError>> {
        let mut found = HashMap::new();
        let preprints: Vec<&str> =
            ids.iter().filter_map(|id| if let WorkId::Arxiv(id) = id { Some(&**id) } else { None }).collect();
        for group in preprints.chunks(arxiv::BATCH) {
            add_works(&mut found, self.arxiv(group).await, WorkId::Arxiv);
            progress(found.len());
        }
        let articles: Vec<&str> =
            ids.iter().filter_map(|id| if let WorkId::Pmid(id) = id { Some(&**id) } else { None }).collect();
        for group in articles.chunks(pubmed::BATCH) {
            add_works(&mut found, self.pubmed(group).await, WorkId::Pmid);
            progress(found.len());
        }
        let dois: Vec<&str> = ids.iter().filter_map(doi_at_crossref).collect();
        // A single DOI is looked up at its own address.
        for group in dois.chunks(crossref::BATCH).filter(|group| group.len() > 1) {
            add_works(&mut found, self.crossref(group).await, WorkId::Doi);
            progress(found.len());
        }
        for id in ids {
            if !found.contains_key(id) {
                let work = self.find(id).await;
                let is_offline = work.as_ref().is_err_and(LookupError::is_offline);
                found.insert(id.clone(), work);
                progress(found.len());
                if is_offline {
                    // All others would wait for the same connection.
                    break;
                }
            }
        }
        found
    }

    /// Requests a record from the services that know an identifier until one has it. The errors of the others are added to `failures`.
    async fn by_identifier(
        &self,
        id: &WorkId,
        failures: &mut Vec<(&'static str, ServiceError)>,
    ) -> Result<Work, ()> {
        for service in services(id) {
            match self.request(service, id).await {
                // An answer about another work would be worse than none.
                Ok(work) if is_about(&work, id) => return Ok(work),
                Ok(_) => {
                    failures.push((service, ServiceError::Unreadable("it is about another work".into())));
                }
                Err(error) => failures.push((service, error)),
            }
        }
        Err(())
    }

    async fn request(&self, service: &'static str, id: &WorkId) -> Result<Work, ServiceError> {
        match (service, id) {
            (arxiv::NAME, WorkId::Arxiv(name)) => work_named(name, self.arxiv(&[name]).await?),
            (pubmed::NAME, WorkId::Pmid(number)) => work_named(number, self.pubmed(&[number]).await?),
            (crossref::NAME, WorkId::Doi(doi)) => {
                let url = crossref::query(&self.address(crossref::NAME, crossref::ADDRESS), doi);
                self.read(&url, JSON, crossref::read).await?.pop().ok_or(ServiceError::NotFound)
            }
            (crossref::NAME, WorkId::Isbn(isbn)) => {
                let url = crossref::isbn_query(&self.address(crossref::NAME, crossref::ADDRESS), isbn);
                let mut work = crossref::book(self.read(&url, JSON, crossref::read).await?)
                    .ok_or(ServiceError::NotFound)?;
                work.entry.citation.isbn = Some(isbn.clone());
                Ok(work)
            }
            (open_library::NAME, WorkId::Isbn(isbn)) => {
                let url = open_library::query(&self.address("openlibrary", open_library::ADDRESS), isbn);
                self.read(&url, JSON, |body| open_library::read(body, isbn))
                    .await?
                    .ok_or(ServiceError::NotFound)
            }
            (datacite::NAME, WorkId::Doi(_) | WorkId::Arxiv(_)) => {
                let doi = match id {
                    WorkId::Arxiv(name) => format!("10.48550/arXiv.{name}"),
                    other => other.to_string().trim_start_matches("doi:").to_owned(),
                };
                let url = datacite::query(&self.address(datacite::NAME, datacite::ADDRESS), &doi);
                self.read(&url, JSON, datacite::read).await
            }
            (openalex::NAME, id) => {
                let base = self.address(openalex::NAME, openalex::ADDRESS);
                let url =
                    openalex::query(&base, id, self.openalex_key.as_deref()).ok_or(ServiceError::NotFound)?;
                self.read(&url, JSON, openalex::read).await
            }
            _ => Err(ServiceError::NotFound),
        }
    }

    pub(super) async fn arxiv(&self, ids: &[&str]) -> Result<Vec<(String, Work)>, ServiceError> {
        let url = arxiv::query(&self.address(arxiv::NAME, arxiv::ADDRESS), ids);
        let works = self.read(&url, XML, |body| arxiv::read(&String::from_utf8_lossy(body))).await;
        works.map_err(not_found_if_invalid)
    }

    async fn pubmed(&self, numbers: &[&str]) -> Result<Vec<(String, Work)>, ServiceError> {
        let url = pubmed::query(&self.address(pubmed::NAME, pubmed::ADDRESS), numbers);
        let works = self.read(&url, XML, |body| pubmed::read(&String::from_utf8_lossy(body))).await;
        works.map_err(not_found_if_invalid)
    }

    /// Returns the works with these DOIs, each with the DOI as it was asked for.
    async fn crossref(&self, dois: &[&str]) -> Result<Vec<(String, Work)>, ServiceError> {
        let url = crossref::batch_query(&self.address(crossref::NAME, crossref::ADDRESS), dois);
        let works = self.read(&url, JSON, crossref::read).await?;
        let has_doi = |work: &&Work, doi: &str| {
            work.entry.citation.doi.as_deref().is_some_and(|found| found.eq_ignore_ascii_case(doi))
        };
        let named =
            |doi: &&str| Some(((*doi).to_owned(), works.iter().find(|work| has_doi(work, doi))?.clone()));
        Ok(dois.iter().filter_map(named).collect())
    }

    async fn page(&self, url: &str) -> Result<web_page::PageRecord, ServiceError> {
        let request =
            Request { url, accept: HTML, max_age: self.max_age, wants_body: true, follows_redirects: true };
        let body = self.client.get(request).await?.success()?;
        web_page::read(&String::from_utf8_lossy(&body))
            .ok_or_else(|| ServiceError::Unreadable("it does not say which paper it is about".into()))
    }

    /// Requests an address and reads the response.
    async fn read<T>(
        &self,
        url: &str,
        accept: &str,
        read: impl FnOnce(&[u8]) -> Result<T, String>,
    ) -> Result<T, ServiceError> {
        let request =
            Request { url, accept, max_age: self.max_age, wants_body: true, follows_redirects: true };
        let body = self.client.get(request).await?.success()?;
        read(&body).map_err(ServiceError::Unreadable)
    }

    /// Returns the address of a service.
    pub(super) fn address(&self, name: &str, default: &str) -> String {
        self.base.as_ref().map_or(default.to_owned(), |base| format!("{base}/{}", name.to_lowercase()))
    }
}

/// Adds the works of an answer. One that failed adds none: its works are looked up by themselves.
fn add_works(
    found: &mut HashMap<WorkId, Result<Work, LookupError>>,
    works: Result<Vec<(String, Work)>, ServiceError>,
    id: fn(String) -> WorkId,
) {
    found.extend(works.unwrap_or_default().into_iter().map(|(name, work)| (id(name), Ok(work))));
}

/// Returns the work with an identifier.
fn work_named(name: &str, works: Vec<(String, Work)>) -> Result<Work, ServiceError> {
    let work = works.into_iter().find(|(found, _)| found == name);
    work.map(|(_, work)| work).ok_or(ServiceError::NotFound)
}

/// Converts the status 400, with which arXiv and the E-utilities answer if an identifier is not well-formed or none exists.
fn not_found_if_invalid(error: ServiceError) -> ServiceError {
    match error {
        ServiceError::Status(400) => ServiceError::NotFound,
        error => error,
    }
}

/// Returns a DOI that Crossref is asked for first, in a request about several.
fn doi_at_crossref(id: &WorkId) -> Option<&str> {
    match id {
        WorkId::Doi(doi) if crossref::is_batchable(doi) && !datacite::has_prefix(doi) => Some(doi),
        _ => None,
    }
}

/// Returns the services that know an identifier, the best first.
fn services(id: &WorkId) -> &'static [&'static str] {
    match id {
        WorkId::Arxiv(_) => &[arxiv::NAME, datacite::NAME, openalex::NAME],
        WorkId::Doi(doi) if datacite::has_prefix(doi) => &[datacite::NAME, crossref::NAME, openalex::NAME],
        WorkId::Doi(_) => &[crossref::NAME, datacite::NAME, openalex::NAME],
        WorkId::Isbn(_) => &[crossref::NAME, open_library::NAME],
        WorkId::Pmid(_) => &[pubmed::NAME, openalex::NAME],
        WorkId::Pmcid(_) => &[openalex::NAME],
        WorkId::Page(_) => &[],
    }
}

/// Returns true unless a record has another identifier of the same kind than the one that was asked for, or no title.
fn is_about(work: &Work, id: &WorkId) -> bool {
    let citation = &work.entry.citation;
    let has = |found: &Option<String>, asked: &str| {
        found.as_deref().is_none_or(|found| found.eq_ignore_ascii_case(asked))
    };
    citation.title.is_some()
        && match id {
            WorkId::Arxiv(id) => has(&citation.arxiv, id),
            WorkId::Doi(doi) => has(&citation.doi, doi),
            _ => true,
        }
}

#[cfg(test)]
mod tests {
    use notebook_core::bibliography::BibliographyEntry;
    use notebook_core::notebook::Citation;

    use super::*;

    #[test]
    fn the_service_that_knows_an_identifier_best_is_asked_first() {
        for (id, expected) in [
            ("2010.11929", "arXiv"),
            ("10.1145/3292500.3330701", "Crossref"),
            ("10.5281/zenodo.1234567", "DataCite"),
            ("9780262035613", "Crossref"),
            ("PMID 23193287", "PubMed"),
            ("PMC3531190", "OpenAlex"),
        ] {
            assert_eq!(services(&WorkId::parse(id).unwrap()).first(), Some(&expected), "{id}");
        }
    }

    #[test]
    fn a_record_of_another_work_or_without_title_does_not_count() {
        let work = |title: Option<&str>, doi: &str| {
            let citation =
                Citation { title: title.map(str::to_owned), doi: Some(doi.into()), ..Citation::default() };
            Work { entry: BibliographyEntry { citation, ..BibliographyEntry::default() }, ..Work::default() }
        };
        let id = WorkId::Doi("10.1000/Ab".into());
        assert!(is_about(&work(Some("Quiet"), "10.1000/ab"), &id));
        assert!(!is_about(&work(Some("Quiet"), "10.1000/ac"), &id));
        assert!(!is_about(&work(None, "10.1000/ab"), &id));
    }
}
