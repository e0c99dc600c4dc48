//! One upload from beginning to end: plan, acquire the lease, send in order, record.

use std::collections::BTreeMap;
use std::time::Instant;

use bytes::Bytes;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use tokio::sync::Notify;

use super::lease::{Lease, OtherUploads, Timeouts, UploadMonitor};
use super::local_files::{LocalSite, UploadOrder};
use super::plan::{Plan, TargetState};
use super::records::{MANIFEST_NAME, Manifest, to_json};
use super::target::TargetStore;
use crate::site::Failure;
use crate::site::progress::Progress;

/// Number of files that are sent at once: enough to hide the latency of an object store, few enough that a slow line
/// does not time out on all of them.
const CONCURRENT_UPLOADS: usize = 8;

/// One upload of a site to a target.
#[derive(Debug)]
pub(super) struct Upload<'a> {
    pub(super) target: &'a TargetStore,
    pub(super) site: &'a LocalSite,
    /// Plan only; send nothing.
    pub(super) dry_run: bool,
    /// Replace files that Notebook did not write.
    pub(super) replace: bool,
    pub(super) timeouts: Timeouts,
}

/// The result of an upload or of a dry run.
#[derive(Debug, Default)]
pub(super) struct UploadOutcome {
    pub(super) plan: Plan,
    /// Errors from removing expired files; the next upload tries again.
    pub(super) not_removed: Vec<Failure>,
}

/// The state of the target when the upload started, and the plan made from it.
struct Preparation {
    other_uploads: OtherUploads,
    record: Option<Bytes>,
    plan: Plan,
}

