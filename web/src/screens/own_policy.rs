//! The policy pack that the plan brings with it: written here or opened from a file, kept with the plan. It is edited like
//! the rest of the plan; what of it has no field here stays as the file has it.

use fentan_core::policy::Check;
use fentan_core::policy::charge::{FundUse, Item, Payer};
use fentan_core::{Change, Document, Packs, Problems};
use fentan_import::decoded;
use fentan_words::{Language, check, in_words, printable, say, say_with};
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html};

use crate::lazy;
use crate::message::{Refusal, Refused, Request};
use crate::page::Action;
use crate::parts::drawing::Drawing;
use crate::parts::editing::Editing;
use crate::parts::elements::{button, panel};
use crate::parts::field::{Blank, choice, dot, keys, length, named, rate, ticks, words};
use crate::parts::file::{bytes_of, choose_file, save};
use crate::parts::open_files::answer;
use crate::parts::part::{adder, append, at, mentions, quote, remover};
use crate::screens::works::PIPELINES;
use crate::work::{Task, done};

/// Where it stands in the plan.
const OWN: &str = "own_policy";
/// The id of one that is written here.
const ID: &str = "own";
/// The most bytes of a file of one.
const MOST_BYTES: f64 = 8_388_608.0;
/// The most problems of a file that are told.
const MOST_TOLD: usize = 20;

/// What a check is made against, where that has a field here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Against {
    /// A rate of the whole.
    Rate,
    /// The least that residents pay of basic works.
    Basic,
    /// Pipelines.
    Pipelines,
}

/// The checks that can be added here.
const CHECKS: [(Check, Against); 9] = [
    (Check::PipelineBoundary, Against::Pipelines),
    (Check::FundBarred, Against::Pipelines),
    (Check::ResidentsAtLeast, Against::Basic),
    (Check::TrueUp, Against::Rate),
    (Check::FundThreshold, Against::Rate),
    (Check::FundClosed, Against::Rate),
    (Check::Reserve, Against::Rate),
    (Check::RevenueToFund, Against::Rate),
    (Check::ManagementCost, Against::Rate),
];

impl Against {
    /// A check with nothing to be made against yet: a figure of ours would be one in silence.
    fn json(self, check: Check, clause: &str) -> String {
        let against = match self {
            Against::Rate => r#""rate":"""#,
            Against::Basic => r#""rates":{"basic":""}"#,
            Against::Pipelines => r#""pipelines":["water","power","gas","heating"]"#,
        };
        let (id, clause) = (check.as_str(), quote(clause));
        format!(r#"{{"id":"{id}","severity":"warning",{against},"clauses":[{clause}]}}"#)
    }

    /// The field of what it is made against.
    fn field(self) -> &'static str {
        match self {
            Against::Rate => "rate",
            Against::Basic => "rates.basic",
            Against::Pipelines => "pipelines",
        }
    }
}

const NAMES: [Blank; 2] =
    [words("name.zh", "view.basis.name"), words("place.zh", "view.basis.place")];
const OF_DOCUMENT: [Blank; 4] = [
    words("title", "view.basis.title"),
    words("number", "view.basis.number"),
    words("from", "view.basis.from"),
    words("published", "view.basis.published"),
];
const OF_CLAUSE: [Blank; 2] =
    [words("article", "view.basis.article"), words("quote", "view.basis.quote")];
const RATE: [Blank; 1] = [rate("rate", "view.basis.rate", "")];
const BASIC: [Blank; 1] = [rate("rates.basic", "view.basis.basic", "")];

