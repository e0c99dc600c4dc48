//! Checks of addresses: whether they still lead somewhere, and where to.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use futures_util::StreamExt as _;
use notebook_core::notebook::{PaperSource, Url, UrlKind};

use super::http_client::Request;
use super::lookup::MetadataServices;
use super::requests::encode_path;
use super::service_error::ServiceError;
use super::work_id::WorkId;

/// A link that was asked for less than a day ago is not asked for again.
const MAX_AGE_OF_LINKS: Duration = Duration::from_hours(24);
/// Hosts that are asked at the same time; each of them gets one request at a time.
const HOSTS_AT_ONCE: usize = 8;

/// The state of an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum LinkState {
    /// A page, or a file.
    Alive,
    /// The server reports that there is nothing.
    Dead(u16),
    /// Moved permanently, to this address.
    Moved(String),
    /// Could not be determined.
    Unchecked(SkippedReason),
}

/// The reason why an address could not be checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SkippedReason {
    /// The host cannot be reached.
    Unreachable(String),
    /// The host answers programs in another way than people, or asks them to wait.
    Refused,
}

impl MetadataServices {
    /// Checks addresses. `progress` receives the number of those that are done.
    pub(crate) async fn check_links(
        &self,
        urls: &[Url],
        progress: &(dyn Fn(usize) + Sync),
    ) -> HashMap<Url, LinkState> {
        let mut by_host: BTreeMap<String, Vec<&Url>> = BTreeMap::new();
        for url in urls {
            if let UrlKind::Web(host, _) = url.kind() {
                by_host.entry(host.to_lowercase()).or_default().push(url);
            }
        }
        let groups = by_host.into_values().map(|urls| async move {
            let mut states = Vec::new();
            for url in urls {
                states.push((url.clone(), self.check_link(url).await));
            }
            states
        });
        let mut groups = futures_util::stream::iter(groups).buffer_unordered(HOSTS_AT_ONCE);
        let mut all = HashMap::new();
        while let Some(states) = groups.next().await {
            all.extend(states);
            progress(all.len());
        }
        all
    }

    async fn check_link(&self, url: &Url) -> LinkState {
        let doi = match WorkId::of_source(&PaperSource::from_url(url)) {
            Some(WorkId::Doi(doi)) if is_resolver(url) => Some(doi),
            _ => None,
        };
        // A resolver knows whether a DOI exists; the publishers behind it refuse programs.
        let resolved = doi
            .as_ref()
            .map(|doi| format!("{}/{}", self.address("doi", "https://doi.org"), encode_path(doi)));
        let address = resolved.as_deref().unwrap_or(url.as_str());
        let request = Request {
            url: address,
            accept: "text/html, */*;q=0.5",
            max_age: MAX_AGE_OF_LINKS,
            wants_body: false,
            follows_redirects: doi.is_none(),
        };
        match self.client.get(request).await {
            Ok(answer) => match answer.status {
                404 | 410 => LinkState::Dead(answer.status),
                200..=399
                    if doi.is_none()
                        && answer.is_permanent
                        && is_elsewhere(url.as_str(), &answer.final_url) =>
                {
                    LinkState::Moved(answer.final_url)
                }
                200..=399 => LinkState::Alive,
                _ => LinkState::Unchecked(SkippedReason::Refused),
            },
            Err(ServiceError::Unreachable(reason)) => {
                LinkState::Unchecked(SkippedReason::Unreachable(reason))
            }
            Err(_) => LinkState::Unchecked(SkippedReason::Refused),
        }
    }
}

fn is_resolver(url: &Url) -> bool {
    matches!(url.kind(), UrlKind::Web(host, _)
        if ["doi.org", "www.doi.org", "dx.doi.org"].iter().any(|resolver| host.eq_ignore_ascii_case(resolver)))
}

/// Returns true if two addresses are of different pages: a change of `http`, `www.` or a slash at the end is none.
fn is_elsewhere(from: &str, to: &str) -> bool {
    let page = |url: &str| {
        let url = url.split('#').next().unwrap_or_default();
        let url = url.split_once("://").map_or(url, |(_, rest)| rest);
        let (host, path) = url.split_once('/').unwrap_or((url, ""));
        let host = host.to_lowercase();
        format!("{}/{}", host.strip_prefix("www.").unwrap_or(&host), path.trim_end_matches('/'))
    };
    page(from) != page(to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_at_another_address_is_elsewhere() {
        for (from, to, expected) in [
            ("http://a.example/x", "https://www.a.example/x/", false),
            ("https://A.example", "https://a.example/", false),
            ("https://a.example/x#part", "https://a.example/x", false),
            ("https://a.example/x", "https://a.example/y", true),
            ("https://a.example/x", "https://b.example/x", true),
            ("https://a.example/x?id=1", "https://a.example/x?id=2", true),
        ] {
            assert_eq!(is_elsewhere(from, to), expected, "{from} {to}");
        }
    }
}
