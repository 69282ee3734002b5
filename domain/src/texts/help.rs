//! What the help says. Apart because only those who open it need it.

use super::texts;

texts! {
    /// What the help says.
    HelpTexts {
        sum = "Total licences = available to assign + in use + pending invite. That holds at every moment and on every page.";
        sum_available = "Nobody holds them. They can be given out at once.";
        sum_in_use = "Held by people who have accepted their invite: one person each.";
        sum_pending = "Reserved for people who are invited and haven't accepted yet.";
        sum_total = "What the account manager has assigned and what hasn't ended.";
        sum_set_aside = "Licences that are set aside for a group are available too, but only to its members.";
        kinds_user = "A user licence lets somebody sign in to the learning platform.";
        kinds_content = "A content licence opens its content.";
        kinds_apart = "The two kinds are counted apart. A person holds at most one licence of each kind, and whoever only manages needs none.";
        negative_why = "A directory sync may add people while no licence is available, if the settings allow it. What is available then falls below zero, and those people are shown as overdrawn. Their licences work like any other.";
        negative_only = "Nothing else does that: adding by hand and importing are refused when licences are short.";
        negative_settles = "The next licences settle it by themselves, the oldest first: those of a new order, or those that somebody gives back.";
        negative_limit = "How many may be overdrawn of each kind stands in the settings; usually 100. Beyond that the sync is refused.";
        explained_how = "Press a figure on the dashboard. You see the orders that it is the sum of, what has moved it since a day of your choice, and, where it is negative, who is overdrawn and since when.";
        see_explained = "See where user licences are";

        is_in_use = "The person has a licence and can use it.";
        is_pending = "A licence is reserved, and the invite is open and not accepted yet.";
        is_in_line = "A directory sync has added the person, and they get the next free licence by themselves.";
        is_overdrawn = "The person has a licence that works, but none was available for it; the next licences settle it.";
        is_expired = "The licence has ended, with its order or on an earlier end date.";
        is_none = "The person holds no licence: none was given, or none is needed.";
        is_taken_back = "A manager took the licence back, and it can be given to others.";
        is_removed = "The person can't sign in any more; record and history are kept.";
        is_suspended = "Your directory says that the person isn't active, so they can't sign in.";
        is_inactive = "The person hasn't been active for as many days as the settings say.";
        order_requested = "The order waits for the account manager.";
        order_partly = "A part of it is assigned; the rest waits.";
        order_assigned = "All its licences are there.";
        order_declined = "The account manager said no to it, or to the rest of it, and wrote why.";
        order_cancelled = "A manager of the company took it back.";
        lot_to_come = "The licences are assigned and can be given out from their first day on.";
        lot_in_force = "The licences can be given out, or are held.";
        lot_expired = "The licences have ended.";
        invite_is_open = "It can be accepted.";
        invite_is_accepted = "The person has accepted.";
        invite_is_lapsed = "Nobody accepted it in time, and the licence went back.";
        invite_is_withdrawn = "It no longer works, because the licence was taken back or the person was removed.";

        added_ways = "There are three ways: by hand, from a file, and by directory sync. Whoever is added as a learner gets a licence by itself, whichever way they come.";
        added_checked = "Before anything happens, the number of people is compared with the number of licences. If some are missing, you are told how many.";
        blocked_user = "A learner takes a user licence. When none is available, learners can't be added by hand, and a file only as far as licences go.";
        blocked_content = "With the setting “Every new user also gets a content licence”, a learner takes a content licence too. When none of those is available, adding is refused, though user licences are left.";
        blocked_ways = "There are two ways out: request content licences, or switch the setting off. Whoever has a content licence keeps it.";
        request_content = "Request content licences";
        see_setting = "See the setting";
        taken_back_how = "A licence that is taken back can be given to others at once. The person stays a user, with everything that happened.";
        given_on_how = "“Give to somebody else” does both in one step: the licence goes on with its end date, and the person who held it is removed, but stays if they manage.";
        removed_how = "Whoever is removed can't sign in any more, and their licence goes back. Record and history are kept, and you can bring the person back: then they get a licence anew.";
        inactive_how = "After as many days as the settings say, usually 90, somebody counts as inactive. Choose Inactive above the list of users, and write to them, or take their licences back. Nobody is removed by itself.";
        see_inactive = "See who is inactive";
        groups_how = "A group is a department or a course, say. Everybody belongs to one group at most.";
        groups_aside = "Licences can be set aside for a group. Its members get those first, and nobody else can have them.";
        groups_end = "A group can have an end date for the licences of its members. Somebody's own date goes first.";

        invite_reserves = "An invite reserves a licence at once. So accepting needs no further one, and never fails because licences are short.";
        invite_stays = "It is open for as many days as the settings say, usually 30. Whoever hasn't accepted is reminded by mail.";
        invite_lapses = "If nobody accepts in time it lapses. The licence is available again, and the person stays in your list.";
        invite_changed = "Invites that are on their way keep their date when you change the setting.";
        again_how = "“Send the invite again” sends a new link and gives the full time anew. The link in the earlier mail stops working.";
        see_pending = "See who is invited";
        lost_how = "The dashboard tells you of mails that didn't arrive. On the person's page you see why. Correct the address if it is wrong, or send the mail again.";

        requested_how = "Press Request licences, say how many of which kind, and save. Your account manager gets the order at once, and assigns it, whole or in part, or declines it with a reason.";
        requested_then = "All managers of your company get a mail when the licences are ready.";
        by_order_how = "Licences that are assigned together end together. That is why the page lists them by order.";
        by_order_first = "Those that end first are given out first, so that nothing lapses unused. You can set it the other way round.";
        cancel_how = "As long as a part of an order waits, you can cancel that part on the order's page. What is assigned stays.";

        twelve_from = "Licences last 12 months from the moment the account manager assigns the order, not from the day on which somebody gets one.";
        twelve_example = "Somebody who gets a licence in the tenth month has it for two months; when the order ends, it ends for everybody.";
        twelve_other = "The account manager can give another first day or another length. The dates stand beside each order.";
        end_status = "The status becomes Expired by itself, for learners and for managers.";
        end_moves_on = "Where other licences are free, people move on to them without a gap: usually whoever was active in the last 90 days, the last active first. The settings can say that everybody does, or nobody.";
        end_signs_in = "Managers can always sign in and manage, whether they hold a licence or not.";
        see_forecast = "See what ends when";
        early_how = "Managers can set an end date for one person or for a group. It makes licences end earlier, never later than their order.";
        early_back = "What ends early goes back to its order and can be given to others.";
        renew_how = "Licences that end soon have a Renew button beside them, on the overview of licences. The new term begins when the old one ends.";
        renew_ask = "Managers can also ask their account manager, whose name and address stand in the menu on every page.";

        file_how = "A CSV file with one person a line. Only the e-mail address is needed; names and a group can stand beside it. The columns are recognised, and you can correct that.";
        file_limits = "Up to 500,000 people in one file, and up to 200 groups in a company.";
        check_how = "Before anything is done you see who is new, who is here already, what is repeated and what can't be read. The import does exactly that.";
        check_changed = "If something changes meanwhile, it stops and shows you the new figures first.";
        short_how = "You are told how many licences are missing. Request them and go on later, or import as many people as there are licences, in the order of the file.";
        short_never = "An import never makes a balance negative.";
        undo_how = "An import can be undone for a day: invites are withdrawn and the licences go back. Whoever has accepted by then stays.";

        sync_does = "Your directory, such as Entra ID or Okta, tells Seatwise who joins, who moves and who leaves. New people get a licence by themselves, and the licence of whoever leaves goes back.";
        sync_groups = "Groups of the directory become groups here. You choose whether everybody gets licences or only the members of some groups, and which groups manage.";
        connect_how = "Make a token on the sync page, and put it and the address into your directory. Whoever has the token can add and remove your users, so keep it as you keep a password.";
        dry_how = "In a dry run everything that the directory sends is written down, and nobody is added. You see how many licences would be needed before you end it.";
        sync_short_choice = "You decide in the settings what a sync does then:";
        sync_short_overdraw = "The balance becomes negative, up to a limit of each kind. This is the usual choice.";
        sync_short_wait = "The person waits, and whoever waits longest gets the next free licence.";
        sync_short_refuse = "It is refused, and the directory tells its administrator.";

        set_content = "Every new user also gets a content licence: adding a learner then takes one of each kind.";
        set_draw = "Which licences are given out first: those that end first, or those that end last.";
        set_carry = "Who moves on when licences end and others are free.";
        set_shortage = "What a directory sync does when no licence is available, and how many it may overdraw.";
        set_inactive = "After how many days somebody counts as inactive.";
        set_invite_days = "For how many days an invite is open, from 1 to 365.";
        set_notices = "Which mails go out, to whom, when people are reminded, and how few licences are few.";
        set_platform = "The address of your learning platform: learners with a licence see the way there.";
        set_contact = "Whom learners ask.";
        set_language = "The language of mails to people who haven't chosen one.";
        set_look_how = "Your logo and colour, which learners see.";
        set_kept = "Every change is written down with who made it.";

        managers_may = "They see every user of their company, request licences, add and remove people, and change the settings. They need no licence for that.";
        managers_more = "A manager can make others managers, and end that again. A company always keeps one.";
        learners_may = "They accept their invite, and see what they hold and until when. They see nobody else.";
        staff_may = "They get a company's orders, assign licences, correct them with a reason, and can change its settings. They see its users and change none of them.";
        staff_administrators = "Administrators also say who works at the desk.";
        machines_may = "A directory adds, changes and deactivates users with its token. By itself Seatwise ends licences, lets invites lapse, sends mails, and gives free licences to whoever waits. Both stand in the history under their names.";
        apart = "What belongs to one company is invisible to every other.";

        past_how = "Every change is one line: who did what to whom, when, and by which way. Lines are never changed and never removed, also when a person is.";
        past_filter = "Narrow them down by person, topic, way in and day, and take them away as a file.";
        see_activity = "See the activity";
        day_how = "The history of licences shows who held a licence at the end of a day.";
        see_history = "See the history of licences";

        assign_how = "Orders that wait stand oldest first. Assign all of one, or a part; the rest stays open. All managers of the company get a mail.";
        assign_term = "The term is 12 months from this moment. For a renewal it begins when the old licences end. Another first day, also in the past, and another length can be given.";
        assign_settles = "What is overdrawn, and whoever waits, is served as soon as the term has begun.";
        decline_how = "Say why: the managers read it. What was assigned of the order before stays.";
        begin_how = "Create the company and invite its first manager; only managers can request licences and add users. You look after the company, and its managers see your name.";
        correct_how = "Licences that nobody holds can be taken out of an order, and an order can be made to end later, each with a reason that stands in the history.";
        hand_how = "A colleague takes over. The managers see the new name, and the colleague gets a mail. Whoever leaves the desk hands over all their companies.";
        check_figures = "The audit on a company's page recomputes every figure from the licences and the history. It changes nothing.";
        mail_out = "The mail page says what is missing. Letters are kept meanwhile, and leave as soon as they can.";
        mail_back = "The mail page lists letters that failed or came back. The company's managers can correct the address.";
        see_mail = "See how letters leave";
    }
}
