//! The table of hosts: which addresses are papers, and what those tell of id, version, year and access.
//!
//! To add a host, add a row. Patterns are explained in [`super::pattern`]; each is followed by the id that it tells, in which
//! `{}` is what the pattern encloses in parentheses. Give the page where the publisher documents the form of its addresses or
//! ids, or an address as evidence. A host of which nothing else is known needs no row for its DOIs: these are found in any
//! address, and [`DOIS`] lists those that contain a year or imply access. A pattern must not read a year from an article, paper or
//! volume number.

use std::collections::BTreeMap;
use std::iter;
use std::sync::LazyLock;

use super::pattern::{self, Captures, Path};
use super::{Access, HostKind};

use Access::{Open, Paywalled, Unknown};
use HostKind::{Blog, Code, Data, Paper, Project, Slides, Video};

/// A host, or a part of one.
#[derive(Debug)]
pub(super) struct Host {
    /// The domain, which stands for its subdomains too, and perhaps the beginning of a path.
    pub(super) domain: &'static str,
    /// The kind of its pages; of papers also the condition for being one.
    pub(super) pages: Pages,
    /// Access to the text of its papers.
    pub(super) access: Access,
    /// Patterns of addresses, each with the id that it tells, or nothing.
    forms: &'static [(&'static str, &'static str)],
    /// Source of these facts.
    #[cfg_attr(not(test), expect(dead_code, reason = "evidence for contributors, which a test demands"))]
    evidence: &'static str,
}

/// The pages of a host that are of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pages {
    /// All of them, except for the front page.
    All(HostKind),
    /// Papers are only where an address matches one of these patterns, or where an id is found.
    Papers(&'static [&'static str]),
    /// Papers are only where a form tells an id.
    Identified,
}

const fn host(
    domain: &'static str,
    pages: Pages,
    access: Access,
    forms: &'static [(&'static str, &'static str)],
    evidence: &'static str,
) -> Host {
    Host { domain, pages, access, forms, evidence }
}

/// A host of other things than papers.
const fn other(domain: &'static str, kind: HostKind) -> Host {
    Host { domain, pages: Pages::All(kind), access: Unknown, forms: &[], evidence: "" }
}

use Pages::{All, Identified, Papers};

