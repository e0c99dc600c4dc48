//! The content security policy of a page, which allows only what the page needs.

use std::collections::BTreeSet;

use notebook_core::notebook::{Notebook, UrlUse};

use super::inline_text::InlineText;

/// The policy of a page, which may load and run nothing else but its own inline scripts and styles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Policy {
    /// A page with files of its site beside it.
    Site {
        /// Servers of pictures, or other sources of them.
        image_servers: BTreeSet<String>,
        /// True if its scripts load styles.
        loads_styles: bool,
    },
    /// The page of the studio, which runs a program in a worker and shows another page of the site.
    Studio {
        /// The nonce of the styles that its script adds.
        nonce: String,
    },
    /// A page that is a single file: it makes no requests, except for pictures of these servers.
    SingleFile {
        /// Servers of pictures.
        image_servers: BTreeSet<String>,
    },
}

/// The parts of a page that its policy depends on.
#[derive(Debug)]
pub(super) struct PageParts<'a> {
    /// Scripts in the head, and modules at the end of the body.
    pub(super) scripts: [&'a [InlineText]; 2],
    pub(super) styles: &'a [InlineText],
    /// True if the icon is a data URL.
    pub(super) has_inlined_icon: bool,
    /// True if links are relative to another address than that of the page.
    pub(super) has_base: bool,
}

impl Policy {
    /// Returns the policy of a page, which allows its inline scripts and styles by their hashes.
    pub(super) fn value(&self, page: &PageParts) -> String {
        let sources = |texts: &[InlineText]| {
            texts.iter().fold(String::new(), |all, text| format!("{all} {}", text.csp_source()))
        };
        let servers = |servers: &BTreeSet<String>| {
            servers.iter().fold(String::new(), |all, one| format!("{all} {one}"))
        };
        let scripts = page.scripts.map(sources).concat();
        let styles = sources(page.styles);
        match self {
            Self::Site { image_servers, loads_styles } => format!(
                "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{scripts}; style-src{styles}{}; img-src 'self'{}{}; \
                 connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri {}; \
                 require-trusted-types-for 'script'; trusted-types notebook",
                if *loads_styles { " 'self'" } else { "" },
                if page.has_inlined_icon { " data:" } else { "" },
                servers(image_servers),
                if page.has_base { "'self'" } else { "'none'" },
            ),
            // A text to be opened may be anywhere.
            Self::Studio { nonce } => format!(
                "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data: blob:; \
                 connect-src 'self' https:; manifest-src 'self'; worker-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; \
                 require-trusted-types-for 'script'; trusted-types notebook",
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

    fn value_of(policy: &Policy, has_inlined_icon: bool, has_base: bool) -> String {
        let styles = [InlineText::style("a{}".to_owned()).unwrap()];
        let [script, module] = ["1", "2"].map(|text| [InlineText::script(text.to_owned()).unwrap()]);
        policy.value(&PageParts { scripts: [&script, &module], styles: &styles, has_inlined_icon, has_base })
    }

    #[test]
    fn policy_of_a_site_allows_inline_scripts_by_hash_and_own_files() {
        let image_servers = BTreeSet::from(["https://a.example".to_owned()]);
        let policy = |loads_styles| Policy::Site { image_servers: image_servers.clone(), loads_styles };
        let value = value_of(&policy(false), false, false);
        for part in [
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s='",
            "style-src 'sha256-",
            "img-src 'self' https://a.example;",
            "base-uri 'none';",
        ] {
            assert!(value.contains(part), "{part} in {value}");
        }
        assert!(!value.contains("unsafe-inline") && !value.contains("' 'self';"), "{value}");
        let value = value_of(&policy(true), true, true);
        for part in ["' 'self'; img-src 'self' data: https://a.example;", "base-uri 'self';"] {
            assert!(value.contains(part), "{part} in {value}");
        }
    }

    #[test]
    fn policy_of_a_single_file_allows_no_requests() {
        let image_servers = BTreeSet::from(["https://a.example".to_owned()]);
        let value = value_of(&Policy::SingleFile { image_servers }, false, false);
        assert_eq!(value.matches("'sha256-").count(), 3, "{value}");
        assert!(value.contains("img-src data: https://a.example;") && !value.contains("'self'"), "{value}");
        assert!(!value.contains("connect-src") && !value.contains("unsafe-inline"), "{value}");
    }
}
