//! Who may do what: the one table of all routes. The Worker dispatches by it, the app takes its addresses from it, and
//! a test walks every line of it with every kind of caller.

use crate::problem::Problem;

/// How a route is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads, and changes nothing: mail scanners follow links.
    Get,
    /// Does something, or reads by a secret that must not stand in an address.
    Post,
    /// Replaces something whole.
    Put,
    /// Ends something.
    Delete,
}

impl Method {
    /// The word that HTTP uses.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }
}

/// Who may use a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Everybody, signed in or not.
    Anyone,
    /// Whoever is signed in.
    SignedIn,
    /// A member of a company, for what is their own.
    Member,
    /// A manager of the company in the address.
    Manager,
    /// A manager of the company in the address, and the staff who look after companies.
    ManagerOrStaff,
    /// The account managers at the desk.
    Staff,
    /// Those of them who look after the desk itself.
    Administrator,
}

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Caller {
    /// Nobody is signed in.
    Nobody,
    /// A member of a company.
    Member {
        /// The company's id.
        company_id: String,
        /// The member's id.
        member_id: String,
        /// Whether the member manages the company's licences.
        manager: bool,
    },
    /// An account manager.
    Staff {
        /// The account manager's id.
        staff_id: String,
        /// Whether they look after the desk itself.
        administrator: bool,
    },
}

impl Who {
    /// Lets `caller` pass or says why not. `company` is the company in the address, if the route has one.
    ///
    /// # Errors
    /// `NotSignedIn` for nobody; `NotFound` for what belongs to another company, so that nobody learns that it
    /// exists; `NotAllowed` for the rest.
    pub fn check(self, caller: &Caller, company: Option<&str>) -> Result<(), Problem> {
        match (self, caller) {
            (Self::Anyone, _)
            | (Self::SignedIn, Caller::Member { .. } | Caller::Staff { .. })
            | (Self::Member, Caller::Member { .. })
            | (Self::Staff | Self::ManagerOrStaff, Caller::Staff { .. })
            | (Self::Administrator, Caller::Staff { administrator: true, .. }) => Ok(()),
            (_, Caller::Nobody) => Err(Problem::NotSignedIn),
            (Self::Manager | Self::ManagerOrStaff, Caller::Member { company_id, manager, .. }) => {
                if company != Some(company_id.as_str()) {
                    Err(Problem::NotFound)
                } else if *manager {
                    Ok(())
                } else {
                    Err(Problem::NotAllowed)
                }
            }
            (Self::Member | Self::Manager | Self::Administrator, Caller::Staff { .. })
            | (Self::Staff | Self::Administrator, Caller::Member { .. }) => Err(Problem::NotAllowed),
        }
    }
}

/// One line of the table.
#[derive(Clone, Copy, Debug)]
pub struct Route {
    /// What it does.
    pub action: Action,
    /// How it is asked.
    pub method: Method,
    /// Its address; `{company}` and `{order}` stand for ids.
    pub path: &'static str,
    /// Who may use it.
    pub who: Who,
    /// What it is for, in a few words.
    pub summary: &'static str,
}

macro_rules! routes {
    ($( $action:ident: $method:ident $path:literal, $who:ident, $summary:literal; )+) => {
        /// Everything that can be asked of the API.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Action {
            $( #[doc = $summary] $action, )+
        }

        /// The table.
        pub const ROUTES: &[Route] = &[
            $( Route { action: Action::$action, method: Method::$method, path: $path, who: Who::$who, summary: $summary }, )+
        ];

        impl Action {
            /// The action's line in the table.
            #[must_use]
            pub const fn route(self) -> Route {
                match self {
                    $( Self::$action => Route { action: Self::$action, method: Method::$method, path: $path, who: Who::$who, summary: $summary }, )+
                }
            }

            /// How it is asked. Apart from the line as a whole, so that the app doesn't carry what it is for.
            #[must_use]
            pub const fn method(self) -> Method {
                match self { $( Self::$action => Method::$method, )+ }
            }

            /// Its address; `{company}` and `{order}` stand for ids.
            #[must_use]
            pub const fn path(self) -> &'static str {
                match self { $( Self::$action => $path, )+ }
            }
        }
    };
}

