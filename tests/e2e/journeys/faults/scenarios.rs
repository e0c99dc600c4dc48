//! Faults that need steps of their own.

use serde_json::json;

use super::FaultRun;
use super::cases::{Recovery, Scenario, SiteFile};
use crate::journeys::offline;
use crate::page::Css;
use crate::problem::Outcome;
use crate::site::Fault;

impl FaultRun<'_> {
    pub(super) async fn scenario(&self, scenario: Scenario) -> Outcome {
        match scenario {
            Scenario::WithoutComments => self.altered_page("page.replace(/<!--[^]*?-->|<!>/g, '')").await,
            Scenario::Minified => {
                self.altered_page("page.replace(/<!--[^]*?-->|<!>/g, '').replace(/>\\s+</g, '><')").await
            }
            Scenario::ScriptAdded => {
                self.altered_page(
                    "page.replace('<head>', '<head><script>window.added = 1</script>')
                         .replace('</body>', '<script src=\"https://statistics.example/s.js\" defer></script><img alt=\"\" hidden></body>')",
                )
                .await
            }
            Scenario::MapIsGone => self.map_is_gone().await,
            Scenario::OfflineBeforeTheProgram => self.offline_while(SiteFile::Program).await,
            Scenario::OfflineBeforeTheOutline => self.offline_while(SiteFile::Outline).await,
            Scenario::OfflineBeforeTheSearch => self.offline_before_the_search().await,
            Scenario::OfflineBeforeTheCitations => self.offline_before_the_citations().await,
            Scenario::OfflineWhileCaching => self.offline_while_caching().await,
            Scenario::TypedTooEarly => self.typed_too_early().await,
            Scenario::TruncatedPage => self.truncated_page().await,
            Scenario::HalfArrivedPage => self.half_arrived_page().await,
            Scenario::InterruptedInstall => self.interrupted_install().await,
            Scenario::TwoVersionsOld => self.two_versions_old().await,
            Scenario::CorruptProgram => self.corrupt_cached_file(SiteFile::Program).await,
            Scenario::CorruptOutline => self.corrupt_cached_file(SiteFile::Outline).await,
            Scenario::EmptiedCache => self.emptied_cache().await,
            Scenario::ThemeInTwoTabs => self.theme_in_two_tabs().await,
            Scenario::FoldsInTwoTabs => self.folds_in_two_tabs().await,
            Scenario::UpdateInTwoTabs => self.update_in_two_tabs().await,
            Scenario::BackFromTheMap => self.back_from("/map.html").await,
            Scenario::BackFromElsewhere => self.back_from("/missing.html").await,
        }
    }

    /// Opens the page without a fault, and waits for the answer.
    async fn arrive(&self) -> Outcome {
        self.prepare().await?;
        self.visit().await?;
        self.expect_recovered(SiteFile::Page).await
    }

    /// A host that changes the page with a script.
    async fn altered_page(&self, script: &str) -> Outcome {
        self.prepare().await?;
        let script = format!("const page = await (await fetch('/')).text(); return {script}");
        let altered = self.page.evaluate_async(&script).await?;
        self.page.site.set_fault("/", Fault::Body(altered.as_str().unwrap_or_default().to_owned()));
        self.visit().await?;
        self.expect_message().await?;
        if self.case.recovery != Recovery::NotNeeded {
            self.expect_state_kept().await?;
            self.page.site.clear_fault("/");
            self.recover().await?;
        }
        self.expect_recovered(SiteFile::Page).await?;
        self.page.site.clear_fault("/");
        Ok(())
    }

    async fn map_is_gone(&self) -> Outcome {
        self.arrive().await?;
        self.page.site.set_fault("/map.html", Fault::Status(500));
        self.page.click(Css(".layouts a[href*='map.html']")).await?;
        self.page.wait_text(self.case.message).await?;
        self.page.back().await?;
        self.page.site.clear_fault("/map.html");
        self.page.wait_text(self.visit.sentence).await?;
        self.expect_recovered(SiteFile::Page).await
    }
}

