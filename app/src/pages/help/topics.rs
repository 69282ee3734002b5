//! What the help is about, topic by topic.

use seatwise_domain::licence::Status;
use seatwise_domain::wire::Standing;

use super::parts::{Part, Said};
use crate::routes;
use crate::words::{self, Tone, help_texts, palette_texts, texts};
use Part::{List, Shortcuts, Statuses, Terms, Text, Way};

/// A page of the help.
pub(in crate::pages) struct Topic {
    /// Its word in the address.
    pub(in crate::pages) word: &'static str,
    pub(in crate::pages) title: Said,
    pub(in crate::pages) lead: Said,
    pub(in crate::pages) sections: &'static [Section],
}

/// A part of a page with a heading, to which an address can lead.
pub(in crate::pages) struct Section {
    /// Its word in the address.
    pub(in crate::pages) id: &'static str,
    /// The heading.
    pub(in crate::pages) title: Said,
    pub(super) parts: &'static [Part],
}

impl Topic {
    /// Its address.
    pub(in crate::pages) fn address(&self, desk: bool) -> String {
        if desk { format!("{}/{}", routes::DESK_HELP, self.word) } else { routes::help(self.word) }
    }
}

/// The topics of one area.
pub(in crate::pages) fn topics(desk: bool) -> &'static [Topic] {
    if desk { DESK } else { MANAGERS }
}

/// A text of the help, by its name.
macro_rules! say {
    ($key:ident) => {
        || help_texts().$key()
    };
}

/// A section: its word, its heading, and what it consists of.
macro_rules! section {
    ($id:literal, $title:ident, [$( $part:expr ),+ $(,)?]) => {
        Section { id: $id, title: || palette_texts().$title(), parts: &[$( $part ),+] }
    };
}

/// A topic: its word, its name, its lead, and its sections.
macro_rules! topic {
    ($word:literal, $title:ident, $lead:ident, $sections:expr) => {
        Topic { word: $word, title: || palette_texts().$title(), lead: || palette_texts().$lead(), sections: $sections }
    };
}

const MANAGERS: &[Topic] = &[
    topic!("figures", figures, figures_lead, &[SUM, KINDS, NEGATIVE, EXPLAINED]),
    STATUSES,
    topic!(
        "users",
        adding,
        adding_lead,
        &[
            section!(
                "adding",
                how_added,
                [Text(say!(added_ways)), Text(say!(added_checked)), Way(|| texts().add_user(), routes::ADD_USER)]
            ),
            section!(
                "blocked",
                blocked,
                [
                    Text(say!(blocked_user)),
                    Text(say!(blocked_content)),
                    Text(say!(blocked_ways)),
                    Way(say!(request_content), "/licences/orders?request=content"),
                    Way(say!(see_setting), routes::SETTINGS_LICENCES),
                ]
            ),
            section!("taking-back", taking_back, [Text(say!(taken_back_how)), Text(say!(given_on_how))]),
            section!("removing", removing, [Text(say!(removed_how))]),
            section!("inactive", not_active, [Text(say!(inactive_how)), Way(say!(see_inactive), "/users?standing=inactive")]),
            section!(
                "groups",
                about_groups,
                [
                    Text(say!(groups_how)),
                    Text(say!(groups_aside)),
                    Text(say!(groups_end)),
                    Way(|| texts().groups(), routes::GROUPS),
                ]
            ),
        ]
    ),
    topic!(
        "invites",
        about_invites,
        invites_lead,
        &[
            section!(
                "life",
                life_of_invite,
                [
                    Text(say!(invite_reserves)),
                    Text(say!(invite_stays)),
                    Text(say!(invite_lapses)),
                    Text(say!(invite_changed)),
                    Way(say!(see_pending), "/users?standing=pending"),
                ]
            ),
            section!("again", invite_once_more, [Text(say!(again_how))]),
            section!("lost", invite_lost, [Text(say!(lost_how))]),
        ]
    ),
    topic!(
        "licences",
        ordering,
        ordering_lead,
        &[
            section!(
                "requesting",
                how_requested,
                [
                    Text(say!(requested_how)),
                    Text(say!(requested_then)),
                    Way(|| texts().request_licences(), "/licences/orders?request=user"),
                ]
            ),
            section!(
                "by-order",
                by_order,
                [Text(say!(by_order_how)), Text(say!(by_order_first)), Way(|| texts().licences(), routes::LICENCES)]
            ),
            section!("cancelling", taking_request_back, [Text(say!(cancel_how)), Way(|| texts().orders(), routes::ORDERS)]),
        ]
    ),
    EXPIRY,
    topic!(
        "import",
        importing,
        importing_lead,
        &[
            section!(
                "file",
                which_file,
                [Text(say!(file_how)), Text(say!(file_limits)), Way(|| texts().import_users(), routes::IMPORT)]
            ),
            section!("check", checked_first, [Text(say!(check_how)), Text(say!(check_changed))]),
            section!("short", import_short, [Text(say!(short_how)), Text(say!(short_never))]),
            section!("undo", undoing, [Text(say!(undo_how))]),
        ]
    ),
    topic!(
        "sync",
        syncing,
        syncing_lead,
        &[
            section!("what", what_sync_does, [Text(say!(sync_does)), Text(say!(sync_groups))]),
            section!("connect", connecting, [Text(say!(connect_how)), Way(|| texts().directory_sync(), routes::SYNC)]),
            section!("dry-run", trying_out, [Text(say!(dry_how))]),
            section!(
                "short",
                sync_short,
                [
                    Text(say!(sync_short_choice)),
                    Terms(&[
                        (|| texts().sync_overdraw(), say!(sync_short_overdraw)),
                        (|| texts().sync_wait(), say!(sync_short_wait)),
                        (|| texts().sync_refuse(), say!(sync_short_refuse)),
                    ]),
                    Way(say!(see_setting), routes::SETTINGS_LICENCES),
                ]
            ),
        ]
    ),
    topic!(
        "settings",
        deciding,
        deciding_lead,
        &[
            section!(
                "licences",
                set_licences,
                [
                    List(&[say!(set_content), say!(set_draw), say!(set_carry), say!(set_shortage), say!(set_inactive)]),
                    Way(|| texts().settings(), routes::SETTINGS_LICENCES),
                ]
            ),
            section!(
                "invites",
                set_invites,
                [List(&[say!(set_invite_days), say!(set_notices)]), Way(|| texts().notices(), routes::NOTICES)]
            ),
            section!(
                "company",
                set_company,
                [
                    List(&[say!(set_platform), say!(set_contact), say!(set_language), say!(set_look_how)]),
                    Text(say!(set_kept)),
                    Way(|| palette_texts().set_company(), routes::SETTINGS),
                ]
            ),
        ]
    ),
    ROLES,
    topic!(
        "history",
        past,
        past_lead,
        &[
            section!(
                "lines",
                written_down,
                [Text(say!(past_how)), Text(say!(past_filter)), Way(say!(see_activity), routes::ACTIVITY)]
            ),
            section!("day", on_a_day, [Text(say!(day_how)), Way(say!(see_history), routes::HISTORY)]),
        ]
    ),
    KEYBOARD,
];