/// The first row that matches counts: parts of a host stand before the host.
#[rustfmt::skip]
const HOSTS: &[Host] = &[
    // arXiv, its mirrors and its readers.
    host("arxiv.org", Identified, Open, ARXIV, "https://info.arxiv.org/help/arxiv_identifier_for_services.html"),
    host("xxx.lanl.gov", Identified, Open, ARXIV, "https://info.arxiv.org/help/mirrors.html"),
    host("xxx.itp.ac.cn", Identified, Open, ARXIV, "https://info.arxiv.org/help/mirrors.html"),
    host("ar5iv.org", Identified, Open, ARXIV, "https://ar5iv.labs.arxiv.org/"),
    host("alphaxiv.org", Identified, Open, ARXIV, "https://www.alphaxiv.org/about"),
    host("huggingface.co/papers", Identified, Open, &[("/papers/({rest})", "arXiv:{}")], "https://huggingface.co/docs/hub/paper-pages"),
    host("hf.co/papers", Identified, Open, &[("/papers/({rest})", "arXiv:{}")], "https://huggingface.co/docs/hub/paper-pages"),
    host("arxiv-vanity.com", Identified, Open, &[("/papers/({rest})", "arXiv:{}")], "https://www.arxiv-vanity.com/"),
    host("scirate.com", Identified, Open, &[("/arxiv/({rest})", "arXiv:{}")], "https://scirate.com/about"),
    host("papers.cool", Identified, Open, &[("/arxiv/({rest})", "arXiv:{}")], "https://papers.cool/"),
    host("emergentmind.com", Identified, Open, &[("/papers/({rest})", "arXiv:{}")], "https://www.emergentmind.com/"),
    host("arxiv-sanity-lite.com", Identified, Open, &[("/?pid=({rest})", "arXiv:{}")], "https://github.com/karpathy/arxiv-sanity-lite"),
    host("arxiv-sanity.com", Identified, Open, &[("/({rest})", "arXiv:{}")], "https://github.com/karpathy/arxiv-sanity-preserver"),
    host("catalyzex.com", Papers(&["/paper/"]), Unknown, &[("/paper/arxiv:({rest})", "arXiv:{}")], "https://www.catalyzex.com/"),
    host("inspirehep.net", Papers(&["/literature/", "/record/"]), Unknown, &[("/arxiv/({rest})", "arXiv:{}"), ("/api/arxiv/({rest})", "arXiv:{}")], "https://github.com/inspirehep/rest-api-doc"),

    // Indexes of papers. What they point to may be anywhere.
    host("dblp.org", Papers(&["/rec/"]), Unknown, &[("/rec/journals/corr/({slug})", "index:{}"), ("/rec/html/journals/corr/({slug})", "index:{}"), ("/rec/bib/journals/corr/({slug})", "index:{}")], "https://dblp.org/faq/11960336.html"),
    host("adsabs.harvard.edu", Papers(&["/abs/"]), Unknown, &[("/abs/arXiv:({rest})", "arXiv:{}"), ("/abs/({slug})", "index:{}"), ("/abs/{year}", "")], "https://ui.adsabs.harvard.edu/help/actions/bibcode"),
    host("api.semanticscholar.org", Identified, Unknown, &[("/arXiv:({rest})", "arXiv:{}"), ("/CorpusID:({n})", "CorpusID:{}")], "https://api.semanticscholar.org/api-docs/graph"),
    host("pdfs.semanticscholar.org", All(Paper), Open, &[], "https://www.semanticscholar.org/faq"),
    host("paperswithcode.com", Papers(&["/paper/"]), Unknown, &[], "https://paperswithcode.com/about"),
    host("citeseerx.ist.psu.edu", Papers(&["/viewdoc/", "/document", "/doc_view/"]), Open, &[], "https://citeseerx.ist.psu.edu/about"),
    host("researchgate.net", Papers(&["/publication/"]), Unknown, &[], "https://www.researchgate.net/about"),
    host("philpapers.org", Papers(&["/rec/", "/archive/"]), Unknown, &[], "https://philpapers.org/help/about.html"),
    host("philarchive.org", Papers(&["/rec/", "/archive/"]), Open, &[], "https://philarchive.org/"),
    host("semanticscholar.org", Papers(&["/paper/"]), Unknown, &[("/arxiv/({rest})", "arXiv:{}")], "https://api.semanticscholar.org/api-docs/graph"),
    host("core.ac.uk", Papers(&["/download/", "/reader/", "/display/", "/works/", "/outputs/"]), Open, &[], "https://core.ac.uk/about"),
    host("escholarship.org", Papers(&["/uc/item/", "/content/qt"]), Open, &[], "https://escholarship.org/aboutEschol"),
    host("ideas.repec.org", Papers(&["/p/", "/a/", "/h/", "/b/"]), Unknown, &[("/a/*/*/v{n}y{year}", "")], "https://ideas.repec.org/t/articletemplate.html"),
    host("econpapers.repec.org", Papers(&["/paper/", "/article/", "/bookchap/"]), Unknown, &[("/article/*/v_3a{n}_3ay_3a{year}_", "")], "https://econpapers.repec.org/"),

    // Machine learning and language.
    host("openreview.net", Papers(&["/forum?", "/pdf?", "/pdf/", "/attachment?", "/references/pdf?", "/revisions?"]), Open, &[("/forum?id=({slug})", "OpenReview:{}"), ("/pdf?id=({slug})", "OpenReview:{}"), ("/attachment?id=({slug})", "OpenReview:{}"), ("/revisions?id=({slug})", "OpenReview:{}")], "https://docs.openreview.net/getting-started/objects-in-openreview/introduction-to-notes"),
    host("aclanthology.org", Identified, Open, ACL, "https://aclanthology.org/info/ids/"),
    host("aclweb.org", Identified, Open, ACL, "https://aclanthology.org/info/ids/"),
    host("neurips.cc", Papers(CONFERENCE_PAPERS), Open, CONFERENCE_YEARS, "https://papers.nips.cc/paper_files/paper/2017"),
    host("nips.cc", Papers(CONFERENCE_PAPERS), Open, CONFERENCE_YEARS, "https://papers.nips.cc/paper_files/paper/2017"),
    host("proceedings.mlr.press", Papers(&["/v*/{slug}", "/r*/{slug}"]), Open, &[("/v*/{word}{yy}", ""), ("/r*/{word}{yy}", "")], "https://proceedings.mlr.press/spec.html"),
    host("icml.cc", Papers(CONFERENCE_PAPERS), Open, CONFERENCE_YEARS, "https://icml.cc/virtual/2020/papers.html"),
    host("iclr.cc", Papers(CONFERENCE_PAPERS), Open, CONFERENCE_YEARS, "https://iclr.cc/virtual/2022/papers.html"),
    host("mlsys.org", Papers(CONFERENCE_PAPERS), Open, CONFERENCE_YEARS, "https://proceedings.mlsys.org/"),
    host("jmlr.org", Papers(&["**/papers/v*/{slug}"]), Open, JMLR, "https://www.jmlr.org/papers/v15/srivastava14a.html"),
    host("jmlr.csail.mit.edu", Papers(&["**/papers/v*/{slug}"]), Open, JMLR, "https://www.jmlr.org/papers/v15/srivastava14a.html"),
    host("openaccess.thecvf.com", Papers(&["/content"]), Open, &[("/content_{word}{year}", ""), ("/content/{word}{year}", "")], "https://openaccess.thecvf.com/menu"),
    host("cv-foundation.org", Papers(&["/openaccess/content"]), Open, &[("/openaccess/content_{word}{year}", "")], "https://www.cv-foundation.org/openaccess/menu.py"),
    host("ecva.net", Papers(&["/papers/"]), Open, &[("/papers/{word}{year}/", "")], "https://www.ecva.net/papers.php"),
    host("aaai.org", Papers(&["/papers/", "/Library/", "**/article/", "**/paper/"]), Open, &[("**/ocs/index.php/{word}/{letters}{yy}/", ""), ("/Papers/{word}/{year}/", "")], "https://aaai.org/aaai-publications/aaai-conference-proceedings/"),
    host("ijcai.org", Papers(&["/Proceedings/*/{slug}", "/proceedings-{year}/"]), Open, &[("/Proceedings/{year}/", ""), ("/Proceedings/{year}-", ""), ("/Proceedings/{yy}/", ""), ("/Proceedings/{yy}-", ""), ("/proceedings-{year}/", "")], "https://www.ijcai.org/past_proceedings"),
    host("isca-speech.org", Papers(&["/archive/", "/archive_"]), Open, &[("**/{word}{year}/", "")], "https://www.isca-archive.org/"),
    host("isca-archive.org", All(Paper), Open, &[("/{word}{year}/", "")], "https://www.isca-archive.org/"),
    host("bmva-archive.org.uk", Papers(&["/bmvc/{year}/"]), Open, &[("/bmvc/{year}/", "")], "https://bmva-archive.org.uk/bmvc/"),
    host("bmva.org", Papers(&["/bmvc/{year}/"]), Open, &[("/bmvc/{year}/", "")], "https://bmva-archive.org.uk/bmvc/"),
    host("auai.org", Papers(&["/uai{year}/"]), Open, &[("/uai{year}/", "")], "https://www.auai.org/"),
    host("ismir.net", Papers(&["/ismir{year}/"]), Open, &[("/ismir{year}/", "")], "https://ismir.net/conferences/"),
    host("ndss-symposium.org", Papers(&["/ndss-paper/", "/ndss{year}/", "/wp-content/uploads/"]), Open, &[("/ndss{year}/", "")], "https://www.ndss-symposium.org/"),
    host("petsymposium.org", Papers(&["/popets/{year}/", "/{year}/files/papers/"]), Open, &[("/popets/{year}/", ""), ("/{year}/files/papers/", "")], "https://petsymposium.org/popets/"),
    host("usenix.org", Papers(&["**/presentation/", "/system/files/", "/legacy/", "/events/", "/publications/"]), Open, USENIX, "https://www.usenix.org/publications/proceedings"),
    host("aclanthology.info", Identified, Open, ACL, "https://aclanthology.org/info/ids/"),
    host("aclanthology.coli.uni-saarland.de", Identified, Open, ACL, "https://aclanthology.org/info/ids/"),
    host("lrec-conf.org", Papers(&["/proceedings/"]), Open, &[("/proceedings/lrec{year}/", "")], "https://aclanthology.org/venues/lrec/"),
    host("roboticsproceedings.org", Papers(&["/rss"]), Open, &[], "https://www.roboticsproceedings.org/"),
    host("vldb.org", Papers(&["/pvldb/", "/conf/", "/cidrdb/papers/"]), Open, &[("/conf/{year}/", ""), ("/cidrdb/papers/{year}/", "")], "https://www.vldb.org/pvldb/"),
    host("cidrdb.org", Papers(&["/cidr{year}/papers/"]), Open, &[("/cidr{year}/papers/", "")], "https://www.cidrdb.org/"),
    host("jair.org", Papers(&["/index.php/jair/article/", "/papers/"]), Open, &[], "https://www.jair.org/index.php/jair/about"),
    host("ceur-ws.org", Papers(&["/vol-"]), Open, &[], "https://ceur-ws.org/"),
    host("eprint.iacr.org", Identified, Open, &[("/({year}/{n})", "{}")], "https://eprint.iacr.org/about.html"),
    host("research.google", Papers(&["/pubs/"]), Unknown, &[], "https://research.google/pubs/"),
    host("microsoft.com/en-us/research/publication", All(Paper), Unknown, &[], "https://www.microsoft.com/en-us/research/publications/"),
    host("drops.dagstuhl.de", Papers(&["/entities/document/", "/storage/", "/opus/"]), Open, &[("/opus/volltexte/{year}/", "")], "https://drops.dagstuhl.de/docs/about"),
    host("distill.pub", Papers(&["/{year}/"]), Open, &[("/{year}/", "")], "https://distill.pub/archive/"),
    host("transformer-circuits.pub", Papers(&["/{year}/"]), Open, &[("/{year}/", "")], "https://transformer-circuits.pub/"),

    // Preprints and repositories.
    host("biorxiv.org", Papers(&["/content/", "/cgi/content/"]), Open, BIORXIV, "https://www.biorxiv.org/about/FAQ"),
    host("medrxiv.org", Papers(&["/content/", "/cgi/content/"]), Open, BIORXIV, "https://www.medrxiv.org/about/FAQ"),
    host("ssrn.com", Identified, Unknown, SSRN, "https://api.crossref.org/prefixes/10.2139"),
    host("hal.science", Identified, Unknown, HAL, "https://doc.hal.science/en/identifiants-hal-url/"),
    host("archives-ouvertes.fr", Identified, Unknown, HAL, "https://doc.hal.science/en/identifiants-hal-url/"),
    host("hal.inria.fr", Identified, Unknown, HAL, "https://doc.hal.science/en/identifiants-hal-url/"),
    host("ccsd.cnrs.fr", Identified, Unknown, HAL, "https://doc.hal.science/en/identifiants-hal-url/"),
    host("hal.inrae.fr", Identified, Unknown, HAL, "https://doc.hal.science/en/identifiants-hal-url/"),
    host("hal.sorbonne-universite.fr", Identified, Unknown, HAL, "https://doc.hal.science/en/identifiants-hal-url/"),
    host("hal.univ-lorraine.fr", Identified, Unknown, HAL, "https://doc.hal.science/en/identifiants-hal-url/"),
    host("osf.io/preprints/psyarxiv", Identified, Open, &[("/preprints/psyarxiv/({slug})", "10.31234/osf.io/{}")], "https://help.osf.io/article/330-welcome-to-preprints"),
    host("psyarxiv.com", Identified, Open, &[("/({slug})", "10.31234/osf.io/{}")], "https://help.osf.io/article/330-welcome-to-preprints"),
    host("osf.io/preprints/socarxiv", Identified, Open, &[("/preprints/socarxiv/({slug})", "10.31235/osf.io/{}")], "https://help.osf.io/article/330-welcome-to-preprints"),
    host("osf.io/preprints/metaarxiv", Identified, Open, &[("/preprints/metaarxiv/({slug})", "10.31222/osf.io/{}")], "https://help.osf.io/article/330-welcome-to-preprints"),
    host("osf.io/preprints/edarxiv", Identified, Open, &[("/preprints/edarxiv/({slug})", "10.35542/osf.io/{}")], "https://help.osf.io/article/330-welcome-to-preprints"),
    host("osf.io/preprints/osf", Identified, Open, &[("/preprints/osf/({slug})", "10.31219/osf.io/{}")], "https://help.osf.io/article/330-welcome-to-preprints"),
    host("osf.io", Papers(&["/preprints/*/{slug}"]), Open, &[], "https://help.osf.io/article/330-welcome-to-preprints"),
    host("chemrxiv.org", Papers(&["/engage/chemrxiv/article-details/"]), Open, &[], "https://chemrxiv.org/engage/chemrxiv/about-information"),
    host("researchsquare.com", Papers(&["/article/"]), Open, &[("/article/(rs-{n}/v{n})", "10.21203/rs.3.{}")], "https://www.researchsquare.com/researchers/preprints"),
    host("nber.org", Papers(&["/papers/{slug}"]), Unknown, &[("/papers/(w{n})", "10.3386/{}"), ("/system/files/working_papers/(w{n})/", "10.3386/{}")], "https://www.nber.org/papers"),
    host("zenodo.org", Identified, Unknown, &[("/record/({n})", "10.5281/zenodo.{}"), ("/records/({n})", "10.5281/zenodo.{}")], "https://support.zenodo.org/help/en-gb/1-upload-deposit/97-what-are-dois"),
    host("pmc.ncbi.nlm.nih.gov", Identified, Open, &[("**/PMC({n})", "PMC{}")], "https://pmc.ncbi.nlm.nih.gov/about/public-access-info/"),
    host("ncbi.nlm.nih.gov/pmc", Identified, Open, &[("**/PMC({n})", "PMC{}")], "https://pmc.ncbi.nlm.nih.gov/about/public-access-info/"),
    host("ncbi.nlm.nih.gov/pubmed", Identified, Unknown, &[("/pubmed/({n})", "PMID:{}")], "https://pubmed.ncbi.nlm.nih.gov/help/#pmid"),
    host("ncbi.nlm.nih.gov/m/pubmed", Identified, Unknown, &[("/m/pubmed/({n})", "PMID:{}")], "https://pubmed.ncbi.nlm.nih.gov/help/#pmid"),
    host("pubmed.gov", Identified, Unknown, &[("/({n})", "PMID:{}")], "https://pubmed.ncbi.nlm.nih.gov/help/#pmid"),
    host("pubmed.ncbi.nlm.nih.gov", Identified, Unknown, &[("/({n})", "PMID:{}")], "https://pubmed.ncbi.nlm.nih.gov/help/#pmid"),
    host("europepmc.org", Papers(&["/article/{letters}/{slug}", "/articles/{slug}", "/abstract/{letters}/{slug}"]), Unknown, &[("**/PMC({n})", "PMC{}"), ("**/MED/({n})", "PMID:{}"), ("/backend/ptpmcrender.fcgi?accid=PMC({n})", "PMC{}")], "https://europepmc.org/RestfulWebService"),

    // Publishers. ACM opened all of its library on 2026-01-01; hosts that mix free and paid papers are unknown.
    host("dl.acm.org", Papers(&["/doi/", "/citation", "/ft_gateway", "/article"]), Open, &[("/citation.cfm?doid=({n}.{n})", "10.1145/{}")], "https://www.acm.org/publications/openaccess"),
    host("doi.acm.org", Identified, Open, &[], "https://www.acm.org/publications/openaccess"),
    host("portal.acm.org", All(Paper), Open, &[], "https://www.acm.org/publications/openaccess"),
    host("ieeexplore.ieee.org", Papers(&["/document/", "/abstract/", "/stamp", "/iel", "/xpls/", "/xpl/article", "/xpl/abstract", "/xpl/freeabs", "/xpl/login", "/lpdocs/"]), Paywalled, &[], "https://ieeexplore.ieee.org/Xplorehelp/overview-of-ieee-xplore/about-content"),
    host("computer.org", Papers(&["/csdl/"]), Paywalled, &[], "https://www.computer.org/csdl/home"),
    host("link.springer.com", Identified, Unknown, &[], "https://link.springer.com/article/10.1007/s10994-019-05800-0"),
    host("springerlink.com", Papers(&["/content/", "/index/"]), Unknown, &[], "https://link.springer.com/"),
    host("biomedcentral.com", Papers(&["/articles/{n}"]), Open, &[], "https://www.biomedcentral.com/about/open-access"),
    host("springeropen.com", Papers(&["/articles/{n}"]), Open, &[], "https://www.springeropen.com/about/open-access"),
    host("nature.com", Papers(&["/articles/", "/nature/journal/", "/{word}/journal/v*/n*/{word}/", "/doifinder/"]), Unknown, NATURE, "https://www.nature.com/nature/for-authors/publishing-policies"),
    host("sciencedirect.com", Papers(&["/science/article/"]), Paywalled, &[], "https://www.sciencedirect.com/science/article/pii/S0893608014002135"),
    host("linkinghub.elsevier.com", Papers(&["/retrieve/"]), Paywalled, &[], "https://www.sciencedirect.com/science/article/pii/S0893608014002135"),
    host("reader.elsevier.com", Papers(&["/reader/"]), Paywalled, &[], "https://www.sciencedirect.com/science/article/pii/S0893608014002135"),
    host("cell.com", Papers(&["**/fulltext/", "**/abstract/", "**/pdf/", "**/pdfExtended/", "/action/show", "/retrieve/"]), Unknown, &[], "https://www.cell.com/open-access"),
    host("onlinelibrary.wiley.com", Identified, Paywalled, &[], "https://onlinelibrary.wiley.com/"),
    host("sagepub.com", Papers(&["/content/{n}"]), Paywalled, &[], "https://journals.sagepub.com/"),
    host("tandfonline.com", Identified, Paywalled, &[], "https://www.tandfonline.com/"),
    host("science.org", Papers(&["/doi/"]), Paywalled, &[], "https://www.science.org/content/page/subscriptions"),
    host("advances.sciencemag.org", Papers(&["/content/{n}"]), Open, &[], "https://www.science.org/content/page/science-advances-information-authors"),
    host("sciencemag.org", Papers(&["/content/", "/cgi/"]), Paywalled, &[], "https://www.science.org/content/page/subscriptions"),
    host("pnas.org", Papers(&["/doi/", "/content/", "/cgi/"]), Unknown, &[("/content/early/{year}/{n}/{n}/({n})", "10.1073/pnas.{}")], "https://www.pnas.org/about/open-access"),
    host("academic.oup.com", Papers(&["**/article", "**/advance-article", "/book/{n}", "/edited-volume/{n}"]), Unknown, &[], "https://academic.oup.com/pages/open-research"),
    host("direct.mit.edu", Papers(&["**/article", "**/chapter", "/books/book/", "/books/monograph/", "/books/oa-"]), Unknown, &[], "https://direct.mit.edu/journals/pages/open-access"),
    host("mitpressjournals.org", Identified, Unknown, &[], "https://direct.mit.edu/journals/pages/open-access"),
    host("jstor.org", Papers(&["/stable/"]), Unknown, &[], "https://about.jstor.org/"),
    host("cambridge.org", Papers(&["/core/journals/*/article/", "/core/books/", "/core/product/", "/core/services/aop-"]), Unknown, &[("/core/product/identifier/(S{slug})/", "10.1017/{}"), ("/core/product/(S{slug})", "10.1017/{}")], "https://www.cambridge.org/core/services/open-research"),
    host("degruyter.com", Papers(&["/document/", "/view/"]), Unknown, &[], "https://www.degruyterbrill.com/publishing/open-access"),
    host("degruyterbrill.com", Papers(&["/document/"]), Unknown, &[], "https://www.degruyterbrill.com/publishing/open-access"),
    host("iopscience.iop.org", Papers(&["/article/"]), Unknown, &[], "https://publishingsupport.iopscience.iop.org/open_access/"),
    host("worldscientific.com", Papers(&["/doi/"]), Unknown, &[], "https://www.worldscientific.com/page/open"),
    host("annualreviews.org", Identified, Unknown, &[], "https://www.annualreviews.org/S2O"),
    host("aps.org", Papers(&["/abstract/", "/pdf/"]), Unknown, &[], "https://journals.aps.org/open-access"),
    host("pubs.aip.org", Papers(&["**/article"]), Unknown, &[], "https://publishing.aip.org/resources/researchers/open-science/"),
    host("royalsocietypublishing.org", Papers(&["/content/{n}", "**/article"]), Unknown, &[], "https://royalsociety.org/journals/open-access/"),
    host("mdpi.com", Papers(&["/{n}-{slug}/{n}/{n}/{n}"]), Open, &[], "https://www.mdpi.com/about/openaccess"),
    host("frontiersin.org", Identified, Open, &[], "https://www.frontiersin.org/about/open-access"),
    host("plos.org", Identified, Open, &[], "https://plos.org/open-science/open-access/"),
    host("plosone.org", Identified, Open, &[], "https://plos.org/open-science/open-access/"),
    host("elifesciences.org", Papers(&["/articles/", "/reviewed-preprints/"]), Open, &[("/articles/({n})", "10.7554/eLife.{}"), ("/reviewed-preprints/({n})", "10.7554/eLife.{}")], "https://elifesciences.org/about/openness"),
    host("hindawi.com", Identified, Open, &[("/journals/{word}/({year}/{n})", "10.1155/{}")], "https://www.hindawi.com/journals/cin/2018/7068349/"),
    host("peerj.com", Papers(&["/articles/{slug}", "/preprints/{slug}"]), Open, &[("/articles/({n})", "10.7717/peerj.{}"), ("/articles/cs-({n})", "10.7717/peerj-cs.{}")], "https://peerj.com/about/aims-and-scope/"),
    host("copernicus.org", Papers(&["/articles/{n}/{n}/", "/preprints/{slug}"]), Open, &[("/articles/{n}/{n}/{year}", "")], "https://publications.copernicus.org/open_access_journals/journals_by_subject.html"),
    host("jstage.jst.go.jp", Papers(&["/article/"]), Unknown, &[], "https://www.jstage.jst.go.jp/static/pages/JstageOverview/-char/en"),
    host("projecteuclid.org", Papers(&["/euclid."]), Unknown, &[], "https://projecteuclid.org/about"),
    host("pubs.rsc.org", Papers(&["/en/content/article"]), Unknown, &[("/en/content/{letters}/{year}/{letters}/({slug})", "10.1039/{}")], "https://pubs.rsc.org/en/content/articlelanding/2019/sc/c8sc04175j"),
    host("bmj.com", Papers(&["/content/"]), Unknown, &[("/content/{n}/(bmj.{slug})", "10.1136/{}")], "https://www.bmj.com/company/openaccess/"),
    host("thelancet.com", Papers(&["/journals/*/article/", "/article/", "/pdfs/journals/", "/action/showPdf"]), Unknown, &[("**/article/PII(*)", "Lancet:{}"), ("/action/showPdf?pii=PII(*)", "Lancet:{}")], "https://www.thelancet.com/open-access"),
    host("jamanetwork.com", Papers(&["**/fullarticle/", "**/article-abstract/", "**/articlepdf/"]), Unknown, &[], "https://jamanetwork.com/pages/open-access"),
    host("doi.org", Identified, Unknown, &[], "https://www.doi.org/doi-handbook/HTML/index.html"),

    // Essays on alignment: free to read, and no papers.
    Host { access: Open, evidence: "https://www.lesswrong.com/about", ..other("lesswrong.com", Blog) },
    Host { access: Open, evidence: "https://www.alignmentforum.org/about", ..other("alignmentforum.org", Blog) },
    Host { access: Open, evidence: "https://www.greaterwrong.com/about", ..other("greaterwrong.com", Blog) },

    // Other things than papers.
    other("huggingface.co/datasets", Data),
    other("hf.co/datasets", Data),
    other("huggingface.co/blog", Blog),
    other("huggingface.co/spaces", Project),
    other("huggingface.co/docs", Project),
    other("huggingface.co", Code),
    other("hf.co", Code),
    other("gist.github.com", Code),
    other("github.com", Code),
    other("gitlab.com", Code),
    other("bitbucket.org", Code),
    other("codeberg.org", Code),
    other("gitee.com", Code),
    other("sourceforge.net", Code),
    other("colab.research.google.com", Code),
    other("modelscope.cn/datasets", Data),
    other("modelscope.cn", Code),
    other("tfhub.dev", Code),
    other("pypi.org", Code),
    other("kaggle.com/datasets", Data),
    other("kaggle.com/competitions", Data),
    other("kaggle.com", Code),
    other("archive.ics.uci.edu", Data),
    other("data.mendeley.com", Data),
    other("openml.org", Data),
    other("figshare.com", Data),
    other("datadryad.org", Data),
    other("dataverse.harvard.edu", Data),
    other("physionet.org", Data),
    other("openslr.org", Data),
    other("catalog.ldc.upenn.edu", Data),
    other("youtube.com", Video),
    other("youtu.be", Video),
    other("youtube-nocookie.com", Video),
    other("vimeo.com", Video),
    other("bilibili.com", Video),
    other("b23.tv", Video),
    other("slideslive.com", Video),
    other("videolectures.net", Video),
    other("techtalks.tv", Video),
    other("ted.com", Video),
    other("underline.io", Video),
    other("nicovideo.jp", Video),
    other("slideshare.net", Slides),
    other("speakerdeck.com", Slides),
    other("docs.google.com/presentation", Slides),
    other("medium.com", Blog),
    other("towardsdatascience.com", Blog),
    other("substack.com", Blog),
    other("blogspot.com", Blog),
    other("wordpress.com", Blog),
    other("hashnode.dev", Blog),
    other("dev.to", Blog),
    other("tumblr.com", Blog),
    other("zhuanlan.zhihu.com", Blog),
    other("blog.csdn.net", Blog),
    other("cnblogs.com", Blog),
    other("jianshu.com", Blog),
    other("qiita.com", Blog),
    other("zenn.dev", Blog),
    other("note.com", Blog),
    other("velog.io", Blog),
    other("tistory.com", Blog),
    other("habr.com", Blog),
    other("openai.com/blog", Blog),
    other("openai.com/index", Blog),
    other("ai.googleblog.com", Blog),
    other("deepmind.com/blog", Blog),
    other("github.io", Project),
    other("gitlab.io", Project),
    other("sites.google.com", Project),
    other("netlify.app", Project),
    other("vercel.app", Project),
    other("readthedocs.io", Project),
];

