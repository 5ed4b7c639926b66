//! 公示网页: what the notice has, as one file to pass on, which can be searched for a door number. It
//! holds nothing that the notice doesn't, so that it may go wherever that hangs.

use crate::block::Block;
use crate::notice;
use crate::papers::Papers;

pub(crate) fn blocks<'p>(papers: &'p Papers<'_>) -> impl Iterator<Item = Block> + 'p {
    let head = [
        Block::Title(papers.say("paper.result-page")),
        Block::Subtitle(papers.name()),
        Block::Paragraph(notice::text(papers)),
        Block::Note(papers.say("papers.notice.private")),
        Block::Heading(papers.say("papers.result-page.households")),
        Block::Search(papers.say("papers.result-page.search")),
    ];
    let tail = [
        Block::Heading(papers.say("papers.result-page.lines")),
        Block::Table(notice::lines(papers)),
        Block::Note(papers.say("papers.standard.rounded")),
    ];
    let questions = std::iter::once_with(|| papers.questions());
    let flats = notice::buildings(papers);
    head.into_iter().chain(flats).chain(tail).chain(papers.floor_tables()).chain(questions)
}
