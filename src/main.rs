//! Two ends, one program: `notebook` at the desk, the page's script in the browser.

#[cfg(target_arch = "wasm32")]
fn main() {
    notebook::reader::start();
}

/// The desk makes and drops millions of small texts on all processors: a rebuild of 2,000 papers takes a fifth less time.
#[cfg(not(target_arch = "wasm32"))]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    notebook::desk::main()
}
