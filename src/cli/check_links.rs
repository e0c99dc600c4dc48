//! `notebook check --links`: asks whether the addresses of a notebook still lead somewhere, and whether papers were retracted or
//! have newer versions.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use notebook_core::Diagnostic;
use notebook_core::diagnostic::DiagnosticCode;
use notebook_core::markdown::{LocatedUrl, Parsed};
use notebook_core::notebook::{Entry, PaperSource, Url, UrlKind};

use crate::metadata_services::{LinkState, LookupError, MetadataServices, SkippedReason, Work, WorkId, run};
use crate::pipeline::summary::count_of;
use crate::site::Failure;
use crate::site::progress::Progress;

/// Records about retractions and versions are asked for again after a week.
const MAX_NOTICE_AGE: Duration = Duration::from_hours(7 * 24);

/// Adds the diagnostics of links to those of a notebook. Returns a line about how many were checked.
///
/// # Errors
/// Fails if no host can be reached.
#[allow(clippy::too_many_lines, reason = "the steps of one check in their order")]
pub(super) fn check_links(parsed: &mut Parsed) -> Result<String, Failure> {
    let services = MetadataServices::from_environment()?.with_max_age(MAX_NOTICE_AGE);
    let places: Vec<&LocatedUrl> =
        parsed.addresses.iter().filter(|place| matches!(place.url.kind(), UrlKind::Web(..))).collect();
    let mut pages: Vec<Url> = Vec::new();
    let mut seen = HashSet::new();
    for place in &places {
        // arXiv asks programs to use its API instead of its pages.
        let is_preprint = matches!(WorkId::of_url(&place.url), Some(WorkId::Arxiv(_)));
        if !is_preprint && seen.insert(place.url.as_str()) {
            pages.push(place.url.clone());
        }
    }
    let works = cited_works(parsed, &places);
    let mut ids: Vec<WorkId> = works.iter().map(|(id, _)| id.clone()).collect();
    ids.sort_by_key(ToString::to_string);
    ids.dedup();
    let (states, found) = run(async {
        let progress = Progress::for_requests("checking links", pages.len());
        let states = services.check_links(&pages, &|done| progress.set(done)).await;
        progress.finish();
        let progress = Progress::for_requests("checking papers", ids.len());
        let found = services.find_all(&ids, &mut |done| progress.set(done)).await;
        progress.finish();
        (states, found)
    })?;
    if let Some(reason) = offline_reason(&states, &found) {
        return Err(format!("links cannot be checked ({reason}): check the network connection"));
    }
    let mut diagnostics = Vec::new();
    for place in &places {
        diagnostics.extend(states.get(&place.url).and_then(|state| link_diagnostic(place, state)));
    }
    for (id, range) in &works {
        match found.get(id) {
            Some(Ok(work)) => diagnostics.extend(notice_diagnostic(work, range)),
            Some(Err(error)) if error.is_unknown() && matches!(id, WorkId::Arxiv(_)) => {
                diagnostics.push(Diagnostic {
                    code: DiagnosticCode::DeadLink,
                    range: range.clone(),
                    message: format!("arXiv has no paper {}", id.to_string().trim_start_matches("arXiv:")),
                    help: "correct the id".into(),
                });
            }
            _ => {}
        }
    }
    for place in &places {
        diagnostics.extend(version_diagnostic(place, &found));
    }
    // A paper's address and its entry may both have led to the same finding.
    diagnostics.sort_by_key(|found| (found.range.start, found.range.end, found.code));
    diagnostics.dedup();
    parsed.diagnostics.extend(diagnostics);
    parsed.diagnostics.sort_by_key(|found| (found.range.start, found.range.end, found.code));
    let refused =
        states.values().filter(|state| **state == LinkState::Unchecked(SkippedReason::Refused)).count();
    let refused = if refused == 0 {
        String::new()
    } else {
        format!(
            "; {} could not be checked, because their hosts reject automated requests",
            count_of(refused, "link")
        )
    };
    Ok(format!("checked: {}, {}{refused}", count_of(states.len(), "link"), count_of(found.len(), "paper")))
}

