//! The chores of this workspace: `cargo xtask build`, `cargo xtask serve`, `cargo xtask test`,
//! `cargo xtask bench`.

#![forbid(unsafe_code)]

mod bench;
mod bind;
mod book;
mod browser;
mod command;
mod compiler;
mod debian;
mod engines;
mod fuzz;
mod offline;
mod package;
mod page;
mod python;
mod release;
mod reproduce;
mod serve;
mod shorten;
mod single;
mod split;
mod supply;
mod test;
mod tools;
mod widget;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, anyhow};
use clap::builder::PossibleValuesParser;
use clap::{Parser, Subcommand};

use crate::page::Warnings;
use crate::serve::Server;

/// Builds the page, serves it and tests everything
#[derive(Parser)]
#[command(bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Build the page into dist/ and check its size
    Build,
    /// Make one file of the page that was built last, which opens from a disk without a server
    Single {
        /// The file to write
        #[arg(default_value = "target/single/fentan.html")]
        path: PathBuf,
    },
    /// Make the guide of docs/book/ in dist/guide/, by mdBook, which is built where there is none
    Book,
    /// Take the pictures of the documents, in docs/pictures/, from the page that was built last
    Pictures,
    /// Make all that is given away in release/, or only the parts named
    Release {
        /// Parts to make
        parts: Vec<release::Part>,
    },
    /// Build the calculator for other sites alone, into dist/widget/
    Widget,
    /// Make the npm package in package/
    Package,
    /// Build the page and serve it to browsers on this machine
    Serve {
        /// The port; when it is busy, the next free one is taken
        #[arg(long, default_value_t = 8080)]
        port: u16,
    },
    /// Run all that continuous integration runs, or only the steps named
    Test {
        /// Steps to run
        steps: Vec<test::Step>,
    },
    /// Measure how fast it is, or only what is named; nothing is judged
    Bench {
        /// What to measure
        subjects: Vec<bench::Subject>,
    },
    /// Look for bytes that break something, until stopped or so many seconds for each kind of file
    Fuzz {
        /// Kinds of files; all when none is named
        #[arg(value_parser = PossibleValuesParser::new(fuzz::names()))]
        targets: Vec<String>,
        /// How long to look for each
        #[arg(long, default_value_t = 1800)]
        seconds: u32,
    },
    /// List what the programs are made of, as CycloneDX has it
    Components {
        /// The file to write
        #[arg(default_value = "target/components.cdx.json")]
        path: PathBuf,
    },
}

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    if compiler::is_asked(arguments.first()) {
        return match compiler::compile(&arguments) {
            Ok(status) if status.success() => ExitCode::SUCCESS,
            Ok(_) => ExitCode::FAILURE,
            Err(error) => fail(&error),
        };
    }
    match command::this_program().and_then(|_| perform(Arguments::parse().chore)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error),
    }
}

fn fail(error: &anyhow::Error) -> ExitCode {
    eprintln!("error: {error:#}");
    ExitCode::FAILURE
}

fn perform(chore: Chore) -> Result<()> {
    match chore {
        Chore::Build => {
            go_to_workspace()?;
            page::build(Warnings::Denied)?.check()
        }
        Chore::Single { path } => {
            go_to_workspace()?;
            single::write(&path)
        }
        Chore::Book => {
            go_to_workspace()?;
            book::build()
        }
        Chore::Pictures => {
            go_to_workspace()?;
            test::take_pictures()
        }
        Chore::Release { parts } => {
            go_to_workspace()?;
            release::make(&parts)
        }
        Chore::Widget => {
            go_to_workspace()?;
            widget::build_alone()
        }
        Chore::Package => {
            go_to_workspace()?;
            package::build()
        }
        Chore::Serve { port } => {
            go_to_workspace()?;
            // Most of the page is compiled by one processor at a time.
            let server = std::thread::spawn(serve::compile);
            page::build(Warnings::Shown)?;
            let program = server.join().map_err(|_| anyhow!("the server can't be compiled"))??;
            let server = Server::start(program, port)?;
            println!("{}", server.address());
            server.wait()
        }
        Chore::Test { steps } => {
            go_to_workspace()?;
            test::run(&steps)
        }
        Chore::Bench { subjects } => {
            go_to_workspace()?;
            bench::run(&subjects)
        }
        Chore::Fuzz { targets, seconds } => {
            go_to_workspace()?;
            fuzz::fuzz(&targets, seconds)
        }
        Chore::Components { path } => {
            go_to_workspace()?;
            supply::write_components(&path)
        }
    }
}

/// Makes the workspace's root the current folder, so that every path here can be relative.
fn go_to_workspace() -> Result<()> {
    // Cargo tells it whoever it starts; else the one this program was built from.
    let package =
        std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    std::env::set_current_dir(Path::new(&package).join(".."))
        .context("the workspace this program was built from has moved")
}
