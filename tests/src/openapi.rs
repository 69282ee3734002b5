//! The API as an OpenAPI 3.1 document, from the table of routes and the wire types.

#![expect(clippy::indexing_slicing, reason = "a JSON object grows where it is written to")]

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use seatwise_domain::access::{Action, ROUTES, Route, Who};
use seatwise_domain::picture::PictureKind;
use seatwise_domain::problem::ProblemDocument;
use seatwise_domain::wire::*;
use serde_json::{Map, Value, json};

/// What a route takes and gives.
struct Shape {
    takes: Option<Value>,
    status: u16,
    gives: Option<Value>,
    /// The values in the address's query, with what they are for.
    query: &'static [(&'static str, &'static str)],
    /// Whether it makes something, and so can be sent twice with the same key.
    makes: bool,
}

const AFTER: (&str, &str) = ("after", "Where the page starts: `next` of the page before");
const SEARCH: (&str, &str) = ("search", "The start of a name or an e-mail address");

const STANDING: (&str, &str) = (
    "standing",
    "in_use, pending, waiting, overdrawn, expired, none, removed or inactive; everybody who wasn't removed, unless told otherwise",
);
const GROUP: (&str, &str) = ("group", "The id of a group");
const SORT: (&str, &str) = ("sort", "name, end or active");
const FORMAT: (&str, &str) = ("format", "csv or json");
const FILE: (&str, &str) = ("file", "The file's name, to be shown");
const APPLY: (&str, &str) =
    ("apply", "true: the file is imported at once, if there are enough licences, and the answer is the import");
const BRING_BACK: (&str, &str) = ("bring_back", "true: those who were removed are brought back");
const MOVE_GROUPS: (&str, &str) = ("move_groups", "true: those who are users already are moved to the group that the file says");

const SINCE: (&str, &str) =
    ("since", "The day that movements are counted from, as YYYY-MM-DD, in UTC; 30 days ago, unless told otherwise");
const ON: (&str, &str) = ("on", "The day, as YYYY-MM-DD, in UTC: the answer tells of its end");

const PERSON: (&str, &str) = ("person", "The id of a member: what they did, and what happened to them");
const TOPIC: (&str, &str) = ("topic", "licences, invites, people, orders, expiry, sync or settings");
const DOOR: (&str, &str) = ("door", "hand, import, sync, rule or desk");
const FROM: (&str, &str) = ("from", "The first day, as YYYY-MM-DD, in UTC");
const UNTIL: (&str, &str) = ("until", "The last day, as YYYY-MM-DD, in UTC");

const OWN: (&str, &str) = ("own", "true: of the companies alone that the one who asks looks after");
const COMPANY: (&str, &str) = ("search", "The start of any word of a company's name");
const LIST: (&str, &str) = ("list", "companies, ending or overdrawn");
const INACTIVE_DAYS: (&str, &str) =
    ("inactive_days", "After how many days somebody would be inactive; the company's own, unless told otherwise");
const AS: (&str, &str) = ("as", "text: the plain text instead of the HTML");

/// The OpenAPI document.
#[must_use]
pub fn document() -> Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| settings.definitions_path = "/components/schemas".into());
    let mut schemas = settings.into_generator();
    let mut paths = Map::new();
    for route in ROUTES {
        let operation = operation(route, &mut schemas);
        let path = paths.entry(route.path).or_insert_with(|| json!({}));
        if let Value::Object(path) = path {
            path.insert(route.method.as_str().to_lowercase(), operation);
        }
    }
    let problem = schemas.subschema_for::<ProblemDocument>().to_value();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Seatwise",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Licences of a learning platform. Times are milliseconds since 1970 in UTC; ids are opaque; figures count licences.",
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
        },
        "paths": paths,
        "components": {
            "schemas": schemas.take_definitions(true),
            "responses": {
                "Problem": {
                    "description": "A problem document (RFC 9457): what went wrong and what to do about it",
                    "content": { "application/problem+json": { "schema": problem } },
                },
            },
            "securitySchemes": { "session": { "type": "apiKey", "in": "cookie", "name": "__Host-session" } },
        },
    })
}

