use super::*;
use proptest::prelude::*;

const CP932: &[u8] = b"\x97\x98\x97p\x8e\xd2ID,\x8e\x81\x96\xbc\r\n\
    u01,\x87@\x87\x8a\xee\xe0\x8b\xb4\xed\x95\x81`\xb6\xc5\x95\\\x83\\\x94\\\r\n";
const CP932_TEXT: &str = "利用者ID,氏名\r\nu01,①㈱髙橋﨑～ｶﾅ表ソ能\r\n";
const EUC: &[u8] = b"\xbf\xa6\xb0\xf7\xc8\xd6\xb9\xe6,\xbb\xe1\xcc\xbe,\xbd\xea\xc2\xb0\r\n\
    00123,\xbb\xb3\xc5\xc4 \xb2\xd6\xbb\xd2,\xb4\xc7\xb8\xee\xc9\xf4\r\n";
const EUC_TEXT: &str = "職員番号,氏名,所属\r\n00123,山田 花子,看護部\r\n";
const EUC_KANA: &[u8] = b"\x8e\xb6\x8e\xc5,\x8e\xc0\x8e\xc5\x8e\xb6 \x8e\xc0\x8e\xdb\x8e\xb3\r\n";
const JIS: &[u8] = b"\x1b$B;aL>\x1b(B\r\n\x1b$BEDCf\x1b(B\r\n";

fn detect(bytes: &[u8]) -> Detected {
    let mut detector = Detector::new();
    detector.feed(bytes);
    let whole = detector.finish();
    // The judgement must not depend on where chunks are cut.
    for size in [1, 3, 7] {
        let mut detector = Detector::new();
        bytes.chunks(size).for_each(|chunk| detector.feed(chunk));
        assert_eq!(detector.finish(), whole, "chunks of {size}");
    }
    whole
}

fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(order).collect()
}

fn transcode(encoding: Encoding, bytes: &[u8], chunk: usize) -> Result<String, DecodeError> {
    let mut transcoder = Transcoder::new(encoding);
    let mut out = Vec::new();
    for part in bytes.chunks(chunk) {
        transcoder.push(part, false, &mut out)?;
    }
    transcoder.push(&[], true, &mut out)?;
    Ok(String::from_utf8(out).unwrap())
}

#[test]
fn case_31_utf8_with_a_mark() {
    let found = detect("\u{feff}利用者ID\r\n".as_bytes());
    assert_eq!((found.encoding, found.bom_len), (Encoding::Utf8Bom, 3));
    assert_eq!(found.encoding.name(), "UTF-8 BOM");
}

#[test]
fn cases_32_and_33_utf16() {
    for text in ["dn,name\r\nu01,山田\r\n", "職員番号,氏名\r\n0001,健一\r\n0002,一二三\r\n"]
    {
        for (order, encoding) in [
            (u16::to_le_bytes as fn(u16) -> [u8; 2], Encoding::Utf16Le),
            (u16::to_be_bytes, Encoding::Utf16Be),
        ] {
            let bare = utf16(text, order);
            assert_eq!(detect(&bare), Detected { encoding, ambiguous_with: None, bom_len: 0 });
            let marked = utf16(&format!("\u{feff}{text}"), order);
            assert_eq!(detect(&marked), Detected { encoding, ambiguous_with: None, bom_len: 2 });
            for chunk in [1, 3, 4_096] {
                assert_eq!(transcode(encoding, &bare, chunk).unwrap(), text);
                assert_eq!(transcode(encoding, &marked, chunk).unwrap(), text);
            }
        }
    }
    assert!(!ascii_compatible(Encoding::Utf16Le));
    assert_eq!(detect(b"abc\0def,ghi\r\nlonger line of text\r\n").encoding, Encoding::Ascii);
    assert_eq!(detect(&[0; 100]).encoding, Encoding::Ascii);
}

#[test]
fn cases_34_and_40_cp932() {
    let found = detect(CP932);
    assert_eq!(found.encoding, Encoding::Cp932);
    assert_eq!(found.ambiguous_with, None);
    assert_eq!(decode(Encoding::Cp932, CP932).unwrap(), CP932_TEXT);
    for chunk in [1, 5] {
        assert_eq!(transcode(Encoding::Cp932, CP932, chunk).unwrap(), CP932_TEXT);
    }
    assert!(ascii_compatible(Encoding::Cp932));
}

