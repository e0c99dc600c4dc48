//! A polite HTTP client: it identifies itself, sends a host at most one request a second, obeys `Retry-After`, and caches responses.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use jiff::fmt::rfc2822;
use reqwest::header::{
    ACCEPT, ETAG, HeaderMap, HeaderName, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, LOCATION,
    RETRY_AFTER,
};
use reqwest::redirect::Policy;
use reqwest::{Client, StatusCode, Url};
use tokio::time::{Instant, sleep, sleep_until};

use super::response_cache::{CachedHead, CachedResponse, ResponseCache, unix_time};
use super::service_error::ServiceError;

/// Environment variable with the time between two requests to a host, in milliseconds.
const INTERVAL: &str = "NOTEBOOK_REQUEST_INTERVAL";
/// Environment variable with an address at which services can reach the person who asks. Crossref and `OpenAlex` answer such
/// requests more reliably: <https://www.crossref.org/documentation/retrieve-metadata/rest-api/tips-for-using-the-crossref-rest-api/>.
const CONTACT: &str = "NOTEBOOK_CONTACT";
/// Time between two requests to a host. arXiv asks for three seconds: <https://info.arxiv.org/help/api/tou.html>.
const DEFAULT_INTERVAL: Duration = Duration::from_secs(1);
const ARXIV_INTERVAL: Duration = Duration::from_secs(3);
/// Time in which a connection must be made. Chosen: long enough for slow lines; a check of links waits as
/// long for every host that is gone.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// Time in which a response must be complete. Chosen: long enough for a slow service; without a limit, one host that never
/// finishes its answer would stop the command.
const TIMEOUT: Duration = Duration::from_secs(30);
/// Environment variable with the time in which a response must be complete, in milliseconds.
const TIMEOUT_VARIABLE: &str = "NOTEBOOK_REQUEST_TIMEOUT";
/// Attempts of a request, if the failure may pass. Chosen: with one, a short failure would end a lookup of many papers; with
/// many, the author would wait for a service that is down.
const ATTEMPTS: u32 = 3;
/// The longest wait that a service may ask for. A longer one is an error for the author.
const MAX_WAIT: Duration = Duration::from_mins(1);
/// Bytes of the largest response that is read. A record with thousands of authors has less than one megabyte.
const MAX_BODY: usize = 16 << 20;
/// Redirects that are followed. Chosen: pages redirect a few times; a longer chain is a loop.
const MAX_REDIRECTS: usize = 10;

/// A complete response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ServiceResponse {
    pub(super) status: u16,
    pub(super) body: Vec<u8>,
    /// The address of the response, after redirects.
    pub(super) final_url: String,
    /// Every redirect on the way was permanent.
    pub(super) is_permanent: bool,
}

impl ServiceResponse {
    /// Returns the body of a success.
    pub(super) fn success(self) -> Result<Vec<u8>, ServiceError> {
        match self.status {
            200..=299 => Ok(self.body),
            404 | 410 => Err(ServiceError::NotFound),
            status => Err(ServiceError::Status(status)),
        }
    }
}

/// A request for an address.
#[derive(Clone, Copy, Debug)]
pub(super) struct Request<'a> {
    pub(super) url: &'a str,
    /// The media type that is wanted.
    pub(super) accept: &'a str,
    /// A stored response that is younger is used instead of a request.
    pub(super) max_age: Duration,
    /// True if the body is read too, and not only the status.
    pub(super) wants_body: bool,
    pub(super) follows_redirects: bool,
}

/// The client with the times of its requests.
#[derive(Debug)]
pub(super) struct HttpClient {
    client: Client,
    cache: ResponseCache,
    /// Replaces the intervals.
    interval: Option<Duration>,
    /// For each host, when the next request may be sent.
    next: Mutex<HashMap<String, Instant>>,
}