fn operation(route: &Route, schemas: &mut SchemaGenerator) -> Value {
    let shape = shape(route.action, schemas);
    let mut parameters: Vec<Value> = route
        .path
        .split('/')
        .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
        .map(|name| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }))
        .collect();
    parameters.extend(
        shape
            .query
            .iter()
            .map(|(name, what)| json!({ "name": name, "in": "query", "description": what, "schema": { "type": "string" } })),
    );
    if shape.makes {
        let what = "Makes the request safe to repeat: the same key and body give the same answer";
        let key = json!({ "type": "string", "minLength": 1, "maxLength": 100 });
        parameters.push(json!({ "name": "Idempotency-Key", "in": "header", "description": what, "schema": key }));
    }
    let mut answer = json!({ "description": route.summary });
    if route.action == Action::ShowLogo {
        answer["content"] = picture();
    }
    if let Some(schema) = shape.gives {
        answer["content"] = json!({ "application/json": { "schema": schema } });
    }
    let mut operation = json!({
        "operationId": format!("{:?}", route.action),
        "summary": route.summary,
        "parameters": parameters,
        "responses": { shape.status.to_string(): answer, "default": { "$ref": "#/components/responses/Problem" } },
        "security": if route.who == Who::Anyone { json!([]) } else { json!([{ "session": [] }]) },
    });
    if route.action == Action::LookAtInvite {
        let schema = json!({ "allOf": [schemas.subschema_for::<ProblemDocument>(), schemas.subschema_for::<ClosedInvite>()] });
        for status in ["409", "410"] {
            let content = json!({ "application/problem+json": { "schema": schema } });
            operation["responses"][status] =
                json!({ "description": "The invite can't be accepted: why, and whom to ask", "content": content });
        }
    }
    if route.action == Action::KeepLogo {
        operation["requestBody"] = json!({ "required": true, "content": picture() });
    }
    if let Some(schema) = shape.takes {
        operation["requestBody"] = json!({ "required": true, "content": { "application/json": { "schema": schema } } });
        if route.action == Action::ImportFile {
            operation["requestBody"]["content"]["text/csv"] = json!({ "schema": { "type": "string" } });
            operation["requestBody"]["content"]["application/x-ndjson"] = json!({ "schema": { "type": "string" } });
        }
    }
    operation
}

/// A picture in each of the sorts that are taken.
fn picture() -> Value {
    let kinds = [PictureKind::Png, PictureKind::Jpeg, PictureKind::Webp];
    kinds
        .into_iter()
        .map(|kind| (kind.content_type().to_owned(), json!({ "schema": { "type": "string", "format": "binary" } })))
        .collect()
}

