//! Uploads against stores that fail, respond slowly, and are shared.

mod store;

use std::collections::BTreeSet;
use std::fs;
use std::sync::Arc;
use std::time::Duration;

use futures_util::TryStreamExt as _;
use object_store::local::LocalFileSystem;
use object_store::memory::InMemory;
use object_store::path::Path;
use object_store::{ObjectMeta, ObjectStore, ObjectStoreExt as _};

use self::store::FailingStore;
use super::lease::Timeouts;
use super::local_files::{Compression, LocalSite, RECORDS_FOLDER, sha256_hex};
use super::records::{JOURNALS_FOLDER, Journal, MANIFEST_NAME, Manifest};
use super::target::TargetStore;
use super::target_location::TargetLocation;
use super::upload::{Upload, UploadOutcome};
use crate::site::Failure;

/// More writes than any upload makes.
const UNLIMITED: usize = 10_000;

const SHORT_TIMEOUTS: Timeouts = Timeouts {
    heartbeat: Duration::from_millis(10),
    silence_limit: Duration::from_millis(60),
    max_journal_age: Duration::from_mins(10),
    poll_interval: Duration::from_millis(10),
    max_wait: Duration::from_secs(20),
};

/// Builds a site in which some files change with the version, some never change, and some keep their name.
fn built(version: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    let mut page = String::from("<head>");
    for text in ["always".to_owned(), format!("one {version}"), format!("two {version}")] {
        let name = format!("notebook-{}.js", &sha256_hex(text.as_bytes())[..16]);
        put(&name, &text);
        page.extend(["<script src=\"./", &name, "\"></script>"]);
    }
    put("theme.js", "theme");
    put("notebook.json", &format!("data {version}"));
    put(&format!("picture of {version}.png"), version);
    page.push_str("<script src=\"theme.js\"></script></head>");
    put("index.html", &page);
    folder
}

/// A target of either kind, with its store.
struct TestTarget {
    destination: TargetLocation,
    store: Arc<dyn ObjectStore>,
    _folder: Option<tempfile::TempDir>,
}

fn test_targets() -> [TestTarget; 2] {
    let folder = tempfile::tempdir().unwrap();
    let local = LocalFileSystem::new_with_prefix(folder.path()).unwrap();
    let destination = TargetLocation::Folder(folder.path().to_owned());
    [
        TestTarget {
            destination: TargetLocation::Bucket { bucket: "notes".into(), prefix: String::new() },
            store: Arc::new(InMemory::new()),
            _folder: None,
        },
        TestTarget { destination, store: Arc::new(local), _folder: Some(folder) },
    ]
}

impl TestTarget {
    fn compression(&self) -> Compression {
        if self.destination.is_bucket() { Compression::None } else { Compression::Beside }
    }

    fn site(&self, version: &str) -> (LocalSite, tempfile::TempDir) {
        let folder = built(version);
        (LocalSite::read(folder.path(), self.compression(), false).unwrap(), folder)
    }

    async fn publish(&self, version: &str) -> (Result<UploadOutcome, Failure>, Vec<String>) {
        self.publish_by(version, FailingStore::new(Arc::clone(&self.store), UNLIMITED)).await
    }

    async fn publish_by(
        &self,
        version: &str,
        store: FailingStore,
    ) -> (Result<UploadOutcome, Failure>, Vec<String>) {
        let (site, _folder) = self.site(version);
        let log = Arc::clone(&store.log);
        let target = TargetStore::of(self.destination.clone(), Arc::new(store));
        let run =
            Upload { target: &target, site: &site, dry_run: false, replace: false, timeouts: SHORT_TIMEOUTS };
        let done = run.publish().await;
        let log = log.lock().unwrap().clone();
        (done, log)
    }

    async fn names(&self) -> BTreeSet<String> {
        let all: Vec<ObjectMeta> = self.store.list(None).try_collect().await.unwrap();
        all.into_iter().map(|meta| meta.location.to_string()).collect()
    }

    async fn text(&self, name: &str) -> Option<String> {
        let got = self.store.get(&Path::parse(name).unwrap()).await.ok()?;
        Some(String::from_utf8_lossy(&got.bytes().await.unwrap()).into_owned())
    }

    async fn put(&self, name: &str, text: &str) {
        self.store.put(&Path::parse(name).unwrap(), text.to_owned().into()).await.unwrap();
    }

