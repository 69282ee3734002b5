//! The schemas of what the server says about itself: what it can do (RFC 7643 §5), which resources it has (§6), and the
//! schemas themselves (§7). All of it is read-only.

use super::{Attribute, RESOURCE_TYPE, SCHEMA, SERVICE_PROVIDER_CONFIG, Schema, Uniqueness};

const fn text(name: &'static str, description: &'static str) -> Attribute {
    Attribute::text(name, description).case_exact().read_only()
}

const fn boolean(name: &'static str, description: &'static str) -> Attribute {
    Attribute::boolean(name, description).read_only()
}

const fn integer(name: &'static str, description: &'static str) -> Attribute {
    Attribute::integer(name, description).read_only()
}

const fn reference(name: &'static str, to: &'static [&'static str], description: &'static str) -> Attribute {
    Attribute::reference(name, to, description).read_only()
}

const fn complex(name: &'static str, sub_attributes: &'static [Attribute], description: &'static str) -> Attribute {
    Attribute::complex(name, sub_attributes, description).read_only()
}

const SUPPORTED: Attribute = boolean("supported", "Whether it is there.").required();

/// What the server can do.
pub(super) static SERVICE_PROVIDER_CONFIG_SCHEMA: Schema = Schema {
    id: SERVICE_PROVIDER_CONFIG,
    name: "ServiceProviderConfig",
    description: "What Seatwise can do",
    attributes: &[
        reference("documentationUri", &["external"], "Where it is explained."),
        complex("patch", &[SUPPORTED], "Changes to parts of a resource.").required(),
        complex(
            "bulk",
            &[
                SUPPORTED,
                integer("maxOperations", "The most changes in one request.").required(),
                integer("maxPayloadSize", "The most bytes in one request.").required(),
            ],
            "Several changes in one request.",
        )
        .required(),
        complex(
            "filter",
            &[SUPPORTED, integer("maxResults", "The most resources in one answer.").required()],
            "Looking for resources.",
        )
        .required(),
        complex("changePassword", &[SUPPORTED], "Setting passwords.").required(),
        complex("sort", &[SUPPORTED], "Answers in an order.").required(),
        complex("etag", &[SUPPORTED], "Changes that depend on the state of a resource.").required(),
        complex(
            "pagination",
            &[
                boolean("cursor", "Whether pages follow a cursor.").required(),
                boolean("index", "Whether pages follow a number.").required(),
                text("defaultPaginationMethod", "What pages follow when nothing is asked for.").usually(&["cursor", "index"]),
                integer("defaultPageSize", "How many resources a page has when nothing is asked for."),
                integer("maxPageSize", "The most resources of a page."),
                integer("cursorTimeout", "For how many seconds a cursor holds at least."),
            ],
            "Answers in pages (RFC 9865).",
        ),
        complex(
            "authenticationSchemes",
            &[
                text("type", "The way.").required().usually(&["oauth", "oauth2", "oauthbearertoken", "httpbasic", "httpdigest"]),
                text("name", "Its name.").required(),
                text("description", "What it is, in a few words.").required(),
                reference("specUri", &["external"], "Where it is specified."),
                reference("documentationUri", &["external"], "Where it is explained."),
                boolean("primary", "Whether it is the preferred one."),
            ],
            "How a directory signs in.",
        )
        .several()
        .required(),
    ],
};

/// Which resources there are.
pub(super) static RESOURCE_TYPE_SCHEMA: Schema = Schema {
    id: RESOURCE_TYPE,
    name: "ResourceType",
    description: "What resources there are, and where",
    attributes: &[
        text("id", "The same as the name."),
        text("name", "The name of the resource type.").required().unique(Uniqueness::Server),
        text("description", "What it is, in a few words."),
        reference("endpoint", &["uri"], "Where the resources are, below the base address.").required().unique(Uniqueness::Server),
        reference("schema", &["uri"], "The schema of its own attributes.").required(),
        complex(
            "schemaExtensions",
            &[
                reference("schema", &["uri"], "The schema of further attributes.").required(),
                boolean("required", "Whether they must be there.").required(),
            ],
            "Schemas of further attributes.",
        )
        .several(),
    ],
};

/// What an attribute can be.
const TYPES: &[&str] = &["string", "complex", "boolean", "decimal", "integer", "dateTime", "reference", "binary"];

/// What is said about an attribute and about its parts alike.
macro_rules! said_of_attributes {
    ($($more:expr)?) => {
        &[
            text("name", "The name.").required(),
            text("type", "What the value is.").required().usually(TYPES),
            $($more,)?
            boolean("multiValued", "Whether there can be several values.").required(),
            text("description", "What it is for, in a few words."),
            boolean("required", "Whether it must be there."),
            text("canonicalValues", "The values that are usual.").several(),
            boolean("caseExact", "Whether capital letters make a difference."),
            text("mutability", "Who sets it.").usually(&["readOnly", "readWrite", "immutable", "writeOnly"]),
            text("returned", "When it is in an answer.").usually(&["always", "never", "default", "request"]),
            text("uniqueness", "Whether two may have the same.").usually(&["none", "server", "global"]),
            text("referenceTypes", "What an address leads to.").several(),
        ]
    };
}

/// What is said about attributes.
pub(super) static SCHEMA_SCHEMA: Schema = Schema {
    id: SCHEMA,
    name: "Schema",
    description: "What attributes a resource has",
    attributes: &[
        text("id", "The name for machines.").required(),
        text("name", "The name for people.").required(),
        text("description", "What it is for, in a few words."),
        complex(
            "attributes",
            said_of_attributes!(complex("subAttributes", said_of_attributes!(), "The parts of the attribute.").several()),
            "What is in it.",
        )
        .several()
        .required(),
    ],
};
