//! The attributes of users and groups, and what is said about them (RFC 7643 §2, §3, §4 and §7). Names are found in any
//! case (RFC 7643 §2.1).

mod group;
mod publish;
mod service;
mod user;

pub use publish::{
    BULK_OPERATIONS, CURSOR_SECONDS, PAGE_SIZE, PAYLOAD_SIZE, resource_type, resource_types, schema, schemas,
    service_provider_config,
};

/// The name of the users' own attributes (RFC 7643 §4.1).
pub const USER: &str = "urn:ietf:params:scim:schemas:core:2.0:User";
/// The name of what a user is at work (RFC 7643 §4.3).
pub const ENTERPRISE_USER: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
/// The name of the groups' own attributes (RFC 7643 §4.2).
pub const GROUP: &str = "urn:ietf:params:scim:schemas:core:2.0:Group";
/// The name of the list of resource types (RFC 7643 §6).
pub const RESOURCE_TYPE: &str = "urn:ietf:params:scim:schemas:core:2.0:ResourceType";
/// The name of what the server can do (RFC 7643 §5).
pub const SERVICE_PROVIDER_CONFIG: &str = "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig";
/// The name of the schemas' own attributes (RFC 7643 §7).
pub const SCHEMA: &str = "urn:ietf:params:scim:schemas:core:2.0:Schema";

/// What a value is (RFC 7643 §2.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// A text.
    String,
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer,
    /// A moment as RFC 3339 writes it.
    DateTime,
    /// An address.
    Reference,
    /// Bytes in base64.
    Binary,
    /// Several named values.
    Complex,
}

/// Who sets a value, and when (RFC 7643 §7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mutability {
    /// Seatwise alone.
    ReadOnly,
    /// The directory, at any time.
    ReadWrite,
    /// The directory, once.
    Immutable,
    /// The directory, and nobody reads it.
    WriteOnly,
}

/// When a value is in an answer (RFC 7643 §7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Returned {
    /// Even if it wasn't asked for.
    Always,
    /// In none.
    Never,
    /// Unless other ones are asked for.
    Default,
    /// Only if it is asked for by its name.
    Request,
}

/// How far a value must be alone in being what it is (RFC 7643 §7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Uniqueness {
    /// Not at all.
    None,
    /// Within one company.
    Server,
    /// Everywhere.
    Global,
}

/// One attribute, or one part of an attribute (RFC 7643 §7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// The name, as it is written in answers.
    pub name: &'static str,
    /// What the value is.
    pub kind: Type,
    /// Whether there can be several values.
    pub multi_valued: bool,
    /// What it is for, in a few words.
    pub description: &'static str,
    /// Whether it must be there.
    pub required: bool,
    /// The values that are usual. Other ones are taken too.
    pub canonical_values: &'static [&'static str],
    /// Whether capital letters make a difference.
    pub case_exact: bool,
    /// Who sets it.
    pub mutability: Mutability,
    /// When it is in an answer.
    pub returned: Returned,
    /// Whether two may have the same.
    pub uniqueness: Uniqueness,
    /// What an address leads to: names of resource types, or `external`, or `uri`.
    pub reference_types: &'static [&'static str],
    /// The parts of a complex attribute.
    pub sub_attributes: &'static [Attribute],
}

impl Attribute {
    /// An attribute that is as RFC 7643 §2.2 has them when nothing else is said.
    const fn new(name: &'static str, kind: Type, description: &'static str) -> Self {
        Self {
            name,
            kind,
            multi_valued: false,
            description,
            required: false,
            canonical_values: &[],
            case_exact: matches!(kind, Type::Reference | Type::Binary),
            mutability: Mutability::ReadWrite,
            returned: Returned::Default,
            uniqueness: Uniqueness::None,
            reference_types: &[],
            sub_attributes: &[],
        }
    }

    const fn text(name: &'static str, description: &'static str) -> Self {
        Self::new(name, Type::String, description)
    }

    const fn boolean(name: &'static str, description: &'static str) -> Self {
        Self::new(name, Type::Boolean, description)
    }

    const fn integer(name: &'static str, description: &'static str) -> Self {
        Self::new(name, Type::Integer, description)
    }

