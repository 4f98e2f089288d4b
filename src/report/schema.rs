//! JSON Schemas of what the `json` format writes, by the word of `schema`.

/// Name and schema.
pub const SCHEMAS: &[(&str, &str)] =
    &[("run", include_str!("schema/run.json")), ("findings", include_str!("schema/findings.json"))];

/// The schema of a name.
pub fn schema(name: &str) -> Option<&'static str> {
    SCHEMAS.iter().find(|(known, _)| *known == name).map(|&(_, text)| text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::lang::Lang;
    use crate::model::state::Cause;
    use crate::report::CsvFlavour;
    use crate::report::sample::Sample;
    use crate::report::tests::{objects, outputs};
    use serde_json::Value;
    use std::collections::BTreeSet;

    fn keys(value: &Value) -> BTreeSet<&str> {
        value.as_object().unwrap().keys().map(String::as_str).collect()
    }

    fn required(schema: &Value) -> BTreeSet<&str> {
        schema["required"].as_array().unwrap().iter().map(|key| key.as_str().unwrap()).collect()
    }

    // Whether values fit is checked with check-jsonschema (tests/schemas.sh).
    #[test]
    fn schemas_name_what_is_written() {
        let files = outputs(&Sample::full(), Lang::Ja, CsvFlavour::Plain);
        let run: Value = serde_json::from_slice(&files["run.json"]).unwrap();
        let wanted: Value = serde_json::from_str(schema("run").unwrap()).unwrap();
        assert_eq!(keys(&run), required(&wanted));
        let wanted: Value = serde_json::from_str(schema("findings").unwrap()).unwrap();
        for line in objects(&files["findings.jsonl"]) {
            assert_eq!(keys(&line), required(&wanted));
        }
        let causes: Vec<_> = Cause::ALL.iter().map(|cause| cause.word()).collect();
        assert_eq!(wanted["properties"]["cause"]["enum"], Value::from(causes));
        assert_eq!(schema("sarif"), None);
    }
}
