//! Papers as DOCX (Office Open XML, ECMA-376), written through as they are made: a library that
//! builds the document first would hold ten thousand statements at once.

mod body;
mod parts;

use std::io::{self, Seek, Write};

use fentan_words::Language;
use zip::result::ZipError;
use zip::write::{SimpleFileOptions, ZipWriter};

use crate::Error;
use crate::block::{Block, Footer, Orientation};
use body::Body;

/// Writes a paper.
pub(crate) fn write(
    language: Language,
    title: &str,
    footer: &Footer,
    blocks: impl Iterator<Item = Block>,
    to: impl Write + Seek,
) -> Result<(), Error> {
    let mut file = ZipWriter::new(to);
    let mut blocks = blocks.peekable();
    let is_poster = matches!(blocks.peek(), Some(Block::Turn(Orientation::Poster)));
    for (name, part) in parts::beside(language, title, footer, is_poster) {
        file.start_file(name, SimpleFileOptions::default()).map_err(failed)?;
        file.write_all(part.as_bytes())?;
    }
    file.start_file("word/document.xml", SimpleFileOptions::default()).map_err(failed)?;
    let mut body = Body::begin(&mut file)?;
    while let Some(block) = blocks.next() {
        let is_signed = matches!(blocks.peek(), Some(Block::Signing(_)));
        body.write(block, is_signed)?;
    }
    body.end()?;
    file.finish().map_err(failed)?;
    Ok(())
}

fn failed(error: ZipError) -> Error {
    match error {
        ZipError::Io(error) => Error::Io(error),
        other => Error::Io(io::Error::other(other)),
    }
}