/// DOIs from which the year of publication follows, or that anyone may read the paper. Most publishers number manuscripts: the
/// year in `10.1016/j.neunet.2014.09.003` is that of acceptance. So these are only forms that repeat the year of the conference,
/// the volume or the posting, and publishers all of whose papers under the prefix are open.
#[rustfmt::skip]
pub(super) const DOIS: &[(&str, Access, &str)] = &[
    ("10.1101/{year}.", Open, "https://www.biorxiv.org/about/FAQ"),
    ("10.64898/{year}.", Open, "https://www.biorxiv.org/about/FAQ"),
    ("10.18653/v1/{year}.", Open, "https://aclanthology.org/info/ids/"),
    ("10.18653/v1/{letters}{yy}-", Open, "https://aclanthology.org/info/ids/"),
    ("10.3115/v1/{letters}{yy}-", Open, "https://aclanthology.org/info/ids/"),
    ("10.1162/tacl", Open, "https://transacl.org/ojs/index.php/tacl"),
    ("10.1162/{letters}.{year}.{n}.{n}.{n}", Unknown, "https://doi.org/10.1162/neco.1997.9.8.1735"),
    ("10.1111/j.{n}-{n}[x].{year}.tb", Unknown, "https://doi.org/10.1111/j.2517-6161.1996.tb02080.x"),
    ("10.24963/ijcai.{year}/", Open, "https://www.ijcai.org/past_proceedings"),
    ("10.21437/{word}.{year}-", Open, "https://www.isca-archive.org/"),
    ("10.14722/ndss.{year}.", Open, "https://www.ndss-symposium.org/"),
    ("10.15607/RSS.{year}.", Open, "https://www.roboticsproceedings.org/"),
    ("10.4230/{letters}.{letters}.{year}.", Open, "https://drops.dagstuhl.de/docs/about"),
    ("10.4230/", Open, "https://drops.dagstuhl.de/docs/about"),
    ("10.5194/{letters}-{n}-{n}-{year}", Open, "https://publications.copernicus.org/"),
    ("10.5194/", Open, "https://publications.copernicus.org/"),
    ("10.1155/{year}/", Open, "https://www.hindawi.com/journals/cin/2018/7068349/"),
    ("10.1609/aaai.", Open, "https://ojs.aaai.org/index.php/AAAI/about"),
    ("10.1038/s41467-", Open, "https://www.nature.com/ncomms/open-access"),
    ("10.1038/s41598-", Open, "https://www.nature.com/srep/open-access"),
    ("10.1109/ACCESS.", Open, "https://ieeeaccess.ieee.org/about/"),
    ("10.1126/sciadv.", Open, "https://www.science.org/content/page/science-advances-information-authors"),
    ("10.1186/", Open, "https://www.biomedcentral.com/about/open-access"),
    ("10.1371/", Open, "https://plos.org/open-science/open-access/"),
    ("10.3389/", Open, "https://www.frontiersin.org/about/open-access"),
    ("10.3390/", Open, "https://www.mdpi.com/about/openaccess"),
    ("10.7554/eLife.", Open, "https://elifesciences.org/about/openness"),
    ("10.7717/peerj", Open, "https://peerj.com/about/aims-and-scope/"),
    ("10.31234/osf.io/", Open, "https://help.osf.io/article/330-welcome-to-preprints"),
];

