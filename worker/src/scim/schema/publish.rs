//! What the server says about itself: `/Schemas`, `/ResourceTypes` and `/ServiceProviderConfig` (RFC 7644 §4).

use serde_json::{Map, Value, json};

use super::{
    Attribute, Mutability, RESOURCE_TYPE, ResourceKind, Returned, SCHEMA, SERVICE_PROVIDER_CONFIG, Schema, Type, Uniqueness,
    group, service, user,
};

/// The most changes in one bulk request.
pub const BULK_OPERATIONS: usize = 200;
/// The most bytes of a body.
pub const PAYLOAD_SIZE: u32 = 1_048_576;
/// How many resources a page has when nothing is asked for.
pub const PAGE_SIZE: u32 = 100;
/// For how many seconds a cursor holds.
pub const CURSOR_SECONDS: u32 = 3_600;

static ALL: [&Schema; 6] = [
    &user::SCHEMA,
    &user::ENTERPRISE_SCHEMA,
    &group::SCHEMA,
    &service::SERVICE_PROVIDER_CONFIG_SCHEMA,
    &service::RESOURCE_TYPE_SCHEMA,
    &service::SCHEMA_SCHEMA,
];

/// All schemas, as RFC 7643 §7 writes them. `base` is the address of the server without a slash at its end.
#[must_use]
pub fn schemas(base: &str) -> Vec<Value> {
    ALL.iter().map(|schema| written_schema(schema, base)).collect()
}

/// The schema of this name, in any case. `base` is the address of the server without a slash at its end.
#[must_use]
pub fn schema(id: &str, base: &str) -> Option<Value> {
    ALL.iter().find(|schema| schema.id.eq_ignore_ascii_case(id)).map(|schema| written_schema(schema, base))
}

fn written_schema(schema: &Schema, base: &str) -> Value {
    json!({
        "schemas": [SCHEMA],
        "id": schema.id,
        "name": schema.name,
        "description": schema.description,
        "attributes": schema.attributes.iter().map(written_attribute).collect::<Vec<_>>(),
        "meta": { "resourceType": "Schema", "location": format!("{base}/Schemas/{}", schema.id) },
    })
}

fn written_attribute(attribute: &Attribute) -> Value {
    let mut written = Map::new();
    let mut set = |name: &str, value: Value| {
        written.insert(name.into(), value);
    };
    set("name", attribute.name.into());
    set("type", word_of_type(attribute.kind).into());
    set("multiValued", attribute.multi_valued.into());
    set("description", attribute.description.into());
    set("required", attribute.required.into());
    set("mutability", word_of_mutability(attribute.mutability).into());
    set("returned", word_of_returned(attribute.returned).into());
    // Only texts and addresses can be told apart by capital letters, or be unique (RFC 7643 §2.2).
    if !matches!(attribute.kind, Type::Complex | Type::Boolean) {
        set("caseExact", attribute.case_exact.into());
        set("uniqueness", word_of_uniqueness(attribute.uniqueness).into());
    }
    if !attribute.canonical_values.is_empty() {
        set("canonicalValues", attribute.canonical_values.into());
    }
    if !attribute.reference_types.is_empty() {
        set("referenceTypes", attribute.reference_types.into());
    }
    if !attribute.sub_attributes.is_empty() {
        set("subAttributes", attribute.sub_attributes.iter().map(written_attribute).collect());
    }
    Value::Object(written)
}

const fn word_of_type(kind: Type) -> &'static str {
    match kind {
        Type::String => "string",
        Type::Boolean => "boolean",
        Type::Integer => "integer",
        Type::DateTime => "dateTime",
        Type::Reference => "reference",
        Type::Binary => "binary",
        Type::Complex => "complex",
    }
}

const fn word_of_mutability(mutability: Mutability) -> &'static str {
    match mutability {
        Mutability::ReadOnly => "readOnly",
        Mutability::ReadWrite => "readWrite",
        Mutability::Immutable => "immutable",
        Mutability::WriteOnly => "writeOnly",
    }
}

const fn word_of_returned(returned: Returned) -> &'static str {
    match returned {
        Returned::Always => "always",
        Returned::Never => "never",
        Returned::Default => "default",
        Returned::Request => "request",
    }
}

const fn word_of_uniqueness(uniqueness: Uniqueness) -> &'static str {
    match uniqueness {
        Uniqueness::None => "none",
        Uniqueness::Server => "server",
        Uniqueness::Global => "global",
    }
}

/// Both resource types, as RFC 7643 §6 writes them. `base` is the address of the server without a slash at its end.
#[must_use]
pub fn resource_types(base: &str) -> Vec<Value> {
    [ResourceKind::User, ResourceKind::Group].into_iter().map(|kind| written_resource_type(kind, base)).collect()
}

/// The resource type of this name, `User` or `Group` in any case.
#[must_use]
pub fn resource_type(name: &str, base: &str) -> Option<Value> {
    let mut kinds = [ResourceKind::User, ResourceKind::Group].into_iter();
    kinds.find(|kind| kind.name().eq_ignore_ascii_case(name)).map(|kind| written_resource_type(kind, base))
}

