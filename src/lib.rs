//! The wasm module of Consentry: thin edges between the core and the browser.
