use super::*;

fn read(text: &str) -> Vec<(u32, String)> {
    let mut seen = Vec::new();
    records(text.as_bytes(), 1, b',', 0, |line, event| {
        let shown = match event {
            Event::Record(row) => {
                let cells = (0..row.len()).map(|i| row.get(i).into_owned());
                cells.map(|c| String::from_utf8(c).unwrap()).collect::<Vec<_>>().join("|")
            }
            Event::Bad(code, _) => code.to_owned(),
        };
        seen.push((line, shown));
    });
    seen
}

#[test]
fn an_unclosed_quote_costs_one_line() {
    let seen = read("a,\"b,c\n1,x,3\n4,y,6\n7,8,9\n");
    assert_eq!(seen[0], (1, "unclosed-quote".into()));
    assert_eq!(seen[1..], [(2, "1|x|3".into()), (3, "4|y|6".into()), (4, "7|8|9".into())]);
}

#[test]
fn a_stray_quote_that_happens_to_balance_is_noticed() {
    let seen = read("a,\"b,c\n1,\"x\",3\n");
    assert_eq!(seen, [(1, "unclosed-quote".into()), (2, "1|x|3".into())]);
}

#[test]
fn quoted_newlines_are_one_record_with_its_first_line() {
    let seen = read("a,\"b\nb\",c\r\n1,2,3\r\n");
    assert_eq!(seen, [(1, "a|b\nb|c".into()), (3, "1|2|3".into())]);
}

#[test]
fn rows_between_two_stray_quotes_are_not_swallowed() {
    let text = "q1,\"n,1\nq2,b,1\nq3,c\",1,\n";
    let mut lines = Vec::new();
    records(text.as_bytes(), 1, b',', 3, |line, event| {
        lines.push((line, matches!(event, Event::Record(_))));
    });
    assert_eq!(lines, [(1, false), (2, true), (3, true)]);
}

#[test]
fn quotes_are_doubled_inside_and_text_elsewhere() {
    let seen = read("\"a\"\"b\",5\" disk,\"\"\n\"\"\"\",x,");
    assert_eq!(seen, [(1, "a\"b|5\" disk|".into()), (2, "\"|x|".into())]);
}

#[test]
fn blank_lines_and_a_last_line_without_end_are_seen() {
    let seen = read("a,b\n\n,\nx,y");
    assert_eq!(seen, [(1, "a|b".into()), (2, String::new()), (3, "|".into()), (4, "x|y".into())]);
}

#[test]
fn records_agree_with_the_csv_crate() {
    use proptest::prelude::*;
    proptest!(|(rows in prop::collection::vec(prop::collection::vec("[a-c\"\n, ]{0,4}", 2..5), 1..6))| {
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        for row in &rows {
            writer.write_record(row).unwrap();
        }
        let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
        let ours: Vec<String> = read(&text).into_iter().map(|(_, row)| row).collect();
        let wanted: Vec<String> = rows.iter().map(|row| row.join("|")).collect();
        prop_assert_eq!(ours, wanted);
    });
}

#[test]
fn chunks_end_with_records() {
    assert_eq!(cut(b"a,b\n\"c\nd\",e\nf"), 12);
    assert_eq!(cut(b"a,b\n\"c\nd"), 4);
    assert_eq!(cut(b"abc"), 3);
}