impl HttpClient {
    /// Creates a client with the settings of the environment.
    ///
    /// # Errors
    /// Fails if a setting is invalid, or TLS cannot be set up.
    pub(super) fn from_environment(cache: ResponseCache) -> Result<Self, String> {
        // Another part of the program may have installed it.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let milliseconds = |name: &str| match std::env::var(name) {
            Ok(text) => match text.trim().parse() {
                Ok(milliseconds) => Ok(Some(Duration::from_millis(milliseconds))),
                Err(_) => Err(format!("{name} is `{text}`: set it to a number of milliseconds, or unset it")),
            },
            Err(_) => Ok(None),
        };
        let contact = std::env::var(CONTACT).ok().filter(|contact| !contact.trim().is_empty());
        let contact = contact.map_or(String::new(), |contact| format!(" (mailto:{})", contact.trim()));
        let client = Client::builder()
            .user_agent(format!("notebook/{}{contact}", env!("CARGO_PKG_VERSION")))
            .redirect(Policy::none())
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(milliseconds(TIMEOUT_VARIABLE)?.unwrap_or(TIMEOUT))
            .build()
            .map_err(|error| format!("requests cannot be sent: {}", reason(&error)))?;
        Ok(Self { client, cache, interval: milliseconds(INTERVAL)?, next: Mutex::default() })
    }

    /// Returns the response of an address: the stored one if it is young enough, else a new one. If the host cannot be
    /// reached, a stored success of any age is better than none.
    pub(super) async fn get(&self, request: Request<'_>) -> Result<ServiceResponse, ServiceError> {
        let cached = self.cache.get(&cache_key(request));
        if let Some(cached) = cached.as_ref().filter(|cached| cached.is_fresh(request.max_age)) {
            return Ok(to_response(cached));
        }
        match self.send_with_retries(request, cached.as_ref()).await {
            Ok(response) => {
                self.cache.put(&response);
                Ok(to_response(&response))
            }
            Err(ServiceError::Unreachable(_))
                if cached.as_ref().is_some_and(|cached| cached.head.status == 200) =>
            {
                cached.as_ref().map(to_response).ok_or(ServiceError::NotFound)
            }
            Err(error) => Err(error),
        }
    }

    /// Sends a request, and sends it again after failures that may pass.
    async fn send_with_retries(
        &self,
        request: Request<'_>,
        cached: Option<&CachedResponse>,
    ) -> Result<CachedResponse, ServiceError> {
        let mut attempt = 1;
        loop {
            let result = self.follow(request, cached).await;
            let wait = match &result {
                Err(ServiceError::Busy(wait)) => wait.unwrap_or(DEFAULT_INTERVAL * 2_u32.pow(attempt)),
                Err(ServiceError::Unreachable(_)) => DEFAULT_INTERVAL,
                Err(ServiceError::Status(status)) if *status >= 500 => DEFAULT_INTERVAL * attempt,
                _ => return result,
            };
            if attempt == ATTEMPTS || wait > MAX_WAIT {
                return result;
            }
            sleep(self.interval.map_or(wait, |interval| wait.min(interval))).await;
            attempt += 1;
        }
    }

    /// Sends a request once, and follows redirects.
    async fn follow(
        &self,
        request: Request<'_>,
        cached: Option<&CachedResponse>,
    ) -> Result<CachedResponse, ServiceError> {
        let unreadable = |error: &dyn std::fmt::Display| ServiceError::Unreadable(error.to_string());
        let mut url = Url::parse(request.url).map_err(|error| unreadable(&error))?;
        let mut head = CachedHead { url: cache_key(request), is_permanent: true, ..CachedHead::default() };
        for _ in 0..=MAX_REDIRECTS {
            self.wait_for_turn(&url).await;
            let mut sent = self.client.get(url.clone()).header(ACCEPT, request.accept);
            if let Some(cached) = cached {
                for (name, value) in
                    [(IF_NONE_MATCH, &cached.head.etag), (IF_MODIFIED_SINCE, &cached.head.last_modified)]
                {
                    if let Some(value) = value {
                        sent = sent.header(name, value);
                    }
                }
            }
            let response = sent.send().await.map_err(|error| ServiceError::Unreachable(reason(&error)))?;
            let (status, headers) = (response.status(), response.headers().clone());
            if status == StatusCode::NOT_MODIFIED
                && let Some(cached) = cached
            {
                let mut cached = cached.clone();
                cached.head.requested_at = unix_time();
                return Ok(cached);
            }
            if status.is_redirection() && request.follows_redirects {
                let location = header(&headers, &LOCATION).ok_or(ServiceError::Status(status.as_u16()))?;
                url = url.join(&location).map_err(|error| unreadable(&error))?;
                if !matches!(url.scheme(), "http" | "https") {
                    return Err(unreadable(&format!("it leads to {url}")));
                }
                head.is_permanent &= matches!(status.as_u16(), 301 | 308);
                continue;
            }
            if matches!(status.as_u16(), 429 | 503) {
                return Err(ServiceError::Busy(
                    header(&headers, &RETRY_AFTER).and_then(|text| retry_after(&text)),
                ));
            }
            if status.is_server_error() {
                return Err(ServiceError::Status(status.as_u16()));
            }
            (head.status, head.final_url, head.requested_at) =
                (status.as_u16(), url.to_string(), unix_time());
            head.etag = header(&headers, &ETAG);
            head.last_modified = header(&headers, &LAST_MODIFIED);
            let body = if request.wants_body { read_body(response).await? } else { Vec::new() };
            return Ok(CachedResponse { head, body });
        }
        Err(ServiceError::Unreadable(format!("more than {MAX_REDIRECTS} redirects")))
    }

    /// Waits until the next request may be sent to a host, and reserves the time after this request.
    async fn wait_for_turn(&self, url: &Url) {
        let host = url.host_str().unwrap_or_default();
        let default_interval = if host.ends_with("arxiv.org") { ARXIV_INTERVAL } else { DEFAULT_INTERVAL };
        let interval = self.interval.unwrap_or(default_interval);
        let turn = {
            let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
            let turn = next.get(host).copied().unwrap_or_else(Instant::now).max(Instant::now());
            next.insert(host.to_owned(), turn + interval);
            turn
        };
        sleep_until(turn).await;
    }
}

