/// A paper that comes of a split.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Paper {
    /// 工作簿: all figures, totals as formulas; holds what is private.
    Workbook,
    /// 资金筹措方案: the funding chapter of the renovation plan [三(一)4].
    Funding,
    /// 公示海报: an A3 sheet for the wall with what matters most; holds nothing private.
    Poster,
    /// 公示表: shares by building and flat before relief; holds nothing private.
    Notice,
    /// 公示网页: what the notice has, as one page to pass on that can be searched; holds nothing
    /// private.
    ResultPage,
    /// 每户告知单: a page for each household; each for its household alone.
    Statements,
    /// 表决票: a slip for each household, up to three a page; no amounts of the household.
    Ballot,
    /// 签字表: all flats by building, to be signed; no names or amounts.
    Signatures,
    /// 物业专项维修资金支取分摊清册: what is drawn from each account; holds names and balances.
    FundSheet,
    /// 物业专项维修资金使用业主意见表: to be signed by the owners; holds names, and shares before
    /// relief.
    FundOpinions,
}

impl Paper {
    /// All of them.
    pub const ALL: [Paper; 10] = [
        Paper::Workbook,
        Paper::Funding,
        Paper::Notice,
        Paper::Poster,
        Paper::ResultPage,
        Paper::Statements,
        Paper::Ballot,
        Paper::Signatures,
        Paper::FundSheet,
        Paper::FundOpinions,
    ];

    /// The paper's name in commands, files and texts.
    pub fn as_str(self) -> &'static str {
        match self {
            Paper::Workbook => "workbook",
            Paper::Funding => "funding",
            Paper::Notice => "notice",
            Paper::Poster => "poster",
            Paper::ResultPage => "result-page",
            Paper::Statements => "statements",
            Paper::Ballot => "ballot",
            Paper::Signatures => "signatures",
            Paper::FundSheet => "fund-sheet",
            Paper::FundOpinions => "fund-opinions",
        }
    }

    /// Whether it holds a sheet for each household, and can be written for some of them alone.
    pub fn has_sheets(self) -> bool {
        matches!(self, Paper::Statements | Paper::Ballot)
    }

    /// The formats that the paper is written in, the usual one first.
    pub fn formats(self) -> &'static [Format] {
        match self {
            Paper::Workbook => &[Format::Xlsx],
            Paper::ResultPage => &[Format::Html],
            Paper::FundSheet | Paper::FundOpinions => &[Format::Xlsx, Format::Docx, Format::Html],
            _ => &[Format::Docx, Format::Html],
        }
    }
}

/// A format of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// A workbook for Excel, WPS, LibreOffice.
    Xlsx,
    /// A document to be edited in Word, WPS, LibreOffice.
    Docx,
    /// A page made for print, which loads nothing.
    Html,
}

impl Format {
    /// All of them.
    pub const ALL: [Format; 3] = [Format::Xlsx, Format::Docx, Format::Html];

    /// The format's name, and the ending of its files.
    pub fn as_str(self) -> &'static str {
        match self {
            Format::Xlsx => "xlsx",
            Format::Docx => "docx",
            Format::Html => "html",
        }
    }
}
