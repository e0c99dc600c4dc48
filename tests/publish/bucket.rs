//! Into a bucket.

use std::fs;
use std::io::Read as _;
use std::process::Stdio;
use std::time::Duration;

use object_store::path::Path as Key;
use object_store::{Attribute, ObjectStoreExt as _};

use crate::file_names::file_names;
use crate::server::{DOTTED_BUCKET, ServerFault, StoreServer};
use crate::site::{self, built};
use crate::{done, errors};

const TARGET: &str = "s3://notes";

/// The names of a list of writes that are not our own records.
fn files(writes: &[String]) -> Vec<&str> {
    let names = writes.iter().filter_map(|write| write.strip_prefix("PUT "));
    names.filter(|name| !name.contains(".notebook/")).collect()
}

#[test]
fn sends_only_changed_files_and_the_page_last() {
    let (store, build) = (StoreServer::start(), built("one"));
    let publish = |more: &[&str]| store.notebook(&[TARGET], build.path()).args(more).output().unwrap();
    let dry = done(&publish(&["--dry-run"]));
    assert!(dry.contains("+ a picture, ä #1.png\n") && store.writes().is_empty(), "{dry}");
    done(&publish(&[]));
    site::assert_complete(build.path(), &store.folder());
    let writes = store.writes();
    assert_eq!(files(&writes).len(), file_names(build.path()).len(), "each once");
    assert_eq!(files(&writes).last(), Some(&"index.html"));
    assert!(
        files(&writes)[..5].iter().all(|name| name.contains('-') || name.starts_with("chunks/")),
        "{writes:?}"
    );

    assert!(done(&publish(&[])).contains("nothing was sent"));
    assert_eq!(store.writes(), [""; 0]);

    fs::write(build.path().join("icon.svg"), "<svg/>").unwrap();
    done(&publish(&[]));
    assert_eq!(files(&store.writes()), ["icon.svg"]);

    site::write(build.path(), "two");
    done(&publish(&[]));
    let writes = store.writes();
    assert_eq!(files(&writes).len(), 3 + 1 + 3, "three programs, a part, then icon, data, page: {writes:?}");
    assert_eq!(site::served_version(&store.folder()).as_deref(), Some("two"));

    // Someone has removed a file by hand.
    fs::remove_file(store.folder().join("theme.js")).unwrap();
    done(&publish(&[]));
    assert_eq!(files(&store.writes()), ["theme.js"]);
}

#[test]
fn sends_media_type_and_lifetime_of_each_file() {
    let (store, build) = (StoreServer::start(), built("one"));
    done(&store.notebook(&["s3://notes/my/notes/", "--compress", "gzip"], build.path()).output().unwrap());
    let client = store.client();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    for name in file_names(build.path()) {
        let key = Key::parse(format!("my/notes/{name}")).unwrap();
        let got = runtime.block_on(client.get(&key)).unwrap();
        let attribute =
            |what| got.attributes.get(&what).map(|value| value.as_ref().to_owned()).unwrap_or_default();
        let kind = match name.rsplit_once('.').unwrap().1 {
            "html" => "text/html; charset=utf-8",
            "css" => "text/css; charset=utf-8",
            "js" => "text/javascript; charset=utf-8",
            "json" => "application/json",
            "wasm" => "application/wasm",
            "svg" => "image/svg+xml",
            "png" => "image/png",
            other => panic!("{other}"),
        };
        assert_eq!(attribute(Attribute::ContentType), kind, "{name}");
        let hashed = name.contains('-') || name.starts_with("chunks/");
        let cache = if hashed { "public, max-age=31536000, immutable" } else { "no-cache" };
        assert_eq!(attribute(Attribute::CacheControl), cache, "{name}");
        let packed = attribute(Attribute::ContentEncoding);
        assert_eq!(packed, if kind == "image/png" { "" } else { "gzip" }, "{name}");
        let mut bytes = runtime.block_on(got.bytes()).unwrap().to_vec();
        if packed == "gzip" {
            let mut unpacked = Vec::new();
            flate2::read::GzDecoder::new(&bytes[..]).read_to_end(&mut unpacked).unwrap();
            bytes = unpacked;
        }
        assert!(bytes == fs::read(build.path().join(&name)).unwrap(), "{name}");
    }
    // Packed otherwise they are other files, pictures are not.
    store.writes();
    done(&store.notebook(&["s3://notes/my/notes"], build.path()).output().unwrap());
    assert_eq!(files(&store.writes()).len(), file_names(build.path()).len() - 1);
}

#[test]
fn leaves_a_complete_site_if_any_request_is_refused() {
    let (store, build) = (StoreServer::start(), built("0"));
    let publish = || store.notebook(&[TARGET], build.path()).output().unwrap();
    done(&publish());
    for after in 0.. {
        site::write(build.path(), &format!("version {after}"));
        store.set(Some(ServerFault::Refuse(after)));
        let output = publish();
        let served_version = site::served_version(&store.folder()).unwrap();
        store.set(None);
        if output.status.success() {
            assert!(after >= 8, "it was refused {after} times");
            // What it could not remove is told, and nothing else.
            assert!(errors(&output).is_empty() || errors(&output).contains("next publish tries again"));
            if errors(&output).is_empty() {
                break;
            }
        } else {
            assert!(
                errors(&output).contains("(AccessDenied, No): the key lacks permission"),
                "{}",
                errors(&output)
            );
            assert!(served_version == format!("version {after}") || !served_version.is_empty());
        }
        done(&publish());
        site::assert_complete(build.path(), &store.folder());
    }
    let hashed = file_names(&store.folder()).into_iter().filter(|name| name.starts_with("style-")).count();
    assert_eq!(hashed, 2, "this version's and the last one's");
}

