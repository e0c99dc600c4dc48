//! End to end: the built notebook, as readers meet it, in three browser engines.
//!
//! `cargo xtask test e2e` sets up browsers and drivers, builds `dist/` and runs this. By hand:
//! `NOTEBOOK_DIST=dist cargo test --test e2e`, with these to taste:
//!
//! - `NOTEBOOK_ENGINES=chromium,firefox,webkit` keeps to the engines named (all three by default),
//! - `NOTEBOOK_AXE=path/to/axe.min.js` is what the journeys of `accessible` need,
//! - `NOTEBOOK_FONTS=path/to/fonts.conf` is what those of `appearance` need,
//! - `NOTEBOOK_SHOTS=folder` receives the screenshots, and one of every failure.
//!
//! To add a journey: write it in a module of `journeys`, and add its name to the list at the end of this file.
// Lints compile this file for wasm32 too; `process` needs process groups.
#![cfg_attr(not(unix), no_main)]
#![cfg(unix)]

mod browsers;
mod engine;
mod harness;
mod journeys;
mod page;
mod picture;
mod problem;
mod process;
mod site;

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use browsers::{Profile, acquire};
use engine::Engine;
use futures_util::FutureExt as _;
use journeys::{
    accessibility_tree, accessible, appearance, cite, faults, hostile, languages, large, live_reload, map,
    memory, offline, palette, paper_table, path, pictures, related, search, single, studio, studio_files,
    typeset, user_preferences,
};
use libtest_mimic::{Arguments, Trial};
use page::Page;
use problem::{Outcome, Problem};
use site::Site;
use tokio::runtime::{Handle, Runtime};

/// Time limit of a journey: a browser that hangs fails its test, not the whole run.
const JOURNEY_TIMEOUT: Duration = Duration::from_mins(3);

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    arguments.test_threads = arguments.test_threads.or(Some(browsers::MAX_BROWSERS));
    // Sessions outlive a journey, and so must the runtime that drives their connections.
    let runtime = match Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("no journey can be walked: {error}");
            return ExitCode::FAILURE;
        }
    };
    let engines = Engine::ALL.into_iter().filter(|engine| engine.is_wanted());
    let trials = engines.flat_map(|engine| trials(engine, runtime.handle())).collect();
    let conclusion = libtest_mimic::run(&arguments, trials);
    runtime.block_on(browsers::close_idle());
    conclusion.exit_code()
}

/// Returns the test of one journey in one engine: `firefox::shows_the_page`.
fn trial(
    engine: Engine,
    runtime: &Handle,
    name: &'static str,
    folder: fn() -> PathBuf,
    profile: Profile,
    journey: impl AsyncFn(&Page) -> Outcome + Send + 'static,
) -> Trial {
    let runtime = runtime.clone();
    Trial::test(format!("{engine}::{name}"), move || {
        let walked = runtime.block_on(async {
            let first = walk(engine, name, &folder(), profile, &journey).await;
            match first {
                Err(problem) if may_retry() => {
                    println!("{name} in {engine} is run a second time, because it failed: {problem}");
                    walk(engine, name, &folder(), Profile::Fresh, &journey).await
                }
                outcome => outcome,
            }
        });
        walked.map_err(|problem| format!("{name} in {engine}: {problem}").into())
    })
}

/// Number of journeys of a run that may fail once: drivers lose a connection now and then, and a fault of the page fails
/// the second time too. More would hide a page that often fails.
const MAX_RETRIES: usize = 2;

/// Returns true [`MAX_RETRIES`] times.
fn may_retry() -> bool {
    static USED: AtomicUsize = AtomicUsize::new(0);
    USED.fetch_add(1, Ordering::Relaxed) < MAX_RETRIES
}

/// Walks one journey through the site in `folder`.
async fn walk(
    engine: Engine,
    name: &str,
    folder: &Path,
    profile: Profile,
    journey: &impl AsyncFn(&Page) -> Outcome,
) -> Outcome {
    let pooled = acquire(engine, profile).await?;
    let page = Page::new(pooled.browser.session.clone(), engine, Site::serve(folder)?);
    let walked = AssertUnwindSafe(tokio::time::timeout(JOURNEY_TIMEOUT, journey(&page))).catch_unwind().await;
    let outcome = match walked {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(_)) => Err(format!("not finished after {} s", JOURNEY_TIMEOUT.as_secs()).into()),
        Err(panic) => Err(message(&*panic)),
    };
    match outcome {
        Ok(()) => {
            drop(page);
            pooled.release().await
        }
        Err(problem) => {
            let problem = page.describe(name, problem).await;
            let _ = pooled.browser.close().await;
            Err(problem)
        }
    }
}

