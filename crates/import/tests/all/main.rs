//! Files of offices and tables, read.

mod budgets;
mod cases;
mod checks;
mod files;
mod generated;
mod hostile;
mod properties;
mod rosters;
mod shapes;
mod statements;
mod words;
