//! The parts beside the document: what they all are, styles, the footer, the title.

use maud::{Markup, PreEscaped, html};

use fentan_words::Language;

use crate::block::{Footer, PagePiece};

pub(super) const DECLARATION: &str =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";
pub(super) const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
pub(super) const RELATIONSHIPS: &str =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The id by which the document names its footer.
pub(super) const FOOTER: &str = "footer";

const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// Beside the text of a cell, in twentieths of a point.
pub(super) const CELL_MARGIN: u32 = 60;

/// How high a line is, in twentieths of a point for each half point of its size: one and a fifth.
const LINE: u32 = 12;

/// The least size of type on a poster, in half points.
const LEAST_ON_POSTER: u32 = 40;

/// Each part with its name.
pub(super) fn beside(
    language: Language,
    title: &str,
    footer: &Footer,
    is_poster: bool,
) -> [(&'static str, String); 6] {
    [
        ("[Content_Types].xml", content_types()),
        ("_rels/.rels", package_relationships()),
        ("docProps/core.xml", properties(title)),
        ("word/_rels/document.xml.rels", document_relationships()),
        ("word/styles.xml", styles(language, footer, is_poster)),
        ("word/footer.xml", page_footer(footer)),
    ]
    .map(|(name, part)| (name, format!("{DECLARATION}{}", part.0)))
}

fn content_types() -> Markup {
    html! {
        Types xmlns=(format!("{PACKAGE}/content-types")) {
            Default Extension="rels" ContentType=(type_of("relationships")) {}
            Default Extension="xml" ContentType="application/xml" {}
            Override PartName="/word/document.xml" ContentType=(format!("{TYPE}.document.main+xml")) {}
            Override PartName="/word/styles.xml" ContentType=(format!("{TYPE}.styles+xml")) {}
            Override PartName="/word/footer.xml" ContentType=(format!("{TYPE}.footer+xml")) {}
            Override PartName="/docProps/core.xml" ContentType=(type_of("core-properties")) {}
        }
    }
}

fn type_of(part: &str) -> String {
    format!("application/vnd.openxmlformats-package.{part}+xml")
}

fn package_relationships() -> Markup {
    html! {
        Relationships xmlns=(format!("{PACKAGE}/relationships")) {
            Relationship Id="document" Type=(format!("{RELATIONSHIPS}/officeDocument"))
                Target="word/document.xml" {}
            Relationship Id="properties"
                Type=(format!("{PACKAGE}/relationships/metadata/core-properties"))
                Target="docProps/core.xml" {}
        }
    }
}

fn document_relationships() -> Markup {
    html! {
        Relationships xmlns=(format!("{PACKAGE}/relationships")) {
            Relationship Id="styles" Type=(format!("{RELATIONSHIPS}/styles")) Target="styles.xml" {}
            Relationship Id=(FOOTER) Type=(format!("{RELATIONSHIPS}/footer")) Target="footer.xml" {}
        }
    }
}

fn properties(title: &str) -> Markup {
    html! {
        cp:coreProperties xmlns:cp=(format!("{PACKAGE}/metadata/core-properties"))
            xmlns:dc="http://purl.org/dc/elements/1.1/" {
            dc:title { (title) }
            dc:creator { "fentan" }
        }
    }
}

fn page_footer(footer: &Footer) -> Markup {
    let field = |name: &str| {
        html! { w:fldSimple w:instr=(name) { w:r { w:t { "1" } } } }
    };
    html! {
        w:ftr xmlns:w=(MAIN) {
            w:p {
                w:pPr { w:pStyle w:val="Footer" {} }
                @for piece in &footer.page {
                    @match piece {
                        PagePiece::Text(text) => w:r { w:t xml:space="preserve" { (text) } },
                        PagePiece::Number => (field("PAGE")),
                        PagePiece::Count => (field("NUMPAGES")),
                    }
                }
                @let gap = if footer.page.is_empty() { "" } else { "    " };
                w:r { w:t xml:space="preserve" { (gap) (footer.made) } }
            }
            @if let Some(digest) = &footer.digest {
                w:p { w:pPr { w:pStyle w:val="Footer" {} } w:r { w:t { (digest) } } }
            }
        }
    }
}

/// A style of paragraphs.
#[derive(Clone, Copy)]
struct Style {
    id: &'static str,
    name: &'static str,
    /// The font of Chinese text.
    font: &'static str,
    /// In half points.
    size: u32,
    bold: bool,
    align: Option<&'static str>,
    /// Above and below it.
    space: (u32, u32),
    /// Whether it stays on the page of what follows.
    keeps: bool,
    /// Indent of its first line in Chinese, in hundredths of a character.
    indent: u32,
    /// Indent of all of it, in twentieths of a point.
    left: u32,
}

/// Chinese official papers: songs for titles and tables, 黑体 for headings, 仿宋 for the text.
const STYLES: [Style; 17] = {
    const PLAIN: Style = Style {
        id: "Normal",
        name: "Normal",
        font: "仿宋",
        size: 24,
        bold: false,
        align: None,
        space: (0, 0),
        keeps: false,
        indent: 0,
        left: 0,
    };
    const CENTRE: Option<&str> = Some("center");
    const RIGHT: Option<&str> = Some("right");
    [
        PLAIN,
        Style {
            id: "Title",
            name: "Title",
            font: "宋体",
            size: 40,
            bold: true,
            align: CENTRE,
            space: (120, 60),
            keeps: true,
            ..PLAIN
        },
        Style {
            id: "Subtitle",
            name: "Subtitle",
            font: "楷体",
            align: CENTRE,
            space: (0, 160),
            keeps: true,
            ..PLAIN
        },
        Style {
            id: "Heading1",
            name: "heading 1",
            font: "黑体",
            size: 26,
            space: (200, 80),
            keeps: true,
            ..PLAIN
        },
        Style {
            id: "BodyText",
            name: "Body Text",
            align: Some("both"),
            space: (100, 60),
            indent: 200,
            ..PLAIN
        },
        Style {
            id: "Line",
            name: "Line",
            font: "黑体",
            size: 22,
            space: (100, 60),
            keeps: true,
            ..PLAIN
        },
        Style { id: "Note", name: "Note", font: "楷体", size: 20, space: (80, 40), ..PLAIN },
        Style {
            id: "Signing",
            name: "Signing",
            space: (320, 0),
            keeps: true,
            left: 5_300,
            ..PLAIN
        },
        Style {
            id: "Unit",
            name: "Unit",
            font: "宋体",
            size: 20,
            align: RIGHT,
            keeps: true,
            ..PLAIN
        },
        Style { id: "Cell", name: "Cell", font: "宋体", size: 21, space: (40, 40), ..PLAIN },
        Style {
            id: "CellMedium",
            name: "Cell medium",
            font: "宋体",
            size: 20,
            space: (16, 16),
            ..PLAIN
        },
        Style {
            id: "CellSmall",
            name: "Cell small",
            font: "宋体",
            size: 17,
            space: (16, 16),
            ..PLAIN
        },
        Style {
            id: "CellSmaller",
            name: "Cell smaller",
            font: "宋体",
            size: 14,
            space: (16, 16),
            ..PLAIN
        },
        Style {
            id: "CellSmallest",
            name: "Cell smallest",
            font: "宋体",
            size: 11,
            space: (16, 16),
            ..PLAIN
        },
        Style { id: "Turn", name: "Turn", size: 2, ..PLAIN },
        Style { id: "Cut", name: "Cut", size: 12, space: (60, 120), ..PLAIN },
        Style { id: "Footer", name: "footer", font: "宋体", size: 15, align: CENTRE, ..PLAIN },
    ]
};

/// The styles as they are on this paper.
fn sized(style: &Style, footer: &Footer, is_poster: bool) -> Style {
    let twice = |(before, after): (u32, u32)| (2 * before, 2 * after);
    match style.id {
        "Turn" => *style,
        _ if is_poster => Style {
            size: (2 * style.size).max(LEAST_ON_POSTER),
            space: twice(style.space),
            left: 2 * style.left,
            ..*style
        },
        "Footer" if footer.is_large => Style { size: 20, ..*style },
        _ => *style,
    }
}

fn styles(language: Language, footer: &Footer, is_poster: bool) -> Markup {
    let edges = ["top", "left", "bottom", "right", "insideH", "insideV"];
    html! {
        w:styles xmlns:w=(MAIN) {
            w:docDefaults {
                w:rPrDefault { w:rPr {
                    w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="仿宋" {}
                    w:lang w:val="en-US" w:eastAsia="zh-CN" {}
                } }
                w:pPrDefault {}
            }
            @for style in &STYLES {
                (paragraph_style(language, &sized(style, footer, is_poster)))
            }
            w:style w:type="table" w:styleId="Grid" {
                w:name w:val="Table Grid" {}
                w:tblPr {
                    w:tblBorders {
                        @for edge in edges {
                            (PreEscaped(format!("<w:{edge} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"444444\"/>")))
                        }
                    }
                    w:tblCellMar {
                        w:left w:w=(CELL_MARGIN) w:type="dxa" {}
                        w:right w:w=(CELL_MARGIN) w:type="dxa" {}
                    }
                }
            }
        }
    }
}

fn paragraph_style(language: Language, style: &Style) -> Markup {
    let Style { id, name, font, size, bold, align, space, keeps, indent, left } = *style;
    let is_indented = indent > 0 && language == Language::Chinese;
    html! {
        w:style w:type="paragraph" w:styleId=(id) w:default=[(id == "Normal").then_some("1")] {
            w:name w:val=(name) {}
            @if id != "Normal" { w:basedOn w:val="Normal" {} }
            w:qFormat {}
            w:pPr {
                @if keeps { w:keepNext {} }
                @if id == "Cut" {
                    w:pBdr { w:bottom w:val="dashed" w:sz="4" w:space="0" w:color="666666" {} }
                }
                // As high in any font: those of Chinese differ by a quarter in what they ask for.
                w:spacing w:before=(space.0) w:after=(space.1) w:line=(size * LINE) w:lineRule="exact" {}
                @if is_indented { w:ind w:firstLineChars=(indent) w:firstLine=(indent * size / 10) {} }
                @if left > 0 { w:ind w:left=(left) {} }
                @if let Some(align) = align { w:jc w:val=(align) {} }
                @if id == "Heading1" { w:outlineLvl w:val="0" {} }
            }
            w:rPr {
                w:rFonts w:eastAsia=(font) {}
                @if bold { w:b {} }
                w:sz w:val=(size) {}
            }
        }
    }
}