/// Redirects by which search engines and forums count clicks: the address is in one of the parameters.
pub(super) const REDIRECTS: &[(&str, &str, &[&str])] = &[
    ("google.com", "/url", &["q", "url"]),
    ("scholar.google.com", "/scholar_url", &["url"]),
    ("translate.google.com", "/translate", &["u"]),
    ("link.zhihu.com", "/", &["target"]),
    ("link.csdn.net", "/", &["target"]),
    ("link.jianshu.com", "/", &["t"]),
    ("links.jianshu.com", "/go", &["to"]),
    ("link.juejin.cn", "/", &["target"]),
    ("l.facebook.com", "/l.php", &["u"]),
    ("lm.facebook.com", "/l.php", &["u"]),
    ("youtube.com", "/redirect", &["q"]),
    ("slack-redir.net", "/link", &["url"]),
    ("t.umblr.com", "/redirect", &["z"]),
    ("safelinks.protection.outlook.com", "/", &["url"]),
];

/// Pages of arXiv, of its mirrors, and of readers that took over its addresses. Listings have no id.
const ARXIV: &[(&str, &str)] = &[
    ("/abs/({rest})", "arXiv:{}"),
    ("/pdf/({rest})", "arXiv:{}"),
    ("/html/({rest})", "arXiv:{}"),
    ("/format/({rest})", "arXiv:{}"),
    ("/ps/({rest})", "arXiv:{}"),
    ("/src/({rest})", "arXiv:{}"),
    ("/e-print/({rest})", "arXiv:{}"),
    ("**/overview/({rest})", "arXiv:{}"),
    ("/resources/({rest})", "arXiv:{}"),
    ("/papers/({rest})", "arXiv:{}"),
    ("/ftp/({rest})", "arXiv:{}"),
    ("/({rest})", "arXiv:{}"),
];