/// Returns what a failed assertion says. Where it stands in the code has been printed already.
fn message(panic: &(dyn Any + Send)) -> Problem {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("a panic without a message").into()
}

/// The page on which verbs are tried.
fn verbs_dist() -> PathBuf {
    harness::folder()
}

/// The built notebook: what `trunk build --release` left in `dist/`.
fn dist() -> PathBuf {
    built("NOTEBOOK_DIST", "dist")
}

/// The built notebook of 600 papers.
fn large_dist() -> PathBuf {
    built("NOTEBOOK_LARGE_DIST", "target/large/dist")
}

/// The built notebook of 401 papers: one more than a page may have.
fn large_401_dist() -> PathBuf {
    built("NOTEBOOK_LARGE_401_DIST", "target/large-401/dist")
}

/// The built notebook of 2,000 papers.
fn large_2000_dist() -> PathBuf {
    built("NOTEBOOK_LARGE_2000_DIST", "target/large-2000/dist")
}

/// The built notebook of which every line tries something.
fn hostile_dist() -> PathBuf {
    built("NOTEBOOK_HOSTILE_DIST", "target/hostile/dist")
}

/// The same, with so many papers behind it that it comes in chunks.
fn hostile_large_dist() -> PathBuf {
    built("NOTEBOOK_HOSTILE_LARGE_DIST", "target/hostile/large/dist")
}

/// The built notebook of formulas and code.
fn typeset_dist() -> PathBuf {
    built("NOTEBOOK_TYPESET_DIST", "target/typeset/dist")
}

/// The built notebook in Arabic.
fn arabic_dist() -> PathBuf {
    built("NOTEBOOK_ARABIC_DIST", "target/arabic/dist")
}

/// The built notebook in Chinese.
fn chinese_dist() -> PathBuf {
    built("NOTEBOOK_CHINESE_DIST", "target/chinese/dist")
}

/// The built notebook of which pictures are kept.
fn tides_dist() -> PathBuf {
    built("NOTEBOOK_TIDES_DIST", "target/tides/dist")
}

/// Page and programs without a notebook.
fn frame() -> PathBuf {
    built("NOTEBOOK_PAGE", "target/frame")
}

/// A folder with nothing but the notebook in a single file.
fn single_dist() -> PathBuf {
    built("NOTEBOOK_SINGLE_DIST", "target/single")
}

/// The notebook in a single file.
fn single_file() -> PathBuf {
    single_dist().join("index.html")
}

/// A host whose root is not the notebook's: at `/notebook/` one with addresses from the root, at `/relative/` the usual one.
fn under_paths() -> PathBuf {
    let folder = built("NOTEBOOK_PATH_DIST", "target/path/notebook").join("..");
    // Another test may have made it in the meantime.
    let _ = std::os::unix::fs::symlink(dist(), folder.join("relative"));
    folder
}

fn built(variable: &str, usual: &str) -> PathBuf {
    let folder = std::env::var_os(variable).unwrap_or_else(|| usual.into());
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    assert!(
        folder.join("index.html").is_file(),
        "{} has no index.html: run `cargo xtask test e2e`, or let {variable} name a built notebook",
        folder.display()
    );
    folder
}

/// Declares `trials`: one for every journey of the list.
macro_rules! journeys {
    ($($room:ident in $dist:ident $(with a $profile:ident profile)?: $($journey:ident),*;)*) => {
        fn trials(engine: Engine, runtime: &Handle) -> Vec<Trial> {
            let mut trials = Vec::new();
            $(
                let profile = profile!($($profile)?);
                $(trials.push(trial(engine, runtime, stringify!($journey), $dist, profile, $room::$journey));)*
            )*
            trials
        }
    };
}

macro_rules! profile {
    () => {
        Profile::Shared
    };
    (fresh) => {
        Profile::Fresh
    };
}

