//! The content security policy of a page, which allows only what the page needs.

use std::collections::BTreeSet;

use notebook_core::notebook::{Notebook, UrlUse};

use super::html_page::{HtmlPage, InlineText};

/// The policy of a page, which may load and run nothing else but its own inline scripts and styles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Policy {
    /// A page with files of its site beside it.
    Site {
        /// Servers of pictures.
        image_servers: BTreeSet<String>,
        /// True if its scripts load styles.
        loads_styles: bool,
    },
    /// A page that is a single file: it makes no requests, except for pictures of these servers.
    SingleFile {
        /// Servers of pictures.
        image_servers: BTreeSet<String>,
    },
}

impl Policy {
    /// Returns the policy of a page, which allows its inline scripts and styles by their hashes.
    pub(super) fn value(&self, page: &HtmlPage) -> String {
        let sources = |texts: &[InlineText]| {
            texts.iter().fold(String::new(), |all, text| format!("{all} {}", text.csp_source()))
        };
        let servers = |servers: &BTreeSet<String>| {
            servers.iter().fold(String::new(), |all, one| format!("{all} {one}"))
        };
        let scripts = sources(&page.scripts) + &sources(&page.modules);
        let styles = sources(&page.styles);
        match self {
            Self::Site { image_servers, loads_styles } => format!(
                "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{scripts}; style-src{styles}{}; img-src 'self'{}{}; \
                 connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri {}; \
                 require-trusted-types-for 'script'; trusted-types notebook",
                if *loads_styles { " 'self'" } else { "" },
                if page.icon.starts_with("data:") { " data:" } else { "" },
                servers(image_servers),
                if page.base.is_some() { "'self'" } else { "'none'" },
            ),
            Self::SingleFile { image_servers } => format!(
                "default-src 'none'; script-src 'wasm-unsafe-eval'{scripts}; style-src{styles}; img-src data:{}; base-uri 'none'; \
                 form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
                servers(image_servers),
            ),
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn page() -> HtmlPage {
        let mut page = HtmlPage::new(&Notebook::default(), String::new(), String::new());
        page.styles.push(InlineText::style("a{}".to_owned()).unwrap());
        page.scripts.push(InlineText::script("1".to_owned()).unwrap());
        page.modules.push(InlineText::script("2".to_owned()).unwrap());
        page
    }

    #[test]
    fn policy_of_a_site_allows_inline_scripts_by_hash_and_own_files() {
        let image_servers = BTreeSet::from(["https://a.example".to_owned()]);
        let policy = |loads_styles| Policy::Site { image_servers: image_servers.clone(), loads_styles };
        let value = policy(false).value(&page());
        for part in [
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s='",
            "style-src 'sha256-",
            "img-src 'self' https://a.example;",
            "base-uri 'none';",
        ] {
            assert!(value.contains(part), "{part} in {value}");
        }
        assert!(!value.contains("unsafe-inline") && !value.contains("' 'self';"), "{value}");
        let value = policy(true).value(&HtmlPage { icon: "data:x".into(), base: Some("../"), ..page() });
        for part in ["' 'self'; img-src 'self' data: https://a.example;", "base-uri 'self';"] {
            assert!(value.contains(part), "{part} in {value}");
        }
    }

    #[test]
    fn policy_of_a_single_file_allows_no_requests() {
        let image_servers = BTreeSet::from(["https://a.example".to_owned()]);
        let value = Policy::SingleFile { image_servers }.value(&page());
        assert_eq!(value.matches("'sha256-").count(), 3, "{value}");
        assert!(value.contains("img-src data: https://a.example;") && !value.contains("'self'"), "{value}");
        assert!(!value.contains("connect-src") && !value.contains("unsafe-inline"), "{value}");
    }
}