impl Upload<'_> {
    /// Runs the upload.
    ///
    /// # Errors
    /// Returns a sentence with the cause. The page at the target is consistent in any case.
    pub(super) async fn publish(&self) -> Result<UploadOutcome, Failure> {
        let (site, began, mut watch) = (self.site.sha256_hex(), Instant::now(), UploadMonitor::default());
        let mut is_announced = false;
        loop {
            let other_uploads = watch.poll(self.target, &site, None, &self.timeouts).await?;
            if other_uploads.is_active && !self.dry_run {
                if began.elapsed() > self.timeouts.max_wait {
                    return Err(format!(
                        "another upload to {} has not finished: stop it, then publish again",
                        self.target.destination
                    ));
                }
                if !is_announced {
                    eprintln!(
                        "another upload to {} is running: waiting for it to finish",
                        self.target.destination
                    );
                    is_announced = true;
                }
                tokio::time::sleep(self.timeouts.poll_interval).await;
                continue;
            }
            let start = self.prepare(other_uploads).await?;
            if self.dry_run || start.plan.is_nothing() {
                return Ok(UploadOutcome { plan: start.plan, not_removed: Vec::new() });
            }
            self.reject_foreign(&start.plan)?;
            let lease = Lease::acquire(self.target, self.site, start.plan.files_to_send()).await?;
            // An upload that started at the same time is visible now; whoever sees another withdraws.
            let now = watch.poll(self.target, &site, Some(&lease.name), &self.timeouts).await?;
            let is_new = |name: &String| !start.other_uploads.journals.contains_key(name);
            if now.is_active
                || now.journals.keys().any(is_new)
                || self.target.get(MANIFEST_NAME).await? != start.record
            {
                lease.withdraw().await?;
                tokio::time::sleep(self.timeouts.poll_interval.mul_f64(0.5 + backoff_fraction(&lease.name)))
                    .await;
                continue;
            }
            return self.upload_all(&lease, start, &mut watch).await;
        }
    }

    /// Lists the target and makes the plan.
    async fn prepare(&self, other_uploads: OtherUploads) -> Result<Preparation, Failure> {
        let record = self.target.get(MANIFEST_NAME).await?;
        let manifest = record.as_deref().map(Manifest::parse).transpose();
        let manifest = manifest.map_err(|error| format!("{}: {error}", self.target.destination))?;
        let journals = other_uploads.journals.values().cloned().collect();
        let mut state = TargetState { stored: self.target.list().await?, manifest, journals };
        if !self.target.destination.is_bucket() {
            let names: Vec<String> =
                state.stored.keys().filter(|name| state.is_owned(name)).cloned().collect();
            for name in names {
                let tag = self.target.tag(&name).await?;
                if let Some(stored) = state.stored.get_mut(&name) {
                    stored.tag = tag;
                }
            }
        }
        Ok(Preparation { other_uploads, record, plan: Plan::new(self.site, &state) })
    }

    fn reject_foreign(&self, plan: &Plan) -> Result<(), Failure> {
        let mut names = plan.foreign.iter();
        let (false, Some(first)) = (self.replace, names.next()) else { return Ok(()) };
        let (rest, was) = match names.len() {
            0 => ("is".to_owned(), "was"),
            1 => ("and 1 more file are".to_owned(), "were"),
            more => (format!("and {more} more files are"), "were"),
        };
        Err(format!(
            "{first} {rest} already in {} and {was} not written by notebook: publish to an empty folder or prefix, or \
             use --replace",
            self.target.destination
        ))
    }

    /// Sends everything under the lease; after a failure the journal tells the next upload.
    async fn upload_all(
        &self,
        lease: &Lease<'_>,
        start: Preparation,
        watch: &mut UploadMonitor,
    ) -> Result<UploadOutcome, Failure> {
        let ended = Notify::new();
        let work = async {
            let done = tokio::select! {
                done = self.upload_in_order(lease, &start, watch) => done,
                _ = tokio::signal::ctrl_c() => Err("the upload was interrupted".into()),
            };
            ended.notify_one();
            done
        };
        let (done, ()) = tokio::join!(work, lease.send_heartbeats(self.timeouts.heartbeat, &ended));
        match done {
            Ok(()) => {}
            Err(error) => {
                lease.abandon().await;
                return Err(format!(
                    "{error}\nThe published page is still complete. Publish again to continue."
                ));
            }
        }
        let mut not_removed = Vec::new();
        let journals = start.other_uploads.journals.keys().chain([&lease.name]);
        for name in start.plan.remove.iter().chain(journals) {
            not_removed.extend(self.target.remove(name).await.err());
        }
        Ok(UploadOutcome { plan: start.plan, not_removed })
    }

    async fn upload_in_order(
        &self,
        lease: &Lease<'_>,
        start: &Preparation,
        watch: &mut UploadMonitor,
    ) -> Result<(), Failure> {
        let mut ranks: BTreeMap<UploadOrder, Vec<&String>> = BTreeMap::new();
        for name in start.plan.files_to_send() {
            ranks.entry(UploadOrder::of(name)).or_default().push(name);
        }
        let size = |name| self.site.files.get(name).map_or(0, |file| file.size);
        let progress = Progress::for_upload(start.plan.files_to_send().map(size).sum());
        let mut page = ranks.remove(&UploadOrder::Page).unwrap_or_default();
        page.sort();
        for names in ranks.into_values() {
            stream::iter(names)
                .map(|name| self.upload_file(name, lease, &progress))
                .buffer_unordered(CONCURRENT_UPLOADS)
                .try_collect::<()>()
                .await?;
        }
        self.check_lease(lease, start, watch).await?;
        // Compressed copies first, so that no browser gets an old copy of a new page.
        for name in page.into_iter().rev() {
            self.upload_file(name, lease, &progress).await?;
        }
        let mut files = start.plan.same.clone();
        files.extend(lease.sent_files());
        let manifest = Manifest::new(files, start.plan.retired.clone());
        self.target.write(MANIFEST_NAME, to_json(&manifest)?).await?;
        progress.finish();
        Ok(())
    }

    async fn upload_file(
        &self,
        name: &String,
        lease: &Lease<'_>,
        progress: &Progress,
    ) -> Result<(), Failure> {
        let Some(file) = self.site.files.get(name).cloned() else { return Ok(()) };
        let (size, version) = (file.size, file.version.clone());
        let bytes = tokio::task::spawn_blocking(move || file.bytes()).await;
        let bytes = bytes.map_err(|error| format!("{name} cannot be compressed: {error}"))??;
        lease.record_sent(name, self.target.put(name, &version, bytes).await?);
        progress.advance(size);
        Ok(())
    }

    /// Checks that no other upload has interfered, before the page itself is replaced.
    async fn check_lease(
        &self,
        lease: &Lease<'_>,
        start: &Preparation,
        watch: &mut UploadMonitor,
    ) -> Result<(), Failure> {
        let (site, began) = (self.site.sha256_hex(), Instant::now());
        // An upload that has started since sees this journal, and withdraws in a moment.
        let others = loop {
            let others = watch.poll(self.target, &site, Some(&lease.name), &self.timeouts).await?;
            if !others.is_active || began.elapsed() > self.timeouts.silence_limit {
                break others;
            }
            tokio::time::sleep(self.timeouts.poll_interval / 4).await;
        };
        let own = self.target.get(&lease.name).await?;
        let record = self.target.get(MANIFEST_NAME).await?;
        // An upload of the same site does no harm.
        let is_same =
            |record: &Bytes| Manifest::parse(record).is_ok_and(|manifest| manifest.describes(self.site));
        let overtaken = own.is_none() || record != start.record;
        if others.is_active || overtaken && !record.as_ref().is_some_and(is_same) {
            return Err(format!(
                "another upload to {} has finished since this one began: the page was left unchanged",
                self.target.destination
            ));
        }
        Ok(())
    }
}

/// Returns a fraction below 1 that depends on the name, so that two uploads that withdrew do not retry in step.
fn backoff_fraction(name: &str) -> f64 {
    f64::from(name.bytes().fold(0_u8, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte))) / 256.0
}
