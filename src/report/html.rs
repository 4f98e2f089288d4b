//! A page that stands alone: no script, nothing from anywhere else, A4 on paper.
//!
//! Markup is ours by its type, `&'static str`; everything else goes through [`Html::text`], which
//! escapes it. So no name of an export can become markup.

use crate::model::lang::Lang;
use crate::text::name::escape_controls;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use std::fmt::Display;

/// How pages look: quiet colours that survive a grey printer, the fonts of the reader's system.
const STYLE: &str = include_str!("html/page.css");

/// A page under construction.
pub(super) struct Html {
    out: String,
    lang: Lang,
}

impl Html {
    /// A page with its head; the title may name a site.
    pub(super) fn new(lang: Lang, title: &str) -> Self {
        let mut page = Self { out: String::new(), lang };
        page.raw("<!DOCTYPE html>\n<html lang=\"").raw(lang.pick("ja", "en"));
        page.raw("\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ");
        page.raw("style-src 'sha256-").text(&style_digest()).raw("'; img-src data:\">\n");
        page.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        page.raw("<meta name=\"referrer\" content=\"no-referrer\">\n<title>").text(title);
        page.raw("</title>\n<style>").raw(STYLE).raw("</style>\n</head>\n<body>\n");
        page
    }

    /// The whole page.
    pub(super) fn finish(mut self) -> Vec<u8> {
        self.raw("</body>\n</html>\n");
        self.out.into_bytes()
    }

    /// Appends markup of ours.
    pub(super) fn raw(&mut self, markup: &'static str) -> &mut Self {
        self.out.push_str(markup);
        self
    }

    /// Appends text from anywhere, escaped; what a reader cannot see is shown as `\u{..}`.
    pub(super) fn text(&mut self, text: &str) -> &mut Self {
        for c in escape_controls(text).chars() {
            match c {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '"' => self.out.push_str("&quot;"),
                '\'' => self.out.push_str("&#39;"),
                c => self.out.push(c),
            }
        }
        self
    }

    /// Appends a sentence of ours in the page's language.
    pub(super) fn say(&mut self, ja: &str, en: &str) -> &mut Self {
        let text = self.lang.pick(ja, en);
        self.text(text)
    }

    /// Appends a number or a day.
    pub(super) fn show(&mut self, value: impl Display) -> &mut Self {
        let text = value.to_string();
        self.text(&text)
    }

    /// Appends a number with its thousands apart.
    pub(super) fn count(&mut self, count: u64) -> &mut Self {
        let digits = count.to_string();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                self.out.push(',');
            }
            self.out.push(digit);
        }
        self
    }

    /// A heading.
    pub(super) fn heading(&mut self, ja: &str, en: &str) -> &mut Self {
        self.raw("<h2>").say(ja, en).raw("</h2>\n")
    }

    /// A paragraph of small print.
    pub(super) fn note(&mut self, ja: &str, en: &str) -> &mut Self {
        self.raw("<p class=\"note\">").say(ja, en).raw("</p>\n")
    }

    /// Opens a table: headings in both languages, `true` over a column of numbers.
    pub(super) fn table(&mut self, headings: &[(&str, &str, bool)]) -> &mut Self {
        self.raw("<table>\n<thead><tr>");
        for (ja, en, number) in headings {
            self.raw(if *number { "<th class=\"n\">" } else { "<th>" }).say(ja, en).raw("</th>");
        }
        self.raw("</tr></thead>\n<tbody>\n")
    }

    /// Closes it.
    pub(super) fn end_table(&mut self) -> &mut Self {
        self.raw("</tbody>\n</table>\n")
    }

    /// A cell of text.
    pub(super) fn cell(&mut self, text: &str) -> &mut Self {
        self.raw("<td>").text(text).raw("</td>")
    }

    /// A cell of a number; a dash where it is not known.
    pub(super) fn number(&mut self, count: Option<u64>) -> &mut Self {
        match count {
            None => self.raw("<td class=\"n no\">–</td>"),
            Some(0) => self.raw("<td class=\"n no\">0</td>"),
            Some(count) => self.raw("<td class=\"n\">").count(count).raw("</td>"),
        }
    }

    /// A large number with its name below.
    pub(super) fn tile(&mut self, count: Option<u64>, name: &str) -> &mut Self {
        self.raw("<div class=\"tile\"><b>");
        match count {
            Some(count) => self.count(count),
            None => self.raw("–"),
        };
        self.raw("</b><span>").text(name).raw("</span></div>\n")
    }
}

/// What lets our style in and no other.
fn style_digest() -> String {
    STANDARD.encode(Sha256::digest(STYLE))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn escaped(text: &str) -> String {
        let mut page = Html { out: String::new(), lang: Lang::En };
        page.text(text);
        page.out
    }

    #[test]
    fn numbers_keep_their_thousands_apart() {
        let mut page = Html { out: String::new(), lang: Lang::En };
        for count in [0, 7, 999, 1_000, 12_345, 1_000_000] {
            page.count(count).raw(" ");
        }
        assert_eq!(page.out, "0 7 999 1,000 12,345 1,000,000 ");
    }

    proptest! {
        #[test]
        fn no_text_is_markup_and_all_of_it_is_there(
            text in "([<>&\"'/=!a-z -]|[\u{0}-\u{ff}]|\u{202e}|\u{feff}|‘|’|あ|&lt;|</td>|<script>){0,40}",
        ) {
            let shown = escaped(&text);
            prop_assert!(!shown.contains(['<', '>', '"', '\'']));
            let acts = |c: char| c.is_control() || c == '\u{202e}';
            prop_assert!(!shown.chars().any(acts), "{:?}", shown);
            let back = shown.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
            let back = back.replace("&#39;", "'").replace("&amp;", "&");
            prop_assert_eq!(&*back, &*escape_controls(&text));
        }
    }
}
