//! The content security policy of a page, which allows only what the page needs.

use std::collections::BTreeSet;

use notebook_core::notebook::{Notebook, UrlUse};

use super::integrity::csp_source;
use super::{Failure, html_tags, icon};

/// Returns the policy of a page: it allows the inline scripts and styles of the page by their hashes, pictures from
/// `image_servers`, and a `<base>` element as `base` says.
pub(super) fn page_policy(page: &str, image_servers: &BTreeSet<String>, base: &str) -> String {
    let sources = |name: &str| {
        html_tags::element_texts(page, name)
            .into_iter()
            .map(csp_source)
            .fold(String::new(), |all, one| format!("{all} {one}"))
    };
    // Styles that the loader fetches.
    let has_deferred_styles =
        html_tags::element_texts(page, "script").iter().any(|script| script.contains(".css\""));
    let linked = if has_deferred_styles { " 'self'" } else { "" };
    let image_servers = image_servers.iter().fold(String::new(), |all, one| format!("{all} {one}"));
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{}; style-src{}; img-src 'self'{}{image_servers}; \
         connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri {base}; \
         require-trusted-types-for 'script'; trusted-types notebook",
        sources("script"),
        sources("style") + linked,
        icon::csp_source(page),
    )
}

/// Headers that a page cannot set itself, in the `_headers` format of Netlify and Cloudflare Pages.
pub(super) const HEADERS: &str = "\
/*
  Content-Security-Policy: frame-ancestors 'self'
  X-Content-Type-Options: nosniff
  Referrer-Policy: strict-origin-when-cross-origin

/chunks/*
  Cache-Control: public, max-age=31536000, immutable
";

/// Returns the servers that a notebook embeds pictures from, as sources of the policy.
pub(super) fn image_servers(notebook: &mut Notebook) -> BTreeSet<String> {
    let mut servers = BTreeSet::new();
    notebook.for_each_url_mut(&mut |url, used_as| {
        if used_as == UrlUse::Image
            && let Some((scheme, rest)) = url.as_str().split_once("://")
        {
            let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
            // Other characters could end the source or the attribute.
            let is_host_char =
                |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
            if !host.is_empty() && host.chars().all(is_host_char) {
                servers.insert(format!("{scheme}://{host}"));
            }
        }
    });
    servers
}

/// Returns true if Trunk will change the page while it serves it, so that hashes of its scripts would be wrong.
pub(super) fn is_served_by_trunk(page: &str) -> bool {
    page.contains("__TRUNK_")
}

/// Inserts a policy into a page.
///
/// # Errors
/// Fails if the page does not declare its encoding, before which the policy must not come.
pub(super) fn insert(page: &str, policy: &str) -> Result<String, Failure> {
    let (before, after) =
        page.split_once("<meta charset=\"utf-8\">").ok_or("index.html has no `<meta charset=\"utf-8\">`")?;
    let policy = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">");
    Ok(format!("{before}<meta charset=\"utf-8\">\n    {policy}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn policy_allows_inline_scripts_by_hash_and_own_files() {
        let page = "<head><meta charset=\"utf-8\"><style>a{}</style><script>1</script></head>";
        let servers = BTreeSet::from(["https://a.example".to_owned()]);
        let policy = page_policy(page, &servers, "'none'");
        for part in [
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s=';",
            "style-src 'sha256-",
            "img-src 'self' https://a.example;",
        ] {
            assert!(policy.contains(part), "{part} in {policy}");
        }
        assert!(!policy.contains("unsafe-inline") && !policy.contains("' 'self';"));
        let deferred =
            page_policy("<style>a{}</style><script>f(\"deferred-1.css\")</script>", &servers, "'none'");
        assert!(deferred.contains("' 'self'; img-src"), "{deferred}");
        assert!(insert(page, &policy).unwrap().contains("<meta http-equiv=\"Content-Security-Policy\""));
    }
}
