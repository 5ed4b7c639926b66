//! What the element is told. Every text is worded, every amount written as it is shown.

use serde::Serialize;

/// All that is shown of a tariff before anything is asked.
#[derive(Debug, Serialize)]
pub struct View {
    /// What it is of.
    pub title: String,
    /// Its edition and date.
    pub edition: String,
    /// What is asked of a flat.
    pub fields: Vec<Field>,
    /// Words of the form.
    pub head: Head,
    /// The works, and who pays.
    pub overview: Overview,
    /// What is not public, and why.
    pub left_out: Vec<String>,
    /// The clauses it rests on.
    pub clauses: Vec<String>,
    /// The digest, told apart so that it can be compared.
    pub digest: String,
}

/// Words that stand over and beside the parts.
#[derive(Debug, Serialize)]
pub struct Head {
    /// Over the form.
    pub ask: String,
    /// On the button.
    pub submit: String,
    /// That nothing asked leaves the device.
    pub privacy: String,
    /// Over the works.
    pub overview: String,
    /// Over what is left out.
    pub left_out: String,
    /// Over the clauses.
    pub clauses: String,
    /// Before the digest.
    pub digest: String,
    /// Over a list of what is wrong.
    pub wrong: String,
}

/// One thing that is asked of a flat.
#[derive(Debug, Serialize)]
pub struct Field {
    /// The path of its value in a flat: `area`, `weights.heads`, `served`.
    pub name: String,
    /// What it is called.
    pub label: String,
    /// A word on it.
    pub hint: Option<String>,
    /// Whether it must be told.
    pub required: bool,
    /// Whether the value is a whole number of JSON; else a text, or a list of those chosen.
    pub whole: bool,
    /// Whether several choices may be taken.
    pub several: bool,
    /// What there is to choose from; empty where anything may be written.
    pub choices: Vec<Choice>,
}

/// One choice of a field.
#[derive(Debug, Serialize)]
pub struct Choice {
    /// Its value in a flat.
    pub value: String,
    /// What it is called.
    pub label: String,
    /// The building that a unit belongs to.
    pub of: Option<String>,
}

/// The works, and who pays for them.
#[derive(Debug, Serialize)]
pub struct Overview {
    /// The heads of the columns: line, amount, paid, residents.
    pub heads: Vec<String>,
    /// A row for each line, and one for all.
    pub rows: Vec<Row>,
    /// Who pays how much of all shared lines, the residents last.
    pub bars: Vec<Bar>,
    /// What the bars show.
    pub caption: String,
}

/// A line of the works.
#[derive(Debug, Serialize)]
pub struct Row {
    /// What it is called.
    pub name: String,
    /// How it is shared, and whom it serves.
    pub note: Option<String>,
    /// What it costs; none of an individual line.
    pub amount: Option<String>,
    /// Who pays what.
    pub paid: Vec<Part>,
    /// What is left to the residents.
    pub residents: Option<String>,
}

/// A label and an amount.
#[derive(Debug, Serialize)]
pub struct Part {
    /// What the amount is.
    pub label: String,
    /// The amount.
    pub amount: String,
}

/// One payer's part of all.
#[derive(Debug, Serialize)]
pub struct Bar {
    /// Who.
    pub label: String,
    /// How much.
    pub amount: String,
    /// The part in words.
    pub percent: String,
    /// Where the part begins and how long it is, in thousandths of all.
    pub from: u32,
    /// How long it is.
    pub length: u32,
}

/// What is answered to a flat.
#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// What it would pay.
    Pays {
        /// That it would pay this.
        label: String,
        /// What it would pay.
        due: String,
        /// How exact that is.
        exactness: Vec<String>,
        /// How it comes about; empty where it is the share alone.
        parts: Vec<Part>,
        /// The heads of the lines.
        heads: Vec<String>,
        /// What each line comes to.
        lines: Vec<Part>,
        /// What the answer does not hold.
        notes: Vec<String>,
        /// The shares, for the page around: nothing in them depends on hardship.
        shares: Vec<LineShare>,
        /// Their sum.
        share: String,
        /// By how many fen they may be off together.
        fen: u64,
    },
    /// What is wrong with it.
    Wrong(Vec<Wrong>),
}

/// A line's share in figures.
#[derive(Debug, Serialize)]
pub struct LineShare {
    /// The line's id.
    pub id: String,
    /// The share in yuan.
    pub share: String,
}

/// Something that is wrong.
#[derive(Debug, Serialize)]
pub struct Wrong {
    /// The stable code.
    pub code: String,
    /// Where.
    pub path: String,
    /// What, and what to do about it.
    pub message: String,
}