const DESK: &[Topic] = &[
    topic!(
        "orders",
        desk_orders,
        desk_orders_lead,
        &[
            section!(
                "assigning",
                assigning,
                [
                    Text(say!(assign_how)),
                    Text(say!(assign_term)),
                    Text(say!(assign_settles)),
                    Way(|| texts().orders(), routes::DESK),
                ]
            ),
            section!("declining", declining, [Text(say!(decline_how))]),
        ]
    ),
    topic!(
        "companies",
        desk_companies,
        desk_companies_lead,
        &[
            section!(
                "beginning",
                beginning,
                [Text(say!(begin_how)), Way(|| palette_texts().create_company(), routes::CREATE_COMPANY)]
            ),
            section!("correcting", correcting, [Text(say!(correct_how))]),
            section!("handing-over", handing_over, [Text(say!(hand_how))]),
            section!(
                "checking",
                checking,
                [Text(say!(check_figures)), Way(|| palette_texts().desk_companies(), routes::COMPANIES)]
            ),
        ]
    ),
    topic!("figures", figures, figures_lead, &[SUM, KINDS, NEGATIVE]),
    STATUSES,
    EXPIRY,
    ROLES,
    topic!(
        "mail",
        desk_mail,
        desk_mail_lead,
        &[
            section!("stuck", letters_out, [Text(say!(mail_out)), Way(say!(see_mail), routes::MAIL)]),
            section!("failed", letters_back, [Text(say!(mail_back))]),
        ]
    ),
    KEYBOARD,
];

const SUM: Section = section!(
    "sum",
    four_figures,
    [
        Text(say!(sum)),
        Terms(&[
            (|| texts().available_to_assign(), say!(sum_available)),
            (|| texts().in_use(), say!(sum_in_use)),
            (|| texts().pending_invite(), say!(sum_pending)),
            (|| texts().total_licences(), say!(sum_total)),
        ]),
        Text(say!(sum_set_aside)),
        Way(|| texts().dashboard(), routes::DASHBOARD),
    ]
);

const KINDS: Section = section!("kinds", two_kinds, [Text(say!(kinds_user)), Text(say!(kinds_content)), Text(say!(kinds_apart))]);