routes! {
    AskToSignIn: Post "/api/v1/sign-in-links", Anyone, "Asks for a sign-in link by mail";
    SignIn: Post "/api/v1/sessions", Anyone, "Signs in with the link or the code that was mailed";
    ShowSession: Get "/api/v1/session", Anyone, "Says who is signed in";
    SignOut: Delete "/api/v1/session", SignedIn, "Signs out";
    SwitchIdentity: Put "/api/v1/session/identity", SignedIn, "Goes on as another identity of the same e-mail address";
    ChooseLanguage: Put "/api/v1/session/language", SignedIn, "Keeps the language that the person reads, for letters and for other browsers";
    LookAtInvite: Post "/api/v1/invites/look", Anyone, "Says who invites to what, and changes nothing";
    AcceptInvite: Post "/api/v1/invites/accept", Anyone, "Accepts an invite and signs in";
    ShowMyLicences: Get "/api/v1/me/licences", Member, "What the member who asks holds";
    ShowLogo: Get "/api/logos/{logo}", Anyone, "A company's logo, by the hash of its picture";
    ShowDashboard: Get "/api/v1/companies/{company}/dashboard", ManagerOrStaff, "The company's balances and what moves them";
    ListMembers: Get "/api/v1/companies/{company}/members", ManagerOrStaff, "The company's members: searched, narrowed down, sorted";
    CountMembers: Get "/api/v1/companies/{company}/members/counts", ManagerOrStaff, "How many members stand where";
    ListMemberIds: Get "/api/v1/companies/{company}/members/ids", ManagerOrStaff, "The ids of a list of members, for what is done with all of them";
    ExportMembers: Get "/api/v1/companies/{company}/members/export", ManagerOrStaff, "A list of members as CSV or JSON, of any size";
    PreviewBulk: Post "/api/v1/companies/{company}/members/preview", Manager, "What doing something with many members would change";
    InviteAgain: Post "/api/v1/companies/{company}/members/invited-again", Manager, "Sends open invites again; links that were sent before work no longer";
    MoveMembers: Post "/api/v1/companies/{company}/members/moved", Manager, "Moves members to a group";
    EndMembers: Post "/api/v1/companies/{company}/members/ended", Manager, "Sets the day on which members' licences end";
    RemindMembers: Post "/api/v1/companies/{company}/members/reminded", Manager, "Writes to members who weren't active for long";
    AddMember: Post "/api/v1/companies/{company}/members", Manager, "Adds a member, who is invited and given a licence";
    ShowMember: Get "/api/v1/companies/{company}/members/{member}", ManagerOrStaff, "One member: what they hold and why, and their history";
    ReplaceMember: Post "/api/v1/companies/{company}/members/{member}/replacement", Manager, "Gives a member's licences on to somebody else";
    SetMemberEnd: Put "/api/v1/companies/{company}/members/{member}/end", Manager, "Sets the day on which a member's licences end";
    SetMemberGroup: Put "/api/v1/companies/{company}/members/{member}/group", Manager, "Puts a member into a group";
    GiveLicences: Post "/api/v1/companies/{company}/licences/given", Manager, "Gives licences to members, or brings back those who were removed";
    TakeBackLicences: Post "/api/v1/companies/{company}/licences/taken-back", Manager, "Takes licences back from members, who stay members";
    RemoveMembers: Post "/api/v1/companies/{company}/members/removed", Manager, "Removes members; their records stay";
    ListGroups: Get "/api/v1/companies/{company}/groups", ManagerOrStaff, "The company's groups";
    CreateGroup: Post "/api/v1/companies/{company}/groups", Manager, "Creates a group";
    RenameGroup: Put "/api/v1/companies/{company}/groups/{group}", Manager, "Renames a group";
    SetGroupEnd: Put "/api/v1/companies/{company}/groups/{group}/end", Manager, "Sets the day on which the licences of a group's members end";
    RemoveGroup: Post "/api/v1/companies/{company}/groups/{group}/removed", Manager, "Removes a group, or merges it into another";
    ListImports: Get "/api/v1/companies/{company}/imports", ManagerOrStaff, "The company's newest imports";
    ImportFile: Post "/api/v1/companies/{company}/imports", Manager, "Takes a file of users as CSV or as JSON rows, streamed; with ?apply=true imports it at once";
    DraftImport: Post "/api/v1/companies/{company}/imports/drafts", Manager, "Begins an import whose rows come in parts";
    ShowImport: Get "/api/v1/companies/{company}/imports/{import}", ManagerOrStaff, "Where an import stands";
    ImportPart: Put "/api/v1/companies/{company}/imports/{import}/parts/{part}", Manager, "Takes a part of an import; the same part can be sent again";
    PlanImport: Get "/api/v1/companies/{company}/imports/{import}/plan", ManagerOrStaff, "What an import would do now";
    StartImport: Post "/api/v1/companies/{company}/imports/{import}/start", Manager, "Starts an import, or lets it go on, if it would still do what was shown";
    StepImport: Post "/api/v1/companies/{company}/imports/{import}/step", Manager, "Works the next part of an import off; it goes on without this too, only later";
    StopImport: Post "/api/v1/companies/{company}/imports/{import}/stop", Manager, "Stops an import";
    UndoImport: Post "/api/v1/companies/{company}/imports/{import}/undo", Manager, "Undoes an import, as far as nobody has accepted";
    ListRefused: Get "/api/v1/companies/{company}/imports/{import}/refused", ManagerOrStaff, "The rows that weren't imported, with reasons, as CSV in the file's own format";
    ListOrders: Get "/api/v1/companies/{company}/orders", ManagerOrStaff, "The company's orders";
    RequestOrder: Post "/api/v1/companies/{company}/orders", Manager, "Requests licences from the account manager";
    ShowOrder: Get "/api/v1/companies/{company}/orders/{order}", ManagerOrStaff, "One order with its lots and its history";
    CancelOrder: Post "/api/v1/companies/{company}/orders/{order}/cancellation", Manager, "Cancels what is still open of an order";
    ListLots: Get "/api/v1/companies/{company}/lots", ManagerOrStaff, "The company's lots";
    ListNotCarried: Get "/api/v1/companies/{company}/lots/{lot}/not-carried", ManagerOrStaff, "Who would not move on, or did not, at the end of a lot";
    ExplainBalance: Get "/api/v1/companies/{company}/balances/{kind}", ManagerOrStaff, "A balance as the sum of its lots, and what moved it since a day";
    ShowForecast: Get "/api/v1/companies/{company}/forecast", ManagerOrStaff, "What ends in the next months and what becomes of it";
    ListHoldersOn: Get "/api/v1/companies/{company}/holders/{kind}", ManagerOrStaff, "Who held a licence on a day, by the history";
    ListActivity: Get "/api/v1/companies/{company}/activity", ManagerOrStaff, "The company's history, newest first, narrowed down";
    ExportActivity: Get "/api/v1/companies/{company}/activity/export", ManagerOrStaff, "The company's history as CSV or JSON, of any size";
    ShowSettings: Get "/api/v1/companies/{company}/settings", ManagerOrStaff, "The company's settings";
    ChangeSettings: Put "/api/v1/companies/{company}/settings", Manager, "Changes the company's settings";
    CountEffect: Get "/api/v1/companies/{company}/settings/effect", ManagerOrStaff, "What settings would do, counted";
    ListManagers: Get "/api/v1/companies/{company}/managers", ManagerOrStaff, "Who manages the company's licences";
    AppointManager: Post "/api/v1/companies/{company}/managers", Manager, "Makes somebody a manager: a user, or somebody new, who is invited";
    DismissManager: Post "/api/v1/companies/{company}/managers/{member}/dismissed", Manager, "Takes the right to manage from somebody, who stays a user; never from the last";
    ShowLook: Get "/api/v1/companies/{company}/look", ManagerOrStaff, "How the company looks to its learners";
    ChangeLook: Put "/api/v1/companies/{company}/look", Manager, "Chooses the company's colour";
    KeepLogo: Put "/api/v1/companies/{company}/logo", Manager, "Takes a logo as PNG, JPEG or WebP, instead of the one before";
    RemoveLogo: Delete "/api/v1/companies/{company}/logo", Manager, "Takes the logo away";
    ShowNotices: Get "/api/v1/companies/{company}/notices", ManagerOrStaff, "Which letters go to whom, and when few licences are few";
    ChangeNotices: Put "/api/v1/companies/{company}/notices", Manager, "Chooses which letters go to whom";
    ShowSync: Get "/api/v1/companies/{company}/sync", ManagerOrStaff, "The company's directory sync: address, tokens, groups, what went wrong";
    ChangeSync: Put "/api/v1/companies/{company}/sync", Manager, "Pauses directory sync, lets it run dry, decides who gets licences";
    ListSyncLog: Get "/api/v1/companies/{company}/sync/log", ManagerOrStaff, "The last requests of the company's directory, in words";
    MakeSyncToken: Post "/api/v1/companies/{company}/sync/tokens", Manager, "Makes a token for the directory; its secret is shown once";
    RevokeSyncToken: Delete "/api/v1/companies/{company}/sync/tokens/{token}", Manager, "Takes a token away: it works no longer";
    ChangeSyncGroup: Put "/api/v1/companies/{company}/sync/groups/{group}", Manager, "Decides what a group of the directory gives its members";
    SendLetterAgain: Post "/api/v1/companies/{company}/letters/{letter}/sent-again", Manager, "Sends a letter again that didn't arrive";
    CorrectAddress: Put "/api/v1/companies/{company}/members/{member}/address", Manager, "Corrects a member's e-mail address; an open invite goes there";
    ListWaitingOrders: Get "/api/v1/desk/orders", Staff, "Orders that wait for an account manager, oldest first";
    AssignOrder: Post "/api/v1/desk/orders/{order}/assignment", Staff, "Assigns an order: its lot's term starts";
    DeclineOrder: Post "/api/v1/desk/orders/{order}/refusal", Staff, "Declines what is still open of an order, with a reason";
    ListCompanies: Get "/api/v1/desk/companies", Staff, "The companies with their balances: searched, own or all";
    CreateCompany: Post "/api/v1/desk/companies", Staff, "Creates a company, with its first manager";
    ShowCompany: Get "/api/v1/desk/companies/{company}", Staff, "One company with its managers";
    RenameCompany: Put "/api/v1/desk/companies/{company}/name", Staff, "Renames a company";
    ChangeCompanySettings: Put "/api/v1/desk/companies/{company}/settings", Staff, "Changes a company's settings from the desk";
    HandOver: Put "/api/v1/desk/companies/{company}/account-manager", Staff, "Hands a company over to a colleague";
    ReduceLot: Post "/api/v1/desk/companies/{company}/lots/{lot}/reduction", Staff, "Takes unused licences out of a lot, with a reason";
    ExtendLot: Post "/api/v1/desk/companies/{company}/lots/{lot}/extension", Staff, "Lets a lot end later, with a reason";
    ListEnding: Get "/api/v1/desk/ending", Staff, "Lots that end in the next 120 days, the first to end first";
    ListOverdrawn: Get "/api/v1/desk/overdrawn", Staff, "Companies that hold more than they have, the longest first";
    ExportDesk: Get "/api/v1/desk/export", Staff, "One of the desk's lists as CSV, of any size";
    ListStaff: Get "/api/v1/desk/staff", Staff, "Who works at the desk";
    InviteStaff: Post "/api/v1/desk/staff", Administrator, "Invites somebody to the desk";
    ChangeStaff: Put "/api/v1/desk/staff/{staff}", Staff, "Changes somebody's name, telephone number or role; one's own role stays";
    RemoveStaff: Post "/api/v1/desk/staff/{staff}/removed", Administrator, "Removes somebody from the desk; their companies go to a colleague";
    ShowMail: Get "/api/v1/desk/mail", Staff, "How letters leave, what waits and what failed";
    PreviewLetter: Get "/api/v1/desk/mail/letters/{which}", Staff, "A letter with sample values, as its receiver sees it";
    MailEvent: Post "/api/v1/mail-events", Anyone, "What the mail provider tells of letters, signed";
    InviteManager: Post "/api/v1/desk/companies/{company}/managers", Staff, "Invites a manager of a company";
    Audit: Get "/api/v1/desk/companies/{company}/audit", Staff, "Recomputes a company's figures from licences and events, and says what differs";
    RepairCounters: Post "/api/v1/desk/companies/{company}/repair", Staff, "Puts counters right by what the licences and the history say";
}

