//! The wasm module of Consentry: thin edges between the core, which decides, and the browser.
//!
//! Page script never runs inside a call into this module: every call takes facts and returns an [`outcome`], and the
//! JavaScript around it (`src/boot`) carries the orders out afterwards, so that listeners may call back in freely.

pub mod api;
mod outcome;
mod page;
mod session;
mod storage;

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: lol_alloc::AssumeSingleThreaded<lol_alloc::FreeListAllocator> =
    // SAFETY: a page's module runs on one thread; it is never shared with a worker.
    unsafe { lol_alloc::AssumeSingleThreaded::new(lol_alloc::FreeListAllocator::new()) };
