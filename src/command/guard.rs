//! What protects secrets when something goes wrong: no core dump, no payload in a panic message.

use crate::command::Exit;

/// Called once, before anything is read.
pub fn harden() {
    no_core_dump();
    std::panic::set_hook(Box::new(|info| {
        if crate::report::is_expected(info.payload()) {
            return;
        }
        // The payload may quote data; the place is enough to find the defect.
        let place = info.location().map_or_else(String::new, |at| format!(" at {at}"));
        crate::command::complain(&format!(
            "internal error{place}\nhint: please report this line; outputs of earlier runs are untouched"
        ));
        std::process::exit(Exit::Internal as i32);
    }));
}

#[cfg(unix)]
fn no_core_dump() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let none = Rlimit { current: Some(0), maximum: Some(0) };
    // A system that refuses to lower a limit has other worries; the audit itself is unharmed.
    let _ = setrlimit(Resource::Core, none);
    #[cfg(all(target_os = "linux", not(debug_assertions)))]
    let _ = rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable);
}

#[cfg(not(unix))]
const fn no_core_dump() {}
