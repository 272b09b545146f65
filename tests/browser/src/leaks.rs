//! The leak table: every way to start a request, at every level, against third parties that count connections.
//!
//! `leaks/surfaces.txt` lists the surfaces, [`Level::ALL`] the levels, `leaks/expected.txt` what is known to get through.
//! `cargo xtask leaks` fills the whole table and publishes it; the promise `leaks` fills each cell once and compares.

mod cell;
mod command;
mod expected;
mod level;
mod publish;
mod report;
mod sheet;
mod surface;

pub use cell::{Cell, Reach};
pub use command::command;
pub use expected::Expected;
pub use level::Level;
pub use sheet::Sheet;
pub use surface::Surface;