/// Without a network.
impl FaultRun<'_> {
    /// The network fails while a file is being fetched.
    async fn offline_while(&self, file: SiteFile) -> Outcome {
        self.prepare().await?;
        let path = self.files.path(file)?;
        self.page.site.set_fault(path, Fault::Stalled);
        let before = self.page.site.request_count(path);
        self.visit().await?;
        self.page.wait_requests(path, before + 1).await?;
        self.page.site.stop();
        self.expect_message().await?;
        self.page.site.clear_fault(path);
        self.page.site.start()?;
        self.recover().await?;
        self.expect_recovered(SiteFile::Page).await
    }

    async fn offline_before_the_search(&self) -> Outcome {
        self.prepare().await?;
        self.go("/?category=mechanistic-interpretability").await?;
        self.page.wait_ready().await?;
        self.page.site.stop();
        self.page.fill(Css("#_search"), self.visit.words).await?;
        self.expect_message().await?;
        self.page.site.start()?;
        self.recover().await?;
        self.expect_recovered(SiteFile::Page).await
    }

    async fn offline_before_the_citations(&self) -> Outcome {
        self.arrive().await?;
        self.page.site.stop();
        self.cite().await?;
        self.expect_message().await?;
        self.page.site.start()?;
        self.recover().await?;
        self.expect_recovered(SiteFile::Citations).await
    }

    async fn offline_while_caching(&self) -> Outcome {
        let references = self.files.path(SiteFile::Citations)?;
        self.prepare().await?;
        self.page.site.clear_fault("/sw.js");
        self.page.site.set_fault(references, Fault::Stalled);
        let before = self.page.site.request_count(references);
        self.visit().await?;
        self.page.wait_requests(references, before + 1).await?;
        self.page.site.stop();
        self.expect_message().await?;
        self.expect_recovered(SiteFile::Page).await?;
        self.page.site.clear_fault(references);
        self.page.site.start()?;
        self.expect_offline_cache().await?;
        self.clear_caches().await
    }

    async fn typed_too_early(&self) -> Outcome {
        let script = self.files.path(SiteFile::Script)?;
        self.prepare().await?;
        self.page.site.set_fault(script, Fault::Status(500));
        self.go("/").await?;
        self.page.wait_text(self.case.message).await?;
        self.page.fill(Css("#_search"), self.visit.words).await?;
        self.page.press("Enter").await?;
        self.page.wait_url("/?q=sparse").await?;
        self.page.wait_text(self.case.message).await?;
        self.page.wait_text(self.visit.sentence).await?;
        self.page.site.clear_fault(script);
        self.recover().await?;
        self.page.wait_ready().await?;
        self.page.wait_visible(Css(".results a")).await?;
        self.page.wait_no_text(self.case.message).await?;
        self.page.wait_url("/?q=sparse").await
    }

    /// In a frame, because the driver of Chromium would wait for the end of a page that never ends.
    async fn half_arrived_page(&self) -> Outcome {
        self.prepare().await?;
        self.page.site.set_fault("/", Fault::StalledHalfway);
        self.page.open_narrow(self.visit.path, 900, 700).await?;
        let inside = |script: &str| {
            format!("const page = document.querySelector('iframe').contentDocument; return {script}")
        };
        let words =
            |words: &str| inside(&format!("Boolean(page.body?.innerText.includes({}))", json!(words)));
        self.page.wait_true("the first half", &words("Notebook")).await?;
        self.page.wait_true(self.case.message, &words(self.case.message)).await?;
        self.page.site.clear_fault("/");
        self.page.evaluate(&inside("page.querySelector('#_updated [data-action=reload]').click()")).await?;
        self.page.wait_true("the whole page", &words(self.visit.sentence)).await?;
        self.page
            .wait_true(
                "the answer, in the chosen theme",
                &inside(
                    "'ready' in page.documentElement.dataset && page.documentElement.dataset.theme === 'dark'
                     && page.getElementById('_search').value === 'sparse'",
                ),
            )
            .await?;
        self.page.wait_true("no message", &inside("!page.getElementById('_updated').innerText")).await
    }
}