/// Returns the name under which a response is stored. One that was requested without its body has another name.
fn cache_key(request: Request<'_>) -> String {
    if request.wants_body { request.url.to_owned() } else { format!("link {}", request.url) }
}

fn to_response(cached: &CachedResponse) -> ServiceResponse {
    ServiceResponse {
        status: cached.head.status,
        body: cached.body.clone(),
        final_url: cached.head.final_url.clone(),
        is_permanent: cached.head.is_permanent,
    }
}

/// Reads the body of a response up to a limit.
async fn read_body(mut response: reqwest::Response) -> Result<Vec<u8>, ServiceError> {
    let mut body = Vec::new();
    while let Some(chunk) =
        response.chunk().await.map_err(|error| ServiceError::Unreachable(reason(&error)))?
    {
        body.extend_from_slice(&chunk);
        if body.len() > MAX_BODY {
            return Err(ServiceError::Unreadable("it is too long".into()));
        }
    }
    Ok(body)
}

fn header(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

/// Reads `Retry-After`: seconds, or a date (RFC 9110, 10.2.3).
fn retry_after(text: &str) -> Option<Duration> {
    if let Ok(seconds) = text.trim().parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date: Timestamp = rfc2822::DateTimeParser::new().parse_timestamp(text.trim()).ok()?;
    let now = Timestamp::try_from(SystemTime::now()).ok()?;
    u64::try_from(date.as_second() - now.as_second()).ok().map(Duration::from_secs)
}

/// Returns the innermost cause of a failure, which is the most specific: `Connection refused`, `dns error`.
fn reason(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return "no answer in time".into();
    }
    let mut cause: &dyn std::error::Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_seconds_and_dates_to_wait_for() {
        assert_eq!(retry_after("120"), Some(Duration::from_mins(2)));
        assert_eq!(retry_after("Wed, 21 Oct 2015 07:28:00 GMT"), None);
        let later = Timestamp::try_from(SystemTime::now() + Duration::from_secs(100)).unwrap();
        let date = rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&later).unwrap();
        let wait = retry_after(&date).unwrap();
        assert!((98..=100).contains(&wait.as_secs()), "{wait:?} for {date}");
        assert_eq!(retry_after("soon"), None);
    }
}
