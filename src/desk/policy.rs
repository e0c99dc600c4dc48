//! What a browser may do with the page: nothing but what it needs (content security policy).

use std::collections::BTreeSet;

use notebook_core::notebook::{Notebook, UrlUse};

use super::integrity::source;
use super::{Failure, icon, tags};

/// The policy of a page, by what stands in it: its own scripts and styles, where its pictures are, and from where its
/// links may be meant.
pub(super) fn policy(page: &str, pictures: &BTreeSet<String>, base: &str) -> String {
    let sources = |name: &str| {
        tags::texts(page, name).into_iter().map(source).fold(String::new(), |all, one| format!("{all} {one}"))
    };
    // Styles that the page's script asks for.
    let later = tags::texts(page, "script").iter().any(|script| script.contains(".css\""));
    let linked = if later { " 'self'" } else { "" };
    let pictures = pictures.iter().fold(String::new(), |all, one| format!("{all} {one}"));
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{}; style-src{}; img-src 'self'{}{pictures}; \
         connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri {base}; \
         require-trusted-types-for 'script'; trusted-types notebook",
        sources("script"),
        sources("style") + linked,
        icon::source(page),
    )
}

/// What a page cannot say of itself, in the form that Netlify, Cloudflare Pages and their like read (`_headers`).
pub(super) const HEADERS: &str = "\
/*
  Content-Security-Policy: frame-ancestors 'self'
  X-Content-Type-Options: nosniff
  Referrer-Policy: strict-origin-when-cross-origin

/parts/*
  Cache-Control: public, max-age=31536000, immutable
";

/// Servers that a notebook has pictures from.
pub(super) fn pictures(notebook: &mut Notebook) -> BTreeSet<String> {
    let mut servers = BTreeSet::new();
    notebook.map_urls(&mut |url, used_as| {
        if used_as == UrlUse::Image
            && let Some((scheme, rest)) = url.as_str().split_once("://")
        {
            let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
            // What could end the source, or the attribute that it stands in, is no host.
            let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
            if !host.is_empty() && host.chars().all(plain) {
                servers.insert(format!("{scheme}://{host}"));
            }
        }
    });
    servers
}

/// Whether Trunk changes the page while it serves it: then what stands in it is not known yet.
pub(super) fn is_served_by_trunk(page: &str) -> bool {
    page.contains("__TRUNK_")
}

/// The page under its policy.
///
/// # Errors
/// A page without a head.
pub(super) fn settle(page: &str, policy: &str) -> Result<String, Failure> {
    let (before, after) =
        page.split_once("<meta charset=\"utf-8\">").ok_or("index.html has no `<meta charset=\"utf-8\">`")?;
    let policy = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">");
    Ok(format!("{before}<meta charset=\"utf-8\">\n    {policy}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_may_run_what_stands_in_it_and_load_what_is_its_own() {
        let page = "<head><meta charset=\"utf-8\"><style>a{}</style><script>1</script></head>";
        let pictures = BTreeSet::from(["https://a.example".to_owned()]);
        let policy = policy(page, &pictures, "'none'");
        for part in [
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s=';",
            "style-src 'sha256-",
            "img-src 'self' https://a.example;",
        ] {
            assert!(policy.contains(part), "{part} in {policy}");
        }
        assert!(!policy.contains("unsafe-inline") && !policy.contains("' 'self';"));
        let later =
            super::policy("<style>a{}</style><script>f(\"late-1.css\")</script>", &pictures, "'none'");
        assert!(later.contains("' 'self'; img-src"), "{later}");
        let settled = settle(page, &policy).unwrap();
        assert!(settled.contains("<meta http-equiv=\"Content-Security-Policy\""));
    }
}
