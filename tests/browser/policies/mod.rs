//! Five real policies, kept line by line: what `www/policies/<site>/promises.md` says of a line, a promise here proves.

use consentry_browser_tests::Promise;

mod eztalks;
mod inszoom;
mod kaizenify;
mod mindomo;
mod mzinga;
mod same;
mod site;

/// The promises of all five.
pub(crate) fn promises() -> Vec<Promise> {
    [mzinga::PROMISES, kaizenify::PROMISES, eztalks::PROMISES, inszoom::PROMISES, mindomo::PROMISES].concat()
}