/// `2020.acl-main.1` since 2020; before, a letter for the venue, two digits of the year, and volume and number. Behind an id
/// there may be a revision. Volumes (`2020.acl-main`, `P18-1`) are no papers.
const ACL: &[(&str, &str)] =
    &[("**/({letters}{yy}-{nnnn})[v{version}]", "ACL:{}"), ("**/({year}.{name}.{n})[v{version}]", "ACL:{}")];

/// Papers and posters on the sites of conferences that share the programs of `NeurIPS`.
const CONFERENCE_PAPERS: &[&str] = &[
    "/paper/{year}/",
    "/paper/{n}-",
    "/paper_files/paper/{year}/",
    "/virtual/{year}/{word}/{n}",
    "/virtual_{year}/{slug}",
    "/Conferences/{year}/Schedule?",
    "**/papers/",
];

/// `/paper/2017/hash/...`; the older `/paper/7181-attention-is-all-you-need` begins with a number.
const CONFERENCE_YEARS: &[(&str, &str)] = &[
    ("/paper/{year}/", ""),
    ("/paper_files/paper/{year}/", ""),
    ("/virtual/{year}/", ""),
    ("/virtual_{year}/", ""),
    ("**/conferences/{year}/", ""),
    ("/papers/files/*/NIPS{year}_", ""),
    ("/{year}/papers/", ""),
];

