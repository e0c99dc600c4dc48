//! End to end: the built notebook, as readers meet it, in three browser engines.
//!
//! `cargo xtask test e2e` sets up browsers and drivers, builds `dist/` and runs this. By hand:
//! `NOTEBOOK_DIST=dist cargo test --test e2e`, with these to taste:
//!
//! - `NOTEBOOK_ENGINES=chromium,firefox,webkit` keeps to the engines named (all three by default),
//! - `NOTEBOOK_AXE=path/to/axe.min.js` is what the journeys of `accessible` need,
//! - `NOTEBOOK_SHOTS=folder` receives the screenshots, and one of every failure.
//!
//! To add a journey: write it in a room of `journeys`, put its name on the list at the end of this file.
// Not on wasm32, where lints see this file too; `process` needs process groups.
#![cfg(unix)]

mod engine;
mod harness;
mod journeys;
mod page;
mod problem;
mod process;
mod site;

use std::path::{Path, PathBuf};
use std::time::Duration;

use engine::Engine;
use journeys::{
    accessible, adapted, cite, faults, hostile, languages, large, map, matrix, memory, offline, palette,
    path, related, search, spoken, typeset,
};
use page::Page;
use problem::{Outcome, Problem};
use site::Site;

/// The longest journey there may be: a browser that hangs fails its test, not the whole run.
const LONGEST: Duration = Duration::from_secs(180);

/// Walks one journey through `folder` in one engine.
async fn walk(engine: Engine, name: &str, folder: &Path, journey: impl AsyncFnOnce(&Page) -> Outcome) {
    if !engine.is_wanted() {
        println!("{name}: NOTEBOOK_ENGINES leaves {engine} out");
        return;
    }
    if let Err(problem) = try_walk(engine, name, folder, journey).await {
        panic!("{name} in {engine}: {problem}");
    }
}

async fn try_walk(
    engine: Engine,
    name: &str,
    folder: &Path,
    journey: impl AsyncFnOnce(&Page) -> Outcome,
) -> Outcome {
    let site = Site::serve(folder)?;
    let browser = engine.open().await?;
    // Whatever happens, a panic included, the session is closed before `browser` goes and ends its driver.
    let ended = browser
        .session
        .clone()
        .run_and_quit(async |session| {
            let page = Page::new(session, engine, site);
            let outcome = match tokio::time::timeout(LONGEST, journey(&page)).await {
                Ok(outcome) => outcome,
                Err(_) => Err(format!("not at its end after {} s", LONGEST.as_secs()).into()),
            };
            match outcome {
                Ok(()) => Ok(()),
                Err(problem) => Err(page.describe(name, problem).await),
            }
        })
        .await;
    ended.map_err(|error| match error.body_error() {
        Some(problem) => problem.clone(),
        None => Problem::from(format!("the session did not close: {error}")),
    })
}

/// The built notebook: what `trunk build --release` left in `dist/`.
fn dist() -> PathBuf {
    built("NOTEBOOK_DIST", "dist")
}

/// The built notebook of 600 papers.
fn large_dist() -> PathBuf {
    built("NOTEBOOK_LARGE_DIST", "target/large/dist")
}

/// The built notebook of which every line tries something.
fn hostile_dist() -> PathBuf {
    built("NOTEBOOK_HOSTILE_DIST", "target/hostile/dist")
}

/// The same, with so many papers behind it that it comes in parts.
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

/// One test per journey and engine, so that a report reads `firefox::page_is_there`.
macro_rules! in_every_engine {
    ($($rooms:tt)*) => {
        in_engine!(chromium, Chromium, $($rooms)*);
        in_engine!(firefox, Firefox, $($rooms)*);
        in_engine!(webkit, WebKit, $($rooms)*);
    };
}

macro_rules! in_engine {
    ($module:ident, $engine:ident, $($room:ident in $dist:ident: $($journey:ident),*;)*) => {
        mod $module {
            use crate::engine::Engine;

            #[tokio::test]
            async fn verbs_work() {
                crate::walk(Engine::$engine, "verbs_work", &crate::harness::folder(), crate::harness::verbs_work).await;
            }

            $($(
                #[tokio::test]
                async fn $journey() {
                    crate::walk(Engine::$engine, stringify!($journey), &crate::$dist(), crate::$room::$journey).await;
                }
            )*)*
        }
    };
}

