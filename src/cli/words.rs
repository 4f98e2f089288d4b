//! Words that options take.

use crate::model::lang::Lang;
use crate::report::CsvFlavour;
use anstream::ColorChoice;
use clap::ValueEnum;

/// Languages.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum LangArg {
    /// Japanese
    Ja,
    /// English
    En,
}

impl From<LangArg> for Lang {
    fn from(arg: LangArg) -> Self {
        match arg {
            LangArg::Ja => Self::Ja,
            LangArg::En => Self::En,
        }
    }
}

/// Flavours of CSV.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum CsvArg {
    /// Byte order mark, CRLF, formula guard
    Excel,
    /// LF, formula guard
    Plain,
    /// LF, no guard
    Machine,
}

impl From<CsvArg> for CsvFlavour {
    fn from(arg: CsvArg) -> Self {
        match arg {
            CsvArg::Excel => Self::Excel,
            CsvArg::Plain => Self::Plain,
            CsvArg::Machine => Self::Machine,
        }
    }
}

/// Parts of an inventory.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum WhatArg {
    /// Input files
    Files,
    /// Accounts
    Accounts,
    /// Credentials, without any secret
    Credentials,
    /// Password policies
    Policies,
}

/// Formats of tables.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum TableFormat {
    /// CSV
    Csv,
    /// JSON
    Json,
}

/// Formats of lists.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum TextFormat {
    /// For reading
    Text,
    /// CSV
    Csv,
    /// JSON
    Json,
}

/// When to colour.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum ColourArg {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl From<ColourArg> for ColorChoice {
    fn from(arg: ColourArg) -> Self {
        match arg {
            ColourArg::Auto => Self::Auto,
            ColourArg::Always => Self::Always,
            ColourArg::Never => Self::Never,
        }
    }
}
