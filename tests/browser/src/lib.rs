//! Promises, kept in three real browser engines.
