//! Identifier, year and access, as read from the forms of addresses in use.
//!
//! Each line of the table is an address, the identifier as people cite it, the year and the access; `-` means that it is
//! unknown. A fact that is missing is a failure, and so is one that does not follow from the address.

use notebook_core::notebook::{Access, PaperSource, Url};

const FORMS: &str = include_str!("address_forms.txt");

#[test]
fn reads_known_facts_from_every_form_of_address_and_no_others() {
    let lines = FORMS.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let (mut count, mut wrong) = (0, Vec::new());
    for line in lines {
        let (address, expected) = line.split_once(' ').expect("an address and its facts");
        let expected = expected.split_whitespace().collect::<Vec<_>>().join(" ");
        let found = facts(address);
        count += 1;
        if !found.eq_ignore_ascii_case(&expected) {
            wrong.push(format!("{address}\n  is  {found}\n  not {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {count} addresses are wrong:\n{}", wrong.len(), wrong.join("\n"));
    println!("{count} addresses");
    assert!(count >= 120, "{count} addresses");
}

/// Returns identifier, year and access in one line.
fn facts(address: &str) -> String {
    let source = Url::parse(address).map(|url| PaperSource::from_url(&url)).unwrap_or_default();
    let id = source.cited_id().unwrap_or("-".to_owned());
    let year = source.year.map_or("-".to_owned(), |year| year.to_string());
    let access = match source.access {
        Access::Open => "open",
        Access::Paywalled => "paywalled",
        Access::Unknown => "-",
    };
    format!("{id} {year} {access}")
}