#[test]
fn case_35_euc_jp() {
    assert_eq!(detect(EUC).encoding, Encoding::EucJp);
    assert_eq!(decode(Encoding::EucJp, EUC).unwrap(), EUC_TEXT);
    let kana = detect(EUC_KANA);
    assert_eq!(kana.encoding, Encoding::EucJp);
    assert_eq!(kana.ambiguous_with, Some(Encoding::Cp932));
    assert_eq!(decode(Encoding::EucJp, EUC_KANA).unwrap(), "ｶﾅ,ﾀﾅｶ ﾀﾛｳ\r\n");
    // A long file with one damaged byte stays what it is.
    let mut damaged = EUC.repeat(20);
    damaged.extend_from_slice(b"u,\xbb\xff\r\n");
    assert_eq!(detect(&damaged).encoding, Encoding::EucJp);
    let mut damaged = CP932.repeat(20);
    damaged.extend_from_slice(b"u,\x97\xff\r\n");
    assert_eq!(detect(&damaged).encoding, Encoding::Cp932);
}

#[test]
fn case_36_iso_2022_jp() {
    assert_eq!(detect(JIS).encoding, Encoding::Iso2022Jp);
    assert_eq!(transcode(Encoding::Iso2022Jp, JIS, 1).unwrap(), "氏名\r\n田中\r\n");
    assert_eq!(decode(Encoding::Iso2022Jp, JIS).unwrap(), "氏名\r\n田中\r\n");
    assert!(!ascii_compatible(Encoding::Iso2022Jp));
    // Escapes for a terminal are no Japanese.
    assert_eq!(detect(b"u01,\x1b[2J\r\n").encoding, Encoding::Ascii);
    assert_eq!(detect("u01,\x1b$B田中\r\n".as_bytes()).encoding, Encoding::Utf8);
}

#[test]
fn case_37_one_bad_byte_leaves_utf8() {
    for bad in [
        b"u1,\xe5\xb1\xb1\xe7\x94\xb0\xff\r\n".to_vec(),
        [EUC_TEXT.as_bytes(), b"u,\xe5\xb1\r\n"].concat(),
        [EUC_TEXT.repeat(50).as_bytes(), b"u,\x80\r\n"].concat(),
    ] {
        assert_eq!(detect(&bad).encoding, Encoding::Utf8);
    }
    assert_eq!(decode(Encoding::Utf8, b"ab\xff"), Err(DecodeError { at: 2 }));
    assert_eq!(decode(Encoding::Cp932, b"\x97\x98\x97\n"), Err(DecodeError { at: 2 }));
    assert_eq!(decode(Encoding::Ascii, b"abc\xe5"), Err(DecodeError { at: 3 }));
    assert_eq!(decode(Encoding::EucJp, b"a\xbf"), Err(DecodeError { at: 1 }));
}

#[test]
fn case_38_two_exports_in_one_fail_loudly() {
    for mixed in [
        [CP932_TEXT.as_bytes(), CP932].concat(),
        [CP932, CP932_TEXT.as_bytes()].concat(),
        [EUC_TEXT.as_bytes(), EUC].concat(),
    ] {
        assert_eq!(detect(&mixed).encoding, Encoding::Utf8);
        assert!(decode(Encoding::Utf8, &mixed).is_err());
    }
}

#[test]
fn case_39_one_cell_at_line_90_000() {
    let mut file = b"u00001,tanaka,2024-04-01\r\n".repeat(90_000);
    file.extend_from_slice(b"u90000,\x97\x98\x97p\x8e\xd2\r\n");
    let mut detector = Detector::new();
    file.chunks(65_536).for_each(|chunk| detector.feed(chunk));
    assert!(!detector.decided());
    assert_eq!(detector.finish().encoding, Encoding::Cp932);
    let plain = &file[..1_000];
    assert_eq!(detect(plain).encoding, Encoding::Ascii);
    assert!(matches!(decode(Encoding::Ascii, plain), Ok(Cow::Borrowed(_))));
}

#[test]
fn case_41_private_characters_are_kept() {
    assert_eq!(decode(Encoding::Cp932, b"\xf0\x40").unwrap(), "\u{E000}");
}

