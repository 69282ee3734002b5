//! What is known about a group (RFC 7643 §4.2).

use super::{Attribute, GROUP, Mutability, Returned, Schema, Uniqueness};

/// The attributes of a group.
pub(super) static SCHEMA: Schema = Schema {
    id: GROUP,
    name: "Group",
    description: "People who belong together",
    attributes: &[
        // RFC 7643 lets two groups have one name; directories look groups up by it, and want it to be unique.
        Attribute::text("displayName", "The name of the group.").required().unique(Uniqueness::Server),
        Attribute::complex(
            "members",
            &[
                Attribute::text("value", "The member's id.").case_exact().mutability(Mutability::Immutable),
                // RFC 7643 lets groups be in groups. Directories don't follow those, and nobody here would be in them.
                Attribute::reference("$ref", &["User"], "The member's address.").mutability(Mutability::Immutable),
                Attribute::text("type", "What the member is.").usually(&["User"]).mutability(Mutability::Immutable),
                // Looking up the names of 20,000 members is done for whoever wants them.
                Attribute::text("display", "The member's name.").read_only().returned(Returned::Request),
            ],
            "Who is in the group.",
        )
        .several(),
    ],
};