/// Returns the arXiv papers and DOIs that a notebook links to or cites, with their places.
fn cited_works(parsed: &Parsed, places: &[&LocatedUrl]) -> Vec<(WorkId, std::ops::Range<usize>)> {
    let is_known = |id: &WorkId| matches!(id, WorkId::Arxiv(_) | WorkId::Doi(_));
    let linked = places
        .iter()
        .filter_map(|place| Some((WorkId::of_url(&place.url).filter(is_known)?, place.range.clone())));
    let mut works: Vec<_> = linked.collect();
    let ranges: HashMap<_, _> = parsed.places.iter().map(|(id, range)| (id, range)).collect();
    for (_, entry) in parsed.notebook.walk() {
        let Entry::Paper(paper) = entry else { continue };
        let doi = paper.citation.as_ref().and_then(|citation| citation.doi.clone());
        if let (Some(doi), Some(range)) = (doi, ranges.get(&paper.id)) {
            let id = WorkId::Doi(doi);
            if !works.iter().any(|(other, _)| *other == id) {
                works.push((id, (*range).clone()));
            }
        }
    }
    works
}

/// Returns the reason why nothing was reached, if nothing was.
fn offline_reason(
    states: &HashMap<Url, LinkState>,
    found: &HashMap<WorkId, Result<Work, LookupError>>,
) -> Option<String> {
    let mut reasons = states.values().map(|state| match state {
        LinkState::Unchecked(SkippedReason::Unreachable(reason)) => Some(reason.clone()),
        _ => None,
    });
    let lookups = found.values().map(|result| result.as_ref().err().filter(|error| error.is_offline()));
    let is_offline = lookups.clone().all(|error| error.is_some());
    let first = reasons.next();
    match (first, lookups.clone().next()) {
        (Some(Some(reason)), _) if is_offline && reasons.all(|reason| reason.is_some()) => Some(reason),
        (None, Some(Some(error))) if is_offline => {
            error.failures.first().map(|(name, failure)| format!("{name} {failure}"))
        }
        _ => None,
    }
}

fn link_diagnostic(place: &LocatedUrl, state: &LinkState) -> Option<Diagnostic> {
    let (code, message, help) = match state {
        LinkState::Alive | LinkState::Unchecked(SkippedReason::Refused) => return None,
        LinkState::Dead(status) => (
            DiagnosticCode::DeadLink,
            format!("{} no longer exists (status {status})", place.url),
            format!("look for its new address, or link to a copy: https://web.archive.org/web/{}", place.url),
        ),
        LinkState::Moved(to) => (
            DiagnosticCode::MovedLink,
            format!("{} has moved", place.url),
            format!("if it is the same page, write {to}"),
        ),
        LinkState::Unchecked(SkippedReason::Unreachable(reason)) => (
            DiagnosticCode::DeadLink,
            format!("the host of {} could not be reached ({reason})", place.url),
            "if this persists, look for its new address".to_owned(),
        ),
    };
    Some(Diagnostic { code, range: place.range.clone(), message, help })
}

fn notice_diagnostic(work: &Work, range: &std::ops::Range<usize>) -> Option<Diagnostic> {
    let notice = work.notice.as_ref()?;
    let title = work.entry.citation.title.as_deref().unwrap_or("this paper");
    let help = match &notice.address {
        Some(address) => format!("read the notice: {address}"),
        None => "read the notice on its page".to_owned(),
    };
    let message = format!("`{title}` has a notice of {}", notice.kind);
    Some(Diagnostic { code: DiagnosticCode::RetractedPaper, range: range.clone(), message, help })
}

/// Returns a note if an address asks for a version of a preprint that is not the latest.
fn version_diagnostic(
    place: &LocatedUrl,
    found: &HashMap<WorkId, Result<Work, LookupError>>,
) -> Option<Diagnostic> {
    let source = PaperSource::from_url(&place.url);
    let id = WorkId::of_source(&source).filter(|id| matches!(id, WorkId::Arxiv(_)))?;
    let latest = found.get(&id)?.as_ref().ok()?.version?;
    let linked = source.version.filter(|linked| *linked < latest)?;
    Some(Diagnostic {
        code: DiagnosticCode::NewerVersion,
        range: place.range.clone(),
        message: format!("this is version {linked} of {id}, and version {latest} is the latest"),
        help: format!("change the address to v{latest}, or leave out the version to link to the latest one"),
    })
}
