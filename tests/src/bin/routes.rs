//! Prints the table of all routes as JSON, for tests that walk it over HTTP.

use seatwise_domain::access::ROUTES;
use serde_json::json;

fn main() {
    let routes: Vec<_> = ROUTES
        .iter()
        .map(|route| {
            json!({
                "action": format!("{:?}", route.action),
                "method": route.method.as_str(),
                "path": route.path,
                "who": format!("{:?}", route.who),
            })
        })
        .collect();
    println!("{}", json!(routes));
}
