//! The settings of an object store, which are in the environment.

use std::collections::BTreeMap;
use std::env;
use std::net::Ipv6Addr;

use object_store::aws::{AmazonS3Builder, AmazonS3ConfigKey};

use crate::site::Failure;

/// Returns the endpoint of a store other than Amazon S3.
pub(super) fn endpoint() -> Option<String> {
    AwsSettings::from_env().endpoint().map(|(_, url)| url.to_owned())
}

/// The `AWS_*` environment variables, without white space around their values, and without empty ones.
#[derive(Debug)]
pub(super) struct AwsSettings(BTreeMap<String, String>);

impl AwsSettings {
    pub(super) fn from_env() -> Self {
        let text =
            env::vars_os().filter_map(|(name, value)| name.into_string().ok().zip(value.into_string().ok()));
        Self::new(text)
    }

    fn new(variables: impl Iterator<Item = (String, String)>) -> Self {
        let own = variables.filter(|(name, _)| name.starts_with("AWS_"));
        let trimmed = own.map(|(name, value)| (name, value.trim().to_owned()));
        Self(trimmed.filter(|(_, value)| !value.is_empty()).collect())
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// Returns the endpoint of a store other than Amazon S3, with the variable that sets it.
    pub(super) fn endpoint(&self) -> Option<(&'static str, &str)> {
        let names = ["AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_ENDPOINT"];
        names.into_iter().find_map(|name| Some((name, self.get(name)?)))
    }

    /// Checks values that `object_store` would panic about when it sends the first request.
    ///
    /// # Errors
    /// Names the variable. Secret values are not printed.
    pub(super) fn check(&self) -> Result<(), Failure> {
        for (name, value) in &self.0 {
            let is_used = name.to_ascii_lowercase().parse::<AmazonS3ConfigKey>().is_ok();
            if is_used && value.chars().any(|character| character.is_control() || !character.is_ascii()) {
                return Err(format!(
                    "the value of {name} contains a line break or a character that is not ASCII: copy it again"
                ));
            }
        }
        for name in ["AWS_REGION", "AWS_DEFAULT_REGION"] {
            let is_name = |value: &str| value.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
            if let Some(region) = self.get(name).filter(|region| !is_name(region)) {
                return Err(format!("{name} is `{region}`: a region is a word such as eu-central-1"));
            }
        }
        let Some((name, url)) = self.endpoint() else { return Ok(()) };
        match url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")) {
            None => Err(format!("{name} is `{url}`: it must begin with https:// (or http://)")),
            Some(address) if is_endpoint(address) => Ok(()),
            Some(_) => Err(format!("{name} is `{url}`: write it as https://HOST or https://HOST:PORT")),
        }
    }

    /// Sets the options of a store that these variables name, as `AmazonS3Builder::from_env` does.
    pub(super) fn apply(&self, mut builder: AmazonS3Builder) -> AmazonS3Builder {
        for (name, value) in &self.0 {
            if let Ok(key) = name.to_ascii_lowercase().parse::<AmazonS3ConfigKey>() {
                builder = builder.with_config(key, value);
            }
        }
        builder
    }
}

/// Returns true for an endpoint without its scheme, of which addresses of files can be made: a host or an address of IPv6 in brackets,
/// perhaps a port, and a path.
fn is_endpoint(address: &str) -> bool {
    let is_in_path = |c: char| c.is_ascii_graphic() && !"\"<>\\^`{|}[]".contains(c);
    let (authority, path) = address.split_at(address.find(['/', '?', '#']).unwrap_or(address.len()));
    let (host, port) =
        authority.rsplit_once(':').filter(|_| !authority.ends_with(']')).unwrap_or((authority, "80"));
    let is_host = match host.strip_prefix('[') {
        Some(number) => number.strip_suffix(']').is_some_and(|number| number.parse::<Ipv6Addr>().is_ok()),
        None => !host.is_empty() && host.chars().all(|c| c.is_ascii_alphanumeric() || ".-_".contains(c)),
    };
    is_host && port.parse::<u16>().is_ok() && path.chars().all(is_in_path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(variables: &[(&str, &str)]) -> AwsSettings {
        AwsSettings::new(variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
    }

    #[test]
    fn ignores_white_space_around_settings_and_empty_ones() {
        let read = settings(&[("AWS_ACCESS_KEY_ID", " AKID\n"), ("AWS_REGION", "\t"), ("HOME", "/x")]);
        assert_eq!(read.0, BTreeMap::from([("AWS_ACCESS_KEY_ID".to_owned(), "AKID".to_owned())]));
        read.check().unwrap();
    }

    #[test]
    fn rejects_settings_that_cannot_be_used_by_name() {
        for name in ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_REGION"] {
            for value in ["a\nb", "a\u{7f}b", "clé"] {
                let error = settings(&[(name, value)]).check().unwrap_err();
                assert!(error.contains(name) && !error.contains(value), "{error}");
            }
        }
        for name in ["AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_ENDPOINT"] {
            for url in [
                "store.example.net",
                "store.example.net:9000",
                "localhost:9000",
                "ftp://store.example.net",
                "//store.example.net",
                "https://",
                "https://:9000",
                "https:// store.example.net",
                "https://store.example.net:port",
                "https://store.example.net:99999",
                "http://[::1",
                "http://::1]",
                "http://[store]:9000",
                "https://store.example.net/a b",
                "https://store{1}.example.net",
            ] {
                let error = settings(&[(name, url)]).check().unwrap_err();
                assert!(error.contains(name) && error.contains(url.trim()), "{url}: {error}");
            }
        }
        for region in ["eu central", "eu/central", "{region}"] {
            let error = settings(&[("AWS_REGION", region)]).check().unwrap_err();
            assert!(error.contains("AWS_REGION") && error.contains(region), "{error}");
        }
        for url in
            ["https://store.example.net", "http://127.0.0.1:9", "https://[::1]:9000/path", "http://[::1]"]
        {
            assert_eq!(settings(&[("AWS_ENDPOINT_URL", url)]).check(), Ok(()), "{url}");
        }
    }
}
