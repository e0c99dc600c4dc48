//! Runs against stores that fail, wait and are shared.

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

use self::store::Mortal;
use super::record::{Journal, Manifest, OWN, PUBLISHED, RUNS};
use super::run::{Done, Run};
use super::site::{Packing, Site, digest};
use super::target::{Place, Target};
use super::turn::Patience;
use crate::desk::Failure;

/// More writes than any run makes.
const FOR_EVER: usize = 10_000;

const SOON: Patience = Patience {
    beat: Duration::from_millis(10),
    silence: Duration::from_millis(60),
    age: Duration::from_secs(600),
    look: Duration::from_millis(10),
    longest: Duration::from_secs(20),
};

/// A built notebook: some parts change with the version, some never, some keep their name.
fn built(version: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    let mut page = String::from("<head>");
    for text in ["always".to_owned(), format!("one {version}"), format!("two {version}")] {
        let name = format!("notebook-{}.js", &digest(text.as_bytes())[..16]);
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

/// A target of either kind.
struct Ground {
    place: Place,
    store: Arc<dyn ObjectStore>,
    _folder: Option<tempfile::TempDir>,
}

fn grounds() -> [Ground; 2] {
    let folder = tempfile::tempdir().unwrap();
    let local = LocalFileSystem::new_with_prefix(folder.path()).unwrap();
    let place = Place::Folder(folder.path().to_owned());
    [
        Ground {
            place: Place::Bucket { bucket: "notes".into(), prefix: String::new() },
            store: Arc::new(InMemory::new()),
            _folder: None,
        },
        Ground { place, store: Arc::new(local), _folder: Some(folder) },
    ]
}

impl Ground {
    fn packing(&self) -> Packing {
        if self.place.is_bucket() { Packing::None } else { Packing::Beside }
    }

    fn site(&self, version: &str) -> (Site, tempfile::TempDir) {
        let folder = built(version);
        (Site::read(folder.path(), self.packing(), false).unwrap(), folder)
    }

    async fn publish(&self, version: &str) -> (Result<Done, Failure>, Vec<String>) {
        self.publish_by(version, Mortal::new(Arc::clone(&self.store), FOR_EVER)).await
    }

    async fn publish_by(&self, version: &str, store: Mortal) -> (Result<Done, Failure>, Vec<String>) {
        let (site, _folder) = self.site(version);
        let log = Arc::clone(&store.log);
        let target = Target::of(self.place.clone(), Arc::new(store));
        let run = Run { target: &target, site: &site, dry: false, replace: false, patience: SOON };
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

    /// Everything that the page asks for is there, and is what its name says.
    async fn page_is_whole(&self) {
        let Some(page) = self.text("index.html").await else { return };
        for link in page.split("src=\"").skip(1) {
            let name = link.split('"').next().unwrap().trim_start_matches("./");
            let text = self.text(name).await.unwrap_or_else(|| panic!("the page asks for {name}"));
            assert!(!name.contains('-') || name.contains(&digest(text.as_bytes())[..16]), "{name} is {text}");
        }
    }

    /// Everything of a version is there, recorded as it is, and no run is under way.
    async fn stands(&self, version: &str) {
        let (site, folder) = self.site(version);
        for name in site.files.keys() {
            let text = self.text(name).await.unwrap_or_else(|| panic!("{name} is not there"));
            if let Ok(wanted) = fs::read_to_string(folder.path().join(name)) {
                assert_eq!(text, wanted, "{name}");
            }
        }
        let manifest = Manifest::parse(self.text(PUBLISHED).await.unwrap().as_bytes()).unwrap();
        assert!(manifest.is_of(&site));
        assert!(!self.names().await.iter().any(|name| name.starts_with(RUNS)));
        self.page_is_whole().await;
    }
}

fn files(log: &[String]) -> Vec<&str> {
    log.iter().map(String::as_str).filter(|name| !name.trim_start_matches('-').starts_with(OWN)).collect()
}

#[tokio::test]
async fn the_page_goes_last_and_then_the_record() {
    for ground in grounds() {
        let (done, log) = ground.publish("a").await;
        done.unwrap();
        ground.stands("a").await;
        let sent = files(&log);
        assert_eq!(sent.last(), Some(&"index.html"));
        let plain = sent.iter().position(|name| !name.starts_with("notebook-")).unwrap();
        assert!(sent[plain..].iter().all(|name| !name.starts_with("notebook-")), "{sent:?}");
        // Signs of life may come at any time.
        let log: Vec<&String> = log.iter().filter(|name| !name.contains(RUNS)).collect();
        assert_eq!(log.last().map(|name| name.as_str()), Some(PUBLISHED));
    }
}

#[tokio::test]
async fn only_what_changed_is_sent() {
    for ground in grounds() {
        ground.publish("a").await.0.unwrap();
        let (done, log) = ground.publish("a").await;
        assert!(done.unwrap().plan.is_nothing() && log.is_empty(), "{log:?}");
        let (done, log) = ground.publish("b").await;
        let plan = done.unwrap().plan;
        assert!(!files(&log).contains(&"theme.js") && files(&log).contains(&"notebook.json"), "{log:?}");
        assert_eq!(plan.old.len(), if ground.place.is_bucket() { 3 } else { 2 * 3 + 1 });
        ground.stands("b").await;
    }
}

#[tokio::test]
async fn files_of_the_last_version_stay_and_older_ones_go() {
    for ground in grounds() {
        let mut before = BTreeSet::new();
        for version in ["a", "b", "c", "d"] {
            let (done, _) = ground.publish(version).await;
            assert!(done.unwrap().stays.is_empty());
            before.extend(ground.names().await);
        }
        let now = ground.names().await;
        let pictures = |names: &BTreeSet<String>| -> Vec<String> {
            names.iter().filter(|name| name.starts_with("picture")).cloned().collect()
        };
        assert_eq!(pictures(&now), ["picture of c.png", "picture of d.png"]);
        assert_eq!(pictures(&before).len(), 4);
        // What was removed is off the list, without another run that writes it down.
        assert!(ground.publish("d").await.1.is_empty());
        // Back to the last version: its files are still there.
        let (_, log) = ground.publish("c").await;
        let sent = files(&log);
        let hashed = sent.iter().filter(|name| name.starts_with("notebook-")).count();
        assert_eq!(hashed, 0, "{sent:?}");
        ground.stands("c").await;
    }
}

#[tokio::test]
async fn what_went_missing_or_was_changed_is_sent_again() {
    for ground in grounds() {
        ground.publish("a").await.0.unwrap();
        ground.store.delete(&"theme.js".into()).await.unwrap();
        // As long as before.
        ground.put("notebook.json", "DATA a").await;
        let (done, log) = ground.publish("a").await;
        let plan = done.unwrap().plan;
        assert_eq!(
            files(&log).iter().copied().collect::<BTreeSet<_>>(),
            ["notebook.json", "theme.js"].into()
        );
        assert!(plan.old.is_empty(), "no new version");
        ground.stands("a").await;
    }
}

#[tokio::test]
async fn what_is_not_ours_stays_as_it_is() {
    for ground in grounds() {
        ground.put("about/index.html", "mine").await;
        ground.put("index.html", "mine too").await;
        let (done, log) = ground.publish("a").await;
        assert!(done.unwrap_err().starts_with("index.html is in "), "{log:?}");
        assert!(log.is_empty());
        let (site, _folder) = ground.site("a");
        let target = Target::of(ground.place.clone(), Arc::clone(&ground.store));
        let run = Run { target: &target, site: &site, dry: true, replace: false, patience: SOON };
        assert_eq!(run.publish().await.unwrap().plan.foreign, ["index.html".to_owned()].into());
        let run = Run { dry: false, replace: true, ..run };
        run.publish().await.unwrap();
        for version in ["b", "c", "d"] {
            ground.publish(version).await.0.unwrap();
        }
        ground.stands("d").await;
        assert_eq!(ground.text("about/index.html").await.as_deref(), Some("mine"));
    }
}

#[tokio::test]
async fn packed_forms_that_are_not_wanted_any_more_go_at_once() {
    let [_, ground] = grounds();
    ground.publish("a").await.0.unwrap();
    let folder = built("b");
    let site = Site::read(folder.path(), Packing::None, false).unwrap();
    let target = Target::of(ground.place.clone(), Arc::clone(&ground.store));
    let run = Run { target: &target, site: &site, dry: false, replace: false, patience: SOON };
    run.publish().await.unwrap();
    let names = ground.names().await;
    assert!(!names.contains("index.html.br") && !names.contains("theme.js.gz"), "{names:?}");
}

/// Version `b` over `a`, cut off after every number of writes there is.
async fn cut_off(next: &str) {
    for kind in 0..2 {
        for writes in 0.. {
            let [bucket, folder] = grounds();
            let ground = if kind == 0 { bucket } else { folder };
            ground.put("foreign.txt", "mine").await;
            ground.publish("0").await.0.unwrap();
            ground.publish("a").await.0.unwrap();
            let (done, log) = ground.publish_by("b", Mortal::new(Arc::clone(&ground.store), writes)).await;
            ground.page_is_whole().await;
            let ended = done.is_ok_and(|done| done.stays.is_empty());
            ground.publish(next).await.0.unwrap();
            ground.stands(next).await;
            if !ended {
                // Two more versions, and nothing is left of those before.
                ground.publish("y").await.0.unwrap();
                ground.publish("z").await.0.unwrap();
                let names = ground.names().await;
                let (y, z) = (ground.site("y").0, ground.site("z").0);
                let strange = |name: &&String| {
                    !name.starts_with(OWN) && !y.files.contains_key(*name) && !z.files.contains_key(*name)
                };
                let strange: Vec<&String> = names.iter().filter(strange).collect();
                assert_eq!(strange, ["foreign.txt"], "after {writes} writes: {log:?}");
                continue;
            }
            assert!(writes > 8, "it was cut off {writes} times");
            break;
        }
    }
}

#[tokio::test]
async fn a_run_that_is_cut_off_anywhere_is_finished_by_the_next() {
    cut_off("b").await;
}

#[tokio::test]
async fn a_run_that_is_cut_off_anywhere_gives_way_to_another_version() {
    cut_off("c").await;
}

#[tokio::test]
async fn a_first_publish_that_is_cut_off_is_ours_to_finish() {
    for ground in grounds() {
        let (done, _) = ground.publish_by("a", Mortal::new(Arc::clone(&ground.store), 4)).await;
        assert!(done.unwrap_err().contains("Publish again, and it goes on from there"));
        let (done, _) = ground.publish("a").await;
        done.unwrap();
        ground.stands("a").await;
    }
}

#[tokio::test]
async fn two_at_once_come_one_after_the_other() {
    for ground in grounds() {
        ground.publish("0").await.0.unwrap();
        for round in 0..4 {
            let (a, b) = (format!("a{round}"), format!("b{round}"));
            let slow = || Mortal::new(Arc::clone(&ground.store), FOR_EVER).slow(Duration::from_millis(2));
            let ((a_done, _), (b_done, _)) =
                tokio::join!(ground.publish_by(&a, slow()), ground.publish_by(&b, slow()));
            a_done.unwrap();
            b_done.unwrap();
            let last = if ground.text("notebook.json").await.unwrap().contains(&a) { &a } else { &b };
            ground.stands(last).await;
        }
    }
}

#[tokio::test]
async fn two_of_the_same_at_once_do_each_other_no_harm() {
    for ground in grounds() {
        ground.publish("0").await.0.unwrap();
        for version in ["a", "b", "c"] {
            let slow = |by| Mortal::new(Arc::clone(&ground.store), FOR_EVER).slow(Duration::from_millis(by));
            let ((one, _), (two, _)) =
                tokio::join!(ground.publish_by(version, slow(1)), ground.publish_by(version, slow(3)));
            one.unwrap();
            two.unwrap();
            ground.stands(version).await;
        }
    }
}

#[tokio::test]
async fn one_that_comes_late_and_steps_back_stops_nobody() {
    for ground in grounds() {
        let (other, _folder) = ground.site("c");
        let journal = super::record::to_json(&Journal::new(&other)).unwrap();
        let theirs = Arc::clone(&ground.store);
        let store = Mortal::new(Arc::clone(&ground.store), FOR_EVER).before_write(move |name| {
            if name == "notebook.json" {
                let (theirs, journal) = (Arc::clone(&theirs), journal.clone());
                tokio::spawn(async move {
                    let name = Path::parse(format!("{RUNS}/late.json")).unwrap();
                    theirs.put(&name, journal.into()).await.unwrap();
                    tokio::time::sleep(SOON.silence / 3).await;
                    theirs.delete(&name).await.unwrap();
                });
            }
        });
        ground.publish_by("b", store.slow(Duration::from_millis(3))).await.0.unwrap();
        // It may have come after the last look.
        tokio::time::sleep(SOON.silence).await;
        ground.stands("b").await;
    }
}

#[tokio::test]
async fn whoever_was_overtaken_leaves_the_page_alone() {
    let [ground, _] = grounds();
    ground.publish("a").await.0.unwrap();
    let (other, _folder) = ground.site("c");
    let record = Manifest::new([].into(), [].into());
    let record = super::record::to_json(&record).unwrap();
    assert!(!other.files.is_empty());
    let theirs = Arc::clone(&ground.store);
    // Somebody who has not seen this run publishes while it sends.
    let store = Mortal::new(Arc::clone(&ground.store), FOR_EVER).before_write(move |name| {
        if name == "notebook.json" {
            let (theirs, record) = (Arc::clone(&theirs), record.clone());
            futures_util::FutureExt::now_or_never(async move {
                theirs.put(&PUBLISHED.into(), record.into()).await.unwrap();
            });
        }
    });
    let page = ground.text("index.html").await;
    let (done, _) = ground.publish_by("b", store).await;
    assert!(done.unwrap_err().starts_with("somebody else has published to s3://notes since"));
    assert_eq!(ground.text("index.html").await, page);
    ground.page_is_whole().await;
}
