use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::notebook::Url;

fn of(url: &str) -> PaperSource {
    PaperSource::from_url(&Url::parse(url).unwrap())
}

/// Kind, id, version and year in one line.
fn facts(url: &str) -> String {
    let source = of(url);
    let version = source.version.map_or(String::new(), |version| format!(" v{version}"));
    let year = source.year.map_or(String::new(), |year| format!(" {year}"));
    format!("{:?} {}{version}{year}", source.kind, source.id.unwrap_or("-".into())).to_lowercase()
}

/// Asserts the facts of addresses; ids are compared in lower case, `-` is none.
fn assert_facts(cases: &[(&str, &str)]) {
    let wrong: Vec<_> = cases
        .iter()
        .filter(|(url, expected)| facts(url) != expected.to_lowercase())
        .map(|(url, expected)| format!("{url}\n  is  {}\n  not {expected}", facts(url)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_number_is_no_year() {
    assert_facts(&[
        ("https://www.mdpi.com/1996-1073/12/24/4655", "publisher -"),
        ("https://www.mdpi.com/2072-4292/11/3/274/htm", "publisher -"),
        ("https://www.mdpi.com/1999-4893/13/1/2019/pdf", "publisher -"),
        ("https://www.nature.com/articles/s41586-019-1999-3", "doi 10.1038/s41586-019-1999-3"),
        ("https://www.nature.com/articles/s41467-018-1987-2.pdf", "doi 10.1038/s41467-018-1987-2"),
        ("https://aclanthology.org/D19-1999/", "publisher D19-1999 2019"),
        ("https://aclanthology.org/W19-2001.pdf", "publisher W19-2001 2019"),
        ("https://papers.nips.cc/paper/1999-made-up-things", "publisher -"),
        ("https://papers.nips.cc/paper/2012-made-up-things.pdf", "publisher -"),
        ("http://papers.nips.cc/paper/2016", "web -"),
        ("https://ojs.aaai.org/index.php/AAAI/article/view/1995", "publisher -"),
        ("https://ojs.aaai.org/index.php/AAAI/article/view/3992/2019", "publisher -"),
        ("https://aaai.org/papers/02019-made-up/", "publisher -"),
        ("https://ieeexplore.ieee.org/document/2019", "publisher -"),
        ("https://ieeexplore.ieee.org/stamp/stamp.jsp?arnumber=1999", "publisher -"),
        ("https://www.sciencedirect.com/science/article/pii/S2019185312001999", "publisher -"),
        ("https://www.cell.com/neuron/fulltext/S0896-6273(17)30509-3", "publisher -"),
        ("https://dl.acm.org/citation.cfm?id=2019", "publisher -"),
        ("https://www.tandfonline.com/toc/2000/1984", "web -"),
        ("https://proceedings.mlr.press/v2019/", "web -"),
        ("https://jmlr.org/papers/v21/19-1999.html", "publisher -"),
        ("https://elifesciences.org/articles/20199", "doi 10.7554/elife.20199"),
        ("https://pubmed.ncbi.nlm.nih.gov/2019/", "publisher PMID:2019"),
        ("https://papers.ssrn.com/sol3/papers.cfm?abstract_id=2019", "doi 10.2139/ssrn.2019"),
        ("https://distill.pub/about/2019/", "web -"),
        ("https://transformer-circuits.pub/drafts/2021.html", "web -"),
        (
            "https://openaccess.thecvf.com/content_ECCV_2018/html/A_2001_Odyssey_ECCV_2018_paper.html",
            "publisher - 2018",
        ),
        ("https://www.frontiersin.org/journals/2019/articles", "web -"),
        ("https://example.org/2019/paper", "web -"),
        ("https://www.lesswrong.com/posts/2019/made-up-2020", "web -"),
        ("https://www.pnas.org/content/114/13/2019", "publisher -"),
        ("https://drops.dagstuhl.de/entities/document/2019", "publisher -"),
        ("https://www.usenix.org/conference/2019", "web -"),
        ("https://www.isca-speech.org/archive/pdfs/1999.pdf", "publisher -"),
    ]);
}

#[test]
fn a_year_is_read_where_the_host_writes_one() {
    assert_facts(&[
        (
            "https://openaccess.thecvf.com/content_CVPR_2019/html/Made_Up_Things_CVPR_2019_paper.html",
            "publisher - 2019",
        ),
        (
            "https://openaccess.thecvf.com/content_cvpr_2016/papers/He_X_CVPR_2016_paper.pdf",
            "publisher - 2016",
        ),
        ("https://openaccess.thecvf.com/content_ICCV_2017_workshops/w4/html/X.html", "publisher - 2017"),
        ("https://openaccess.thecvf.com/content_CVPRW_2020/html/w1/X.html", "publisher - 2020"),
        ("https://openaccess.thecvf.com/content/CVPR2021W/X/html/Y.html", "publisher - 2021"),
        ("http://openaccess.thecvf.com/content/WACV2024/papers/X_WACV_2024_paper.pdf", "publisher - 2024"),
        ("https://proceedings.neurips.cc/paper/2017/hash/3f5-Abstract.html", "publisher - 2017"),
        (
            "https://papers.nips.cc/paper_files/paper/2022/hash/3f5-Abstract-Conference.html",
            "publisher - 2022",
        ),
        ("https://datasets-benchmarks-proceedings.neurips.cc/paper/2021/hash/3f5.html", "publisher - 2021"),
        ("https://neurips.cc/virtual/2023/poster/71234", "publisher - 2023"),
        ("https://icml.cc/virtual/2020/poster/6022", "publisher - 2020"),
        ("https://proceedings.mlr.press/v97/tan19a.html", "publisher - 2019"),
        ("http://proceedings.mlr.press/v9/glorot10a/glorot10a.pdf", "publisher - 2010"),
        ("https://www.jmlr.org/papers/v3/bengio03a.html", "publisher - 2003"),
        ("https://jmlr.org/papers/volume15/srivastava14a/srivastava14a.pdf", "publisher - 2014"),
        (
            "https://www.ecva.net/papers/eccv_2020/papers_ECCV/html/123_ECCV_2020_paper.php",
            "publisher - 2020",
        ),
        ("https://www.isca-speech.org/archive/interspeech_2019/made19_interspeech.html", "publisher - 2019"),
        (
            "https://www.isca-speech.org/archive/archive_papers/interspeech_2010/i10_1045.pdf",
            "publisher - 2010",
        ),
        ("https://www.isca-archive.org/odyssey_2018/made18_odyssey.html", "publisher - 2018"),
        ("https://www.aaai.org/ocs/index.php/AAAI/AAAI17/paper/view/14867", "publisher - 2017"),
        ("https://www.aaai.org/Papers/AAAI/1999/AAAI99-010.pdf", "publisher - 1999"),
        ("https://www.ijcai.org/proceedings/2019/123", "publisher - 2019"),
        ("https://www.usenix.org/conference/osdi16/technical-sessions/presentation/made", "publisher - 2016"),
        ("https://www.usenix.org/conference/soups2019/presentation/made", "publisher - 2019"),
        ("https://www.usenix.org/system/files/osdi20-made.pdf", "publisher - 2020"),
        ("https://www.usenix.org/legacy/events/osdi04/tech/dean.html", "publisher - 2004"),
        ("https://distill.pub/2020/circuits/zoom-in/", "publisher - 2020"),
        ("https://transformer-circuits.pub/2021/framework/index.html", "publisher - 2021"),
        ("https://www.hindawi.com/journals/cin/2018/7068349/", "doi 10.1155/2018/7068349 2018"),
        ("https://aclanthology.org/P18-1001/", "publisher P18-1001 2018"),
        ("https://www.aclweb.org/anthology/P18-1001v2.pdf", "publisher P18-1001 v2 2018"),
        ("https://www.aclweb.org/anthology/W/W96/W96-0213.pdf", "publisher W96-0213 1996"),
        ("https://aclweb.org/anthology/papers/P/P19/P19-1001/", "publisher P19-1001 2019"),
        ("https://aclanthology.org/J79-1001", "publisher J79-1001 1979"),
        ("https://aclanthology.org/2020.acl-main.1/", "publisher 2020.acl-main.1 2020"),
        ("https://aclanthology.org/2022.findings-emnlp.12.pdf", "publisher 2022.findings-emnlp.12 2022"),
        ("https://www.aclweb.org/anthology/2020.lrec-1.5.bib", "publisher 2020.lrec-1.5 2020"),
        ("https://www.biorxiv.org/content/early/2016/05/08/052019", "doi 10.1101/052019 2016"),
    ]);
}

#[test]
#[allow(clippy::too_many_lines, reason = "a list of cases")]
fn a_doi_is_read_anywhere_in_an_address() {
    assert_facts(&[
        ("https://doi.org/10.1000/182", "doi 10.1000/182"),
        ("doi:10.1000/182", "doi 10.1000/182"),
        ("https://dx.doi.org/10.1000%2F182", "doi 10.1000/182"),
        ("https://doi.org/doi:10.1000/182", "doi 10.1000/182"),
        ("https://dl.acm.org/doi/abs/10.1145/3582099.3582122", "doi 10.1145/3582099.3582122"),
        ("https://dl.acm.org/doi/pdf/10.1145/3292500.3330701?casa_token=x", "doi 10.1145/3292500.3330701"),
        ("https://dl.acm.org/citation.cfm?doid=10.1145/3292500.3330701", "doi 10.1145/3292500.3330701"),
        (
            "https://www.frontiersin.org/articles/10.3389/fnhum.2016.00123/full",
            "doi 10.3389/fnhum.2016.00123",
        ),
        ("https://www.frontiersin.org/articles/10.3389/fnhum.2016.00123/pdf", "doi 10.3389/fnhum.2016.00123"),
        (
            "https://www.frontiersin.org/journals/robotics-and-ai/articles/10.3389/frobt.2019.00001/full#h3",
            "doi 10.3389/frobt.2019.00001",
        ),
        (
            "https://www.biorxiv.org/content/10.1101/2020.01.30.927000v1",
            "doi 10.1101/2020.01.30.927000 v1 2020",
        ),
        (
            "https://www.biorxiv.org/content/10.1101/2020.01.30.927000v2.full.pdf+html",
            "doi 10.1101/2020.01.30.927000 v2 2020",
        ),
        (
            "https://www.biorxiv.org/content/10.1101/2020.01.30.927000.abstract",
            "doi 10.1101/2020.01.30.927000 2020",
        ),
        (
            "https://www.biorxiv.org/content/biorxiv/early/2020/01/31/2020.01.30.927000.full.pdf",
            "doi 10.1101/2020.01.30.927000 2020",
        ),
        ("https://www.medrxiv.org/content/10.1101/19001234v3.full-text", "doi 10.1101/19001234 v3"),
        ("https://doi.org/10.1101/2020.01.30.927000", "doi 10.1101/2020.01.30.927000 2020"),
        (
            "https://link.springer.com/content/pdf/10.1007/s10994-019-05800-0.pdf",
            "doi 10.1007/s10994-019-05800-0",
        ),
        (
            "https://link.springer.com/content/pdf/10.1007%2F978-3-319-10590-1_53.pdf",
            "doi 10.1007/978-3-319-10590-1_53",
        ),
        (
            "https://link.springer.com/chapter/10.1007/978-3-319-10590-1_53#Sec1",
            "doi 10.1007/978-3-319-10590-1_53",
        ),
        ("https://link.springer.com/article/10.1007/BF00992698/figures/1", "doi 10.1007/BF00992698"),
        (
            "https://link.springer.com/article/10.1007/s11263-019-01247-4/fulltext.html",
            "doi 10.1007/s11263-019-01247-4",
        ),
        (
            "https://academic.oup.com/bioinformatics/article/doi/10.1093/bioinformatics/btaa123/5834567",
            "doi 10.1093/bioinformatics/btaa123",
        ),
        (
            "https://academic.oup.com/nar/advance-article/doi/10.1093/nar/gkab123/6178889?login=true",
            "doi 10.1093/nar/gkab123",
        ),
        ("https://academic.oup.com/nar/article-lookup/doi/10.1093/nar/gkz123", "doi 10.1093/nar/gkz123"),
        (
            "https://direct.mit.edu/neco/article-abstract/doi/10.1162/neco_a_01234/98765/Made-Up-Title",
            "doi 10.1162/neco_a_01234",
        ),
        (
            "https://iopscience.iop.org/article/10.1088/1742-6596/123/1/012345/pdf",
            "doi 10.1088/1742-6596/123/1/012345",
        ),
        (
            "https://iopscience.iop.org/article/10.1088/1742-6596/123/1/012345/meta",
            "doi 10.1088/1742-6596/123/1/012345",
        ),
        ("https://onlinelibrary.wiley.com/doi/full/10.1002/mp.12345", "doi 10.1002/mp.12345"),
        (
            "https://onlinelibrary.wiley.com/doi/10.1111/j.1467-8640.1989.tb00015.x/abstract",
            "doi 10.1111/j.1467-8640.1989.tb00015.x 1989",
        ),
        (
            "https://doi.org/10.1002/(SICI)1097-0258(19980815)17:15%3C1661::AID-SIM968%3E3.0.CO;2-2",
            "doi 10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2 1998",
        ),
        (
            "https://onlinelibrary.wiley.com/doi/pdf/10.1002/%28SICI%291097-0258%2819980815%2917%3A15%3C1661%3A%3AAID-SIM968%3E3.0.CO%3B2-2",
            "doi 10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2 1998",
        ),
        ("https://www.degruyter.com/document/doi/10.1515/9783110274295/html", "doi 10.1515/9783110274295"),
        (
            "https://www.degruyterbrill.com/document/doi/10.1515/jci-2019-0001/pdf?licenseType=free",
            "doi 10.1515/jci-2019-0001",
        ),
        (
            "https://journals.plos.org/plosbiology/article?id=10.1371/journal.pbio.3000001",
            "doi 10.1371/journal.pbio.3000001",
        ),
        (
            "https://journals.plos.org/plosone/article/file?id=10.1371/journal.pone.0123456&type=printable",
            "doi 10.1371/journal.pone.0123456",
        ),
        (
            "https://journals.plos.org/plosone/article?id=info%3Adoi%2F10.1371%2Fjournal.pone.0123456",
            "doi 10.1371/journal.pone.0123456",
        ),
        (
            "https://www.plosone.org/article/info%3Adoi%2F10.1371%2Fjournal.pone.0000217",
            "doi 10.1371/journal.pone.0000217",
        ),
        ("https://www.pnas.org/doi/full/10.1073/pnas.1611835114", "doi 10.1073/pnas.1611835114"),
        (
            "https://www.science.org/doi/pdf/10.1126/science.aaa8415?download=true",
            "doi 10.1126/science.aaa8415",
        ),
        (
            "https://journals.aps.org/prl/abstract/10.1103/PhysRevLett.116.061102",
            "doi 10.1103/PhysRevLett.116.061102",
        ),
        (
            "https://www.tandfonline.com/doi/full/10.1080/01621459.2017.1285773?needAccess=true",
            "doi 10.1080/01621459.2017.1285773",
        ),
        ("https://www.nature.com/articles/nature14539", "doi 10.1038/nature14539"),
        ("https://www.nature.com/nature/journal/v518/n7540/full/nature14236.html", "doi 10.1038/nature14236"),
        ("https://www.nature.com/articles/nmeth.4642/figures/2", "doi 10.1038/nmeth.4642"),
        ("https://www.nature.com/articles/s41586-019-1999-3.epdf", "doi 10.1038/s41586-019-1999-3"),
        ("https://zenodo.org/records/1234567", "doi 10.5281/zenodo.1234567"),
        ("https://zenodo.org/doi/10.5281/zenodo.1234567", "doi 10.5281/zenodo.1234567"),
        ("https://ssrn.com/abstract=3456789", "doi 10.2139/ssrn.3456789"),
        ("https://www.researchsquare.com/article/10.21203/rs.3.rs-123/v1", "doi 10.21203/rs.3.rs-123/v1"),
        ("https://ieeexplore-ieee-org.ezproxy.example.edu/document/123", "publisher -"),
        ("https://dl.acm.org.proxy.example.edu/doi/10.1145/3292500.3330701", "doi 10.1145/3292500.3330701"),
        ("https://www-nature-com.example.idm.oclc.org/articles/nature14539", "doi 10.1038/nature14539"),
        (
            "https://login.ezproxy.example.edu/login?url=https://doi.org/10.1145/3292500.3330701",
            "doi 10.1145/3292500.3330701",
        ),
        (
            "https://proxy.example.edu/login?qurl=https%3A%2F%2Farxiv.org%2Fabs%2F1706.03762",
            "arxiv 1706.03762 2017",
        ),
        ("https://web.archive.org/web/20190101000000/https://doi.org/10.1000/182", "doi 10.1000/182"),
        ("https://example.org/v10.1234/notes", "web -"),
        ("https://example.org/release-10.1234/notes", "web -"),
        ("https://example.org/search?q=about+10.1000/182", "web -"),
    ]);
}

#[test]
fn a_name_at_a_publisher_is_a_doi_only_where_it_tells_one() {
    assert_facts(&[
        ("https://www.nature.com/articles/nature20161", "doi 10.1038/nature20161"),
        ("https://www.nature.com/articles/srep20161.pdf", "doi 10.1038/srep20161"),
        ("https://www.nature.com/articles/nphys2017", "doi 10.1038/nphys2017"),
        ("https://www.nature.com/articles/msb4100050", "doi 10.1038/msb4100050"),
        ("https://www.nature.com/articles/35012345", "doi 10.1038/35012345"),
        ("https://www.nature.com/articles/323999a0", "doi 10.1038/323999a0"),
        ("https://www.nature.com/articles/ng0595-155", "doi 10.1038/ng0595-155"),
        ("https://www.nature.com/articles/sdata201699", "doi 10.1038/sdata.2016.99"),
        ("https://www.nature.com/articles/tp2016999.pdf", "doi 10.1038/tp.2016.999"),
        ("https://www.nature.com/articles/bjc1998999", "doi 10.1038/bjc.1998.999"),
        ("https://www.nature.com/articles/npjmadeup201599/figures/1", "doi 10.1038/npjmadeup.2015.99"),
        ("https://www.nature.com/articles/palcomms201699", "publisher -"),
        ("https://www.nature.com/articles/1203999", "publisher -"),
        ("https://www.nature.com/onc/journal/v22/n1/full/1203999a.html", "publisher -"),
        ("https://www.nature.com/articles/ng0500_99", "publisher -"),
        ("https://www.nature.com/articles/75999", "publisher -"),
        (
            "https://www.thelancet.com/journals/lanonc/article/PIIS1470-2045(20)39999-5/fulltext",
            "doi 10.1016/S1470-2045(20)39999-5",
        ),
        (
            "https://www.thelancet.com/journals/lancet/article/PIIS0140-6736%2898%2939999-5/abstract",
            "doi 10.1016/S0140-6736(98)39999-5",
        ),
        (
            "https://www.thelancet.com/action/showPdf?pii=PIIS2589-7500%2820%2939999-5",
            "doi 10.1016/S2589-7500(20)39999-5",
        ),
        (
            "https://www.thelancet.com/journals/landig/article/PIIS2589-7500(25)99999-5/fulltext",
            "publisher -",
        ),
        (
            "https://www.thelancet.com/journals/eclinm/article/PIIS2589-5370(20)39999-5/fulltext",
            "publisher -",
        ),
        (
            "https://www.thelancet.com/journals/lanepe/article/PIIS2666-7762(21)99999-5/fulltext",
            "publisher -",
        ),
        ("https://www.thelancet.com/journals/lancet/article/PIIé/fulltext", "publisher -"),
    ]);
}

#[test]
fn a_false_doi_is_none() {
    assert_facts(&[
        ("https://dl.acm.org/doi/10.5555/3295222.3295349", "publisher -"),
        ("https://dl.acm.org/doi/abs/10.5555/3295222.3295349", "publisher -"),
        ("https://dl.acm.org/doi/pdf/10.5555/3295222.3295349", "publisher -"),
        ("https://doi.org/10.5555/3295222.3295349", "web -"),
        ("https://doi.org/10.55/1", "web -"),
        ("https://doi.org/10.1000/", "web -"),
        ("https://doi.org/abc", "web -"),
        ("https://doi.org/", "web -"),
        ("https://doi.org/10.55551/1", "doi 10.55551/1"),
    ]);
}

#[test]
fn arxiv_papers_are_known_by_any_address() {
    assert_facts(&[
        ("https://arxiv.org/abs/2010.11929v2", "arxiv 2010.11929 v2 2020"),
        ("https://arxiv.org/pdf/1706.03762.pdf", "arxiv 1706.03762 2017"),
        ("https://arxiv.org/pdf/1706.03762v5.pdf#page=3", "arxiv 1706.03762 v5 2017"),
        ("https://arxiv.org/html/2401.00001v1", "arxiv 2401.00001 v1 2024"),
        ("https://arxiv.org/abs/1706.03762?context=cs", "arxiv 1706.03762 2017"),
        ("https://arxiv.org/abs/arXiv:1706.03762", "arxiv 1706.03762 2017"),
        ("http://www.arxiv.org/abs/hep-th/9901001", "arxiv hep-th/9901001 1999"),
        ("https://export.arxiv.org/abs/1706.03762", "arxiv 1706.03762 2017"),
        ("http://cn.arxiv.org/pdf/1706.03762", "arxiv 1706.03762 2017"),
        ("http://xxx.lanl.gov/abs/cond-mat/0207270", "arxiv cond-mat/0207270 2002"),
        ("https://ar5iv.org/abs/1706.03762", "arxiv 1706.03762 2017"),
        ("https://ar5iv.labs.arxiv.org/html/1706.03762", "arxiv 1706.03762 2017"),
        ("https://ar5iv.org/html/hep-th/9901001", "arxiv hep-th/9901001 1999"),
        ("https://www.alphaxiv.org/abs/2010.11929v2", "arxiv 2010.11929 v2 2020"),
        ("https://alphaxiv.org/overview/2010.11929", "arxiv 2010.11929 2020"),
        ("https://www.alphaxiv.org/pdf/2010.11929v1", "arxiv 2010.11929 v1 2020"),
        ("https://huggingface.co/papers/2005.14165", "arxiv 2005.14165 2020"),
        ("https://hf.co/papers/2005.14165", "arxiv 2005.14165 2020"),
        ("https://doi.org/10.48550/arXiv.1706.03762", "arxiv 1706.03762 2017"),
        ("https://doi.org/10.48550/ARXIV.HEP-TH/9901001", "arxiv hep-th/9901001 1999"),
        ("https://www.arxiv-vanity.com/papers/1706.03762/", "arxiv 1706.03762 2017"),
        ("https://scirate.com/arxiv/1706.03762", "arxiv 1706.03762 2017"),
        ("https://papers.cool/arxiv/1706.03762", "arxiv 1706.03762 2017"),
        ("https://dblp.org/rec/journals/corr/abs-1706-03762.html", "arxiv 1706.03762 2017"),
        ("https://ui.adsabs.harvard.edu/abs/2017arXiv170603762V/abstract", "arxiv 1706.03762 2017"),
        ("https://ui.adsabs.harvard.edu/abs/arXiv:1706.03762", "arxiv 1706.03762 2017"),
        ("https://api.semanticscholar.org/arXiv:1706.03762", "arxiv 1706.03762 2017"),
        ("https://web.archive.org/web/2019/https://arxiv.org/abs/1706.03762", "arxiv 1706.03762 2017"),
        ("https://arxiv.org/list/cs.LG/recent", "web -"),
        ("https://arxiv.org/list/cs.CL/2005", "web -"),
        ("https://arxiv.org/a/made_u_1", "web -"),
        ("https://arxiv.org/search/?query=2005.14165", "web -"),
        ("https://arxiv.org/", "web -"),
        ("https://huggingface.co/papers", "web -"),
        ("https://huggingface.co/papers/trending", "web -"),
        ("https://huggingface.co/papers?date=2024-05-21", "web -"),
        ("https://notarxiv.org/abs/2010.11929", "web -"),
        ("https://example.org/abs/2010.11929", "web -"),
        ("/papers/1706.03762", "web -"),
    ]);
}

#[test]
fn openreview_has_papers_and_other_pages() {
    assert_facts(&[
        ("https://openreview.net/forum?id=SkeJ6iR9Km", "openreview SkeJ6iR9Km"),
        ("https://openreview.net/forum?id=SkeJ6iR9Km&noteId=abc", "openreview SkeJ6iR9Km"),
        ("https://openreview.net/forum?noteId=abc&id=SkeJ6iR9Km", "openreview SkeJ6iR9Km"),
        ("https://openreview.net/pdf?id=SkeJ6iR9Km", "openreview SkeJ6iR9Km"),
        (
            "https://openreview.net/attachment?id=_x-Y6iR9Km&name=supplementary_material",
            "openreview _x-Y6iR9Km",
        ),
        ("https://www.openreview.net/forum?id=SkeJ6iR9Km#all", "openreview SkeJ6iR9Km"),
        ("https://openreview.net/pdf/0123456789abcdef0123456789abcdef01234567.pdf", "publisher -"),
        ("https://openreview.net/group?id=NeurIPS.cc/2022/Conference", "web -"),
        ("https://openreview.net/group?id=ICLR.cc", "web -"),
        ("https://openreview.net/profile?id=~Ada_One1", "web -"),
        ("https://openreview.net/profile?email=ada%40example.org", "web -"),
        ("https://openreview.net/submissions?venue=ICLR.cc/2022/Conference", "web -"),
        ("https://openreview.net/invitation?id=abc", "web -"),
        ("https://openreview.net/user/messages?id=abc", "web -"),
        ("https://openreview.net/", "web -"),
    ]);
}

#[test]
fn repositories_have_ids_of_their_own() {
    assert_facts(&[
        ("https://hal.science/hal-01234567v2/document", "publisher hal-01234567 v2"),
        ("https://hal.archives-ouvertes.fr/hal-01234567", "publisher hal-01234567"),
        ("https://hal.inria.fr/inria-00123456/en", "publisher inria-00123456"),
        ("https://theses.hal.science/tel-01234567/file/these.pdf", "publisher tel-01234567"),
        ("https://pubmed.ncbi.nlm.nih.gov/23193287/", "publisher PMID:23193287"),
        ("https://www.ncbi.nlm.nih.gov/pubmed/23193287", "publisher PMID:23193287"),
        ("https://pubmed.ncbi.nlm.nih.gov/?term=2019", "web -"),
        ("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC3531190/pdf/x.pdf", "publisher PMC3531190"),
        ("https://pmc.ncbi.nlm.nih.gov/articles/PMC3531190/", "publisher PMC3531190"),
        ("https://europepmc.org/article/MED/23193287", "publisher PMID:23193287"),
        (
            "https://www.semanticscholar.org/paper/Made-Up/204e3073870fae3d05bcbc2f6a8e263d9b72e776",
            "publisher -",
        ),
    ]);
}

#[test]
fn access_is_what_the_host_says() {
    let cases = [
        ("https://www.mdpi.com/1996-1073/12/24/4655", Access::Open),
        ("https://www.frontiersin.org/articles/10.3389/fnhum.2016.00123/full", Access::Open),
        ("https://huggingface.co/papers/2005.14165", Access::Open),
        ("https://doi.org/10.48550/arXiv.1706.03762", Access::Open),
        ("https://dl.acm.org/doi/10.5555/3295222.3295349", Access::Open),
        ("https://www.lesswrong.com/posts/abc/def", Access::Open),
        ("https://pmc.ncbi.nlm.nih.gov/articles/PMC3531190/", Access::Open),
        ("https://ieeexplore.ieee.org/document/9345858", Access::Paywalled),
        ("https://ieeexplore-ieee-org.ezproxy.example.edu/document/9345858", Access::Paywalled),
        ("https://www.sciencedirect.com/science/article/pii/S0004370221000862", Access::Paywalled),
        ("https://doi.org/10.1000/182", Access::Unknown),
        ("https://www.nature.com/articles/nature14539", Access::Unknown),
        ("https://openreview.net/group?id=ICLR.cc", Access::Unknown),
        ("https://arxiv.org/list/cs.LG/recent", Access::Unknown),
        ("https://example.org/", Access::Unknown),
    ];
    for (url, expected) in cases {
        assert_eq!(of(url).access, expected, "{url}");
    }
}

#[test]
fn an_arxiv_id_tells_month_and_version() {
    let source = of("https://arxiv.org/abs/2010.11929v2");
    assert_eq!((source.year, source.month, source.version), (Some(2020), Some(10), Some(2)));
    assert_eq!(source.host, "arxiv.org");
}

/// Pieces of addresses that mean something, alone or beside each other.
const FRAGMENTS: &[&str] = &[
    "https://",
    "doi:",
    "arxiv.org",
    "doi.org",
    "openreview.net",
    "www.",
    ".proxy.",
    "nature.com",
    "biorxiv.org",
    "web.archive.org/web/2019/",
    "/login?url=",
    "/",
    "?",
    "#",
    "&",
    "=",
    ":",
    ".",
    "-",
    "%",
    "%2F",
    "%3",
    "%FF",
    "10.",
    "10.1101",
    "/10.1000/",
    "1706.03762",
    "v2",
    "v",
    "hep-th/",
    "9901001",
    "abs",
    "pdf",
    "forum",
    "id=",
    "full",
    ".pdf",
    "é",
    "日本",
    "(",
    ")",
    "<",
    ">",
    "articles",
    "2019",
    "99",
    "content",
    "early",
    "[",
    "{year}",
    "a",
    " ",
];

proptest! {
    #[test]
    fn any_address_is_read(pieces in prop::collection::vec(select(FRAGMENTS), 1..24)) {
        for text in [pieces.concat(), format!("https://{}", pieces.concat())] {
            let Some(url) = Url::parse(&text) else { continue };
            let source = PaperSource::from_url(&url);
            let _ = url.host_kind();
            prop_assert!(source.year.is_none_or(|year| (1950..=2100).contains(&year)));
            prop_assert!(source.id.is_none_or(|id| !id.is_empty()));
        }
    }
}

/// A quadratic reader would need minutes.
#[test]
fn long_addresses_take_linear_time() {
    for piece in [
        "10.",
        "10.1000",
        "/10.1000/",
        "/a",
        "(",
        ")",
        ")/",
        "/v1",
        "%2F",
        "&id=1",
        ".pdf",
        "-",
        "/full",
        "1",
        "proxy.",
    ] {
        for start in
            ["", "arxiv.org/abs/", "doi.org/10.1000/", "isca-speech.org/archive", "proxy.org/login?url="]
        {
            let url = Url::parse(&format!("https://{start}{}", piece.repeat(200_000))).unwrap();
            let _ = (PaperSource::from_url(&url), url.host_kind());
        }
    }
}
