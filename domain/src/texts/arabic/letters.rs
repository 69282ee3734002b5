//! The words of letters, in Arabic.

use crate::texts::letters::{Key, Letters};
use crate::texts::translation;

translation! { Letters, ARABIC, Arabic {
    greeting = "مرحبًا {name}،";
    greeting_without_name = "مرحبًا،";
    footer = "أُرسلت هذه الرسالة من Seatwise، حيث تدير المؤسسات تراخيص منصات التعلّم لديها.";
    link_hint = "إذا لم يعمل الزر، انسخوا هذا العنوان إلى المتصفح:";
    months = "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر";
    date = "{day} {month} {year}";
    kind_user = "{count} ترخيص مستخدم | {count} ترخيص مستخدم | {count} من تراخيص المستخدمين | {count} تراخيص مستخدمين | {count} ترخيص مستخدم | {count} ترخيص مستخدم";
    kind_content = "{count} ترخيص محتوى | {count} ترخيص محتوى | {count} من تراخيص المحتوى | {count} تراخيص محتوى | {count} ترخيص محتوى | {count} ترخيص محتوى";

    sign_in_subject = "{code} هو رمز تسجيل الدخول";
    sign_in_line = "يُرجى الضغط على الزر في المتصفح الذي طلبتم منه تسجيل الدخول.";
    sign_in_code = "في متصفح آخر، أو إذا لم يعمل الزر، اكتبوا هذا الرمز حيث طلبتم تسجيل الدخول: {code}";
    sign_in_button = "تسجيل الدخول";
    sign_in_note = "الرابط والرمز صالحان مرة واحدة، لعشر دقائق. إذا لم تطلبوا تسجيل الدخول، فيمكنكم تجاهل هذه الرسالة؛ ولا يمكن لأحد الدخول من دونها.";

    invite_subject = "دعوة للانضمام إلى {company} من {inviter}";
    invite_subject_company = "دعوة للانضمام إلى {company}";
    invite_learner_company = "حجزت لكم {company} ترخيصًا في منصة التعلّم.";
    invite_manager_company = "تدعوكم {company} إلى إدارة تراخيص التعلّم لديها.";
    invite_learner_line = "حُجز لكم ترخيص في منصة التعلّم بدعوة من {inviter} لدى {company}.";
    invite_manager_line = "تلقيتم دعوة من {inviter} لإدارة تراخيص التعلّم لدى {company}.";
    invite_button = "قبول الدعوة";
    invite_note = "الدعوة لكم وحدكم؛ يُرجى عدم إعادة توجيهها. وهي صالحة لمدة {count} يوم. | الدعوة لكم وحدكم؛ يُرجى عدم إعادة توجيهها. وهي صالحة لمدة {count} يوم. | الدعوة لكم وحدكم؛ يُرجى عدم إعادة توجيهها. وهي صالحة لمدة {count} يوم. | الدعوة لكم وحدكم؛ يُرجى عدم إعادة توجيهها. وهي صالحة لمدة {count} أيام. | الدعوة لكم وحدكم؛ يُرجى عدم إعادة توجيهها. وهي صالحة لمدة {count} يومًا. | الدعوة لكم وحدكم؛ يُرجى عدم إعادة توجيهها. وهي صالحة لمدة {count} يوم.";

    invite_reminder_subject = "دعوتكم من {company} ما زالت مفتوحة";
    invite_reminder_learner_company = "حجزت لكم {company} ترخيصًا في منصة التعلّم، وما زال محجوزًا باسمكم.";
    invite_reminder_learner = "حُجز لكم ترخيص في منصة التعلّم بدعوة من {inviter} لدى {company}، وما زال محجوزًا باسمكم.";
    invite_reminder_manager = "تلقيتم دعوة من {inviter} لإدارة تراخيص التعلّم لدى {company}، وما زالت مفتوحة.";
    invite_reminder_note = "الدعوة لكم وحدكم؛ يُرجى عدم إعادة توجيهها. ويتبقى على انتهائها {count} يوم. | الدعوة لكم وحدكم؛ يُرجى عدم إعادة توجيهها. ويتبقى على انتهائها {count} يوم. | الدعوة لكم وحدكم؛ يُرجى عدم إعادة توجيهها. ويتبقى على انتهائها {count} يوم. | الدعوة لكم وحدكم؛ يُرجى عدم إعادة توجيهها. ويتبقى على انتهائها {count} أيام. | الدعوة لكم وحدكم؛ يُرجى عدم إعادة توجيهها. ويتبقى على انتهائها {count} يومًا. | الدعوة لكم وحدكم؛ يُرجى عدم إعادة توجيهها. ويتبقى على انتهائها {count} يوم.";

    order_received_subject = "طلب من {company}: {licences}";
    order_received_line = "طلب جديد من {person} لدى {company}: {licences} ({order}).";
    order_received_group = "للمجموعة {group}.";
    order_received_renews = "الطلب تجديد لتراخيص تنتهي في {date} (UTC).";
    order_received_reference = "المرجع لديهم: {reference}";
    order_received_message = "رسالتهم: {message}";
    order_received_button = "فتح الطلب";

    order_waiting_subject = "ما زالت {company} تنتظر {licences}";
    order_waiting_line = "في {date} (UTC) وصل طلب من {person} لدى {company}: {licences}. وما زال {order} بانتظاركم.";
    order_waiting_button = "فتح الطلب";

    order_cancelled_subject = "لم تعد {company} بحاجة إلى {licences}";
    order_cancelled_line = "أُلغي ما بقي مفتوحًا من {order}، وهو {licences}، من قِبل {person} لدى {company}. ولا يلزمكم شيء بعد ذلك.";
    order_cancelled_button = "فتح المكتب";

    licences_ready_subject = "{licences} لـ {company}: جاهزة الآن";
    licences_ready_line = "خصص مدير حسابكم {licences} لـ {company} ({order}).";
    licences_ready_term = "تسري من {from} حتى {until} (UTC).";
    licences_ready_group = "للمجموعة {group}.";
    licences_ready_note = "ملاحظة مدير حسابكم: {note}";
    licences_ready_button = "فتح الطلب";

    part_assigned_subject = "جزء من طلب جاهز: {licences} لـ {company}";
    part_assigned_open = "المتبقي من هذا الطلب: {count}. وسنبلغكم فور توفره.";

    order_declined_subject = "رُفض {order} من {company}";
    order_declined_line = "رُفض طلب {company} من قِبل {person}: {licences} ({order}).";
    order_declined_assigned = "ما خُصص سابقًا ({count}) يبقى لكم.";
    order_declined_reason = "السبب: {reason}";
    order_declined_button = "فتح الطلب";

    lot_expiring_subject = "{licences} لدى {company}: يتبقى {count} يوم | {licences} لدى {company}: يتبقى {count} يوم | {licences} لدى {company}: يتبقى {count} يوم | {licences} لدى {company}: يتبقى {count} أيام | {licences} لدى {company}: يتبقى {count} يومًا | {licences} لدى {company}: يتبقى {count} يوم";
    lot_expiring_line = "لدى {company} {licences} حتى {date} (UTC): يتبقى {count} يوم. | لدى {company} {licences} حتى {date} (UTC): يتبقى {count} يوم. | لدى {company} {licences} حتى {date} (UTC): يتبقى {count} يوم. | لدى {company} {licences} حتى {date} (UTC): يتبقى {count} أيام. | لدى {company} {licences} حتى {date} (UTC): يتبقى {count} يومًا. | لدى {company} {licences} حتى {date} (UTC): يتبقى {count} يوم.";
    lot_expiring_order = "من الطلب {order}.";
    lot_expiring_held = "الممنوح منها: {count}.";
    lot_expiring_none_held = "لم يُمنح أي منها حاليًا.";
    lot_expiring_renew = "بالتجديد في الوقت المناسب يستمر كل من لديه ترخيص دون انقطاع.";
    lot_expiring_renewal = "التجديد جارٍ ({order}).";
    lot_expiring_no_renewal = "لم يُطلب التجديد بعد.";
    lot_expiring_button = "تجديد";
    lot_expiring_button_renewal = "فتح التراخيص";

    overdrawn_subject = "نقص لدى {company}: {licences}";
    overdrawn_line = "أُضيف مستخدمون إلى {company} ولم يكن أي ترخيص متاحًا، والنقص الآن {licences}.";
    overdrawn_managers = "لا يخسر أحد شيئًا بذلك. والتراخيص التي تطلبونها تسوّيه تلقائيًا.";
    overdrawn_staff = "التراخيص التي تخصصونها تسوّيه تلقائيًا.";

    low_balance_subject = "المتبقي لدى {company}: {licences}";
    low_balance_line = "المتبقي للمنح لدى {company}: {licences}. وقد طلبتم التنبيه عندما يقل العدد عن {threshold}.";

    request_button = "طلب تراخيص";
    company_button = "فتح الشركة";

    import_finished_subject = "تم استيراد {file} إلى {company}";
    import_stopped_subject = "توقف استيراد {file} إلى {company}";
    import_finished_line = "انتهى استيراد {file} إلى {company}.";
    import_stopped_line = "توقف استيراد {file} إلى {company} قبل نهايته. وما تم قبل ذلك باقٍ.";
    import_added = "أُضيف {count} من المستخدمين. | أُضيف {count} من المستخدمين. | أُضيف {count} من المستخدمين. | أُضيف {count} مستخدمين. | أُضيف {count} مستخدمًا. | أُضيف {count} مستخدم.";
    import_brought_back = "أُعيد {count} من المستخدمين. | أُعيد {count} من المستخدمين. | أُعيد {count} من المستخدمين. | أُعيد {count} مستخدمين. | أُعيد {count} مستخدمًا. | أُعيد {count} مستخدم.";
    import_moved = "نُقل {count} من المستخدمين إلى مجموعة أخرى. | نُقل {count} من المستخدمين إلى مجموعة أخرى. | نُقل {count} من المستخدمين إلى مجموعة أخرى. | نُقل {count} مستخدمين إلى مجموعة أخرى. | نُقل {count} مستخدمًا إلى مجموعة أخرى. | نُقل {count} مستخدم إلى مجموعة أخرى.";
    import_left_out = "استُبعد {count} من الصفوف. | استُبعد {count} من الصفوف. | استُبعد {count} من الصفوف. | استُبعدت {count} صفوف. | استُبعد {count} صفًا. | استُبعد {count} صف.";
    import_unreadable = "تعذّرت قراءة {count} من الصفوف. | تعذّرت قراءة {count} من الصفوف. | تعذّرت قراءة {count} من الصفوف. | تعذّرت قراءة {count} صفوف. | تعذّرت قراءة {count} صفًا. | تعذّرت قراءة {count} صف.";
    import_button = "عرض الاستيراد";

    licence_expiring_subject = "ينتهي ترخيصكم من {company} في {date}";
    licence_expiring_user = "ينتهي ترخيص المستخدم الممنوح لكم من {company} في {date} (UTC). وحتى ذلك الحين يمكنكم تسجيل الدخول إلى منصة التعلّم كالمعتاد.";
    licence_expiring_content = "ينتهي ترخيص المحتوى الممنوح لكم من {company} في {date} (UTC). وحتى ذلك الحين يمكنكم فتح المحتوى كالمعتاد.";
    licence_expiring_ask = "هل ترغبون في مواصلة التعلّم؟ تواصلوا مع مدير التراخيص في شركتكم.";
    licence_expiring_ask_whom = "هل ترغبون في مواصلة التعلّم؟ تواصلوا مع مدير التراخيص في شركتكم: {managers}.";

    licence_carried_subject = "ترخيصكم من {company} مستمر";
    licence_carried_user = "جددت {company} ترخيص المستخدم الممنوح لكم، وأصبح ينتهي في {date} (UTC).";
    licence_carried_content = "جددت {company} ترخيص المحتوى الممنوح لكم، وأصبح ينتهي في {date} (UTC).";
    licence_carried_open_user = "جددت {company} ترخيص المستخدم الممنوح لكم.";
    licence_carried_open_content = "جددت {company} ترخيص المحتوى الممنوح لكم.";
    licence_carried_nothing_to_do = "لا يلزمكم القيام بشيء.";

    staff_invited_subject = "دعوة من {inviter} إلى مكتب مديري الحسابات";
    staff_invited_line = "أصبحتم من مديري الحسابات في Seatwise بدعوة من {inviter}: ترون طلبات الشركات التي تتابعونها وتخصصون تراخيصها.";
    staff_invited_administrator = "أصبحتم من مسؤولي النظام في Seatwise بدعوة من {inviter}: تتابعون الشركات وتحددون من يعمل في المكتب.";
    staff_invited_how = "لا حاجة إلى كلمة مرور. اكتبوا عنوان البريد الذي وصلت إليه هذه الرسالة، ويصلكم رابط تسجيل الدخول بالبريد.";

    handed_over_subject = "أصبحت متابعة {company} لديكم";
    handed_over_line = "سُلّمت إليكم متابعة {company} من {person}، وتصلكم طلباتها من الآن.";

    licence_expired_subject = "انتهى ترخيصكم من {company}";
    licence_expired_user = "انتهى ترخيص المستخدم الممنوح لكم من {company} في {date} (UTC). ولم يعد بإمكانكم تسجيل الدخول به إلى منصة التعلّم.";
    licence_expired_content = "انتهى ترخيص المحتوى الممنوح لكم من {company} في {date} (UTC). ولم يعد بإمكانكم فتح المحتوى به.";
    licence_expired_ask = "لمواصلة التعلّم، اطلبوا ترخيصًا جديدًا من مدير التراخيص في شركتكم. كل ما أنجزتموه حتى الآن محفوظ.";
    licence_expired_button = "عرض تراخيصي";

    licence_given_subject = "لديكم ترخيص من {company}";
    licence_given_user = "منحتكم {company} ترخيص مستخدم، ويمكنكم به تسجيل الدخول إلى منصة التعلّم فورًا.";
    licence_given_content = "منحتكم {company} ترخيص محتوى، ويمكنكم به فتح المحتوى فورًا.";
    licence_given_until = "ينتهي في {date} (UTC).";

    inactive_subject = "هل ما زلتم تستخدمون ترخيصكم من {company}؟";
    inactive_line = "حجزت لكم {company} ترخيصًا في منصة التعلّم. وكان آخر نشاط لكم في {date} (UTC).";
    inactive_what_to_do = "افتحوا تراخيصكم مرة واحدة ليبقى الترخيص لكم حاليًا. وإذا لم تعودوا بحاجة إليه، فلا يلزمكم شيء: قد تمنحه شركتكم لشخص آخر. وكل ما تعلّمتموه محفوظ.";

    lot_ended_subject = "انتهاء {licences} لدى {company}";
    lot_ended_line = "انتهت مدة {licences} من {order} في {date} (UTC).";
    lot_ended_held = "لم يعد لدى {count} من المتعلّمين ترخيص. تجدون أسماءهم في «مواعيد الانتهاء» ضمن التراخيص. | لم يعد لدى {count} من المتعلّمين ترخيص. تجدون اسمه في «مواعيد الانتهاء» ضمن التراخيص. | لم يعد لدى {count} من المتعلّمين ترخيص. تجدون اسميهما في «مواعيد الانتهاء» ضمن التراخيص. | لم يعد لدى {count} متعلّمين ترخيص. تجدون أسماءهم في «مواعيد الانتهاء» ضمن التراخيص. | لم يعد لدى {count} متعلّمًا ترخيص. تجدون أسماءهم في «مواعيد الانتهاء» ضمن التراخيص. | لم يعد لدى {count} متعلّم ترخيص. تجدون أسماءهم في «مواعيد الانتهاء» ضمن التراخيص.";
    lot_ended_carried = "انتقل {count} من المتعلّمين إلى تراخيص أخرى دون انقطاع. | انتقل {count} من المتعلّمين إلى ترخيص آخر دون انقطاع. | انتقل {count} من المتعلّمين إلى تراخيص أخرى دون انقطاع. | انتقل {count} متعلّمين إلى تراخيص أخرى دون انقطاع. | انتقل {count} متعلّمًا إلى تراخيص أخرى دون انقطاع. | انتقل {count} متعلّم إلى تراخيص أخرى دون انقطاع.";
    lot_ended_all_carried = "لم يبقَ أحد بلا ترخيص.";
    lot_ended_none_held = "لم يكن أي منها ممنوحًا.";
    lot_ended_renew = "يمكنكم طلب تراخيص جديدة في أي وقت.";
    lot_ended_button = "طلب تراخيص";

    failure_refused = "الرد {status}";
    failure_refused_because = "الرد {status}، {why}";
    failure_unreachable = "تعذّر الوصول إليه";
    failure_no_answer = "لا رد في الوقت المحدد";
    failure_receiver_suppressed = "هذا العنوان في قائمته للعناوين التي ارتدّت منها رسائل";
    failure_receiver_not_allowed = "غير مسموح له بمراسلة هذا العنوان";
    failure_limit = "بلغ حدّه الأقصى";
    failure_unreadable = "تعذّرت صياغة الرسالة";
    failure_no_address = "لا يمكن إرسال بريد إلى هذا العنوان";
    failure_unsaid = "لم يذكر السبب";
}}