const NEGATIVE: Section = section!(
    "negative",
    negative,
    [
        Text(say!(negative_why)),
        Text(say!(negative_only)),
        Text(say!(negative_settles)),
        Text(say!(negative_limit)),
        Way(|| texts().request_licences(), "/licences/orders?request=user"),
        Way(say!(see_setting), routes::SETTINGS_LICENCES),
        Way(|| texts().overdrawn(), routes::OVERDRAWN),
    ]
);

const EXPLAINED: Section =
    section!("explained", explained, [Text(say!(explained_how)), Way(say!(see_explained), "/dashboard/user")]);

const STATUSES: Topic = topic!(
    "statuses",
    statuses,
    statuses_lead,
    &[
        section!(
            "people",
            statuses_of_people,
            [
                Statuses(&[
                    (|| words::standing(Standing::InUse), say!(is_in_use)),
                    (|| words::standing(Standing::Pending), say!(is_pending)),
                    (|| words::standing(Standing::Waiting), say!(is_in_line)),
                    (|| words::standing(Standing::Overdrawn), say!(is_overdrawn)),
                    (|| words::standing(Standing::Expired), say!(is_expired)),
                    (|| words::status(Status::TakenBack), say!(is_taken_back)),
                    (|| words::standing(Standing::None), say!(is_none)),
                    (|| words::standing(Standing::Removed), say!(is_removed)),
                    (|| (texts().suspended(), Tone::EXPIRED), say!(is_suspended)),
                    (|| (texts().inactive(), Tone::EXPIRED), say!(is_inactive)),
                ]),
                Way(|| texts().users(), routes::USERS),
            ]
        ),
        section!(
            "orders",
            statuses_of_orders,
            [Statuses(&[
                (|| (texts().requested(), Tone::PENDING), say!(order_requested)),
                (|| (palette_texts().partly_assigned(), Tone::AVAILABLE), say!(order_partly)),
                (|| (texts().assigned(), Tone::IN_USE), say!(order_assigned)),
                (|| (texts().declined(), Tone::OVERDRAWN), say!(order_declined)),
                (|| (texts().cancelled(), Tone::EXPIRED), say!(order_cancelled)),
            ])]
        ),
        section!(
            "lots",
            statuses_of_lots,
            [Statuses(&[
                (|| (texts().to_come(), Tone::PENDING), say!(lot_to_come)),
                (|| (texts().in_force(), Tone::IN_USE), say!(lot_in_force)),
                (|| (texts().expired(), Tone::EXPIRED), say!(lot_expired)),
            ])]
        ),
        section!(
            "invites",
            statuses_of_invites,
            [Statuses(&[
                (|| words::invite("open"), say!(invite_is_open)),
                (|| words::invite("accepted"), say!(invite_is_accepted)),
                (|| words::invite("lapsed"), say!(invite_is_lapsed)),
                (|| words::invite("withdrawn"), say!(invite_is_withdrawn)),
            ])]
        ),
    ]
);

const EXPIRY: Topic = topic!(
    "expiry",
    ending,
    ending_lead,
    &[
        section!("twelve-months", twelve_months, [Text(say!(twelve_from)), Text(say!(twelve_example)), Text(say!(twelve_other))]),
        section!(
            "at-the-end",
            at_the_end,
            [
                Text(say!(end_status)),
                Text(say!(end_moves_on)),
                Text(say!(end_signs_in)),
                Way(say!(see_forecast), routes::FORECAST),
                Way(say!(see_setting), routes::SETTINGS_LICENCES),
                Way(|| palette_texts().ending_soon(), routes::ENDING),
            ]
        ),
        section!(
            "earlier",
            ending_early,
            [Text(say!(early_how)), Text(say!(early_back)), Way(|| texts().groups(), routes::GROUPS)]
        ),
        section!(
            "renewing",
            renewing,
            [Text(say!(renew_how)), Text(say!(renew_ask)), Way(|| texts().licences(), routes::LICENCES)]
        ),
    ]
);

const ROLES: Topic = topic!(
    "roles",
    roles,
    roles_lead,
    &[
        section!(
            "managers",
            role_of_managers,
            [Text(say!(managers_may)), Text(say!(managers_more)), Way(|| texts().managers(), routes::SETTINGS_PEOPLE),]
        ),
        section!("learners", role_of_learners, [Text(say!(learners_may))]),
        section!("account-managers", role_of_account_managers, [Text(say!(staff_may)), Text(say!(staff_administrators))]),
        section!("machines", role_of_machines, [Text(say!(machines_may)), Text(say!(apart))]),
    ]
);

const KEYBOARD: Topic = topic!("keyboard", keyboard, keyboard_lead, &[section!("shortcuts", shortcuts, [Shortcuts])]);
