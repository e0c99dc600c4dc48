//! Memory of a page after long use.

use serde_json::json;

use super::start;
use crate::page::{Css, Page};
use crate::problem::Outcome;

/// Changes filters and words `count` times, each change painted before the next.
const CHANGES: &str = "
    const painted = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
    const box = document.getElementById('_search');
    for (let at = 0; at < count; at++) {
      if (at % 4 === 3) {
        box.value = ['', 'sparse', 'vision', 'transfomer'][at / 4 % 4 | 0];
        box.dispatchEvent(new InputEvent('input', { bubbles: true }));
      } else {
        const values = [...document.querySelectorAll('.facet a')].filter(value => value.checkVisibility());
        values[at * 7 % values.length].click();
      }
      await painted();
    }
    return 1;";

/// Returns the bytes of scripts, WebAssembly memories and nodes after garbage collection.
async fn bytes(page: &Page) -> Outcome<f64> {
    for _ in 0..5 {
        page.devtools("HeapProfiler.collectGarbage", json!({})).await?;
    }
    let used = page.devtools("Runtime.getHeapUsage", json!({})).await?;
    let of = |name: &str| used[name].as_f64().unwrap_or_default();
    let kind = json!({ "expression": "WebAssembly.Memory.prototype" });
    let kind = page.devtools("Runtime.evaluate", kind).await?;
    let kind = json!({ "prototypeObjectId": kind["result"]["objectId"] });
    let memories = page.devtools("Runtime.queryObjects", kind).await?;
    let sum = "function () { return this.reduce((sum, memory) => sum + memory.buffer.byteLength, 0) }";
    let sum = json!({ "objectId": memories["objects"]["objectId"], "functionDeclaration": sum });
    let programs = page.devtools("Runtime.callFunctionOn", sum).await?["result"]["value"].as_f64();
    let programs = programs.ok_or("the programs have no memory")?;
    Ok(of("usedSize") + of("embedderHeapUsedSize") + of("backingStorageSize") + programs)
}

pub(crate) async fn releases_memory_after_a_thousand_changes(page: &Page) -> Outcome {
    if !page.has_devtools("has no driver that tells how much memory a page has") {
        return Ok(());
    }
    start(page, "/").await?;
    page.wait_visible(Css(".facet a")).await?;
    // By then the browser has compiled what it runs often, which takes half a megabyte.
    page.evaluate_async(&format!("const count = 200; {CHANGES}")).await?;
    let before = bytes(page).await?;
    page.evaluate_async(&format!("const count = 1000; {CHANGES}")).await?;
    let after = bytes(page).await?;
    println!(
        "memory after 200 changes {:.2} MB, after 1,200 {:.2} MB: {:.3}x",
        before / 1e6,
        after / 1e6,
        after / before
    );
    assert!(before > 1e6 && after <= 1.1 * before, "{before} bytes after 200 changes, {after} after 1,200");
    Ok(())
}
