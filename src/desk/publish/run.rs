//! One run from beginning to end: looks, waits for its turn, sends in order, writes down what it did.

use std::collections::BTreeMap;
use std::time::Instant;

use bytes::Bytes;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use tokio::sync::Notify;

use super::plan::{Plan, There};
use super::record::{Manifest, PUBLISHED, to_json};
use super::site::{Rank, Site};
use super::target::Target;
use super::turn::{Patience, Runs, Turn, Watch};
use crate::desk::Failure;
use crate::desk::progress::Progress;

/// So many files are under way at once.
const AT_ONCE: usize = 8;

/// One publish.
#[derive(Debug)]
pub(super) struct Run<'a> {
    pub(super) target: &'a Target,
    pub(super) site: &'a Site,
    /// Only say what would be done.
    pub(super) dry: bool,
    /// Take over files that something else has put there.
    pub(super) replace: bool,
    pub(super) patience: Patience,
}

/// What a run has done, or would do.
#[derive(Debug, Default)]
pub(super) struct Done {
    pub(super) plan: Plan,
    /// What could not be removed, and why.
    pub(super) stays: Vec<Failure>,
}

/// What a run has begun from.
struct Start {
    runs: Runs,
    record: Option<Bytes>,
    plan: Plan,
}

impl Run<'_> {
    /// Does all of it.
    ///
    /// # Errors
    /// Whatever stops it, as a sentence. What readers see is whole then.
    pub(super) async fn publish(&self) -> Result<Done, Failure> {
        let (site, began, mut watch) = (self.site.digest(), Instant::now(), Watch::default());
        let mut told = false;
        loop {
            let runs = watch.look(self.target, &site, None, &self.patience).await?;
            if runs.alive && !self.dry {
                if began.elapsed() > self.patience.longest {
                    return Err(format!(
                        "another publish to {} does not end: see who it is",
                        self.target.place
                    ));
                }
                if !told {
                    eprintln!("another publish to {} is under way: waiting until it ends", self.target.place);
                    told = true;
                }
                tokio::time::sleep(self.patience.look).await;
                continue;
            }
            let start = self.look(runs).await?;
            if self.dry || start.plan.is_nothing() {
                return Ok(Done { plan: start.plan, stays: Vec::new() });
            }
            self.refuse_foreign(&start.plan)?;
            let turn = Turn::announce(self.target, self.site, start.plan.send()).await?;
            // Whoever came in between, or at once with this one, is seen now.
            let now = watch.look(self.target, &site, Some(&turn.name), &self.patience).await?;
            let is_new = |name: &String| !start.runs.left.contains_key(name);
            if now.alive || now.left.keys().any(is_new) || self.target.get(PUBLISHED).await? != start.record {
                turn.leave().await?;
                tokio::time::sleep(self.patience.look.mul_f64(0.5 + unlike(&turn.name))).await;
                continue;
            }
            return self.take(&turn, start, &mut watch).await;
        }
    }

    /// What there is, and what there is to do.
    async fn look(&self, runs: Runs) -> Result<Start, Failure> {
        let record = self.target.get(PUBLISHED).await?;
        let manifest = record.as_deref().map(Manifest::parse).transpose();
        let manifest = manifest.map_err(|why| format!("{}: {why}", self.target.place))?;
        let left = runs.left.values().cloned().collect();
        let mut there = There { seen: self.target.list().await?, manifest, left };
        if !self.target.place.is_bucket() {
            let names: Vec<String> = there.seen.keys().filter(|name| there.is_ours(name)).cloned().collect();
            for name in names {
                let tag = self.target.tag(&name).await?;
                if let Some(seen) = there.seen.get_mut(&name) {
                    seen.tag = tag;
                }
            }
        }
        Ok(Start { runs, record, plan: Plan::new(self.site, &there) })
    }

    fn refuse_foreign(&self, plan: &Plan) -> Result<(), Failure> {
        let mut names = plan.foreign.iter();
        let (false, Some(first)) = (self.replace, names.next()) else { return Ok(()) };
        let more = names.len();
        let rest = if more == 0 { "is".into() } else { format!("and {more} more are") };
        Err(format!(
            "{first} {rest} in {} already, and not by notebook: publish to a place of its own, or say --replace",
            self.target.place
        ))
    }

    /// Sends; when that fails, the next run is told.
    async fn take(&self, turn: &Turn<'_>, start: Start, watch: &mut Watch) -> Result<Done, Failure> {
        let ended = Notify::new();
        let work = async {
            let done = tokio::select! {
                done = self.send(turn, &start, watch) => done,
                _ = tokio::signal::ctrl_c() => Err("it was interrupted".into()),
            };
            ended.notify_one();
            done
        };
        let (done, ()) = tokio::join!(work, turn.live(self.patience.beat, &ended));
        match done {
            Ok(()) => {}
            Err(why) => {
                turn.give_up().await;
                return Err(format!(
                    "{why}\nWhat readers see is whole. Publish again, and it goes on from there."
                ));
            }
        }
        let mut stays = Vec::new();
        let journals = start.runs.left.keys().chain([&turn.name]);
        for name in start.plan.remove.iter().chain(journals) {
            stays.extend(self.target.remove(name).await.err());
        }
        Ok(Done { plan: start.plan, stays })
    }

    async fn send(&self, turn: &Turn<'_>, start: &Start, watch: &mut Watch) -> Result<(), Failure> {
        let mut ranks: BTreeMap<Rank, Vec<&String>> = BTreeMap::new();
        for name in start.plan.send() {
            ranks.entry(Rank::of(name)).or_default().push(name);
        }
        let size = |name| self.site.files.get(name).map_or(0, |file| file.size);
        let progress = Progress::sending(start.plan.send().map(size).sum());
        let mut page = ranks.remove(&Rank::Page).unwrap_or_default();
        page.sort();
        for names in ranks.into_values() {
            stream::iter(names)
                .map(|name| self.send_one(name, turn, &progress))
                .buffer_unordered(AT_ONCE)
                .try_collect::<()>()
                .await?;
        }
        self.still_alone(turn, start, watch).await?;
        // The packed forms first: no browser is given an old one for a new page.
        for name in page.into_iter().rev() {
            self.send_one(name, turn, &progress).await?;
        }
        let mut files = start.plan.same.clone();
        files.extend(turn.sent());
        let manifest = Manifest::new(files, start.plan.old.clone());
        self.target.write(PUBLISHED, to_json(&manifest)?).await?;
        progress.end();
        Ok(())
    }

    async fn send_one(&self, name: &String, turn: &Turn<'_>, progress: &Progress) -> Result<(), Failure> {
        let Some(file) = self.site.files.get(name).cloned() else { return Ok(()) };
        let (size, wanted) = (file.size, file.wanted.clone());
        let bytes = tokio::task::spawn_blocking(move || file.bytes()).await;
        let bytes = bytes.map_err(|why| format!("{name} cannot be packed: {why}"))??;
        turn.arrived(name, self.target.put(name, &wanted, bytes).await?);
        progress.more(size);
        Ok(())
    }

    /// The last look before readers get another page.
    async fn still_alone(&self, turn: &Turn<'_>, start: &Start, watch: &mut Watch) -> Result<(), Failure> {
        let (site, began) = (self.site.digest(), Instant::now());
        // Whoever has come since sees this run, and steps back in a moment.
        let others = loop {
            let others = watch.look(self.target, &site, Some(&turn.name), &self.patience).await?;
            if !others.alive || began.elapsed() > self.patience.silence {
                break others;
            }
            tokio::time::sleep(self.patience.look / 4).await;
        };
        let own = self.target.get(&turn.name).await?;
        let record = self.target.get(PUBLISHED).await?;
        // Somebody who has sent the very same has done no harm.
        let is_same =
            |record: &Bytes| Manifest::parse(record).is_ok_and(|manifest| manifest.is_of(self.site));
        let overtaken = own.is_none() || record != start.record;
        if others.alive || overtaken && !record.as_ref().is_some_and(is_same) {
            return Err(format!(
                "somebody else has published to {} since this run began: the page was left as it is",
                self.target.place
            ));
        }
        Ok(())
    }
}

/// A number below one, other for every name: two that stepped back do not come again at once.
fn unlike(name: &str) -> f64 {
    f64::from(name.bytes().fold(0_u8, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte))) / 256.0
}