#[test]
fn leaves_a_complete_site_if_killed_at_any_request() {
    let (store, build) = (StoreServer::start(), built("0"));
    let publish =
        || store.notebook(&[TARGET], build.path()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    assert!(publish().unwrap().wait().unwrap().success());
    for after in [0, 1, 3, 5, 7, 8, 9, 10] {
        site::write(build.path(), &format!("version {after}"));
        store.set(Some(ServerFault::Silence(after)));
        let mut run = publish().unwrap();
        let silent = store.silent.recv_timeout(Duration::from_mins(1));
        assert!(silent.is_ok(), "after {after}: {:?}", store.writes());
        run.kill().unwrap();
        run.wait().unwrap();
        assert!(site::served_version(&store.folder()).is_some());
        store.set(None);
        while store.silent.try_recv().is_ok() {}
        // The same again need not wait for the one that is gone.
        assert!(publish().unwrap().wait().unwrap().success());
        site::assert_complete(build.path(), &store.folder());
        assert_eq!(site::served_version(&store.folder()), Some(format!("version {after}")));
    }
}

#[test]
fn concurrent_uploads_do_not_mix() {
    let (store, a, b) = (StoreServer::start(), built("a"), built("b"));
    let publish = |build: &tempfile::TempDir| {
        store.notebook(&[TARGET], build.path()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
    };
    for round in 0..3 {
        site::write(a.path(), &format!("a{round}"));
        site::write(b.path(), &format!("b{round}"));
        for run in [publish(&a), publish(&b)] {
            let output = run.wait_with_output().unwrap();
            assert!(output.status.success(), "{}", errors(&output));
        }
        let last = if site::served_version(&store.folder()).unwrap().starts_with('a') { &a } else { &b };
        site::assert_complete(last.path(), &store.folder());
    }
}

#[test]
fn leaves_other_objects_of_the_bucket_alone() {
    let (store, build) = (StoreServer::start(), built("one"));
    fs::create_dir_all(store.folder().join("blog")).unwrap();
    for name in ["blog/index.html", "robots.txt", "notes-of-mine.txt"] {
        fs::write(store.folder().join(name), "mine").unwrap();
    }
    for version in ["one", "two", "three", "four"] {
        site::write(build.path(), version);
        done(&store.notebook(&[TARGET], build.path()).output().unwrap());
        for name in ["blog/index.html", "robots.txt", "notes-of-mine.txt"] {
            assert_eq!(fs::read_to_string(store.folder().join(name)).unwrap(), "mine");
        }
    }
    site::write(build.path(), "five");
    let refused = store.notebook(&["s3://notes/blog"], build.path()).output().unwrap();
    assert!(errors(&refused).contains("index.html is already in s3://notes/blog"), "{}", errors(&refused));
}

#[test]
fn reports_mistakes_in_sentences() {
    let (store, build) = (StoreServer::start(), built("one"));
    let publish = |target: &str, (name, value): (&str, &str)| {
        errors(&store.notebook(&[target], build.path()).env(name, value).output().unwrap())
    };
    let nothing = ("AWS_NOTHING", "");
    for (report, sentence) in [
        (publish("s3://no-such-bucket", nothing), "there is no bucket no-such-bucket at http://127.0.0.1:"),
        (publish(TARGET, ("AWS_ACCESS_KEY_ID", "other")), "correct AWS_ACCESS_KEY_ID"),
        (publish(TARGET, ("AWS_SECRET_ACCESS_KEY", "other")), "correct AWS_SECRET_ACCESS_KEY"),
        (publish(TARGET, ("AWS_ENDPOINT_URL", "http://127.0.0.1:9")), "http://127.0.0.1:9 does not answer"),
        (publish("s3://xx", nothing), "at least three characters"),
    ] {
        assert!(report.starts_with("error: ") && report.contains(sentence), "{sentence}: {report}");
    }
}

#[test]
fn publishes_to_a_bucket_whose_name_has_dots() {
    let (store, build) = (StoreServer::start(), built("one"));
    let target = format!("s3://{DOTTED_BUCKET}/my.notes");
    done(&store.notebook(&[&target], build.path()).output().unwrap());
    site::assert_complete(build.path(), &store.dotted_folder().join("my.notes"));
    // A host of its own for such a bucket has no valid certificate.
    let mut command = store.notebook(&[&target], build.path());
    command.env("AWS_VIRTUAL_HOSTED_STYLE_REQUEST", "true").env("AWS_ENDPOINT_URL", "https://s3.example.org");
    let refused = errors(&command.output().unwrap());
    assert!(refused.contains("unset AWS_VIRTUAL_HOSTED_STYLE_REQUEST"), "{refused}");
}

#[test]
fn reports_a_clock_that_differs_from_that_of_the_store() {
    let (store, build) = (StoreServer::start(), built("one"));
    store.set(Some(ServerFault::Skewed));
    let report = errors(&store.notebook(&[TARGET], build.path()).output().unwrap());
    assert!(report.contains("set the clock of this machine"), "{report}");
    store.set(None);
    done(&store.notebook(&[TARGET], build.path()).output().unwrap());
}
