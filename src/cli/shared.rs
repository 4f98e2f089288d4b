//! Options that several verbs have, each once.

use crate::cli::words::{ColourArg, CsvArg, LangArg};
use crate::model::lang::Lang;
use crate::report;
use clap::Args;
use std::path::PathBuf;

/// Heading of options about what is written.
pub(super) const OUTPUT: &str = "Output";
/// Heading of options about what is read.
pub(super) const INPUT: &str = "Input";

/// Which exports.
#[derive(Args, Debug, Default)]
pub struct Scope {
    /// Folders that hold sites/, folders of site folders, or single site folders
    #[arg(default_value = ".", value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Only this site; may be given several times
    #[arg(long, value_name = "SLUG", help_heading = INPUT)]
    pub site: Vec<String>,
}

/// The files that stand for secrets.
#[derive(Args, Debug, Default)]
pub struct Keys {
    /// Key for tags [default: keys/tag.key in the audited folder]
    #[arg(long, value_name = "FILE", help_heading = INPUT)]
    pub key: Option<PathBuf>,
    /// Keys of devices.
    #[command(flatten)]
    pub devices: DeviceKeys,
}

/// What opens the stored secrets of a device.
#[derive(Args, Debug, Default)]
pub struct DeviceKeys {
    /// Master keys of devices, one scheme:key per line (cisco-type6, junos-8, panos-aes)
    #[arg(long, value_name = "FILE", help_heading = INPUT)]
    pub device_key: Option<PathBuf>,
}

/// In which language.
#[derive(Args, Clone, Copy, Debug, Default)]
pub struct Language {
    /// Language [default: that of the run or of kagiban.toml, else that of LANG]
    #[arg(long, value_name = "ja|en", hide_possible_values = true, help_heading = OUTPUT)]
    pub lang: Option<LangArg>,
}

impl Language {
    /// The language that was asked for, else another.
    pub fn or(self, otherwise: Lang) -> Lang {
        self.lang.map_or(otherwise, Lang::from)
    }
}

/// With or without colour.
#[derive(Args, Clone, Copy, Debug, Default)]
pub struct Colour {
    /// Colour on a terminal unless NO_COLOR is set (auto), always or never [default: auto]
    #[arg(
        long = "color",
        value_name = "auto|always|never",
        hide_possible_values = true,
        help_heading = OUTPUT
    )]
    pub colour: Option<ColourArg>,
}

/// How it is shown, and to whom.
#[derive(Args, Clone, Copy, Debug, Default)]
pub struct Shown {
    /// CSV for Excel (BOM, CRLF), plain (LF) or machine (LF, no formula guard) [default: excel in
    /// Japanese, else plain]
    #[arg(long, value_name = "excel|plain|machine", hide_possible_values = true, help_heading = OUTPUT)]
    pub csv: Option<CsvArg>,
    /// In which language.
    #[command(flatten)]
    pub language: Language,
    /// With or without colour.
    #[command(flatten)]
    pub colour: Colour,
    /// Name accounts of restricted findings in the terminal as well
    #[arg(long, help_heading = OUTPUT)]
    pub include_restricted: bool,
}

/// What a run is written as.
#[derive(Args, Debug, Default)]
pub struct Outputs {
    /// Folder for the outputs [default: the folder of the run]
    #[arg(short, long, value_name = "DIR", help_heading = OUTPUT)]
    pub out: Option<PathBuf>,
    /// Formats, joined with commas.
    #[arg(
        long,
        value_name = "LIST",
        value_delimiter = ',',
        help_heading = OUTPUT,
        help = format!(
            "Formats, joined with commas: {} [default: text,csv,review; audit: json too, and xlsx in Japanese]",
            report::expected_formats()
        )
    )]
    pub format: Vec<String>,
    /// To whom.
    #[command(flatten)]
    pub shown: Shown,
}
