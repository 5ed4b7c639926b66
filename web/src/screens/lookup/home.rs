//! One household in plain words and numbers, and two side by side.

use fentan_words::changes::difference;
use fentan_words::{Language, money, say, say_with};
use yew::{Callback, Context, Html, MouseEvent, html};

use super::told::{Home, Told};
use super::{Lookup, Place, encode, per_area};
use crate::message::Request;
use crate::page::Action;
use crate::parts::elements::act;
use crate::screens::result::print;

/// The households of the address.
pub fn draw(lookup: &Lookup, context: &Context<Lookup>) -> Html {
    let (language, send) = (context.props().language, &context.props().send);
    let Some(told) = &lookup.told else { return Html::default() };
    let text = |key: &str| say(language, &["view.lookup.", key].concat());
    if told.homes.len() < lookup.place.homes.len() {
        return html! { <p class="message">{ text("unknown") }</p> };
    }
    let homes = told.homes.iter().map(|home| {
        let why = act(send, Action::Ask(Request::State(Some(home.place))));
        html! {
            <article class="home" aria-label={home.found.id.clone()}>
                { of_home(language, home, true) }
                <p class="tools">
                    <button type="button" class="why" onclick={why}>{ text("every-figure") }</button>
                    <button type="button" onclick={Callback::from(print as fn(MouseEvent))}>{ say(language, "page.print") }</button>
                </p>
            </article>
        }
    });
    let hint =
        (told.homes.len() == 1).then(|| html! { <p class="note">{ text("beside-hint") }</p> });
    let only_first = told.homes.first().filter(|_| told.homes.len() == 2).map(|first| {
        let place = Place {
            group: lookup.place.group.clone(),
            homes: vec![first.found.id.clone()],
            is_meeting: false,
        };
        html! { <p><a href={place.address(encode)}>{ text("only-first") }</a></p> }
    });
    html! {
        <>
            <div class="homes">{ for homes }</div>
            { whys(language, told) }
            { only_first.unwrap_or_default() }
            { hint.unwrap_or_default() }
        </>
    }
}

/// A household: its door number, what it pays and why.
pub fn of_home(language: Language, home: &Home, with_name: bool) -> Html {
    let text = |key: &str| say(language, &["view.lookup.", key].concat());
    let found = &home.found;
    let sentences = home.sentences.iter().map(|sentence| html! { <p>{ sentence.clone() }</p> });
    let lines = home.lines.iter().map(|(name, formula, amount)| {
        html! {
            <tr>
                <th scope="row">{ name.clone() }<small>{ formula.clone() }</small></th>
                <td>{ money(*amount) }</td>
            </tr>
        }
    });
    let others = home.others.iter().map(|(name, sign, amount)| {
        html! {
            <tr><th scope="row">{ name.clone() }</th><td>{ format!("{sign}{}", money(*amount)) }</td></tr>
        }
    });
    html! {
        <>
            <h3>
                { found.id.clone() }
                if with_name && !found.name.is_empty() { <small>{ found.name.clone() }</small> }
            </h3>
            <p class="note">{ found.place.clone() }</p>
            <p class="due"><strong>{ money(found.due) }</strong><span>{ per_area(language, found.per_area) }</span></p>
            <div class="sentences">{ for sentences }</div>
            <table>
                <thead><tr><th scope="col">{ text("line") }</th><th scope="col">{ text("part") }</th></tr></thead>
                <tbody>{ for lines }{ for others }</tbody>
                <tfoot><tr><th scope="row">{ text("due") }</th><td>{ money(found.due) }</td></tr></tfoot>
            </table>
        </>
    }
}

/// Why the second household pays something else than the first.
pub fn whys(language: Language, told: &Told) -> Html {
    let [first, second] = &told.homes[..] else { return Html::default() };
    let text = |key: &str| say(language, &["view.lookup.", key].concat());
    let (first, second) = (&first.found, &second.found);
    let total = fentan_core::scenario::Difference::between(first.due, second.due);
    let values =
        [("first", first.id.clone()), ("second", second.id.clone()), ("size", money(total.size()))];
    let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
    let key = match (total.is_zero(), total.is_less()) {
        (true, _) => "view.lookup.equal",
        (_, true) => "view.lookup.less",
        _ => "view.lookup.greater",
    };
    let rows = told.whys.iter().map(|why| {
        html! {
            <tr>
                <th scope="row">{ why.name.clone() }<small>{ why.words.clone() }</small></th>
                <td>{ money(why.first) }</td>
                <td>{ money(why.second) }</td>
                <td>{ difference(why.difference) }</td>
            </tr>
        }
    });
    html! {
        <div class="whys">
            <h3 id="whys-heading">{ say_with(language, key, &values) }</h3>
            <div class="table-box" role="group" tabindex="0" aria-labelledby="whys-heading">
                <table>
                    <thead><tr>
                        <th scope="col">{ text("why") }</th>
                        <th scope="col">{ first.id.clone() }</th>
                        <th scope="col">{ second.id.clone() }</th>
                        <th scope="col">{ text("difference") }</th>
                    </tr></thead>
                    <tbody>{ for rows }</tbody>
                    <tfoot><tr>
                        <th scope="row">{ text("due") }</th>
                        <td>{ money(first.due) }</td>
                        <td>{ money(second.due) }</td>
                        <td>{ difference(total) }</td>
                    </tr></tfoot>
                </table>
            </div>
        </div>
    }
}
