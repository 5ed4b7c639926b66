//! The screen, drawn.

use fentan_core::collection::Method;
use fentan_core::{Day, Fen};
use fentan_ledger::book::{Book, Entry, Paid, Receipt, report};
use fentan_words::{Language, cell, money, say, say_with};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::html::Scope;
use yew::{Context, Event, Html, InputEvent, MouseEvent, SubmitEvent, TargetCast, html};

use super::standing::{Standing, Sum};
use super::{Look, Message, Screen, Typed};
use crate::parts::file::choose_file;

/// The homes that are listed, and the entries.
const LISTED: usize = 200;
const LATEST: usize = 12;

/// All of the screen.
pub fn screen(context: &Context<Screen>, screen: &Screen) -> Html {
    let language = context.props().language;
    let link = context.link();
    let text = |key: &str| say(language, &format!("view.collection.{key}"));
    let standing = screen.standing.as_ref();
    let has_calls = standing.is_none_or(|one| !one.calls.calls.is_empty());
    html! {
        <>
            <link rel="stylesheet" href="account.css" />
            <section id="collection" class="panel" aria-labelledby="collection-heading">
                <h2 id="collection-heading">{ text("heading") }</h2>
                <p class="note">{ text("note") }</p>
                if !has_calls { { draft(language, link, screen) } }
                if context.props().plan == 0 && standing.is_some() {
                    <p role="alert">{ text("nothing-kept") }</p>
                }
                { payment(language, link, screen) }
                <p id="payment-said" class="account-said" role="status">{ &screen.said }</p>
                <p id="payment-refusal" role="alert">{ &screen.refusal }</p>
                if let Some(taking) = &screen.taking { { taking.draw(language, link) } }
                if let Some((book, _)) = &screen.book { { latest(language, link, screen, book) } }
            </section>
            if let Some(standing) = standing { { stand(language, link, screen, standing) } }
            { files(language, link, screen) }
        </>
    }
}

/// A field that changes what is typed.
fn typing(link: &Scope<Screen>, change: fn(&mut Typed, String)) -> yew::Callback<InputEvent> {
    link.callback(move |event: InputEvent| {
        Message::Type(change, event.target_unchecked_into::<HtmlInputElement>().value())
    })
}

fn looking(link: &Scope<Screen>, change: fn(&mut Look, String)) -> yew::Callback<InputEvent> {
    link.callback(move |event: InputEvent| {
        Message::Look(change, event.target_unchecked_into::<HtmlInputElement>().value())
    })
}

/// The field for a payment: door, amount, Enter.
fn payment(language: Language, link: &Scope<Screen>, screen: &Screen) -> Html {
    let text = |key: &str| say(language, &format!("view.collection.{key}"));
    let typed = &screen.typed;
    let home = screen.standing.as_ref().and_then(|standing| {
        let index = standing.find(&typed.door)?;
        let (home, paid, stand) = standing.home(index, screen.on());
        let values = [
            ("household", home.id.clone()),
            ("cash", money(home.cash)),
            ("called", money(stand.called)),
            ("paid", money(paid)),
            ("arrears", money(stand.arrears)),
        ];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        Some((say_with(language, "view.collection.home", &values), stand.arrears))
    });
    let (said, arrears) = home.unwrap_or_default();
    let placeholder = if arrears.is_zero() { String::new() } else { arrears.to_string() };
    let methods = Method::ALL.iter().map(|&method| {
        html! {
            <option value={method.as_str()} selected={method == typed.method}>
                { report::method(language, method) }
            </option>
        }
    });
    let method = link.callback(|event: Event| {
        let change = |typed: &mut Typed, value: String| {
            let method = Method::ALL.iter().copied().find(|method| method.as_str() == value);
            typed.method = method.unwrap_or(Method::Other);
        };
        Message::Type(change, event.target_unchecked_into::<HtmlSelectElement>().value())
    });
    let onsubmit = link.callback(|event: SubmitEvent| {
        event.prevent_default();
        Message::Pay
    });
    let is_ready = screen.book.is_some() && screen.standing.is_some();
    html! {
        <form id="payment" class="account-form" {onsubmit}>
            <label>
                { text("door") }
                <input id="payment-door" autocomplete="off" autocapitalize="off" spellcheck="false"
                    value={typed.door.clone()}
                    oninput={typing(link, |typed, value| typed.door = value)} />
            </label>
            <label>
                { text("amount") }
                <input id="payment-amount" inputmode="decimal" autocomplete="off" {placeholder}
                    value={typed.amount.clone()}
                    oninput={typing(link, |typed, value| typed.amount = value)} />
            </label>
            <label>
                { text("method") }
                <select id="payment-method" onchange={method}>{ for methods }</select>
            </label>
            <label>
                { text("date") }
                <input id="payment-date" type="date" value={typed.date.clone()}
                    oninput={typing(link, |typed, value| typed.date = value)} />
            </label>
            <label>
                { text("remark") }
                <input id="payment-note" autocomplete="off" value={typed.note.clone()}
                    oninput={typing(link, |typed, value| typed.note = value)} />
            </label>
            <button id="payment-record" type="submit" class="button" disabled={!is_ready}>
                { text("record") }
            </button>
            <p id="payment-home" class="note" aria-live="polite">{ said }</p>
        </form>
    }
}