fn written_resource_type(kind: ResourceKind, base: &str) -> Value {
    let extensions: Vec<Value> =
        kind.extension().iter().map(|schema| json!({ "schema": schema.id, "required": false })).collect();
    json!({
        "schemas": [RESOURCE_TYPE],
        "id": kind.name(),
        "name": kind.name(),
        "description": kind.core().description,
        "endpoint": kind.endpoint(),
        "schema": kind.core().id,
        "schemaExtensions": extensions,
        "meta": { "resourceType": "ResourceType", "location": format!("{base}/ResourceTypes/{}", kind.name()) },
    })
}

/// What the server can do, as RFC 7643 §5 and RFC 9865 §4 write it. `max_results` is the most resources of an answer.
#[must_use]
pub fn service_provider_config(base: &str, max_results: u32) -> Value {
    json!({
        "schemas": [SERVICE_PROVIDER_CONFIG],
        "patch": { "supported": true },
        "bulk": { "supported": true, "maxOperations": BULK_OPERATIONS, "maxPayloadSize": PAYLOAD_SIZE },
        "filter": { "supported": true, "maxResults": max_results },
        "changePassword": { "supported": false },
        "sort": { "supported": true },
        "etag": { "supported": true },
        "pagination": {
            "cursor": true,
            "index": true,
            "defaultPaginationMethod": "index",
            "defaultPageSize": PAGE_SIZE.min(max_results),
            "maxPageSize": max_results,
            "cursorTimeout": CURSOR_SECONDS,
        },
        "authenticationSchemes": [{
            "type": "oauthbearertoken",
            "name": "OAuth Bearer Token",
            "description": "The token that Seatwise shows when directory sync is switched on.",
            "specUri": "https://www.rfc-editor.org/info/rfc6750",
            "primary": true,
        }],
        "meta": { "resourceType": "ServiceProviderConfig", "location": format!("{base}/ServiceProviderConfig") },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = "https://licences.example.com/scim/v2";

    fn every<'a>(value: &'a Value, check: &mut dyn FnMut(&'a Value)) {
        check(value);
        match value {
            Value::Array(elements) => elements.iter().for_each(|value| every(value, check)),
            Value::Object(parts) => parts.values().for_each(|value| every(value, check)),
            _ => {}
        }
    }

    #[test]
    fn what_is_published_has_no_nulls_and_says_where_it_is() {
        let mut published = [schemas(BASE), resource_types(BASE)].concat();
        published.push(service_provider_config(BASE, 200));
        for document in &published {
            every(document, &mut |value| assert!(!value.is_null()));
            assert!(document["meta"]["location"].as_str().unwrap().starts_with(BASE));
        }
        let names: Vec<&str> = published.iter().filter_map(|document| document["name"].as_str()).collect();
        let expected = ["User", "EnterpriseUser", "Group", "ServiceProviderConfig", "ResourceType", "Schema", "User", "Group"];
        assert_eq!(names, expected);
        assert_eq!(published[8]["filter"], json!({ "supported": true, "maxResults": 200 }));
        assert_eq!(published[8]["pagination"]["maxPageSize"], 200);
    }

    #[test]
    fn schemas_and_resource_types_are_found_in_any_case() {
        assert_eq!(schema("URN:ietf:params:scim:schemas:core:2.0:user", BASE), schemas(BASE).first().cloned());
        assert_eq!(schema("urn:ietf:params:scim:schemas:core:2.0:Shoe", BASE), None);
        assert_eq!(resource_type("user", BASE).unwrap()["schemaExtensions"][0]["schema"], crate::scim::schema::ENTERPRISE_USER);
        assert_eq!(resource_type("Group", BASE).unwrap()["schemaExtensions"], json!([]));
        assert_eq!(resource_type("Shoe", BASE), None);
    }

    #[test]
    fn attributes_are_described_as_rfc_7643_has_them() {
        let user = schema(crate::scim::schema::USER, BASE).unwrap();
        let attribute = |name: &str| user["attributes"].as_array().unwrap().iter().find(|known| known["name"] == name).unwrap();
        let expected = json!({
            "name": "userName", "type": "string", "multiValued": false, "required": true, "caseExact": false, "mutability": "readWrite",
            "returned": "default", "uniqueness": "server", "description": "The name that the person signs in with at the company.",
        });
        assert_eq!(*attribute("userName"), expected);
        assert_eq!(
            (&attribute("password")["mutability"], &attribute("password")["returned"]),
            (&json!("writeOnly"), &json!("never"))
        );
        assert_eq!(attribute("groups")["mutability"], "readOnly");
        assert_eq!(attribute("photos")["subAttributes"][0]["referenceTypes"], json!(["external"]));
        // RFC 7643 allows parts of parts in the schema of schemas alone.
        for document in schemas(BASE).iter().filter(|document| document["name"] != "Schema") {
            for part in
                document["attributes"].as_array().unwrap().iter().filter_map(|known| known["subAttributes"].as_array()).flatten()
            {
                assert_ne!(part["type"], "complex");
            }
        }
    }
}
