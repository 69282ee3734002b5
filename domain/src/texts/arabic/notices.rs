//! What letters are called, when they are sent, and the page on which a company chooses. Apart because few pages need it, in Arabic.

use crate::texts::notices::{Key, NoticeTexts};
use crate::texts::translation;

translation! { NoticeTexts, ARABIC, Arabic {
    which_letters = "من يتلقى أي رسائل";
    which_letters_text = "تُرسل الدعوات ورسائل تسجيل الدخول دائمًا، ويُبلَّغ مدير حسابكم دائمًا بطلباتكم.";
    learners = "المتعلّمون";
    letter_to = "{letter}: {receiver}";
    single_managers = "مديرو تراخيص بعينهم";
    managers_left_out = "استُثني {count} من مديري التراخيص";
    invite_reminders = "التذكير بالدعوات";
    remind_first = "التذكير الأول، بعدد الأيام بعد الدعوة";
    remind_second = "التذكير الثاني، بعدد الأيام بعد الدعوة";
    never_if_empty = "إذا تُرك فارغًا: لا يُرسل.";
    few_licences = "عند قلة التراخيص المتاحة";
    low_user = "التنبيه عندما تقل تراخيص المستخدمين المتاحة عن";
    low_content = "التنبيه عندما تقل تراخيص المحتوى المتاحة عن";
    notices_saved = "تم حفظ إشعاراتكم.";
    letter_sign_in = "تسجيل الدخول";
    letter_invite = "دعوة";
    letter_invite_reminder = "تذكير بدعوة";
    letter_order_received = "وصول طلب";
    letter_order_waiting = "طلب منتظر";
    letter_order_cancelled = "إلغاء طلب";
    letter_licences_ready = "تراخيص جاهزة";
    letter_part_assigned = "جزء من طلب جاهز";
    letter_order_declined = "رفض طلب";
    letter_lot_expiring = "تراخيص على وشك الانتهاء";
    letter_lot_ended = "انتهاء تراخيص";
    letter_overdrawn = "تراخيص فوق الرصيد";
    letter_low_balance = "قلة التراخيص المتاحة";
    letter_import_finished = "انتهاء استيراد";
    letter_licence_expiring = "الترخيص الشخصي على وشك الانتهاء";
    letter_licence_expired = "انتهاء الترخيص الشخصي";
    letter_licence_carried = "استمرار الترخيص الشخصي";
    letter_licence_given = "منح ترخيص";
    letter_inactive = "غياب طويل";
    letter_staff_invited = "دعوة إلى المكتب";
    letter_handed_over = "تسليم شركة";
    when_invite_reminder = "عندما لا تُقبل دعوة، في الأيام المحددة أدناه.";
    when_licences_ready = "عند تخصيص طلب وجاهزية تراخيصه.";
    when_part_assigned = "عند تخصيص جزء من طلب وبقاء الباقي مفتوحًا.";
    when_order_declined = "عندما يرفض مدير حسابكم طلبًا، مع ذكر السبب.";
    when_lot_expiring = "قبل انتهاء التراخيص بـ 60 و30 و7 أيام.";
    when_lot_ended = "عند انتهاء التراخيص.";
    when_overdrawn = "عندما تمنح مزامنة الدليل تراخيص أكثر من الموجود.";
    when_low_balance = "عندما تقل التراخيص المتاحة عن الأعداد المحددة أدناه.";
    when_import_finished = "عند انتهاء استيراد مستخدمين.";
    when_licence_expiring = "قبل انتهاء ترخيص شخص بـ 7 أيام.";
    when_licence_expired = "عند انتهاء ترخيص شخص.";
    when_licence_carried = "عند استمرار ترخيص شخص ضمن طلب آخر.";
    when_licence_given = "عندما يحصل على ترخيص من سبق له الانضمام.";
}}
