//! Papers in the shapes that people write them in, with invented text.

mod round_trip;

use notebook_core::markdown::{read, write};
use notebook_core::notebook::{Entry, LinkKind, Notebook, PaperDate, Placement, Reference, plain, to_json};
use round_trip::read_stable;

fn papers(source: &str) -> Vec<Reference> {
    found(&read_stable(source))
}

fn found(notebook: &Notebook) -> Vec<Reference> {
    let papers = notebook.walk().filter_map(|(_, entry)| match entry {
        Entry::Paper(paper) => Some(paper.clone()),
        _ => None,
    });
    papers.collect()
}

fn titles(source: &str) -> Vec<String> {
    papers(source).iter().map(|paper| plain(&paper.title).into_owned()).collect()
}

fn kinds(paper: &Reference) -> Vec<&'static str> {
    paper.links.iter().map(|link| link.kind.name()).collect()
}

fn year(paper: &Reference) -> Option<u16> {
    paper.date.year
}

#[test]
fn a_title_is_text_and_links_are_label_words() {
    let source = "
## Maps

- Quiet Gradients for Loud Networks [[arXiv](https://arxiv.org/abs/2107.99001)] [[code](https://github.com/example/quiet)]
- *Counting Leaves with Sparse Maps* [[arxiv, 17.03]](https://arxiv.org/abs/1703.99002) [[**PyTorch**]](./leaves/torch)
- [[CVPR2021](https://arxiv.org/abs/2104.99003)] Point Clouds without Clouds [[github](https://github.com/example/pc)]
- (ICLR'21) LEARNING TO STOP, AND WHEN, [[Paper]](https://openreview.net/forum?id=zzzzz), [[Code]](https://example.org/stop)
- **07.Deeper, Then Wider** : [**Paper**](https://arxiv.org/abs/1409.99004) || [**Code**](https://github.com/example/dtw) || [**Summary**](./notes/dtw.md)
";
    let papers = papers(source);
    let titles: Vec<_> = papers.iter().map(|paper| plain(&paper.title).into_owned()).collect();
    assert_eq!(
        titles,
        [
            "Quiet Gradients for Loud Networks",
            "Counting Leaves with Sparse Maps",
            "Point Clouds without Clouds",
            "LEARNING TO STOP, AND WHEN",
            "Deeper, Then Wider"
        ]
    );
    assert_eq!(papers[0].source.cited_id().as_deref(), Some("arXiv:2107.99001"));
    assert_eq!(kinds(&papers[0]), ["paper", "code"]);
    assert_eq!(papers[1].date, PaperDate { year: Some(2017), month: Some(3), day: None });
    assert_eq!((papers[2].venue.as_deref(), year(&papers[2])), (Some("CVPR"), Some(2021)));
    assert_eq!((papers[3].venue.as_deref(), year(&papers[3])), (Some("ICLR"), Some(2021)));
    assert_eq!(kinds(&papers[4]), ["paper", "code", "notes"]);
}

#[test]
fn a_linked_or_bold_title_with_details_behind() {
    let source = "
## Anything

* [Cheap Consensus](https://example.org/cc.pdf) (2004): a protocol that works. It is hard to read, start with section 3.
- **Sorting without Comparing** (2012), M. Okoro et al. [[pdf]](http://arxiv.org/pdf/1207.99010)
- [2023/09] **Agents That Ask.** *Ada Brook (Univ. North) et al. arXiv.* [[paper](https://arxiv.org/abs/2309.99011)] [[code](https://github.com/example/ask)]
* **AskNet**: \"Attention for Short Questions\", ICCV, 2021 (*Lab A + Lab B*). [[Paper](https://arxiv.org/abs/2103.99012)][[PyTorch (someone)](https://github.com/example/asknet)]
- [Fields of Light](https://example.org/fol/), Ito et al., ECCV 2020 | [arXiv](https://arxiv.org/abs/2005.99014) | [bibtex](./cite/fol.txt)
";
    let papers = papers(source);
    let titles: Vec<_> = papers.iter().map(|paper| plain(&paper.title).into_owned()).collect();
    assert_eq!(
        titles,
        [
            "Cheap Consensus",
            "Sorting without Comparing",
            "Agents That Ask",
            "Attention for Short Questions",
            "Fields of Light"
        ]
    );
    let years: Vec<_> = papers.iter().map(year).collect();
    assert_eq!(years, [Some(2004), Some(2012), Some(2023), Some(2021), Some(2020)]);
    assert_eq!(papers[1].authors, ["M. Okoro"]);
    assert_eq!(papers[2].authors, ["Ada Brook"]);
    assert_eq!(papers[3].venue.as_deref(), Some("ICCV"));
    assert_eq!(papers[3].keywords, ["AskNet"]);
    assert_eq!(papers[4].url.as_ref().unwrap().as_str(), "https://arxiv.org/abs/2005.99014");
    assert_eq!(papers[4].title_url.as_ref().unwrap().as_str(), "https://example.org/fol/");
    assert_eq!(papers[4].links.last().unwrap().kind, LinkKind::Citation);
}

#[test]
fn a_paragraph_can_be_a_paper() {
    let source = "
## Anything

**Noise as a Teacher** \\
*Lena Fox, Omar Rizk<sup>1</sup>* \\
ICML 2021. [[Paper](https://arxiv.org/abs/2105.99013)] [[Project](https://example.org/noise)] \\
9 May 2021

**[7]** Fox, Lena, et al. \"**Sleepy Units**.\" arXiv preprint arXiv:1603.99020 (2016). [[pdf]](https://arxiv.org/pdf/1603.99020)
";
    assert_eq!(titles(source), ["Noise as a Teacher", "Sleepy Units"]);
}

#[test]
fn references_have_authors_before_their_titles() {
    let source = "
## Anything

1. Okoro, M., and L. Fox. \"Learning at Night.\" Journal of Slow Computing 3(2):10-22, 2016. [[pdf]](https://example.org/night.pdf) **(first of its kind)**
2. M. Okoro and L. Fox. [Learning at Day](https://doi.org/10.9999/day). Journal of Slow Computing, 3(2):10–22, 2016.
3. **Graphs of Graphs.** NeurIPS 2020. [paper](https://arxiv.org/abs/2006.99021)

    *Jun Ma, Ines Vidal.*
";
    let papers = papers(source);
    let titles: Vec<_> = papers.iter().map(|paper| plain(&paper.title).into_owned()).collect();
    assert_eq!(titles, ["Learning at Night", "Learning at Day", "Graphs of Graphs"]);
    assert_eq!(papers[0].authors, ["Okoro, M.", "L. Fox"]);
    assert_eq!(papers[1].authors, ["M. Okoro", "L. Fox"]);
    assert_eq!(papers[2].authors, ["Jun Ma", "Ines Vidal"]);
    assert_eq!(papers[0].venue.as_deref(), Some("Journal of Slow Computing"));
    assert_eq!(papers.iter().map(year).collect::<Vec<_>>(), [Some(2016), Some(2016), Some(2020)]);
}

#[test]
fn rows_of_tables_are_papers_and_the_table_stays() {
    let source = "
## Results

| Title | Venue | Date | Code |
|:--|:--:|:--:|:--:|
| [**Seeing by Ear**](https://arxiv.org/abs/2405.99030) | CVPR | 2024-05-17 | [Github](https://github.com/example/ear) |
| [**Hearing by Eye**](https://arxiv.org/abs/2406.99031) | arXiv | 2024-06-02 | Coming soon |

| Error | Paper | Published | Notes |
|---|---|---|---|
| 5.1% | [Whispering Nets](https://arxiv.org/abs/1706.99032) | Interspeech, Sept 2017 | uses [earlier work](https://arxiv.org/abs/1605.99033) |
| 5.3% | [Whispering Nets](https://arxiv.org/abs/1706.99032) | Interspeech, Sept 2017 | |
";
    let papers = papers(source);
    let titles: Vec<_> = papers.iter().map(|paper| plain(&paper.title).into_owned()).collect();
    assert_eq!(titles, ["Seeing by Ear", "Hearing by Eye", "Whispering Nets"]);
    assert_eq!(papers[0].date, PaperDate { year: Some(2024), month: Some(5), day: Some(17) });
    assert_eq!(kinds(&papers[0]), ["paper", "code"]);
    assert_eq!(papers[2].date, PaperDate { year: Some(2017), month: Some(9), day: None });
    assert!(write(&read(source).notebook).contains("| Error | Paper | Published | Notes |"));
}

#[test]
fn a_heading_or_bold_line_can_be_a_paper() {
    let source = "
# Notes

## Vision

### [Folding Maps](https://arxiv.org/abs/2001.99040)

Authors: Ines Vidal, Jun Ma · Year: 2020 · Venue: ICLR

#### Key ideas

- one

### 3. FoldNet

 - [x] Paper: [https://arxiv.org/abs/2002.99041](https://arxiv.org/abs/2002.99041)
 - [ ] Code

## Detection

**Folding in the Dark**

- intro: ECCV 2016. University of the Coast
- arxiv: [http://arxiv.org/abs/1607.99042](http://arxiv.org/abs/1607.99042)
- github(official, Torch): [https://github.com/example/dark](https://github.com/example/dark)
";
    let papers = papers(source);
    let titles: Vec<_> = papers.iter().map(|paper| plain(&paper.title).into_owned()).collect();
    assert_eq!(titles, ["Folding Maps", "FoldNet", "Folding in the Dark"]);
    assert_eq!(papers[0].authors, ["Ines Vidal", "Jun Ma"]);
    assert_eq!(papers[1].source.cited_id().as_deref(), Some("arXiv:2002.99041"));
    assert_eq!(kinds(&papers[2]), ["paper", "code"]);
    assert_eq!(papers[2].venue.as_deref(), Some("ECCV"));
}

#[test]
fn lists_inside_lists_have_categories_as_parents() {
    let source = "
## List

- ### 2014
  - **05.Two Players** : [**Paper**](https://arxiv.org/abs/1406.99050)
- Games
   - Board games
     - Draughts with search (1995) [[Paper]](https://arxiv.org/abs/1406.99051)
 - C. Reyes, Planning by Guesswork, Coast University, 1994. [[Thesis]](https://example.org/guess.pdf)
  - where guessing got its name
";
    assert_eq!(titles(source), ["Two Players", "Draughts with search", "Planning by Guesswork"]);
}

#[test]
fn bare_addresses_belong_to_the_text_before_them() {
    let source = "
1. A team shows that small models can draw.
   - Paper: https://arxiv.org/abs/2301.99060

## More

+ [ ] [CNN][Paper] Drawing with Less, https://arxiv.org/abs/2302.99061

Drawing with Nothing

https://arxiv.org/abs/2303.99062
";
    let papers = papers(source);
    let titles: Vec<_> = papers.iter().map(|paper| plain(&paper.title).into_owned()).collect();
    assert_eq!(
        titles,
        ["A team shows that small models can draw.", "Drawing with Less", "Drawing with Nothing"]
    );
    let ids: Vec<_> = papers.iter().map(|paper| paper.source.cited_id().unwrap()).collect();
    assert_eq!(ids, ["arXiv:2301.99060", "arXiv:2302.99061", "arXiv:2303.99062"]);
    assert_eq!(papers[1].keywords, ["CNN"]);
}

#[test]
fn details_may_be_nested_bullets() {
    let source = "
- [Clicking for Machines](https://arxiv.org/abs/2403.99070) (CfM)
    - Ada Brook, Omar Rizk
    - 🏛️ Institutions: Univ. North · 📅 Date: March 27, 2024 · 📑 Publisher: arXiv
    - Code: [official](https://github.com/example/cfm) · Dataset: [Buttons](https://example.org/buttons)
";
    let papers = papers(source);
    assert_eq!(papers.len(), 1);
    assert_eq!(papers[0].authors, ["Ada Brook", "Omar Rizk"]);
    assert_eq!(papers[0].date, PaperDate { year: Some(2024), month: Some(3), day: Some(27) });
    assert_eq!(papers[0].keywords, ["CfM"]);
    assert_eq!(kinds(&papers[0]), ["paper", "code", "data"]);
}

#[test]
fn a_first_heading_that_is_a_link_is_the_title_and_a_paper() {
    let source = "# [Folding Maps](https://arxiv.org/abs/2001.99040)\n\n_June 2020_\n\ntl;dr: one sentence.\n\n#### Notes\n\nMore.\n";
    let notebook = read(source).notebook;
    assert_eq!(notebook.title, "Folding Maps");
    assert_eq!(titles(source), ["Folding Maps"]);
    assert_eq!(read("# **Bold words**\n\ntext\n").notebook.title, "Bold words");
}

#[test]
fn prose_stays_prose() {
    for source in [
        "## Intro\n\nAs was shown in [earlier work](https://arxiv.org/abs/2001.99040), maps can be folded in many ways.\n",
        "## News\n\n- [2023-05-01] We released [our paper](https://arxiv.org/abs/2001.99040).\n",
        "## Tools\n\n- A tool for this: https://example.org/tool\n- [Another](https://example.org/other)\n",
        "## Contents\n\n- [Maps](#maps)\n  - [More](#more)\n",
        "## Text\n\nSee [A](https://arxiv.org/abs/2001.99040) and [B](https://arxiv.org/abs/2001.99041) for more.\n",
    ] {
        assert_eq!(titles(source), [""; 0], "{source}");
    }
}

/// Sections with their levels and the titles of their papers.
fn outline(source: &str) -> Vec<(u8, String, Vec<String>)> {
    fn walk(sections: &[notebook_core::notebook::Section], all: &mut Vec<(u8, String, Vec<String>)>) {
        for section in sections {
            let papers = section.entries.iter().filter_map(|entry| match entry {
                Entry::Paper(paper) => Some(plain(&paper.title).into_owned()),
                _ => None,
            });
            all.push((section.level, plain(&section.title).into_owned(), papers.collect()));
            walk(&section.sections, all);
        }
    }
    let mut all = Vec::new();
    walk(&read(source).notebook.sections, &mut all);
    all
}

#[test]
fn papers_in_folds_are_entries_and_summaries_their_headings() {
    let source = "
## Reading

<details open>
<summary>2023</summary>

- [Folding Maps](https://arxiv.org/abs/2301.99040)

<details><summary>Theory</summary>

| Title | Year |
|---|---|
| [Maps of Maps](https://arxiv.org/abs/2301.99041) | 2023 |

</details>
</details>

<details>
<summary><b>2022</b></summary>

**Old Maps** [[pdf]](https://arxiv.org/abs/2201.99042)

- intro: ICLR 2022

</details>

## About

<details><summary>How to add one</summary>

1. Open an issue.

### Rules {.numbered}

</details>
";
    assert_eq!(papers(source).len(), 3);
    let expected: [(u8, &str, &[&str]); 5] = [
        (2, "Reading", &[]),
        (3, "2023", &["Folding Maps"]),
        (4, "Theory", &["Maps of Maps"]),
        (3, "2022", &["Old Maps"]),
        (2, "About", &[]),
    ];
    let found = outline(source);
    let found: Vec<_> = found.iter().map(|(level, title, papers)| (*level, title.as_str(), papers)).collect();
    assert_eq!(found.len(), expected.len(), "{found:?}");
    for ((level, title, papers), expected) in found.into_iter().zip(expected) {
        assert_eq!((level, title), (expected.0, expected.1));
        assert_eq!(papers, expected.2);
    }
    let json = to_json(&read(source).notebook).unwrap();
    assert!(json.contains(r#"{"fold":{"summary":["How to add one"]"#), "a fold of text stays one: {json}");
    assert!(json.contains("Rules {.numbered}"), "{json}");
}

#[test]
fn a_fold_whose_section_goes_on_keeps_its_summary_as_a_line() {
    let source = "## Reading\n\n<details><summary>Old</summary>\n\n- [Maps](https://arxiv.org/abs/2301.99040)\n\n</details>\n\n- [Folds](https://arxiv.org/abs/2301.99041)\n";
    assert_eq!(titles(source), ["Maps", "Folds"]);
    assert_eq!(outline(source), [(2, "Reading".to_owned(), vec!["Maps".to_owned(), "Folds".to_owned()])]);
    assert!(write(&read(source).notebook).contains("**Old**"));
    // Groups that arrange, and folds without summaries or ends, hold papers too.
    for (before, after) in [
        ("<div align=\"center\">\n\n", "\n</div>"),
        ("<div align=\"center\">\n<details>\n\n", "\n</details>\n</div>"),
        ("<details>\n\n", ""),
        ("<details><summary></summary>\n\n", "</details>"),
    ] {
        let table =
            format!("{before}| Paper |\n|---|\n| [Maps](https://arxiv.org/abs/2301.99040) |\n{after}");
        assert_eq!(titles(&table), ["Maps"], "{table}");
    }
}

#[test]
fn a_list_of_papers_is_no_list_of_details() {
    let source = "
### Shape Reconstruction
- [[CVPR2022](https://arxiv.org/abs/2203.99040)] BARK: Dogs from Images [[Project](https://example.org/bark)]
- [[Dataset](https://arxiv.org/abs/2203.99041)] SAM: A Benchmark of Meshes

### Compression
* **ViT-q**: \"Quantizing: A Start\", NeurIPS, 2021 (*Lab*). [[Paper](https://arxiv.org/abs/2106.99042)]

### Games
- https://arxiv.org/abs/2106.99043
- https://arxiv.org/abs/2106.99044
";
    assert_eq!(
        titles(source),
        [
            "BARK: Dogs from Images",
            "SAM: A Benchmark of Meshes",
            "Quantizing: A Start",
            "https://arxiv.org/abs/2106.99043",
            "https://arxiv.org/abs/2106.99044"
        ]
    );
}

#[test]
fn finds_details_after_a_picture_or_at_the_margin() {
    let source = "
## Maps

**Folding in the Dark**

![](https://example.org/dark.png)

- intro: ECCV 2016
- arxiv: [http://arxiv.org/abs/1607.99042](http://arxiv.org/abs/1607.99042)

### 6. FoldNet

 - [x] 论文地址: [https://arxiv.org/abs/1704.99043](https://arxiv.org/abs/1704.99043)
 - [x] 论文详解: https://example.org/fold
 - [ ] 模型代码

## Week

1. A team shows that maps fold.
  - https://arxiv.org/abs/2301.99044
2. Another team: they do not.
  - Paper: https://arxiv.org/abs/2301.99045
";
    let papers = papers(source);
    let found: Vec<_> = papers.iter().map(|paper| plain(&paper.title).into_owned()).collect();
    assert_eq!(
        found,
        ["Folding in the Dark", "FoldNet", "A team shows that maps fold.", "Another team: they do not."]
    );
    assert_eq!(kinds(&papers[1]), ["paper", "blog"]);
    let ids: Vec<_> = papers.iter().map(|paper| paper.source.cited_id().unwrap()).collect();
    assert_eq!(ids, ["arXiv:1607.99042", "arXiv:1704.99043", "arXiv:2301.99044", "arXiv:2301.99045"]);
}

#[test]
fn two_papers_of_one_item_share_its_note() {
    let source = "## Maps\n\n* [Cheap Consensus](https://example.org/a.pdf) (2004) and The [Costly Consensus](https://example.org/b.pdf) (2007): both vote.\n* [Maps](https://example.org/c.pdf) and [folds](https://example.org/d) are fine.\n";
    let papers = papers(source);
    let found: Vec<_> = papers.iter().map(|paper| (plain(&paper.title).into_owned(), year(paper))).collect();
    assert_eq!(
        found,
        [
            ("Cheap Consensus".to_owned(), Some(2004)),
            ("Costly Consensus".to_owned(), Some(2007)),
            ("Maps".to_owned(), None)
        ]
    );
    assert_eq!(papers[0].notes, papers[1].notes);
    assert!(to_json(&read(source).notebook).unwrap().contains("and The"), "no word is lost");
}

#[test]
fn a_title_ends_before_its_year_and_begins_behind_names() {
    let source = "
## Maps

- Deep Maps of Paper (2011), X. Brook et al. [[pdf]](https://arxiv.org/abs/1101.99040)
- Lena Mary Fox, Omar L. Rizk, Ada W. Brook, Maps of Folds: A Survey, JAIR, 1996 [[Paper]](https://example.org/fox.pdf)
- C. Reyes, Folded Maps, Coast University, 1994. [[Thesis]](https://example.org/reyes.pdf)

<b>Looking Twice (2015 ICCV)</b> [[Paper]](https://arxiv.org/abs/1501.99041) [[Code]](https://github.com/example/twice)
";
    let papers = papers(source);
    let found: Vec<_> = papers.iter().map(|paper| (plain(&paper.title).into_owned(), year(paper))).collect();
    assert_eq!(
        found,
        [
            ("Deep Maps of Paper".to_owned(), Some(2011)),
            ("Maps of Folds: A Survey".to_owned(), Some(1996)),
            ("Folded Maps".to_owned(), Some(1994)),
            ("Looking Twice".to_owned(), Some(2015))
        ]
    );
    assert_eq!(papers[0].authors, ["X. Brook"]);
    assert_eq!(papers[1].authors, ["Lena Mary Fox", "Omar L. Rizk", "Ada W. Brook"]);
    assert_eq!(papers[3].venue.as_deref(), Some("ICCV"));
}

#[test]
fn the_front_matter_of_a_file_may_describe_its_paper() {
    let source = "---
title: \"Folding Maps\"
authors: \"Vidal, Ines; Ma, Jun\"
year: 2020
doi: 10.9999/fold
tags: [paper, maps]
---

A short note.

## Method

They fold.
";
    let papers = papers(source);
    assert_eq!(papers.len(), 1);
    let paper = &papers[0];
    assert_eq!(plain(&paper.title), "Folding Maps");
    assert_eq!(paper.authors, ["Vidal, Ines", "Ma, Jun"]);
    assert_eq!((year(paper), paper.source.cited_id().as_deref()), (Some(2020), Some("doi:10.9999/fold")));
    assert_eq!(paper.notes.len(), 1, "what stands before the first heading is its note");
    for front in
        ["authors: [\"[[Ines Vidal]]\", Jun Ma]\njournal: Maps", "arxiv: 2001.99040", "citekey: vidal2020"]
    {
        assert_eq!(titles(&format!("---\n{front}\n---\n\n# Folding Maps\n\nA note.\n")), ["Folding Maps"]);
    }
    for front in [
        "author: Ines Vidal\ndate: 2020-01-01",
        "tags: [paper]",
        "authors: \"\"\nyear:",
        "url: https://example.org/x",
    ] {
        assert_eq!(titles(&format!("---\ntitle: A post\n{front}\n---\n\nA note.\n")), [""; 0], "{front}");
    }
}

#[test]
fn a_pdf_among_books_and_courses_is_no_paper() {
    for heading in ["Books", "كتب عربية", "Online courses", "Talks and Videos", "Книги"] {
        let source = format!(
            "## {heading}\n\n- [Maps for All](https://example.org/maps.pdf) by someone\n- [Folding Maps](https://arxiv.org/abs/2001.99040)\n"
        );
        assert_eq!(titles(&source), ["Folding Maps"], "{heading}");
    }
    assert_eq!(titles("## Folds\n\n- [Maps for All](https://example.org/maps.pdf)\n"), ["Maps for All"]);
}

#[test]
fn items_are_read_alike_alone_and_beside_papers() {
    let paper = "[Maps](https://arxiv.org/abs/2001.99040)";
    for list in [
        format!("1.\n2. {paper}\n"),
        format!("1. Folds\n2. {paper}\n"),
        "- Folds\n- https://openreview.net/forum?id=1\n".to_owned(),
        "1. Folds\n2. https://openreview.net/forum?id=1\n".to_owned(),
        "- Folds\n  bend: (https://arxiv.org/abs/2001.99040)\n".to_owned(),
        format!("-\n- [ ] fold\n- {paper}\n"),
        format!("{paper}\n\n1. Folds\n2. {paper}\n"),
        format!("{paper}\n\n- Folds\n  - Creases\n  - {paper}\n"),
        format!("{paper}\n\n- [ ] fold\n-\n- {paper}\n"),
        format!("- {paper}\n- [x] fold\n- [ ] crease\n  - twice\n- Corners\n"),
        "Folds\n- (https://openreview.net/forum?id=1 paper\n- [ ] crease\n".to_owned(),
        format!("- {paper}\n- [x] fold [here](https://a.b)\n- [ ] crease\n"),
        "- [Maps](notes.md)\n  https://arxiv.org/abs/2001.99040\n".to_owned(),
        "- Maps fold. They.\n  bend (https://arxiv.org/abs/2001.99040)\n".to_owned(),
        "- https://a(https://arxiv.org/abs/2001.99040)\n".to_owned(),
    ] {
        for heading in ["", "## Notes\n\n", "## Papers\n\n", "## Links\n\n", "## Terms\n\n"] {
            read_stable(&format!("{heading}{list}"));
        }
    }
}

#[test]
fn a_full_stop_before_the_address_stays() {
    for (mark, address) in [
        (". ", "https://doi.org/10.9999/night"),
        (": ", "https://doi.org/10.9999/night"),
        (". ", "[doi](https://doi.org/10.9999/night)"),
    ] {
        let line = format!(
            "Okoro, M., Fox, L. (2016) Learning at Night. Journal of Slow Computing, 21{mark}{address}"
        );
        let notebook = read_stable(&format!("## Papers\n\n- {line}\n"));
        let text: String = found(&notebook).iter().map(|paper| plain(&paper.byline).into_owned()).collect();
        assert!(text.contains(&format!("21{mark}")), "{text}");
        assert!(write(&notebook).contains(&format!("21{mark}")), "{}", write(&notebook));
    }
}

#[test]
fn a_closed_fold_around_papers_stays_closed() {
    let list = "- [Maps](https://arxiv.org/abs/2301.99040)\n";
    for (source, folded) in [
        (format!("## Reading\n\n<details><summary>Old</summary>\n\n{list}\n</details>\n"), true),
        (format!("## Reading\n\n<details open><summary>Old</summary>\n\n{list}\n</details>\n"), false),
        (format!("## Reading\n\n### Old {{.folded}}\n\n{list}"), true),
        (format!("## Reading\n\n### Old {{#x .folded .papers}}\n\n{list}"), true),
        (format!("## Reading\n\n### Old {{.folded .strange}}\n\n{list}"), true),
        (format!("## Reading\n\n### Old {{.folded .paper}}\n\n{list}"), false),
        (format!("## Reading\n\n### Old\n\n{list}"), false),
    ] {
        let notebook = read_stable(&source);
        assert_eq!(notebook.sections[0].sections[0].folded, folded, "{source}");
        assert_eq!(
            write(&notebook).contains("{.folded}") || source.contains('{'),
            folded || source.contains('{')
        );
    }
}

#[test]
fn a_link_that_is_a_whole_reference_has_its_title_in_it() {
    let source = "
## Read next

- [Okoro, Mary, Lena Fox, and Omar Rizk. \"Learning at Night.\" arXiv preprint arXiv:1603.99020 (2016).](https://arxiv.org/abs/1603.99020)
- [Okoro, M., et al. “Sleepy Units: A Survey,” Journal of Slow Computing 3 (2017).](https://example.org/sleepy) with a note
- [Ada Brook, Omar Rizk. Folding Maps at Night. In Workshop on Folds, 2018](https://arxiv.org/abs/1803.99021)
- [Folding, Unfolding. Part one](https://arxiv.org/abs/1803.99022)
";
    let papers = papers(source);
    let read: Vec<_> = papers
        .iter()
        .map(|paper| (plain(&paper.title).into_owned(), year(paper), paper.authors.len()))
        .collect();
    assert_eq!(
        read,
        [
            ("Learning at Night".to_owned(), Some(2016), 3),
            ("Sleepy Units: A Survey".to_owned(), Some(2017), 1),
            ("Folding Maps at Night".to_owned(), Some(2018), 2),
            ("Folding, Unfolding. Part one".to_owned(), None, 0),
        ]
    );
    assert_eq!(papers[1].venue.as_deref(), Some("Journal of Slow Computing"));
    assert!(plain(&papers[1].byline).contains("with a note"));
}

#[test]
fn names_and_a_year_are_no_title_behind_one() {
    let source = "
## Lists

1. **A Program before Machines. [Okoro (1970)](https://doi.org/10.9999/program).**
   * The Lessons of a Map. [Brook, Rizk (1985)](https://example.org/lessons.pdf).
   * How do maps fold? [Fox et al (1993)](https://example.org/fold.html)
   * M. Okoro. [Night Maps](https://example.org/night.pdf)

A sentence that says it. See [Okoro (1970)](https://doi.org/10.9999/program) for more of it.
";
    let papers = papers(source);
    let first = &papers[0];
    assert_eq!(plain(&first.title), "A Program before Machines");
    assert_eq!((first.authors.as_slice(), year(first)), (["Okoro".to_owned()].as_slice(), Some(1970)));
    let only = "## Lists\n\n- The Lessons of a Map. [Brook, Rizk (1985)](https://example.org/lessons.pdf).\n\
        - How do maps fold? [Fox et al (1993)](https://example.org/fold.html)\n\
        - M. Okoro. [Night Maps](https://example.org/night.pdf)\n";
    assert_eq!(titles(only), ["The Lessons of a Map", "How do maps fold?", "Night Maps"]);
    assert_eq!(kinds(&self::papers(only)[1]), ["paper"]);
}

#[test]
fn a_bullet_with_nothing_but_a_label_belongs_to_the_title_above() {
    let source = "
## Lectura

- **\"Mapas de noche\" (2015)**
  - Okoro, Fox
  - Redes que duermen
  - [ArXiv](https://arxiv.org/abs/1512.99385)
- **Dos mapas**
  - [Paper](https://arxiv.org/abs/1512.99386)
  - [Paper](https://arxiv.org/abs/1512.99387)
";
    let papers = papers(source);
    assert_eq!(plain(&papers[0].title), "Mapas de noche");
    assert_eq!(
        papers[0].url.as_ref().map(ToString::to_string).as_deref(),
        Some("https://arxiv.org/abs/1512.99385")
    );
    assert_eq!(papers[0].authors, ["Okoro", "Fox"]);
    assert!(papers.iter().all(|paper| plain(&paper.title) != "Dos mapas"));
}

#[test]
fn places_of_work_are_no_authors_and_no_venue() {
    let source = "
## Maps

- Maps by Night [[Paper]](https://arxiv.org/abs/2001.99040)
  - Ada Brook and Omar Rizk, Coast University; Lena Fox, National Map Laboratory
- Maps by Day [[Paper]](https://arxiv.org/abs/2001.99041)
  - Ada Brook (University of the Coast), Omar Rizk (Institute of Science and Folds)
- C. Reyes, Planning by Guesswork, Coast University, 1994. [[Thesis]](https://example.org/guess.pdf)
";
    let papers = papers(source);
    assert_eq!(papers[0].authors, ["Ada Brook", "Omar Rizk", "Lena Fox"]);
    assert_eq!(papers[1].authors, ["Ada Brook", "Omar Rizk"]);
    let venues: Vec<_> = papers.iter().map(|paper| paper.venue.as_deref()).collect();
    assert_eq!(venues, [None, None, Some("Coast University")]);
}

#[test]
fn a_sentence_in_chinese_or_japanese_is_no_list_of_names_and_no_title() {
    let source = "
## 论文

- [Maps by Night](https://arxiv.org/abs/2001.99040) | 针对地图网络的概述，过滤器尺寸之间的权衡
- [Maps by Day](https://arxiv.org/abs/2001.99041) 王小明，李雷，2020

このリポジトリは要約を置きます。
[ACL2017/Papers](https://aclanthology.org/P17-9999/)
";
    let papers = papers(source);
    assert_eq!(papers.len(), 2);
    assert!(papers[0].authors.is_empty());
    assert_eq!(papers[1].authors, ["王小明", "李雷"]);
}

#[test]
fn a_list_of_fields_is_one_paper_and_stays() {
    let source = "
# Paper

* **Title**: Folding Maps at Night
* **Authors**: Ada Brook, Omar Rizk
* **Link**: https://arxiv.org/abs/1511.99071
* **Tags**: maps, folds
* **Year**: 2015

# Summary

* What
  * Maps that fold.
";
    let papers = papers(source);
    let read: Vec<_> = papers.iter().map(|paper| plain(&paper.title).into_owned()).collect();
    assert_eq!(read, ["Folding Maps at Night"]);
    assert_eq!(papers[0].authors, ["Ada Brook", "Omar Rizk"]);
    assert_eq!((papers[0].placement, year(&papers[0])), (Placement::Row, Some(2015)));
    assert!(to_json(&read_stable(source)).unwrap().contains("maps, folds"));
    // Fields of something else.
    assert!(titles("## Talk\n\n- Title: Folding\n- Room: 3\n").is_empty());
}

#[test]
fn labels_right_below_the_title_of_a_file_are_those_of_its_paper() {
    let note =
        "# Folding Maps\n\n[paper](https://arxiv.org/pdf/1802.99083.pdf)  \n[code]()\n\n---\n\n- Overview\n";
    assert_eq!(titles(note), ["Folding Maps"]);
    let list = "# Awesome Maps\n\n[paper](https://arxiv.org/pdf/1802.99083.pdf)\n\n## Maps\n\n- [A](https://arxiv.org/abs/1802.99084)\n";
    assert!(!titles(list).contains(&"Awesome Maps".to_owned()));
}

#[test]
fn a_heading_with_braces_that_mean_nothing_is_read_as_one_without() {
    let source = "## ResNet {draft}\n\n- x](https://arxiv.org/abs/1512.03385)\n";
    let notebook = read_stable(source);
    assert_eq!(plain(&notebook.sections[0].title), "ResNet {draft}");
    assert_eq!(read_stable("# My notes {draft}\n\ntext\n").title, "My notes {draft}");
}

/// Title, authors, venue and year of a paper.
#[derive(Debug, PartialEq)]
struct Facts {
    title: String,
    authors: Vec<String>,
    venue: Option<String>,
    year: Option<u16>,
}

fn facts(source: &str) -> Vec<Facts> {
    let facts = |paper: Reference| Facts {
        title: plain(&paper.title).into_owned(),
        year: year(&paper),
        authors: paper.authors,
        venue: paper.venue,
    };
    papers(source).into_iter().map(facts).collect()
}

fn fact(title: &str, authors: &[&str], venue: Option<&str>, year: impl Into<Option<u16>>) -> Facts {
    Facts {
        title: title.to_owned(),
        authors: authors.iter().map(|&author| author.to_owned()).collect(),
        venue: venue.map(str::to_owned),
        year: year.into(),
    }
}

#[test]
fn bold_names_in_a_list_of_authors_are_no_title() {
    let source = "## Publications

- A. Okoro, **L. Fox**. [Folding at Night](https://arxiv.org/abs/2106.99001). ICML 2022.
- **L. Fox**, A. Okoro. \"Maps at Rest.\" ICLR, 2023. [[pdf](https://arxiv.org/abs/2107.99002)]
- A. Okoro, **Lena Fox**, and B. Rizk. *Folds Without End*. CVPR 2024. [[pdf]](https://arxiv.org/abs/2107.99003)
- **Okoro, A., Fox, L.** Learning to fold. *ICML 2018.* [[paper]](https://arxiv.org/abs/1804.99004)
- **Fold, Cut and Glue**. A. Okoro. [[pdf]](https://arxiv.org/abs/1904.99005)
";
    assert_eq!(
        facts(source),
        [
            fact("Folding at Night", &["A. Okoro", "L. Fox"], Some("ICML"), 2022),
            fact("Maps at Rest", &["L. Fox", "A. Okoro"], Some("ICLR"), 2023),
            fact("Folds Without End", &["A. Okoro", "Lena Fox", "B. Rizk"], Some("CVPR"), 2024),
            fact("Learning to fold", &["Okoro, A.", "Fox, L."], Some("ICML"), 2018),
            fact("Fold, Cut and Glue", &["A. Okoro"], None, None),
        ]
    );
}

#[test]
fn references_of_reference_managers_have_their_parts() {
    let source = "## References

1. Okoro, M., & Fox, L. (2018). Maps in sand. *Journal of Slow Maps*, 12(4), 101–118. https://doi.org/10.99999/jsm.2018.12
2. Okoro M, Fox L. Maps in deep sand. ICML 2020. [Link](https://arxiv.org/abs/2004.99012)
3. Mary Okoro, Lena Fox. Maps in wet sand. ICLR 2022. [paper](https://arxiv.org/abs/2204.99013)
4. Okoro et al., 2019. Maps in snow, again. [pdf](https://arxiv.org/abs/1904.99015)
5. Okoro & Fox (2019), Maps in ice, [pdf](https://arxiv.org/abs/1904.99016)
6. Nakano K, Ito S. Deep folds for deep maps. Nature. 2020;2(3):150-158.
7. Okoro, M. (2020). Maps in glass. In *Proceedings of ICML* (pp. 1–10).
8. Schmidt, Anna; Meyer, Jörg (2018): Gefaltete Karten. ICML. URL: https://example.org/karten.pdf
";
    assert_eq!(
        facts(source),
        [
            fact("Maps in sand", &["Okoro, M.", "Fox, L."], Some("Journal of Slow Maps"), 2018),
            fact("Maps in deep sand", &["Okoro M", "Fox L"], Some("ICML"), 2020),
            fact("Maps in wet sand", &["Mary Okoro", "Lena Fox"], Some("ICLR"), 2022),
            fact("Maps in snow, again", &["Okoro"], None, 2019),
            fact("Maps in ice", &["Okoro", "Fox"], None, 2019),
            fact("Deep folds for deep maps", &["Nakano K", "Ito S"], Some("Nature"), 2020),
            fact("Maps in glass", &["Okoro, M."], Some("ICML"), 2020),
            fact("Gefaltete Karten", &["Schmidt, Anna", "Meyer, Jörg"], Some("ICML"), 2018),
        ]
    );
    // Sentences with names are no references.
    assert!(papers("## References\n\n- Okoro, Fox. They fold maps together at night.\n").is_empty());
}

#[test]
fn facts_in_the_text_of_a_link_are_no_part_of_the_title() {
    let source = "## Papers

- [Maps in Sand (Okoro et al., 2018)](https://arxiv.org/abs/1804.99081)
- [Maps in Snow (2019)](https://arxiv.org/abs/1904.99082)
- [Maps in Ice (ICML 2020)](https://arxiv.org/abs/2004.99083)
- [Maps in Glass - Okoro et al. 2021](https://arxiv.org/abs/2104.99084)
- [**Maps in Sleet**, Okoro et al., 2021](https://arxiv.org/abs/2104.99085)
- [Maps in Salt. Okoro et al. NAACL 2022.](https://arxiv.org/abs/2204.99086)
- [Okoro & Fox 2023: Maps in Soot](https://arxiv.org/abs/2304.99087)
- [Okoro (2019) Maps in Silk](https://arxiv.org/abs/1904.99088)
- [Maps (and Folds) in Wool](https://arxiv.org/abs/1904.99089)
";
    assert_eq!(
        facts(source),
        [
            fact("Maps in Sand", &["Okoro"], None, 2018),
            fact("Maps in Snow", &[], None, 2019),
            fact("Maps in Ice", &[], Some("ICML"), 2020),
            fact("Maps in Glass", &["Okoro"], None, 2021),
            fact("Maps in Sleet", &["Okoro"], None, 2021),
            fact("Maps in Salt", &["Okoro"], Some("NAACL"), 2022),
            fact("Maps in Soot", &["Okoro", "Fox"], None, 2023),
            fact("Maps in Silk", &["Okoro"], None, 2019),
            fact("Maps (and Folds) in Wool", &[], None, None),
        ]
    );
}

#[test]
fn years_and_events_before_a_title_are_no_part_of_it() {
    let source = "## Papers

- 2019 - Loud Maps, Quiet Folds - [link](https://arxiv.org/abs/1903.99101)
- 2022 - ICLR - Maps in Snow [pdf](https://arxiv.org/abs/2204.99103)
- ICLR 2023: Maps in Sleet [pdf](https://arxiv.org/abs/2304.99104)
- 2023-ICLR-Maps in Soot [pdf](https://arxiv.org/abs/2304.99105)
- (*EMNLP-Findings 2023*) Reading Between the Folds | [paper](https://aclanthology.org/2023.findings-emnlp.9991/)
- GPT-2: Maps Without Folds [pdf](https://arxiv.org/abs/1904.99106)
";
    assert_eq!(
        facts(source),
        [
            fact("Loud Maps, Quiet Folds", &[], None, 2019),
            fact("Maps in Snow", &[], Some("ICLR"), 2022),
            fact("Maps in Sleet", &[], Some("ICLR"), 2023),
            fact("Maps in Soot", &[], Some("ICLR"), 2023),
            fact("Reading Between the Folds", &[], Some("EMNLP"), 2023),
            fact("GPT-2: Maps Without Folds", &[], None, None),
        ]
    );
}

#[test]
fn authors_are_read_in_brackets_in_links_and_in_russian() {
    let source = "## Papers

- [Maps in Salt](https://arxiv.org/abs/1804.99181), [Mary Okoro](https://okoro.example.org), [Lena Fox](https://fox.example.org), ICLR 2020
- [Maps in Silk](https://arxiv.org/abs/2101.99182) (Okoro et al., 2021)
- [Maps in Wool](https://arxiv.org/abs/2101.99183) — Okoro, Fox, Rizk (2021)
- «Карты без сгибов», Иванов А. и др., 2021 [pdf](https://arxiv.org/abs/2104.99186)
- [Maps in Wax](https://arxiv.org/abs/2101.99187), see [Fold Studio](https://example.org/studio), 2021
";
    assert_eq!(
        facts(source),
        [
            fact("Maps in Salt", &["Mary Okoro", "Lena Fox"], Some("ICLR"), 2020),
            fact("Maps in Silk", &["Okoro"], None, 2021),
            fact("Maps in Wool", &["Okoro", "Fox", "Rizk"], None, 2021),
            fact("Карты без сгибов", &["Иванов А."], None, 2021),
            fact("Maps in Wax", &[], None, 2021),
        ]
    );
}

/// Returns the titles of the papers of a source, with the section that each stands in, and checks its export.
fn places(source: &str) -> Vec<(String, String)> {
    let notebook = read_stable(source);
    let papers = notebook.walk().filter_map(|(section, entry)| match entry {
        Entry::Paper(paper) => Some((plain(&section.title).into_owned(), plain(&paper.title).into_owned())),
        _ => None,
    });
    papers.collect()
}

#[test]
fn labeled_lines_below_a_heading_are_the_details_of_its_paper() {
    for lines in [
        "**Authors:** Mia Reed, Leo Katz\n**Year:** 2019\n**URL:** https://arxiv.org/abs/1906.99301",
        "Authors: Mia Reed, Leo Katz\nYear: 2019\nURL: https://arxiv.org/abs/1906.99301",
        "*Authors:* Mia Reed, Leo Katz  \n*Published:* 2019  \n*Link:* <https://arxiv.org/abs/1906.99301>",
        "Autores: Mia Reed, Leo Katz\nAño: 2019\nEnlace: https://arxiv.org/abs/1906.99301",
        "Autoren: Mia Reed und andere\nJahr: 2019\nPDF: https://arxiv.org/abs/1906.99301",
        "**作者**：Mia Reed，Leo Katz\n**时间**：2019\n**论文链接**：https://arxiv.org/abs/1906.99301",
        "저자: Mia Reed, Leo Katz\n연도: 2019\n논문 링크: https://arxiv.org/abs/1906.99301",
        "Авторы: Mia Reed, Leo Katz\nГод: 2019\nСсылка: https://arxiv.org/abs/1906.99301",
        "Authors:: Mia Reed, Leo Katz\nYear:: 2019\nLink:: https://arxiv.org/abs/1906.99301",
        "📝 Authors: Mia Reed, Leo Katz | 📅 Year: 2019 | 🔗 Paper: https://arxiv.org/abs/1906.99301",
        "> Authors: Mia Reed, Leo Katz\n> Year: 2019\n> Paper: https://arxiv.org/abs/1906.99301",
    ] {
        let source = format!("# Notes\n\n### Folding by Night\n{lines}\n\nFolds hold.\n");
        let papers = papers(&source);
        assert_eq!(titles(&source), ["Folding by Night"], "{lines}");
        assert_eq!(papers[0].placement, Placement::Heading, "{lines}");
        assert_eq!(year(&papers[0]), Some(2019), "{lines}");
        assert_eq!(papers[0].source.id.as_deref(), Some("1906.99301"), "{lines}");
        if !lines.contains("und andere") {
            assert_eq!(papers[0].authors, ["Mia Reed", "Leo Katz"], "{lines}");
        }
        assert!(to_json(&read_stable(&source)).unwrap().contains("Folds hold."), "{lines}");
    }
}

#[test]
fn facts_and_label_links_below_a_heading_are_no_title() {
    for (lines, authors, venue, date) in [
        (
            "📅 2024-03-01 | 🏛 Coast University | 📄 [Paper](https://arxiv.org/abs/2403.99302) | 💻 [Code](https://github.com/example/tides)",
            0,
            None,
            Some(2024),
        ),
        (
            "ICML 2021 | [Paper](https://arxiv.org/abs/2403.99302) | [Code](https://github.com/example/tides)",
            0,
            Some("ICML"),
            Some(2021),
        ),
        ("*ICML 2021*\n\n[paper](https://arxiv.org/abs/2403.99302)", 0, Some("ICML"), Some(2021)),
        ("Lee Park, Ana Ruiz. CVPR 2020.\nhttps://arxiv.org/abs/2403.99302", 2, Some("CVPR"), Some(2020)),
        ("*Lee Park, Ana Ruiz*\n\nCVPR 2020 · [pdf](https://arxiv.org/abs/2403.99302)", 2, None, None),
        (
            "by Lee Park and Ana Ruiz, March 2020\n\n- [arXiv](https://arxiv.org/abs/2403.99302)\n- Folds hold.",
            2,
            None,
            Some(2020),
        ),
        ("[Paper](https://arxiv.org/abs/2403.99302) [Code](https://github.com/example/tides)", 0, None, None),
        ("[论文](https://arxiv.org/abs/2403.99302) [代码](https://github.com/example/tides)", 0, None, None),
    ] {
        let source = format!("# Papers\n\n### Folding by Day\n{lines}\n\n### More\n\nSome text.\n");
        let papers = papers(&source);
        assert_eq!(titles(&source), ["Folding by Day"], "{lines}");
        assert_eq!(papers[0].source.id.as_deref(), Some("2403.99302"), "{lines}");
        assert_eq!(papers[0].authors.len(), authors, "{lines}: {:?}", papers[0].authors);
        if date.is_some() || authors == 0 {
            assert_eq!((papers[0].venue.as_deref(), year(&papers[0])), (venue, date), "{lines}");
        }
    }
}

#[test]
fn a_link_called_paper_below_a_heading_is_that_of_the_heading() {
    for lines in [
        "Paper: [link](https://arxiv.org/abs/2403.99303)\n\nNice.",
        "论文：https://arxiv.org/abs/2403.99303\n\nNice.",
        "> Paper: https://arxiv.org/abs/2403.99303\n\nNice.",
        "> [paper](https://arxiv.org/abs/2403.99303)\n\nNice.",
        "- [paper](https://arxiv.org/abs/2403.99303)\n- Nice.",
        "- [PDF](https://arxiv.org/abs/2403.99303)\n- Nice, and short.\n- It has no proofs.",
        "- Ada Brook, Omar Rizk\n- ICML 2024\n- [arXiv](https://arxiv.org/abs/2403.99303)\n- Nice.",
    ] {
        let source = format!("# Papers\n\n### Folding in Snow\n\n{lines}\n");
        assert_eq!(titles(&source), ["Folding in Snow"], "{lines}");
        assert_eq!(papers(&source)[0].source.id.as_deref(), Some("2403.99303"), "{lines}");
        assert!(to_json(&read_stable(&source)).unwrap().contains("Nice"), "{lines}");
    }
}

#[test]
fn a_field_with_a_linked_title_takes_the_fields_beside_it() {
    for list in [
        "- 论文：[Water in Folds](https://arxiv.org/abs/2206.99304)\n- 发表：ICLR 2023",
        "- **Paper**: [Water in Folds](https://arxiv.org/abs/2206.99304)\n- **Venue**: ICLR 2023",
        "> Paper: [Water in Folds](https://arxiv.org/abs/2206.99304)\n> Conference: ICLR 2023",
    ] {
        let source = format!("# Papers\n\n### 水中\n\n{list}\n");
        let papers = papers(&source);
        assert_eq!(titles(&source), ["Water in Folds"], "{list}");
        assert_eq!((papers[0].venue.as_deref(), year(&papers[0])), (Some("ICLR"), Some(2023)), "{list}");
    }
    // Two such fields are two papers.
    let two = "## Folds\n\n- Paper: [Water](https://arxiv.org/abs/2206.99304)\n- Paper: [Ice](https://arxiv.org/abs/2206.99305)\n- Year: 2022\n";
    assert_eq!(titles(two), ["Water", "Ice"]);
}

#[test]
fn details_right_below_the_title_of_a_file_are_those_of_its_paper() {
    for details in [
        "**Authors:** Mia Reed, Leo Katz  \n**Venue:** NeurIPS 2021  \n**Paper:** https://arxiv.org/abs/2105.99306",
        "- **Authors:** Mia Reed, Leo Katz\n- **Venue:** NeurIPS 2021\n- **Paper:** [arXiv:2105.99306](https://arxiv.org/abs/2105.99306)",
        "* Link: https://arxiv.org/abs/2105.99306\n* Authors: Mia Reed, Leo Katz\n* Conference: NeurIPS 2021",
        "> 论文地址：https://arxiv.org/abs/2105.99306\n> 发表于：NeurIPS 2021\n> 作者：Mia Reed, Leo Katz 等",
        "论文地址：https://arxiv.org/abs/2105.99306\n作者：Mia Reed，Leo Katz\n会议：NeurIPS 2021",
        "> 논문 링크: [arXiv](https://arxiv.org/abs/2105.99306)\n> 저자: Mia Reed, Leo Katz\n> 학회: NeurIPS 2021",
        "*Mia Reed, Leo Katz*\n\n*NeurIPS 2021* | [pdf](https://arxiv.org/abs/2105.99306)",
        "> [paper](https://arxiv.org/abs/2105.99306) | [code](https://github.com/example/folds)\n> Mia Reed, Leo Katz. NeurIPS 2021",
    ] {
        let source = format!("# Folding in Water\n\n{details}\n\n## Method\n\nWe fold.\n");
        let papers = papers(&source);
        assert_eq!(titles(&source), ["Folding in Water"], "{details}");
        assert_eq!(papers[0].authors, ["Mia Reed", "Leo Katz"], "{details}");
        assert_eq!(papers[0].source.id.as_deref(), Some("2105.99306"), "{details}");
        assert_eq!(papers[0].placement, Placement::Row, "{details}");
        let json = to_json(&read_stable(&source)).unwrap();
        assert!(json.contains("Mia Reed") && json.contains("We fold."), "{details}");
    }
    let source = "# 【论文笔记】Glass Folds: 透明\n\n> 论文地址：https://arxiv.org/abs/2105.99306\n> 发表于：NeurIPS 2021\n";
    assert_eq!(titles(source), ["Glass Folds: 透明"]);
    assert_eq!(papers(source)[0].venue.as_deref(), Some("NeurIPS"));
}

#[test]
fn a_section_called_metadata_describes_the_paper_above_it() {
    let fields = "- Author: [[Robin Frost]]\n- Full Title: Folds as Memory\n- Category: #articles\n- URL: https://arxiv.org/abs/2003.99307\n";
    let source = format!("# Folds as Memory\n\n## Metadata\n{fields}\n## Highlights\n\n- Paper remembers.\n");
    assert_eq!(places(&source), [("Metadata".to_owned(), "Folds as Memory".to_owned())]);
    assert_eq!(papers(&source)[0].authors, ["Robin Frost"]);
    for name in [
        "Metadata",
        "Paper info",
        "元数据",
        "论文信息",
        "メタデータ",
        "메타데이터",
        "Metadatos",
        "Метаданные",
    ] {
        let source = format!(
            "# Folds as Memory\n\n## {name}\n\n* Item Type: [[Article]]\n* Authors: [[Robin Frost]], [[Jo Snow]]\n* Date: [[2021-05-01]]\n* URL: https://arxiv.org/abs/2105.99308\n* Cite key: frost2021\n\n## Notes\n\nIce.\n"
        );
        assert_eq!(titles(&source), ["Folds as Memory"], "{name}");
        let papers = papers(&source);
        assert_eq!((papers[0].authors.len(), year(&papers[0])), (2, Some(2021)), "{name}");
    }
    // Of several papers, each has its own.
    let one = |title: &str, id: u32| {
        format!("## {title}\n\n### Metadata\n\nAuthors: Ada Brook\nLink: https://arxiv.org/abs/2105.{id}\n\n")
    };
    let source = format!("# Papers\n\n{}{}", one("Folding Ice", 99309), one("Folding Snow", 99310));
    assert_eq!(titles(&source), ["Folding Ice", "Folding Snow"]);
}

#[test]
fn text_with_links_below_a_heading_or_title_stays_text() {
    for source in [
        "# Folding\n\nWe follow the paper (https://arxiv.org/abs/2105.99311) and fold all of our maps by hand until they are flat.\n",
        "# Folding\n\nLinks:\n\nSee [this paper](https://arxiv.org/abs/2105.99311) for the proof, which is long.\n",
        "# Notes\n\n- Author: me\n- Year: 2024\n\nSome text.\n",
        "## Folding\n\nAuthors: many people\n\nThey fold.\n",
        "## Folding\n\nNote: see https://example.org/folds for the proof.\n",
    ] {
        assert!(titles(source).is_empty(), "{source} {:?}", titles(source));
    }
    // A table of contents.
    for source in [
        "# Sailing\n\n## Contents\n\n- [Papers](#papers)\n  - [Wind](#wind)\n- [Tools](#tools)\n",
        "# Sailing\n\n[Papers](#papers) | [Code](#code)\n\n## Wind\n\n[Papers](papers.md) [Code](code.md)\n",
        "# Sailing\n\n- [Papers](papers.md)\n- [Code](code.md)\n- Year: 2021\n",
    ] {
        assert!(titles(source).is_empty(), "{source} {:?}", titles(source));
    }
    // A page about several papers is none of them.
    for source in [
        "# Folding\n\nPaper: https://arxiv.org/abs/2105.99311\nPaper: https://arxiv.org/abs/2105.99312\n",
        "# Notes\n\n- Paper: https://arxiv.org/abs/2105.99311\n- Year: 2021\n",
        "### Folding\n\nPaper: https://arxiv.org/abs/2105.99311\nPaper: https://arxiv.org/abs/2105.99312\n",
    ] {
        assert!(!titles(source).iter().any(|title| title == "Folding" || title == "Notes"), "{source}");
    }
    let list = "### Folding\n\n- [Maps by Night](https://arxiv.org/abs/2105.99313)\n- [Maps by Day](https://arxiv.org/abs/2105.99314)\n";
    assert_eq!(titles(list), ["Maps by Night", "Maps by Day"]);
    let lines = "### Folding\n\nPaper: [Maps by Night](https://arxiv.org/abs/2105.99313)\n\nPaper: Maps by Day [pdf](https://arxiv.org/abs/2105.99314)\n";
    assert_eq!(titles(lines).len(), 2);
}

#[test]
fn details_are_read_in_other_languages() {
    for (head, row) in [
        ("タイトル | 著者 | 年 | リンク", "蜂の眠り | 佐藤 | 2020"),
        ("Название | Авторы | Год | Ссылка", "Пчёлы и сети | Иванов | 2020"),
        ("Título | Autores | Año | Enlace", "Abejas que duermen | Ana Ruiz | 2020"),
        ("제목 | 저자 | 연도 | 링크", "꿀벌의 잠 | 김철수 | 2020"),
        ("Titre | Auteurs | Année | Lien", "Abeilles | Ana Ruiz | 2020"),
    ] {
        let source = format!(
            "# Papers\n\n## Bees\n\n| {head} |\n|---|---|---|---|\n| {row} | [pdf](https://arxiv.org/abs/1804.99315) |\n"
        );
        let papers = papers(&source);
        assert_eq!(papers.len(), 1, "{head}");
        assert_eq!((year(&papers[0]), papers[0].authors.len()), (Some(2020), 1), "{head}");
    }
    for (fields, venue) in [
        ("Revista: Revista de Pliegues\n  - Año: 2020", "Revista de Pliegues"),
        ("Zeitschrift: Falten heute\n  - Jahr: 2020", "Falten heute"),
        ("会議：CHI\n  - 発表年：2020", "CHI"),
        ("Журнал: Складки\n  - Год: 2020", "Складки"),
        ("Published: CHI 2020", "CHI"),
        ("发表：CHI 2020", "CHI"),
    ] {
        let source = format!("## Papers\n\n- [Folds](https://arxiv.org/abs/2001.99316)\n  - {fields}\n");
        let papers = papers(&source);
        assert_eq!((papers[0].venue.as_deref(), year(&papers[0])), (Some(venue), Some(2020)), "{fields}");
    }
}

#[test]
fn facts_in_a_heading_are_no_part_of_the_title() {
    let source = "# Papers

### Maps in Water (NeurIPS 2021)

- **Link**: https://arxiv.org/abs/2106.99066

### Maps in Rain (Okoro et al., 2021)

[Paper](https://arxiv.org/abs/2403.99067)

### [Maps in Fog (Okoro et al., 2021)](https://arxiv.org/abs/2403.99068)

### Maps in Mist - Okoro et al., ICML 2020

[Paper](https://arxiv.org/abs/2403.99069)
";
    assert_eq!(
        facts(source),
        [
            fact("Maps in Water", &[], Some("NeurIPS"), 2021),
            fact("Maps in Rain", &["Okoro"], None, 2021),
            fact("Maps in Fog", &["Okoro"], None, 2021),
            fact("Maps in Mist", &["Okoro"], Some("ICML"), 2020),
        ]
    );
    // The heading keeps its words.
    let notebook = read(source).notebook;
    assert_eq!(plain(&notebook.sections[0].title), "Maps in Water (NeurIPS 2021)");
}

#[test]
fn titles_that_look_like_names_labels_or_events_stay_titles() {
    let source = "## Papers

- Folded Maps and Deep Paper (Book, Jan 2017), Mary Okoro. [[html]](https://arxiv.org/abs/1704.99201)
- [FoldNet 2019: A Dataset of Folds](https://arxiv.org/abs/1904.99202)
- [Folds for All](https://arxiv.org/abs/1904.99203) (Fold Studio, 2019)

## Generation

**FoldNet: Folding Without Paper**\\
Mary Okoro, Lena Fox\\
[[pdf](https://arxiv.org/abs/2310.99204)]

## Detection

**Adaptive Map Folding Using Glue and Paper Tape**

- arxiv: <https://arxiv.org/abs/1512.99205>
";
    let titles: Vec<_> = facts(source).into_iter().map(|facts| (facts.title, facts.authors)).collect();
    let titles: Vec<_> = titles.iter().map(|(title, authors)| (title.as_str(), authors.join("; "))).collect();
    assert_eq!(
        titles,
        [
            ("Folded Maps and Deep Paper", "Mary Okoro".into()),
            ("FoldNet 2019: A Dataset of Folds", String::new()),
            ("Folds for All", String::new()),
            ("FoldNet: Folding Without Paper", "Mary Okoro; Lena Fox".into()),
            ("Adaptive Map Folding Using Glue and Paper Tape", String::new()),
        ]
    );
}

#[test]
fn a_date_alone_below_a_title_counts_if_the_address_tells_the_same_year() {
    let year_of = |date: &str| {
        let papers =
            papers(&format!("# [Folded Maps](https://arxiv.org/abs/2001.99210)\n\n_{date}_\n\nA note.\n"));
        papers.first().map(|paper| (paper.date.year, paper.source.year))
    };
    assert_eq!(year_of("June 2020"), Some((Some(2020), Some(2020))));
    // The day of writing.
    assert_eq!(year_of("June 2023"), Some((None, Some(2020))));
}

#[test]
fn an_event_before_a_comma_is_no_part_of_the_title() {
    let source = "
## Robots

- RA-L 2023, Folding Maps by Touch, [Website](https://arxiv.org/abs/2301.99501)
- arXiv 2022.03, Quiet Motors for Loud Arms, [arXiv](https://arxiv.org/abs/2203.99502)
- CoRL 2023 oral, Walking on Leaves, [arXiv](https://arxiv.org/abs/2309.99503)
- 2024 best paper, Seeing through Fog, [arXiv](https://arxiv.org/abs/2404.99504)
- Folding in the Dark | **[ECCV' 20]** | [`[pdf]`](https://arxiv.org/pdf/2007.99505)
- Maps of Noise: A Survey, arXiv preprint arXiv:2211.99506, 2022. [[paper](https://arxiv.org/abs/2211.99506)]
";
    assert_eq!(
        titles(source),
        [
            "Folding Maps by Touch",
            "Quiet Motors for Loud Arms",
            "Walking on Leaves",
            "Seeing through Fog",
            "Folding in the Dark",
            "Maps of Noise: A Survey"
        ]
    );
    let papers = papers(source);
    let years: Vec<_> = papers.iter().map(year).collect();
    assert_eq!(years, [2023, 2022, 2023, 2024, 2020, 2022].map(Some));
    assert_eq!(papers[4].venue.as_deref(), Some("ECCV"));
    assert_eq!(papers[1].date.month, Some(3));
}

#[test]
fn a_title_may_begin_in_bold() {
    let source = "
## Folds

- **FoldNet**: Folding Maps without a Table, [arXiv](https://arxiv.org/abs/2301.99511) / [code](https://github.com/example/fold)
- **Quiet Gradients** for Loud Networks [[paper]](https://arxiv.org/abs/2301.99512)
- **FoldBench**: how well do models fold? [[paper]](https://arxiv.org/abs/2301.99513)
- **Loud Gradients**, Ada Brook and Omar Rizk [[paper]](https://arxiv.org/abs/2301.99514)
- **\"Learning at Night.\"** Journal of Maps [[paper]](https://arxiv.org/abs/2301.99515)
- [\"Sleeping by Day.\"](https://arxiv.org/abs/2301.99516) ICML 2023
";
    assert_eq!(
        titles(source),
        [
            "FoldNet: Folding Maps without a Table",
            "Quiet Gradients for Loud Networks",
            "FoldBench",
            "Loud Gradients",
            "Learning at Night",
            "Sleeping by Day"
        ]
    );
    assert_eq!(papers(source)[3].authors, ["Ada Brook", "Omar Rizk"]);
}

#[test]
fn names_of_any_form_stand_before_a_title() {
    let source = "
## References

- Ada \"Max\" Brook, omar rizk, Lena Fox. **\"Folding with Others\"** | [[PDF]](https://arxiv.org/abs/2301.99521)
- Jean d'Alembert, Guido C. H. E. de Vries. **\"Folding with Particles\"** | [[PDF]](https://arxiv.org/abs/2301.99522)
- Ada L. Brook. Folding that Matters. ICML 2012. https://arxiv.org/abs/1206.99523
- Omar Rizk and Lena Fox. Quiet Transliteration. ACL 2007. https://arxiv.org/abs/0706.99524
- Lena Fox \"Do Maps Fold Too Much?\" Annals of Maps, 1999. https://example.org/maps.pdf
- Ines Vidal et al. Count, don't fold: maps vs. tables in school. ACL 2014 https://arxiv.org/abs/1405.99525
";
    let papers = papers(source);
    let titles: Vec<_> = papers.iter().map(|paper| plain(&paper.title).into_owned()).collect();
    assert_eq!(
        titles,
        [
            "Folding with Others",
            "Folding with Particles",
            "Folding that Matters",
            "Quiet Transliteration",
            "Do Maps Fold Too Much?",
            "Count, don't fold: maps vs. tables in school"
        ]
    );
    assert_eq!(papers[1].authors, ["Jean d'Alembert", "Guido C. H. E. de Vries"]);
    assert_eq!(papers[3].authors, ["Omar Rizk", "Lena Fox"]);
}

#[test]
fn employers_below_a_title_are_no_authors() {
    let source = "
## Systems

- Folding at Scale [[Paper](https://arxiv.org/abs/2301.99531)]
    - UC Berkeley, AWS, Google
- Folding at Home [[Paper](https://arxiv.org/abs/2301.99532)]
    - Vision Paper
- Folding at Sea [[Paper](https://arxiv.org/abs/2301.99533)]
    - Ada Brook, Omar Rizk
- Folding at Night [[Paper](https://arxiv.org/abs/2301.99534)] ([HPDC 2020](./hpdc.md))
";
    let papers = papers(source);
    assert!(papers[0].authors.is_empty() && papers[1].authors.is_empty());
    assert_eq!(papers[2].authors, ["Ada Brook", "Omar Rizk"]);
    assert!(papers[3].authors.is_empty());
    assert_eq!((papers[3].venue.as_deref(), year(&papers[3])), (Some("HPDC"), Some(2020)));
}

#[test]
fn a_list_of_contents_below_a_heading_about_papers_has_no_papers() {
    let source = "# Papers of 2024\n\n## Papers and Code\n\n- [Folds](#folds)\n    - [Of maps](#of-maps)\n- [Nets](#nets)\n\n\
        ## Folds\n\n### Of maps\n\n## Nets\n";
    assert!(titles(source).is_empty());
}

#[test]
fn a_link_behind_an_article_is_a_word_of_its_sentence() {
    let source = "## Notes\n\nA program for everyone who keeps the [paper-notes](https://github.com/example/notes) of a group.\n\n\
        快照在 [论文](https://arxiv.org/abs/2301.99541) 中有所介绍。\n";
    assert!(titles(source).is_empty());
}

#[test]
fn a_table_of_details_describes_the_paper_of_its_title() {
    let source = "
# Folding Maps by Touch

| Field | Value |
| --- | --- |
| **Authors** | Ada Brook, Omar Rizk |
| **Venue** | ICML 2021 |
| **DOI** | [10.9999/fold](https://doi.org/10.9999/fold) |

## Method
";
    let own = papers(source);
    assert_eq!(own.len(), 1);
    assert_eq!(plain(&own[0].title), "Folding Maps by Touch");
    assert_eq!(own[0].authors, ["Ada Brook", "Omar Rizk"]);
    assert_eq!((own[0].venue.as_deref(), year(&own[0])), (Some("ICML"), Some(2021)));
    // A file whose front matter describes its paper has no second one.
    let repeated = format!("---\ntitle: Folding Maps\ndoi: 10.9999/fold\nyear: 2021\n---\n{source}");
    assert_eq!(papers(&repeated).len(), 1);
    let below = "## Folding Maps\n\n| 项目 | 内容 |\n| --- | --- |\n| 标题 | Folding Maps in the Dark |\n| 作者 | Ada Brook 等 |\n| 论文链接 | https://arxiv.org/abs/2101.99551 |\n";
    assert_eq!(papers(below).len(), 1);
}

#[test]
fn facts_may_stand_between_a_title_and_its_labels() {
    let source = "
## Gradients

**(1) The first**

[Quiet gradients for loud networks with many layers]

Brook, A., Rizk, O., & Fox, L. (2014).

[`REVIEW`](./reviews/quiet.md) | [`PAPER`](https://arxiv.org/abs/1401.99561)
";
    let papers = papers(source);
    let titles: Vec<_> = papers.iter().map(|paper| plain(&paper.title).into_owned()).collect();
    assert_eq!(titles, ["Quiet gradients for loud networks with many layers"]);
    assert_eq!(year(&papers[0]), Some(2014));
}

#[test]
fn details_below_a_heading_about_them_belong_to_the_title_of_the_file() {
    let source = "
# Storing Maps

## Meta Info

Presented in [ASPLOS 2023](https://doi.org/10.9999/maps).

Authors: Ada Brook, Omar Rizk.

## Design
";
    let papers = papers(source);
    assert_eq!(papers.len(), 1);
    assert_eq!(plain(&papers[0].title), "Storing Maps");
    assert_eq!(papers[0].authors, ["Ada Brook", "Omar Rizk"]);
    assert_eq!(year(&papers[0]), Some(2023));
}
