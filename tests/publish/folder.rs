//! Into folders.

use std::fs;

use crate::file_names::file_names;
use crate::site::{self, built};
use crate::{done, errors, notebook};

#[test]
fn writes_the_site_with_compressed_copies() {
    let (build, place) = (built("one"), tempfile::tempdir().unwrap());
    let target = place.path().join("deep/inside");
    let publish = |more: &[&str]| {
        let mut command = notebook(&[target.to_str().unwrap()], build.path());
        command.args(more).output().unwrap()
    };
    let dry = done(&publish(&["--dry-run"]));
    assert!(dry.contains("+ index.html.br") && dry.contains("would publish to"), "{dry}");
    assert!(!target.exists(), "a dry run makes no folder");
    done(&publish(&[]));
    site::assert_complete(build.path(), &target);
    assert_eq!(site::served_version(&target).as_deref(), Some("one"));
    assert!(target.join("index.html.gz").is_file() && !target.join("a picture, ä #1.png.gz").exists());
    assert!(done(&publish(&[])).contains("nothing was sent"));

    site::write(build.path(), "two");
    let dry = done(&publish(&["--dry-run"]));
    assert!(dry.contains("~ index.html\n") && !dry.contains("always-"), "{dry}");
    assert_eq!(site::served_version(&target).as_deref(), Some("one"), "a dry run changes nothing");
    done(&publish(&[]));
    assert_eq!(site::served_version(&target).as_deref(), Some("two"));
}

#[test]
fn replaces_no_foreign_files_unasked() {
    let (build, place) = (built("one"), tempfile::tempdir().unwrap());
    fs::write(place.path().join("index.html"), "mine").unwrap();
    let publish = |more: &[&str]| {
        notebook(&[place.path().to_str().unwrap()], build.path()).args(more).output().unwrap()
    };
    let refused = publish(&[]);
    assert!(!refused.status.success() && errors(&refused).contains("use --replace"), "{}", errors(&refused));
    assert_eq!(file_names(place.path()), ["index.html"]);
    assert!(done(&publish(&["--dry-run"])).contains("only with --replace: index.html"));
    done(&publish(&["--replace", "--compress", "none"]));
    site::assert_complete(build.path(), place.path());
}

#[test]
fn reports_mistakes_with_cause_and_remedy() {
    let build = built("one");
    let inside = build.path().join("inside");
    for (target, more, sentence) in [
        (inside.to_str().unwrap(), &[][..], "is inside the folder that is published"),
        ("gs://notes", &[], "`gs://` is not supported"),
        ("s3://notes", &[], "no credentials found: set AWS_ACCESS_KEY_ID"),
        ("s3://notes", &["--compress", "beside"], "use --compress gzip, brotli or none"),
        ("out", &["--from", "/nowhere"], "/nowhere has no index.html: run `notebook build` first"),
        ("/dev/null/x", &[], "/dev/null/x cannot be created"),
    ] {
        let mut command = notebook(&[target], build.path());
        if more.first() == Some(&"--from") {
            command = notebook(&[target], more[1].as_ref());
        } else {
            command.args(more);
        }
        let output = command.output().unwrap();
        assert!(!output.status.success());
        assert!(errors(&output).contains(sentence), "{}", errors(&output));
    }
    fs::remove_file(build.path().join("theme.js")).unwrap();
    let output = notebook(&["out"], build.path()).output().unwrap();
    assert!(
        errors(&output).contains("index.html refers to theme.js, which is not in"),
        "{}",
        errors(&output)
    );
}
