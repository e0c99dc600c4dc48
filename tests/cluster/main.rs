//! A notebook in an object store of three machines: Garage, every file on each of them, the page from its own web server.
//!
//! `cargo xtask test --cluster` sets up what it needs and runs this. By hand:
//! `NOTEBOOK_GARAGE=/path/to/garage NOTEBOOK_DIST=dist cargo test --test cluster`.
// Not on wasm32, where lints see this file too; `process` needs process groups.
#![cfg(unix)]

#[expect(dead_code, reason = "journeys use more of it")]
#[path = "../e2e/engine.rs"]
mod engine;
#[path = "../file_names/mod.rs"]
mod file_names;
mod garage;
#[path = "../e2e/problem.rs"]
mod problem;
#[path = "../e2e/process.rs"]
mod process;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use engine::{Browser, Engine};
use file_names::file_names;
use garage::{BUCKET, Cluster, KEY, SECRET};
use problem::Outcome;
use serde_json::json;

/// Time limit for a page, or for a node that returns.
const TIMEOUT: Duration = Duration::from_mins(1);

#[tokio::test]
async fn survives_the_loss_of_a_node() {
    let outcome = match Engine::Chromium.open().await {
        Ok(browser) => {
            let outcome = run_scenario(&browser).await;
            // An earlier failure is more useful than this one.
            outcome.and(browser.close().await)
        }
        Err(problem) => Err(problem),
    };
    if let Err(problem) = outcome {
        panic!("{problem}");
    }
}

async fn run_scenario(browser: &Browser) -> Outcome {
    let began = Instant::now();
    // The chore prints these lines as its report.
    let say = |what: &str| println!("{:>4} s  {what}", began.elapsed().as_secs());
    let build = tempfile::tempdir()?;
    copy(&dist(), build.path())?;
    // The service worker would answer from its cache, but this tests the store.
    fs::remove_file(build.path().join("sw.js"))?;
    let mut cluster = Cluster::start()?;
    say("three machines keep a bucket");
    done(&publish(&cluster, 0, build.path()));
    expect_all_files(&cluster, 0, build.path()).await?;
    opens(browser, &cluster, 1, "Notebook").await?;
    say("published at the first, opened from the second");

    cluster.stop(2);
    opens(browser, &cluster, 0, "Notebook").await?;
    say("the third is off: opened from the first");
    next_version(build.path(), "Second version")?;
    let output = done(&publish(&cluster, 1, build.path()));
    assert!(output.contains("1 added, 1 changed, 0 removed"), "{output}");
    opens(browser, &cluster, 0, "Second version").await?;
    say("published again at the second, opened from the first");

    cluster.start_again(2)?;
    cluster.stop(0);
    expect_all_files(&cluster, 2, build.path()).await?;
    opens(browser, &cluster, 2, "Second version").await?;
    say("the third is on, the first off: the third gives all that was published while it was off");

    cluster.stop(1);
    next_version(build.path(), "Third version")?;
    let refused = publish(&cluster, 2, build.path());
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(!refused.status.success() && said.starts_with("error: s3://notes"), "{said}");
    say(&format!("one alone is no store, and says so: {}", said.trim()));
    cluster.start_again(0)?;
    cluster.start_again(1)?;
    done(&publish(&cluster, 2, build.path()));
    for node in 0..3 {
        expect_all_files(&cluster, node, build.path()).await?;
    }
    assert!(done(&publish(&cluster, 1, build.path())).contains("nothing was sent"));
    opens(browser, &cluster, 1, "Third version").await?;
    say("all are on again: published, and nothing is missing anywhere");
    Ok(())
}

/// The built site.
fn dist() -> PathBuf {
    let folder = std::env::var_os("NOTEBOOK_DIST").unwrap_or_else(|| "dist".into());
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    assert!(
        folder.join("index.html").is_file(),
        "{} has no index.html: run `cargo xtask build`",
        folder.display()
    );
    folder
}

