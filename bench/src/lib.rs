//! A county, generated: the same bytes on every machine.
