//! Prints the OpenAPI document. It lies in `public/openapi.json`; a test says when that is no longer up to date.

fn main() {
    println!("{:#}", seatwise_tests::openapi::document());
}