in_every_engine! {
    journeys in dist:
        page_is_there,
        the_program_takes_over_the_nodes_that_stand_there,
        filter_by_two_categories,
        the_url_is_the_state,
        a_deep_link_opens_a_closed_fold,
        text_is_found_and_marked,
        words_say_where_they_stand,
        nothing_found_says_which_filter_to_drop,
        by_keyboard_alone,
        a_share_link_leads_back_to_the_entry,
        a_theme_is_kept,
        a_picture_keeps_its_room_and_can_be_enlarged,
        nothing_overflows_a_narrow_window;
    related in dist:
        a_name_in_a_note_shows_what_it_means,
        an_entry_says_who_names_it,
        a_goal_leads_to_what_is_there;
    search in dist:
        a_typo_is_mended_and_can_be_insisted_on,
        a_synonym_finds_both_forms,
        a_result_says_what_where_and_why,
        a_result_leads_to_its_entry,
        most_of_the_words_are_better_than_none,
        orders_are_links,
        the_search_comes_when_it_is_wanted,
        a_link_with_words_is_answered_in_full,
        an_index_that_is_no_good_is_made_anew,
        without_its_program_the_page_is_looked_through;
    cite in dist:
        a_paper_is_cited_in_every_form,
        what_is_shown_is_saved;
    accessible in dist:
        everyone_can_read_it,
        everyone_can_use_what_opens,
        everyone_can_compare,
        everyone_learns_of_a_failure;
    adapted in dist:
        it_can_be_enlarged_four_times,
        letters_can_be_twice_as_large,
        it_keeps_to_the_colours_of_the_reader,
        nothing_moves_for_who_wants_no_motion;
    spoken in dist:
        a_screen_reader_is_told_all_of_it,
        the_focus_goes_in_reading_order,
        the_browser_finds_words_in_closed_folds;
    memory in dist:
        a_thousand_changes_leave_nothing_behind;
    hostile in hostile_dist:
        nothing_comes_through_the_policy,
        nothing_comes_through_without_a_policy;
    hostile in hostile_large_dist:
        nothing_comes_through_in_parts,
        nothing_comes_through_on_pages_of_parts;
    matrix in dist:
        papers_stand_in_a_table_by_label,
        a_table_is_copied_in_three_forms,
        two_papers_stand_side_by_side;
    map in dist:
        every_node_is_a_link_without_a_script,
        keys_walk_the_map,
        everyone_can_read_the_map,
        the_map_fits_a_phone;
    palette in dist:
        letters_find_an_entry,
        the_palette_closes_and_gives_the_focus_back,
        the_palette_acts,
        the_palette_clears_what_is_asked;
    offline in dist:
        it_opens_without_a_network,
        a_newer_build_waits_until_it_is_wanted,
        builds_are_never_mixed;
    languages in arabic_dist:
        a_page_speaks_the_language_of_its_notebook,
        a_page_is_mirrored;
    faults in dist:
        the_program_may_not_come,
        what_comes_later_may_not_come,
        the_network_goes_at_each_step,
        the_browser_may_lack_something,
        what_is_kept_may_break,
        there_may_be_two_tabs;
    faults in large_dist:
        parts_of_a_large_notebook_may_not_come;
    path in under_paths:
        it_works_where_it_is_built_for_a_path,
        it_works_with_relative_addresses;
    typeset in typeset_dist:
        formulas_and_code_are_set,
        words_of_a_formula_are_found,
        what_is_wide_scrolls_by_itself;
    typeset in large_dist:
        what_comes_in_parts_is_set_alike;
    large in large_dist:
        it_is_there_before_anything_is_fetched,
        lines_come_as_they_are_scrolled_to,
        a_search_looks_through_all_of_it,
        filters_and_orders_are_in_the_url,
        a_link_to_any_entry_leads_there,
        an_outline_that_does_not_come_is_asked_for_again,
        a_paper_far_down_is_cited,
        papers_of_a_large_notebook_stand_in_a_table;
}
