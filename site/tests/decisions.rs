//! The table of decisions: a row for every kind of visitor and record.

mod memory;

use consentry_site::command::Code;
use memory::Paper;

#[test]
fn decisions_prints_every_kind_of_visitor() {
    let config = r#"{ "policy": { "version": "1" }, "floor": "law", "age": {}, "services": [
      { "id": "counter", "category": "analytics", "hosts": ["/count"] }, { "id": "ads", "category": "marketing", "hosts": ["ads.example"] } ] }"#;
    let mut paper = Paper::with(&[("consentry.json", config)]);
    assert_eq!(paper.run("decisions"), Code::Well);
    let rows: Vec<&str> = paper.said.lines().skip(2).collect();
    assert_eq!(rows.len(), 18 * 3 * 6 * 9);
    for row in [
        "| DE | none | 40 | accept all | + necessary | + granted | + granted | + granted |",
        "| DE | none | 15 | accept all | + necessary | - age | - age | - age |",
        "| US-CA | none | 40 | none | + necessary | + default | + default | + default |",
        "| US-CA | GPC | 40 | none | + necessary | + default | + default | - signal |",
        "| US-CA | none | 15 | none | + necessary | - unanswered | - unanswered | - unanswered |",
        "| US-CA | none | 15 | accept all | + necessary | + granted | + granted | + granted |",
        "| US-OR | none | 15 | accept all | + necessary | + granted | + granted | - age |",
        "| unknown | none | 17 | accept all | + necessary | - age | - age | - age |",
        "| DE | none | 40 | expired | + necessary | - expired | - expired | - expired |",
        "| DE | none | 40 | older policy | + necessary | - changed | - changed | - changed |",
        "| DE | none | 40 | withdrawn | + necessary | - withdrawn | - withdrawn | - withdrawn |",
        "| US-CA | none | 40 | erased | + necessary | - unanswered | - unanswered | - unanswered |",
        "| US-CA | none | 40 | damaged | + necessary | - unanswered | - unanswered | - unanswered |",
        "| US-CA | none | 40 | newer code | + necessary | - unanswered | - unanswered | - unanswered |",
        "| US-MD | none | 17 | accept all | + necessary | + granted | + granted | - age |",
        "| AU | none | 40 | none | + necessary | - unanswered | - unanswered | - unanswered |",
        "| KR | none | 40 | none | + necessary | - unanswered | - unanswered | - unanswered |",
        "| IN | none | 17 | accept all | + necessary | - age | - age | - age |",
        "| AT | none | 15 | accept all | + necessary | + granted | + granted | + granted |",
        "| AT | none | 13 | accept all | + necessary | - age | - age | - age |",
        "| JP | none | unknown | reject all | + necessary | - refused | - refused | - refused |",
    ] {
        assert!(rows.contains(&row), "{row}\n{}", paper.said);
    }
    for row in rows.iter().filter(|row| {
        ["| unknown | accept all", "| 10 |", "reject all", "withdrawn", "expired", "erased", "damaged", "newer code"]
            .iter()
            .any(|word| row.contains(word))
    }) {
        assert_eq!(row.matches("| + ").count(), 1, "{row}");
    }
    assert_eq!(paper.run("decisions --place FR"), Code::Well);
    assert!(paper.said.lines().skip(2).all(|row| row.starts_with("| FR |")));
}