/// What can be filled in by fields here: the name of the default, its fields, and as what it begins.
const VALUES: [(&str, &[Blank], &str); 2] = [
    (
        "residents_at_least",
        &[
            rate("residents_at_least.basic", "tier.basic", ""),
            rate("residents_at_least.improved", "tier.improved", ""),
            rate("residents_at_least.upgraded", "tier.upgraded", ""),
        ],
        r#"{"basic":""}"#,
    ),
    ("maintenance", &[rate("maintenance.target", "view.basis.target", "")], r#"{"target":""}"#),
];

const OF_CHARGE: [Blank; 3] = [
    rate("residents", "view.basis.residents", ""),
    words("note.zh", "view.basis.charge-note"),
    words("ask.zh", "view.basis.ask"),
];

/// Draws the part of the screen.
pub fn draw(editing: &Editing) -> Html {
    let language = editing.language;
    let mut drawing = Drawing::new(editing);
    drawing.open("", "");
    match editing.form.document.value(OWN) {
        None => {
            drawing.open("div", "tools");
            let begin = vec![put(new(editing)), choose(ID)];
            drawing.put(button(
                "own-policy-new",
                editing.say("view.basis.new"),
                Some(editing.change(begin)),
            ));
            drawing.put(opener(editing, "view.basis.open"));
            drawing.close();
        }
        Some(_) => {
            chosen(&mut drawing);
            written(&mut drawing);
            drawing.open("div", "tools");
            drawing.put(button(
                "own-policy-save",
                editing.say("view.basis.save"),
                Some(saver(editing)),
            ));
            drawing.put(opener(editing, "view.basis.open-other"));
            let mut gone = vec![Change::Remove { path: OWN.to_owned() }];
            if is_chosen(editing) {
                gone.push(Change::Clear { path: "policy".to_owned() });
            }
            drawing.put(button(
                "own-policy-remove",
                editing.say("view.basis.remove"),
                Some(editing.change(gone)),
            ));
            drawing.close();
        }
    }
    let parts = vec![drawing.take()];
    panel(language, "own-policy", "view.basis.heading", "view.basis.own-note", parts)
}

fn put(json: String) -> Change {
    Change::Put { path: OWN.to_owned(), json, at: None }
}

fn choose(id: &str) -> Change {
    Change::Write { path: "policy".to_owned(), text: id.to_owned() }
}

fn own(field: &str) -> String {
    dot(OWN, field)
}

fn is_chosen(editing: &Editing) -> bool {
    editing.text("policy") == editing.text(&own("id"))
}

/// A pack with one clause, to be filled in.
fn new(editing: &Editing) -> String {
    let say = |key: &str| editing.say(key);
    let place = match editing.text("compound.place").trim() {
        "" => say("view.basis.new-place"),
        place => place.to_owned(),
    };
    // The policy that the plan follows, else that of the wider place, else national law.
    let packs = Packs::default();
    let locality = packs.at(&place);
    let around = locality.packs.first().filter(|_| locality.is_known);
    let within = match editing.text("policy") {
        "" | ID => around.map_or("china", |pack| pack.id()).to_owned(),
        chosen => chosen.to_owned(),
    };
    let [name, place, within] = [say("view.basis.new-name"), place, within].map(|one| quote(&one));
    let published = quote(&say("view.basis.new-published"));
    let clause = clause(editing, "1");
    format!(
        r#"{{"fentan_policy":1,"id":"{ID}","name":{{"zh":{name}}},"place":{{"zh":{place}}},"within":{within},"documents":[{{"title":{name},"published":{published},"verified":"report","clauses":[{clause}]}}]}}"#
    )
}

fn clause(editing: &Editing, id: &str) -> String {
    let article = quote(&editing.say("view.basis.new-article"));
    format!(r#"{{"id":{},"article":{article}}}"#, quote(id))
}

/// What it is, and whether the plan follows it.
fn chosen(drawing: &mut Drawing<'_>) {
    let editing = drawing.editing;
    let name = printable(editing.text(&own("name.zh")));
    let key = if is_chosen(editing) { "view.basis.followed" } else { "view.basis.not-followed" };
    drawing.open("p", "own-policy-state");
    drawing.text("strong", "", &say_with(editing.language, key, &[("name", &name)]));
    drawing.close();
    if !is_chosen(editing) {
        drawing.open("div", "tools");
        let follow = vec![choose(editing.text(&own("id")))];
        drawing.put(button(
            "own-policy-use",
            editing.say("view.basis.follow"),
            Some(editing.change(follow)),
        ));
        drawing.close();
    }
}

/// The fields of what is written in it.
fn written(drawing: &mut Drawing<'_>) {
    let editing = drawing.editing;
    drawing.path = OWN.to_owned();
    drawing.problems();
    drawing.open("div", "limits");
    drawing.fields(&NAMES);
    let packs = Packs::default();
    let within = packs.iter().map(|pack| {
        let id = pack.id().to_owned();
        let name = in_words(editing.language, &pack.name).to_owned();
        let write = Change::Write { path: own("within"), text: id.clone() };
        (id, name, vec![write])
    });
    let none = vec![Change::Clear { path: own("within") }];
    let mut choices = vec![(String::new(), editing.say("view.basis.none"), none)];
    choices.extend(within);
    drawing.pick("within", "view.basis.within", editing.text(&own("within")), choices);
    drawing.close();

    drawing.say("h3", "", "view.basis.documents");
    drawing.open("ol", "parts");
    for document in 0..length(editing, &own("documents")) {
        of_document(drawing, document);
    }
    drawing.close();
    drawing.open("div", "tools");
    let json = format!(
        r#"{{"title":{},"published":{},"verified":"report","clauses":[{}]}}"#,
        quote(&editing.say("view.basis.new-name")),
        quote(&editing.say("view.basis.new-published")),
        clause(editing, &free_clause(editing)),
    );
    let list = own("documents");
    let then = dot(&at(&list, length(editing, &list)), "title");
    adder(
        drawing,
        editing.say("view.basis.add-document"),
        vec![append(editing, &list, json)],
        then,
    );
    drawing.close();

    drawing.say("h3", "", "view.basis.checks");
    drawing.say("p", "note", "view.basis.checks-note");
    drawing.open("ol", "parts");
    for index in 0..length(editing, &own("checks")) {
        of_check(drawing, index);
    }
    drawing.close();
    drawing.open("div", "tools");
    let clauses = clauses(editing);
    let first = clauses.first().map(|(id, _)| id.as_str()).unwrap_or_default();
    let list = own("checks");
    for (one, against) in CHECKS {
        let change = append(editing, &list, against.json(one, first));
        let then = dot(&at(&list, length(editing, &list)), against.field());
        adder(drawing, check(editing.language, one), vec![change], then);
    }
    drawing.close();

    drawing.say("h3", "", "view.basis.values");
    drawing.say("p", "note", "view.basis.values-note");
    drawing.open("ol", "parts");
    let is_filled = |name: &str| editing.form.document.value(&value_path(name)).is_some();
    for (name, blanks, _) in VALUES.into_iter().filter(|(name, ..)| is_filled(name)) {
        of_value(drawing, name, blanks);
    }
    drawing.close();
    drawing.open("div", "tools");
    for (name, blanks, json) in VALUES.into_iter().filter(|(name, ..)| !is_filled(name)) {
        let value = Change::Put { path: value_path(name), json: json.to_owned(), at: None };
        let json = format!("[{}]", quote(first));
        let ground = Change::Put { path: ground_path(name), json, at: None };
        let then = dot(&own("defaults"), blanks[0].field);
        let called = editing.say(&dot("view.basis", name));
        adder(drawing, called, vec![value, ground], then);
    }
    drawing.close();

    drawing.say("h3", "", "view.basis.charges");
    drawing.say("p", "note", "view.basis.charges-note");
    drawing.open("ol", "parts");
    let list = own("charges");
    for index in 0..length(editing, &list) {
        of_charge(drawing, index);
    }
    drawing.close();
    drawing.open("div", "tools");
    let json = format!(r#"{{"items":[],"clauses":[{}]}}"#, quote(first));
    let then = dot(&at(&list, length(editing, &list)), "payer");
    adder(drawing, editing.say("view.basis.add-charge"), vec![append(editing, &list, json)], then);
    drawing.close();
}

fn value_path(name: &str) -> String {
    dot(&own("defaults"), name)
}

fn ground_path(name: &str) -> String {
    dot(&own("grounds"), name)
}

/// A value that is filled in where a plan has none, and the clauses that it rests on.
fn of_value(drawing: &mut Drawing<'_>, name: &str, blanks: &[Blank]) {
    let editing = drawing.editing;
    let called = editing.say(&dot("view.basis", name));
    drawing.path = value_path(name);
    drawing.open("li", "");
    drawing.problems();
    drawing.path = own("defaults");
    drawing.open("div", "limits");
    drawing.text("strong", "", &called);
    drawing.fields(blanks);
    let path = value_path(name);
    let gone = [path.clone(), ground_path(name)].map(|path| Change::Clear { path });
    remover(drawing, &path, &called, gone.into());
    drawing.close();
    let said = editing.say("view.basis.clauses");
    drawing.put(ticks(editing, &ground_path(name), said, clauses(editing)));
    drawing.close();
}

/// Who must pay for something, and the clauses that say so.
fn of_charge(drawing: &mut Drawing<'_>, index: usize) {
    let editing = drawing.editing;
    let path = at(&own("charges"), index);
    drawing.path.clone_from(&path);
    drawing.open("li", "");
    let items = Item::ALL.iter().map(|item| {
        let item = item.as_str();
        (item.to_owned(), editing.say(&dot("item", item)))
    });
    let said = editing.say("view.basis.items");
    drawing.put(ticks(editing, &dot(&path, "items"), said, items.collect()));
    drawing.open("div", "limits");
    let payers: Vec<&str> = Payer::ALL.iter().map(|payer| payer.as_str()).collect();
    drawing.choice("payer", ["view.basis.payer", "view.basis.choose", "payer"], &payers);
    let funds: Vec<&str> = FundUse::ALL.iter().map(|fund| fund.as_str()).collect();
    drawing.choice("fund", ["view.basis.fund", "view.basis.not-said", "fund-use"], &funds);
    drawing.fields(&OF_CHARGE);
    let called = editing.say("view.basis.charge");
    remover(drawing, &path, &called, vec![Change::Remove { path: path.clone() }]);
    drawing.close();
    drawing.problems();
    let said = editing.say("view.basis.clauses");
    drawing.put(ticks(editing, &dot(&path, "clauses"), said, clauses(editing)));
    drawing.close();
}

/// A document with its clauses.
fn of_document(drawing: &mut Drawing<'_>, document: usize) {
    let editing = drawing.editing;
    let path = at(&own("documents"), document);
    drawing.path.clone_from(&path);
    drawing.open("li", "");
    drawing.open("div", "limits");
    drawing.fields(&OF_DOCUMENT);
    let verified = ["text", "report"];
    let verified = verified.map(|one| (one, editing.say(&["view.basis.verified-", one].concat())));
    let name = editing.say("view.basis.verified");
    drawing.put(choice(editing, &dot(&path, "verified"), name, false, verified.into()));
    drawing.close();
    drawing.problems();
    let clauses = dot(&path, "clauses");
    drawing.open("ul", "steps");
    let count = length(editing, &clauses);
    for clause in 0..count {
        drawing.path = at(&clauses, clause);
        drawing.open("li", "limits");
        drawing.fields(&OF_CLAUSE);
        if count > 1 {
            let mut changes = uncited(editing, drawing.written("id"));
            let own = drawing.path.clone();
            changes.push(Change::Remove { path: own.clone() });
            let name = printable(drawing.written("article"));
            remover(drawing, &own, &name, changes);
        }
        drawing.close();
    }
    drawing.close();
    drawing.open("div", "tools");
    let new = clause(editing, &free_clause(editing));
    let then = dot(&at(&clauses, count), "article");
    adder(
        drawing,
        editing.say("view.basis.add-clause"),
        vec![append(editing, &clauses, new)],
        then,
    );
    if length(editing, &own("documents")) > 1 {
        let mut changes = Vec::new();
        for clause in 0..count {
            changes.extend(uncited(editing, editing.text(&dot(&at(&clauses, clause), "id"))));
        }
        changes.push(Change::Remove { path });
        let said = editing.say("view.basis.remove-document");
        drawing.put(button("", said, Some(editing.change(changes))));
    }
    drawing.close();
    drawing.close();
}

/// A check, what it is made against, and the clauses that it rests on.
fn of_check(drawing: &mut Drawing<'_>, index: usize) {
    let editing = drawing.editing;
    let path = at(&own("checks"), index);
    drawing.path.clone_from(&path);
    let id = drawing.written("id");
    let known = Check::ALL.iter().find(|one| one.as_str() == id);
    let name = known.map_or(printable(id), |&one| check(editing.language, one));
    drawing.open("li", "");
    drawing.open("div", "limits");
    drawing.text("strong", "", &name);
    let against = CHECKS.iter().find(|(one, _)| one.as_str() == id).map(|(_, against)| against);
    match against {
        Some(Against::Rate) => drawing.fields(&RATE),
        Some(Against::Basic) => drawing.fields(&BASIC),
        _ => {}
    }
    let severities = ["error", "warning", "note"];
    let severities = severities.map(|one| (one, editing.say(&dot("severity", one))));
    let called = editing.say("view.basis.severity");
    drawing.put(choice(editing, &dot(&path, "severity"), called, false, severities.into()));
    remover(drawing, &path, &name, vec![Change::Remove { path: path.clone() }]);
    drawing.close();
    drawing.problems();
    if against == Some(&Against::Pipelines) {
        let pipelines = PIPELINES.iter();
        let pipelines =
            pipelines.map(|one| ((*one).to_owned(), editing.say(&dot("pipeline", one))));
        let called = editing.say("view.basis.pipelines");
        drawing.put(ticks(editing, &dot(&path, "pipelines"), called, pipelines.collect()));
    }
    let called = editing.say("view.basis.clauses");
    drawing.put(ticks(editing, &dot(&path, "clauses"), called, clauses(editing)));
    drawing.close();
}

/// The clauses that it has, as they are named, and what they are called.
fn clauses(editing: &Editing) -> Vec<(String, String)> {
    let id = editing.text(&own("id"));
    let mut found = Vec::new();
    for document in 0..length(editing, &own("documents")) {
        let path = at(&own("documents"), document);
        let title = editing.text(&dot(&path, "title"));
        let of_document = dot(&path, "clauses");
        for clause in 0..length(editing, &of_document) {
            let field = |name: &str| editing.text(&dot(&at(&of_document, clause), name));
            let name = format!("《{title}》{}", field("article"));
            found.push(([id, "/", field("id")].concat(), printable(&name)));
        }
    }
    found
}

/// The id of a clause that none has yet.
fn free_clause(editing: &Editing) -> String {
    let known = clauses(editing);
    let is_free = |id: &String| {
        let id = ["/", id].concat();
        known.iter().all(|(one, _)| !one.ends_with(&id))
    };
    (1..).map(|number: u32| number.to_string()).find(is_free).unwrap_or_default()
}

/// What takes a clause out of all that rests on it, the last first.
fn uncited(editing: &Editing, clause: &str) -> Vec<Change> {
    let id = [editing.text(&own("id")), "/", clause].concat();
    let mut named_at = Vec::new();
    for list in ["checks", "charges"].map(own) {
        for index in 0..length(editing, &list) {
            mentions(editing, &id, &dot(&at(&list, index), "clauses"), &mut named_at);
        }
    }
    for name in keys(editing, &own("grounds")) {
        mentions(editing, &id, &named(&own("grounds"), &name), &mut named_at);
    }
    named_at.reverse();
    named_at.into_iter().map(|path| Change::Remove { path }).collect()
}

/// What saves it as a file, to be opened again or given to others.
fn saver<E>(editing: &Editing) -> Callback<E> {
    let written = editing.form.document.value(OWN);
    let json = written.and_then(|own| serde_json::to_string_pretty(own).ok()).unwrap_or_default();
    let name = editing
        .text(&own("name.zh"))
        .trim()
        .replace(['/', '\\', ':', '*', '?', '"', '<', '>', '|'], "-");
    Callback::from(move |_| {
        // A browser that saves nothing tells it itself.
        let _ = save(&format!("{name}.fentan-policy.json"), "application/json", json.as_bytes());
    })
}

/// A button that opens one from a file.
fn opener(editing: &Editing, key: &str) -> Html {
    let (language, send) = (editing.language, editing.send.clone());
    let opened = move |file: web_sys::File| {
        let send = send.clone();
        spawn_local(async move {
            let action = match read(language, &file).await {
                Ok(changes) => Action::Ask(Request::Change(changes)),
                Err(reason) => Action::Refuse(Refusal { file: file.name(), reason }),
            };
            send.emit(action);
        });
    };
    choose_file("own-policy-file", ".toml,.json", say(language, key), opened.into())
}

/// Reads and checks a file; the changes that take it into the plan.
///
/// # Errors
/// What is wrong with it.
async fn read(language: Language, file: &web_sys::File) -> Result<Vec<Change>, Refused> {
    if file.size() > MOST_BYTES {
        return Err(Refused::TooLarge);
    }
    let json: String = match file.name().to_lowercase().ends_with(".json") {
        true => {
            bytes_of(file).await.and_then(|bytes| decoded(&bytes)).ok_or(Refused::Unreadable)?
        }
        false => answer(done(Task::Toml, &language, Some(file)).await)?,
    };
    let words = lazy::words().await.ok_or(Refused::NotLoaded)?;
    let told = |problems: Problems, document: &Document<'_>| {
        let told = problems.iter().take(MOST_TOLD);
        Refused::Words(told.map(|one| (words.line)(language, one, document)).collect())
    };
    let document = Document::from_json(json.as_bytes())
        .map_err(|problems| told(problems, &Document::default()))?;
    if document.value("fentan").is_some() {
        return Err(Refused::Words(vec![say(language, "view.basis.is-plan")]));
    }
    let mut packs = Packs::default();
    let id = packs.add(&document).map_err(|problems| told(problems, &document))?.id().to_owned();
    Ok(vec![put(json), choose(&id)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_check_that_can_be_added_lacks_only_its_figure() {
        let head = r#""fentan_policy":1,"id":"own","name":{"zh":"x"},"place":{"zh":"x"},
            "documents":[{"title":"x","published":"x","verified":"report","clauses":[{"id":"1","article":"1"}]}]"#;
        for (check, against) in CHECKS {
            let json = against.json(check, "own/1");
            let pack = format!("{{{head},\"checks\":[{json}]}}");
            let document = Document::from_json(pack.as_bytes()).expect("JSON");
            let found = Packs::default().add(&document).map(|_| ()).err();
            let paths: Vec<_> =
                found.iter().flat_map(|found| found.iter()).map(|one| one.path.as_str()).collect();
            let expected = match against {
                Against::Pipelines => Vec::new(),
                _ => vec![dot("checks[0]", against.field())],
            };
            assert_eq!(paths, expected, "{json}");
        }
    }
}
