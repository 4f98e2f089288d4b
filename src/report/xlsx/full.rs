//! A full disk as an error. The library that makes workbooks panics where the rows that it sets aside
//! cannot be written; who prints a panic asks [`is_expected`] first.

use std::any::Any;
use std::cell::Cell;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

thread_local! {
    static WRITING: Cell<bool> = const { Cell::new(false) };
}

/// How the library's message begins, and that of a refused rewind.
const MESSAGES: [&str; 2] =
    ["Couldn't write to xml file", "called `Result::unwrap()` on an `Err` value: Os {"];

/// True for the panic of a workbook under construction on this thread whose rows found no room: it is
/// told as an error of the output and is no defect.
pub(crate) fn is_expected(payload: &dyn Any) -> bool {
    WRITING.get() && is_refusal(payload)
}

fn is_refusal(payload: &dyn Any) -> bool {
    let text = payload.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| payload.downcast_ref::<&str>().copied());
    text.is_some_and(|text| MESSAGES.iter().any(|message| text.starts_with(message)))
}

/// Runs `body`; rows that find no room are an error of it.
pub(super) fn told<T>(body: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    let before = WRITING.replace(true);
    let result = catch_unwind(AssertUnwindSafe(body));
    WRITING.set(before);
    match result {
        Ok(result) => result,
        Err(payload) if is_refusal(&*payload) => Err(io::Error::other(
            "its rows could not be set aside: no space, or a limit was reached",
        )),
        Err(payload) => resume_unwind(payload),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_refused_rows_become_an_error() {
        let error: io::Result<()> =
            told(|| panic!("Couldn't write to xml file: Os {{ code: 28 }}"));
        assert!(error.unwrap_err().to_string().contains("no space"));
        let defect = catch_unwind(|| told::<()>(|| panic!("index out of bounds")));
        assert!(defect.is_err(), "a defect stays one");
        assert!(!WRITING.get());
        assert_eq!(told(|| Ok(7)).unwrap(), 7);
    }
}