fn shape(action: Action, schemas: &mut SchemaGenerator) -> Shape {
    match action {
        Action::AskToSignIn => Shape { status: 202, gives: None, ..takes::<AskToSignIn>(schemas) },
        Action::SignIn => gives::<SessionState>(schemas, takes::<SignIn>),
        Action::ShowSession => gives::<SessionState>(schemas, |_| NOTHING),
        Action::SignOut => Shape { status: 204, ..NOTHING },
        Action::SwitchIdentity => gives::<SessionState>(schemas, takes::<SwitchIdentity>),
        Action::ChooseLanguage => Shape { status: 204, ..takes::<ChooseLanguage>(schemas) },
        Action::LookAtInvite => gives::<InviteView>(schemas, takes::<InviteToken>),
        Action::AcceptInvite => gives::<SessionState>(schemas, takes::<InviteToken>),
        Action::ShowMyLicences => gives::<MyLicences>(schemas, |_| NOTHING),
        Action::ShowLogo => NOTHING,
        Action::CountEffect => Shape { query: &[INACTIVE_DAYS], ..gives::<SettingsEffect>(schemas, |_| NOTHING) },
        Action::ListManagers | Action::DismissManager => gives::<Managers>(schemas, |_| NOTHING),
        Action::AppointManager => makes::<Managers>(schemas, takes::<AppointManager>),
        Action::ShowLook | Action::KeepLogo | Action::RemoveLogo => gives::<LookSettings>(schemas, |_| NOTHING),
        Action::ChangeLook => gives::<LookSettings>(schemas, takes::<ChangeLook>),
        Action::ShowDashboard => gives::<Dashboard>(schemas, |_| NOTHING),
        Action::ListMembers => {
            Shape { query: &[SEARCH, STANDING, GROUP, SORT, AFTER], ..gives::<Page<MemberLine>>(schemas, |_| NOTHING) }
        }
        Action::CountMembers => Shape { query: &[GROUP], ..gives::<RosterCounts>(schemas, |_| NOTHING) },
        Action::ListMemberIds => {
            Shape { query: &[SEARCH, STANDING, GROUP, SORT, AFTER], ..gives::<MemberIds>(schemas, |_| NOTHING) }
        }
        Action::ExportMembers => {
            Shape { query: &[FORMAT, SEARCH, STANDING, GROUP, SORT], ..gives::<Vec<MemberLine>>(schemas, |_| NOTHING) }
        }
        Action::PreviewBulk => gives::<BulkEffect>(schemas, takes::<PreviewBulk>),
        Action::InviteAgain | Action::RemindMembers => gives::<Changed>(schemas, takes::<SomeMembers>),
        Action::MoveMembers => gives::<Changed>(schemas, takes::<MoveMembers>),
        Action::EndMembers => gives::<Changed>(schemas, takes::<EndMembers>),
        Action::RenameGroup => gives::<GroupLine>(schemas, takes::<RenameGroup>),
        Action::RemoveGroup => gives::<Groups>(schemas, takes::<RemoveGroup>),
        Action::ListImports => gives::<Page<Import>>(schemas, |_| NOTHING),
        Action::ImportFile => Shape {
            status: 201,
            query: &[FILE, APPLY, BRING_BACK, MOVE_GROUPS],
            ..gives::<ImportPlan>(schemas, takes::<Vec<ImportRow>>)
        },
        Action::DraftImport => makes::<Import>(schemas, takes::<DraftImport>),
        Action::ShowImport | Action::StepImport | Action::StopImport | Action::UndoImport => {
            gives::<Import>(schemas, |_| NOTHING)
        }
        Action::ImportPart => Shape { status: 204, ..takes::<ImportPart>(schemas) },
        Action::PlanImport => Shape { query: &[BRING_BACK, MOVE_GROUPS], ..gives::<ImportPlan>(schemas, |_| NOTHING) },
        Action::StartImport => gives::<Import>(schemas, takes::<StartImport>),
        Action::ListRefused => NOTHING,
        Action::AddMember => makes::<AddedMember>(schemas, takes::<AddMember>),
        Action::ShowMember => gives::<MemberPage>(schemas, |_| NOTHING),
        Action::ReplaceMember => makes::<MemberLine>(schemas, takes::<ReplaceMember>),
        Action::SetMemberEnd => gives::<MemberPage>(schemas, takes::<SetEnd>),
        Action::SetMemberGroup => gives::<MemberPage>(schemas, takes::<SetGroup>),
        Action::GiveLicences => gives::<Balances>(schemas, takes::<GiveLicences>),
        Action::TakeBackLicences => gives::<Balances>(schemas, takes::<TakeBack>),
        Action::RemoveMembers => gives::<Balances>(schemas, takes::<RemoveMembers>),
        Action::ListGroups => gives::<Groups>(schemas, |_| NOTHING),
        Action::CreateGroup => makes::<GroupLine>(schemas, takes::<CreateGroup>),
        Action::SetGroupEnd => gives::<GroupLine>(schemas, takes::<SetEnd>),
        Action::ListOrders => Shape { query: &[AFTER], ..gives::<Page<OrderLine>>(schemas, |_| NOTHING) },
        Action::RequestOrder => makes::<OrderLine>(schemas, takes::<RequestOrder>),
        Action::ShowSync | Action::RevokeSyncToken => gives::<SyncPage>(schemas, |_| NOTHING),
        Action::ChangeSync => gives::<SyncPage>(schemas, takes::<SyncSettings>),
        Action::ListSyncLog => Shape { query: &[AFTER], ..gives::<SyncLog>(schemas, |_| NOTHING) },
        Action::MakeSyncToken => Shape { status: 201, ..gives::<MadeSyncToken>(schemas, takes::<NewSyncToken>) },
        Action::ChangeSyncGroup => gives::<SyncPage>(schemas, takes::<ChangeDirectoryGroup>),
        Action::ListLots => gives::<Lots>(schemas, |_| NOTHING),
        Action::ListNotCarried => Shape { query: &[AFTER], ..gives::<NotCarried>(schemas, |_| NOTHING) },
        Action::ExplainBalance => Shape { query: &[SINCE], ..gives::<Explanation>(schemas, |_| NOTHING) },
        Action::ShowForecast => gives::<Forecast>(schemas, |_| NOTHING),
        Action::ListHoldersOn => Shape { query: &[ON, AFTER], ..gives::<HoldersOn>(schemas, |_| NOTHING) },
        Action::ListActivity => {
            Shape { query: &[PERSON, TOPIC, DOOR, FROM, UNTIL, AFTER], ..gives::<Activity>(schemas, |_| NOTHING) }
        }
        Action::ExportActivity => {
            Shape { query: &[FORMAT, PERSON, TOPIC, DOOR, FROM, UNTIL], ..gives::<Vec<ActivityLine>>(schemas, |_| NOTHING) }
        }
        Action::ShowSettings => gives::<Settings>(schemas, |_| NOTHING),
        Action::ChangeSettings => gives::<Settings>(schemas, takes::<Settings>),
        Action::ShowOrder => gives::<OrderPage>(schemas, |_| NOTHING),
        Action::CancelOrder => gives::<OrderLine>(schemas, |_| NOTHING),
        Action::ShowNotices => gives::<Notices>(schemas, |_| NOTHING),
        Action::ChangeNotices => gives::<Notices>(schemas, takes::<Notices>),
        Action::SendLetterAgain => gives::<LetterLine>(schemas, |_| NOTHING),
        Action::CorrectAddress => gives::<MemberPage>(schemas, takes::<CorrectAddress>),
        Action::DeclineOrder => gives::<OrderLine>(schemas, takes::<DeclineOrder>),
        Action::RenameCompany => gives::<CompanyPage>(schemas, takes::<RenameCompany>),
        Action::ChangeCompanySettings => gives::<Settings>(schemas, takes::<Settings>),
        Action::HandOver => gives::<CompanyPage>(schemas, takes::<HandOver>),
        Action::ReduceLot => gives::<Lots>(schemas, takes::<ReduceLot>),
        Action::ExtendLot => gives::<Lots>(schemas, takes::<ExtendLot>),
        Action::ListEnding => Shape { query: &[OWN, AFTER], ..gives::<Page<EndingLot>>(schemas, |_| NOTHING) },
        Action::ListOverdrawn => Shape { query: &[OWN, AFTER], ..gives::<Page<OverdrawnCompany>>(schemas, |_| NOTHING) },
        Action::ExportDesk => Shape { query: &[LIST, OWN, COMPANY], ..NOTHING },
        Action::ListStaff => gives::<StaffPage>(schemas, |_| NOTHING),
        Action::InviteStaff => makes::<StaffPage>(schemas, takes::<InviteStaff>),
        Action::ChangeStaff => gives::<StaffPage>(schemas, takes::<ChangeStaff>),
        Action::RemoveStaff => gives::<StaffPage>(schemas, takes::<RemoveStaff>),
        Action::ShowMail => gives::<MailState>(schemas, |_| NOTHING),
        Action::PreviewLetter => Shape { query: &[AS], ..NOTHING },
        Action::MailEvent => Shape { status: 204, ..NOTHING },
        Action::ListWaitingOrders => Shape { query: &[OWN, AFTER], ..gives::<Page<WaitingOrder>>(schemas, |_| NOTHING) },
        Action::AssignOrder => makes::<OrderLine>(schemas, takes::<AssignOrder>),
        Action::ListCompanies => Shape { query: &[COMPANY, OWN, AFTER], ..gives::<Page<CompanyLine>>(schemas, |_| NOTHING) },
        Action::CreateCompany => makes::<CompanyLine>(schemas, takes::<CreateCompany>),
        Action::ShowCompany => gives::<CompanyPage>(schemas, |_| NOTHING),
        Action::InviteManager => makes::<ManagerLine>(schemas, takes::<InviteManager>),
        Action::Audit | Action::RepairCounters => gives::<Audit>(schemas, |_| NOTHING),
    }
}

const NOTHING: Shape = Shape { takes: None, status: 200, gives: None, query: &[], makes: false };

fn takes<T: JsonSchema>(schemas: &mut SchemaGenerator) -> Shape {
    Shape { takes: Some(schemas.subschema_for::<T>().to_value()), ..NOTHING }
}

fn gives<T: JsonSchema>(schemas: &mut SchemaGenerator, rest: impl FnOnce(&mut SchemaGenerator) -> Shape) -> Shape {
    let rest = rest(schemas);
    Shape { gives: Some(schemas.subschema_for::<T>().to_value()), ..rest }
}

fn makes<T: JsonSchema>(schemas: &mut SchemaGenerator, rest: impl FnOnce(&mut SchemaGenerator) -> Shape) -> Shape {
    Shape { status: 201, makes: true, ..gives::<T>(schemas, rest) }
}
