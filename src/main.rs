//! The entry point on both targets: the `notebook` command (native) and the client (wasm32).

#[cfg(target_arch = "wasm32")]
fn main() {
    notebook::client::start();
}

/// Building a site allocates millions of small strings on all cores: with mimalloc, 2,000 papers take a fifth less time.
#[cfg(not(target_arch = "wasm32"))]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    notebook::cli::main()
}