/// Fields for the calls, where the plan has none yet.
fn draft(language: Language, link: &Scope<Screen>, screen: &Screen) -> Html {
    let text = |key: &str| say(language, &format!("view.collection.{key}"));
    let call = |index: usize, (due, part): &(String, String)| {
        let typed = |is_part: bool| {
            link.callback(move |event: InputEvent| {
                let value = event.target_unchecked_into::<HtmlInputElement>().value();
                Message::Draft(index, is_part, value)
            })
        };
        html! {
            <div class="account-form">
                <label>{ text("due") }
                    <input type="date" value={due.clone()} oninput={typed(false)} /></label>
                <label>{ text("part") }
                    <input autocomplete="off" value={part.clone()} oninput={typed(true)} /></label>
            </div>
        }
    };
    let calls =
        screen.drafted.calls.iter().enumerate().map(|(index, drafted)| call(index, drafted));
    html! {
        <div id="calls-draft" class="message">
            <h3>{ text("no-calls") }</h3>
            <p>{ text("no-calls-note") }</p>
            { for calls }
            <p class="tools">
                <button type="button" class="button"
                    onclick={link.callback(|_: MouseEvent| Message::DraftCalls(true))}
                >{ text("more-calls") }</button>
                <button type="button" class="button"
                    onclick={link.callback(|_: MouseEvent| Message::DraftCalls(false))}
                >{ text("fewer-calls") }</button>
                <button id="calls-take" type="button" class="button"
                    onclick={link.callback(|_: MouseEvent| Message::TakeCalls)}
                >{ text("take-calls") }</button>
            </p>
        </div>
    }
}

/// The entries of this browser's desk made last, each to be reversed.
fn latest(language: Language, link: &Scope<Screen>, screen: &Screen, book: &Book) -> Html {
    let text = |key: &str| say(language, &format!("view.collection.{key}"));
    let search = screen.look.search.trim();
    let entries = book.entries().filter_map(|(receipt, entry)| match entry {
        Entry::Paid(paid) => Some((receipt, paid)),
        Entry::Reversed(_) => None,
    });
    let mut entries: Vec<_> = entries
        .filter(|(receipt, paid)| {
            paid.household.contains(search) || receipt.to_string().contains(search)
        })
        .collect();
    let key = |(receipt, paid): &(Receipt, &Paid)| (paid.date, receipt.number);
    // Of many thousand only these are put in order.
    if let Some(rest) = entries.len().checked_sub(LATEST).filter(|rest| *rest > 0) {
        entries.select_nth_unstable_by_key(rest, key);
        entries.drain(..rest);
    }
    entries.sort_unstable_by_key(key);
    let rows = entries.iter().rev();
    let rows = rows.map(|&(receipt, paid)| entry(language, link, screen, book, receipt, paid));
    let doubts = book.doubts().into_iter().take(LATEST);
    let doubts = doubts.map(|one| html! { <p class="note">{ report::doubt(language, one) }</p> });
    html! {
        <>
            { for doubts }
            if !entries.is_empty() {
                <h3 id="entries-heading">{ text("latest") }</h3>
                <div class="table-box" role="group" tabindex="0" aria-labelledby="entries-heading">
                    <table id="entries">
                        <thead><tr>
                            { for ["receipt", "date", "household", "amount", "method", "remark", "undo"]
                                .map(|key| html! { <th scope="col">{ text(key) }</th> }) }
                        </tr></thead>
                        <tbody>{ for rows }</tbody>
                    </table>
                </div>
            }
        </>
    }
}

