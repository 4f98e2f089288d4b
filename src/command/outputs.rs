//! Writing a report: the files of its formats, and the summary to standard output.

use crate::cli::Colour;
use crate::command::progress::{self, Stage};
use crate::command::{Stop, print_painted};
use crate::report::columns::Paint;
use crate::report::{self, Context};
use anyhow::anyhow;
use std::path::Path;

/// The formats asked for, each known; `otherwise` where nobody asked.
pub(super) fn formats<'a>(
    wanted: &'a [String],
    otherwise: &[&'a str],
) -> Result<Vec<&'a str>, Stop> {
    if wanted.is_empty() {
        return Ok(otherwise.to_vec());
    }
    for word in wanted {
        if report::writer(word).is_none() {
            return Err(Stop::usage(anyhow!(
                "--format '{word}' is not written by this build\nhint: expected one of {}",
                report::expected_formats()
            )));
        }
    }
    Ok(wanted.iter().map(String::as_str).collect())
}

/// Writes the files, and the summary where `text` is among the formats.
pub(super) fn write(
    cx: &Context<'_>,
    formats: &[&str],
    folder: &Path,
    colour: Colour,
) -> Result<(), Stop> {
    let files: Vec<&str> = formats.iter().copied().filter(|f| *f != "text").collect();
    let mut written = Vec::new();
    if !files.is_empty() {
        let bar = progress::begin(Stage::Writing, cx.lang);
        let outputs = report::write_watched(&files, cx, folder, &bar).map_err(Stop::not_written)?;
        written = report::shown(outputs.into_iter().map(|output| output.name).collect());
    }
    if formats.contains(&"text") {
        let (mut text, shown) = (Vec::new(), folder.display().to_string());
        let written: Vec<&str> = written.iter().map(String::as_str).collect();
        let written = (&*shown, &*written);
        report::text::summary(cx, written, Paint::Colour, &mut text).map_err(Stop::not_written)?;
        print_painted(&String::from_utf8_lossy(&text), colour)?;
    }
    Ok(())
}
