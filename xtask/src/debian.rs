//! Debian packages that tests need.

use anyhow::{Result, bail};

use crate::command::{command, output, run};

/// Installs the package of a program that is not on the search path, on a machine that installs packages.
pub fn need(program: &str, package: &'static str, reason: &str) -> Result<()> {
    if which::which(program).is_ok() { Ok(()) } else { install(&[package], reason) }
}

/// Installs Debian packages, or says which are needed and why.
pub fn install(packages: &[&str], reason: &str) -> Result<()> {
    let names = packages.join(" ");
    let Some(become_root) = way_to_root() else {
        bail!(
            "{reason}: install {names} (the names of the packages on Debian and Ubuntu), then run this again"
        );
    };
    println!("installing {names}");
    let apt = |arguments: &[&str]| {
        let words = [
            become_root,
            &["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet=2"],
            arguments,
        ]
        .concat();
        run(&mut command(words[0], &words[1..]))
    };
    apt(&["update"])?;
    apt(&[&["install", "--yes", "--no-install-recommends"], packages].concat())
}

/// What to put before apt-get to run it as root; nothing when this is Debian's root already,
/// none when there is no apt-get or no way without a password.
fn way_to_root() -> Option<&'static [&'static str]> {
    which::which("apt-get").ok()?;
    if output(&mut command("id", &["-u"])).is_ok_and(|user| user.trim() == "0") {
        return Some(&[]);
    }
    which::which("sudo").ok()?;
    run(&mut command("sudo", &["--non-interactive", "true"])).ok()?;
    Some(&["sudo", "--non-interactive"])
}