fn entry(
    language: Language,
    link: &Scope<Screen>,
    screen: &Screen,
    book: &Book,
    receipt: Receipt,
    paid: &Paid,
) -> Html {
    let text = |key: &str| say(language, &format!("view.collection.{key}"));
    let undo = match (book.reversal_of(receipt), &screen.reversing) {
        (Some((reversal, reversed)), _) => {
            let values = [("receipt", &*reversal.to_string()), ("reason", &reversed.reason)];
            html! { { say_with(language, "view.collection.undone", &values) } }
        }
        (None, Some((asked, reason))) if *asked == receipt => html! {
            <span class="tools">
                <input id="reverse-reason" aria-label={text("reason")} placeholder={text("reason")}
                    value={reason.clone()}
                    oninput={link.callback(|event: InputEvent| {
                        Message::Reason(event.target_unchecked_into::<HtmlInputElement>().value())
                    })} />
                <button id="reverse" type="button" class="button"
                    onclick={link.callback(|_: MouseEvent| Message::Reverse)}
                >{ text("undo") }</button>
                <button type="button" class="button"
                    onclick={link.callback(|_: MouseEvent| Message::Ask(None))}
                >{ text("put-away") }</button>
            </span>
        },
        _ => html! {
            <button type="button" class="figure" data-reverse={receipt.to_string()}
                onclick={link.callback(move |_: MouseEvent| Message::Ask(Some(receipt)))}
            >{ text("undo") }</button>
        },
    };
    html! {
        <tr>
            <th scope="row">{ receipt.to_string() }</th>
            <td>{ paid.date.to_string() }</td>
            <td>{ &paid.household }</td>
            <td class="sum">{ cell(paid.amount) }</td>
            <td>{ report::method(language, paid.method) }</td>
            <td>{ paid.note.as_deref().unwrap_or_default() }</td>
            <td>{ undo }</td>
        </tr>
    }
}

