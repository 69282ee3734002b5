//! What is known about a person (RFC 7643 §4.1), and what the person is at work (§4.3).

use super::{Attribute, ENTERPRISE_USER, Mutability, Returned, Schema, Type, USER, Uniqueness};

const DISPLAY: Attribute = Attribute::text("display", "How the value is shown.");
const PRIMARY: Attribute = Attribute::boolean("primary", "Whether it is the preferred one. At most one is.");
const TYPE: Attribute = Attribute::text("type", "What it is for.");

/// The attributes of a person.
pub(super) static SCHEMA: Schema = Schema {
    id: USER,
    name: "User",
    description: "A person",
    attributes: &[
        Attribute::text("userName", "The name that the person signs in with at the company.")
            .required()
            .unique(Uniqueness::Server),
        Attribute::complex(
            "name",
            &[
                Attribute::text("formatted", "The whole name, as it is shown."),
                Attribute::text("familyName", "The family name."),
                Attribute::text("givenName", "The given name."),
                Attribute::text("middleName", "Names between the two."),
                Attribute::text("honorificPrefix", "What stands before the name, such as Dr."),
                Attribute::text("honorificSuffix", "What stands after the name, such as III."),
            ],
            "The parts of the name.",
        ),
        Attribute::text("displayName", "The name that others see."),
        Attribute::text("nickName", "What the person is called by friends."),
        Attribute::reference("profileUrl", &["external"], "A page about the person."),
        Attribute::text("title", "The position, such as Vice President."),
        Attribute::text("userType", "How the person belongs to the company, such as Employee."),
        Attribute::text("preferredLanguage", "The language that the person reads best, such as en-GB."),
        Attribute::text("locale", "How dates and numbers are written for the person, such as en-GB."),
        Attribute::text("timezone", "Where the person's clock is, such as Europe/Lisbon."),
        Attribute::boolean("active", "Whether the person may use licences."),
        Attribute::text("password", "Taken and thrown away: Seatwise has no passwords.")
            .case_exact()
            .mutability(Mutability::WriteOnly)
            .returned(Returned::Never),
        Attribute::complex(
            "emails",
            &[Attribute::text("value", "The address."), DISPLAY, TYPE.usually(&["work", "home", "other"]), PRIMARY],
            "E-mail addresses.",
        )
        .several(),
        Attribute::complex(
            "phoneNumbers",
            &[
                Attribute::text("value", "The number."),
                DISPLAY,
                TYPE.usually(&["work", "home", "mobile", "fax", "pager", "other"]),
                PRIMARY,
            ],
            "Phone numbers.",
        )
        .several(),
        Attribute::complex(
            "ims",
            &[
                Attribute::text("value", "The address."),
                DISPLAY,
                TYPE.usually(&["aim", "gtalk", "icq", "xmpp", "msn", "skype", "qq", "yahoo"]),
                PRIMARY,
            ],
            "Addresses for instant messages.",
        )
        .several(),
        Attribute::complex(
            "photos",
            &[
                Attribute::reference("value", &["external"], "Where the picture is."),
                DISPLAY,
                TYPE.usually(&["photo", "thumbnail"]),
                PRIMARY,
            ],
            "Pictures of the person.",
        )
        .several(),
        Attribute::complex(
            "addresses",
            &[
                Attribute::text("formatted", "The whole address, as it is written on a letter."),
                Attribute::text("streetAddress", "Street and number."),
                Attribute::text("locality", "The town."),
                Attribute::text("region", "The state or region."),
                Attribute::text("postalCode", "The postal code."),
                Attribute::text("country", "The country."),
                TYPE.usually(&["work", "home", "other"]),
                PRIMARY,
            ],
            "Where letters reach the person.",
        )
        .several(),
        Attribute::complex(
            "groups",
            &[
                Attribute::text("value", "The group's id.").case_exact().read_only(),
                Attribute::reference("$ref", &["Group"], "The group's address.").read_only(),
                Attribute::text("display", "The group's name.").read_only(),
                Attribute::text("type", "Whether the person is in it directly.").usually(&["direct", "indirect"]).read_only(),
            ],
            "The groups that the person is in. Groups change through their members.",
        )
        .several()
        .read_only(),
        Attribute::complex(
            "entitlements",
            &[Attribute::text("value", "What it is."), DISPLAY, TYPE, PRIMARY],
            "What the person has a right to.",
        )
        .several(),
        Attribute::complex("roles", &[Attribute::text("value", "What it is."), DISPLAY, TYPE, PRIMARY], "What the person does.")
            .several(),
        Attribute::complex(
            "x509Certificates",
            &[Attribute::new("value", Type::Binary, "The certificate."), DISPLAY, TYPE, PRIMARY],
            "Certificates of the person.",
        )
        .several(),
    ],
};

/// What a person is at work.
pub(super) static ENTERPRISE_SCHEMA: Schema = Schema {
    id: ENTERPRISE_USER,
    name: "EnterpriseUser",
    description: "A person at work",
    attributes: &[
        Attribute::text("employeeNumber", "The number that the company knows the person by."),
        Attribute::text("costCenter", "Who pays."),
        Attribute::text("organization", "The organisation."),
        Attribute::text("division", "The division."),
        Attribute::text("department", "The department."),
        Attribute::complex(
            "manager",
            &[
                Attribute::text("value", "The id of the person's manager.").case_exact(),
                Attribute::reference("$ref", &["User"], "The address of the person's manager."),
                Attribute::text("displayName", "The name of the person's manager.").read_only(),
            ],
            "Who the person works for.",
        ),
    ],
};