/// The longest id that an address can hold, in bytes. Ids are 22 characters; more is nonsense.
const LONGEST_ID: usize = 40;

/// What an address leads to.
#[derive(Debug, PartialEq, Eq)]
pub enum Found<'a> {
    /// A route, and the ids in the address, in order.
    Route(Action, Vec<&'a str>),
    /// The address exists, for other methods than this one.
    OtherMethods(Vec<Method>),
    /// No such address.
    Nothing,
}

/// Finds the route for a method and a path (without its query).
#[must_use]
pub fn find<'a>(method: &str, path: &'a str) -> Found<'a> {
    let matching = || ROUTES.iter().filter_map(|route| matched(route.path, path).map(|ids| (route, ids)));
    // A word of the table is no id: `members/removed` is not the page of somebody called so.
    let fewest = matching().map(|(_, ids)| ids.len()).min();
    let mut others = Vec::new();
    for (route, ids) in matching().filter(|(_, ids)| Some(ids.len()) == fewest) {
        if route.method.as_str() == method {
            return Found::Route(route.action, ids);
        }
        others.push(route.method);
    }
    if others.is_empty() { Found::Nothing } else { Found::OtherMethods(others) }
}

fn matched<'a>(pattern: &str, path: &'a str) -> Option<Vec<&'a str>> {
    let mut ids = Vec::new();
    let mut parts = path.split('/');
    for expected in pattern.split('/') {
        let part = parts.next()?;
        if expected.starts_with('{') {
            let plausible = !part.is_empty()
                && part.len() <= LONGEST_ID
                && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
            if !plausible {
                return None;
            }
            ids.push(part);
        } else if part != expected {
            return None;
        }
    }
    parts.next().is_none().then_some(ids)
}

