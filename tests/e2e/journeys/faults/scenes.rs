//! Faults that need steps of their own.

use serde_json::json;

use super::Walk;
use super::rows::{Part, Scene};
use crate::journeys::offline;
use crate::page::Css;
use crate::problem::Outcome;
use crate::site::Fault;

impl Walk<'_> {
    pub(super) async fn scene(&self, scene: Scene) -> Outcome {
        match scene {
            Scene::MapIsGone => self.map_is_gone().await,
            Scene::OfflineBeforeTheProgram => self.offline_while(Part::Program).await,
            Scene::OfflineBeforeTheOutline => self.offline_while(Part::Outline).await,
            Scene::OfflineBeforeTheSearch => self.offline_before_the_search().await,
            Scene::OfflineBeforeTheReferences => self.offline_before_the_references().await,
            Scene::OfflineWhileKept => self.offline_while_kept().await,
            Scene::TypedTooEarly => self.typed_too_early().await,
            Scene::HalfAPageForGood => self.half_a_page_for_good().await,
            Scene::HalfAPage => self.half_a_page().await,
            Scene::InstallCut => self.install_cut().await,
            Scene::TwoVersionsOld => self.two_versions_old().await,
            Scene::ProgramRots => self.rots(Part::Program).await,
            Scene::OutlineRots => self.rots(Part::Outline).await,
            Scene::NothingIsKept => self.nothing_is_kept().await,
            Scene::ThemeInTwoTabs => self.theme_in_two_tabs().await,
            Scene::FoldsInTwoTabs => self.folds_in_two_tabs().await,
            Scene::UpdateInTwoTabs => self.update_in_two_tabs().await,
            Scene::BackFromTheMap => self.back_from("/map.html").await,
            Scene::BackFromElsewhere => self.back_from("/missing.html").await,
        }
    }

    /// Opens the page without a fault, and waits for the answer.
    async fn arrive(&self) -> Outcome {
        self.begin().await?;
        self.visit().await?;
        self.works(Part::Page).await
    }

    async fn map_is_gone(&self) -> Outcome {
        self.arrive().await?;
        self.page.site.break_path("/map.html", Fault::Status(500));
        self.page.click(Css(".layouts a[href*='map.html']")).await?;
        self.page.see(self.row.sees).await?;
        self.page.back().await?;
        self.page.site.mend("/map.html");
        self.page.see(self.visit.sentence).await?;
        self.works(Part::Page).await
    }
}

/// Without a network.
impl Walk<'_> {
    /// The network fails while a file is being fetched.
    async fn offline_while(&self, part: Part) -> Outcome {
        self.begin().await?;
        let path = self.files.path(part)?;
        self.page.site.break_path(path, Fault::Stalled);
        let before = self.page.site.times_asked(path);
        self.visit().await?;
        self.page.wait_asked(path, before + 1).await?;
        self.page.site.stop();
        self.told().await?;
        self.page.site.mend(path);
        self.page.site.start()?;
        self.take_the_way().await?;
        self.works(Part::Page).await
    }

    async fn offline_before_the_search(&self) -> Outcome {
        self.begin().await?;
        self.go("/?category=mechanistic-interpretability").await?;
        self.page.wait_ready().await?;
        self.page.site.stop();
        self.page.fill(Css("#_search"), self.visit.words).await?;
        self.told().await?;
        self.page.site.start()?;
        self.take_the_way().await?;
        self.works(Part::Page).await
    }

    async fn offline_before_the_references(&self) -> Outcome {
        self.arrive().await?;
        self.page.site.stop();
        self.cite().await?;
        self.told().await?;
        self.page.site.start()?;
        self.take_the_way().await?;
        self.works(Part::References).await
    }

    async fn offline_while_kept(&self) -> Outcome {
        let references = self.files.path(Part::References)?;
        self.begin().await?;
        self.page.site.mend("/sw.js");
        self.page.site.break_path(references, Fault::Stalled);
        let before = self.page.site.times_asked(references);
        self.visit().await?;
        self.page.wait_asked(references, before + 1).await?;
        self.page.site.stop();
        self.told().await?;
        self.works(Part::Page).await?;
        self.page.site.mend(references);
        self.page.site.start()?;
        self.kept().await?;
        self.forget().await
    }

    async fn typed_too_early(&self) -> Outcome {
        let script = self.files.path(Part::Script)?;
        self.begin().await?;
        self.page.site.break_path(script, Fault::Status(500));
        self.go("/").await?;
        self.page.see(self.row.sees).await?;
        self.page.fill(Css("#_search"), self.visit.words).await?;
        self.page.press("Enter").await?;
        self.page.wait_url("/?q=sparse").await?;
        self.page.see(self.row.sees).await?;
        self.page.see(self.visit.sentence).await?;
        self.page.site.mend(script);
        self.take_the_way().await?;
        self.page.wait_ready().await?;
        self.page.shown(Css(".results a")).await?;
        self.page.not_see(self.row.sees).await?;
        self.page.wait_url("/?q=sparse").await
    }

    /// In a frame, because the driver of Chromium would wait for the end of a page that never ends.
    async fn half_a_page(&self) -> Outcome {
        self.begin().await?;
        self.page.site.break_path("/", Fault::Halted);
        self.page.open_narrow(self.visit.path, 900, 700).await?;
        let inside = |script: &str| {
            format!("const page = document.querySelector('iframe').contentDocument; return {script}")
        };
        let words =
            |words: &str| inside(&format!("Boolean(page.body?.innerText.includes({}))", json!(words)));
        self.page.wait_true("what came of it", &words("Notebook")).await?;
        self.page.wait_true(self.row.sees, &words(self.row.sees)).await?;
        self.page.site.mend("/");
        self.page.ask(&inside("page.querySelector('#_updated [data-act=reload]').click()")).await?;
        self.page.wait_true("all of it", &words(self.visit.sentence)).await?;
        self.page
            .wait_true(
                "what was asked, in the theme chosen",
                &inside(
                    "'ready' in page.documentElement.dataset && page.documentElement.dataset.theme === 'dark'
                     && page.getElementById('_search').value === 'sparse'",
                ),
            )
            .await?;
        self.page.wait_true("nothing to be told", &inside("!page.getElementById('_updated').innerText")).await
    }
}

