//! Mounts the app.

fn main() {
    console::panic::install();
    console::boot::clear();
    leptos::mount::mount_to_body(console::app::App);
}
