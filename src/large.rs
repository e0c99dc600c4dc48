//! The page's program for a notebook that comes in parts.

fn main() {
    #[cfg(target_arch = "wasm32")]
    notebook::reader::start_large();
}
