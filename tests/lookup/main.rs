//! `notebook add`, `fill` and `check --links`, with a server on this machine in place of the metadata services.

#![cfg(not(target_arch = "wasm32"))]

mod server;

use std::fs;
use std::io::Write as _;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::json;
use server::{Reply, Server};

const NOTEBOOK: &str =
    "# Notes\n\n## Papers\n\n- [First](https://a.example/1)\n\n## Terms\n\n- Word: meaning\n";

/// A folder with a notebook, and a cache of its own.
struct Workspace {
    folder: tempfile::TempDir,
    services: String,
}

impl Workspace {
    fn new(server: &Server, notebook: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("n.md"), notebook).unwrap();
        Self { folder, services: server.address.clone() }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_notebook"));
        command
            .current_dir(self.folder.path())
            .args(arguments)
            .env("XDG_CACHE_HOME", self.folder.path().join("cache"))
            .env("NOTEBOOK_METADATA_SERVICES", &self.services)
            .env("NOTEBOOK_REQUEST_INTERVAL", "1")
            .env("NOTEBOOK_REQUEST_TIMEOUT", "2000");
        for proxy in ["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
            command.env_remove(proxy);
        }
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Runs the command with an answer to its question.
    fn answer(&self, arguments: &[&str], answer: &str) -> Output {
        let mut command = self.command(arguments);
        let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(answer.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    }

    fn read(&self, file: &str) -> String {
        fs::read_to_string(self.folder.path().join(file)).unwrap_or_default()
    }

    fn write(&self, file: &str, text: &str) {
        fs::write(self.folder.path().join(file), text).unwrap();
    }
}

fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn printed(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// An answer of arXiv about some papers, of which version 3 is the latest.
fn arxiv_feed(ids: &[&str]) -> String {
    let entries: Vec<String> = ids
        .iter()
        .map(|id| {
            format!(
                "<entry><id>http://arxiv.org/abs/{id}v3</id><published>2021-01-22T18:00:00Z</published>\
                 <title>Quiet Gradients {id}</title><summary>We say little.</summary>\
                 <author><name>Ada One</name></author></entry>"
            )
        })
        .collect();
    format!("<?xml version=\"1.0\"?><feed xmlns=\"http://www.w3.org/2005/Atom\">{}</feed>", entries.concat())
}

fn crossref_record(doi: &str) -> serde_json::Value {
    json!({ "DOI": doi, "type": "journal-article", "title": [format!("Loud Gradients {doi}")],
            "container-title": ["Annals of A"], "author": [{ "given": "Bo", "family": "Two" }],
            "issued": { "date-parts": [[2019, 5]] }, "URL": format!("https://doi.org/{doi}") })
}

fn crossref(doi: &str) -> String {
    json!({ "status": "ok", "message-type": "work", "message": crossref_record(doi) }).to_string()
}

/// Answers as the services do about works that they do not know.
fn unknown(path: &str) -> Reply {
    if path.starts_with("/arxiv/") {
        return Reply::ok(arxiv_feed(&[]));
    }
    Reply::status(404, "Resource not found.")
}

#[test]
fn adds_a_paper_by_its_arxiv_id_and_touches_nothing_else() {
    let server = Server::start(|path, _| match path {
        "/arxiv/query?id_list=2101.99001&max_results=1" => Reply::ok(arxiv_feed(&["2101.99001"])),
        other => unknown(other),
    });
    let workspace = Workspace::new(&server, NOTEBOOK);
    let output = workspace.run(&["add", "arXiv:2101.99001v2", "--to", "n.md", "--abstract"]);
    assert!(output.status.success(), "{}", errors(&output));
    let added =
        "- [Quiet Gradients 2101.99001](https://arxiv.org/abs/2101.99001):\n\n  Abstract: We say little.\n";
    assert_eq!(workspace.read("n.md"), NOTEBOOK.replace("\n\n## Terms", &format!("\n\n{added}\n## Terms")));
    let entry = workspace.read("references.bib");
    for part in ["@misc{one2021quiet,", "author = {One, Ada}", "eprint = {2101.99001}", "year = {2021}"] {
        assert!(entry.contains(part), "{part} in {entry}");
    }
    let request = &server.requests()[0];
    assert!(request.headers.iter().any(|line| line.starts_with("user-agent: notebook/")), "{request:?}");
    let again = workspace.run(&["add", "2101.99001", "--to", "n.md"]);
    assert!(
        !again.status.success() && errors(&again).contains("already has this paper"),
        "{}",
        errors(&again)
    );
    assert_eq!(server.paths().len(), 1, "the answer was kept");
}

#[test]
fn adds_a_paper_by_every_kind_of_identifier() {
    let page = r#"<html><head><meta name="citation_title" content="Paged Gradients">
        <meta name="citation_author" content="Six, Fay"><meta name="citation_publication_date" content="2018/07/03">
        <meta name="citation_conference_title" content="Made-up Conference"></head></html>"#;
    let server = Server::start(move |path, _| {
        match path {
        "/crossref/works/10.1000/loud" => Reply::ok(crossref("10.1000/loud")),
        "/datacite/dois/10.5281/zenodo.99" => Reply::ok(
            json!({ "data": { "attributes": { "doi": "10.5281/zenodo.99", "titles": [{ "title": "Quiet Data" }],
                "creators": [{ "name": "Three, Cy" }], "publicationYear": 2020, "types": { "resourceTypeGeneral": "Dataset" } } } })
            .to_string(),
        ),
        "/openlibrary/api/books?bibkeys=ISBN:9780262035613&format=json&jscmd=data" => Reply::ok(
            json!({ "ISBN:9780262035613": { "title": "Deep Quiet", "authors": [{ "name": "Di Four" }],
                "publish_date": "2016", "url": "https://openlibrary.org/books/OL1M" } }).to_string(),
        ),
        "/crossref/works?filter=isbn:9780262035613&rows=20" => Reply::ok(r#"{"message":{"items":[]}}"#),
        "/pubmed/efetch.fcgi?db=pubmed&retmode=xml&tool=notebook&id=99000001" => Reply::ok(
            "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>99000001</PMID><Article><Journal><Title>Annals</Title>\
             <JournalIssue><PubDate><Year>2013</Year></PubDate></JournalIssue></Journal><ArticleTitle>Quiet cells.</ArticleTitle>\
             <AuthorList><Author><LastName>Five</LastName><ForeName>Eve</ForeName></Author></AuthorList></Article>\
             </MedlineCitation></PubmedArticle></PubmedArticleSet>",
        ),
        "/openalex/works/pmcid:PMC9900002" => Reply::ok(
            json!({ "id": "https://openalex.org/W1", "title": "Quiet Organs", "publication_year": 2014, "type": "article",
                "primary_location": { "landing_page_url": "https://a.example/organs" } }).to_string(),
        ),
        "/page" => Reply::ok(page),
        other => unknown(other),
    }
    });
    let page = format!("{}/page", server.address);
    for (identifier, title, field) in [
        ("doi:10.1000/loud", "Loud Gradients", "doi = {10.1000/loud}"),
        ("https://doi.org/10.5281/zenodo.99", "Quiet Data", "year = {2020}"),
        ("978-0-262-03561-3", "Deep Quiet", "isbn = {9780262035613}"),
        ("PMID 99000001", "Quiet cells", "journal = {Annals}"),
        ("PMC9900002", "Quiet Organs", "year = {2014}"),
        (&*page, "Paged Gradients", "booktitle = {Made-up Conference}"),
    ] {
        let workspace = Workspace::new(&server, NOTEBOOK);
        let output = workspace.run(&["add", identifier, "--to", "n.md"]);
        assert!(output.status.success(), "{identifier}: {}", errors(&output));
        let notebook = workspace.read("n.md");
        assert!(notebook.contains(&format!("- [{title}")), "{identifier}: {notebook}");
        assert!(
            workspace.read("references.bib").contains(field),
            "{identifier}: {}",
            workspace.read("references.bib")
        );
    }
}

#[test]
fn asks_the_next_service_if_one_fails() {
    let record = json!({ "id": "https://openalex.org/W1", "doi": "https://doi.org/10.1000/loud", "title": "Loud Gradients",
        "publication_year": 2019, "type": "article", "authorships": [{ "author": { "display_name": "Bo Two" } }] });
    for fault in ["status", "cut", "other work", "html", "slow"] {
        let record = record.to_string();
        let server = Server::start(move |path, _| match path {
            "/crossref/works/10.1000/loud" => match fault {
                "status" => Reply::status(500, "x"),
                "cut" => Reply::ok(crossref("10.1000/loud")).cut(),
                "other work" => Reply::ok(crossref("10.1000/other")),
                "slow" => Reply::ok(crossref("10.1000/loud")).slow(Duration::from_secs(4)),
                _ => Reply::ok("<html>busy</html>"),
            },
            "/openalex/works/doi:10.1000/loud" => Reply::ok(record.clone()),
            other => unknown(other),
        });
        let workspace = Workspace::new(&server, NOTEBOOK);
        let output = workspace.run(&["add", "10.1000/loud", "--to", "n.md"]);
        assert!(output.status.success(), "{fault}: {}", errors(&output));
        assert!(workspace.read("references.bib").contains("{Two, Bo}"), "{fault}");
        assert!(server.paths().contains(&"/datacite/dois/10.1000/loud".to_owned()), "{fault}");
    }
}

#[test]
fn waits_as_long_as_a_service_asks_up_to_a_limit() {
    let server = Server::start(|path, earlier| match (path, earlier) {
        ("/crossref/works/10.1000/loud", 0) => Reply::status(429, "").header("Retry-After", "1"),
        ("/crossref/works/10.1000/loud", _) => Reply::ok(crossref("10.1000/loud")),
        ("/crossref/works/10.1000/busy", _) => Reply::status(429, "").header("Retry-After", "3600"),
        (other, _) => unknown(other),
    });
    let workspace = Workspace::new(&server, NOTEBOOK);
    let output = workspace.run(&["add", "10.1000/loud", "--to", "n.md"]);
    assert!(output.status.success(), "{}", errors(&output));
    let before = (workspace.read("n.md"), workspace.read("references.bib"));
    let start = Instant::now();
    let output = workspace.run(&["add", "10.1000/busy", "--to", "n.md"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(errors(&output).contains("Crossref asks to wait for 3600 seconds"), "{}", errors(&output));
    assert!(start.elapsed() < Duration::from_mins(1));
    assert_eq!((workspace.read("n.md"), workspace.read("references.bib")), before);
}

#[test]
fn follows_redirects_but_not_out_of_the_web() {
    let server = Server::start(|path, _| match path {
        "/crossref/works/10.1000/loud" => Reply::status(302, "").header("Location", "/crossref/works/moved"),
        "/crossref/works/moved" => Reply::ok(crossref("10.1000/loud")),
        "/crossref/works/10.1000/file" => Reply::status(302, "").header("Location", "file:///etc/passwd"),
        "/crossref/works/10.1000/loop" => {
            Reply::status(302, "").header("Location", "/crossref/works/10.1000/loop")
        }
        other => unknown(other),
    });
    let workspace = Workspace::new(&server, NOTEBOOK);
    let output = workspace.run(&["add", "10.1000/loud", "--to", "n.md"]);
    assert!(output.status.success(), "{}", errors(&output));
    for doi in ["10.1000/file", "10.1000/loop"] {
        let output = workspace.run(&["add", doi, "--to", "n.md"]);
        assert!(!output.status.success(), "{doi}");
        assert!(
            errors(&output).contains("Crossref gave an answer that cannot be read"),
            "{}",
            errors(&output)
        );
    }
}

#[test]
fn says_in_a_sentence_that_nothing_was_found_or_reached() {
    let server = Server::start(|path, _| unknown(path));
    let workspace = Workspace::new(&server, NOTEBOOK);
    let output = workspace.run(&["add", "10.1000/none", "--to", "n.md"]);
    assert_eq!(
        errors(&output),
        "error: doi:10.1000/none was not found (asked: Crossref, DataCite, OpenAlex): check it, or give a BibTeX entry; \
         nothing was written\n"
    );
    let output = workspace.run(&["add", "attention is all you need", "--to", "n.md"]);
    assert!(errors(&output).contains("is neither an identifier nor a file"), "{}", errors(&output));
    let output = workspace.run(&["add", "10.1000/none", "--to", "n.md", "--section", "Gone"]);
    assert!(errors(&output).contains("no section of papers is called `Gone`"), "{}", errors(&output));
    // A port on which nothing listens.
    let mut offline = Workspace::new(&server, NOTEBOOK);
    offline.services = "http://127.0.0.1:9".into();
    let output = offline.run(&["add", "10.1000/none", "--to", "n.md"]);
    assert_eq!(output.status.code(), Some(1));
    let sentence = errors(&output);
    assert!(sentence.contains("check the network connection; nothing was written"), "{sentence}");
    assert_eq!((sentence.matches('\n').count(), offline.read("n.md").as_str()), (1, NOTEBOOK));
    assert_eq!(offline.read("references.bib"), "");
}

/// Answers about any number of arXiv ids and DOIs.
fn any_work(path: &str) -> Reply {
    if let Some(query) = path.strip_prefix("/arxiv/query?id_list=") {
        let ids: Vec<&str> = query.split('&').next().unwrap().split(',').collect();
        return Reply::ok(arxiv_feed(&ids));
    }
    if let Some(filter) = path.strip_prefix("/crossref/works?filter=") {
        let dois = filter.split('&').next().unwrap().split(',').map(|doi| doi.trim_start_matches("doi:"));
        let items: Vec<_> = dois.map(crossref_record).collect();
        return Reply::ok(json!({ "message": { "items": items } }).to_string());
    }
    match path.strip_prefix("/crossref/works/") {
        Some(doi) => Reply::ok(crossref(doi)),
        None => unknown(path),
    }
}

#[test]
fn fills_in_what_the_bibliography_lacks_after_a_question() {
    let server = Server::start(|path, _| any_work(path));
    let notebook = "## Papers\n\n- [One](https://arxiv.org/abs/2101.99001)\n- [Two](https://doi.org/10.1000/two)\n\
                    - [Three](https://a.example/3)\n- [Four](https://doi.org/10.1000/four)\n";
    let workspace = Workspace::new(&server, notebook);
    let bibliography =
        "% mine\n@article{mine, title={Two}, author={Two, Bo}, doi={10.1000/two}, year=2019\n\n}\n";
    workspace.write("references.bib", bibliography);
    let refused = workspace.answer(&["fill", "n.md"], "\n");
    assert!(
        refused.status.success() && errors(&refused).contains("nothing was written"),
        "{}",
        errors(&refused)
    );
    assert_eq!(workspace.read("references.bib"), bibliography);
    let diff = printed(&refused);
    for line in
        ["--- references.bib", "+  journal = {Annals of A}", "+@misc{one2021quiet,", "+@article{two2019loud,"]
    {
        assert!(diff.contains(line), "{line} in {diff}");
    }
    assert!(errors(&refused).contains("#three: its links contain no identifier"), "{}", errors(&refused));
    let requests = server.paths().len();
    let agreed = workspace.answer(&["fill", "n.md"], "y\n");
    assert!(agreed.status.success() && errors(&agreed).contains("3 changes written"), "{}", errors(&agreed));
    assert_eq!(server.paths().len(), requests, "an interrupted run goes on without asking again");
    let filled = workspace.read("references.bib");
    assert!(filled.starts_with("% mine\n@article{mine, title={Two}, author={Two, Bo}, doi={10.1000/two}, year=2019,\n  journal = {Annals of A}\n\n}\n"), "{filled}");
    assert_eq!(workspace.read("n.md"), notebook);
    let again = workspace.run(&["fill", "n.md", "--yes"]);
    assert!(errors(&again).contains("nothing to add"), "{}", errors(&again));
    assert_eq!(workspace.read("references.bib"), filled);
}

#[test]
fn fills_in_many_papers_with_few_requests() {
    let server = Server::start(|path, _| any_work(path));
    let papers = (0..500).map(|n| {
        format!("- [A{n}](https://arxiv.org/abs/2101.{n:05})\n- [B{n}](https://doi.org/10.1000/b{n})\n")
    });
    let workspace = Workspace::new(&server, &format!("## Papers\n\n{}", papers.collect::<String>()));
    let output = workspace.run(&["fill", "n.md", "--yes"]);
    assert!(
        output.status.success() && errors(&output).contains("1000 changes written"),
        "{}",
        errors(&output)
    );
    let requests = server.paths().len();
    assert!(requests <= 40, "{requests} requests");
    let checked = workspace.run(&["check", "n.md"]);
    assert!(errors(&checked).contains("1000 papers (1000 in the bibliography)"), "{}", errors(&checked));
}

/// A command that is killed once a server has got a number of requests.
fn kill_after(server: &Server, requests: usize, command: &mut Command) {
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let started = Instant::now();
    while server.paths().len() < requests {
        assert!(started.elapsed() < Duration::from_mins(1), "{} requests", server.paths().len());
        assert!(child.try_wait().unwrap().is_none(), "it ended after {} requests", server.paths().len());
        std::thread::sleep(Duration::from_millis(1));
    }
    child.kill().unwrap();
    child.wait().unwrap();
}

/// Returns the number of requests that were sent more than once.
fn repeated(server: &Server) -> usize {
    let mut paths = server.paths();
    let all = paths.len();
    paths.sort();
    paths.dedup();
    all - paths.len()
}

#[test]
fn fills_in_a_thousand_papers_after_interruptions() {
    const INTERVAL: Duration = Duration::from_millis(30);
    let server = Server::start(|path, _| any_work(path));
    let papers = (0..500).map(|n| {
        format!("- [A{n}](https://arxiv.org/abs/2102.{n:05})\n- [B{n}](https://doi.org/10.1000/c{n})\n")
    });
    let notebook = format!("## Papers\n\n{}", papers.collect::<String>());
    let workspace = Workspace::new(&server, &notebook);
    let fill = || {
        let mut command = workspace.command(&["fill", "n.md", "--yes"]);
        command.env("NOTEBOOK_REQUEST_INTERVAL", INTERVAL.as_millis().to_string());
        command
    };
    for requests in [3, 7, 11] {
        kill_after(&server, requests, &mut fill());
        assert_eq!(workspace.read("references.bib"), "", "half a bibliography is none");
        assert_eq!(workspace.read("n.md"), notebook);
    }
    let (started, before) = (Instant::now(), server.paths().len());
    let output = fill().output().unwrap();
    assert!(output.status.success(), "{}", errors(&output));
    assert!(errors(&output).contains("1000 changes written"), "{}", errors(&output));
    let sent = server.paths().len() - before;
    // All services are one host here, which gets a request in each interval.
    let fastest = INTERVAL * u32::try_from(sent.saturating_sub(1)).unwrap();
    assert!(started.elapsed() >= fastest, "{sent} requests in {:?}", started.elapsed());
    // Those that were on their way when it was killed are sent again.
    assert!(repeated(&server) <= 3 * 2, "{:?}", server.paths());
    assert_eq!(workspace.read("references.bib").matches("\n@").count() + 1, 1_000);
}

#[test]
fn checks_links_after_an_interruption() {
    let server = Server::start(|path, _| match path {
        dead if dead.starts_with("/page/dead") => Reply::status(404, ""),
        page if page.starts_with("/page/") => Reply::ok("x"),
        other => any_work(other),
    });
    let at = &server.address;
    let links = (0..60).map(|n| format!("- [L{n}]({at}/page/{n})\n"));
    let dead = (0..5).map(|n| format!("- [D{n}]({at}/page/dead{n})\n"));
    let papers = (0..100).map(|n| format!("- [P{n}](https://arxiv.org/abs/2103.{n:05}v1)\n"));
    let list: String = links.chain(dead).chain(papers).collect();
    let workspace = Workspace::new(&server, &format!("## Papers\n\n{list}"));
    let check = || {
        let mut command = workspace.command(&["check", "n.md", "--links", "--all"]);
        command.env("NOTEBOOK_REQUEST_INTERVAL", "10");
        command
    };
    kill_after(&server, 20, &mut check());
    kill_after(&server, 45, &mut check());
    let output = check().output().unwrap();
    let report = errors(&output);
    assert!(output.status.success(), "{report}");
    assert!(report.contains("checked: 65 links, 100 papers"), "{report}");
    assert_eq!(report.matches("[dead-link]").count(), 5, "{report}");
    assert_eq!(report.matches("[newer-version]").count(), 100, "{report}");
    // A dead link is asked for again in the next run, as it may have come back.
    let alive = server.paths().into_iter().filter(|path| !path.contains("dead")).collect::<Vec<_>>();
    let distinct: std::collections::BTreeSet<_> = alive.iter().collect();
    assert!(alive.len() - distinct.len() <= 2 * 4, "{alive:?}");
}

#[test]
fn fills_in_nothing_without_a_network() {
    let server = Server::start(|path, _| unknown(path));
    let mut workspace = Workspace::new(&server, "## Papers\n\n- [One](https://arxiv.org/abs/2101.99001)\n");
    workspace.services = "http://127.0.0.1:9".into();
    let output = workspace.run(&["fill", "n.md", "--yes"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        errors(&output).contains("check the network connection; nothing was written"),
        "{}",
        errors(&output)
    );
    assert_eq!(workspace.read("references.bib"), "");
}

#[test]
fn asks_again_only_for_what_has_changed() {
    let server = Server::start(|path, _| match path {
        "/crossref/works/10.1000/loud" => Reply::ok(crossref("10.1000/loud")).header("ETag", "\"1\""),
        other => unknown(other),
    });
    let workspace = Workspace::new(&server, "## Papers\n\n- [Loud](https://doi.org/10.1000/loud)\n");
    workspace.answer(&["fill", "n.md"], "n\n");
    // Make the stored answer old.
    let answers = workspace.folder.path().join("cache/notebook/answers");
    for file in fs::read_dir(&answers).unwrap() {
        let path = file.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let (head, body) = text.split_once('\n').unwrap();
        let mut head: serde_json::Value = serde_json::from_str(head).unwrap();
        head["requested_at"] = json!(1);
        fs::write(&path, format!("{head}\n{body}")).unwrap();
    }
    workspace.answer(&["fill", "n.md"], "n\n");
    let last = server.requests().pop().unwrap();
    assert!(last.headers.contains(&"if-none-match: \"1\"".to_owned()), "{last:?}");
}

#[test]
fn checks_links_retractions_and_versions() {
    let server = Server::start(|path, _| match path {
        "/alive" | "/new" => Reply::ok("x"),
        "/moved" => Reply::status(301, "").header("Location", "/new"),
        "/login" => Reply::status(302, "").header("Location", "/new"),
        "/refused" => Reply::status(403, ""),
        "/doi/10.1000/there" => Reply::status(302, "").header("Location", "https://publisher.example/there"),
        "/crossref/works/10.1000/there" => {
            let mut record = crossref_record("10.1000/there");
            record["updated-by"] = json!([{ "type": "retraction", "DOI": "10.1000/notice" }]);
            Reply::ok(json!({ "message": record }).to_string())
        }
        other if other.starts_with("/arxiv/") => Reply::ok(arxiv_feed(&["2101.99001"])),
        other => unknown(other),
    });
    let at = &server.address;
    let notebook = format!(
        "## Papers\n\n- [A]({at}/alive)\n- [B]({at}/gone)\n- [C]({at}/moved)\n- [D]({at}/login)\n- [E]({at}/refused)\n\
         - [F](https://doi.org/10.1000/there)\n- [G](https://doi.org/10.1000/none)\n- [H](https://arxiv.org/abs/2101.99001v1)\n\
         - [I](https://arxiv.org/abs/2101.99009)\n"
    );
    let workspace = Workspace::new(&server, &notebook);
    let output = workspace.run(&["check", "n.md", "--links"]);
    assert!(output.status.success(), "{}", errors(&output));
    let report = errors(&output);
    let mut findings: Vec<(&str, usize)> = report
        .split("\n\n")
        .filter_map(|part| {
            let code = part.split(['[', ']']).nth(1)?;
            let line = part.split("n.md:").nth(1)?.split(':').next()?.parse().ok()?;
            ["dead-link", "moved-link", "retracted-paper", "newer-version"]
                .contains(&code)
                .then_some((code, line))
        })
        .collect();
    findings.sort_by_key(|(_, line)| *line);
    assert_eq!(
        findings,
        [
            ("dead-link", 4),
            ("moved-link", 5),
            ("retracted-paper", 8),
            ("dead-link", 9),
            ("newer-version", 10),
            ("dead-link", 11),
        ],
        "{report}"
    );
    assert!(report.contains("1 link could not be checked"), "{report}");
    let requests = server.paths().len();
    let denied = workspace.run(&["check", "n.md", "--links", "--deny", "warnings"]);
    assert_eq!(denied.status.code(), Some(1));
    let new: Vec<_> = server.paths().into_iter().skip(requests).collect();
    assert!(
        new.iter().all(|path| path.contains("2101.99009")
            || path.contains("10.1000/none")
            || path.contains("refused")),
        "{new:?}"
    );
}

#[test]
fn checks_no_link_without_a_network() {
    let server = Server::start(|path, _| unknown(path));
    let mut workspace = Workspace::new(
        &server,
        "## Papers\n\n- [A](http://127.0.0.1:9/x)\n- [B](https://arxiv.org/abs/2101.99001)\n",
    );
    workspace.services = "http://127.0.0.1:9".into();
    let output = workspace.run(&["check", "n.md", "--links"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(errors(&output).contains("check the network connection"), "{}", errors(&output));
}

#[test]
fn a_setting_that_is_wrong_is_named() {
    let server = Server::start(|path, _| unknown(path));
    let workspace = Workspace::new(&server, NOTEBOOK);
    for (variable, value) in
        [("NOTEBOOK_REQUEST_INTERVAL", "soon"), ("NOTEBOOK_METADATA_SERVICES", "a.example")]
    {
        let output =
            workspace.command(&["add", "10.1000/x", "--to", "n.md"]).env(variable, value).output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        assert!(errors(&output).contains(variable), "{}", errors(&output));
    }
    assert!(!workspace.folder.path().join("references.bib").exists());
}
