//! A notebook in which every line is an attack (`tests/fixtures/hostile`): 348 ways to run a script, contact another host,
//! take a name that the page needs, or cover the page. None may succeed, with the page's policy or without it.
//!
//! A script that runs sets `document.body.dataset.p`; a request goes to `/canary/...` on the same site, so that policies about
//! other hosts are not what stops it.

use crate::page::{Css, Page};
use crate::problem::Outcome;
use crate::site::Fault;

/// Returns a description of what was executed; empty if nothing was.
const FIND_INJECTIONS: &str = r#"
    const found = [];
    const say = (what, element) => found.push(what + ': ' + (element?.outerHTML ?? '').slice(0, 160));
    if (document.body.dataset.p !== undefined) say('ran ' + document.body.dataset.p);
    const inside = document.querySelectorAll('#_content, #_content *, #_table *, dialog *, #_preview, #_preview *, #_sidebar *, #_filters *');
    for (const element of inside) {
      for (const { name, value } of element.attributes) {
        if (name.startsWith('on')) say('a handler', element);
        if (name === 'style' && !/^(inset|top|left|block-size)/.test(value)) say('a style', element);
        if (['srcdoc', 'formaction', 'ping', 'background', 'xlink:href', 'poster'].includes(name)) say(name, element);
        if (['href', 'src', 'action'].includes(name) && value) {
          // Invalid addresses are not links.
          const scheme = URL.canParse(value, location.href) ? new URL(value, location.href).protocol : 'https:';
          const fine = name === 'src' ? ['http:', 'https:'] : ['http:', 'https:', 'mailto:', 'tel:', 'ftp:', 'xmpp:', 'geo:', 'doi:', 'magnet:', 'sms:'];
          if (!fine.includes(scheme)) say('the scheme ' + scheme, element);
        }
      }
      const fine = 'a article aside b blockquote br button code dd del details div dl dt em fieldset figure form h1 h2 h3 h4 h5 h6 header hr img input kbd label legend li mark math nav ol p path pre q s section small span strong sub summary sup svg table tbody td th thead tr ul annotation semantics merror mfrac mi mn mo mover mpadded mphantom mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover';
      if (!fine.split(' ').includes(element.localName)) say('an element', element);
      if (element.matches('form') && !element.closest('dialog, search, .search')) say('a form', element);
      const at = getComputedStyle(element);
      if (element.closest('#_content') && (at.position === 'fixed' || (at.position === 'absolute' && element.getClientRects()[0]?.width > innerWidth / 2))) say('an overlay', element);
    }
    const ids = [...document.querySelectorAll('[id]')].map(element => element.id);
    for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) say('twice the id ' + id);
    if (document.querySelectorAll('[name]:not(meta, input, #_notebook [name=q])').length) say('a name', document.querySelector('[name]:not(meta, input)'));
    for (const [what, is] of Object.entries({
      getElementById: document.getElementById === Document.prototype.getElementById,
      querySelector: document.querySelector === Document.prototype.querySelector,
      createElement: document.createElement === Document.prototype.createElement,
      body: document.body instanceof HTMLBodyElement, head: document.head instanceof HTMLHeadElement,
      forms: document.forms instanceof HTMLCollection, cookie: typeof document.cookie === 'string',
      location: document.location === window.location, title: typeof document.title === 'string',
      documentElement: document.documentElement instanceof HTMLHtmlElement, history: window.history instanceof History,
      navigator: window.navigator instanceof Navigator, CSS: typeof window.CSS.escape === 'function',
      object: ({}).constructor === Object && Object.prototype.p === undefined,
    })) if (!is) say('instead of ' + what);
    const frames = document.querySelectorAll('meta[http-equiv=refresh i], base:not(head > [href="../"]), iframe, object, embed, frame');
    if (frames.length) say('a frame or base', frames[0]);
    return [...new Set(found)].slice(0, 12).join('\n');
"#;

/// Fails if a script ran, or if a canary was requested.
async fn expect_no_injection(page: &Page, state: &str) -> Outcome {
    let found = page.evaluate(FIND_INJECTIONS).await?;
    assert_eq!(found.as_str(), Some(""), "{state}");
    assert_eq!(page.site.requests_below("/canary"), Vec::<String>::new(), "{state}: asked for");
    Ok(())
}