    /// Asserts that everything the page refers to exists, with the content that its name claims.
    async fn assert_page_is_complete(&self) {
        let Some(page) = self.text("index.html").await else { return };
        for link in page.split("src=\"").skip(1) {
            let name = link.split('"').next().unwrap().trim_start_matches("./");
            let text = self.text(name).await.unwrap_or_else(|| panic!("the page refers to {name}"));
            assert!(
                !name.contains('-') || name.contains(&sha256_hex(text.as_bytes())[..16]),
                "{name} is {text}"
            );
        }
    }

    /// Asserts that a version is published and recorded completely, and that no upload is running.
    async fn assert_published(&self, version: &str) {
        let (site, folder) = self.site(version);
        for name in site.files.keys() {
            let text = self.text(name).await.unwrap_or_else(|| panic!("{name} is not there"));
            if let Ok(version) = fs::read_to_string(folder.path().join(name)) {
                assert_eq!(text, version, "{name}");
            }
        }
        let manifest = Manifest::parse(self.text(MANIFEST_NAME).await.unwrap().as_bytes()).unwrap();
        assert!(manifest.describes(&site));
        assert!(!self.names().await.iter().any(|name| name.starts_with(JOURNALS_FOLDER)));
        self.assert_page_is_complete().await;
    }
}

fn files(log: &[String]) -> Vec<&str> {
    log.iter()
        .map(String::as_str)
        .filter(|name| !name.trim_start_matches('-').starts_with(RECORDS_FOLDER))
        .collect()
}

#[tokio::test]
async fn sends_the_page_last_and_then_the_manifest() {
    for target_under_test in test_targets() {
        let (done, log) = target_under_test.publish("a").await;
        done.unwrap();
        target_under_test.assert_published("a").await;
        let sent = files(&log);
        assert_eq!(sent.last(), Some(&"index.html"));
        let unquote = sent.iter().position(|name| !name.starts_with("notebook-")).unwrap();
        assert!(sent[unquote..].iter().all(|name| !name.starts_with("notebook-")), "{sent:?}");
        // Heartbeats may come at any time.
        let log: Vec<&String> = log.iter().filter(|name| !name.contains(JOURNALS_FOLDER)).collect();
        assert_eq!(log.last().map(|name| name.as_str()), Some(MANIFEST_NAME));
    }
}

#[tokio::test]
async fn sends_only_changed_files() {
    for target_under_test in test_targets() {
        target_under_test.publish("a").await.0.unwrap();
        let (done, log) = target_under_test.publish("a").await;
        assert!(done.unwrap().plan.is_nothing() && log.is_empty(), "{log:?}");
        let (done, log) = target_under_test.publish("b").await;
        let plan = done.unwrap().plan;
        assert!(!files(&log).contains(&"theme.js") && files(&log).contains(&"notebook.json"), "{log:?}");
        assert_eq!(plan.retired.len(), if target_under_test.destination.is_bucket() { 3 } else { 2 * 3 + 1 });
        target_under_test.assert_published("b").await;
    }
}

#[tokio::test]
async fn retains_files_of_the_previous_version_only() {
    for target_under_test in test_targets() {
        let mut before = BTreeSet::new();
        for version in ["a", "b", "c", "d"] {
            let (done, _) = target_under_test.publish(version).await;
            assert!(done.unwrap().not_removed.is_empty());
            before.extend(target_under_test.names().await);
        }
        let now = target_under_test.names().await;
        let pictures = |names: &BTreeSet<String>| -> Vec<String> {
            names.iter().filter(|name| name.starts_with("picture")).cloned().collect()
        };
        assert_eq!(pictures(&now), ["picture of c.png", "picture of d.png"]);
        assert_eq!(pictures(&before).len(), 4);
        // Removed files are no longer listed, so another upload has nothing to do.
        assert!(target_under_test.publish("d").await.1.is_empty());
        // Going back to the previous version finds its files in place.
        let (_, log) = target_under_test.publish("c").await;
        let sent = files(&log);
        let hashed = sent.iter().filter(|name| name.starts_with("notebook-")).count();
        assert_eq!(hashed, 0, "{sent:?}");
        target_under_test.assert_published("c").await;
    }
}

