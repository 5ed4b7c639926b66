//! The web server that browsers get the built page from: a program of its own, which whoever only builds the page need
//! not compile.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, ensure};

use crate::command::{cannot_start, cargo, command, run, target};
use crate::page;

/// The package of the server.
const PACKAGE: &str = "fentan-server";

/// Compiles the server alone.
pub fn compile() -> Result<PathBuf> {
    compile_by(cargo(&["build", "--package", PACKAGE]))
}

/// Compiles the server by a command that compiles packages it is among; returns its path.
pub fn compile_by(mut build: Command) -> Result<PathBuf> {
    run(build.args(["--bin", PACKAGE]))?;
    Ok(target().join("debug").join(PACKAGE).with_extension(std::env::consts::EXE_EXTENSION))
}

/// A server of the built page. It is stopped when this is dropped.
pub struct Server {
    child: Child,
    address: String,
}

impl Server {
    /// Starts the server on a port, or on the next free one. Port 0 is any free one.
    pub fn start(program: PathBuf, port: u16) -> Result<Server> {
        let mut command = command(program, &[page::FOLDER, "--port"]);
        command.arg(port.to_string()).stdout(Stdio::piped());
        let mut child = command.spawn().with_context(|| cannot_start(&command))?;
        let printed = child.stdout.take().context("the server has no output")?;
        let mut server = Server { child, address: String::new() };
        BufReader::new(printed).read_line(&mut server.address)?;
        server.address.truncate(server.address.trim_end().len());
        ensure!(!server.address.is_empty(), "the server ended before it said where it is");
        Ok(server)
    }

    /// Where it is asked.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Waits until the server ends, as it does when it can't go on.
    pub fn wait(mut self) -> Result<()> {
        let status = self.child.wait()?;
        ensure!(status.success(), "the server ended with {status}");
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Where it has ended already there is nothing to stop.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