    const fn reference(name: &'static str, to: &'static [&'static str], description: &'static str) -> Self {
        Self { reference_types: to, ..Self::new(name, Type::Reference, description) }
    }

    const fn complex(name: &'static str, sub_attributes: &'static [Self], description: &'static str) -> Self {
        Self { sub_attributes, ..Self::new(name, Type::Complex, description) }
    }

    const fn several(self) -> Self {
        Self { multi_valued: true, ..self }
    }

    const fn required(self) -> Self {
        Self { required: true, ..self }
    }

    const fn case_exact(self) -> Self {
        Self { case_exact: true, ..self }
    }

    const fn usually(self, canonical_values: &'static [&'static str]) -> Self {
        Self { canonical_values, ..self }
    }

    const fn unique(self, uniqueness: Uniqueness) -> Self {
        Self { uniqueness, ..self }
    }

    const fn mutability(self, mutability: Mutability) -> Self {
        Self { mutability, ..self }
    }

    const fn returned(self, returned: Returned) -> Self {
        Self { returned, ..self }
    }

    const fn read_only(self) -> Self {
        self.mutability(Mutability::ReadOnly)
    }

    /// The part of this name, in any case.
    #[must_use]
    pub fn sub_attribute(&self, name: &str) -> Option<&'static Self> {
        find(self.sub_attributes, name)
    }
}

/// The attribute of this name, in any case.
fn find(attributes: &'static [Attribute], name: &str) -> Option<&'static Attribute> {
    attributes.iter().find(|attribute| attribute.name.eq_ignore_ascii_case(name))
}

/// A named set of attributes (RFC 7643 §7).
#[derive(Clone, Copy, Debug)]
pub struct Schema {
    /// The name for machines, a URN.
    pub id: &'static str,
    /// The name for people.
    pub name: &'static str,
    /// What it is for, in a few words.
    pub description: &'static str,
    /// What is in it.
    pub attributes: &'static [Attribute],
}

impl Schema {
    /// The attribute of this name, in any case.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&'static Attribute> {
        find(self.attributes, name)
    }
}

/// Attributes that every resource has (RFC 7643 §3.1). Schemas don't list them.
pub static COMMON: &[Attribute] = &[
    Attribute::reference("schemas", &["uri"], "The schemas that the attributes belong to.")
        .several()
        .read_only()
        .returned(Returned::Always),
    Attribute::text("id", "The id that Seatwise has given.")
        .case_exact()
        .read_only()
        .returned(Returned::Always)
        .unique(Uniqueness::Global),
    Attribute::text("externalId", "The id that the directory has given.").case_exact(),
    Attribute::complex(
        "meta",
        &[
            Attribute::text("resourceType", "What it is.").case_exact().read_only(),
            Attribute::new("created", Type::DateTime, "When it was made.").read_only(),
            Attribute::new("lastModified", Type::DateTime, "When it was last changed.").read_only(),
            Attribute::reference("location", &["uri"], "Its address.").read_only(),
            Attribute::text("version", "Which state of it this is.").case_exact().read_only(),
        ],
        "What Seatwise knows about the resource itself.",
    )
    .read_only(),
];

/// What a directory keeps in step with Seatwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ResourceKind {
    /// A person.
    User,
    /// People who belong together.
    Group,
}

impl ResourceKind {
    /// The schema of its own attributes.
    #[must_use]
    pub const fn core(self) -> &'static Schema {
        match self {
            Self::User => &user::SCHEMA,
            Self::Group => &group::SCHEMA,
        }
    }

    /// The schema of further attributes, which stand in an object of their own in documents.
    #[must_use]
    pub const fn extension(self) -> Option<&'static Schema> {
        match self {
            Self::User => Some(&user::ENTERPRISE_SCHEMA),
            Self::Group => None,
        }
    }

    /// The name of the resource type: `User` or `Group`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::User => "User",
            Self::Group => "Group",
        }
    }

    /// The address below the base: `/Users` or `/Groups`.
    #[must_use]
    pub const fn endpoint(self) -> &'static str {
        match self {
            Self::User => "/Users",
            Self::Group => "/Groups",
        }
    }

    /// The attribute of this name, in any case, among the common and the own ones.
    #[must_use]
    pub fn attribute(self, name: &str) -> Option<&'static Attribute> {
        find(COMMON, name).or_else(|| self.core().attribute(name))
    }
}