/// Who has paid by a day: in all, by call, by building, by home.
fn stand(language: Language, link: &Scope<Screen>, screen: &Screen, standing: &Standing) -> Html {
    let text = |key: &str| say(language, &format!("view.collection.{key}"));
    let look = &screen.look;
    let Sum { homes, paid_up, called, paid, arrears, ahead } = standing.sums.all;
    let values = [
        ("on", screen.on().to_string()),
        ("called", money(called)),
        ("paid", money(paid)),
        ("arrears", money(arrears)),
        ("ahead", money(ahead)),
    ];
    let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
    let said = say_with(language, "collection.stand", &values);
    let needed = (homes * look.goal as usize).div_ceil(100);
    let goal = [
        ("paid-up", paid_up.to_string()),
        ("all", homes.to_string()),
        ("needed", needed.to_string()),
        ("more", needed.saturating_sub(paid_up).to_string()),
    ];
    let goal = goal.each_ref().map(|(name, value)| (*name, value.as_str()));
    let key = if paid_up >= needed { "goal-met" } else { "goal-open" };
    let goal = say_with(language, &format!("view.collection.{key}"), &goal);
    let goals = [50, 60, 70, 80, 90, 100].map(|part: u32| {
        html! { <option value={part.to_string()} selected={part == look.goal}>{ format!("{part}%") }</option> }
    });
    let onchange = |change: fn(&mut Look, String)| {
        link.callback(move |event: Event| {
            Message::Look(change, event.target_unchecked_into::<HtmlSelectElement>().value())
        })
    };
    let buildings = standing.sums.buildings.iter().map(|(name, _)| {
        html! { <option value={name.clone()} selected={*name == look.building}>{ name }</option> }
    });
    let behind = link.callback(|event: Event| {
        let is = event.target_unchecked_into::<HtmlInputElement>().checked();
        let change = |look: &mut Look, value: String| look.behind = !value.is_empty();
        Message::Look(change, if is { "yes".to_owned() } else { String::new() })
    });
    let strangers = standing.strangers.iter().take(LATEST).map(|(home, paid)| {
        let values = [("household", home.as_str()), ("amount", &money(*paid))];
        html! { <p role="alert">{ say_with(language, "view.collection.stranger", &values) }</p> }
    });
    let held = standing.calls.held;
    html! {
        <section id="stand" class="panel" aria-labelledby="stand-heading">
            <h2 id="stand-heading">{ text("stand") }</h2>
            <div class="account-form">
                <label>{ text("on") }
                    <input id="stand-on" type="date" value={look.on.clone()}
                        oninput={looking(link, |look, value| look.on = value)} /></label>
                <label>{ text("goal") }
                    <select id="stand-goal" onchange={onchange(|look, value| {
                        look.goal = value.parse().unwrap_or(look.goal);
                    })}>{ for goals }</select></label>
            </div>
            { for strangers }
            <p id="stand-said" role="status">{ said }</p>
            <p id="stand-goal-said">{ goal }</p>
            if !held.is_zero() {
                <p class="note">{ say_with(language, "collection.held", &[("held", &money(held))]) }</p>
            }
            { by_call(language, standing) }
            { by_building(language, standing) }
            <h3 id="stand-homes-heading">{ text("homes") }</h3>
            <div class="account-form">
                <label>{ text("search") }
                    <input id="stand-search" autocomplete="off" value={look.search.clone()}
                        oninput={looking(link, |look, value| look.search = value)} /></label>
                <label>{ text("building") }
                    <select id="stand-building" onchange={onchange(|look, value| look.building = value)}>
                        <option value="">{ text("all-buildings") }</option>
                        { for buildings }
                    </select></label>
                <label class="account-check">
                    <input id="stand-behind" type="checkbox" checked={look.behind} onchange={behind} />
                    { text("behind") }
                </label>
            </div>
            { by_home(language, look, screen.on(), standing) }
        </section>
    }
}

fn table(id: &str, heads: Vec<String>, rows: impl Iterator<Item = Html>) -> Html {
    html! {
        <div class="table-box" role="group" tabindex="0" aria-labelledby={format!("{id}-heading")}>
            <table id={id.to_owned()}>
                <thead><tr>{ for heads.into_iter().map(|head| html! { <th scope="col">{ head }</th> }) }</tr></thead>
                <tbody>{ for rows }</tbody>
            </table>
        </div>
    }
}

fn amounts(amounts: impl IntoIterator<Item = Fen>) -> Html {
    amounts.into_iter().map(|amount| html! { <td>{ cell(amount) }</td> }).collect()
}

fn by_call(language: Language, standing: &Standing) -> Html {
    let text = |key: &str| say(language, &format!("view.collection.{key}"));
    let rows = standing.calls.calls.iter().zip(&standing.sums.calls).enumerate();
    let rows = rows.map(|(index, ((_, due), &(called, paid)))| {
        html! {
            <tr>
                <th scope="row">{ say_with(language, "view.collection.call", &[("number", &(index + 1).to_string())]) }</th>
                <td>{ due.to_string() }</td>
                { amounts([called, paid, called.less(paid)]) }
            </tr>
        }
    });
    let heads = ["calls", "due", "call-amount", "paid", "open"].map(text);
    html! {
        <>
            <h3 id="stand-calls-heading">{ text("calls") }</h3>
            { table("stand-calls", heads.to_vec(), rows) }
        </>
    }
}

