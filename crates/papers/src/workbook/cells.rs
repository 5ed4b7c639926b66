//! What stands in cells, and how it looks.

use fentan_core::Fen;
use fentan_words::{looks_like_formula, printable};
use rust_xlsxwriter::{
    Format, FormatAlign, FormatBorder, Formula, Worksheet, cell_range, row_col_to_cell,
};

use crate::Error;
use crate::papers::Papers;

/// The row of the headings: above it stand the sheet's title and its unit.
pub(super) const HEADINGS: u32 = 2;

/// The first row of what is listed.
pub(super) const FIRST: u32 = HEADINGS + 1;

/// A4.
const PAPER: u8 = 9;

/// The longest text of a cell, in UTF-16 as Excel counts.
const MOST_TEXT: usize = 32_767;

pub(super) struct Formats {
    pub(super) title: Format,
    pub(super) unit: Format,
    pub(super) note: Format,
    pub(super) heading: Format,
    pub(super) text: Format,
    /// A text that would be a formula if it were typed.
    quoted: Format,
    pub(super) mark: Format,
    pub(super) money: Format,
    pub(super) area: Format,
    pub(super) part: Format,
    pub(super) total: Format,
    pub(super) money_total: Format,
    pub(super) area_total: Format,
    pub(super) part_total: Format,
}

impl Formats {
    pub(super) fn new() -> Formats {
        const MONEY: &str = "#,##0.00";
        const AREA: &str = "#,##0.00####";
        const PART: &str = "0.00%";
        let bordered =
            || Format::new().set_border(FormatBorder::Hair).set_align(FormatAlign::VerticalCenter);
        let text = || bordered().set_text_wrap();
        let total = || bordered().set_bold().set_background_color("#F0F0F0");
        Formats {
            title: Format::new().set_bold().set_font_size(14),
            unit: Format::new().set_align(FormatAlign::Right),
            note: Format::new().set_font_size(9),
            heading: bordered()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Center)
                .set_background_color("#DDE7E4"),
            text: text(),
            quoted: text().set_quote_prefix(),
            mark: bordered().set_align(FormatAlign::Center),
            money: bordered().set_num_format(MONEY),
            area: bordered().set_num_format(AREA),
            part: bordered().set_num_format(PART),
            total: total(),
            money_total: total().set_num_format(MONEY),
            area_total: total().set_num_format(AREA),
            part_total: total().set_num_format(PART),
        }
    }
}

/// A cell of a sheet: its row and column.
pub(super) type Place = (u32, u16);

/// A sheet that is being written.
pub(super) struct Cells<'s> {
    pub(super) papers: &'s Papers<'s>,
    pub(super) formats: &'s Formats,
    sheet: &'s mut Worksheet,
}

impl<'s> Cells<'s> {
    /// Begins a sheet whose headings have these widths, in characters.
    pub(super) fn begin(
        papers: &'s Papers<'s>,
        formats: &'s Formats,
        sheet: &'s mut Worksheet,
        headings: &[(String, u32)],
    ) -> Result<Self, Error> {
        let title = format!("{} · {}", papers.name(), sheet.name());
        let mut cells = Cells { papers, formats, sheet };
        let title = title.trim_start_matches(" · ");
        cells.write_text((0, 0), title, &formats.title)?;
        for (column, (heading, width)) in (0..).zip(headings) {
            cells.write_text((HEADINGS, column), heading, &formats.heading)?;
            cells.sheet.set_column_width(column, *width)?;
        }
        cells.sheet.set_row_height(HEADINGS, 32)?;
        Ok(cells)
    }

    /// Ends a sheet: headings stay in sight, with so many columns, and are repeated in print.
    pub(super) fn end(self, fixed: u16, (last_row, last_column): Place) -> Result<(), Error> {
        const WIDE: u16 = 8;
        let papers = self.papers;
        self.sheet.set_freeze_panes(FIRST, fixed)?;
        self.sheet.set_repeat_rows(HEADINGS, HEADINGS)?;
        self.sheet.set_print_area(0, 0, last_row, last_column)?;
        self.sheet.set_print_fit_to_pages(1, 0);
        self.sheet.set_paper_size(PAPER);
        if last_column >= WIDE {
            self.sheet.set_landscape();
        }
        let page = papers.say_with("papers.page", &[("page", "&P"), ("pages", "&N")]);
        let made = papers.made().replace('&', "&&");
        // The space ends the size: a digit behind it would be read as part of it.
        self.sheet.set_footer(format!("&L&8 {made}&C&8 {page}&R&8 &A"));
        Ok(())
    }

    pub(super) fn text(&mut self, at: Place, text: &str) -> Result<(), Error> {
        let formats = self.formats;
        self.write_text(at, text, &formats.text)
    }

    pub(super) fn write_text(
        &mut self,
        at: Place,
        text: &str,
        format: &Format,
    ) -> Result<(), Error> {
        let text = printable(text);
        if text.encode_utf16().count() > MOST_TEXT {
            return Err(Error::TooLongText { start: text.chars().take(20).collect() });
        }
        let formats = self.formats;
        let format = if looks_like_formula(&text) { &formats.quoted } else { format };
        self.sheet.write_string_with_format(at.0, at.1, text, format)?;
        Ok(())
    }

    /// An amount, to the fen: see [`number`].
    pub(super) fn money(&mut self, at: Place, amount: Fen) -> Result<(), Error> {
        let formats = self.formats;
        self.number(at, &amount.to_string(), &formats.money)
    }

    /// A number with the digits it is written with. A sheet's numbers are binary floats in
    /// memory and digits in the file; up to fifteen digits come out as they went in, and no
    /// arithmetic is done here.
    pub(super) fn number(&mut self, at: Place, digits: &str, format: &Format) -> Result<(), Error> {
        match digits.parse::<f64>() {
            Ok(number) => self.sheet.write_number_with_format(at.0, at.1, number, format)?,
            Err(_) => self.sheet.write_string_with_format(at.0, at.1, digits, format)?,
        };
        Ok(())
    }

    /// A formula and what it comes to, which programs show until they work it out.
    pub(super) fn formula(
        &mut self,
        at: Place,
        formula: &str,
        result: &str,
        format: &Format,
    ) -> Result<(), Error> {
        let formula = Formula::new(formula).set_result(result);
        self.sheet.write_formula_with_format(at.0, at.1, formula, format)?;
        Ok(())
    }

    /// The sum of a column's listed cells, to the fen; zero where none are listed.
    pub(super) fn money_total(&mut self, at: Place, total: Fen) -> Result<(), Error> {
        let formats = self.formats;
        if at.0 == FIRST {
            return self.number(at, &total.to_string(), &formats.money_total);
        }
        let (from, to) = ((FIRST, at.1), (at.0 - 1, at.1));
        let formula = super::formula::sum(from, to, total.0, 2);
        self.formula(at, &formula, &total.to_string(), &formats.money_total)
    }

    /// Whether two sides are the same, as a formula; they are.
    pub(super) fn check(&mut self, at: Place, one: &str, other: &str) -> Result<(), Error> {
        let formats = self.formats;
        let (same, differs) =
            (self.papers.say("papers.sheet.adds-up"), self.papers.say("papers.sheet.differs"));
        let formula = format!("=IF({one}={other},\"{same}\",\"{differs}\")");
        self.formula(at, &formula, &same, &formats.mark)
    }
}

/// A cell's name.
pub(super) fn cell(at: Place) -> String {
    row_col_to_cell(at.0, at.1)
}

/// The name of all cells from one to another.
pub(super) fn range(from: Place, to: Place) -> String {
    cell_range(from.0, from.1, to.0, to.1)
}
