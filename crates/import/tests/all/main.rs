//! Files of offices and tables, read.

mod budgets;
mod files;
mod hostile;
mod properties;
mod rosters;
mod words;