fn publish(cluster: &Cluster, node: usize, from: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_notebook"));
    command.args(["publish", &format!("s3://{BUCKET}"), "--from"]).arg(from);
    command.env("AWS_ENDPOINT_URL", cluster.s3(node)).env("AWS_REGION", "garage");
    command.env("AWS_ACCESS_KEY_ID", KEY).env("AWS_SECRET_ACCESS_KEY", SECRET);
    command.output().unwrap_or_else(|why| panic!("notebook does not start: {why}"))
}

#[track_caller]
fn done(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Another page with one more file: what it is called changes, and it asks for a style of its own.
fn next_version(build: &Path, title: &str) -> Outcome {
    let page = fs::read_to_string(build.join("index.html"))?;
    let style = format!("more-{:016x}.css", title.len());
    fs::write(build.join(&style), format!("/* {title} */"))?;
    let (before, rest) = page.split_once("<h1>").ok_or("the page has no title")?;
    let (_, after) = rest.split_once("<!></h1>").ok_or("the title has no end")?;
    let page = format!("{before}<h1>{title}<!></h1>{after}");
    fs::write(
        build.join("index.html"),
        page.replace("</head>", &format!("<link rel=\"stylesheet\" href=\"{style}\"></head>")),
    )?;
    Ok(())
}

/// Opens the page from a machine's own web server; its program runs, and all that it asks for comes.
async fn opens(browser: &Browser, cluster: &Cluster, node: usize, title: &str) -> Outcome {
    let session = &browser.session;
    session.goto(cluster.web(node)).await?;
    let script = "return { \
            ready: document.readyState === 'complete' && 'ready' in document.documentElement.dataset, \
            title: document.querySelector('h1')?.textContent, \
            missing: performance.getEntriesByType('resource').filter(e => e.responseStatus >= 400).map(e => e.name), \
            pictures: [...document.querySelectorAll('img[src]')].every(image => image.loading === 'lazy' || image.naturalWidth > 0), \
        }";
    let wanted = json!({ "ready": true, "title": title, "missing": [], "pictures": true });
    let began = Instant::now();
    loop {
        let seen = session.execute(script, Vec::new()).await?.json().clone();
        if seen == wanted {
            return Ok(());
        }
        if began.elapsed() > TIMEOUT {
            return Err(format!("{} shows {seen} instead of {wanted}", cluster.web(node)).into());
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// A machine's own web server has every file of a build, byte for byte, with what browsers are to be told.
async fn expect_all_files(cluster: &Cluster, node: usize, build: &Path) -> Outcome {
    let began = Instant::now();
    for name in file_names(build) {
        let wanted = fs::read(build.join(&name))?;
        loop {
            let got = cluster.get(node, &format!("/{name}"));
            match got {
                Ok((head, body)) if body == wanted => {
                    let is_hash =
                        |part: &str| part.len() == 16 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
                    let hashed = name.split(['-', '_', '.', '/']).any(is_hash);
                    let keep = if hashed { "public, max-age=31536000, immutable" } else { "no-cache" };
                    assert!(
                        head.to_lowercase().contains(&format!("cache-control: {keep}")),
                        "{name}: {head}"
                    );
                    assert!(!name.contains("_bg.") || head.contains("application/wasm"), "{name}: {head}");
                    break;
                }
                other if began.elapsed() > TIMEOUT => {
                    let head = other.map_or_else(|why| why.to_string(), |(head, _)| head);
                    return Err(format!("{name} does not come from machine {}: {head}", node + 1).into());
                }
                _ => tokio::time::sleep(Duration::from_millis(200)).await,
            }
        }
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Outcome {
    for name in file_names(from) {
        let target = to.join(&name);
        fs::create_dir_all(target.parent().unwrap_or(to))?;
        fs::copy(from.join(&name), target)?;
    }
    Ok(())
}