impl Walk<'_> {
    async fn half_a_page_for_good(&self) -> Outcome {
        self.begin().await?;
        let half = "const page = await (await fetch('/')).text(); return page.slice(0, page.length / 2)";
        let half = self.page.ask_later(half).await?;
        self.page.site.break_path("/", Fault::Body(half.as_str().unwrap_or_default().to_owned()));
        self.visit().await?;
        self.page.see("Papers + Notes").await?;
        self.page.see(self.row.sees).await?;
        self.nothing_is_lost().await?;
        self.page.site.mend("/");
        self.take_the_way().await?;
        self.works(Part::Page).await
    }
}

/// Stored data.
impl Walk<'_> {
    /// Visits until the page is cached, then once more without a network.
    async fn kept(&self) -> Outcome {
        self.visit().await?;
        self.page
            .wait_true(
                "the page to be kept",
                "return navigator.serviceWorker.controller?.state === 'activated'",
            )
            .await?;
        self.page.site.stop();
        self.visit().await?;
        self.works(Part::Page).await?;
        Ok(self.page.site.start()?)
    }

    /// Removes caches and workers, and serves no worker from now on.
    async fn forget(&self) -> Outcome {
        self.page.site.break_path("/sw.js", Fault::Status(404));
        self.page
            .ask_later(
                "for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister();
                 for (const name of await caches.keys()) await caches.delete(name)",
            )
            .await?;
        self.page.open("/missing.html").await
    }

    async fn install_cut(&self) -> Outcome {
        let references = self.files.path(Part::References)?;
        self.begin().await?;
        self.page.site.mend("/sw.js");
        self.page.site.break_path(references, Fault::Truncated);
        self.visit().await?;
        self.told().await?;
        self.works(Part::Page).await?;
        self.page
            .wait_true(
                "the worker to give up",
                "return navigator.serviceWorker.getRegistration().then(kept => !kept)",
            )
            .await?;
        self.page.site.mend(references);
        self.kept().await
    }

    /// Changes bytes of a cached file.
    async fn rots(&self, part: Part) -> Outcome {
        let path = self.files.path(part)?;
        self.page
            .ask_later(&format!(
                "for (const name of await caches.keys()) {{
                   const cache = await caches.open(name);
                   const kept = await cache.match('{path}');
                   if (!kept) continue;
                   const bytes = new Uint8Array(await kept.arrayBuffer());
                   bytes.fill(7, bytes.length / 2, bytes.length / 2 + 9);
                   await cache.put('{path}', new Response(bytes, {{ headers: kept.headers }}));
                 }}"
            ))
            .await?;
        self.begin().await?;
        self.visit().await?;
        self.told().await?;
        self.take_the_way().await?;
        self.works(Part::Page).await?;
        self.kept().await
    }

    async fn nothing_is_kept(&self) -> Outcome {
        self.page.ask_later("for (const name of await caches.keys()) await caches.delete(name)").await?;
        self.begin().await?;
        self.visit().await?;
        self.told().await?;
        self.works(Part::Page).await?;
        self.kept().await
    }

    async fn two_versions_old(&self) -> Outcome {
        self.forget().await?;
        self.page.site.mend("/sw.js");
        let worker = offline::another(self.page).await?;
        let oldest = worker.replacen("another-", "oldest-", 1);
        self.begin().await?;
        self.page.site.break_path("/sw.js", Fault::Body(oldest));
        self.kept().await?;
        // Two newer builds are published, one after the other, before the reader reloads.
        self.page.site.break_path("/sw.js", Fault::Body(worker));
        offline::look_for_update(self.page).await?;
        self.page.see(self.row.sees).await?;
        self.page.site.mend("/sw.js");
        offline::look_for_update(self.page).await?;
        self.told().await?;
        self.page
            .wait_true(
                "the newest to wait",
                "return caches.keys().then(names => names.some(name => !/oldest-|another-|parts$/.test(name)))",
            )
            .await?;
        self.take_the_way().await?;
        self.page.not_see(self.row.sees).await?;
        self.works(Part::Page).await?;
        let names = self.page.ask_later("return (await caches.keys()).join()").await?;
        let names = names.as_str().unwrap_or_default();
        assert!(!names.contains("oldest-") && !names.contains("another-"), "{names}");
        self.kept().await?;
        self.forget().await
    }
}