impl Action {
    /// The address of this action, its ids filled in in order.
    #[must_use]
    pub fn address(self, ids: &[&str]) -> String {
        let mut ids = ids.iter();
        let parts: Vec<&str> = self
            .path()
            .split('/')
            .map(|part| if part.starts_with('{') { ids.next().copied().unwrap_or_default() } else { part })
            .collect();
        parts.join("/")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_route_is_found_by_its_own_address() {
        for route in ROUTES {
            let address = route.action.address(&["abc", "def", "ghi"]);
            let Found::Route(action, ids) = find(route.method.as_str(), &address) else { panic!("{address} is not found") };
            assert_eq!(action, route.action);
            assert_eq!(ids.len(), route.path.matches('{').count());
        }
    }

    #[test]
    fn a_known_address_with_another_method_says_which_it_takes() {
        assert_eq!(find("PATCH", "/api/v1/session"), Found::OtherMethods(vec![Method::Get, Method::Delete]));
        assert_eq!(find("GET", "/api/v1/nothing"), Found::Nothing);
        assert_eq!(find("GET", "/api/v1/session/"), Found::Nothing);
    }

    #[test]
    fn a_word_of_the_table_is_no_id() {
        assert_eq!(find("GET", "/api/v1/companies/c/members/removed"), Found::OtherMethods(vec![Method::Post]));
        assert_eq!(find("GET", "/api/v1/companies/c/members/m"), Found::Route(Action::ShowMember, vec!["c", "m"]));
    }

    #[test]
    fn a_manager_sees_nothing_of_another_company() {
        let manager = Caller::Member { company_id: "a".into(), member_id: "m".into(), manager: true };
        let learner = Caller::Member { company_id: "a".into(), member_id: "l".into(), manager: false };
        let staff = Caller::Staff { staff_id: "s".into(), administrator: false };
        for route in ROUTES.iter().filter(|route| matches!(route.who, Who::Manager | Who::ManagerOrStaff)) {
            assert_eq!(route.who.check(&manager, Some("a")), Ok(()));
            assert_eq!(route.who.check(&manager, Some("b")), Err(Problem::NotFound));
            assert_eq!(route.who.check(&learner, Some("b")), Err(Problem::NotFound));
            assert_eq!(route.who.check(&learner, Some("a")), Err(Problem::NotAllowed));
            assert_eq!(route.who.check(&Caller::Nobody, Some("a")), Err(Problem::NotSignedIn));
            // Staff look, and act at the desk only.
            assert_eq!(route.who.check(&staff, Some("a")).is_ok(), route.who == Who::ManagerOrStaff);
            assert_eq!(route.who == Who::ManagerOrStaff, route.method == Method::Get);
        }
    }

    proptest! {
        #[test]
        fn any_address_is_looked_up_without_a_panic(path in "(/|api|v1|companies|\\PC){0,60}") {
            let _ = find("GET", &path);
        }
    }
}
