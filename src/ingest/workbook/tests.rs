//! Workbooks made here, from their parts, because broken ones cannot be saved by a spreadsheet.

use super::*;
use crate::text::encoding::FORMULA_MARK;
use std::io::Write;
use tempfile::NamedTempFile;
use zip::write::SimpleFileOptions;

const TYPES: &str =
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";
const RELS: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
    <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
    <Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet2.xml\"/>\
    </Relationships>";
const PACKAGE: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
    <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/>\
    </Relationships>";
const STYLES: &str = "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
    <cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>";
const STRINGS: &str =
    "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" uniqueCount=\"2\">\
    <si><t>氏名</t></si><si><t>改行
あり, と\"引用\"</t></si></sst>";

fn workbook(properties: &str) -> String {
    format!(
        "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
         xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">{properties}\
         <sheets><sheet name=\"一覧\" sheetId=\"1\" r:id=\"rId1\"/>\
         <sheet name=\"裏\" sheetId=\"2\" state=\"hidden\" r:id=\"rId2\"/></sheets></workbook>"
    )
}

fn sheet(rows: &str) -> String {
    format!(
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
         <sheetData>{rows}</sheetData></worksheet>"
    )
}

fn book(rows: &str, properties: &str, strings: &str) -> NamedTempFile {
    let file = NamedTempFile::new().expect("a temporary file");
    let mut zip = zip::ZipWriter::new(file.reopen().expect("the file"));
    for (name, text) in [
        ("[Content_Types].xml", TYPES.to_owned()),
        ("_rels/.rels", PACKAGE.to_owned()),
        ("xl/workbook.xml", workbook(properties)),
        ("xl/_rels/workbook.xml.rels", RELS.to_owned()),
        ("xl/styles.xml", STYLES.to_owned()),
        ("xl/sharedStrings.xml", strings.to_owned()),
        ("xl/worksheets/sheet1.xml", sheet(rows)),
        ("xl/worksheets/sheet2.xml", sheet("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>")),
    ] {
        zip.start_file(name, SimpleFileOptions::default()).expect("a member");
        zip.write_all(text.as_bytes()).expect("its bytes");
    }
    zip.finish().expect("an archive");
    file
}

fn csv(rows: &str, properties: &str) -> Result<String, &'static str> {
    let file = book(rows, properties, STRINGS);
    guard(file.path())?;
    let text = text(file.path(), "一覧", 3, &[0])?;
    Ok(String::from_utf8_lossy(&text.bytes).into_owned())
}

#[test]
fn cells_become_the_text_that_a_person_sees() {
    let rows = "<row r=\"1\"><c r=\"A1\"><v>123</v></c><c r=\"B1\" t=\"s\"><v>0</v></c></row>\
        <row r=\"3\"><c r=\"B3\" t=\"s\"><v>1</v></c><c r=\"C3\" s=\"1\"><v>45383</v></c></row>\
        <row r=\"4\"><c r=\"A4\" t=\"b\"><v>1</v></c><c r=\"C4\" t=\"e\"><v>#N/A</v></c></row>";
    let found = csv(rows, "").unwrap();
    let expected = "123,氏名,\n\n,\"改行 あり, と\"\"引用\"\"\",2024-04-01\nTRUE,,\n";
    assert_eq!(found, expected);
    assert_eq!(number_text(1.5), "1.5");
    // What a spreadsheet has rounded keeps the form that says so.
    assert!(number_text(134_191_234_567_890_123_f64).contains('E'));
}

#[test]
fn the_1904_system_is_honoured() {
    let rows = "<row r=\"1\"><c r=\"A1\" s=\"1\"><v>43921</v></c></row>";
    assert_eq!(csv(rows, "<workbookPr date1904=\"1\"/>").unwrap(), "2024-04-01,,\n");
}

#[test]
fn errors_of_formulas_spoil_their_row_alone() {
    let rows = "<row r=\"1\"><c r=\"A1\" t=\"e\"><v>#REF!</v></c></row>\
        <row r=\"2\"><c r=\"A2\"><v>7</v></c></row>";
    let file = book(rows, "", STRINGS);
    let found = text(file.path(), "一覧", 1, &[0]).unwrap();
    let wanted = [FORMULA_MARK, b"\n7\n"].concat();
    assert_eq!(found.bytes.as_slice(), wanted);
    assert_eq!((found.errors, found.numeric_ids), (1, 1));
}

#[test]
fn hidden_sheets_are_told_apart() {
    let file = book("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>", "", STRINGS);
    let sheets = sheets(file.path()).unwrap();
    let seen: Vec<_> = sheets.iter().map(|s| (s.name.as_str(), s.hidden)).collect();
    assert_eq!(seen, [("一覧", false), ("裏", true)]);
}

#[test]
fn a_cell_in_the_far_corner_costs_nothing() {
    let rows = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>\
        <row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>";
    assert_eq!(csv(rows, ""), Err("too-many-columns"));
    let rows =
        "<row r=\"2\"><c r=\"A2\"><v>1</v></c></row><row r=\"1\"><c r=\"A1\"><v>1</v></c></row>";
    assert_eq!(csv(rows, ""), Err("bad-workbook"));
}

#[test]
fn archives_that_lie_are_refused() {
    let claim = STRINGS.replace("\"2\"", "\"4294967295\"");
    assert_eq!(guard(book("", "", &claim).path()), Err("bad-workbook"));
    let entity = format!("<!DOCTYPE x [<!ENTITY a \"b\">]>{STRINGS}");
    assert_eq!(guard(book("", "", &entity).path()), Err("bad-xml"));
    let bomb = "<row/>".repeat(2 << 20);
    assert_eq!(guard(book(&bomb, "", STRINGS).path()), Err("zip-ratio"));
    assert_eq!(guard(book("", "", STRINGS).path()), Ok(()));
    let mut other = NamedTempFile::new().unwrap();
    other.write_all(b"PK\x03\x04 and nothing else").unwrap();
    assert_eq!(guard(other.path()), Err("unsupported"));
}
