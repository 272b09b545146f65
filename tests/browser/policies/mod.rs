//! Five real policies, kept line by line: what `www/policies/<site>/promises.md` says of a line, a promise here proves.

pub(crate) mod eztalks;
pub(crate) mod inszoom;
pub(crate) mod kaizenify;
pub(crate) mod mindomo;
pub(crate) mod mzinga;
mod same;
mod site;