#[test]
fn enough_is_enough() {
    let mut detector = Detector::new();
    let text = "職員番号,氏名\r\n".repeat(4_000);
    detector.feed(text.as_bytes());
    assert!(detector.decided());
    // The sample is cut inside a character.
    assert_eq!(detector.finish().encoding, Encoding::Utf8);
    let mut long_line = Detector::new();
    long_line.feed("あ".repeat(40_000).as_bytes());
    long_line.feed("あ".repeat(40_000).as_bytes());
    assert_eq!(long_line.finish().encoding, Encoding::Utf8);
    let cut = detect(&EUC_TEXT.as_bytes()[..EUC_TEXT.len() - 4]);
    assert_eq!(cut.encoding, Encoding::Utf8);
    assert_eq!(detect(b"").encoding, Encoding::Ascii);
}

#[test]
fn kana_that_could_be_utf8_is_said_to_be_uncertain() {
    let found = detect(b"u,\xc5\xb6\r\n");
    assert_eq!(found.encoding, Encoding::Utf8);
    assert_eq!(found.ambiguous_with, Some(Encoding::Cp932));
}

#[test]
fn borrowing_where_nothing_changes() {
    for encoding in [Encoding::Utf8, Encoding::Cp932, Encoding::EucJp, Encoding::Ascii] {
        assert!(matches!(decode(encoding, b"tanaka"), Ok(Cow::Borrowed("tanaka"))));
    }
    assert!(matches!(decode(Encoding::Utf8, "田中".as_bytes()), Ok(Cow::Borrowed("田中"))));
}

#[test]
fn transcoders_stop_at_damage_or_mark_it() {
    let bytes = b"\x97\x98,ok\n\x97\n\x97\x98\n";
    assert_eq!(transcode(Encoding::Cp932, bytes, 1), Err(DecodeError { at: 6 }));
    assert_eq!(transcode(Encoding::Ascii, b"ab\x97", 1), Err(DecodeError { at: 2 }));
    let mut marking = Transcoder::marking(Encoding::Cp932);
    let mut out = Vec::new();
    marking.push(bytes, true, &mut out).unwrap();
    assert_eq!(marking.damaged(), 1);
    let rows: Vec<_> = out.split(|b| *b == b'\n').map(|row| utf8(row).is_ok()).collect();
    assert_eq!(rows, [true, false, true, true]);
    let mut marking = Transcoder::marking(Encoding::Utf16Le);
    let mut out = Vec::new();
    marking.push(b"a\0\x00\xd8\n\0b\0", true, &mut out).unwrap();
    assert_eq!(out, b"a\xff\nb");
}

fn any_encoding() -> impl Strategy<Value = Encoding> {
    prop::sample::select(vec![
        Encoding::Ascii,
        Encoding::Utf8,
        Encoding::Utf8Bom,
        Encoding::Utf16Le,
        Encoding::Utf16Be,
        Encoding::Cp932,
        Encoding::EucJp,
        Encoding::Iso2022Jp,
    ])
}

proptest! {
    #[test]
    fn any_bytes_are_survived(
        bytes in prop::collection::vec(any::<u8>(), 0..300),
        encoding in any_encoding(),
        chunk in 1_usize..40,
    ) {
        let found = detect(&bytes);
        let _ = decode(found.encoding, &bytes);
        let whole = decode(encoding, &bytes);
        if let Err(error) = &whole {
            prop_assert!(error.at < bytes.len());
        }
        let mut marking = Transcoder::marking(encoding);
        let mut out = Vec::new();
        for part in bytes.chunks(chunk) {
            prop_assert!(marking.push(part, false, &mut out).is_ok());
        }
        prop_assert!(marking.push(&[], true, &mut out).is_ok());
        prop_assert_eq!(marking.damaged() == 0, std::str::from_utf8(&out).is_ok());
        let text = transcode(encoding, &bytes, chunk);
        prop_assert_eq!(text.is_ok(), whole.is_ok());
    }

    #[test]
    fn japanese_text_is_recognised(rows in prop::collection::vec("[\u{4e00}-\u{9fa0}ぁ-んァ-ヶ]{2,6}", 8..40)) {
        let text = rows.join("\r\nu01,");
        prop_assert_eq!(detect(text.as_bytes()).encoding, Encoding::Utf8);
        let (bytes, _, lossy) = encoding_rs::SHIFT_JIS.encode(&text);
        if !lossy {
            prop_assert_eq!(detect(&bytes).encoding, Encoding::Cp932);
        }
    }
}