/// `srivastava14a`; since volume 18 a name is a year of submission and a number, which tells no year.
const JMLR: &[(&str, &str)] = &[("**/papers/v*/{word}{yy}", "")];

/// `/conference/osdi16/...`, `/system/files/osdi20-name.pdf`, `/legacy/events/osdi04/...`.
const USENIX: &[(&str, &str)] = &[
    ("/system/files/conference/{word}{yy}/", ""),
    ("/system/files/conference/{word}{year}/", ""),
    ("/system/files/{word}{yy}-", ""),
    ("/system/files/{word}{yy}_", ""),
    ("/system/files/{word}{yy}{letters}_", ""),
    ("/system/files/{word}{yy}{letters}-", ""),
    ("**/conference/{word}{yy}/", ""),
    ("**/conference/{word}{year}/", ""),
    ("**/events/{word}{yy}/", ""),
    ("**/event/{word}{yy}/", ""),
    ("**/proceedings/{word}{yy}/", ""),
];

/// DOIs stand in the address; those of before 2019, and PDFs, follow the day on which the preprint was posted.
const BIORXIV: &[(&str, &str)] = &[
    ("/content/early/{year}/{n}/{n}/({slug})", "10.1101/{}"),
    ("/content/*/early/{year}/{n}/{n}/({slug})", "10.1101/{}"),
    ("/cgi/content/*/({slug})", "10.1101/{}"),
];

