//! Two ends, one program: `notebook` at the desk, the page's script in the browser.

#[cfg(target_arch = "wasm32")]
fn main() {
    notebook::reader::start();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    notebook::desk::main()
}