#[tokio::test]
async fn sends_missing_and_altered_files_again() {
    for target_under_test in test_targets() {
        target_under_test.publish("a").await.0.unwrap();
        target_under_test.store.delete(&"theme.js".into()).await.unwrap();
        // The same length as before.
        target_under_test.put("notebook.json", "DATA a").await;
        let (done, log) = target_under_test.publish("a").await;
        let plan = done.unwrap().plan;
        assert_eq!(
            files(&log).iter().copied().collect::<BTreeSet<_>>(),
            ["notebook.json", "theme.js"].into()
        );
        assert!(plan.retired.is_empty(), "a repair is not a new version");
        target_under_test.assert_published("a").await;
    }
}

#[tokio::test]
async fn leaves_foreign_files_alone() {
    for target_under_test in test_targets() {
        target_under_test.put("about/index.html", "mine").await;
        target_under_test.put("index.html", "mine too").await;
        let (done, log) = target_under_test.publish("a").await;
        assert!(done.unwrap_err().starts_with("index.html is already in "), "{log:?}");
        assert!(log.is_empty());
        let (site, _folder) = target_under_test.site("a");
        let target =
            TargetStore::of(target_under_test.destination.clone(), Arc::clone(&target_under_test.store));
        let run =
            Upload { target: &target, site: &site, dry_run: true, replace: false, timeouts: SHORT_TIMEOUTS };
        assert_eq!(run.publish().await.unwrap().plan.foreign, ["index.html".to_owned()].into());
        let run = Upload { dry_run: false, replace: true, ..run };
        run.publish().await.unwrap();
        for version in ["b", "c", "d"] {
            target_under_test.publish(version).await.0.unwrap();
        }
        target_under_test.assert_published("d").await;
        assert_eq!(target_under_test.text("about/index.html").await.as_deref(), Some("mine"));
    }
}

#[tokio::test]
async fn removes_stale_compressed_copies_at_once() {
    let [_, target_under_test] = test_targets();
    target_under_test.publish("a").await.0.unwrap();
    let folder = built("b");
    let site = LocalSite::read(folder.path(), Compression::None, false).unwrap();
    let target = TargetStore::of(target_under_test.destination.clone(), Arc::clone(&target_under_test.store));
    let run =
        Upload { target: &target, site: &site, dry_run: false, replace: false, timeouts: SHORT_TIMEOUTS };
    run.publish().await.unwrap();
    let names = target_under_test.names().await;
    assert!(!names.contains("index.html.br") && !names.contains("theme.js.gz"), "{names:?}");
}

/// Uploads version `b` over `a`, interrupted after every possible number of writes, then version `next`.
async fn interrupt_everywhere(next: &str) {
    for kind in 0..2 {
        for writes in 0.. {
            let [bucket, folder] = test_targets();
            let target_under_test = if kind == 0 { bucket } else { folder };
            target_under_test.put("foreign.txt", "mine").await;
            target_under_test.publish("0").await.0.unwrap();
            target_under_test.publish("a").await.0.unwrap();
            let (done, log) = target_under_test
                .publish_by("b", FailingStore::new(Arc::clone(&target_under_test.store), writes))
                .await;
            target_under_test.assert_page_is_complete().await;
            let ended = done.is_ok_and(|done| done.not_removed.is_empty());
            target_under_test.publish(next).await.0.unwrap();
            target_under_test.assert_published(next).await;
            if !ended {
                // After two more versions nothing of the earlier ones is left.
                target_under_test.publish("y").await.0.unwrap();
                target_under_test.publish("z").await.0.unwrap();
                let names = target_under_test.names().await;
                let (y, z) = (target_under_test.site("y").0, target_under_test.site("z").0);
                let strange = |name: &&String| {
                    !name.starts_with(RECORDS_FOLDER)
                        && !y.files.contains_key(*name)
                        && !z.files.contains_key(*name)
                };
                let strange: Vec<&String> = names.iter().filter(strange).collect();
                assert_eq!(strange, ["foreign.txt"], "after {writes} writes: {log:?}");
                continue;
            }
            assert!(writes > 8, "it was interrupted {writes} times");
            break;
        }
    }
}

#[tokio::test]
async fn an_interrupted_upload_is_completed_by_the_next() {
    interrupt_everywhere("b").await;
}

#[tokio::test]
async fn an_interrupted_upload_is_replaced_by_another_version() {
    interrupt_everywhere("c").await;
}