journeys! {
    harness in verbs_dist:
        verbs_do_what_they_say,
        pictures_are_compared;
    appearance in tides_dist:
        looks_as_before,
        looks_as_before_in_print;
    appearance in large_2000_dist:
        looks_as_before_with_many_papers;
    appearance in arabic_dist:
        looks_as_before_in_arabic;
    appearance in chinese_dist:
        looks_as_before_in_chinese;
    journeys in dist:
        shows_the_page,
        hydrates_the_prerendered_nodes,
        filters_by_two_categories,
        restores_its_state_from_the_url,
        opens_a_closed_fold_for_a_deep_link,
        finds_and_highlights_text,
        searches_in_one_field,
        suggests_a_filter_to_remove,
        works_by_keyboard_alone,
        leads_back_to_the_entry_by_its_share_link,
        remembers_the_theme,
        reserves_room_for_a_picture_and_enlarges_it,
        fits_a_narrow_window;
    related in dist:
        previews_a_term_named_in_a_note,
        lists_the_mentions_of_an_entry,
        leads_from_a_goal_to_its_entries;
    search in dist:
        corrects_a_typo_unless_the_reader_insists,
        finds_both_forms_of_a_synonym,
        describes_a_result,
        leads_from_a_result_to_its_entry,
        finds_entries_with_most_of_the_words,
        sorts_by_links,
        fetches_the_search_with_the_first_query,
        answers_a_link_with_words,
        searches_the_texts_if_the_index_is_damaged,
        searches_the_texts_without_the_search_program;
    cite in dist:
        cites_a_paper_in_every_style,
        exports_the_visible_papers;
    accessible in dist:
        passes_the_accessibility_rules,
        opens_accessible_dialogs,
        compares_accessibly,
        announces_a_failure;
    user_preferences in dist:
        reflows_at_four_times_the_size,
        reflows_with_letters_of_twice_the_size,
        respects_forced_colors,
        respects_reduced_motion;
    accessibility_tree in dist:
        exposes_everything_to_screen_readers,
        moves_the_focus_in_reading_order,
        lets_the_browser_find_words_in_closed_folds;
    memory in dist with a fresh profile:
        releases_memory_after_a_thousand_changes;
    hostile in hostile_dist:
        runs_no_hostile_script,
        runs_no_hostile_script_without_a_policy;
    hostile in hostile_large_dist:
        runs_no_hostile_script_from_chunks,
        runs_no_hostile_script_on_static_pages;
    paper_table in dist:
        shows_papers_in_a_table_by_label,
        copies_a_table_in_three_formats,
        compares_two_papers;
    map in dist:
        links_every_node_without_a_script,
        walks_the_map_by_keys,
        keeps_the_list_in_step,
        shows_an_accessible_map,
        fits_the_map_on_a_phone;
    pictures in dist:
        has_its_pictures_taken,
        begins_with_a_paper_on_a_phone;
    palette in dist:
        finds_an_entry_by_letters,
        closes_the_palette_and_returns_the_focus,
        acts_from_the_palette,
        clears_the_query_from_the_palette;
    offline in dist:
        opens_offline,
        offers_a_newer_build,
        never_mixes_builds;
    languages in arabic_dist:
        speaks_the_language_of_the_notebook,
        mirrors_a_page_in_arabic;
    faults in dist:
        survives_a_missing_program,
        survives_missing_later_files,
        survives_losing_the_network,
        survives_a_limited_browser,
        survives_damaged_caches,
        survives_two_tabs,
        survives_hosts_that_change_files;
    faults in large_dist:
        survives_missing_chunks;
    path in under_paths:
        works_below_a_path_it_was_built_for,
        works_below_any_path;
    live_reload in verbs_dist:
        follows_the_file_in_place,
        answers_a_query_from_the_new_version,
        loads_the_page_again_at_the_same_place;
    live_reload in dist:
        renders_a_notebook_from_its_data_files_alone;
    single in single_dist:
        works_from_a_disk;
    studio in dist:
        edits_a_copy,
        shows_a_problem_where_it_is,
        restores_words_after_a_reload,
        searches_words_that_are_not_saved,
        follows_from_page_to_source_and_back;
    studio_files in dist:
        saves_only_what_was_changed,
        edits_in_one_tab_at_a_time,
        opens_a_file_by_its_address,
        edits_accessibly,
        readers_fetch_nothing_of_the_studio;
    typeset in typeset_dist:
        typesets_formulas_and_code,
        copies_formulas_as_tex,
        finds_words_of_a_formula,
        scrolls_wide_blocks_by_themselves;
    typeset in large_dist:
        typesets_entries_from_chunks_alike;
    large in dist:
        moves_nothing_when_a_small_page_is_hydrated;
    large in large_401_dist:
        moves_nothing_when_the_program_starts,
        shows_sections_folded_as_their_author_wrote_them;
    large in large_2000_dist:
        moves_nothing_when_the_program_starts;
    large in large_dist:
        shows_the_first_entries_before_anything_is_fetched,
        moves_nothing_when_the_program_starts,
        folds_sections_of_a_large_notebook,
        fetches_entries_as_they_are_scrolled_to,
        searches_the_whole_notebook,
        keeps_filters_and_order_in_the_url,
        opens_a_link_to_any_entry,
        fetches_a_missing_outline_again,
        cites_a_paper_far_down,
        shows_a_large_notebook_in_a_table;
}