/// SSRN registers its numbers as DOIs.
const SSRN: &[(&str, &str)] = &[
    ("/sol3/papers.cfm?abstract_id=({n})", "10.2139/ssrn.{}"),
    ("/sol3/papers.cfm?abstractid=({n})", "10.2139/ssrn.{}"),
    ("/sol3/Delivery.cfm?abstractid=({n})", "10.2139/ssrn.{}"),
    ("/abstract=({n})", "10.2139/ssrn.{}"),
    ("/abstract/({n})", "10.2139/ssrn.{}"),
];

/// `hal-01234567v2`, `inria-00123456`.
const HAL: &[(&str, &str)] =
    &[("**/({letters}-{n})[v{version}]", "HAL:{}"), ("**/({letters}_{n})[v{version}]", "HAL:{}")];

/// The name of an article is the suffix of its DOI, perhaps without its points.
const NATURE: &[(&str, &str)] =
    &[("/articles/({slug})", "Nature:{}"), ("/{word}/journal/v*/n*/{word}/({slug})", "Nature:{}")];

impl Host {
    /// Returns the row of a host.
    pub(super) fn find(host: &str, address: &Path) -> Option<&'static Self> {
        let parents = host.match_indices('.').filter_map(|(dot, _)| host.get(dot + 1..));
        let rows = iter::once(host).chain(parents).flat_map(rows_of).filter(|(_, row)| {
            let path = row.domain.split_once('/').map_or("", |(_, path)| path);
            path.is_empty() || {
                let rest = address.path.strip_prefix('/').and_then(|rest| rest.strip_prefix(path));
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            }
        });
        rows.min_by_key(|(number, _)| *number).map(|(_, row)| *row)
    }

    /// Returns the facts that the forms tell, with the id as its template says: the first of each counts.
    pub(super) fn read(&self, address: &Path) -> Captures {
        let mut facts = Captures::default();
        for (form, template) in self.forms {
            let Some(found) = pattern::find(form, address) else { continue };
            facts.year = facts.year.or(found.year);
            if facts.id.is_none() && !template.is_empty() {
                facts.version = found.version;
                facts.id = found.id.map(|id| template.replacen("{}", &id, 1));
            }
        }
        facts
    }

    /// Returns true if an address in which an id was found, or not, is one of a paper.
    pub(super) fn has_paper(&self, address: &Path, is_identified: bool) -> bool {
        match self.pages {
            Pages::Papers(starts) => {
                is_identified || starts.iter().any(|start| pattern::begins(start, address))
            }
            Pages::Identified => is_identified,
            Pages::All(kind) => {
                kind == Paper
                    && (is_identified
                        || !address.path.trim_matches('/').is_empty()
                        || !address.query.is_empty())
            }
        }
    }
}

