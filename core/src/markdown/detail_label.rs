//! Words that authors write before the details of a paper, `Authors: …`, `会议：…`, or above a column or block of them.

use super::link_kind::kind_from_label;
use super::reading_status;
use crate::unicode::lowercase;

/// The detail that a label announces.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum DetailLabel {
    Title,
    Authors,
    Date,
    Venue,
    /// A date, a venue or both: `Published: ICML 2021`.
    Published,
    Keywords,
}

/// Labels in lower case.
const LABELS: [(DetailLabel, &[&str]); 6] = [
    (
        DetailLabel::Title,
        &[
            "title",
            "paper title",
            "full title",
            "titel",
            "titre",
            "título",
            "titulo",
            "titolo",
            "название",
            "标题",
            "题目",
            "论文标题",
            "论文题目",
            "论文名称",
            "論文標題",
            "タイトル",
            "論文名",
            "論文タイトル",
            "제목",
            "논문 제목",
            "논문제목",
            "العنوان",
        ],
    ),
    (
        DetailLabel::Authors,
        &[
            "author",
            "authors",
            "author s",
            "by",
            "written by",
            "作者",
            "论文作者",
            "著者",
            "저자",
            "автор",
            "авторы",
            "autor",
            "autora",
            "autores",
            "auteur",
            "auteurs",
            "autoren",
            "autore",
            "autori",
            "المؤلف",
            "المؤلفون",
        ],
    ),
    (
        DetailLabel::Date,
        &[
            "date",
            "year",
            "publication date",
            "publication year",
            "date published",
            "时间",
            "日期",
            "年份",
            "年",
            "发表时间",
            "发表年份",
            "发布时间",
            "發表時間",
            "日付",
            "発表年",
            "出版年",
            "発行年",
            "날짜",
            "연도",
            "년도",
            "발표 연도",
            "발표연도",
            "jahr",
            "datum",
            "fecha",
            "año",
            "ano",
            "anno",
            "année",
            "дата",
            "год",
            "год публикации",
            "السنة",
            "التاريخ",
        ],
    ),
    (
        DetailLabel::Venue,
        &[
            "venue",
            "conference",
            "journal",
            "publisher",
            "conference journal",
            "journal conference",
            "publication title",
            "container title",
            "proceedings",
            "booktitle",
            "会议",
            "會議",
            "期刊",
            "刊物",
            "会议期刊",
            "会议 期刊",
            "期刊 会议",
            "期刊会议",
            "发表会议",
            "发表期刊",
            "发表刊物",
            "出处",
            "来源",
            "学会",
            "会議",
            "雑誌",
            "掲載誌",
            "論文誌",
            "학회",
            "학술지",
            "저널",
            "revista",
            "conferencia",
            "conferência",
            "congreso",
            "revue",
            "conférence",
            "rivista",
            "conferenza",
            "zeitschrift",
            "konferenz",
            "tagung",
            "журнал",
            "конференция",
            "المجلة",
            "المؤتمر",
        ],
    ),
    (
        DetailLabel::Published,
        &[
            "published",
            "published in",
            "published at",
            "published on",
            "publication",
            "appeared in",
            "appeared at",
            "accepted at",
            "accepted to",
            "accepted by",
            "发表",
            "发表于",
            "发表在",
            "發表",
            "發表於",
            "收录于",
            "收录",
            "出版",
            "発表",
            "掲載",
            "발표",
            "게재",
            "출판",
            "publicado",
            "publicado en",
            "publicado em",
            "publié",
            "publié dans",
            "pubblicato",
            "pubblicato in",
            "veröffentlicht",
            "veröffentlicht in",
            "erschienen",
            "erschienen in",
            "опубликовано",
            "опубликовано в",
            "опубликована",
        ],
    ),
    (
        DetailLabel::Keywords,
        &[
            "key",
            "keyword",
            "keywords",
            "key words",
            "tag",
            "tags",
            "关键词",
            "关键字",
            "标签",
            "キーワード",
            "키워드",
            "palabras clave",
            "palavras chave",
            "mots clés",
            "stichwörter",
            "ключевые слова",
        ],
    ),
];

/// Labels of details that no field of a paper holds, in lower case.
const OTHER_LABELS: [&str; 25] = [
    "affiliation",
    "affiliations",
    "institution",
    "institutions",
    "institute",
    "organization",
    "citation",
    "cite key",
    "citekey",
    "category",
    "item type",
    "type",
    "topic",
    "rating",
    "score",
    "机构",
    "单位",
    "作者单位",
    "机构单位",
    "所属",
    "소속",
    "institución",
    "instituição",
    "institut",
    "организация",
];

/// Headings above the details of a paper, in lower case.
const HEADINGS: [&str; 46] = [
    "metadata",
    "meta data",
    "meta",
    "paper metadata",
    "paper info",
    "paper information",
    "paper details",
    "info",
    "information",
    "basic info",
    "basic information",
    "general information",
    "bibliographic information",
    "bibliographic details",
    "bibliographic data",
    "bibliographic info",
    "publication details",
    "details",
    "元数据",
    "元資料",
    "元信息",
    "基本信息",
    "论文信息",
    "论文基本信息",
    "文献信息",
    "メタデータ",
    "メタ情報",
    "書誌情報",
    "論文情報",
    "基本情報",
    "메타데이터",
    "논문 정보",
    "서지 정보",
    "기본 정보",
    "metadaten",
    "angaben",
    "bibliographische angaben",
    "metadatos",
    "datos",
    "metadados",
    "métadonnées",
    "metadati",
    "метаданные",
    "информация",
    "البيانات الوصفية",
    "بيانات",
];

/// Returns a label in lower case, with single spaces and without the marks around and between its words.
fn bare(label: &str) -> String {
    let lower = lowercase(label);
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// Longest label, in bytes. What is longer is not looked up.
const MAX_LABEL_BYTES: usize = 80;

/// Returns the detail that a label announces, without regard to case, emoji and punctuation.
pub(super) fn detail_label(label: &str) -> Option<DetailLabel> {
    if label.len() > MAX_LABEL_BYTES {
        return None;
    }
    let bare = bare(label);
    LABELS.iter().find(|(_, known)| known.contains(&bare.as_str())).map(|(detail, _)| *detail)
}

/// Returns true for the label of any detail of a paper, its links and its reading status among them.
pub(super) fn is_detail_label(label: &str) -> bool {
    label.len() <= MAX_LABEL_BYTES
        && (detail_label(label).is_some()
            || kind_from_label(label).is_some()
            || reading_status::is_name(label)
            || OTHER_LABELS.contains(&bare(label).as_str()))
}

/// Returns true for a heading that only says that the details of a paper follow: `Metadata`, `论文信息`.
pub(super) fn is_heading_of_details(title: &str) -> bool {
    title.len() <= MAX_LABEL_BYTES && HEADINGS.contains(&bare(title).as_str())
}
