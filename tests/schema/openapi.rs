//! The API's description.

use std::path::Path;

use seatwise_domain::access::ROUTES;
use seatwise_tests::openapi::document;

#[test]
fn the_description_that_is_served_is_up_to_date() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../public/openapi.json");
    let served: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    assert!(served == document(), "run: cargo run -p seatwise-tests --bin openapi > public/openapi.json");
}

#[test]
fn every_route_is_described_and_every_reference_leads_somewhere() {
    let document = document();
    for route in ROUTES {
        assert!(document["paths"][route.path][route.method.as_str().to_lowercase()].is_object(), "{}", route.path);
    }
    let text = document.to_string();
    for reference in text.split("\"$ref\":\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(document.pointer(reference).is_some(), "{reference} leads nowhere");
    }
}