fn by_building(language: Language, standing: &Standing) -> Html {
    let text = |key: &str| say(language, &format!("view.collection.{key}"));
    if standing.sums.buildings.len() < 2 {
        return Html::default();
    }
    let rows = standing.sums.buildings.iter().map(|(name, sum)| {
        html! {
            <tr>
                <th scope="row">{ name }</th>
                <td>{ sum.homes }</td>
                <td>{ sum.paid_up }</td>
                { amounts([sum.called, sum.paid, sum.arrears]) }
            </tr>
        }
    });
    let heads = ["building", "count", "paid-up", "called", "paid", "arrears"].map(text);
    html! {
        <>
            <h3 id="stand-buildings-heading">{ text("buildings") }</h3>
            { table("stand-buildings", heads.to_vec(), rows) }
        </>
    }
}

fn by_home(language: Language, look: &Look, on: Day, standing: &Standing) -> Html {
    let text = |key: &str| say(language, &format!("view.collection.{key}"));
    let search = look.search.trim();
    let homes = standing.calls.homes.iter().enumerate().filter(|(_, home)| {
        home.id.contains(search) && (look.building.is_empty() || home.building == look.building)
    });
    let homes = homes.map(|(index, _)| standing.home(index, on));
    let mut homes = homes.filter(|(.., stand)| !look.behind || !stand.arrears.is_zero());
    let listed: Vec<_> = homes.by_ref().take(LISTED).collect();
    let more = homes.count();
    let rows = listed.iter().map(|(home, paid, stand)| {
        html! {
            <tr>
                <th scope="row">{ &home.id }</th>
                { amounts([home.cash, stand.called, *paid, stand.arrears, stand.ahead]) }
            </tr>
        }
    });
    let heads = ["household", "cash", "called", "paid", "arrears", "ahead"].map(text);
    html! {
        <>
            { table("stand-homes", heads.to_vec(), rows) }
            if more > 0 {
                <p class="note">{ say_with(language, "view.collection.more", &[("count", &more.to_string())]) }</p>
            }
        </>
    }
}

/// The papers, and the files that books and statements come in and go out as.
fn files(language: Language, link: &Scope<Screen>, screen: &Screen) -> Html {
    let text = |key: &str| say(language, &format!("view.collection.{key}"));
    let papers = ["calls", "reminders", "receipts", "unpaid", "collection-notice"].map(|paper| {
        html! {
            <button type="button" class="button" data-paper={paper} disabled={screen.book.is_none()}
                onclick={link.callback(move |_: MouseEvent| Message::Paper(paper, "docx"))}
            >{ say(language, &format!("account-paper.{paper}")) }</button>
        }
    });
    let desk = screen.book.as_ref().map(|(_, desk)| desk.to_string()).unwrap_or_default();
    html! {
        <section id="account-files" class="panel" aria-labelledby="account-files-heading">
            <h2 id="account-files-heading">{ text("files") }</h2>
            <h3>{ text("statement") }</h3>
            <p class="note">{ text("statement-note") }</p>
            <p class="tools">
                { choose_file("statement-file", ".csv,.xlsx,.xls,.txt", text("choose-statement"),
                    link.callback(Message::Statement)) }
            </p>
            <h3>{ text("papers") }</h3>
            <p class="note">{ text("papers-note") }</p>
            <p class="tools">{ for papers }</p>
            <h3>{ text("books") }</h3>
            <p class="note">{ say_with(language, "view.collection.books-note", &[("desk", &desk)]) }</p>
            <p class="tools">
                <button id="book-save" type="button" class="button" disabled={screen.book.is_none()}
                    onclick={link.callback(|_: MouseEvent| Message::Save)}
                >{ text("save-book") }</button>
                { choose_file("book-join", ".book,.jsonl", text("join-book"),
                    link.callback(Message::Join)) }
            </p>
        </section>
    }
}