/// The same, and the text is visible.
async fn expect_safe_text(page: &Page, state: &str) -> Outcome {
    expect_no_injection(page, state).await?;
    page.wait_text("The last words of a hostile notebook.").await
}

async fn check_all_views(page: &Page) -> Outcome {
    page.open("/").await?;
    page.wait_ready().await?;
    expect_safe_text(page, "the page").await?;
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true }); scrollTo(0, 1e6); return 1").await?;
    expect_safe_text(page, "everything unfolded").await?;
    page.press("Control+k").await?;
    page.type_text("script").await?;
    page.wait_visible(Css("#_option-1")).await?;
    expect_safe_text(page, "the palette").await?;
    page.press("Escape").await?;
    page.evaluate("document.querySelector('article.paper .cite').click(); return 1").await?;
    page.wait_text("This note (BibTeX)").await?;
    expect_safe_text(page, "a reference").await?;
    let payload = "%22%3E%3Cimg%20src%3D/canary/url%20onerror%3Ddocument.body.dataset.p%3D1%3E";
    page.open(&format!(
        "/?q={payload}&category={payload}&label={payload}&year={payload}&sort={payload}#{payload}"
    ))
    .await?;
    page.wait_ready().await?;
    page.wait_text("No results").await?;
    expect_no_injection(page, "a question").await?;
    page.open(&format!("/?view=table&without={payload}&pick={payload}")).await?;
    page.wait_ready().await?;
    page.wait_visible(Css(".paper-table tbody tr")).await?;
    expect_no_injection(page, "a table").await
}

pub(crate) async fn runs_no_hostile_script(page: &Page) -> Outcome {
    check_all_views(page).await?;
    let refused = "if (!window.ReportingObserver) return 0;
        return await new Promise(done => {
          const seen = [];
          new ReportingObserver(all => seen.push(...all), { types: ['csp-violation'], buffered: true }).observe();
          setTimeout(() => done(seen.map(report => report.body.blockedURL + ' ' + report.body.effectiveDirective).join(' ')), 200);
        })";
    let refused = page.evaluate_async(refused).await?;
    assert!(refused == 0 || refused == "", "the policy had to refuse {refused}");
    Ok(())
}

pub(crate) async fn runs_no_hostile_script_without_a_policy(page: &Page) -> Outcome {
    page.open("/").await?;
    let bare = "const page = await (await fetch('/')).text();
        const bare = page.replace(/<meta http-equiv=\"?Content-Security-Policy\"?[^>]*>/i, '');
        return bare.length < page.length ? bare : ''";
    let bare = page.evaluate_async(bare).await?;
    let bare = bare.as_str().unwrap_or_default().to_owned();
    assert!(!bare.is_empty(), "there is no policy to take away");
    page.site.set_fault("/", Fault::Body(bare));
    check_all_views(page).await
}

/// Entries of a large notebook are fetched and drawn as they are scrolled to, with notes folded.
pub(crate) async fn runs_no_hostile_script_from_chunks(page: &Page) -> Outcome {
    page.open("/").await?;
    page.click(Css("#_search")).await?;
    page.wait_ready().await?;
    // To the generated papers, which only make the notebook large.
    for step in 0..300 {
        page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true }); return 1")
            .await?;
        expect_no_injection(page, &format!("{step} windows down")).await?;
        page.evaluate("scrollBy({ top: innerHeight * 1.5, behavior: 'instant' }); return 1").await?;
        page.wait_true("what is in sight", "return document.querySelector('.loading') === null").await?;
        if page.text().await?.contains("The last words of a hostile notebook.") {
            return Ok(());
        }
    }
    Err("the hostile entries do not end".into())
}

/// Every category and term has a static page, for readers without scripts.
pub(crate) async fn runs_no_hostile_script_on_static_pages(page: &Page) -> Outcome {
    let mut pages = page.site.files_below("/in/")?;
    pages.extend(page.site.files_below("/term/")?);
    assert!(pages.len() > 30, "{} pages of parts", pages.len());
    for path in pages {
        page.open(&path).await?;
        expect_no_injection(page, &path).await?;
    }
    Ok(())
}
