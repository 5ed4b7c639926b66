//! What holds of the engine, whatever calls it.

#![allow(clippy::panic, reason = "that is how a test fails")]

mod broken;
mod changes;
mod city_rules;
mod collection;
mod conformance;
mod desk;
mod differential;
mod findings;
mod fund_sheet;
#[path = "../../fuzz/src/lib.rs"]
mod fuzz;
mod fuzzed;
mod health;
mod mistakes;
mod own_policy;
mod plans;
mod policy;
mod privacy;
mod programme;
mod properties;
mod published;
mod reasons;
mod receipt;
mod scenarios;
mod share_changes;
mod tariff;
mod vote;
