//! XML as office programs write it: no entities but the five of XML itself, every tag closed.

use std::io::{self, BufRead, BufReader, Read};

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};

use super::Unreadable;
use crate::table::Table;

/// A part of a workbook as it is unpacked, no further than there is room.
pub(super) struct Unpacked<'u, R> {
    pub(super) part: R,
    /// The bytes that may still be unpacked of the whole workbook.
    pub(super) room: &'u mut u64,
}

impl<R: Read> Read for Unpacked<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.part.read(buffer)?;
        *self.room = self.room.checked_sub(read as u64).ok_or(io::ErrorKind::FileTooLarge)?;
        Ok(read)
    }
}

/// What comes next in a part.
pub(super) enum Node {
    /// An element begins.
    Start(BytesStart<'static>),
    /// The element of this name ends.
    End(String),
    /// A text between tags.
    Text(String),
    /// The part ends, with every element closed.
    Eof,
}

/// What reads a workbook that stands in one part.
pub(super) trait Reader {
    /// An element begins.
    fn start(&mut self, start: &BytesStart<'_>) -> Result<(), Unreadable>;
    /// A text stands between tags.
    fn text(&mut self, text: &str);
    /// The element of this name ends.
    fn end(&mut self, name: &str) -> Result<(), Unreadable>;
    /// The sheets that were read.
    fn tables(self) -> Vec<Table>;
}

pub(super) struct Xml<R> {
    reader: quick_xml::Reader<R>,
    buffer: Vec<u8>,
    depth: usize,
}

impl<R: Read> Xml<BufReader<R>> {
    pub(super) fn new(part: R) -> Self {
        let mut reader = quick_xml::Reader::from_reader(BufReader::new(part));
        reader.config_mut().expand_empty_elements = true;
        Xml { reader, buffer: Vec::new(), depth: 0 }
    }
}

impl<R: BufRead> Xml<R> {
    /// The sheets of a workbook that stands in this part alone.
    pub(super) fn read(mut self, mut reader: impl Reader) -> Result<Vec<Table>, Unreadable> {
        loop {
            match self.next()? {
                Node::Start(start) => reader.start(&start)?,
                Node::Text(text) => reader.text(&text),
                Node::End(name) => reader.end(&name)?,
                Node::Eof => break,
            }
        }
        let tables = reader.tables();
        if tables.is_empty() { Err(Unreadable::OtherFormat) } else { Ok(tables) }
    }

    pub(super) fn next(&mut self) -> Result<Node, Unreadable> {
        loop {
            self.buffer.clear();
            return Ok(match self.reader.read_event_into(&mut self.buffer).map_err(broken)? {
                Event::Start(start) => {
                    self.depth += 1;
                    Node::Start(start.into_owned())
                }
                Event::End(end) => {
                    self.depth = self.depth.checked_sub(1).ok_or(Unreadable::Broken)?;
                    Node::End(end.local_name().as_ref().to_owned())
                }
                Event::Text(text) => Node::Text(text.xml10_content().into_owned()),
                Event::CData(text) => Node::Text(text.xml10_content().into_owned()),
                Event::GeneralRef(name) => {
                    Node::Text(match name.resolve_char_ref().map_err(broken)? {
                        Some(one) => one.to_string(),
                        None => resolve_xml_entity(&name).ok_or(Unreadable::Entities)?.to_owned(),
                    })
                }
                Event::DocType(_) => return Err(Unreadable::Entities),
                Event::Eof if self.depth == 0 => Node::Eof,
                Event::Eof => return Err(Unreadable::Broken),
                _ => continue,
            });
        }
    }
}

fn broken(error: quick_xml::Error) -> Unreadable {
    match error {
        quick_xml::Error::Io(error) if error.kind() == io::ErrorKind::FileTooLarge => {
            Unreadable::TooLarge
        }
        _ => Unreadable::Broken,
    }
}

/// The value of an attribute, whatever its prefix.
pub(super) fn attribute(start: &BytesStart<'_>, name: &str) -> Result<Option<String>, Unreadable> {
    for attribute in start.attributes().with_checks(false) {
        let attribute = attribute.map_err(|_| Unreadable::Broken)?;
        if attribute.key.local_name().as_ref() == name {
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            let value = value.map_err(|_| Unreadable::Entities)?;
            return Ok(Some(value.into_owned()));
        }
    }
    Ok(None)
}

/// The whole number in an attribute; `otherwise` where it is left out.
pub(super) fn count(start: &BytesStart<'_>, name: &str, otherwise: u64) -> Result<u64, Unreadable> {
    match attribute(start, name)? {
        Some(text) => text.trim().parse().map_err(|_| Unreadable::Broken),
        None => Ok(otherwise),
    }
}

/// The name of an element without its prefix.
pub(super) fn name<'s>(start: &'s BytesStart<'_>) -> &'s str {
    let whole = start.name().into_inner();
    whole.rsplit_once(':').map_or(whole, |(_, local)| local)
}
