//! What is drawn, read off the drawing.

use yew::Html;
use yew::virtual_dom::VNode;

/// What a drawing holds: its elements with their attributes, and its texts. A component in it is not
/// drawn.
#[derive(Default)]
pub struct Drawn {
    /// The names of the elements, with the names and values of their attributes.
    pub elements: Vec<(String, Vec<(String, String)>)>,
    /// The texts.
    pub texts: Vec<String>,
}

impl Drawn {
    /// Reads a drawing.
    pub fn of(html: &Html) -> Drawn {
        let mut drawn = Drawn::default();
        drawn.read(html);
        drawn
    }

    fn read(&mut self, node: &VNode) {
        match node {
            VNode::VTag(tag) => {
                let attributes = tag.attributes.iter();
                let attributes = attributes.map(|(key, value)| (key.to_owned(), value.to_owned()));
                self.elements.push((tag.tag().to_owned(), attributes.collect()));
                tag.children().into_iter().for_each(|inside| self.read(inside));
            }
            VNode::VList(list) => list.iter().for_each(|inside| self.read(inside)),
            VNode::VText(text) => self.texts.push(text.text.to_string()),
            _ => {}
        }
    }

    /// The number of elements of a name.
    pub fn count(&self, name: &str) -> usize {
        self.elements.iter().filter(|(one, _)| one == name).count()
    }

    /// The values of all attributes of a name.
    pub fn values(&self, name: &str) -> Vec<&str> {
        let attributes = self.elements.iter().flat_map(|(_, attributes)| attributes);
        attributes.filter(|(key, _)| key == name).map(|(_, value)| value.as_str()).collect()
    }

    /// Whether a text stands in one of the texts.
    pub fn says(&self, text: &str) -> bool {
        self.texts.iter().any(|one| one.contains(text))
    }
}