#[tokio::test]
async fn an_interrupted_first_upload_can_be_continued() {
    for target_under_test in test_targets() {
        let (done, _) = target_under_test
            .publish_by("a", FailingStore::new(Arc::clone(&target_under_test.store), 4))
            .await;
        assert!(done.unwrap_err().contains("Publish again to continue"));
        let (done, _) = target_under_test.publish("a").await;
        done.unwrap();
        target_under_test.assert_published("a").await;
    }
}

#[tokio::test]
async fn concurrent_uploads_run_one_after_the_other() {
    for target_under_test in test_targets() {
        target_under_test.publish("0").await.0.unwrap();
        for round in 0..4 {
            let (a, b) = (format!("a{round}"), format!("b{round}"));
            let slow = || {
                FailingStore::new(Arc::clone(&target_under_test.store), UNLIMITED)
                    .slow(Duration::from_millis(2))
            };
            let ((a_done, _), (b_done, _)) = tokio::join!(
                target_under_test.publish_by(&a, slow()),
                target_under_test.publish_by(&b, slow())
            );
            a_done.unwrap();
            b_done.unwrap();
            let last =
                if target_under_test.text("notebook.json").await.unwrap().contains(&a) { &a } else { &b };
            target_under_test.assert_published(last).await;
        }
    }
}

#[tokio::test]
async fn concurrent_uploads_of_the_same_site_do_no_harm() {
    for target_under_test in test_targets() {
        target_under_test.publish("0").await.0.unwrap();
        for version in ["a", "b", "c"] {
            let slow = |by| {
                FailingStore::new(Arc::clone(&target_under_test.store), UNLIMITED)
                    .slow(Duration::from_millis(by))
            };
            let ((one, _), (two, _)) = tokio::join!(
                target_under_test.publish_by(version, slow(1)),
                target_under_test.publish_by(version, slow(3))
            );
            one.unwrap();
            two.unwrap();
            target_under_test.assert_published(version).await;
        }
    }
}

#[tokio::test]
async fn withdrawn_upload_blocks_no_other() {
    for target_under_test in test_targets() {
        let (other, _folder) = target_under_test.site("c");
        let journal = super::records::to_json(&Journal::new(&other)).unwrap();
        let theirs = Arc::clone(&target_under_test.store);
        let store =
            FailingStore::new(Arc::clone(&target_under_test.store), UNLIMITED).before_write(move |name| {
                if name == "notebook.json" {
                    let (theirs, journal) = (Arc::clone(&theirs), journal.clone());
                    tokio::spawn(async move {
                        let name = Path::parse(format!("{JOURNALS_FOLDER}/late.json")).unwrap();
                        theirs.put(&name, journal.into()).await.unwrap();
                        tokio::time::sleep(SHORT_TIMEOUTS.silence_limit / 3).await;
                        theirs.delete(&name).await.unwrap();
                    });
                }
            });
        target_under_test.publish_by("b", store.slow(Duration::from_millis(3))).await.0.unwrap();
        // It may have come after the last check.
        tokio::time::sleep(SHORT_TIMEOUTS.silence_limit).await;
        target_under_test.assert_published("b").await;
    }
}

#[tokio::test]
async fn an_overtaken_upload_leaves_the_page_alone() {
    let [target_under_test, _] = test_targets();
    target_under_test.publish("a").await.0.unwrap();
    let (other, _folder) = target_under_test.site("c");
    let record = Manifest::new([].into(), [].into());
    let record = super::records::to_json(&record).unwrap();
    assert!(!other.files.is_empty());
    let theirs = Arc::clone(&target_under_test.store);
    // Another upload, which has not seen this one, finishes while this one sends.
    let store =
        FailingStore::new(Arc::clone(&target_under_test.store), UNLIMITED).before_write(move |name| {
            if name == "notebook.json" {
                let (theirs, record) = (Arc::clone(&theirs), record.clone());
                futures_util::FutureExt::now_or_never(async move {
                    theirs.put(&MANIFEST_NAME.into(), record.into()).await.unwrap();
                });
            }
        });
    let page = target_under_test.text("index.html").await;
    let (done, _) = target_under_test.publish_by("b", store).await;
    assert!(done.unwrap_err().starts_with("another upload to s3://notes has finished since"));
    assert_eq!(target_under_test.text("index.html").await, page);
    target_under_test.assert_page_is_complete().await;
}
