//! The accessibility tree, and the focus order.

use serde_json::{Value, json};

use super::start;
use crate::page::{Css, Page, Text};
use crate::problem::Outcome;

/// Returns Chromium's accessibility tree from the first node of a role on: roles, names and states, one node a line.
///
/// The drivers of the other engines do not expose theirs.
async fn accessibility_tree(page: &Page, role: &str) -> Outcome<String> {
    let response = page.devtools("Accessibility.getFullAXTree", json!({})).await?;
    let nodes = response["nodes"].as_array().cloned().unwrap_or_default();
    let from = nodes.iter().find(|node| node["ignored"] == false && node["role"]["value"] == role);
    let from = from.ok_or_else(|| format!("no node has the role {role}"))?;
    let mut lines = String::new();
    write_node(&nodes, from, 0, "", &mut lines);
    Ok(lines)
}

/// Roles that only group others, and are not announced.
const IGNORED_ROLES: [&str; 5] = ["none", "generic", "InlineTextBox", "LineBreak", "LayoutTable"];

fn write_node(nodes: &[Value], node: &Value, depth: usize, above: &str, lines: &mut String) {
    let role = node["role"]["value"].as_str().unwrap_or_default();
    let name = node["name"]["value"].as_str().unwrap_or_default();
    let is_ignored = node["ignored"] == true
        || IGNORED_ROLES.contains(&role)
        || (role == "StaticText" && above.contains(name));
    if !is_ignored {
        lines.extend([&"  ".repeat(depth), role]);
        if !name.is_empty() {
            lines.extend([" \"", name, "\""]);
        }
        for property in node["properties"].as_array().into_iter().flatten() {
            let value = &property["value"]["value"];
            let name = property["name"].as_str().unwrap_or_default();
            let matters = [
                "checked", "expanded", "level", "live", "modal", "pressed", "selected", "hasPopup",
                "disabled",
            ];
            if matters.contains(&name) {
                lines.push_str(&format!(" {name}={}", value.to_string().trim_matches('"')));
            }
        }
        lines.push('\n');
    }
    let (depth, above) = if is_ignored { (depth, above) } else { (depth + 1, name) };
    for child in node["childIds"].as_array().into_iter().flatten() {
        if let Some(child) = nodes.iter().find(|node| node["nodeId"] == *child) {
            write_node(nodes, child, depth, above, lines);
        }
    }
}

pub(crate) async fn exposes_everything_to_screen_readers(page: &Page) -> Outcome {
    if !page.has_devtools("has no driver that exposes the accessibility tree") {
        return Ok(());
    }
    start(page, "/?q=fixmatch").await?;
    page.wait_text("1 of 7 papers").await?;
    insta::assert_snapshot!("accessibility_tree_search", accessibility_tree(page, "RootWebArea").await?);
    page.press("Control+k").await?;
    page.wait_visible(Css("#_option-2")).await?;
    page.type_text("attention").await?;
    page.wait_true(
        "the paper first",
        "return document.getElementById('_option-0')?.textContent.includes('Attention is all')",
    )
    .await?;
    insta::assert_snapshot!("accessibility_tree_palette", accessibility_tree(page, "dialog").await?);
    start(page, "/?view=table&q=vision").await?;
    page.wait_visible(Css(".paper-table tbody tr")).await?;
    insta::assert_snapshot!("accessibility_tree_table", accessibility_tree(page, "table").await?);
    Ok(())
}

/// Returns the focused element, and problems with it: it precedes the last one, is not visible, has no focus indicator,
/// or is covered.
const FOCUS: &str = r#"
    const at = document.activeElement;
    if (!at || at === document.body || at === document.documentElement || at === window.walked?.[0]) return null;
    window.walked ??= [];
    const last = window.walked.at(-1);
    window.walked.push(at);
    const wrong = [];
    if (last && !(last.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING)) wrong.push('it comes before the last');
    // The label of a choice is what is visible.
    const seen = at.closest('label') ?? at;
    const box = seen.getBoundingClientRect();
    if (box.width < 2 || box.height < 2 || box.bottom <= 0 || box.top >= innerHeight) wrong.push('it is out of sight');
    const ring = element => { const style = getComputedStyle(element); return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0; };
    if (!ring(seen) && !ring(at)) wrong.push('nothing shows it');
    const x = Math.min(Math.max(box.left + Math.min(box.width / 2, 20), 1), innerWidth - 1);
    const y = Math.min(Math.max(box.top + Math.min(box.height / 2, 12), 1), innerHeight - 1);
    const over = document.elementFromPoint(x, y);
    if (over && !seen.contains(over) && !over.contains(seen)) wrong.push('it is covered by ' + over.outerHTML.slice(0, 80));
    return [(at.ariaLabel ?? at.innerText ?? at.value ?? '').slice(0, 60) + ' ' + at.outerHTML.slice(0, 100), wrong.join(', ')];
"#;

pub(crate) async fn moves_the_focus_in_reading_order(page: &Page) -> Outcome {
    start(page, "/?q=fixmatch").await?;
    page.wait_text("1 of 7 papers").await?;
    // Elements that are still scrolled into view would be looked at on their way.
    page.evaluate(
        "document.documentElement.style.scrollBehavior = 'auto'; document.activeElement.blur(); scrollTo(0, 0); return 1",
    )
    .await?;
    let mut wrong = Vec::new();
    let mut places = 0;
    // The page has about 80 focusable elements; another round of them would be a trap.
    while places < 200 {
        page.press("Tab").await?;
        let at = page.evaluate(FOCUS).await?;
        let Some([name, found]) = at.as_array().map(Vec::as_slice) else { break };
        places += 1;
        if found != "" {
            wrong.push(format!(
                "{}: {}",
                name.as_str().unwrap_or_default(),
                found.as_str().unwrap_or_default()
            ));
        }
    }
    assert!((20..200).contains(&places), "{places} places have the focus in turn");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}

/// Opening a fold by a text fragment, which does what find-in-page does; no driver can open that.
///
/// Only in Chromium does a link that its driver follows open folds.
pub(crate) async fn lets_the_browser_find_words_in_closed_folds(page: &Page) -> Outcome {
    if !page.has_devtools("opens no fold for a link to words that its driver follows") {
        return Ok(());
    }
    start(page, "/").await?;
    page.choose_in_menu(Text("Collapse all")).await?;
    super::papers(page, 0).await?;
    // A fold that the reader has closed, then
    page.open("/missing.html").await?;
    start(page, "/#:~:text=Unsupervised%20discovery").await?;
    page.wait_visible(Css("#variational-sparse-coding")).await?;
    // one that is closed by default.
    page.open("/missing.html").await?;
    start(page, "/#:~:text=Mentioned%20in").await?;
    page.wait_visible(Css(".related[open] ul")).await
}