/// More than one page.
impl Walk<'_> {
    async fn theme_in_two_tabs(&self) -> Outcome {
        self.arrive().await?;
        let first = self.page.open_tab().await?;
        self.page.open(self.visit.path).await?;
        self.works(Part::Page).await?;
        self.page.click(Css(".theme label:nth-of-type(2)")).await?;
        let second = self.page.go_to_tab(&first).await?;
        self.page.see(self.visit.sentence).await?;
        self.works(Part::Page).await?;
        self.page.reload().await?;
        self.page
            .wait_true("the other theme", "return document.documentElement.dataset.theme === 'light'")
            .await?;
        self.answered().await?;
        self.page.go_to_tab(&second).await?;
        self.answered().await?;
        self.page.close_tab(&first).await
    }

    async fn folds_in_two_tabs(&self) -> Outcome {
        self.begin().await?;
        self.page.open("/").await?;
        self.page.wait_ready().await?;
        let first = self.page.open_tab().await?;
        self.page.open("/").await?;
        self.page.wait_ready().await?;
        let closed = |name: &str| format!("return !document.querySelector('#{name} details').open");
        self.page.click(Css("#terms-and-concepts > details > summary")).await?;
        let second = self.page.go_to_tab(&first).await?;
        self.page.click(Css("#related-projects-and-posts > details > summary")).await?;
        self.page.reload().await?;
        self.page.wait_ready().await?;
        for name in ["learning", "terms-and-concepts", "related-projects-and-posts"] {
            self.page.wait_true(&format!("{name} to be closed"), &closed(name)).await?;
        }
        self.page.go_to_tab(&second).await?;
        self.page.see(self.visit.sentence).await?;
        self.page.close_tab(&first).await
    }

    async fn update_in_two_tabs(&self) -> Outcome {
        self.begin().await?;
        self.page.site.mend("/sw.js");
        self.kept().await?;
        let first = self.page.open_tab().await?;
        self.page.open(self.visit.path).await?;
        self.works(Part::Page).await?;
        let newer = offline::another(self.page).await?;
        self.page.site.break_path("/sw.js", Fault::Body(newer));
        offline::look_for_update(self.page).await?;
        self.told().await?;
        self.take_the_way().await?;
        self.page.not_see(self.row.sees).await?;
        self.works(Part::Page).await?;
        let second = self.page.go_to_tab(&first).await?;
        self.page.see(self.visit.sentence).await?;
        self.page.fill(Css("#_search"), "fixmatch").await?;
        self.page.see("No results.").await?;
        self.visit().await?;
        self.works(Part::Page).await?;
        self.forget().await?;
        self.page.go_to_tab(&second).await?;
        self.page.close_tab(&first).await
    }

    /// Leaves and returns: the browser may restore the page from its back/forward cache.
    async fn back_from(&self, elsewhere: &str) -> Outcome {
        self.arrive().await?;
        self.page.ask(&format!("setTimeout(() => location.assign('{elsewhere}')); return 1")).await?;
        self.page.wait_url(elsewhere).await?;
        for _ in 0..2 {
            self.page.back().await?;
            self.page.see(self.visit.sentence).await?;
            self.works(Part::Page).await?;
            self.page.forward().await?;
            self.page.wait_url(elsewhere).await?;
        }
        self.page.back().await?;
        self.works(Part::Page).await?;
        // Its keys work.
        self.page.press("/").await?;
        self.page.wait_focus(Css("#_search")).await?;
        self.page.press("Control+a").await?;
        self.page.type_text("camera").await?;
        self.page.press("Escape").await?;
        self.page.wait_url("/?category=mechanistic-interpretability").await
    }
}
