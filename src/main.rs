//! Mounts the app.

fn main() {
    console::panic::install();
    leptos::mount::mount_to_body(console::app::App);
}