/// The rows of exactly this domain, each with its number in the table. O(log of the table): reading asks for every link.
fn rows_of(domain: &str) -> &'static [(usize, &'static Host)] {
    static BY_DOMAIN: LazyLock<BTreeMap<&str, Vec<(usize, &Host)>>> = LazyLock::new(|| {
        let mut rows: BTreeMap<&str, Vec<(usize, &Host)>> = BTreeMap::new();
        for (number, row) in HOSTS.iter().enumerate() {
            let domain = row.domain.split_once('/').map_or(row.domain, |(domain, _)| domain);
            rows.entry(domain).or_default().push((number, row));
        }
        rows
    });
    BY_DOMAIN.get(domain).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_row_is_reachable_and_has_evidence() {
        for row in HOSTS {
            let is_paper = !matches!(row.pages, All(kind) if kind != Paper);
            assert!(!is_paper || row.evidence.starts_with("https://"), "{}", row.domain);
            let (domain, path) = row.domain.split_once('/').unwrap_or((row.domain, ""));
            let path = format!("/{path}");
            let found = Host::find(domain, &Path { path: &path, query: "" }).unwrap();
            assert_eq!(found.domain, row.domain, "an earlier row hides this one");
            assert_eq!(row.domain, row.domain.to_lowercase());
        }
    }

    #[test]
    fn templates_are_known() {
        for (form, template) in HOSTS.iter().flat_map(|row| row.forms) {
            let known = [
                "",
                "{}",
                "arXiv:{}",
                "index:{}",
                "Nature:{}",
                "Lancet:{}",
                "OpenReview:{}",
                "ACL:{}",
                "HAL:{}",
                "PMC{}",
                "PMID:{}",
                "CorpusID:{}",
            ];
            assert!(known.contains(template) || template.starts_with("10."), "{template}");
            assert_eq!(template.contains("{}"), form.contains('('), "{form}");
        }
    }
}
