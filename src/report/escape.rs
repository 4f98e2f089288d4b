//! JSON strings, written straight into a buffer.

/// Appends `text` as a JSON string. C0 and C1 controls are escaped, so that a line can be looked
/// at on a terminal.
pub(super) fn push_string(out: &mut Vec<u8>, text: &str) {
    out.push(b'"');
    let bytes = text.as_bytes();
    let mut done = 0;
    for (at, &byte) in bytes.iter().enumerate() {
        if PLAIN[byte as usize] {
            continue;
        }
        // 0xC2 leads U+0080 to U+00BF; only the first half of them are controls.
        let wide = byte == 0xC2;
        if wide && bytes[at + 1] >= 0xA0 {
            continue;
        }
        out.extend_from_slice(&bytes[done..at]);
        push_escape(out, if wide { bytes[at + 1] } else { byte });
        done = at + 1 + usize::from(wide);
    }
    out.extend_from_slice(&bytes[done..]);
    out.push(b'"');
}

fn push_escape(out: &mut Vec<u8>, byte: u8) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    match byte {
        b'"' | b'\\' => out.extend_from_slice(&[b'\\', byte]),
        b'\n' => out.extend_from_slice(b"\\n"),
        b'\r' => out.extend_from_slice(b"\\r"),
        b'\t' => out.extend_from_slice(b"\\t"),
        _ => {
            out.extend_from_slice(b"\\u00");
            out.extend_from_slice(&[HEX[(byte >> 4) as usize], HEX[(byte & 15) as usize]]);
        }
    }
}

const PLAIN: [bool; 256] = {
    let mut plain = [true; 256];
    let mut control = 0;
    while control < 0x20 {
        plain[control] = false;
        control += 1;
    }
    plain[b'"' as usize] = false;
    plain[b'\\' as usize] = false;
    plain[0x7F] = false;
    plain[0xC2] = false;
    plain
};

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_string_is_the_way_back_to_its_text(text in any::<String>()) {
            let mut out = Vec::new();
            push_string(&mut out, &text);
            prop_assert_eq!(serde_json::from_slice::<String>(&out).unwrap(), text);
        }

        #[test]
        fn controls_never_stand_raw(text in "[\u{0}-\u{bf}\"\\\\あ]{0,16}") {
            let mut out = Vec::new();
            push_string(&mut out, &text);
            let line = String::from_utf8(out).unwrap();
            prop_assert!(!line.chars().any(char::is_control));
            prop_assert_eq!(serde_json::from_str::<String>(&line).unwrap(), text);
        }
    }
}