impl FaultRun<'_> {
    async fn truncated_page(&self) -> Outcome {
        self.prepare().await?;
        // Its styles are before its text, some of which should arrive.
        let beginning =
            "const page = await (await fetch('/')).text(); return page.slice(0, page.length * .6)";
        let beginning = self.page.evaluate_async(beginning).await?;
        self.page.site.set_fault("/", Fault::Body(beginning.as_str().unwrap_or_default().to_owned()));
        self.visit().await?;
        self.page.wait_text("Papers + Notes").await?;
        self.page.wait_text(self.case.message).await?;
        self.expect_state_kept().await?;
        self.page.site.clear_fault("/");
        self.recover().await?;
        self.expect_recovered(SiteFile::Page).await
    }
}

/// Stored data.
impl FaultRun<'_> {
    /// Visits until the page is cached, then once more without a network.
    async fn expect_offline_cache(&self) -> Outcome {
        self.visit().await?;
        self.page
            .wait_true(
                "the page to be cached",
                "return navigator.serviceWorker.controller?.state === 'activated'",
            )
            .await?;
        self.page.site.stop();
        self.visit().await?;
        self.expect_recovered(SiteFile::Page).await?;
        Ok(self.page.site.start()?)
    }

    /// Removes caches and workers, and serves no worker from now on.
    async fn clear_caches(&self) -> Outcome {
        self.page.site.set_fault("/sw.js", Fault::Status(404));
        self.page
            .evaluate_async(
                "for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister();
                 for (const name of await caches.keys()) await caches.delete(name)",
            )
            .await?;
        self.page.open("/missing.html").await
    }

    async fn interrupted_install(&self) -> Outcome {
        let references = self.files.path(SiteFile::Citations)?;
        self.prepare().await?;
        self.page.site.clear_fault("/sw.js");
        self.page.site.set_fault(references, Fault::Truncated);
        self.visit().await?;
        self.expect_message().await?;
        self.expect_recovered(SiteFile::Page).await?;
        self.page
            .wait_true(
                "the worker to give up",
                "return navigator.serviceWorker.getRegistration().then(kept => !kept)",
            )
            .await?;
        self.page.site.clear_fault(references);
        self.expect_offline_cache().await
    }

    /// Changes bytes of a cached file.
    async fn corrupt_cached_file(&self, file: SiteFile) -> Outcome {
        let path = self.files.path(file)?;
        self.page
            .evaluate_async(&format!(
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
        self.prepare().await?;
        self.visit().await?;
        self.expect_message().await?;
        self.recover().await?;
        self.expect_recovered(SiteFile::Page).await?;
        self.expect_offline_cache().await
    }

    async fn emptied_cache(&self) -> Outcome {
        self.page.evaluate_async("for (const name of await caches.keys()) await caches.delete(name)").await?;
        self.prepare().await?;
        self.visit().await?;
        self.expect_message().await?;
        self.expect_recovered(SiteFile::Page).await?;
        self.expect_offline_cache().await
    }

    async fn two_versions_old(&self) -> Outcome {
        self.clear_caches().await?;
        self.page.site.clear_fault("/sw.js");
        let worker = offline::other_build_worker(self.page).await?;
        let oldest = worker.replacen("another-", "oldest-", 1);
        self.prepare().await?;
        self.page.site.set_fault("/sw.js", Fault::Body(oldest));
        self.expect_offline_cache().await?;
        // Two newer builds are published, one after the other, before the reader reloads.
        self.page.site.set_fault("/sw.js", Fault::Body(worker));
        offline::look_for_update(self.page).await?;
        self.page.wait_text(self.case.message).await?;
        self.page.site.clear_fault("/sw.js");
        offline::look_for_update(self.page).await?;
        self.expect_message().await?;
        self.page
            .wait_true(
                "the newest to wait",
                "return caches.keys().then(names => names.some(name => !/oldest-|another-|chunks$/.test(name)))",
            )
            .await?;
        self.recover().await?;
        self.page.wait_no_text(self.case.message).await?;
        self.expect_recovered(SiteFile::Page).await?;
        let names = self.page.evaluate_async("return (await caches.keys()).join()").await?;
        let names = names.as_str().unwrap_or_default();
        assert!(!names.contains("oldest-") && !names.contains("another-"), "{names}");
        self.expect_offline_cache().await?;
        self.clear_caches().await
    }
}

/// More than one page.
impl FaultRun<'_> {
    async fn theme_in_two_tabs(&self) -> Outcome {
        self.arrive().await?;
        let first = self.page.open_tab().await?;
        self.page.open(self.visit.path).await?;
        self.expect_recovered(SiteFile::Page).await?;
        self.page.choose_in_menu(Css(".theme label:nth-of-type(2)")).await?;
        let second = self.page.go_to_tab(&first).await?;
        self.page.wait_text(self.visit.sentence).await?;
        self.expect_recovered(SiteFile::Page).await?;
        self.page.reload().await?;
        self.page
            .wait_true("the other theme", "return document.documentElement.dataset.theme === 'light'")
            .await?;
        self.expect_answer().await?;
        self.page.go_to_tab(&second).await?;
        self.expect_answer().await?;
        self.page.close_tab(&first).await
    }

    async fn folds_in_two_tabs(&self) -> Outcome {
        self.prepare().await?;
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
        self.page.wait_text(self.visit.sentence).await?;
        self.page.close_tab(&first).await
    }

    async fn update_in_two_tabs(&self) -> Outcome {
        self.prepare().await?;
        self.page.site.clear_fault("/sw.js");
        self.expect_offline_cache().await?;
        let first = self.page.open_tab().await?;
        self.page.open(self.visit.path).await?;
        self.expect_recovered(SiteFile::Page).await?;
        let newer = offline::other_build_worker(self.page).await?;
        self.page.site.set_fault("/sw.js", Fault::Body(newer));
        offline::look_for_update(self.page).await?;
        self.expect_message().await?;
        self.recover().await?;
        self.page.wait_no_text(self.case.message).await?;
        self.expect_recovered(SiteFile::Page).await?;
        let second = self.page.go_to_tab(&first).await?;
        self.page.wait_text(self.visit.sentence).await?;
        self.page.fill(Css("#_search"), "fixmatch").await?;
        self.page.wait_text("No results.").await?;
        self.visit().await?;
        self.expect_recovered(SiteFile::Page).await?;
        self.clear_caches().await?;
        self.page.go_to_tab(&second).await?;
        self.page.close_tab(&first).await
    }

    /// Leaves and returns: the browser may restore the page from its back/forward cache.
    async fn back_from(&self, elsewhere: &str) -> Outcome {
        self.arrive().await?;
        self.page.evaluate(&format!("setTimeout(() => location.assign('{elsewhere}')); return 1")).await?;
        self.page.wait_url(elsewhere).await?;
        for _ in 0..2 {
            self.page.back().await?;
            self.page.wait_text(self.visit.sentence).await?;
            self.expect_recovered(SiteFile::Page).await?;
            self.page.forward().await?;
            self.page.wait_url(elsewhere).await?;
        }
        self.page.back().await?;
        self.expect_recovered(SiteFile::Page).await?;
        // Its keys work.
        self.page.press("/").await?;
        self.page.wait_focus(Css("#_search")).await?;
        self.page.press("Control+a").await?;
        self.page.type_text("camera").await?;
        self.page.press("Escape").await?;
        self.page.wait_url("/?category=mechanistic-interpretability").await
    }
}
